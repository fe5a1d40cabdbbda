//! Some bytes and what each of them is: a dump and a list of fields that point at each other.

use std::ops::Range;

use padlock_lesson::lesson::Lesson;
use padlock_lesson::text::say;
use padlock_wire::{Node, hex};
use web_sys::{Element, KeyboardEvent};
use yew::prelude::*;

use crate::components::copy::CopyButton;
use crate::components::element::{element, perhaps, row};
use crate::components::truth::link;
use crate::context::{Around, use_surroundings};
use crate::outline::Outline;
use crate::shared::Shared;
use crate::words::Words;

mod dump;
mod fields;
pub mod state;
#[cfg(feature = "complete")]
mod study;

use dump::Row;
use fields::Field;
use state::{Action, ByteMove, FieldMove, State};

/// How many bytes a row of the dump has.
const ROW: usize = 16;
/// And where it is narrow.
const NARROW_ROW: usize = 8;

/// Bytes, ready to be shown.
#[derive(Debug)]
pub struct Model {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// Their fields.
    pub outline: Outline,
    /// The innermost field of each byte.
    owners: Vec<usize>,
    /// Which fields are the second, fourth, … in the order of the bytes.
    even: Vec<bool>,
    /// The byte of which a bit was turned over.
    #[cfg(feature = "complete")]
    flip: Option<padlock_lesson::flip::Flip>,
    /// The bytes that were changed.
    #[cfg(feature = "complete")]
    changed: Range<usize>,
}

impl Model {
    /// Bytes with the field tree that explains them.
    #[must_use]
    pub fn new(bytes: &[u8], tree: &Node) -> Self {
        let outline = Outline::new(tree);
        // Fields come before those within them, so the innermost is the last to claim a byte.
        let mut owners = vec![0; bytes.len()];
        for (index, item) in outline.items.iter().enumerate() {
            if let Some(own) = owners.get_mut(item.range.clone()) {
                own.fill(index);
            }
        }
        let mut even = vec![false; outline.items.len()];
        for pair in owners.windows(2).filter(|pair| pair[0] != pair[1]) {
            even[pair[1]] = !even[pair[0]];
        }
        Self {
            bytes: bytes.to_vec(),
            outline,
            owners,
            even,
            #[cfg(feature = "complete")]
            flip: None,
            #[cfg(feature = "complete")]
            changed: 0..0,
        }
    }

    /// Bytes of a lesson.
    #[must_use]
    #[cfg_attr(not(feature = "complete"), expect(unused_variables))]
    pub fn told(lesson: &Lesson, bytes: &[u8], tree: &Node) -> Self {
        #[cfg(feature = "complete")]
        let flip = lesson.flip(bytes);
        Self {
            #[cfg(feature = "complete")]
            flip,
            #[cfg(feature = "complete")]
            changed: flip.map_or(0..0, |flip| flip.at..flip.at + 1),
            ..Self::new(bytes, tree)
        }
    }

    /// Bytes some of which were changed.
    #[cfg(feature = "complete")]
    #[must_use]
    pub fn changed(bytes: &[u8], tree: &Node, changed: Range<usize>) -> Self {
        Self {
            changed,
            ..Self::new(bytes, tree)
        }
    }

    /// Whether a field is to be told apart from its neighbours.
    #[must_use]
    pub fn is_even(&self, index: usize) -> bool {
        self.even.get(index).copied().unwrap_or(false)
    }

    /// The innermost field of a byte.
    #[must_use]
    pub fn owner(&self, offset: usize) -> usize {
        self.owners.get(offset).copied().unwrap_or(0)
    }
}

/// A stretch of bytes that is pointed at.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Pointed {
    /// The bytes.
    pub range: Range<usize>,
    /// Counts how often something was pointed at: to point at the same once more is something new.
    pub count: usize,
}

/// What an [`Artefact`] shows.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct ArtefactProperties {
    /// The bytes.
    pub model: Shared<Model>,
    /// What they are called, for those who cannot see them.
    pub name: AttrValue,
    /// What ids within begin with.
    pub id: AttrValue,
    /// What is pointed at from outside.
    #[prop_or_default]
    pub pointed: Option<Pointed>,
}

