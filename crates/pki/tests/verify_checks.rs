//! What a verdict tells besides yes and no: every check, its reason, its place; and that nothing
//! makes it panic or work without end.

#![expect(clippy::unwrap_used, reason = "a test")]

#[allow(dead_code, reason = "the other tests use more of it")]
#[path = "verify/world.rs"]
mod world;

use padlock_pki::explain::{ProblemKind, explain};
use padlock_pki::issue::{ExtendedKeyUsage, FurtherExtension, Issuer, KeyUsage, issue};
use padlock_pki::key::PublicKey;
use padlock_pki::random::Random;
use padlock_pki::verify::{CheckKind, Failure, Outcome, Reason, Source, Verdict};
use padlock_wire::hex;
use world::{Case, DAY, ENCIPHERS, NOW, World, authority, constraints, names, party, server};

#[test]
fn what_cannot_be_read() {
    let good = World::new().good();
    let case = Case {
        chain: vec![],
        ..good.clone()
    };
    assert_eq!(case.verdict().failure_kind(), Some(Failure::EmptyChain));
    let malformed = Some(Failure::Malformed);
    let case = Case {
        chain: vec![vec![]],
        ..good.clone()
    };
    assert_eq!(case.verdict().failure_kind(), malformed);
    // What is sent besides and not needed is noted; where the path ends for it, it decides.
    let mut case = good.clone();
    case.chain.push(b"no certificate".to_vec());
    let verdict = case.verdict();
    assert!(verdict.is_accepted());
    let noted = &verdict.checks[2];
    assert_eq!((noted.certificate, noted.outcome), (2, Outcome::Noted));
    assert_eq!(noted.reason.failure(), malformed);
    case.chain.remove(1);
    let verdict = case.verdict();
    assert_eq!(verdict.checks[1].outcome, Outcome::Failed);
    assert_eq!(verdict.failure_kind(), malformed);
    for length in 0..good.chain[0].len() {
        let mut case = good.clone();
        case.chain[0].truncate(length);
        let verdict = case.verdict();
        assert_eq!(verdict.failure_kind(), malformed, "{length}");
        let Reason::Malformed { problems } = &verdict.checks[0].reason else {
            panic!("{:?}", verdict.checks[0]);
        };
        assert!(!problems.is_empty(), "{length}");
        assert!(
            verdict
                .checks
                .iter()
                .any(|check| check.outcome == Outcome::NotReached)
        );
    }
    // Twice the same extension.
    let twice = World::new().shop(|shop| {
        let further = FurtherExtension {
            identifier: "2.5.29.15".parse().unwrap(),
            critical: true,
            value: vec![0x03, 0x02, 0x07, 0x80],
        };
        shop.further_extensions = vec![further];
    });
    let verdict = twice.verdict();
    assert!(matches!(
        verdict.checks[0].reason,
        Reason::DuplicateExtension { .. }
    ));
    assert_eq!(verdict.failure_kind(), malformed);
}

#[test]
fn no_byte_can_be_changed_unnoticed() {
    let good = World::new().good();
    for certificate in 0..2 {
        for index in 0..good.chain[certificate].len() {
            let mut case = good.clone();
            case.chain[certificate][index] ^= 0x01;
            assert!(
                !case.verdict().is_accepted(),
                "byte {index} of {certificate}"
            );
        }
    }
}

#[test]
fn every_check_is_listed_also_after_a_failure() {
    let world = World::new();
    let kinds = |verdict: &Verdict| -> Vec<_> {
        verdict
            .checks
            .iter()
            .map(|check| (check.kind, check.certificate))
            .collect()
    };
    let good = world.good().verdict();
    assert_eq!(
        kinds(&good),
        [
            (CheckKind::Readable, 0),
            (CheckKind::Readable, 1),
            (CheckKind::PathToAnchor, 1),
            (CheckKind::Signature, 0),
            (CheckKind::Signature, 1),
            (CheckKind::Validity, 0),
            (CheckKind::Validity, 1),
            (CheckKind::CertificationAuthority, 1),
            (CheckKind::PathLength, 1),
            (CheckKind::KeyCertSign, 1),
            (CheckKind::KeyUsage, 0),
            (CheckKind::ExtendedKeyUsage, 0),
            (CheckKind::Name, 0),
            (CheckKind::CriticalExtensions, 0),
            (CheckKind::CriticalExtensions, 1),
        ]
    );
    assert!(
        good.checks
            .iter()
            .all(|check| check.outcome == Outcome::Passed)
    );
    assert_eq!(
        good.sources,
        [Source::Chain(0), Source::Chain(1), Source::Anchor(0)]
    );

    // Everything wrong at once.
    let mut case = world.case(
        |issuing| {
            issuing.basic_constraints = constraints(false, None);
            issuing.key_usage = vec![KeyUsage::CrlSign];
            issuing.not_before = NOW + DAY;
        },
        |shop| {
            shop.not_after = NOW - DAY;
            shop.key_usage = ENCIPHERS.to_vec();
            shop.extended_key_usage = vec![ExtendedKeyUsage::ClientAuth];
            shop.alternative_names = names(&["other.example"]);
        },
    );
    case.anchors = vec![party("Stranger", "stranger").root()];
    let bad = case.verdict();
    assert_eq!(kinds(&bad), kinds(&good));
    let outcomes: Vec<_> = bad
        .checks
        .iter()
        .map(|check| check.reason.failure())
        .collect();
    assert_eq!(
        outcomes,
        [
            None,
            None,
            Some(Failure::UnknownIssuer),
            None,
            None,
            Some(Failure::Expired),
            Some(Failure::NotYetValid),
            Some(Failure::NotCa),
            None,
            Some(Failure::NotCa),
            Some(Failure::WrongKeyUsage),
            Some(Failure::WrongExtendedKeyUsage),
            Some(Failure::NameMismatch),
            None,
            None,
        ]
    );
    assert_eq!(bad.checks[4].outcome, Outcome::NotReached);
}

