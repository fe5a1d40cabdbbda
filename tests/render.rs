//! Every page in every state, rendered to text where there is no browser.
//!
//! The lessons are real runs. What is drawn is looked at as a reader's browser would: is every word
//! there, is every byte, does what refers to something find it.
#![cfg(not(target_arch = "wasm32"))]

#[path = "render/markup.rs"]
mod markup;
#[path = "render/modern.rs"]
mod modern;
#[path = "render/read.rs"]
mod read;
#[path = "render/stage.rs"]
mod stage;
#[path = "render/workshop.rs"]
mod workshop;

use markup::{check_sound, count, text};
use padlock::measure::Sample;
use padlock::pages::failures::state::State as Tried;
use padlock::pages::handshake::state::{Opening, View};
use padlock::pages::speed::state::{ROUNDS, State as Measured};
use padlock_lesson::gallery::{CASES, Group, VERSIONS};
use padlock_lesson::lesson::Ending;
use padlock_lesson::scenario::{
    CertificateChoice, ClientCertificateChoice, KeyExchange, Scenario, Setting,
};
use padlock_wire::hex;
use stage::{app, certificate, failures, handshake, lesson, outcome, scenario, speed};

#[test]
fn opens_every_address() {
    for (hash, heading) in [
        ("", "Watch a TLS handshake happen"),
        (
            "#/handshake?setting=payroll&kx=ecdhe&step=3&view=bytes",
            "Watch a TLS handshake happen",
        ),
        ("#/certificate", "What a certificate says"),
        ("#/read", "Read any certificate"),
        ("#/workshop", "Make your own certificates"),
        ("#/failures", "What can be wrong with a certificate"),
        ("#/compare?left=ecdhe", "Side by side"),
        ("#/thief", "A thief who waits"),
        ("#/speed", "Why two kinds of keys?"),
        ("#/nowhere/at/all?step=1", "There is no such page"),
        ("#/%E2%80%AE?%%%=&&&", "There is no such page"),
    ] {
        let html = app(hash);
        check_sound(&html, hash);
        assert!(text(&html).contains(heading), "{hash}: {}", text(&html));
        assert!(html.contains("<header class=\"header\""), "{hash}");
    }
}

#[test]
fn leaves_the_frame_away_when_embedded() {
    for hash in [
        "#/handshake?embed=1",
        "#/certificate?embed",
        "#/speed?embed=yes",
    ] {
        assert!(!app(hash).contains("<header class=\"header\""), "{hash}");
    }
}

#[test]
fn says_what_is_wrong_with_an_address() {
    let html = app(
        "#/handshake?kx=magic&seed=12&date=someday&step=zero&view=inside&cert=good&cert=expired",
    );
    let words = text(&html);
    for part in [
        "kx=magic",
        "“12”",
        "“someday”",
        "“zero”",
        "“inside”",
        "more than once",
    ] {
        assert!(words.contains(part), "{part}: {words}");
    }
}

#[test]
fn draws_every_step_of_every_scenario() {
    for setting in Setting::ALL {
        for key_exchange in KeyExchange::ALL {
            if key_exchange.is_tls13() && *key_exchange != KeyExchange::Tls13 {
                draws_every_step(&Scenario {
                    setting: *setting,
                    key_exchange: *key_exchange,
                    client_certificate: setting.client_certificate(),
                    ..scenario()
                });
                continue;
            }
            for certificate in CertificateChoice::OFFERED {
                for client_certificate in ClientCertificateChoice::OFFERED {
                    let scenario = Scenario {
                        setting: *setting,
                        key_exchange: *key_exchange,
                        certificate: *certificate,
                        client_certificate: *client_certificate,
                        ..scenario()
                    };
                    draws_every_step(&scenario);
                }
            }
        }
    }
}

#[test]
fn draws_every_step_of_every_failure() {
    for case in CASES {
        draws_every_step(&case.scenario(VERSIONS[0], [7; 16], 1_795_285_800));
    }
}

