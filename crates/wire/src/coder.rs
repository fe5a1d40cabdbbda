//! The coder that reads and writes fields and remembers what they are.

use std::ops::RangeInclusive;

use crate::{Encoded, Error, ErrorKind, Node, Section, Value};

/// Visits the fields of structures: while reading it sets them from bytes, while writing it makes
/// bytes of them, and both ways it builds the field tree, if somebody wants it.
#[derive(Debug)]
pub struct Coder<'a> {
    mode: Mode<'a>,
    tree: Tree,
    /// The nodes of the structure that is open, so far.
    nodes: Vec<Node>,
}

/// Whether the field tree is built beside.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Tree {
    /// It is: every byte has its node.
    Build,
    /// It is not, which takes less time: there is one node of all bytes.
    Skip,
}

#[derive(Debug)]
enum Mode<'a> {
    /// `end` is where the innermost open vector ends.
    Read {
        input: &'a [u8],
        position: usize,
        end: usize,
    },
    Write {
        output: Vec<u8>,
    },
}

/// The width of a vector's length (RFC 9846 §3.4: "sufficient to hold the maximum").
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Prefix {
    /// One byte.
    U8,
    /// Two bytes.
    U16,
    /// Three bytes.
    U24,
}

impl Prefix {
    /// How many bytes the length takes.
    #[must_use]
    pub const fn width(self) -> usize {
        match self {
            Self::U8 => 1,
            Self::U16 => 2,
            Self::U24 => 3,
        }
    }

    /// The greatest length it can tell.
    #[must_use]
    pub const fn maximum(self) -> usize {
        (1 << (8 * self.width())) - 1
    }
}

/// A number of a registry: any value is kept, the known ones have names.
pub trait CodePoint: Copy {
    /// How many bytes it takes.
    const WIDTH: usize;
    /// The code point with this number; numbers that do not fit lose their upper bits.
    fn from_number(number: u32) -> Self;
    /// Its number.
    fn number(self) -> u32;
    /// Its registered name, if it is known here.
    fn name(self) -> Option<&'static str>;
}

impl<'a> Coder<'a> {
    /// A coder that sets fields from `input`.
    #[must_use]
    pub fn reading(input: &'a [u8], tree: Tree) -> Self {
        Self {
            tree,
            mode: Mode::Read {
                input,
                position: 0,
                end: input.len(),
            },
            nodes: Vec::new(),
        }
    }

    /// A coder that makes bytes of fields.
    #[must_use]
    pub fn writing(tree: Tree) -> Self {
        Self {
            tree,
            mode: Mode::Write { output: Vec::new() },
            nodes: Vec::new(),
        }
    }

    /// Whether fields are being set from bytes.
    #[must_use]
    pub fn is_reading(&self) -> bool {
        matches!(self.mode, Mode::Read { .. })
    }

    /// Where the next field starts.
    #[must_use]
    pub fn position(&self) -> usize {
        match &self.mode {
            Mode::Read { position, .. } => *position,
            Mode::Write { output } => output.len(),
        }
    }

    /// Whether, while reading, the innermost vector has no more bytes. Never while writing.
    #[must_use]
    pub fn is_at_end(&self) -> bool {
        match self.mode {
            Mode::Read { position, end, .. } => position == end,
            Mode::Write { .. } => false,
        }
    }

    /// A fault of the field that comes next.
    #[must_use]
    pub fn error(&self, kind: ErrorKind) -> Error {
        Error::new(kind, self.position())
    }

    /// A one-byte number.
    ///
    /// # Errors
    /// If the bytes end before it.
    pub fn u8(&mut self, label: &'static str, value: &mut u8) -> Result<(), Error> {
        let number = self.number(1, u64::from(*value), label, Value::Number)?;
        *value = u8::try_from(number).unwrap_or(u8::MAX);
        Ok(())
    }

    /// A two-byte number.
    ///
    /// # Errors
    /// If the bytes end before it.
    pub fn u16(&mut self, label: &'static str, value: &mut u16) -> Result<(), Error> {
        let number = self.number(2, u64::from(*value), label, Value::Number)?;
        *value = u16::try_from(number).unwrap_or(u16::MAX);
        Ok(())
    }

