//! What somebody learns who recorded a run and stole a key later, or worked one out.
//!
//! The thief is the [`Observer`] of `padlock_tls`: the bytes of the wire and that key go in, and
//! nothing else does. What it reads it has really decrypted.

use std::sync::Arc;

use padlock_pki::random::Random;
use padlock_tls::codes::HandshakeType;
use padlock_tls::config::{ServerConfig, ServerTls13};
use padlock_tls::crypto::kx::EphemeralKey;
use padlock_tls::observer::{Observer, Secret, Sighting, SightingKind};
use padlock_tls::psk::ReplayGuard;
use padlock_tls::run::Transfer;
use padlock_tls::server::Server;
use padlock_tls::trace::{EventKind, MessageKind, Party, Value};
use padlock_tls::value::{Epoch, ValueName};

use crate::play::Recording;
use crate::scenario::KeyExchange;
use crate::story::values::words;
use crate::story::wire::kind_label;
use crate::text::{Text, say};

/// A connection that was recorded, and the key that is stolen later.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Case {
    /// RSA key transport, and the private key of the server's certificate.
    #[default]
    Transport,
    /// ECDHE, and the same key.
    Agreement,
    /// TLS 1.3, and the same key.
    Tls13,
    /// A session of TLS 1.2 that is resumed by ticket, and the key of the server's tickets.
    OldTicket,
    /// Early data of TLS 1.3, and the key of the server's tickets.
    Ticket,
    /// A session of TLS 1.3 that is resumed by its key alone, and the key of the server's tickets.
    PskAlone,
    /// A key of TLS 1.3 that both were given, and that same key.
    External,
    /// TLS 1.3, and a quantum computer that works out private keys on its curve.
    Quantum,
    /// The same where the curve stands beside ML-KEM.
    QuantumHybrid,
}

/// A value that the thief has worked out.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// What it is called.
    pub title: Text,
    /// The value.
    pub bytes: Vec<u8>,
}

/// A record of the wire, from outside and with the stolen key.
#[derive(Clone, Debug, PartialEq)]
pub struct Taken {
    /// Who sent it.
    pub from: Party,
    /// The record.
    pub bytes: Vec<u8>,
    /// What whoever reads the wire sees in it; nothing, if it is encrypted.
    pub outside: Vec<Text>,
    /// What the thief sees in it.
    pub inside: Vec<Text>,
    /// Whether the key leads on from here, or would have to.
    pub is_way: bool,
}

/// What came of the theft.
#[derive(Clone, Debug, PartialEq)]
pub struct Heist {
    /// The records, in the order of the wire.
    pub records: Vec<Taken>,
    /// How many encrypted records there are.
    pub sealed: usize,
    /// How many of them the thief has opened.
    pub opened: usize,
    /// What leads there from a private key that was worked out, or from a pre-shared key, in its order.
    pub found: Vec<Found>,
    /// What it would take to go on.
    pub lacks: Option<Text>,
}

/// What came of early data that was sent again: the data that the server gave its application each
/// time, if it did.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Replays {
    /// A server that remembers nothing.
    pub careless: Vec<Option<String>>,
    /// A server that remembers what it took.
    pub careful: Vec<Option<String>>,
}

impl Case {
    /// All of them, in the order in which a page offers them.
    pub const ALL: [Self; 9] = [
        Self::Transport,
        Self::Agreement,
        Self::Tls13,
        Self::Ticket,
        Self::PskAlone,
        Self::OldTicket,
        Self::External,
        Self::Quantum,
        Self::QuantumHybrid,
    ];

    /// The run that is recorded.
    #[must_use]
    pub const fn key_exchange(self) -> KeyExchange {
        match self {
            Self::Transport => KeyExchange::Rsa,
            Self::Agreement => KeyExchange::Ecdhe,
            Self::Tls13 | Self::Quantum => KeyExchange::Tls13,
            Self::QuantumHybrid => KeyExchange::Hybrid,
            Self::OldTicket => KeyExchange::SessionTicket,
            Self::Ticket => KeyExchange::EarlyData,
            Self::PskAlone => KeyExchange::PskAlone,
            Self::External => KeyExchange::External,
        }
    }

