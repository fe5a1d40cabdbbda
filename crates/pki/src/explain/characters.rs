//! The character strings of ASN.1 as Rust's.

use super::der::{
    BMP_STRING, IA5_STRING, NUMERIC_STRING, PRINTABLE_STRING, TELETEX_STRING, UNIVERSAL_STRING,
    UTF8_STRING, VISIBLE_STRING,
};

/// Whether a value with this identifier is a character string.
pub(crate) fn is_string(identifier: u8) -> bool {
    matches!(
        identifier,
        UTF8_STRING
            | NUMERIC_STRING
            | PRINTABLE_STRING
            | TELETEX_STRING
            | IA5_STRING
            | VISIBLE_STRING
            | UNIVERSAL_STRING
            | BMP_STRING
    )
}

/// The text of a character string, or the offset of the first octet that its type does not allow.
///
/// `TeletexString` is read as Latin-1, as everybody does.
pub(crate) fn decode(identifier: u8, octets: &[u8]) -> Result<String, usize> {
    match identifier {
        NUMERIC_STRING => ascii(octets, |octet| octet == b' ' || octet.is_ascii_digit()),
        PRINTABLE_STRING => ascii(octets, is_printable),
        VISIBLE_STRING => ascii(octets, |octet| (0x20..0x7f).contains(&octet)),
        IA5_STRING => ascii(octets, |octet| octet.is_ascii()),
        TELETEX_STRING => Ok(octets.iter().copied().map(char::from).collect()),
        BMP_STRING => wide(octets, 2),
        UNIVERSAL_STRING => wide(octets, 4),
        _ => std::str::from_utf8(octets)
            .map(str::to_owned)
            .map_err(|error| error.valid_up_to()),
    }
}

fn ascii(octets: &[u8], allowed: impl Fn(u8) -> bool) -> Result<String, usize> {
    match octets.iter().position(|octet| !allowed(*octet)) {
        Some(at) => Err(at),
        None => Ok(octets.iter().copied().map(char::from).collect()),
    }
}

fn is_printable(octet: u8) -> bool {
    octet.is_ascii_alphanumeric() || b" '()+,-./:=?".contains(&octet)
}

/// Characters of `width` octets each, the most significant first; no surrogates.
fn wide(octets: &[u8], width: usize) -> Result<String, usize> {
    let characters = octets.chunks(width).enumerate().map(|(index, chunk)| {
        let number = chunk.iter().fold(0, |n, octet| n << 8 | u32::from(*octet));
        Some(number)
            .filter(|_| chunk.len() == width)
            .and_then(char::from_u32)
            .ok_or(index * width)
    });
    characters.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_type_has_its_characters() {
        for (identifier, octets, expected) in [
            (UTF8_STRING, &b"Stra\xc3\x9fe"[..], Ok("Straße")),
            (UTF8_STRING, b"Stra\xdfe", Err(4)),
            (TELETEX_STRING, b"Stra\xdfe", Ok("Straße")),
            (PRINTABLE_STRING, b"Example CA", Ok("Example CA")),
            (PRINTABLE_STRING, b"a*b", Err(1)),
            (IA5_STRING, b"*.example.com", Ok("*.example.com")),
            (IA5_STRING, b"\xe9", Err(0)),
            (NUMERIC_STRING, b"12 3", Ok("12 3")),
            (NUMERIC_STRING, b"12a", Err(2)),
            (VISIBLE_STRING, b"a\n", Err(1)),
            (BMP_STRING, b"\0A\x20\xac", Ok("A€")),
            (BMP_STRING, b"\0A\0", Err(2)),
            (BMP_STRING, b"\xd8\x00", Err(0)),
            (UNIVERSAL_STRING, b"\0\x01\xf5\x12", Ok("🔒")),
        ] {
            let expected = expected.map(str::to_owned);
            assert_eq!(decode(identifier, octets), expected, "{octets:?}");
        }
    }
}
