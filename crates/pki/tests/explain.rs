//! The field tree: that it covers every byte of anything, and that what it says is so.

#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "the vectors are files; this is a test"
)]

#[path = "explain/vectors.rs"]
mod vectors;

use der::{Decode, Encode};
use padlock_pki::explain::{Problem, ProblemKind, explain};
use padlock_pki::time::UnixSeconds;
use padlock_wire::{Node, Section, Value, hex};
use proptest::prelude::*;

/// The tree, after a look at what must be so of any.
#[track_caller]
fn tree(bytes: &[u8]) -> (Node, Vec<Problem>) {
    let (tree, problems) = explain(bytes);
    assert_eq!(tree.range, 0..bytes.len());
    assert_eq!(tree.gap(), None, "{tree}");
    for problem in &problems {
        assert!(problem.at <= bytes.len(), "{problem}");
    }
    (tree, problems)
}

fn text(node: &Node) -> String {
    node.value.to_string()
}

/// The node at the end of these labels, each a child of the one before.
#[track_caller]
fn at<'a>(tree: &'a Node, labels: &[&str]) -> &'a Node {
    labels.iter().fold(tree, |node, label| {
        let mut children = node.children.iter();
        let child = children.find(|child| child.label == *label);
        child.unwrap_or_else(|| panic!("no {label} in {}:\n{node}", node.label))
    })
}

#[test]
fn sound_certificates_have_no_problems() {
    for (name, der) in vectors::certificates()
        .into_iter()
        .chain(vectors::limbo("online::"))
    {
        let (tree, mut problems) = tree(&der);
        // A root of the real world (Starfield's) has the serial number 0, and 0 is not positive.
        if der[13..18] == [0x02, 0x01, 0x00, 0x30, 0x0d] {
            problems.retain(|problem| problem.kind != ProblemKind::SerialNumber);
        }
        assert_eq!(problems, [], "{name}");
        assert_eq!(tree.label, "Certificate");
        let undecoded = tree.leaves().find(|leaf| leaf.value == Value::Undecoded);
        assert_eq!(undecoded, None, "{name}");
    }
}

#[test]
fn what_the_tree_says_is_what_x509_cert_reads() {
    let mut count = 0;
    for (name, der) in vectors::certificates()
        .into_iter()
        .chain(vectors::limbo(""))
    {
        let (tree, _) = tree(&der);
        let Ok(certificate) = x509_cert::Certificate::from_der(&der) else {
            continue;
        };
        count += 1;
        let tbs = certificate.tbs_certificate();
        let seconds = |time: x509_cert::time::Time| {
            let seconds = time.to_unix_duration().as_secs();
            UnixSeconds(i64::try_from(seconds).unwrap()).to_string()
        };
        let serial = hex::encode(tbs.serial_number().as_bytes());
        for (labels, expected) in [
            (&["serialNumber"][..], format!("0x{serial}")),
            (
                &["validity", "notBefore"],
                seconds(tbs.validity().not_before),
            ),
            (&["validity", "notAfter"], seconds(tbs.validity().not_after)),
        ] {
            let field = at(at(&tree, &["tbsCertificate"]), labels);
            assert_eq!(text(field), expected, "{name}: {labels:?}");
        }
        let tbs_node = at(&tree, &["tbsCertificate"]);
        for (label, name_of) in [("issuer", tbs.issuer()), ("subject", tbs.subject())] {
            let node = at(tbs_node, &[label]);
            assert_eq!(der[node.range.clone()], name_of.to_der().unwrap(), "{name}");
            // It escapes more than RFC 4514 asks it to, and has other names for some types.
            let theirs = name_of.to_string();
            if !theirs.contains(['\\', '#']) && !theirs.contains("EMAIL") {
                assert!(text(node).eq_ignore_ascii_case(&theirs), "{name}: {theirs}");
            }
        }
        let key = tbs.subject_public_key_info().to_der().unwrap();
        assert_eq!(
            der[at(tbs_node, &["subjectPublicKeyInfo"]).range.clone()],
            key
        );
        let oid = certificate.signature_algorithm().oid.to_string();
        let node = at(&tree, &["signatureAlgorithm", "algorithm"]);
        assert!(text(node).contains(&oid), "{name}: {}", text(node));

        let extensions = tbs.extensions().map_or(&[][..], Vec::as_slice);
        let nodes = match extensions {
            [] => &[][..],
            _ => &at(tbs_node, &["extensions", "Extensions"]).children[2..],
        };
        assert_eq!(nodes.len(), extensions.len(), "{name}");
        for (node, extension) in nodes.iter().zip(extensions) {
            assert!(text(at(node, &["extnID"])).contains(&extension.extn_id.to_string()));
            assert_eq!(
                text(node).ends_with(", critical"),
                extension.critical,
                "{name}"
            );
            let value = at(node, &["extnValue"]);
            let contents = value.children[1].range.end..value.range.end;
            assert_eq!(der[contents], *extension.extn_value.as_bytes(), "{name}");
        }
    }
    assert!(count >= 6);
}

