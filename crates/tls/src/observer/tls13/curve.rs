//! What somebody reads who works out private keys on a curve from the public ones, as a large quantum
//! computer could, or who has a pre-shared key: all that is computed here comes of the messages on the
//! wire and of one such key.

use padlock_wire::Section;

use super::offered;
use crate::codes::{ExtensionType, NamedGroup, ProtocolVersion};
use crate::crypto::kx::EphemeralKey;
use crate::messages::{ClientHello, ExtensionBody, KeyShareEntry, ServerHello};
use crate::report::Reporter;
use crate::schedule::tls13::{EarlySecret, HandshakeSecret, TrafficSecret, TranscriptHash};
use crate::suite::Suite13;
use crate::trace::{EventKind, Party, Value};
use crate::value::{Epoch, Formula, Point, ValueName};

/// How far the key leads.
#[derive(Debug, Default)]
pub(in crate::observer) struct Broken {
    /// The client's.
    shares: Vec<KeyShareEntry>,
    /// Whether it offered TLS 1.3.
    pub(super) offers_tls13: bool,
    /// The names of the pre-shared keys that it offered.
    pub(super) identities: Vec<Vec<u8>>,
    handshake: Option<HandshakeSecret>,
    secrets: Vec<TrafficSecret>,
    pub(in crate::observer) computed: Vec<Value>,
    pub(in crate::observer) lacks: Option<ValueName>,
}

impl Broken {
    pub(super) fn offered(&mut self, hello: &ClientHello) {
        if let Some(ExtensionBody::KeyShares(shares)) = hello.extension(ExtensionType::KEY_SHARE) {
            self.shares.clone_from(shares);
        }
        let versions = hello.extension(ExtensionType::SUPPORTED_VERSIONS);
        self.offers_tls13 = matches!(versions, Some(ExtensionBody::Versions(all))
            if all.contains(&ProtocolVersion::TLS_1_3));
        self.identities = offered(hello);
    }

    /// Goes as far as the key leads once both hellos were seen.
    pub(super) fn answered(
        &mut self,
        key: &EphemeralKey,
        suite: Suite13,
        hello: &ServerHello,
        transcript: &[u8],
    ) {
        let Some(ExtensionBody::KeyShare(server)) = hello.extension(ExtensionType::KEY_SHARE)
        else {
            return;
        };
        let mut shares = self.shares.iter();
        let Some(client) = shares.find(|share| share.group == server.group) else {
            return;
        };
        let mut reporter = Reporter::new(Party::Client, true);
        let Some(shared) = agreed(key, client, server, &mut reporter) else {
            return;
        };
        let is_resumed = hello.extension(ExtensionType::PRE_SHARED_KEY).is_some();
        self.lacks = if server.group.hybrid().is_some() {
            Some(ValueName::MlKemSecret)
        } else {
            is_resumed.then_some(ValueName::Psk)
        };
        if self.lacks.is_none() {
            self.lead(None, Some(&shared), suite, transcript, &mut reporter);
        }
        self.keep(&mut reporter);
    }

    /// What protects the early data of whoever has this pre-shared key (RFC 9846 §4.3.10).
    pub(super) fn early(&mut self, psk: &[u8], suite: Suite13, transcript: &[u8]) -> TrafficSecret {
        let mut reporter = held(psk);
        let early = EarlySecret::new(suite.hash, Some(psk), &mut reporter);
        let point = Point::ClientHello;
        let messages = TranscriptHash::new(suite.hash, point, transcript, &mut reporter);
        let traffic = early.traffic(&messages, &mut reporter);
        self.keep(&mut reporter);
        traffic
    }

    /// Goes as far as a pre-shared key leads: to the end, where nothing is stirred in besides
    /// (RFC 9846 §2.2).
    pub(super) fn resumed(
        &mut self,
        psk: &[u8],
        suite: Suite13,
        hello: &ServerHello,
        transcript: &[u8],
    ) {
        let mut reporter = held(psk);
        if hello.extension(ExtensionType::KEY_SHARE).is_some() {
            self.lacks = Some(ValueName::SharedSecret);
        } else {
            self.lead(Some(psk), None, suite, transcript, &mut reporter);
        }
        self.keep(&mut reporter);
    }

