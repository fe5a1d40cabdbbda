//! What is wrong with an address, and what is done about it.

use crate::scenario::KeyExchange;
use crate::text::{Text, say};

/// Something in an address that cannot be used.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Problem {
    /// A value that means nothing here.
    Unknown {
        /// The field.
        name: &'static str,
        /// What it says.
        value: String,
    },
    /// A cipher suite or a group that does not go with the key exchange.
    DoesNotFit {
        /// Its name.
        value: String,
        /// The key exchange.
        key_exchange: KeyExchange,
    },
    /// A seed that is not 16 bytes in hexadecimal.
    Seed {
        /// What it says.
        value: String,
    },
    /// A date that is none, or too far away.
    Date {
        /// What it says.
        value: String,
    },
    /// A field that stands there twice.
    Repeated {
        /// The field.
        name: &'static str,
    },
}

/// How much of a bad value is repeated, in letters.
const SHOWN: usize = 40;

impl Problem {
    /// The problem in words, and what is used instead.
    #[must_use]
    pub fn text(&self) -> Text {
        match self {
            Self::Unknown { name, value } => say::scenario_problem_unknown(*name, shortened(value)),
            Self::DoesNotFit {
                value,
                key_exchange,
            } => say::scenario_problem_misfit(key_exchange.title(), shortened(value)),
            Self::Seed { value } => say::scenario_problem_seed(shortened(value)),
            Self::Date { value } => say::scenario_problem_date(shortened(value)),
            Self::Repeated { name } => say::scenario_problem_repeated(*name),
        }
    }
}

/// A value as it is repeated to the learner.
fn shortened(value: &str) -> String {
    let mut letters = value.chars().filter(|letter| !letter.is_control());
    let mut shown: String = letters.by_ref().take(SHOWN).collect();
    if letters.next().is_some() {
        shown.push('…');
    }
    if shown.is_empty() {
        "…".to_owned()
    } else {
        shown
    }
}
