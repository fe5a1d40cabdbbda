//! Something that happens later.

use gloo::timers::callback::Timeout;
use yew::prelude::*;

/// Calls back once after `delay` milliseconds, each time that `when` changes; never while there is no
/// delay.
#[hook]
pub fn use_timer(delay: Option<u32>, when: usize, ring: Callback<()>) {
    use_effect_with((delay, when), move |(delay, _)| {
        let timeout = delay.map(|delay| Timeout::new(delay, move || ring.emit(())));
        move || drop(timeout)
    });
}
