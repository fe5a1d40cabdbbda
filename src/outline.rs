//! A field tree laid flat: what a dump and a list of fields need to point at each other.

use std::borrow::Cow;
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
    pub label: Cow<'static, str>,
    /// What its bytes mean.
    value: Value,
    /// Whether no fields lie within it.
    is_leaf: bool,
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
    /// Its value in words; empty where the bytes say it all. Of a value without a meaning, the
    /// first bytes. It is said when it is drawn: there may be far more fields than are on view.
    #[must_use]
    pub fn value(&self, bytes: &[u8]) -> String {
        let own = bytes.get(self.range.clone()).unwrap_or_default();
        match &self.value {
            Value::Opaque if own.len() > SHOWN => format!("{} …", spaced(&own[..SHOWN])),
            Value::Opaque => spaced(own),
            value if self.is_leaf => value.meaning(self.range.len()),
            // What it holds beside the number, as DER does, has no place among its digits.
            value => value.to_string(),
        }
    }

    /// Whether the value is only the beginning of its bytes.
    #[must_use]
    pub fn is_shortened(&self) -> bool {
        self.value == Value::Opaque && self.range.len() > SHOWN
    }

    /// Whether the byte at `offset` belongs to it.
    #[must_use]
    pub fn covers(&self, offset: usize) -> bool {
        self.range.contains(&offset)
    }
}

impl Outline {
    /// Lays the tree of some bytes flat.
    #[must_use]
    pub fn new(tree: &Node) -> Self {
        let mut outline = Self::default();
        outline.add(tree, None, (1, 1));
        outline
    }

    fn add(&mut self, node: &Node, parent: Option<usize>, (position, siblings): (usize, usize)) {
        let index = self.items.len();
        let around = parent.map(|parent| &self.items[parent]);
        let item = Item {
            label: node.label.clone(),
            value: node.value.clone(),
            is_leaf: node.children.is_empty(),
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
            self.add(child, Some(index), (at + 1, node.children.len()));
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
        let own = |item: &Item| match item.is_shortened() {
            true => spaced(bytes.get(item.range.clone()).unwrap_or_default()),
            false => item.value(bytes),
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
        let mut at_level = Vec::new();
        for item in &self.items {
            at_level.resize(at_level.len().max(item.depth + 1), 0_usize);
            at_level[item.depth] += 1;
        }
        let mut levels = at_level.iter().scan(0, |on_view, count| {
            *on_view += count;
            Some(*on_view)
        });
        // The outermost is one field, and what is in it is on view in any case.
        let fitting = levels.by_ref().take_while(|count| *count <= most).count();
        let depth = fitting.saturating_sub(1).max(1);
        let open = |index: usize| self.items[index].depth < depth && self.is_parent(index);
        (0..self.items.len()).map(open).collect()
    }
}

/// How many bytes of a value without a meaning are shown.
const SHOWN: usize = 8;

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
        Outline::new(&Node::group("whole", 0..4, Some(ABOUT), vec![first, inner]))
    }

    #[test]
    fn lays_a_tree_flat() {
        let outline = outline();
        let labels: Vec<_> = outline
            .items
            .iter()
            .map(|item| (&*item.label, item.depth, item.end))
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
        let values: Vec<_> = outline
            .items
            .iter()
            .map(|item| item.value(&[7, 2, 0xab, 0xcd]))
            .collect();
        assert_eq!(values, ["", "7", "", "2", "", "ab cd"]);
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