    /// A four-byte number.
    ///
    /// # Errors
    /// If the bytes end before it.
    pub fn u32(&mut self, label: &'static str, value: &mut u32) -> Result<(), Error> {
        let number = self.number(4, u64::from(*value), label, Value::Number)?;
        *value = u32::try_from(number).unwrap_or(u32::MAX);
        Ok(())
    }

    /// An eight-byte number.
    ///
    /// # Errors
    /// If the bytes end before it.
    pub fn u64(&mut self, label: &'static str, value: &mut u64) -> Result<(), Error> {
        *value = self.number(8, *value, label, Value::Number)?;
        Ok(())
    }

    /// A code point.
    ///
    /// # Errors
    /// If the bytes end before it.
    pub fn code<C: CodePoint>(&mut self, label: &'static str, value: &mut C) -> Result<(), Error> {
        let number = self.number(C::WIDTH, u64::from(value.number()), label, |number| {
            let code = C::from_number(u32::try_from(number).unwrap_or(u32::MAX));
            Value::Code {
                number: code.number(),
                name: code.name(),
            }
        })?;
        *value = C::from_number(u32::try_from(number).unwrap_or(u32::MAX));
        Ok(())
    }

    /// Exactly `N` bytes.
    ///
    /// # Errors
    /// If the bytes end before the last of them.
    pub fn array<const N: usize>(
        &mut self,
        label: &'static str,
        value: &mut [u8; N],
    ) -> Result<(), Error> {
        let start = self.position();
        match &mut self.mode {
            Mode::Read { .. } => value.copy_from_slice(self.take(N)?),
            Mode::Write { output } => output.extend_from_slice(value),
        }
        self.leaf(label, start, Value::Opaque);
        Ok(())
    }

    /// A vector of bytes: its length, then the bytes.
    ///
    /// # Errors
    /// If the bytes end early or there are fewer or more than `bounds` allows.
    pub fn opaque(
        &mut self,
        label: &'static str,
        prefix: Prefix,
        bounds: RangeInclusive<usize>,
        value: &mut Vec<u8>,
    ) -> Result<(), Error> {
        self.vector(label, prefix, bounds, |coder| coder.rest("bytes", value))
    }

    /// All bytes up to the end of the innermost vector.
    ///
    /// # Errors
    /// None today; the signature is that of every other field.
    pub fn rest(&mut self, label: &'static str, value: &mut Vec<u8>) -> Result<(), Error> {
        self.rest_as(label, value, |_| Value::Opaque)
    }

    /// All bytes up to the end of the innermost vector, with a meaning of their own.
    ///
    /// # Errors
    /// None today; the signature is that of every other field.
    pub fn rest_as(
        &mut self,
        label: &'static str,
        value: &mut Vec<u8>,
        meaning: impl FnOnce(&[u8]) -> Value,
    ) -> Result<(), Error> {
        let start = self.position();
        match &mut self.mode {
            Mode::Read { position, end, .. } => {
                let count = *end - *position;
                *value = self.take(count)?.to_vec();
            }
            Mode::Write { output } => output.extend_from_slice(value),
        }
        if self.position() > start {
            self.leaf(label, start, meaning(value));
        }
        Ok(())
    }

    /// Fields that form a structure of their own.
    ///
    /// # Errors
    /// Those of `fields`.
    pub fn structure(
        &mut self,
        label: &'static str,
        section: Option<Section>,
        fields: impl FnOnce(&mut Self) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let start = self.position();
        let outer = std::mem::take(&mut self.nodes);
        let outcome = fields(self);
        self.close(label, start, section, outer);
        outcome
    }

    /// A structure defined elsewhere, as a field.
    ///
    /// # Errors
    /// Those of its fields.
    pub fn nested<T: crate::Structure>(
        &mut self,
        label: &'static str,
        value: &mut T,
    ) -> Result<(), Error> {
        self.structure(label, Some(T::SECTION), |coder| value.fields(coder))
    }

    /// A length, then as many bytes of `fields`, which must use them all.
    ///
    /// # Errors
    /// If the length is outside `bounds`, leads beyond the bytes, or is not used up; and those of
    /// `fields`.
    pub fn vector(
        &mut self,
        label: &'static str,
        prefix: Prefix,
        bounds: RangeInclusive<usize>,
        fields: impl FnOnce(&mut Self) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let start = self.position();
        let outer = std::mem::take(&mut self.nodes);
        let outcome = self.framed(prefix, bounds, fields);
        self.close(label, start, None, outer);
        outcome
    }

