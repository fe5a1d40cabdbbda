//! Unusual and faulty hellos, against our client.

use padlock_tls::codes::{
    AlertDescription as Alert, CipherSuite, CompressionMethod, ExtensionType, PointFormat,
    ProtocolVersion,
};
use padlock_tls::messages::{Body, Extension, ExtensionBody, ServerHello};
use padlock_tls::trace::Party;

use crate::against_client::{PLAIN, refused};
use crate::against_server::fit_length;
use crate::play::{Change, Deviation, check_harmless};
use crate::puppet::Step;

fn hello(body: &mut Body) -> &mut ServerHello {
    match body {
        Body::ServerHello(hello) => hello,
        other => panic!("{other:?} is no ServerHello"),
    }
}

fn extend(body: &mut Body, kind: ExtensionType, content: ExtensionBody) {
    let all = hello(body).extensions.as_mut().unwrap();
    all.push(Extension::new(kind, content));
}

#[test]
fn hellos() {
    const CASES: &[(&str, Change<Body>, Alert)] = &[
        (
            "SSL 3.0",
            |body| hello(body).server_version = ProtocolVersion::SSL_3_0,
            Alert::PROTOCOL_VERSION,
        ),
        (
            "TLS 1.1",
            |body| hello(body).server_version = ProtocolVersion::TLS_1_1,
            Alert::PROTOCOL_VERSION,
        ),
        (
            "TLS 1.3",
            |body| hello(body).server_version = ProtocolVersion::TLS_1_3,
            Alert::PROTOCOL_VERSION,
        ),
        (
            "a suite that was not offered",
            |body| hello(body).cipher_suite = CipherSuite::TLS_RSA_WITH_AES_256_GCM_SHA384,
            Alert::ILLEGAL_PARAMETER,
        ),
        (
            "an unknown suite",
            |body| hello(body).cipher_suite = CipherSuite(0xfafa),
            Alert::ILLEGAL_PARAMETER,
        ),
        (
            "no encryption",
            |body| hello(body).cipher_suite = CipherSuite::TLS_NULL_WITH_NULL_NULL,
            Alert::ILLEGAL_PARAMETER,
        ),
        (
            "compression",
            |body| hello(body).compression_method = CompressionMethod::DEFLATE,
            Alert::ILLEGAL_PARAMETER,
        ),
        (
            "an extension that was not asked for",
            |body| {
                extend(
                    body,
                    ExtensionType::HEARTBEAT,
                    ExtensionBody::Unknown(vec![1]),
                )
            },
            Alert::UNSUPPORTED_EXTENSION,
        ),
        (
            "an application protocol, where none was offered",
            |body| {
                let kind = ExtensionType::APPLICATION_LAYER_PROTOCOL_NEGOTIATION;
                extend(body, kind, ExtensionBody::Protocols(vec![b"h2".to_vec()]));
            },
            Alert::UNSUPPORTED_EXTENSION,
        ),
        (
            "an earlier handshake renewed",
            |body| {
                hello(body).extensions = Some(Vec::new());
                extend(
                    body,
                    ExtensionType::RENEGOTIATION_INFO,
                    ExtensionBody::Renegotiation(vec![1; 24]),
                );
            },
            Alert::HANDSHAKE_FAILURE,
        ),
        (
            "no uncompressed points",
            |body| {
                let formats = vec![PointFormat::COMPRESSED_PRIME];
                extend(
                    body,
                    ExtensionType::EC_POINT_FORMATS,
                    ExtensionBody::PointFormats(formats),
                );
            },
            Alert::ILLEGAL_PARAMETER,
        ),
        (
            "a server_name with content, which is a client's question",
            |body| {
                extend(
                    body,
                    ExtensionType::SERVER_NAME,
                    ExtensionBody::Unknown(vec![0, 4, 0, 0, 1, 97]),
                )
            },
            Alert::ILLEGAL_PARAMETER,
        ),
        (
            "extended_master_secret with content",
            |body| {
                extend(
                    body,
                    ExtensionType::EXTENDED_MASTER_SECRET,
                    ExtensionBody::Unknown(vec![0]),
                )
            },
            Alert::DECODE_ERROR,
        ),
    ];
    for (name, change, expected) in CASES {
        let change = *change;
        let deviation = Deviation::Body(Step::Hello, Box::new(move |_, body| change(body)));
        refused(PLAIN, name, deviation, *expected);
    }
}

/// What the encoder would not write.
#[test]
fn misformed_hellos() {
    let identifier = |bytes: &mut Vec<u8>| {
        bytes.splice(38..39, [33; 34]);
    };
    // The second half of the message is the list of extensions, with one in it.
    let again = |bytes: &mut Vec<u8>| {
        bytes[42..44].copy_from_slice(&[0, 10]);
        bytes.extend_from_within(44..);
    };
    let cases: [(&str, Change<Vec<u8>>, Alert); 2] = [
        (
            "a session identifier that is too long",
            identifier,
            Alert::DECODE_ERROR,
        ),
        ("an extension twice", again, Alert::ILLEGAL_PARAMETER),
    ];
    for (name, change, expected) in cases {
        let change = move |bytes: &mut Vec<u8>| {
            change(bytes);
            fit_length(bytes);
        };
        let deviation = Deviation::Content(Step::Hello, Box::new(change));
        refused(PLAIN, name, deviation, expected);
    }
}

#[test]
fn unusual_hellos_that_are_good() {
    const CASES: &[(&str, Change<Body>)] = &[
        ("a session to resume later", |body| {
            hello(body).session_id = vec![7; 32]
        }),
        ("no extensions", |body| hello(body).extensions = None),
        ("an empty list of extensions", |body| {
            hello(body).extensions = Some(Vec::new())
        }),
        ("server_name acknowledged", |body| {
            extend(body, ExtensionType::SERVER_NAME, ExtensionBody::Empty);
        }),
    ];
    for (name, change) in CASES {
        let change = *change;
        let deviation = Deviation::Body(Step::Hello, Box::new(move |_, body| change(body)));
        check_harmless(Party::Server, PLAIN, name, &deviation, &[]);
    }
}

#[test]
fn encrypt_then_mac_needs_a_mac() {
    let change = |body: &mut Body| {
        extend(body, ExtensionType::ENCRYPT_THEN_MAC, ExtensionBody::Empty);
    };
    let deviation = Deviation::Body(Step::Hello, Box::new(move |_, body| change(body)));
    // Our client offers it with CBC suites only.
    refused(
        PLAIN,
        "encrypt_then_mac with an AEAD",
        deviation,
        Alert::UNSUPPORTED_EXTENSION,
    );
}
