//! Peers that do not keep to the standard, and what they are told.

use std::sync::Arc;

use padlock_pki::demo::KeyChoice;
use padlock_pki::random::Random;
use padlock_tls::client::Client;
use padlock_tls::codes::{
    AlertDescription as Alert, CipherSuite, CompressionMethod, ContentType, ExtensionType,
    HandshakeType, KeyUpdateRequest, NamedGroup, ProtocolVersion, SignatureScheme,
};
use padlock_tls::config::{ClientAuthentication, ClientConfig, Preferences, ServerConfig};
use padlock_tls::crypto::aead::Aead;
use padlock_tls::error::Error;
use padlock_tls::messages::tls13::{
    Certificate, EncryptedExtensions, EndOfEarlyData, KeyUpdate, NewSessionTicket,
};
use padlock_tls::messages::{
    Body, ClientHello, Extension, ExtensionBody, Form, HELLO_RETRY_REQUEST, Handshake,
    HelloRequest, KeyShareEntry, OfferedPsks, PskIdentity, ServerHello,
};
use padlock_tls::record::{Protector, Sender, WriteKeys};
use padlock_tls::report::Reporter;
use padlock_tls::schedule::tls13::TrafficSecret;
use padlock_tls::server::Server;
use padlock_tls::trace::{Direction, Event, EventKind, MessageKind, Party};
use padlock_tls::value::{Epoch, ValueName};
use padlock_wire::{CodePoint, Structure};

use crate::certificates::{authority, hr};
use crate::pair::configs;

/// Both, with certificates, a suite and a group.
fn setting() -> (ClientConfig, ServerConfig) {
    let (mut client, mut server) = configs();
    client.identity = Some(hr(KeyChoice::P256));
    client.preferences.suites = vec![CipherSuite::TLS_AES_128_GCM_SHA256];
    let anchors = vec![authority().root().to_vec()];
    let required = true;
    server.client_authentication = Some(ClientAuthentication { anchors, required });
    (client, server)
}

fn client() -> (Client, Vec<u8>) {
    let mut client = Client::new(Arc::new(setting().0), Random::new([1; 32])).unwrap();
    let hello = client.output();
    (client, hello)
}

fn server() -> Server {
    Server::new(Arc::new(setting().1), Random::new([2; 32]))
}

/// The handshake messages that a party sent, and what protects those behind the hellos.
struct Flight {
    messages: Vec<Vec<u8>>,
    secrets: Vec<(Epoch, Vec<u8>)>,
    party: Party,
}

impl Flight {
    fn new(events: &[Event], party: Party) -> Self {
        let mut flight = Self {
            messages: Vec::new(),
            secrets: Vec::new(),
            party,
        };
        for event in events {
            match &event.kind {
                EventKind::Message(message)
                    if message.direction == Direction::Sent
                        && message.kind != MessageKind::ChangeCipherSpec =>
                {
                    flight.messages.push(message.bytes.clone());
                }
                EventKind::Value(value) => match value.name {
                    ValueName::TrafficSecret(owner, epoch) if owner == party => {
                        flight.secrets.push((epoch, value.output.clone()));
                    }
                    _ => {}
                },
                _ => {}
            }
        }
        flight
    }

    /// The server's, in answer to our client.
    fn of_server() -> Self {
        let mut server = server();
        server.receive(&client().1).unwrap();
        Self::new(&server.take_events(), Party::Server)
    }

    /// The client's, in answer to our server.
    fn of_client() -> Self {
        let (mut client, hello) = client();
        let mut server = server();
        server.receive(&hello).unwrap();
        client.receive(&server.output()).unwrap();
        Self::new(&client.take_events(), Party::Client)
    }

    /// What makes protected records of this epoch.
    fn sender(&self, epoch: Epoch) -> Sender {
        let mut sender = Sender::new(Random::new([0; 32]), false);
        let (_, bytes) = self.secrets.iter().find(|(one, _)| *one == epoch).unwrap();
        let hash = padlock_pki::digest::Hash::Sha256;
        let secret = TrafficSecret::known(hash, self.party, epoch, bytes.clone());
        let keys = secret.keys(Aead::Aes128Gcm, &mut Reporter::new(self.party, false));
        let keys = WriteKeys {
            name: ValueName::TrafficKey(self.party, epoch),
            mac_key: &[],
            key: &keys.key,
            iv: &keys.iv,
        };
        sender.set_protection(Protector::tls13(Aead::Aes128Gcm, keys).unwrap());
        sender
    }
}

