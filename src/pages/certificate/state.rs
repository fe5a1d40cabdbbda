//! Which certificate is on view.

use std::rc::Rc;

use yew::Reducible;

use crate::route::Query;

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
    /// Takes `certificate` out of a query; there they count from 1.
    #[must_use]
    pub fn take(query: &mut Query) -> Self {
        let number = query.take("certificate").and_then(|number| number.parse::<usize>().ok());
        Self { chosen: number.unwrap_or(1).saturating_sub(1) }
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
        if self.chosen == chosen { self } else { Rc::new(Self { chosen }) }
    }
}
