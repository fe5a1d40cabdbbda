//! Whoever reads the wire: what stays hidden, and what a key log opens.

use std::path::Path;

use padlock_tls::codes::{AlertDescription, HandshakeType, NamedGroup, PskKeyExchangeMode};
use padlock_tls::config::ServerConfig;
use padlock_tls::knowledge::{Knowledge, Known};
use padlock_tls::messages::{Form, Handshake};
use padlock_tls::observer::{LoggedSecret, Observer, Secret, Sighting, SightingKind};
use padlock_tls::trace::{Direction, Event, EventKind, MessageKind, Party};
use padlock_tls::value::{Epoch, ValueName};
use padlock_wire::{Structure, hex};

use crate::later;
use crate::pair::{Pair, configs, sightings};
use crate::resumption::{tickets, with_tickets};

/// The lines of a key log that are traffic secrets.
fn logged(text: &str) -> Vec<LoggedSecret> {
    let line = |line: &str| {
        let mut words = line.split_whitespace();
        let (party, epoch) = match words.next()? {
            "CLIENT_HANDSHAKE_TRAFFIC_SECRET" => (Party::Client, Epoch::Handshake),
            "SERVER_HANDSHAKE_TRAFFIC_SECRET" => (Party::Server, Epoch::Handshake),
            "CLIENT_TRAFFIC_SECRET_0" => (Party::Client, Epoch::Application(0)),
            "SERVER_TRAFFIC_SECRET_0" => (Party::Server, Epoch::Application(0)),
            _ => return None,
        };
        let bytes = hex::decode(words.nth(1)?).ok()?;
        Some(LoggedSecret {
            party,
            epoch,
            bytes,
        })
    };
    text.lines().filter_map(line).collect()
}

#[test]
fn the_illustrated_connection_is_read_with_its_key_log() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared/vectors/illustrated-tls13/captures");
    #[expect(clippy::disallowed_methods, reason = "a test may read its vectors")]
    let read = |name: &str| std::fs::read(folder.join(name));
    let Ok(log) = read("keylog.txt") else {
        println!("skipped: {} is not there", folder.display());
        return;
    };
    let secrets = logged(&String::from_utf8(log).unwrap());
    assert_eq!(secrets.len(), 4);
    let mut observer = Observer::new(Secret::TrafficSecrets(secrets));
    let mut messages = Vec::new();
    let mut data = Vec::new();
    for name in [
        "clienthello",
        "serverhello",
        "serverccs",
        "serverencextensions",
        "serverenccert",
        "serverenccertverify",
        "serverencfinished",
        "clientccs",
        "clientencfinished",
        "clientencdata",
        "serverencticket1",
        "serverencticket2",
        "serverencdata",
    ] {
        let from = match name.starts_with("client") {
            true => Party::Client,
            false => Party::Server,
        };
        let record = read(&format!("caps/{name}")).unwrap();
        for Sighting { kind, .. } in observer.observe(from, &record) {
            match kind {
                SightingKind::Record { unreadable, .. } => assert!(!unreadable, "{name}"),
                SightingKind::Message(message) => {
                    if let MessageKind::Handshake(kind) = message.kind {
                        let decoded = Handshake::expecting(Form::Tls13).decode_into(&message.bytes);
                        assert_eq!(decoded.tree.gap(), None);
                        let again = decoded.value.unwrap().encode().unwrap();
                        assert_eq!(again.bytes, message.bytes, "{name}");
                        messages.push(kind);
                    }
                }
                SightingKind::Data(bytes) => data.push((from, bytes)),
                SightingKind::Alert(alert) => {
                    assert_eq!(alert.description, AlertDescription::CLOSE_NOTIFY);
                }
                SightingKind::Fault(fault) => panic!("{name}: {fault}"),
            }
        }
    }
    assert_eq!(
        messages,
        [
            HandshakeType::CLIENT_HELLO,
            HandshakeType::SERVER_HELLO,
            HandshakeType::ENCRYPTED_EXTENSIONS,
            HandshakeType::CERTIFICATE,
            HandshakeType::CERTIFICATE_VERIFY,
            HandshakeType::FINISHED,
            HandshakeType::FINISHED,
            HandshakeType::NEW_SESSION_TICKET,
            HandshakeType::NEW_SESSION_TICKET,
        ]
    );
    let expected = [
        (Party::Client, b"ping".to_vec()),
        (Party::Server, b"pong".to_vec()),
    ];
    assert_eq!(data, expected);
}

/// Who could know what of a connection, for an eavesdropper with these secrets.
fn knowledge(pair: &mut Pair, stolen: &[ValueName]) -> Vec<Known> {
    let mut knowledge = Knowledge::with_stolen(stolen);
    knowledge.observe(&pair.client.take_events());
    knowledge.observe(&pair.server.take_events());
    knowledge.values().to_vec()
}

