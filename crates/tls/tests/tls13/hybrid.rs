//! Hybrid groups: a curve and ML-KEM side by side.

use std::sync::Arc;

use padlock_pki::random::Random;
use padlock_tls::client::Client;
use padlock_tls::codes::{
    AlertDescription as Alert, CipherSuite, ExtensionType, NamedGroup, ProtocolVersion,
};
use padlock_tls::error::ErrorKind;
use padlock_tls::knowledge::Knowledge;
use padlock_tls::messages::{Body, ExtensionBody, Form, Handshake};
use padlock_tls::server::Server;
use padlock_tls::trace::{CheckKind, Direction, Event, EventKind, Party, Value};
use padlock_tls::value::{Formula, ValueName};
use padlock_wire::{Node, Structure};

use crate::pair::{Pair, configs};

/// Code point, the lengths of the client's share and of the server's, and where ML-KEM's part begins.
const HYBRIDS: [(NamedGroup, usize, usize, usize); 2] = [
    (NamedGroup::X25519_MLKEM768, 1184 + 32, 1088 + 32, 0),
    (NamedGroup::SECP256R1_MLKEM768, 65 + 1184, 65 + 1088, 65),
];

fn connected(group: NamedGroup) -> Pair {
    let (mut client, mut server) = configs();
    client.preferences.groups = vec![group];
    server.preferences.groups = vec![NamedGroup::X25519, group];
    let pair = Pair::connected(client, server);
    assert_eq!(pair.agreement().group, Some(group));
    pair
}

fn values(events: &[Event], name: ValueName) -> impl Iterator<Item = &Value> {
    events.iter().filter_map(move |event| match &event.kind {
        EventKind::Value(value) if value.name == name => Some(value),
        _ => None,
    })
}

#[track_caller]
fn value(events: &[Event], name: ValueName) -> &Value {
    values(events, name)
        .next()
        .unwrap_or_else(|| panic!("{name}"))
}

#[test]
fn both_parts_of_a_share_and_of_the_secret_are_told_in_their_order() {
    for (group, of_client, of_server, start) in HYBRIDS {
        let mut pair = connected(group);
        let (client, server) = (pair.client.take_events(), pair.server.take_events());
        for (party, length) in [(Party::Client, of_client), (Party::Server, of_server)] {
            let share = ValueName::KeyShare(party);
            let (ours, theirs) = match party {
                Party::Client => (&client, &server),
                Party::Server => (&server, &client),
            };
            let made = value(ours, share);
            assert_eq!((&made.formula, made.output.len()), (&Formula::Join, length));
            let read = value(theirs, share);
            assert!(matches!(read.formula, Formula::ReadFrom(_)));
            assert_eq!(read.output, made.output);
            let ml_kem = match party {
                Party::Client => ValueName::EncapsulationKey,
                Party::Server => ValueName::Ciphertext,
            };
            let part = value(theirs, ml_kem);
            let end = start + part.output.len();
            assert_eq!(part.formula, Formula::Cut { start, end });
            assert_eq!(part.output, value(ours, ml_kem).output);
            assert_eq!(part.output, made.output[start..end]);
        }
        for events in [&client, &server] {
            let shared = value(events, ValueName::SharedSecret);
            assert_eq!(shared.output.len(), 64);
            let names: Vec<_> = shared.inputs.iter().map(|input| input.name).collect();
            let ordered = match start {
                0 => [ValueName::MlKemSecret, ValueName::CurveSecret],
                _ => [ValueName::CurveSecret, ValueName::MlKemSecret],
            };
            assert_eq!(names, ordered);
            let [first, second] = ordered.map(|name| &value(events, name).output[..]);
            assert_eq!(shared.output, [first, second].concat());
        }
        let notations = [
            (&client, "ML-KEM.KeyGen(d + z).ek"),
            (&client, "ML-KEM.Decaps(d + z, ciphertext)"),
            (&server, "ML-KEM.Encaps(encapsulation_key, m).c"),
            (&server, "ML-KEM.Encaps(encapsulation_key, m).K"),
        ];
        for (events, notation) in notations {
            let said = events.iter().any(|event| match &event.kind {
                EventKind::Value(value) => {
                    let names: Vec<_> = value.inputs.iter().map(|input| input.name).collect();
                    value.formula.notation(&names) == notation
                }
                _ => false,
            });
            assert!(said, "{notation}");
        }
        let checked = server.iter().any(|event| match &event.kind {
            EventKind::Check(check) => check.kind == CheckKind::EncapsulationKey && check.passed,
            _ => false,
        });
        assert!(checked);
        pair.converse(1000);
    }
}

