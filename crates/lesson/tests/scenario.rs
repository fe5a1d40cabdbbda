//! Scenarios and the addresses that hold them.

use padlock_lesson::problem::Problem;
use padlock_lesson::scenario::{
    AuthorityKeys, CertificateChoice, ClientCertificateChoice, FIRST_DATE, KeyExchange, LAST_DATE,
    Meddling, Parts, Scenario, Setting,
};
use padlock_lesson::text::{Catalogue, English};
use proptest::prelude::*;

fn scenarios() -> impl Strategy<Value = Scenario> {
    let index = any::<prop::sample::Index>;
    (
        (
            prop::sample::select(Setting::ALL),
            prop::sample::select(KeyExchange::ALL),
            prop::sample::select(&[AuthorityKeys::Usual, AuthorityKeys::Rsa][..]),
            prop::sample::select(Meddling::ALL),
        ),
        prop::sample::select(CertificateChoice::ALL),
        prop::sample::select(ClientCertificateChoice::ALL),
        (prop::option::of(index()), prop::option::of(index())),
        any::<[u8; 16]>(),
        FIRST_DATE..=LAST_DATE,
    )
        .prop_map(
            |(
                (setting, key_exchange, authority, meddling),
                certificate,
                client_certificate,
                (suite, group),
                seed,
                now,
            )| {
                let suites: Vec<_> = key_exchange.suites().collect();
                let suite = suite.map(|index| *index.get(&suites));
                let groups = key_exchange.groups();
                let group = group.filter(|_| !groups.is_empty());
                let group = group.map(|index| *index.get(groups));
                let (seed, now) = (seed, now);
                Scenario {
                    setting,
                    key_exchange,
                    suite,
                    group,
                    certificate,
                    client_certificate,
                    authority,
                    meddling: match meddling.fits(key_exchange) {
                        true => meddling,
                        false => Meddling::Nothing,
                    },
                    seed,
                    now,
                }
            },
        )
}

proptest! {
    #[test]
    fn an_address_gives_the_scenario_again(scenario in scenarios()) {
        let query = scenario.to_query();
        for query in [query.clone(), format!("?{query}"), format!("step=7&{query}&embed=1")] {
            let (parts, problems) = Scenario::from_query(&query);
            prop_assert_eq!(problems, []);
            prop_assert_eq!(parts.complete([0xee; 16], 0), scenario.clone());
        }
        let escaped = query.replace(':', "%3A").replace('-', "%2d");
        prop_assert_eq!(Scenario::from_query(&escaped).0.complete([0xee; 16], 0), scenario);
    }

    #[test]
    fn no_address_is_too_much(query in "[?&=%a-z0-9-]{0,60}|.{0,60}", value in ".{0,80}") {
        let _parts = Scenario::from_query(&query);
        for name in ["setting", "kx", "suite", "group", "cert", "client", "ca", "way", "seed", "date"] {
            let query = format!("{name}={value}&{name}=%{value}");
            let (_, problems) = Scenario::from_query(&query);
            for problem in problems {
                prop_assert!(!plain(&problem).is_empty());
            }
        }
    }
}

fn plain(problem: &Problem) -> String {
    Catalogue::english().plain(&problem.text(), &English)
}

#[test]
fn an_empty_address_is_the_seeds_story() {
    let (parts, problems) = Scenario::from_query("");
    assert_eq!((parts, problems), (Parts::default(), vec![]));
    let (parts, _) = Scenario::from_query("setting=payroll");
    assert_eq!(parts.client_certificate, ClientCertificateChoice::Good);
}

#[test]
fn a_date_may_stand_in_any_time_zone() {
    for date in [
        "2026-11-21T19:30:00+01:00",
        "2026-11-21T19:30:00%2B01:00",
        "2026-11-21T17:30:00-01:00",
        "2026-11-21T18:30:00Z",
    ] {
        let (parts, problems) = Scenario::from_query(&format!("date={date}"));
        assert_eq!(problems, [], "{date}");
        assert_eq!(parts.now, Some(1_795_285_800), "{date}");
    }
}