#[track_caller]
fn check(known: &[Known], name: ValueName, eavesdropper: bool) {
    let found: Vec<_> = known.iter().filter(|known| known.name == name).collect();
    assert!(!found.is_empty(), "{name}");
    for known in found {
        assert_eq!(known.eavesdropper.has_it(), eavesdropper, "{name}");
        assert!(known.client.has_it() && known.server.has_it(), "{name}");
    }
}

#[test]
fn an_eavesdropper_knows_what_is_made_of_nothing_and_no_more() {
    let (client, server) = configs();
    let mut pair = Pair::connected(client, server);
    let known = knowledge(&mut pair, &[]);
    for name in [
        ValueName::Zeros,
        ValueName::EmptyHash,
        ValueName::EarlySecret,
    ] {
        check(&known, name, true);
    }
    for name in [
        ValueName::SharedSecret,
        ValueName::HandshakeSecret,
        ValueName::MainSecret,
        ValueName::ExporterSecret,
        ValueName::ResumptionSecret,
        ValueName::TrafficSecret(Party::Client, Epoch::Handshake),
        ValueName::TrafficKey(Party::Server, Epoch::Application(0)),
    ] {
        check(&known, name, false);
    }
}

#[test]
fn a_stolen_ticket_key_opens_what_the_key_alone_protects() {
    for (mode, opens) in [
        (PskKeyExchangeMode::PSK_KE, true),
        (PskKeyExchangeMode::PSK_DHE_KE, false),
    ] {
        let (mut client, mut server) = configs();
        server.tls13.ticket_key = Some([7; 32]);
        server.tls13.tickets = 1;
        let mut first = Pair::connected(client.clone(), server.clone());
        client.tls13.psks = first.client.take_tickets();
        client.tls13.psk_modes = vec![mode];
        server.tls13.tickets = 0;
        let mut pair = Pair::connected(client, server);
        let known = knowledge(&mut pair, &[ValueName::TicketKey]);
        check(&known, ValueName::Psk, true);
        check(&known, ValueName::MainSecret, opens);
    }
}

#[test]
fn nothing_is_readable_without_secrets() {
    let (mut client, server) = configs();
    client.preferences.groups.reverse();
    let mut pair = Pair::connected(client, server);
    pair.exchange(100);
    let mut observer = Observer::new(Secret::Nothing);
    let mut messages = 0;
    for sighting in sightings(&mut observer, &pair.client.take_events()) {
        match sighting.kind {
            SightingKind::Message(_) => messages += 1,
            SightingKind::Record { .. } => {}
            other => panic!("{other:?}"),
        }
    }
    // The hellos, and both ChangeCipherSpec.
    assert_eq!(messages, 4);
}

/// What somebody sees of a connection with early data, with these of the secrets.
struct Seen {
    messages: Vec<HandshakeType>,
    data: Vec<(Party, Vec<u8>)>,
    /// Records that could not be read.
    unreadable: usize,
}

/// Looks at a resumed connection in which the client sends early data.
fn watch(change: fn(&mut ServerConfig), has: Option<fn(Party, Epoch) -> bool>) -> Seen {
    let (mut client, mut server) = with_tickets();
    server.tls13.max_early_data = 20_000;
    client.tls13.psks = tickets(&client, &server);
    client.tls13.early_data = vec![b'x'; 20_000];
    change(&mut server);
    let mut pair = Pair::connected(client, server);
    pair.client.update_keys(true).unwrap();
    pair.exchange(WORDS);
    seen(&pair.client.take_events(), has)
}

/// What somebody with these of the secrets sees of what a client reports.
fn seen(events: &[Event], has: Option<fn(Party, Epoch) -> bool>) -> Seen {
    let secret = |event: &Event| match &event.kind {
        EventKind::Value(value) => match value.name {
            ValueName::TrafficSecret(party, epoch) => Some(LoggedSecret {
                party,
                epoch,
                bytes: value.output.clone(),
            }),
            _ => None,
        },
        _ => None,
    };
    let mut observer = Observer::new(match has {
        None => Secret::Nothing,
        Some(has) => {
            let mut secrets: Vec<_> = events.iter().filter_map(secret).collect();
            secrets.retain(|one| has(one.party, one.epoch));
            Secret::TrafficSecrets(secrets)
        }
    });
    let mut seen = Seen {
        messages: Vec::new(),
        data: Vec::new(),
        unreadable: 0,
    };
    for event in events {
        let EventKind::Record(record) = &event.kind else {
            continue;
        };
        let from = match record.direction {
            Direction::Sent => Party::Client,
            Direction::Received => Party::Server,
        };
        for sighting in observer.observe(from, &record.bytes) {
            match sighting.kind {
                SightingKind::Record { unreadable, .. } => {
                    seen.unreadable += usize::from(unreadable);
                }
                SightingKind::Message(message) => match message.kind {
                    MessageKind::Handshake(kind) => seen.messages.push(kind),
                    MessageKind::ChangeCipherSpec => {}
                },
                SightingKind::Data(bytes) => seen.data.push((from, bytes)),
                other => panic!("{other:?}"),
            }
        }
    }
    seen
}

