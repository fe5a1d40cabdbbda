//! The two sides, what passes between them, and who listens.

use padlock_lesson::lesson::{Actor, KnowledgeRow, Knows, LaneItem, Lesson, Step};
use padlock_lesson::text::{Text, say};
use padlock_tls::trace::Party;
use yew::prelude::*;

use super::state::Opening;
use crate::components::icon::{Icon, icon};
use crate::components::party::modifier;
use crate::components::prose::show;
use crate::shared::Shared;
use crate::words::{Words, use_words};

/// What a [`Stage`] shows.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct StageProperties {
    /// The story.
    pub lesson: Shared<Lesson>,
    /// Where the reader is.
    pub opening: Opening,
    /// The scenario's query, for links to steps.
    pub query: AttrValue,
    /// Goes to a step.
    pub on_step: Callback<usize>,
    /// Whether another run is on its way.
    pub busy: bool,
}

/// The stage.
#[component]
pub fn Stage(properties: &StageProperties) -> Html {
    let StageProperties {
        lesson,
        opening,
        query,
        on_step,
        busy,
    } = properties;
    let words = use_words();
    let item = |(at, step): (usize, &Step)| {
        let now = at == opening.step;
        let class = classes!(
            "lane__item",
            now.then_some("lane__item--now"),
            (at > opening.step).then_some("lane__item--later"),
        );
        let href = Opening {
            step: at,
            ..*opening
        }
        .link(query);
        let on_click = on_step.reform(move |event: MouseEvent| {
            event.prevent_default();
            at
        });
        html! {
            <li key={step.id} id={now.then_some("lane-now")} {class}>
                <a class="lane__link" {href} onclick={on_click} aria-current={now.then_some("step")}>
                    { lane_item(&words, step, now) }
                </a>
            </li>
        }
    };
    html! {
        <section class="stage" aria-labelledby="stage-title" aria-busy={busy.to_string()}>
            <h2 class="visually-hidden" id="stage-title">{ words.say(say::page_stage_title()) }</h2>
            <div class="stage__parties">
                { actor(&words, &lesson.client, Party::Client) }
                { actor(&words, &lesson.server, Party::Server) }
            </div>
            <ol class="lane">{ for lesson.steps.iter().enumerate().map(item) }</ol>
            if let Some(step) = lesson.steps.get(opening.step) {
                { eavesdropper(&words, step) }
            }
        </section>
    }
}

fn actor(words: &Words, actor: &Actor, party: Party) -> Html {
    html! {
        <div class={classes!("actor", format!("actor--{}", modifier(party)))}>
            <strong class="actor__name">{ show(words, &actor.name) }</strong>
            <span class="actor__brings">{ show(words, &actor.brings) }</span>
        </div>
    }
}

fn lane_item(words: &Words, step: &Step, now: bool) -> Html {
    match &step.lane {
        LaneItem::Arrow {
            from,
            labels,
            size,
            alert,
        } => {
            let class = classes!(
                "arrow",
                format!("arrow--{}", modifier(*from)),
                alert.then_some("arrow--alert")
            );
            let label = |(at, label): (usize, &padlock_lesson::lesson::LaneLabel)| {
                html! {
                    <>
                        if at > 0 { { ", " } }
                        <span class="arrow__label">
                            if label.encrypted {
                                { icon(Icon::Lock) }
                                <span class="visually-hidden">{ words.say(say::page_encrypted()) }</span>
                            }
                            { show(words, &label.label) }
                        </span>
                    </>
                }
            };
            let direction = match from {
                Party::Client => say::page_to_server(),
                Party::Server => say::page_to_client(),
            };
            html! {
                <span {class}>
                    <span class="arrow__labels">
                        if *alert {
                            { icon(Icon::Warning) }
                        }
                        { for labels.iter().enumerate().map(label) }
                    </span>
                    <span class="arrow__line" aria-hidden="true">
                        if now {
                            <span class="arrow__packet"></span>
                        }
                    </span>
                    <span class="visually-hidden">{ words.say(direction) }</span>
                    <small class="arrow__size">{ words.say(say::page_bytes_short(*size)) }</small>
                </span>
            }
        }
        LaneItem::Inside {
            party,
            label,
            failed,
        } => {
            let class = classes!(
                "inside",
                format!("inside--{}", modifier(*party)),
                failed.then_some("inside--failed")
            );
            html! {
                <span {class}>
                    if *failed {
                        { icon(Icon::Cross) }
                        <span class="visually-hidden">{ words.say(say::page_check_failed()) }</span>
                    }
                    <span>{ show(words, label) }</span>
                </span>
            }
        }
        LaneItem::Both { label } => {
            html! { <span class="inside inside--both">{ show(words, label) }</span> }
        }
    }
}

fn eavesdropper(words: &Words, step: &Step) -> Html {
    let secrets = if step.knowledge.iter().any(knows_secret) {
        say::page_overheard_secret()
    } else {
        say::page_overheard_no_secret()
    };
    html! {
        <div class="eavesdropper">
            <p class="eavesdropper__intro">{ show(words, &intro(step)) }</p>
            if !step.overheard.is_empty() {
                <ul class="eavesdropper__chips">
                    { for step.overheard.iter().map(|heard| html! {
                        <li class={classes!("chip", heard.new.then_some("chip--new"))}>
                            { show(words, &heard.what) }
                            if heard.new {
                                <span class="chip__new">{ words.say(say::page_knowledge_new()) }</span>
                            }
                        </li>
                    }) }
                </ul>
            }
            <p class="eavesdropper__secrets">{ show(words, &secrets) }</p>
        </div>
    }
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
