//! Whoever reads the wire: sees what is in the clear, and with a secret what is not.
//!
//! One piece of code with several uses: what an eavesdropper sees, what a thief of the server's
//! key sees later, what a key log opens, and the check that what the parties report is what the
//! wire carried.

#[cfg(feature = "tls13")]
mod ticket;
#[cfg(feature = "tls13")]
mod tls13;

use padlock_pki::key::PrivateKey;
use padlock_wire::Structure;

use crate::codes::{ContentType, ExtensionType, HandshakeType, ProtocolVersion};
use crate::connection::explain_certificates;
#[cfg(feature = "tls13")]
use crate::crypto::kx::EphemeralKey;
use crate::crypto::pkcs1;
use crate::error::{Arrival, Error, ErrorKind};
use crate::messages::{Alert, Body, ChangeCipherSpec, ClientKeyExchange, Form, Handshake};
#[cfg(not(feature = "tls13"))]
use crate::record::Fault;
use crate::record::{Joiner, Opened, Protector, Receiver, WriteKeys};
use crate::report::Reporter;
use crate::schedule::{KeyBlock, MasterSecret, PreMasterSecret, Randoms};
use crate::suite::Suite;
#[cfg(feature = "tls13")]
use crate::trace::Value;
use crate::trace::{Direction, Message, MessageKind, Party, Record};
#[cfg(feature = "tls13")]
use crate::value::Epoch;
use crate::value::ValueName;

/// What a reader of the wire has beside the wire.
#[derive(Clone, Debug, Default)]
pub enum Secret {
    /// Nothing: an eavesdropper.
    #[default]
    Nothing,
    /// The master secret, as a key log has it (RFC 9850).
    MasterSecret(MasterSecret),
    /// The traffic secrets of a connection of TLS 1.3, as a key log has them (RFC 9850).
    #[cfg(feature = "tls13")]
    TrafficSecrets(Vec<LoggedSecret>),
    /// The key of the server's tickets: another thief. Of TLS 1.3 it opens early data and, where a ticket
    /// is used without (EC)DHE, all that follows; of TLS 1.2 each connection that a ticket was given out
    /// in or resumed with.
    #[cfg(feature = "tls13")]
    TicketKey([u8; 32]),
    /// A key that both sides of TLS 1.3 were given (an external PSK). It opens what is protected by it
    /// without (EC)DHE (RFC 9846 §2.2); early data under it stay shut here.
    #[cfg(feature = "tls13")]
    PreSharedKey(Vec<u8>),
    /// A private key that a side made for this connection of TLS 1.3, worked out from its public key:
    /// a large quantum computer. It opens what a curve alone protects.
    #[cfg(feature = "tls13")]
    CurveKey(EphemeralKey),
    /// The private key of the server's certificate: a thief. It opens RSA key transport, and
    /// nothing else.
    ServerKey(PrivateKey),
}

/// A line of a key log of TLS 1.3 (RFC 9850 §2.1).
#[cfg(feature = "tls13")]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct LoggedSecret {
    /// Whose records it protects.
    pub party: Party,
    /// Which of their records.
    pub epoch: Epoch,
    /// The secret.
    pub bytes: Vec<u8>,
}

/// A passive reader of one connection.
#[derive(Debug)]
pub struct Observer {
    secret: Secret,
    client: Stream,
    server: Stream,
    randoms: Randoms,
    chosen: Option<Chosen>,
    /// The messages up to the first Finished: nothing is computed of more.
    transcript: Vec<u8>,
    finished: bool,
    keys: Option<KeyBlock>,
    /// What decides the form of messages.
    form: Form,
    #[cfg(feature = "tls13")]
    suite13: Option<crate::suite::Suite13>,
    /// The early data that the client offered, until its end.
    #[cfg(feature = "tls13")]
    early: Option<tls13::EarlyData>,
    /// The session ID and the ticket by which the client would go on (RFC 5077 §3.4).
    #[cfg(feature = "tls13")]
    offered: (Vec<u8>, Vec<u8>),
    /// What the private key of a curve leads to.
    #[cfg(feature = "tls13")]
    broken: tls13::Broken,
    /// Whether the server asked for a second `ClientHello`.
    #[cfg(feature = "tls13")]
    retried: bool,
}

/// What one side sent.
#[derive(Debug)]
struct Stream {
    receiver: Receiver,
    joiner: Joiner,
    failed: bool,
    /// How many records could not be read.
    unreadable: u64,
    #[cfg(feature = "tls13")]
    secret: Option<crate::schedule::tls13::TrafficSecret>,
}

/// What ServerHello settled.
#[derive(Clone, Copy, Debug)]
struct Chosen {
    suite: Option<Suite>,
    extended_master_secret: bool,
    encrypt_then_mac: bool,
}

/// Something that was seen.
#[derive(Clone, Debug, PartialEq)]
pub struct Sighting {
    /// Who sent it.
    pub from: Party,
    /// What it is.
    pub kind: SightingKind,
}

