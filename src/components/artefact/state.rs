//! Which fields are open, which lights up, and where the reader is.

use std::ops::Range;
use std::rc::Rc;

use yew::Reducible;

use super::{Model, ROW};
use crate::shared::Shared;

/// About how many fields are on view at first.
const FIRST_VIEW: usize = 24;

/// The most rows of the dump that are drawn at once: 4 KiB. More would keep the page from answering.
/// The first program has no words for parts, and nothing that is so long.
pub const ROWS: usize = if cfg!(feature = "complete") {
    256
} else {
    usize::MAX
};
/// The most fields that are drawn at once.
pub const FIELDS: usize = if cfg!(feature = "complete") {
    400
} else {
    usize::MAX
};

/// What the reader sees of an artefact.
#[derive(Clone, Debug, PartialEq)]
pub struct State {
    /// The bytes and their fields.
    pub model: Shared<Model>,
    /// Which fields show what is within them.
    pub open: Vec<bool>,
    /// The field under the pointer.
    pub hovered: Option<usize>,
    /// The field that was chosen.
    pub chosen: Option<usize>,
    /// The byte that the reader is at.
    pub cursor: Option<usize>,
    /// Which part of the dump is drawn, counted in parts of [`ROWS`].
    pub dump_part: usize,
    /// Which part of the fields on view is drawn, counted in parts of [`FIELDS`].
    pub field_part: usize,
}

/// What the reader can do.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// Look at other bytes.
    Show(Shared<Model>),
    /// Point at a field.
    Hover(usize),
    /// Point at a byte.
    HoverByte(usize),
    /// Point elsewhere.
    Leave,
    /// Choose a field.
    Choose(usize),
    /// Choose a byte.
    ChooseByte(usize),
    /// Choose the field that takes these bytes.
    ChooseRange(Range<usize>),
    /// Open or close a field.
    Toggle(usize),
    /// Go on among the fields.
    MoveField(FieldMove),
    /// Go on among the bytes.
    MoveByte(ByteMove),
    /// Draw another part of the dump.
    DrawRows(usize),
    /// Draw another part of the fields.
    DrawFields(usize),
}

/// Ways among the fields (the tree pattern of the ARIA Authoring Practices).
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum FieldMove {
    /// To the field above.
    Up,
    /// To the field below.
    Down,
    /// Close the field, or to the one around it.
    Out,
    /// Open the field, or to the first within it.
    In,
    /// To the first field.
    First,
    /// To the last field on view.
    Last,
    /// Open or close the field.
    Toggle,
}

/// Ways among the bytes.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum ByteMove {
    /// So many back.
    Back(usize),
    /// So many on.
    On(usize),
    /// To the first byte of a row of this length.
    RowStart(usize),
    /// To its last byte.
    RowEnd(usize),
    /// To the first byte.
    First,
    /// To the last byte.
    Last,
}

impl FieldMove {
    /// What a key does.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Some(match key {
            "ArrowUp" => Self::Up,
            "ArrowDown" => Self::Down,
            "ArrowLeft" => Self::Out,
            "ArrowRight" => Self::In,
            "Home" => Self::First,
            "End" => Self::Last,
            "Enter" | " " => Self::Toggle,
            _ => return None,
        })
    }
}

impl ByteMove {
    /// What a key does in rows of this length.
    #[must_use]
    pub fn from_key(key: &str, control: bool, row: usize) -> Option<Self> {
        Some(match (key, control) {
            ("ArrowLeft", false) => Self::Back(1),
            ("ArrowRight", false) => Self::On(1),
            ("ArrowUp", false) => Self::Back(row),
            ("ArrowDown", false) => Self::On(row),
            ("Home", false) => Self::RowStart(row),
            ("End", false) => Self::RowEnd(row),
            ("Home", true) => Self::First,
            ("End", true) => Self::Last,
            _ => return None,
        })
    }

