//! Client and server with each other: what every handshake must show, whatever is chosen.

#![expect(
    clippy::unwrap_used,
    reason = "what a test needs and does not get fails it"
)]

use std::sync::Arc;

use padlock_pki::demo::{self, Authority, Condition, Holder, KeyChoice};
use padlock_pki::issue::{self, Issuer, KeyUsage, Subject, Template};
use padlock_pki::key::PrivateKey;
use padlock_pki::random::Random;
use padlock_pki::signature::SignatureAlgorithm;
use padlock_pki::time::UnixSeconds;
use padlock_pki::verify::Failure;
use padlock_tls::Status;
use padlock_tls::client::Client;
use padlock_tls::codes::{
    AlertDescription, CipherSuite, ExtensionType, HandshakeType, NameType, NamedGroup,
    ProtocolVersion, SignatureScheme,
};
use padlock_tls::config::{
    Behaviour, ClientAuthentication, ClientConfig, ClientTls13, Identity, Preferences, Revocation,
    ServerConfig, ServerTls13,
};
use padlock_tls::error::ErrorKind;
use padlock_tls::messages::{Body, ExtensionBody, Handshake, ServerName};
use padlock_tls::run::{Run, Trace};
use padlock_tls::server::Server;
use padlock_tls::suite::{KeyExchange, Suite};
use padlock_tls::trace::{Direction, EventKind, MessageKind, Party};
use padlock_tls::value::ValueName;
use padlock_wire::Structure;

const NOW: i64 = 1_795_000_000;

struct Setup {
    client: ClientConfig,
    server: ServerConfig,
}

impl Setup {
    fn new(key: KeyChoice) -> Self {
        Self::with(demo::Spec {
            key,
            ..demo::Spec::new(Holder::Shop)
        })
    }

    fn with(spec: demo::Spec) -> Self {
        let authority = Authority::new(NOW).unwrap();
        let behaviour = Behaviour {
            trace: true,
            ..Behaviour::default()
        };
        let preferences = Preferences::default();
        Self {
            client: ClientConfig {
                server_name: "shop.example".to_owned(),
                anchors: vec![authority.root().to_vec()],
                identities: Vec::new(),
                now: UnixSeconds(NOW),
                preferences: preferences.clone(),
                behaviour,
                revocation: Revocation::default(),
                tls13: ClientTls13::default(),
            },
            server: ServerConfig {
                identities: vec![authority.identity(spec).unwrap()],
                client_authentication: None,
                now: UnixSeconds(NOW),
                preferences,
                behaviour,
                tls13: ServerTls13::default(),
            },
        }
    }

    fn run(self) -> Run {
        let random = Random::new([7; 32]);
        let mut run = Run::new(Arc::new(self.client), Arc::new(self.server), &random).unwrap();
        while run.step() {}
        run
    }
}

/// The values of this name that `party` reported.
fn values(trace: &Trace, party: Party, name: ValueName) -> Vec<Vec<u8>> {
    let of = |event: &padlock_tls::trace::Event| match &event.kind {
        EventKind::Value(value) if event.party == party && value.name == name => {
            Some(value.output.clone())
        }
        _ => None,
    };
    trace.events.iter().filter_map(of).collect()
}

#[track_caller]
fn check_agreement(trace: &Trace, name: ValueName) {
    let client = values(trace, Party::Client, name);
    assert!(!client.is_empty(), "{name}");
    assert_eq!(client, values(trace, Party::Server, name), "{name}");
}

#[track_caller]
fn check_conversation(mut run: Run) {
    assert_eq!(*run.status(Party::Client), Status::Connected);
    assert_eq!(*run.status(Party::Server), Status::Connected);
    for name in [
        ValueName::PreMasterSecret,
        ValueName::MasterSecret,
        ValueName::KeyBlock,
        ValueName::WriteKey(Party::Client),
        ValueName::WriteKey(Party::Server),
        ValueName::VerifyData(Party::Client),
        ValueName::VerifyData(Party::Server),
    ] {
        check_agreement(run.trace(), name);
    }
    for (from, text) in [
        (Party::Client, &b"Can you read this?"[..]),
        (Party::Server, b"Yes."),
    ] {
        run.send(from, text).unwrap();
        while run.step() {}
        assert_eq!(run.received(from.peer()), text);
        let plain = run.trace().wire.iter().any(|transfer| {
            transfer
                .bytes
                .windows(text.len())
                .any(|window| window == text)
        });
        assert!(!plain, "the wire shows {text:?}");
    }
    run.close(Party::Client);
    while run.step() {}
    assert_eq!(*run.status(Party::Client), Status::Closed);
    assert_eq!(*run.status(Party::Server), Status::Closed);
    check_trees(run.trace());
    check_wire(run.trace());
}

