//! Queries of addresses, taken apart.

use padlock_wire::hex;

/// The `name=value` pairs of a query, in order, without their encoding.
///
/// A name without a value has the empty one. A `+` is a plus, as in the time zone of a date: a
/// fragment is no form.
///
/// ```
/// use padlock_lesson::address::pairs;
///
/// let found: Vec<_> = pairs("kx=rsa&&date=18%3A30+01:00&embed").collect();
/// let found: Vec<_> = found.iter().map(|(name, value)| (&name[..], &value[..])).collect();
/// assert_eq!(found, [("kx", "rsa"), ("date", "18:30+01:00"), ("embed", "")]);
/// ```
pub fn pairs(query: &str) -> impl Iterator<Item = (String, String)> {
    let parts = query.split('&').filter(|part| !part.is_empty());
    parts.map(|part| {
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        (decode(name), decode(value))
    })
}

/// Undoes the percent-encoding of RFC 3986 §2.1; what is none stays as it is.
fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let digits = after
            .get(..2)
            .and_then(|digits| str::from_utf8(digits).ok());
        let escaped = digits.and_then(|digits| hex::decode(digits).ok());
        match (first, escaped.as_deref()) {
            (b'%', Some([byte])) => {
                bytes.push(*byte);
                rest = &after[2..];
            }
            (byte, _) => {
                bytes.push(*byte);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn decodes_what_is_no_encoding_as_it_stands() {
        for (text, value) in [
            ("", ""),
            ("a%20b", "a b"),
            ("%", "%"),
            ("%4", "%4"),
            ("%zz", "%zz"),
            ("% 1", "% 1"),
            ("%+1", "%+1"),
            ("%41%", "A%"),
            ("%ff", "\u{fffd}"),
            ("%c3%BC", "ü"),
            ("+01:00", "+01:00"),
        ] {
            assert_eq!(decode(text), value, "{text}");
        }
    }
}
