use std::fmt;

use crate::codes::{AlertDescription, ContentType, ProtocolVersion};

/// What can be wrong with a record, or with how handshake messages lie in records.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Fault {
    /// A content type that TLS does not know.
    ContentType(ContentType),
    /// A version that the record must not carry: before one is agreed, any but 0x03XX
    /// (RFC 5246 §E.1), then any but the agreed one.
    Version(ProtocolVersion),
    /// A fragment, or the content found in it, longer than the standard allows.
    Overflow {
        /// How many bytes it has.
        length: usize,
        /// How many it may have.
        maximum: usize,
    },
    /// No content, where only application data may have none (RFC 5246 §6.2.1).
    Empty(ContentType),
    /// Record after record without content: work for the receiver and nothing to receive.
    TooManyEmpty,
    /// Alert after alert, none of which ended the connection.
    TooManyAlerts,
    /// A protected record that is not what the holder of the key sent. Whether tag, MAC, padding or
    /// length was wrong is not told, and not known here.
    BadRecordMac,
    /// 2⁶⁴ records are protected by one key; the number of the next would be a used one
    /// (RFC 5246 §6.1).
    SequenceOverflow,
    /// A handshake message longer than the party is willing to collect.
    MessageOverflow {
        /// How long its header says that it is.
        length: usize,
        /// How long it may be.
        maximum: usize,
    },
    /// A part of a handshake message is followed by something that is not its next part.
    MessageInterrupted,
    /// A record in clear where all must be protected (RFC 9846 §5).
    Unprotected(ContentType),
    /// A protected record of zeros only, which does not tell what it carries (RFC 9846 §5.4).
    NoContentType,
    /// More early data than is allowed (RFC 9846 §4.3.10).
    EarlyDataOverflow,
}

impl Fault {
    /// The alert that tells the peer (RFC 5246 §7.2.2).
    #[must_use]
    pub const fn alert(self) -> AlertDescription {
        match self {
            Self::ContentType(_)
            | Self::Empty(_)
            | Self::TooManyEmpty
            | Self::TooManyAlerts
            | Self::MessageInterrupted
            | Self::Unprotected(_)
            | Self::NoContentType
            | Self::EarlyDataOverflow => AlertDescription::UNEXPECTED_MESSAGE,
            Self::Version(_) => AlertDescription::PROTOCOL_VERSION,
            Self::Overflow { .. } => AlertDescription::RECORD_OVERFLOW,
            Self::BadRecordMac => AlertDescription::BAD_RECORD_MAC,
            Self::SequenceOverflow => AlertDescription::INTERNAL_ERROR,
            Self::MessageOverflow { .. } => AlertDescription::ILLEGAL_PARAMETER,
        }
    }

    /// Where in the record, or for [`Fault::MessageOverflow`] in the message, the first byte
    /// concerned stands; `None` if no single field is.
    #[must_use]
    pub const fn at(self) -> Option<usize> {
        match self {
            Self::ContentType(_) | Self::Unprotected(_) => Some(0),
            Self::Version(_) | Self::MessageOverflow { .. } => Some(1),
            Self::Overflow { .. } | Self::Empty(_) => Some(3),
            Self::TooManyEmpty
            | Self::TooManyAlerts
            | Self::BadRecordMac
            | Self::SequenceOverflow
            | Self::MessageInterrupted
            | Self::NoContentType
            | Self::EarlyDataOverflow => None,
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ContentType(found) => write!(f, "a record of the unknown type {found}"),
            Self::Version(found) => write!(f, "a record of version {found}"),
            Self::Overflow { length, maximum } => {
                write!(f, "a record of {length} bytes where {maximum} are allowed")
            }
            Self::Empty(content_type) => {
                write!(f, "a record of type {content_type} without content")
            }
            Self::TooManyEmpty => f.write_str("too many records without content"),
            Self::TooManyAlerts => f.write_str("too many alerts one after another"),
            Self::BadRecordMac => f.write_str("the record is not authentic"),
            Self::SequenceOverflow => f.write_str("no sequence number is left under this key"),
            Self::MessageOverflow { length, maximum } => {
                write!(
                    f,
                    "a handshake message of {length} bytes where {maximum} are accepted"
                )
            }
            Self::MessageInterrupted => f.write_str("a handshake message is interrupted"),
            Self::Unprotected(found) => {
                write!(
                    f,
                    "a record of type {found} in clear where all are protected"
                )
            }
            Self::NoContentType => f.write_str("a record does not tell what it carries"),
            Self::EarlyDataOverflow => f.write_str("more early data than is allowed"),
        }
    }
}

impl std::error::Error for Fault {}
