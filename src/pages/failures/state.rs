//! What came of the trials, and which of them are shown.

use std::rc::Rc;

use padlock_lesson::gallery::{CASES, Case, Group, VERSIONS};
use padlock_lesson::play::Outcome;
use padlock_lesson::text::{Text, say};
use yew::Reducible;

use crate::route::{Query, shortened};

/// How a failure ended in each of [`VERSIONS`].
pub type Outcomes = [Option<Outcome>; VERSIONS.len()];

/// The trials.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct State {
    /// How each of [`CASES`] ended in each of [`VERSIONS`], if it has.
    pub outcomes: Vec<Outcomes>,
    /// The group that is shown; all, if there is none.
    pub group: Option<Group>,
    /// The link by which the reader left, by its ID.
    pub left: Option<String>,
}

/// What can happen to them.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Action {
    /// This one ended; they are counted by cases, and in each by versions.
    Tried(usize, Outcome),
    /// The reader wants to see these.
    Show(Option<Group>),
    /// The reader follows the link with this ID.
    Leave(String),
    /// The reader is back at it.
    Arrive,
}

impl Default for State {
    fn default() -> Self {
        Self {
            outcomes: vec![Outcomes::default(); CASES.len()],
            group: None,
            left: None,
        }
    }
}

/// What an address asks to see, if it asks for something, and what of it cannot be used.
#[must_use]
pub fn asked(query: &Query) -> (Option<Action>, Option<Text>) {
    let Some(word) = query.value("show") else {
        return (None, None);
    };
    let problem = || say::scenario_problem_unknown("show", shortened(word));
    match (word, Group::from_word(word)) {
        ("all", _) => (Some(Action::Show(None)), None),
        (_, None) => (None, Some(problem())),
        (_, group) => (Some(Action::Show(group)), None),
    }
}

impl State {
    /// The address that shows the same; `suffix` is what links carry besides.
    #[must_use]
    pub fn link(&self, suffix: &str) -> String {
        let shown = self.group.map_or("all", Group::word);
        format!("#/failures?show={shown}{suffix}")
    }

    /// The places of the trials that did not end yet: each case in each of [`VERSIONS`].
    #[must_use]
    pub fn missing(&self) -> Vec<usize> {
        let outcomes = self.outcomes.iter().flatten().enumerate();
        let missing = outcomes.filter(|(_, outcome)| outcome.is_none());
        missing.map(|(at, _)| at).collect()
    }

    /// How many ended in every version.
    #[must_use]
    pub fn tried(&self) -> usize {
        let ended = |outcomes: &&Outcomes| outcomes.iter().all(Option::is_some);
        self.outcomes.iter().filter(ended).count()
    }

    /// Those that are shown, of this group.
    pub fn shown(&self, group: Group) -> impl Iterator<Item = (Case, &Outcomes)> {
        let is_shown = self.group.is_none_or(|shown| shown == group);
        let cases = CASES.iter().zip(&self.outcomes);
        cases
            .filter(move |(case, _)| is_shown && case.group == group)
            .map(|(case, outcomes)| (*case, outcomes))
    }
}

impl Reducible for State {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        let mut next = Rc::unwrap_or_clone(self);
        match action {
            Action::Tried(at, outcome) => {
                let case = next.outcomes.get_mut(at / VERSIONS.len());
                if let Some(slot) = case.and_then(|case| case.get_mut(at % VERSIONS.len())) {
                    *slot = Some(outcome);
                }
            }
            Action::Show(group) => next.group = group,
            Action::Leave(link) => next.left = Some(link),
            Action::Arrive => next.left = None,
        }
        Rc::new(next)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_what_is_asked_for() {
        let count = |state: &State| {
            let groups = Group::ALL.iter();
            groups
                .map(|group| state.shown(*group).count())
                .sum::<usize>()
        };
        let all = Rc::new(State::default());
        assert_eq!((count(&all), all.tried()), (CASES.len(), 0));
        let dates = all.clone().reduce(Action::Show(Some(Group::Dates)));
        assert_eq!(count(&dates), dates.shown(Group::Dates).count());
        assert!(count(&dates) > 0 && count(&dates) < CASES.len());
        assert_eq!(dates.reduce(Action::Show(None)), all);
    }

    #[test]
    fn opens_and_writes_addresses() {
        for (query, shown, problem) in [
            ("", None, false),
            ("show=all", Some(None), false),
            ("show=dates", Some(Some(Group::Dates)), false),
            ("show=crypto&x=y", Some(Some(Group::Cryptography)), false),
            ("show=Dates", None, true),
            ("show=", None, true),
        ] {
            let (action, found) = asked(&Query::parse(query));
            assert_eq!(action, shown.map(Action::Show), "{query}");
            assert_eq!(found.is_some(), problem, "{query}");
        }
        for group in [None]
            .into_iter()
            .chain(Group::ALL.iter().copied().map(Some))
        {
            let state = Rc::new(State::default()).reduce(Action::Show(group));
            let link = state.link("&embed=1");
            let query = link.strip_prefix("#/failures?").unwrap();
            let (action, _) = asked(&Query::parse(query));
            assert_eq!(action, Some(Action::Show(group)), "{link}");
            assert!(link.ends_with("&embed=1"));
        }
    }

    #[test]
    fn an_outcome_is_kept_in_its_place() {
        let outcome = Outcome {
            refusal: None,
            check: None,
        };
        let state = Rc::new(State::default());
        let state = state.reduce(Action::Tried(7, outcome.clone()));
        assert_eq!(state.outcomes[3], [None, Some(outcome.clone())]);
        assert_eq!(state.tried(), 0, "one version is still to come");
        let state = state.reduce(Action::Tried(6, outcome.clone()));
        assert_eq!(
            state.outcomes[3],
            [Some(outcome.clone()), Some(outcome.clone())]
        );
        assert_eq!(state.tried(), 1);
        let missing = state.missing();
        let all = VERSIONS.len() * CASES.len();
        assert_eq!(missing.len(), all - 2);
        assert!(!missing.contains(&6) && !missing.contains(&7));
        let beyond = state.clone().reduce(Action::Tried(all, outcome));
        assert_eq!(beyond, state);
    }
}
