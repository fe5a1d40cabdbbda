//! What a party makes of a peer that does not mean well, in every state: the input is a script by which
//! the peer's messages are changed, within their protection too, or other bytes are sent in their place.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use padlock_pki::demo::KeyChoice;
use padlock_pki::digest::Hash;
use padlock_pki::random::Random;
use padlock_tls::Status;
use padlock_tls::client::Client;
use padlock_tls::codes::{CipherSuite, ContentType, NamedGroup, ProtocolVersion};
use padlock_tls::config::{ClientAuthentication, ClientConfig, Preferences, ServerConfig};
use padlock_tls::crypto::aead::Aead;
use padlock_tls::error::Error;
use padlock_tls::record::{Protector, Sender, WriteKeys};
use padlock_tls::report::Reporter;
use padlock_tls::resumption::SessionCache;
use padlock_tls::schedule::tls13::TrafficSecret;
use padlock_tls::server::Server;
use padlock_tls::trace::{Direction, Event, EventKind, Party, Record};
use padlock_tls::value::{Epoch, ValueName};

use crate::certificates::{authority, client_config, hr, server_config, shop};

/// What the parties are set up for.
pub(crate) const SCENARIOS: u8 = 6;

/// The most that a party may have to say to one delivery.
const MOST: usize = 1 << 16;

/// How many deliveries a script may have.
const DELIVERIES: usize = 64;

/// Plays a script against one side. Byte 0 says the scenario, byte 1 how many deliveries are left as
/// they are; then come changes. Gives how the handshake stands for that side.
pub(crate) fn play(victim: Party, input: &[u8]) -> Status {
    let mut script = Script(input);
    let scenario = script.byte() % SCENARIOS;
    let honest = usize::from(script.byte() % 8);
    let (client, server) = configs(scenario);
    let client = Client::new(client, Random::new([1; 32])).expect("the configuration is good");
    let mut server = End::Server(Server::new(server, Random::new([2; 32])));
    let mut client = End::Client(client);
    let (victim, peer) = match victim {
        Party::Client => (&mut client, &mut server),
        Party::Server => (&mut server, &mut client),
    };
    let mut seals = Seals::default();
    for delivery in 0..DELIVERIES {
        // What the victim says leads the peer on, as far as it goes.
        let said = victim.output();
        assert!(said.len() <= MOST, "{} bytes to say", said.len());
        let _it_may_fail = peer.receive(&said);
        let changed = delivery >= honest && !script.0.is_empty();
        let bytes = match script.command(changed) {
            Command::Pass => seals.rebuild(&peer.events(), |_| {}),
            Command::Change => seals.rebuild(&peer.events(), |content| script.change(content)),
            Command::Send => script.take().to_vec(),
            Command::End => {
                let _it_may_fail = victim.end();
                break;
            }
        };
        if bytes.is_empty() && !changed {
            break;
        }
        let before = victim.status().clone();
        let outcome = victim.receive(&bytes);
        match (&before, &outcome) {
            (Status::Failed(error), again) => assert_eq!(again.as_ref(), Err(error)),
            (_, Err(error)) => assert_eq!(*victim.status(), Status::Failed(error.clone())),
            (_, Ok(())) => assert!(!matches!(victim.status(), Status::Failed(_))),
        }
        let received = victim.received();
        assert!(received <= bytes.len() + MOST, "{received} bytes received");
    }
    victim.status().clone()
}

fn configs(scenario: u8) -> (Arc<ClientConfig>, Arc<ServerConfig>) {
    static ALL: OnceLock<Vec<(Arc<ClientConfig>, Arc<ServerConfig>)>> = OnceLock::new();
    let all = ALL.get_or_init(|| (0..SCENARIOS).map(config).collect());
    all[usize::from(scenario)].clone()
}

fn config(scenario: u8) -> (Arc<ClientConfig>, Arc<ServerConfig>) {
    let key = match scenario {
        0 => KeyChoice::Rsa,
        _ => KeyChoice::P256,
    };
    let (mut client, mut server) = (client_config(), server_config(shop(key)));
    (client.behaviour.trace, server.behaviour.trace) = (true, true);
    server.tls13.ticket_key = Some([7; 32]);
    server.tls13.tickets = 1;
    server.tls13.sessions = Some(SessionCache::new(4));
    for preferences in [&mut client.preferences, &mut server.preferences] {
        match scenario {
            0 => preferences.suites = vec![CipherSuite::TLS_RSA_WITH_AES_128_CBC_SHA],
            1 => {}
            _ => {
                *preferences = Preferences::modern();
                preferences.versions = vec![ProtocolVersion::TLS_1_3];
                preferences.suites = vec![CipherSuite::TLS_AES_128_GCM_SHA256];
            }
        }
    }
    client.tls13.session_tickets = scenario == 1;
    match scenario {
        // A client that shows a certificate; a second ClientHello; a hybrid group; early ones.
        3 => client.identities = vec![hr(KeyChoice::P256)],
        4 => {
            server.preferences.groups = vec![NamedGroup::SECP256R1];
            server.tls13.cookie = true;
        }
        5 => {
            let groups = vec![NamedGroup::X25519_MLKEM768];
            (client.preferences.groups, server.preferences.groups) = (groups.clone(), groups);
        }
        _ => {}
    }
    if matches!(scenario, 1 | 3) {
        server.client_authentication = Some(ClientAuthentication::new(
            vec![authority().root().to_vec()],
            scenario == 3,
        ));
    }
    (Arc::new(client), Arc::new(server))
}

