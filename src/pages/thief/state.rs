//! What was recorded, and what was stolen.

use std::rc::Rc;

use padlock_lesson::play::Recording;
use padlock_lesson::text::{Text, say};
use padlock_lesson::thief::{Case, Heist, Replays};
use yew::Reducible;

use crate::route::{Query, shortened};
use crate::shared::Shared;

/// The thief's loot.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {
    /// Which connection was recorded, and which key is stolen.
    pub case: Case,
    /// The recordings, in the order of [`Case::ALL`], once they are there.
    pub recordings: [Option<Shared<Recording>>; Case::ALL.len()],
    /// What the thief reads: what anybody reads, until the key is stolen.
    pub heist: Option<Heist>,
    /// Whether the key is stolen.
    pub stolen: bool,
    /// What came of sending early data again, if somebody tried.
    pub replays: Option<Replays>,
}

/// What can happen to it.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// A connection was recorded.
    Recorded(usize, Shared<Recording>),
    /// Another connection, and another key.
    Choose(Case),
    /// The key is stolen, and tried on the recording.
    Steal,
    /// As if the key had not been stolen.
    Again,
    /// The early data is sent again.
    Replay,
}

impl State {
    /// Opened by an address; what it says that cannot be used is told.
    #[must_use]
    pub fn open(query: &Query) -> (Self, Vec<Text>) {
        let word = query.value("case");
        let case = word.and_then(Case::from_word);
        let problem = word
            .filter(|_| case.is_none())
            .map(|word| say::scenario_problem_unknown("case", shortened(word)));
        let state = Self {
            case: case.unwrap_or_default(),
            ..Self::default()
        };
        (state, problem.into_iter().collect())
    }

    /// The address that opens it so; `query` is the scenario's.
    #[must_use]
    pub fn link(&self, query: &str) -> String {
        format!("#/thief?{query}&case={}", self.case.word())
    }

    /// The recording of the case, once it is there.
    #[must_use]
    pub fn recording(&self) -> Option<&Shared<Recording>> {
        let at = Case::ALL.iter().position(|case| *case == self.case)?;
        self.recordings.get(at)?.as_ref()
    }

    /// Before the theft.
    fn plan(&mut self) {
        let recording = self.recording();
        self.heist = recording.map(|recording| Heist::planned(self.case, recording));
        self.stolen = false;
    }
}

impl Reducible for State {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        let mut next = (*self).clone();
        match action {
            Action::Recorded(at, recording) => {
                if let Some(slot) = next.recordings.get_mut(at) {
                    *slot = Some(recording);
                }
                if next.heist.is_none() {
                    next.plan();
                }
            }
            Action::Choose(case) => {
                next.case = case;
                next.replays = None;
                next.plan();
            }
            Action::Steal => {
                let recording = next.recording();
                next.heist = recording.map(|recording| Heist::of(self.case, recording));
                next.stolen = next.heist.is_some();
            }
            Action::Again => next.plan(),
            Action::Replay => {
                let recording = next.recording();
                next.replays = recording.map(|recording| Replays::of(recording));
            }
        }
        if *self == next { self } else { Rc::new(next) }
    }
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use padlock_lesson::play::Recording;
    use padlock_lesson::scenario::Scenario;
    use padlock_lesson::thief::Case;
    use yew::Reducible;

    use super::{Action, State};
    use crate::route::Query;
    use crate::shared::Shared;

    fn recorded() -> Rc<State> {
        let mut state = Rc::new(State::default());
        for (at, case) in Case::ALL.into_iter().enumerate() {
            let base = Scenario::from_query("").0.complete([1; 16], 1_795_285_800);
            let recording = Recording::of(&Scenario {
                key_exchange: case.key_exchange(),
                ..base
            });
            state = state.reduce(Action::Recorded(at, Shared::new(recording)));
        }
        state
    }

    #[test]
    fn opens_and_writes_addresses() {
        for (query, word, problems) in [
            ("", "rsa", 0),
            ("case=ticket", "ticket", 0),
            ("case=x", "rsa", 1),
        ] {
            let (state, found) = State::open(&Query::parse(query));
            assert_eq!(
                (state.case.word(), found.len()),
                (word, problems),
                "{query}"
            );
            assert_eq!(state.link("a=1"), format!("#/thief?a=1&case={word}"));
        }
    }

    #[test]
    fn nothing_is_opened_before_the_theft() {
        let untold = Rc::new(State::default()).reduce(Action::Steal);
        assert!(!untold.stolen && untold.heist.is_none());
        for case in Case::ALL {
            let chosen = recorded().reduce(Action::Choose(case));
            let opened = |state: &State| state.heist.as_ref().map(|heist| heist.opened);
            assert_eq!((chosen.stolen, opened(&chosen)), (false, Some(0)));
            let stolen = chosen.clone().reduce(Action::Steal);
            let opens = matches!(
                case,
                Case::Transport | Case::OldTicket | Case::Ticket | Case::PskAlone | Case::Quantum
            );
            assert!(stolen.stolen);
            assert_eq!(opened(&stolen) > Some(0), opens, "{case:?}");
            assert_eq!(stolen.clone().reduce(Action::Again), chosen, "{case:?}");
            // Another connection is not yet broken into.
            let other = stolen.reduce(Action::Choose(Case::Transport));
            assert_eq!((other.stolen, opened(&other)), (false, Some(0)));
        }
    }

    #[test]
    fn early_data_is_sent_again_when_asked() {
        let chosen = recorded().reduce(Action::Choose(Case::Ticket));
        assert_eq!(chosen.replays, None);
        let again = chosen.reduce(Action::Replay);
        let replays = again.replays.as_ref().unwrap();
        assert_eq!(replays.careless.iter().flatten().count(), 2);
        assert_eq!(replays.careful.iter().flatten().count(), 1);
        assert_eq!(again.reduce(Action::Choose(Case::Tls13)).replays, None);
    }
}
