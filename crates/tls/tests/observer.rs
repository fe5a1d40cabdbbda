//! What can be read off the wire: with nothing, with a key log, with the server's stolen key.

#![expect(
    clippy::unwrap_used,
    reason = "what a test needs and does not get fails it"
)]

use std::sync::Arc;

use padlock_pki::demo::{Authority, Holder, Spec};
use padlock_pki::random::Random;
use padlock_pki::time::UnixSeconds;
use padlock_tls::codes::CipherSuite;
use padlock_tls::config::{
    Behaviour, ClientConfig, ClientTls13, Identity, Preferences, Revocation, ServerConfig,
    ServerTls13,
};
use padlock_tls::observer::{Observer, Secret, Sighting, SightingKind};
use padlock_tls::run::{Run, Trace};
use padlock_tls::schedule::MasterSecret;
use padlock_tls::trace::{Direction, EventKind, MessageKind, Party};
use padlock_tls::value::ValueName;

const NOW: UnixSeconds = UnixSeconds(1_795_000_000);
const QUESTION: &[u8] = b"Can you read this?";
const ANSWER: &[u8] = b"Yes, it works.";

const SUITES: [CipherSuite; 5] = [
    CipherSuite::TLS_RSA_WITH_AES_128_GCM_SHA256,
    CipherSuite::TLS_RSA_WITH_AES_256_CBC_SHA,
    CipherSuite::TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
    CipherSuite::TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
    CipherSuite::TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA,
];

fn identity() -> Identity {
    Authority::new(NOW.0)
        .unwrap()
        .identity(Spec::new(Holder::Shop))
        .unwrap()
}

fn record(suite: CipherSuite, extended_master_secret: bool) -> Trace {
    let behaviour = Behaviour {
        trace: true,
        ..Behaviour::default()
    };
    let preferences = Preferences {
        suites: vec![suite],
        extended_master_secret,
        ..Preferences::default()
    };
    let client = ClientConfig {
        server_name: "shop.example".to_owned(),
        anchors: vec![Authority::new(NOW.0).unwrap().root().to_vec()],
        identities: Vec::new(),
        now: NOW,
        preferences: preferences.clone(),
        behaviour,
        revocation: Revocation::default(),
        tls13: ClientTls13::default(),
    };
    let identities = vec![identity()];
    let server = ServerConfig {
        identities,
        client_authentication: None,
        now: NOW,
        preferences,
        behaviour,
        tls13: ServerTls13::default(),
    };
    let mut run = Run::new(Arc::new(client), Arc::new(server), &Random::new([3; 32])).unwrap();
    while run.step() {}
    for (party, text) in [(Party::Client, QUESTION), (Party::Server, ANSWER)] {
        run.send(party, text).unwrap();
        while run.step() {}
    }
    run.close(Party::Client);
    while run.step() {}
    run.trace().clone()
}

fn watch(trace: &Trace, secret: Secret) -> Vec<Sighting> {
    let mut observer = Observer::new(secret);
    trace
        .wire
        .iter()
        .flat_map(|transfer| observer.observe(transfer.from, &transfer.bytes))
        .collect()
}

fn data(seen: &[Sighting]) -> Vec<(Party, &[u8])> {
    let data = seen.iter().filter_map(|sighting| match &sighting.kind {
        SightingKind::Data(bytes) => Some((sighting.from, bytes.as_slice())),
        _ => None,
    });
    data.collect()
}

/// Everything that `from`'s peer reports as received is what the observer saw, byte and field.
#[track_caller]
fn check_sees_what_the_parties_report(trace: &Trace, seen: &[Sighting], from: Party) {
    let received = trace
        .events
        .iter()
        .filter(|event| event.party == from.peer());
    let records = received.clone().filter_map(|event| match &event.kind {
        EventKind::Record(record) if record.direction == Direction::Received => Some(record),
        _ => None,
    });
    let messages = received.filter_map(|event| match &event.kind {
        EventKind::Message(message) if message.direction == Direction::Received => Some(message),
        _ => None,
    });
    let seen = seen.iter().filter(|sighting| sighting.from == from);
    let seen_records = seen.clone().filter_map(|sighting| match &sighting.kind {
        SightingKind::Record { record, .. } => Some(&**record),
        _ => None,
    });
    let seen_messages = seen.filter_map(|sighting| match &sighting.kind {
        SightingKind::Message(message) => Some(message),
        _ => None,
    });
    assert!(records.eq(seen_records), "records of {from:?}");
    assert!(messages.eq(seen_messages), "messages of {from:?}");
}

