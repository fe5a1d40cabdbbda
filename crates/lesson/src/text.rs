//! What a learner reads, as data: which sentence, and what stands in its placeholders.
//!
//! The sentences themselves stand in `messages/`, in Fluent files. The build makes of each message a
//! function in [`say`], so that a key that does not exist and a placeholder that nobody gives are
//! errors of the compiler, and packs all words into one compact [`Catalogue`], which turns a [`Text`]
//! into [`Inline`] words with their emphasis and the terms that the [`glossary`] explains.
//!
//! ```
//! use padlock_lesson::text::{Catalogue, English, TermId};
//!
//! let text = TermId::PUBLIC_KEY.title();
//! assert_eq!(Catalogue::english().plain(&text, &English), "Public key");
//! ```
//!
//! # What a message may hold
//!
//! Of Fluent: placeholders `{ $name }`, choices by a placeholder (`[0]`, plurals, words), literals
//! `{"…"}`, references to messages, attributes and terms, terms with named literals, and choices by
//! a term's attribute. Functions are refused. A message is one paragraph; line breaks are spaces.
//!
//! Of markup: `**strong**`, `*emphasis*`, `` `code` `` and `[shown words](term:id)`, none inside
//! another. Fluent lets no line of a message begin with `*` or `[`, so another word must begin it
//! (right behind the `=` both are well). A literal shows what would be markup: `{"*"}`.

use std::borrow::Cow;
use std::fmt;

mod catalogue;
mod code;
pub mod glossary;
mod locale;
pub mod say;

pub use catalogue::{Catalogue, CatalogueError, Inline};
pub use glossary::TermId;
pub use locale::{English, Locale, PluralCategory};

#[cfg(test)]
mod tests;

/// A sentence of the catalogue with what stands in its placeholders.
///
/// The functions of [`say`] make them.
#[derive(Clone, Debug, PartialEq)]
pub struct Text {
    key: Key,
    arguments: Vec<Argument>,
}

impl Text {
    /// A sentence without placeholders.
    const fn new(key: Key) -> Self {
        Self {
            key,
            arguments: Vec::new(),
        }
    }

    /// A sentence with its placeholders' values, in the alphabetical order of the placeholders' names.
    fn with<const N: usize>(key: Key, arguments: [Argument; N]) -> Self {
        Self {
            key,
            arguments: Vec::from(arguments),
        }
    }

    /// Which sentence it is.
    #[must_use]
    pub fn key(&self) -> Key {
        self.key
    }

    /// What stands in the placeholders, in the alphabetical order of their names.
    #[must_use]
    pub fn arguments(&self) -> &[Argument] {
        &self.arguments
    }
}

/// What names a sentence, in every language.
#[derive(Clone, Copy, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Key(u16);

impl Key {
    /// The name that the sentence has in the Fluent files.
    #[must_use]
    pub fn name(self) -> &'static str {
        catalogue::key_name(self)
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// What stands in a placeholder. Its letters are only shown, never read as markup.
#[derive(Clone, Debug, PartialEq)]
pub enum Argument {
    /// Words or a name, shown as they are.
    Text(String),
    /// A number, written as the reader's language writes numbers; it can choose a plural.
    ///
    /// A number that is a name (of an alert, a port or a year) is given as text.
    Number(i64),
    /// A date such as `2026-11-21`, which a line does not break.
    Date(String),
    /// Another sentence; it keeps its markup, and chooses nothing.
    Message(Text),
}

impl From<&str> for Argument {
    fn from(words: &str) -> Self {
        Self::Text(words.to_owned())
    }
}

impl From<&String> for Argument {
    fn from(words: &String) -> Self {
        Self::Text(words.clone())
    }
}

impl From<String> for Argument {
    fn from(words: String) -> Self {
        Self::Text(words)
    }
}

impl From<Cow<'_, str>> for Argument {
    fn from(words: Cow<'_, str>) -> Self {
        Self::Text(words.into_owned())
    }
}

impl From<Text> for Argument {
    fn from(text: Text) -> Self {
        Self::Message(text)
    }
}

macro_rules! from_small_number {
    ($($number:ty),*) => {$(
        impl From<$number> for Argument {
            fn from(number: $number) -> Self {
                Self::Number(i64::from(number))
            }
        }
    )*};
}

macro_rules! from_large_number {
    ($($number:ty),*) => {$(
        /// A number too large to be shown exactly is shown as the largest.
        impl From<$number> for Argument {
            fn from(number: $number) -> Self {
                Self::Number(i64::try_from(number).unwrap_or(i64::MAX))
            }
        }
    )*};
}

from_small_number!(u8, u16, u32, i8, i16, i32, i64);
from_large_number!(u64, usize);
