//! What takes long to draw, a part at a time.

use gloo::timers::callback::Timeout;
use yew::prelude::*;

/// In which turn of the browser a drawing is: from 0 up to `last`, anew whenever `what` is another.
/// In between the browser can answer the reader.
#[hook]
pub fn use_turns<T: Clone + PartialEq + 'static>(what: &T, last: usize) -> usize {
    let reached = use_state(|| None::<(T, usize)>);
    let turn = match &*reached {
        Some((of, turn)) if of == what => *turn,
        // Where a page is drawn to text, there is one turn only.
        _ if cfg!(not(target_arch = "wasm32")) => last,
        _ => 0,
    };
    use_effect_with(
        (what.clone(), turn < last, turn),
        move |(what, more, turn)| {
            let next = Some((what.clone(), turn + 1));
            let timeout = more.then(|| Timeout::new(0, move || reached.set(next)));
            move || drop(timeout)
        },
    );
    turn
}
