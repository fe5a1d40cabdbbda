//! Opening whatever holds certificates: every form, every kind, and what is in the way.

#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "a test; the vectors are files"
)]

#[expect(dead_code, reason = "the tests of the tree use more of it")]
#[path = "explain/vectors.rs"]
mod vectors;

#[path = "open/samples.rs"]
mod samples;

use padlock_pki::explain::{Kind, ProblemKind};
use padlock_pki::pem;
use padlock_pki::read::{Content, Fault, FaultKind, Form, Item, Opened, PrivateKeyKind, open};
use padlock_wire::hex;
use samples::sample;

fn shop() -> Vec<u8> {
    vectors::demo().swap_remove(3).1
}

/// The one item, and no fault.
#[track_caller]
fn only(input: &[u8]) -> Item {
    let Opened { mut items, faults } = open(input);
    assert_eq!(faults, []);
    assert_eq!(items.len(), 1, "{items:?}");
    items.remove(0)
}

#[track_caller]
fn check_faults(input: &[u8], expected: &[(usize, &str)]) -> Vec<Item> {
    let Opened { items, faults } = open(input);
    let faults: Vec<_> = faults
        .iter()
        .map(|one| (one.at, one.kind.to_string()))
        .collect();
    let faults: Vec<_> = faults.iter().map(|(at, text)| (*at, &**text)).collect();
    assert_eq!(faults, expected);
    items
}

#[test]
fn one_certificate_in_every_form() {
    let der = shop();
    let base64 = pem::base64(&der);
    let url = base64.replace('+', "-").replace('/', "_");
    let wrapped: Vec<&str> = (0..base64.len())
        .step_by(64)
        .map(|at| &base64[at..(at + 64).min(base64.len())])
        .collect();
    let digits = hex::encode(&der);
    let pairs: Vec<&str> = (0..digits.len())
        .step_by(2)
        .map(|at| &digits[at..at + 2])
        .collect();
    for (input, form) in [
        (der.clone(), Form::Binary),
        (base64.clone().into_bytes(), Form::Base64),
        (
            format!(" \r\n{}\r\n", wrapped.join("\r\n")).into_bytes(),
            Form::Base64,
        ),
        (format!("\"{base64}\"\n").into_bytes(), Form::Base64),
        (url.trim_end_matches('=').as_bytes().to_vec(), Form::Base64),
        (digits.clone().into_bytes(), Form::Hex),
        (pairs.join(":").to_uppercase().into_bytes(), Form::Hex),
        (
            format!("\u{feff}0x{}", pairs.join(" ")).into_bytes(),
            Form::Hex,
        ),
    ] {
        let item = only(&input);
        assert_eq!(
            (item.kind(), item.der()),
            (Some(Kind::Certificate), &der[..])
        );
        assert_eq!(item.form, form);
        let (tree, problems) = item.explain().unwrap();
        assert_eq!((&*tree.label, problems), ("Certificate", vec![]));
        // Its place has all digits, and nothing around them.
        let place = &input[item.range.clone()];
        let around = place.first().into_iter().chain(place.last());
        let is_around = |byte: &u8| byte.is_ascii_whitespace() || *byte == b'"';
        assert!(form == Form::Binary || !around.into_iter().any(is_around));
    }
}

#[test]
fn pem_with_text_around_knows_its_places() {
    let (one, two) = (pem::encode("CERTIFICATE", &shop()), sample("csr/ec.der"));
    let two = pem::encode("NEW CERTIFICATE REQUEST", &two);
    let text = format!("subject=CN = é\n{one}  and:\r\n{two}bye");
    let Opened { items, faults } = open(text.as_bytes());
    assert_eq!(faults, []);
    let places: Vec<&str> = items.iter().map(|item| &text[item.range.clone()]).collect();
    assert_eq!(places, [one.trim_end(), two.trim_end()]);
    let forms: Vec<&Form> = items.iter().map(|item| &item.form).collect();
    let form = |label: &str, line| Form::Pem {
        label: label.to_owned(),
        line,
    };
    let line = 4 + one.lines().count() - 1;
    let expected = [
        form("CERTIFICATE", 2),
        form("NEW CERTIFICATE REQUEST", line),
    ];
    assert_eq!(forms, expected.iter().collect::<Vec<_>>());
    // And where the line breaks were lost.
    let flat = text.replace(['\r', '\n'], " ");
    let flat = open(flat.as_bytes());
    assert_eq!(flat.faults, []);
    for (one, other) in items.iter().zip(&flat.items) {
        assert_eq!(one.content, other.content);
    }
    assert_eq!(flat.items.len(), 2);
}

