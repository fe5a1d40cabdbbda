//! Two certificates side by side.

use padlock_lesson::study::compare::{Cell, Line, What, compare};
use padlock_lesson::text::say;
use padlock_pki::explain::Kind;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::exhibit::others;
use super::facts::part;
use super::found;
use super::state::{Action, Entry};
use crate::callback::sifted;
use crate::components::element::{element, row};
use crate::components::icon::{Icon, icon};
use crate::context::use_surroundings;
use crate::shared::Shared;
use crate::words::Words;

#[derive(Clone, Debug, PartialEq, Properties)]
pub(super) struct CompareProperties {
    /// All that was found.
    pub(super) entries: Shared<Vec<Entry>>,
    /// The one on view.
    pub(super) chosen: usize,
    /// The one that it is compared with.
    pub(super) other: Option<usize>,
    /// Whether it is folded away.
    pub(super) folded: bool,
    /// Tells what the reader does.
    pub(super) act: Callback<Action>,
}

/// A choice of another certificate, and what differs.
#[component]
pub(super) fn Compare(properties: &CompareProperties) -> Html {
    let CompareProperties {
        entries,
        chosen,
        other,
        folded,
        act,
    } = properties;
    let around = use_surroundings();
    let words = &around.words;
    let lines = use_memo(
        (entries.clone(), *chosen, *other),
        |(entries, chosen, other)| {
            let der = |at: usize| {
                let entry = entries.get(at).filter(|entry| entry.is(Kind::Certificate));
                entry.map(|entry| entry.item.der())
            };
            Some(compare(der(*chosen)?, der((*other)?)?))
        },
    );
    let offered: Vec<_> = others(entries)
        .into_iter()
        .filter(|(at, _)| at != chosen)
        .collect();
    if offered.is_empty() {
        return Html::default();
    }
    let onchange = sifted(act, |event: Event| {
        let field = event.target_dyn_into::<HtmlSelectElement>()?;
        Some(Action::Compare(field.value().parse().ok()))
    });
    let option = |(at, entry): &(usize, &Entry)| {
        let name = format!("{}. {}", at + 1, found::name(words, entry));
        html! { <option value={at.to_string()} selected={*other == Some(*at)}>{ name }</option> }
    };
    let name = other.and_then(|at| Some(found::name(words, entries.get(at)?)));
    let table = lines
        .as_ref()
        .as_ref()
        .map(|lines| table(words, lines, &name.unwrap_or_default()));
    let heading = html! { <h2 id="read-compare">{ words.say(say::read_compare()) }</h2> };
    let inside = html! {
        <>
            <label class="ask__field">
                <span>{ words.say(say::read_compare_with()) }</span>
                <select {onchange}>
                    <option value="" selected={other.is_none()}>{ words.say(say::read_compare_none()) }</option>
                    { row(offered.iter().map(option)) }
                </select>
            </label>
            { table.unwrap_or_default() }
        </>
    };
    let fold = NodeRef::default();
    let part = part(heading, inside, folded.then_some(&fold));
    html! { <section class="compare" aria-labelledby="read-compare">{ part }</section> }
}

fn table(words: &Words, lines: &[Line], other: &str) -> Html {
    let count = lines.iter().filter(|line| line.differs).count();
    let cell = |cell: Option<&Cell>| {
        let missing = || {
            element(
                "span",
                "compare__none",
                words.say(say::read_compare_missing()),
            )
        };
        let said = |cell: &Cell| {
            let mark = cell.critical.then(|| {
                element(
                    "em",
                    "compare__critical",
                    words.say(say::read_compare_critical()),
                )
            });
            row([
                mark.unwrap_or_default(),
                element("span", "compare__text", cell.text.clone().into()),
            ])
        };
        cell.map_or_else(missing, said)
    };
    let line = |line: &Line| {
        let (class, drawing, verdict) = match line.differs {
            true => (
                "compare__row compare__row--differs",
                Icon::Cross,
                say::read_compare_differs(),
            ),
            false => ("compare__row", Icon::Dash, say::read_compare_same()),
        };
        let what = match &line.what {
            What::Said(text) => words.say(text.clone()),
            What::Extension(name) => element("code", "compare__name", name.as_str().into()),
        };
        let verdict = row([icon(drawing), " ".into(), words.say(verdict)]);
        html! {
            <tr {class}>
                <th scope="row">{ what }{ element("span", "compare__verdict", verdict) }</th>
                <td>{ cell(line.left.as_ref()) }</td>
                <td>{ cell(line.right.as_ref()) }</td>
            </tr>
        }
    };
    let heading = |text| html! { <th scope="col">{ words.say(text) }</th> };
    html! {
        <>
            <p role="status">{ words.say(say::read_compare_count(count)) }</p>
            <div class="compare__scroll" tabindex="0" role="region" aria-label={words.label(say::read_compare_caption())}>
                <table class="compare__table">
                    <caption class="visually-hidden">{ words.say(say::read_compare_caption()) }</caption>
                    <thead>
                        <tr>
                            { heading(say::read_compare_what()) }
                            { heading(say::read_compare_this()) }
                            { heading(say::read_compare_other(other)) }
                        </tr>
                    </thead>
                    <tbody>{ row(lines.iter().map(line)) }</tbody>
                </table>
            </div>
        </>
    }
}
