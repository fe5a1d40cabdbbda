//! The workshop: what it issues, and what becomes of it in a handshake.

#![expect(clippy::unwrap_used, reason = "these are tests")]

use std::sync::Arc;

use padlock_lesson::lesson::{Ending, Lesson};
use padlock_lesson::play::{Outcome, Play};
use padlock_lesson::scenario::{
    AuthorityKeys, CertificateChoice, ClientCertificateChoice, KeyExchange, Meddling, Scenario,
    Setting,
};
use padlock_lesson::text::{Catalogue, English};
use padlock_lesson::workshop::{Choice, Design, Fault, KeyChoice, Kind, MOST, Mischief, Workshop};
use padlock_pki::issue::KeyUsage;
use padlock_pki::key::{KeyKind, PrivateKey, RsaGeneration};
use padlock_pki::random::Random;
use padlock_tls::codes::AlertDescription as Alert;
use padlock_tls::trace::Party;

const NOW: i64 = 1_795_285_800;
const SEED: [u8; 16] = [5; 16];

fn example() -> Workshop {
    Workshop::example(SEED, NOW).unwrap()
}

fn scenario(client: ClientCertificateChoice) -> Scenario {
    Scenario {
        setting: Setting::Shop,
        key_exchange: KeyExchange::Ecdhe,
        suite: None,
        group: None,
        certificate: CertificateChoice::Own,
        client_certificate: client,
        authority: AuthorityKeys::default(),
        meddling: Meddling::Nothing,
        seed: [7; 16],
        now: NOW,
    }
}

fn outcome(workshop: &Workshop, choice: &Choice, scenario: &Scenario) -> Outcome {
    let own = workshop.own(choice).map(Arc::new);
    let mut play = Play::with(scenario, own);
    loop {
        play.step();
        if let Some(outcome) = play.outcome() {
            return outcome;
        }
    }
}

fn told(workshop: &Workshop, choice: &Choice, scenario: &Scenario) -> Lesson {
    Play::with(scenario, workshop.own(choice).map(Arc::new)).lesson()
}

/// A new key of this sort: as the page makes it.
fn key(workshop: &Workshop, choice: KeyChoice) -> PrivateKey {
    workshop.key(choice).unwrap_or_else(|| {
        let bits = choice.rsa_bits().expect("the others are made at once");
        let random = Random::new(workshop.randomness());
        let mut making = RsaGeneration::new(bits, &random).unwrap();
        loop {
            if let Some(key) = making.step() {
                return key.clone();
            }
        }
    })
}

/// The example with one certificate issued again after some mischief.
fn spoilt(at: usize, mischief: Mischief) -> Workshop {
    let mut workshop = example();
    let made = &workshop.made()[at];
    let design = mischief.done_to(made.design.clone(), NOW);
    let key = made.key.clone();
    assert_eq!(workshop.issue(design, key, Some(at)), Ok(at));
    workshop
}

#[test]
fn the_example_is_accepted_by_both_sides() {
    let workshop = example();
    assert_eq!(workshop.made().len(), 4);
    let choice = workshop.usual();
    assert_eq!(
        (choice.server, choice.client, choice.name.as_str()),
        (Some(2), Some(3), "shop.example")
    );
    for client in [
        ClientCertificateChoice::NotAsked,
        ClientCertificateChoice::Own,
    ] {
        for setting in Setting::ALL {
            let scenario = Scenario {
                setting: *setting,
                ..scenario(client)
            };
            let lesson = told(&workshop, &choice, &scenario);
            assert_eq!(lesson.ending, Ending::Completed);
            let catalogue = Catalogue::english();
            let brings = catalogue.plain(&lesson.client.brings, &English);
            assert!(brings.contains("My Root CA"), "{brings}");
            let server = &lesson.certificates[0];
            assert_eq!(server.der, workshop.made()[2].certificate);
        }
    }
}

#[test]
fn the_seed_decides_every_byte() {
    let [one, same] = [example(), example()];
    assert_eq!(one.pem(), same.pem());
    let other = Workshop::example([6; 16], NOW).unwrap();
    assert_ne!(one.pem(), other.pem());
    let keys = one
        .made()
        .iter()
        .map(|made| made.key.to_pkcs8_der().unwrap());
    let mut keys: Vec<_> = keys.collect();
    keys.sort();
    keys.dedup();
    assert_eq!(keys.len(), 4, "each has a key of its own");
}

