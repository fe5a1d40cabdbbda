//! Our client against `openssl s_server`.

use std::net::TcpStream;
use std::sync::Arc;

use padlock_pki::demo::KeyChoice;
use padlock_pki::random::Random;
use padlock_tls::client::Client;
use padlock_tls::codes::{CipherSuite, NamedGroup, SignatureScheme as Scheme};
use padlock_tls::config::ClientConfig;
use padlock_tls::suite::{Cipher, KeyExchange, Suite};

use crate::certificates::{NOW, client_config, hr, shop};
use crate::folder::{Folder, identity_options};
use crate::line::{Line, lines, reversed};
use crate::process::SServer;

/// An s_server of shop.example with one kind of key.
struct Peer {
    server: SServer,
    _folder: Folder,
}

impl Peer {
    fn start(key: KeyChoice, asks: bool) -> Self {
        let folder = Folder::new();
        folder.identity("shop", &shop(key));
        let asking = match asks {
            true => "-verify 3 -verify_return_error -CAfile root.pem -verifyCAfile root.pem",
            false => "",
        };
        let options = format!(
            "{} -tls1_2 -cipher ALL:@SECLEVEL=0 -alpn h2,http/1.1 -attime {NOW} {asking}",
            identity_options("shop")
        );
        Self {
            server: SServer::start(folder.path(), &options),
            _folder: folder,
        }
    }

    /// Connects, exchanges data of these sizes and closes; what s_server reports must contain
    /// `expected`.
    #[track_caller]
    fn check(&self, config: ClientConfig, sizes: &[usize], expected: &[&str]) {
        let start = self.server.process.errors.len();
        let offer = format!("{:?}", config.preferences);
        let (suites, groups) = (
            config.preferences.suites.clone(),
            config.preferences.groups.clone(),
        );
        let binds = config.preferences.extended_master_secret;
        let encrypts_first = config.preferences.encrypt_then_mac;
        let client = Client::new(Arc::new(config), Random::new([1; 32])).unwrap();
        let stream = TcpStream::connect(self.server.address).unwrap();
        let mut line = Line::new(client, stream);
        let agreement = match line.shake_hands() {
            Ok(agreement) => agreement,
            Err(error) => panic!(
                "{error}\n{offer}\n{}",
                self.server.process.errors.after(start)
            ),
        };
        assert!(suites.contains(&agreement.suite));
        assert_eq!(agreement.extended_master_secret, binds);
        assert_eq!(
            agreement.encrypt_then_mac,
            encrypts_first && has_mac(agreement.suite)
        );
        assert!(agreement.group.is_none_or(|group| groups.contains(&group)));
        for &size in sizes {
            let data = lines(size);
            assert!(
                line.exchange(&data) == reversed(&data),
                "{size} bytes with {offer}"
            );
        }
        line.close();
        let report = self.server.report(start);
        for text in expected {
            assert!(report.contains(text), "{text:?} is not in\n{report}");
        }
    }
}

/// Whether the suite authenticates by a MAC of its own.
pub(crate) fn has_mac(suite: CipherSuite) -> bool {
    Suite::of(suite).is_some_and(|suite| matches!(suite.cipher, Cipher::Cbc { .. }))
}

/// One suite, and one suite alone.
fn only(suite: CipherSuite) -> ClientConfig {
    let mut config = client_config();
    config.preferences.suites = vec![suite];
    config
}

const BOTH: &[usize] = &[1, 1 << 20];
const SHORT: &[usize] = &[1, 100];

fn suites(exchanges: &[KeyExchange]) -> impl Iterator<Item = Suite> {
    Suite::ALL
        .iter()
        .copied()
        .filter(|suite| exchanges.contains(&suite.key_exchange))
}

#[test]
fn every_suite_with_an_rsa_key() {
    let peer = Peer::start(KeyChoice::Rsa, false);
    for suite in suites(&[KeyExchange::Rsa, KeyExchange::EcdheRsa]) {
        peer.check(only(suite.code), BOTH, &["No peer certificate"]);
    }
}

#[test]
fn every_suite_with_an_ecdsa_key() {
    let peer = Peer::start(KeyChoice::P256, false);
    for suite in suites(&[KeyExchange::EcdheEcdsa]) {
        peer.check(only(suite.code), BOTH, &["No peer certificate"]);
    }
}

#[test]
fn extended_master_secret_and_encrypt_then_mac_may_be_off() {
    let peer = Peer::start(KeyChoice::Rsa, false);
    for suite in suites(&[KeyExchange::Rsa, KeyExchange::EcdheRsa]) {
        for (extended_master_secret, encrypt_then_mac) in
            [(false, false), (false, true), (true, false)]
        {
            let mut config = only(suite.code);
            config.preferences.extended_master_secret = extended_master_secret;
            config.preferences.encrypt_then_mac = encrypt_then_mac;
            peer.check(config, &[1, 40_000], &[]);
        }
    }
}

