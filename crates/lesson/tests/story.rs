//! The stories that are told of real runs.

#![expect(clippy::unwrap_used, reason = "a test may stop")]

use std::collections::BTreeSet;

use padlock_lesson::lesson::{Block, Ending, Knows, LaneItem, Lesson, Outcome, Step, TruthKind};
use padlock_lesson::play::{self, Play, Progress, tell};
use padlock_lesson::scenario::{
    AuthorityKeys, CertificateChoice, ClientCertificateChoice, KeyExchange, Meddling, Scenario,
    Setting,
};
use padlock_lesson::text::{Argument, Catalogue, Text};
use padlock_pki::digest::Hash;
use padlock_tls::codes::{AlertDescription, AlertLevel, CipherSuite, NamedGroup};
use padlock_tls::knowledge::Knowledge;
use padlock_tls::trace::Party::{self, Client, Server};
use padlock_tls::trace::{Direction, Event, EventKind, Protection};
use padlock_tls::value::ValueName;

#[path = "story/knowledge.rs"]
mod knowledge;
#[path = "story/meddled.rs"]
mod meddled;
#[path = "story/script.rs"]
mod script;
#[path = "story/sentences.rs"]
mod sentences;
#[path = "story/snapshots.rs"]
mod snapshots;

use script::{plain, script};

/// 2026-11-21T18:30:00Z
const NOW: i64 = 1_795_285_800;

fn scenario(setting: Setting, key_exchange: KeyExchange) -> Scenario {
    Scenario {
        setting,
        key_exchange,
        suite: None,
        group: None,
        certificate: CertificateChoice::Good,
        client_certificate: setting.client_certificate(),
        authority: AuthorityKeys::default(),
        meddling: Meddling::Nothing,
        seed: *b"sixteen bytes ok",
        now: NOW,
    }
}

/// Every combination of choices, and every suite once in each setting.
fn every_scenario() -> Vec<Scenario> {
    let mut all = Vec::new();
    for &setting in Setting::ALL {
        for &key_exchange in KeyExchange::ALL {
            let base = scenario(setting, key_exchange);
            for suite in key_exchange.suites() {
                all.push(Scenario {
                    suite: Some(suite),
                    ..base.clone()
                });
            }
            for &meddling in Meddling::ALL {
                if meddling.fits(key_exchange) {
                    all.push(Scenario {
                        meddling,
                        ..base.clone()
                    });
                }
            }
            if key_exchange == KeyExchange::Rsa {
                all.push(Scenario {
                    suite: Some(CipherSuite::TLS_RSA_WITH_AES_128_CBC_SHA),
                    meddling: Meddling::ChangeData,
                    ..base.clone()
                });
            }
            for &group in key_exchange.groups() {
                all.push(Scenario {
                    group: Some(group),
                    ..base.clone()
                });
            }
            // The others show no other certificates.
            if !matches!(
                key_exchange,
                KeyExchange::Rsa | KeyExchange::Ecdhe | KeyExchange::Tls13
            ) {
                continue;
            }
            for &certificate in CertificateChoice::OFFERED {
                for &client_certificate in ClientCertificateChoice::OFFERED {
                    all.push(Scenario {
                        certificate,
                        client_certificate,
                        ..base.clone()
                    });
                }
            }
            // The gallery's with the usual certificate of the other side.
            for &certificate in &CertificateChoice::ALL[CertificateChoice::OFFERED.len()..] {
                all.push(Scenario {
                    certificate,
                    ..base.clone()
                });
            }
            for client_certificate in [
                ClientCertificateChoice::WrongPurpose,
                ClientCertificateChoice::Revoked,
            ] {
                all.push(Scenario {
                    client_certificate,
                    ..base.clone()
                });
            }
        }
    }
    all
}

fn step<'l>(lesson: &'l Lesson, id: &str) -> &'l Step {
    lesson.steps.iter().find(|step| step.id == id).unwrap()
}

