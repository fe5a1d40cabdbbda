//! Which two handshakes stand side by side, and where the reader is in them.

use std::rc::Rc;

use padlock_lesson::compare::{Column, align};
use padlock_lesson::scenario::KeyExchange;
use padlock_lesson::text::{Text, say};
use yew::Reducible;

use crate::route::{Query, shortened};
use crate::shared::Shared;

/// What stands side by side.
#[derive(Clone, Debug, PartialEq)]
pub struct State {
    /// Each run, in the order of [`KeyExchange::ALL`], once it is over.
    pub columns: Vec<Option<Shared<Column>>>,
    /// Which stands on the left.
    pub left: KeyExchange,
    /// Which stands on the right.
    pub right: KeyExchange,
    /// The row that the reader is at, from 0.
    pub row: usize,
}

/// What can happen to it.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// This run is over.
    Told(usize, Shared<Column>),
    /// Another on the left.
    Left(KeyExchange),
    /// Another on the right.
    Right(KeyExchange),
    /// To a row.
    Go(usize),
    /// To the row before.
    Back,
    /// To the next row.
    Forward,
}

impl Default for State {
    /// The seeds' handshake beside today's.
    fn default() -> Self {
        Self {
            columns: vec![None; KeyExchange::ALL.len()],
            left: KeyExchange::Rsa,
            right: KeyExchange::Tls13,
            row: 0,
        }
    }
}

impl State {
    /// Opened by an address; what it says that cannot be used is told.
    #[must_use]
    pub fn open(query: &Query) -> (Self, Vec<Text>) {
        let mut problems = Vec::new();
        let mut side = |name: &'static str, usual| match query.value(name) {
            None => usual,
            Some(word) => KeyExchange::from_word(word).unwrap_or_else(|| {
                problems.push(say::scenario_problem_unknown(name, shortened(word)));
                usual
            }),
        };
        let usual = Self::default();
        let (left, right) = (side("left", usual.left), side("right", usual.right));
        let state = Self {
            left,
            right,
            ..usual
        };
        (state, problems)
    }

    /// The address that opens it so; `query` is the scenario's.
    #[must_use]
    pub fn link(&self, query: &str) -> String {
        let (left, right) = (self.left.word(), self.right.word());
        format!("#/compare?{query}&left={left}&right={right}")
    }

    /// The run, once it is over.
    #[must_use]
    pub fn column(&self, exchange: KeyExchange) -> Option<&Shared<Column>> {
        let at = KeyExchange::ALL.iter().position(|one| *one == exchange)?;
        self.columns.get(at)?.as_ref()
    }

    /// Both runs, once both are over.
    #[must_use]
    pub fn both(&self) -> Option<[&Shared<Column>; 2]> {
        Some([self.column(self.left)?, self.column(self.right)?])
    }

    /// The steps of both in rows.
    #[must_use]
    pub fn rows(&self) -> Vec<(Option<usize>, Option<usize>)> {
        self.both()
            .map(|[left, right]| align(&left.lesson, &right.lesson))
            .unwrap_or_default()
    }
}

impl Reducible for State {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        let last = self.rows().len().saturating_sub(1);
        let mut next = (*self).clone();
        match action {
            Action::Told(at, column) => {
                if let Some(slot) = next.columns.get_mut(at) {
                    *slot = Some(column);
                }
            }
            Action::Left(exchange) => next.left = exchange,
            Action::Right(exchange) => next.right = exchange,
            Action::Go(row) => next.row = row.min(last),
            Action::Back => next.row = self.row.saturating_sub(1),
            Action::Forward => next.row = (self.row + 1).min(last),
        }
        if (next.left, next.right) != (self.left, self.right) {
            next.row = 0;
        }
        if *self == next { self } else { Rc::new(next) }
    }
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use padlock_lesson::compare::Column;
    use padlock_lesson::play::Recording;
    use padlock_lesson::scenario::{KeyExchange, Scenario};
    use yew::Reducible;

    use super::{Action, State};
    use crate::route::Query;
    use crate::shared::Shared;

    fn told(mut state: Rc<State>) -> Rc<State> {
        for (at, key_exchange) in KeyExchange::ALL.iter().enumerate() {
            let base = Scenario::from_query("").0.complete([1; 16], 1_795_285_800);
            let recording = Recording::of(&Scenario {
                key_exchange: *key_exchange,
                ..base
            });
            let column = Shared::new(Column::of(&recording));
            state = state.reduce(Action::Told(at, column));
        }
        state
    }

    #[test]
    fn opens_and_writes_addresses() {
        for (query, left, right, problems) in [
            ("", "rsa", "tls13", 0),
            ("left=ecdhe", "ecdhe", "tls13", 0),
            ("left=tls13&right=tls13-early", "tls13", "tls13-early", 0),
            ("left=magic&right=", "rsa", "tls13", 2),
        ] {
            let (state, found) = State::open(&Query::parse(query));
            assert_eq!((state.left.word(), state.right.word()), (left, right));
            assert_eq!(found.len(), problems, "{query}");
            let link = state.link("a=1");
            assert_eq!(link, format!("#/compare?a=1&left={left}&right={right}"));
        }
    }

    #[test]
    fn both_columns_go_together() {
        let state = Rc::new(State::default());
        assert!(state.both().is_none() && state.rows().is_empty());
        let state = told(state);
        let last = state.rows().len() - 1;
        for (from, action, to) in [
            (0, Action::Back, 0),
            (0, Action::Forward, 1),
            (3, Action::Back, 2),
            (last, Action::Forward, last),
            (3, Action::Go(500), last),
            (3, Action::Left(KeyExchange::Ecdhe), 0),
            (3, Action::Right(KeyExchange::Tls13), 3),
        ] {
            let at = state.clone().reduce(Action::Go(from));
            assert_eq!(at.row, from);
            assert_eq!(at.reduce(action.clone()).row, to, "{action:?}");
        }
    }
}