#[test]
fn every_group() {
    let names = [
        (NamedGroup::X25519, "x25519"),
        (NamedGroup::SECP256R1, "secp256r1"),
        (NamedGroup::SECP384R1, "secp384r1"),
    ];
    for key in [KeyChoice::Rsa, KeyChoice::Ed25519] {
        let peer = Peer::start(key, false);
        for (group, name) in names {
            let mut config = client_config();
            config.preferences.groups = vec![group];
            peer.check(config, SHORT, &[&format!("Supported groups: {name}\n")]);
        }
    }
}

#[test]
fn every_signature_of_the_server() {
    for (key, schemes) in SIGNATURES {
        let peer = Peer::start(*key, false);
        for scheme in *schemes {
            let mut config = client_config();
            config.preferences.schemes = vec![*scheme];
            let ephemeral = |suite: &CipherSuite| {
                Suite::of(*suite).is_some_and(|suite| suite.key_exchange.is_ephemeral())
            };
            config.preferences.suites.retain(ephemeral);
            peer.check(config, SHORT, &[]);
        }
    }
}

/// The signatures that each kind of key makes.
pub(crate) const SIGNATURES: &[(KeyChoice, &[Scheme])] = &[
    (
        KeyChoice::Rsa,
        &[
            Scheme::RSA_PKCS1_SHA256,
            Scheme::RSA_PKCS1_SHA384,
            Scheme::RSA_PKCS1_SHA512,
            Scheme::RSA_PSS_RSAE_SHA256,
            Scheme::RSA_PSS_RSAE_SHA384,
            Scheme::RSA_PSS_RSAE_SHA512,
        ],
    ),
    // In TLS 1.2 these two name the hash; the curve is that of the key (RFC 9846 §4.3.3).
    (
        KeyChoice::P256,
        &[
            Scheme::ECDSA_SECP256R1_SHA256,
            Scheme::ECDSA_SECP384R1_SHA384,
        ],
    ),
    (
        KeyChoice::P384,
        &[
            Scheme::ECDSA_SECP256R1_SHA256,
            Scheme::ECDSA_SECP384R1_SHA384,
        ],
    ),
    (KeyChoice::Ed25519, &[Scheme::ED25519]),
];

#[test]
fn every_client_certificate_and_its_signatures() {
    let peer = Peer::start(KeyChoice::Rsa, true);
    for (key, schemes) in SIGNATURES {
        for scheme in *schemes {
            for suite in [
                CipherSuite::TLS_RSA_WITH_AES_128_GCM_SHA256,
                CipherSuite::TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
            ] {
                let mut config = only(suite);
                config.identities = vec![hr(*key)];
                // The first for the client to sign, the second for the server.
                config.preferences.schemes = vec![*scheme, Scheme::RSA_PSS_RSAE_SHA256];
                let expected = ["CN = hr.example", "Verification: OK"];
                peer.check(config, SHORT, &expected);
            }
        }
    }
}

#[test]
fn a_client_without_certificate_says_so() {
    for key in [KeyChoice::Rsa, KeyChoice::P256] {
        let peer = Peer::start(key, true);
        peer.check(client_config(), BOTH, &["No peer certificate"]);
    }
}

#[test]
fn every_suite_with_a_client_certificate() {
    for (key, exchanges) in [
        (
            KeyChoice::Rsa,
            &[KeyExchange::Rsa, KeyExchange::EcdheRsa][..],
        ),
        (KeyChoice::P256, &[KeyExchange::EcdheEcdsa]),
    ] {
        let peer = Peer::start(key, true);
        for suite in suites(exchanges) {
            let mut config = only(suite.code);
            config.identities = vec![hr(key)];
            peer.check(config, SHORT, &["CN = hr.example", "Verification: OK"]);
        }
    }
}

#[test]
fn an_application_protocol_is_agreed() {
    let peer = Peer::start(KeyChoice::Rsa, false);
    for (offer, chosen) in [
        (&["http/1.1"][..], Some("http/1.1")),
        (&["http/1.1", "h2"], Some("h2")), // OpenSSL goes by the server's order.
        (&[], None),
    ] {
        let mut config = client_config();
        config.preferences.protocols = offer.iter().map(|name| name.as_bytes().to_vec()).collect();
        let client = Client::new(Arc::new(config), Random::new([1; 32])).unwrap();
        let mut line = Line::new(client, TcpStream::connect(peer.server.address).unwrap());
        let agreement = line.shake_hands().unwrap();
        assert_eq!(agreement.protocol.as_deref(), chosen.map(str::as_bytes));
        line.close();
    }
}

#[test]
fn flights_and_data_may_be_cut_into_small_records() {
    let peer = Peer::start(KeyChoice::Rsa, true);
    for fragment in [2, 50, 1000] {
        for coalesce in [false, true] {
            let mut config = client_config();
            config.identities = vec![hr(KeyChoice::Rsa)];
            config.behaviour.fragment = fragment;
            config.behaviour.coalesce = coalesce;
            peer.check(config, &[1, 5000], &["CN = hr.example", "Verification: OK"]);
        }
    }
}