    /// Where it leads from `at`, among `count` bytes.
    fn apply(self, at: usize, count: usize) -> usize {
        let last = count.saturating_sub(1);
        match self {
            Self::Back(by) => at.checked_sub(by).unwrap_or(at),
            Self::On(by) => Some(at + by).filter(|next| *next <= last).unwrap_or(at),
            Self::RowStart(row) => at - at % row,
            Self::RowEnd(row) => (at - at % row + row - 1).min(last),
            Self::First => 0,
            Self::Last => last,
        }
    }
}

impl State {
    /// Nothing chosen, the outer fields on view.
    #[must_use]
    pub fn new(model: Shared<Model>) -> Self {
        let open = model.outline.first_view(FIRST_VIEW);
        Self {
            model,
            open,
            hovered: None,
            chosen: None,
            cursor: None,
            dump_part: 0,
            field_part: 0,
        }
    }

    /// The rows of the dump that are drawn.
    #[must_use]
    pub fn rows(&self) -> Range<usize> {
        part(self.model.bytes.len().div_ceil(ROW), ROWS, self.dump_part)
    }

    /// The fields on view, and which of them are drawn.
    #[must_use]
    pub fn fields(&self) -> (Vec<usize>, Range<usize>) {
        let visible = self.visible();
        let drawn = part(visible.len(), FIELDS, self.field_part);
        (visible, drawn)
    }

    /// Draws the parts in which the reader is.
    fn follow(&mut self) {
        if let Some(cursor) = self.cursor {
            self.dump_part = cursor / ROW / ROWS;
        }
        if let Some(chosen) = self.chosen {
            let mut visible = self.visible().into_iter();
            self.field_part = visible.position(|index| index == chosen).unwrap_or(0) / FIELDS;
        }
    }

    /// The field that lights up.
    #[must_use]
    pub fn lit(&self) -> Option<usize> {
        self.hovered.or(self.chosen)
    }

    /// The fields on view, in order.
    #[must_use]
    pub fn visible(&self) -> Vec<usize> {
        self.model.outline.visible(&self.open)
    }

    fn choose(&mut self, index: usize) {
        self.chosen = Some(index);
        self.hovered = None;
        for around in self.model.outline.path(index) {
            if around != index {
                self.open[around] = true;
            }
        }
    }

    fn choose_field(&mut self, index: usize) {
        self.choose(index);
        self.cursor = Some(self.model.outline.items[index].range.start);
    }

    fn choose_byte(&mut self, offset: usize) {
        self.choose(self.model.owner(offset));
        self.cursor = Some(offset);
    }

    fn toggle(&mut self, index: usize) {
        if self.model.outline.is_parent(index) {
            self.open[index] = !self.open[index];
            // What was chosen within goes out of view; the reader stays at the field around it.
            let item_end = self.model.outline.items[index].end;
            if !self.open[index]
                && self
                    .chosen
                    .is_some_and(|chosen| (index + 1..item_end).contains(&chosen))
            {
                self.choose_field(index);
            }
        }
    }

    fn move_field(&mut self, step: FieldMove) {
        let Some(at) = self.chosen else {
            return self.choose_field(0);
        };
        let visible = self.visible();
        let place = visible.iter().position(|index| *index == at).unwrap_or(0);
        let parent = self.model.outline.is_parent(at);
        let to = match step {
            FieldMove::Up => visible.get(place.wrapping_sub(1)).copied(),
            FieldMove::Down => visible.get(place + 1).copied(),
            FieldMove::First => visible.first().copied(),
            FieldMove::Last => visible.last().copied(),
            FieldMove::Out if parent && self.open[at] => return self.toggle(at),
            FieldMove::Out => self.model.outline.items[at].parent,
            FieldMove::In if parent && !self.open[at] => return self.toggle(at),
            FieldMove::In => parent.then_some(at + 1),
            FieldMove::Toggle => return self.toggle(at),
        };
        if let Some(to) = to {
            self.choose_field(to);
        }
    }
}

