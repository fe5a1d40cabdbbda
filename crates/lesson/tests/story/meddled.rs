//! Somebody on the way: who finds them out, and that no more is said of it than is true.

use super::*;

/// Whatever somebody on the way changes, one side refuses, and says why.
#[test]
fn whoever_meddles_gets_nowhere() {
    for scenario in every_scenario() {
        let kx = scenario.key_exchange;
        let (refuses, alert, why) = match scenario.meddling {
            Meddling::Nothing => continue,
            Meddling::HideTls13 => (
                Client,
                AlertDescription::ILLEGAL_PARAMETER,
                "you speak TLS 1.3 and so do I",
            ),
            Meddling::HideTls13AndSign => (
                Client,
                AlertDescription::DECRYPT_ERROR,
                "a signature does not fit",
            ),
            Meddling::AskForTls11 => (
                Server,
                AlertDescription::PROTOCOL_VERSION,
                "I do not speak so old a version",
            ),
            Meddling::ChangeData => (
                Server,
                AlertDescription::BAD_RECORD_MAC,
                "what arrived is not what you sent",
            ),
        };
        let (cast, trace) = play::run(&scenario);
        let lesson = padlock_lesson::story::tell(&cast, &trace.events);
        assert_eq!(lesson.ending, Ending::Refused, "{scenario:?}");
        let last = lesson.steps.last().unwrap();
        assert_eq!(
            (last.id, last.speaker),
            ("refused", refuses),
            "{scenario:?}"
        );
        let line = plain(&last.line);
        assert!(line.contains(why), "{scenario:?}: {line}");
        let words: String = last.words.iter().map(words_of).collect();
        let noticed = scenario.meddling != Meddling::AskForTls11;
        assert_eq!(
            words.contains("could not do is change it unnoticed"),
            noticed,
            "{words}"
        );
        assert_eq!(
            words.contains("did not notice that anything was changed"),
            !noticed,
            "{words}"
        );
        let sent = trace.events.iter().find_map(|event| match &event.kind {
            EventKind::Alert(alert) if alert.level == AlertLevel::FATAL => Some(alert.description),
            _ => None,
        });
        assert_eq!(sent, Some(alert), "{scenario:?}");
        // Each change is told where the record is sent, and both forms are laid open there.
        let twice = scenario.meddling == Meddling::HideTls13AndSign;
        assert_eq!(cast.changed.len(), 1 + usize::from(twice), "{scenario:?}");
        for changed in &cast.changed {
            let shows = |step: &&Step| {
                let mut bytes = step.bytes.iter();
                bytes.any(|one| Some(&one.bytes) == changed.arrives.as_ref() && one.on_wire)
            };
            let step = lesson.steps.iter().find(shows).unwrap();
            assert!(
                step.bytes
                    .iter()
                    .any(|one| one.bytes == changed.bytes && one.on_wire)
            );
            let note = words_of(&step.words[0]);
            assert!(
                note.starts_with("Somebody on the way changes this"),
                "{note}"
            );
        }
        // Of what the application said nothing came through.
        let received = |event: &Event| match &event.kind {
            EventKind::Data { direction, .. } => *direction == Direction::Received,
            _ => false,
        };
        assert!(!trace.events.iter().any(received), "{kx:?}");
    }
}

/// Where an AEAD encrypts, the bit that was turned over would have been one of the text.
#[test]
fn a_changed_letter_would_have_been_the_one_that_is_told() {
    let mut told = 0;
    for scenario in every_scenario() {
        // In CBC one bit would spoil a block.
        if scenario.meddling != Meddling::ChangeData || scenario.suite.is_some() {
            continue;
        }
        let (cast, trace) = play::run(&scenario);
        let [changed] = &cast.changed[..] else {
            panic!("one record is changed");
        };
        let protection = trace.events.iter().find_map(|event| match &event.kind {
            EventKind::Record(record) if record.bytes == changed.bytes => {
                record.protection.as_ref()
            }
            _ => None,
        });
        let Protection {
            ciphertext,
            plaintext,
            ..
        } = protection.unwrap();
        let start = changed
            .bytes
            .windows(ciphertext.len())
            .position(|part| part == ciphertext);
        let arrives = &changed.arrives.as_ref().unwrap()[start.unwrap()..];
        let both = plaintext.iter().zip(ciphertext).zip(arrives);
        let read: Vec<u8> = both
            .map(|((text, sent), arrives)| text ^ sent ^ arrives)
            .collect();
        let lesson = padlock_lesson::story::tell(&cast, &trace.events);
        let note = words_of(&step(&lesson, "sample").words[0]);
        let quoted: Vec<&str> = note.split(['“', '”']).collect();
        let [_, old, _, new, _] = quoted[..] else {
            panic!("{note}");
        };
        let (plain, read) = (
            String::from_utf8_lossy(plaintext),
            String::from_utf8_lossy(&read),
        );
        assert_eq!(plain.replacen(old, new, 1), read);
        assert_ne!(plain, read);
        // The bytes say which of them it is.
        let arrived = changed.arrives.as_deref().unwrap();
        let at = (0..arrived.len()).find(|at| arrived[*at] != changed.bytes[*at]);
        let at = at.unwrap();
        let mut shown = step(&lesson, "sample").bytes.iter();
        let shown = shown.find(|one| one.bytes == arrived).unwrap();
        assert_eq!(
            super::plain(shown.note.as_ref().unwrap()),
            format!(
                "Byte {at} (0x{at:x}, counted from 0) is another: {:02x} was sent, {:02x} arrives.",
                changed.bytes[at], arrived[at]
            )
        );
        told += 1;
    }
    assert!(told > 20);
}

/// Who meddles is one thing, and what is run is another.
#[test]
fn what_is_meddled_with_is_told_as_what_it_is() {
    let told = |query: &str| {
        let (parts, problems) = Scenario::from_query(query);
        assert_eq!(problems, [], "{query}");
        let lesson = tell(&parts.complete([5; 16], NOW));
        let words = |step: &Step| {
            let words: Vec<String> = step.words.iter().map(words_of).collect();
            format!("{}\n{}", plain(&step.line), words.join("\n"))
        };
        [lesson.steps.first().unwrap(), lesson.steps.last().unwrap()].map(words)
    };
    for (query, first, not_first, last, not_last) in [
        (
            "kx=tls13&way=hide-tls13-and-sign&cert=expired",
            "Somebody on the way",
            "ticket",
            "has expired",
            "unnoticed",
        ),
        (
            "kx=tls13-psk&way=ask-tls11",
            "We were both given a key",
            "ticket",
            "so old a version",
            "unnoticed",
        ),
        (
            "kx=tls13-psk-ke&way=hide-tls13",
            "psk_ke",
            "saves a round trip",
            "TLS 1.3 and so do I",
            "old with anybody",
        ),
        (
            "kx=tls13-hybrid&group=SecP256r1MLKEM768&way=hide-tls13",
            "secp256r1, 65 bytes",
            "ticket",
            "TLS 1.3 and so do I",
            "old with anybody",
        ),
    ] {
        let [begins, ends] = told(query);
        assert!(
            begins.contains(first) && !begins.contains(not_first),
            "{query}: {begins}"
        );
        assert!(
            ends.contains(last) && !ends.contains(not_last),
            "{query}: {ends}"
        );
    }
}
