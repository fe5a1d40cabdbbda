//! Two handshakes side by side, and what a thief gets out of a recorded one.

use padlock_lesson::compare::{self, Column, Facts, align};
use padlock_lesson::ladder::ladder;
use padlock_lesson::lesson::{Block, Computation, LaneItem, Lesson, TruthKind};
use padlock_lesson::play::Recording;
use padlock_lesson::scenario::{FIRST_DATE, KeyExchange, LAST_DATE, Meddling, Scenario};
use padlock_lesson::text::{Catalogue, English};
use padlock_lesson::thief::{Case, Heist, Replays};
use padlock_tls::knowledge::Knows;
use padlock_tls::trace::{Agreement, EventKind, Party};
use padlock_tls::value::{Epoch, ValueName};
use padlock_wire::hex;

const SAMPLE: &str = "Here is a sample. If you can read it, send it back.";

fn recording(key_exchange: KeyExchange) -> Recording {
    let base = Scenario::from_query("").0.complete([9; 16], 1_795_285_800);
    Recording::of(&Scenario {
        key_exchange,
        ..base
    })
}

#[test]
fn round_trips_and_proofs_are_counted_in_the_runs() {
    use KeyExchange::{
        EarlyData, EarlyRefused, Ecdhe, External, Hybrid, PskAlone, Resumed, Retried, Rsa,
        RsaSessionId, RsaSessionTicket, SessionId, SessionTicket, Tls13,
    };
    // Data, the server's proof, nobody changed anything; the certificate on the wire; the thief.
    let cases = [
        (Rsa, [2, 2, 2], Some(Knows::Read), true),
        (RsaSessionId, [1, 1, 1], None, false),
        (RsaSessionTicket, [1, 1, 1], None, false),
        (Ecdhe, [2, 1, 2], Some(Knows::Read), false),
        (SessionId, [1, 1, 1], None, false),
        (SessionTicket, [1, 1, 1], None, false),
        (Tls13, [1, 1, 1], Some(Knows::Sealed), false),
        (Hybrid, [1, 1, 1], Some(Knows::Sealed), false),
        (Retried, [2, 2, 2], Some(Knows::Sealed), false),
        (Resumed, [1, 1, 1], None, false),
        (PskAlone, [1, 1, 1], None, false),
        (EarlyData, [0, 1, 1], None, false),
        (EarlyRefused, [1, 1, 1], None, false),
        (External, [1, 1, 1], None, false),
    ];
    assert_eq!(cases.map(|(kx, ..)| kx), KeyExchange::ALL);
    for (key_exchange, trips, certificate, thief_reads) in cases {
        let recording = recording(key_exchange);
        let Facts {
            data,
            server_proved,
            unchanged,
            handshake,
            bytes,
            ..
        } = Column::of(&recording).facts;
        let found = [data, server_proved, unchanged];
        assert_eq!(found, trips.map(Some), "{key_exchange:?}");
        let facts = Column::of(&recording).facts;
        assert_eq!(facts.certificate, certificate, "{key_exchange:?}");
        // With a key that both were given there is no certificate, and no private key of one.
        let thief_reads = (key_exchange != External).then_some(thief_reads);
        assert_eq!(facts.thief_reads, thief_reads, "{key_exchange:?}");
        let wire = recording.trace.wire.iter();
        assert_eq!(bytes, wire.map(|one| one.bytes.len()).sum::<usize>());
        assert!(0 < handshake && handshake < bytes);
    }
}

/// A server remembers any date that a run can have: what is resumed today is resumed then.
#[test]
fn a_session_is_resumed_at_any_date() {
    let agreed = |key_exchange, now| {
        let base = Scenario::from_query("").0.complete([9; 16], now);
        let run = Scenario {
            key_exchange,
            ..base
        };
        let events = Recording::of(&run).trace.events.clone();
        events.into_iter().find_map(|event| match event.kind {
            EventKind::Agreed(agreement) => Some(agreement),
            _ => None,
        })
    };
    let all = KeyExchange::ALL.iter().copied();
    for key_exchange in all.filter(|kx| kx.is_resumed()) {
        let today = agreed(key_exchange, 1_795_285_800);
        let resumed = |all: &Agreement| all.resumed.is_some() || all.psk.is_some();
        assert!(today.as_ref().is_some_and(resumed), "{key_exchange:?}");
        // At the ends, and where 32 bits do not suffice any more.
        for now in [FIRST_DATE, 1 << 32, LAST_DATE] {
            assert_eq!(agreed(key_exchange, now), today, "{key_exchange:?} {now}");
        }
    }
}

