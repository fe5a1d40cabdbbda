//! The list of what was found, and of what was in the way.

use padlock_lesson::study::{fact, fault};
use padlock_lesson::text::{Text, say};
use padlock_pki::read::Form;
use yew::prelude::*;

use super::state::{Action, Entry, LISTED, State};
use crate::components::element::{button, definition, element, perhaps, row};
use crate::components::icon::{Icon, icon};
use crate::components::prose::{prose, show};
use crate::platform::files::{LARGEST, MOST, Unopened};
use crate::words::Words;

/// How many faults of an input are told.
const FAULTS: usize = 12;

/// What was found in what was opened.
pub(super) fn found(words: &Words, state: &State, act: &Callback<Action>) -> Html {
    let count = state.entries.len();
    let entries = state.entries.iter().enumerate().take(state.listed);
    let entry = |(at, entry): (usize, &Entry)| {
        let here = (at == state.chosen).then_some("true");
        let onclick = act.reform(move |_: MouseEvent| Action::Choose(at));
        let place = element("span", "found__place", words.say(place(state, entry)));
        html! {
            <li key={at}>
                <button type="button" class="found__item" aria-current={here} {onclick}>
                    { element("span", "found__kind", row([numbered(at), words.say(kind(entry))])) }
                    { element("span", "found__name", name(words, entry).into()) }
                    { place }
                </button>
            </li>
        }
    };
    let list = || {
        let rest = count.saturating_sub(state.listed);
        let on_more = act.reform(|_: MouseEvent| Action::More);
        let more = || {
            let label = words.say(say::read_more(rest.min(LISTED)));
            button("button button--quiet", label, on_more)
        };
        html! {
            <>
                <h2 id="read-found">{ words.say(say::read_found(count)) }</h2>
                <ol class="found" aria-labelledby="read-found">{ row(entries.map(entry)) }</ol>
                { perhaps((rest > 0).then(more)) }
            </>
        }
    };
    html! {
        <div aria-live="polite">
            { perhaps((count > 0).then(list)) }
            { obstacles(words, state) }
        </div>
    }
}

/// The number of an item before its kind: sentences and choices speak of items by it.
pub(in crate::pages) fn numbered(at: usize) -> Html {
    format!("{}. ", at + 1).into()
}

/// What is in the way of reading the input.
fn obstacles(words: &Words, state: &State) -> Html {
    let faults = state.sources.iter().flat_map(|source| {
        let name = source.name.as_deref();
        let fault = move |found| {
            let place = whence(fault::place(found), name);
            (Some(place), fault::of_input(found))
        };
        source.faults.iter().map(fault)
    });
    let unopened = state.unopened.iter().map(|(name, why)| {
        let name = fact::shortened(name, 80);
        let text = match why {
            Unopened::TooLarge(size) => say::read_file_too_large(LARGEST, name, *size),
            Unopened::Unreadable => say::read_file_unreadable(name),
            Unopened::TooMany => say::read_files_too_many(MOST),
        };
        (None, text)
    });
    let all: Vec<_> = unopened.chain(faults).collect();
    if all.is_empty() {
        return Html::default();
    }
    let line = |(place, text): &(Option<Text>, Text)| {
        let place = place
            .clone()
            .map(|place| element("span", "faults__place", words.say(place)));
        let inside = row([icon(Icon::Warning), prose(text.clone()), perhaps(place)]);
        element("li", "faults__row", inside)
    };
    let rest = all.len().saturating_sub(FAULTS);
    html! {
        <>
            <h2 id="read-faults">{ words.say(say::read_problems_input()) }</h2>
            <ul class="faults" aria-labelledby="read-faults">
                { row(all.iter().take(FAULTS).map(line)) }
                { unlisted(words, rest) }
            </ul>
        </>
    }
}

/// What an item is.
pub(super) fn kind(entry: &Entry) -> Text {
    entry
        .kind()
        .map_or_else(say::read_kind_private_key, fact::kind)
}

/// The name by which an item is spoken of; empty where it needs none.
pub(super) fn name(words: &Words, entry: &Entry) -> String {
    match entry.name() {
        Some(name) => name.to_owned(),
        None => words.plain(&say::read_broken()),
    }
}

/// Where it stands.
fn place(state: &State, entry: &Entry) -> Text {
    let at = entry.item.range.start;
    let place = match (&entry.item.form, entry.within) {
        (_, Some(number)) => say::read_place_within(number + 1),
        (Form::Pem { line, .. }, None) => say::read_place_line(at, *line),
        _ => say::read_place_byte(at),
    };
    let source = state.sources.get(entry.source);
    whence(place, source.and_then(|source| source.name.as_deref()))
}

fn whence(place: Text, name: Option<&str>) -> Text {
    match name {
        Some(name) => say::read_place_file(fact::shortened(name, 80), place),
        None => say::read_place_file(say::read_pasted(), place),
    }
}

/// A line of what is known: its name, and a value.
pub(super) fn line(words: &Words, name: Text, value: Html) -> Html {
    definition("card__row", show(words, &name), value)
}

/// How many more problems there are than are listed.
pub(super) fn unlisted(words: &Words, count: usize) -> Html {
    let more = || {
        let said = words.say(say::read_problems_more(count));
        element("li", "faults__row", said)
    };
    perhaps((count > 0).then(more))
}
