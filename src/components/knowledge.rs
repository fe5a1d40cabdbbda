//! Who could know which value.

use padlock_lesson::lesson::{KnowledgeRow, Knows, Lesson};
use padlock_lesson::text::{Text, say};
use yew::prelude::*;

use crate::components::bytes::Bytes;
use crate::components::icon::{Icon, icon};
use crate::components::prose::show;
use crate::words::Words;

/// The table of a step. It says its roles itself, because a narrow view sets it as blocks.
pub fn knowledge(words: &Words, lesson: &Lesson, rows: &[KnowledgeRow]) -> Html {
    if rows.is_empty() {
        return html! { <p class="empty">{ words.say(say::page_knowledge_none()) }</p> };
    }
    let people = [
        words.plain(&lesson.client.name),
        words.plain(&lesson.server.name),
        words.plain(&say::page_eavesdropper()),
    ];
    let head = |name: &String| html! { <th role="columnheader" scope="col">{ name }</th> };
    html! {
        <table class="knowledge" role="table">
            <caption class="visually-hidden">{ words.say(say::page_knowledge_caption()) }</caption>
            <thead role="rowgroup">
                <tr role="row">
                    <th role="columnheader" scope="col">{ words.say(say::page_knowledge_value()) }</th>
                    { for people.iter().map(head) }
                </tr>
            </thead>
            <tbody role="rowgroup">
                { for rows.iter().map(|known| row(words, known, &people)) }
            </tbody>
        </table>
    }
}

fn row(words: &Words, row: &KnowledgeRow, people: &[String; 3]) -> Html {
    let class = classes!("knowledge__row", row.new.then_some("knowledge__row--new"));
    let cells = [row.client, row.server, row.eavesdropper]
        .into_iter()
        .zip(people);
    html! {
        <tr role="row" {class}>
            <th role="rowheader" scope="row">
                <details class="knowledge__value">
                    <summary>
                        <span>{ show(words, &row.title) }</span>
                        if row.new {
                            <span class="tag tag--new">{ words.say(say::page_knowledge_new()) }</span>
                        }
                        if row.secret {
                            <span class="tag tag--secret">{ words.say(say::page_knowledge_secret()) }</span>
                        }
                    </summary>
                    <Bytes bytes={row.bytes.clone()} />
                </details>
            </th>
            { for cells.map(|(knows, who)| cell(words, knows, who)) }
        </tr>
    }
}

fn cell(words: &Words, knows: Knows, who: &str) -> Html {
    let (drawing, class, text) = look(knows);
    html! {
        <td role="cell" class={classes!("knowledge__cell", class)} data-who={who.to_owned()}>
            <span class="knowledge__mark">{ icon(drawing) }<span>{ words.say(text) }</span></span>
        </td>
    }
}

fn look(knows: Knows) -> (Icon, &'static str, Text) {
    match knows {
        Knows::Made => (Icon::Full, "knowledge__cell--knows", say::page_knows_made()),
        Knows::Computed => (
            Icon::Full,
            "knowledge__cell--knows",
            say::page_knows_computed(),
        ),
        Knows::Read => (Icon::Full, "knowledge__cell--knows", say::page_knows_read()),
        Knows::Sealed => (
            Icon::Half,
            "knowledge__cell--sealed",
            say::page_knows_sealed(),
        ),
        Knows::No => (Icon::Dash, "knowledge__cell--no", say::page_knows_no()),
    }
}
