//! Every message: coding is its own inverse, trees tile, and no bytes make a decoder panic.

use padlock_tls::codes::HandshakeType;
use padlock_tls::codes::{
    CipherSuite, ClientCertificateType, CompressionMethod, ExtensionType, NameType, NamedGroup,
    PointFormat, ProtocolVersion, SignatureScheme,
};
use padlock_tls::messages::{
    Body, Certificate, CertificateRequest, CertificateVerify, ClientHello, ClientKeyExchange,
    DigitallySigned, EcdhParameters, Extension, ExtensionBody, Finished, Handshake, HelloRequest,
    ServerHello, ServerHelloDone, ServerKeyExchange, ServerName, Unknown,
};
use padlock_tls::suite::KeyExchange;
use padlock_wire::{Error, ErrorKind, Structure};
use proptest::collection::vec;
use proptest::prelude::*;

fn bytes(length: impl Into<proptest::collection::SizeRange>) -> impl Strategy<Value = Vec<u8>> {
    vec(any::<u8>(), length)
}

fn name() -> impl Strategy<Value = ServerName> {
    (any::<u8>(), bytes(1..40)).prop_map(|(kind, name)| ServerName {
        kind: NameType(kind),
        name,
    })
}

fn extension() -> impl Strategy<Value = Extension> {
    let with = |kind| move |body| Extension::new(kind, body);
    prop_oneof![
        vec(name(), 1..3)
            .prop_map(ExtensionBody::ServerNames)
            .prop_map(with(ExtensionType::SERVER_NAME)),
        Just(ExtensionBody::Empty).prop_map(with(ExtensionType::EXTENDED_MASTER_SECRET)),
        vec(any::<u16>().prop_map(NamedGroup), 1..8)
            .prop_map(ExtensionBody::Groups)
            .prop_map(with(ExtensionType::SUPPORTED_GROUPS)),
        vec(any::<u8>().prop_map(PointFormat), 1..4)
            .prop_map(ExtensionBody::PointFormats)
            .prop_map(with(ExtensionType::EC_POINT_FORMATS)),
        vec(any::<u16>().prop_map(SignatureScheme), 1..12)
            .prop_map(ExtensionBody::SignatureSchemes)
            .prop_map(with(ExtensionType::SIGNATURE_ALGORITHMS)),
        vec(bytes(1..12), 1..4)
            .prop_map(ExtensionBody::Protocols)
            .prop_map(with(ExtensionType::APPLICATION_LAYER_PROTOCOL_NEGOTIATION)),
        bytes(0..24)
            .prop_map(ExtensionBody::Renegotiation)
            .prop_map(with(ExtensionType::RENEGOTIATION_INFO)),
        (0x8000_u16..0xf000, bytes(0..30))
            .prop_map(|(kind, data)| (ExtensionType(kind), ExtensionBody::Unknown(data)))
            .prop_map(|(kind, body)| Extension::new(kind, body)),
    ]
}

fn extensions() -> impl Strategy<Value = Option<Vec<Extension>>> {
    prop::option::of(vec(extension(), 0..8).prop_map(|mut all| {
        all.sort_by_key(|extension| extension.kind);
        all.dedup_by_key(|extension| extension.kind);
        all
    }))
}

prop_compose! {
    fn client_hello()(
        (version, random, session_id) in any::<(u16, [u8; 32])>()
            .prop_flat_map(|(version, random)| (Just(version), Just(random), bytes(0..=32))),
        suites in vec(any::<u16>().prop_map(CipherSuite), 1..20),
        methods in vec(any::<u8>().prop_map(CompressionMethod), 1..3),
        extensions in extensions(),
    ) -> ClientHello {
        ClientHello {
            client_version: ProtocolVersion(version),
            random,
            session_id,
            cipher_suites: suites,
            compression_methods: methods,
            extensions,
        }
    }
}

prop_compose! {
    fn server_hello()(
        (version, random, suite, method) in any::<(u16, [u8; 32], u16, u8)>(),
        session_id in bytes(0..=32),
        extensions in extensions(),
    ) -> ServerHello {
        ServerHello {
            server_version: ProtocolVersion(version),
            random,
            session_id,
            cipher_suite: CipherSuite(suite),
            compression_method: CompressionMethod(method),
            extensions,
        }
    }
}

fn signed() -> impl Strategy<Value = DigitallySigned> {
    (any::<u16>().prop_map(SignatureScheme), bytes(0..80)).prop_map(|(algorithm, signature)| {
        DigitallySigned {
            algorithm,
            signature,
        }
    })
}

fn certificate_request() -> impl Strategy<Value = CertificateRequest> {
    let types = vec(any::<u8>().prop_map(ClientCertificateType), 1..5);
    let schemes = vec(any::<u16>().prop_map(SignatureScheme), 1..9);
    (types, schemes, vec(bytes(1..50), 0..4)).prop_map(|(types, schemes, names)| {
        CertificateRequest {
            certificate_types: types,
            supported_signature_algorithms: schemes,
            certificate_authorities: names,
        }
    })
}

fn server_key_exchange() -> impl Strategy<Value = ServerKeyExchange> {
    (any::<u16>(), bytes(1..100), signed()).prop_map(|(group, public_key, signed)| {
        let parameters = EcdhParameters {
            group: NamedGroup(group),
            public_key,
        };
        ServerKeyExchange { parameters, signed }
    })
}