/// The dump and the fields.
#[component]
pub fn Artefact(properties: &ArtefactProperties) -> Html {
    let ArtefactProperties {
        model,
        name,
        id,
        pointed,
    } = properties;
    let around = use_surroundings();
    let Around { platform, words } = &*around;
    let state = {
        let model = model.clone();
        use_reducer_eq(move || State::new(model))
    };
    {
        let dispatch = state.dispatcher();
        use_effect_with(model.clone(), move |model| {
            dispatch.dispatch(Action::Show(model.clone()))
        });
    }
    {
        let dispatch = state.dispatcher();
        use_effect_with(pointed.clone(), move |pointed| {
            if let Some(pointed) = pointed {
                dispatch.dispatch(Action::ChooseRange(pointed.range.clone()));
            }
        });
    }
    // What was chosen in one of the two comes on view in the other.
    {
        let id = id.clone();
        let screen = platform.screen.clone();
        use_effect_with((state.chosen, state.cursor), move |(chosen, cursor)| {
            if let (Some(chosen), Some(cursor)) = (chosen, cursor) {
                screen.reveal(&format!("{id}-row-{}", cursor / ROW));
                screen.reveal(&format!("{id}-field-{chosen}"));
            }
        });
    }

    // The state may still be that of other bytes, for the moment until the effect above has run.
    let shown = if state.model == *model {
        (*state).clone()
    } else {
        State::new(model.clone())
    };
    let lit = shown.lit();
    let lit_bytes = lit.map_or(0..0, |lit| model.outline.items[lit].range.clone());

    let rows = shown.rows();
    let (visible, drawn) = shown.fields();
    let line = |at: usize| {
        let bytes = at * ROW..model.bytes.len().min((at + 1) * ROW);
        let within = |offset: usize| offset.clamp(bytes.start, bytes.end);
        let cursor = shown.cursor.filter(|cursor| bytes.contains(cursor));
        html! {
            <Row key={at} model={model.clone()} id={format!("{id}-row-{at}")} start={bytes.start} end={bytes.end}
                lit_start={within(lit_bytes.start)} lit_end={within(lit_bytes.end)} {cursor} />
        }
    };
    let field = |index: usize| {
        html! {
            <Field key={index} model={model.clone()} id={format!("{id}-field-{index}")} {index}
                open={shown.open[index]} lit={lit == Some(index)} chosen={shown.chosen == Some(index)} />
        }
    };
    let dispatch = state.dispatcher();
    let on_dump_key = {
        let dispatch = dispatch.clone();
        let screen = platform.screen.clone();
        Callback::from(move |event: KeyboardEvent| {
            let row = if screen.narrow() { NARROW_ROW } else { ROW };
            if let Some(step) = ByteMove::from_key(&event.key(), event.ctrl_key(), row) {
                event.prevent_default();
                dispatch.dispatch(Action::MoveByte(step));
            }
        })
    };
    let on_fields_key = {
        let dispatch = dispatch.clone();
        Callback::from(move |event: KeyboardEvent| {
            if let Some(step) = FieldMove::from_key(&event.key()) {
                event.prevent_default();
                dispatch.dispatch(Action::MoveField(step));
            }
        })
    };
    let on_dump = pointer(&dispatch, "data-at", |at, clicked, _| {
        if clicked {
            Action::ChooseByte(at)
        } else {
            Action::HoverByte(at)
        }
    });
    let on_fields = pointer(&dispatch, "data-field", |index, clicked, wedge| {
        match (clicked, wedge) {
            (false, _) => Action::Hover(index),
            (true, false) => Action::Choose(index),
            (true, true) => Action::Toggle(index),
        }
    });
    let on_leave = {
        let dispatch = dispatch.clone();
        Callback::from(move |_: MouseEvent| dispatch.dispatch(Action::Leave))
    };
    let active = shown.chosen.map(|chosen| format!("{id}-field-{chosen}"));
    let hint = format!("{id}-hint");
    let said = shown.chosen.map(|chosen| describe(&shown, chosen, words));
    let copied = {
        let model = model.clone();
        Callback::from(move |()| hex::encode(&model.bytes))
    };
    let copy = html! { <CopyButton label={say::page_copy_hex()} text={copied} /> };
    #[cfg(feature = "complete")]
    let (node_copy, more) = (
        study::copies(&shown),
        study::windows(words, &shown, visible.len(), &dispatch),
    );
    #[cfg(not(feature = "complete"))]
    let (node_copy, more) = (Html::default(), (Html::default(), Html::default()));
    let told = match lit {
        Some(lit) => detail(&shown, lit, words),
        None => words.say(say::page_hex_invitation()),
    };
    html! {
        <div class="artefact">
            { element("div", "artefact__tools", row([node_copy, copy])) }
            <div class="hex" role="application" tabindex="0" aria-label={words.label(say::page_hex_label(&**name))}
                aria-describedby={hint.clone()} onkeydown={on_dump_key} onmousemove={on_dump.clone()} onclick={on_dump}
                onmouseleave={on_leave.clone()}>
                { row(rows.map(line)) }
            </div>
            { more.0 }
            <p class="visually-hidden" id={hint}>{ words.say(say::page_hex_hint()) }</p>
            { element("div", "artefact__detail", told) }
            <p class="visually-hidden" aria-live="polite">{ said }</p>
            <div class="fields" role="tree" tabindex="0" aria-label={words.label(say::page_fields_label(&**name))}
                aria-activedescendant={active} onkeydown={on_fields_key} onmousemove={on_fields.clone()}
                onclick={on_fields} onmouseleave={on_leave}>
                { row(visible.get(drawn).unwrap_or_default().iter().copied().map(field)) }
            </div>
            { more.1 }
        </div>
    }
}

