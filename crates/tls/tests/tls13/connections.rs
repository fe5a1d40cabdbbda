//! Full handshakes.

use padlock_pki::demo::KeyChoice;
use padlock_tls::codes::{AlertDescription, CipherSuite, NamedGroup, ProtocolVersion};
use padlock_tls::config::{ClientAuthentication, Preferences};
use padlock_tls::error::ErrorKind;
use padlock_tls::suite::Suite13;
use padlock_tls::trace::{CheckKind, Direction, EventKind, Party};

use crate::certificates::{authority, client_config, hr, server_config, shop};
use crate::pair::{Pair, configs};

const GROUPS: [NamedGroup; 3] = [
    NamedGroup::X25519,
    NamedGroup::SECP256R1,
    NamedGroup::SECP384R1,
];

#[test]
fn every_suite_and_group() {
    for suite in Suite13::ALL.iter().chain(&[Suite13::AES_128_CCM]) {
        for group in GROUPS {
            let (mut client, mut server) = configs();
            client.preferences.suites = vec![suite.code];
            server.preferences.suites.push(Suite13::AES_128_CCM.code);
            client.preferences.groups = vec![group];
            let pair = Pair::connected(client, server);
            let agreement = pair.client.agreement().unwrap();
            assert_eq!(agreement.version, ProtocolVersion::TLS_1_3);
            assert_eq!(
                (agreement.suite, agreement.group),
                (suite.code, Some(group))
            );
            pair.converse(100_000);
        }
    }
}

#[test]
fn a_server_may_ask_for_another_group_and_for_a_cookie() {
    for group in GROUPS {
        for cookie in [false, true] {
            let (client, mut server) = configs();
            server.preferences.groups = vec![group];
            server.tls13.cookie = cookie;
            let pair = Pair::connected(client, server);
            assert_eq!(pair.client.agreement().unwrap().group, Some(group));
            pair.converse(10);
        }
    }
}

#[test]
fn every_key_of_the_server_and_of_the_client() {
    for key in [
        KeyChoice::Rsa,
        KeyChoice::P256,
        KeyChoice::P384,
        KeyChoice::Ed25519,
    ] {
        for identity in [None, Some(hr(key))] {
            let (mut client, mut server) = configs();
            server.identities = vec![shop(key)];
            let anchors = vec![authority().root().to_vec()];
            server.client_authentication =
                Some(ClientAuthentication::new(anchors, identity.is_some()));
            let shown = identity.as_ref().map_or(0, |own| own.chain.len());
            client.identities = identity.into_iter().collect();
            let pair = Pair::connected(client, server);
            assert_eq!(pair.server.client_certificates().len(), shown);
            pair.converse(1);
        }
    }
}

#[test]
fn a_certificate_that_is_required_is_missed() {
    let (client, mut server) = configs();
    let anchors = vec![authority().root().to_vec()];
    let required = true;
    server.client_authentication = Some(ClientAuthentication::new(anchors, required));
    let pair = Pair::new(client, server);
    let error = pair.outcome.1.unwrap_err();
    assert_eq!(error.alert(), Some(AlertDescription::CERTIFICATE_REQUIRED));
    let told = ErrorKind::PeerAlert(AlertDescription::CERTIFICATE_REQUIRED);
    assert_eq!(pair.outcome.0.unwrap_err().kind, told);
}

#[test]
fn keys_are_updated_by_either_side() {
    let (client, server) = configs();
    let mut pair = Pair::connected(client, server);
    for ask in [false, true, true, false] {
        pair.client.update_keys(ask).unwrap();
        pair.exchange(40_000);
        pair.server.update_keys(ask).unwrap();
        pair.exchange(1);
    }
    pair.converse(10);
}

#[test]
fn both_sides_export_the_same() {
    let (client, server) = configs();
    let mut pair = Pair::connected(client, server);
    let ours = pair.client.export("EXPORTER-test", b"context", 40).unwrap();
    let theirs = pair.server.export("EXPORTER-test", b"context", 40).unwrap();
    assert_eq!(ours, theirs);
    assert_eq!(ours.len(), 40);
    assert_ne!(
        ours,
        pair.client.export("EXPORTER-test", b"other", 40).unwrap()
    );
    assert!(pair.client.export("EXPORTER-test", b"", 1 << 20).is_err());
}

