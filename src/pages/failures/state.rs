//! What came of the trials, and which of them are shown.

use std::rc::Rc;

use padlock_lesson::gallery::{CASES, Case, Group};
use padlock_lesson::play::Outcome;
use padlock_lesson::text::{Text, say};
use yew::Reducible;

use crate::route::{Query, shortened};

/// The trials.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct State {
    /// How each of [`CASES`] ended, if it has.
    pub outcomes: Vec<Option<Outcome>>,
    /// The group that is shown; all, if there is none.
    pub group: Option<Group>,
}

/// What can happen to them.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Action {
    /// This one ended.
    Tried(usize, Outcome),
    /// The reader wants to see these.
    Show(Option<Group>),
}

impl Default for State {
    fn default() -> Self {
        Self {
            outcomes: vec![None; CASES.len()],
            group: None,
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

    /// The places of those that did not end yet.
    #[must_use]
    pub fn missing(&self) -> Vec<usize> {
        let outcomes = self.outcomes.iter().enumerate();
        let missing = outcomes.filter(|(_, outcome)| outcome.is_none());
        missing.map(|(at, _)| at).collect()
    }

    /// How many ended.
    #[must_use]
    pub fn tried(&self) -> usize {
        self.outcomes.iter().flatten().count()
    }

    /// Those that are shown, of this group.
    pub fn shown(&self, group: Group) -> impl Iterator<Item = (Case, Option<&Outcome>)> {
        let is_shown = self.group.is_none_or(|shown| shown == group);
        let cases = CASES.iter().zip(&self.outcomes);
        cases
            .filter(move |(case, _)| is_shown && case.group == group)
            .map(|(case, outcome)| (*case, outcome.as_ref()))
    }
}

impl Reducible for State {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        let mut next = Rc::unwrap_or_clone(self);
        match action {
            Action::Tried(at, outcome) => {
                if let Some(slot) = next.outcomes.get_mut(at) {
                    *slot = Some(outcome);
                }
            }
            Action::Show(group) => next.group = group,
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
        let state = state.reduce(Action::Tried(3, outcome.clone()));
        assert_eq!(state.outcomes[3], Some(outcome.clone()));
        assert_eq!(state.tried(), 1);
        let missing = state.missing();
        assert_eq!(
            (missing.len(), missing.contains(&3)),
            (CASES.len() - 1, false)
        );
        let beyond = state.clone().reduce(Action::Tried(CASES.len(), outcome));
        assert_eq!(beyond, state);
    }
}
