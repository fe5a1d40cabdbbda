//! What the first program of the page plays, which is built without elliptic curves.
//!
//! `cargo xtask test` runs this once more in such a build (`--no-default-features`), where any
//! calculation on a curve fails.

#![expect(
    clippy::disallowed_methods,
    reason = "it reads the sources of the project"
)]

use std::collections::BTreeSet;

#[path = "left_out/keys.rs"]
mod keys;

use keys::left_out;
use padlock_lesson::lesson::Ending;
use padlock_lesson::play;
use padlock_lesson::scenario::{KeyExchange, Scenario};
use padlock_tls::codes::AlertDescription;
use padlock_tls::trace::EventKind;

#[test]
fn the_classic_handshake_plays_to_its_end() {
    let left_out = left_out();
    for setting in ["shop", "payroll"] {
        for certificate in [
            "good",
            "expired",
            "not-yet-valid",
            "wrong-name",
            "unknown-issuer",
        ] {
            for client in ["none", "good", "expired", "unknown-issuer", "missing"] {
                let is_good = certificate == "good" && matches!(client, "none" | "good");
                let query = format!("setting={setting}&cert={certificate}&client={client}");
                plays(&query, is_good, &left_out);
            }
        }
        for suite in KeyExchange::Rsa.suites() {
            plays(&format!("setting={setting}&suite={suite}"), true, &left_out);
        }
    }
}

/// The story of a query comes to its end, and none of its sentences is without words.
#[track_caller]
fn plays(query: &str, is_good: bool, left_out: &[String]) {
    let fixed = "kx=rsa&seed=00112233445566778899aabbccddeeff&date=2026-11-21T18:30:00Z";
    let (parts, problems) = Scenario::from_query(&format!("{fixed}&{query}"));
    assert_eq!(problems, [], "{query}");
    let scenario = parts.complete([0; 16], 0);
    assert!(!scenario.key_exchange.needs_curves());
    let lesson = play::tell(&scenario);
    let completed = lesson.ending == Ending::Completed;
    assert_eq!(completed, is_good, "{query}");
    let story = format!("{lesson:?}");
    let parts = story.split("key: ").skip(1);
    let said: BTreeSet<&str> = parts.filter_map(|part| part.split(',').next()).collect();
    assert!(said.contains("check-readable"));
    for key in left_out {
        let said = said.contains(key.as_str());
        assert!(!said, "{query}: {key} stands in messages/en/complete");
    }
    // A refusal is the certificate's fault, not that of a missing curve.
    let (_, trace) = play::run(&scenario);
    let is_fault = |kind: &EventKind| {
        let EventKind::Alert(alert) = kind else {
            return false;
        };
        alert.description == AlertDescription::INTERNAL_ERROR
    };
    let mut events = trace.events.iter();
    assert!(!events.any(|event| is_fault(&event.kind)), "{query}");
}

/// The first program offers what it leaves to the complete one, by its name.
#[test]
fn whatever_is_offered_has_a_name() {
    let left_out = left_out();
    for exchange in KeyExchange::ALL {
        let title = exchange.title().key().name();
        assert!(!left_out.iter().any(|key| key == title), "{title}");
    }
}

#[test]
fn what_needs_curves_says_so() {
    assert!(KeyExchange::Ecdhe.needs_curves());
}

/// The build is what it is meant to be: were curves in it, the tests above would show nothing.
#[test]
fn curves_are_left_out_where_they_should_be() {
    let private = [1; 32];
    let made = padlock_curves::public_value(padlock_curves::Curve::P256, &private);
    assert_eq!(made.is_ok(), cfg!(feature = "curves"));
}
