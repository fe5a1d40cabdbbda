//! A field tree laid flat: what a dump and a list of fields need to point at each other.

use std::ops::Range;

use padlock_wire::{Node, Section, Value};

use crate::components::bytes::spaced;

/// A field tree in the order of its bytes, parents before their children.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Outline {
    /// The fields.
    pub items: Vec<Item>,
}

/// A field.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Item {
    /// Its name in the standard.
    pub label: String,
    /// Its value in words; empty where the bytes say it all.
    pub value: String,
    /// Whether the value is only the beginning of its bytes.
    pub is_shortened: bool,
    /// Its bytes.
    pub range: Range<usize>,
    /// How many fields it lies within.
    pub depth: usize,
    /// The field it lies within.
    pub parent: Option<usize>,
    /// The index behind its last descendant.
    pub end: usize,
    /// Which of its siblings it is, from 1.
    pub position: usize,
    /// How many siblings there are, itself included.
    pub siblings: usize,
    /// Where the standard defines it, or the nearest field around it.
    pub section: Option<Section>,
}

impl Item {
    /// Whether the byte at `offset` belongs to it.
    #[must_use]
    pub fn covers(&self, offset: usize) -> bool {
        self.range.contains(&offset)
    }
}

impl Outline {
    /// Lays the tree of some bytes flat.
    #[must_use]
    pub fn new(tree: &Node, bytes: &[u8]) -> Self {
        let mut outline = Self::default();
        outline.add(tree, bytes, None, (1, 1));
        outline
    }

    fn add(
        &mut self,
        node: &Node,
        bytes: &[u8],
        parent: Option<usize>,
        (position, siblings): (usize, usize),
    ) {
        let index = self.items.len();
        let around = parent.map(|parent| &self.items[parent]);
        let item = Item {
            label: node.label.to_string(),
            value: value(node, bytes),
            is_shortened: node.value == Value::Opaque && node.range.len() > SHOWN,
            range: node.range.clone(),
            depth: around.map_or(0, |around| around.depth + 1),
            section: node.section.or_else(|| around?.section),
            parent,
            end: 0,
            position,
            siblings,
        };
        self.items.push(item);
        for (at, child) in node.children.iter().enumerate() {
            self.add(child, bytes, Some(index), (at + 1, node.children.len()));
        }
        self.items[index].end = self.items.len();
    }

    /// Whether a field has fields within it.
    #[must_use]
    pub fn is_parent(&self, index: usize) -> bool {
        self.items[index].end > index + 1
    }

    /// The innermost field that owns the byte at `offset`.
    #[must_use]
    pub fn owner(&self, offset: usize) -> Option<usize> {
        let mut owner = None;
        let mut at = 0;
        let mut end = self.items.len();
        while at < end {
            if self.items[at].covers(offset) {
                owner = Some(at);
                end = self.items[at].end;
                at += 1;
            } else {
                at = self.items[at].end;
            }
        }
        owner
    }

    /// The fields around a field, outermost first, and itself.
    #[must_use]
    pub fn path(&self, index: usize) -> Vec<usize> {
        let mut path = vec![index];
        while let Some(parent) = path.last().and_then(|last| self.items[*last].parent) {
            path.push(parent);
        }
        path.reverse();
        path
    }

    /// The fields on view when only the fields in `open` are opened.
    #[must_use]
    pub fn visible(&self, open: &[bool]) -> Vec<usize> {
        let mut visible = Vec::new();
        let mut at = 0;
        while at < self.items.len() {
            visible.push(at);
            at = if open[at] { at + 1 } else { self.items[at].end };
        }
        visible
    }

    /// A field as text: its value, or, of one with fields within it, a line for each.
    #[must_use]
    pub fn text(&self, index: usize, bytes: &[u8]) -> String {
        let Some(field) = self.items.get(index) else {
            return String::new();
        };
        let own = |item: &Item| match item.is_shortened {
            true => spaced(bytes.get(item.range.clone()).unwrap_or_default()),
            false => item.value.clone(),
        };
        if !self.is_parent(index) {
            return own(field);
        }
        let mut text = String::new();
        for item in &self.items[index..field.end] {
            let indent = "  ".repeat(item.depth - field.depth);
            let line = format!("{indent}{} {}", item.label, own(item));
            text.push_str(line.trim_end());
            text.push('\n');
        }
        text
    }

    /// What to open at first: level by level, as long as about `most` fields are on view.
    #[must_use]
    pub fn first_view(&self, most: usize) -> Vec<bool> {
        let deepest = self.items.iter().map(|item| item.depth).max().unwrap_or(0);
        let at_level = |depth| self.items.iter().filter(|item| item.depth <= depth).count();
        let depth = (1..=deepest)
            .take_while(|depth| at_level(*depth) <= most)
            .last()
            .unwrap_or(1);
        let open = |index: usize| self.items[index].depth < depth && self.is_parent(index);
        (0..self.items.len()).map(open).collect()
    }
}

/// How many bytes of a value without a meaning are shown.
const SHOWN: usize = 8;

/// What a field's bytes mean, in words; where they mean nothing but themselves, the first of them.
fn value(node: &Node, bytes: &[u8]) -> String {
    let own = bytes.get(node.range.clone()).unwrap_or_default();
    match node.value {
        Value::Opaque if own.len() > SHOWN => format!("{} …", spaced(&own[..SHOWN])),
        Value::Opaque => spaced(own),
        _ if node.children.is_empty() => node.meaning(),
        // What it holds beside the number, as DER does, has no place among its digits.
        _ => node.value.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use padlock_wire::{Node, Section, Value};

    use super::Outline;

    const ABOUT: Section = Section::new(5246, "7.4");

    fn outline() -> Outline {
        let inner = Node::group(
            "inner",
            1..4,
            None,
            vec![
                Node::leaf("length", 1..2, Value::Length(2)),
                Node::leaf("empty", 2..2, Value::Opaque),
                Node::leaf("data", 2..4, Value::Opaque),
            ],
        );
        let first = Node::leaf("first", 0..1, Value::Number(7));
        Outline::new(
            &Node::group("whole", 0..4, Some(ABOUT), vec![first, inner]),
            &[7, 2, 0xab, 0xcd],
        )
    }

    #[test]
    fn lays_a_tree_flat() {
        let outline = outline();
        let labels: Vec<_> = outline
            .items
            .iter()
            .map(|item| (item.label.as_str(), item.depth, item.end))
            .collect();
        assert_eq!(
            labels,
            [
                ("whole", 0, 6),
                ("first", 1, 2),
                ("inner", 1, 6),
                ("length", 2, 4),
                ("empty", 2, 5),
                ("data", 2, 6)
            ]
        );
        assert!(outline.items.iter().all(|item| item.section == Some(ABOUT)));
    }

    #[test]
    fn finds_the_owner_of_each_byte() {
        let outline = outline();
        let owners: Vec<_> = (0..5).map(|offset| outline.owner(offset)).collect();
        assert_eq!(owners, [Some(1), Some(3), Some(5), Some(5), None]);
        assert_eq!(outline.path(5), [0, 2, 5]);
    }

    #[test]
    fn shows_what_is_opened() {
        let outline = outline();
        assert_eq!(outline.visible(&[false; 6]), [0]);
        assert_eq!(outline.visible(&outline.first_view(3)), [0, 1, 2]);
        assert_eq!(outline.visible(&outline.first_view(9)), [0, 1, 2, 3, 4, 5]);
    }
}