    /// Its name in an address.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Transport => "rsa",
            Self::Agreement => "ecdhe",
            Self::Tls13 => "tls13",
            Self::OldTicket => "ticket12",
            Self::Ticket => "ticket",
            Self::PskAlone => "psk-ke",
            Self::External => "psk",
            Self::Quantum => "quantum",
            Self::QuantumHybrid => "quantum-hybrid",
        }
    }

    /// The case of that name.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|case| case.word() == word)
    }

    /// Whether it takes a quantum computer, and nothing is stolen.
    #[must_use]
    pub const fn is_quantum(self) -> bool {
        matches!(self, Self::Quantum | Self::QuantumHybrid)
    }

    /// What falls into the thief's hands.
    #[must_use]
    pub fn about(self) -> Text {
        match self {
            Self::Transport | Self::Agreement | Self::Tls13 => say::thief_about_key(),
            Self::OldTicket => say::thief_about_old_ticket(),
            Self::Ticket => say::thief_about_ticket(),
            Self::PskAlone => say::thief_about_psk_alone(),
            Self::External => say::thief_about_external(),
            Self::Quantum => say::thief_about_quantum(),
            Self::QuantumHybrid => say::thief_about_hybrid(),
        }
    }

    /// What the thief knows to do with the key, and why it succeeds or fails.
    #[must_use]
    pub fn why(self) -> Text {
        match self {
            Self::Transport => say::thief_why_transport(),
            Self::Agreement => say::thief_why_agreement(),
            Self::Tls13 => say::thief_why_tls13(),
            Self::OldTicket => say::thief_why_old_ticket(),
            Self::Ticket => say::thief_why_ticket(),
            Self::PskAlone => say::thief_why_psk_alone(),
            Self::External => say::thief_why_external(),
            Self::Quantum => say::thief_why_quantum(),
            Self::QuantumHybrid => say::thief_why_hybrid(),
        }
    }

    /// The message that the key leads on from, or would have to.
    const fn way(self) -> HandshakeType {
        match self {
            Self::Transport | Self::Agreement => HandshakeType::CLIENT_KEY_EXCHANGE,
            Self::Tls13 | Self::Quantum | Self::QuantumHybrid => HandshakeType::SERVER_HELLO,
            Self::OldTicket | Self::Ticket | Self::PskAlone | Self::External => {
                HandshakeType::CLIENT_HELLO
            }
        }
    }

    fn secret(self, recording: &Recording) -> Secret {
        let server = &recording.server;
        let certified = server.identities.first();
        match self {
            Self::OldTicket | Self::Ticket | Self::PskAlone => {
                server.tls13.ticket_key.map(Secret::TicketKey)
            }
            Self::External => {
                let given = server.tls13.psks.first();
                given.map(|psk| Secret::PreSharedKey(psk.key.clone()))
            }
            Self::Quantum | Self::QuantumHybrid => curve_key(recording).map(Secret::CurveKey),
            _ => certified.map(|identity| Secret::ServerKey(identity.key.clone())),
        }
        .unwrap_or_default()
    }
}

impl Heist {
    /// Reads a recorded wire with the stolen key.
    #[must_use]
    pub fn of(case: Case, recording: &Recording) -> Self {
        Self::with(case, case.secret(recording), recording)
    }

    /// Reads it before anything is stolen.
    #[must_use]
    pub fn planned(case: Case, recording: &Recording) -> Self {
        Self::with(case, Secret::Nothing, recording)
    }

    fn with(case: Case, secret: Secret, recording: &Recording) -> Self {
        let mut outside = Observer::new(Secret::Nothing);
        let mut found = Vec::new();
        if let Secret::CurveKey(key) = &secret {
            found.push(Found {
                title: words(ValueName::EphemeralPrivateKey(Party::Client)).0,
                bytes: key.private_bytes().to_vec(),
            });
        }
        let mut inside = Observer::new(secret);
        let mut heist = Self {
            records: Vec::new(),
            sealed: 0,
            opened: 0,
            found,
            lacks: None,
        };
        for Transfer { from, bytes, .. } in &recording.trace.wire {
            let (seen, taken) = (outside.observe(*from, bytes), inside.observe(*from, bytes));
            if is_sealed(&seen) {
                heist.sealed += 1;
                heist.opened += usize::from(!is_sealed(&taken));
            }
            heist.records.push(Taken {
                from: *from,
                bytes: bytes.clone(),
                outside: labels(&seen),
                inside: labels(&taken),
                is_way: seen.iter().any(|sighting| is_message(sighting, case.way())),
            });
        }
        for value in inside.computed().iter().filter(|one| is_told(one.name)) {
            let found = Found {
                title: words(value.name).0,
                bytes: value.output.clone(),
            };
            if !heist.found.contains(&found) {
                heist.found.push(found);
            }
        }
        heist.lacks = inside.lacks().map(|name| words(name).0);
        heist
    }
}

