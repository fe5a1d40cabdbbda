//! The handshake, step by step.

use std::rc::Rc;

use padlock_lesson::lesson::Lesson;
use padlock_lesson::scenario::{Scenario, Setting};
use padlock_lesson::text::{Text, say};
use yew::prelude::*;

#[cfg(feature = "complete")]
mod along;
mod artefacts;
mod controls;
mod further;
mod panel;
mod sentence;
mod stage;
pub mod state;
mod wishes;

#[cfg(feature = "complete")]
use along::along;
use controls::controls;
use further::further;
use panel::panel;
use sentence::sentence;
use stage::stage;
use state::{Action, Opening, State};
use wishes::Wishes;

use crate::components::element::{element, perhaps, row};
use crate::components::prose::prose;
use crate::context::{Around, use_surroundings};
use crate::hooks::keys::{Key, use_keys};
use crate::hooks::run::Run;
use crate::hooks::timer::use_timer;
use crate::hooks::told::use_told;
use crate::shared::Shared;
use crate::words::Words;

/// What the [`Handshake`] page shows.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct HandshakeProperties {
    /// What is run.
    pub scenario: Scenario,
    /// Its query, for links.
    pub query: AttrValue,
    /// How far the run is.
    pub run: Run,
    /// Where the address opens the story.
    pub opening: Opening,
    /// What was wrong with the address, in words.
    pub problems: Vec<Text>,
    /// What else is to be said of the run beforehand.
    #[prop_or_default]
    pub advice: Html,
    /// Runs something else.
    pub on_scenario: Callback<Scenario>,
    /// Runs the same with other randomness.
    pub on_new: Callback<()>,
    /// Is told where the reader is.
    pub on_place: Callback<Opening>,
}