#[test]
fn checks_point_at_the_bytes_concerned() {
    let world = World::new();
    let case = world.shop(|shop| shop.not_after = NOW - DAY);
    let verdict = case.verdict();
    for (kind, certificate, label, value) in [
        (CheckKind::PathToAnchor, 1, "issuer", "CN=Root,O=Test"),
        (CheckKind::Signature, 0, "signatureValue", ""),
        (
            CheckKind::Validity,
            0,
            "notAfter",
            "2026-11-21 00:00:00 UTC",
        ),
        (CheckKind::Validity, 1, "validity", ""),
        (
            CheckKind::CertificationAuthority,
            1,
            "Extension",
            "basicConstraints, critical",
        ),
        (CheckKind::KeyCertSign, 1, "Extension", "keyUsage, critical"),
        (CheckKind::KeyUsage, 0, "Extension", "keyUsage, critical"),
        (CheckKind::ExtendedKeyUsage, 0, "Extension", "extKeyUsage"),
        (CheckKind::Name, 0, "dNSName", "shop.example"),
    ] {
        let mut checks = verdict.checks.iter();
        let check = checks.find(|check| check.kind == kind && check.certificate == certificate);
        let range = check.unwrap().at.clone().unwrap();
        let (tree, _) = explain(&case.chain[certificate]);
        let path = tree.path_to(range.start);
        let node = path.iter().find(|node| node.range == range);
        let node = node.unwrap_or_else(|| panic!("{kind:?}: {range:?} is no field"));
        assert_eq!(node.label, label, "{kind:?}");
        assert_eq!(node.value.to_string(), value, "{kind:?}");
    }
}

/// Whoever sends thousands of them must not keep us busy with looking for one among all.
#[test]
fn extensions_are_bounded() {
    let with = |count: u8| {
        let further = |number: u8| FurtherExtension {
            identifier: format!("1.3.6.1.4.1.99999.{number}").parse().unwrap(),
            critical: false,
            value: vec![0x05, 0x01],
        };
        let extensions = (0..count).map(further).collect();
        World::new().shop(|shop| shop.further_extensions = extensions)
    };
    let own = {
        let (tree, _) = explain(&World::new().good().chain[0]);
        let extensions = tree.find("Extensions").unwrap();
        let each = extensions.children.iter();
        each.filter(|part| part.label == "Extension").count()
    };
    let room = u8::try_from(64 - own).unwrap();
    assert!(with(room).verdict().is_accepted());
    let verdict = with(room + 1).verdict();
    assert_eq!(verdict.failure_kind(), Some(Failure::Malformed));
    let Reason::Malformed { problems } = &verdict.checks[0].reason else {
        panic!("{:?}", verdict.checks[0]);
    };
    assert_eq!(problems.len(), 1);
    assert_eq!(problems[0].kind, ProblemKind::TooMany);
    assert_eq!(verdict.checks[0].at.clone().unwrap().start, problems[0].at);
}

