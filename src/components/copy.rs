//! Copying bytes and links.

use padlock_lesson::text::{Text, say};
use yew::prelude::*;

use crate::components::icon::{Icon, icon};
use crate::context::use_platform;
use crate::hooks::timer::use_timer;
use crate::words::use_words;

/// How a copy went.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Outcome {
    Copied,
    Refused,
}

/// How long the outcome stays on view, in milliseconds.
const SHOWN_FOR: u32 = 4000;

/// What a [`CopyButton`] copies.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct CopyProperties {
    /// What it says.
    pub label: Text,
    /// What is copied; asked for when the button is pressed.
    pub text: Callback<(), String>,
}

/// A button that copies, and says in words whether that worked.
#[component]
pub fn CopyButton(properties: &CopyProperties) -> Html {
    let platform = use_platform();
    let words = use_words();
    let outcome = use_state_eq(|| None::<Outcome>);

    let forget = {
        let outcome = outcome.clone();
        Callback::from(move |()| outcome.set(None))
    };
    use_timer(outcome.is_some().then_some(SHOWN_FOR), *outcome, forget);

    let on_click = {
        let outcome = outcome.clone();
        let text = properties.text.clone();
        Callback::from(move |_: MouseEvent| {
            let outcome = outcome.clone();
            let done = Callback::from(move |copied| {
                outcome.set(Some(if copied {
                    Outcome::Copied
                } else {
                    Outcome::Refused
                }));
            });
            platform.clipboard.copy(&text.emit(()), done);
        })
    };
    let told = outcome.map(|outcome| match outcome {
        Outcome::Copied => say::page_copied(),
        Outcome::Refused => say::page_copy_refused(),
    });
    html! {
        <span class="copy">
            <button type="button" class="button button--quiet" onclick={on_click}>
                { icon(Icon::Copy) }
                <span>{ words.say(properties.label.clone()) }</span>
            </button>
            <span class="copy__outcome" role="status">{ told.map(|told| words.say(told)) }</span>
        </span>
    }
}