#[test]
fn what_is_broken_is_refused_by_its_alert() {
    const ISSUING: usize = 1;
    const SERVER: usize = 2;
    for (at, mischief, alert) in [
        (SERVER, Mischief::Expired, Alert::CERTIFICATE_EXPIRED),
        (SERVER, Mischief::NotYetValid, Alert::CERTIFICATE_EXPIRED),
        (SERVER, Mischief::NoAlternativeNames, Alert::BAD_CERTIFICATE),
        (SERVER, Mischief::WrongName, Alert::BAD_CERTIFICATE),
        (
            SERVER,
            Mischief::WrongPurpose,
            Alert::UNSUPPORTED_CERTIFICATE,
        ),
        (
            SERVER,
            Mischief::WrongKeyUsage,
            Alert::UNSUPPORTED_CERTIFICATE,
        ),
        (SERVER, Mischief::BrokenSignature, Alert::BAD_CERTIFICATE),
        (
            SERVER,
            Mischief::UnknownCritical,
            Alert::UNSUPPORTED_CERTIFICATE,
        ),
        (ISSUING, Mischief::Expired, Alert::CERTIFICATE_EXPIRED),
        (ISSUING, Mischief::NotYetValid, Alert::CERTIFICATE_EXPIRED),
        (ISSUING, Mischief::NoAuthority, Alert::BAD_CERTIFICATE),
        (ISSUING, Mischief::WrongKeyUsage, Alert::BAD_CERTIFICATE),
        (ISSUING, Mischief::NameNotPermitted, Alert::BAD_CERTIFICATE),
        (ISSUING, Mischief::BrokenSignature, Alert::BAD_CERTIFICATE),
        (
            ISSUING,
            Mischief::UnknownCritical,
            Alert::UNSUPPORTED_CERTIFICATE,
        ),
    ] {
        let workshop = spoilt(at, mischief);
        let mut choice = workshop.usual();
        choice.name = "shop.example".to_owned();
        let scenario = scenario(ClientCertificateChoice::NotAsked);
        let outcome = outcome(&workshop, &choice, &scenario);
        assert_eq!(
            outcome.refusal,
            Some((Party::Client, alert)),
            "{at} {mischief:?}: {outcome:?}"
        );
        let lesson = told(&workshop, &choice, &scenario);
        assert_eq!(lesson.ending, Ending::Refused);
        assert!(
            lesson
                .steps
                .iter()
                .any(|step| step.id == "certificate-check")
        );
    }
}

/// A trusted root is an input of the judgement (RFC 5280 §6.1.1): its dates and its usages are not judged.
/// The names below which it may issue are.
#[test]
fn what_is_offered_makes_a_difference_and_little_does_to_a_root() {
    for (at, kind) in Kind::ALL.into_iter().enumerate() {
        // SHA-1 needs an issuer with an RSA key, see below.
        let offered = Mischief::offered(kind).iter();
        for mischief in offered.filter(|mischief| **mischief != Mischief::WeakHash) {
            let workshop = spoilt(at, *mischief);
            let choice = Choice {
                name: "shop.example".to_owned(),
                ..workshop.usual()
            };
            let scenario = scenario(ClientCertificateChoice::Own);
            let refused = outcome(&workshop, &choice, &scenario).refusal;
            assert!(refused.is_some(), "{kind:?} {mischief:?}");
            let judged = workshop.judge(at, &choice, NOW);
            assert_eq!(
                judged.map(|judged| judged.refusal.is_some()),
                (!kind.is_authority()).then_some(true),
                "{kind:?} {mischief:?}"
            );
        }
    }
    for mischief in [Mischief::Expired, Mischief::NoAuthority] {
        let workshop = spoilt(0, mischief);
        let scenario = scenario(ClientCertificateChoice::NotAsked);
        let outcome = outcome(&workshop, &workshop.usual(), &scenario);
        assert_eq!(outcome.refusal, None, "{mischief:?}");
    }
}

#[test]
fn sha1_is_refused() {
    let mut workshop = Workshop::new(SEED);
    let mut root = Design::new(Kind::Root, None, NOW);
    root.key = KeyChoice::Rsa2048;
    let root_key = key(&workshop, root.key);
    workshop.issue(root, root_key, None).unwrap();
    let mut server = Design::new(Kind::Server, Some(0), NOW);
    server.weak_hash = true;
    let server_key = key(&workshop, server.key);
    let at = workshop.issue(server, server_key, None).unwrap();
    let scenario = scenario(ClientCertificateChoice::NotAsked);
    let choice = workshop.usual();
    let outcome = outcome(&workshop, &choice, &scenario);
    assert_eq!(
        outcome.refusal,
        Some((Party::Client, Alert::BAD_CERTIFICATE))
    );
    assert!(workshop.judge(at, &choice, NOW).unwrap().refusal.is_some());
}

