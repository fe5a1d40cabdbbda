//! What a whole handshake costs, both ends of it: `cargo bench -p padlock-tls --bench handshake`.
//!
//! rustls does the same in the same run, as the yardstick: same suite, group, signature and
//! certificates, TLS 1.2, no resumption. It has no RSA key transport.

use std::sync::Arc;

use divan::Bencher;
use padlock_pki::demo::{Authority, Holder, KeyChoice, Spec};
use padlock_pki::random::Random;
use padlock_pki::time::UnixSeconds;
use padlock_tls::Status;
use padlock_tls::client::Client;
use padlock_tls::codes::{CipherSuite, NamedGroup, SignatureScheme};
use padlock_tls::config::{
    Behaviour, ClientConfig, ClientTls13, Identity, Preferences, Revocation, ServerConfig,
    ServerTls13,
};
use padlock_tls::server::Server;
use padlock_wire::CodePoint;
use rustls::client::Resumption;
use rustls::crypto::{CryptoProvider, WebPkiSupportedAlgorithms, ring};
use rustls::pki_types::{CertificateDer, PrivatePkcs8KeyDer, UnixTime};
use rustls::server::NoServerSessionStorage;
use rustls::time_provider::TimeProvider;
use rustls::version::TLS12;
use rustls::{ClientConnection, ConnectionCommon, RootCertStore, ServerConnection};

fn main() {
    divan::main();
}

/// What a handshake is made with.
#[derive(Clone, Copy)]
struct Choice {
    name: &'static str,
    key: KeyChoice,
    suite: CipherSuite,
    group: NamedGroup,
    scheme: SignatureScheme,
}

const RSA: Choice = Choice {
    name: "RSA key transport",
    key: KeyChoice::Rsa,
    suite: CipherSuite::TLS_RSA_WITH_AES_128_GCM_SHA256,
    group: NamedGroup::X25519,
    scheme: SignatureScheme::RSA_PSS_RSAE_SHA256,
};

const EPHEMERAL: [Choice; 4] = [
    Choice {
        name: "ECDHE_RSA x25519 rsa_pss_rsae_sha256",
        suite: CipherSuite::TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
        ..RSA
    },
    Choice {
        name: "ECDHE_RSA x25519 rsa_pkcs1_sha256",
        suite: CipherSuite::TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
        scheme: SignatureScheme::RSA_PKCS1_SHA256,
        ..RSA
    },
    Choice {
        name: "ECDHE_ECDSA x25519",
        key: KeyChoice::P256,
        suite: CipherSuite::TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
        group: NamedGroup::X25519,
        scheme: SignatureScheme::ECDSA_SECP256R1_SHA256,
    },
    Choice {
        name: "ECDHE_ECDSA secp256r1",
        key: KeyChoice::P256,
        suite: CipherSuite::TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
        group: NamedGroup::SECP256R1,
        scheme: SignatureScheme::ECDSA_SECP256R1_SHA256,
    },
];

const ALL: [Choice; 5] = [RSA, EPHEMERAL[0], EPHEMERAL[1], EPHEMERAL[2], EPHEMERAL[3]];

