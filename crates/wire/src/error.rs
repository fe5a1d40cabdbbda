//! What is wrong with bytes, and where.

use std::fmt;

/// A fault found while reading or writing a structure.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Error {
    /// What is wrong.
    pub kind: ErrorKind,
    /// Where: the offset, in bytes from the start of what was given, of the first byte concerned.
    pub at: usize,
}

/// The kinds of fault.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum ErrorKind {
    /// The bytes end too early.
    Truncated {
        /// How many bytes the field needs.
        needed: usize,
        /// How many there are.
        left: usize,
    },
    /// Bytes are left over where the structure is complete.
    Trailing {
        /// How many.
        count: usize,
    },
    /// A vector is shorter or longer than the standard allows.
    Length {
        /// Its length in bytes.
        found: usize,
        /// The least it may have.
        minimum: usize,
        /// The most it may have.
        maximum: usize,
    },
    /// A field holds a value that is not allowed there.
    Value {
        /// The field.
        field: &'static str,
        /// What it holds.
        found: u64,
    },
    /// Something that may stand only once stands twice.
    Duplicate {
        /// What.
        field: &'static str,
    },
    /// A character that is no hexadecimal digit, or half a byte.
    Hex,
}

impl Error {
    /// A fault of this kind at this offset.
    #[must_use]
    pub const fn new(kind: ErrorKind, at: usize) -> Self {
        Self { kind, at }
    }

    /// The same fault, seen from outside: `offset` bytes further on.
    #[must_use]
    pub const fn shifted(self, offset: usize) -> Self {
        Self {
            kind: self.kind,
            at: self.at + offset,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at byte {}", self.kind, self.at)
    }
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Truncated { needed, left } => {
                write!(f, "{needed} bytes are needed and {left} are left")
            }
            Self::Trailing { count } => write!(f, "{count} bytes too many"),
            Self::Length {
                found,
                minimum,
                maximum,
            } => {
                write!(
                    f,
                    "a length of {found} where {minimum} to {maximum} are allowed"
                )
            }
            Self::Value { field, found } => write!(f, "{field} must not be {found} (0x{found:x})"),
            Self::Duplicate { field } => write!(f, "{field} stands twice"),
            Self::Hex => write!(f, "not a pair of hexadecimal digits"),
        }
    }
}

impl std::error::Error for Error {}
