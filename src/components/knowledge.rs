//! Who could know which value.

use padlock_lesson::lesson::{KnowledgeRow, Knows, Lesson};
use padlock_lesson::text::{Text, say};
use yew::prelude::*;

use crate::components::bytes::bytes;
use crate::components::element::{element, perhaps, row};
use crate::components::icon::{Icon, icon};
use crate::components::prose::show;
use crate::words::Words;

/// The table of a step. It says its roles itself, because a narrow view sets it as blocks.
pub fn knowledge(words: &Words, lesson: &Lesson, rows: &[KnowledgeRow]) -> Html {
    if rows.is_empty() {
        return element("p", "empty", words.say(say::page_knowledge_none()));
    }
    let value = words.plain(&say::page_knowledge_value());
    let people = [
        words.plain(&lesson.client.name),
        words.plain(&lesson.server.name),
        words.plain(&say::page_eavesdropper()),
    ];
    let head = |name| html! { <th role="columnheader" scope="col">{ name }</th> };
    html! {
        <table class="knowledge" role="table">
            { element("caption", "visually-hidden", words.say(say::page_knowledge_caption())) }
            <thead role="rowgroup">
                <tr role="row">{ row([&value].into_iter().chain(&people).map(head)) }</tr>
            </thead>
            <tbody role="rowgroup">
                { row(rows.iter().map(|known| line(words, known, &people))) }
            </tbody>
        </table>
    }
}

fn line(words: &Words, known: &KnowledgeRow, people: &[String; 3]) -> Html {
    let class = if known.new {
        "knowledge__row knowledge__row--new"
    } else {
        "knowledge__row"
    };
    let new = || element("span", "tag tag--new", words.say(say::page_knowledge_new()));
    let secret = || {
        element(
            "span",
            "tag tag--secret",
            words.say(say::page_knowledge_secret()),
        )
    };
    let cells = [known.client, known.server, known.eavesdropper]
        .into_iter()
        .zip(people);
    html! {
        <tr role="row" {class}>
            <th role="rowheader" scope="row">
                <details class="knowledge__value">
                    <summary>
                        <span>{ show(words, &known.title) }</span>
                        { perhaps(known.new.then(new)) }
                        { perhaps(known.secret.then(secret)) }
                    </summary>
                    { bytes(&known.bytes) }
                </details>
            </th>
            { row(cells.map(|(knows, who)| cell(words, knows, who))) }
        </tr>
    }
}

fn cell(words: &Words, knows: Knows, who: &str) -> Html {
    let (drawing, class, text) = look(knows);
    let text = html! { <span>{ words.say(text) }</span> };
    html! {
        <td role="cell" {class} data-who={who.to_owned()}>
            { element("span", "knowledge__mark", row([icon(drawing), text])) }
        </td>
    }
}

fn look(knows: Knows) -> (Icon, &'static str, Text) {
    const KNOWS: &str = "knowledge__cell knowledge__cell--knows";
    const SEALED: &str = "knowledge__cell knowledge__cell--sealed";
    const NO: &str = "knowledge__cell knowledge__cell--no";
    match knows {
        Knows::Made => (Icon::Full, KNOWS, say::page_knows_made()),
        Knows::Computed => (Icon::Full, KNOWS, say::page_knows_computed()),
        Knows::Read => (Icon::Full, KNOWS, say::page_knows_read()),
        Knows::Sealed => (Icon::Half, SEALED, say::page_knows_sealed()),
        Knows::No => (Icon::Dash, NO, say::page_knows_no()),
    }
}
