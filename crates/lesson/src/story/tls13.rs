//! The steps of the story of TLS 1.3, and which event belongs to which.

use padlock_tls::codes::{AlertDescription, ContentType, HandshakeType};
use padlock_tls::messages::Body;
use padlock_tls::trace::{
    Alert, CheckKind, Direction, Event, EventKind, Message, MessageKind, Party, Record,
};
use padlock_tls::value::{Epoch, Point, Stage, ValueName};

use super::part::{Stream, sender};
use super::{Run, is_handshake};
use crate::text::{Text, say};

/// A step of the story. The order is that of the telling.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) enum Part {
    ClientHello,
    RetryRequest,
    SecondHello,
    EarlyData,
    ServerHello,
    HandshakeKeys,
    Extensions,
    Certificate,
    ServerProof,
    ServerFinished,
    Check,
    MainKeys,
    ClientCertificate,
    ClientProof,
    ClientFinished,
    Caller,
    Ticket,
    Sample,
    Answer,
    Close,
    Closed,
    Refused,
}

impl Part {
    /// Its name in a link; where TLS 1.2 has the same step, it is the same.
    pub(super) const fn id(self) -> &'static str {
        match self {
            Self::ClientHello => "client-hello",
            Self::RetryRequest => "hello-retry-request",
            Self::SecondHello => "second-client-hello",
            Self::EarlyData => "early-data",
            Self::ServerHello => "server-hello",
            Self::HandshakeKeys => "shared-secret",
            Self::Extensions => "encrypted-extensions",
            Self::Certificate => "server-certificate",
            Self::ServerProof => "server-certificate-verify",
            Self::ServerFinished => "server-finished",
            Self::Check => "certificate-check",
            Self::MainKeys => "keys",
            Self::ClientCertificate => "client-certificate",
            Self::ClientProof => "certificate-verify",
            Self::ClientFinished => "client-finished",
            Self::Caller => "client-check",
            Self::Ticket => "ticket",
            Self::Sample => "sample",
            Self::Answer => "answer",
            Self::Close => "close",
            Self::Closed => "closed",
            Self::Refused => "refused",
        }
    }

    /// The part of the seeds' story that it belongs to.
    pub(super) fn stage(self) -> Text {
        match self {
            Self::ClientHello | Self::RetryRequest | Self::SecondHello => {
                say::story_stage_client_hello()
            }
            Self::ServerHello | Self::Extensions => say::story_stage_server_hello(),
            Self::HandshakeKeys => say::story_stage_key_exchange(),
            Self::Certificate
            | Self::ServerProof
            | Self::ServerFinished
            | Self::Check
            | Self::ClientCertificate
            | Self::ClientProof
            | Self::Caller => say::story_stage_authentication(),
            Self::EarlyData
            | Self::MainKeys
            | Self::ClientFinished
            | Self::Ticket
            | Self::Sample
            | Self::Answer
            | Self::Close
            | Self::Closed => say::story_stage_encryption(),
            Self::Refused => say::story_stage_refusal(),
        }
    }
}

/// Says of each event, in their order, which step it belongs to.
pub(super) struct Sorter<'a> {
    run: &'a Run<'a>,
    closer: Option<Party>,
    /// The first ClientHello; another one is the second.
    hello: Option<&'a [u8]>,
    /// Whether the client came as far as the keys of the application.
    client_has_keys: bool,
    streams: [Stream<Part>; 2],
    /// Whether a party has seen the client's Finished: its own, or the one that came.
    finished: [bool; 2],
    /// Whether a party was asked, or asked, for a second ClientHello.
    retried: [bool; 2],
}

const fn index(party: Party) -> usize {
    match party {
        Party::Client => 0,
        Party::Server => 1,
    }
}

