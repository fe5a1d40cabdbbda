//! The same in TLS 1.3, and what came with it.

use std::io::{Read, Write};
use std::sync::Arc;

use padlock_pki::demo::KeyChoice;
use padlock_pki::random::Random;
use padlock_tls::client::Client;
use padlock_tls::codes::{NamedGroup, ProtocolVersion, PskKeyExchangeMode, SignatureScheme};
use padlock_tls::config::{ClientAuthentication, ClientConfig, Preferences, ServerConfig};
use padlock_tls::server::Server;
use padlock_tls::suite::Suite13;
use padlock_tls::trace::Agreement;
use padlock_wire::CodePoint;
use proptest::prelude::*;
use rustls::{Connection, HandshakeKind, ServerConnection};

use crate::certificates::{self, authority, hr, shop};
use crate::party::Party;
use crate::peer::{self, Offer, Wire};

const GROUPS: [NamedGroup; 3] = [
    NamedGroup::X25519,
    NamedGroup::SECP256R1,
    NamedGroup::SECP384R1,
];

const KEYS: [KeyChoice; 4] = [
    KeyChoice::Rsa,
    KeyChoice::P256,
    KeyChoice::P384,
    KeyChoice::Ed25519,
];

fn offer() -> Offer {
    Offer {
        tls13: true,
        ..Offer::default()
    }
}

fn client_config() -> ClientConfig {
    let mut config = certificates::client_config();
    config.preferences = Preferences::modern();
    config
}

fn server_config(key: KeyChoice) -> ServerConfig {
    let mut config = certificates::server_config(shop(key));
    config.preferences = Preferences::modern();
    config
}

fn our_client(config: ClientConfig) -> Client {
    Client::new(Arc::new(config), Random::new([1; 32])).unwrap()
}

fn our_server(config: ServerConfig) -> Server {
    Server::new(Arc::new(config), Random::new([2; 32]))
}

/// Both sides name the same suite, group and protocol.
#[track_caller]
fn agreement<P: Party>(wire: &Wire<P>) -> Agreement {
    let agreement = wire.ours.agreement().cloned().unwrap();
    assert_eq!(agreement.version, ProtocolVersion::TLS_1_3);
    let theirs = wire.theirs.negotiated_cipher_suite().unwrap().suite();
    assert_eq!(u16::from(theirs), agreement.suite.0);
    let group = wire.theirs.negotiated_key_exchange_group();
    assert_eq!(
        agreement.group.map(CodePoint::number),
        group.map(|group| u16::from(group.name()).into())
    );
    assert_eq!(agreement.protocol.as_deref(), wire.theirs.alpn_protocol());
    agreement
}

fn asking(mut config: ServerConfig) -> ServerConfig {
    let anchors = vec![authority().root().to_vec()];
    let required = true;
    config.client_authentication = Some(ClientAuthentication::new(anchors, required));
    config
}

#[test]
fn every_suite_and_group() {
    for suite in Suite13::ALL {
        for group in GROUPS {
            for length in [1, 1 << 16] {
                let offer = Offer {
                    suite: Some(suite.code),
                    group: Some(group),
                    ..offer()
                };
                let theirs = peer::server(&offer, &shop(KeyChoice::P256), None);
                // Our client sends a key in its first group: others take a second ClientHello.
                let wire = Wire::new(our_client(client_config()), theirs).converse(length);
                let found = agreement(&wire);
                assert_eq!((found.suite, found.group), (suite.code, Some(group)));
                let retried = wire.theirs.handshake_kind().unwrap();
                match group {
                    NamedGroup::X25519 => assert_eq!(retried, HandshakeKind::Full),
                    _ => assert_eq!(retried, HandshakeKind::FullWithHelloRetryRequest),
                }
                wire.close(length == 1);

                let theirs = peer::client(&offer, authority().root(), None);
                let ours = our_server(server_config(KeyChoice::Rsa));
                let wire = Wire::new(ours, theirs).converse(length);
                let found = agreement(&wire);
                assert_eq!((found.suite, found.group), (suite.code, Some(group)));
                wire.close(length == 1);
            }
        }
    }
}

#[test]
fn our_server_asks_for_another_group_and_a_cookie() {
    for group in GROUPS {
        for cookie in [false, true] {
            let mut config = server_config(KeyChoice::P256);
            config.preferences.groups = vec![group];
            config.tls13.cookie = cookie;
            let theirs = peer::client(&offer(), authority().root(), None);
            let wire = Wire::new(our_server(config), theirs).converse(10);
            assert_eq!(agreement(&wire).group, Some(group));
            let retried = cookie || group != NamedGroup::X25519;
            let expected = match retried {
                true => HandshakeKind::FullWithHelloRetryRequest,
                false => HandshakeKind::Full,
            };
            assert_eq!(wire.theirs.handshake_kind(), Some(expected));
            wire.close(cookie);
        }
    }
}