#[test]
fn records_may_be_padded_and_cut() {
    for padding in [0, 1, 64, 20_000] {
        for fragment in [0, 2, 100] {
            let (mut client, mut server) = configs();
            (client.tls13.padding, server.tls13.padding) = (padding, padding);
            (client.behaviour.fragment, server.behaviour.fragment) = (fragment, fragment);
            server.behaviour.coalesce = fragment == 2;
            Pair::connected(client, server).converse(1000);
        }
    }
}

#[test]
fn values_that_mean_nothing_are_offered_and_passed_over() {
    for group in GROUPS {
        let (mut client, mut server) = configs();
        client.tls13.grease = true;
        server.preferences.groups = vec![group];
        Pair::connected(client, server).converse(10);
    }
}

#[test]
fn records_are_no_longer_than_the_peer_wants() {
    for (limit, padding) in [(64, 0), (64, 100), (1000, 0), (16_385, 0)] {
        let (mut client, mut server) = configs();
        client.tls13.record_size_limit = Some(limit);
        (client.tls13.padding, server.tls13.padding) = (padding, padding);
        server.tls13.record_size_limit = Some(limit);
        let mut pair = Pair::new(client, server);
        assert_eq!(pair.outcome, (Ok(()), Ok(())));
        pair.exchange(5000);
        let longest = |events: Vec<padlock_tls::trace::Event>| {
            let lengths = events.into_iter().filter_map(|event| match event.kind {
                EventKind::Record(record) => {
                    Some(record.protection.map_or(0, |all| all.plaintext.len()))
                }
                _ => None,
            });
            lengths.max()
        };
        let found = longest(pair.client.take_events()).unwrap();
        assert!(found <= usize::from(limit), "{found} of {limit}");
        pair.converse(10);
    }
    let (mut client, server) = configs();
    client.tls13.record_size_limit = Some(63);
    let error = Pair::new(client, server).outcome.1.unwrap_err();
    assert_eq!(error.alert(), Some(AlertDescription::ILLEGAL_PARAMETER));
}

/// In TLS 1.2 only content counts (RFC 8449 §4).
#[test]
fn records_of_an_older_version_are_no_longer_than_the_peer_wants() {
    let older = |limits: (Option<u16>, Option<u16>)| {
        let (mut client, mut server) = configs();
        client.preferences = Preferences::modern();
        server.preferences.versions = vec![ProtocolVersion::TLS_1_2];
        (
            client.tls13.record_size_limit,
            server.tls13.record_size_limit,
        ) = limits;
        (client, server)
    };
    for (clients, servers) in [(64, Some(100)), (1000, Some(64)), (16_385, None)] {
        let (client, server) = older((Some(clients), servers));
        let mut pair = Pair::connected(client, server);
        pair.exchange(40_000);
        for (events, from_client, from_server) in [
            (pair.client.take_events(), servers, Some(clients)),
            (pair.server.take_events(), servers, Some(clients)),
        ] {
            let (mut sent, mut received) = (0, 0);
            let party = events[0].party;
            for event in events {
                let EventKind::Record(record) = event.kind else {
                    continue;
                };
                if record.protection.is_some() {
                    let longest = match record.direction {
                        Direction::Sent => &mut sent,
                        Direction::Received => &mut received,
                    };
                    *longest = record.content.len().max(*longest);
                }
            }
            if party == Party::Server {
                (sent, received) = (received, sent);
            }
            let expected = |limit: Option<u16>| usize::from(limit.unwrap_or(1 << 14)).min(1 << 14);
            assert_eq!(sent, expected(from_client));
            assert_eq!(received, expected(from_server));
        }
        pair.converse(10);
    }
    let (client, server) = older((Some(63), None));
    let error = Pair::new(client, server).outcome.1.unwrap_err();
    assert_eq!(error.alert(), Some(AlertDescription::ILLEGAL_PARAMETER));
}

