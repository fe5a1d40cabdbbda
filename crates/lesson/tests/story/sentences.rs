//! Sentences: that they are true of each run, in order, and said at all.

use padlock_tls::trace::{CheckKind, EventKind};
use padlock_wire::Section;

use super::*;

#[test]
fn the_note_on_a_protected_record_names_what_stays_readable() {
    const ALL_ELSE: &str = "All else takes the key to read.";
    for scenario in every_scenario() {
        let lesson = tell(&scenario);
        let suite = scenario.suite.unwrap_or_else(|| {
            let mut usual = scenario.key_exchange.suites();
            usual.next().unwrap()
        });
        let suite = suite.to_string();
        let visible = match suite.as_str() {
            _ if scenario.key_exchange.is_tls13() => "",
            name if name.contains("_CBC_") => "the initialization vector",
            name if name.contains("_GCM_") => "the visible part of the nonce",
            _ => "",
        };
        for artefact in lesson.steps.iter().flat_map(|step| &step.bytes) {
            if !plain(&artefact.title).starts_with("Encrypted record") {
                continue;
            }
            let note = plain(artefact.note.as_ref().unwrap());
            assert!(note.starts_with("The five bytes of the header") && note.ends_with(ALL_ELSE));
            for part in ["the initialization vector", "the visible part of the nonce"] {
                assert_eq!(note.contains(part), part == visible, "{suite}: {note}");
            }
        }
    }
}

#[test]
fn the_extended_master_secret_ends_at_the_key_exchange() {
    for &setting in Setting::ALL {
        let lesson = tell(&scenario(setting, KeyExchange::Ecdhe));
        let keys = step(&lesson, "keys");
        let words: String = keys.words.iter().map(words_of).collect();
        assert!(words.contains("up to and including Client Key Exchange"));
        assert!(plain(&keys.line).contains("up to my Client Key Exchange"));
    }
}

#[test]
fn a_server_speaks_of_a_signature_only_if_it_checked_one() {
    let base = scenario(Setting::Payroll, KeyExchange::Ecdhe);
    let (cast, mut trace) = play::run(&base);
    for event in &mut trace.events {
        if let EventKind::Check(check) = &mut event.kind
            && matches!(check.kind, CheckKind::CertificateVerifySignature(_))
        {
            check.passed = false;
        }
    }
    let forged = padlock_lesson::story::tell(&cast, &trace.events);
    let expired = tell(&Scenario {
        client_certificate: ClientCertificateChoice::Expired,
        ..base
    });
    let proof = |step: &Step| {
        let mut sections = step.truth.sections.iter();
        sections.any(|section| *section == Section::new(5246, "7.4.8"))
    };
    for (lesson, signature) in [(&forged, true), (&expired, false)] {
        let caller = step(lesson, "client-check");
        let line = plain(&caller.line);
        assert!(line.ends_with("Something is wrong."), "{line}");
        assert_eq!(line.contains("signature"), signature, "{line}");
        assert_eq!(proof(caller), signature);
    }
}

#[test]
fn the_messages_of_the_server_are_told_in_the_order_of_the_wire() {
    use padlock_lesson::text::{English, Inline};
    // One whose client seems to speak nothing new gets no answer of this kind.
    let answered = |scenario: &Scenario| scenario.meddling != Meddling::AskForTls11;
    for scenario in every_scenario().into_iter().filter(answered) {
        let lesson = tell(&scenario);
        let hello = step(&lesson, "server-hello");
        let LaneItem::Arrow { labels, .. } = &hello.lane else {
            panic!("the server sends something");
        };
        let sent = labels.iter().map(|label| plain(&label.label));
        let sent: Vec<String> = sent.filter(|label| label != "changed on the way").collect();
        let mut told = Vec::new();
        for block in &hello.words {
            let Block::Paragraph(text) = block else {
                continue;
            };
            for inline in Catalogue::english().render(text, &English) {
                if let Inline::Strong(name) = inline {
                    told.push(name);
                }
            }
        }
        assert_eq!(told, sent, "{scenario:?}");
    }
}

/// The functions that the build made of the messages.
const SAY: &str = include_str!(concat!(env!("OUT_DIR"), "/say.rs"));