#[test]
fn every_key_of_the_server_and_of_the_client() {
    let anchor = authority().root().to_vec();
    for key in KEYS {
        let mut config = client_config();
        config.identities = vec![hr(key)];
        let theirs = peer::server(&offer(), &shop(key), Some(&anchor));
        let wire = Wire::new(our_client(config), theirs).converse(1);
        let shown = wire.theirs.peer_certificates().unwrap();
        assert_eq!(shown.len(), hr(key).chain.len());
        wire.close(true);

        let theirs = peer::client(&offer(), &anchor, Some(&hr(key)));
        let wire = Wire::new(our_server(asking(server_config(key))), theirs).converse(1);
        assert_eq!(wire.ours.client_certificates(), hr(key).chain);
        wire.close(false);
    }
}

#[test]
fn values_that_mean_nothing_are_passed_over() {
    for group in GROUPS {
        let mut config = client_config();
        config.tls13.grease = true;
        let offer = Offer {
            group: Some(group),
            ..offer()
        };
        let theirs = peer::server(&offer, &shop(KeyChoice::P256), None);
        Wire::new(our_client(config), theirs).converse(1);
    }
}

#[test]
fn every_signature_of_rsa() {
    for scheme in [
        SignatureScheme::RSA_PSS_RSAE_SHA256,
        SignatureScheme::RSA_PSS_RSAE_SHA384,
        SignatureScheme::RSA_PSS_RSAE_SHA512,
    ] {
        let mut config = client_config();
        config.preferences.schemes = vec![scheme];
        let theirs = peer::server(&offer(), &shop(KeyChoice::Rsa), None);
        Wire::new(our_client(config), theirs).converse(1);
        let offer = Offer {
            scheme: Some(scheme),
            ..offer()
        };
        let theirs = peer::client(&offer, authority().root(), None);
        Wire::new(our_server(server_config(KeyChoice::Rsa)), theirs).converse(1);
    }
}

#[test]
fn records_and_the_wire_may_be_cut_anywhere() {
    let anchor = authority().root().to_vec();
    for portion in [1, 1000] {
        for fragment in [32, 16_384] {
            let theirs = Offer {
                fragment: Some(fragment),
                ..offer()
            };
            let mut config = client_config();
            config.identities = vec![hr(KeyChoice::P256)];
            config.behaviour.fragment = fragment;
            config.tls13.padding = 50;
            let server = peer::server(&theirs, &shop(KeyChoice::P256), Some(&anchor));
            let mut wire = Wire::new(our_client(config), server);
            wire.portion = portion;
            wire.converse(5000).close(true);

            let mut config = asking(server_config(KeyChoice::P256));
            config.behaviour.fragment = fragment;
            config.behaviour.coalesce = true;
            config.tls13.padding = 50;
            let client = peer::client(&theirs, &anchor, Some(&hr(KeyChoice::P256)));
            let mut wire = Wire::new(our_server(config), client);
            wire.portion = portion;
            wire.converse(5000).close(false);
        }
    }
}

#[test]
fn keys_are_updated_by_either_side() {
    let theirs = peer::server(&offer(), &shop(KeyChoice::P256), None);
    let mut wire = Wire::new(our_client(client_config()), theirs).converse(10);
    for _ in 0..3 {
        wire.theirs.refresh_traffic_keys().unwrap();
        wire.carry();
        wire.ours.update_keys(true).unwrap();
        wire.carry();
        wire.ours.update_keys(false).unwrap();
        wire.carry();
    }
    wire.close(true);

    let theirs = peer::client(&offer(), authority().root(), None);
    let ours = our_server(server_config(KeyChoice::P256));
    let mut wire = Wire::new(ours, theirs).converse(10);
    for _ in 0..3 {
        wire.ours.update_keys(true).unwrap();
        wire.carry();
        wire.theirs.refresh_traffic_keys().unwrap();
        wire.carry();
    }
    wire.close(false);
}

#[test]
fn both_export_the_same() {
    let theirs = peer::server(&offer(), &shop(KeyChoice::P256), None);
    let mut wire = Wire::new(our_client(client_config()), theirs).converse(10);
    let expected = wire
        .theirs
        .export_keying_material([0; 100], b"EXPORTER-padlock", Some(b"context"))
        .unwrap();
    let exported = wire.ours.export("EXPORTER-padlock", b"context", 100);
    assert_eq!(exported.unwrap(), expected);
}