#[test]
fn a_broken_client_is_refused_by_the_server() {
    for (mischief, alert) in [
        (Mischief::Expired, Alert::CERTIFICATE_EXPIRED),
        (Mischief::WrongPurpose, Alert::UNSUPPORTED_CERTIFICATE),
        (Mischief::BrokenSignature, Alert::BAD_CERTIFICATE),
    ] {
        let workshop = spoilt(3, mischief);
        let scenario = scenario(ClientCertificateChoice::Own);
        let outcome = outcome(&workshop, &workshop.usual(), &scenario);
        assert_eq!(
            outcome.refusal,
            Some((Party::Server, alert)),
            "{mischief:?}"
        );
    }
}

#[test]
fn who_is_not_trusted_is_not_believed() {
    let workshop = example();
    let mut choice = workshop.usual();
    choice.distrusted = vec![0];
    let scenario = scenario(ClientCertificateChoice::NotAsked);
    let refused = outcome(&workshop, &choice, &scenario);
    assert_eq!(refused.refusal, Some((Party::Client, Alert::UNKNOWN_CA)));
    // The name decides too.
    let mut choice = workshop.usual();
    choice.name = "bank.example".to_owned();
    let refused = outcome(&workshop, &choice, &scenario);
    assert!(refused.refusal.is_some());
}

#[test]
fn a_name_may_be_an_address() {
    let mut workshop = example();
    let made = &workshop.made()[2];
    let mut design = made.design.clone();
    design.names = "192.0.2.1, 2001:db8::1; shop.example".to_owned();
    let key = made.key.clone();
    workshop.issue(design, key, Some(2)).unwrap();
    for (name, accepted) in [
        ("192.0.2.1", true),
        ("2001:db8::1", true),
        ("192.0.2.2", false),
    ] {
        let choice = Choice {
            name: name.to_owned(),
            ..workshop.usual()
        };
        let scenario = scenario(ClientCertificateChoice::NotAsked);
        let outcome = outcome(&workshop, &choice, &scenario);
        assert_eq!(outcome.refusal.is_none(), accepted, "{name}");
    }
}

#[test]
fn without_what_was_made_the_demonstration_stands_in() {
    let scenario = scenario(ClientCertificateChoice::Own);
    assert!(scenario.is_own() && scenario.needs_complete());
    let other = scenario.without_own();
    assert_eq!(
        (other.certificate, other.client_certificate, other.is_own()),
        (
            CertificateChoice::Good,
            ClientCertificateChoice::NotAsked,
            false
        )
    );
    assert_eq!(Play::new(&other).lesson().ending, Ending::Completed);
    let query = scenario.to_query();
    let (parts, problems) = Scenario::from_query(&query);
    assert_eq!((parts.complete([0; 16], 0), problems), (scenario, vec![]));
}

#[test]
fn every_kind_of_key_serves_and_signs() {
    for choice in [
        KeyChoice::P256,
        KeyChoice::P384,
        KeyChoice::Ed25519,
        KeyChoice::Rsa2048,
    ] {
        let mut workshop = Workshop::new(SEED);
        for (kind, issuer) in [
            (Kind::Root, None),
            (Kind::Server, Some(0)),
            (Kind::Client, Some(0)),
        ] {
            let mut design = Design::new(kind, issuer, NOW);
            design.key = choice;
            let key = key(&workshop, choice);
            workshop.issue(design, key, None).unwrap();
        }
        let scenario = scenario(ClientCertificateChoice::Own);
        let outcome = outcome(&workshop, &workshop.usual(), &scenario);
        assert_eq!(outcome.refusal, None, "{choice:?}");
    }
}