/// Sentences of the story that no choice leads to, each with what would.
const UNSAID: &[(&str, &[&str])] = &[
    (
        "certificates that only a test makes",
        &[
            "check-nothing",
            "reason-algorithm",
            "reason-algorithms-differ",
            "reason-duplicate-extension",
            "reason-empty-chain",
            "reason-expired-today",
            "reason-issuer-unknown-own",
            "reason-key",
            "reason-key-kind-cannot",
            "reason-key-usage-unrestricted",
            "reason-malformed",
            "reason-names-permitted",
            "reason-no-basic-constraints",
            "reason-not-a-name",
            "reason-not-yet-valid-today",
            "reason-purpose-unrestricted",
            "reason-too-many-certificates",
            "reason-too-many-names",
            "reason-too-many-signatures",
            "story-why-certificate",
        ],
    ),
    ("certificates of the learner's own", &["story-why-no-suite"]),
    (
        "what learners demand of certificates, and no handshake of the lesson",
        &[
            "check-profile",
            "reason-algorithm-malformed",
            "reason-algorithm-other-key",
            "reason-algorithm-other-parameters",
            "reason-algorithm-parameters",
            "reason-algorithm-wrong-key",
            "reason-breaks-rule",
            "reason-conforms",
            "reason-key-kind",
            "reason-key-malformed",
            "reason-key-off-curve",
            "reason-key-size",
            "reason-key-unnamed-curve",
            "reason-malformed-at",
            "reason-not-revoked",
            "reason-revocation-unknown",
            "reason-status-not-covered",
            "reason-status-unknown",
        ],
    ),
    (
        "a side that misbehaves",
        &[
            "reason-binder-wrong",
            "reason-certificate-verify-wrong",
            "reason-finished-wrong",
            "reason-finished13-wrong",
            "reason-proof-wrong",
            "story-caller-forged-line",
            "story-lane-message",
            "story-why-finished",
            "story-why-other",
        ],
    ),
    (
        "records that hold several messages, or a part of one",
        &[
            "story-list",
            "story-message",
            "story-message-note",
            "story-record-part-note",
            "story-record-shared-note",
        ],
    ),
    (
        "the purpose of values that are held or read: only that of computed ones is shown",
        &[
            "value-client-private-key-for",
            "value-client-public-key-for",
            "value-handshake-messages-for",
            "value-key-exchange-parameters-for",
            "value-server-private-key-for",
            "value-server-public-key-for",
        ],
    ),
    (
        "values that no run of the lesson has",
        &["value-other", "value-other-for"],
    ),
];

/// That some code holds a sentence is not enough: it has to be reached.
#[test]
fn a_run_says_every_sentence_of_the_story() {
    let mut said = BTreeSet::new();
    for scenario in every_scenario() {
        for text in texts(&tell(&scenario)) {
            note(&text, &mut said);
        }
    }
    let functions = SAY.lines().filter_map(|line| {
        let line = line.strip_prefix("pub ")?;
        let line = line.strip_prefix("const ").unwrap_or(line);
        line.strip_prefix("fn ")?.split('(').next()
    });
    let told = |name: &&str| {
        let kinds = ["story_", "check_", "reason_", "value_"];
        kinds.iter().any(|kind| name.starts_with(kind))
    };
    let all: BTreeSet<String> = functions
        .filter(told)
        .map(|name| name.replace('_', "-"))
        .collect();
    assert!(all.len() > 200, "{}", all.len());
    let unsaid: Vec<&str> = all.difference(&said).map(String::as_str).collect();
    let mut expected: Vec<&str> = UNSAID.iter().flat_map(|(_, keys)| *keys).copied().collect();
    expected.sort_unstable();
    assert_eq!(unsaid, expected);
}

/// Notes a text, and those that stand in it.
fn note(text: &Text, said: &mut BTreeSet<String>) {
    said.insert(text.key().name().to_owned());
    for argument in text.arguments() {
        if let Argument::Message(text) = argument {
            note(text, said);
        }
    }
}

/// A line may break at the hyphens of words, but not at those of a date.
#[test]
fn every_date_is_marked_as_one() {
    use padlock_lesson::text::{English, Inline};
    let catalogue = Catalogue::english();
    let unchanged = |scenario: &Scenario| scenario.meddling == Meddling::Nothing;
    for scenario in every_scenario().into_iter().filter(unchanged) {
        let lesson = tell(&scenario);
        let mut dates = 0;
        for inline in texts(&lesson)
            .iter()
            .flat_map(|text| catalogue.render(text, &English))
        {
            let form = inline
                .text()
                .replace(|letter: char| letter.is_ascii_digit(), "0");
            match inline {
                Inline::Date(_) => {
                    assert_eq!(form, "0000-00-00");
                    dates += 1;
                }
                _ => assert!(!form.contains("0000-00-00"), "{}", inline.text()),
            }
        }
        // Nobody shows a certificate where both have a key from before.
        let kx = scenario.key_exchange;
        let checked = kx.has_certificates() && !kx.is_resumed();
        assert_eq!(dates > 0, checked, "the dates of certificates are checked");
    }
}
