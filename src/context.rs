//! What every component can ask for.

use std::ops::Deref;
use std::rc::Rc;

use padlock_lesson::text::Catalogue;
use yew::prelude::*;

use crate::platform::Platform;
use crate::words::Words;

/// The place that the page runs in, and its language.
#[derive(Clone)]
pub struct Surroundings(Rc<Around>);

/// What [`Surroundings`] share.
pub struct Around {
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
        Self(Rc::new(Around { platform, words }))
    }
}

impl Deref for Surroundings {
    type Target = Around;

    fn deref(&self) -> &Around {
        &self.0
    }
}

impl PartialEq for Surroundings {
    /// Two are equal if they are the same.
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
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