fn ids(lesson: &Lesson) -> Vec<&'static str> {
    lesson.steps.iter().map(|step| step.id).collect()
}

#[test]
fn the_bytes_are_those_of_the_wire_and_every_byte_is_explained() {
    for scenario in every_scenario() {
        let (cast, trace) = play::run(&scenario);
        let lesson = padlock_lesson::story::tell(&cast, &trace.events);
        for party in [Client, Server] {
            let mut told = Vec::new();
            for step in &lesson.steps {
                for artefact in step.bytes.iter().filter(|artefact| artefact.from == party) {
                    // What somebody on the way put in the place of a record was not sent.
                    let mut changed = cast.changed.iter();
                    let put_there =
                        changed.any(|one| one.arrives.as_ref() == Some(&artefact.bytes));
                    if artefact.on_wire && !put_there {
                        told.extend_from_slice(&artefact.bytes);
                    }
                    assert_eq!(artefact.tree.gap(), None, "{}", plain(&artefact.title));
                    assert_eq!(artefact.tree.range, 0..artefact.bytes.len());
                }
            }
            let sent = trace.wire.iter().filter(|transfer| transfer.from == party);
            let sent: Vec<u8> = sent
                .flat_map(|transfer| transfer.bytes.iter().copied())
                .collect();
            assert_eq!(told, sent, "{scenario:?}");
        }
        let sizes = lesson.steps.iter().filter_map(|step| match &step.lane {
            LaneItem::Arrow { size, .. } => Some(*size),
            _ => None,
        });
        let wire: usize = trace.wire.iter().map(|transfer| transfer.bytes.len()).sum();
        assert_eq!(
            sizes.sum::<usize>(),
            wire,
            "every record belongs to an arrow"
        );
        for exhibit in &lesson.certificates {
            assert_eq!(exhibit.tree.gap(), None);
            assert_eq!(exhibit.tree.range, 0..exhibit.der.len());
        }
    }
}

/// Whether there is nothing wrong with it, or nothing that counts.
fn is_accepted(certificate: CertificateChoice) -> bool {
    matches!(
        certificate,
        CertificateChoice::Good
            | CertificateChoice::WrongOrder
            | CertificateChoice::SameName
            | CertificateChoice::Own
    )
}

#[test]
fn a_run_ends_as_its_choices_say() {
    let unchanged = |scenario: &Scenario| scenario.meddling == Meddling::Nothing;
    for scenario in every_scenario().into_iter().filter(unchanged) {
        let client = scenario.client_certificate;
        let server_is_good = is_accepted(scenario.certificate);
        let client_is_good = matches!(
            client,
            ClientCertificateChoice::Good | ClientCertificateChoice::NotAsked
        );
        let lesson = tell(&scenario);
        let last = lesson.steps.last().unwrap();
        if server_is_good && client_is_good {
            assert_eq!(lesson.ending, Ending::Completed, "{scenario:?}");
            assert_eq!(last.id, "closed");
            let asked = client == ClientCertificateChoice::Good;
            let expected = match (scenario.key_exchange, asked) {
                (KeyExchange::Rsa | KeyExchange::Ecdhe, false) => 12,
                (KeyExchange::Rsa | KeyExchange::Ecdhe, true) => 15,
                // Nobody shows a certificate, nor is asked for one.
                (
                    KeyExchange::RsaSessionId
                    | KeyExchange::RsaSessionTicket
                    | KeyExchange::SessionId
                    | KeyExchange::SessionTicket,
                    _,
                ) => 9,
                (KeyExchange::Tls13 | KeyExchange::Hybrid, false) => 15,
                (KeyExchange::Tls13 | KeyExchange::Hybrid, true) => 18,
                (KeyExchange::Retried, false) => 17,
                (KeyExchange::Retried, true) => 20,
                (KeyExchange::Resumed | KeyExchange::EarlyData, _) => 13,
                // The early data, and the message once more.
                (KeyExchange::EarlyRefused, _) => 14,
                // No ticket for another time.
                (KeyExchange::PskAlone | KeyExchange::External, _) => 12,
            };
            assert_eq!(lesson.steps.len(), expected, "{scenario:?}");
        } else {
            assert_eq!(lesson.ending, Ending::Refused, "{scenario:?}");
            assert_eq!(last.id, "refused");
            assert_eq!(last.speaker, if server_is_good { Server } else { Client });
            assert!(matches!(last.lane, LaneItem::Arrow { alert: true, .. }));
            assert!(
                ids(&lesson).iter().all(|id| *id != "sample"),
                "no data after a refusal"
            );
        }
    }
}