/// The page.
#[component]
pub fn Handshake(properties: &HandshakeProperties) -> Html {
    let HandshakeProperties {
        scenario,
        query,
        run,
        opening,
        problems,
        advice,
        on_scenario,
        on_new,
        on_place,
    } = properties;
    let around = use_surroundings();
    let Around { platform, words } = &*around;
    let state = {
        // A story that is told already is shown at once, not only after an effect.
        let (opening, told) = (*opening, story(run));
        use_reducer_eq(move || {
            let state = State::open(opening);
            match told {
                Some(told) => Rc::unwrap_or_clone(Rc::new(state).reduce(told)),
                None => state,
            }
        })
    };
    {
        let dispatch = state.dispatcher();
        use_effect_with(story(run), move |told| {
            if let Some(told) = told {
                dispatch.dispatch(told.clone());
            }
        });
    }
    let address = platform.address.clone();
    use_told(state.opening().link(query), move |link| {
        address.replace(link)
    });
    {
        let on_place = on_place.clone();
        use_effect_with(state.opening(), move |place| on_place.emit(*place));
    }
    {
        let dispatch = state.dispatcher();
        let tick = Callback::from(move |()| dispatch.dispatch(Action::Tick));
        let blocks = state.current().map_or(0, |step| step.words.len());
        let delay = state.playing.then(|| state.speed.delay(blocks));
        use_timer(delay, state.step, tick);
    }
    {
        let dispatch = state.dispatcher();
        let on_key = use_callback((), move |key, ()| dispatch.dispatch(action_of(key)));
        use_keys(on_key);
    }
    let on_step = {
        let dispatch = state.dispatcher();
        let screen = platform.screen.clone();
        Callback::from(move |step| {
            dispatch.dispatch(Action::Go(step));
            // In one column the step stands below the lanes, perhaps out of view.
            screen.bring(&["step-title"]);
        })
    };
    {
        let screen = platform.screen.clone();
        use_effect_with((state.step, state.lesson.is_some()), move |_| {
            screen.reveal("lane-now");
        });
    }
    {
        let screen = platform.screen.clone();
        let program = platform.program.clone();
        let before = use_mut_ref(|| None::<State>);
        use_effect_with((*state).clone(), move |now| {
            let before = before.replace(Some(now.clone()));
            let opens = before.as_ref().is_none_or(|before| before.lesson.is_none());
            if let Some(ids) = now.brings(before.as_ref())
                && !(opens && program.keeps_place())
            {
                screen.bring(ids);
            }
        });
    }
    let dispatch = state.dispatcher();
    let on_action = Callback::from(move |action| dispatch.dispatch(action));
    let on_scenario = {
        let (on_scenario, on_action) = (on_scenario.clone(), on_action.clone());
        let exchange = scenario.key_exchange;
        Callback::from(move |chosen: Scenario| {
            let is_another = chosen.key_exchange != exchange;
            on_scenario.emit(chosen);
            // Its steps are others. All other choices are looked at from the step where the reader is.
            if is_another {
                on_action.emit(Action::Begin);
            }
        })
    };
    let on_view = on_action.reform(Action::View);

    let announced = state
        .lesson
        .as_ref()
        .zip(state.current())
        .map(|(lesson, step)| {
            words.plain(&say::page_scrubber_value(
                lesson.steps.len(),
                state.step + 1,
                step.title.clone(),
            ))
        });
    let wishes = use_mut_ref(Wishes::default);
    wishes.borrow_mut().note(scenario);
    let mut problems = problems.clone();
    if let (Some(asked), Some(lesson)) = (state.beyond, &state.lesson) {
        problems.push(say::page_problem_beyond(lesson.steps.len(), asked + 1));
    }
    let shown = |lesson: &Shared<Lesson>| {
        let is_over = state.step + 1 == lesson.steps.len();
        let after = perhaps(is_over.then(|| {
            row([
                further(words, scenario, query),
                #[cfg(feature = "complete")]
                along(&around, scenario, run),
                #[cfg(not(feature = "complete"))]
                further::along(&around),
            ])
        }));
        let both = [
            stage(words, lesson, state.opening(), query, &on_step, run.busy),
            panel(words, lesson, state.step, state.view, &on_view, &after),
        ];
        row([
            element("div", "handshake", row(both)),
            controls(words, lesson, &state, &on_action),
        ])
    };
    let told = state.lesson.as_ref();
    let lead = match scenario.setting {
        Setting::Shop => say::page_handshake_lead(),
        Setting::Payroll => say::page_handshake_lead_servers(),
    };
    html! {
        <>
            <div class="lead">
                <h1 class="lead__title">{ words.say(say::page_handshake_heading()) }</h1>
                { element("div", "lead__words", prose(lead)) }
            </div>
            { notices(&problems) }
            { advice.clone() }
            { sentence(words, scenario, &wishes.borrow(), &on_scenario, on_new) }
            <p class="visually-hidden" aria-live="polite">{ announced }</p>
            { told.map_or_else(|| running(words, run.done), shown) }
        </>
    }
}

/// The story of a run: its own, or while it is on its way that of the run before.
fn story(run: &Run) -> Option<Action> {
    let lesson = run.lesson.clone()?;
    Some(match run.busy {
        true => Action::Show(lesson),
        false => Action::Tell(lesson),
    })
}

/// Says that a run is on its way, so many steps of which are done.
pub fn running(words: &Words, done: usize) -> Html {
    html! { <div class="running" role="status">{ words.say(say::page_running(done)) }</div> }
}

/// What was wrong with the address, and what is used instead.
pub fn notices(problems: &[Text]) -> Html {
    if problems.is_empty() {
        return Html::default();
    }
    let problems = problems.iter().cloned().map(prose);
    html! { <div class="notice" role="status">{ row(problems) }</div> }
}

fn action_of(key: Key) -> Action {
    match key {
        Key::Left => Action::Back,
        Key::Right => Action::Forward,
        Key::Home => Action::First,
        Key::End => Action::Last,
        Key::Space => Action::Play,
    }
}
