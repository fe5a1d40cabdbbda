//! Servers with a fault, against our client.

use padlock_pki::demo::{Condition, Holder, KeyChoice, Spec};
use padlock_tls::codes::{AlertDescription as Alert, ContentType, NamedGroup, SignatureScheme};
use padlock_tls::error::{ErrorKind, IllegalParameter};
use padlock_tls::messages::{Body, Certificate, ServerKeyExchange};
use padlock_tls::trace::Party;

use crate::against_server::fit_length;
use crate::certificates::{authority, shop};
use crate::play::{Change, Deviation, check, check_harmless, play};
use crate::puppet::{ECDHE, Puppet, RSA, SCHEME, SETTINGS, Setting, Step};

pub(crate) const PLAIN: Setting = Setting {
    suite: ECDHE,
    client_certificate: false,
};
const TRANSPORT: Setting = Setting {
    suite: RSA,
    client_certificate: false,
};

#[track_caller]
pub(crate) fn refused(setting: Setting, name: &str, deviation: Deviation, expected: Alert) {
    check(Party::Server, setting, name, &deviation, expected);
}

#[test]
fn certificates() {
    let certificate = |setting: Setting, name: &str, chain: Vec<Vec<u8>>, expected| {
        let change = move |body: &mut Body| {
            *body = Certificate {
                certificate_list: chain.clone(),
            }
            .into();
        };
        let deviation = Deviation::Body(Step::Certificate, Box::new(move |_, body| change(body)));
        refused(setting, name, deviation, expected);
    };
    for setting in [PLAIN, TRANSPORT] {
        let chain = shop(KeyChoice::Rsa).chain;
        let condition = |condition| {
            let spec = Spec {
                condition,
                ..Spec::new(Holder::Shop)
            };
            authority().identity(spec).unwrap().chain
        };
        let client = authority().identity(Spec::new(Holder::Hr)).unwrap().chain;
        certificate(setting, "none", Vec::new(), Alert::HANDSHAKE_FAILURE);
        certificate(
            setting,
            "garbage",
            vec![vec![0x30, 0]],
            Alert::BAD_CERTIFICATE,
        );
        certificate(
            setting,
            "no issuer",
            vec![chain[0].clone()],
            Alert::UNKNOWN_CA,
        );
        let expired = condition(Condition::Expired);
        certificate(setting, "expired", expired, Alert::CERTIFICATE_EXPIRED);
        let unknown = condition(Condition::UnknownAuthority);
        certificate(setting, "unknown authority", unknown, Alert::UNKNOWN_CA);
        let wrong_name = condition(Condition::WrongName);
        certificate(setting, "another name", wrong_name, Alert::BAD_CERTIFICATE);
        certificate(
            setting,
            "a client's",
            client,
            Alert::UNSUPPORTED_CERTIFICATE,
        );
        let mut forged = chain;
        *forged[0].last_mut().unwrap() ^= 1;
        certificate(
            setting,
            "with a broken signature",
            forged,
            Alert::BAD_CERTIFICATE,
        );
        let ecdsa = shop(KeyChoice::P256).chain;
        let alert = match setting {
            // An ECDSA certificate does not even allow encipherment.
            TRANSPORT => Alert::UNSUPPORTED_CERTIFICATE,
            _ => Alert::ILLEGAL_PARAMETER,
        };
        certificate(setting, "a key that does not suit the suite", ecdsa, alert);
    }
}

#[test]
fn a_key_for_another_suite_is_named() {
    let change = |_: &Puppet, body: &mut Body| {
        let certificate_list = shop(KeyChoice::P256).chain;
        *body = Certificate { certificate_list }.into();
    };
    let deviation = Deviation::Body(Step::Certificate, Box::new(change));
    let ending = play(Puppet::new(Party::Server, PLAIN), &deviation);
    let expected = ErrorKind::Illegal(IllegalParameter::CertificateKey);
    assert_eq!(ending.error.unwrap().kind, expected);
}

