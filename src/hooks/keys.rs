//! Keys that work wherever the focus is, unless what has the focus needs them.

use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, KeyboardEvent};
use yew::prelude::*;

/// Keys that move through a story.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Key {
    /// One back.
    Left,
    /// One forward.
    Right,
    /// To the beginning.
    Home,
    /// To the end.
    End,
    /// Play or pause.
    Space,
}

impl Key {
    /// The key of that name (UI Events KeyboardEvent key values).
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "ArrowLeft" => Self::Left,
            "ArrowRight" => Self::Right,
            "Home" => Self::Home,
            "End" => Self::End,
            " " => Self::Space,
            _ => return None,
        })
    }
}

/// What uses arrows itself.
const TAKES_ARROWS: &str = "input, select, textarea, [contenteditable], [role=tablist], [role=tree], [role=application], [data-keys]";
/// What uses the space bar itself, beside those.
const TAKES_SPACE: &str = "button, summary, [role=button]";

/// Calls back for each such key.
#[hook]
pub fn use_keys(pressed: Callback<Key>) {
    use_effect_with(pressed, |pressed| {
        let pressed = pressed.clone();
        let listener = web_sys::window().map(|window| {
            let options = EventListenerOptions::enable_prevent_default();
            EventListener::new_with_options(&window, "keydown", options, move |event| {
                if let Some(key) = wanted(event) {
                    event.prevent_default();
                    pressed.emit(key);
                }
            })
        });
        move || drop(listener)
    });
}

fn wanted(event: &Event) -> Option<Key> {
    let pressed = event.dyn_ref::<KeyboardEvent>()?;
    if event.default_prevented()
        || pressed.ctrl_key()
        || pressed.alt_key()
        || pressed.meta_key()
        || pressed.shift_key()
    {
        return None;
    }
    let key = Key::from_name(&pressed.key())?;
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok());
    let within = |selector| {
        target
            .as_ref()
            .is_some_and(|target| matches!(target.closest(selector), Ok(Some(_))))
    };
    let taken = within(TAKES_ARROWS) || (key == Key::Space && within(TAKES_SPACE));
    (!taken).then_some(key)
}