/// What can be seen.
#[derive(Clone, Debug, PartialEq)]
pub enum SightingKind {
    /// A record, and whether its content can be read.
    Record {
        /// The record, as whoever can read it received it.
        record: Box<Record>,
        /// Whether it is protected by a key that the observer does not have.
        unreadable: bool,
    },
    /// A message that can be read.
    Message(Message),
    /// An alert that can be read.
    Alert(Alert),
    /// Data of the application that can be read.
    Data(Vec<u8>),
    /// Bytes that are no TLS: what follows in this direction is passed over.
    Fault(Error),
}

impl Observer {
    /// A reader with this secret.
    #[must_use]
    pub fn new(secret: Secret) -> Self {
        let stream = || Stream {
            receiver: Receiver::new(true),
            joiner: Joiner::default(),
            failed: false,
            unreadable: 0,
            #[cfg(feature = "tls13")]
            secret: None,
        };
        Self {
            secret,
            client: stream(),
            server: stream(),
            randoms: Randoms::default(),
            chosen: None,
            transcript: Vec::new(),
            finished: false,
            keys: None,
            form: Form::Open,
            #[cfg(feature = "tls13")]
            suite13: None,
            #[cfg(feature = "tls13")]
            early: None,
            #[cfg(feature = "tls13")]
            offered: Default::default(),
            #[cfg(feature = "tls13")]
            broken: tls13::Broken::default(),
            #[cfg(feature = "tls13")]
            retried: false,
        }
    }

    /// Reads what `from` sent next, as many or as few bytes as there are. The directions must come
    /// in the order of the wire.
    #[must_use]
    pub fn observe(&mut self, from: Party, bytes: &[u8]) -> Vec<Sighting> {
        let mut seen = Vec::new();
        if !self.stream(from).failed {
            self.stream(from).receiver.push(bytes);
            if let Err(error) = self.read(from, &mut seen) {
                self.stream(from).failed = true;
                seen.push(SightingKind::Fault(error));
            }
        }
        seen.into_iter()
            .map(|kind| Sighting { from, kind })
            .collect()
    }

    /// What was computed with [`Secret::CurveKey`] or a pre-shared key, in its order.
    #[cfg(feature = "tls13")]
    #[must_use]
    pub fn computed(&self) -> &[Value] {
        &self.broken.computed
    }

    /// What it would take besides such a key to read on.
    #[cfg(feature = "tls13")]
    #[must_use]
    pub fn lacks(&self) -> Option<ValueName> {
        self.broken.lacks
    }

    fn stream(&mut self, party: Party) -> &mut Stream {
        match party {
            Party::Client => &mut self.client,
            Party::Server => &mut self.server,
        }
    }

    fn read(&mut self, from: Party, seen: &mut Vec<SightingKind>) -> Result<(), Error> {
        while let Some(opened) = self.next_record(from)? {
            let Opened {
                content_type,
                content,
                unreadable,
                event,
                ..
            } = opened;
            if let Some(record) = event {
                seen.push(SightingKind::Record {
                    record: Box::new(record),
                    unreadable,
                });
            }
            if unreadable {
                self.stream(from).unreadable += 1;
                continue;
            }
            match content_type {
                ContentType::HANDSHAKE => {
                    self.stream(from).joiner.push(&content);
                    while let Some(bytes) = self.stream(from).joiner.next_message()? {
                        seen.push(SightingKind::Message(self.message(from, bytes)?));
                    }
                }
                ContentType::CHANGE_CIPHER_SPEC => {
                    let decoded = ChangeCipherSpec.decode_into(&content);
                    decoded.value?;
                    seen.push(SightingKind::Message(Message {
                        direction: Direction::Received,
                        kind: MessageKind::ChangeCipherSpec,
                        bytes: content,
                        tree: decoded.tree,
                    }));
                    if !self.is_for_middleboxes() {
                        self.change_cipher(from)?;
                    }
                }
                ContentType::ALERT => seen.push(SightingKind::Alert(Alert::decode(&content)?)),
                _ => seen.push(SightingKind::Data(content)),
            }
        }
        Ok(())
    }

    #[cfg(not(feature = "tls13"))]
    fn next_record(&mut self, from: Party) -> Result<Option<Opened>, Fault> {
        self.stream(from).receiver.next_record()
    }

    #[cfg(not(feature = "tls13"))]
    fn begins(&self) -> bool {
        true
    }

    #[cfg(not(feature = "tls13"))]
    fn is_for_middleboxes(&self) -> bool {
        false
    }

