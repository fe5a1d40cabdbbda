//! One step, in its four views.

use padlock_lesson::lesson::{Lesson, Step};
use padlock_lesson::text::{Text, say};
use yew::prelude::*;

use super::artefacts::artefacts;
use super::state::View;
use crate::callback::sifted;
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
                { words.say(say::page_step_place(lesson.steps.len(), step.stage.clone(), at + 1)) }
            </p>
            <h2 class="panel__title" id="step-title" tabindex="-1">{ show(&words, &step.title) }</h2>
            <div class={classes!("bubble", format!("bubble--{speaker}"))}>
                <strong class="bubble__speaker">{ show(&words, &actor(lesson, step.speaker).name) }</strong>
                <Prose text={step.line.clone()} />
            </div>
            <Tabs id="view" label={words.label(say::page_views_label())} names={names.to_vec()} {selected} {on_select}>
                // A new step begins with everything closed.
                <div class="panel__view" key={format!("{}-{}", step.id, view.name())}>
                    { content(&words, lesson, *at, step, *view) }
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

fn content(words: &Words, lesson: &Shared<Lesson>, at: usize, step: &Step, view: View) -> Html {
    match view {
        View::Words => blocks(words, lesson, &step.words),
        View::Bytes => artefacts(words, lesson, at),
        View::Computed => computations(words, lesson, &step.computed),
        View::Knowledge => knowledge(words, lesson, &step.knowledge),
    }
}