#[test]
fn problems_are_told_in_words() {
    for (query, expected, words) in [
        (
            "setting=bank",
            Problem::Unknown {
                name: "setting",
                value: "bank".into(),
            },
            "The address says setting=bank, which is not among the choices. The usual choice is used instead.",
        ),
        (
            "cert",
            Problem::Unknown {
                name: "cert",
                value: String::new(),
            },
            "The address says cert=…, which is not among the choices. The usual choice is used instead.",
        ),
        (
            "kx=ecdhe&suite=TLS_RSA_WITH_AES_128_GCM_SHA256",
            Problem::DoesNotFit {
                value: "TLS_RSA_WITH_AES_128_GCM_SHA256".into(),
                key_exchange: KeyExchange::Ecdhe,
            },
            "TLS_RSA_WITH_AES_128_GCM_SHA256 does not go with “TLS 1.2, ECDHE”. What is usual with it is used instead.",
        ),
        (
            "kx=tls13-retry&group=x25519",
            Problem::DoesNotFit {
                value: "x25519".into(),
                key_exchange: KeyExchange::Retried,
            },
            "x25519 does not go with “TLS 1.3, second attempt”. What is usual with it is used instead.",
        ),
        (
            "kx=ecdhe&way=hide-tls13",
            Problem::DoesNotFit {
                value: "hide-tls13".into(),
                key_exchange: KeyExchange::Ecdhe,
            },
            "hide-tls13 does not go with “TLS 1.2, ECDHE”. What is usual with it is used instead.",
        ),
        (
            "kx=tls13&group=p256",
            Problem::Unknown {
                name: "group",
                value: "p256".into(),
            },
            "The address says group=p256, which is not among the choices. The usual choice is used instead.",
        ),
        (
            "seed=abc",
            Problem::Seed {
                value: "abc".into(),
            },
            "The seed “abc” is not 32 hexadecimal digits. A new one is drawn instead.",
        ),
        (
            "date=3026-01-01T00:00:00Z",
            Problem::Date {
                value: "3026-01-01T00:00:00Z".into(),
            },
            "“3026-01-01T00:00:00Z” is not a date that a run can have (write it as in 2026-11-21T18:30:00Z). Today is used instead.",
        ),
        (
            "kx=rsa&kx=ecdhe",
            Problem::Repeated { name: "kx" },
            "The address says kx more than once. The first one counts.",
        ),
    ] {
        let (_, problems) = Scenario::from_query(query);
        assert_eq!(problems, [expected]);
        assert_eq!(plain(&problems[0]), words);
    }
}

#[test]
fn a_long_value_is_not_repeated_in_full() {
    let (_, problems) = Scenario::from_query(&format!("setting={}", "x".repeat(1000)));
    assert!(plain(&problems[0]).len() < 200);
}

/// Where the connection before comes to nothing, nothing is resumed.
#[test]
fn what_is_said_of_a_scenario_is_true_however_it_ends() {
    for (query, said) in [
        ("kx=tls13-resumed", "stands in for its certificate"),
        (
            "kx=tls13-resumed&cert=expired",
            "if a connection came of it",
        ),
        (
            "setting=payroll&kx=rsa-id&client=expired",
            "if a connection came of it",
        ),
        ("kx=tls13&cert=expired", "fresh public key"),
        (
            "kx=tls13-resumed&way=hide-tls13",
            "No connection comes of it",
        ),
        ("kx=tls13&way=change-data", "fresh public key"),
    ] {
        let (parts, problems) = Scenario::from_query(query);
        assert_eq!(problems, [], "{query}");
        let about = parts.complete([1; 16], 1_795_285_800).about();
        let about = Catalogue::english().plain(&about, &English);
        assert!(about.contains(said), "{query}: {about}");
    }
}

#[test]
fn every_choice_says_what_it_is() {
    let catalogue = Catalogue::english();
    let mut all = Vec::new();
    all.extend(
        Setting::ALL
            .iter()
            .map(|choice| (choice.title(), choice.about())),
    );
    all.extend(
        KeyExchange::ALL
            .iter()
            .map(|choice| (choice.title(), choice.about())),
    );
    all.extend(
        CertificateChoice::ALL
            .iter()
            .map(|choice| (choice.title(), choice.about())),
    );
    all.extend(
        ClientCertificateChoice::ALL
            .iter()
            .map(|choice| (choice.title(), choice.about())),
    );
    for (title, about) in all {
        let (title, about) = (
            catalogue.plain(&title, &English),
            catalogue.plain(&about, &English),
        );
        assert!(title.len() < 40 && about.len() > 30, "{title}: {about}");
        assert!(about.ends_with('.'), "{about}");
    }
}
