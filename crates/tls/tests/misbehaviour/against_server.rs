//! Clients with a fault, against our server.

use padlock_pki::demo::{Condition, Holder, KeyChoice, Spec};
use padlock_tls::codes::{AlertDescription as Alert, ContentType, SignatureScheme};
use padlock_tls::messages::{Body, Certificate, CertificateVerify, ClientKeyExchange, Finished};
use padlock_tls::trace::Party;

use crate::certificates::{authority, hr};
use crate::play::{Change, Deviation, check, check_harmless};
use crate::puppet::{ECDHE, RSA, SETTINGS, Setting, Step};

pub(crate) const PLAIN: Setting = Setting {
    suite: ECDHE,
    client_certificate: false,
};
const MUTUAL: Setting = Setting {
    suite: ECDHE,
    client_certificate: true,
};
const TRANSPORT: Setting = Setting {
    suite: RSA,
    client_certificate: false,
};

#[track_caller]
pub(crate) fn refused(setting: Setting, name: &str, deviation: Deviation, expected: Alert) {
    check(Party::Client, setting, name, &deviation, expected);
}

#[test]
fn certificates_and_their_proof() {
    let certificate = |name: &str, chain: Vec<Vec<u8>>, expected| {
        let change = move |body: &mut Body| {
            *body = Certificate {
                certificate_list: chain.clone(),
            }
            .into();
        };
        let deviation = Deviation::Body(Step::Certificate, Box::new(move |_, body| change(body)));
        refused(MUTUAL, name, deviation, expected);
    };
    let chain = hr(KeyChoice::P256).chain;
    let condition = |condition| {
        let spec = Spec {
            condition,
            ..Spec::new(Holder::Hr)
        };
        authority().identity(spec).unwrap().chain
    };
    let server = authority().identity(Spec::new(Holder::Shop)).unwrap().chain;
    certificate("no certificate", Vec::new(), Alert::HANDSHAKE_FAILURE);
    certificate(
        "garbage",
        vec![vec![0x30, 3, 2, 1, 1]],
        Alert::BAD_CERTIFICATE,
    );
    certificate("no issuer", vec![chain[0].clone()], Alert::UNKNOWN_CA);
    certificate(
        "expired",
        condition(Condition::Expired),
        Alert::CERTIFICATE_EXPIRED,
    );
    certificate(
        "not yet valid",
        condition(Condition::NotYetValid),
        Alert::CERTIFICATE_EXPIRED,
    );
    certificate(
        "unknown authority",
        condition(Condition::UnknownAuthority),
        Alert::UNKNOWN_CA,
    );
    certificate("a server's", server, Alert::UNSUPPORTED_CERTIFICATE);
    let mut forged = chain.clone();
    *forged[0].last_mut().unwrap() ^= 1;
    certificate("with a broken signature", forged, Alert::BAD_CERTIFICATE);
    // The proof is by the key of another certificate.
    certificate(
        "somebody else's",
        hr(KeyChoice::P384).chain,
        Alert::DECRYPT_ERROR,
    );

    const PROOFS: &[(&str, Change<CertificateVerify>, Alert)] = &[
        (
            "a bad signature",
            |verify| *verify.signed.signature.last_mut().unwrap() ^= 1,
            Alert::DECRYPT_ERROR,
        ),
        (
            "no signature",
            |verify| verify.signed.signature.clear(),
            Alert::DECRYPT_ERROR,
        ),
        (
            "an algorithm that was not offered",
            |verify| verify.signed.algorithm = SignatureScheme::ECDSA_SHA1,
            Alert::ILLEGAL_PARAMETER,
        ),
        (
            "an algorithm that does not fit the key",
            |verify| verify.signed.algorithm = SignatureScheme::ED25519,
            Alert::ILLEGAL_PARAMETER,
        ),
        (
            "the wrong hash",
            |verify| verify.signed.algorithm = SignatureScheme::ECDSA_SECP384R1_SHA384,
            Alert::DECRYPT_ERROR,
        ),
    ];
    for (name, change, expected) in PROOFS {
        let change = *change;
        let change = move |body: &mut Body| match body {
            Body::CertificateVerify(verify) => change(verify),
            other => panic!("{other:?} is no CertificateVerify"),
        };
        let deviation = Deviation::Body(Step::Verify, Box::new(move |_, body| change(body)));
        refused(MUTUAL, name, deviation, *expected);
    }
}