    /// Takes from a message what opens the rest. A message that cannot be decoded is shown as far
    /// as it goes.
    fn message(&mut self, from: Party, bytes: Vec<u8>) -> Result<Message, Error> {
        #[cfg(feature = "tls13")]
        let before = self.transcript.len();
        if !self.finished {
            self.transcript.extend_from_slice(&bytes);
        }
        let decoded = Handshake::expecting(self.form).decode_into(&bytes);
        #[cfg(feature = "tls13")]
        if let Ok(message) = &decoded.value {
            self.follow(from, &message.body, before)?;
        }
        let _followed = from;
        match decoded.value.map(|handshake| handshake.body) {
            Ok(Body::ClientHello(hello)) => {
                self.randoms.client = hello.random;
                #[cfg(feature = "tls13")]
                self.offers(&hello);
                if self.begins() {
                    self.transcript = bytes.clone();
                    self.finished = false;
                }
            }
            Ok(Body::ServerHello(hello)) if self.form != Form::Tls13 => {
                self.randoms.server = hello.random;
                let has = |kind| hello.extension(kind).is_some();
                self.chosen = Some(Chosen {
                    suite: Suite::of(hello.cipher_suite)
                        .filter(|_| hello.server_version == ProtocolVersion::TLS_1_2),
                    extended_master_secret: has(ExtensionType::EXTENDED_MASTER_SECRET),
                    encrypt_then_mac: has(ExtensionType::ENCRYPT_THEN_MAC),
                });
                self.form = self.suite().map(|suite| suite.key_exchange).into();
                self.use_master_secret();
                #[cfg(feature = "tls13")]
                self.resumed(&hello);
            }
            #[cfg(feature = "tls13")]
            Ok(Body::SessionTicket(message)) => self.ticketed(&message.ticket)?,
            Ok(Body::ClientKeyExchange(ClientKeyExchange::Rsa(encrypted))) => {
                self.use_server_key(&encrypted);
            }
            Ok(Body::Finished(_)) => self.finished = true,
            _ => {}
        }
        let kind = HandshakeType(bytes.first().copied().unwrap_or_default());
        Ok(Message {
            direction: Direction::Received,
            kind: MessageKind::Handshake(kind),
            tree: explain_certificates(decoded.tree, &bytes),
            bytes,
        })
    }

    /// Computes the traffic keys from a known master secret.
    fn use_master_secret(&mut self) {
        if let (Secret::MasterSecret(master), Some(suite)) = (&self.secret, self.suite()) {
            let mut unheard = Reporter::new(Party::Client, false);
            self.keys = Some(master.key_block(suite, &self.randoms, &mut unheard));
        }
    }

    /// Opens the pre-master secret with the server's key, and computes all that follows from it.
    fn use_server_key(&mut self, encrypted: &[u8]) {
        let (Secret::ServerKey(key), Some(suite)) = (&self.secret, self.suite()) else {
            return;
        };
        let Ok(block) = key.decrypt_raw(encrypted) else {
            return;
        };
        let version = ProtocolVersion::TLS_1_2.0.to_be_bytes();
        // Unlike a server, a thief may look whether the padding is right; what comes of a wrong
        // one opens nothing.
        let secret = pkcs1::open_premaster(&block, version, [0; pkcs1::PREMASTER_LENGTH]);
        let secret = PreMasterSecret::new(secret.to_vec());
        let mut unheard = Reporter::new(Party::Client, false);
        let extended = self
            .chosen
            .is_some_and(|chosen| chosen.extended_master_secret);
        let master = match extended {
            true => secret.extended_master(suite.hash, &self.transcript, &mut unheard),
            false => secret.master(suite.hash, &self.randoms, &mut unheard),
        };
        self.keys = Some(master.key_block(suite, &self.randoms, &mut unheard));
    }

    fn suite(&self) -> Option<Suite> {
        self.chosen.and_then(|chosen| chosen.suite)
    }

    /// From here on `from`'s records are protected.
    fn change_cipher(&mut self, from: Party) -> Result<(), Error> {
        self.read_on(from, 0)
    }

    /// Reads `from`'s protected records from this one on, if the keys are known.
    fn read_on(&mut self, from: Party, record: u64) -> Result<(), Error> {
        let Some(chosen) = self.chosen else {
            let expected = Arrival::Handshake(HandshakeType::SERVER_HELLO);
            let found = Arrival::ChangeCipherSpec;
            return Err(ErrorKind::Unexpected { found, expected }.into());
        };
        let Some(suite) = chosen.suite else {
            // Both may know it: that it is not known here is nobody's fault.
            self.stream(from).receiver.set_unreadable_unknown();
            return Ok(());
        };
        let protector = self.keys.as_ref().map(|keys| {
            let keys = WriteKeys::of(ValueName::WriteKey(from), keys.of(from));
            Protector::new(suite.cipher, chosen.encrypt_then_mac, keys)
        });
        let receiver = &mut self.stream(from).receiver;
        match protector {
            None => receiver.set_unreadable(suite.cipher, chosen.encrypt_then_mac),
            Some(Ok(protector)) => receiver.set_protection(protector.starting_at(record)),
            Some(Err(_length)) => {
                return Err(ErrorKind::Internal("a traffic key has another length").into());
            }
        }
        Ok(())
    }
}