#[test]
fn says_what_a_demonstration_certificate_says() {
    let (_, der) = &vectors::demo()[2];
    let (tree, _) = tree(der);
    let tbs = at(&tree, &["tbsCertificate"]);
    for (labels, expected) in [
        (&["version"][..], "v3"),
        (&["signature"], "ecdsa-with-SHA256"),
        (&["subject"], "CN=shop.example,O=Example Shop"),
        (&["validity", "notBefore"], "2026-11-15 00:00:00 UTC"),
        (&["validity", "notAfter"], "2027-02-13 00:00:00 UTC"),
        (&["subjectPublicKeyInfo"], "rsaEncryption, 2048 bit"),
        (&["subjectPublicKeyInfo", "algorithm"], "rsaEncryption"),
        (
            &[
                "subjectPublicKeyInfo",
                "subjectPublicKey",
                "RSAPublicKey",
                "publicExponent",
            ],
            "65537",
        ),
    ] {
        assert_eq!(text(at(tbs, labels)), expected, "{labels:?}");
    }
    let extensions = &at(tbs, &["extensions", "Extensions"]).children[2..];
    let all: Vec<_> = extensions
        .iter()
        .map(|node| format!("{}: {}", text(node), text(at(node, &["extnValue"]))))
        .collect();
    for expected in [
        "basicConstraints, critical: cA FALSE",
        "keyUsage, critical: digitalSignature, keyEncipherment",
        "extKeyUsage: id-kp-serverAuth",
        "subjectAltName: shop.example, www.shop.example",
    ] {
        assert!(
            all.iter().any(|one| one == expected),
            "{expected} in {all:#?}"
        );
    }
}

#[test]
fn every_field_knows_its_section() {
    let (_, der) = &vectors::demo()[2];
    let (tree, _) = tree(der);
    let mut sections = Vec::new();
    collect(&tree, None, &mut sections);
    for (label, section) in [
        ("Certificate", Section::new(5280, "4.1")),
        ("tbsCertificate", Section::new(5280, "4.1.1.1")),
        ("version", Section::new(5280, "4.1.2.1")),
        ("serialNumber", Section::new(5280, "4.1.2.2")),
        ("signature", Section::new(5280, "4.1.2.3")),
        ("issuer", Section::new(5280, "4.1.2.4")),
        ("notAfter", Section::new(5280, "4.1.2.5")),
        ("subject", Section::new(5280, "4.1.2.6")),
        ("subjectPublicKeyInfo", Section::new(5280, "4.1.2.7")),
        ("modulus", Section::new(3279, "2.3.1")),
        ("KeyUsage", Section::new(5280, "4.2.1.3")),
        ("dNSName", Section::new(5280, "4.2.1.6")),
        ("BasicConstraints", Section::new(5280, "4.2.1.9")),
        ("KeyPurposeId", Section::new(5280, "4.2.1.12")),
        ("signatureAlgorithm", Section::new(5280, "4.1.1.2")),
        ("signatureValue", Section::new(5280, "4.1.1.3")),
        ("Ecdsa-Sig-Value", Section::new(3279, "2.2.3")),
    ] {
        let found = sections.iter().find(|(name, _)| name == label);
        assert_eq!(
            found.map(|(_, section)| *section),
            Some(Some(section)),
            "{label}"
        );
    }
}

/// Each label with its own section or its parent's.
fn collect(node: &Node, outer: Option<Section>, into: &mut Vec<(String, Option<Section>)>) {
    let section = node.section.or(outer);
    into.push((node.label.to_string(), section));
    for child in &node.children {
        collect(child, section, into);
    }
}