/// The columns differ by the handshake alone: the certificates are the same, byte for byte, and so is
/// what the applications say.
#[test]
fn the_columns_show_the_very_same_certificates() {
    for query in ["", "setting=payroll", "cert=expired", "way=change-data"] {
        let base = Scenario::from_query(query)
            .0
            .complete([9; 16], 1_795_285_800);
        let shown = |key_exchange: KeyExchange| {
            let run = compare::scenario(&base, key_exchange);
            let found = Scenario::from_query(&run.to_query()).0;
            assert_eq!(found.complete([0; 16], 0), run, "a link leads to it");
            assert_eq!(run.meddling, Meddling::Nothing, "{query}");
            let lesson = Recording::of(&run).lesson();
            let certificates = lesson.certificates.into_iter();
            certificates.map(|exhibit| exhibit.der).collect::<Vec<_>>()
        };
        let classic = shown(KeyExchange::Rsa);
        assert!(classic.len() >= 3, "{query}");
        for key_exchange in KeyExchange::ALL {
            let expected = match key_exchange.has_certificates() {
                true => &classic[..],
                false => &[],
            };
            assert_eq!(shown(*key_exchange), expected, "{query} {key_exchange:?}");
        }
    }
}

#[test]
fn a_refused_connection_comes_to_no_data() {
    let base = Scenario::from_query("kx=tls13&cert=expired").0;
    let recording = Recording::of(&base.complete([9; 16], 1_795_285_800));
    let facts = Column::of(&recording).facts;
    assert_eq!(
        (facts.data, facts.server_proved, facts.unchanged),
        (None, None, None)
    );
    assert_eq!(facts.handshake, facts.bytes);
}

#[test]
fn rows_hold_each_step_once_and_in_order() {
    for left in KeyExchange::ALL {
        for right in [KeyExchange::Rsa, KeyExchange::Tls13] {
            let (left, right) = (recording(*left).lesson(), recording(right).lesson());
            let rows = align(&left, &right);
            let lefts: Vec<_> = rows.iter().filter_map(|(at, _)| *at).collect();
            let rights: Vec<_> = rows.iter().filter_map(|(_, at)| *at).collect();
            assert!(lefts.iter().copied().eq(0..left.steps.len()));
            assert!(rights.iter().copied().eq(0..right.steps.len()));
            let both = rows
                .iter()
                .filter_map(|(at, other)| Some(((*at)?, (*other)?)));
            for (at, other) in both.clone() {
                assert_eq!(left.steps[at].id, right.steps[other].id);
            }
            assert!(both.count() >= 6, "there is much that they share");
        }
    }
}

fn plain(texts: &[padlock_lesson::text::Text]) -> String {
    let catalogue = Catalogue::english();
    let words: Vec<_> = texts
        .iter()
        .map(|text| catalogue.plain(text, &English))
        .collect();
    words.join(", ")
}

