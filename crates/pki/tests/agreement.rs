//! Thousands of chains, good ones and spoilt ones, and the verdict of rustls-webpki on each.
//!
//! Both agree but where [`known`] says why not.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "tests read and write files, and panic where something is wrong"
)]

#[path = "verify/judges.rs"]
#[expect(dead_code, reason = "other tests use more of it")]
mod judges;
#[path = "keys/openssl.rs"]
#[expect(dead_code, reason = "other tests use more of it")]
mod openssl;
#[path = "verify/world.rs"]
#[expect(dead_code, reason = "other tests use more of it")]
mod world;

use std::cell::RefCell;
use std::collections::BTreeMap;

use padlock_pki::issue::{ExtendedKeyUsage, KeyUsage, NameConstraints, Template};
use padlock_pki::verify::{CheckKind, KeyUse, Outcome, Purpose, Verdict};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{Config, TestRunner};
use world::{Case, DAY, NOW, Party, authority, constraints, names, party, server};

const CASES: u32 = 4_000;

/// What is done to a certificate.
#[derive(Clone, Debug, Default)]
struct Change {
    /// Days by which it is moved, its 90 or 600 days long.
    days: i64,
    basic: Basic,
    usages: Option<Vec<KeyUsage>>,
    purposes: Option<Vec<ExtendedKeyUsage>>,
    permitted: Vec<&'static str>,
    excluded: Vec<&'static str>,
    names: Option<Vec<&'static str>>,
    identifiers: bool,
    /// Whether somebody else signs it, in the name of its issuer.
    is_forged: bool,
}

#[derive(Clone, Copy, Debug, Default)]
enum Basic {
    #[default]
    Usual,
    Absent,
    Subject,
    Authority(Option<u8>),
}

/// A chain: the end-entity's certificate first.
#[derive(Clone, Debug)]
struct Plan {
    changes: Vec<Change>,
    /// The same name for all authorities.
    is_self_issued: bool,
    order: usize,
    missing: Option<usize>,
    flipped: Option<(usize, usize, u8)>,
    /// Whether the authorities have a second certificate each, as usual.
    is_doubled: bool,
    has_root: bool,
    name: &'static str,
    now: i64,
    purpose: Purpose,
}

const HOSTS: [&str; 8] = [
    "shop.example",
    "www.shop.example",
    "*.shop.example",
    "bank.example",
    "a.www.shop.example",
    "192.0.2.1",
    "192.0.2.200",
    "2001:db8::1",
];
const BASES: [&str; 4] = [
    "shop.example",
    "example",
    "bank.example",
    "www.shop.example",
];

/// Mostly nothing.
fn rarely<T: Clone + std::fmt::Debug + Default + 'static>(
    strategy: impl Strategy<Value = T> + 'static,
) -> impl Strategy<Value = T> {
    prop_oneof![7 => Just(T::default()), 1 => strategy]
}

fn change() -> impl Strategy<Value = Change> {
    use ExtendedKeyUsage as Extended;
    let basic = prop_oneof![
        Just(Basic::Absent),
        Just(Basic::Subject),
        (0_u8..3).prop_map(|length| Basic::Authority(Some(length))),
        Just(Basic::Authority(None)),
    ];
    let usages = select(vec![
        vec![],
        vec![KeyUsage::KeyCertSign, KeyUsage::DigitalSignature],
        vec![KeyUsage::DigitalSignature],
    ]);
    let purposes = select(vec![
        vec![],
        vec![Extended::ServerAuth],
        vec![Extended::ClientAuth],
        vec![Extended::Any],
        vec![Extended::ServerAuth, Extended::ClientAuth],
        vec![Extended::CodeSigning],
    ]);
    let days = select(vec![-700, -300, -80, -79, 10, 11, 301]);
    (
        rarely(days),
        rarely(basic),
        rarely(usages.prop_map(Some)),
        rarely(purposes.prop_map(Some)),
        rarely(vec(select(&BASES[..]), 1..3)),
        rarely(vec(select(&BASES[..]), 1..3)),
        rarely(vec(select(&HOSTS[..]), 0..4).prop_map(Some)),
        any::<bool>(),
        proptest::bool::weighted(0.03),
    )
        .prop_map(
            |(
                days,
                basic,
                usages,
                purposes,
                permitted,
                excluded,
                names,
                identifiers,
                is_forged,
            )| {
                Change {
                    days,
                    basic,
                    usages,
                    purposes,
                    permitted,
                    excluded,
                    names,
                    identifiers,
                    is_forged,
                }
            },
        )
}

