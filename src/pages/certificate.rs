//! The certificates of a run: what they say, and every byte of them.

use std::ops::Range;

use padlock_lesson::lesson::{Exhibit, Lesson};
use padlock_lesson::text::{Text, say};
use padlock_tls::trace::Party;
use yew::prelude::*;

pub mod state;

use state::{Action, State};

use crate::components::artefact::{Artefact, Model, Pointed};
use crate::components::card::card;
use crate::components::element::{element, perhaps, row};
use crate::components::prose::prose;
use crate::components::tabs::Tabs;
use crate::context::{Around, use_surroundings};
use crate::hooks::run::Run;
use crate::hooks::told::use_told;
use crate::pages::handshake::state::Opening;
use crate::pages::handshake::{notices, running};
use crate::shared::Shared;
use crate::words::Words;

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
    /// What else is to be said of the run beforehand.
    #[prop_or_default]
    pub advice: Html,
}

/// The page.
#[component]
pub fn Certificate(properties: &CertificateProperties) -> Html {
    let CertificateProperties {
        query,
        run,
        opening,
        problems,
        advice,
    } = properties;
    let around = use_surroundings();
    let Around { platform, words } = &*around;
    let state = {
        let opening = opening.clone();
        use_reducer_eq(move || opening)
    };
    let address = platform.address.clone();
    use_told(state.link(query), move |link| address.replace(link));
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
    let empty = run.lesson.is_some() && count == 0;
    let selected = state.chosen.min(count.saturating_sub(1));
    let mut problems = problems.clone();
    if count > 0 && selected != state.chosen {
        problems.push(say::page_problem_certificates(count, state.chosen + 1));
    }
    let model = use_memo((run.lesson.clone(), selected), |(lesson, selected)| {
        let lesson = lesson.as_ref()?;
        let exhibit = lesson.certificates.get(*selected)?;
        Some(Shared::new(Model::told(
            lesson,
            &exhibit.der,
            &exhibit.tree,
        )))
    });
    let shown = |lesson: &Shared<Lesson>| {
        let exhibit = lesson.certificates.get(selected);
        let inside = match exhibit.zip(model.as_ref().as_ref()) {
            Some(shown) => html! {
                <Tabs id="chain" label={words.label(say::page_certificate_chain())} names={names(words, lesson)}
                    {selected} {on_select}>
                    <div key={selected}>{ laid_open(words, shown, state.pointed.clone(), &on_place) }</div>
                </Tabs>
            },
            None => element("p", "empty", words.say(say::page_certificate_none())),
        };
        let back = words.say(say::page_certificate_back());
        let step = exhibit.and_then(|exhibit| check(lesson, exhibit));
        let href = Opening {
            step: step.unwrap_or_default(),
            ..Opening::default()
        }
        .link(query);
        row([
            inside,
            html! { <p class="sheet__on"><a {href}>{ back }</a></p> },
        ])
    };
    html! {
        <section class="sheet sheet--wide">
            <h1>{ words.say(say::page_certificate_heading()) }</h1>
            { notices(&problems) }
            { advice.clone() }
            { perhaps((!empty).then(|| prose(say::page_certificate_intro()))) }
            { run.lesson.as_ref().map_or_else(|| running(words, run.done), shown) }
        </section>
    }
}

/// The step of the story in which the certificate is checked.
fn check(lesson: &Lesson, exhibit: &Exhibit) -> Option<usize> {
    // A root is held by those who check with it, the others by those who are checked.
    let checked = match exhibit.trusted {
        true => exhibit.holder.peer(),
        false => exhibit.holder,
    };
    let id = match checked {
        Party::Server => "certificate-check",
        Party::Client => "client-check",
    };
    lesson.steps.iter().position(|step| step.id == id)
}

fn names(words: &Words, lesson: &Lesson) -> Vec<AttrValue> {
    let name = |exhibit: &Exhibit| AttrValue::from(words.plain(&exhibit.title));
    lesson.certificates.iter().map(name).collect()
}

/// One certificate: the card, what is not on it, and the bytes.
fn laid_open(
    words: &Words,
    (exhibit, model): (&Exhibit, &Shared<Model>),
    pointed: Option<Pointed>,
    on_place: &Callback<Range<usize>>,
) -> Html {
    html! {
        <div class="exhibit">
            { prose(exhibit.place.clone()) }
            { card(words, None, &exhibit.card, Some(on_place)) }
            { element("div", "note", prose(say::page_certificate_private())) }
            <h2 id="certificate-bytes">{ words.say(say::page_certificate_bytes()) }</h2>
            { prose(say::page_certificate_bytes_text()) }
            <Artefact model={model.clone()} name={words.label(exhibit.title.clone())} id="certificate" {pointed} />
        </div>
    }
}
