//! Any certificate, opened: what it is, what it says, whether it would be believed, and every byte.

use padlock_lesson::text::say;
use yew::prelude::*;

mod compare;
mod documents;
mod exhibit;
mod facts;
pub(super) mod found;
mod input;
pub mod opening;
mod originals;
pub mod state;
mod verdict;

use exhibit::Exhibit;
use found::found;
use input::Input;
use opening::timed;
use state::{Action, State};

use crate::components::prose::prose;
use crate::context::{Around, use_surroundings};

/// What the [`Read`] page shows.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct ReadProperties {
    /// What was opened, and how it is looked at. It outlives the page.
    pub state: State,
    /// Tells what the reader does.
    pub act: Callback<Action>,
}

/// The page.
#[component]
pub fn Read(properties: &ReadProperties) -> Html {
    let ReadProperties { state, act } = properties;
    let around = use_surroundings();
    let Around { platform, words } = &*around;
    let opens = timed(act, &platform.clock);
    {
        let files = platform.files.clone();
        let (act, opens) = (act.clone(), opens.clone());
        // Where nothing is open, the moment is that at which the page is opened.
        let now = state
            .sources
            .is_empty()
            .then(|| platform.clock.unix_seconds());
        use_effect_with((), move |()| {
            if let Some(now) = now {
                act.emit(Action::Now(now));
            }
            let listeners = files.watch(act.reform(Action::Drag), opens.reform(Action::Give));
            move || {
                drop(listeners);
                act.emit(Action::Leave);
            }
        });
    }
    html! {
        <section class="sheet sheet--wide read">
            <h1>{ words.say(say::read_heading()) }</h1>
            { prose(say::read_intro()) }
            <Input text={state.text.clone()} dragging={state.dragging} empty={state.sources.is_empty()}
                act={opens} />
            { found(words, state, act) }
            { exhibit(state, false, act) }
        </section>
    }
}

/// What is chosen of what was opened, laid open: its card, the verdict, its bytes; what is looked at seldom may be
/// folded away.
pub(crate) fn exhibit(state: &State, folded: bool, act: &Callback<Action>) -> Html {
    let shown = state.entry().map(|_| {
        html! {
            <Exhibit key={state.chosen} entries={state.entries.clone()} chosen={state.chosen}
                asked={state.asked.clone()} now={state.now} other={state.other}
                change={state.entry().and_then(|entry| state.change(entry))} pointed={state.pointed.clone()}
                roots={state.roots()} mozilla={state.mozilla.clone()} {folded} act={act.clone()} />
        }
    });
    shown.unwrap_or_default()
}
