//! Bytes as hexadecimal digits.

use crate::{Error, ErrorKind};

/// `bytes` as lower-case digits, two a byte, without separators.
#[must_use]
pub fn encode(bytes: &[u8]) -> String {
    const DIGITS: [char; 16] = [
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f',
    ];
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        text.push(DIGITS[usize::from(byte >> 4)]);
        text.push(DIGITS[usize::from(byte & 15)]);
    }
    text
}

/// The bytes that `text` spells. White space and colons between bytes are passed over.
///
/// # Errors
/// [`ErrorKind::Hex`] at the offset of the first character that does not belong.
pub fn decode(text: &str) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::with_capacity(text.len() / 2);
    let mut high: Option<(usize, u32)> = None;
    for (at, character) in text.char_indices() {
        match (character.to_digit(16), high) {
            (Some(digit), None) => high = Some((at, digit)),
            (Some(digit), Some((_, first))) => {
                let byte = u8::try_from(first * 16 + digit);
                bytes.push(byte.map_err(|_| Error::new(ErrorKind::Hex, at))?);
                high = None;
            }
            (None, None) if character.is_ascii_whitespace() || character == ':' => {}
            (None, _) => return Err(Error::new(ErrorKind::Hex, at)),
        }
    }
    match high {
        Some((at, _)) => Err(Error::new(ErrorKind::Hex, at)),
        None => Ok(bytes),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_it_writes() {
        let bytes: Vec<u8> = (0..=255).collect();
        assert_eq!(decode(&encode(&bytes)), Ok(bytes));
    }

    #[test]
    fn reads_separators_and_says_where_it_fails() {
        for (text, expected) in [
            ("", Ok(vec![])),
            ("16 03\n01", Ok(vec![0x16, 3, 1])),
            ("AB:cd", Ok(vec![0xab, 0xcd])),
            ("0", Err(0)),
            ("00 1", Err(3)),
            ("0 0", Err(1)),
            ("00zz", Err(2)),
            ("00é", Err(2)),
        ] {
            let expected = expected.map_err(|at| Error::new(ErrorKind::Hex, at));
            assert_eq!(decode(text), expected, "{text:?}");
        }
    }
}
