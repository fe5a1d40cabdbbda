//! How far the measurement is.

use std::rc::Rc;

use yew::Reducible;

use crate::measure::{Sample, median};

/// How often both operations are done.
pub const ROUNDS: usize = 15;

/// A measurement.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {
    /// What was measured so far.
    pub samples: Vec<Sample>,
    /// Whether an operation could not be done.
    pub failed: bool,
}

/// What can happen to it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Action {
    /// A round is over.
    Sample(Sample),
    /// An operation could not be done.
    Fail,
    /// Measure once more.
    Again,
}

impl State {
    /// Whether there are rounds to be done.
    #[must_use]
    pub fn is_running(&self) -> bool {
        !self.failed && self.samples.len() < ROUNDS
    }

    /// The result, once all rounds are done.
    #[must_use]
    pub fn result(&self) -> Option<Sample> {
        (self.samples.len() >= ROUNDS).then(|| median(&self.samples))
    }
}

impl Reducible for State {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        match action {
            Action::Sample(sample) if self.is_running() => {
                let mut samples = self.samples.clone();
                samples.push(sample);
                Rc::new(Self {
                    samples,
                    failed: false,
                })
            }
            Action::Fail => Rc::new(Self {
                samples: Vec::new(),
                failed: true,
            }),
            Action::Again if !self.is_running() => Rc::default(),
            Action::Sample(_) | Action::Again => self,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use yew::Reducible;

    use super::{Action, ROUNDS, State};
    use crate::measure::Sample;

    #[test]
    fn measures_so_many_rounds_and_again() {
        let sample = Sample { rsa: 3.0, aes: 1.0 };
        let mut state = Rc::new(State::default());
        for _ in 0..ROUNDS {
            assert_eq!(state.result(), None);
            state = state.reduce(Action::Sample(sample));
        }
        assert_eq!(state.result(), Some(sample));
        let same = state.clone().reduce(Action::Sample(Sample::default()));
        assert!(Rc::ptr_eq(&same, &state));
        assert!(state.reduce(Action::Again).is_running());
    }

    #[test]
    fn a_failure_ends_it() {
        let failed = Rc::new(State::default()).reduce(Action::Fail);
        assert!(failed.failed && !failed.is_running() && failed.result().is_none());
    }
}