#[test]
fn key_exchanges() {
    let points: [(&str, &[u8], Alert); 4] = [
        ("a short point", &[1; 31], Alert::ILLEGAL_PARAMETER),
        ("a long point", &[1; 33], Alert::ILLEGAL_PARAMETER),
        ("a point of small order", &[0; 32], Alert::ILLEGAL_PARAMETER),
        ("no point", &[], Alert::DECODE_ERROR),
    ];
    for (name, point, expected) in points {
        let content = [&[16, 0, 0], &[u8::try_from(point.len() + 1).unwrap()][..]].concat();
        let content = [&content[..], &[u8::try_from(point.len()).unwrap()], point].concat();
        let change = move |bytes: &mut Vec<u8>| bytes.clone_from(&content);
        let deviation = Deviation::Content(Step::KeyExchange, Box::new(change));
        refused(PLAIN, name, deviation, expected);
    }
    let change = |body: &mut Body| *body = ClientKeyExchange::Rsa(vec![1; 256]).into();
    let deviation = Deviation::Body(Step::KeyExchange, Box::new(move |_, body| change(body)));
    refused(
        PLAIN,
        "RSA key transport where ECDHE is agreed",
        deviation,
        Alert::DECODE_ERROR,
    );
    let change = |body: &mut Body| *body = ClientKeyExchange::Ecdhe(vec![1; 32]).into();
    let deviation = Deviation::Body(Step::KeyExchange, Box::new(move |_, body| change(body)));
    refused(
        TRANSPORT,
        "ECDHE where RSA key transport is agreed",
        deviation,
        Alert::DECODE_ERROR,
    );
}

#[test]
fn finished() {
    const CASES: &[(&str, Change<Finished>, Alert)] = &[
        (
            "wrong verify_data",
            |finished| finished.verify_data[11] ^= 1,
            Alert::DECRYPT_ERROR,
        ),
        (
            "too short",
            |finished| finished.verify_data.truncate(11),
            Alert::DECRYPT_ERROR,
        ),
        (
            "too long",
            |finished| finished.verify_data.push(0),
            Alert::DECRYPT_ERROR,
        ),
        (
            "empty",
            |finished| finished.verify_data.clear(),
            Alert::DECRYPT_ERROR,
        ),
    ];
    for setting in SETTINGS {
        for (name, change, expected) in CASES {
            let change = *change;
            let change = move |body: &mut Body| match body {
                Body::Finished(finished) => change(finished),
                other => panic!("{other:?} is no Finished"),
            };
            let deviation = Deviation::Body(Step::Finished, Box::new(move |_, body| change(body)));
            refused(setting, name, deviation, *expected);
        }
    }
}

#[test]
fn any_message_cut_or_lengthened() {
    for setting in SETTINGS {
        for step in [
            Step::Hello,
            Step::Certificate,
            Step::KeyExchange,
            Step::Verify,
        ] {
            let asked = setting.client_certificate;
            if !asked && matches!(step, Step::Certificate | Step::Verify) {
                continue;
            }
            let name = format!("{step:?} with a byte more");
            let longer = |bytes: &mut Vec<u8>| {
                bytes.push(0);
                fit_length(bytes);
            };
            let deviation = Deviation::Content(step, Box::new(longer));
            refused(setting, &name, deviation, Alert::DECODE_ERROR);
            let name = format!("{step:?} with a byte less");
            let shorter = |bytes: &mut Vec<u8>| {
                bytes.pop();
                fit_length(bytes);
            };
            let deviation = Deviation::Content(step, Box::new(shorter));
            refused(setting, &name, deviation, Alert::DECODE_ERROR);
        }
    }
}