/// Every tree covers its bytes.
#[track_caller]
fn check_trees(trace: &Trace) {
    for event in &trace.events {
        let (bytes, tree) = match &event.kind {
            EventKind::Message(message) => (&message.bytes, &message.tree),
            EventKind::Record(record) => (&record.bytes, &record.tree),
            _ => continue,
        };
        assert_eq!(tree.range, 0..bytes.len(), "{tree}");
        assert_eq!(tree.gap(), None, "{tree}");
    }
}

/// What the parties report as sent and received is what the wire carried.
#[track_caller]
fn check_wire(trace: &Trace) {
    for party in [Party::Client, Party::Server] {
        let reported = |who: Party, which: Direction| -> Vec<u8> {
            let bytes = trace.events.iter().filter_map(|event| match &event.kind {
                EventKind::Record(record) if event.party == who && record.direction == which => {
                    Some(record.bytes.clone())
                }
                _ => None,
            });
            bytes.flatten().collect()
        };
        let carried = trace.wire.iter().filter(|transfer| transfer.from == party);
        let carried: Vec<u8> = carried
            .flat_map(|transfer| transfer.bytes.clone())
            .collect();
        assert!(
            reported(party, Direction::Sent) == carried,
            "what {party:?} sent"
        );
        // Who refuses reads no further.
        let received = reported(party.peer(), Direction::Received);
        assert!(
            carried.starts_with(&received),
            "what {party:?}'s peer received"
        );
    }
}

fn key_for(exchange: KeyExchange) -> KeyChoice {
    match exchange {
        KeyExchange::Rsa | KeyExchange::EcdheRsa => KeyChoice::Rsa,
        KeyExchange::EcdheEcdsa => KeyChoice::P256,
    }
}

#[test]
fn every_suite_connects() {
    for suite in Suite::ALL {
        for (extended_master_secret, encrypt_then_mac) in [(true, true), (false, false)] {
            let mut setup = Setup::new(key_for(suite.key_exchange));
            setup.client.preferences.suites = vec![suite.code];
            setup.client.preferences.extended_master_secret = extended_master_secret;
            setup.client.preferences.encrypt_then_mac = encrypt_then_mac;
            check_conversation(setup.run());
        }
    }
}

#[test]
fn every_group_connects() {
    for group in Preferences::default().groups {
        let mut setup = Setup::new(KeyChoice::Rsa);
        setup.client.preferences.groups = vec![group];
        let run = setup.run();
        let agreed = run
            .trace()
            .events
            .iter()
            .rev()
            .find_map(|event| match &event.kind {
                EventKind::Agreed(agreement) if event.party == Party::Client => agreement.group,
                _ => None,
            });
        assert_eq!(agreed, Some(group));
        check_conversation(run);
    }
}

#[test]
fn every_signature_algorithm_and_key_connects() {
    let rsa = KeyChoice::Rsa;
    for (key, scheme) in [
        (rsa, SignatureScheme::RSA_PKCS1_SHA256),
        (rsa, SignatureScheme::RSA_PKCS1_SHA384),
        (rsa, SignatureScheme::RSA_PKCS1_SHA512),
        (rsa, SignatureScheme::RSA_PSS_RSAE_SHA256),
        (rsa, SignatureScheme::RSA_PSS_RSAE_SHA384),
        (rsa, SignatureScheme::RSA_PSS_RSAE_SHA512),
        (KeyChoice::P256, SignatureScheme::ECDSA_SECP256R1_SHA256),
        (KeyChoice::P384, SignatureScheme::ECDSA_SECP384R1_SHA384),
        (KeyChoice::Ed25519, SignatureScheme::ED25519),
    ] {
        let mut setup = Setup::new(key);
        setup.client.preferences.schemes = vec![scheme];
        ask_for_client_certificate(&mut setup, key, true);
        let run = setup.run();
        check_agreement(run.trace(), ValueName::KeyExchangeSignature);
        check_agreement(run.trace(), ValueName::CertificateVerifySignature);
        check_conversation(run);
    }
}

fn ask_for_client_certificate(setup: &mut Setup, key: KeyChoice, present: bool) {
    let authority = Authority::new(NOW).unwrap();
    let spec = demo::Spec {
        key,
        ..demo::Spec::new(Holder::Hr)
    };
    let own = present.then(|| authority.identity(spec).unwrap());
    setup.client.identities = own.into_iter().collect();
    setup.server.client_authentication = Some(ClientAuthentication::new(
        vec![authority.root().to_vec()],
        true,
    ));
}