#[test]
fn an_rsa_key_serves_rsa_key_transport_and_signs_over_sha1() {
    let mut workshop = example();
    let key = key(&workshop, KeyChoice::Rsa2048);
    assert_eq!(key.kind(), KeyKind::Rsa { bits: 2048 });
    let mut design = Design::new(Kind::Server, Some(1), NOW);
    design.key = KeyChoice::Rsa2048;
    design.key_usage.push(KeyUsage::KeyEncipherment);
    let at = workshop.issue(design.clone(), key.clone(), None).unwrap();
    assert_eq!(workshop.usual().server, Some(at));
    let classic = Scenario {
        key_exchange: KeyExchange::Rsa,
        ..scenario(ClientCertificateChoice::NotAsked)
    };
    let accepted = outcome(&workshop, &workshop.usual(), &classic);
    assert_eq!(accepted.refusal, None);
    // The issuer's key is on a curve: it signs nothing over SHA-1.
    design.weak_hash = true;
    let refused = workshop.issue(design.clone(), key.clone(), Some(at));
    assert_eq!(refused, Err(Fault::WeakHash));
    // Its own does.
    design.issuer = None;
    workshop.issue(design, key, Some(at)).unwrap();
    assert_eq!(workshop.chain(at).len(), 1);
}

#[test]
fn what_cannot_be_issued_says_why_and_changes_nothing() {
    let mut workshop = example();
    let key = workshop.made()[2].key.clone();
    let before = workshop.pem();
    let good = Design::new(Kind::Server, Some(1), NOW);
    let with = |change: fn(&mut Design)| {
        let mut design = good.clone();
        change(&mut design);
        design
    };
    for (design, fault) in [
        (
            with(|design| design.first = "someday".to_owned()),
            Fault::Date,
        ),
        (with(|design| design.last.clear()), Fault::Date),
        (
            with(|design| design.names = "café.example".to_owned()),
            Fault::Name("café.example".to_owned()),
        ),
        (
            with(|design| design.permitted = "ß".to_owned()),
            Fault::Name("ß".to_owned()),
        ),
        (
            with(|design| design.path_length = "-1".to_owned()),
            Fault::PathLength,
        ),
        (
            with(|design| design.path_length = "256".to_owned()),
            Fault::PathLength,
        ),
        (with(|design| design.issuer = Some(99)), Fault::NoIssuer),
    ] {
        let said = Catalogue::english().plain(&fault.text(), &English);
        assert!(said.ends_with(['.', ')']) && said.len() > 30, "{said}");
        assert_eq!(workshop.issue(design, key.clone(), None), Err(fault));
        assert_eq!(workshop.pem(), before);
    }
    while workshop.made().len() < MOST {
        workshop.issue(good.clone(), key.clone(), None).unwrap();
    }
    assert_eq!(
        workshop.issue(good.clone(), key.clone(), None),
        Err(Fault::TooMany)
    );
    assert_eq!(workshop.issue(good, key, Some(5)), Ok(5));
}

/// An authority can come to be below itself; the way up then ends.
#[test]
fn a_circle_of_authorities_ends() {
    let mut workshop = example();
    let made = &workshop.made()[0];
    let mut design = made.design.clone();
    design.issuer = Some(1);
    let key = made.key.clone();
    workshop.issue(design, key, Some(0)).unwrap();
    assert_eq!(workshop.chain(2).len(), 3);
    assert_eq!(workshop.roots().count(), 0);
    let scenario = scenario(ClientCertificateChoice::NotAsked);
    let outcome = outcome(&workshop, &workshop.usual(), &scenario);
    assert_eq!(outcome.refusal, Some((Party::Client, Alert::UNKNOWN_CA)));
}

/// Whatever stands in the fields, it is issued or refused in words.
#[test]
fn fields_hold_anything() {
    let mut workshop = example();
    for text in [
        "",
        " ",
        "*",
        "*.",
        "a,b;c",
        "\u{202e}",
        "\0",
        "1.2.3",
        "::",
        &"x".repeat(5_000),
    ] {
        for change in [
            (|design, text| design.common_name = text) as fn(&mut Design, String),
            |design, text| design.organization = text,
            |design, text| design.names = text,
            |design, text| design.excluded = text,
            |design, text| design.first = text,
            |design, text| design.path_length = text,
        ] {
            let mut design = Design::new(Kind::Server, Some(1), NOW);
            change(&mut design, text.to_owned());
            assert!(design.name().len() <= 5_000 && design.host().len() <= 5_010);
            let key = workshop.made()[2].key.clone();
            let _either = workshop.issue(design, key, Some(2));
            let choice = Choice {
                name: text.to_owned(),
                ..workshop.usual()
            };
            let scenario = scenario(ClientCertificateChoice::NotAsked);
            let lesson = told(&workshop, &choice, &scenario);
            assert!(!lesson.steps.is_empty());
        }
    }
}

