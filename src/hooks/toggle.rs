//! Something that is open or closed.

use yew::prelude::*;

/// Whether it is open, and what opens and closes it.
#[hook]
pub fn use_toggle(at_first: bool) -> (bool, Callback<MouseEvent>) {
    let open = use_state_eq(|| at_first);
    let is_open = *open;
    (is_open, Callback::from(move |_| open.set(!is_open)))
}
