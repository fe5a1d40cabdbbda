//! Short names for certificates: digests of them, of their keys, and their serial numbers.

use std::fmt;

use crate::digest::Hash;
use crate::pem;
use crate::verify::certificate::Outline;

/// A digest that stands for what it is of. Its `Display` is in hexadecimal digits with colons, as
/// in `AB:01:…`.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct Fingerprint(Vec<u8>);

impl Fingerprint {
    /// The fingerprint of a certificate in DER, or of whatever bytes.
    #[must_use]
    pub fn of(hash: Hash, der: &[u8]) -> Self {
        Self(hash.of(der))
    }

    /// The pin of a certificate's public key: SHA-256 of its `SubjectPublicKeyInfo` (RFC 7469
    /// §2.4); `None` if the certificate in `der` has none that can be found.
    #[must_use]
    pub fn of_key(der: &[u8]) -> Option<Self> {
        let outline = Outline::read(der)?;
        Some(Self::of(Hash::Sha256, outline.bytes(&outline.key)))
    }

    /// The digest.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// In base64, as pins are written.
    #[must_use]
    pub fn to_base64(&self) -> String {
        pem::base64(&self.0)
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&with_colons(&self.0))
    }
}

/// A serial number, from the contents octets of its `INTEGER`, as people write it: in hexadecimal
/// digits with colons, the sign before them, as in `-7F:01`; without the leading octet that only
/// keeps the sign.
#[must_use]
pub fn serial_number(octets: &[u8]) -> String {
    let is_negative = octets.first().is_some_and(|first| first & 0x80 != 0);
    let mut magnitude = octets.to_vec();
    if is_negative {
        // The two's complement.
        let mut carry = true;
        for octet in magnitude.iter_mut().rev() {
            (*octet, carry) = (!*octet).overflowing_add(u8::from(carry));
        }
    }
    let zeros = magnitude.iter().take_while(|octet| **octet == 0).count();
    let significant = &magnitude[zeros.min(magnitude.len().saturating_sub(1))..];
    let sign = if is_negative { "-" } else { "" };
    format!("{sign}{}", with_colons(significant))
}

fn with_colons(bytes: &[u8]) -> String {
    let pairs: Vec<String> = bytes.iter().map(|byte| format!("{byte:02X}")).collect();
    pairs.join(":")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn serial_numbers_have_their_sign() {
        for (octets, expected) in [
            (&[0x00][..], "00"),
            (&[0x01], "01"),
            (&[0x00, 0x80], "80"),
            (&[0x12, 0x34], "12:34"),
            (&[0xff], "-01"),
            (&[0x80], "-80"),
            (&[0x80, 0x00], "-80:00"),
            (&[0xff, 0x00], "-01:00"),
            (&[], ""),
        ] {
            assert_eq!(serial_number(octets), expected, "{octets:02x?}");
        }
    }
}
