//! Which certificate is on view.

use std::rc::Rc;

use padlock_lesson::text::{Text, say};
use yew::Reducible;

use crate::route::{Query, shortened};

/// Which certificate of the run, from 0.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct State {
    /// Its place in the lesson's list.
    pub chosen: usize,
}

/// What can happen to it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Action {
    /// Look at another.
    Choose(usize),
}

impl State {
    /// Takes `certificate` out of a query; there they count from 1. What cannot be used is the first,
    /// and told as a problem.
    #[must_use]
    pub fn take(query: &mut Query, problems: &mut Vec<Text>) -> Self {
        let Some(value) = query.take("certificate") else {
            return Self::default();
        };
        let chosen = value
            .parse::<usize>()
            .ok()
            .and_then(|number| number.checked_sub(1));
        if chosen.is_none() {
            problems.push(say::page_problem_certificate(shortened(&value)));
        }
        Self {
            chosen: chosen.unwrap_or_default(),
        }
    }

    /// Puts it behind the query of a scenario.
    #[must_use]
    pub fn link(self, scenario: &str) -> String {
        format!("#/certificate?{scenario}&certificate={}", self.chosen + 1)
    }
}

impl Reducible for State {
    type Action = Action;

    fn reduce(self: Rc<Self>, Action::Choose(chosen): Action) -> Rc<Self> {
        if self.chosen == chosen {
            self
        } else {
            Rc::new(Self { chosen })
        }
    }
}
