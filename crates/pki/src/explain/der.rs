//! Identifier, length, contents: how DER (X.690) frames every value.

use std::ops::Range;

pub(crate) const BOOLEAN: u8 = 0x01;
pub(crate) const INTEGER: u8 = 0x02;
pub(crate) const BIT_STRING: u8 = 0x03;
pub(crate) const OCTET_STRING: u8 = 0x04;
pub(crate) const NULL: u8 = 0x05;
pub(crate) const OBJECT_IDENTIFIER: u8 = 0x06;
pub(crate) const ENUMERATED: u8 = 0x0a;
pub(crate) const UTF8_STRING: u8 = 0x0c;
pub(crate) const NUMERIC_STRING: u8 = 0x12;
pub(crate) const PRINTABLE_STRING: u8 = 0x13;
pub(crate) const TELETEX_STRING: u8 = 0x14;
pub(crate) const IA5_STRING: u8 = 0x16;
pub(crate) const UTC_TIME: u8 = 0x17;
pub(crate) const GENERALIZED_TIME: u8 = 0x18;
pub(crate) const VISIBLE_STRING: u8 = 0x1a;
pub(crate) const UNIVERSAL_STRING: u8 = 0x1c;
pub(crate) const BMP_STRING: u8 = 0x1e;
pub(crate) const SEQUENCE: u8 = 0x30;
pub(crate) const SET: u8 = 0x31;

/// `[number] IMPLICIT` of a primitive type.
pub(crate) const fn context(number: u8) -> u8 {
    0x80 | number
}

/// `[number] EXPLICIT`, or `IMPLICIT` of a constructed type.
pub(crate) const fn constructed(number: u8) -> u8 {
    0xa0 | number
}

/// The identifier and length octets of a value.
#[derive(Clone, Debug)]
pub(crate) struct Header {
    /// The first identifier octet: class, constructed bit, and the number if it is below 31.
    pub(crate) identifier: u8,
    /// The identifier octets.
    pub(crate) identifier_octets: Range<usize>,
    /// The length octets; the contents follow.
    pub(crate) length_octets: Range<usize>,
    /// How many contents octets there should be; `None` for the indefinite form of BER.
    pub(crate) length: Option<usize>,
    /// Whether the length takes no more octets than it needs, as DER wants.
    pub(crate) is_shortest: bool,
}

/// Why there is no header.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum HeaderError {
    /// The octets end within it.
    Truncated,
    /// A tag number or length that no certificate can have.
    TooLarge,
}

impl Header {
    /// Reads the header at `at`, within the octets up to `end`.
    pub(crate) fn read(input: &[u8], at: usize, end: usize) -> Result<Self, HeaderError> {
        let octets = &input[..end];
        let octet = |position: usize| octets.get(position).copied().ok_or(HeaderError::Truncated);
        let identifier = octet(at)?;
        let mut position = at + 1;
        if identifier & 0x1f == 0x1f {
            let mut number = 0_u32;
            loop {
                let next = octet(position)?;
                position += 1;
                if number >> 25 != 0 {
                    return Err(HeaderError::TooLarge);
                }
                number = number << 7 | u32::from(next & 0x7f);
                if next & 0x80 == 0 {
                    break;
                }
            }
        }
        let identifier_octets = at..position;
        let first = octet(position)?;
        position += 1;
        let (length, is_shortest) = match first {
            0..=0x7f => (Some(usize::from(first)), true),
            0x80 => (None, true),
            _ => {
                let count = usize::from(first & 0x7f);
                let mut length = 0_usize;
                let mut leading_zero = false;
                for index in 0..count {
                    let next = octet(position)?;
                    position += 1;
                    leading_zero |= index == 0 && next == 0;
                    length = length
                        .checked_mul(256)
                        .and_then(|length| length.checked_add(usize::from(next)))
                        .ok_or(HeaderError::TooLarge)?;
                }
                (Some(length), !leading_zero && length > 0x7f)
            }
        };
        Ok(Self {
            identifier,
            length_octets: identifier_octets.end..position,
            identifier_octets,
            length,
            is_shortest,
        })
    }

    /// Where the contents start.
    pub(crate) fn contents(&self) -> usize {
        self.length_octets.end
    }

    /// Whether the contents are values again.
    pub(crate) fn is_constructed(&self) -> bool {
        self.identifier & 0x20 != 0
    }
}

