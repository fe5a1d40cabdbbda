//! What a whole handshake costs, both ends of it: `cargo bench -p padlock-tls --bench handshake`.
//!
//! rustls does the same in the same run, as the yardstick: same suite, group, signature and
//! certificates. It has no RSA key transport and, on ring, no hybrid groups. Of TLS 1.3 there is the
//! full handshake and the resumed one, a ticket each.

use std::sync::Arc;

use divan::Bencher;
use padlock_pki::demo::{Authority, Holder, KeyChoice, Spec};
use padlock_pki::random::Random;
use padlock_pki::time::UnixSeconds;
use padlock_tls::Status;
use padlock_tls::client::Client;
use padlock_tls::codes::{CipherSuite, NamedGroup, ProtocolVersion, SignatureScheme};
use padlock_tls::config::{
    Behaviour, ClientConfig, ClientTls13, Identity, Preferences, Revocation, ServerConfig,
    ServerTls13,
};
use padlock_tls::server::Server;
use padlock_tls::suite::Suite13;
use padlock_wire::CodePoint;
use rustls::client::Resumption;
use rustls::crypto::{CryptoProvider, WebPkiSupportedAlgorithms, ring};
use rustls::pki_types::{CertificateDer, PrivatePkcs8KeyDer, UnixTime};
use rustls::server::NoServerSessionStorage;
use rustls::time_provider::TimeProvider;
use rustls::{
    ClientConnection, ConnectionCommon, RootCertStore, ServerConnection, SupportedProtocolVersion,
    version,
};

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

const TLS13: [Choice; 2] = [
    Choice {
        name: "TLS 1.3 x25519 ECDSA",
        suite: CipherSuite::TLS_AES_128_GCM_SHA256,
        ..EPHEMERAL[2]
    },
    Choice {
        name: "TLS 1.3 secp256r1 ECDSA",
        suite: CipherSuite::TLS_AES_128_GCM_SHA256,
        ..EPHEMERAL[3]
    },
];

const HYBRID: Choice = Choice {
    name: "TLS 1.3 X25519MLKEM768 ECDSA",
    group: NamedGroup::X25519_MLKEM768,
    ..TLS13[0]
};

const ALL: [Choice; 8] = [
    RSA,
    EPHEMERAL[0],
    EPHEMERAL[1],
    EPHEMERAL[2],
    EPHEMERAL[3],
    TLS13[0],
    TLS13[1],
    HYBRID,
];

/// What rustls can do too.
const COMMON: [Choice; 6] = [
    EPHEMERAL[0],
    EPHEMERAL[1],
    EPHEMERAL[2],
    EPHEMERAL[3],
    TLS13[0],
    TLS13[1],
];

impl Choice {
    fn is_tls13(self) -> bool {
        Suite13::of(self.suite).is_some()
    }
}

