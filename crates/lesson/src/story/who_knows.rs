//! Who knows what, for the learner: the values that matter, in the order in which they are met.

use padlock_tls::knowledge::{Known, Knows, Viewer};
use padlock_tls::trace::Party::{self, Client, Server};
#[cfg(feature = "tls13")]
use padlock_tls::value::Epoch;
use padlock_tls::value::ValueName;

use super::values;
use crate::lesson::KnowledgeRow;
#[cfg(feature = "tls13")]
use crate::text::Text;
use crate::text::say;

/// The values of the table, and whether each must stay secret. What leads from one to the next
/// (padding, hashes, what is signed) is left to the computations.
const SHOWN: [(ValueName, bool); 19] = [
    (ValueName::Random(Client), false),
    (ValueName::Random(Server), false),
    (ValueName::CertifiedPublicKey(Server), false),
    (ValueName::CertifiedPrivateKey(Server), true),
    (ValueName::CertifiedPublicKey(Client), false),
    (ValueName::CertifiedPrivateKey(Client), true),
    (ValueName::EphemeralPublicKey(Server), false),
    (ValueName::EphemeralPrivateKey(Server), true),
    (ValueName::EphemeralPublicKey(Client), false),
    (ValueName::EphemeralPrivateKey(Client), true),
    (ValueName::EncryptedPreMasterSecret, false),
    (ValueName::PreMasterSecret, true),
    (ValueName::MasterSecret, true),
    (ValueName::WriteKey(Client), true),
    (ValueName::WriteKey(Server), true),
    (ValueName::WriteMacKey(Client), true),
    (ValueName::WriteMacKey(Server), true),
    (ValueName::VerifyData(Client), false),
    (ValueName::VerifyData(Server), false),
];

/// The same for TLS 1.3.
#[cfg(feature = "tls13")]
const SHOWN_13: [(ValueName, bool); 17] = [
    (ValueName::Ticket, false),
    (ValueName::Psk, true),
    (ValueName::TrafficKey(Client, Epoch::Early), true),
    (ValueName::EncapsulationKey, false),
    (ValueName::MlKemSeed, true),
    (ValueName::Ciphertext, false),
    (ValueName::MlKemSecret, true),
    (ValueName::CurveSecret, true),
    (ValueName::SharedSecret, true),
    (ValueName::HandshakeSecret, true),
    (ValueName::TrafficKey(Client, Epoch::Handshake), true),
    (ValueName::TrafficKey(Server, Epoch::Handshake), true),
    (ValueName::MainSecret, true),
    (ValueName::TrafficKey(Client, Epoch::Application(0)), true),
    (ValueName::TrafficKey(Server, Epoch::Application(0)), true),
    (ValueName::ResumptionSecret, true),
    (ValueName::TicketKey, true),
];
#[cfg(not(feature = "tls13"))]
const SHOWN_13: [(ValueName, bool); 0] = [];

/// What the applications said, and whether they said it in this step.
pub(super) struct Said {
    pub(super) from: Party,
    /// The key of the record that carries it.
    pub(super) key: Option<ValueName>,
    pub(super) bytes: Vec<u8>,
    pub(super) new: bool,
    /// Whether it arrived as it was sent.
    pub(super) arrives: bool,
}

/// The table; of `known`, the first `before` were there before this step.
pub(super) fn rows(known: &[Known], before: usize, said: &[Said]) -> Vec<KnowledgeRow> {
    let mut rows = Vec::new();
    for (name, secret) in SHOWN.into_iter().chain(SHOWN_13) {
        for (index, value) in known
            .iter()
            .enumerate()
            .filter(|(_, value)| value.name == name)
        {
            let (title, _) = values::words(name);
            #[cfg(feature = "tls13")]
            let title = numbered(title, name, index, known);
            rows.push(KnowledgeRow {
                name: Some(name),
                title,
                bytes: value.bytes.clone(),
                new: index >= before,
                secret,
                client: value.client,
                server: value.server,
                eavesdropper: overheard(value),
            });
        }
    }
    rows.extend(said.iter().map(|said| row_of_data(known, said)));
    rows
}

/// How who reads the wire stands to it. Randoms travel in the clear, also one that somebody on the way
/// put in the place of another.
fn overheard(value: &Known) -> Knows {
    match value.name {
        ValueName::Random(_) => Knows::Read,
        _ => value.eavesdropper,
    }
}

/// A client that is asked for a key on another curve makes a second pair: which of them this is.
#[cfg(feature = "tls13")]
fn numbered(title: Text, name: ValueName, index: usize, known: &[Known]) -> Text {
    let is_another = |at: usize, value: &Known| at != index && value.name == name;
    let mut others = known.iter().enumerate();
    if !others.any(|(at, value)| is_another(at, value)) {
        return title;
    }
    let before = known.iter().enumerate().take(index);
    let before = before.filter(|(at, value)| is_another(*at, value)).count();
    match name {
        ValueName::EphemeralPublicKey(Client) | ValueName::EphemeralPrivateKey(Client) => {
            say::story_known_try(before + 1, title)
        }
        // Somebody on the way put another in its place.
        ValueName::Random(_) if before > 0 => say::story_known_arrived(title),
        _ => title,
    }
}

/// Whoever has the key could open the record.
fn row_of_data(known: &[Known], said: &Said) -> KnowledgeRow {
    let key = known.iter().find(|value| Some(value.name) == said.key);
    let knows = |viewer| match key {
        _ if viewer == Viewer::Party(said.from) => Knows::Made,
        Some(_) if viewer == Viewer::Party(said.from.peer()) && !said.arrives => Knows::Sealed,
        Some(key) if key.by(viewer).has_it() => Knows::Computed,
        Some(_) => Knows::Sealed,
        None => Knows::Read,
    };
    KnowledgeRow {
        name: None,
        title: match said.from {
            Client => say::story_known_sample(),
            Server => say::story_known_answer(),
        },
        bytes: said.bytes.clone(),
        new: said.new,
        secret: true,
        client: knows(Viewer::Party(Client)),
        server: knows(Viewer::Party(Server)),
        eavesdropper: knows(Viewer::Eavesdropper),
    }
}
