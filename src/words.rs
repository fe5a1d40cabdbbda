//! The reader's language, for every component.

use std::rc::Rc;

use padlock_lesson::text::{Catalogue, Inline, Locale, Text};
use yew::prelude::*;

/// Turns texts into words.
#[derive(Clone)]
pub struct Words {
    catalogue: Rc<Catalogue>,
    locale: Rc<dyn Locale>,
}

impl Words {
    /// The words of a catalogue, with numbers as the locale writes them.
    #[must_use]
    pub fn new(catalogue: Catalogue, locale: Rc<dyn Locale>) -> Self {
        Self {
            catalogue: Rc::new(catalogue),
            locale,
        }
    }

    /// The words of a text with their emphasis.
    #[must_use]
    pub fn inlines(&self, text: &Text) -> Vec<Inline> {
        self.catalogue.render(text, &*self.locale)
    }

    /// The words alone, for attributes and titles.
    #[must_use]
    pub fn plain(&self, text: &Text) -> String {
        self.catalogue.plain(text, &*self.locale)
    }
}

impl PartialEq for Words {
    /// Two are equal if they are the same catalogue.
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.catalogue, &other.catalogue)
    }
}

/// The words that the page around a component has chosen; English if there is none.
#[hook]
pub fn use_words() -> Words {
    use_context()
        .unwrap_or_else(|| Words::new(Catalogue::english(), Rc::new(padlock_lesson::text::English)))
}
