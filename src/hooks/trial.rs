//! Runs scenarios one after the other for their outcomes, a little at a time.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::timers::callback::Timeout;
use padlock_lesson::play::{Outcome, Play};
use padlock_lesson::scenario::Scenario;
use yew::prelude::*;

use crate::context::use_surroundings;
use crate::hooks::run::TURN;
use crate::platform::clock::Clock;

/// Runs these scenarios once, in their order, and tells how each ended, with its place.
#[hook]
pub fn use_trials(scenarios: Rc<Vec<Scenario>>, told: Callback<(usize, Outcome)>) {
    let around = use_surroundings();
    use_effect_with(scenarios, move |scenarios| {
        let trials = Trials {
            scenarios: scenarios.clone(),
            at: 0,
            play: None,
            clock: around.platform.clock.clone(),
            told,
            slot: Rc::default(),
        };
        let slot = trials.slot.clone();
        trials.go_on();
        move || drop(slot.take())
    });
}

/// Scenarios that are being run.
struct Trials {
    scenarios: Rc<Vec<Scenario>>,
    /// Which of them is next, or on its way.
    at: usize,
    play: Option<Play>,
    clock: Rc<dyn Clock>,
    told: Callback<(usize, Outcome)>,
    /// Holds the next turn; emptying it ends the trials.
    slot: Rc<RefCell<Option<Timeout>>>,
}

impl Trials {
    /// Takes one turn after the page had its own, and then the next.
    fn go_on(mut self) {
        let Some(scenario) = self.scenarios.get(self.at).cloned() else {
            return;
        };
        let slot = self.slot.clone();
        let turn = Timeout::new(0, move || {
            let start = self.clock.milliseconds();
            let mut play = self.play.take().unwrap_or_else(|| Play::new(&scenario));
            loop {
                play.step();
                if let Some(outcome) = play.outcome() {
                    self.told.emit((self.at, outcome));
                    self.at += 1;
                    break;
                }
                if self.clock.milliseconds() - start >= TURN {
                    self.play = Some(play);
                    break;
                }
            }
            self.go_on();
        });
        slot.replace(Some(turn));
    }
}
