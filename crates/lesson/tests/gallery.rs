//! Every failure of the gallery, played to its end in TLS 1.2 and TLS 1.3.

use padlock_lesson::gallery::{CASES, Group, Shown, VERSIONS};
use padlock_lesson::lesson::{Block, Ending, Outcome as Verdict};
use padlock_lesson::play::{Outcome, Play, tell};
use padlock_lesson::scenario::{
    CertificateChoice as Server, ClientCertificateChoice as Client, KeyExchange, Scenario,
};
use padlock_lesson::text::{Catalogue, English};
use padlock_pki::verify::Failure;
use padlock_tls::codes::AlertDescription as Alert;
use padlock_tls::trace::Party;

/// 2026-11-21T18:30:00Z
const NOW: i64 = 1_795_285_800;

/// How each ends: by which failure and alert; accepted where there is none.
const SERVER: &[(Server, Option<(Failure, Alert)>)] = &[
    (Server::Good, None),
    (Server::Expired, Some((Failure::Expired, EXPIRED))),
    (Server::NotYetValid, Some((Failure::NotYetValid, EXPIRED))),
    (Server::WrongName, Some((Failure::NameMismatch, BAD))),
    (Server::UnknownIssuer, Some((Failure::UnknownIssuer, CA))),
    (
        Server::NoAlternativeNames,
        Some((Failure::NameMismatch, BAD)),
    ),
    (Server::Wildcard, Some((Failure::NameMismatch, BAD))),
    (
        Server::NameNotPermitted,
        Some((Failure::NameNotPermitted, BAD)),
    ),
    (Server::SelfSigned, Some((Failure::UnknownIssuer, CA))),
    (
        Server::MissingIntermediate,
        Some((Failure::UnknownIssuer, CA)),
    ),
    (Server::WrongOrder, None),
    (Server::SameName, None),
    (Server::Impostor, Some((Failure::UnknownIssuer, CA))),
    (Server::LeafAsAuthority, Some((Failure::NotCa, BAD))),
    (Server::PathTooLong, Some((Failure::PathTooLong, BAD))),
    (Server::WrongKeyUsage, Some((Failure::WrongKeyUsage, USE))),
    (
        Server::WrongPurpose,
        Some((Failure::WrongExtendedKeyUsage, USE)),
    ),
    (
        Server::UnknownCritical,
        Some((Failure::UnknownCriticalExtension, USE)),
    ),
    (Server::WeakHash, Some((Failure::WeakHash, BAD))),
    (Server::WeakKey, Some((Failure::WeakKey, BAD))),
    (Server::BrokenSignature, Some((Failure::BadSignature, BAD))),
    (
        Server::Revoked,
        Some((Failure::Revoked, Alert::CERTIFICATE_REVOKED)),
    ),
    (
        Server::NoStaple,
        Some((Failure::RevocationUnknown, Alert::CERTIFICATE_UNKNOWN)),
    ),
];

const CLIENT: &[(Client, Option<Failure>, Alert)] = &[
    (Client::Expired, Some(Failure::Expired), EXPIRED),
    (Client::UnknownIssuer, Some(Failure::UnknownIssuer), CA),
    (Client::Missing, None, Alert::HANDSHAKE_FAILURE),
    (
        Client::WrongPurpose,
        Some(Failure::WrongExtendedKeyUsage),
        USE,
    ),
    (
        Client::Revoked,
        Some(Failure::Revoked),
        Alert::CERTIFICATE_REVOKED,
    ),
];

const BAD: Alert = Alert::BAD_CERTIFICATE;
const EXPIRED: Alert = Alert::CERTIFICATE_EXPIRED;
const CA: Alert = Alert::UNKNOWN_CA;
const USE: Alert = Alert::UNSUPPORTED_CERTIFICATE;

/// The outcome without the story, which the page of failures shows.
fn outcome(scenario: &Scenario) -> Outcome {
    let mut play = Play::new(scenario);
    loop {
        play.step();
        if let Some(outcome) = play.outcome() {
            return outcome;
        }
    }
}

fn of_query(query: &str) -> Scenario {
    let (parts, problems) = Scenario::from_query(query);
    assert_eq!(problems, [], "{query}");
    parts.complete([5; 16], NOW)
}

#[track_caller]
fn check(scenario: &Scenario, expected: Option<(Party, Alert)>, failure: Option<Failure>) {
    let found = outcome(scenario);
    assert_eq!(found.refusal, expected, "{}", scenario.to_query());
    let because = found.check.and_then(|check| check.reason.failure());
    assert_eq!(because, failure, "{}", scenario.to_query());
    let ending = match expected {
        None => Ending::Completed,
        Some(_) => Ending::Refused,
    };
    assert_eq!(tell(scenario).ending, ending, "{}", scenario.to_query());
}

/// What there is but for what learners make themselves: that is nothing until they do.
fn of_gallery() -> Vec<Server> {
    let all = Server::ALL.iter().copied();
    all.filter(|server| *server != Server::Own).collect()
}

