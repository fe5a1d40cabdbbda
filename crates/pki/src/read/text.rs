//! DER written as text without PEM's lines: base64 (RFC 4648 §4, §5) or hexadecimal digits.

use super::shape::OPEN_SSH;
use super::{Fault, FaultKind, Form, status};
use crate::explain::der::SEQUENCE;
use crate::pem;

/// What a text without armour holds.
pub(super) struct Unarmoured {
    pub(super) bytes: Vec<u8>,
    /// Where in the text each byte starts, and at the end where the last one ends.
    pub(super) places: Vec<usize>,
    pub(super) form: Form,
    pub(super) fault: Option<Fault>,
}

/// So many bytes that start as DER, with nothing else among them, are no word by chance.
const PLAIN: usize = 16;

impl Unarmoured {
    /// Reads `text`, or as much of it as is sound; `None` if that does not start as DER, a key of
    /// OpenSSH, or a stapled response does.
    pub(super) fn read(text: &[u8]) -> Option<Self> {
        let is_meant = |read: &Self| {
            let bytes = &read.bytes[..];
            let is_plain = read.fault.is_none() && bytes.len() >= PLAIN;
            matches!(bytes, [SEQUENCE, 0x80..=0x84, ..])
                || (is_plain && bytes.first() == Some(&SEQUENCE))
                || is_short(bytes)
                || bytes.starts_with(OPEN_SSH)
                || status::response(bytes).is_some()
        };
        let (range, text) = stripped(text);
        [Self::hex(range, text), Self::base64(range, text)]
            .into_iter()
            .find(is_meant)
    }

    fn hex(start: usize, text: &[u8]) -> Self {
        let mut read = Self::new(Form::Hex);
        let mut high: Option<(usize, u32)> = None;
        let prefix = if text.starts_with(b"0x") { 2 } else { 0 };
        let mut end = start;
        for (index, byte) in text.iter().enumerate().skip(prefix) {
            let at = start + index;
            match (char::from(*byte).to_digit(16), high) {
                (Some(digit), None) => high = Some((at, digit)),
                (Some(digit), Some((place, first))) => {
                    read.push(first << 4 | digit, place);
                    high = None;
                    end = at + 1;
                }
                (None, None) if byte.is_ascii_whitespace() || *byte == b':' => {}
                (None, _) => {
                    read.stop(FaultKind::NotHex, at);
                    break;
                }
            }
        }
        if let Some((at, _)) = high {
            read.stop(FaultKind::NotHex, at);
        }
        read.places.push(end);
        read
    }

    fn base64(start: usize, text: &[u8]) -> Self {
        let mut read = Self::new(Form::Base64);
        let (mut bits, mut count, mut padding) = (0_u32, 0, false);
        let mut end = start;
        for (index, byte) in text.iter().enumerate() {
            let at = start + index;
            let digit = match byte {
                _ if byte.is_ascii_whitespace() => continue,
                b'=' if count > 1 || padding => {
                    // What follows is another text.
                    (bits, count, padding, end) = (0, 0, true, at + 1);
                    continue;
                }
                b'-' => Some(62),
                b'_' => Some(63),
                byte => pem::digit(*byte),
            };
            let Some(digit) = digit else {
                let character = pem::character(&text[index..]);
                read.stop(FaultKind::NotBase64 { character }, at);
                break;
            };
            (bits, padding) = (bits << 6 | digit, false);
            // With its second to fourth digit a group has one more byte.
            if count > 0 {
                let place = if count == 1 { at - 1 } else { at };
                read.push(bits >> (6 - 2 * count), place);
            }
            count = (count + 1) % 4;
            end = at + 1;
        }
        if count == 1 {
            read.stop(FaultKind::Base64Incomplete, end);
        }
        read.places.push(end);
        read
    }

    fn new(form: Form) -> Self {
        Self {
            bytes: Vec::new(),
            places: Vec::new(),
            form,
            fault: None,
        }
    }

    /// Takes the lowest eight bits as a byte.
    fn push(&mut self, bits: u32, place: usize) {
        let [.., byte] = bits.to_be_bytes();
        self.bytes.push(byte);
        self.places.push(place);
    }

    fn stop(&mut self, kind: FaultKind, at: usize) {
        self.fault.get_or_insert(Fault { kind, at });
    }
}

/// The text without a byte order mark, white space and quotation marks around it, and where it
/// starts.
fn stripped(text: &[u8]) -> (usize, &[u8]) {
    let unmarked = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
    let is_around = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'"' | b'\'');
    let before = unmarked.iter().take_while(|byte| is_around(byte)).count();
    let rest = &unmarked[before..];
    let after = rest.iter().rev().take_while(|byte| is_around(byte)).count();
    let start = text.len() - rest.len();
    (start, &rest[..rest.len() - after])
}

/// Whether it is a `SEQUENCE` of less than 128 octets, and those are there.
fn is_short(bytes: &[u8]) -> bool {
    match bytes {
        [SEQUENCE, length @ 2..=0x7f, contents @ ..] => usize::from(*length) <= contents.len(),
        _ => false,
    }
}
