//! What an RSA server lets on about the secret it was sent: nothing (RFC 5246 §7.4.7.1).

use std::sync::Arc;

use padlock_pki::random::Random;
use padlock_tls::Status;
use padlock_tls::codes::{AlertDescription, ContentType, ProtocolVersion};
use padlock_tls::crypto::pkcs1;
use padlock_tls::error::Error;
use padlock_tls::messages::Handshake;
use padlock_tls::server::Server;
use padlock_tls::trace::{EventKind, Party, Value};
use padlock_tls::value::{Formula, ValueName};
use padlock_wire::Structure;

use crate::play::{our_server, our_server_config};
use crate::puppet::{Puppet, RSA, Setting, Step};

/// What the server shows after each message of a client.
#[derive(Debug, Eq, PartialEq)]
struct Shown {
    outputs: Vec<Vec<u8>>,
    outcomes: Vec<Result<(), Error>>,
    status: Status,
}

/// Sends this instead of the encrypted pre-master secret, and goes on as if it were good.
fn provoke(client_certificate: bool, encrypted: impl Fn(&Puppet, &mut Vec<u8>)) -> Shown {
    let setting = Setting {
        suite: RSA,
        client_certificate,
    };
    drive(&mut our_server(setting), setting, encrypted)
}

fn drive(
    server: &mut Server,
    setting: Setting,
    encrypted: impl Fn(&Puppet, &mut Vec<u8>),
) -> Shown {
    let mut puppet = Puppet::new(Party::Client, setting);
    let (mut outputs, mut outcomes) = (Vec::new(), Vec::new());
    for step in puppet.steps() {
        let (content_type, content) = match puppet.message(step) {
            None => Puppet::content(step),
            Some(body) => {
                let mut bytes = Handshake::new(body).encode().unwrap().bytes;
                if step == Step::KeyExchange {
                    encrypted(&puppet, &mut bytes);
                }
                puppet.note(&bytes);
                (ContentType::HANDSHAKE, bytes)
            }
        };
        let wire = puppet.records(content_type, &content);
        outcomes.push(server.receive(&wire));
        let output = server.output();
        // What it reads, up to Finished, is in clear.
        puppet.receive(&output);
        outputs.push(output);
        if step == Step::ChangeCipherSpec {
            puppet.protect();
        }
        if step == Step::Finished {
            break;
        }
    }
    Shown {
        outputs,
        outcomes,
        status: server.status().clone(),
    }
}

/// Sends another encryption block, which `change` makes of a good one.
fn with_block(client_certificate: bool, change: impl Fn(&mut Vec<u8>)) -> Shown {
    provoke(client_certificate, |puppet, bytes| {
        *bytes = key_exchange(puppet, &change);
    })
}

/// A `ClientKeyExchange` with what `change` makes of a good block.
fn key_exchange(puppet: &Puppet, change: impl Fn(&mut Vec<u8>)) -> Vec<u8> {
    let mut sender = Puppet::new(Party::Client, puppet.setting);
    let mut block = [&[0, 2][..], &[0xa5; 205], &[0], &puppet.pre_master()].concat();
    change(&mut block);
    sender.block = Some(block);
    let body = sender.message(Step::KeyExchange).unwrap();
    Handshake::new(body).encode().unwrap().bytes
}

/// Sends these bytes as the encrypted secret.
fn with_ciphertext(client_certificate: bool, ciphertext: &[u8]) -> Shown {
    provoke(client_certificate, |_, bytes| {
        let length = u16::try_from(ciphertext.len()).unwrap().to_be_bytes();
        let whole = u16::try_from(ciphertext.len() + 2).unwrap().to_be_bytes();
        *bytes = [&[16, 0][..], &whole, &length, ciphertext].concat();
    })
}

#[test]
fn every_fault_looks_the_same() {
    for client_certificate in [false, true] {
        let block = |change: fn(&mut Vec<u8>)| with_block(client_certificate, change);
        let good = block(|_| {});
        let start = 256 - pkcs1::PREMASTER_LENGTH;
        assert_eq!(start, 208);
        let faults = [
            ("another first byte", block(|block| block[0] = 1)),
            ("another block type", block(|block| block[1] = 1)),
            (
                "a zero in the first eight bytes of padding",
                block(|block| block[5] = 0),
            ),
            (
                "a zero in the padding: a longer secret",
                block(|block| block[100] = 0),
            ),
            (
                "a zero just before its place: 49 bytes",
                block(|block| block[206] = 0),
            ),
            (
                "a zero just behind its place: 47 bytes",
                block(|block| {
                    block[207] = 1;
                    block[208] = 0;
                }),
            ),
            ("no zero at all", block(|block| block[2..].fill(0xff))),
            (
                "an empty secret",
                block(|block| {
                    block[2..].fill(0xff);
                    block[255] = 0;
                }),
            ),
            ("the version TLS 1.1", block(|block| block[209] = 2)),
            ("the version SSL 2.0", block(|block| block[208] = 2)),
            (
                "good padding around another secret",
                block(|block| block[255] ^= 1),
            ),
            ("all zero", with_ciphertext(client_certificate, &[0; 256])),
            (
                "one",
                with_ciphertext(client_certificate, &[&[0; 255][..], &[1]].concat()),
            ),
            (
                "not below the modulus",
                with_ciphertext(client_certificate, &[0xff; 256]),
            ),
            ("too short", with_ciphertext(client_certificate, &[1; 255])),
            ("too long", with_ciphertext(client_certificate, &[1; 257])),
            ("empty", with_ciphertext(client_certificate, &[])),
        ];
        assert_eq!(good.status, Status::Connected);
        let (_, first) = &faults[0];
        for (name, shown) in &faults {
            assert_eq!(shown, first, "{name}");
        }
        let Status::Failed(error) = &first.status else {
            panic!("{first:?}")
        };
        assert_eq!(error.alert(), Some(AlertDescription::BAD_RECORD_MAC));
        // Up to Finished it is what it is with a good secret.
        let (_, early) = first.outputs.split_last().unwrap();
        assert_eq!(early, &good.outputs[..early.len()]);
    }
}

