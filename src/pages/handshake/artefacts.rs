//! The bytes of a step, each artefact behind its title.

use padlock_lesson::lesson::{Artefact as Shown, Lesson};
use padlock_lesson::text::say;
use yew::prelude::*;

use crate::components::artefact::{Artefact, Model};
use crate::components::element::{discloser, element, perhaps, row};
use crate::components::icon::{Icon, icon};
use crate::components::party::badge;
use crate::components::prose::{prose, show};
use crate::context::use_surroundings;
use crate::hooks::toggle::use_toggle;
use crate::shared::Shared;
use crate::words::Words;

/// The artefacts of a step (counted from 0), the first of them open.
pub(super) fn artefacts(words: &Words, lesson: &Shared<Lesson>, step: usize) -> Html {
    let count = lesson.steps.get(step).map_or(0, |step| step.bytes.len());
    if count == 0 {
        return element("p", "empty", words.say(say::page_bytes_view_none()));
    }
    let fold = |at| html! { <Fold key={at} lesson={lesson.clone()} {step} {at} /> };
    row((0..count).map(fold))
}

/// Which artefact of a lesson.
#[derive(Clone, Debug, PartialEq, Properties)]
struct PlaceProperties {
    lesson: Shared<Lesson>,
    step: usize,
    at: usize,
}

impl PlaceProperties {
    fn shown(&self) -> Option<&Shown> {
        self.lesson.steps.get(self.step)?.bytes.get(self.at)
    }
}

/// An artefact's title, and the artefact once it is opened: a certificate has hundreds of fields.
#[component]
fn Fold(place: &PlaceProperties) -> Html {
    let around = use_surroundings();
    let words = &around.words;
    let (open, on_toggle) = use_toggle(place.at == 0);
    let model = use_memo((place.clone(), open), |(place, open)| {
        let shown = place.shown().filter(|_| *open)?;
        Some(Shared::new(Model::told(
            &place.lesson,
            &shown.bytes,
            &shown.tree,
        )))
    });
    let Some(shown) = place.shown() else {
        return Html::default();
    };
    let head = row([
        icon(Icon::Wedge),
        element(
            "span",
            "fold__summary",
            summary(words, &place.lesson, shown),
        ),
    ]);
    let head = discloser("fold__button", open, head, on_toggle);
    let (class, body) = match &*model {
        Some(model) => ("fold fold--open", opened(words, shown, model, place.at)),
        None => ("fold", Html::default()),
    };
    element(
        "section",
        class,
        row([element("h3", "fold__head", head), body]),
    )
}

fn summary(words: &Words, lesson: &Lesson, shown: &Shown) -> Html {
    let (seen, class) = if shown.on_wire {
        (say::page_artefact_on_wire(), "tag tag--open")
    } else {
        (say::page_artefact_hidden(), "tag tag--secret")
    };
    let size = say::page_bytes_size(shown.bytes.len());
    row([
        element("strong", "fold__title", show(words, &shown.title)),
        badge(words, lesson, shown.from),
        element("span", class, words.say(seen)),
        element("span", "fold__size", words.say(size)),
    ])
}

/// What is behind the title.
fn opened(words: &Words, shown: &Shown, model: &Shared<Model>, at: usize) -> Html {
    html! {
        <div class="fold__body">
            { perhaps(shown.note.clone().map(prose)) }
            <Artefact model={model.clone()} name={words.label(shown.title.clone())} id={format!("bytes-{at}")} />
        </div>
    }
}