#[test]
fn a_stolen_key_opens_what_it_can_and_nothing_else() {
    for (case, sealed, opened, data) in [
        (Case::Transport, 6, 6, 2),
        (Case::Agreement, 6, 0, 0),
        (Case::Tls13, 10, 0, 0),
        // No forward secrecy where the secret lies in a ticket.
        (Case::OldTicket, 6, 6, 2),
        // The message, and End Of Early Data.
        (Case::Ticket, 9, 2, 1),
        // Its ticket's key alone, and no fresh ones: all of it.
        (Case::PskAlone, 7, 7, 2),
        // A given key with fresh ones.
        (Case::External, 7, 0, 0),
        // Whoever breaks the curve reads what it alone protects: messages, ticket, data, farewells.
        (Case::Quantum, 10, 10, 2),
        (Case::QuantumHybrid, 10, 0, 0),
    ] {
        let recording = recording(case.key_exchange());
        let heist = Heist::of(case, &recording);
        assert_eq!((heist.sealed, heist.opened), (sealed, opened), "{case:?}");
        assert_eq!(heist.records.len(), recording.trace.wire.len());
        let read = heist
            .records
            .iter()
            .filter(|one| plain(&one.inside).contains(SAMPLE));
        assert_eq!(read.count(), data, "{case:?}");
        let outside = heist.records.iter().map(|one| plain(&one.outside));
        assert!(
            outside.clone().all(|words| !words.contains(SAMPLE)),
            "{case:?}"
        );
        assert_eq!(
            heist.records.iter().filter(|one| one.is_way).count(),
            1,
            "{case:?}"
        );
        // Whoever reads the wire sees the certificate in TLS 1.2 only.
        let shown = outside
            .filter(|words| words.contains("Certificate"))
            .count();
        let is_older = matches!(case, Case::Transport | Case::Agreement);
        assert_eq!(shown > 0, is_older, "{case:?}");
    }
}

/// What leads from the private key to the data is what both sides computed; in the hybrid it ends.
#[test]
fn the_way_from_a_broken_curve_is_shown_as_far_as_it_goes() {
    for (case, names, lacks) in [
        (
            Case::Quantum,
            vec![
                "client’s fresh private key",
                "shared secret",
                "handshake secret",
                "main secret",
                "client’s application traffic secret",
                "server’s application traffic secret",
            ],
            None,
        ),
        (
            Case::QuantumHybrid,
            vec!["client’s fresh private key", "secret of the curve"],
            Some("secret of ML-KEM"),
        ),
        (
            Case::Ticket,
            vec!["pre-shared key", "early traffic secret"],
            Some("shared secret"),
        ),
        (
            Case::PskAlone,
            vec![
                "pre-shared key",
                "handshake secret",
                "main secret",
                "client’s application traffic secret",
                "server’s application traffic secret",
            ],
            None,
        ),
        (
            Case::External,
            vec!["pre-shared key"],
            Some("shared secret"),
        ),
    ] {
        let recording = recording(case.key_exchange());
        assert_eq!(Heist::planned(case, &recording).found, []);
        let heist = Heist::of(case, &recording);
        let titles: Vec<_> = heist
            .found
            .iter()
            .map(|found| plain(std::slice::from_ref(&found.title)))
            .collect();
        assert_eq!(titles, names, "{case:?}");
        assert_eq!(heist.lacks.map(|title| plain(&[title])).as_deref(), lacks);
        let lesson = recording.lesson();
        for found in &heist.found {
            let mut computed = lesson.steps.iter().flat_map(|step| &step.computed);
            // A given key is computed from nothing: it goes in.
            let has = |one: &Computation| {
                let mut inputs = one.inputs.iter();
                one.output == found.bytes || inputs.any(|input| input.bytes == found.bytes)
            };
            assert!(computed.any(has), "{case:?}");
        }
    }
}

#[test]
fn another_key_opens_nothing() {
    let mut recording = recording(KeyExchange::Rsa);
    let other = self::recording(KeyExchange::Rsa);
    assert_eq!(Heist::of(Case::Transport, &other).opened, 6);
    // The server of another shop, with a key on a curve.
    let other = Scenario::from_query("kx=ecdhe&suite=TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256").0;
    let stranger = Recording::of(&other.complete([9; 16], 1_795_285_800));
    recording.server = stranger.server;
    assert_eq!(Heist::of(Case::Transport, &recording).opened, 0);
    // The keys of another server, with which no ticket fits.
    for case in [Case::PskAlone, Case::OldTicket] {
        let mut recording = self::recording(case.key_exchange());
        let other = Scenario::from_query("kx=tls13-psk-ke").0;
        recording.server = Recording::of(&other.complete([8; 16], 1_795_285_800)).server;
        assert_eq!(Heist::of(case, &recording).opened, 0, "{case:?}");
    }
    // The private keys of another connection.
    let mut recording = self::recording(KeyExchange::Tls13);
    let other = Scenario::from_query("kx=tls13").0;
    let stranger = Recording::of(&other.complete([8; 16], 1_795_285_800));
    recording.trace.events = stranger.trace.events;
    assert_eq!(Heist::of(Case::Quantum, &recording).opened, 0);
}

