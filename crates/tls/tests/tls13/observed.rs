//! Whoever reads the wire: what stays hidden, and what a key log opens.

use std::path::Path;

use padlock_tls::codes::{AlertDescription, HandshakeType, PskKeyExchangeMode};
use padlock_tls::knowledge::{Knowledge, Known};
use padlock_tls::messages::{Form, Handshake};
use padlock_tls::observer::{LoggedSecret, Observer, Secret, Sighting, SightingKind};
use padlock_tls::trace::{EventKind, MessageKind, Party};
use padlock_tls::value::{Epoch, ValueName};
use padlock_wire::{Structure, hex};

use crate::pair::{Pair, configs};

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
    // Both parties' events hold the wire; the client's are in its order.
    for event in pair.client.take_events() {
        let EventKind::Record(record) = event.kind else {
            continue;
        };
        let from = match record.direction {
            padlock_tls::trace::Direction::Sent => Party::Client,
            padlock_tls::trace::Direction::Received => Party::Server,
        };
        for sighting in observer.observe(from, &record.bytes) {
            match sighting.kind {
                SightingKind::Message(_) => messages += 1,
                SightingKind::Record { .. } => {}
                other => panic!("{other:?}"),
            }
        }
    }
    // The hellos, and both ChangeCipherSpec.
    assert_eq!(messages, 4);
}