fn encode(body: impl Into<Body>) -> Vec<u8> {
    Handshake::new(body).encode().unwrap().bytes
}

fn decode(bytes: &[u8]) -> Body {
    let decoded = Handshake::expecting(Form::Tls13).decode_into(bytes);
    decoded.value.unwrap().body
}

fn record(content: &[u8]) -> Vec<u8> {
    let mut sender = Sender::new(Random::new([0; 32]), false);
    sender.send(ContentType::HANDSHAKE, content).unwrap();
    sender.take_output()
}

fn protected(sender: &mut Sender, content_type: ContentType, content: &[u8]) -> Vec<u8> {
    sender.send(content_type, content).unwrap();
    sender.take_output()
}

/// Messages that are well-formed and out of place nearly everywhere.
fn strangers() -> Vec<Vec<u8>> {
    vec![
        encode(HelloRequest),
        encode(EndOfEarlyData),
        encode(KeyUpdate::default()),
        encode(NewSessionTicket {
            ticket: vec![1],
            ..NewSessionTicket::default()
        }),
        vec![99, 0, 0, 1, 7],
    ]
}

fn alert(outcome: Result<(), Error>) -> Option<Alert> {
    outcome.err().and_then(|error| error.alert())
}

/// What a message leads to that is not awaited after so many others.
#[track_caller]
fn check_stranger(length: usize, kind: HandshakeType, found: Option<Alert>) {
    match (length, kind) {
        // As long as it may become TLS 1.2, a client ignores this one (RFC 5246 §7.4.1.1)…
        (0, HandshakeType::HELLO_REQUEST) if found.is_none() => {}
        // …and these are read in their older form.
        (0, HandshakeType::CERTIFICATE | HandshakeType::CERTIFICATE_REQUEST)
            if found == Some(Alert::DECODE_ERROR) => {}
        _ => assert_eq!(
            found,
            Some(Alert::UNEXPECTED_MESSAGE),
            "{kind} after {length}"
        ),
    }
}

#[test]
fn a_client_is_sent_every_message_in_every_state() {
    let flight = Flight::of_server();
    let mut others = strangers();
    others.extend(flight.messages.iter().cloned());
    others.extend(Flight::of_client().messages);
    // ServerHello, EncryptedExtensions, CertificateRequest, Certificate, CertificateVerify, Finished.
    assert_eq!(flight.messages.len(), 6);
    for length in 0..flight.messages.len() {
        for other in &others {
            let expected = HandshakeType(flight.messages[length][0]);
            let found = HandshakeType(other[0]);
            // The request may be left out.
            let may_come = found == expected
                || expected == HandshakeType::CERTIFICATE_REQUEST
                    && found == HandshakeType::CERTIFICATE;
            if may_come {
                continue;
            }
            let (mut client, _) = client();
            let mut sender = flight.sender(Epoch::Handshake);
            for (place, message) in flight.messages[..length].iter().enumerate() {
                let bytes = match place {
                    0 => record(message),
                    _ => protected(&mut sender, ContentType::HANDSHAKE, message),
                };
                client.receive(&bytes).unwrap();
            }
            let bytes = match length {
                0 => record(other),
                _ => protected(&mut sender, ContentType::HANDSHAKE, other),
            };
            let outcome = client.receive(&bytes);
            check_stranger(length, found, alert(outcome));
        }
    }
}

#[test]
fn a_server_is_sent_every_message_in_every_state() {
    let flight = Flight::of_client();
    let mut others = strangers();
    others.extend(flight.messages.iter().cloned());
    others.extend(Flight::of_server().messages);
    // ClientHello, Certificate, CertificateVerify, Finished.
    assert_eq!(flight.messages.len(), 4);
    for length in 0..flight.messages.len() {
        for other in &others {
            let expected = flight.messages[length][0];
            if other[0] == expected {
                continue;
            }
            let mut server = server();
            let mut sender = flight.sender(Epoch::Handshake);
            for (place, message) in flight.messages[..length].iter().enumerate() {
                let bytes = match place {
                    0 => record(message),
                    _ => protected(&mut sender, ContentType::HANDSHAKE, message),
                };
                server.receive(&bytes).unwrap();
            }
            let bytes = match length {
                0 => record(other),
                _ => protected(&mut sender, ContentType::HANDSHAKE, other),
            };
            let outcome = server.receive(&bytes);
            check_stranger(length, HandshakeType(other[0]), alert(outcome));
        }
    }
}