#[test]
fn our_client_resumes_with_a_rustls_server() {
    let server = peer::server_config(&offer(), &shop(KeyChoice::P256), None);
    let theirs = || -> Connection { ServerConnection::new(Arc::clone(&server)).unwrap().into() };
    let mut config = client_config();
    let mut wire = Wire::new(our_client(config.clone()), theirs()).converse(10);
    let tickets = wire.ours.take_tickets();
    assert!(!tickets.is_empty());
    for (number, ticket) in tickets.into_iter().enumerate() {
        config.tls13.psks = vec![ticket];
        if number == 1 {
            config.tls13.early_data = b"early".to_vec();
        }
        let mut wire = Wire::new(our_client(config.clone()), theirs());
        wire.carry();
        assert_eq!(wire.refusal, None);
        assert_eq!(wire.theirs.handshake_kind(), Some(HandshakeKind::Resumed));
        let psk = agreement(&wire).psk.unwrap();
        assert!(psk.resumption);
        assert_eq!(psk.mode, PskKeyExchangeMode::PSK_DHE_KE);
        assert_eq!(psk.early_data, number == 1);
        if let (1, Connection::Server(server)) = (number, &mut wire.theirs) {
            let mut early = Vec::new();
            server
                .early_data()
                .unwrap()
                .read_to_end(&mut early)
                .unwrap();
            assert_eq!(early, b"early");
        }
        wire.converse(100).close(true);
    }
}

#[test]
fn a_rustls_client_resumes_with_our_server() {
    let mut config = server_config(KeyChoice::P256);
    config.tls13.ticket_key = Some([3; 32]);
    config.tls13.tickets = 2;
    config.tls13.max_early_data = 1000;
    let client = peer::client_config(&offer(), authority().root(), None);
    let theirs = peer::connect(Arc::clone(&client));
    let wire = Wire::new(our_server(config.clone()), theirs).converse(10);
    assert_eq!(wire.theirs.handshake_kind(), Some(HandshakeKind::Full));
    for early in [false, true] {
        let mut theirs = peer::connect(Arc::clone(&client));
        if let (true, Connection::Client(client)) = (early, &mut theirs) {
            let written = client.early_data().unwrap().write(b"early").unwrap();
            assert_eq!(written, 5);
        }
        let mut wire = Wire::new(our_server(config.clone()), theirs);
        wire.carry();
        assert_eq!(wire.theirs.handshake_kind(), Some(HandshakeKind::Resumed));
        // rustls announces early data whether it has some or not.
        assert!(agreement(&wire).psk.unwrap().early_data);
        let expected = if early { &b"early"[..] } else { b"" };
        assert_eq!(wire.ours.early_data(), expected);
        assert_eq!(wire.take_received(), b"");
        wire.converse(100).close(true);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Whatever each side is set up with, they come to an agreement, and both to the same; and so they
    /// do when they resume it.
    #[test]
    fn random_scenarios(
        suite in 0..Suite13::ALL.len(),
        group in 0..GROUPS.len(),
        (key, client_key) in (0..KEYS.len(), prop::option::of(0..KEYS.len())),
        (fragment, portion) in (32_usize..=16_384, 1_usize..3000),
        length in 0_usize..30_000,
        (is_client, cookie, padding) in (any::<bool>(), any::<bool>(), 0_usize..300),
        resumes in any::<bool>(),
    ) {
        let (suite, group) = (Suite13::ALL[suite].code, GROUPS[group]);
        let offer = Offer { fragment: Some(fragment), suite: Some(suite), ..offer() };
        let anchor = authority().root().to_vec();
        let identity = client_key.map(|key| hr(KEYS[key]));
        if is_client {
            let mut config = client_config();
            config.preferences.groups.retain(|other| *other != group);
            config.preferences.groups.insert(0, group);
            config.identities = identity.iter().cloned().collect();
            (config.behaviour.fragment, config.tls13.padding) = (fragment, padding);
            let asks = identity.is_some().then_some(&anchor[..]);
            let theirs = peer::server_config(&offer, &shop(KEYS[key]), asks);
            let accept = || ServerConnection::new(Arc::clone(&theirs)).unwrap().into();
            let mut wire = Wire::new(our_client(config.clone()), accept());
            wire.portion = portion;
            let mut wire = wire.converse(length);
            prop_assert_eq!(agreement(&wire).suite, suite);
            config.tls13.psks = wire.ours.take_tickets();
            wire.close(cookie);
            if resumes {
                let mut wire = Wire::new(our_client(config), accept());
                wire.portion = portion;
                let wire = wire.converse(length);
                prop_assert!(agreement(&wire).psk.is_some_and(|psk| psk.resumption));
                wire.close(!cookie);
            }
        } else {
            let mut config = server_config(KEYS[key]);
            if identity.is_some() {
                config = asking(config);
            }
            config.preferences.groups = vec![group];
            (config.behaviour.fragment, config.tls13.padding) = (fragment, padding);
            config.tls13.cookie = cookie;
            (config.tls13.ticket_key, config.tls13.tickets) = (Some([6; 32]), 1);
            let theirs = peer::client_config(&offer, &anchor, identity.as_ref());
            for resumed in [false, true].into_iter().take(1 + usize::from(resumes)) {
                let theirs = peer::connect(Arc::clone(&theirs));
                let mut wire = Wire::new(our_server(config.clone()), theirs);
                wire.portion = portion;
                let wire = wire.converse(length);
                let found = agreement(&wire);
                prop_assert_eq!((found.suite, found.group), (suite, Some(group)));
                prop_assert_eq!(found.psk.is_some(), resumed);
                wire.close(cookie);
            }
        }
    }
}
