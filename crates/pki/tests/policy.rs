//! What the policy for certificates of the web wants beyond what every client checks: each rule
//! broken once, in a chain that keeps to all of them.
#![expect(clippy::unwrap_used, reason = "a test")]

#[path = "verify/world.rs"]
#[expect(dead_code, reason = "other tests use more of it")]
mod world;

use der::oid::ObjectIdentifier;
use padlock_pki::issue::{ExtendedKeyUsage, FurtherExtension, KeyUsage, NameConstraints, Subject};
use padlock_pki::verify::{
    CheckKind, Demands, Failure, Policy, Purpose, Reason, Rule, Source, Verdict, verify_with,
};
use world::{Case, DAY, NOW, World, authority, constraints, names, party, server};

const WEB: Demands<'static> = Demands {
    policy: Policy::WebPki,
    crls: &[],
    ocsp_responses: &[],
    asks_for_status: false,
    max_intermediates: None,
};

/// A good chain by the rules too: the world's has a common name that is an alternative name.
fn judge(case: &Case) -> Verdict {
    case.ask(|request| verify_with(request, &WEB))
}

#[track_caller]
fn broken(case: &Case) -> Vec<Rule> {
    let verdict = judge(case);
    let rules = verdict
        .checks
        .iter()
        .filter_map(|check| match check.reason {
            Reason::BreaksRule { rule, .. } => {
                assert_eq!(check.kind, CheckKind::Profile);
                assert_eq!(check.section, rule.section());
                Some(rule)
            }
            _ => None,
        });
    let rules: Vec<_> = rules.collect();
    assert_eq!(rules.is_empty(), verdict.is_accepted());
    rules
}

fn further(oid: &str, critical: bool, value: &[u8]) -> FurtherExtension {
    FurtherExtension {
        identifier: ObjectIdentifier::new(oid).unwrap(),
        critical,
        value: value.to_vec(),
    }
}

#[test]
fn a_good_chain_keeps_to_every_rule() {
    let case = World::new().good();
    assert_eq!(broken(&case), []);
    let conforms = judge(&case)
        .checks
        .iter()
        .filter(|check| check.reason == Reason::Conforms)
        .count();
    assert_eq!(conforms, 2);
    // Nobody asks without the policy.
    let profile = |check: &padlock_pki::verify::Check| check.kind == CheckKind::Profile;
    assert!(!case.verdict().checks.iter().any(profile));
}

#[test]
fn each_rule_of_an_end_entity() {
    let world = World::new();
    type Change = fn(&mut padlock_pki::issue::Template);
    let table: [(Rule, Change); 12] = [
        (Rule::AuthorityKeyPresent, |shop| {
            shop.authority_key_identifier = false;
        }),
        (Rule::EndEntityNoAuthority, |shop| {
            shop.basic_constraints = constraints(true, None);
        }),
        (Rule::SignerIsAuthority, |shop| {
            shop.key_usage.push(KeyUsage::KeyCertSign);
        }),
        (Rule::NameConstraintsOfAuthority, |shop| {
            shop.name_constraints = Some(NameConstraints {
                permitted: vec!["shop.example".to_owned()],
                excluded: vec![],
            });
        }),
        (Rule::PolicyConstraintsCritical, |shop| {
            // inhibitPolicyMapping 5; requireExplicitPolicy is refused by every policy.
            let value = [0x30, 3, 0x81, 1, 5];
            shop.further_extensions = vec![further("2.5.29.36", false, &value)];
        }),
        (Rule::PurposePresent, |shop| {
            shop.extended_key_usage.clear();
        }),
        (Rule::PurposeDefinite, |shop| {
            shop.extended_key_usage.push(ExtendedKeyUsage::Any);
        }),
        (Rule::PurposeSeparate, |shop| {
            shop.extended_key_usage.push(ExtendedKeyUsage::CodeSigning);
        }),
        (Rule::NamesCritical, |shop| {
            let names = [&[0x30, 14, 0x82, 12][..], b"shop.example"].concat();
            shop.alternative_names.clear();
            shop.further_extensions = vec![further("2.5.29.17", true, &names)];
        }),
        (Rule::NamesSound, |shop| {
            shop.alternative_names
                .extend(names(&["under_score.shop.example"]));
        }),
        (Rule::CommonNameCopied, |shop| {
            shop.subject = Subject::new().common_name("Shop.Example");
        }),
        (Rule::SerialNumber, |shop| {
            shop.serial_number = Some(vec![0]);
        }),
    ];
    for (rule, change) in table {
        let case = world.shop(change);
        assert_eq!(broken(&case), [rule]);
        let failure = judge(&case).failure_kind();
        assert_eq!(failure, Some(Failure::NotConforming), "{rule:?}");
        // What every client checks is in order.
        let accepted = case.verdict();
        assert!(accepted.is_accepted(), "{rule:?}: {:?}", accepted.failure());
    }
}

