//! Two handshakes side by side, and the thief.

use std::rc::Rc;

use padlock::pages::compare::state::{Action as Compared, State as Comparison};
use padlock::pages::handshake::state::{Opening, View};
use padlock::pages::thief::state::{Action as Done, State as Theft};
use padlock::shared::Shared;
use padlock_lesson::compare::Column;
use padlock_lesson::ladder::ladder;
use padlock_lesson::play::Recording;
use padlock_lesson::scenario::{KeyExchange, Scenario};
use padlock_lesson::thief::Case;
use yew::Reducible;

use crate::markup::{check_sound, count, text};
use crate::stage::{compare, handshake, lesson, scenario, thief};

fn recording(key_exchange: KeyExchange) -> Recording {
    Recording::of(&Scenario {
        key_exchange,
        ..scenario()
    })
}

fn comparison(left: KeyExchange, right: KeyExchange, row: usize) -> Comparison {
    let mut state = Rc::new(Comparison::default());
    for (at, exchange) in KeyExchange::ALL.iter().enumerate() {
        if [left, right].contains(exchange) {
            let column = Shared::new(Column::of(&recording(*exchange)));
            state = state.reduce(Compared::Told(at, column));
        }
    }
    for action in [
        Compared::Left(left),
        Compared::Right(right),
        Compared::Go(row),
    ] {
        state = state.reduce(action);
    }
    Rc::unwrap_or_clone(state)
}

#[test]
fn says_that_the_handshakes_are_on_their_way() {
    for html in [compare(Comparison::default), thief(Theft::default)] {
        check_sound(&html, "waiting");
        assert_eq!(count(&html, "class=\"running\""), 1);
    }
}

#[test]
fn draws_two_handshakes_side_by_side() {
    for (left, right) in [
        (KeyExchange::Rsa, KeyExchange::Tls13),
        (KeyExchange::Ecdhe, KeyExchange::EarlyData),
        (KeyExchange::Tls13, KeyExchange::Tls13),
    ] {
        let html = compare(move || comparison(left, right, 3));
        check_sound(&html, "compare");
        let rows = comparison(left, right, 3).rows().len();
        assert_eq!(
            count(&html, "class=\"versus__row"),
            rows + 1,
            "rows and their list"
        );
        assert_eq!(count(&html, "aria-current=\"step\""), 1);
        assert!(text(&html).contains("Look into this step"));
    }
    let html = compare(|| comparison(KeyExchange::Rsa, KeyExchange::Tls13, 0));
    let words = text(&html);
    for part in [
        "2 round trips",
        "1 round trip",
        "readable for everybody",
        "encrypted",
        "reads everything",
        "reads nothing of the data",
    ] {
        assert!(words.contains(part), "{part}: {words}");
    }
}

/// At the first row there is none before, at the last none after.
#[test]
fn goes_no_further_than_the_rows_of_the_comparison() {
    let (left, right) = (KeyExchange::Rsa, KeyExchange::Tls13);
    let rows = comparison(left, right, 0).rows().len();
    for (row, back, next) in [(0, true, false), (1, false, false), (rows - 1, false, true)] {
        let html = compare(move || comparison(left, right, row));
        let controls = html.split("class=\"versus__controls\"").nth(1).unwrap();
        let buttons: Vec<_> = controls.split("<button").skip(1).collect();
        let off: Vec<_> = buttons
            .iter()
            .map(|button| button.contains("aria-disabled=\"true\""))
            .collect();
        assert_eq!(off, [back, next], "row {row}");
    }
}

/// How many values are shown as this step's, on the ladder of keys and beside it.
pub(crate) fn own_values(html: &str) -> usize {
    let of_others = ["earlier", "later"].map(|tag| format!("class=\"tag\">{tag}</span>"));
    let of_others: usize = of_others.iter().map(|tag| count(html, tag)).sum();
    count(html, "class=\"ladder__formula\"") - of_others
}

/// A step shows its own rungs and what else it computes; the rungs of the others are folded, and none
/// is lost.
#[test]
fn draws_the_ladder_of_keys() {
    let mut steps = Vec::new();
    for key_exchange in [KeyExchange::Rsa, KeyExchange::Tls13] {
        let scenario = Scenario {
            key_exchange,
            ..scenario()
        };
        let lesson = lesson(&scenario);
        for (at, step) in lesson.steps.iter().enumerate() {
            let opening = Opening {
                step: at,
                view: View::Computed,
            };
            let html = handshake(&scenario, &lesson, opening);
            check_sound(&html, step.id);
            if !html.contains("class=\"ladder\"") {
                continue;
            }
            let words = text(&html);
            for rung in ladder(&lesson) {
                let formula = &rung.computation.formula;
                assert!(words.contains(formula), "{}: {words}", step.id);
            }
            let computed = step.computed.len();
            assert_eq!(own_values(&html), computed, "{}", step.id);
            let folds = html.split("class=\"ladder__fold\"").skip(1);
            let fold = |fold: &str| text(fold.split("</summary>").next().unwrap());
            let folds: Vec<_> = folds.map(|part| fold(&format!("<li{part}"))).collect();
            steps.push((step.id, folds.join(", ")));
        }
    }
    let steps: Vec<_> = steps.iter().map(|(id, folds)| (*id, &**folds)).collect();
    let hellos = "11 rungs that come later";
    let finished =
        "6 rungs from earlier steps, 3 rungs from earlier steps, 10 rungs that come later";
    assert_eq!(
        steps,
        [
            ("key-exchange", "6 rungs that come later"),
            ("keys", ""),
            ("shared-secret", hellos),
            ("server-finished", finished),
            (
                "keys",
                "6 rungs from earlier steps, 4 rungs from earlier steps"
            ),
            (
                "client-finished",
                "6 rungs from earlier steps, 13 rungs from earlier steps"
            ),
        ]
    );
}

