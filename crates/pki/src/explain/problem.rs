//! What can be wrong with a certificate's bytes.

use std::fmt;

/// Something that is not as the standards want it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Problem {
    /// What.
    pub kind: ProblemKind,
    /// The offset of the first byte concerned.
    pub at: usize,
}

/// The kinds of problem.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum ProblemKind {
    /// The bytes end too early.
    Truncated {
        /// How many bytes there should be from here on; `None` where not even that is known.
        needed: Option<usize>,
        /// How many there are.
        left: usize,
    },
    /// A value is longer than what it lies in.
    Overrun {
        /// How long it says it is.
        length: usize,
        /// How many bytes there are for it.
        left: usize,
    },
    /// Bytes follow where the structure is complete.
    Trailing {
        /// How many.
        count: usize,
    },
    /// A tag or length too large for any certificate.
    HeaderTooLarge,
    /// The indefinite form of length, which BER has and DER has not (X.690 §10.1).
    IndefiniteLength,
    /// A length in more bytes than it needs (X.690 §10.1).
    LengthNotShortest,
    /// A value of another kind than the field's.
    UnexpectedTag {
        /// The field.
        field: &'static str,
        /// The identifier octet that stands there.
        found: u8,
    },
    /// A field that must be there is not.
    Missing {
        /// The field.
        field: &'static str,
    },
    /// A value in a structure that has no more fields.
    Unexpected {
        /// The identifier octet that stands there.
        found: u8,
    },
    /// A primitive value that should hold others, or the reverse.
    WrongForm {
        /// The field.
        field: &'static str,
    },
    /// The contents are no value of the field's type: an empty number, a date that no calendar has.
    Invalid {
        /// The type.
        type_name: &'static str,
    },
    /// A value that DER would write otherwise: a number with needless leading octets, a `TRUE`
    /// other than ff, unused bits that are set.
    NotDer {
        /// The type.
        type_name: &'static str,
    },
    /// A character string with characters that its type does not have.
    Characters {
        /// The type.
        type_name: &'static str,
    },
    /// A field that certificates, or lists, of this version do not have (RFC 5280 §4.1.2.1, §5.1.2.1).
    NotInVersion {
        /// The field.
        field: &'static str,
    },
    /// A default value that is written out; DER leaves it out (X.690 §11.5).
    DefaultEncoded {
        /// The field.
        field: &'static str,
    },
    /// A serial number that is not positive (RFC 5280 §4.1.2.2).
    SerialNumber,
    /// A serial number that takes more than 20 octets (RFC 5280 §4.1.2.2).
    SerialNumberTooLong,
    /// A `GeneralizedTime` for a moment before 2050, which must be a `UTCTime` (RFC 5280 §4.1.2.5).
    TimeType,
    /// A structure that is no DER, and broken.
    Structure(padlock_wire::ErrorKind),
    /// Values nested too deeply to be followed.
    TooDeep,
    /// Too many values, or extensions, to be followed.
    TooMany,
}

impl ProblemKind {
    /// Whether a certificate is read all the same: what it says is beyond doubt, and there are such
    /// certificates. RFC 5280 §4.1.2.2 asks for it where a serial number is not positive.
    #[must_use]
    pub const fn is_tolerable(&self) -> bool {
        matches!(
            self,
            Self::Characters { .. }
                | Self::DefaultEncoded { .. }
                | Self::SerialNumber
                | Self::TimeType
        )
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "at byte {}: {}", self.at, self.kind)
    }
}

impl fmt::Display for ProblemKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Truncated { needed: None, left } => {
                write!(f, "the bytes end too early, {left} are left")
            }
            Self::Truncated {
                needed: Some(needed),
                left,
            } => write!(f, "{needed} bytes are needed and {left} are left"),
            Self::Overrun { length, left } => {
                write!(f, "a value of {length} bytes where {left} have room")
            }
            Self::Trailing { count } => write!(f, "{count} bytes too many"),
            Self::HeaderTooLarge => write!(f, "a tag or length beyond all bounds"),
            Self::IndefiniteLength => write!(f, "indefinite length (BER, not DER)"),
            Self::LengthNotShortest => write!(f, "a length in more bytes than it needs"),
            Self::UnexpectedTag { field, found } => {
                write!(f, "{field} has another type (0x{found:02x})")
            }
            Self::Missing { field } => write!(f, "{field} is missing"),
            Self::Unexpected { found } => write!(f, "a value too many (0x{found:02x})"),
            Self::WrongForm { field } => {
                write!(
                    f,
                    "{field} is primitive where it should be constructed, or the reverse"
                )
            }
            Self::Invalid { type_name } | Self::Characters { type_name } => {
                write!(f, "not a valid {type_name}")
            }
            Self::NotDer { type_name } => write!(f, "a {type_name} not as DER writes it"),
            Self::NotInVersion { field } => {
                write!(f, "certificates of this version have no {field}")
            }
            Self::DefaultEncoded { field } => {
                write!(f, "{field} has its default value, which DER leaves out")
            }
            Self::SerialNumber => write!(f, "a serial number must be positive"),
            Self::SerialNumberTooLong => write!(f, "a serial number takes 20 octets at most"),
            Self::TimeType => write!(f, "a GeneralizedTime before 2050, which is for UTCTime"),
            Self::Structure(kind) => kind.fmt(f),
            Self::TooDeep => write!(f, "nested too deeply to be followed"),
            Self::TooMany => write!(f, "too many values to be followed"),
        }
    }
}