#[test]
fn other_records_are_out_of_place_in_a_handshake() {
    let flight = Flight::of_server();
    for length in 1..flight.messages.len() {
        for (content_type, content, expected) in [
            (
                ContentType::APPLICATION_DATA,
                &b"x"[..],
                Alert::UNEXPECTED_MESSAGE,
            ),
            (
                ContentType::CHANGE_CIPHER_SPEC,
                &[1],
                Alert::UNEXPECTED_MESSAGE,
            ),
            (ContentType(99), &[1], Alert::UNEXPECTED_MESSAGE),
        ] {
            let (mut client, _) = client();
            let mut sender = flight.sender(Epoch::Handshake);
            client.receive(&record(&flight.messages[0])).unwrap();
            for message in &flight.messages[1..length] {
                let bytes = protected(&mut sender, ContentType::HANDSHAKE, message);
                client.receive(&bytes).unwrap();
            }
            let bytes = protected(&mut sender, content_type, content);
            assert_eq!(alert(client.receive(&bytes)), Some(expected));
        }
    }
    // ChangeCipherSpec in clear is dropped, unless it is not one.
    for (content, expected) in [(1, None), (2, Some(Alert::UNEXPECTED_MESSAGE))] {
        let (mut client, _) = client();
        client.receive(&record(&flight.messages[0])).unwrap();
        let bytes = [20, 3, 3, 0, 1, content];
        assert_eq!(alert(client.receive(&bytes)), expected);
    }
    // After the first protected record nothing is in clear, not even an alert.
    let (mut client, _) = client();
    client.receive(&record(&flight.messages[0])).unwrap();
    let mut sender = flight.sender(Epoch::Handshake);
    let bytes = protected(&mut sender, ContentType::HANDSHAKE, &flight.messages[1]);
    client.receive(&bytes).unwrap();
    let found = alert(client.receive(&[21, 3, 3, 0, 2, 2, 40]));
    assert_eq!(found, Some(Alert::UNEXPECTED_MESSAGE));
}

/// The client's alert for a flight in which this message is another.
#[track_caller]
fn check_flight(place: usize, change: impl FnOnce(&mut Body), expected: Alert) {
    let flight = Flight::of_server();
    let mut body = decode(&flight.messages[place]);
    change(&mut body);
    let changed = encode(body);
    let (mut client, _) = client();
    let mut sender = flight.sender(Epoch::Handshake);
    client.receive(&record(&flight.messages[0])).unwrap();
    for message in &flight.messages[1..place] {
        let bytes = protected(&mut sender, ContentType::HANDSHAKE, message);
        client.receive(&bytes).unwrap();
    }
    let bytes = protected(&mut sender, ContentType::HANDSHAKE, &changed);
    assert_eq!(alert(client.receive(&bytes)), Some(expected));
}