/// A link may play what the sentence does not offer; then it says so, and offers it too.
#[test]
fn names_what_a_link_plays() {
    for (hash, name) in [
        (
            "#/handshake?kx=ecdhe&cert=no-san",
            "one without alternative names",
        ),
        ("#/handshake?kx=ecdhe&cert=revoked", "a revoked one"),
        (
            "#/handshake?setting=payroll&kx=ecdhe&client=wrong-purpose",
            "one that is for servers",
        ),
    ] {
        let html = app(hash);
        check_sound(&html, hash);
        assert_eq!(count(&html, &format!(">{name}<")), 2, "{hash}: {html}");
    }
    assert!(!app("#/handshake").contains("a revoked one"));
}

#[test]
fn the_gallery_shows_every_failure_and_what_came_of_it() {
    let untried = failures(Tried::default());
    check_sound(&untried, "failures");
    assert_eq!(count(&untried, "class=\"failures__card\""), CASES.len());
    assert!(text(&untried).contains(&format!("0 of {} tried", CASES.len())));
    let mut tried = Tried::default();
    for (slot, case) in tried.outcomes.iter_mut().zip(CASES) {
        let ended = |version| Some(outcome(&case.scenario(version, [7; 16], 1_795_285_800)));
        *slot = VERSIONS.map(ended);
    }
    let html = failures(tried.clone());
    check_sound(&html, "failures");
    // Said once where both versions agree; one failure has an alert of its own in TLS 1.3.
    assert_eq!(count(&html, "failures__verdict--good"), 2);
    assert_eq!(count(&html, "failures__verdict--bad"), CASES.len() - 2 + 1);
    for part in [
        "TLS 1.2 and TLS 1.3: refused, alert certificate_expired, number 45",
        "TLS 1.2 and TLS 1.3: refused, alert certificate_revoked, number 44",
        "TLS 1.2: refused, alert handshake_failure, number 40",
        "TLS 1.3: refused, alert certificate_required, number 116",
        "X509_V_ERR_CERT_SIGNATURE_FAILURE (7)",
        "MOZILLA_PKIX_ERROR_REQUIRED_TLS_FEATURE_MISSING",
        "ERR_CERT_COMMON_NAME_INVALID",
        "CURLE_PEER_FAILED_VERIFICATION (60)",
    ] {
        assert!(text(&html).contains(part), "{part}: {}", text(&html));
    }
    // A refusal is opened at the step that refuses.
    for (case, outcomes) in CASES.iter().zip(&tried.outcomes) {
        for (version, outcome) in VERSIONS.into_iter().zip(outcomes) {
            let query = case.query(version);
            let link = |step| format!("#/handshake?{query}{step}\"").replace('&', "&amp;");
            let refused = outcome.as_ref().unwrap().refusal.is_some();
            let step = if refused { "&step=last" } else { "" };
            assert_eq!(count(&html, &link(step)), 1, "{}", link(step));
            assert_eq!(count(&untried, &link("")), 1, "{}", link(""));
        }
    }
    tried.group = Some(Group::Dates);
    let dates = failures(tried);
    check_sound(&dates, "failures, dates");
    assert_eq!(count(&dates, "class=\"failures__card\""), 3);
    assert_eq!(count(&dates, "aria-pressed=\"true\""), 1);
}

/// In words; the other views of the usual scenarios follow below.
fn draws_every_step(scenario: &Scenario) {
    let lesson = lesson(scenario);
    for (at, step) in lesson.steps.iter().enumerate() {
        let place = format!("{} step {}", scenario.to_query(), at + 1);
        let html = handshake(
            scenario,
            &lesson,
            Opening {
                step: at,
                view: View::Words,
            },
        );
        check_sound(&html, &place);
        assert_eq!(count(&html, "aria-current=\"step\""), 1, "{place}");
        assert_eq!(
            count(&html, "class=\"lane__link\""),
            lesson.steps.len(),
            "{place}"
        );
        assert!(
            text(&html).contains(&format!("step {} of {}", at + 1, lesson.steps.len())),
            "{place}"
        );
        assert!(
            !step.truth.sections.is_empty() && html.contains("https://www.rfc-editor.org/rfc/rfc"),
            "{place}"
        );
    }
    let last = handshake(
        scenario,
        &lesson,
        Opening {
            step: lesson.steps.len() - 1,
            view: View::Words,
        },
    );
    let refused = lesson.ending == Ending::Refused;
    assert_eq!(
        last.contains("arrow--alert"),
        refused,
        "{}",
        scenario.to_query()
    );
}