/// With RSA key transport the client encrypts to the server's key (RFC 5246 §7.4.7.1): that takes RSA.
#[test]
fn only_an_rsa_key_can_be_sent_a_secret() {
    for choice in [
        KeyChoice::P256,
        KeyChoice::P384,
        KeyChoice::Ed25519,
        KeyChoice::Rsa2048,
    ] {
        let mut workshop = example();
        let mut design = Design::new(Kind::Server, Some(1), NOW);
        design.key = choice;
        design.key_usage.push(KeyUsage::KeyEncipherment);
        let key = key(&workshop, choice);
        workshop.issue(design, key, None).unwrap();
        let own = workshop.own(&workshop.usual()).unwrap();
        // Whatever its key: whom somebody makes speak TLS 1.2 says so.
        let hidden = Scenario {
            key_exchange: KeyExchange::Tls13,
            meddling: Meddling::HideTls13,
            ..scenario(ClientCertificateChoice::NotAsked)
        };
        let refusal = outcome(&workshop, &workshop.usual(), &hidden).refusal;
        assert_eq!(
            refusal,
            Some((Party::Client, Alert::ILLEGAL_PARAMETER)),
            "{choice:?}"
        );
        for key_exchange in KeyExchange::ALL {
            let scenario = Scenario {
                key_exchange: *key_exchange,
                ..scenario(ClientCertificateChoice::NotAsked)
            };
            let refusal = outcome(&workshop, &workshop.usual(), &scenario).refusal;
            assert_eq!(
                own.suits(*key_exchange),
                refusal.is_none(),
                "{choice:?} {key_exchange:?}"
            );
            if own.suits(*key_exchange) {
                continue;
            }
            assert_eq!(refusal, Some((Party::Server, Alert::HANDSHAKE_FAILURE)));
            let lesson = told(&workshop, &workshop.usual(), &scenario);
            let last = lesson.steps.last().unwrap();
            let line = Catalogue::english().plain(&last.line, &English);
            assert!(line.contains("suits my certificate’s key"), "{line}");
        }
    }
}

/// Each thing that can be broken is seen in the design, and undone leaves it as it was.
#[test]
fn what_is_broken_is_seen_and_can_be_undone() {
    for kind in Kind::ALL {
        let mut good = Design::new(kind, None, NOW);
        good.names = "one.example two.example".to_owned();
        good.common_name = "one.example".to_owned();
        good.permitted = ".example".to_owned();
        assert_eq!(good.broken(NOW), []);
        for &mischief in Mischief::offered(kind) {
            let broken = mischief.done_to(good.clone(), NOW);
            assert_eq!(broken.broken(NOW), [mischief], "{kind:?}");
            assert_eq!(mischief.undone(broken, NOW), good, "{mischief:?}");
            for &other in Mischief::offered(kind) {
                let both = other.done_to(mischief.done_to(good.clone(), NOW), NOW);
                assert!(both.broken(NOW).contains(&other));
                assert_eq!(both.clone().mended(NOW), good, "{mischief:?} {other:?}");
                let left = other.undone(both, NOW).broken(NOW);
                assert!(left.is_empty() || left == [mischief], "{mischief:?}");
            }
        }
    }
    // What was filled in so is seen too; what it was before, nobody knows.
    let mut design = Design::new(Kind::Server, None, NOW);
    design.organization = "Mine".to_owned();
    design.last = "2001-01-01T00:00".to_owned();
    design.first = "2000-01-01T00:00".to_owned();
    assert_eq!(design.broken(NOW), [Mischief::Expired]);
    std::mem::swap(&mut design.first, &mut design.last);
    assert!(design.is_backwards());
    assert_eq!(design.broken(NOW), [Mischief::Backwards]);
    let usual = Design::new(Kind::Server, None, NOW);
    let mended = design.mended(NOW);
    assert_eq!(
        (&mended.first, &mended.last, mended.organization.as_str()),
        (&usual.first, &usual.last, "Mine")
    );
    // A change after the breaking stays.
    let mut broken = Mischief::BrokenSignature.done_to(usual.clone(), NOW);
    broken.names = "late.example".to_owned();
    let broken = Mischief::WrongName.done_to(broken, NOW);
    assert_eq!(broken.mended(NOW).names, "late.example");
}
