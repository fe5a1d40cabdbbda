//! A trace told as a story: what both sides say, step by step, and what lies behind each step.
//!
//! [`tell`] is a pure function of what happened and of who took part. It knows the order of a
//! TLS 1.2 handshake and sorts the events into the steps of the story; a step that did not happen
//! is not told, and a refusal comes last.

pub(crate) mod alerts;
mod cast;
pub(crate) mod checks;
mod computed;
#[cfg(feature = "tls13")]
mod meddled;
mod overheard;
mod part;
mod signed;
mod step;
#[cfg(feature = "tls13")]
mod tls13;
pub(crate) mod values;
mod who_knows;
pub(crate) mod wire;

use padlock_pki::card::Card;
use padlock_pki::explain::explain;
use padlock_tls::codes::{AlertDescription, AlertLevel, ContentType, ProtocolVersion};
#[cfg(feature = "tls13")]
use padlock_tls::codes::{ExtensionType, PskKeyExchangeMode};
#[cfg(feature = "tls13")]
use padlock_tls::crypto::hybrid::Hybrid;
use padlock_tls::knowledge::Knowledge;
use padlock_tls::messages::{Body, Form, Handshake};
#[cfg(feature = "tls13")]
use padlock_tls::messages::{ClientHello, ExtensionBody};
#[cfg(feature = "tls13")]
use padlock_tls::suite::Suite13;
use padlock_tls::suite::{Cipher, Suite};
use padlock_tls::trace::{
    Agreement, Alert, Direction, Event, EventKind, Message, Party, Record, Value,
};
#[cfg(feature = "tls13")]
use padlock_tls::trace::{PskUse, Resumed};
use padlock_tls::value::ValueName;
#[cfg(feature = "tls13")]
use padlock_tls::value::{Epoch, Formula};
use padlock_wire::Structure;

use crate::lesson::{Ending, Exhibit, Lesson, Truth, TruthKind};
use crate::text::{Text, say};

pub use cast::{Cast, Role, Shown};
use overheard::Ears;
use part::{Part, Sorted};
use who_knows::Said;

/// Tells what happened in a run.
#[must_use]
pub fn tell(cast: &Cast, events: &[Event]) -> Lesson {
    let run = Run::new(cast, events);
    let sorted = Sorted::new(&run);
    let mut knowledge = Knowledge::default();
    let mut ears = Ears::default();
    let mut said: Vec<Said> = Vec::new();
    let mut steps = Vec::new();
    for (part, events) in &sorted.parts {
        let moment = Moment {
            run: &run,
            part: *part,
            events,
        };
        let known_before = knowledge.values().len();
        knowledge.observe(events.iter().copied());
        ears.listen(&moment);
        said.iter_mut().for_each(|said| said.new = false);
        said.extend(moment.data().map(|(from, bytes)| Said {
            from,
            key: moment.data_key(from),
            bytes: bytes.to_vec(),
            new: true,
            #[cfg(feature = "tls13")]
            arrives: !meddled::is_changed(&moment),
            #[cfg(not(feature = "tls13"))]
            arrives: true,
        }));
        #[cfg(feature = "tls13")]
        let (words, bytes) = meddled::told(&moment);
        #[cfg(not(feature = "tls13"))]
        let (words, bytes) = (step::words(&moment), wire::artefacts(&moment));
        steps.push(crate::lesson::Step {
            id: part.id(),
            stage: part.stage(),
            title: words.title,
            speaker: words.speaker,
            line: words.line,
            lane: words.lane,
            words: words.blocks,
            bytes,
            computed: computed::computations(&moment),
            knowledge: who_knows::rows(knowledge.values(), known_before, &said),
            overheard: ears.chips(),
            truth: words.truth.of(&moment),
        });
    }
    let ending = if run.refusal().is_some() {
        Ending::Refused
    } else {
        Ending::Completed
    };
    let certificates = cast
        .shown
        .iter()
        .filter_map(|shown| run.exhibit(shown))
        .collect();
    Lesson {
        client: cast.actor(Party::Client),
        server: cast.actor(Party::Server),
        steps,
        ending,
        certificates,
        #[cfg(feature = "study")]
        flipped: cast.flipped,
    }
}