#[test]
fn cut_off_anywhere_it_still_covers_and_says_so_once() {
    for (name, der) in vectors::demo() {
        for length in 0..der.len() {
            let (_, problems) = tree(&der[..length]);
            let is_truncated =
                |problem: &&Problem| matches!(problem.kind, ProblemKind::Truncated { .. });
            let count = problems.iter().filter(is_truncated).count();
            assert_eq!(count, 1, "{name} cut at {length}: {problems:?}");
        }
    }
}

#[test]
fn with_any_byte_changed_it_still_covers() {
    for (_, mut der) in vectors::demo().split_off(2).into_iter().take(2) {
        for index in 0..der.len() {
            for change in [0x01, 0x20, 0x80, 0xff] {
                der[index] ^= change;
                tree(&der);
                der[index] ^= change;
            }
        }
    }
}

#[test]
fn problems_have_a_kind_and_a_place() {
    /// The demonstration's P-256 certificate with these bytes at the first place where the others
    /// are.
    fn changed(from: &str, to: &str) -> Vec<u8> {
        let (_, mut der) = vectors::demo().swap_remove(3);
        let (from, to) = (hex::decode(from).unwrap(), hex::decode(to).unwrap());
        assert_eq!(from.len(), to.len());
        let place = der.windows(from.len()).position(|window| window == from);
        let place = place.expect("the bytes are there");
        der.splice(place..place + to.len(), to);
        der
    }
    let invalid = |type_name| ProblemKind::Invalid { type_name };
    let not_der = |type_name| ProblemKind::NotDer { type_name };
    #[track_caller]
    fn check(bytes: &[u8], kind: &ProblemKind, leads_to: &str) {
        let (tree, problems) = tree(bytes);
        let found = problems.iter().find(|problem| problem.kind == *kind);
        let found = found.unwrap_or_else(|| panic!("{kind:?} is not in {problems:?}"));
        let path = tree.path_to(found.at);
        let labels: Vec<_> = path.iter().map(|node| &node.label).collect();
        assert!(
            labels.iter().any(|label| *label == leads_to),
            "{found}: {labels:?}"
        );
    }
    // Dates: 2026-11-15 as 2026-13-15.
    let hex_of = |text: &str| hex::encode(text.as_bytes());
    let date = changed(&hex_of("261115000000Z"), &hex_of("261315000000Z"));
    check(&date, &invalid("UTCTime"), "notBefore");
    // BOOLEAN TRUE as 01 instead of ff; and written out though it is the default.
    check(
        &changed("0101ff", "010101"),
        &not_der("BOOLEAN"),
        "critical",
    );
    let default = ProblemKind::DefaultEncoded { field: "critical" };
    check(&changed("0101ff", "010100"), &default, "critical");
    // keyUsage: 7 unused bits and one of them set; then 9 unused bits.
    check(
        &changed("03020780", "03020781"),
        &not_der("BIT STRING"),
        "KeyUsage",
    );
    check(
        &changed("03020780", "03020980"),
        &invalid("BIT STRING"),
        "KeyUsage",
    );
    // A version that is an OCTET STRING.
    let version = ProblemKind::UnexpectedTag {
        field: "Version",
        found: 4,
    };
    check(&changed("a003020102", "a003040102"), &version, "version");
    let (_, der) = vectors::demo().swap_remove(3);
    let (sound, _) = tree(&der);
    // The certificate with a byte of a field, counted from its identifier, set to something else.
    let set = |label: &str, offset: usize, byte: u8| {
        let mut changed = der.clone();
        changed[sound.find(label).unwrap().range.start + offset] = byte;
        changed
    };
    // A serial number that is negative, and one with needless zeros.
    let serial = ProblemKind::SerialNumber;
    check(&set("serialNumber", 2, 0xc0), &serial, "serialNumber");
    let mut zeros = set("serialNumber", 2, 0);
    zeros[sound.find("serialNumber").unwrap().range.start + 3] = 0;
    check(&zeros, &not_der("INTEGER"), "serialNumber");
    // A length that is never ended, one that leaves its parent, one that leaves the input.
    let endless = set("extensions", 1, 0x80);
    check(&endless, &ProblemKind::IndefiniteLength, "extensions");
    let overrun = ProblemKind::Overrun {
        length: 14,
        left: 13,
    };
    check(&set("notAfter", 1, 14), &overrun, "notAfter");
    let room = sound.find("signatureValue").unwrap().range.len() - 2;
    let truncated = ProblemKind::Truncated {
        needed: Some(room + 1),
        left: room,
    };
    let more = u8::try_from(room + 1).unwrap();
    check(
        &set("signatureValue", 1, more),
        &truncated,
        "signatureValue",
    );
    // A field that is not there: validity is renamed to what no field is.
    let unexpected = ProblemKind::UnexpectedTag {
        field: "validity",
        found: 0x31,
    };
    check(&set("validity", 0, 0x31), &unexpected, "validity");
    // The object identifier of a key usage that ends in the middle of a number.
    let identifier = invalid("OBJECT IDENTIFIER");
    check(&set("extnID", 4, 0x8e), &identifier, "extnID");
    // Text that its type does not have.
    let string = ProblemKind::Characters {
        type_name: "UTF8String",
    };
    let organization = changed(&hex_of("Example Shop"), &hex_of("Example Sh\u{0}p"));
    assert_eq!(tree(&organization).1, [], "UTF-8 has every character");
    let organization = changed(&hex_of("Example Shop"), "4578616d706c65205368ff70");
    check(&organization, &string, "value");
}