impl<'a> Sorter<'a> {
    pub(super) fn new(run: &'a Run<'a>) -> Self {
        let hello = run.events.iter().find_map(|event| match &event.kind {
            EventKind::Message(message) => Some(message.bytes.as_slice()),
            _ => None,
        });
        let main = |event: &Event| match &event.kind {
            EventKind::Value(value) => value.name == ValueName::MainSecret,
            _ => false,
        };
        let mut at_client = run
            .events
            .iter()
            .filter(|event| event.party == Party::Client);
        let part = |from, message: &Message| message_part(run, hello, from, message);
        Self {
            run,
            closer: run.first_closer(),
            hello,
            client_has_keys: at_client.any(main),
            streams: [Party::Client, Party::Server].map(|from| Stream::new(from, run.events, part)),
            finished: [false; 2],
            retried: [false; 2],
        }
    }

    /// The step of the event at this place.
    pub(super) fn part(&mut self, at: usize) -> Option<Part> {
        let event = self.run.events.get(at)?;
        let part = self.sort(event, at)?;
        Some(match part {
            // A server is a step ahead; if the client refuses, it never makes these keys.
            Part::MainKeys if !self.client_has_keys => Part::ServerFinished,
            part => part,
        })
    }

    fn sort(&mut self, event: &Event, at: usize) -> Option<Part> {
        let party = event.party;
        Some(match &event.kind {
            EventKind::Record(record) => {
                let from = sender(party, record.direction);
                match record.content_type {
                    _ if is_handshake(record) => {
                        let stream = self.streams.iter_mut().find(|one| one.from == from)?;
                        stream.take(record.direction, record.content.len())?
                    }
                    ContentType::CHANGE_CIPHER_SPEC => self.for_middleboxes(party, record, at)?,
                    ContentType::APPLICATION_DATA => data(from, is_early(record)),
                    _ => self.alert(from, AlertDescription(*record.content.get(1)?)),
                }
            }
            EventKind::Message(message) => {
                let from = sender(party, message.direction);
                match message.kind {
                    // It means nothing, and goes where its record goes.
                    MessageKind::ChangeCipherSpec => {
                        let record = self.run.events.get(at + 1..)?.iter().find(|next| {
                            next.party == party && matches!(next.kind, EventKind::Record(_))
                        })?;
                        let EventKind::Record(record) = &record.kind else {
                            return None;
                        };
                        self.for_middleboxes(party, record, at + 1)?
                    }
                    MessageKind::Handshake(_) => {
                        let part = message_part(self.run, self.hello, from, message)?;
                        self.retried[index(party)] |= part == Part::RetryRequest;
                        self.finished[index(party)] |= part == Part::ClientFinished;
                        part
                    }
                }
            }
            // These lead to the value that follows.
            EventKind::Value(value)
                if matches!(value.name, ValueName::Zeros | ValueName::EmptyHash) =>
            {
                let next = |event: &&Event| match &event.kind {
                    EventKind::Value(value) => {
                        event.party == party
                            && !matches!(value.name, ValueName::Zeros | ValueName::EmptyHash)
                    }
                    _ => false,
                };
                let next = self.run.events.get(at..)?.iter().find(next)?;
                return self.sort(next, at);
            }
            EventKind::Value(value) => {
                let from_psk = value.inputs.iter().any(|one| one.name == ValueName::Psk);
                self.value(party, value.name, from_psk)?
            }
            EventKind::Certificates(_) => match party {
                Party::Client => Part::Check,
                // Those that a ticket remembers are judged before the answer.
                Party::Server if self.run.psk().is_some() => Part::ServerHello,
                Party::Server => Part::Caller,
            },
            EventKind::Check(check) => match (check.kind, party) {
                (CheckKind::Binder, _) => Part::ServerHello,
                (CheckKind::CertificateVerifySignature(_) | CheckKind::Finished, Party::Client) => {
                    Part::Check
                }
                (CheckKind::CertificateVerifySignature(_), Party::Server) => Part::Caller,
                (CheckKind::Finished, Party::Server) => Part::ClientFinished,
                _ => return None,
            },
            EventKind::Agreed(_) => Part::ServerHello,
            EventKind::Alert(Alert {
                direction,
                description,
                ..
            }) => self.alert(sender(party, *direction), *description),
            EventKind::Data { direction, .. } => {
                let early = !self.finished[index(party)];
                match (direction, party, early) {
                    // It can be read once the hello before it was.
                    (Direction::Received, Party::Server, true) => Part::ServerHello,
                    _ => data(sender(party, *direction), early),
                }
            }
            EventKind::State(_) => return None,
        })
    }