#[test]
fn rsa_key_transport_with_client_certificate() {
    let mut setup = Setup::new(KeyChoice::Rsa);
    setup.client.preferences.suites = vec![CipherSuite::TLS_RSA_WITH_AES_128_GCM_SHA256];
    ask_for_client_certificate(&mut setup, KeyChoice::Rsa, true);
    check_conversation(setup.run());
}

#[test]
fn flights_may_share_records_and_messages_may_span_them() {
    for (coalesce, fragment) in [(true, 0), (false, 50), (true, 1)] {
        let mut setup = Setup::new(KeyChoice::Rsa);
        for behaviour in [&mut setup.client.behaviour, &mut setup.server.behaviour] {
            *behaviour = Behaviour {
                trace: true,
                coalesce,
                fragment,
                ..Behaviour::default()
            };
        }
        check_conversation(setup.run());
    }
}

#[test]
fn the_same_seed_gives_the_same_bytes() {
    let wire = || Setup::new(KeyChoice::Rsa).run().trace().wire.clone();
    assert_eq!(wire(), wire());
}

#[test]
fn refusals_send_their_alert() {
    #[track_caller]
    fn check(setup: Setup, party: Party, kind: ErrorKind, alert: AlertDescription) {
        let run = setup.run();
        let failed = |who| match run.status(who) {
            Status::Failed(error) => error.kind.clone(),
            status => panic!("{who:?} is {status:?}"),
        };
        assert_eq!(failed(party), kind);
        assert_eq!(failed(party.peer()), ErrorKind::PeerAlert(alert));
        check_trees(run.trace());
        check_wire(run.trace());
    }
    let conditions = [
        (
            Condition::Expired,
            Failure::Expired,
            AlertDescription::CERTIFICATE_EXPIRED,
        ),
        (
            Condition::NotYetValid,
            Failure::NotYetValid,
            AlertDescription::CERTIFICATE_EXPIRED,
        ),
        (
            Condition::WrongName,
            Failure::NameMismatch,
            AlertDescription::BAD_CERTIFICATE,
        ),
        (
            Condition::UnknownAuthority,
            Failure::UnknownIssuer,
            AlertDescription::UNKNOWN_CA,
        ),
    ];
    for (condition, failure, alert) in conditions {
        let setup = Setup::with(demo::Spec {
            condition,
            ..demo::Spec::new(Holder::Shop)
        });
        check(setup, Party::Client, ErrorKind::Certificate(failure), alert);
    }
    let handshake_failure = AlertDescription::HANDSHAKE_FAILURE;

    let mut setup = Setup::new(KeyChoice::Rsa);
    setup.client.preferences.suites = vec![CipherSuite::TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256];
    check(
        setup,
        Party::Server,
        ErrorKind::NoCommonSuite,
        handshake_failure,
    );

    let mut setup = Setup::new(KeyChoice::Rsa);
    setup.client.preferences.suites = vec![CipherSuite::TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256];
    setup.client.preferences.groups = vec![NamedGroup::X448];
    check(
        setup,
        Party::Server,
        ErrorKind::NoCommonSuite,
        handshake_failure,
    );

    let mut setup = Setup::new(KeyChoice::Rsa);
    setup.client.preferences.suites = vec![CipherSuite::TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256];
    setup.client.preferences.schemes = vec![SignatureScheme::ED25519];
    check(
        setup,
        Party::Server,
        ErrorKind::NoCommonSignature,
        handshake_failure,
    );

    let mut setup = Setup::new(KeyChoice::Rsa);
    setup.client.preferences.protocols = vec![b"h2".to_vec()];
    setup.server.preferences.protocols = vec![b"http/1.1".to_vec()];
    let alert = AlertDescription::NO_APPLICATION_PROTOCOL;
    check(setup, Party::Server, ErrorKind::NoCommonProtocol, alert);

    let mut setup = Setup::new(KeyChoice::Rsa);
    ask_for_client_certificate(&mut setup, KeyChoice::Rsa, false);
    check(
        setup,
        Party::Server,
        ErrorKind::NoCertificate,
        handshake_failure,
    );

    let mut setup = Setup::new(KeyChoice::Rsa);
    ask_for_client_certificate(&mut setup, KeyChoice::Rsa, true);
    let unknown = Authority::unknown(NOW).unwrap();
    setup.client.identities = vec![unknown.identity(demo::Spec::new(Holder::Hr)).unwrap()];
    let kind = ErrorKind::Certificate(Failure::UnknownIssuer);
    check(setup, Party::Server, kind, AlertDescription::UNKNOWN_CA);
}

