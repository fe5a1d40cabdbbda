//! The terms that a learner can have explained where they stand.
//!
//! A term is a pair of messages, `term-ID` (its title) and `term-ID-text` (its explanation); markup
//! in any message points to it by `[shown words](term:ID)`.

use super::{Key, Text};

include!(concat!(env!("OUT_DIR"), "/terms.rs"));

/// A term of the glossary. There is a constant for each.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct TermId(u16);

impl TermId {
    /// The term of an index in the catalogue.
    pub(super) fn at(index: usize) -> Option<Self> {
        (index < TERMS.len()).then_some(Self(u16::try_from(index).ok()?))
    }

    /// The term of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::at(TERMS.iter().position(|(id, ..)| *id == name)?)
    }

    /// Its name in the Fluent files, also fit for a link: `pre-master-secret`.
    #[must_use]
    pub fn name(self) -> &'static str {
        TERMS[usize::from(self.0)].0
    }

    /// What it is called.
    #[must_use]
    pub fn title(self) -> Text {
        Text::new(TERMS[usize::from(self.0)].1)
    }

    /// What it means, in a sentence or two.
    #[must_use]
    pub fn explanation(self) -> Text {
        Text::new(TERMS[usize::from(self.0)].2)
    }
}

/// Every term with its title and its explanation, in the order of their names.
pub fn terms() -> impl Iterator<Item = (TermId, Text, Text)> {
    (0..).zip(&TERMS).map(|(index, (_, title, explanation))| {
        (TermId(index), Text::new(*title), Text::new(*explanation))
    })
}
