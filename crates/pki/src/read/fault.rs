//! What can be in the way of reading an input.

use std::fmt;

use crate::explain::Kind;
use crate::pem;

/// Something that is not as it should be, and where.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Fault {
    /// What.
    pub kind: FaultKind,
    /// The offset in the input of the first byte concerned.
    pub at: usize,
}

/// The kinds of fault.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum FaultKind {
    /// There is nothing.
    Empty,
    /// There is nothing that is known here.
    Nothing,
    /// A block of PEM is broken; what comes before the fault is an item all the same.
    Pem(pem::Error),
    /// A block of PEM without contents.
    EmptyBlock {
        /// Its label.
        label: String,
    },
    /// A block of PEM holds something else than its label says.
    Label {
        /// Its label.
        label: String,
        /// What it holds.
        kind: Kind,
    },
    /// A character that base64 does not have (RFC 4648); what comes before it is read.
    NotBase64 {
        /// The character.
        character: char,
    },
    /// The base64 digits do not make whole bytes: something was cut off.
    Base64Incomplete,
    /// A character that is no hexadecimal digit, or half a byte; what comes before it is read.
    NotHex,
    /// Bytes that are no value of ASN.1 follow the last item.
    Leftover {
        /// How many bytes of the input.
        count: usize,
    },
    /// More items than are looked at.
    TooMany,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "at byte {}: {}", self.at, self.kind)
    }
}

impl fmt::Display for FaultKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("there is nothing here"),
            Self::Nothing => f.write_str(
                "no certificate, request, revocation list or bundle: these begin with \
                 -----BEGIN …-----, with MI in base64, or with the byte 30",
            ),
            Self::Pem(error) => error.fmt(f),
            Self::EmptyBlock { label } => write!(f, "the block {label} is empty"),
            Self::Label { label, kind } => {
                write!(f, "the block {label} holds this: {}", kind.name())
            }
            Self::NotBase64 { character } => {
                write!(f, "{character:?} is no base64 digit; was the text edited?")
            }
            Self::Base64Incomplete => {
                f.write_str("the base64 ends too early; was the text cut off?")
            }
            Self::NotHex => f.write_str("not a pair of hexadecimal digits"),
            Self::Leftover { count } => {
                write!(f, "{count} bytes that are no value of ASN.1 follow")
            }
            Self::TooMany => f.write_str("more items than are looked at"),
        }
    }
}