/// At the end of the story, and only there, the run can be saved.
#[test]
fn offers_the_run_as_files() {
    for key_exchange in [KeyExchange::Rsa, KeyExchange::Tls13] {
        let scenario = Scenario {
            key_exchange,
            ..scenario()
        };
        let lesson = lesson(&scenario);
        let opening = |step| Opening {
            step,
            view: View::Words,
        };
        let html = handshake(&scenario, &lesson, opening(lesson.steps.len() - 1));
        check_sound(&html, "the end");
        for name in ["padlock-keys.log", "padlock.pcapng", "padlock-trace.json"] {
            assert!(text(&html).contains(&format!("Save {name}")), "{name}");
        }
        let html = handshake(&scenario, &lesson, opening(0));
        assert!(!text(&html).contains("Save "));
    }
}

fn theft(case: Case, actions: Vec<Done>) -> Theft {
    let mut state = Rc::new(Theft::default());
    for (at, other) in Case::ALL.into_iter().enumerate() {
        if other == case {
            let recording = Shared::new(recording(case.key_exchange()));
            state = state.reduce(Done::Recorded(at, recording));
        }
    }
    state = state.reduce(Done::Choose(case));
    for action in actions {
        state = state.reduce(action);
    }
    Rc::unwrap_or_clone(state)
}

#[test]
fn draws_what_the_thief_reads() {
    const SAMPLE: &str = "Here is a sample.";
    for (case, said, reads) in [
        (
            Case::Transport,
            "The thief opens 6 of 6 encrypted records.",
            true,
        ),
        (
            Case::Agreement,
            "The thief opens 0 of 6 encrypted records.",
            false,
        ),
        (
            Case::Tls13,
            "The thief opens 0 of 10 encrypted records.",
            false,
        ),
        (
            Case::OldTicket,
            "The thief opens 6 of 6 encrypted records.",
            true,
        ),
        (
            Case::Ticket,
            "The thief opens 2 of 9 encrypted records.",
            true,
        ),
        (
            Case::PskAlone,
            "The thief opens 7 of 7 encrypted records.",
            true,
        ),
        (
            Case::External,
            "The thief opens 0 of 7 encrypted records.",
            false,
        ),
        (
            Case::Quantum,
            "The thief opens 10 of 10 encrypted records.",
            true,
        ),
        (
            Case::QuantumHybrid,
            "The thief opens 0 of 10 encrypted records.",
            false,
        ),
    ] {
        let before = thief(move || theft(case, vec![]));
        check_sound(&before, "before");
        assert!(!text(&before).contains(SAMPLE) && !text(&before).contains("The thief opens"));
        let after = thief(move || theft(case, vec![Done::Steal]));
        check_sound(&after, "after");
        assert!(text(&after).contains(said), "{}", text(&after));
        assert_eq!(text(&after).contains(SAMPLE), reads, "{case:?}");
        assert_eq!(count(&after, "class=\"thief__way\""), 1);
        let lacks = usize::from(matches!(
            case,
            Case::QuantumHybrid | Case::External | Case::Ticket
        ));
        assert_eq!(count(&after, "class=\"thief__lacks\""), lacks, "{case:?}");
        assert_eq!(
            count(&after, "class=\"thief__found\""),
            usize::from(
                case.is_quantum() || matches!(case, Case::PskAlone | Case::External | Case::Ticket)
            )
        );
        // The way to the recorded run itself.
        let run = format!(
            "#/handshake?setting=shop&amp;kx={}",
            case.key_exchange().word()
        );
        assert_eq!(count(&after, &run), 1, "{case:?}: {after}");
        let again = thief(move || theft(case, vec![Done::Steal, Done::Again]));
        assert_eq!(again, before, "{case:?}");
    }
}

#[test]
fn draws_what_comes_of_early_data_sent_again() {
    let html = thief(|| theft(Case::Ticket, vec![Done::Replay]));
    check_sound(&html, "replay");
    let words = text(&html);
    assert_eq!(
        words
            .matches("taken, and handed to the application")
            .count(),
        3
    );
    assert_eq!(words.matches("Attempt 2: not taken.").count(), 1);
}