/// The client's private key on the curve, as if somebody had worked it out.
fn curve_key(recording: &Recording) -> Option<EphemeralKey> {
    let events = &recording.trace.events;
    let group = events.iter().find_map(|event| match &event.kind {
        EventKind::Agreed(agreement) => agreement.group,
        _ => None,
    })?;
    let curve = match group.hybrid() {
        Some(hybrid) => hybrid.group(),
        None => group.group()?,
    };
    // A client that was asked for another key made a second one.
    let private = events.iter().rev().find_map(|event| match &event.kind {
        EventKind::Value(Value { name, output, .. })
            if *name == ValueName::EphemeralPrivateKey(Party::Client) =>
        {
            Some(output)
        }
        _ => None,
    })?;
    EphemeralKey::from_private_bytes(curve, private).ok()
}

/// The landmarks on the way from the private key to what protects the records.
const fn is_told(name: ValueName) -> bool {
    matches!(
        name,
        ValueName::Psk
            | ValueName::CurveSecret
            | ValueName::SharedSecret
            | ValueName::HandshakeSecret
            | ValueName::MainSecret
            | ValueName::TrafficSecret(_, Epoch::Early | Epoch::Application(_))
    )
}

fn is_sealed(seen: &[Sighting]) -> bool {
    let sealed = |sighting: &Sighting| {
        matches!(
            sighting.kind,
            SightingKind::Record {
                unreadable: true,
                ..
            }
        )
    };
    seen.iter().any(sealed)
}

fn is_message(sighting: &Sighting, kind: HandshakeType) -> bool {
    match &sighting.kind {
        SightingKind::Message(message) => message.kind == MessageKind::Handshake(kind),
        _ => false,
    }
}

/// What was seen, in words.
fn labels(seen: &[Sighting]) -> Vec<Text> {
    let label = |sighting: &Sighting| {
        Some(match &sighting.kind {
            SightingKind::Message(message) => kind_label(message.kind),
            SightingKind::Alert(alert) => say::story_lane_alert(alert.description.to_string()),
            SightingKind::Data(data) => {
                say::story_lane_data(String::from_utf8_lossy(data).into_owned())
            }
            SightingKind::Record { .. } | SightingKind::Fault(_) => return None,
        })
    };
    seen.iter().filter_map(label).collect()
}

impl Replays {
    /// Sends what the client sent before any answer twice to a server with the same ticket key: one
    /// that is careless, and one that is not.
    #[must_use]
    pub fn of(recording: &Recording) -> Self {
        let wire = recording.trace.wire.iter();
        let first = wire.take_while(|transfer| transfer.from == Party::Client);
        let flight: Vec<u8> = first.flat_map(|one| one.bytes.clone()).collect();
        let twice = |replay_guard: Option<ReplayGuard>| {
            let tls13 = ServerTls13 {
                replay_guard,
                ..recording.server.tls13.clone()
            };
            let config = Arc::new(ServerConfig {
                tls13,
                ..(*recording.server).clone()
            });
            let attempt = |number: u8| taken(&config, number, &flight);
            (1..=2).map(attempt).collect()
        };
        Self {
            careless: twice(None),
            careful: twice(Some(ReplayGuard::new(8))),
        }
    }
}

/// The early data that a server takes from this flight.
fn taken(config: &Arc<ServerConfig>, number: u8, flight: &[u8]) -> Option<String> {
    let mut server = Server::new(config.clone(), Random::new([number; 32]));
    server.receive(flight).ok()?;
    let data = server.early_data();
    (!data.is_empty()).then(|| String::from_utf8_lossy(&data).into_owned())
}
