//! Why something cannot be issued, in words.

use padlock_pki::issue::IssueError;

use crate::study::fact;
use crate::text::{Text, say};

/// Why something cannot be issued.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Fault {
    /// A date that is none.
    Date,
    /// A name with letters that have no place in a certificate.
    Name(String),
    /// A path length that is no small number.
    PathLength,
    /// An issuer that is not there.
    NoIssuer,
    /// SHA-1 by a key that is not one of RSA.
    WeakHash,
    /// There are enough.
    TooMany,
    /// A field that cannot be written.
    Issue(IssueError),
    /// The key could not be made.
    Key,
}

impl Fault {
    /// It in words, and what to do.
    #[must_use]
    pub fn text(&self) -> Text {
        match self {
            Self::Date | Self::Issue(IssueError::Date { .. }) => say::workshop_fault_date(),
            Self::Name(name) | Self::Issue(IssueError::Name { name }) => {
                say::workshop_fault_name(fact::shortened(name, 60))
            }
            Self::PathLength => say::workshop_fault_path_length(),
            Self::NoIssuer => say::workshop_fault_issuer(),
            Self::WeakHash => say::workshop_fault_weak_hash(),
            Self::TooMany => say::workshop_fault_many(super::MOST),
            Self::Issue(error) => say::workshop_fault_other(error.to_string()),
            Self::Key => say::workshop_fault_key(),
        }
    }
}
