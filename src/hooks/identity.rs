//! Ids for elements that refer to each other.

use std::cell::Cell;

use yew::prelude::*;

thread_local! {
    static LAST: Cell<usize> = const { Cell::new(0) };
}

/// An id that no other component has.
#[hook]
pub fn use_identity() -> AttrValue {
    let id = use_state(|| {
        let next = LAST.get() + 1;
        LAST.set(next);
        AttrValue::from(format!("i{next}"))
    });
    (*id).clone()
}