#[test]
fn versions_are_negotiated() {
    let (new, old) = (ProtocolVersion::TLS_1_3, ProtocolVersion::TLS_1_2);
    for (client_versions, server_versions, expected) in [
        (&[new, old][..], &[new, old][..], Some(new)),
        (&[new, old], &[old], Some(old)),
        (&[old], &[new, old], Some(old)),
        (&[new, old], &[new], Some(new)),
        (&[new], &[new, old], Some(new)),
        (&[new], &[old], None),
        (&[old], &[new], None),
    ] {
        let (mut client, mut server) = configs();
        client.preferences.versions = client_versions.to_vec();
        server.preferences.versions = server_versions.to_vec();
        let both_new = client_versions.contains(&new) && server_versions.contains(&new);
        let mut pair = Pair::new(client, server);
        let found = pair.client.agreement().map(|agreement| agreement.version);
        match (expected, both_new) {
            (None, _) => {
                let alert = AlertDescription::PROTOCOL_VERSION;
                let error = pair.outcome.1.unwrap_err();
                assert_eq!(error.alert(), Some(alert));
            }
            _ => {
                assert_eq!(found, expected, "{client_versions:?} {server_versions:?}");
                pair.exchange(10);
            }
        }
    }
}

#[test]
fn a_downgrade_is_seen() {
    // A client of both versions; somebody takes the newer one out of its offer, so that the
    // server, which would speak it, does not see it.
    let mut client = client_config();
    client.preferences = Preferences::modern();
    let mut server = server_config(shop(KeyChoice::P256));
    server.preferences = Preferences::modern();
    client.behaviour.trace = true;
    let random = padlock_pki::random::Random::new([1; 32]);
    let mut client = padlock_tls::client::Client::new(client.into(), random.clone()).unwrap();
    let mut server = padlock_tls::server::Server::new(server.into(), random);
    let mut hello = client.output();
    // supported_versions (43) becomes something unknown.
    let at = hello
        .windows(2 + 2 + 1 + 4)
        .position(|window| window == [0, 43, 0, 5, 4, 3, 4, 3, 3])
        .unwrap();
    hello[at] = 0x4a;
    server.receive(&hello).unwrap();
    let error = client.receive(&server.output()).unwrap_err();
    assert_eq!(error.kind, ErrorKind::Downgrade);
    assert_eq!(error.alert(), Some(AlertDescription::ILLEGAL_PARAMETER));
    let failed = client.take_events().into_iter().any(|event| {
        matches!(event.kind, EventKind::Check(check)
            if check.kind == CheckKind::DowngradeSign && !check.passed)
    });
    assert!(failed);
}

#[test]
fn a_needless_fallback_is_refused() {
    let mut client = client_config();
    client
        .preferences
        .suites
        .push(CipherSuite::TLS_FALLBACK_SCSV);
    let mut server = server_config(shop(KeyChoice::P256));
    server.preferences = Preferences::modern();
    let pair = Pair::new(client, server);
    let error = pair.outcome.1.unwrap_err();
    let alert = AlertDescription::INAPPROPRIATE_FALLBACK;
    assert_eq!(error.alert(), Some(alert));
}

#[test]
fn application_protocols_are_agreed() {
    let names = |names: &[&str]| -> Vec<Vec<u8>> {
        names.iter().map(|name| name.as_bytes().to_vec()).collect()
    };
    let (mut client, mut server) = configs();
    client.preferences.protocols = names(&["h2", "http/1.1"]);
    server.preferences.protocols = names(&["http/1.1"]);
    let pair = Pair::connected(client.clone(), server.clone());
    let agreement = pair.client.agreement().unwrap();
    assert_eq!(agreement.protocol.as_deref(), Some(&b"http/1.1"[..]));
    client.preferences.protocols = names(&["gopher"]);
    let error = Pair::new(client, server).outcome.1.unwrap_err();
    let alert = AlertDescription::NO_APPLICATION_PROTOCOL;
    assert_eq!(error.alert(), Some(alert));
}
