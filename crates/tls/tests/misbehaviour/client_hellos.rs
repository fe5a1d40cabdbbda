//! Unusual and faulty hellos, against our server.

use padlock_tls::codes::{
    AlertDescription as Alert, CipherSuite, CompressionMethod, ExtensionType, NameType, NamedGroup,
    PointFormat, ProtocolVersion, SignatureScheme,
};
use padlock_tls::messages::{Body, ClientHello, Extension, ExtensionBody, ServerName};
use padlock_tls::trace::Party;

use crate::against_server::{PLAIN, fit_length, refused};
use crate::play::{Change, Deviation, check_harmless};
use crate::puppet::Step;

fn hello(body: &mut Body) -> &mut ClientHello {
    match body {
        Body::ClientHello(hello) => hello,
        other => panic!("{other:?} is no ClientHello"),
    }
}

fn extensions(body: &mut Body) -> &mut Vec<Extension> {
    hello(body).extensions.as_mut().unwrap()
}

fn replace(body: &mut Body, kind: ExtensionType, content: ExtensionBody) {
    let all = extensions(body);
    all.retain(|extension| extension.kind != kind);
    all.push(Extension::new(kind, content));
}

#[test]
fn hellos() {
    const CASES: &[(&str, Change<Body>, Alert)] = &[
        (
            "SSL 3.0",
            |body| hello(body).client_version = ProtocolVersion::SSL_3_0,
            Alert::PROTOCOL_VERSION,
        ),
        (
            "TLS 1.0",
            |body| hello(body).client_version = ProtocolVersion::TLS_1_0,
            Alert::PROTOCOL_VERSION,
        ),
        (
            "TLS 1.1",
            |body| hello(body).client_version = ProtocolVersion::TLS_1_1,
            Alert::PROTOCOL_VERSION,
        ),
        (
            "version 0",
            |body| hello(body).client_version = ProtocolVersion(0),
            Alert::PROTOCOL_VERSION,
        ),
        (
            "no suite that is known",
            |body| {
                hello(body).cipher_suites =
                    vec![CipherSuite(0x0a0a), CipherSuite::TLS_AES_128_GCM_SHA256]
            },
            Alert::HANDSHAKE_FAILURE,
        ),
        (
            "only signalling suites",
            |body| hello(body).cipher_suites = vec![CipherSuite::TLS_EMPTY_RENEGOTIATION_INFO_SCSV],
            Alert::HANDSHAKE_FAILURE,
        ),
        (
            "compression without null",
            |body| hello(body).compression_methods = vec![CompressionMethod::DEFLATE],
            Alert::ILLEGAL_PARAMETER,
        ),
        (
            "an earlier handshake renewed",
            |body| {
                replace(
                    body,
                    ExtensionType::RENEGOTIATION_INFO,
                    ExtensionBody::Renegotiation(vec![1; 12]),
                )
            },
            Alert::HANDSHAKE_FAILURE,
        ),
        (
            "no group that is known",
            |body| {
                replace(
                    body,
                    ExtensionType::SUPPORTED_GROUPS,
                    ExtensionBody::Groups(vec![NamedGroup::X448]),
                )
            },
            Alert::HANDSHAKE_FAILURE,
        ),
        (
            "no signature that is known",
            |body| {
                let schemes = vec![SignatureScheme::RSA_PKCS1_SHA1];
                replace(
                    body,
                    ExtensionType::SIGNATURE_ALGORITHMS,
                    ExtensionBody::SignatureSchemes(schemes),
                );
            },
            Alert::HANDSHAKE_FAILURE,
        ),
        (
            "no extensions: SHA-1 would be meant",
            |body| hello(body).extensions = None,
            Alert::HANDSHAKE_FAILURE,
        ),
        (
            "no uncompressed points",
            |body| {
                let formats = vec![PointFormat::COMPRESSED_PRIME];
                replace(
                    body,
                    ExtensionType::EC_POINT_FORMATS,
                    ExtensionBody::PointFormats(formats),
                );
            },
            Alert::ILLEGAL_PARAMETER,
        ),
        (
            "two host names",
            |body| {
                let name = |name: &str| ServerName {
                    kind: NameType::HOST_NAME,
                    name: name.into(),
                };
                let names = vec![name("shop.example"), name("other.example")];
                replace(
                    body,
                    ExtensionType::SERVER_NAME,
                    ExtensionBody::ServerNames(names),
                );
            },
            Alert::ILLEGAL_PARAMETER,
        ),
        (
            "a server_name without content, which is a server's answer",
            |body| replace(body, ExtensionType::SERVER_NAME, ExtensionBody::Empty),
            Alert::ILLEGAL_PARAMETER,
        ),
        (
            "extended_master_secret with content",
            |body| {
                replace(
                    body,
                    ExtensionType::EXTENDED_MASTER_SECRET,
                    ExtensionBody::Unknown(vec![1]),
                )
            },
            Alert::DECODE_ERROR,
        ),
        (
            "a vector of groups that is cut off",
            |body| {
                replace(
                    body,
                    ExtensionType::SUPPORTED_GROUPS,
                    ExtensionBody::Unknown(vec![0, 4, 0, 29]),
                )
            },
            Alert::DECODE_ERROR,
        ),
        (
            "a vector of groups that has half a group",
            |body| {
                replace(
                    body,
                    ExtensionType::SUPPORTED_GROUPS,
                    ExtensionBody::Unknown(vec![0, 3, 0, 29, 0]),
                )
            },
            Alert::DECODE_ERROR,
        ),
        (
            "a vector without any group",
            |body| {
                replace(
                    body,
                    ExtensionType::SUPPORTED_GROUPS,
                    ExtensionBody::Unknown(vec![0, 0]),
                )
            },
            Alert::DECODE_ERROR,
        ),
        (
            "an application protocol without name",
            |body| {
                let kind = ExtensionType::APPLICATION_LAYER_PROTOCOL_NEGOTIATION;
                replace(body, kind, ExtensionBody::Unknown(vec![0, 1, 0]));
            },
            Alert::DECODE_ERROR,
        ),
    ];
    for (name, change, expected) in CASES {
        let change = *change;
        // A function pointer cannot capture: the table holds what changes the body alone.
        let deviation = Deviation::Body(Step::Hello, Box::new(move |_, body| change(body)));
        refused(PLAIN, name, deviation, *expected);
    }
}