/// What the server reports of opening what it was sent.
fn reported(encrypted: impl Fn(&Puppet, &mut Vec<u8>)) -> Vec<Value> {
    let setting = Setting {
        suite: RSA,
        client_certificate: false,
    };
    let mut config = our_server_config(setting);
    config.behaviour.trace = true;
    let mut server = Server::new(Arc::new(config), Random::new([2; 32]));
    drive(&mut server, setting, encrypted);
    let values = |event: padlock_tls::trace::Event| match event.kind {
        EventKind::Value(value) => Some(value),
        _ => None,
    };
    server
        .take_events()
        .into_iter()
        .filter_map(values)
        .collect()
}

/// The pre-master secret, computed from the values that it is reported to be made of.
#[track_caller]
fn recompute(values: &[Value]) -> (Vec<u8>, Formula) {
    let find = |name: ValueName| values.iter().find(|value| value.name == name).unwrap();
    let secret = find(ValueName::PreMasterSecret);
    for input in &secret.inputs {
        assert_eq!(find(input.name).output, input.bytes, "{}", input.name);
    }
    let inputs: Vec<_> = secret.inputs.iter().map(|input| &input.bytes[..]).collect();
    let computed = match (&secret.formula, &inputs[..]) {
        (Formula::Pkcs1Unpad, [block]) => {
            let version = ProtocolVersion::TLS_1_2.0.to_be_bytes();
            let opened = |fallback| pkcs1::open_premaster(block, version, fallback).to_vec();
            let fallback = [0xee; pkcs1::PREMASTER_LENGTH];
            assert_ne!(opened(fallback), fallback, "the block is faulty");
            opened(fallback)
        }
        (Formula::Pkcs1UnpadOr { version }, [block, fallback]) => {
            let version = version.0.to_be_bytes();
            pkcs1::open_premaster(block, version, (*fallback).try_into().unwrap()).to_vec()
        }
        (Formula::Join, all) => all.concat(),
        other => panic!("{other:?}"),
    };
    assert_eq!(computed, secret.output);
    if secret.formula != Formula::Pkcs1Unpad {
        let drawn = find(ValueName::FallbackRandom);
        assert_eq!(drawn.formula, Formula::Drawn);
        let fallback = &find(ValueName::FallbackPreMasterSecret).output;
        assert_eq!(*fallback, [&[3, 3], &drawn.output[..]].concat());
    }
    (computed, secret.formula.clone())
}

#[test]
fn what_is_reported_of_a_fault_is_what_was_computed() {
    let block = |change: fn(&mut Vec<u8>)| {
        recompute(&reported(move |puppet, bytes| {
            *bytes = key_exchange(puppet, change);
        }))
    };
    let (good, formula) = block(|_| {});
    assert_eq!(formula, Formula::Pkcs1Unpad);
    let version = ProtocolVersion::TLS_1_2;
    let mut fallbacks = Vec::new();
    for change in [
        (|block| block[1] = 1) as fn(&mut Vec<u8>),
        |block| block[100] = 0,
        |block| block[209] = 2,
    ] {
        let (fallback, formula) = block(change);
        assert_eq!(formula, Formula::Pkcs1UnpadOr { version });
        fallbacks.push(fallback);
    }
    // What is not below the modulus gives no block at all.
    let values = reported(|_, bytes| {
        let end = bytes.len();
        bytes[end - 256..].fill(0xff);
    });
    let block = |value: &Value| value.name == ValueName::EncryptionBlock;
    assert!(!values.iter().any(block));
    let (fallback, formula) = recompute(&values);
    assert_eq!(formula, Formula::Join);
    fallbacks.push(fallback);
    assert!(
        fallbacks
            .iter()
            .all(|one| *one == fallbacks[0] && *one != good)
    );
}
