//! Finds the blocks of PEM in whatever bytes, and says of the broken ones where they break.

use core::ops::Range;
use std::borrow::Cow;

use super::{Block, Error, ErrorKind};

/// The blocks of `input` one after another, broken ones too, each with its place.
#[must_use]
pub fn scan(input: &[u8]) -> Scan<'_> {
    Scan(Lines {
        input,
        position: 0,
        number: 1,
    })
}

/// A block as it stands in an input, sound or not.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Found {
    /// The block; where it is broken, what comes before the fault.
    pub block: Block,
    /// Its bytes in the input, from BEGIN to END.
    pub range: Range<usize>,
    /// The first thing that is wrong with it.
    pub fault: Option<Fault>,
}

/// What is wrong with a block, and the offset in the input.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Fault {
    /// What.
    pub error: Error,
    /// The offset of the first byte concerned.
    pub at: usize,
}

/// The blocks of an input; made by [`scan`].
#[derive(Clone, Debug)]
pub struct Scan<'a>(Lines<'a>);

impl Iterator for Scan<'_> {
    type Item = Found;

    fn next(&mut self) -> Option<Found> {
        while let Some(line) = self.0.next() {
            match line.boundary() {
                Some(("BEGIN", label)) => return Some(self.block(&line, label.to_owned())),
                Some((_, label)) => {
                    let label = label.to_owned();
                    let kind = ErrorKind::NoBegin {
                        label: label.clone(),
                    };
                    return Some(Found {
                        fault: Some(line.fault(kind)),
                        block: Block {
                            label,
                            contents: Vec::new(),
                            headers: Vec::new(),
                            line: line.number,
                        },
                        range: line.trimmed(),
                    });
                }
                None => {}
            }
        }
        None
    }
}

impl Scan<'_> {
    /// Reads the lines of the block that this one begins.
    fn block(&mut self, begin: &Line<'_>, label: String) -> Found {
        let mut headers = Vec::new();
        let mut base64 = Base64::default();
        let mut fault = None;
        let mut range = begin.trimmed();
        let mut has_end = false;
        loop {
            let before = self.0.clone();
            let Some(line) = self.0.next() else {
                break;
            };
            if let Some((word, end)) = line.boundary() {
                has_end = true;
                let (end, found) = (end == label && word == "END", line.text().into_owned());
                if word == "BEGIN" {
                    // It is the next block's.
                    self.0 = before;
                } else {
                    range.end = line.trimmed().end;
                }
                let label = label.clone();
                if !end {
                    fault = fault.or(Some(line.fault(ErrorKind::WrongEnd { label, found })));
                } else if !base64.is_complete() {
                    fault = fault.or(Some(line.fault(ErrorKind::Incomplete { label })));
                }
                break;
            }
            range.end = range.end.max(line.trimmed().end);
            let text = line.text();
            match text.split_once(':') {
                Some((name, value)) if base64.is_empty() => {
                    headers.push((name.trim().to_owned(), value.trim().to_owned()));
                }
                _ if fault.is_none() => {
                    if let Err(index) = base64.push(line.bytes()) {
                        let character = character(&line.bytes()[index..]);
                        let mut found = line.fault(ErrorKind::NotBase64 { character });
                        found.at = line.range.start + index;
                        fault = Some(found);
                    }
                }
                _ => {}
            }
        }
        if !has_end {
            let label = label.clone();
            fault = fault.or(Some(begin.fault(ErrorKind::Unterminated { label })));
        }
        Found {
            block: Block {
                label,
                contents: base64.finish(),
                headers,
                line: begin.number,
            },
            range,
            fault,
        }
    }
}

/// The lines of an input. A boundary is a line of its own also where it is not: texts that went
/// through a form often have lost their line breaks.
#[derive(Clone, Debug)]
struct Lines<'a> {
    input: &'a [u8],
    position: usize,
    number: usize,
}

struct Line<'a> {
    input: &'a [u8],
    range: Range<usize>,
    number: usize,
}

const DASHES: &[u8] = b"-----";
/// The most characters of a label: far more than any has.
const LABEL: usize = 100;

impl<'a> Iterator for Lines<'a> {
    type Item = Line<'a>;

    fn next(&mut self) -> Option<Line<'a>> {
        let start = self.position;
        let rest = self.input.get(start..).filter(|rest| !rest.is_empty())?;
        let number = self.number;
        let blank = rest.iter().take_while(|byte| is_blank(**byte)).count();
        let length = match boundary(&rest[blank..]) {
            Some((.., end)) => blank + end,
            None => line_length(rest, blank),
        };
        let after = &rest[length..];
        let tail = after.iter().take_while(|byte| is_blank(**byte)).count();
        self.position = start + length;
        if matches!(after.get(tail), None | Some(b'\n')) {
            self.position += (tail + 1).min(after.len());
            self.number += 1;
        }
        let end = length;
        Some(Line {
            input: self.input,
            range: start..start + end,
            number,
        })
    }
}

