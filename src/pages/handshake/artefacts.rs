//! The bytes of a step, each artefact behind its title.

use padlock_lesson::lesson::{Artefact as Shown, Lesson};
use padlock_lesson::text::say;
use yew::prelude::*;

use crate::components::artefact::{Artefact, Model};
use crate::components::icon::{Icon, icon};
use crate::components::party::{actor, modifier};
use crate::components::prose::{Prose, show};
use crate::shared::Shared;
use crate::words::{Words, use_words};

/// The artefacts of a step (counted from 0), the first of them open.
pub(super) fn artefacts(words: &Words, lesson: &Shared<Lesson>, step: usize) -> Html {
    let count = lesson.steps.get(step).map_or(0, |step| step.bytes.len());
    if count == 0 {
        return html! { <p class="empty">{ words.say(say::page_bytes_view_none()) }</p> };
    }
    html! { { for (0..count).map(|at| html! { <Fold key={at} lesson={lesson.clone()} {step} {at} /> }) } }
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
    let words = use_words();
    let open = use_state_eq(|| place.at == 0);
    let on_click = {
        let open = open.clone();
        Callback::from(move |_: MouseEvent| open.set(!*open))
    };
    let Some(shown) = place.shown() else {
        return html! {};
    };
    html! {
        <section class={classes!("fold", open.then_some("fold--open"))}>
            <h3 class="fold__head">
                <button type="button" class="fold__button" aria-expanded={open.to_string()} onclick={on_click}>
                    { icon(Icon::Wedge) }
                    <span class="fold__summary">{ summary(&words, &place.lesson, shown) }</span>
                </button>
            </h3>
            if *open {
                <div class="fold__body"><Opened ..place.clone() /></div>
            }
        </section>
    }
}

fn summary(words: &Words, lesson: &Lesson, shown: &Shown) -> Html {
    let (seen, class) = if shown.on_wire {
        (say::page_artefact_on_wire(), "tag tag--open")
    } else {
        (say::page_artefact_hidden(), "tag tag--secret")
    };
    html! {
        <>
            <strong class="fold__title">{ show(words, &shown.title) }</strong>
            <span class={classes!("badge", format!("badge--{}", modifier(shown.from)))}>
                { show(words, &actor(lesson, shown.from).name) }
            </span>
            <span {class}>{ words.say(seen) }</span>
            <span class="fold__size">{ words.say(say::page_bytes_size(shown.bytes.len())) }</span>
        </>
    }
}

/// What is behind the title.
#[component]
fn Opened(place: &PlaceProperties) -> Html {
    let words = use_words();
    let model = use_memo(place.clone(), |place| {
        let shown = place.shown();
        shown.map(|shown| Shared::new(Model::new(&shown.bytes, &shown.tree)))
    });
    let Some((shown, model)) = place.shown().zip(model.as_ref().as_ref()) else {
        return html! {};
    };
    html! {
        <>
            if let Some(note) = &shown.note {
                <Prose text={note.clone()} />
            }
            <Artefact model={model.clone()} name={words.label(shown.title.clone())} id={format!("bytes-{}", place.at)} />
        </>
    }
}