#[test]
fn what_is_wrong_in_a_flight_is_told() {
    let add = |kind, body| {
        move |message: &mut Body| {
            if let Body::EncryptedExtensions(EncryptedExtensions { extensions }) = message {
                extensions.push(Extension::new(kind, body));
            }
        }
    };
    let unknown = ExtensionBody::Unknown(vec![1]);
    let kind = ExtensionType(0x7777);
    check_flight(1, add(kind, unknown.clone()), Alert::UNSUPPORTED_EXTENSION);
    let kind = ExtensionType::KEY_SHARE;
    check_flight(1, add(kind, unknown), Alert::ILLEGAL_PARAMETER);
    let protocols = ExtensionBody::Protocols(vec![b"h2".to_vec()]);
    let kind = ExtensionType::APPLICATION_LAYER_PROTOCOL_NEGOTIATION;
    check_flight(1, add(kind, protocols), Alert::UNSUPPORTED_EXTENSION);
    let kind = ExtensionType::EARLY_DATA;
    check_flight(
        1,
        add(kind, ExtensionBody::Empty),
        Alert::UNSUPPORTED_EXTENSION,
    );

    let request = |change: fn(&mut padlock_tls::messages::tls13::CertificateRequest)| {
        move |message: &mut Body| match message {
            Body::CertificateRequest13(request) => change(request),
            other => panic!("{other:?}"),
        }
    };
    let context = request(|request| request.certificate_request_context = vec![1]);
    check_flight(2, context, Alert::ILLEGAL_PARAMETER);
    let without = request(|request| request.extensions.clear());
    check_flight(2, without, Alert::MISSING_EXTENSION);

    let certificate = |change: fn(&mut Certificate)| {
        move |message: &mut Body| match message {
            Body::Certificate13(certificate) => change(certificate),
            other => panic!("{other:?}"),
        }
    };
    let context = certificate(|message| message.certificate_request_context = vec![1]);
    check_flight(3, context, Alert::ILLEGAL_PARAMETER);
    let empty = certificate(|message| message.certificate_list.clear());
    check_flight(3, empty, Alert::DECODE_ERROR);
    let extended = certificate(|message| {
        let body = ExtensionBody::Unknown(vec![1]);
        let extension = Extension::new(ExtensionType::STATUS_REQUEST, body);
        message.certificate_list[0].extensions.push(extension);
    });
    check_flight(3, extended, Alert::UNSUPPORTED_EXTENSION);

    let signed = |change: fn(&mut padlock_tls::messages::DigitallySigned)| {
        move |message: &mut Body| match message {
            Body::CertificateVerify(message) => change(&mut message.signed),
            other => panic!("{other:?}"),
        }
    };
    check_flight(
        4,
        signed(|signed| signed.signature[9] ^= 1),
        Alert::DECRYPT_ERROR,
    );
    for scheme in [
        SignatureScheme::RSA_PKCS1_SHA256,
        SignatureScheme::ECDSA_SECP384R1_SHA384,
        SignatureScheme::ECDSA_SHA1,
    ] {
        let flight = Flight::of_server();
        assert_eq!(flight.messages.len(), 6);
        check_flight(
            4,
            move |message| {
                if let Body::CertificateVerify(message) = message {
                    message.signed.algorithm = scheme;
                }
            },
            Alert::ILLEGAL_PARAMETER,
        );
    }
    let finished = |message: &mut Body| {
        if let Body::Finished(message) = message {
            message.verify_data[0] ^= 1;
        }
    };
    check_flight(5, finished, Alert::DECRYPT_ERROR);
}