/// Listens on a container for what points into it: the nearest element with `attribute` says at what.
fn pointer(
    dispatch: &UseReducerDispatcher<State>,
    attribute: &'static str,
    action: fn(usize, bool, bool) -> Action,
) -> Callback<MouseEvent> {
    let dispatch = dispatch.clone();
    Callback::from(move |event: MouseEvent| {
        let Some(target) = event.target_dyn_into::<Element>() else {
            return;
        };
        let nearest = |attribute: &str| target.closest(&format!("[{attribute}]")).ok().flatten();
        let value = nearest(attribute).and_then(|element| element.get_attribute(attribute));
        if let Some(at) = value.and_then(|value| value.parse().ok()) {
            let clicked = event.type_() == "click";
            dispatch.dispatch(action(at, clicked, nearest("data-wedge").is_some()));
        }
    })
}

/// The field in words, for a screen reader: with the nearest field around it, not with all of them.
fn describe(state: &State, index: usize, words: &Words) -> String {
    let item = &state.model.outline.items[index];
    let byte = state
        .cursor
        .and_then(|cursor| Some((cursor, *state.model.bytes.get(cursor)?)));
    let place = byte.map(|(at, byte)| words.plain(&say::page_hex_byte(at, format!("{byte:02x}"))));
    let path = path(state, index);
    let nearest = path[path.len().saturating_sub(2)..].join(", ");
    [
        place.unwrap_or_default(),
        nearest,
        item.value(&state.model.bytes),
    ]
    .join(" ")
}

fn path(state: &State, index: usize) -> Vec<&str> {
    let outline = &state.model.outline;
    outline
        .path(index)
        .into_iter()
        .map(|index| &*outline.items[index].label)
        .collect()
}

/// The line that says what lights up.
fn detail(state: &State, index: usize, words: &Words) -> Html {
    let item = &state.model.outline.items[index];
    let range = match item.range.len() {
        0 => say::page_field_empty(),
        1 => say::page_field_byte(item.range.start),
        length => say::page_field_bytes(item.range.start, item.range.end - 1, length),
    };
    let path = path(state, index).join(" › ");
    let value = item.value(&state.model.bytes);
    let has_value = !value.is_empty();
    let value = || element("code", "artefact__value", value.into());
    row([
        element("span", "artefact__path", path.into()),
        perhaps(has_value.then(value)),
        element("span", "artefact__range", words.say(range)),
        perhaps(item.section.as_ref().map(link)),
    ])
}
