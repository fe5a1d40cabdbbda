//! Where the reader is in the story.

use std::rc::Rc;

use padlock_lesson::lesson::{LaneItem, Lesson, Step};
use padlock_lesson::text::{Text, say};
use yew::Reducible;

use crate::route::{Query, shortened};
use crate::shared::Shared;

/// The four views of a step.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum View {
    /// In words.
    #[default]
    Words,
    /// Bytes and fields.
    Bytes,
    /// What was computed.
    Computed,
    /// Who knows what.
    Knowledge,
}

impl View {
    /// All of them, in the order of their tabs.
    pub const ALL: [Self; 4] = [Self::Words, Self::Bytes, Self::Computed, Self::Knowledge];

    /// Its name in an address.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Words => "words",
            Self::Bytes => "bytes",
            Self::Computed => "computed",
            Self::Knowledge => "knowledge",
        }
    }

    /// The view of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|view| view.name() == name)
    }
}

/// How fast the story plays.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Speed {
    /// Half as fast.
    Half,
    /// The usual speed.
    #[default]
    Normal,
    /// Twice as fast.
    Double,
    /// Four times as fast.
    Fourfold,
}

impl Speed {
    /// All of them, slowest first.
    pub const ALL: [Self; 4] = [Self::Half, Self::Normal, Self::Double, Self::Fourfold];

    /// How long a step stays on view while the story plays, in milliseconds: about as long as it takes
    /// to read its line and so many blocks.
    #[must_use]
    pub fn delay(self, blocks: usize) -> u32 {
        let usual = 4_000 + 5_000 * u32::try_from(blocks).unwrap_or_default().min(10);
        match self {
            Self::Half => 2 * usual,
            Self::Normal => usual,
            Self::Double => usual / 2,
            Self::Fourfold => usual / 4,
        }
    }

    /// How many times the usual speed.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Half => "0.5",
            Self::Normal => "1",
            Self::Double => "2",
            Self::Fourfold => "4",
        }
    }

    /// The speed of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|speed| speed.name() == name)
    }
}

/// Where an address opens the story.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Opening {
    /// The step, from 0.
    pub step: usize,
    /// The view.
    pub view: View,
}

impl Opening {
    /// The last step, whichever that is: where a run that is refused ends.
    pub const LAST: usize = usize::MAX;

    /// Takes `step` and `view` out of a query. Steps count from 1 there, and `last` is one too. What cannot be used is the
    /// first, and told as a problem.
    #[must_use]
    pub fn take(query: &mut Query, problems: &mut Vec<Text>) -> Self {
        let step = query.take("step").map_or(Some(0), |step| {
            if step == "last" {
                return Some(Self::LAST);
            }
            let number = step
                .parse::<usize>()
                .ok()
                .and_then(|number| number.checked_sub(1));
            if number.is_none() {
                problems.push(say::page_problem_step(shortened(&step)));
            }
            number
        });
        let view = query.take("view").map_or(Some(View::default()), |name| {
            let view = View::from_name(&name);
            if view.is_none() {
                problems.push(say::page_problem_view(shortened(&name)));
            }
            view
        });
        Self {
            step: step.unwrap_or_default(),
            view: view.unwrap_or_default(),
        }
    }

    /// Puts them behind the query of a scenario.
    #[must_use]
    pub fn link(self, scenario: &str) -> String {
        let step = match self.step {
            Self::LAST => "last".to_owned(),
            step => (step + 1).to_string(),
        };
        let view = if self.view == View::default() {
            String::new()
        } else {
            format!("&view={}", self.view.name())
        };
        format!("#/handshake?{scenario}&step={step}{view}")
    }
}

/// What the reader sees of the story.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {
    /// The story, once it is told.
    pub lesson: Option<Shared<Lesson>>,
    /// The step, from 0.
    pub step: usize,
    /// Its view.
    pub view: View,
    /// Whether it goes on by itself.
    pub playing: bool,
    /// How fast.
    pub speed: Speed,
    /// The step that the address or [`Action::Begin`] asks for, until the story is told.
    pub asked: Option<usize>,
    /// The step that the address asked for, if the story has no such step.
    pub beyond: Option<usize>,
}

