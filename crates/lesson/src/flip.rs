//! A bit of a certificate that was turned over, wherever its byte is shown.

use crate::lesson::Lesson;

/// A byte of which one bit was turned over after it was signed.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Flip {
    /// Where it stands among the bytes that are shown.
    pub at: usize,
    /// What it is.
    pub found: u8,
    /// What it was when it was signed.
    pub signed: u8,
}

impl Lesson {
    /// The byte with the flipped bit, if these bytes hold the certificate that it is in.
    #[must_use]
    pub fn flip(&self, bytes: &[u8]) -> Option<Flip> {
        let flipped = self.flipped?;
        let der = &self.certificates.get(flipped.certificate)?.der;
        let mut places = bytes.windows(der.len().max(1));
        let at = places.position(|place| place == der)? + flipped.byte;
        let found = *bytes.get(at)?;
        let signed = found ^ flipped.mask;
        Some(Flip { at, found, signed })
    }
}
