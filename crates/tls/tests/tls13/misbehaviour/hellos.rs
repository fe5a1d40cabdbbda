//! Hellos that are not as they should be.

use std::sync::Arc;

use padlock_pki::random::Random;
use padlock_tls::client::Client;
use padlock_tls::codes::{
    AlertDescription as Alert, CipherSuite, CompressionMethod, ExtensionType, NamedGroup,
    ProtocolVersion, SignatureScheme,
};
use padlock_tls::config::Preferences;
use padlock_tls::messages::{
    Body, ClientHello, Extension, ExtensionBody, HELLO_RETRY_REQUEST, KeyShareEntry, OfferedPsks,
    PskIdentity, ServerHello,
};
use padlock_wire::CodePoint;

use crate::pair::configs;

use super::flight::{Flight, alert, client, decode, encode, record, server};
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

/// RFC 9849 §6.2.1.
#[test]
fn what_a_retry_request_says_to_a_sham_encrypted_hello_has_its_form() {
    for (grease, length, expected) in [
        (true, 8, None),
        (true, 7, Some(Alert::DECODE_ERROR)),
        (true, 9, Some(Alert::DECODE_ERROR)),
        (false, 8, Some(Alert::UNSUPPORTED_EXTENSION)),
    ] {
        let (mut config, _) = configs();
        config.tls13.grease = grease;
        let mut client = Client::new(Arc::new(config), Random::new([1; 32])).unwrap();
        let Body::ClientHello(hello) = decode(&client.output()[5..]) else {
            panic!("not a ClientHello");
        };
        let group = ExtensionBody::SelectedGroup(NamedGroup::SECP256R1);
        let version = ExtensionBody::SelectedVersion(ProtocolVersion::TLS_1_3);
        let confirmation = ExtensionBody::Unknown(vec![7; length]);
        let request = ServerHello {
            server_version: ProtocolVersion::TLS_1_2,
            random: HELLO_RETRY_REQUEST,
            session_id: hello.session_id,
            cipher_suite: CipherSuite::TLS_AES_128_GCM_SHA256,
            compression_method: CompressionMethod::NULL,
            extensions: Some(vec![
                Extension::new(ExtensionType::SUPPORTED_VERSIONS, version),
                Extension::new(ExtensionType::KEY_SHARE, group),
                Extension::new(ExtensionType::ENCRYPTED_CLIENT_HELLO, confirmation),
            ]),
        };
        let found = alert(client.receive(&record(&encode(request))));
        assert_eq!(found, expected, "{grease}, {length}");
    }
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