/// What can happen to it.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// A run is told. The reader stays at the same step of the story, as far as it has one; where it
    /// has not, the step is shown that fails.
    Tell(Shared<Lesson>),
    /// The run before is shown while another is on its way.
    Show(Shared<Lesson>),
    /// Another handshake is chosen: its story begins at the first step.
    Begin,
    /// To a step.
    Go(usize),
    /// To the first step.
    First,
    /// To the step before.
    Back,
    /// To the next step.
    Forward,
    /// To the last step.
    Last,
    /// Play or pause. From the end it begins anew.
    Play,
    /// Some time has passed while playing.
    Tick,
    /// Another speed.
    Speed(Speed),
    /// Another view.
    View(View),
}

impl State {
    /// Opened by an address.
    #[must_use]
    pub fn open(opening: Opening) -> Self {
        Self {
            step: opening.step,
            view: opening.view,
            asked: Some(opening.step),
            ..Self::default()
        }
    }

    /// What is to come on view, the first of them best, after the reader was at `before`.
    ///
    /// In one column the step stands below the lane, perhaps out of view: who goes to a step is shown
    /// it. A story that plays by itself keeps to the place where the reader looks on, a page that opens
    /// at the first step to its beginning, and a new run to the choices that it was made by.
    #[must_use]
    pub fn brings(&self, before: Option<&Self>) -> Option<&'static [&'static str]> {
        self.lesson.as_ref()?;
        match before.filter(|before| before.lesson.is_some()) {
            None => (self.step > 0).then_some(&["step-title"]),
            Some(before) if before.step == self.step || before.lesson != self.lesson => None,
            // Another run is on its way.
            Some(_) if self.asked.is_some() => None,
            Some(before) if before.playing => Some(&["lane-now", "step-title"]),
            Some(_) => Some(&["step-title"]),
        }
    }

    /// The address's part of it.
    #[must_use]
    pub fn opening(&self) -> Opening {
        Opening {
            step: self.step,
            view: self.view,
        }
    }

    /// The step that the reader is at.
    #[must_use]
    pub fn current(&self) -> Option<&Step> {
        self.lesson.as_ref()?.steps.get(self.step)
    }

    fn last(&self) -> usize {
        self.lesson
            .as_ref()
            .map_or(self.step, |lesson| lesson.steps.len().saturating_sub(1))
    }

    fn tell(&mut self, lesson: Shared<Lesson>) {
        let last = lesson.steps.len().saturating_sub(1);
        let asked = self.asked.take();
        let step = asked.unwrap_or_else(|| {
            let now = self.current().map(|step| step.id);
            let same = lesson.steps.iter().position(|step| Some(step.id) == now);
            same.or_else(|| failing(&lesson)).unwrap_or(self.step)
        });
        // Only an address can ask for too much.
        self.beyond = asked.filter(|asked| *asked > last && *asked != Opening::LAST);
        self.step = step.min(last);
        self.lesson = Some(lesson);
    }
}

impl Reducible for State {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        let mut next = (*self).clone();
        let last = self.last();
        let begins = action == Action::Begin;
        match action {
            Action::Tell(lesson) => next.tell(lesson),
            Action::Show(lesson) => {
                let last = lesson.steps.len().saturating_sub(1);
                next.step = next.asked.unwrap_or(self.step).min(last);
                next.lesson = Some(lesson);
            }
            Action::Begin => next.step = 0,
            Action::Go(step) => next.step = step.min(last),
            Action::First => next.step = 0,
            Action::Back => next.step = self.step.saturating_sub(1),
            Action::Forward => next.step = self.step.saturating_add(1).min(last),
            Action::Last => next.step = last,
            Action::Play => {
                next.playing = !self.playing && self.lesson.is_some();
                if next.playing && self.step == last {
                    next.step = 0;
                }
            }
            Action::Tick => {
                if self.playing {
                    next.step = (self.step + 1).min(last);
                    next.playing = next.step < last;
                }
            }
            Action::Speed(speed) => next.speed = speed,
            Action::View(view) => next.view = view,
        }
        if begins {
            next.asked = Some(0);
        } else if next.step != self.step && next.lesson == self.lesson {
            next.asked = None;
        }
        if *self == next { self } else { Rc::new(next) }
    }
}