fn plan() -> impl Strategy<Value = Plan> {
    let names = select(vec![
        "shop.example",
        "www.shop.example",
        "bank.example",
        "192.0.2.1",
        "2001:db8::1",
    ]);
    (
        vec(change(), 1..5),
        proptest::bool::weighted(0.1),
        0_usize..6,
        proptest::option::weighted(0.05, 1_usize..4),
        proptest::option::weighted(0.1, (0_usize..4, any::<usize>(), 0_u8..8)),
        proptest::bool::weighted(0.1),
        proptest::bool::weighted(0.95),
        prop_oneof![3 => Just("shop.example"), 1 => names],
        rarely(select(vec![-20 * DAY, -10 * DAY, 80 * DAY, 80 * DAY + 1])),
        prop_oneof![3 => Just(Purpose::Server), 1 => Just(Purpose::Client)],
    )
        .prop_map(
            |(
                changes,
                is_self_issued,
                order,
                missing,
                flipped,
                is_doubled,
                has_root,
                name,
                later,
                purpose,
            )| Plan {
                changes,
                is_self_issued,
                order,
                missing,
                flipped,
                is_doubled,
                has_root,
                name,
                now: NOW + later,
                purpose,
            },
        )
}

impl Plan {
    /// The same plan, the end-entity no authority.
    fn with_plain_end_entity(&self) -> Self {
        let mut plan = self.clone();
        if let Some(change) = plan.changes.first_mut() {
            change.basic = Basic::Usual;
        }
        plan
    }
}

/// The parties: the end-entity's first, the root's last. Keys take time, so they are made once.
struct Parties {
    distinct: Vec<Party>,
    same: Vec<Party>,
    stranger: Party,
}

impl Parties {
    fn new() -> Self {
        let distinct = ["shop.example", "First", "Second", "Third", "Root"];
        let same = ["shop.example", "Root", "Root", "Root", "Root"];
        let all = |names: [&'static str; 5]| {
            let seeds = ["0", "1", "2", "3", "root"];
            let both = names.into_iter().zip(seeds);
            both.map(|(name, seed)| party(name, seed)).collect()
        };
        Self {
            distinct: all(distinct),
            same: all(same),
            stranger: party("Stranger", "stranger"),
        }
    }

    fn case(&self, plan: &Plan) -> Case {
        let all = match plan.is_self_issued {
            true => &self.same,
            false => &self.distinct,
        };
        let root = all.last().unwrap();
        let count = plan.changes.len();
        let mut chain = Vec::new();
        let mut others = Vec::new();
        for (place, change) in plan.changes.iter().enumerate() {
            let holder = &all[place];
            let issuer = if place + 1 == count {
                root
            } else {
                &all[place + 1]
            };
            let signer = Party {
                name: issuer.name,
                ..match change.is_forged {
                    true => self.stranger.clone(),
                    false => issuer.clone(),
                }
            };
            let template = match place {
                0 => server(holder),
                _ => authority(holder),
            };
            chain.push(signer.issues(&change.apply(template.clone()), holder));
            if plan.is_doubled && place > 0 {
                others.push(issuer.issues(&template, holder));
            }
        }
        if let Some((place, at, bit)) = plan.flipped {
            let count = chain.len();
            let certificate = &mut chain[place % count];
            let at = at % certificate.len();
            certificate[at] ^= 1 << bit;
        }
        chain.extend(others);
        if let Some(missing) = plan.missing.filter(|missing| *missing < chain.len()) {
            chain.remove(missing);
        }
        let rest = &mut chain[1..];
        if !rest.is_empty() {
            let middle = plan.order % rest.len();
            rest.rotate_left(middle);
        }
        let anchors = match plan.has_root {
            true => vec![root.root()],
            false => vec![self.stranger.root()],
        };
        Case {
            chain,
            anchors,
            name: Some(plan.name),
            now: plan.now,
            purpose: plan.purpose,
            key_use: KeyUse::Signature,
        }
    }
}