/// Any message, with the key exchange that its form belongs to.
fn handshake() -> impl Strategy<Value = Handshake> {
    let rsa = bytes(0..300).prop_map(ClientKeyExchange::Rsa);
    let ecdhe = bytes(1..100).prop_map(ClientKeyExchange::Ecdhe);
    let any_exchange = prop::sample::select(vec![
        None,
        Some(KeyExchange::Rsa),
        Some(KeyExchange::EcdheRsa),
        Some(KeyExchange::EcdheEcdsa),
    ]);
    let plain = prop_oneof![
        Just(Body::HelloRequest(HelloRequest)),
        client_hello().prop_map(Body::from),
        server_hello().prop_map(Body::from),
        vec(bytes(1..200), 0..4)
            .prop_map(|certificate_list| Body::from(Certificate { certificate_list })),
        certificate_request().prop_map(Body::from),
        Just(Body::ServerHelloDone(ServerHelloDone)),
        signed().prop_map(|signed| Body::from(CertificateVerify { signed })),
        bytes(0..50).prop_map(|verify_data| Body::from(Finished { verify_data })),
        (30_u8..=255, bytes(0..50)).prop_map(|(kind, bytes)| {
            Body::Unknown(Unknown {
                kind: HandshakeType(kind),
                bytes,
            })
        }),
    ];
    prop_oneof![
        (plain, any_exchange),
        (
            server_key_exchange().prop_map(Body::from),
            Just(Some(KeyExchange::EcdheRsa))
        ),
        (rsa.prop_map(Body::from), Just(Some(KeyExchange::Rsa))),
        (
            ecdhe.prop_map(Body::from),
            Just(Some(KeyExchange::EcdheEcdsa))
        ),
    ]
    .prop_map(|(body, key_exchange)| Handshake {
        body,
        form: key_exchange.into(),
    })
}

proptest! {
    #[test]
    fn decoding_undoes_encoding(message in handshake()) {
        let encoded = message.encode().unwrap();
        let decoded = Handshake::expecting(message.form).decode_into(&encoded.bytes);
        prop_assert_eq!(&decoded.value, &Ok(message));
        prop_assert_eq!(&decoded.tree, &encoded.tree);
        prop_assert_eq!(&decoded.tree.range, &(0..encoded.bytes.len()));
        prop_assert_eq!(decoded.tree.gap(), None);
    }

    #[test]
    fn truncation_at_every_length_is_refused_and_covered(message in handshake()) {
        let bytes = message.encode().unwrap().bytes;
        for length in 0..bytes.len() {
            let cut = &bytes[..length];
            let decoded = Handshake::expecting(message.form).decode_into(cut);
            prop_assert!(decoded.value.is_err());
            prop_assert_eq!(&decoded.tree.range, &(0..length));
            prop_assert_eq!(decoded.tree.gap(), None);
        }
    }

    #[test]
    fn a_flip_of_every_byte_is_covered(message in handshake(), mask in 1_u8..=255) {
        let mut bytes = message.encode().unwrap().bytes;
        for at in 0..bytes.len() {
            bytes[at] ^= mask;
            let decoded = Handshake::expecting(message.form).decode_into(&bytes);
            prop_assert_eq!(&decoded.tree.range, &(0..bytes.len()));
            prop_assert_eq!(decoded.tree.gap(), None);
            match decoded.value {
                // What can be read is written back as it was.
                Ok(value) => prop_assert_eq!(value.encode().unwrap().bytes, &bytes[..]),
                Err(error) => prop_assert!(error.at <= bytes.len()),
            }
            bytes[at] ^= mask;
        }
    }
}

#[test]
fn faults_are_found_where_they_are() {
    #[track_caller]
    fn check(body: impl Into<Body>, change: impl FnOnce(&mut Vec<u8>), kind: ErrorKind, at: usize) {
        let mut message = Handshake::new(body);
        message.form = Some(KeyExchange::EcdheRsa).into();
        let mut bytes = message.encode().unwrap().bytes;
        change(&mut bytes);
        let length = u8::try_from(bytes.len() - Handshake::HEADER).unwrap();
        bytes[3] = length;
        let decoded = Handshake::expecting(message.form).decode_into(&bytes);
        assert_eq!(decoded.value, Err(Error::new(kind, at)));
    }
    let hello = || ClientHello {
        cipher_suites: vec![CipherSuite(1)],
        compression_methods: vec![CompressionMethod::NULL],
        extensions: Some(vec![
            Extension::new(ExtensionType::EXTENDED_MASTER_SECRET, ExtensionBody::Empty),
            Extension::new(ExtensionType::ENCRYPT_THEN_MAC, ExtensionBody::Empty),
        ]),
        ..ClientHello::default()
    };
    let duplicate = ErrorKind::Duplicate { field: "extension" };
    check(hello(), |bytes| bytes[52] = 23, duplicate, 45);
    check(
        hello(),
        |bytes| bytes.push(0),
        ErrorKind::Trailing { count: 1 },
        55,
    );
    let no_suites = ErrorKind::Length {
        found: 0,
        minimum: 2,
        maximum: 0xfffe,
    };
    let without_suites = |bytes: &mut Vec<u8>| {
        bytes[40] = 0;
        bytes.drain(41..43);
    };
    check(hello(), without_suites, no_suites, 39);
    let exchange = || ServerKeyExchange {
        parameters: EcdhParameters {
            public_key: vec![9; 32],
            ..EcdhParameters::default()
        },
        ..ServerKeyExchange::default()
    };
    let explicit = ErrorKind::Value {
        field: "curve_type",
        found: 1,
    };
    check(exchange(), |bytes| bytes[4] = 1, explicit, 4);
    check(
        ServerHelloDone,
        |bytes| bytes.push(7),
        ErrorKind::Trailing { count: 1 },
        4,
    );
}