#[test]
fn each_fault_has_its_alert() {
    let server = |certificate| {
        let base = scenario(Setting::Shop, KeyExchange::Rsa);
        Scenario {
            certificate,
            ..base
        }
    };
    let client = |client_certificate| {
        let base = scenario(Setting::Payroll, KeyExchange::Ecdhe);
        Scenario {
            client_certificate,
            ..base
        }
    };
    for (scenario, alert, why) in [
        (
            server(CertificateChoice::Expired),
            "certificate_expired, number 45",
            "has expired",
        ),
        (
            server(CertificateChoice::NotYetValid),
            "certificate_expired, number 45",
            "not valid yet",
        ),
        (
            server(CertificateChoice::WrongName),
            "bad_certificate, number 42",
            "not for shop.example",
        ),
        (
            server(CertificateChoice::UnknownIssuer),
            "unknown_ca, number 48",
            "who vouches",
        ),
        (
            client(ClientCertificateChoice::Missing),
            "handshake_failure, number 40",
            "got none",
        ),
        (
            client(ClientCertificateChoice::Expired),
            "certificate_expired, number 45",
            "has expired",
        ),
        (
            client(ClientCertificateChoice::UnknownIssuer),
            "unknown_ca, number 48",
            "who vouches",
        ),
    ] {
        let lesson = tell(&scenario);
        let refused = step(&lesson, "refused");
        let words: String = refused.words.iter().map(words_of).collect();
        assert!(words.contains(alert), "{words}");
        assert!(
            plain(&refused.line).contains(why),
            "{}",
            plain(&refused.line)
        );
    }
}

fn words_of(block: &Block) -> String {
    match block {
        Block::Paragraph(text) | Block::Note(text) | Block::Detail { text, .. } => plain(text),
        _ => String::new(),
    }
}

#[test]
fn a_failed_check_is_shown_before_the_refusal() {
    let refused = CertificateChoice::ALL.iter();
    for certificate in refused.filter(|certificate| !is_accepted(**certificate)) {
        let base = scenario(Setting::Shop, KeyExchange::Ecdhe);
        let lesson = tell(&Scenario {
            certificate: *certificate,
            ..base
        });
        assert_eq!(
            ids(&lesson),
            [
                "client-hello",
                "server-hello",
                "certificate-check",
                "refused"
            ]
        );
        let check = step(&lesson, "certificate-check");
        assert!(matches!(
            check.lane,
            LaneItem::Inside {
                party: Client,
                failed: true,
                ..
            }
        ));
        let rows = check.words.iter().find_map(|block| match block {
            Block::Checks(rows) => Some(rows),
            _ => None,
        });
        let failed: Vec<_> = rows
            .unwrap()
            .iter()
            .filter(|row| row.outcome == Outcome::Failed)
            .collect();
        // Who is no authority may not sign, and stands where no further one may.
        let count = match certificate {
            CertificateChoice::LeafAsAuthority => 3,
            _ => 1,
        };
        assert_eq!(failed.len(), count, "{certificate:?}");
    }
    for client in [
        ClientCertificateChoice::Expired,
        ClientCertificateChoice::UnknownIssuer,
    ] {
        let base = scenario(Setting::Payroll, KeyExchange::Rsa);
        let lesson = tell(&Scenario {
            client_certificate: client,
            ..base
        });
        let check = step(&lesson, "client-check");
        assert!(matches!(
            check.lane,
            LaneItem::Inside {
                party: Server,
                failed: true,
                ..
            }
        ));
        assert_eq!(
            ids(&lesson)[3..],
            ["client-certificate", "unread", "client-check", "refused"]
        );
    }
}

