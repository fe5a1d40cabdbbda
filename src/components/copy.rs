//! Copying bytes.

use padlock_lesson::text::{Text, say};
use yew::prelude::*;

use crate::components::element::{button, element, row};
use crate::components::icon::{Icon, icon};
use crate::context::use_surroundings;
use crate::hooks::copying::{Outcome, use_copying};

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
    let around = use_surroundings();
    let words = &around.words;
    let copying = use_copying(properties.text.clone());
    let told = copying.outcome.map(|outcome| match outcome {
        Outcome::Copied => say::page_copied(),
        Outcome::Refused(_) => say::page_copy_refused(),
    });
    let label = element("span", "copy__label", words.say(properties.label.clone()));
    let inside = row([icon(Icon::Copy), label]);
    html! {
        <span class="copy">
            { button("button button--quiet", inside, copying.on_copy) }
            <span class="copy__outcome" role="status">{ told.map(|told| words.say(told)) }</span>
        </span>
    }
}
