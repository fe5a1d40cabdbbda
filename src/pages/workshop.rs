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
use state::{Action, Spot, State};
use usage::usage;

use crate::components::element::{button, element, perhaps, row};
use crate::components::icon::{Icon, icon};
use crate::components::prose::prose;
use crate::context::{Around, use_surroundings};
use crate::hooks::forge::use_forge;
use crate::pages::read::exhibit;
use crate::pages::read::state::Action as Look;

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
        // What was done last is what the reader wants to see next. Who comes back to the page is at
        // its beginning.
        let screen = platform.screen.clone();
        let seen = use_mut_ref(|| state.spot);
        use_effect_with(state.spot, move |spot| {
            if seen.replace(*spot) == *spot {
                return;
            }
            match spot.1 {
                Spot::Anywhere => {}
                Spot::Form => {
                    screen.bring(&["workshop-form"]);
                    screen.focus("workshop-form");
                }
                Spot::Issued => {
                    screen.bring(&["workshop-issued"]);
                    screen.rescue("workshop-issued");
                }
                Spot::Issue => screen.rescue("workshop-issue"),
                Spot::Made => screen.rescue("workshop-made"),
                Spot::Aside => screen.rescue("workshop-back"),
            }
        });
    }
    {
        let act = act.clone();
        use_effect_with((), move |()| move || act.emit(Action::Look(Look::Leave)));
    }
    let on = |action: Action| act.reform(move |_: MouseEvent| action.clone());
    let example = || {
        let label = words.say(say::workshop_example());
        row([
            button("button", label, on(Action::Example)),
            element(
                "span",
                "opener__hint",
                words.say(say::workshop_example_about()),
            ),
        ])
    };
    let over = || {
        let label = words.say(say::workshop_over());
        button("button button--quiet", label, on(Action::StartOver))
    };
    let back = state.aside.as_ref().map(|aside| {
        let count = aside.workshop.made().len();
        html! {
            <div class="opener__row">
                <button type="button" class="button" id="workshop-back" onclick={on(Action::BringBack)}>
                    { words.say(say::workshop_back()) }
                </button>
                <span class="opener__hint">{ words.say(say::workshop_aside(count)) }</span>
            </div>
        }
    });
    let begin = row([
        perhaps(state.is_empty().then(example)),
        perhaps((!state.is_empty()).then(over)),
    ]);
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
            { element("div", "opener__row", begin) }
            { perhaps(back) }
            { made(words, state, act) }
            { form(words, state, act) }
            <div id="workshop-issued" tabindex="-1" role="status">{ perhaps(issued) }{ perhaps(fault) }</div>
            { usage(words, state, act) }
            <Export workshop={state.workshop.clone()} choice={state.choice.clone()} shows_keys={state.shows_keys}
                act={act.clone()} />
            { exhibit(&state.reader, true, &act.reform(Action::Look)) }
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
