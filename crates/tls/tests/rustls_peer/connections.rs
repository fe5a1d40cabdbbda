//! Everything that both can do.

use std::sync::Arc;

use padlock_pki::demo::KeyChoice;
use padlock_pki::random::Random;
use padlock_tls::client::Client;
use padlock_tls::codes::{NamedGroup, SignatureScheme as Scheme};
use padlock_tls::config::{ClientAuthentication, ClientConfig, ServerConfig};
use padlock_tls::crypto::aead::Aead;
use padlock_tls::server::Server;
use padlock_tls::suite::{Cipher, KeyExchange, Suite};
use padlock_tls::trace::Agreement;
use padlock_wire::CodePoint;
use rustls::{CipherSuite, Connection};

use crate::certificates::{authority, client_config, hr, server_config, shop};
use crate::party::Party;
use crate::peer::{self, Offer, Wire};

/// The suites that rustls has too, each with the kind of key that it needs.
fn suites() -> impl Iterator<Item = (Suite, KeyChoice)> {
    let shared = Suite::ALL.iter().copied().filter(|suite| {
        suite.key_exchange.is_ephemeral()
            && matches!(
                suite.cipher,
                Cipher::Aead(Aead::Aes128Gcm | Aead::Aes256Gcm | Aead::ChaCha20Poly1305)
            )
    });
    shared.map(|suite| match suite.key_exchange {
        KeyExchange::EcdheEcdsa => (suite, KeyChoice::P256),
        _ => (suite, KeyChoice::Rsa),
    })
}

const GROUPS: [NamedGroup; 3] = [
    NamedGroup::X25519,
    NamedGroup::SECP256R1,
    NamedGroup::SECP384R1,
];

/// The signatures that each kind of key makes here, and whether rustls makes them too (it knows
/// one hash for each curve).
const SIGNATURES: &[(KeyChoice, Scheme, bool)] = &[
    (KeyChoice::Rsa, Scheme::RSA_PKCS1_SHA256, true),
    (KeyChoice::Rsa, Scheme::RSA_PKCS1_SHA384, true),
    (KeyChoice::Rsa, Scheme::RSA_PKCS1_SHA512, true),
    (KeyChoice::Rsa, Scheme::RSA_PSS_RSAE_SHA256, true),
    (KeyChoice::Rsa, Scheme::RSA_PSS_RSAE_SHA384, true),
    (KeyChoice::Rsa, Scheme::RSA_PSS_RSAE_SHA512, true),
    (KeyChoice::P256, Scheme::ECDSA_SECP256R1_SHA256, true),
    (KeyChoice::P256, Scheme::ECDSA_SECP384R1_SHA384, false),
    (KeyChoice::P384, Scheme::ECDSA_SECP256R1_SHA256, false),
    (KeyChoice::P384, Scheme::ECDSA_SECP384R1_SHA384, true),
    (KeyChoice::Ed25519, Scheme::ED25519, true),
];

fn our_client(config: ClientConfig) -> Client {
    Client::new(Arc::new(config), Random::new([1; 32])).unwrap()
}

fn our_server(config: ServerConfig) -> Server {
    Server::new(Arc::new(config), Random::new([2; 32]))
}

/// Both sides name the same suite; what was agreed is ours.
#[track_caller]
fn agreement<P: Party>(wire: &Wire<P>) -> Agreement {
    let agreement = wire.ours.agreement().cloned().unwrap();
    let theirs = wire.theirs.negotiated_cipher_suite().unwrap().suite();
    assert_eq!(CipherSuite::from(agreement.suite.0), theirs);
    let group = wire.theirs.negotiated_key_exchange_group().unwrap().name();
    assert_eq!(
        agreement.group.map(CodePoint::number),
        Some(u16::from(group).into())
    );
    assert_eq!(agreement.protocol.as_deref(), wire.theirs.alpn_protocol());
    assert!(agreement.extended_master_secret);
    agreement
}

fn rustls_server(offer: &Offer, key: KeyChoice) -> Connection {
    peer::server(offer, &shop(key), None)
}

fn rustls_client(offer: &Offer) -> Connection {
    peer::client(offer, authority().root(), None)
}

fn asking(mut config: ServerConfig) -> ServerConfig {
    let anchors = vec![authority().root().to_vec()];
    config.client_authentication = Some(ClientAuthentication::new(anchors, true));
    config
}

#[test]
fn every_suite_and_group_with_a_rustls_server() {
    for (suite, key) in suites() {
        for group in GROUPS {
            for length in [1, 1 << 16] {
                let mut config = client_config();
                config.preferences.suites = vec![suite.code];
                config.preferences.groups = match key {
                    // The curve of the certificate must be offered too (RFC 8422 §5.1.1).
                    KeyChoice::P256 => vec![group, NamedGroup::SECP256R1],
                    _ => vec![group],
                };
                let offer = Offer {
                    group: Some(group),
                    ..Offer::default()
                };
                let theirs = rustls_server(&offer, key);
                let wire = Wire::new(our_client(config), theirs).converse(length);
                let agreement = agreement(&wire);
                assert_eq!(
                    (agreement.suite, agreement.group),
                    (suite.code, Some(group))
                );
                wire.close(length == 1);
            }
        }
    }
}