/// The step at which the run fails, if it does.
fn failing(lesson: &Lesson) -> Option<usize> {
    let fails = |step: &Step| matches!(step.lane, LaneItem::Inside { failed: true, .. });
    lesson.steps.iter().position(fails)
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use padlock_lesson::lesson::Lesson;
    use padlock_lesson::play;
    use padlock_lesson::scenario::{CertificateChoice, Scenario};
    use padlock_lesson::text::Text;
    use yew::Reducible;

    use super::{Action, Opening, Speed, State, View};
    use crate::route::Query;
    use crate::shared::Shared;

    fn lesson(certificate: CertificateChoice) -> Shared<Lesson> {
        let scenario = Scenario::from_query("").0.complete([1; 16], 1_795_285_800);
        Shared::new(play::tell(&Scenario {
            certificate,
            ..scenario
        }))
    }

    fn opened(step: usize) -> Rc<State> {
        let opening = Opening {
            step,
            view: View::Bytes,
        };
        Rc::new(State::open(opening)).reduce(Action::Tell(lesson(CertificateChoice::Good)))
    }

    #[test]
    fn brings_the_step_on_view_that_the_reader_goes_to() {
        let title: &[&str] = &["step-title"];
        let untold = State::open(Opening::default());
        let first = opened(0);
        let next = first.clone().reduce(Action::Forward);
        let playing = first.clone().reduce(Action::Play);
        let played = playing.clone().reduce(Action::Tick);
        let other = Action::Tell(lesson(CertificateChoice::Expired));
        assert_eq!(untold.brings(None), None);
        assert_eq!(first.brings(Some(&untold)), None);
        assert_eq!(opened(4).brings(Some(&untold)), Some(title));
        assert_eq!(opened(4).brings(None), Some(title));
        assert_eq!(next.brings(Some(&first)), Some(title));
        assert_eq!(next.brings(Some(&next)), None);
        assert_eq!(
            played.brings(Some(&playing)),
            Some(&["lane-now", "step-title"][..])
        );
        let last = opened(9);
        assert_eq!(last.clone().reduce(other).brings(Some(&last)), None);
    }

    #[test]
    fn reads_and_writes_addresses() {
        for (query, opening, problems, link) in [
            ("a=1", (0, View::Words), 0, "#/handshake?a=1&step=1"),
            (
                "a=1&step=7&view=knowledge",
                (6, View::Knowledge),
                0,
                "#/handshake?a=1&step=7&view=knowledge",
            ),
            (
                "a=1&step=last",
                (Opening::LAST, View::Words),
                0,
                "#/handshake?a=1&step=last",
            ),
            ("a=1&step=0", (0, View::Words), 1, "#/handshake?a=1&step=1"),
            (
                "a=1&step=-2&view=",
                (0, View::Words),
                2,
                "#/handshake?a=1&step=1",
            ),
        ] {
            let mut rest = Query::parse(query);
            let mut found: Vec<Text> = Vec::new();
            let taken = Opening::take(&mut rest, &mut found);
            assert_eq!((taken.step, taken.view), opening, "{query}");
            assert_eq!(found.len(), problems, "{query}");
            assert_eq!(rest.to_string(), "a=1", "{query}");
            assert_eq!(taken.link("a=1"), link, "{query}");
        }
    }

    #[test]
    fn goes_through_the_steps() {
        let last = opened(0).last();
        for (from, action, to) in [
            (0, Action::Back, 0),
            (0, Action::Forward, 1),
            (3, Action::Back, 2),
            (3, Action::First, 0),
            (3, Action::Last, last),
            (last, Action::Forward, last),
            (3, Action::Go(5), 5),
            (3, Action::Go(500), last),
            (3, Action::Tick, 3),
            (3, Action::View(View::Words), 3),
        ] {
            let state = opened(from).reduce(action.clone());
            assert_eq!(state.step, to, "{action:?}");
        }
    }

    #[test]
    fn plays_to_the_end_and_from_there_anew() {
        let last = opened(0).last();
        let playing = opened(last - 1).reduce(Action::Play);
        assert!(playing.playing);
        let ended = playing.reduce(Action::Tick);
        assert_eq!((ended.step, ended.playing), (last, false));
        let anew = ended.reduce(Action::Play);
        assert_eq!((anew.step, anew.playing), (0, true));
        assert!(!anew.clone().reduce(Action::Play).playing);
        assert_eq!(
            anew.reduce(Action::Speed(Speed::Double)).speed,
            Speed::Double
        );
        // Nothing plays before there is a story.
        assert!(!Rc::new(State::default()).reduce(Action::Play).playing);
    }

    #[test]
    fn another_run_keeps_the_step_or_ends_where_it_ends() {
        let at_check = opened(2);
        let id = at_check.current().unwrap().id;
        let refused = lesson(CertificateChoice::Expired);
        let told = at_check.reduce(Action::Tell(refused.clone()));
        assert_eq!(told.current().unwrap().id, id);

        let told = opened(8).reduce(Action::Tell(refused.clone()));
        let failing = refused
            .steps
            .iter()
            .position(|step| step.id == "certificate-check");
        assert_eq!((Some(told.step), told.beyond), (failing, None));
    }

    #[test]
    fn another_handshake_begins_at_its_first_step_and_leaves_the_choices_on_view() {
        let last = opened(9);
        let waiting = last.clone().reduce(Action::Begin);
        assert_eq!((waiting.step, waiting.brings(Some(&last))), (0, None));
        assert!(waiting.opening().link("a=1").contains("&step=1"));
        let other = lesson(CertificateChoice::Expired);
        let told = waiting
            .clone()
            .reduce(Action::Show(waiting.lesson.clone().unwrap()))
            .reduce(Action::Tell(other.clone()));
        assert_eq!((told.step, told.brings(Some(&waiting))), (0, None));
        // Once it is told, the next run is looked at from where the reader is again.
        let moved = told.reduce(Action::Last).reduce(Action::Tell(other));
        assert_ne!(moved.step, 0);
        // Who is at the first step already is not sent back there later.
        let moved = opened(0).reduce(Action::Begin).reduce(Action::Forward);
        assert_eq!(
            moved
                .reduce(Action::Tell(lesson(CertificateChoice::Good)))
                .step,
            1
        );
    }

    /// The story of the run before may be shorter, and is on view for a moment only.
    #[test]
    fn the_story_before_does_not_shorten_what_the_address_asks_for() {
        let opening = Opening {
            step: 8,
            view: View::Words,
        };
        let refused = lesson(CertificateChoice::Expired);
        let waiting = Rc::new(State::open(opening)).reduce(Action::Show(refused.clone()));
        assert_eq!(
            (waiting.step, waiting.beyond),
            (refused.steps.len() - 1, None)
        );
        let told = waiting
            .clone()
            .reduce(Action::Tell(lesson(CertificateChoice::Good)));
        assert_eq!((told.step, told.beyond), (8, None));
        // Who goes somewhere else meanwhile is not sent back.
        let told = waiting
            .reduce(Action::First)
            .reduce(Action::Tell(lesson(CertificateChoice::Good)));
        assert_eq!(told.step, 0);
    }

    #[test]
    fn an_address_may_ask_for_the_last_step_whichever_that_is() {
        let refused = lesson(CertificateChoice::Expired);
        let waiting = Rc::new(State::open(Opening {
            step: Opening::LAST,
            view: View::Words,
        }));
        // Before there is a story no key leads anywhere else.
        let waiting = waiting.reduce(Action::Forward);
        let told = waiting
            .clone()
            .reduce(Action::Show(lesson(CertificateChoice::Good)))
            .reduce(Action::Tell(refused.clone()));
        assert_eq!(told.current().unwrap().id, "refused");
        assert_eq!((told.step + 1, told.beyond), (refused.steps.len(), None));
        assert_eq!(told.brings(Some(&waiting)), Some(&["step-title"][..]));
        assert!(told.opening().link("a=1").ends_with("&step=4"));
    }

    #[test]
    fn tells_an_address_that_asks_for_too_much() {
        let state = opened(40);
        assert_eq!((state.step, state.beyond), (state.last(), Some(40)));
    }

    #[test]
    fn what_changes_nothing_costs_nothing() {
        let state = opened(0);
        assert!(Rc::ptr_eq(&state, &state.clone().reduce(Action::Back)));
        assert!(Rc::ptr_eq(
            &state,
            &state.clone().reduce(Action::View(View::Bytes))
        ));
    }
}