/// A part of so many things in parts of `size`; the last one where there are fewer.
fn part(count: usize, size: usize, part: usize) -> Range<usize> {
    let start = part.min(count.saturating_sub(1) / size) * size;
    start..count.min(start + size)
}

impl Reducible for State {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        // Pointing comes by the dozen: what changes nothing costs nothing.
        let hovered = match action {
            Action::Hover(index) => Some(Some(index)),
            Action::HoverByte(offset) => Some(Some(self.model.owner(offset))),
            Action::Leave => Some(None),
            _ => None,
        };
        if hovered == Some(self.hovered) {
            return self;
        }
        if let Action::Show(model) = &action
            && *model == self.model
        {
            return self;
        }
        let mut next = (*self).clone();
        let follows = !matches!(
            action,
            Action::Hover(_)
                | Action::HoverByte(_)
                | Action::Leave
                | Action::DrawRows(_)
                | Action::DrawFields(_)
        );
        match action {
            Action::Show(model) => next = Self::new(model),
            Action::Hover(_) | Action::HoverByte(_) | Action::Leave => {
                next.hovered = hovered.flatten()
            }
            Action::Choose(index) => {
                next.choose_field(index);
                if next.model.outline.is_parent(index) {
                    next.open[index] = true;
                }
            }
            Action::ChooseByte(offset) => next.choose_byte(offset),
            Action::ChooseRange(range) => {
                let mut items = next.model.outline.items.iter();
                match items.position(|item| item.range == range) {
                    Some(index) => next.choose_field(index),
                    None => next.choose_byte(range.start),
                }
            }
            Action::Toggle(index) => next.toggle(index),
            Action::MoveField(step) => next.move_field(step),
            Action::MoveByte(step) => {
                let count = next.model.bytes.len();
                if count > 0 {
                    next.choose_byte(next.cursor.map_or(0, |at| step.apply(at, count)));
                }
            }
            Action::DrawRows(part) => next.dump_part = part,
            Action::DrawFields(part) => next.field_part = part,
        }
        if follows {
            next.follow();
        }
        Rc::new(next)
    }
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use padlock_wire::{Node, Value};
    use yew::Reducible;

    use super::{Action, ByteMove, FieldMove, State};
    use crate::components::artefact::Model;
    use crate::shared::Shared;

    /// whole(0..20): head 0..2, body 2..20 (length 2..3, data 3..20).
    fn state() -> Rc<State> {
        let body = vec![
            Node::leaf("length", 2..3, Value::Length(17)),
            Node::leaf("data", 3..20, Value::Opaque),
        ];
        let tree = Node::group(
            "whole",
            0..20,
            None,
            vec![
                Node::leaf("head", 0..2, Value::Opaque),
                Node::group("body", 2..20, None, body),
            ],
        );
        Rc::new(State::new(Shared::new(Model::new(&[7; 20], &tree))))
    }

    fn after(actions: impl IntoIterator<Item = Action>) -> Rc<State> {
        actions
            .into_iter()
            .fold(state(), |state, action| state.reduce(action))
    }

    #[test]
    fn moves_among_fields() {
        use FieldMove::{Down, First, In, Last, Out, Up};
        for (moves, chosen, visible) in [
            (vec![Down], 0, vec![0, 1, 2, 3, 4]),
            (vec![Down, Down, Down], 2, vec![0, 1, 2, 3, 4]),
            (vec![First, Up], 0, vec![0, 1, 2, 3, 4]),
            (vec![First, Last], 4, vec![0, 1, 2, 3, 4]),
            (vec![First, Last, Down], 4, vec![0, 1, 2, 3, 4]),
            (vec![First, Last, Out], 2, vec![0, 1, 2, 3, 4]),
            (vec![First, Last, Out, Out], 2, vec![0, 1, 2]),
            (vec![First, Last, Out, Out, In], 2, vec![0, 1, 2, 3, 4]),
            (vec![First, Last, Out, Out, In, In], 3, vec![0, 1, 2, 3, 4]),
            (vec![First, Out], 0, vec![0]),
        ] {
            let state = after(moves.iter().copied().map(Action::MoveField));
            assert_eq!(
                (state.chosen, state.visible()),
                (Some(chosen), visible),
                "{moves:?}"
            );
        }
    }

    #[test]
    fn moves_among_bytes() {
        let on = |by| Action::MoveByte(ByteMove::On(by));
        let back = |by| Action::MoveByte(ByteMove::Back(by));
        for (actions, cursor, chosen) in [
            (vec![on(1)], 0, 1),
            (vec![on(1), on(1), on(1)], 2, 3),
            (vec![on(1), on(16)], 16, 4),
            (vec![on(1), on(16), on(16)], 16, 4),
            (vec![on(1), back(1)], 0, 1),
            (vec![on(1), Action::MoveByte(ByteMove::Last)], 19, 4),
            (
                vec![
                    on(1),
                    Action::MoveByte(ByteMove::Last),
                    Action::MoveByte(ByteMove::RowStart(16)),
                ],
                16,
                4,
            ),
            (vec![on(1), Action::MoveByte(ByteMove::RowEnd(8))], 7, 4),
            (vec![Action::Choose(2), on(1)], 3, 4),
            (vec![Action::ChooseRange(2..20)], 2, 2),
            (vec![Action::ChooseRange(5..7)], 5, 4),
        ] {
            let state = after(actions.clone());
            assert_eq!(
                (state.cursor, state.chosen),
                (Some(cursor), Some(chosen)),
                "{actions:?}"
            );
        }
    }

    #[test]
    fn what_is_long_is_drawn_in_parts_that_follow_the_reader() {
        let values = (0..3_000).map(|at| Node::leaf("value", at * 4..at * 4 + 4, Value::Opaque));
        let tree = Node::group("whole", 0..12_000, None, values.collect());
        let model = Shared::new(Model::new(&[7; 12_000], &tree));
        let state = Rc::new(State::new(model));
        let drawn = |state: &State| (state.rows(), state.fields().1);
        assert_eq!(drawn(&state), (0..256, 0..400));
        let last = state.reduce(Action::MoveByte(ByteMove::Last));
        assert_eq!(
            drawn(&last),
            (0..256, 0..400),
            "the first move is to the first byte"
        );
        let last = last.reduce(Action::MoveByte(ByteMove::Last));
        assert_eq!(drawn(&last), (512..750, 2_800..3_001));
        let chosen = last.clone().reduce(Action::Choose(400));
        assert_eq!(drawn(&chosen), (0..256, 400..800));
        let other = last
            .reduce(Action::DrawRows(0))
            .reduce(Action::DrawFields(3));
        assert_eq!(drawn(&other), (0..256, 1_200..1_600));
        assert_eq!(other.chosen, Some(3_000), "drawing more moves nobody");
        let far = other
            .reduce(Action::DrawFields(99))
            .reduce(Action::Hover(1));
        assert_eq!(drawn(&far).1, 2_800..3_001);
    }

    #[test]
    fn pointing_changes_nothing_twice() {
        let once = state().reduce(Action::HoverByte(5));
        assert_eq!(once.lit(), Some(4));
        let twice = once.clone().reduce(Action::Hover(4));
        assert!(Rc::ptr_eq(&once, &twice));
        assert_eq!(twice.reduce(Action::Leave).lit(), None);
    }

    #[test]
    fn closing_a_field_keeps_the_reader_on_view() {
        let state = after([Action::Choose(4), Action::Toggle(2)]);
        assert_eq!((state.chosen, state.visible()), (Some(2), vec![0, 1, 2]));
    }
}