#[test]
fn each_rule_of_an_authority() {
    let world = World::new();
    let case = world.issuing(|issuing| issuing.subject_key_identifier = false);
    assert_eq!(broken(&case), [Rule::SubjectKeyPresent]);
    let dot = |issuing: &mut padlock_pki::issue::Template| {
        issuing.name_constraints = Some(NameConstraints {
            permitted: vec!["example".to_owned(), ".shop.example".to_owned()],
            excluded: vec![],
        });
    };
    assert_eq!(broken(&world.issuing(dot)), [Rule::NameConstraintsSound]);
    let ed25519 = World {
        shop: world::Party {
            key: padlock_pki::key::PrivateKey::generate(
                padlock_curves::Curve::Ed25519,
                &mut padlock_pki::random::Random::new([3; 32]),
            ),
            ..party("shop.example", "shop")
        },
        ..World::new()
    };
    let case = ed25519.good();
    assert_eq!(broken(&case), [Rule::KeyKind]);
    assert_eq!(judge(&case).failure_kind(), Some(Failure::WeakKey));
}

/// RFC 7633 §4.2.2: what is below an authority promises the same features of TLS, or more.
#[test]
fn features_of_tls_are_kept() {
    let world = World::new();
    let of = |features: &[u8]| {
        let numbers: Vec<u8> = features.iter().flat_map(|one| [2, 1, *one]).collect();
        let length = u8::try_from(numbers.len()).unwrap();
        let value = [&[0x30, length], &numbers[..]].concat();
        let promise = further("1.3.6.1.5.5.7.1.24", false, &value);
        (!features.is_empty()).then_some(promise)
    };
    let lost = Rule::FeaturesKept;
    // Of the root, the authority and the shop; and who broke the rule.
    for (root, issuing, shop, expected) in [
        (&[][..], &[][..], &[][..], &[][..]),
        (&[], &[], &[5], &[]),
        (&[], &[5], &[5], &[]),
        (&[], &[5], &[17, 5], &[]),
        (&[5], &[5], &[5], &[]),
        (&[], &[5], &[], &[0]),
        (&[], &[5], &[17], &[0]),
        (&[], &[17, 5], &[5], &[0]),
        (&[5], &[], &[5], &[1]),
        (&[5], &[], &[], &[1]),
        (&[5, 17], &[5], &[17], &[0, 1]),
    ] {
        let mut case = world.case(
            |template| template.further_extensions.extend(of(issuing)),
            |template| template.further_extensions.extend(of(shop)),
        );
        let mut template = authority(&world.root);
        template.further_extensions.extend(of(root));
        case.anchors = vec![world.root.issues(&template, &world.root)];
        let what = format!("{root:?} {issuing:?} {shop:?}");
        assert_eq!(broken(&case), vec![lost; expected.len()], "{what}");
        let verdict = judge(&case);
        let rules = verdict.checks.iter().filter(
            |check| matches!(check.reason, Reason::BreaksRule { rule, .. } if rule == lost),
        );
        let places: Vec<_> = rules.map(|check| check.certificate).collect();
        assert_eq!(places, expected, "{what}");
        // Others than GnuTLS do not look at that, and neither does the other policy.
        assert!(case.verdict().is_accepted(), "{what}");
    }
}

