//! The certificates of a run: what they say, and every byte of them.

use padlock_lesson::lesson::{Exhibit, Lesson};
use padlock_lesson::text::{Text, say};
use yew::prelude::*;

pub mod state;

use state::{Action, State};

use crate::components::artefact::{Artefact, Model};
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
        let opening = *opening;
        use_reducer_eq(move || opening)
    };
    {
        let address = platform.address.clone();
        use_effect_with((query.clone(), *state), move |(query, state)| {
            address.replace(&state.link(query))
        });
    }
    let on_select = {
        let dispatch = state.dispatcher();
        Callback::from(move |chosen| dispatch.dispatch(Action::Choose(chosen)))
    };
    let models = use_memo(run.lesson.clone(), |lesson| {
        let exhibits = lesson
            .as_ref()
            .map_or(&[][..], |lesson| &lesson.certificates);
        exhibits
            .iter()
            .map(|exhibit| Shared::new(Model::new(&exhibit.der, &exhibit.tree)))
            .collect::<Vec<_>>()
    });
    html! {
        <section class="sheet sheet--wide">
            <h1>{ words.plain(&say::page_certificate_heading()) }</h1>
            { notices(problems) }
            <Prose text={say::page_certificate_intro()} />
            if let Some(lesson) = &run.lesson {
                { chain(&words, lesson, state.chosen, &models, on_select) }
                <p class="sheet__on"><a href={format!("#/handshake?{query}")}>{ words.plain(&say::page_certificate_back()) }</a></p>
            } else {
                <div class="running" role="status">{ words.plain(&say::page_running(run.done)) }</div>
            }
        </section>
    }
}

fn chain(
    words: &Words,
    lesson: &Lesson,
    chosen: usize,
    models: &[Shared<Model>],
    on_select: Callback<usize>,
) -> Html {
    let names: Vec<_> = lesson
        .certificates
        .iter()
        .map(|exhibit| AttrValue::from(words.plain(&exhibit.title)))
        .collect();
    let selected = chosen.min(names.len().saturating_sub(1));
    let Some((exhibit, model)) = lesson.certificates.get(selected).zip(models.get(selected)) else {
        return html! { <p class="empty">{ words.plain(&say::page_certificate_none()) }</p> };
    };
    html! {
        <Tabs id="chain" label={words.plain(&say::page_certificate_chain())} {names} {selected} {on_select}>
            <div class="exhibit" key={selected}>
                <Prose text={place(lesson, exhibit)} />
                { card(words, None, &exhibit.card) }
                <div class="note"><Prose text={say::page_certificate_private()} /></div>
                <h2>{ words.plain(&say::page_certificate_bytes()) }</h2>
                <Prose text={say::page_certificate_bytes_text()} />
                <Artefact model={model.clone()} name={words.plain(&exhibit.title)} id="certificate" />
            </div>
        </Tabs>
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