#[test]
fn early_data_comes_again_at_a_careless_server_only() {
    let sample = || Some(SAMPLE.to_owned());
    let recording = recording(KeyExchange::EarlyData);
    assert_eq!(recording.trace.wire[0].from, Party::Client);
    let replays = Replays::of(&recording);
    assert_eq!(replays.careless, [sample(), sample()]);
    assert_eq!(replays.careful, [sample(), None]);
    // Where nothing is sent early there is nothing to send again.
    let replays = Replays::of(&self::recording(KeyExchange::Resumed));
    assert_eq!(replays.careless, [None, None]);
}

/// The ladder as it is drawn: a name a line, indented by its depth.
fn drawn(key_exchange: KeyExchange) -> String {
    let lesson = recording(key_exchange).lesson();
    let line = |rung: &padlock_lesson::ladder::Rung<'_>| {
        let name = rung.computation.name.map(|name| name.to_string());
        format!("{}{}", "  ".repeat(rung.depth), name.unwrap_or_default())
    };
    let lines: Vec<_> = ladder(&lesson).iter().map(line).collect();
    lines.join("\n")
}

#[test]
fn the_ladder_leads_from_the_first_secret_to_the_keys_of_the_records() {
    for (key_exchange, expected) in [
        (
            KeyExchange::Rsa,
            "pre_master_secret
master_secret
key_block
  client_write_key
  server_write_key
  client_write_IV
  server_write_IV",
        ),
        (
            KeyExchange::Tls13,
            "early_secret
derived_secret_1
handshake_secret
  client_handshake_traffic_secret
    client_handshake_write_key
    client_handshake_write_iv
    client_handshake_finished_key
  server_handshake_traffic_secret
    server_handshake_write_key
    server_handshake_write_iv
    server_handshake_finished_key
derived_secret_2
main_secret
  client_application_traffic_secret_0
    client_application_0_write_key
    client_application_0_write_iv
  server_application_traffic_secret_0
    server_application_0_write_key
    server_application_0_write_iv
  exporter_secret
  resumption_secret",
        ),
    ] {
        assert_eq!(drawn(key_exchange), expected);
    }
    // Of a hybrid group the shared secret is another, and the ladder the same.
    assert_eq!(drawn(KeyExchange::Hybrid), drawn(KeyExchange::Tls13));
    // A session that is resumed begins with its key, and has keys for early data and the binder.
    for psk in [KeyExchange::PskAlone, KeyExchange::External] {
        assert_eq!(drawn(psk), drawn(KeyExchange::Resumed), "{psk:?}");
    }
    let early = drawn(KeyExchange::EarlyData);
    assert!(early.starts_with("early_secret\n  binder_key\n    binder_finished_key\n"));
    assert!(early.contains("\n  client_early_traffic_secret\n    client_early_write_key\n"));
}

/// The sizes of X25519MLKEM768 (RFC 10024 §4), in words and in bytes.
#[test]
fn the_hybrid_shows_what_it_is_made_of() {
    let lesson = recording(KeyExchange::Hybrid).lesson();
    let sizes = |name: ValueName| {
        let all = lesson.steps.iter().flat_map(|step| &step.computed);
        let found: Vec<_> = all.filter(|one| one.name == Some(name)).collect();
        assert!(!found.is_empty(), "{name}");
        for one in &found {
            assert_eq!(one.output, found[0].output, "{name}: both have the same");
        }
        found[0].output.len()
    };
    for (name, expected) in [
        (ValueName::EncapsulationKey, 1184),
        (ValueName::Ciphertext, 1088),
        (ValueName::KeyShare(Party::Client), 1216),
        (ValueName::KeyShare(Party::Server), 1120),
        (ValueName::MlKemSecret, 32),
        (ValueName::CurveSecret, 32),
        (ValueName::SharedSecret, 64),
    ] {
        assert_eq!(sizes(name), expected, "{name}");
    }
    let words: Vec<_> = lesson
        .steps
        .iter()
        .flat_map(|step| &step.words)
        .filter_map(|block| match block {
            Block::Paragraph(text) | Block::Note(text) | Block::Detail { text, .. } => {
                Some(plain(std::slice::from_ref(text)))
            }
            _ => None,
        })
        .collect();
    for part in ["1,184 bytes", "1,088 bytes", "64 bytes", "ML-KEM first"] {
        let found = words.iter().any(|words| words.contains(part));
        assert!(found, "{part}: {words:#?}");
    }
    let plain13 = recording(KeyExchange::Tls13).lesson();
    // Who speaks of making the keys speaks of both ways to them.
    let says = |lesson: &Lesson, part| {
        let steps = &mut lesson.steps.iter();
        let keys = steps.find(|step| step.id == "shared-secret").unwrap();
        plain(std::slice::from_ref(&keys.line)).contains(part)
    };
    assert!(says(&lesson, "ML-KEM") && !says(&plain13, "ML-KEM"));
    let names = plain13.steps.iter().flat_map(|step| &step.computed);
    assert!(
        names
            .clone()
            .all(|one| one.name != Some(ValueName::MlKemSecret))
    );
}