#[test]
fn every_suite_and_group_with_a_rustls_client() {
    for (suite, key) in suites() {
        for group in GROUPS {
            if key == KeyChoice::P256 && group != NamedGroup::SECP256R1 {
                // rustls would offer this group alone, and not the certificate's curve: RFC 8422
                // §5.1.1 forbids the server to answer with it.
                continue;
            }
            for length in [1, 1 << 16] {
                let offer = Offer {
                    suite: Some(suite.code),
                    group: Some(group),
                    ..Offer::default()
                };
                let ours = our_server(server_config(shop(key)));
                let wire = Wire::new(ours, rustls_client(&offer)).converse(length);
                let agreement = agreement(&wire);
                assert_eq!(
                    (agreement.suite, agreement.group),
                    (suite.code, Some(group))
                );
                wire.close(length == 1);
            }
        }
    }
    // All groups with an ECDSA certificate: here our server chooses.
    for group in GROUPS {
        let mut config = server_config(shop(KeyChoice::P256));
        config.preferences.groups = vec![group];
        let wire = Wire::new(our_server(config), rustls_client(&Offer::default())).converse(1);
        assert_eq!(agreement(&wire).group, Some(group));
        wire.close(true);
    }
}

#[test]
fn every_signature_of_the_server() {
    for &(key, scheme, theirs_too) in SIGNATURES {
        let ephemeral: Vec<_> = suites().map(|(suite, _)| suite.code).collect();
        if theirs_too {
            let mut config = client_config();
            config.preferences.schemes = vec![scheme];
            config.preferences.suites = ephemeral;
            let theirs = rustls_server(&Offer::default(), key);
            Wire::new(our_client(config), theirs)
                .converse(1)
                .close(true);
        }
        let offer = Offer {
            scheme: Some(scheme),
            ..Offer::default()
        };
        let ours = our_server(server_config(shop(key)));
        Wire::new(ours, rustls_client(&offer))
            .converse(1)
            .close(false);
    }
}

#[test]
fn every_client_certificate_and_its_signatures() {
    let anchor = authority().root().to_vec();
    for &(key, scheme, theirs_too) in SIGNATURES {
        for server_key in [KeyChoice::Rsa, KeyChoice::P256] {
            let own = match server_key {
                KeyChoice::Rsa => Scheme::RSA_PSS_RSAE_SHA256,
                _ => Scheme::ECDSA_SECP256R1_SHA256,
            };
            if theirs_too {
                let mut config = asking(server_config(shop(server_key)));
                config.preferences.schemes = vec![scheme, own];
                let theirs = peer::client(&Offer::default(), &anchor, Some(&hr(key)));
                let wire = Wire::new(our_server(config), theirs).converse(1);
                assert_eq!(wire.ours.client_certificates(), hr(key).chain);
                wire.close(true);
            }
            let mut config = client_config();
            config.identities = vec![hr(key)];
            // The first that fits is the client's; the server chooses among all.
            config.preferences.schemes.retain(|other| *other != scheme);
            config.preferences.schemes.insert(0, scheme);
            let theirs = peer::server(&Offer::default(), &shop(server_key), Some(&anchor));
            let wire = Wire::new(our_client(config), theirs).converse(1);
            let shown = wire.theirs.peer_certificates().unwrap();
            assert_eq!(
                shown.iter().map(|der| der.to_vec()).collect::<Vec<_>>(),
                hr(key).chain
            );
            wire.close(true);
        }
    }
}

#[test]
fn an_application_protocol_is_agreed() {
    let names = |names: &[&str]| names.iter().map(|name| name.as_bytes().to_vec()).collect();
    let offer = Offer {
        protocols: names(&["h2", "http/1.1"]),
        ..Offer::default()
    };
    let mut config = client_config();
    config.preferences.protocols = names(&["http/1.1", "h2"]);
    let wire = Wire::new(our_client(config), rustls_server(&offer, KeyChoice::Rsa)).converse(1);
    assert_eq!(agreement(&wire).protocol.as_deref(), Some(&b"h2"[..]));

    let mut config = server_config(shop(KeyChoice::Rsa));
    config.preferences.protocols = names(&["http/1.1", "h2"]);
    let wire = Wire::new(our_server(config), rustls_client(&offer)).converse(1);
    assert_eq!(agreement(&wire).protocol.as_deref(), Some(&b"http/1.1"[..]));
}

#[test]
fn records_and_the_wire_may_be_cut_anywhere() {
    let anchor = authority().root().to_vec();
    for portion in [1, 7, 1000] {
        for fragment in [32, 100, 16_384] {
            for coalesce in [false, true] {
                let theirs = Offer {
                    fragment: Some(fragment),
                    ..Offer::default()
                };
                let mut config = client_config();
                config.identities = vec![hr(KeyChoice::P256)];
                (config.behaviour.fragment, config.behaviour.coalesce) = (fragment, coalesce);
                let server = peer::server(&theirs, &shop(KeyChoice::P256), Some(&anchor));
                let mut wire = Wire::new(our_client(config), server);
                wire.portion = portion;
                wire.converse(5000).close(true);

                let mut config = asking(server_config(shop(KeyChoice::P256)));
                (config.behaviour.fragment, config.behaviour.coalesce) = (fragment, coalesce);
                let client = peer::client(&theirs, &anchor, Some(&hr(KeyChoice::P256)));
                let mut wire = Wire::new(our_server(config), client);
                wire.portion = portion;
                wire.converse(5000).close(false);
            }
        }
    }
}