#[test]
fn what_is_wrong_in_a_server_hello_is_told() {
    let flight = Flight::of_server();
    #[track_caller]
    fn check(flight: &Flight, change: impl FnOnce(&mut ServerHello), expected: Alert) {
        let Body::ServerHello(mut hello) = decode(&flight.messages[0]) else {
            panic!("not a ServerHello");
        };
        change(&mut hello);
        let (mut client, _) = client();
        let found = alert(client.receive(&record(&encode(hello))));
        assert_eq!(found, Some(expected));
    }
    let extension = |hello: &mut ServerHello, kind: ExtensionType, body: Option<ExtensionBody>| {
        let all = hello.extensions.as_mut().unwrap();
        all.retain(|one| one.kind != kind);
        all.extend(body.map(|body| Extension::new(kind, body)));
    };
    let illegal = Alert::ILLEGAL_PARAMETER;
    let newer = |hello: &mut ServerHello| hello.server_version = ProtocolVersion::TLS_1_3;
    check(&flight, newer, illegal);
    let ssl = |hello: &mut ServerHello| hello.server_version = ProtocolVersion::SSL_3_0;
    check(&flight, ssl, Alert::PROTOCOL_VERSION);
    check(&flight, |hello| hello.session_id[0] ^= 1, illegal);
    check(&flight, |hello| hello.session_id.clear(), illegal);
    let other = |code| move |hello: &mut ServerHello| hello.cipher_suite = code;
    check(&flight, other(CipherSuite::TLS_AES_256_GCM_SHA384), illegal);
    check(
        &flight,
        other(CipherSuite::TLS_RSA_WITH_AES_128_CBC_SHA),
        illegal,
    );
    let compression = |hello: &mut ServerHello| {
        hello.compression_method = CompressionMethod::DEFLATE;
    };
    check(&flight, compression, illegal);
    let version = |version| {
        move |hello: &mut ServerHello| {
            let body = ExtensionBody::SelectedVersion(version);
            extension(hello, ExtensionType::SUPPORTED_VERSIONS, Some(body));
        }
    };
    check(&flight, version(ProtocolVersion::TLS_1_2), illegal);
    check(&flight, version(ProtocolVersion(0x7f1c)), illegal);
    let older = |hello: &mut ServerHello| {
        extension(hello, ExtensionType::SUPPORTED_VERSIONS, None);
    };
    check(&flight, older, Alert::PROTOCOL_VERSION);
    let share = |share: Option<KeyShareEntry>| {
        move |hello: &mut ServerHello| {
            extension(
                hello,
                ExtensionType::KEY_SHARE,
                share.map(ExtensionBody::KeyShare),
            );
        }
    };
    check(&flight, share(None), Alert::MISSING_EXTENSION);
    let entry = |group, key_exchange| {
        Some(KeyShareEntry {
            group,
            key_exchange,
        })
    };
    let other = entry(NamedGroup::SECP256R1, vec![4; 65]);
    check(&flight, share(other), illegal);
    for wrong in [vec![0; 32], vec![1; 31], vec![1; 33]] {
        check(&flight, share(entry(NamedGroup::X25519, wrong)), illegal);
    }
    let psk = |hello: &mut ServerHello| {
        let body = ExtensionBody::SelectedIdentity(0);
        extension(hello, ExtensionType::PRE_SHARED_KEY, Some(body));
    };
    check(&flight, psk, Alert::UNSUPPORTED_EXTENSION);
    let groups = |hello: &mut ServerHello| {
        let body = ExtensionBody::Groups(vec![NamedGroup::X25519]);
        extension(hello, ExtensionType::SUPPORTED_GROUPS, Some(body));
    };
    check(&flight, groups, illegal);
    // Requests for another ClientHello that lead nowhere.
    let retry = |group: Option<NamedGroup>| {
        move |hello: &mut ServerHello| {
            hello.random = HELLO_RETRY_REQUEST;
            let body = group.map(ExtensionBody::SelectedGroup);
            extension(hello, ExtensionType::KEY_SHARE, body);
        }
    };
    for group in [
        None,
        Some(NamedGroup::X25519),
        Some(NamedGroup::SECP521R1),
        Some(NamedGroup(0x1a1a)),
    ] {
        check(&flight, retry(group), illegal);
    }
    // Only one is answered.
    let Body::ServerHello(mut hello) = decode(&flight.messages[0]) else {
        panic!("not a ServerHello");
    };
    retry(Some(NamedGroup::SECP256R1))(&mut hello);
    let (mut client, _) = client();
    client.receive(&record(&encode(hello.clone()))).unwrap();
    let found = alert(client.receive(&record(&encode(hello))));
    assert_eq!(found, Some(Alert::UNEXPECTED_MESSAGE));
}

/// The client's alert for a ServerHello of TLS 1.2 with this answer to an extension of its own.
fn answered(answer: impl FnOnce(&ClientHello) -> Extension) -> Option<Alert> {
    let (mut config, _) = configs();
    config.preferences = Preferences::modern();
    config.tls13.grease = true;
    config.tls13.record_size_limit = Some(1000);
    let mut client = Client::new(Arc::new(config), Random::new([1; 32])).unwrap();
    let Body::ClientHello(hello) = decode(&client.output()[5..]) else {
        panic!("not a ClientHello");
    };
    let extension = answer(&hello);
    assert!(hello.extension(extension.kind).is_some(), "it was asked");
    let answer = ServerHello {
        server_version: ProtocolVersion::TLS_1_2,
        random: [1; 32],
        session_id: Vec::new(),
        cipher_suite: CipherSuite::TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
        compression_method: CompressionMethod::NULL,
        extensions: Some(vec![extension]),
    };
    alert(client.receive(&record(&encode(answer))))
}