/// The extensions of a `ClientHello` or `ServerHello`.
fn extension(bytes: &[u8], kind: ExtensionType) -> Option<ExtensionBody> {
    let decoded = Handshake::expecting(None).decode_into(bytes);
    match decoded.value.unwrap().body {
        Body::ClientHello(hello) => hello.extension(kind).cloned(),
        Body::ServerHello(hello) => hello.extension(kind).cloned(),
        other => panic!("{other:?} is no hello"),
    }
}

#[test]
fn only_host_names_are_sent() {
    for (name, expected) in [
        ("shop.example", Some("shop.example")),
        ("shop.example.", Some("shop.example")),
        ("2001:db8::1", None),
        ("[2001:db8::1]", None),
        ("192.0.2.1", None),
    ] {
        for versions in [
            vec![ProtocolVersion::TLS_1_2],
            Preferences::modern().versions,
        ] {
            let mut config = Setup::new(KeyChoice::Rsa).client;
            config.server_name = name.to_owned();
            config.preferences = Preferences::modern();
            config.preferences.versions = versions;
            let mut client = Client::new(Arc::new(config), Random::new([1; 32])).unwrap();
            let sent = extension(&client.output()[5..], ExtensionType::SERVER_NAME);
            let expected = expected.map(|host| {
                ExtensionBody::ServerNames(vec![ServerName {
                    kind: NameType::HOST_NAME,
                    name: host.as_bytes().to_vec(),
                }])
            });
            assert_eq!(sent, expected, "{name}");
        }
    }
    for name in ["", "bücher.example", "shop example", "[shop.example]"] {
        let mut config = Setup::new(KeyChoice::Rsa).client;
        config.server_name = name.to_owned();
        let refused = Client::new(Arc::new(config), Random::new([1; 32]));
        let kind = refused.unwrap_err().kind;
        assert!(matches!(kind, ErrorKind::Internal(_)), "{name}: {kind}");
    }
}

/// Lets both speak this version only.
fn speak(setup: &mut Setup, version: ProtocolVersion) {
    for preferences in [&mut setup.client.preferences, &mut setup.server.preferences] {
        *preferences = Preferences::modern();
        preferences.versions = vec![version];
    }
}

const VERSIONS: [ProtocolVersion; 2] = [ProtocolVersion::TLS_1_2, ProtocolVersion::TLS_1_3];

#[test]
fn the_certificate_is_chosen_by_name() {
    for version in VERSIONS {
        let mut setup = Setup::new(KeyChoice::P256);
        speak(&mut setup, version);
        let other = demo::Spec::new(Holder::Payroll);
        let other = Authority::new(NOW).unwrap().identity(other).unwrap();
        setup.server.identities.insert(0, other);
        let run = setup.run();
        assert_eq!(*run.status(Party::Client), Status::Connected, "{version}");
    }
}

#[test]
fn a_name_is_acknowledged_only_by_a_certificate_for_it() {
    for (condition, expected) in [
        (Condition::Good, Some(ExtensionBody::Empty)),
        (Condition::WrongName, None),
    ] {
        let run = Setup::with(demo::Spec {
            condition,
            ..demo::Spec::new(Holder::Shop)
        })
        .run();
        let mut events = run.trace().events.iter();
        let hello = events.find_map(|event| match &event.kind {
            EventKind::Message(message)
                if message.kind == MessageKind::Handshake(HandshakeType::SERVER_HELLO) =>
            {
                Some(&message.bytes)
            }
            _ => None,
        });
        let answer = extension(hello.unwrap(), ExtensionType::SERVER_NAME);
        assert_eq!(answer, expected, "{condition:?}");
    }
}

/// Lets the server show a certificate for its RSA key with this key usage.
fn certify(setup: &mut Setup, usage: KeyUsage) {
    let (root, identity) = certified(KeyChoice::Rsa, usage);
    setup.client.anchors = vec![root];
    setup.server.identities = vec![identity];
}

/// A certificate for this key with this key usage, and its authority's.
fn certified(key: KeyChoice, usage: KeyUsage) -> (Vec<u8>, Identity) {
    let (from, until) = (NOW - 1000, NOW + 1000);
    let root = Subject::new().common_name("Root");
    let root_key = Holder::Hr.key(KeyChoice::P256);
    let issuer = Issuer {
        subject: &root,
        key: root_key,
        algorithm: SignatureAlgorithm::EcdsaP256Sha256,
    };
    let issue = |template: &Template, key: &PrivateKey| {
        let random = &mut Random::new([5; 32]);
        issue::issue(template, key.public_key(), &issuer, random).unwrap()
    };
    let authority = Template::authority(root.clone(), from, until);
    let anchor = issue(&authority, root_key);
    let subject = Subject::new().common_name("Shop");
    let mut template = Template::end_entity(subject, &["shop.example"], from, until);
    template.key_usage = vec![usage];
    let key = Holder::Shop.key(key).clone();
    let chain = vec![issue(&template, &key)];
    (anchor, Identity { chain, key })
}

