//! The steps of the story, and which event belongs to which.

use padlock_tls::codes::{AlertDescription, ContentType, HandshakeType};
use padlock_tls::trace::{
    Alert, CheckKind, Direction, Event, EventKind, Message, MessageKind, Party,
};
use padlock_tls::value::{Formula, ValueName};

#[cfg(feature = "tls13")]
use super::tls13;
use super::{Run, is_handshake};
use crate::text::{Text, say};

/// A step of the story. The order is that of the telling.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) enum Part {
    ClientHello,
    ServerHello,
    Check,
    ClientCertificate,
    KeyExchange,
    Proof,
    /// What the client sends after a certificate that the server will refuse.
    Rest,
    Caller,
    Open,
    Keys,
    /// The server's Finished where it comes first: a session is resumed.
    #[cfg(feature = "tls13")]
    FirstFinished,
    ClientFinished,
    ServerFinished,
    Sample,
    Answer,
    Close,
    Closed,
    Refused,
    /// One of the story of TLS 1.3; a run has only such, or none.
    #[cfg(feature = "tls13")]
    Tls13(tls13::Part),
}

/// The events of a run by steps.
pub(super) struct Sorted<'a> {
    /// The steps that happened, in the order of the telling.
    pub(super) parts: Vec<(Part, Vec<&'a Event>)>,
}

impl Part {
    /// Its name in a link.
    pub(super) const fn id(self) -> &'static str {
        match self {
            Self::ClientHello => "client-hello",
            Self::ServerHello => "server-hello",
            Self::Check => "certificate-check",
            Self::ClientCertificate => "client-certificate",
            Self::KeyExchange => "key-exchange",
            Self::Proof => "certificate-verify",
            Self::Rest => "unread",
            Self::Caller => "client-check",
            Self::Open => "shared-secret",
            Self::Keys => "keys",
            Self::ClientFinished => "client-finished",
            Self::ServerFinished => "server-finished",
            #[cfg(feature = "tls13")]
            Self::FirstFinished => "server-finished",
            Self::Sample => "sample",
            Self::Answer => "answer",
            Self::Close => "close",
            Self::Closed => "closed",
            Self::Refused => "refused",
            #[cfg(feature = "tls13")]
            Self::Tls13(part) => part.id(),
        }
    }

    /// The part of the seeds' story that it belongs to.
    pub(super) fn stage(self) -> Text {
        match self {
            Self::ClientHello => say::story_stage_client_hello(),
            Self::ServerHello => say::story_stage_server_hello(),
            Self::Check | Self::ClientCertificate | Self::Proof | Self::Caller => {
                say::story_stage_authentication()
            }
            Self::KeyExchange | Self::Rest | Self::Open => say::story_stage_key_exchange(),
            Self::Keys
            | Self::ClientFinished
            | Self::ServerFinished
            | Self::Sample
            | Self::Answer
            | Self::Close
            | Self::Closed => say::story_stage_encryption(),
            #[cfg(feature = "tls13")]
            Self::FirstFinished => say::story_stage_encryption(),
            Self::Refused => say::story_stage_refusal(),
            #[cfg(feature = "tls13")]
            Self::Tls13(part) => part.stage(),
        }
    }

    /// Whether it is that of the alert that ends the connection.
    pub(super) fn is_refusal(self) -> bool {
        match self {
            #[cfg(feature = "tls13")]
            Self::Tls13(part) => part == tls13::Part::Refused,
            part => part == Self::Refused,
        }
    }
}

impl<'a> Sorted<'a> {
    pub(super) fn new(run: &Run<'a>) -> Self {
        #[cfg(feature = "tls13")]
        if run.is_tls13() {
            let mut sorter = tls13::Sorter::new(run);
            let events = run.events.iter().enumerate();
            let sorted =
                events.filter_map(|(at, event)| Some((Part::Tls13(sorter.part(at)?), event)));
            return Self::of(sorted);
        }
        let unread = is_unread(run);
        let mut sorter = Sorter::new(run);
        let sorted = run.events.iter().filter_map(|event| {
            let part = match sorter.part(event)? {
                Part::KeyExchange
                | Part::Proof
                | Part::Open
                | Part::Keys
                | Part::ClientFinished
                    if unread =>
                {
                    Part::Rest
                }
                #[cfg(feature = "tls13")]
                part if run.is_abbreviated() => abbreviated(part),
                part => part,
            };
            Some((part, event))
        });
        Self::of(sorted)
    }