#[test]
fn an_eavesdropper_reads_nothing_after_change_cipher_spec() {
    for suite in SUITES {
        let seen = watch(&record(suite, true), Secret::Nothing);
        for party in [Party::Client, Party::Server] {
            let mut of_party = seen.iter().filter(|sighting| sighting.from == party);
            let changes = |sighting: &&Sighting| match &sighting.kind {
                SightingKind::Message(message) => message.kind == MessageKind::ChangeCipherSpec,
                _ => false,
            };
            assert!(of_party.any(|sighting| changes(&sighting)));
            let rest: Vec<_> = of_party.collect();
            assert_eq!(rest.len(), 3, "Finished, a message, close_notify");
            for sighting in rest {
                let SightingKind::Record {
                    record,
                    unreadable: true,
                } = &sighting.kind
                else {
                    panic!("{suite} shows {sighting:?}");
                };
                assert!(record.content.is_empty() && record.protection.is_none());
                assert_eq!(record.tree.gap(), None);
            }
        }
    }
}

#[test]
fn a_key_log_opens_everything() {
    for suite in SUITES {
        for extended in [true, false] {
            let trace = record(suite, extended);
            let master = trace.events.iter().find_map(|event| match &event.kind {
                EventKind::Value(value) if value.name == ValueName::MasterSecret => {
                    Some(MasterSecret::new(value.output.clone()))
                }
                _ => None,
            });
            let seen = watch(&trace, Secret::MasterSecret(master.unwrap()));
            assert_eq!(
                data(&seen),
                [(Party::Client, QUESTION), (Party::Server, ANSWER)]
            );
            check_sees_what_the_parties_report(&trace, &seen, Party::Client);
            check_sees_what_the_parties_report(&trace, &seen, Party::Server);
        }
    }
}

#[test]
fn a_thief_of_the_servers_key_reads_rsa_key_transport_and_nothing_else() {
    for suite in SUITES {
        for extended in [true, false] {
            let trace = record(suite, extended);
            let seen = watch(&trace, Secret::ServerKey(identity().key));
            match suite.to_string().starts_with("TLS_RSA") {
                true => {
                    assert_eq!(
                        data(&seen),
                        [(Party::Client, QUESTION), (Party::Server, ANSWER)]
                    );
                    check_sees_what_the_parties_report(&trace, &seen, Party::Client);
                    check_sees_what_the_parties_report(&trace, &seen, Party::Server);
                }
                false => assert_eq!(data(&seen), []),
            }
        }
    }
}

/// Client and server may know a suite that the observer does not: what it protects is not readable,
/// and no fault.
#[test]
fn an_unknown_suite_is_no_fault() {
    let mut trace = record(SUITES[2], true);
    let mut transfers = trace.wire.iter_mut();
    let answer = transfers.find(|one| one.from == Party::Server).unwrap();
    // Behind the headers, the version and the random stand the session ID and the suite.
    let suite = 44 + usize::from(answer.bytes[43]);
    let chosen = SUITES[2].0.to_be_bytes();
    assert_eq!(answer.bytes[suite..suite + 2], chosen);
    let unknown = CipherSuite(0x009e); // TLS_DHE_RSA_WITH_AES_128_GCM_SHA256
    answer.bytes[suite..suite + 2].copy_from_slice(&unknown.0.to_be_bytes());
    let seen = watch(&trace, Secret::Nothing);
    for party in [Party::Client, Party::Server] {
        let records = seen.iter().filter_map(|sighting| match &sighting.kind {
            SightingKind::Record { record, unreadable } if sighting.from == party => {
                Some((record, *unreadable))
            }
            SightingKind::Fault(fault) => panic!("{fault}"),
            _ => None,
        });
        let unreadable: Vec<_> = records.filter(|(_, unreadable)| *unreadable).collect();
        // Finished, data, and for the client the farewell.
        assert!(unreadable.len() >= 2, "{party:?}");
        for (record, _) in unreadable {
            assert_eq!(record.tree.gap(), None);
            let fragment = record.tree.find("fragment").unwrap();
            assert_eq!(fragment.range.end, record.bytes.len());
        }
    }
    assert_eq!(data(&seen), []);
}

#[test]
fn a_change_of_ciphers_without_a_server_is_a_fault() {
    let mut observer = Observer::new(Secret::Nothing);
    let seen = observer.observe(Party::Client, &[20, 3, 3, 0, 1, 1]);
    assert!(matches!(
        seen.last().map(|one| &one.kind),
        Some(SightingKind::Fault(_))
    ));
}

#[test]
fn what_is_no_tls_is_a_fault_and_the_end_of_that_direction() {
    let mut observer = Observer::new(Secret::Nothing);
    let seen = observer.observe(Party::Client, b"GET / HTTP/1.1\r\n");
    assert!(matches!(
        seen.as_slice(),
        [Sighting {
            kind: SightingKind::Fault(_),
            ..
        }]
    ));
    assert_eq!(observer.observe(Party::Client, b"\r\n"), []);
    let trace = record(SUITES[0], true);
    let server = trace
        .wire
        .iter()
        .find(|transfer| transfer.from == Party::Server)
        .unwrap();
    assert_eq!(observer.observe(Party::Server, &server.bytes).len(), 2);
}