#[test]
fn shows_every_byte_of_every_artefact() {
    for key_exchange in KeyExchange::ALL {
        let scenario = Scenario {
            setting: Setting::Payroll,
            client_certificate: ClientCertificateChoice::Good,
            key_exchange: *key_exchange,
            ..scenario()
        };
        let lesson = lesson(&scenario);
        for (at, step) in lesson.steps.iter().enumerate() {
            let html = handshake(
                &scenario,
                &lesson,
                Opening {
                    step: at,
                    view: View::Bytes,
                },
            );
            check_sound(&html, step.id);
            // The first artefact is open.
            if let Some(artefact) = step.bytes.first() {
                let dump: String = html
                    .split("class=\"hex__run")
                    .skip(1)
                    .map(markup::first_text)
                    .collect();
                let dump: String = dump.split_whitespace().collect();
                assert_eq!(dump, hex::encode(&artefact.bytes), "{}", step.id);
                assert!(
                    html.contains("role=\"tree\"") && html.contains("role=\"treeitem\""),
                    "{}",
                    step.id
                );
            }
            assert_eq!(
                count(&html, "class=\"fold__button\""),
                step.bytes.len(),
                "{}",
                step.id
            );
        }
    }
}

#[test]
fn shows_what_was_computed_and_who_knows_it() {
    for key_exchange in KeyExchange::ALL {
        let scenario = Scenario {
            key_exchange: *key_exchange,
            ..scenario()
        };
        let lesson = lesson(&scenario);
        let (mut computed, mut known) = (0, 0);
        for (at, step) in lesson.steps.iter().enumerate() {
            let html = handshake(
                &scenario,
                &lesson,
                Opening {
                    step: at,
                    view: View::Computed,
                },
            );
            check_sound(&html, step.id);
            // As cards, or, where the step has a part in it, on and beside the ladder of keys.
            let shown = match html.contains("class=\"ladder\"") {
                true => modern::own_values(&html),
                false => count(&html, "class=\"computation\""),
            };
            assert_eq!(shown, step.computed.len(), "{}", step.id);
            let words = text(&html);
            for computation in &step.computed {
                assert!(words.contains(&computation.formula), "{words}");
            }
            computed += step.computed.len();

            let html = handshake(
                &scenario,
                &lesson,
                Opening {
                    step: at,
                    view: View::Knowledge,
                },
            );
            check_sound(&html, step.id);
            assert_eq!(
                count(&html, "role=\"rowheader\""),
                step.knowledge.len(),
                "{}",
                step.id
            );
            assert_eq!(
                count(&html, "role=\"cell\""),
                3 * step.knowledge.len(),
                "{}",
                step.id
            );
            known += step.knowledge.len();
        }
        assert!(
            computed > 10 && known > 10,
            "{computed} computations, {known} rows"
        );
    }
}

#[test]
fn goes_to_the_last_step_when_an_address_asks_for_more() {
    let scenario = scenario();
    let lesson = lesson(&scenario);
    let html = handshake(
        &scenario,
        &lesson,
        Opening {
            step: 98,
            view: View::Words,
        },
    );
    let words = text(&html);
    assert!(words.contains("asks for step 99"), "{words}");
    assert!(
        words.contains(&format!("step {0} of {0}", lesson.steps.len())),
        "{words}"
    );
}

#[test]
fn marks_the_dates_of_a_sentence() {
    let scenario = scenario();
    let lesson = lesson(&scenario);
    let mut steps = lesson.steps.iter();
    let step = steps.position(|step| step.id == "certificate-check");
    let opening = Opening {
        step: step.expect("the client checks the certificate"),
        view: View::Words,
    };
    let html = handshake(&scenario, &lesson, opening);
    let today = scenario.date().to_rfc3339()[..10].to_owned();
    assert!(html.contains(&format!("today is <time>{today}</time>.")));
    assert!(text(&html).contains(&format!("today is {today}.")));
}

