//! One step, in its four views.

use padlock_lesson::lesson::{Lesson, Step};
use padlock_lesson::text::{Text, say};
use padlock_tls::trace::Party;
use yew::prelude::*;

use super::artefacts::artefacts;
use super::state::View;
use crate::callback::sifted;
use crate::components::blocks::blocks;
use crate::components::computations::computations;
use crate::components::element::{element, row};
use crate::components::knowledge::knowledge;
#[cfg(feature = "complete")]
use crate::components::ladder::ladder;
use crate::components::prose::{prose, show};
use crate::components::tabs::Tabs;
use crate::components::truth::truth;
use crate::shared::Shared;
use crate::words::Words;

/// The step (counted from 0) in one of its views, and what comes `after` it.
pub(super) fn panel(
    words: &Words,
    lesson: &Shared<Lesson>,
    at: usize,
    view: View,
    on_view: &Callback<View>,
    after: &Html,
) -> Html {
    let Some(step) = lesson.steps.get(at) else {
        return Html::default();
    };
    let names = View::ALL.map(|view| words.label(name(view)));
    let selected = View::ALL.iter().position(|other| *other == view);
    let on_select = sifted(on_view, |at: usize| View::ALL.get(at).copied());
    let place = say::page_step_place(lesson.steps.len(), step.stage.clone(), at + 1);
    let (bubble, speaker) = match step.speaker {
        Party::Client => ("bubble bubble--client", &lesson.client),
        Party::Server => ("bubble bubble--server", &lesson.server),
    };
    let line = row([
        element("strong", "bubble__speaker", show(words, &speaker.name)),
        prose(step.line.clone()),
    ]);
    html! {
        <section class="panel" aria-labelledby="step-title">
            { element("p", "panel__place", words.say(place)) }
            <h2 class="panel__title" id="step-title" tabindex="-1">{ show(words, &step.title) }</h2>
            { element("div", bubble, line) }
            <Tabs id="view" label={words.label(say::page_views_label())} names={names.to_vec()}
                selected={selected.unwrap_or_default()} {on_select}>
                // A new step begins with everything closed.
                <div class="panel__view" key={format!("{}-{}", step.id, view.name())}>
                    { content(words, lesson, at, step, view) }
                </div>
            </Tabs>
            { truth(words, &step.truth) }
            { after.clone() }
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
        #[cfg(feature = "complete")]
        View::Computed => {
            ladder(words, lesson, at).unwrap_or_else(|| computations(words, lesson, &step.computed))
        }
        #[cfg(not(feature = "complete"))]
        View::Computed => computations(words, lesson, &step.computed),
        View::Knowledge => knowledge(words, lesson, &step.knowledge),
    }
}