/// White space within a line.
fn is_blank(byte: u8) -> bool {
    byte != b'\n' && byte.is_ascii_whitespace()
}

/// Where the line ends: at its break, or where the next boundary may start. One of those does not
/// start after the `blank` bytes of white space.
fn line_length(rest: &[u8], blank: usize) -> usize {
    let is_end = |at: usize| {
        let ahead = &rest[at..];
        let marked = || ahead.starts_with(b"-----BEGIN ") || ahead.starts_with(b"-----END ");
        ahead.starts_with(b"\n") || (at > blank && ahead.starts_with(b"-") && marked())
    };
    (0..rest.len()).find(|at| is_end(*at)).unwrap_or(rest.len())
}

impl<'a> Line<'a> {
    fn bytes(&self) -> &'a [u8] {
        &self.input[self.range.clone()]
    }

    fn text(&self) -> Cow<'a, str> {
        String::from_utf8_lossy(self.bytes().trim_ascii())
    }

    /// Its place without the white space around it.
    fn trimmed(&self) -> Range<usize> {
        let bytes = self.bytes();
        let start = self.range.end - bytes.trim_ascii_start().len();
        start..(start + bytes.trim_ascii().len())
    }

    fn boundary(&self) -> Option<(&'a str, &'a str)> {
        let (word, label, _) = boundary(self.bytes().trim_ascii_start())?;
        Some((word, label))
    }

    fn fault(&self, kind: ErrorKind) -> Fault {
        let line = self.number;
        Fault {
            error: Error { line, kind },
            at: self.trimmed().start,
        }
    }
}

/// The word and the label, if `line` starts with the boundary `-----{word} LABEL-----`, and where
/// that ends.
fn boundary(line: &[u8]) -> Option<(&str, &str, usize)> {
    let after = line.strip_prefix(DASHES)?;
    let (word, label) = match after {
        [b'B', b'E', b'G', b'I', b'N', b' ', label @ ..] => ("BEGIN", label),
        [b'E', b'N', b'D', b' ', label @ ..] => ("END", label),
        _ => return None,
    };
    let mut windows = label.windows(DASHES.len()).take(LABEL);
    let length = windows.position(|window| window == DASHES)?;
    let label = str::from_utf8(&label[..length]).ok()?;
    if label.contains('\n') {
        return None;
    }
    let start = DASHES.len() + word.len() + 1;
    Some((word, label, start + length + DASHES.len()))
}

/// The character that starts there.
pub(crate) fn character(bytes: &[u8]) -> char {
    let text = String::from_utf8_lossy(&bytes[..bytes.len().min(4)]).into_owned();
    text.chars().next().unwrap_or(char::REPLACEMENT_CHARACTER)
}

/// A base64 decoder over lines (RFC 4648 §4).
#[derive(Default)]
struct Base64 {
    bytes: Vec<u8>,
    bits: u32,
    digits: usize,
    padding: usize,
}

impl Base64 {
    fn is_empty(&self) -> bool {
        self.digits == 0
    }

    /// Takes a line's digits; gives back where the first byte that is none stands.
    fn push(&mut self, line: &[u8]) -> Result<(), usize> {
        for (index, byte) in line.iter().enumerate() {
            if byte.is_ascii_whitespace() {
                continue;
            }
            match digit(*byte) {
                Some(digit) if self.padding == 0 => {
                    self.bits = self.bits << 6 | digit;
                }
                None if *byte == b'=' && self.padding < 2 && self.digits % 4 >= 2 => {
                    self.bits <<= 6;
                    self.padding += 1;
                }
                _ => return Err(index),
            }
            self.digits += 1;
            if self.is_complete() {
                let [_, group @ ..] = self.bits.to_be_bytes();
                self.bytes.extend(&group[..3 - self.padding]);
                self.bits = 0;
            }
        }
        Ok(())
    }

    /// Whether the digits made whole groups.
    fn is_complete(&self) -> bool {
        self.digits.is_multiple_of(4)
    }

    /// The bytes, with those of a group that has not ended.
    fn finish(mut self) -> Vec<u8> {
        let missing = 4 - self.digits % 4;
        if missing < 3 && self.padding == 0 {
            let bits = self.bits << (6 * missing);
            let [_, group @ ..] = bits.to_be_bytes();
            self.bytes.extend(&group[..3 - missing]);
        }
        self.bytes
    }
}

/// The value of a base64 digit.
pub(crate) fn digit(byte: u8) -> Option<u32> {
    Some(u32::from(match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        _ => return None,
    }))
}