/// Where the contents that start at `contents`, of a value with indefinite length, end: before the
/// two end-of-contents octets that are its own; and the same of the values within it that have
/// indefinite length too, down to `depth` levels. `None` for those whose end never comes.
pub(crate) fn ends_of_contents(
    input: &[u8],
    contents: usize,
    end: usize,
    depth: usize,
) -> Vec<(usize, Option<usize>)> {
    let mut open = vec![contents];
    let mut ends = Vec::new();
    let mut position = contents;
    while let Some(&innermost) = open.last() {
        if input[..end]
            .get(position..)
            .is_some_and(|rest| rest.starts_with(&[0, 0]))
        {
            open.pop();
            if open.len() < depth {
                ends.push((innermost, Some(position)));
            }
            position += 2;
            continue;
        }
        let Ok(header) = Header::read(input, position, end) else {
            break;
        };
        position = match header.length {
            None => {
                open.push(header.contents());
                header.contents()
            }
            Some(length) => header.contents().saturating_add(length),
        };
    }
    open.truncate(depth);
    ends.extend(open.into_iter().map(|contents| (contents, None)));
    ends
}

/// Reads values one after another, for those who need values and not explanations: the first that
/// is not framed as DER wants ends it.
#[derive(Clone, Debug)]
pub(crate) struct Reader<'a> {
    input: &'a [u8],
    position: usize,
    end: usize,
}

/// A framed value.
#[derive(Clone, Debug)]
pub(crate) struct Element<'a> {
    input: &'a [u8],
    /// The identifier octet.
    pub(crate) identifier: u8,
    /// All its octets.
    pub(crate) range: Range<usize>,
    /// Its contents octets.
    pub(crate) contents: Range<usize>,
}

impl<'a> Reader<'a> {
    /// Reads the whole of `input`.
    pub(crate) fn new(input: &'a [u8]) -> Self {
        Self {
            input,
            position: 0,
            end: input.len(),
        }
    }

    /// Whether nothing is left; after a fault something is.
    pub(crate) fn is_at_end(&self) -> bool {
        self.position == self.end
    }

    /// The next value, if its identifier is this one.
    pub(crate) fn next_if(&mut self, identifier: u8) -> Option<Element<'a>> {
        let mut ahead = self.clone();
        let element = ahead.next()?;
        if element.identifier != identifier {
            return None;
        }
        *self = ahead;
        Some(element)
    }
}

impl<'a> Iterator for Reader<'a> {
    type Item = Element<'a>;

    fn next(&mut self) -> Option<Element<'a>> {
        let header = Header::read(self.input, self.position, self.end).ok()?;
        let end = header.contents().checked_add(header.length?)?;
        if end > self.end || !header.is_shortest || header.identifier & 0x1f == 0x1f {
            return None;
        }
        let range = self.position..end;
        self.position = end;
        Some(Element {
            input: self.input,
            identifier: header.identifier,
            range,
            contents: header.contents()..end,
        })
    }
}

impl<'a> Element<'a> {
    /// The contents octets.
    pub(crate) fn octets(&self) -> &'a [u8] {
        &self.input[self.contents.clone()]
    }

    /// All octets, header included.
    pub(crate) fn der(&self) -> &'a [u8] {
        &self.input[self.range.clone()]
    }

    /// Reads the values within.
    pub(crate) fn values(&self) -> Reader<'a> {
        Reader {
            input: self.input,
            position: self.contents.start,
            end: self.contents.end,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers() {
        for (octets, expected) in [
            ("0500", Some((2, Some(0), true))),
            ("30820102", Some((4, Some(0x102), true))),
            ("308102", Some((3, Some(2), false))),
            ("30820080", Some((4, Some(0x80), false))),
            ("3080", Some((2, None, true))),
            ("bf8f7f03", Some((4, Some(3), true))),
            ("", None),
            ("30", None),
            ("3082", None),
            ("bf8f", None),
            ("308affffffffffffffffffff", None),
            ("bfffffffffffff0100", None),
        ] {
            let octets = padlock_wire::hex::decode(octets).unwrap();
            let header = Header::read(&octets, 0, octets.len()).ok();
            let read = header.map(|h| (h.contents(), h.length, h.is_shortest));
            assert_eq!(read, expected, "{octets:02x?}");
        }
    }

    #[test]
    fn indefinite_lengths_end_at_their_own_end() {
        // SEQUENCE { SEQUENCE { NULL } NULL }, all but NULL with indefinite length.
        let octets = padlock_wire::hex::decode("3080 3080 0500 0000 0500 0000").unwrap();
        let ends = |end, depth| ends_of_contents(&octets, 2, end, depth);
        assert_eq!(ends(octets.len(), 9), [(4, Some(6)), (2, Some(10))]);
        assert_eq!(ends(octets.len(), 1), [(2, Some(10))]);
        assert_eq!(ends(10, 9), [(4, Some(6)), (2, None)]);
        assert_eq!(ends(5, 9), [(2, None), (4, None)]);
    }
}