#[test]
fn every_certificate_of_a_server_plays_to_its_end() {
    let all: Vec<_> = SERVER.iter().map(|(server, _)| *server).collect();
    assert_eq!(all, of_gallery());
    for &(server, expected) in SERVER {
        let alert = expected.map(|(_, alert)| (Party::Client, alert));
        let failure = expected.map(|(failure, _)| failure);
        for suite in [
            "kx=rsa",
            "kx=ecdhe",
            "kx=ecdhe&suite=TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "kx=tls13",
        ] {
            for setting in ["shop&client=none", "payroll&client=good"] {
                let word = server.word();
                let query = format!("setting={setting}&cert={word}&{suite}");
                check(&of_query(&query), alert, failure);
            }
        }
    }
}

#[test]
fn the_docs_have_these_alerts() {
    let docs = include_str!("../../../docs/failures.md");
    for &(server, expected) in &SERVER[1..] {
        let begin = format!("| `{}` |", server.word());
        let row = docs.lines().find(|line| line.starts_with(&begin)).unwrap();
        let alert = row.split('|').nth(3).unwrap().trim();
        let expected = expected.map_or_else(
            || "none".to_owned(),
            |(_, alert)| format!("{alert} ({})", alert.0),
        );
        assert_eq!(alert, expected, "{server:?}");
    }
}

#[test]
fn every_certificate_of_a_client_plays_to_its_end() {
    for &(client, failure, alert) in CLIENT {
        for kx in KeyExchange::ALL.iter().filter(|kx| kx.has_certificates()) {
            // TLS 1.3 has an alert of its own for it.
            let missing = client == Client::Missing && kx.is_tls13();
            let alert = if missing {
                Alert::CERTIFICATE_REQUIRED
            } else {
                alert
            };
            let (client, kx) = (client.word(), kx.word());
            let scenario = of_query(&format!("setting=payroll&kx={kx}&client={client}"));
            check(&scenario, Some((Party::Server, alert)), failure);
        }
    }
}

/// The two runs of a card: of all alerts one differs.
#[test]
fn both_versions_end_alike_but_for_a_missing_certificate() {
    for case in CASES {
        let [older, newer] = VERSIONS.map(|version| outcome(&case.scenario(version, [5; 16], NOW)));
        let differs = case.shown == Shown::Client(Client::Missing);
        assert_eq!(older.refusal == newer.refusal, !differs, "{case:?}");
        assert_eq!(case.in_tls13().is_some(), differs, "{case:?}");
        let [older, newer] = [older, newer].map(|one| Some(one.check?.reason.failure()));
        assert_eq!(older, newer, "{case:?}");
    }
}

#[test]
fn the_gallery_has_each_once() {
    for server in &of_gallery()[1..] {
        let shown = CASES
            .iter()
            .filter(|case| case.shown == Shown::Server(*server));
        assert_eq!(shown.count(), 1, "{server:?}");
    }
    for (client, ..) in CLIENT {
        let shown = CASES
            .iter()
            .filter(|case| case.shown == Shown::Client(*client));
        assert_eq!(shown.count(), 1, "{client:?}");
    }
    assert_eq!(CASES.len(), of_gallery().len() - 1 + CLIENT.len());
    for group in Group::ALL {
        assert!(CASES.iter().any(|case| case.group == *group), "{group:?}");
    }
}

#[test]
fn a_link_plays_what_its_card_shows() {
    for case in CASES {
        for version in VERSIONS {
            let scenario = case.scenario(version, [5; 16], NOW);
            assert_eq!(of_query(&case.query(version)), scenario);
            assert!(scenario.needs_complete());
        }
        let scenario = case.scenario(VERSIONS[0], [5; 16], NOW);
        let classic = Scenario {
            key_exchange: KeyExchange::Rsa,
            ..scenario
        };
        let is_offered = match case.shown {
            Shown::Server(server) => Server::OFFERED.contains(&server),
            Shown::Client(client) => Client::OFFERED.contains(&client),
        };
        assert_eq!(classic.needs_complete(), !is_offered);
    }
}

#[test]
fn every_card_has_its_words() {
    let catalogue = Catalogue::english();
    let mut titles = Vec::new();
    for case in CASES {
        let title = catalogue.plain(&case.title(), &English);
        let about = catalogue.plain(&case.about(), &English);
        assert!(title.len() < 40 && !title.ends_with('.'), "{title}");
        assert!(about.len() < 220 && about.ends_with('.'), "{about}");
        for text in [case.difference(), case.in_tls13()].into_iter().flatten() {
            assert!(catalogue.plain(&text, &English).ends_with('.'));
        }
        titles.push((title, matches!(case.shown, Shown::Client(_))));
    }
    titles.sort();
    titles.dedup();
    assert_eq!(titles.len(), CASES.len());
}