#[test]
fn the_search_is_bounded() {
    // Twelve authorities, each certified by each of the others, and no anchor: countless ways.
    let parties: Vec<_> = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"]
        .map(|name| party(name, name))
        .to_vec();
    let shop = party("shop.example", "shop");
    let mut chain = vec![parties[0].issues(&server(&shop), &shop)];
    for issuer in &parties {
        for holder in &parties {
            if issuer.name != holder.name {
                chain.push(issuer.issues(&authority(holder), holder));
            }
        }
    }
    let case = Case {
        chain,
        anchors: vec![party("Root", "root").root()],
        ..World::new().good()
    };
    let verdict = case.verdict();
    assert_eq!(verdict.failure().unwrap().kind, CheckKind::PathToAnchor);
    assert_eq!(verdict.failure_kind(), Some(Failure::TooMuchWork));
    assert!(verdict.path.len() <= 10);

    // Authorities in a row, as many as may be and one more.
    for (count, expected) in [(9, None), (10, Some(Failure::TooMuchWork))] {
        let row: Vec<_> = parties.iter().take(count).collect();
        let mut chain = vec![row[0].issues(&server(&shop), &shop)];
        let issuers = row.iter().skip(1).copied();
        for (holder, issuer) in row.iter().zip(issuers) {
            chain.push(issuer.issues(&authority(holder), holder));
        }
        let root = party("Root", "root");
        chain.push(root.issues(&authority(row[count - 1]), row[count - 1]));
        let case = Case {
            chain,
            ..World::new().good()
        };
        assert_eq!(case.verdict().failure_kind(), expected, "{count}");
    }
}

/// A `SubjectPublicKeyInfo` with this algorithm, and these octets of a key.
fn info(algorithm: &str, key: &[u8]) -> PublicKey {
    let algorithm = hex::decode(algorithm).unwrap();
    let bits = [&[0][..], key].concat();
    let spki = element(0x30, &[algorithm, element(0x03, &bits)].concat());
    PublicKey::from_spki_der(&spki).unwrap()
}

fn element(tag: u8, contents: &[u8]) -> Vec<u8> {
    let [high, low] = u16::try_from(contents.len()).unwrap().to_be_bytes();
    let header = match (high, low) {
        (0, 0..0x80) => vec![tag, low],
        (0, _) => vec![tag, 0x81, low],
        _ => vec![tag, 0x82, high, low],
    };
    [&header[..], contents].concat()
}

/// An `RSAPublicKey` with a modulus of so many octets that ends in `last`.
fn numbers(length: usize, last: u8, exponent: &[u8]) -> Vec<u8> {
    let mut modulus = vec![0xc5; length];
    *modulus.last_mut().unwrap() = last;
    modulus.insert(0, 0);
    element(0x30, &[element(2, &modulus), element(2, exponent)].concat())
}

/// OpenSSL's command accepts most of these, for it asks for no level of security unless it is told.
#[test]
fn keys_that_nobody_may_rely_on() {
    const RSA: &str = "300d06092a864886f70d0101010500";
    const PSS: &str = "300b06092a864886f70d01010a";
    const P256: &str = "301306072a8648ce3d020106082a8648ce3d030107";
    let world = World::new();
    let point = world.shop.key.public_key().key_bytes().to_vec();
    let mut off_curve = point.clone();
    off_curve[40] ^= 1;
    let e = &[1, 0, 1][..];
    let weak = Some(Failure::WeakKey);
    let malformed = Some(Failure::Malformed);
    let unsupported = Some(Failure::UnsupportedSignature);
    for (what, key, expected) in [
        ("RSA", info(RSA, &numbers(256, 1, e)), None),
        (
            "RSA, no parameters",
            info("300b06092a864886f70d010101", &numbers(256, 1, e)),
            None,
        ),
        ("e = 0", info(RSA, &numbers(256, 1, &[0])), unsupported),
        ("e = 1", info(RSA, &numbers(256, 1, &[1])), unsupported),
        ("e = 2", info(RSA, &numbers(256, 1, &[2])), unsupported),
        ("even modulus", info(RSA, &numbers(256, 2, e)), unsupported),
        ("16384 bits", info(RSA, &numbers(2048, 1, e)), unsupported),
        ("1024 bits", info(RSA, &numbers(128, 1, e)), weak),
        ("512 bits", info(RSA, &numbers(64, 1, e)), weak),
        (
            "parameters",
            info("300f06092a864886f70d01010106022a03", &numbers(256, 1, e)),
            malformed,
        ),
        ("PSS", info(PSS, &numbers(256, 1, e)), None),
        ("PSS, 1024 bits", info(PSS, &numbers(128, 1, e)), weak),
        ("P-256", info(P256, &point), None),
        ("no point of P-256", info(P256, &off_curve), malformed),
        (
            "no curve",
            info("300906072a8648ce3d0201", &point),
            malformed,
        ),
        (
            "a curve written out",
            info("300b06072a8648ce3d02013000", &point),
            malformed,
        ),
        ("Ed25519", info("300506032b6570", &[0x58; 32]), None),
        (
            "Ed25519 with NULL",
            info("300706032b65700500", &[0x58; 32]),
            malformed,
        ),
        (
            "secp112r1",
            info("301006072a8648ce3d020106052b81040006", &point),
            weak,
        ),
        (
            "secp160r1",
            info("301006072a8648ce3d020106052b81040008", &point),
            weak,
        ),
        (
            "prime192v1",
            info("301306072a8648ce3d020106082a8648ce3d030101", &point),
            weak,
        ),
        ("DSA", info("300906072a8648ce380401", &point), weak),
        (
            "X25519",
            info("300506032b656e", &[9; 32]),
            Some(Failure::WrongKeyUsage),
        ),
        (
            "of no known kind",
            info("300406022a03", &point),
            unsupported,
        ),
        // Nobody here verifies by them, but they are sound.
        (
            "P-521",
            info("301006072a8648ce3d020106052b81040023", &[4; 133]),
            None,
        ),
        (
            "P-224",
            info("301006072a8648ce3d020106052b81040021", &[4; 57]),
            None,
        ),
        ("Ed448", info("300506032b6571", &[1; 57]), None),
        (
            "ML-DSA-44",
            info("300b0609608648016503040311", &[1; 1312]),
            None,
        ),
    ] {
        let subject = world.issuing.subject();
        let issuer = Issuer {
            subject: &subject,
            key: &world.issuing.key,
            algorithm: world.issuing.algorithm,
        };
        let mut case = world.good();
        let mut random = Random::new([9; 32]);
        case.chain[0] = issue(&server(&world.shop), &key, &issuer, &mut random).unwrap();
        let verdict = case.verdict();
        let found = verdict.failure().map(|check| check.reason.to_string());
        assert_eq!(verdict.failure_kind(), expected, "{what}: {found:?}");
    }
}

