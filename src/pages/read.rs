//! Any certificate, opened: what it is, what it says, whether it would be believed, and every byte.

use padlock_lesson::text::say;
use yew::prelude::*;

mod compare;
mod documents;
mod exhibit;
mod facts;
mod found;
mod input;
pub mod state;
mod verdict;

use exhibit::Exhibit;
use found::found;
use input::Input;
use state::{Action, State};

use crate::components::prose::prose;
use crate::context::{Around, use_surroundings};

/// What the [`Read`] page begins with.
#[derive(Clone, Debug, Default, PartialEq, Properties)]
pub struct ReadProperties {
    /// What was opened already.
    #[prop_or_default]
    pub opened: Option<State>,
}

/// The page.
#[component]
pub fn Read(properties: &ReadProperties) -> Html {
    let around = use_surroundings();
    let Around { platform, words } = &*around;
    let state = {
        let opened = properties.opened.clone();
        let clock = platform.clock.clone();
        use_reducer_eq(move || opened.unwrap_or_else(|| State::new(clock.unix_seconds())))
    };
    let act = {
        let dispatch = state.dispatcher();
        use_callback((), move |action: Action, ()| dispatch.dispatch(action))
    };
    {
        let files = platform.files.clone();
        let act = act.clone();
        use_effect_with((), move |()| {
            let listeners = files.watch(act.reform(Action::Drag), act.reform(Action::Give));
            move || drop(listeners)
        });
    }
    html! {
        <section class="sheet sheet--wide read">
            <h1>{ words.say(say::read_heading()) }</h1>
            { prose(say::read_intro()) }
            <Input text={state.text.clone()} dragging={state.dragging} empty={state.sources.is_empty()}
                now={state.now} act={act.clone()} />
            { found(words, &state, &act) }
            { exhibit(&state, &act) }
        </section>
    }
}

/// What is chosen of what was opened, laid open: its card, the verdict, its bytes.
pub(crate) fn exhibit(state: &State, act: &Callback<Action>) -> Html {
    let shown = state.entry().map(|_| {
        html! {
            <Exhibit key={state.chosen} entries={state.entries.clone()} chosen={state.chosen}
                asked={state.asked.clone()} now={state.now} other={state.other} pointed={state.pointed.clone()}
                roots={state.roots()} mozilla={state.mozilla.clone()} act={act.clone()} />
        }
    });
    shown.unwrap_or_default()
}