#[test]
fn every_kind_is_known_by_its_shape() {
    for (name, kind) in [
        ("certificate/rich.der", Kind::Certificate),
        ("certificate/ber.der", Kind::Certificate),
        ("certificate/bad-time.der", Kind::Certificate),
        ("csr/ec.der", Kind::CertificationRequest),
        ("csr/cut.der", Kind::CertificationRequest),
        ("crl/rich.der", Kind::CertificateList),
        ("crl/cut.der", Kind::CertificateList),
        ("pkcs7/bundle.der", Kind::ContentInfo),
        ("pkcs7/signed.der", Kind::ContentInfo),
        ("pkcs7/ber.der", Kind::ContentInfo),
        ("pkcs7/ocsp.der", Kind::OcspResponse),
        ("pkcs7/ocsp-unauthorized.der", Kind::OcspResponse),
        ("certificate/deep.der", Kind::Other),
    ] {
        let der = sample(name);
        for input in [der.clone(), pem::encode("SOMETHING", &der).into_bytes()] {
            let found = open(&input);
            assert_eq!(found.items[0].kind(), Some(kind), "{name}");
            assert_eq!(found.items[0].der(), der, "{name}");
        }
    }
    // A certificate of version 1, and a public key by itself.
    let der = sample("certificate/ed25519.der");
    let (tree, _) = only(&der).explain().unwrap();
    let key = tree.find("subjectPublicKeyInfo").unwrap().range.clone();
    assert_eq!(only(&der[key]).kind(), Some(Kind::PublicKey));
}

/// RFC 6066 §8: with TLS around it, of which nothing is lost.
#[test]
fn a_stapled_response() {
    let der = sample("pkcs7/ocsp.der");
    let length = |more: usize| u32::try_from(der.len() + more).unwrap().to_be_bytes();
    let status = [&[1], &length(0)[1..], &der].concat();
    let message = [&[22], &length(4)[1..], &status].concat();
    let record = [&[22, 3, 3], &length(8)[2..], &message].concat();
    for (input, before) in [(&status, 4), (&message, 8), (&record, 13)] {
        for (form, input, range) in [
            (Form::Binary, input.clone(), before..input.len()),
            (
                Form::Hex,
                hex::encode(input).into_bytes(),
                2 * before..2 * input.len(),
            ),
            (
                Form::Base64,
                pem::base64(input).into_bytes(),
                before / 3 * 4 + [0, 2, 3][before % 3]
                    ..pem::base64(input).trim_end_matches('=').len(),
            ),
        ] {
            let Opened { items, faults } = open(&input);
            assert_eq!(faults, [], "{form:?}");
            let item = &items[0];
            assert_eq!(item.kind(), Some(Kind::OcspResponse), "{form:?}");
            assert_eq!(item.der(), der, "{form:?}");
            assert_eq!((&item.form, item.range.start), (&form, range.start));
            assert!(item.range.end.abs_diff(range.end) <= 2, "{:?}", item.range);
        }
    }
    // With a byte too many or too few, of another type, or in another record it is none.
    let other = |at: usize, byte: u8| {
        let mut other = record.clone();
        other[at] = byte;
        other
    };
    for input in [
        [&record[..], &[0]].concat(),
        record[..record.len() - 1].to_vec(),
        other(0, 23),
        other(5, 11),
        other(9, 2),
        other(13, 4),
    ] {
        assert_eq!(open(&input).items, [], "{:02x?}", &input[..14]);
    }
}

#[test]
fn what_a_bundle_holds_follows_it() {
    let bundle = sample("pkcs7/bundle.der");
    let text = pem::encode("PKCS7", &bundle);
    for (input, is_text) in [(&bundle[..], false), (text.as_bytes(), true)] {
        let Opened { items, faults } = open(input);
        assert_eq!(faults, []);
        let kinds: Vec<_> = items.iter().filter_map(Item::kind).collect();
        let expected = [Kind::ContentInfo, Kind::Certificate, Kind::CertificateList];
        assert_eq!(kinds, expected);
        assert_eq!(items[1].der(), sample("certificate/rich.der"));
        assert_eq!(items[2].der(), sample("crl/rich.der"));
        for item in &items[1..] {
            let Form::Within { item: 0, place } = &item.form else {
                panic!("{:?}", item.form);
            };
            assert_eq!(item.der(), &bundle[place.clone()]);
            let range = if is_text { &items[0].range } else { place };
            assert_eq!(item.range, *range);
        }
    }
    // In BER, with a length that is never said.
    let der = sample("certificate/ed25519.der");
    let ber = |open: &[u8], contents: &[u8]| [open, &[0x80], contents, &[0, 0]].concat();
    let signed = [
        &hex::decode("020101 3100 300b06092a864886f70d010701").unwrap()[..],
        &ber(&[0xa0], &der),
        &[0x31, 0x00],
    ]
    .concat();
    let signed = ber(&[0xa0], &ber(&[0x30], &signed));
    let identifier = hex::decode("06092a864886f70d010702").unwrap();
    let message = ber(&[0x30], &[identifier, signed].concat());
    let opened = open(&message);
    assert_eq!(opened.items.len(), 2);
    assert_eq!(opened.items[1].der(), der);
}

