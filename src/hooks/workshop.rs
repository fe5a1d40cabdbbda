//! What the reader made in the workshop: it outlives the page, and goes into runs.

use std::rc::Rc;

use yew::prelude::*;

use crate::context::use_surroundings;
use crate::hooks::run::Material;
use crate::pages::workshop::state::State;

/// The workshop, and what of it goes into a handshake.
#[hook]
pub fn use_workshop() -> (UseReducerHandle<State>, Rc<Option<Material>>) {
    let around = use_surroundings();
    let state = use_reducer_eq(move || {
        let platform = &around.platform;
        State::new(platform.entropy.seed(), platform.clock.unix_seconds())
    });
    let material = use_memo(
        (state.workshop.clone(), state.choice.clone()),
        |(workshop, choice)| workshop.own(choice).map(Material::new),
    );
    (state, material)
}
