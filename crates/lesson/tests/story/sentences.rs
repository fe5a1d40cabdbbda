//! Sentences that hold for some runs and not for others, or whose order tells something.

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
    for scenario in every_scenario() {
        let lesson = tell(&scenario);
        let hello = step(&lesson, "server-hello");
        let LaneItem::Arrow { labels, .. } = &hello.lane else {
            panic!("the server sends something");
        };
        let sent: Vec<String> = labels.iter().map(|label| plain(&label.label)).collect();
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