    fn of(sorted: impl Iterator<Item = (Part, &'a Event)>) -> Self {
        let mut parts: Vec<(Part, Vec<&'a Event>)> = Vec::new();
        for (part, event) in sorted {
            // A dozen steps: a search costs nothing, a map would cost the page its code.
            let at = parts.partition_point(|(other, _)| *other < part);
            match parts.get_mut(at) {
                Some((other, events)) if *other == part => events.push(event),
                _ => parts.insert(at, (part, vec![event])),
            }
        }
        parts.retain(|(_, events)| events.iter().any(|event| is_told(event)));
        Self { parts }
    }
}

/// Where something belongs that is part of an abbreviated handshake: the server's Finished comes first,
/// and it looks at the certificate that it remembers before it answers.
#[cfg(feature = "tls13")]
const fn abbreviated(part: Part) -> Part {
    match part {
        Part::ServerFinished => Part::FirstFinished,
        Part::Caller => Part::ServerHello,
        part => part,
    }
}

/// Whether the client sent its share of the key exchange and the server never dealt with it.
fn is_unread(run: &Run<'_>) -> bool {
    let shares = |event: &&Event| match &event.kind {
        EventKind::Message(Message { kind, .. }) => {
            *kind == MessageKind::Handshake(HandshakeType::CLIENT_KEY_EXCHANGE)
        }
        _ => false,
    };
    let mut all = run.events.iter().filter(shares);
    all.next().is_some() && all.next().is_none() && run.refusal().is_some()
}

/// Whether an event alone makes a step: something that a side does, not what it takes in.
fn is_told(event: &Event) -> bool {
    match &event.kind {
        EventKind::Record(record) => record.direction == Direction::Sent,
        EventKind::Message(message) => message.direction == Direction::Sent,
        EventKind::Certificates(_) | EventKind::Check(_) => true,
        EventKind::Value(value) => !matches!(value.formula, Formula::ReadFrom(_)),
        _ => false,
    }
}

/// Says of each event, in their order, which step it belongs to.
struct Sorter {
    closer: Option<Party>,
    /// Whether the client offers TLS 1.3 and was not answered yet: what it computes is for its hello.
    #[cfg(feature = "tls13")]
    offering: bool,
    streams: Vec<Stream<Part>>,
}

/// The handshake messages that one party sent, in a row, and how far they were followed.
pub(super) struct Stream<P> {
    pub(super) from: Party,
    /// Where each message ends, and its step.
    ends: Vec<(usize, P)>,
    /// How much of it each party's records have taken: the sender's, then the receiver's.
    position: [usize; 2],
}

impl Sorter {
    fn new(run: &Run<'_>) -> Self {
        let part = |from, message: &Message| message_part(from, message.kind);
        let streams =
            [Party::Client, Party::Server].map(|from| Stream::new(from, run.events, part));
        Self {
            closer: run.first_closer(),
            #[cfg(feature = "tls13")]
            offering: run.offers_tls13(),
            streams: streams.into(),
        }
    }

    fn part(&mut self, event: &Event) -> Option<Part> {
        let party = event.party;
        #[cfg(feature = "tls13")]
        if self.offering && party == Party::Client {
            match &event.kind {
                EventKind::Record(record) if record.direction == Direction::Received => {
                    self.offering = false;
                }
                EventKind::Value(_) => return Some(Part::ClientHello),
                _ => {}
            }
        }
        Some(match &event.kind {
            EventKind::Record(record) => {
                let from = sender(party, record.direction);
                match record.content_type {
                    _ if is_handshake(record) => {
                        let mut streams = self.streams.iter_mut();
                        let stream = streams.find(|stream| stream.from == from)?;
                        stream.take(record.direction, record.content.len())?
                    }
                    ContentType::CHANGE_CIPHER_SPEC => finished(from),
                    ContentType::APPLICATION_DATA => data(from),
                    _ => self.alert(from, AlertDescription(*record.content.get(1)?)),
                }
            }
            EventKind::Message(message) => {
                message_part(sender(party, message.direction), message.kind)?
            }
            EventKind::Value(value) => value_part(party, value.name, &value.formula)?,
            EventKind::Certificates(_) => match party {
                Party::Client => Part::Check,
                Party::Server => Part::Caller,
            },
            EventKind::Check(check) => match (check.kind, party) {
                (CheckKind::KeyExchangeSignature(_), _) => Part::Check,
                (CheckKind::CertificateVerifySignature(_), _) => Part::Caller,
                (CheckKind::Finished, party) => finished(party.peer()),
                #[cfg(feature = "tls13")]
                (CheckKind::DowngradeSign, _) if !check.passed => Part::Refused,
                (
                    CheckKind::DowngradeSign
                    | CheckKind::Binder
                    | CheckKind::EncapsulationKey
                    | CheckKind::RenegotiationInfo,
                    _,
                ) => return None,
            },
            EventKind::Agreed(_) => Part::ServerHello,
            EventKind::Alert(Alert {
                direction,
                description,
                ..
            }) => self.alert(sender(party, *direction), *description),
            EventKind::Data { direction, .. } => data(sender(party, *direction)),
            EventKind::State(_) => return None,
        })
    }

    fn alert(&self, from: Party, description: AlertDescription) -> Part {
        match description {
            AlertDescription::CLOSE_NOTIFY if self.closer == Some(from) => Part::Close,
            AlertDescription::CLOSE_NOTIFY => Part::Closed,
            _ => Part::Refused,
        }
    }
}

impl<P: Copy> Stream<P> {
    pub(super) fn new(
        from: Party,
        events: &[Event],
        part: impl Fn(Party, &Message) -> Option<P>,
    ) -> Self {
        let mut ends = Vec::new();
        let mut end = 0;
        for event in events.iter().filter(|event| event.party == from) {
            let EventKind::Message(message) = &event.kind else {
                continue;
            };
            let MessageKind::Handshake(_) = message.kind else {
                continue;
            };
            if message.direction == Direction::Sent
                && let Some(part) = part(from, message)
            {
                end += message.bytes.len();
                ends.push((end, part));
            }
        }
        Self {
            from,
            ends,
            position: [0; 2],
        }
    }

    /// The step of the first message that the next record holds something of.
    pub(super) fn take(&mut self, direction: Direction, length: usize) -> Option<P> {
        let part = self.next(direction);
        self.position[side(direction)] += length;
        part
    }

    /// The step of the message that comes next.
    pub(super) fn next(&self, direction: Direction) -> Option<P> {
        let start = self.position[side(direction)];
        let mut ends = self.ends.iter();
        ends.find(|(end, _)| *end > start).map(|(_, part)| *part)
    }
}

fn side(direction: Direction) -> usize {
    usize::from(direction == Direction::Received)
}

pub(super) const fn sender(party: Party, direction: Direction) -> Party {
    match direction {
        Direction::Sent => party,
        Direction::Received => party.peer(),
    }
}

const fn finished(from: Party) -> Part {
    match from {
        Party::Client => Part::ClientFinished,
        Party::Server => Part::ServerFinished,
    }
}

const fn data(from: Party) -> Part {
    match from {
        Party::Client => Part::Sample,
        Party::Server => Part::Answer,
    }
}

fn message_part(from: Party, kind: MessageKind) -> Option<Part> {
    let MessageKind::Handshake(kind) = kind else {
        return Some(finished(from));
    };
    Some(match (kind, from) {
        (HandshakeType::CLIENT_HELLO, _) => Part::ClientHello,
        (HandshakeType::CERTIFICATE, Party::Client) => Part::ClientCertificate,
        (
            HandshakeType::SERVER_HELLO
            | HandshakeType::CERTIFICATE
            | HandshakeType::SERVER_KEY_EXCHANGE
            | HandshakeType::CERTIFICATE_REQUEST
            | HandshakeType::SERVER_HELLO_DONE,
            _,
        ) => Part::ServerHello,
        (HandshakeType::CLIENT_KEY_EXCHANGE, _) => Part::KeyExchange,
        (HandshakeType::CERTIFICATE_VERIFY, _) => Part::Proof,
        (HandshakeType::FINISHED, from) => finished(from),
        _ => return None,
    })
}

fn value_part(party: Party, name: ValueName, formula: &Formula) -> Option<Part> {
    Some(match (name, party) {
        (ValueName::Random(Party::Client), _) => Part::ClientHello,
        (ValueName::Random(Party::Server), _) => Part::ServerHello,
        (
            ValueName::CertifiedPublicKey(Party::Server)
            | ValueName::CertifiedPrivateKey(Party::Server)
            | ValueName::EphemeralPrivateKey(Party::Server)
            | ValueName::EphemeralPublicKey(Party::Server)
            | ValueName::KeyExchangeParameters
            | ValueName::SignedParameters
            | ValueName::KeyExchangeSignature,
            party,
        ) => match party {
            Party::Server => Part::ServerHello,
            Party::Client => Part::Check,
        },
        (ValueName::CertifiedPrivateKey(Party::Client), _) => Part::ClientCertificate,
        (
            ValueName::CertifiedPublicKey(Party::Client) | ValueName::CertificateVerifySignature,
            party,
        ) => match party {
            Party::Client => Part::Proof,
            Party::Server => Part::Caller,
        },
        (ValueName::PreMasterSecret, _) if matches!(formula, Formula::Agree(_)) => Part::Open,
        (
            ValueName::PreMasterRandom
            | ValueName::PaddingRandom
            | ValueName::PreMasterSecret
            | ValueName::EncryptionBlock
            | ValueName::EncryptedPreMasterSecret
            | ValueName::EphemeralPrivateKey(Party::Client)
            | ValueName::EphemeralPublicKey(Party::Client),
            party,
        ) => match party {
            Party::Client => Part::KeyExchange,
            Party::Server => Part::Open,
        },
        (
            ValueName::SessionHash
            | ValueName::MasterSecret
            | ValueName::KeyBlock
            | ValueName::WriteMacKey(_)
            | ValueName::WriteKey(_)
            | ValueName::WriteIv(_),
            _,
        ) => Part::Keys,
        (ValueName::TranscriptHash(from) | ValueName::VerifyData(from), _) => finished(from),
        #[cfg(feature = "tls13")]
        (ValueName::Ticket | ValueName::TicketKey | ValueName::TicketContent, _) => {
            Part::ServerHello
        }
        // The values of TLS 1.3 have no part in the story of TLS 1.2.
        _ => return None,
    })
}