impl Change {
    fn apply(&self, mut template: Template) -> Template {
        template.not_before += self.days * DAY;
        template.not_after += self.days * DAY;
        match self.basic {
            Basic::Usual => {}
            Basic::Absent => template.basic_constraints = None,
            Basic::Subject => template.basic_constraints = constraints(false, None),
            Basic::Authority(length) => template.basic_constraints = constraints(true, length),
        }
        if let Some(usages) = &self.usages {
            template.key_usage.clone_from(usages);
        }
        if let Some(purposes) = &self.purposes {
            template.extended_key_usage.clone_from(purposes);
        }
        if !self.permitted.is_empty() || !self.excluded.is_empty() {
            let all = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
            template.name_constraints = Some(NameConstraints {
                permitted: all(&self.permitted),
                excluded: all(&self.excluded),
            });
        }
        if let Some(hosts) = &self.names {
            template.alternative_names = names(hosts);
        }
        template.authority_key_identifier = self.identifiers;
        template
    }
}

/// Why the verdicts may differ.
fn known(plan: &Plan, ours: &Verdict, theirs: &Result<(), String>) -> Option<&'static str> {
    let only = |kinds: &[CheckKind]| {
        let mut checks = ours.checks.iter();
        checks.all(|check| check.outcome != Outcome::Failed || kinds.contains(&check.kind))
    };
    let usages = [CheckKind::KeyUsage, CheckKind::KeyCertSign];
    let any_above = || {
        let mut above = plan.changes.iter().skip(2);
        above.any(|change| change.purposes.as_deref() == Some(&[ExtendedKeyUsage::Any]))
    };
    match theirs {
        Ok(()) if only(&usages) => Some("webpki does not look at key usages"),
        Err(error)
            if error == "RequiredEkuNotFoundContext" && any_above() && ours.is_accepted() =>
        {
            Some("webpki takes anyExtendedKeyUsage in no authority; browsers do above the issuer")
        }
        Err(error)
            if plan.is_self_issued
                && ours.is_accepted()
                && matches!(
                    error.as_str(),
                    // Of several ways between authorities of one name it tells the last it tried.
                    "PathLenConstraintViolated"
                        | "NameConstraintViolation"
                        | "InvalidSignatureForPublicKey"
                ) =>
        {
            Some("webpki counts and constrains self-issued authorities; RFC 5280 §6.1.4 does not")
        }
        // Every authority has one name then, and two certificates: each could be the issuer of each.
        Err(error)
            if error == "MaximumSignatureChecksExceeded"
                && plan.is_self_issued
                && plan.is_doubled
                && ours.is_accepted() =>
        {
            Some("webpki gives up where authorities of one name have several certificates each")
        }
        _ => None,
    }
}

#[test]
fn generated_chains() {
    let parties = Parties::new();
    let counts = RefCell::new(BTreeMap::<String, u32>::new());
    let count = |what: &str| *counts.borrow_mut().entry(what.to_owned()).or_default() += 1;
    let mut runner = TestRunner::new(Config {
        cases: CASES,
        failure_persistence: None,
        ..Config::default()
    });
    let outcome = runner.run(&plan(), |plan| {
        let case = parties.case(&plan);
        let ours = case.verdict();
        let mut theirs = case.ask(judges::webpki);
        if theirs == Err("CaUsedAsEndEntity".to_owned()) {
            // It looks no further, so it is asked again of an end-entity that is none.
            count("webpki takes no authority for an end-entity; RFC 5280 does");
            theirs = parties
                .case(&plan.with_plain_end_entity())
                .ask(judges::webpki);
        }
        if ours.is_accepted() == theirs.is_ok() {
            count(if theirs.is_ok() {
                "both accept"
            } else {
                "both refuse"
            });
            return Ok(());
        }
        match known(&plan, &ours, &theirs) {
            Some(why) => count(why),
            None => {
                let ours = ours.failure().map(|check| check.reason.to_string());
                prop_assert!(false, "ours {ours:?}, webpki {theirs:?}");
            }
        }
        Ok(())
    });
    println!("{:#?}", counts.borrow());
    if let Err(failure) = outcome {
        panic!("{failure}");
    }
    // What is generated must be worth it.
    let counts = counts.borrow();
    for what in ["both accept", "both refuse"] {
        assert!(counts[what] > CASES / 10, "{counts:?}");
    }
}
