//! The field tree.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use crate::Section;

/// A named stretch of bytes, and what lies within it.
///
/// Children lie within their parent, in order, and tile it: no gap, no overlap. The leaves of a
/// tree therefore tile its bytes; [`Node::gap`] says where they do not, and tests hold it to that.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Node {
    /// The field's name in the standard's own words (`"cipher_suites"`).
    pub label: Cow<'static, str>,
    /// The bytes it takes, counted from the start of what was decoded.
    pub range: Range<usize>,
    /// What the bytes mean.
    pub value: Value,
    /// Where the standard defines it, if it is not the parent's section.
    pub section: Option<Section>,
    /// The fields within it; none for a leaf.
    pub children: Vec<Node>,
}

/// What the bytes of a [`Node`] mean.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Value {
    /// A structure: the meaning is in its children.
    Group,
    /// An unsigned number, big-endian.
    Number(u64),
    /// The length in bytes of what follows.
    Length(u64),
    /// A code point of a registry.
    Code {
        /// The number.
        number: u32,
        /// Its registered name, if it is known here.
        name: Option<&'static str>,
    },
    /// Bytes that mean nothing but themselves: a random, a key, a ciphertext.
    Opaque,
    /// Something better read as text: a host name, a date, an object identifier.
    Text(String),
    /// Bytes that could not be decoded, after an error.
    Undecoded,
}

/// Two neighbours in a tree that do not meet, or a child that leaves its parent.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Gap {
    /// The label of the node whose children do not tile it.
    pub parent: String,
    /// Where the next byte should have been described.
    pub expected: usize,
    /// Where the description goes on.
    pub found: usize,
}

impl Node {
    /// A node without children.
    #[must_use]
    pub fn leaf(label: impl Into<Cow<'static, str>>, range: Range<usize>, value: Value) -> Self {
        Self {
            label: label.into(),
            range,
            value,
            section: None,
            children: Vec::new(),
        }
    }

    /// A node that is the sum of its children.
    #[must_use]
    pub fn group(
        label: impl Into<Cow<'static, str>>,
        range: Range<usize>,
        section: Option<Section>,
        children: Vec<Node>,
    ) -> Self {
        Self {
            label: label.into(),
            range,
            value: Value::Group,
            section,
            children,
        }
    }

    /// The nodes without children, in the order of their bytes.
    #[must_use]
    pub fn leaves(&self) -> Leaves<'_> {
        Leaves { stack: vec![self] }
    }

    /// The nodes from this one down to the leaf that owns the byte at `offset`.
    #[must_use]
    pub fn path_to(&self, offset: usize) -> Vec<&Node> {
        let mut path = Vec::new();
        let mut next = Some(self).filter(|node| node.range.contains(&offset));
        while let Some(node) = next {
            path.push(node);
            next = node
                .children
                .iter()
                .find(|child| child.range.contains(&offset));
        }
        path
    }

    /// The first node below this one, or itself, with this label; depth first.
    #[must_use]
    pub fn find(&self, label: &str) -> Option<&Node> {
        if self.label == label {
            return Some(self);
        }
        self.children.iter().find_map(|child| child.find(label))
    }

    /// The value in words, a code point with all the digits of its bytes; empty where the bytes
    /// mean nothing but themselves.
    #[must_use]
    pub fn meaning(&self) -> String {
        self.value.meaning(self.range.len())
    }

    /// The same tree, `offset` bytes further on.
    #[must_use]
    pub fn shifted(mut self, offset: usize) -> Self {
        self.shift(offset);
        self
    }

    fn shift(&mut self, offset: usize) {
        self.range = self.range.start + offset..self.range.end + offset;
        for child in &mut self.children {
            child.shift(offset);
        }
    }

    /// The first place where the children do not tile their parent; `None` in a sound tree.
    #[must_use]
    pub fn gap(&self) -> Option<Gap> {
        let gap = |expected, found| Gap {
            parent: self.label.to_string(),
            expected,
            found,
        };
        if self.children.is_empty() {
            return None;
        }
        let mut next = self.range.start;
        for child in &self.children {
            if child.range.start != next || child.range.end < child.range.start {
                return Some(gap(next, child.range.start));
            }
            next = child.range.end;
            if let Some(inner) = child.gap() {
                return Some(inner);
            }
        }
        (next != self.range.end).then(|| gap(next, self.range.end))
    }
}

impl Value {
    /// What so many bytes mean, in words: [`Node::meaning`].
    #[must_use]
    pub fn meaning(&self, length: usize) -> String {
        let digits = 2 * length;
        match self {
            Self::Code {
                number,
                name: Some(name),
            } => format!("{name} (0x{number:0digits$x})"),
            Self::Code { number, name: None } => format!("0x{number:0digits$x}"),
            value => value.to_string(),
        }
    }
}

/// The leaves of a tree, in order.
#[derive(Clone, Debug)]
pub struct Leaves<'a> {
    stack: Vec<&'a Node>,
}

impl<'a> Iterator for Leaves<'a> {
    type Item = &'a Node;

    fn next(&mut self) -> Option<&'a Node> {
        while let Some(node) = self.stack.pop() {
            if node.children.is_empty() {
                return Some(node);
            }
            self.stack.extend(node.children.iter().rev());
        }
        None
    }
}

impl fmt::Display for Node {
    /// The tree as indented text, a line a node.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fn line(node: &Node, depth: usize, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            let Range { start, end } = node.range;
            writeln!(
                f,
                "{:1$}{2} [{start}..{end}] {3}",
                "",
                depth * 2,
                node.label,
                node.meaning()
            )?;
            node.children
                .iter()
                .try_for_each(|child| line(child, depth + 1, f))
        }
        line(self, 0, f)
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Group | Self::Opaque => Ok(()),
            Self::Number(number) | Self::Length(number) => write!(f, "{number}"),
            Self::Code {
                name: Some(name), ..
            } => write!(f, "{name}"),
            Self::Code { number, name: None } => write!(f, "0x{number:x}"),
            Self::Text(text) => write!(f, "{text}"),
            Self::Undecoded => write!(f, "not decoded"),
        }
    }
}
