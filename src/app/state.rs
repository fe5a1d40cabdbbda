//! Which page is on view, and with which scenario.

use std::rc::Rc;

use padlock_lesson::problem::Problem;
use padlock_lesson::scenario::Scenario;
use padlock_lesson::text::Text;
use yew::Reducible;

use crate::pages::certificate::state::State as Exhibits;
use crate::pages::handshake::state::Opening;
use crate::route::{Page, Query, Route};

/// What a run needs and an address may leave out.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Drawn {
    /// What all its random bytes come from.
    pub seed: [u8; 16],
    /// Its date, in seconds since 1970.
    pub now: i64,
}

/// A page, and where its address opens it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum View {
    /// The handshake.
    Handshake(Opening),
    /// The certificates.
    Certificate(Exhibits),
    /// Any certificate.
    Read,
    /// Certificates of the reader's own.
    Workshop,
    /// The gallery of failures.
    Failures(Query),
    /// Two handshakes side by side.
    Compare(Query),
    /// What a stolen key opens.
    Thief(Query),
    /// The two kinds of keys.
    Speed,
    /// None that there is.
    Unknown(String),
}

/// What is on view.
#[derive(Clone, Debug, PartialEq)]
pub struct State {
    /// The page.
    pub page: Page,
    /// Where its address opens it.
    pub view: View,
    /// What is run.
    pub scenario: Scenario,
    /// What was wrong with the address, in words.
    pub problems: Vec<Text>,
    /// Whether the page stands in a frame of another site and leaves its own away.
    pub embedded: bool,
    /// What links carry so that they stay embedded.
    pub suffix: &'static str,
    /// Counts the addresses that the reader went to.
    pub visit: usize,
}

/// What can happen to it.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// The reader went to this hash.
    Moved(String, Drawn),
    /// Something else is run.
    Run(Scenario),
}

impl State {
    /// Opened at a hash.
    #[must_use]
    pub fn open(hash: &str, drawn: Drawn, embedded: bool) -> Self {
        let Route { page, mut query } = Route::parse(hash);
        let said = query.take("embed").is_some_and(|value| value != "0");
        let suffix = if said { "&embed=1" } else { "" };
        let embedded = embedded || said;
        let mut problems = Vec::new();
        let view = view(&page, &mut query, &mut problems);
        let (parts, found) = Scenario::from_query(&query.to_string());
        problems.extend(found.iter().map(Problem::text));
        let scenario = parts.complete(drawn.seed, drawn.now);
        Self {
            page,
            view,
            scenario,
            problems,
            embedded,
            suffix,
            visit: 0,
        }
    }

    /// The query that gives this run again.
    #[must_use]
    pub fn query(&self) -> String {
        self.scenario.to_query() + self.suffix
    }

    /// The hash that shows another run.
    #[must_use]
    pub fn link(&self, scenario: &Scenario) -> String {
        format!("#/handshake?{}{}", scenario.to_query(), self.suffix)
    }

    /// Whether what is on view is drawn from a run.
    #[must_use]
    pub fn needs_run(&self) -> bool {
        matches!(self.page, Page::Handshake | Page::Certificate)
    }
}

impl Reducible for State {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        let mut next = match action {
            Action::Moved(hash, drawn) => Self::open(&hash, drawn, self.embedded),
            Action::Run(scenario) => {
                return Rc::new(Self {
                    scenario,
                    problems: Vec::new(),
                    ..(*self).clone()
                });
            }
        };
        // A page without a run keeps that of the page before.
        if !next.page.has_scenario() {
            next.scenario = self.scenario.clone();
        }
        if next.suffix.is_empty() {
            next.suffix = self.suffix;
        }
        next.visit = self.visit + 1;
        Rc::new(next)
    }
}

fn view(page: &Page, query: &mut Query, problems: &mut Vec<Text>) -> View {
    match page {
        Page::Handshake => View::Handshake(Opening::take(query, problems)),
        Page::Certificate => View::Certificate(Exhibits::take(query, problems)),
        Page::Read => View::Read,
        Page::Workshop => View::Workshop,
        Page::Failures => View::Failures(query.clone()),
        Page::Compare => View::Compare(query.clone()),
        Page::Thief => View::Thief(query.clone()),
        Page::Speed => View::Speed,
        Page::Unknown(name) => View::Unknown(name.clone()),
    }
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use padlock_lesson::scenario::{KeyExchange, Setting};
    use yew::Reducible;

    use super::{Action, Drawn, State, View};
    use crate::pages::handshake::state::{Opening, View as StepView};

    const DRAWN: Drawn = Drawn {
        seed: [7; 16],
        now: 1_795_285_800,
    };

    #[test]
    fn opens_addresses() {
        for (hash, view, problems) in [
            ("", View::Handshake(Opening::default()), 0),
            (
                "#/handshake?step=4&view=bytes",
                View::Handshake(Opening {
                    step: 3,
                    view: StepView::Bytes,
                }),
                0,
            ),
            (
                "#/handshake?step=0&view=none&kx=dh",
                View::Handshake(Opening::default()),
                3,
            ),
            ("#/speed", View::Speed, 0),
            ("#/read", View::Read, 0),
            ("#/workshop", View::Workshop, 0),
            ("#/lab", View::Unknown("lab".to_owned()), 0),
        ] {
            let state = State::open(hash, DRAWN, false);
            assert_eq!(
                (&state.view, state.problems.len()),
                (&view, problems),
                "{hash}"
            );
            assert_eq!(state.scenario.seed, DRAWN.seed, "{hash}");
        }
    }

    #[test]
    fn is_embedded_by_either_query() {
        for (hash, search, embedded) in [
            ("#/handshake", false, false),
            ("#/handshake", true, true),
            ("#/handshake?embed=1", false, true),
            ("#/handshake?embed", false, true),
            ("#/handshake?embed=0", false, false),
        ] {
            assert_eq!(
                State::open(hash, DRAWN, search).embedded,
                embedded,
                "{hash}"
            );
        }
    }

    #[test]
    fn keeps_the_scenario_on_a_page_without_a_run() {
        let state = Rc::new(State::open(
            "#/handshake?setting=payroll&kx=ecdhe",
            DRAWN,
            false,
        ));
        let state = state.reduce(Action::Moved("#/speed".to_owned(), Drawn::default()));
        assert_eq!(state.scenario.setting, Setting::Payroll);
        assert_eq!(
            (state.scenario.key_exchange, state.scenario.now),
            (KeyExchange::Ecdhe, DRAWN.now)
        );
        assert_eq!(state.visit, 1);
    }

    #[test]
    fn another_run_keeps_the_page() {
        let state = Rc::new(State::open("#/handshake?kx=nothing", DRAWN, false));
        let mut scenario = state.scenario.clone();
        scenario.seed = [9; 16];
        let next = state.clone().reduce(Action::Run(scenario.clone()));
        assert_eq!(
            (&next.scenario, next.visit, next.problems.len()),
            (&scenario, state.visit, 0)
        );
    }
}
