//! Certificates of the reader's own: made, broken, used in a handshake, taken along.

use padlock_lesson::study::judge::Judgement;
use padlock_lesson::text::say;
use yew::prelude::*;

mod export;
mod form;
mod made;
pub mod staged;
pub mod state;
mod usage;

use export::Export;
use form::form;
use made::made;
use state::{Action, State};
use usage::usage;

use crate::components::element::{button, element, perhaps, row};
use crate::components::icon::{Icon, icon};
use crate::components::prose::prose;
use crate::context::{Around, use_surroundings};
use crate::hooks::forge::use_forge;
use crate::pages::read::exhibit;

/// What the [`Workshop`] page shows.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct WorkshopProperties {
    /// What was made, and how it is looked at. It outlives the page.
    pub state: State,
    /// Tells what the reader does.
    pub act: Callback<Action>,
}

/// The page.
#[component]
pub fn Workshop(properties: &WorkshopProperties) -> Html {
    let WorkshopProperties { state, act } = properties;
    let around = use_surroundings();
    let Around { platform, words } = &*around;
    use_forge(state.making.as_ref(), act);
    {
        // What was issued is what the reader wants to see next.
        let screen = platform.screen.clone();
        use_effect_with((state.again, state.issued), move |(again, issued)| {
            if again.is_some() {
                screen.bring(&["workshop-form"]);
            } else if issued.is_some() {
                screen.bring(&["workshop-issued"]);
            }
        });
    }
    let on = |action: Action| act.reform(move |_: MouseEvent| action.clone());
    let example = button(
        "button",
        words.say(say::workshop_example()),
        on(Action::Example),
    );
    let over = || {
        let label = words.say(say::workshop_over());
        button("button button--quiet", label, on(Action::StartOver))
    };
    let judged = use_memo(
        (state.workshop.clone(), state.choice.clone(), state.issued),
        |(workshop, choice, issued)| workshop.judge((*issued)?, choice, state.now),
    );
    let on_look = {
        let screen = platform.screen.clone();
        Callback::from(move |_: MouseEvent| screen.bring(&["read-item"]))
    };
    let issued = state.issued.and_then(|at| state.workshop.made().get(at));
    let issued = issued.map(|made| {
        let look = button("button", words.say(say::workshop_look()), on_look);
        let verdict = (*judged).as_ref().map(verdict);
        row([
            prose(say::workshop_changed(made.design.name())),
            perhaps(verdict),
            look,
        ])
    });
    let fault = state.fault.as_ref().map(|fault| {
        html! { <div class="faults__row">{ icon(Icon::Warning) }{ prose(fault.text()) }</div> }
    });
    html! {
        <section class="sheet sheet--wide workshop">
            <h1>{ words.say(say::workshop_heading()) }</h1>
            { prose(say::workshop_intro()) }
            { element("div", "note", prose(say::workshop_stays())) }
            <div class="opener__row">{ example }{ perhaps((!state.is_empty()).then(over)) }</div>
            <p class="opener__hint">{ words.say(say::workshop_example_about()) }</p>
            { made(words, state, act) }
            { form(words, state, act) }
            <div id="workshop-issued" role="status">{ perhaps(issued) }{ perhaps(fault) }</div>
            { usage(words, state, act) }
            <Export workshop={state.workshop.clone()} choice={state.choice.clone()} shows_keys={state.shows_keys}
                act={act.clone()} />
            { exhibit(&state.reader, &act.reform(Action::Look)) }
        </section>
    }
}

/// What a handshake would make of what was issued.
fn verdict(judged: &Judgement) -> Html {
    let (class, drawing, text) = match &judged.refusal {
        None => (
            "workshop__verdict workshop__verdict--good",
            Icon::Tick,
            say::workshop_believed(),
        ),
        Some(refusal) => (
            "workshop__verdict workshop__verdict--bad",
            Icon::Cross,
            say::workshop_refused(refusal.check.reason.clone()),
        ),
    };
    element("div", class, row([icon(drawing), prose(text)]))
}