/// Who breaks the curve alone still lacks the secret of ML-KEM, and the other way round.
#[test]
fn one_broken_part_opens_nothing() {
    let curve = ValueName::EphemeralPrivateKey(Party::Client);
    let ml_kem = ValueName::MlKemSeed;
    for (stolen, opens) in [
        (&[][..], false),
        (&[curve], false),
        (&[ml_kem], false),
        (&[curve, ml_kem], true),
    ] {
        for (group, ..) in HYBRIDS {
            let mut pair = connected(group);
            let mut knowledge = Knowledge::with_stolen(stolen);
            knowledge.observe(&pair.client.take_events());
            knowledge.observe(&pair.server.take_events());
            let knows = |name| {
                let mut all = knowledge.values().iter();
                let known = all.find(|known| known.name == name).unwrap();
                assert!(known.client.has_it() && known.server.has_it(), "{name}");
                known.eavesdropper.has_it()
            };
            assert!(knows(ValueName::EncapsulationKey) && knows(ValueName::Ciphertext));
            assert_eq!(knows(ValueName::CurveSecret), stolen.contains(&curve));
            assert_eq!(knows(ValueName::MlKemSecret), stolen.contains(&ml_kem));
            assert_eq!(knows(ValueName::SharedSecret), opens);
            assert_eq!(knows(ValueName::MainSecret), opens);
        }
    }
}

#[test]
fn a_server_may_ask_for_a_hybrid_share() {
    for (group, ..) in HYBRIDS {
        let (mut client, mut server) = configs();
        client.preferences.groups.push(group);
        server.preferences.groups = vec![group];
        let pair = Pair::connected(client, server);
        assert_eq!(pair.agreement().group, Some(group));
        pair.converse(10);
    }
}

#[test]
fn tls12_has_no_hybrids() {
    let (mut client, mut server) = configs();
    let versions = vec![ProtocolVersion::TLS_1_2];
    for preferences in [&mut client.preferences, &mut server.preferences] {
        preferences.groups.insert(0, NamedGroup::X25519_MLKEM768);
    }
    client.preferences.versions = versions.clone();
    let mut hello = Client::new(Arc::new(client.clone()), Random::new([1; 32])).unwrap();
    let record = hello.output();
    let Body::ClientHello(hello) = decode(&record[5..]) else {
        panic!("a ClientHello is sent");
    };
    let groups = hello.extension(ExtensionType::SUPPORTED_GROUPS).unwrap();
    assert!(matches!(groups, ExtensionBody::Groups(groups)
        if !groups.contains(&NamedGroup::X25519_MLKEM768)));
    client.preferences.versions.push(ProtocolVersion::TLS_1_3);
    server.preferences.versions = versions;
    server.preferences.suites = vec![CipherSuite::TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256];
    let pair = Pair::connected(client, server);
    assert_eq!(pair.agreement().group, Some(NamedGroup::X25519));
}

fn decode(message: &[u8]) -> Body {
    let decoded = Handshake::expecting(Form::Open).decode_into(message);
    decoded.value.unwrap().body
}