const REFUSALS: [fn(&mut ServerConfig); 4] = [
    |server| server.tls13.max_early_data = 0,
    |server| server.tls13.ticket_key = Some([8; 32]),
    |server| server.tls13.cookie = true,
    |server| server.preferences.groups = vec![NamedGroup::SECP256R1],
];

/// The last thing that each side says.
const WORDS: usize = 10;

/// A client that shows its certificate late ends that with a Finished that changes no keys (RFC 9846
/// §4.7.2), whichever they are by then.
#[test]
fn what_follows_a_late_certificate_is_read() {
    for updates in 0..3 {
        let (client, server) = later::setting(true);
        let mut pair = Pair::connected(client, server);
        for _ in 0..updates {
            pair.client.update_keys(true).unwrap();
            pair.carry();
        }
        for _ in 0..2 {
            pair.server.request_certificate().unwrap();
            pair.carry();
            pair.exchange(WORDS);
        }
        pair.client.update_keys(true).unwrap();
        pair.exchange(WORDS);
        assert!(!pair.server.client_certificates().is_empty());
        let seen = seen(&pair.client.take_events(), Some(|_, _| true));
        assert_eq!(seen.unreadable, 0);
        let expected = [Party::Client, Party::Server].repeat(3);
        assert!(seen.data.iter().all(|(_, bytes)| bytes.len() == WORDS));
        assert!(seen.data.iter().map(|(from, _)| *from).eq(expected));
        let finished = |kind: &&HandshakeType| **kind == HandshakeType::FINISHED;
        assert_eq!(seen.messages.iter().filter(finished).count(), 4);
    }
}

#[test]
fn early_data_is_read_with_its_secret() {
    let seen = watch(|_| {}, Some(|_, _| true));
    assert_eq!(seen.unreadable, 0);
    let early = seen.data.iter().take(2).flat_map(|(_, bytes)| bytes);
    assert!(early.eq(&vec![b'x'; 20_000]));
    let [.., (Party::Client, asked), (Party::Server, told)] = &seen.data[..] else {
        panic!("{:?}", seen.data);
    };
    assert_eq!((asked.len(), told.len()), (WORDS, WORDS));
    assert!(seen.messages.contains(&HandshakeType::END_OF_EARLY_DATA));
    // Without the other secrets it is read as well, and nothing else is.
    let seen = watch(|_| {}, Some(|_, epoch| epoch == Epoch::Early));
    assert_eq!(seen.data.len(), 2);
    assert_eq!(
        seen.messages.last(),
        Some(&HandshakeType::END_OF_EARLY_DATA)
    );
}

#[test]
fn what_follows_early_data_is_read_without_its_secret() {
    let seen = watch(|_| {}, Some(|_, epoch| epoch != Epoch::Early));
    // Two records of early data, and EndOfEarlyData.
    assert_eq!(seen.unreadable, 3);
    assert_eq!(seen.data.len(), 2);
    assert_eq!(*seen.messages.last().unwrap(), HandshakeType::KEY_UPDATE);
}

#[test]
fn what_follows_refused_early_data_is_read() {
    for change in REFUSALS {
        for has in [(|_, _| true) as fn(Party, Epoch) -> bool, |_, epoch| {
            epoch != Epoch::Early
        }] {
            let seen = watch(change, Some(has));
            assert!(seen.unreadable <= 2, "{}", seen.unreadable);
            let last: Vec<_> = seen.data.iter().rev().take(2).collect();
            assert!(last.iter().all(|(_, bytes)| bytes.len() == WORDS));
            assert!(last.iter().any(|(from, _)| *from == Party::Client));
            assert!(seen.messages.contains(&HandshakeType::FINISHED));
            assert!(!seen.messages.contains(&HandshakeType::END_OF_EARLY_DATA));
        }
    }
}

#[test]
fn early_data_is_no_fault_to_whoever_has_no_secret() {
    for change in [(|_| {}) as fn(&mut ServerConfig)]
        .into_iter()
        .chain(REFUSALS)
    {
        let seen = watch(change, None);
        assert_eq!(seen.data, []);
        let hello = |kind: &HandshakeType| {
            [HandshakeType::CLIENT_HELLO, HandshakeType::SERVER_HELLO].contains(kind)
        };
        assert!(seen.messages.iter().all(hello), "{:?}", seen.messages);
        assert!(seen.messages.len() >= 2);
    }
}