#[test]
fn an_older_server_hello_answers_only_what_has_an_answer() {
    let illegal = Some(Alert::ILLEGAL_PARAMETER);
    let grease = answered(|hello| {
        let all = hello.extensions.as_ref().unwrap();
        let mut all = all.iter().filter(|one| one.kind.name().is_none());
        all.next().unwrap().clone()
    });
    assert_eq!(grease, illegal);
    for kind in [
        ExtensionType::PSK_KEY_EXCHANGE_MODES,
        ExtensionType::SIGNATURE_ALGORITHMS,
        ExtensionType::SUPPORTED_GROUPS,
        ExtensionType::ENCRYPTED_CLIENT_HELLO,
    ] {
        let found = answered(|hello| {
            let all = hello.extensions.as_ref().unwrap();
            all.iter().find(|one| one.kind == kind).unwrap().clone()
        });
        assert_eq!(found, illegal, "{kind}");
    }
    let limit = |limit| {
        answered(|_| {
            let body = ExtensionBody::RecordSizeLimit(limit);
            Extension::new(ExtensionType::RECORD_SIZE_LIMIT, body)
        })
    };
    assert_eq!(limit(63), illegal);
    assert_eq!(limit(64), None);
    assert_eq!(
        answered(|_| Extension::new(ExtensionType::EXTENDED_MASTER_SECRET, ExtensionBody::Empty)),
        None
    );
}

#[test]
fn what_is_wrong_in_a_client_hello_is_told() {
    let flight = Flight::of_client();
    let check = |change: &dyn Fn(&mut ClientHello), expected: Option<Alert>| {
        let Body::ClientHello(mut hello) = decode(&flight.messages[0]) else {
            panic!("not a ClientHello");
        };
        change(&mut hello);
        let found = alert(server().receive(&record(&encode(hello))));
        assert_eq!(found, expected);
    };
    let without = |kind: ExtensionType, expected| {
        let remove = |hello: &mut ClientHello| {
            let all = hello.extensions.as_mut().unwrap();
            all.retain(|one| one.kind != kind);
        };
        check(&remove, expected);
    };
    let missing = Some(Alert::MISSING_EXTENSION);
    without(ExtensionType::KEY_SHARE, missing);
    without(ExtensionType::SUPPORTED_GROUPS, missing);
    without(ExtensionType::SIGNATURE_ALGORITHMS, missing);
    without(ExtensionType::PSK_KEY_EXCHANGE_MODES, None);
    without(
        ExtensionType::SUPPORTED_VERSIONS,
        Some(Alert::PROTOCOL_VERSION),
    );
    let illegal = Some(Alert::ILLEGAL_PARAMETER);
    let compression: &dyn Fn(&mut ClientHello) = &|hello| {
        hello.compression_methods.push(CompressionMethod::DEFLATE);
    };
    check(compression, illegal);
    let shares = |change: fn(&mut Vec<KeyShareEntry>)| {
        move |hello: &mut ClientHello| {
            for extension in hello.extensions.as_mut().unwrap() {
                if let ExtensionBody::KeyShares(shares) = &mut extension.body {
                    change(shares);
                }
            }
        }
    };
    let twice = shares(|shares| shares.push(shares[0].clone()));
    check(&twice, illegal);
    let elsewhere = shares(|shares| shares[0].group = NamedGroup::X448);
    check(&elsewhere, illegal);
    let short = shares(|shares| shares[0].key_exchange.truncate(31));
    check(&short, illegal);
    // supported_versions alone decides, but who speaks of SSL is sent away (RFC 9846 §E.5).
    let version = |version| move |hello: &mut ClientHello| hello.client_version = version;
    check(&version(ProtocolVersion::TLS_1_1), None);
    check(&version(ProtocolVersion::TLS_1_0), None);
    let wrong = Some(Alert::PROTOCOL_VERSION);
    check(&version(ProtocolVersion::SSL_3_0), wrong);
    check(&version(ProtocolVersion(0)), wrong);
    // None at all is a wish to be asked.
    check(&shares(Vec::clear), None);
    let psk = |count: usize, behind: bool| {
        move |hello: &mut ClientHello| {
            let identity = PskIdentity {
                identity: b"nobody".to_vec(),
                obfuscated_ticket_age: 0,
            };
            let body = ExtensionBody::OfferedPsks(OfferedPsks {
                identities: vec![identity],
                binders: vec![vec![0; 32]; count],
            });
            let all = hello.extensions.as_mut().unwrap();
            all.push(Extension::new(ExtensionType::PRE_SHARED_KEY, body));
            if behind {
                all.push(Extension::new(
                    ExtensionType(0x7777),
                    ExtensionBody::Unknown(Vec::new()),
                ));
            }
        }
    };
    check(&psk(1, false), None);
    check(&psk(2, false), illegal);
    check(&psk(1, true), illegal);
    // GREASE (RFC 8701) means nothing to anybody.
    let grease: &dyn Fn(&mut ClientHello) = &|hello| {
        hello.cipher_suites.insert(0, CipherSuite(0x2a2a));
        let all = hello.extensions.as_mut().unwrap();
        for extension in all.iter_mut() {
            match &mut extension.body {
                ExtensionBody::Groups(groups) => groups.insert(0, NamedGroup(0x3a3a)),
                ExtensionBody::Versions(all) => all.insert(0, ProtocolVersion(0x4a4a)),
                ExtensionBody::SignatureSchemes(all) => all.insert(0, SignatureScheme(0x5a5a)),
                ExtensionBody::KeyShares(all) => {
                    let key_exchange = vec![0];
                    let group = NamedGroup(0x3a3a);
                    all.insert(
                        0,
                        KeyShareEntry {
                            group,
                            key_exchange,
                        },
                    );
                }
                _ => {}
            }
        }
        let body = ExtensionBody::Unknown(vec![0]);
        all.insert(0, Extension::new(ExtensionType(0x6a6a), body));
    };
    check(grease, None);
}