    /// A ChangeCipherSpec goes with what its sender sends next; behind a ServerHello, with that.
    fn for_middleboxes(&self, party: Party, record: &Record, at: usize) -> Option<Part> {
        if record.direction == Direction::Received {
            return None;
        }
        if party == Party::Server {
            return Some(match self.retried[index(party)] {
                true => Part::RetryRequest,
                false => Part::ServerHello,
            });
        }
        let next = |event: &&Event| match &event.kind {
            EventKind::Record(other) => {
                event.party == party
                    && other.direction == Direction::Sent
                    && other.content_type != ContentType::CHANGE_CIPHER_SPEC
            }
            _ => false,
        };
        let next = self.run.events.get(at..)?.iter().find(next)?;
        let EventKind::Record(next) = &next.kind else {
            return None;
        };
        Some(match next.content_type {
            _ if is_handshake(next) => {
                let stream = self.streams.iter().find(|one| one.from == party)?;
                stream.next(Direction::Sent)?
            }
            ContentType::APPLICATION_DATA => data(party, is_early(next)),
            _ => Part::Refused,
        })
    }

    fn alert(&self, from: Party, description: AlertDescription) -> Part {
        match description {
            AlertDescription::CLOSE_NOTIFY if self.closer == Some(from) => Part::Close,
            AlertDescription::CLOSE_NOTIFY => Part::Closed,
            _ => Part::Refused,
        }
    }

    fn value(&self, party: Party, name: ValueName, from_psk: bool) -> Option<Part> {
        let at_client = party == Party::Client;
        let hello = match self.retried[index(Party::Client)] {
            true => Part::SecondHello,
            false => Part::ClientHello,
        };
        let by_side = |client, server| if at_client { client } else { server };
        let after = self.finished[index(party)];
        Some(match name {
            ValueName::Random(Party::Client) => Part::ClientHello,
            ValueName::EphemeralPrivateKey(Party::Client)
            | ValueName::EphemeralPublicKey(Party::Client) => by_side(hello, Part::ServerHello),
            ValueName::MlKemSeed
            | ValueName::EncapsulationKey
            | ValueName::KeyShare(Party::Client) => by_side(hello, Part::ServerHello),
            ValueName::FirstHelloHash => Part::RetryRequest,
            ValueName::EncapsulationRandom
            | ValueName::Ciphertext
            | ValueName::KeyShare(Party::Server)
            | ValueName::Random(Party::Server)
            | ValueName::EphemeralPrivateKey(Party::Server)
            | ValueName::EphemeralPublicKey(Party::Server) => Part::ServerHello,
            ValueName::EarlySecret if from_psk => by_side(hello, Part::ServerHello),
            ValueName::TranscriptHashTo(Point::TruncatedClientHello)
            | ValueName::BinderKey
            | ValueName::BinderFinishedKey
            | ValueName::Binder => by_side(hello, Part::ServerHello),
            // Both have it before they begin.
            ValueName::Psk if self.run.is_external() => Part::ClientHello,
            ValueName::TicketContent | ValueName::Psk if !after => {
                by_side(hello, Part::ServerHello)
            }
            ValueName::TicketNonce
            | ValueName::TicketContent
            | ValueName::Ticket
            | ValueName::Psk => Part::Ticket,
            ValueName::TranscriptHashTo(Point::ClientHello)
            | ValueName::TrafficSecret(_, Epoch::Early)
            | ValueName::TrafficKey(_, Epoch::Early)
            | ValueName::TrafficIv(_, Epoch::Early)
            | ValueName::EarlyExporterSecret => by_side(Part::EarlyData, Part::ServerHello),
            ValueName::EarlySecret
            | ValueName::MlKemSecret
            | ValueName::CurveSecret
            | ValueName::SharedSecret
            | ValueName::DerivedSecret(Stage::Early)
            | ValueName::HandshakeSecret
            | ValueName::TranscriptHashTo(Point::ServerHello)
            | ValueName::TrafficSecret(_, Epoch::Handshake)
            | ValueName::TrafficKey(_, Epoch::Handshake)
            | ValueName::TrafficIv(_, Epoch::Handshake) => Part::HandshakeKeys,
            ValueName::CertifiedPublicKey(Party::Server)
            | ValueName::CertifiedPrivateKey(Party::Server) => {
                by_side(Part::Check, Part::Certificate)
            }
            ValueName::TranscriptHashTo(Point::Certificate(Party::Server))
            | ValueName::SignedContent(Party::Server)
            | ValueName::ContentSignature(Party::Server) => by_side(Part::Check, Part::ServerProof),
            ValueName::TranscriptHashTo(Point::BeforeFinished(Party::Server))
            | ValueName::FinishedKey(Party::Server, _)
            | ValueName::VerifyData(Party::Server) => by_side(Part::Check, Part::ServerFinished),
            ValueName::DerivedSecret(Stage::Handshake)
            | ValueName::MainSecret
            | ValueName::TranscriptHashTo(Point::Finished(Party::Server))
            | ValueName::TrafficSecret(_, Epoch::Application(_))
            | ValueName::TrafficKey(_, Epoch::Application(_))
            | ValueName::TrafficIv(_, Epoch::Application(_))
            | ValueName::ExporterSecret => Part::MainKeys,
            ValueName::CertifiedPrivateKey(Party::Client) => Part::ClientCertificate,
            ValueName::CertifiedPublicKey(Party::Client)
            | ValueName::TranscriptHashTo(Point::Certificate(Party::Client))
            | ValueName::SignedContent(Party::Client)
            | ValueName::ContentSignature(Party::Client) => {
                by_side(Part::ClientProof, Part::Caller)
            }
            ValueName::TranscriptHashTo(
                Point::BeforeFinished(Party::Client) | Point::Finished(Party::Client),
            )
            | ValueName::FinishedKey(Party::Client, _)
            | ValueName::VerifyData(Party::Client)
            | ValueName::ResumptionSecret => Part::ClientFinished,
            _ => return None,
        })
    }
}

