//! Who works out a private key on a curve reads what the curve alone protects; who has a pre-shared key,
//! what that alone protects.

use padlock_tls::codes::{NamedGroup, PskKeyExchangeMode};
use padlock_tls::config::{ClientConfig, ServerConfig};
use padlock_tls::crypto::kx::EphemeralKey;
use padlock_tls::error::Error;
use padlock_tls::observer::{Observer, Secret, SightingKind};
use padlock_tls::psk::PreSharedKey;
use padlock_tls::trace::{Direction, Event, EventKind, Party, Value};
use padlock_tls::value::{Epoch, ValueName};

use crate::pair::{Pair, configs};
use crate::resumption::{tickets, with_tickets};

/// The values that a party reported.
fn values(events: &[Event]) -> impl Iterator<Item = &Value> {
    events.iter().filter_map(|event| match &event.kind {
        EventKind::Value(value) => Some(value),
        _ => None,
    })
}

/// The private key that a party made on this curve.
fn key(events: &[Event], party: Party, group: NamedGroup) -> EphemeralKey {
    let name = ValueName::EphemeralPrivateKey(party);
    // After HelloRetryRequest the client has made a second one.
    let made = values(events).filter(|value| value.name == name).last();
    EphemeralKey::from_private_bytes(group.group().unwrap(), &made.unwrap().output).unwrap()
}

/// Whoever reads the wire with this key, which is the client's or the server's, and how many bytes of
/// data they read.
fn read(events: &[Event], key: EphemeralKey) -> (Observer, usize) {
    read_with(events, Secret::CurveKey(key))
}

fn read_with(events: &[Event], secret: Secret) -> (Observer, usize) {
    let (observer, data, faults) = observe(events, secret);
    assert_eq!(faults, []);
    (observer, data)
}

/// The same, where there may be faults.
fn observe(events: &[Event], secret: Secret) -> (Observer, usize, Vec<Error>) {
    let mut observer = Observer::new(secret);
    let (mut data, mut faults) = (0, Vec::new());
    for event in events {
        let EventKind::Record(record) = &event.kind else {
            continue;
        };
        let from = match record.direction {
            Direction::Sent => event.party,
            Direction::Received => event.party.peer(),
        };
        for sighting in observer.observe(from, &record.bytes) {
            match sighting.kind {
                SightingKind::Data(bytes) => data += bytes.len(),
                SightingKind::Fault(fault) => faults.push(fault),
                _ => {}
            }
        }
    }
    (observer, data, faults)
}

fn run(client: ClientConfig, server: ServerConfig) -> (Vec<Event>, Vec<Event>) {
    let mut pair = Pair::connected(client, server);
    pair.client.update_keys(true).unwrap();
    pair.exchange(100);
    (pair.client.take_events(), pair.server.take_events())
}

#[test]
fn a_curve_alone_is_read_and_a_hybrid_is_not() {
    use NamedGroup as Group;
    for (offered, taken, curve, opens) in [
        (vec![Group::X25519], Group::X25519, Group::X25519, true),
        (
            vec![Group::SECP384R1],
            Group::SECP384R1,
            Group::SECP384R1,
            true,
        ),
        // By HelloRetryRequest.
        (
            vec![Group::X25519, Group::SECP256R1],
            Group::SECP256R1,
            Group::SECP256R1,
            true,
        ),
        (
            vec![Group::X25519_MLKEM768],
            Group::X25519_MLKEM768,
            Group::X25519,
            false,
        ),
        (
            vec![Group::SECP256R1_MLKEM768],
            Group::SECP256R1_MLKEM768,
            Group::SECP256R1,
            false,
        ),
    ] {
        let (mut client, mut server) = configs();
        client.preferences.groups = offered;
        server.preferences.groups = vec![taken];
        let (client, server) = run(client, server);
        for party in [Party::Client, Party::Server] {
            let of = match party {
                Party::Client => &client,
                Party::Server => &server,
            };
            let (observer, data) = read(&client, key(of, party, curve));
            assert_eq!(data, if opens { 200 } else { 0 }, "{taken}, {party:?}");
            let lacks = (!opens).then_some(ValueName::MlKemSecret);
            assert_eq!(observer.lacks(), lacks, "{taken}");
            // What is computed from outside is what both sides computed.
            for value in observer.computed() {
                let mut all = values(&client).filter(|one| one.name == value.name);
                assert!(all.any(|one| one.output == value.output), "{}", value.name);
            }
            let has = |name| observer.computed().iter().any(|value| value.name == name);
            assert_eq!(has(ValueName::CurveSecret), !opens);
            for name in [
                ValueName::SharedSecret,
                ValueName::MainSecret,
                ValueName::TrafficSecret(Party::Server, Epoch::Application(0)),
            ] {
                assert_eq!(has(name), opens, "{taken}: {name}");
            }
        }
    }
}