#[test]
fn the_version_of_records_is_held_to() {
    for (party, setting, step) in [
        (Party::Server, PLAIN, Step::Certificate),
        (Party::Server, TRANSPORT, Step::Done),
        (Party::Server, PLAIN, Step::ChangeCipherSpec),
        (Party::Client, PLAIN, Step::KeyExchange),
        (Party::Client, TRANSPORT, Step::ChangeCipherSpec),
    ] {
        for version in [0x01, 0x02, 0x04] {
            let deviation = Deviation::Wire(step, Box::new(move |wire| wire[2] = version));
            let name = format!("{step:?} in a record of 3.{version}");
            check(party, setting, &name, &deviation, Alert::PROTOCOL_VERSION);
        }
    }
}

#[test]
fn key_exchanges() {
    type Change = fn(&Puppet, &mut ServerKeyExchange);
    const CASES: &[(&str, Change, Alert)] = &[
        (
            "a bad signature",
            |_, message| message.signed.signature[100] ^= 1,
            Alert::DECRYPT_ERROR,
        ),
        (
            "no signature",
            |_, message| message.signed.signature.clear(),
            Alert::DECRYPT_ERROR,
        ),
        (
            "a signature by another algorithm than it says",
            |_, message| message.signed.algorithm = SignatureScheme::RSA_PSS_RSAE_SHA256,
            Alert::DECRYPT_ERROR,
        ),
        (
            "an algorithm that was not offered",
            |_, message| message.signed.algorithm = SignatureScheme::RSA_PKCS1_SHA1,
            Alert::ILLEGAL_PARAMETER,
        ),
        (
            "an algorithm that does not fit the key",
            |_, message| message.signed.algorithm = SignatureScheme::ED25519,
            Alert::ILLEGAL_PARAMETER,
        ),
        (
            "parameters that were not signed",
            |_, message| message.parameters.public_key[0] ^= 1,
            Alert::DECRYPT_ERROR,
        ),
        (
            "a group that was not offered",
            |puppet, message| {
                message.parameters.group = NamedGroup::X448;
                message.signed = puppet.sign_parameters(SCHEME, &message.parameters);
            },
            Alert::ILLEGAL_PARAMETER,
        ),
        (
            "a point of small order",
            |puppet, message| {
                message.parameters.public_key = vec![0; 32];
                message.signed = puppet.sign_parameters(SCHEME, &message.parameters);
            },
            Alert::ILLEGAL_PARAMETER,
        ),
        (
            "a short point",
            |puppet, message| {
                message.parameters.public_key = vec![9; 31];
                message.signed = puppet.sign_parameters(SCHEME, &message.parameters);
            },
            Alert::ILLEGAL_PARAMETER,
        ),
        (
            "a point that is not on the curve",
            |puppet, message| {
                message.parameters.group = NamedGroup::SECP256R1;
                message.parameters.public_key = [&[4][..], &[1; 64]].concat();
                message.signed = puppet.sign_parameters(SCHEME, &message.parameters);
            },
            Alert::ILLEGAL_PARAMETER,
        ),
        (
            "a compressed point",
            |puppet, message| {
                message.parameters.group = NamedGroup::SECP256R1;
                message.parameters.public_key = [&[2][..], &[1; 32]].concat();
                message.signed = puppet.sign_parameters(SCHEME, &message.parameters);
            },
            Alert::ILLEGAL_PARAMETER,
        ),
    ];
    for (name, change, expected) in CASES {
        let change = *change;
        let change = move |puppet: &Puppet, body: &mut Body| match body {
            Body::ServerKeyExchange(message) => change(puppet, message),
            other => panic!("{other:?} is no ServerKeyExchange"),
        };
        // A bad key shows when it is used, after ServerHelloDone.
        refused(
            PLAIN,
            name,
            Deviation::Body(Step::KeyExchange, Box::new(change)),
            *expected,
        );
    }
    let explicit = |bytes: &mut Vec<u8>| bytes[4] = 1;
    let deviation = Deviation::Content(Step::KeyExchange, Box::new(explicit));
    refused(
        PLAIN,
        "a curve that is spelled out",
        deviation,
        Alert::ILLEGAL_PARAMETER,
    );
}

