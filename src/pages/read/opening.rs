//! When something is opened: that is the moment for which it is told and judged.

use std::rc::Rc;

use yew::Callback;

use super::state::Action;
use crate::platform::clock::Clock;

/// Tells what the reader does; before whatever opens something, what time it is.
#[must_use]
pub fn timed(act: &Callback<Action>, clock: &Rc<dyn Clock>) -> Callback<Action> {
    let (act, clock) = (act.clone(), clock.clone());
    Callback::from(move |action: Action| {
        if matches!(action, Action::Type(_) | Action::Try(_) | Action::Give(_)) {
            act.emit(Action::Tick(clock.unix_seconds()));
        }
        act.emit(action);
    })
}
