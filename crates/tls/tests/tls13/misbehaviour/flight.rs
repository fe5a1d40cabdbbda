//! What a party sends, to be sent otherwise.

use std::sync::Arc;

use padlock_pki::demo::KeyChoice;
use padlock_pki::random::Random;
use padlock_tls::client::Client;
use padlock_tls::codes::{AlertDescription as Alert, CipherSuite, ContentType};
use padlock_tls::config::{ClientAuthentication, ClientConfig, ServerConfig};
use padlock_tls::crypto::aead::Aead;
use padlock_tls::error::Error;
use padlock_tls::messages::{Body, Form, Handshake};
use padlock_tls::record::{Protector, Sender, WriteKeys};
use padlock_tls::report::Reporter;
use padlock_tls::schedule::tls13::TrafficSecret;
use padlock_tls::server::Server;
use padlock_tls::trace::{Direction, Event, EventKind, MessageKind, Party};
use padlock_tls::value::{Epoch, ValueName};
use padlock_wire::Structure;

use crate::certificates::{authority, hr};
use crate::pair::configs;

/// Both, with certificates, a suite and a group.
pub(crate) fn setting() -> (ClientConfig, ServerConfig) {
    let (mut client, mut server) = configs();
    client.identities = vec![hr(KeyChoice::P256)];
    client.preferences.suites = vec![CipherSuite::TLS_AES_128_GCM_SHA256];
    let anchors = vec![authority().root().to_vec()];
    let required = true;
    server.client_authentication = Some(ClientAuthentication::new(anchors, required));
    (client, server)
}

pub(crate) fn client() -> (Client, Vec<u8>) {
    let mut client = Client::new(Arc::new(setting().0), Random::new([1; 32])).unwrap();
    let hello = client.output();
    (client, hello)
}

pub(crate) fn server() -> Server {
    Server::new(Arc::new(setting().1), Random::new([2; 32]))
}

/// The handshake messages that a party sent, and what protects those behind the hellos.
pub(crate) struct Flight {
    pub(crate) messages: Vec<Vec<u8>>,
    pub(crate) secrets: Vec<(Epoch, Vec<u8>)>,
    pub(crate) party: Party,
}

impl Flight {
    pub(crate) fn new(events: &[Event], party: Party) -> Self {
        let mut flight = Self {
            messages: Vec::new(),
            secrets: Vec::new(),
            party,
        };
        for event in events {
            match &event.kind {
                EventKind::Message(message)
                    if message.direction == Direction::Sent
                        && message.kind != MessageKind::ChangeCipherSpec =>
                {
                    flight.messages.push(message.bytes.clone());
                }
                EventKind::Value(value) => match value.name {
                    ValueName::TrafficSecret(owner, epoch) if owner == party => {
                        flight.secrets.push((epoch, value.output.clone()));
                    }
                    _ => {}
                },
                _ => {}
            }
        }
        flight
    }

    /// The server's, in answer to our client.
    pub(crate) fn of_server() -> Self {
        let mut server = server();
        server.receive(&client().1).unwrap();
        Self::new(&server.take_events(), Party::Server)
    }

    /// The client's, in answer to our server.
    pub(crate) fn of_client() -> Self {
        let (mut client, hello) = client();
        let mut server = server();
        server.receive(&hello).unwrap();
        client.receive(&server.output()).unwrap();
        Self::new(&client.take_events(), Party::Client)
    }

    /// What makes protected records of this epoch.
    pub(crate) fn sender(&self, epoch: Epoch) -> Sender {
        sender(&self.secret(epoch), self.party)
    }

    /// The secret of this epoch.
    pub(crate) fn secret(&self, epoch: Epoch) -> TrafficSecret {
        let (_, bytes) = self.secrets.iter().find(|(one, _)| *one == epoch).unwrap();
        let hash = padlock_pki::digest::Hash::Sha256;
        TrafficSecret::known(hash, self.party, epoch, bytes.clone())
    }
}

/// What makes records that this secret of the party protects, from the first on.
pub(crate) fn sender(secret: &TrafficSecret, party: Party) -> Sender {
    let keys = secret.keys(Aead::Aes128Gcm, &mut Reporter::new(party, false));
    let keys = WriteKeys {
        name: ValueName::TrafficKey(party, Epoch::Application(0)),
        mac_key: &[],
        key: &keys.key,
        iv: &keys.iv,
    };
    let mut sender = Sender::new(Random::new([0; 32]), false);
    sender.set_protection(Protector::tls13(Aead::Aes128Gcm, keys).unwrap());
    sender
}

pub(crate) fn encode(body: impl Into<Body>) -> Vec<u8> {
    Handshake::new(body).encode().unwrap().bytes
}

pub(crate) fn decode(bytes: &[u8]) -> Body {
    let decoded = Handshake::expecting(Form::Tls13).decode_into(bytes);
    decoded.value.unwrap().body
}

pub(crate) fn record(content: &[u8]) -> Vec<u8> {
    let mut sender = Sender::new(Random::new([0; 32]), false);
    sender.send(ContentType::HANDSHAKE, content).unwrap();
    sender.take_output()
}

pub(crate) fn protected(sender: &mut Sender, content_type: ContentType, content: &[u8]) -> Vec<u8> {
    sender.send(content_type, content).unwrap();
    sender.take_output()
}

pub(crate) fn alert(outcome: Result<(), Error>) -> Option<Alert> {
    outcome.err().and_then(|error| error.alert())
}
