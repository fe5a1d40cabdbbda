//! What every component can ask for.

use yew::prelude::*;

use crate::platform::Platform;

/// The place that the page runs in; one where nothing moves if none was given.
#[hook]
pub fn use_platform() -> Platform {
    use_context().unwrap_or_else(|| Platform::fixed(""))
}
