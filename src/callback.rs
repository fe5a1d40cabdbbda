//! Callbacks made of others.

use yew::Callback;

/// A callback that calls `callback` with what `change` makes of its input, unless that is nothing.
#[must_use]
pub fn sifted<I, O: 'static>(
    callback: &Callback<O>,
    change: impl Fn(I) -> Option<O> + 'static,
) -> Callback<I> {
    let callback = callback.clone();
    Callback::from(move |input| {
        if let Some(output) = change(input) {
            callback.emit(output);
        }
    })
}
