//! What client and server have in common: records, transcript, alerts, closing.
//!
//! The states of the handshake are each party's own; they act through [`Connection`].

#[cfg(feature = "tls13")]
pub(crate) mod tls13;

mod ending;
mod explain;
#[cfg(feature = "tls13")]
pub(crate) mod key_share;
mod keys;
mod party;

use padlock_pki::key::PublicKey;
use padlock_pki::random::Random;
use padlock_pki::time::UnixSeconds;
use padlock_wire::{Section, Structure};

use crate::codes::{AlertDescription, AlertLevel, ContentType, HandshakeType, ProtocolVersion};
use crate::config::Behaviour;
use crate::error::{Arrival, Error, ErrorKind};
use crate::messages::{Body, ChangeCipherSpec, Form, Handshake};
use crate::record::{Joiner, Opened, Protector, Receiver, Sender};
use crate::report::Reporter;
use crate::suite::KeyExchange;
use crate::trace::{Agreement, Direction, Event, EventKind, Message, MessageKind, Party, State};

pub(crate) use explain::explain_certificates;
pub(crate) use party::party;

/// Where a connection stands.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Status {
    /// The handshake is not complete.
    Handshaking,
    /// Data may flow.
    Connected,
    /// Both sides said close_notify; or this side did before the handshake was complete, and then
    /// waits for nothing.
    Closed,
    /// This side said close_notify and waits for the other's.
    Closing,
    /// In TLS 1.3: the other side said close_notify, and this one may still send, and then should
    /// say it too (RFC 9846 §6.1).
    PeerClosed,
    /// The connection ended with an error.
    Failed(Error),
}

/// How often the peer may ask for another handshake, though it was declined.
const MAXIMUM_REQUESTS: usize = 4;

/// How often it may send the ChangeCipherSpec that means nothing in TLS 1.3; one is enough.
const MAXIMUM_CHANGES: usize = 4;

/// Something that a state has to deal with.
#[derive(Debug)]
pub(crate) enum Incoming {
    /// A handshake message and its bytes, not yet in the transcript.
    Message(Body, Vec<u8>),
    /// ChangeCipherSpec.
    ChangeCipherSpec,
}

/// The states of a handshake.
pub(crate) trait Handshaking: Sized {
    /// What may come next; application data once the handshake is complete.
    fn awaits(&self) -> Arrival;
    /// Deals with what came, and says what is awaited next.
    fn handle(self, connection: &mut Connection, incoming: Incoming) -> Result<Self, Error>;
}

/// The state that a party is in, whichever its states are; none after an error.
pub(crate) trait Current {
    /// What may come next.
    fn awaits(&self) -> Arrival;
    /// Deals with what came, and goes on to the next state.
    fn advance(&mut self, connection: &mut Connection, incoming: Incoming) -> Result<(), Error>;
}

impl<S: Handshaking> Current for Option<S> {
    fn awaits(&self) -> Arrival {
        self.as_ref()
            .map_or(Arrival::ApplicationData, Handshaking::awaits)
    }

    fn advance(&mut self, connection: &mut Connection, incoming: Incoming) -> Result<(), Error> {
        let Some(state) = self.take() else {
            return Err(ErrorKind::Internal("the handshake has ended").into());
        };
        *self = Some(state.handle(connection, incoming)?);
        Ok(())
    }
}

/// One side's end of the connection.
#[derive(Debug)]
pub(crate) struct Connection {
    pub(crate) reporter: Reporter,
    pub(crate) random: Random,
    pub(crate) agreement: Option<Agreement>,
    /// The time, as far as this side was told.
    pub(crate) now: UnixSeconds,
    /// What decides the form of the messages to come.
    pub(crate) form: Form,
    /// All handshake messages so far, without record headers (RFC 5246 §7.4.9).
    pub(crate) transcript: Vec<u8>,
    /// Whom the peer has proved to be.
    pub(crate) peer_certificates: Vec<Vec<u8>>,
    /// What the peer showed and was found good, until it has proved that it holds the key.
    pub(crate) shown_certificates: Vec<Vec<u8>>,
    /// The key of the first of them.
    pub(crate) peer_key: Option<PublicKey>,
    behaviour: Behaviour,
    status: Status,
    receiver: Receiver,
    sender: Sender,
    joiner: Joiner,
    received: Vec<u8>,
    /// How often the peer asked for another handshake.
    requests: usize,
    /// How often it sent a ChangeCipherSpec that means nothing.
    changes: usize,
    #[cfg(feature = "tls13")]
    pub(crate) tls13: tls13::Traffic,
    #[cfg(feature = "tls13")]
    pub(crate) sessions: crate::resumption::Sessions,
}