    /// Like [`vector`](Self::vector), but length and fields stand beside each other in the
    /// structure that is open, as in `uint24 length; select (…) body;`.
    ///
    /// # Errors
    /// Those of [`vector`](Self::vector).
    pub fn framed(
        &mut self,
        prefix: Prefix,
        bounds: RangeInclusive<usize>,
        fields: impl FnOnce(&mut Self) -> Result<(), Error>,
    ) -> Result<(), Error> {
        if self.is_reading() {
            self.read_vector(prefix, bounds, fields)
        } else {
            self.write_vector(prefix, bounds, fields)
        }
    }

    /// A vector of items, each visited by `item`.
    ///
    /// # Errors
    /// Those of [`vector`](Self::vector) and of `item`.
    pub fn list<T: Default>(
        &mut self,
        label: &'static str,
        prefix: Prefix,
        bounds: RangeInclusive<usize>,
        items: &mut Vec<T>,
        item: impl FnMut(&mut Self, &mut T) -> Result<(), Error>,
    ) -> Result<(), Error> {
        self.vector(label, prefix, bounds, |coder| coder.items(items, item))
    }

    /// A vector of code points.
    ///
    /// # Errors
    /// Those of [`list`](Self::list).
    pub fn codes<C: CodePoint + Default>(
        &mut self,
        label: &'static str,
        item: &'static str,
        prefix: Prefix,
        bounds: RangeInclusive<usize>,
        codes: &mut Vec<C>,
    ) -> Result<(), Error> {
        self.list(label, prefix, bounds, codes, |coder, code| {
            coder.code(item, code)
        })
    }

    /// Items up to the end of the innermost vector.
    ///
    /// # Errors
    /// Those of `item`.
    pub fn items<T: Default>(
        &mut self,
        items: &mut Vec<T>,
        mut item: impl FnMut(&mut Self, &mut T) -> Result<(), Error>,
    ) -> Result<(), Error> {
        if !self.is_reading() {
            return items.iter_mut().try_for_each(|value| item(self, value));
        }
        items.clear();
        while !self.is_at_end() {
            let mut value = T::default();
            item(self, &mut value)?;
            items.push(value);
        }
        Ok(())
    }

    /// Checks that no bytes are left over.
    ///
    /// # Errors
    /// [`ErrorKind::Trailing`] if there are.
    pub fn end(&self) -> Result<(), Error> {
        match self.mode {
            Mode::Read { position, end, .. } if position < end => {
                Err(self.error(ErrorKind::Trailing {
                    count: end - position,
                }))
            }
            _ => Ok(()),
        }
    }

    /// The node that was described last, to give it another meaning; `None` where no tree is built.
    pub fn last_mut(&mut self) -> Option<&mut Node> {
        self.nodes.last_mut()
    }

    /// What was written, under the one structure that was visited.
    #[must_use]
    pub fn written(self) -> Encoded {
        let Mode::Write { output } = self.mode else {
            return Encoded {
                bytes: Vec::new(),
                tree: Node::leaf("", 0..0, Value::Group),
            };
        };
        let tree = single(self.nodes, "", output.len());
        Encoded {
            bytes: output,
            tree,
        }
    }

    /// What was read, with an undecoded rest if a fault ended the reading early.
    #[must_use]
    pub fn read(mut self, label: &'static str) -> Node {
        let Mode::Read {
            input, position, ..
        } = self.mode
        else {
            return Node::leaf(label, 0..0, Value::Group);
        };
        if position < input.len() && self.tree == Tree::Build {
            let rest = Node::leaf("undecoded", position..input.len(), Value::Undecoded);
            match self.nodes.as_mut_slice() {
                [only] if !only.children.is_empty() => {
                    only.range.end = input.len();
                    only.children.push(rest);
                }
                _ => self.nodes.push(rest),
            }
        }
        single(self.nodes, label, input.len())
    }