impl std::fmt::Display for Choice {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

const NOW: i64 = 1_795_000_000;

#[divan::bench(args = ALL)]
fn padlock(bencher: Bencher<'_, '_>, choice: Choice) {
    ours(bencher, choice, false);
}

#[divan::bench(args = ALL)]
fn padlock_traced(bencher: Bencher<'_, '_>, choice: Choice) {
    ours(bencher, choice, true);
}

fn ours(bencher: Bencher<'_, '_>, choice: Choice, trace: bool) {
    let (anchor, identity) = certificates(choice);
    let preferences = Preferences {
        suites: vec![choice.suite],
        // The curve of the certificate must be offered too (RFC 8422 §5.1.1).
        groups: vec![choice.group, NamedGroup::SECP256R1],
        schemes: vec![choice.scheme],
        ..Preferences::default()
    };
    let behaviour = Behaviour {
        trace,
        coalesce: true,
        fragment: 0,
        ..Behaviour::default()
    };
    let client = Arc::new(ClientConfig {
        server_name: "shop.example".to_owned(),
        anchors: vec![anchor],
        identity: None,
        now: UnixSeconds(NOW),
        preferences: preferences.clone(),
        behaviour,
        revocation: Revocation::default(),
        tls13: ClientTls13::default(),
    });
    let server = Arc::new(ServerConfig {
        identities: vec![identity],
        client_authentication: None,
        now: UnixSeconds(NOW),
        preferences,
        behaviour,
        tls13: ServerTls13::default(),
    });
    let random = Random::new([1; 32]);
    bencher.bench_local(|| {
        let mut server = Server::new(Arc::clone(&server), random.fork("server"));
        let mut client = Client::new(Arc::clone(&client), random.fork("client"))
            .expect("the configuration is good");
        while *client.status() == Status::Handshaking {
            server
                .receive(&client.output())
                .expect("the handshake goes well");
            client
                .receive(&server.output())
                .expect("the handshake goes well");
        }
        assert_eq!(*server.status(), Status::Connected);
        (client.take_events(), server.take_events())
    });
}

fn certificates(choice: Choice) -> (Vec<u8>, Identity) {
    let authority = Authority::new(NOW).expect("the date leaves room");
    let spec = Spec {
        key: choice.key,
        ..Spec::new(Holder::Shop)
    };
    let identity = authority
        .identity(spec)
        .expect("the demonstration can be issued");
    (authority.root().to_vec(), identity)
}

#[divan::bench(args = EPHEMERAL)]
fn rustls(bencher: Bencher<'_, '_>, choice: Choice) {
    let (client, server) = rustls_configurations(choice);
    let name = rustls::pki_types::ServerName::try_from("shop.example").expect("a name");
    bencher.bench_local(|| {
        let mut client = ClientConnection::new(Arc::clone(&client), name.clone())
            .expect("the configuration is good");
        let mut server =
            ServerConnection::new(Arc::clone(&server)).expect("the configuration is good");
        let mut buffer = Vec::with_capacity(1 << 14);
        while client.is_handshaking() || server.is_handshaking() {
            carry(&mut client, &mut server, &mut buffer);
            carry(&mut server, &mut client, &mut buffer);
        }
        (client, server)
    });
}

fn carry<A, B>(from: &mut ConnectionCommon<A>, to: &mut ConnectionCommon<B>, buffer: &mut Vec<u8>) {
    buffer.clear();
    while from.wants_write() {
        from.write_tls(buffer).expect("a vector takes everything");
    }
    let mut rest = buffer.as_slice();
    while !rest.is_empty() {
        to.read_tls(&mut rest).expect("a slice gives everything");
        to.process_new_packets().expect("the handshake goes well");
    }
}

fn rustls_configurations(choice: Choice) -> (Arc<rustls::ClientConfig>, Arc<rustls::ServerConfig>) {
    let (anchor, identity) = certificates(choice);
    let mut roots = RootCertStore::empty();
    roots
        .add(CertificateDer::from(anchor))
        .expect("the root is a certificate");
    let mut client = rustls::ClientConfig::builder_with_details(provider(choice), Arc::new(Clock))
        .with_protocol_versions(&[&TLS12])
        .expect("the suite is of TLS 1.2")
        .with_root_certificates(roots)
        .with_no_client_auth();
    client.resumption = Resumption::disabled();
    let chain = identity
        .chain
        .iter()
        .map(|der| CertificateDer::from(der.clone()))
        .collect();
    let key = identity
        .key
        .to_pkcs8_der()
        .expect("the key has an encoding");
    let mut server = rustls::ServerConfig::builder_with_details(provider(choice), Arc::new(Clock))
        .with_protocol_versions(&[&TLS12])
        .expect("the suite is of TLS 1.2")
        .with_no_client_auth()
        .with_single_cert(chain, PrivatePkcs8KeyDer::from(key).into())
        .expect("the key fits");
    server.session_storage = Arc::new(NoServerSessionStorage {});
    (Arc::new(client), Arc::new(server))
}

fn provider(choice: Choice) -> Arc<CryptoProvider> {
    let mut provider = ring::default_provider();
    let is = |number: u16, wanted: u32| u32::from(number) == wanted;
    provider
        .cipher_suites
        .retain(|suite| is(suite.suite().into(), choice.suite.number()));
    provider
        .kx_groups
        .retain(|group| is(group.name().into(), choice.group.number()));
    let all = provider.signature_verification_algorithms;
    let scheme = all
        .mapping
        .iter()
        .filter(|(scheme, _)| is((*scheme).into(), choice.scheme.number()));
    let mapping = scheme.copied().collect::<Vec<_>>().leak();
    provider.signature_verification_algorithms = WebPkiSupportedAlgorithms { mapping, ..all };
    Arc::new(provider)
}

#[derive(Debug)]
struct Clock;

impl TimeProvider for Clock {
    fn current_time(&self) -> Option<UnixTime> {
        let now = std::time::Duration::from_secs(NOW.try_into().ok()?);
        Some(UnixTime::since_unix_epoch(now))
    }
}