/// Every text of a lesson.
fn texts(lesson: &Lesson) -> Vec<Text> {
    let mut all = Vec::new();
    for actor in [&lesson.client, &lesson.server] {
        all.extend([actor.name.clone(), actor.brings.clone()]);
    }
    for exhibit in &lesson.certificates {
        all.extend([exhibit.title.clone(), exhibit.place.clone()]);
    }
    for step in &lesson.steps {
        all.extend([step.stage.clone(), step.title.clone(), step.line.clone()]);
        match &step.lane {
            LaneItem::Arrow { labels, .. } => {
                all.extend(labels.iter().map(|label| label.label.clone()));
            }
            LaneItem::Inside { label, .. } | LaneItem::Both { label } => all.push(label.clone()),
        }
        for block in &step.words {
            match block {
                Block::Paragraph(text) | Block::Note(text) => all.push(text.clone()),
                Block::Detail { title, text } => all.extend([title.clone(), text.clone()]),
                Block::Checks(rows) => {
                    for row in rows {
                        all.extend([row.title.clone(), row.reason.clone()]);
                    }
                }
                Block::Card { title, .. } => all.push(title.clone()),
                Block::Quote { text, .. } => assert!(!text.is_empty()),
            }
        }
        for artefact in &step.bytes {
            all.push(artefact.title.clone());
            all.extend(artefact.note.clone());
        }
        for computation in &step.computed {
            all.extend([computation.title.clone(), computation.purpose.clone()]);
            all.extend(computation.inputs.iter().map(|given| given.title.clone()));
            assert!(!computation.formula.is_empty() && !computation.output.is_empty());
        }
        all.extend(step.knowledge.iter().map(|row| row.title.clone()));
        all.extend(step.overheard.iter().map(|heard| heard.what.clone()));
        all.extend(step.truth.note.clone());
        assert!(
            !step.truth.sections.is_empty(),
            "{} rests on no standard",
            step.id
        );
    }
    all
}

fn has_empty_argument(text: &Text) -> bool {
    text.arguments().iter().any(|argument| match argument {
        Argument::Text(words) | Argument::Date(words) => {
            words.is_empty() || words == "?" || words == "…"
        }
        Argument::Number(_) => false,
        Argument::Message(text) => has_empty_argument(text),
    })
}

#[test]
fn every_sentence_is_whole() {
    for scenario in every_scenario() {
        let lesson = tell(&scenario);
        for text in texts(&lesson) {
            let words = plain(&text);
            assert!(!words.trim().is_empty(), "{text:?}");
            assert!(!has_empty_argument(&text), "{words}");
            assert!(!words.contains("  ") && !words.contains(" ."), "{words}");
        }
        let distinct: BTreeSet<_> = ids(&lesson).into_iter().collect();
        assert_eq!(
            distinct.len(),
            lesson.steps.len(),
            "links need distinct names"
        );
    }
}