impl std::fmt::Display for Choice {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

const NOW: i64 = 1_795_000_000;

#[divan::bench(args = ALL)]
fn padlock(bencher: Bencher<'_, '_>, choice: Choice) {
    ours(bencher, choice, false, false);
}

#[divan::bench(args = [TLS13[0], HYBRID])]
fn padlock_resumed(bencher: Bencher<'_, '_>, choice: Choice) {
    ours(bencher, choice, false, true);
}

#[divan::bench(args = ALL)]
fn padlock_traced(bencher: Bencher<'_, '_>, choice: Choice) {
    ours(bencher, choice, true, false);
}

fn ours(bencher: Bencher<'_, '_>, choice: Choice, trace: bool, resumed: bool) {
    let (anchor, identity) = certificates(choice);
    let version = match choice.is_tls13() {
        true => ProtocolVersion::TLS_1_3,
        false => ProtocolVersion::TLS_1_2,
    };
    let preferences = Preferences {
        versions: vec![version],
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
    let mut client = ClientConfig {
        server_name: "shop.example".to_owned(),
        anchors: vec![anchor],
        identities: Vec::new(),
        now: UnixSeconds(NOW),
        preferences: preferences.clone(),
        behaviour,
        revocation: Revocation::default(),
        tls13: ClientTls13::default(),
    };
    let server = Arc::new(ServerConfig {
        identities: vec![identity],
        client_authentication: None,
        now: UnixSeconds(NOW),
        preferences,
        behaviour,
        tls13: ServerTls13 {
            ticket_key: choice.is_tls13().then_some([7; 32]),
            tickets: 1,
            ..ServerTls13::default()
        },
    });
    if resumed {
        let (mut first, _) = connect(&Arc::new(client.clone()), &server);
        client.tls13.psks = first.take_tickets();
        assert!(!client.tls13.psks.is_empty(), "there is a ticket");
    }
    let client = Arc::new(client);
    bencher.bench_local(|| {
        let (mut client, mut server) = connect(&client, &server);
        let psk = client.agreement().and_then(|agreement| agreement.psk);
        assert_eq!(psk.is_some(), resumed);
        (client.take_events(), server.take_events())
    });
}

fn connect(client: &Arc<ClientConfig>, server: &Arc<ServerConfig>) -> (Client, Server) {
    let random = Random::new([1; 32]);
    let mut server = Server::new(Arc::clone(server), random.fork("server"));
    let mut client =
        Client::new(Arc::clone(client), random.fork("client")).expect("the configuration is good");
    loop {
        let output = client.output();
        if output.is_empty() {
            break;
        }
        server.receive(&output).expect("the handshake goes well");
        let answer = server.output();
        client.receive(&answer).expect("the handshake goes well");
    }
    assert_eq!(*client.status(), Status::Connected);
    assert_eq!(*server.status(), Status::Connected);
    (client, server)
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

#[divan::bench(args = COMMON)]
fn rustls(bencher: Bencher<'_, '_>, choice: Choice) {
    theirs(bencher, choice, false);
}

#[divan::bench(args = [TLS13[0]])]
fn rustls_resumed(bencher: Bencher<'_, '_>, choice: Choice) {
    theirs(bencher, choice, true);
}

fn theirs(bencher: Bencher<'_, '_>, choice: Choice, resumed: bool) {
    let (mut client, server) = rustls_configurations(choice);
    if resumed {
        Arc::make_mut(&mut client).resumption = Resumption::in_memory_sessions(4);
    }
    let name = rustls::pki_types::ServerName::try_from("shop.example").expect("a name");
    let connect = || {
        let mut client = ClientConnection::new(Arc::clone(&client), name.clone())
            .expect("the configuration is good");
        let mut server =
            ServerConnection::new(Arc::clone(&server)).expect("the configuration is good");
        let mut buffer = Vec::with_capacity(1 << 14);
        while client.is_handshaking() || server.is_handshaking() {
            carry(&mut client, &mut server, &mut buffer);
            carry(&mut server, &mut client, &mut buffer);
        }
        // What is sent behind the handshake: tickets.
        carry(&mut server, &mut client, &mut buffer);
        (client, server)
    };
    // The first gives what the others resume with.
    drop(connect());
    bencher.bench_local(|| {
        let (client, server) = connect();
        let kind = client.handshake_kind();
        assert_eq!(kind == Some(rustls::HandshakeKind::Resumed), resumed);
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
        .with_protocol_versions(&[rustls_version(choice)])
        .expect("the suite is of that version")
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
        .with_protocol_versions(&[rustls_version(choice)])
        .expect("the suite is of that version")
        .with_no_client_auth()
        .with_single_cert(chain, PrivatePkcs8KeyDer::from(key).into())
        .expect("the key fits");
    match choice.is_tls13() {
        true => {
            server.ticketer = ring::Ticketer::new().expect("there is entropy");
            server.send_tls13_tickets = 1;
        }
        false => server.session_storage = Arc::new(NoServerSessionStorage {}),
    }
    (Arc::new(client), Arc::new(server))
}

fn rustls_version(choice: Choice) -> &'static SupportedProtocolVersion {
    match choice.is_tls13() {
        true => &version::TLS13,
        false => &version::TLS12,
    }
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