/// The client that is asked for another key has made two pairs: the table tells them apart.
#[test]
fn a_second_attempt_has_two_keys_with_names_of_their_own() {
    let own = |key_exchange| {
        let lesson = recording(key_exchange).lesson();
        let last = lesson.steps.last().unwrap();
        let keys = last.knowledge.iter().filter(|row| {
            matches!(
                row.name,
                Some(
                    ValueName::EphemeralPublicKey(Party::Client)
                        | ValueName::EphemeralPrivateKey(Party::Client)
                )
            )
        });
        keys.map(|row| plain(std::slice::from_ref(&row.title)))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        own(KeyExchange::Retried),
        [
            "client’s fresh public key (first try)",
            "client’s fresh public key (second try)",
            "client’s fresh private key (first try)",
            "client’s fresh private key (second try)",
        ]
    );
    assert_eq!(
        own(KeyExchange::Tls13),
        ["client’s fresh public key", "client’s fresh private key"]
    );
}

/// Where keys are made nothing travels, and what is told of them is of this run: the nonces are those
/// of the records (RFC 9846 §5.3).
#[test]
fn the_steps_of_the_keys_tell_this_runs_figures() {
    for key_exchange in [
        KeyExchange::Tls13,
        KeyExchange::Hybrid,
        KeyExchange::Resumed,
    ] {
        let lesson = recording(key_exchange).lesson();
        let (handshake, data) = (Epoch::Handshake, Epoch::Application(0));
        for (id, computed) in [
            (
                "shared-secret",
                [
                    ValueName::TrafficIv(Party::Server, handshake),
                    ValueName::TrafficKey(Party::Server, handshake),
                ],
            ),
            (
                "keys",
                [Party::Client, Party::Server].map(|side| ValueName::TrafficKey(side, data)),
            ),
        ] {
            let step = lesson.steps.iter().find(|step| step.id == id).unwrap();
            assert_eq!(step.truth.kind, TruthKind::Inside, "{id}");
            let words: Vec<_> = step
                .words
                .iter()
                .filter_map(|block| match block {
                    Block::Paragraph(text) | Block::Detail { text, .. } => {
                        Some(plain(std::slice::from_ref(text)))
                    }
                    _ => None,
                })
                .collect();
            for name in computed {
                let mut all = step.computed.iter();
                let value = all.find(|one| one.name == Some(name));
                let bytes = &value.unwrap_or_else(|| panic!("{name}")).output;
                let shown = match name {
                    ValueName::TrafficIv(..) => {
                        let mut second = bytes.clone();
                        *second.last_mut().unwrap() ^= 1;
                        [hex::encode(bytes), hex::encode(&second)].to_vec()
                    }
                    _ => vec![format!("{}…", hex::encode(&bytes[..4]))],
                };
                for part in shown {
                    let found = words.iter().any(|words| words.contains(&part));
                    assert!(found, "{key_exchange:?} {name} {part}: {words:#?}");
                }
            }
        }
        // What travels is as on the wire.
        for step in lesson.steps {
            let travels = matches!(step.lane, LaneItem::Arrow { .. });
            let is_wire = step.truth.kind == TruthKind::AsOnTheWire;
            assert!(travels || !is_wire, "{}", step.id);
        }
    }
}