/// What the encoder would not write.
#[test]
fn an_extension_twice() {
    let again = |bytes: &mut Vec<u8>| {
        // Behind the fixed fields stands the length of the extensions, then renegotiation_info.
        bytes.extend_from_within(47..52);
        bytes[46] += 5;
        fit_length(bytes);
    };
    let deviation = Deviation::Content(Step::Hello, Box::new(again));
    refused(
        PLAIN,
        "an extension twice",
        deviation,
        Alert::ILLEGAL_PARAMETER,
    );
}

#[test]
fn unusual_hellos_that_are_good() {
    const CASES: &[(&str, Change<Body>)] = &[
        ("a newer version", |body| {
            hello(body).client_version = ProtocolVersion::TLS_1_3
        }),
        ("a version of the future", |body| {
            hello(body).client_version = ProtocolVersion(0x0399)
        }),
        ("a session to resume", |body| {
            hello(body).session_id = vec![7; 32]
        }),
        ("unknown suites", |body| {
            hello(body).cipher_suites.insert(0, CipherSuite(0xfafa))
        }),
        ("the signalling suite of RFC 5746", |body| {
            hello(body)
                .cipher_suites
                .push(CipherSuite::TLS_EMPTY_RENEGOTIATION_INFO_SCSV);
            extensions(body).remove(0);
        }),
        ("no renegotiation_info at all", |body| {
            drop(extensions(body).remove(0))
        }),
        ("compression offered", |body| {
            hello(body)
                .compression_methods
                .insert(0, CompressionMethod::DEFLATE);
        }),
        ("unknown extensions", |body| {
            let unknown = ExtensionBody::Unknown(vec![1, 2, 3]);
            extensions(body).push(Extension::new(ExtensionType(0xfafa), unknown));
        }),
        ("groups not told", |body| {
            extensions(body).retain(|one| one.kind != ExtensionType::SUPPORTED_GROUPS);
        }),
        ("point formats not told", |body| {
            extensions(body).retain(|one| one.kind != ExtensionType::EC_POINT_FORMATS);
        }),
    ];
    for (name, change) in CASES {
        let change = *change;
        let deviation = Deviation::Body(Step::Hello, Box::new(move |_, body| change(body)));
        check_harmless(Party::Client, PLAIN, name, &deviation, &[]);
    }
}