/// Lets the header of a handshake message say how long it is.
pub(crate) fn fit_length(bytes: &mut [u8]) {
    let length = u32::try_from(bytes.len() - 4).unwrap().to_be_bytes();
    bytes[1..4].copy_from_slice(&length[1..]);
}

#[test]
fn records() {
    const CASES: &[(&str, Step, Change<Vec<u8>>, Alert)] = &[
        (
            "an unknown type",
            Step::Hello,
            |wire| wire[0] = 24,
            Alert::UNEXPECTED_MESSAGE,
        ),
        (
            "HTTP",
            Step::Hello,
            |wire| *wire = b"GET / HTTP/1.1\r\n\r\n".to_vec(),
            Alert::UNEXPECTED_MESSAGE,
        ),
        (
            "a hello of SSL 2.0",
            Step::Hello,
            |wire| *wire = vec![0x80, 46, 1, 3, 1, 0, 21],
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
            Step::Hello,
            |wire| wire[3..5].copy_from_slice(&[0x40, 1]),
            Alert::RECORD_OVERFLOW,
        ),
        (
            "too long protected",
            Step::Data,
            |wire| wire[3..5].copy_from_slice(&[0x48, 1]),
            Alert::RECORD_OVERFLOW,
        ),
        (
            "empty",
            Step::Hello,
            |wire| *wire = vec![22, 3, 3, 0, 0],
            Alert::UNEXPECTED_MESSAGE,
        ),
        (
            "another version once one is agreed",
            Step::Data,
            |wire| wire[2] = 1,
            Alert::PROTOCOL_VERSION,
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
            "another type",
            Step::Data,
            |wire| wire[0] = 22,
            Alert::BAD_RECORD_MAC,
        ),
        (
            "cut",
            Step::Data,
            |wire| *wire = vec![23, 3, 3, 0, 1, 0],
            Alert::BAD_RECORD_MAC,
        ),
        (
            "a ChangeCipherSpec of two bytes",
            Step::ChangeCipherSpec,
            |wire| *wire = vec![20, 3, 3, 0, 2, 1, 1],
            Alert::DECODE_ERROR,
        ),
        (
            "a ChangeCipherSpec of another kind",
            Step::ChangeCipherSpec,
            |wire| wire[5] = 2,
            Alert::ILLEGAL_PARAMETER,
        ),
        (
            "a message that is too long",
            Step::Hello,
            |wire| wire[6..9].copy_from_slice(&[2, 0, 1]),
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
        // A record that was sent before, and its counterpart: one that is left out.
        let deviation = Deviation::Wire(
            Step::Data,
            Box::new(|wire: &mut Vec<u8>| wire.extend_from_within(..)),
        );
        let ending = crate::play::play(
            crate::puppet::Puppet::new(Party::Client, setting),
            &deviation,
        );
        assert_eq!(
            ending.error.and_then(|error| error.alert()),
            Some(Alert::BAD_RECORD_MAC)
        );
    }
}

#[test]
fn alerts() {
    for setting in SETTINGS {
        for step in crate::puppet::Puppet::new(Party::Client, setting).steps() {
            let alert = |level, description: Alert| {
                Deviation::Insert(step, ContentType::ALERT, vec![level, description.0])
            };
            let warning = alert(1, Alert::USER_CANCELED);
            check_harmless(Party::Client, setting, "a warning", &warning, &[]);
            for (name, content, expected) in [
                (
                    "an alert with a byte more",
                    vec![1, 90, 0],
                    Alert::DECODE_ERROR,
                ),
                ("half an alert", vec![1], Alert::DECODE_ERROR),
            ] {
                let deviation = Deviation::Insert(step, ContentType::ALERT, content);
                refused(setting, name, deviation, expected);
            }
        }
    }
}
