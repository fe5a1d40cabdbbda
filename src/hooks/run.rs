//! Runs a scenario, a little at a time, so that the page answers all the while.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use gloo::timers::callback::Timeout;
use padlock_lesson::lesson::Lesson;
#[cfg(feature = "complete")]
use padlock_lesson::play::Recording;
use padlock_lesson::play::{Own, Play, Progress};
use padlock_lesson::scenario::Scenario;
use yew::prelude::*;

use crate::context::use_surroundings;
use crate::platform::clock::Clock;
use crate::shared::Shared;

/// How long the run may go on before the page gets its turn, in milliseconds.
pub const TURN: f64 = 8.0;

/// What the reader made, for a run; two are equal if they are the same.
#[derive(Clone, Debug)]
pub struct Material(Arc<Own>);

impl Material {
    /// Ready for a run.
    #[must_use]
    pub fn new(own: Own) -> Self {
        Self(Arc::new(own))
    }

    /// What it is.
    #[must_use]
    pub fn own(&self) -> &Own {
        &self.0
    }
}

impl PartialEq for Material {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

/// What is run: a scenario, and what the reader made.
pub type Staged = (Scenario, Option<Material>);

/// How far a run is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Run {
    /// The story, once it is told; that of the run before, while another is on its way.
    pub lesson: Option<Shared<Lesson>>,
    /// Whether a run is on its way.
    pub busy: bool,
    /// How many steps of it are done.
    pub done: usize,
    /// What it is a run of.
    of: Option<Staged>,
}

impl Run {
    /// A story that is told.
    #[must_use]
    pub fn told(lesson: Lesson) -> Self {
        Self {
            lesson: Some(Shared::new(lesson)),
            busy: false,
            done: 0,
            of: None,
        }
    }

    /// The run of this scenario once more: all of it, with what the reader made for it.
    #[cfg(feature = "complete")]
    #[must_use]
    pub fn recording(&self, scenario: &Scenario) -> Recording {
        let own = self.of.as_ref().and_then(|(_, own)| own.as_ref());
        Recording::with(scenario, own.map(|own| own.0.clone()))
    }
}

/// The run of a scenario; nothing is run while there is none.
#[hook]
pub fn use_run(staged: Option<Staged>) -> Run {
    let around = use_surroundings();
    let run = use_state_eq(Run::default);
    {
        let run = run.clone();
        use_effect_with(staged.clone(), move |staged| {
            let slot: Slot = Rc::default();
            if let Some((scenario, own)) = staged {
                let platform = &around.platform;
                let on_its_way = Run {
                    lesson: run.lesson.clone(),
                    busy: true,
                    done: 0,
                    of: staged.clone(),
                };
                run.set(on_its_way.clone());
                if scenario.needs_complete() && !platform.program.is_complete() {
                    platform.program.want_complete();
                    return cleared(slot);
                }
                let told = Callback::from(move |told: Told| {
                    let of = on_its_way.clone();
                    run.set(match told {
                        Told::So(done) => Run { done, ..of },
                        Told::All(told) => Run {
                            of: of.of,
                            ..Run::told(*told)
                        },
                    });
                });
                go_on(
                    Play::with(scenario, own.as_ref().map(|own| own.0.clone())),
                    0,
                    platform.clock.clone(),
                    told,
                    slot.clone(),
                );
            }
            cleared(slot)
        });
    }
    let mut run = (*run).clone();
    // Until the effect has begun the run, its story is that of the one before.
    run.busy |= staged.is_some() && run.of != staged;
    run
}

/// Ends the run.
fn cleared(slot: Slot) -> impl FnOnce() {
    move || drop(slot.take())
}

/// What a run has to say.
enum Told {
    /// So many steps are done.
    So(usize),
    /// It is over.
    All(Box<Lesson>),
}

/// Holds the next turn; emptying it ends the run.
type Slot = Rc<RefCell<Option<Timeout>>>;

/// Takes one turn after the page had its own, and then the next.
fn go_on(mut play: Play, mut done: usize, clock: Rc<dyn Clock>, told: Callback<Told>, slot: Slot) {
    let next = slot.clone();
    let turn = Timeout::new(0, move || {
        // Drawing a story takes a turn of its own.
        if play.progress() == Progress::Told {
            return told.emit(Told::All(Box::new(play.lesson())));
        }
        let start = clock.milliseconds();
        while play.step() != Progress::Told && clock.milliseconds() - start < TURN {
            done += 1;
        }
        done += 1;
        told.emit(Told::So(done));
        go_on(play, done, clock, told, slot);
    });
    next.replace(Some(turn));
}
