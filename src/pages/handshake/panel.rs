//! One step, in its four views.

use padlock_lesson::lesson::{Artefact as Shown, Lesson, Step};
use padlock_lesson::text::{Text, say};
use yew::prelude::*;

use super::state::View;
use crate::callback::sifted;
use crate::components::artefact::{Artefact, Model};
use crate::components::blocks::blocks;
use crate::components::computations::computations;
use crate::components::knowledge::knowledge;
use crate::components::party::{actor, modifier};
use crate::components::prose::{Prose, show};
use crate::components::tabs::Tabs;
use crate::components::truth::truth;
use crate::shared::Shared;
use crate::words::{Words, use_words};

/// What a [`Panel`] shows.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct PanelProperties {
    /// The story.
    pub lesson: Shared<Lesson>,
    /// Which step, from 0.
    pub step: usize,
    /// Which view.
    pub view: View,
    /// Opens another view.
    pub on_view: Callback<View>,
}

/// The step.
#[component]
pub fn Panel(properties: &PanelProperties) -> Html {
    let PanelProperties {
        lesson,
        step: at,
        view,
        on_view,
    } = properties;
    let words = use_words();
    let models = use_memo((lesson.clone(), *at), |(lesson, at)| {
        let artefacts = lesson.steps.get(*at).map_or(&[][..], |step| &step.bytes);
        artefacts
            .iter()
            .map(|shown| Shared::new(Model::new(&shown.bytes, &shown.tree)))
            .collect::<Vec<_>>()
    });
    let Some(step) = lesson.steps.get(*at) else {
        return html! {};
    };
    let names = View::ALL.map(|view| AttrValue::from(words.plain(&name(view))));
    let selected = View::ALL
        .iter()
        .position(|other| other == view)
        .unwrap_or(0);
    let on_select = sifted(on_view, |at: usize| View::ALL.get(at).copied());
    let speaker = modifier(step.speaker);
    html! {
        <section class="panel" aria-labelledby="step-title">
            <p class="panel__place">
                { words.plain(&say::page_step_place(lesson.steps.len(), step.stage.clone(), at + 1)) }
            </p>
            <h2 class="panel__title" id="step-title" tabindex="-1">{ show(&words, &step.title) }</h2>
            <div class={classes!("bubble", format!("bubble--{speaker}"))}>
                <strong class="bubble__speaker">{ show(&words, &actor(lesson, step.speaker).name) }</strong>
                <Prose text={step.line.clone()} />
            </div>
            <Tabs id="view" label={words.plain(&say::page_views_label())} names={names.to_vec()} {selected} {on_select}>
                // A new step begins with everything closed.
                <div class="panel__view" key={format!("{}-{}", step.id, view.name())}>
                    { content(&words, lesson, step, *view, &models) }
                </div>
            </Tabs>
            { truth(&words, &step.truth) }
        </section>
    }
}

fn name(view: View) -> Text {
    match view {
        View::Words => say::page_view_words(),
        View::Bytes => say::page_view_bytes(),
        View::Computed => say::page_view_computed(),
        View::Knowledge => say::page_view_knowledge(),
    }
}

fn content(
    words: &Words,
    lesson: &Lesson,
    step: &Step,
    view: View,
    models: &[Shared<Model>],
) -> Html {
    match view {
        View::Words => blocks(words, lesson, &step.words),
        View::Bytes => artefacts(words, lesson, step, models),
        View::Computed => computations(words, lesson, &step.computed),
        View::Knowledge => knowledge(words, lesson, &step.knowledge),
    }
}

/// The artefacts of a step, the first of them open.
fn artefacts(words: &Words, lesson: &Lesson, step: &Step, models: &[Shared<Model>]) -> Html {
    if step.bytes.is_empty() {
        return html! { <p class="empty">{ words.plain(&say::page_bytes_view_none()) }</p> };
    }
    html! {
        { for step.bytes.iter().zip(models).enumerate().map(|(at, (shown, model))| {
            html! { <Fold key={at} first={at == 0} summary={summary(words, lesson, shown)}>
                if let Some(note) = &shown.note {
                    <Prose text={note.clone()} />
                }
                <Artefact model={model.clone()} name={words.plain(&shown.title)} id={format!("bytes-{at}")} />
            </Fold> }
        }) }
    }
}

fn summary(words: &Words, lesson: &Lesson, shown: &Shown) -> Html {
    let seen = if shown.on_wire {
        say::page_artefact_on_wire()
    } else {
        say::page_artefact_hidden()
    };
    let class = if shown.on_wire {
        "tag tag--open"
    } else {
        "tag tag--secret"
    };
    html! {
        <>
            <strong class="fold__title">{ show(words, &shown.title) }</strong>
            <span class={classes!("badge", format!("badge--{}", modifier(shown.from)))}>
                { show(words, &actor(lesson, shown.from).name) }
            </span>
            <span {class}>{ words.plain(&seen) }</span>
            <span class="fold__size">{ words.plain(&say::page_bytes_size(shown.bytes.len())) }</span>
        </>
    }
}

#[derive(Clone, Debug, PartialEq, Properties)]
struct FoldProperties {
    first: bool,
    summary: Html,
    children: Html,
}

/// Draws what it holds only once it is opened: a certificate has hundreds of fields.
#[component]
fn Fold(properties: &FoldProperties) -> Html {
    let FoldProperties {
        first,
        summary,
        children,
    } = properties;
    let open = use_state_eq(|| *first);
    let on_click = {
        let open = open.clone();
        Callback::from(move |_: MouseEvent| open.set(!*open))
    };
    html! {
        <section class={classes!("fold", open.then_some("fold--open"))}>
            <h3 class="fold__head">
                <button type="button" class="fold__button" aria-expanded={open.to_string()} onclick={on_click}>
                    { crate::components::icon::icon(crate::components::icon::Icon::Wedge) }
                    <span class="fold__summary">{ summary.clone() }</span>
                </button>
            </h3>
            if *open {
                <div class="fold__body">{ children.clone() }</div>
            }
        </section>
    }
}