#[test]
fn terms_are_explained_where_they_first_matter() {
    use padlock_lesson::text::{English, Inline};
    let lesson = tell(&scenario(Setting::Shop, KeyExchange::Rsa));
    for (id, term) in [
        ("client-hello", "random"),
        ("server-hello", "certificate"),
        ("certificate-check", "certification-authority"),
        ("key-exchange", "pre-master-secret"),
        ("keys", "master-secret"),
        ("client-finished", "verify-data"),
        ("sample", "aead"),
        ("close", "alert"),
    ] {
        let catalogue = Catalogue::english();
        let inlines = step(&lesson, id)
            .words
            .iter()
            .flat_map(|block| match block {
                Block::Paragraph(text) | Block::Note(text) | Block::Detail { text, .. } => {
                    catalogue.render(text, &English)
                }
                _ => Vec::new(),
            });
        let mut terms = inlines.filter_map(|inline| match inline {
            Inline::Term { id, .. } => Some(id.name()),
            _ => None,
        });
        assert!(terms.any(|found| found == term), "{term} in {id}");
    }
}

/// What the page shows of a signature is what makes it one: the block is that of RFC 8017 §9.2.
#[test]
fn the_signature_of_a_certificate_says_its_hash() {
    for &setting in Setting::ALL {
        let lesson = tell(&scenario(setting, KeyExchange::Rsa));
        let steps = lesson.steps.iter();
        let checks = steps.filter(|step| ["certificate-check", "client-check"].contains(&step.id));
        let mut found = 0;
        for computed in checks.flat_map(|step| step.computed.chunks(2)) {
            let [hash, block] = computed else {
                panic!("a hash and a block of each certificate");
            };
            assert_eq!(hash.output, Hash::Sha256.of(&hash.inputs[0].bytes));
            let (before, end) = block.output.split_at(256 - 32);
            assert_eq!(end, hash.output);
            assert!(before.starts_with(&[0, 1, 0xff, 0xff]), "{before:?}");
            found += 1;
        }
        assert_eq!(found, if setting == Setting::Shop { 2 } else { 4 });
    }
}

#[test]
fn the_same_scenario_gives_the_same_lesson() {
    for &setting in Setting::ALL {
        for &key_exchange in KeyExchange::ALL {
            let scenario = scenario(setting, key_exchange);
            let lesson = tell(&scenario);
            let mut play = Play::new(&scenario);
            let mut seen = vec![play.progress()];
            while play.progress() != Progress::Told {
                seen.push(play.step());
            }
            seen.dedup();
            assert_eq!(seen, [Progress::Issuing, Progress::Talking, Progress::Told]);
            assert!(play.lesson() == lesson, "step by step it is the same");

            let other = tell(&Scenario {
                seed: [0; 16],
                ..scenario
            });
            assert_eq!(ids(&other), ids(&lesson));
            let hello = |lesson: &Lesson| lesson.steps[0].bytes[0].bytes.clone();
            assert_ne!(hello(&other), hello(&lesson), "another seed, other bytes");
        }
    }
}

#[test]
fn far_away_dates_are_brought_near() {
    for now in [i64::MIN, -1, 0, 4_102_444_800, i64::MAX] {
        let base = scenario(Setting::Payroll, KeyExchange::Ecdhe);
        assert_eq!(tell(&Scenario { now, ..base }).ending, Ending::Completed);
    }
}

#[test]
fn only_rsa_key_transport_is_history() {
    for (key_exchange, expected) in [
        (KeyExchange::Rsa, vec!["key-exchange", "shared-secret"]),
        (KeyExchange::Ecdhe, vec![]),
    ] {
        let lesson = tell(&scenario(Setting::Shop, key_exchange));
        let historical = lesson
            .steps
            .iter()
            .filter(|step| step.truth.kind == TruthKind::Historical);
        assert_eq!(historical.map(|step| step.id).collect::<Vec<_>>(), expected);
    }
}

#[test]
fn what_both_computed_is_told_once() {
    let lesson = tell(&scenario(Setting::Shop, KeyExchange::Rsa));
    let keys = step(&lesson, "keys");
    let both = |party: &[Party]| party == [Client, Server];
    assert!(
        keys.computed
            .iter()
            .all(|computation| both(&computation.by))
    );
    assert_eq!(keys.computed[0].name, Some(ValueName::MasterSecret));
    assert_eq!(keys.computed[0].output.len(), 48);
}
