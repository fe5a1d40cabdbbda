//! What can go wrong when issuing.

use core::fmt;

use x509_cert::builder;

use crate::key::KeyError;

/// Why a certificate could not be issued.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum IssueError {
    /// A date before 1970 or after 9999.
    Date {
        /// The date, in seconds since 1970.
        seconds: i64,
    },
    /// A serial number that is longer than 20 bytes (RFC 5280 §4.1.2.2).
    SerialNumber,
    /// A name with characters that its encoding does not have.
    Name {
        /// The name.
        name: String,
    },
    /// The key did not sign.
    Key(KeyError),
    /// A field that the builder could not encode.
    Encoding {
        /// The field.
        what: &'static str,
    },
}

impl fmt::Display for IssueError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Date { seconds } => write!(
                f,
                "a certificate's dates lie between 1970 and 9999, {seconds} s since 1970 do not"
            ),
            Self::SerialNumber => {
                f.write_str("a serial number is a positive number of at most 20 bytes")
            }
            Self::Name { name } => write!(
                f,
                "the name {name:?} has characters that a certificate cannot hold there; \
                 write international domain names in their ASCII form (xn--…)"
            ),
            Self::Key(error) => write!(f, "the issuer's key did not sign: {error}"),
            Self::Encoding { what } => write!(f, "the {what} has no encoding in DER"),
        }
    }
}

impl core::error::Error for IssueError {}

impl From<builder::Error> for IssueError {
    fn from(error: builder::Error) -> Self {
        Self::Encoding {
            what: match error {
                builder::Error::PublicKey(_) => "public key",
                builder::Error::Signature(_) => "signature",
                _ => "certificate",
            },
        }
    }
}