#[test]
fn another_key_leads_nowhere() {
    let (client, server) = configs();
    let (events, _) = run(client, server);
    let other = EphemeralKey::from_private_bytes(NamedGroup::X25519.group().unwrap(), &[3; 32]);
    let (observer, data) = read(&events, other.unwrap());
    assert_eq!(
        (observer.computed().len(), observer.lacks(), data),
        (0, None, 0)
    );
}

/// With the key of an earlier connection stirred in, the curve is not the whole secret.
#[test]
fn a_resumed_connection_lacks_its_pre_shared_key() {
    let (mut client, mut server) = with_tickets();
    client.tls13.psks = tickets(&client, &server);
    client.tls13.psk_modes = vec![PskKeyExchangeMode::PSK_DHE_KE];
    server.tls13.tickets = 0;
    let (events, _) = run(client, server);
    let (observer, data) = read(&events, key(&events, Party::Client, NamedGroup::X25519));
    assert_eq!((observer.lacks(), data), (Some(ValueName::Psk), 0));
}

/// By itself a pre-shared key opens what was protected without fresh keys (RFC 9846 §2.2), whether it was
/// given to both or lay in a ticket; with them it opens nothing of what follows.
#[test]
fn a_pre_shared_key_opens_what_it_alone_protects() {
    let given = PreSharedKey::external(b"fridge".to_vec(), vec![9; 32]);
    for (mode, opens) in [
        (PskKeyExchangeMode::PSK_KE, true),
        (PskKeyExchangeMode::PSK_DHE_KE, false),
    ] {
        let (mut client, mut server) = configs();
        client.tls13.psks = vec![given.clone()];
        client.tls13.psk_modes = vec![mode];
        server.tls13.psks = vec![given.clone()];
        let of_given = (client, server, Secret::PreSharedKey(given.key.clone()));
        let (mut client, mut server) = with_tickets();
        // The second one is used, as the server cannot open the first.
        let mut all = tickets(&client, &server);
        all[0].identity = vec![0; 64];
        client.tls13.psks = all;
        client.tls13.psk_modes = vec![mode];
        server.tls13.tickets = 0;
        let stolen = Secret::TicketKey(server.tls13.ticket_key.unwrap());
        for (client, server, secret) in [of_given, (client, server, stolen)] {
            let (events, _) = run(client, server);
            let (observer, data) = read_with(&events, secret);
            assert_eq!(data, if opens { 200 } else { 0 }, "{mode}");
            let lacks = (!opens).then_some(ValueName::SharedSecret);
            assert_eq!(observer.lacks(), lacks, "{mode}");
            for value in observer.computed() {
                let known = (value.name, &value.output);
                // A given key goes in, and comes from nowhere.
                let has = |one: &Value| {
                    let mut inputs = one.inputs.iter();
                    (one.name, &one.output) == known
                        || inputs.any(|input| (input.name, &input.bytes) == known)
                };
                assert!(values(&events).any(has), "{}", value.name);
            }
            // Another key opens nothing: what it should have protected is not authentic.
            let (_, data, faults) = observe(&events, Secret::PreSharedKey(vec![8; 32]));
            assert_eq!((data, faults.is_empty()), (0, !opens), "{mode}");
        }
    }
}
