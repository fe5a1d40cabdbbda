//! The reader's language, for every component.

use std::rc::Rc;

use padlock_lesson::text::{Catalogue, Inline, Locale, Text};
use yew::prelude::*;

/// Turns texts into words.
pub struct Words {
    catalogue: Catalogue,
    locale: Rc<dyn Locale>,
}

impl Words {
    /// The words of a catalogue, with numbers as the locale writes them.
    #[must_use]
    pub fn new(catalogue: Catalogue, locale: Rc<dyn Locale>) -> Self {
        Self { catalogue, locale }
    }

    /// The words of a text with their emphasis.
    #[must_use]
    pub fn inlines(&self, text: &Text) -> Vec<Inline> {
        self.catalogue.render(text, &*self.locale)
    }

    /// The words alone.
    #[must_use]
    pub fn plain(&self, text: &Text) -> String {
        self.catalogue.plain(text, &*self.locale)
    }

    /// The words alone, for an attribute.
    #[must_use]
    pub fn label(&self, text: Text) -> AttrValue {
        self.plain(&text).into()
    }

    /// The words alone, to be drawn.
    pub fn say(&self, text: Text) -> Html {
        Html::from(self.plain(&text))
    }
}