/// Whether a record carries early data. A server that does not take them passes over what it cannot
/// open (RFC 9846 §4.3.10).
fn is_early(record: &Record) -> bool {
    let key = record.protection.as_ref().map(|protection| protection.key);
    matches!(key, None | Some(ValueName::TrafficKey(_, Epoch::Early)))
}

const fn data(from: Party, early: bool) -> Part {
    match (from, early) {
        (Party::Client, true) => Part::EarlyData,
        (Party::Client, false) => Part::Sample,
        (Party::Server, _) => Part::Answer,
    }
}

fn message_part(
    run: &Run<'_>,
    hello: Option<&[u8]>,
    from: Party,
    message: &Message,
) -> Option<Part> {
    let MessageKind::Handshake(kind) = message.kind else {
        return None;
    };
    Some(match (kind, from) {
        (HandshakeType::CLIENT_HELLO, _) if hello == Some(&message.bytes) => Part::ClientHello,
        (HandshakeType::CLIENT_HELLO, _) => Part::SecondHello,
        (HandshakeType::SERVER_HELLO, _) => match run.decoded(message) {
            Some(Body::ServerHello(hello)) if hello.is_retry_request() => Part::RetryRequest,
            _ => Part::ServerHello,
        },
        (HandshakeType::ENCRYPTED_EXTENSIONS | HandshakeType::CERTIFICATE_REQUEST, _) => {
            Part::Extensions
        }
        (HandshakeType::CERTIFICATE, Party::Server) => Part::Certificate,
        (HandshakeType::CERTIFICATE, Party::Client) => Part::ClientCertificate,
        (HandshakeType::CERTIFICATE_VERIFY, Party::Server) => Part::ServerProof,
        (HandshakeType::CERTIFICATE_VERIFY, Party::Client) => Part::ClientProof,
        (HandshakeType::FINISHED, Party::Server) => Part::ServerFinished,
        (HandshakeType::END_OF_EARLY_DATA, _) | (HandshakeType::FINISHED, Party::Client) => {
            Part::ClientFinished
        }
        (HandshakeType::NEW_SESSION_TICKET, _) => Part::Ticket,
        _ => return None,
    })
}
