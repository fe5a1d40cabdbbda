//! Copying, and how it went.

use yew::prelude::*;

use crate::context::use_surroundings;
use crate::hooks::timer::use_timer;

/// How it went.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Outcome {
    /// It is in the clipboard.
    Copied,
    /// The clipboard refused; here is the text, to be copied by hand.
    Refused(String),
}

/// How long it is said that something was copied, in milliseconds.
const SHOWN_FOR: u32 = 4000;

/// What a button that copies needs.
#[derive(Clone, Debug, PartialEq)]
pub struct Copying {
    /// How it went; forgotten after a while if it went well.
    pub outcome: Option<Outcome>,
    /// Copies.
    pub on_copy: Callback<MouseEvent>,
    /// Forgets how it went.
    pub on_forget: Callback<()>,
}

/// Copies a text, which is asked for when it is wanted.
#[hook]
pub fn use_copying(text: Callback<(), String>) -> Copying {
    let around = use_surroundings();
    let outcome = use_state_eq(|| None::<Outcome>);
    let on_forget = {
        let outcome = outcome.clone();
        Callback::from(move |()| outcome.set(None))
    };
    let copied = *outcome == Some(Outcome::Copied);
    use_timer(copied.then_some(SHOWN_FOR), 0, on_forget.clone());
    let shown = (*outcome).clone();
    let on_copy = Callback::from(move |_| {
        let text = text.emit(());
        let outcome = outcome.clone();
        let copied = text.clone();
        let done = Callback::from(move |done| {
            outcome.set(Some(if done {
                Outcome::Copied
            } else {
                Outcome::Refused(copied.clone())
            }));
        });
        around.platform.clipboard.copy(&text, done);
    });
    Copying {
        outcome: shown,
        on_copy,
        on_forget,
    }
}