/// What is told, and where to look things up in it.
struct Run<'a> {
    cast: &'a Cast,
    events: &'a [Event],
}

/// A step of the story with the events that belong to it.
struct Moment<'a> {
    run: &'a Run<'a>,
    part: Part,
    events: &'a [&'a Event],
}

impl<'a> Run<'a> {
    fn new(cast: &'a Cast, events: &'a [Event]) -> Self {
        Self { cast, events }
    }

    /// What both sides agreed on, as far as they came.
    fn agreement(&self) -> Option<&'a Agreement> {
        self.events
            .iter()
            .rev()
            .find_map(|event| match &event.kind {
                EventKind::Agreed(agreement) => Some(agreement),
                _ => None,
            })
    }

    fn suite(&self) -> Option<Suite> {
        Suite::of(self.agreement()?.suite)
    }

    /// Whether both sides speak TLS 1.3.
    fn is_tls13(&self) -> bool {
        cfg!(feature = "tls13")
            && self
                .agreement()
                .is_some_and(|agreement| agreement.version == ProtocolVersion::TLS_1_3)
    }

    /// How they use a pre-shared key of TLS 1.3, if they do.
    #[cfg(feature = "tls13")]
    fn psk(&self) -> Option<PskUse> {
        self.agreement()?.psk
    }

    /// Whether the client has a key of TLS 1.3 that both were given beforehand.
    #[cfg(feature = "tls13")]
    fn is_external(&self) -> bool {
        self.events.iter().any(|event| match &event.kind {
            EventKind::Value(value) => {
                value.name == ValueName::Psk && value.formula == Formula::Held
            }
            _ => false,
        })
    }

    /// Whether they use a pre-shared key alone.
    #[cfg(feature = "tls13")]
    fn lacks_fresh_keys(&self) -> bool {
        self.psk()
            .is_some_and(|psk| psk.mode == PskKeyExchangeMode::PSK_KE)
    }

    /// Whether the client sent early data that the server did not take.
    #[cfg(feature = "tls13")]
    fn refuses_early_data(&self) -> bool {
        let key = ValueName::TrafficKey(Party::Client, Epoch::Early);
        self.value(key).is_some() && !self.psk().is_some_and(|psk| psk.early_data)
    }

    /// Whether a session of TLS 1.2 is resumed: the handshake is abbreviated.
    #[cfg(feature = "tls13")]
    fn is_abbreviated(&self) -> bool {
        self.session().is_some()
    }

    /// What names the session of TLS 1.2 that is resumed, if one is.
    #[cfg(feature = "tls13")]
    fn session(&self) -> Option<Resumed> {
        self.agreement()?.resumed
    }

    /// The group of the fresh keys if it is a hybrid one: then the shared secret has two parts, one of
    /// the curve and one of ML-KEM. Where TLS 1.3 was only offered, that of the key share on offer.
    #[cfg(feature = "tls13")]
    fn hybrid(&self) -> Option<Hybrid> {
        if self.is_tls13() {
            return self.agreement()?.group?.hybrid();
        }
        match self.client_hello()?.extension(ExtensionType::KEY_SHARE)? {
            ExtensionBody::KeyShares(shares) => shares.first()?.group.hybrid(),
            _ => None,
        }
    }

    /// Whether the server asked for a second ClientHello.
    #[cfg(feature = "tls13")]
    fn is_retried(&self) -> bool {
        self.events.iter().any(|event| match &event.kind {
            EventKind::Value(value) => value.name == ValueName::FirstHelloHash,
            _ => false,
        })
    }

    /// Whether an application said anything.
    #[cfg(feature = "tls13")]
    fn has_data(&self) -> bool {
        let mut events = self.events.iter();
        events.any(|event| matches!(event.kind, EventKind::Data { .. }))
    }

    /// The client's first message.
    #[cfg(feature = "tls13")]
    fn client_hello(&self) -> Option<ClientHello> {
        let mut events = self.events.iter();
        let hello = events.find_map(|event| match &event.kind {
            EventKind::Message(message) => self.decoded(message),
            _ => None,
        });
        match hello? {
            Body::ClientHello(hello) => Some(hello),
            _ => None,
        }
    }

    /// Whether the client's first message offers TLS 1.3.
    #[cfg(feature = "tls13")]
    fn offers_tls13(&self) -> bool {
        let hello = self.client_hello();
        let versions = hello
            .as_ref()
            .and_then(|hello| hello.extension(ExtensionType::SUPPORTED_VERSIONS));
        match versions {
            Some(ExtensionBody::Versions(all)) => all.contains(&ProtocolVersion::TLS_1_3),
            _ => false,
        }
    }

    /// Whether the client wants to use a pre-shared key alone.
    #[cfg(feature = "tls13")]
    fn wants_no_fresh_keys(&self) -> bool {
        let hello = self.client_hello();
        let modes = hello
            .as_ref()
            .and_then(|hello| hello.extension(ExtensionType::PSK_KEY_EXCHANGE_MODES));
        matches!(modes, Some(ExtensionBody::PskModes(modes)) if *modes == [PskKeyExchangeMode::PSK_KE])
    }

    /// How records are protected.
    fn cipher(&self) -> Option<Cipher> {
        #[cfg(feature = "tls13")]
        if let Some(suite) = Suite13::of(self.agreement()?.suite) {
            return Some(Cipher::Aead(suite.aead));
        }
        Some(self.suite()?.cipher)
    }

    /// A handshake message, as far as it can be read without knowing how keys are exchanged.
    fn decoded(&self, message: &Message) -> Option<Body> {
        let form = match self.is_tls13() {
            true => Form::Tls13,
            false => Form::Open,
        };
        let decoded = Handshake::expecting(form).decode_into(&message.bytes);
        Some(decoded.value.ok()?.body)
    }

    /// Whether both sides make ephemeral keys.
    fn is_ephemeral(&self) -> bool {
        self.suite()
            .is_some_and(|suite| suite.key_exchange.is_ephemeral())
    }

    /// The alert that ended the connection, and who sent it.
    fn refusal(&self) -> Option<(Party, &'a Alert)> {
        self.events.iter().find_map(|event| match &event.kind {
            EventKind::Alert(alert)
                if alert.direction == Direction::Sent && alert.level == AlertLevel::FATAL =>
            {
                Some((event.party, alert))
            }
            _ => None,
        })
    }

    /// Who says goodbye first.
    fn first_closer(&self) -> Option<Party> {
        self.events.iter().find_map(|event| match &event.kind {
            EventKind::Alert(alert)
                if alert.direction == Direction::Sent
                    && alert.description == AlertDescription::CLOSE_NOTIFY =>
            {
                Some(event.party)
            }
            _ => None,
        })
    }

    /// The value of that name, at whichever side.
    fn value(&self, name: ValueName) -> Option<&'a [u8]> {
        self.events.iter().find_map(|event| match &event.kind {
            EventKind::Value(value) if value.name == name => Some(value.output.as_slice()),
            _ => None,
        })
    }

    /// The certificates that a party sent, its own first; none if it sent no Certificate message.
    fn certificates(&self, from: Party) -> Vec<Vec<u8>> {
        let sent = |event: &Event| match &event.kind {
            EventKind::Message(message)
                if message.direction == Direction::Sent && event.party == from =>
            {
                match self.decoded(message) {
                    Some(Body::Certificate(certificate)) => Some(certificate.certificate_list),
                    #[cfg(feature = "tls13")]
                    Some(Body::Certificate13(certificate)) => {
                        let entries = certificate.certificate_list.into_iter();
                        Some(entries.map(|entry| entry.cert_data).collect())
                    }
                    _ => None,
                }
            }
            _ => None,
        };
        self.events.iter().find_map(sent).unwrap_or_default()
    }

    /// The name by which a party's certificate is spoken of.
    fn certified_name(&self, party: Party) -> Option<String> {
        let certificates = self.certificates(party);
        Card::read(certificates.first()?).ok()?.domain
    }

    /// A certificate, laid open.
    fn exhibit(&self, shown: &Shown) -> Option<Exhibit> {
        let card = Card::read(&shown.der).ok()?;
        let title = match (shown.role, shown.holder) {
            (Role::Own, Party::Server) => say::story_exhibit_server(),
            (Role::Own, Party::Client) => say::story_exhibit_client(),
            (Role::Issuer, _) => say::story_exhibit_issuer(),
            (Role::Signer, _) => say::story_exhibit_signer(),
            (Role::Stray, _) => say::story_exhibit_stray(),
            (Role::Root, trusting) => say::story_exhibit_root(self.cast.noun(trusting)),
        };
        let (tree, _problems) = explain(&shown.der);
        Some(Exhibit {
            title,
            holder: shown.holder,
            trusted: shown.role == Role::Root,
            place: self.place(shown),
            card,
            der: shown.der.clone(),
            tree,
        })
    }

    /// How a certificate came to those who look at it.
    fn place(&self, shown: &Shown) -> Text {
        let holder = self.cast.actor(shown.holder).name;
        if shown.role == Role::Root {
            return say::story_exhibit_held(holder);
        }
        let travels = self.certificates(shown.holder).contains(&shown.der);
        #[cfg(feature = "tls13")]
        if travels && self.is_tls13() {
            return say::story_exhibit_encrypted(holder);
        }
        #[cfg(feature = "tls13")]
        if !travels && (self.psk().is_some() || self.is_abbreviated()) {
            return say::story_exhibit_earlier(holder);
        }
        match travels {
            true => say::story_exhibit_sent(holder),
            false => say::story_exhibit_unsent(holder),
        }
    }
}