#[test]
fn work_is_bounded() {
    // A million values side by side, and as deep as 1 MiB goes, definite and indefinite.
    let mut flat = vec![0x30, 0x83, 0x10, 0x00, 0x00];
    flat.extend([0x05, 0x00].repeat(1 << 19));
    let (_, problems) = tree(&flat);
    assert!(
        problems
            .iter()
            .any(|problem| problem.kind == ProblemKind::TooMany)
    );
    let indefinite = [0x30, 0x80].repeat(1 << 19);
    let (_, problems) = tree(&indefinite);
    assert!(
        problems
            .iter()
            .any(|problem| problem.kind == ProblemKind::TooDeep)
    );
    let mut deep = Vec::new();
    while deep.len() < 1 << 16 {
        let length = u32::try_from(deep.len()).unwrap().to_be_bytes();
        let mut outer = vec![0x30, 0x84];
        outer.extend(length);
        outer.extend(&deep);
        deep = outer;
    }
    let (_, problems) = tree(&deep);
    assert!(
        problems
            .iter()
            .any(|problem| problem.kind == ProblemKind::TooDeep)
    );
}

#[test]
fn ber_is_read_and_reported() {
    let (_, der) = vectors::demo().swap_remove(3);
    let (sound, _) = tree(&der);
    // The same certificate with the outermost length in the indefinite form.
    let mut ber = vec![0x30, 0x80];
    ber.extend(&der[sound.children[1].range.end..]);
    ber.extend([0x00, 0x00]);
    let (tree, problems) = tree(&ber);
    let problem = Problem {
        kind: ProblemKind::IndefiniteLength,
        at: 1,
    };
    assert_eq!(problems, [problem]);
    let subject = at(&tree, &["tbsCertificate", "subject"]);
    assert_eq!(text(subject), "CN=shop.example,O=Example Shop");
    assert_eq!(tree.children.last().unwrap().label, "end-of-contents");
}

#[test]
fn what_follows_is_shown_too() {
    let (_, mut der) = vectors::demo().swap_remove(0);
    let length = der.len();
    der.extend(b"more");
    let (tree, problems) = tree(&der);
    let problem = Problem {
        kind: ProblemKind::Trailing { count: 4 },
        at: length,
    };
    assert_eq!(problems, [problem]);
    assert_eq!(tree.children[0].label, "Certificate");
    assert_eq!(tree.children[1].range, length..length + 4);
}

proptest! {
    #[test]
    fn anything_is_covered(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        tree(&bytes);
    }

    /// Bytes that look more like DER than most.
    #[test]
    fn anything_like_der_is_covered(
        bytes in proptest::collection::vec(
            prop_oneof![
                Just(0x30_u8), Just(0x31), Just(0xa0), Just(0xa3), Just(0x80), Just(0x02),
                Just(0x03), Just(0x04), Just(0x06), Just(0x00), 0_u8..8, any::<u8>(),
            ],
            0..300,
        )
    ) {
        tree(&bytes);
    }
}