    fn read_vector(
        &mut self,
        prefix: Prefix,
        bounds: RangeInclusive<usize>,
        fields: impl FnOnce(&mut Self) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let at = self.position();
        let length = self.number(prefix.width(), 0, "length", Value::Length)?;
        let length = usize::try_from(length).unwrap_or(usize::MAX);
        let Mode::Read {
            position,
            end: outer_end,
            ..
        } = self.mode
        else {
            return Ok(());
        };
        let left = outer_end - position;
        if length > left {
            return Err(Error::new(
                ErrorKind::Truncated {
                    needed: length,
                    left,
                },
                position,
            ));
        }
        self.set_end(position + length);
        let mut outcome = check_bounds(length, &bounds, at);
        if outcome.is_ok() {
            outcome = fields(self).and_then(|()| self.end());
        }
        if outcome.is_err() && !self.is_at_end() {
            let start = self.position();
            if let Mode::Read { position, end, .. } = &mut self.mode {
                *position = *end;
            }
            self.leaf("undecoded", start, Value::Undecoded);
        }
        self.set_end(outer_end);
        outcome
    }

    fn write_vector(
        &mut self,
        prefix: Prefix,
        bounds: RangeInclusive<usize>,
        fields: impl FnOnce(&mut Self) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let at = self.position();
        let node = self.nodes.len();
        self.number(prefix.width(), 0, "length", Value::Length)?;
        let start = self.position();
        fields(self)?;
        let length = self.position() - start;
        check_bounds(length, &bounds, at)?;
        check_bounds(length, &(0..=prefix.maximum()), at)?;
        if let Mode::Write { output } = &mut self.mode {
            let bytes = (length as u64).to_be_bytes();
            output[at..start].copy_from_slice(&bytes[8 - prefix.width()..]);
        }
        if let Some(node) = self.nodes.get_mut(node) {
            node.value = Value::Length(length as u64);
        }
        Ok(())
    }

    fn number(
        &mut self,
        width: usize,
        value: u64,
        label: &'static str,
        meaning: impl FnOnce(u64) -> Value,
    ) -> Result<u64, Error> {
        let start = self.position();
        let number = match &mut self.mode {
            Mode::Read { .. } => self
                .take(width)?
                .iter()
                .fold(0, |number, byte| number << 8 | u64::from(*byte)),
            Mode::Write { output } => {
                output.extend_from_slice(&value.to_be_bytes()[8 - width..]);
                value
            }
        };
        self.leaf(label, start, meaning(number));
        Ok(number)
    }

    fn take(&mut self, count: usize) -> Result<&'a [u8], Error> {
        match &mut self.mode {
            Mode::Read {
                input,
                position,
                end,
            } => {
                let left = *end - *position;
                if count > left {
                    let kind = ErrorKind::Truncated {
                        needed: count,
                        left,
                    };
                    return Err(Error::new(kind, *position));
                }
                let taken = &input[*position..*position + count];
                *position += count;
                Ok(taken)
            }
            Mode::Write { .. } => Ok(&[]),
        }
    }

    fn set_end(&mut self, value: usize) {
        if let Mode::Read { end, .. } = &mut self.mode {
            *end = value;
        }
    }

    fn leaf(&mut self, label: &'static str, start: usize, value: Value) {
        if self.tree == Tree::Skip {
            return;
        }
        let end = self.position();
        self.nodes.push(Node::leaf(label, start..end, value));
    }

    /// Makes one node of those visited since `start` and goes back to the structure around it.
    fn close(
        &mut self,
        label: &'static str,
        start: usize,
        section: Option<Section>,
        outer: Vec<Node>,
    ) {
        if self.tree == Tree::Skip {
            return;
        }
        let end = self.position();
        let children = std::mem::replace(&mut self.nodes, outer);
        if end > start || section.is_some() {
            self.nodes
                .push(Node::group(label, start..end, section, children));
        }
    }
}

fn check_bounds(found: usize, bounds: &RangeInclusive<usize>, at: usize) -> Result<(), Error> {
    if bounds.contains(&found) {
        return Ok(());
    }
    let (minimum, maximum) = (*bounds.start(), *bounds.end());
    Err(Error::new(
        ErrorKind::Length {
            found,
            minimum,
            maximum,
        },
        at,
    ))
}

fn single(mut nodes: Vec<Node>, label: &'static str, end: usize) -> Node {
    match (nodes.pop(), nodes.is_empty()) {
        (Some(only), true) if only.range == (0..end) => only,
        (Some(last), _) => {
            nodes.push(last);
            Node::group(label, 0..end, None, nodes)
        }
        (None, _) => Node::group(label, 0..end, None, nodes),
    }
}