/// How key pairs on curves are made and secrets agreed on in TLS 1.2.
pub(crate) const CURVES: Section = Section::new(8422, "5.10");

impl Connection {
    pub(crate) fn new(
        party: Party,
        behaviour: Behaviour,
        now: UnixSeconds,
        random: Random,
    ) -> Self {
        let mut sender = Sender::new(random.fork("records"), behaviour.trace);
        if behaviour.fragment > 0 {
            // An alert must not be cut (RFC 9846 §5.1), and has two bytes.
            sender.set_maximum(behaviour.fragment.max(2));
        }
        Self {
            reporter: Reporter::new(party, behaviour.trace),
            random,
            agreement: None,
            now,
            form: Form::Open,
            transcript: Vec::new(),
            peer_certificates: Vec::new(),
            shown_certificates: Vec::new(),
            peer_key: None,
            behaviour,
            status: Status::Handshaking,
            receiver: Receiver::new(behaviour.trace),
            sender,
            joiner: Joiner::default(),
            received: Vec::new(),
            requests: 0,
            changes: 0,
            #[cfg(feature = "tls13")]
            tls13: tls13::Traffic::default(),
            #[cfg(feature = "tls13")]
            sessions: crate::resumption::Sessions::default(),
        }
    }

    pub(crate) fn party(&self) -> Party {
        self.reporter.party()
    }

    pub(crate) const fn status(&self) -> &Status {
        &self.status
    }

    pub(crate) fn output(&mut self) -> Vec<u8> {
        #[cfg(feature = "tls13")]
        self.tls13.forget_answer();
        self.sender.take_output()
    }