    /// From the first secrets to those of the handshake's records.
    fn lead(
        &mut self,
        psk: Option<&[u8]>,
        shared: Option<&[u8]>,
        suite: Suite13,
        transcript: &[u8],
        reporter: &mut Reporter,
    ) {
        let early = EarlySecret::new(suite.hash, psk, reporter);
        let secret = early.handshake(shared, reporter);
        let hellos = TranscriptHash::new(suite.hash, Point::ServerHello, transcript, reporter);
        self.secrets = [Party::Client, Party::Server]
            .map(|party| secret.traffic(party, &hellos, reporter))
            .into();
        self.handshake = Some(secret);
    }

    /// Goes on from the server's Finished.
    pub(super) fn finished(&mut self, suite: Suite13, transcript: &[u8]) {
        let Some(secret) = self.handshake.take() else {
            return;
        };
        let mut reporter = Reporter::new(Party::Client, true);
        let main = secret.main(&mut reporter);
        let point = Point::Finished(Party::Server);
        let messages = TranscriptHash::new(suite.hash, point, transcript, &mut reporter);
        let parties = [Party::Client, Party::Server];
        let secrets = parties.map(|party| main.traffic(party, &messages, &mut reporter));
        self.secrets.extend(secrets);
        self.keep(&mut reporter);
    }

    pub(super) fn secret(&self, party: Party, epoch: Epoch) -> Option<TrafficSecret> {
        let mut secrets = self.secrets.iter();
        let found = secrets.find(|one| (one.party(), one.epoch()) == (party, epoch));
        found.cloned()
    }

    fn keep(&mut self, reporter: &mut Reporter) {
        let events = reporter.take().into_iter();
        self.computed
            .extend(events.filter_map(|event| match event.kind {
                EventKind::Value(value) => Some(value),
                _ => None,
            }));
    }
}

/// What the curve gives, if the key is that of one of these shares.
fn agreed(
    key: &EphemeralKey,
    client: &KeyShareEntry,
    server: &KeyShareEntry,
    reporter: &mut Reporter,
) -> Option<Vec<u8>> {
    let hybrid = server.group.hybrid();
    let (of_client, of_server) = match hybrid {
        None => (&client.key_exchange[..], &server.key_exchange[..]),
        Some(hybrid) => {
            let (client, server) = (&client.key_exchange, &server.key_exchange);
            let parts = hybrid.client_parts(client).ok()?;
            let answer = hybrid.server_parts(server).ok()?;
            (client.get(parts.curve)?, server.get(answer.curve)?)
        }
    };
    let (owner, peer) = match key.public_bytes() {
        public if public == of_client => (Party::Client, of_server),
        public if public == of_server => (Party::Server, of_client),
        _ => return None,
    };
    let secret = key.agree(peer).ok()?;
    let (name, group) = match hybrid {
        None => (ValueName::SharedSecret, server.group),
        Some(hybrid) => (ValueName::CurveSecret, NamedGroup::of_curve(hybrid)),
    };
    let inputs = [
        (ValueName::EphemeralPrivateKey(owner), key.private_bytes()),
        (ValueName::EphemeralPublicKey(owner.peer()), peer),
    ];
    let section = Section::new(9846, "7.4.2");
    reporter.value(name, Formula::Agree(group), &inputs, &secret, section);
    Some(secret)
}

/// A reporter to whom it is known that there is this pre-shared key.
fn held(psk: &[u8]) -> Reporter {
    let mut reporter = Reporter::new(Party::Client, true);
    let section = Section::new(9846, "4.3.11");
    reporter.value(ValueName::Psk, Formula::Held, &[], psk, section);
    reporter
}
