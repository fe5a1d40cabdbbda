//! Something outside the page that is told what changed.

use yew::prelude::*;

/// Tells a text at first, and whenever it changes.
#[hook]
pub fn use_told(text: String, tell: impl Fn(&str) + 'static) {
    let tell = Callback::from(move |text: String| tell(&text));
    use_effect_with(text, move |text| tell.emit(text.clone()));
}