#[test]
fn private_keys_are_recognised_and_not_kept() {
    for (name, kind) in samples::KEYS {
        let text = samples::key(name);
        let Opened { items, faults } = open(&text);
        assert_eq!(faults, [], "{name}");
        let contents: Vec<_> = items.iter().map(|item| &item.content).collect();
        assert!(
            contents.contains(&&Content::PrivateKey(kind)),
            "{name}: {contents:?}"
        );
        for item in items.iter().filter(|item| item.kind().is_none()) {
            assert_eq!((item.der(), item.explain()), (&[][..], None));
            // Nothing of it is in what is printed either.
            assert!(format!("{item:?}").len() < 200, "{item:?}");
        }
        let blocks = String::from_utf8(text.clone()).ok();
        let blocks = blocks.map(|text| pem::blocks(&text).unwrap());
        let Some(block) = blocks.and_then(|mut blocks| blocks.pop()) else {
            continue;
        };
        // Without the armour, cut off, and under a label that lies.
        let unlabelled = pem::encode("CERTIFICATE", &block.contents).into_bytes();
        let cut = text[..text.len() * 2 / 3].to_vec();
        let mut inputs = vec![cut];
        if !block.is_encrypted() {
            inputs.extend([block.contents.clone(), unlabelled]);
            inputs.push(pem::base64(&block.contents).into_bytes());
            inputs.push(hex::encode(&block.contents).into_bytes());
            let half = block.contents.len() / 2;
            inputs.push(pem::base64(&block.contents[..half]).into_bytes());
        }
        for input in inputs {
            let opened = open(&input);
            let last = opened.items.last().unwrap();
            assert!(
                matches!(last.content, Content::PrivateKey(_)),
                "{name}: {opened:?}"
            );
        }
    }
    // The end of one alone is not shown either.
    let text = samples::key("pkcs8");
    let text = str::from_utf8(&text).unwrap();
    let items = check_faults(
        &text.as_bytes()[40..],
        &[(
            text.rfind("-----END").unwrap() - 40,
            "line 4: there is no line -----BEGIN PRIVATE KEY----- before this \
            -----END PRIVATE KEY-----; was the beginning cut off?",
        )],
    );
    assert_eq!(items, []);
    assert!(PrivateKeyKind::EncryptedPkcs8.is_encrypted());
}

#[test]
fn faults_have_their_place_and_nothing_is_lost() {
    let der = sample("certificate/ed25519.der");
    let text = pem::encode("CERTIFICATE", &der);
    // A character that does not belong, in the middle: what comes before it is shown.
    let mut broken = text.clone();
    broken.replace_range(100..101, "!");
    let items = check_faults(
        broken.as_bytes(),
        &[(100, "line 3: '!' is no base64 digit; was the file edited?")],
    );
    assert_eq!(items[0].kind(), Some(Kind::Certificate));
    let before = items[0].der();
    assert!(
        der.starts_with(before) && before.len() > 40,
        "{}",
        before.len()
    );
    let (_, problems) = items[0].explain().unwrap();
    let is_truncated = |kind: &ProblemKind| matches!(kind, ProblemKind::Truncated { .. });
    assert!(problems.iter().any(|problem| is_truncated(&problem.kind)));
    // No end; two beginnings; another end; nothing within; another thing within.
    let cut = &text[..150];
    let items = check_faults(
        format!("x\n{cut}").as_bytes(),
        &[(
            2,
            "line 2: the block CERTIFICATE has no line -----END CERTIFICATE-----; was the file \
               cut off?",
        )],
    );
    assert!(der.starts_with(items[0].der()));
    let items = check_faults(
        format!("{cut}\n{text}").as_bytes(),
        &[(
            151,
            "line 4: expected -----END CERTIFICATE-----, found -----BEGIN CERTIFICATE-----",
        )],
    );
    assert_eq!((items.len(), items[1].der()), (2, &der[..]));
    check_faults(
        b"-----BEGIN A-----\nMAA=\n-----END B-----\n",
        &[(
            23,
            "line 3: expected -----END A-----, found -----END B-----",
        )],
    );
    let items = check_faults(
        b"-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n",
        &[(0, "the block CERTIFICATE is empty")],
    );
    assert_eq!(items, []);
    let items = check_faults(
        b"-----BEGIN CERTIFICATE-----\n!AAA\n-----END CERTIFICATE-----\n",
        &[(28, "line 2: '!' is no base64 digit; was the file edited?")],
    );
    assert_eq!(items, []);
    let wrong = pem::encode("X509 CRL", &der);
    let items = check_faults(
        wrong.as_bytes(),
        &[(0, "the block X509 CRL holds this: Certificate")],
    );
    assert_eq!(items[0].kind(), Some(Kind::Certificate));
}