/// The byte with the flipped bit is marked, alone, and what it was is said.
#[test]
fn marks_the_bit_that_was_turned_over() {
    let marked = |html: &str| count(html, "hex__run--changed");
    for (choice, expected) in [
        (CertificateChoice::BrokenSignature, 1),
        (CertificateChoice::Good, 0),
    ] {
        let scenario = Scenario {
            certificate: choice,
            ..scenario()
        };
        let lesson = lesson(&scenario);
        let html = certificate(&scenario, &lesson, 0);
        assert_eq!(marked(&html), expected);
        assert_eq!(marked(&certificate(&scenario, &lesson, 1)), 0);
        let Some(flip) = lesson.flip(&lesson.certificates[0].der) else {
            assert_eq!(expected, 0);
            continue;
        };
        let (found, signed) = (flip.found, flip.signed);
        let byte = html
            .split("hex__run--changed")
            .nth(1)
            .map(markup::first_text);
        assert_eq!(byte.unwrap().trim(), format!("{found:02x}"));
        let told = text(&html);
        for said in [
            format!("the marked byte is {found:02x} and was {signed:02x}."),
            format!("In bits that is {found:08b} in place of {signed:08b}."),
            format!("byte {}", flip.at),
        ] {
            assert!(told.contains(&said), "{said}");
        }
        let mut messages = lesson.steps.iter().flat_map(|step| &step.bytes);
        let marks = messages.any(|message| lesson.flip(&message.bytes).is_some());
        assert!(marks, "the message that carries the certificate has it too");
    }
}

#[test]
fn lays_every_certificate_open() {
    for client_certificate in [
        ClientCertificateChoice::NotAsked,
        ClientCertificateChoice::Good,
    ] {
        let scenario = Scenario {
            client_certificate,
            ..scenario()
        };
        let lesson = lesson(&scenario);
        assert!(lesson.certificates.len() >= 3);
        for (at, exhibit) in lesson.certificates.iter().enumerate() {
            let html = certificate(&scenario, &lesson, at);
            check_sound(&html, &scenario.to_query());
            assert_eq!(
                count(&html, "<dt>"),
                9,
                "the eight things, and what is not in it"
            );
            assert_eq!(count(&html, "role=\"tab\""), lesson.certificates.len());
            let dump: String = html
                .split("class=\"hex__run")
                .skip(1)
                .map(markup::first_text)
                .collect();
            let dump: String = dump.split_whitespace().collect();
            assert_eq!(dump, hex::encode(&exhibit.der));
            assert_eq!(
                count(&html, "card__place"),
                8,
                "each of the eight has its place"
            );
            assert!(text(&html).contains("not in it"));
        }
    }
}

#[test]
fn draws_the_measurement() {
    let running = speed(Measured {
        samples: vec![Sample { rsa: 5.0, aes: 0.2 }; 3],
        failed: false,
    });
    assert!(
        text(&running).contains(&format!("round 4 of {ROUNDS}")),
        "{}",
        text(&running)
    );

    let done = speed(Measured {
        samples: vec![Sample { rsa: 5.0, aes: 0.2 }; ROUNDS],
        failed: false,
    });
    let words = text(&done);
    for part in ["about 25 full records", "5,000 µs", "200 µs", "8,530 times"] {
        assert!(words.contains(part), "{part}: {words}");
    }
    assert!(
        done.contains("width=\"1000\"") && done.contains("width=\"40\""),
        "bars to scale"
    );

    let reverse = speed(Measured {
        samples: vec![Sample { rsa: 0.1, aes: 0.2 }; ROUNDS],
        failed: false,
    });
    assert!(text(&reverse).contains("unusual"));
    let failed = speed(Measured {
        samples: Vec::new(),
        failed: true,
    });
    assert!(text(&failed).contains("could not be made"));
    for html in [running, done, reverse, failed] {
        check_sound(&html, "speed");
    }
}

#[test]
fn says_that_a_run_is_on_its_way() {
    for hash in ["#/handshake", "#/certificate"] {
        let html = app(hash);
        assert!(text(&html).contains("about to run"), "{hash}");
        assert!(!html.contains("class=\"panel\""), "{hash}");
    }
}