#[test]
fn the_suite_is_chosen_by_the_key_usage() {
    for (usage, expected) in [
        (KeyUsage::KeyEncipherment, KeyExchange::Rsa),
        (KeyUsage::DigitalSignature, KeyExchange::EcdheRsa),
    ] {
        let mut setup = Setup::new(KeyChoice::Rsa);
        certify(&mut setup, usage);
        let run = setup.run();
        assert_eq!(*run.status(Party::Client), Status::Connected);
        let mut events = run.trace().events.iter();
        let agreed = events.find_map(|event| match &event.kind {
            EventKind::Agreed(agreement) => Some(agreement.suite),
            _ => None,
        });
        let suite = Suite::of(agreed.unwrap()).unwrap();
        assert_eq!(suite.key_exchange, expected);
    }
    let mut setup = Setup::new(KeyChoice::Rsa);
    certify(&mut setup, KeyUsage::KeyEncipherment);
    speak(&mut setup, ProtocolVersion::TLS_1_3);
    match setup.run().status(Party::Server) {
        Status::Failed(error) => assert_eq!(error.kind, ErrorKind::NoCommonSignature),
        other => panic!("{other:?}"),
    }
}

/// RFC 5246 §7.4.6, §7.4.8; RFC 9846 §4.5.1.2: then the client shows none and proves nothing.
#[test]
fn a_client_shows_no_certificate_that_does_not_allow_signatures() {
    for version in VERSIONS {
        let (_, good) = certified(KeyChoice::P256, KeyUsage::DigitalSignature);
        let (_, other) = certified(KeyChoice::P256, KeyUsage::KeyAgreement);
        let empty = Identity {
            chain: Vec::new(),
            key: good.key.clone(),
        };
        for (identity, shown) in [(good, true), (other, false), (empty, false)] {
            let mut setup = Setup::new(KeyChoice::Rsa);
            speak(&mut setup, version);
            ask_for_client_certificate(&mut setup, KeyChoice::P256, false);
            setup.client.identities = vec![identity];
            let run = setup.run();
            let sent = |kind: HandshakeType| {
                run.trace().events.iter().any(|event| {
                    matches!(&event.kind, EventKind::Message(message)
                        if message.direction == Direction::Sent
                            && event.party == Party::Client
                            && message.kind == MessageKind::Handshake(kind))
                })
            };
            assert!(sent(HandshakeType::CERTIFICATE), "{version}");
            assert_eq!(sent(HandshakeType::CERTIFICATE_VERIFY), shown, "{version}");
            let Status::Failed(error) = run.status(Party::Server) else {
                panic!("the certificate is no client's, or there is none");
            };
            let none = [ErrorKind::NoCertificate, ErrorKind::CertificateRequired];
            assert_eq!(none.contains(&error.kind), !shown, "{version}: {error}");
        }
    }
}

#[test]
fn a_client_is_named_only_once_it_has_proved_it() {
    // TLS 1.2: Certificate, ClientKeyExchange, CertificateVerify, ChangeCipherSpec, Finished;
    // TLS 1.3: ChangeCipherSpec, Certificate, CertificateVerify, Finished.
    for (version, expected) in VERSIONS
        .into_iter()
        .zip([&[0, 0, 2, 2, 2][..], &[0, 0, 2, 2]])
    {
        let mut setup = Setup::new(KeyChoice::Rsa);
        speak(&mut setup, version);
        ask_for_client_certificate(&mut setup, KeyChoice::P256, true);
        let mut client = Client::new(Arc::new(setup.client), Random::new([1; 32])).unwrap();
        let mut server = Server::new(Arc::new(setup.server), Random::new([2; 32]));
        server.receive(&client.output()).unwrap();
        client.receive(&server.output()).unwrap();
        let flight = client.output();
        let mut rest = &flight[..];
        let mut shown = Vec::new();
        while let [_, _, _, high, low, ..] = rest {
            let length = usize::from(u16::from_be_bytes([*high, *low]));
            let record;
            (record, rest) = rest.split_at(5 + length);
            server.receive(record).unwrap();
            shown.push(server.client_certificates().len());
        }
        assert_eq!(shown, expected, "{version}");
    }
}