/// The check that failed, in the words of the story.
#[test]
fn each_story_names_the_fault() {
    for (word, phrase) in [
        (
            "wrong-name",
            "shop.example is not among its alternative names: other.example.",
        ),
        (
            "no-san",
            "It has no alternative names, so it is not for shop.example.",
        ),
        ("wildcard", "www.shop.example, *.shop.example."),
        (
            "name-constraint",
            "Demo Company CA may not vouch for the name shop.example.",
        ),
        ("expired", "Expired on 2026-11-14; today is 2026-11-21."),
        (
            "not-yet-valid",
            "Not valid before 2026-11-28; today is 2026-11-21.",
        ),
        (
            "unknown-issuer",
            "Signed by Unknown Root CA, and nobody known here has that name.",
        ),
        (
            "self-signed",
            "shop.example signed for itself. That creates no trust.",
        ),
        (
            "missing-intermediate",
            "Signed by Demo Issuing CA, and nobody known here has that name.",
        ),
        (
            "impostor",
            "Signed by Demo Root CA, whose name is known here, but with another key.",
        ),
        (
            "leaf-as-ca",
            "Its holder is no certification authority and must not sign certificates.",
        ),
        (
            "path-too-long",
            "No further authority may follow, but one does.",
        ),
        (
            "wrong-key-usage",
            "Its key may not be used for digitalSignature, only for nonRepudiation.",
        ),
        (
            "wrong-purpose",
            "It is not meant for a server, only for id-kp-clientAuth.",
        ),
        (
            "unknown-critical",
            "The critical extension 1.3.6.1.4.1.32473.1 is not understood",
        ),
        (
            "weak-hash",
            "Made with sha1WithRSAEncryption, whose hash can be deceived",
        ),
        (
            "weak-key",
            "The RSA key of shop.example has 1024 bits. Fewer than 2048 are too few.",
        ),
        (
            "broken-signature",
            "Not made by Demo Issuing CA over these bytes.",
        ),
        ("revoked", "It was revoked on 2026-11-19."),
        (
            "must-staple",
            "It promises that a fresh status comes along, and none came.",
        ),
    ] {
        let reason = fault(&format!("kx=ecdhe&cert={word}"));
        assert!(reason.contains(phrase), "{word}: {reason}");
    }
    for (word, phrase) in [
        (
            "wrong-purpose",
            "It is not meant for a client, only for id-kp-serverAuth.",
        ),
        ("revoked", "It was revoked on 2026-11-19."),
    ] {
        let reason = fault(&format!("setting=payroll&kx=ecdhe&client={word}"));
        assert!(reason.contains(phrase), "{word}: {reason}");
    }
}

/// Why the first check that failed did.
fn fault(query: &str) -> String {
    let lesson = tell(&of_query(query));
    let blocks = lesson.steps.iter().flat_map(|step| &step.words);
    let rows = blocks.flat_map(|block| match block {
        Block::Checks(rows) => rows.as_slice(),
        _ => &[],
    });
    let mut failed = rows.filter(|row| row.outcome == Verdict::Failed);
    let Some(failed) = failed.next() else {
        panic!("nothing failed: {query}");
    };
    Catalogue::english().plain(&failed.reason, &English)
}

/// The name that the client asks for is another where a wildcard must not reach it.
#[test]
fn a_wildcard_is_asked_for_a_name_two_levels_down() {
    let lesson = tell(&of_query("kx=ecdhe&cert=wildcard"));
    let line = Catalogue::english().plain(&lesson.steps.last().unwrap().line, &English);
    assert!(line.contains("not for www.eu.shop.example"), "{line}");
}

/// The flipped bit is found where its certificate is laid open and where it travels, and only there;
/// turned back, the signature is the authority's again.
#[test]
fn the_flipped_bit_is_found_wherever_it_is_shown() {
    let lesson = tell(&of_query("kx=ecdhe&cert=broken-signature"));
    let [server, issuer, ..] = lesson.certificates.as_slice() else {
        panic!("{:?}", lesson.certificates);
    };
    let flip = lesson.flip(&server.der).unwrap();
    assert_eq!(lesson.flip(&issuer.der), None);
    let mut mended = server.der.clone();
    assert_eq!(mended[flip.at], flip.found);
    assert_eq!((flip.found ^ flip.signed).count_ones(), 1);
    mended[flip.at] = flip.signed;
    let verifies = |der: &[u8]| {
        let key = padlock_pki::certificate::public_key(&issuer.der).unwrap();
        let signed = padlock_pki::signed::Signed::read(der).unwrap();
        signed.verify(&key).is_ok()
    };
    assert_eq!(
        [&server.der, &mended].map(|der| verifies(der)),
        [false, true]
    );
    let shown = lesson.steps.iter().flat_map(|step| &step.bytes);
    let travels: Vec<_> = shown
        .filter_map(|shown| lesson.flip(&shown.bytes))
        .collect();
    assert!(!travels.is_empty());
    for found in travels {
        assert!(found.at > flip.at, "a message is around it");
        assert_eq!((found.found, found.signed), (flip.found, flip.signed));
    }
    let good = tell(&of_query("kx=ecdhe"));
    assert_eq!(good.flip(&good.certificates[0].der), None);
}