    pub(crate) fn received(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.received)
    }

    pub(crate) fn take_events(&mut self) -> Vec<Event> {
        self.reporter.take()
    }

    /// Takes bytes from the wire and lets the states deal with what they hold.
    pub(crate) fn receive(&mut self, state: &mut dyn Current, bytes: &[u8]) -> Result<(), Error> {
        match &self.status {
            Status::Failed(error) => return Err(error.clone()),
            // RFC 5246 §7.2.1, RFC 9846 §6.1: what comes now is ignored.
            Status::Closed | Status::PeerClosed => return Ok(()),
            _ => {}
        }
        self.receiver.push(bytes);
        let outcome = self.process(state);
        if let Err(error) = &outcome {
            self.fail(error.clone());
        }
        outcome
    }

    fn process(&mut self, state: &mut dyn Current) -> Result<(), Error> {
        while !matches!(self.status, Status::Closed | Status::PeerClosed) {
            let Some(opened) = self.next_record()? else {
                break;
            };
            let Opened {
                content_type,
                content,
                unreadable,
                protected,
                ..
            } = opened;
            if unreadable {
                continue; // Early data that was refused.
            }
            // An alert looks at that itself: the peer may have broken off to say why.
            if !matches!(content_type, ContentType::HANDSHAKE | ContentType::ALERT) {
                self.joiner.boundary()?;
            }
            match content_type {
                ContentType::ALERT => self.take_alert(&content)?,
                ContentType::APPLICATION_DATA => self.take_data(state, content)?,
                ContentType::CHANGE_CIPHER_SPEC if self.is_tls13() || self.offers_tls13() => {
                    self.drop_change_cipher_spec(state, &content, protected)?;
                }
                ContentType::CHANGE_CIPHER_SPEC => {
                    let decoded = ChangeCipherSpec.decode_with(&content, self.reporter.tree());
                    decoded.value?;
                    let kind = MessageKind::ChangeCipherSpec;
                    self.report_message(Direction::Received, kind, &content, decoded.tree);
                    self.step(state, Incoming::ChangeCipherSpec)?;
                }
                _ => {
                    self.joiner.push(&content);
                    while let Some(message) = self.joiner.next_message()? {
                        self.take_message(state, message)?;
                    }
                }
            }
        }
        Ok(())
    }

    fn next_record(&mut self) -> Result<Option<Opened>, Error> {
        let mut opened = self.receiver.next_record()?;
        if let Some(record) = opened.as_mut().and_then(|opened| opened.event.take()) {
            self.reporter.report(|| EventKind::Record(record));
        }
        Ok(opened)
    }

    fn step(&mut self, state: &mut dyn Current, incoming: Incoming) -> Result<(), Error> {
        state.advance(self, incoming)?;
        match state.awaits() {
            Arrival::Handshake(kind) => self.enter(State::Expect(kind)),
            Arrival::ChangeCipherSpec => self.enter(State::ExpectChangeCipherSpec),
            Arrival::ApplicationData if self.status == Status::Handshaking => {
                self.status = Status::Connected;
                self.transcript = Vec::new();
                self.enter(State::Connected);
            }
            Arrival::ApplicationData => {}
        }
        Ok(())
    }

    /// TLS 1.2 is agreed: all later records must say so.
    pub(crate) fn settle_tls12(&mut self, key_exchange: KeyExchange) {
        self.form = Form::Tls12(key_exchange);
        self.receiver.set_version(ProtocolVersion::TLS_1_2);
    }

    /// The peer holds the key of the certificates that it showed.
    pub(crate) fn accept_peer(&mut self) {
        self.peer_certificates = std::mem::take(&mut self.shown_certificates);
    }

    pub(crate) fn is_tls13(&self) -> bool {
        self.form == Form::Tls13
    }

    /// In TLS 1.3 ChangeCipherSpec means nothing: from the first `ClientHello` to the end of the
    /// handshake it is dropped, and it is neither protected nor of another value than 1 (RFC 9846 §5).
    fn drop_change_cipher_spec(
        &mut self,
        state: &dyn Current,
        content: &[u8],
        protected: bool,
    ) -> Result<(), Error> {
        self.changes += 1;
        let too_many = self.changes > MAXIMUM_CHANGES;
        if self.status != Status::Handshaking || protected || content != [1] || too_many {
            let (found, expected) = (Arrival::ChangeCipherSpec, state.awaits());
            return Err(ErrorKind::Unexpected { found, expected }.into());
        }
        let kind = MessageKind::ChangeCipherSpec;
        let decoded = ChangeCipherSpec.decode_with(content, self.reporter.tree());
        self.report_message(Direction::Received, kind, content, decoded.tree);
        Ok(())
    }

    fn take_message(&mut self, state: &mut dyn Current, bytes: Vec<u8>) -> Result<(), Error> {
        let decoded = Handshake::expecting(self.form).decode_with(&bytes, self.reporter.tree());
        let kind = HandshakeType(bytes.first().copied().unwrap_or_default());
        let message = MessageKind::Handshake(kind);
        self.report_message(Direction::Received, message, &bytes, decoded.tree);
        let body = decoded.value?.body;
        if self.status != Status::Handshaking && !self.is_tls13() {
            return self.refuse_renegotiation(kind);
        }
        if matches!(body, Body::HelloRequest(_)) && self.party() == Party::Client {
            return Ok(()); // RFC 5246 §7.4.1.1: ignored while a handshake is under way.
        }
        self.step(state, Incoming::Message(body, bytes))
    }

    /// After the handshake only a request for another may come; it is declined
    /// (RFC 5246 §7.2.2: by a warning, and the connection goes on).
    fn refuse_renegotiation(&mut self, found: HandshakeType) -> Result<(), Error> {
        let asks = match self.party() {
            Party::Client => HandshakeType::HELLO_REQUEST,
            Party::Server => HandshakeType::CLIENT_HELLO,
        };
        if found == asks {
            self.requests += 1;
            // What was said once holds. Once this side has closed, its silence declines.
            if self.requests == 1 && self.status != Status::Closing {
                let declined = AlertDescription::NO_RENEGOTIATION;
                self.send_alert(AlertLevel::WARNING, declined, None);
            }
            if self.requests <= MAXIMUM_REQUESTS {
                return Ok(());
            }
        }
        let found = Arrival::Handshake(found);
        Err(ErrorKind::Unexpected {
            found,
            expected: Arrival::ApplicationData,
        }
        .into())
    }

    fn take_data(&mut self, state: &dyn Current, content: Vec<u8>) -> Result<(), Error> {
        let open = matches!(self.status, Status::Connected | Status::Closing)
            && state.awaits() == Arrival::ApplicationData;
        if open {
            self.received.extend_from_slice(&content);
        } else if !self.take_early_data(&content)? {
            let (found, expected) = (Arrival::ApplicationData, state.awaits());
            return Err(ErrorKind::Unexpected { found, expected }.into());
        }
        #[cfg(feature = "tls13")]
        self.tls13.count_data(&content);
        let direction = Direction::Received;
        self.reporter.report(|| EventKind::Data {
            direction,
            bytes: content,
        });
        Ok(())
    }

    /// Without TLS 1.3 nobody offers it.
    #[cfg(not(feature = "tls13"))]
    fn offers_tls13(&self) -> bool {
        false
    }

    /// Without TLS 1.3 nobody shows a certificate after the handshake.
    #[cfg(not(feature = "tls13"))]
    fn authenticates(&self) -> bool {
        false
    }

    /// Without TLS 1.3 no application data comes before the handshake is complete.
    #[cfg(not(feature = "tls13"))]
    fn take_early_data(&mut self, _: &[u8]) -> Result<bool, Error> {
        Ok(false)
    }

    pub(crate) fn send_data(&mut self, data: &[u8]) -> Result<(), Error> {
        if !self.may_send() {
            return Err(ErrorKind::NotConnected.into());
        }
        let direction = Direction::Sent;
        self.reporter.report(|| EventKind::Data {
            direction,
            bytes: data.to_vec(),
        });
        #[cfg(feature = "tls13")]
        {
            self.tls13.forget_answer();
            self.update_worn_keys()?;
        }
        self.send_record(ContentType::APPLICATION_DATA, data)
    }

    /// Whether data may be sent.
    fn may_send(&self) -> bool {
        matches!(self.status, Status::Connected | Status::PeerClosed)
    }

    /// Sends handshake messages, each counted into the transcript.
    pub(crate) fn send_flight(&mut self, flight: Vec<Handshake>) -> Result<(), Error> {
        let mut pending = Vec::new();
        for message in flight {
            let encoded = message.encode_with(self.reporter.tree())?;
            if self.status == Status::Handshaking || self.authenticates() {
                self.transcript.extend_from_slice(&encoded.bytes);
            }
            let kind = MessageKind::Handshake(message.body.kind());
            self.report_message(Direction::Sent, kind, &encoded.bytes, encoded.tree);
            if self.behaviour.coalesce {
                pending.extend_from_slice(&encoded.bytes);
            } else {
                self.send_record(ContentType::HANDSHAKE, &encoded.bytes)?;
            }
        }
        match pending.is_empty() {
            true => Ok(()),
            false => self.send_record(ContentType::HANDSHAKE, &pending),
        }
    }

    /// Says that from here on the keys protect what this side sends, and lets them.
    pub(crate) fn send_change_cipher_spec(&mut self, protector: Protector) -> Result<(), Error> {
        let encoded = ChangeCipherSpec.encode_with(self.reporter.tree())?;
        let kind = MessageKind::ChangeCipherSpec;
        self.report_message(Direction::Sent, kind, &encoded.bytes, encoded.tree);
        self.send_record(ContentType::CHANGE_CIPHER_SPEC, &encoded.bytes)?;
        self.sender.set_protection(protector);
        Ok(())
    }

    /// From here on the keys open what the peer sends.
    pub(crate) fn protect_reading(&mut self, protector: Protector) {
        self.receiver.set_protection(protector);
    }

    pub(crate) fn enter(&mut self, state: State) {
        self.reporter.report(|| EventKind::State(state));
    }

    pub(crate) fn send_record(
        &mut self,
        content_type: ContentType,
        content: &[u8],
    ) -> Result<(), Error> {
        for record in self.sender.send(content_type, content)? {
            self.reporter.report(|| EventKind::Record(record));
        }
        Ok(())
    }

    fn report_message(
        &mut self,
        direction: Direction,
        kind: MessageKind,
        bytes: &[u8],
        tree: padlock_wire::Node,
    ) {
        self.reporter.report(|| {
            let tree = explain_certificates(tree, bytes);
            EventKind::Message(Message {
                direction,
                kind,
                bytes: bytes.to_vec(),
                tree,
            })
        });
    }
}

impl Incoming {
    /// The error of a state that awaits something else.
    pub(crate) fn unexpected(&self, expected: Arrival) -> Error {
        let found = match self {
            Self::Message(body, _) => Arrival::Handshake(body.kind()),
            Self::ChangeCipherSpec => Arrival::ChangeCipherSpec,
        };
        ErrorKind::Unexpected { found, expected }.into()
    }
}
