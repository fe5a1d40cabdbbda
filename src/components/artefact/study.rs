//! What only those need who open things of their own: parts of what is long, and copies of fields.

use padlock_lesson::flip::Flip;
use padlock_lesson::text::{Text, say};
use padlock_pki::pem::base64;
use padlock_wire::hex;
use yew::prelude::*;

use super::ROW;
use super::state::{Action, FIELDS, ROWS, State};
use crate::components::copy::CopyButton;
use crate::components::element::{button, element, perhaps, row};
use crate::components::prose::prose;
use crate::words::Words;

/// Buttons that copy the field that was chosen: in hex, in base64 and as text.
pub(super) fn copies(state: &State) -> Html {
    let Some(chosen) = state.chosen else {
        return Html::default();
    };
    let model = &state.model;
    let copy = |label: Text, write: fn(&[u8]) -> String| {
        let model = model.clone();
        let text = Callback::from(move |()| {
            let range = model.outline.items[chosen].range.clone();
            write(model.bytes.get(range).unwrap_or_default())
        });
        html! { <CopyButton {label} {text} /> }
    };
    let in_words = {
        let model = model.clone();
        Callback::from(move |()| model.outline.text(chosen, &model.bytes))
    };
    row([
        copy(say::read_copy_hex(), hex::encode),
        copy(say::read_copy_base64(), base64),
        html! { <CopyButton label={say::read_copy_text()} text={in_words} /> },
    ])
}

/// What leads to the other parts of the dump, and of the `count` fields on view, where there are any.
pub(super) fn windows(
    words: &Words,
    state: &State,
    count: usize,
    dispatch: &UseReducerDispatcher<State>,
) -> (Html, Html) {
    let rows = state.rows();
    let bytes = state.model.bytes.len();
    let shown = rows.start * ROW..bytes.min(rows.end * ROW);
    let drawn = state.fields().1;
    let dump = || {
        let told = say::read_window_bytes(bytes, shown.start, shown.end.saturating_sub(1));
        let part = rows.start / ROWS;
        window(
            words,
            told,
            part,
            rows.end * ROW < bytes,
            dispatch,
            Action::DrawRows,
        )
    };
    let fields = || {
        let told = say::read_window_fields(count, drawn.start + 1, drawn.end);
        let part = drawn.start / FIELDS;
        window(
            words,
            told,
            part,
            drawn.end < count,
            dispatch,
            Action::DrawFields,
        )
    };
    let more = perhaps((rows.len() * ROW < bytes).then(dump));
    (
        row([flipped(words, state, dispatch), more]),
        perhaps((drawn.len() < count).then(fields)),
    )
}

/// What is to be known of the byte of which a bit was turned over, and the way there.
fn flipped(words: &Words, state: &State, dispatch: &UseReducerDispatcher<State>) -> Html {
    let Some(Flip { at, found, signed }) = state.model.flip else {
        return Html::default();
    };
    let hex = |byte: u8| format!("{byte:02x}");
    let bits = |byte: u8| format!("{byte:08b}");
    let told = say::failures_flipped(hex(found), bits(found), bits(signed), hex(signed));
    let dispatch = dispatch.clone();
    let on_click = Callback::from(move |_: MouseEvent| dispatch.dispatch(Action::ChooseByte(at)));
    let place = words.say(say::read_place_byte(at));
    let parts = [prose(told), button("button button--quiet", place, on_click)];
    element("div", "artefact__window", row(parts))
}

fn window(
    words: &Words,
    told: Text,
    part: usize,
    has_more: bool,
    dispatch: &UseReducerDispatcher<State>,
    action: fn(usize) -> Action,
) -> Html {
    let to = |there: bool, label: Text, part: usize| {
        let dispatch = dispatch.clone();
        let on_click = Callback::from(move |_: MouseEvent| dispatch.dispatch(action(part)));
        perhaps(there.then(|| button("button button--quiet", words.say(label), on_click)))
    };
    let parts = row([
        element("span", "artefact__part", words.say(told)),
        to(part > 0, say::read_window_back(), part.saturating_sub(1)),
        to(has_more, say::read_window_on(), part + 1),
    ]);
    element("div", "artefact__window", parts)
}