#[test]
fn the_anchor_is_judged_too() {
    let world = World::new();
    let anchor = |change: &dyn Fn(&mut padlock_pki::issue::Template)| {
        let mut template = authority(&world.root);
        change(&mut template);
        let mut case = world.good();
        case.anchors = vec![world.root.issues(&template, &world.root)];
        assert!(case.verdict().is_accepted());
        case
    };
    let case = anchor(&|root| root.extended_key_usage = vec![ExtendedKeyUsage::ServerAuth]);
    assert_eq!(broken(&case), [Rule::RootWithoutPurpose]);
    for (what, failure, section, case) in [
        (
            "expired",
            Failure::Expired,
            "6.1.3",
            anchor(&|root| root.not_after = NOW - DAY),
        ),
        (
            "no authority",
            Failure::NotCa,
            "6.1.4",
            anchor(&|root| root.basic_constraints = None),
        ),
        (
            "a key for something else",
            Failure::NotCa,
            "6.1.4",
            anchor(&|root| root.key_usage = vec![KeyUsage::DigitalSignature]),
        ),
        (
            "something unknown",
            Failure::UnknownCriticalExtension,
            "4.2",
            anchor(&|root| root.further_extensions = vec![further("1.2.3.4", true, &[5, 0])]),
        ),
        (
            "an extension that stands twice",
            Failure::Malformed,
            "4.2",
            anchor(&|root| {
                let usage = further("2.5.29.15", true, &[3, 2, 1, 6]);
                root.further_extensions = vec![usage];
            }),
        ),
    ] {
        let verdict = judge(&case);
        assert_eq!(verdict.failure_kind(), Some(failure), "{what}");
        // It is told of the anchor, also by others, and with the section that asks for it.
        let failed = verdict.failure().unwrap();
        assert_eq!(failed.source, Source::Anchor(0), "{what}");
        assert_eq!(
            (failed.section.rfc, failed.section.number),
            (5280, section),
            "{what}"
        );
        if failure == Failure::Expired {
            let called = failed.called().unwrap();
            assert_eq!(called.firefox, Some("SEC_ERROR_EXPIRED_ISSUER_CERTIFICATE"));
        }
    }
    // With the anchor right above the end-entity too.
    let mut template = authority(&world.root);
    template.not_after = NOW - DAY;
    let mut case = world.good();
    case.chain = vec![world.root.issues(&server(&world.shop), &world.shop)];
    case.anchors = vec![world.root.issues(&template, &world.root)];
    let verdict = judge(&case);
    let failed = verdict.failure().unwrap();
    assert_eq!((failed.certificate, failed.source), (0, Source::Anchor(0)));
    let called = failed.called().unwrap();
    assert_eq!(called.firefox, Some("SEC_ERROR_EXPIRED_ISSUER_CERTIFICATE"));
}

#[test]
fn the_number_of_authorities_can_be_limited() {
    let world = World::new();
    for (max_intermediates, expected) in [(1, None), (0, Some(Failure::PathTooLong))] {
        let demands = Demands {
            max_intermediates: Some(max_intermediates),
            ..Demands::default()
        };
        let verdict = world.good().ask(|request| verify_with(request, &demands));
        assert_eq!(verdict.failure_kind(), expected);
    }
}

#[test]
fn clients_need_no_names_of_hosts() {
    let world = World::new();
    let mut case = world.shop(|shop| {
        shop.subject = Subject::new().common_name("Somebody");
        shop.alternative_names.clear();
        shop.extended_key_usage = vec![ExtendedKeyUsage::ClientAuth];
    });
    case.purpose = Purpose::Client;
    case.name = None;
    assert_eq!(broken(&case), []);
}
