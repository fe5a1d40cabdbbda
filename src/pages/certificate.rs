//! The certificates of a run: what they say, and every byte of them.

use std::ops::Range;

use padlock_lesson::lesson::{Exhibit, Lesson};
use padlock_lesson::text::{Text, say};
use yew::prelude::*;

pub mod state;

use state::{Action, State};

use crate::components::artefact::{Artefact, Model, Pointed};
use crate::components::card::card;
use crate::components::party::actor;
use crate::components::prose::Prose;
use crate::components::tabs::Tabs;
use crate::context::use_platform;
use crate::hooks::run::Run;
use crate::pages::handshake::notices;
use crate::shared::Shared;
use crate::words::{Words, use_words};

/// What the [`Certificate`] page shows.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct CertificateProperties {
    /// The query of what is run, for links.
    pub query: AttrValue,
    /// How far the run is.
    pub run: Run,
    /// Where the address opens the page.
    pub opening: State,
    /// What was wrong with the address.
    pub problems: Vec<Text>,
}

/// The page.
#[component]
pub fn Certificate(properties: &CertificateProperties) -> Html {
    let CertificateProperties {
        query,
        run,
        opening,
        problems,
    } = properties;
    let words = use_words();
    let platform = use_platform();
    let state = {
        let opening = opening.clone();
        use_reducer_eq(move || opening)
    };
    {
        let address = platform.address.clone();
        let link = state.link(query);
        use_effect_with(link, move |link| address.replace(link));
    }
    let dispatch = state.dispatcher();
    let on_select = Callback::from(move |chosen| dispatch.dispatch(Action::Choose(chosen)));
    let dispatch = state.dispatcher();
    let screen = platform.screen.clone();
    let on_place = Callback::from(move |range| {
        dispatch.dispatch(Action::Point(range));
        screen.bring(&["certificate-bytes"]);
    });

    let count = run
        .lesson
        .as_ref()
        .map_or(0, |lesson| lesson.certificates.len());
    let selected = state.chosen.min(count.saturating_sub(1));
    let mut problems = problems.clone();
    if count > 0 && selected != state.chosen {
        problems.push(say::page_problem_certificates(count, state.chosen + 1));
    }
    html! {
        <section class="sheet sheet--wide">
            <h1>{ words.say(say::page_certificate_heading()) }</h1>
            { notices(&problems) }
            <Prose text={say::page_certificate_intro()} />
            if let Some(lesson) = &run.lesson {
                <Tabs id="chain" label={words.label(say::page_certificate_chain())} names={names(&words, lesson)}
                    {selected} {on_select}>
                    <LaidOpen key={selected} lesson={lesson.clone()} {selected} pointed={state.pointed.clone()} {on_place} />
                </Tabs>
                <p class="sheet__on"><a href={format!("#/handshake?{query}")}>{ words.say(say::page_certificate_back()) }</a></p>
            } else {
                <div class="running" role="status">{ words.say(say::page_running(run.done)) }</div>
            }
        </section>
    }
}

fn names(words: &Words, lesson: &Lesson) -> Vec<AttrValue> {
    let name = |exhibit: &Exhibit| AttrValue::from(words.plain(&exhibit.title));
    lesson.certificates.iter().map(name).collect()
}

#[derive(Clone, Debug, PartialEq, Properties)]
struct LaidOpenProperties {
    lesson: Shared<Lesson>,
    selected: usize,
    pointed: Option<Pointed>,
    on_place: Callback<Range<usize>>,
}

/// One certificate: the card, what is not on it, and the bytes.
#[component]
fn LaidOpen(properties: &LaidOpenProperties) -> Html {
    let LaidOpenProperties {
        lesson,
        selected,
        pointed,
        on_place,
    } = properties;
    let words = use_words();
    let model = use_memo((lesson.clone(), *selected), |(lesson, selected)| {
        let exhibit = lesson.certificates.get(*selected);
        exhibit.map(|exhibit| Shared::new(Model::new(&exhibit.der, &exhibit.tree)))
    });
    let Some((exhibit, model)) = lesson
        .certificates
        .get(*selected)
        .zip(model.as_ref().as_ref())
    else {
        return html! { <p class="empty">{ words.say(say::page_certificate_none()) }</p> };
    };
    html! {
        <div class="exhibit">
            <Prose text={place(lesson, exhibit)} />
            { card(&words, None, &exhibit.card, Some(on_place)) }
            <div class="note"><Prose text={say::page_certificate_private()} /></div>
            <h2 id="certificate-bytes">{ words.say(say::page_certificate_bytes()) }</h2>
            <Prose text={say::page_certificate_bytes_text()} />
            <Artefact model={model.clone()} name={words.label(exhibit.title.clone())} id="certificate" pointed={pointed.clone()} />
        </div>
    }
}

/// Where the certificate is in the run.
fn place(lesson: &Lesson, exhibit: &Exhibit) -> Text {
    let holder = actor(lesson, exhibit.holder).name.clone();
    if exhibit.sent {
        say::page_certificate_sent(holder)
    } else {
        say::page_certificate_held(holder)
    }
}