#[test]
fn finished() {
    for setting in SETTINGS {
        for (name, change) in [
            (
                "wrong verify_data",
                (|data: &mut Vec<u8>| data[0] ^= 1) as Change<Vec<u8>>,
            ),
            ("too short", |data| data.truncate(11)),
            ("too long", |data| data.push(0)),
        ] {
            let change = move |body: &mut Body| match body {
                Body::Finished(finished) => change(&mut finished.verify_data),
                other => panic!("{other:?} is no Finished"),
            };
            let deviation = Deviation::Body(Step::Finished, Box::new(move |_, body| change(body)));
            refused(setting, name, deviation, Alert::DECRYPT_ERROR);
        }
    }
}

#[test]
fn any_message_cut_or_lengthened() {
    for setting in SETTINGS {
        for step in Puppet::new(Party::Server, setting).steps() {
            let lengths: &[(&str, Change<Vec<u8>>)] = match step {
                Step::ChangeCipherSpec | Step::Finished | Step::Data => continue,
                Step::Done => &[("more", |bytes| bytes.push(0))],
                _ => &[
                    ("more", |bytes| bytes.push(0)),
                    ("less", |bytes| bytes.truncate(bytes.len() - 1)),
                ],
            };
            for (name, change) in lengths {
                let change = *change;
                let change = move |bytes: &mut Vec<u8>| {
                    change(bytes);
                    fit_length(bytes);
                };
                let name = format!("{step:?} with a byte {name}");
                refused(
                    setting,
                    &name,
                    Deviation::Content(step, Box::new(change)),
                    Alert::DECODE_ERROR,
                );
            }
        }
    }
}

#[test]
fn records() {
    const CASES: &[(&str, Step, Change<Vec<u8>>, Alert)] = &[
        (
            "an unknown type",
            Step::Hello,
            |wire| wire[0] = 0,
            Alert::UNEXPECTED_MESSAGE,
        ),
        (
            "HTTP",
            Step::Hello,
            |wire| *wire = b"HTTP/1.1 400 Bad Request\r\n".to_vec(),
            Alert::UNEXPECTED_MESSAGE,
        ),
        (
            "version 2",
            Step::Hello,
            |wire| wire[1] = 2,
            Alert::PROTOCOL_VERSION,
        ),
        (
            "too long in clear",
            Step::Certificate,
            |wire| wire[3..5].copy_from_slice(&[0xff, 0xff]),
            Alert::RECORD_OVERFLOW,
        ),
        (
            "too long protected",
            Step::Data,
            |wire| wire[3..5].copy_from_slice(&[0xff, 0xff]),
            Alert::RECORD_OVERFLOW,
        ),
        (
            "a flipped bit",
            Step::Data,
            |wire| *wire.last_mut().unwrap() ^= 1,
            Alert::BAD_RECORD_MAC,
        ),
        (
            "a flipped bit in Finished",
            Step::Finished,
            |wire| wire[20] ^= 1,
            Alert::BAD_RECORD_MAC,
        ),
        (
            "cut",
            Step::Data,
            |wire| *wire = vec![23, 3, 3, 0, 0],
            Alert::BAD_RECORD_MAC,
        ),
        (
            "a ChangeCipherSpec of another kind",
            Step::ChangeCipherSpec,
            |wire| wire[5] = 0,
            Alert::ILLEGAL_PARAMETER,
        ),
        (
            "a message that is too long",
            Step::Certificate,
            |wire| wire[6..9].copy_from_slice(&[255, 255, 255]),
            Alert::ILLEGAL_PARAMETER,
        ),
    ];
    for setting in SETTINGS {
        for (name, step, change, expected) in CASES {
            refused(
                setting,
                name,
                Deviation::Wire(*step, Box::new(change)),
                *expected,
            );
        }
    }
}

#[test]
fn warnings_are_passed_over() {
    for setting in SETTINGS {
        for step in Puppet::new(Party::Server, setting).steps() {
            let content = vec![1, Alert::UNRECOGNIZED_NAME.0];
            let warning = Deviation::Insert(step, ContentType::ALERT, content);
            check_harmless(Party::Server, setting, "a warning", &warning, &[]);
        }
    }
}