#[test]
fn policies_that_nobody_asks_for() {
    let world = World::new();
    let with = |oid: &str, critical, value: &[u8]| {
        let further = FurtherExtension {
            identifier: oid.parse().unwrap(),
            critical,
            value: value.to_vec(),
        };
        let case = world.issuing(|issuing| issuing.further_extensions = vec![further]);
        case.verdict().failure_kind()
    };
    let unknown = Some(Failure::UnknownCriticalExtension);
    // inhibitAnyPolicy; inhibitPolicyMapping 0; requireExplicitPolicy 0; what is neither.
    assert_eq!(with("2.5.29.54", true, &[2, 1, 0]), None);
    for critical in [true, false] {
        assert_eq!(with("2.5.29.36", critical, &[0x30, 3, 0x81, 1, 0]), None);
        assert_eq!(with("2.5.29.36", critical, &[0x30, 3, 0x80, 1, 0]), unknown);
    }
}

/// BoringSSL accepts it above the issuer of the end-entity's, OpenSSL nowhere.
#[test]
fn any_purpose_counts_above_the_issuer() {
    let world = World::new();
    let second = party("Second", "second");
    for (above, below, expected) in [
        (ExtendedKeyUsage::Any, ExtendedKeyUsage::ServerAuth, None),
        (
            ExtendedKeyUsage::ServerAuth,
            ExtendedKeyUsage::Any,
            Some(Failure::WrongExtendedKeyUsage),
        ),
    ] {
        let mut case = world.issuing(|issuing| issuing.extended_key_usage = vec![above]);
        case.chain[0] = second.issues(&server(&world.shop), &world.shop);
        let mut template = authority(&second);
        template.extended_key_usage = vec![below];
        case.chain.push(world.issuing.issues(&template, &second));
        assert_eq!(case.verdict().failure_kind(), expected);
    }
}

/// OpenSSL says 25, too.
#[test]
fn the_length_that_an_anchor_allows() {
    let world = World::new();
    for (limit, expected) in [(1, None), (0, Some(Failure::PathTooLong))] {
        let mut root = authority(&world.root);
        root.basic_constraints = constraints(true, Some(limit));
        let mut case = world.good();
        case.anchors = vec![world.root.issues(&root, &world.root)];
        assert_eq!(case.verdict().failure_kind(), expected, "{limit}");
    }
}

/// More issuers with one name than are tried: there may be a path all the same.
#[test]
fn candidates_that_were_not_tried() {
    let world = World::new();
    let mut case = world.good();
    case.chain.truncate(1);
    case.anchors.clear();
    for number in 0..65 {
        let other = party("Issuing", &format!("other {number}"));
        case.chain
            .push(world.root.issues(&authority(&other), &other));
    }
    assert_eq!(case.verdict().failure_kind(), Some(Failure::TooMuchWork));
}
