//! The two sides, what passes between them, and who listens.

use std::cmp::Ordering;

use padlock_lesson::lesson::{Actor, KnowledgeRow, Knows, LaneItem, LaneLabel, Lesson, Step};
use padlock_lesson::text::{Text, say};
use padlock_tls::trace::Party;
use yew::prelude::*;

use super::state::Opening;
use crate::components::element::{element, perhaps, row, unseen, word};
use crate::components::icon::{Icon, icon};
use crate::components::prose::show;
use crate::words::Words;

/// The stage; `query` is the scenario's, for links to steps, and `busy` says that another run is on
/// its way.
pub(super) fn stage(
    words: &Words,
    lesson: &Lesson,
    opening: Opening,
    query: &str,
    on_step: &Callback<usize>,
    busy: bool,
) -> Html {
    let item = |(at, step): (usize, &Step)| {
        let (class, id, current) = match at.cmp(&opening.step) {
            Ordering::Less => ("lane__item", None, None),
            Ordering::Equal => ("lane__item lane__item--now", Some("lane-now"), Some("step")),
            Ordering::Greater => ("lane__item lane__item--later", None, None),
        };
        let href = Opening {
            step: at,
            ..opening
        }
        .link(query);
        let on_click = on_step.reform(move |event: MouseEvent| {
            event.prevent_default();
            at
        });
        html! {
            <li key={step.id} {id} {class}>
                <a class="lane__link" {href} onclick={on_click} aria-current={current}>
                    { lane_item(words, &step.lane, id.is_some()) }
                </a>
            </li>
        }
    };
    let parties = [
        actor(words, &lesson.client, "actor actor--client"),
        actor(words, &lesson.server, "actor actor--server"),
    ];
    let heard = lesson.steps.get(opening.step);
    html! {
        <section class="stage" aria-labelledby="stage-title" aria-busy={word(busy)}>
            <h2 class="visually-hidden" id="stage-title">{ words.say(say::page_stage_title()) }</h2>
            { element("div", "stage__parties", row(parties)) }
            <label class="stage__all">
                <input type="checkbox" />
                <span>{ words.say(say::page_stage_all(lesson.steps.len())) }</span>
            </label>
            { element("ol", "lane", row(lesson.steps.iter().enumerate().map(item))) }
            { perhaps(heard.map(|step| eavesdropper(words, step))) }
        </section>
    }
}

fn actor(words: &Words, actor: &Actor, class: &'static str) -> Html {
    let parts = [
        element("strong", "actor__name", show(words, &actor.name)),
        element("span", "actor__brings", show(words, &actor.brings)),
    ];
    element("div", class, row(parts))
}

fn lane_item(words: &Words, item: &LaneItem, now: bool) -> Html {
    match item {
        LaneItem::Arrow {
            from,
            labels,
            size,
            alert,
        } => {
            let direction = match from {
                Party::Client => say::page_to_server(),
                Party::Server => say::page_to_client(),
            };
            let warning = alert.then(|| icon(Icon::Warning));
            let packet = now.then(|| element("span", "arrow__packet", Html::default()));
            let said = labels.iter().enumerate().map(|shown| label(words, shown));
            let class = match (from, alert) {
                (Party::Client, false) => "arrow arrow--client",
                (Party::Client, true) => "arrow arrow--client arrow--alert",
                (Party::Server, false) => "arrow arrow--server",
                (Party::Server, true) => "arrow arrow--server arrow--alert",
            };
            html! {
                <span {class}>
                    { element("span", "arrow__labels", row(warning.into_iter().chain(said))) }
                    <span class="arrow__line" aria-hidden="true">{ packet }</span>
                    { unseen(words.say(direction)) }
                    { element("small", "arrow__size", words.say(say::page_bytes_short(*size))) }
                </span>
            }
        }
        LaneItem::Inside {
            party,
            label,
            failed,
        } => {
            let class = match (party, failed) {
                (Party::Client, false) => "inside inside--client",
                (Party::Client, true) => "inside inside--client inside--failed",
                (Party::Server, false) => "inside inside--server",
                (Party::Server, true) => "inside inside--server inside--failed",
            };
            let cross = || {
                row([
                    icon(Icon::Cross),
                    unseen(words.say(say::page_check_failed())),
                ])
            };
            let label = html! { <span>{ show(words, label) }</span> };
            element(
                "span",
                class,
                row(failed.then(cross).into_iter().chain([label])),
            )
        }
        LaneItem::Both { label } => element("span", "inside inside--both", show(words, label)),
    }
}

/// A message's name, behind a comma if it is not the first.
fn label(words: &Words, (at, label): (usize, &LaneLabel)) -> Html {
    let comma = if at > 0 { ", " } else { "" };
    let lock = || row([icon(Icon::Lock), unseen(words.say(say::page_encrypted()))]);
    let lock = perhaps(label.encrypted.then(lock));
    let name = row([lock, show(words, &label.label)]);
    row([comma.into(), element("span", "arrow__label", name)])
}

fn eavesdropper(words: &Words, step: &Step) -> Html {
    let secrets = if step.knowledge.iter().any(knows_secret) {
        say::page_overheard_secret()
    } else {
        say::page_overheard_no_secret()
    };
    let chips = step.overheard.iter().map(|heard| {
        let what = show(words, &heard.what);
        if heard.new {
            let new = element("span", "chip__new", words.say(say::page_knowledge_new()));
            element("li", "chip chip--new", row([what, new]))
        } else {
            element("li", "chip", what)
        }
    });
    let chips = if step.overheard.is_empty() {
        Html::default()
    } else {
        element("ul", "eavesdropper__chips", row(chips))
    };
    let parts = [
        element("p", "eavesdropper__intro", show(words, &intro(step))),
        chips,
        element("p", "eavesdropper__secrets", show(words, &secrets)),
    ];
    element("div", "eavesdropper", row(parts))
}

fn intro(step: &Step) -> Text {
    if step.overheard.is_empty() {
        say::page_overheard_nothing()
    } else {
        say::page_overheard()
    }
}

fn knows_secret(row: &KnowledgeRow) -> bool {
    row.secret
        && matches!(
            row.eavesdropper,
            Knows::Made | Knows::Computed | Knows::Read
        )
}