/// What is done with what the peer says next.
enum Command {
    Pass,
    Change,
    Send,
    End,
}

/// What is left of the input.
struct Script<'a>(&'a [u8]);

impl<'a> Script<'a> {
    fn byte(&mut self) -> u8 {
        let Some((first, rest)) = self.0.split_first() else {
            return 0;
        };
        self.0 = rest;
        *first
    }

    fn command(&mut self, changed: bool) -> Command {
        if !changed {
            return Command::Pass;
        }
        match self.byte() {
            0..=31 => Command::Pass,
            32..=199 => Command::Change,
            200..=254 => Command::Send,
            255 => Command::End,
        }
    }

    /// Some bytes, as they stand.
    fn take(&mut self) -> &'a [u8] {
        let length = usize::from(self.byte()).min(self.0.len());
        let (taken, rest) = self.0.split_at(length);
        self.0 = rest;
        taken
    }

    /// Changes some bytes of a record's content, or its length.
    fn change(&mut self, content: &mut Vec<u8>) {
        for _ in 0..self.byte() % 4 {
            let place = u16::from_be_bytes([self.byte(), self.byte()]);
            let value = self.byte();
            let length = content.len().max(1);
            match content.get_mut(usize::from(place) % length) {
                Some(byte) => *byte ^= value,
                None => content.push(value),
            }
        }
        match self.byte() {
            0..=15 => content.truncate(content.len() / 2),
            16..=31 => content.extend_from_slice(self.take()),
            32..=47 => content.extend_from_within(..),
            _ => {}
        }
    }
}

/// What protects the peer's records of TLS 1.3, so that what stands in them can be changed.
#[derive(Default)]
struct Seals(HashMap<Epoch, Sender>);

impl Seals {
    /// The peer's records, each with its content changed.
    fn rebuild(&mut self, events: &[Event], mut change: impl FnMut(&mut Vec<u8>)) -> Vec<u8> {
        let mut wire = Vec::new();
        for event in events {
            match &event.kind {
                EventKind::Value(value) => {
                    if let ValueName::TrafficSecret(owner, epoch) = value.name
                        && owner == event.party
                    {
                        let sender = sender(owner, epoch, value.output.clone());
                        self.0.insert(epoch, sender);
                    }
                }
                EventKind::Record(record) if record.direction == Direction::Sent => {
                    self.record(record, &mut change, &mut wire);
                }
                _ => {}
            }
        }
        wire
    }

    fn record(
        &mut self,
        record: &Record,
        change: &mut impl FnMut(&mut Vec<u8>),
        wire: &mut Vec<u8>,
    ) {
        let seal = record
            .protection
            .as_ref()
            .and_then(|protection| match protection.key {
                ValueName::TrafficKey(_, epoch) => self.0.get_mut(&epoch),
                _ => None,
            });
        if let Some(sender) = seal {
            let mut content = record.content.clone();
            change(&mut content);
            // What is longer than a record goes in several.
            if sender.send(record.content_type, &content).is_ok() {
                wire.extend(sender.take_output());
            }
            return;
        }
        // In the clear, or protected as in TLS 1.2: what stands behind the header.
        let (header, body) = record.bytes.split_at(5.min(record.bytes.len()));
        let mut body = body.to_vec();
        change(&mut body);
        let length = u16::try_from(body.len()).unwrap_or(u16::MAX);
        wire.extend_from_slice(&header[..3.min(header.len())]);
        wire.extend_from_slice(&length.to_be_bytes());
        wire.extend(body);
    }
}

fn sender(party: Party, epoch: Epoch, secret: Vec<u8>) -> Sender {
    let secret = TrafficSecret::known(Hash::Sha256, party, epoch, secret);
    let keys = secret.keys(Aead::Aes128Gcm, &mut Reporter::new(party, false));
    let keys = WriteKeys {
        name: ValueName::TrafficKey(party, epoch),
        mac_key: &[],
        key: &keys.key,
        iv: &keys.iv,
    };
    let mut sender = Sender::new(Random::new([0; 32]), false);
    if let Ok(protector) = Protector::tls13(Aead::Aes128Gcm, keys) {
        sender.set_protection(protector);
    }
    sender
}

/// One side.
enum End {
    Client(Client),
    Server(Server),
}

impl End {
    fn receive(&mut self, bytes: &[u8]) -> Result<(), Error> {
        match self {
            Self::Client(party) => party.receive(bytes),
            Self::Server(party) => party.receive(bytes),
        }
    }

    fn end(&mut self) -> Result<(), Error> {
        match self {
            Self::Client(party) => party.receive_end(),
            Self::Server(party) => party.receive_end(),
        }
    }

    fn output(&mut self) -> Vec<u8> {
        match self {
            Self::Client(party) => party.output(),
            Self::Server(party) => party.output(),
        }
    }

    fn received(&mut self) -> usize {
        match self {
            Self::Client(party) => party.received().len(),
            Self::Server(party) => party.early_data().len() + party.received().len(),
        }
    }

    /// What it did; what it said is told by that.
    fn events(&mut self) -> Vec<Event> {
        drop(self.output());
        match self {
            Self::Client(party) => party.take_events(),
            Self::Server(party) => party.take_events(),
        }
    }

    fn status(&self) -> &Status {
        match self {
            Self::Client(party) => party.status(),
            Self::Server(party) => party.status(),
        }
    }
}

/// The type of content that garbage is sent as.
pub(crate) const HANDSHAKE: u8 = ContentType::HANDSHAKE.0;
