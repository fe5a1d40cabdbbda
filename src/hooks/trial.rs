//! Runs scenarios one after the other for what comes of them, a little at a time.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::timers::callback::Timeout;
use padlock_lesson::play::Play;
use padlock_lesson::scenario::Scenario;
use yew::prelude::*;

use crate::context::use_surroundings;
use crate::hooks::run::TURN;
use crate::platform::clock::Clock;

/// Runs these scenarios once, in their order, and tells what is taken of each as soon as there is
/// something to take, with its place.
#[hook]
pub fn use_trials<T: 'static>(
    scenarios: Rc<Vec<Scenario>>,
    take: fn(&Play) -> Option<T>,
    told: Callback<(usize, T)>,
) {
    let around = use_surroundings();
    use_effect_with(scenarios, move |scenarios| {
        let trials = Trials {
            scenarios: scenarios.clone(),
            at: 0,
            play: None,
            take,
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
struct Trials<T> {
    scenarios: Rc<Vec<Scenario>>,
    /// Which of them is next, or on its way.
    at: usize,
    play: Option<Play>,
    clock: Rc<dyn Clock>,
    take: fn(&Play) -> Option<T>,
    told: Callback<(usize, T)>,
    /// Holds the next turn; emptying it ends the trials.
    slot: Rc<RefCell<Option<Timeout>>>,
}

impl<T: 'static> Trials<T> {
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
                if let Some(taken) = (self.take)(&play) {
                    self.told.emit((self.at, taken));
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
