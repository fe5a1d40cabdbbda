//! Which certificate is on view.

use std::ops::Range;
use std::rc::Rc;

use padlock_lesson::text::{Text, say};
use yew::Reducible;

use crate::components::artefact::Pointed;
use crate::route::{Query, shortened};

/// Which certificate of the run, from 0.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct State {
    /// Its place in the lesson's list.
    pub chosen: usize,
    /// What is pointed at in its bytes.
    pub pointed: Option<Pointed>,
}

/// What can happen to it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Action {
    /// Look at another.
    Choose(usize),
    /// Point at some of its bytes.
    Point(Range<usize>),
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
            pointed: None,
        }
    }

    /// Puts it behind the query of a scenario.
    #[must_use]
    pub fn link(&self, scenario: &str) -> String {
        format!("#/certificate?{scenario}&certificate={}", self.chosen + 1)
    }
}

impl Reducible for State {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        match action {
            Action::Choose(chosen) if chosen == self.chosen => self,
            Action::Choose(chosen) => Rc::new(Self {
                chosen,
                pointed: None,
            }),
            Action::Point(range) => {
                let count = self.pointed.as_ref().map_or(0, |pointed| pointed.count) + 1;
                let pointed = Some(Pointed { range, count });
                Rc::new(Self {
                    chosen: self.chosen,
                    pointed,
                })
            }
        }
    }
}
