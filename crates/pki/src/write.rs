//! Writing DER (X.690): values framed by identifier and length.

use der::oid::ObjectIdentifier;

use crate::explain::der::{BIT_STRING, INTEGER, OBJECT_IDENTIFIER, SEQUENCE};

/// A value with this identifier octet, whose contents are `parts`, one after another.
pub(crate) fn value(identifier: u8, parts: &[&[u8]]) -> Vec<u8> {
    let length: usize = parts.iter().map(|part| part.len()).sum();
    let mut der = vec![identifier];
    match u8::try_from(length) {
        Ok(short @ 0..=0x7f) => der.push(short),
        _ => {
            let octets = length.to_be_bytes();
            let octets = trimmed(&octets);
            der.extend((0x80_u8..).nth(octets.len()));
            der.extend(octets);
        }
    }
    for part in parts {
        der.extend(*part);
    }
    der
}

/// A `SEQUENCE` of these.
pub(crate) fn sequence(parts: &[&[u8]]) -> Vec<u8> {
    value(SEQUENCE, parts)
}

/// An `INTEGER` that is not negative, from its big-endian bytes.
pub(crate) fn natural(bytes: &[u8]) -> Vec<u8> {
    let bytes = trimmed(bytes);
    let sign: &[u8] = match bytes.first() {
        Some(0..=0x7f) => &[],
        _ => &[0],
    };
    value(INTEGER, &[sign, bytes])
}

/// A `BIT STRING` of whole octets.
pub(crate) fn bit_string(octets: &[u8]) -> Vec<u8> {
    value(BIT_STRING, &[&[0], octets])
}

/// An `OBJECT IDENTIFIER`.
pub(crate) fn object_identifier(identifier: &ObjectIdentifier) -> Vec<u8> {
    value(OBJECT_IDENTIFIER, &[identifier.as_bytes()])
}

/// Without the zeros in front.
fn trimmed(bytes: &[u8]) -> &[u8] {
    let zeros = bytes.iter().take_while(|byte| **byte == 0).count();
    &bytes[zeros..]
}

#[cfg(test)]
mod tests {
    use super::*;
    use padlock_wire::hex;

    #[test]
    fn lengths() {
        for (length, header) in [
            (0, "0400"),
            (127, "047f"),
            (128, "048180"),
            (255, "0481ff"),
            (256, "04820100"),
            (65_536, "0483010000"),
        ] {
            let der = value(4, &[&vec![7; length]]);
            assert_eq!(hex::encode(&der[..der.len() - length]), header);
        }
    }

    #[test]
    fn naturals() {
        for (bytes, expected) in [
            ("", "020100"),
            ("0000", "020100"),
            ("7f", "02017f"),
            ("0080", "02020080"),
            ("00ff01", "020300ff01"),
        ] {
            let bytes = hex::decode(bytes).unwrap();
            assert_eq!(hex::encode(&natural(&bytes)), expected);
        }
    }
}
