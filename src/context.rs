//! What every component can ask for.

use padlock_lesson::text::Catalogue;
use yew::prelude::*;

use crate::platform::Platform;
use crate::words::Words;

/// The place that the page runs in, and its language.
#[derive(Clone, PartialEq)]
pub struct Surroundings {
    /// The place.
    pub platform: Platform,
    /// The language.
    pub words: Words,
}

impl Surroundings {
    /// A place where English is spoken.
    #[must_use]
    pub fn english(platform: Platform) -> Self {
        let words = Words::new(Catalogue::english(), platform.locale.clone());
        Self { platform, words }
    }
}

/// What is around a component.
///
/// # Panics
/// Outside of a [`ContextProvider`] of [`Surroundings`]; `App` is one around all that is drawn.
#[hook]
pub fn use_surroundings() -> Surroundings {
    use_context().expect("every component is drawn within the app, which gives the surroundings")
}

/// The place that the page runs in.
///
/// # Panics
/// As [`use_surroundings`].
#[hook]
pub fn use_platform() -> Platform {
    use_surroundings().platform
}