impl<'a> Moment<'a> {
    fn values(&self) -> impl Iterator<Item = (Party, &'a Value)> {
        self.events.iter().filter_map(|event| match &event.kind {
            EventKind::Value(value) => Some((event.party, value)),
            _ => None,
        })
    }

    /// The records that were sent.
    fn sent_records(&self) -> impl Iterator<Item = (Party, &'a Record)> {
        self.events.iter().filter_map(|event| match &event.kind {
            EventKind::Record(record) if record.direction == Direction::Sent => {
                Some((event.party, record))
            }
            _ => None,
        })
    }

    /// The messages that were sent.
    fn sent_messages(&self) -> impl Iterator<Item = (Party, &'a Message)> {
        self.events.iter().filter_map(|event| match &event.kind {
            EventKind::Message(message) if message.direction == Direction::Sent => {
                Some((event.party, message))
            }
            _ => None,
        })
    }

    /// The data of the application that were sent.
    fn data(&self) -> Option<(Party, &'a [u8])> {
        self.events.iter().find_map(|event| match &event.kind {
            EventKind::Data {
                direction: Direction::Sent,
                bytes,
            } => Some((event.party, bytes.as_slice())),
            _ => None,
        })
    }

    /// The key that protects them.
    fn data_key(&self, from: Party) -> Option<ValueName> {
        let mut records = self.sent_records().filter(|(party, record)| {
            *party == from && record.content_type == ContentType::APPLICATION_DATA
        });
        Some(records.next()?.1.protection.as_ref()?.key)
    }

    /// How many bytes a party put on the wire.
    fn size(&self, from: Party) -> usize {
        let sent = self.sent_records().filter(|(party, _)| *party == from);
        sent.map(|(_, record)| record.bytes.len()).sum()
    }
}

impl Truth {
    /// Where nothing is sent, nothing is as on the wire.
    fn of(self, moment: &Moment<'_>) -> Self {
        let sent = moment.sent_records().next().is_some();
        let kind = match self.kind {
            TruthKind::AsOnTheWire if !sent => TruthKind::Inside,
            kind => kind,
        };
        Self { kind, ..self }
    }
}

fn is_handshake(record: &Record) -> bool {
    record.content_type == ContentType::HANDSHAKE
}
