//! What the first program of the page plays, which is built without elliptic curves.
//!
//! `cargo xtask test` runs this once more in such a build (`--no-default-features`), where any
//! calculation on a curve fails.

#![expect(
    clippy::disallowed_methods,
    reason = "it reads the sources of the project"
)]

use std::fs;

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
                let query = format!(
                    "setting={setting}&kx=rsa&cert={certificate}&client={client}\
                     &seed=00112233445566778899aabbccddeeff&date=2026-11-21T18:30:00Z"
                );
                let (parts, problems) = Scenario::from_query(&query);
                assert_eq!(problems, [], "{query}");
                let scenario = parts.complete([0; 16], 0);
                assert!(!scenario.key_exchange.needs_curves());
                let is_good = certificate == "good" && matches!(client, "none" | "good");
                let lesson = play::tell(&scenario);
                let completed = lesson.ending == Ending::Completed;
                assert_eq!(completed, is_good, "{query}");
                let story = format!("{lesson:?}");
                assert!(story.contains("key: check-readable,"));
                for key in &left_out {
                    let said = story.contains(&format!("key: {key},"));
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
                assert!(
                    !trace.events.iter().any(|event| is_fault(&event.kind)),
                    "{query}"
                );
            }
        }
    }
}

/// The sentences that the first program has no words for.
fn left_out() -> Vec<String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/messages/en/complete");
    let files = fs::read_dir(folder)
        .expect("a folder of the project")
        .map(|entry| {
            let file = fs::read_to_string(entry.expect("a file of the project").path())
                .expect("Fluent is text");
            let keys = file.lines().filter_map(|line| line.split_once(" ="));
            let keys =
                keys.filter(|(key, _)| key.starts_with(|first: char| first.is_ascii_lowercase()));
            keys.map(|(key, _)| key.to_owned()).collect::<Vec<_>>()
        });
    let all: Vec<String> = files.flatten().collect();
    assert!(all.len() > 100, "{}", all.len());
    all
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
