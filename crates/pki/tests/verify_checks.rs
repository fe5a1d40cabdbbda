//! What a verdict tells besides yes and no: every check, its reason, its place; and that nothing
//! makes it panic or work without end.

#![expect(clippy::unwrap_used, reason = "a test")]

#[allow(dead_code, reason = "the other tests use more of it")]
#[path = "verify/world.rs"]
mod world;

use padlock_pki::explain::{ProblemKind, explain};
use padlock_pki::issue::{ExtendedKeyUsage, FurtherExtension, KeyUsage};
use padlock_pki::verify::{CheckKind, Failure, Outcome, Reason, Source, Verdict};
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