#[test]
fn what_is_left_over_is_told() {
    let der = sample("certificate/ed25519.der");
    let two = [&der[..], &sample("csr/ec.der"), b"\nrest"].concat();
    let at = two.len() - 5;
    let items = check_faults(&two, &[(at, "5 bytes that are no value of ASN.1 follow")]);
    let kinds: Vec<_> = items.iter().filter_map(Item::kind).collect();
    assert_eq!(kinds, [Kind::Certificate, Kind::CertificationRequest]);
    assert_eq!(items[1].range, der.len()..at);
    // In text, the places are those of its digits.
    let text = format!(
        "{}\n{}",
        pem::base64(&der),
        pem::base64(&sample("csr/ec.der"))
    );
    let opened = open(text.as_bytes());
    assert_eq!(opened.faults, []);
    let second = opened.items[1].range.clone();
    assert_eq!(
        text[second].as_bytes(),
        pem::base64(&sample("csr/ec.der")).as_bytes()
    );
    let broken = format!("{}*", &pem::base64(&der)[..201]);
    let items = check_faults(
        broken.as_bytes(),
        &[(201, "'*' is no base64 digit; was the text edited?")],
    );
    assert!(der.starts_with(items[0].der()));
    check_faults(
        &pem::base64(&der).as_bytes()[..201],
        &[(201, "the base64 ends too early; was the text cut off?")],
    );
    check_faults(
        &hex::encode(&der).as_bytes()[..201],
        &[(200, "not a pair of hexadecimal digits")],
    );
}

#[test]
fn what_is_nothing_is_said_to_be() {
    let nothing = "no certificate, request, revocation list or bundle: these begin with \
                   -----BEGIN …-----, with MI in base64, or with the byte 30";
    for input in [
        &b"hello"[..],
        b"{\"kty\":\"EC\"}",
        b"\xff\xfe-\0-\0",
        b"\x01\x01",
        b"3",
    ] {
        assert_eq!(check_faults(input, &[(0, nothing)]), []);
    }
    for input in [&b""[..], b" \n"] {
        assert_eq!(check_faults(input, &[(0, "there is nothing here")]), []);
    }
    // Another value of ASN.1 is shown as what it is.
    assert_eq!(only(&[0x02, 0x01, 0x05]).kind(), Some(Kind::Other));
}

/// Inputs that would take hours if the work grew with the square of their length.
#[test]
fn large_inputs_are_no_trouble() {
    const SIZE: usize = 1 << 20;
    let many = |piece: &[u8]| piece.repeat(SIZE / piece.len());
    for input in [
        many(b"-----BEGIN A-----"),
        many(b"-----BEGIN A-----\n"),
        many(b"-----END A-----"),
        many(b"-----BEGIN "),
        many(b"-----BEGIN A-----MAA=-----END A-----"),
        many(b"-----BEGIN PKCS7-----"),
        many(b"-"),
        many(b"a:b\n"),
        [b"-----BEGIN A-----".to_vec(), many(b" ")].concat(),
        [b"-----BEGIN A-----\n".to_vec(), many(b"a:b\n")].concat(),
        [b"-----BEGIN A-----\n".to_vec(), many(b"MDAw")].concat(),
        many(b"MAA="),
        many(b"MDAw"),
        many(b"30:00:"),
        many(&[0x30, 0x00]),
        many(&[0x30, 0x80]),
        many(&[0x30, 0x80, 0x00, 0x00]),
        many(&[0x30, 0x02, 0x30, 0x80]),
        many(&[0x30, 0x84, 0x00, 0x0f, 0xff, 0xff]),
        many(&hex::decode("308006092a864886f70d010702a0803080020101").unwrap()),
        many(&sample("pkcs7/bundle.der")),
        many(b"\0"),
        many(b"\xff"),
    ] {
        let Opened { items, faults } = open(&input);
        assert!(items.len() <= 10_000);
        assert!(items.iter().all(|item| item.range.end <= input.len()));
        let is_last = |fault: &Fault| fault.kind == FaultKind::TooMany;
        assert_eq!(items.len() == 10_000, faults.iter().any(is_last));
    }
}

#[test]
fn ten_thousand_names_are_read() {
    use padlock_pki::card::{Card, SubjectName};
    let (der, names) = samples::many_names(10_000);
    let card = Card::read(only(&der).der()).unwrap();
    let names = names.into_iter().map(SubjectName::Dns);
    assert!(card.alternative_names.into_iter().eq(names));
    let (tree, problems) = only(&der).explain().unwrap();
    assert_eq!(problems, []);
    assert_eq!(tree.gap(), None);
    let shown = tree.find("SubjectAltName").unwrap();
    assert_eq!(shown.children.len(), 2 + 10_000);
}
