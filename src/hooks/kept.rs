//! What outlives its page: what was opened, and what was tried. Whoever comes back finds it as it was;
//! a reload forgets it.

use yew::prelude::*;

use crate::context::use_surroundings;
use crate::pages::failures::state::State as Gallery;
use crate::pages::read::state::State as Reader;

/// What was opened in the page that reads.
#[hook]
pub fn use_reader() -> UseReducerHandle<Reader> {
    let around = use_surroundings();
    use_reducer_eq(move || Reader::new(around.platform.clock.unix_seconds()))
}

/// What was tried in the gallery of failures, and which of it is shown.
#[hook]
pub fn use_gallery() -> UseReducerHandle<Gallery> {
    use_reducer_eq(Gallery::default)
}
