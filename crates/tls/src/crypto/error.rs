use std::{error, fmt};

/// A key that is not as long as its algorithm wants it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct KeyLengthError {
    /// The length, in bytes, that the algorithm takes.
    pub expected: usize,
    /// The length, in bytes, of the key that was given.
    pub given: usize,
}

impl fmt::Display for KeyLengthError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { expected, given } = self;
        write!(f, "a key of {expected} bytes is needed, not of {given}")
    }
}

impl error::Error for KeyLengthError {}

/// A record that is not what the holder of the key sent.
///
/// It carries nothing on purpose: whether the padding, the MAC or the length was wrong must not be
/// seen from outside, and so is not known inside either. The alert is `bad_record_mac`
/// ([RFC 5246 §7.2.2](https://www.rfc-editor.org/rfc/rfc5246#section-7.2.2)).
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct OpenError;

impl fmt::Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the record is not authentic")
    }
}

impl error::Error for OpenError {}