/// Shares of the wrong length, a coefficient beyond the modulus, and points that are none.
#[test]
fn what_is_no_share_is_refused() {
    for (group, _, _, start) in HYBRIDS {
        let no_point = |share: &mut Vec<u8>| {
            let (from, length) = match start {
                0 => (1184, 32),
                _ => (1, 64),
            };
            share[from..from + length].fill(0);
        };
        let overflow = |share: &mut Vec<u8>| share[start..start + 2].fill(0xff);
        for case in [
            "shorter",
            "longer",
            "a curve alone",
            "beyond the modulus",
            "no point",
        ] {
            let change = |share: &mut Vec<u8>| match case {
                "shorter" => share.truncate(share.len() - 1),
                "longer" => share.push(0),
                "a curve alone" => share.truncate(65),
                "beyond the modulus" => overflow(share),
                _ => no_point(share),
            };
            let (mut client, mut server) = configs();
            client.preferences.groups = vec![group];
            server.preferences.groups = vec![group];
            let mut client = Client::new(Arc::new(client), Random::new([1; 32])).unwrap();
            let hello = client.output();
            let Body::ClientHello(mut hello) = decode(&hello[5..]) else {
                panic!("a ClientHello is sent");
            };
            for extension in hello.extensions.as_mut().unwrap() {
                if let ExtensionBody::KeyShares(shares) = &mut extension.body {
                    change(&mut shares[0].key_exchange);
                }
            }
            let message = Handshake::new(hello).encode().unwrap().bytes;
            let length = u16::try_from(message.len()).unwrap().to_be_bytes();
            let record = [&[22, 3, 3], &length[..], &message].concat();
            let mut server = Server::new(Arc::new(server), Random::new([2; 32]));
            let error = server.receive(&record).unwrap_err();
            assert!(matches!(error.kind, ErrorKind::KeyExchange(_)), "{case}");
            assert_eq!(error.alert(), Some(Alert::ILLEGAL_PARAMETER), "{case}");
            let failed = server.take_events().iter().any(|event| match &event.kind {
                EventKind::Check(check) => !check.passed,
                _ => false,
            });
            assert_eq!(failed, case == "beyond the modulus", "{case}");
        }
    }
}

/// A ciphertext of another key gives a secret that the other side does not have: nothing opens
/// (FIPS 203 §6.3, implicit rejection).
#[test]
fn a_changed_ciphertext_is_found_by_the_first_protected_record() {
    for (group, _, _, start) in HYBRIDS {
        let (mut client, mut server) = configs();
        client.preferences.groups = vec![group];
        server.preferences.groups = vec![group];
        let mut client = Client::new(Arc::new(client), Random::new([1; 32])).unwrap();
        let mut server = Server::new(Arc::new(server), Random::new([2; 32]));
        server.receive(&client.output()).unwrap();
        let mut flight = server.output();
        let events = server.take_events();
        let share = &value(&events, ValueName::KeyShare(Party::Server)).output;
        let mut windows = flight.windows(share.len());
        let at = windows.position(|window| window == share).unwrap();
        flight[at + start + 7] ^= 1;
        let error = client.receive(&flight).unwrap_err();
        assert_eq!(error.alert(), Some(Alert::BAD_RECORD_MAC));
    }
}

#[test]
fn the_field_tree_names_the_parts_of_both_shares() {
    for (group, of_client, of_server, start) in HYBRIDS {
        let mut pair = connected(group);
        let events = pair.client.take_events();
        let mut shares = events.iter().filter_map(|event| match &event.kind {
            EventKind::Message(message) => {
                let share = find(&message.tree, "key_exchange")?;
                assert_eq!(message.tree.gap(), None);
                Some((message.direction, share))
            }
            _ => None,
        });
        let curve = match start {
            0 => "x25519",
            _ => "point",
        };
        for (direction, part, length) in [
            (Direction::Sent, "encapsulation_key", of_client),
            (Direction::Received, "ciphertext", of_server),
        ] {
            let (found, share) = shares.next().unwrap();
            assert_eq!(found, direction);
            let leaves: Vec<_> = share.leaves().collect();
            let labels: Vec<_> = leaves.iter().map(|leaf| &*leaf.label).collect();
            let expected = match start {
                0 => ["length", part, curve],
                _ => ["length", curve, part],
            };
            assert_eq!(labels, expected);
            let total: usize = leaves[1..].iter().map(|leaf| leaf.range.len()).sum();
            assert_eq!(total, length);
        }
    }
}

fn find<'n>(node: &'n Node, label: &str) -> Option<&'n Node> {
    if node.label == label {
        return Some(node);
    }
    node.children.iter().find_map(|child| find(child, label))
}