#[test]
fn what_comes_after_the_handshake_has_its_rules() {
    let flights = (Flight::of_client(), Flight::of_server());
    let handshake = ContentType::HANDSHAKE;
    let bad_update = KeyUpdate {
        request_update: KeyUpdateRequest(2),
    };
    let ticket = NewSessionTicket {
        ticket_lifetime: 604_801,
        ticket: vec![1],
        ..NewSessionTicket::default()
    };
    let update = encode(KeyUpdate::default());
    let unexpected = Some(Alert::UNEXPECTED_MESSAGE);
    for (to_server, content, expected) in [
        (true, encode(bad_update), Some(Alert::ILLEGAL_PARAMETER)),
        (false, encode(bad_update), Some(Alert::ILLEGAL_PARAMETER)),
        (
            false,
            encode(ticket.clone()),
            Some(Alert::ILLEGAL_PARAMETER),
        ),
        (true, encode(ticket), unexpected),
        (true, flights.0.messages[0].clone(), unexpected),
        (true, flights.0.messages[3].clone(), unexpected),
        (false, flights.1.messages[0].clone(), unexpected),
        (false, flights.1.messages[2].clone(), unexpected),
        (true, update.clone(), None),
        // Nothing may follow KeyUpdate in its record.
        (true, [&update[..], &update].concat(), unexpected),
        (true, [&update[..], &update[..2]].concat(), unexpected),
    ] {
        let (mut client, hello) = client();
        let mut server = server();
        server.receive(&hello).unwrap();
        client.receive(&server.output()).unwrap();
        server.receive(&client.output()).unwrap();
        let found = match to_server {
            true => {
                let mut sender = flights.0.sender(Epoch::Application(0));
                alert(server.receive(&protected(&mut sender, handshake, &content)))
            }
            false => {
                let mut sender = flights.1.sender(Epoch::Application(0));
                alert(client.receive(&protected(&mut sender, handshake, &content)))
            }
        };
        assert_eq!(found, expected, "{content:02x?}");
    }
}

#[test]
fn nothing_makes_a_party_panic() {
    let hello = client().1;
    let mut first = server();
    first.receive(&hello).unwrap();
    let answer = first.output();
    let mut random = Random::new([3; 32]);
    for _ in 0..500 {
        let [at, value, high, low] = random.bytes::<4>();
        let place = usize::from(u16::from_be_bytes([high, low]));
        let mut bytes = hello.clone();
        let index = (place + usize::from(at)) % bytes.len();
        bytes[index] = value;
        let _any = server().receive(&bytes);
        let mut bytes = answer.clone();
        let index = (place + usize::from(at)) % bytes.len();
        bytes[index] = value;
        let _any = client().0.receive(&bytes);
    }
}
