//! Words with their emphasis; terms open where they stand.

use padlock_lesson::text::{Inline, TermId, Text};
use web_sys::{HtmlElement, KeyboardEvent};
use yew::prelude::*;

use crate::components::element::{element, perhaps, row, word};
use crate::context::use_surroundings;
use crate::hooks::identity::use_identity;
use crate::words::Words;

/// What a [`Prose`] shows.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct ProseProperties {
    /// The words.
    pub text: Text,
}

/// A paragraph. Each term in it is a button that opens its explanation below the paragraph.
#[component]
pub fn Prose(properties: &ProseProperties) -> Html {
    let around = use_surroundings();
    let words = &around.words;
    let id = use_identity();
    let open = use_state_eq(|| None::<(usize, TermId)>);
    let button = use_node_ref();

    let inlines = words.inlines(&properties.text);
    let shown = open.filter(
        |(at, term)| matches!(inlines.get(*at), Some(Inline::Term { id, .. }) if id == term),
    );

    let on_escape = {
        let open = open.clone();
        let button = button.clone();
        Callback::from(move |event: KeyboardEvent| {
            if open.is_some() && event.key() == "Escape" {
                event.stop_propagation();
                open.set(None);
                if let Some(button) = button.cast::<HtmlElement>() {
                    let _ = button.focus();
                }
            }
        })
    };
    let piece = |(at, inline): (usize, &Inline)| match inline {
        Inline::Term { id: term, text } => {
            let term = *term;
            let expanded = shown.is_some_and(|(open_at, _)| open_at == at);
            let open = open.clone();
            let on_click = Callback::from(move |_: MouseEvent| {
                open.set(if expanded { None } else { Some((at, term)) });
            });
            let explained_by = expanded.then(|| id.clone());
            html! {
                <button type="button" class="term" ref={if expanded { button.clone() } else { NodeRef::default() }}
                    aria-expanded={word(expanded)} aria-controls={explained_by.clone()}
                    aria-describedby={explained_by} onclick={on_click}>{ text }</button>
            }
        }
        other => show_inline(other),
    };
    let gloss = |(_, term): (usize, TermId)| {
        html! {
            <div class="gloss" id={id.clone()} role="note">
                { element("p", "gloss__title", show(words, &term.title())) }
                { prose(term.explanation()) }
            </div>
        }
    };
    html! {
        <div class="prose" onkeydown={on_escape}>
            <p>{ row(inlines.iter().enumerate().map(piece)) }</p>
            { perhaps(shown.map(gloss)) }
        </div>
    }
}

/// A paragraph, to be drawn.
pub fn prose(text: Text) -> Html {
    html! { <Prose {text} /> }
}

/// Words with their emphasis on one line; terms stay closed.
pub fn show(words: &Words, text: &Text) -> Html {
    row(words.inlines(text).iter().map(show_inline))
}

fn show_inline(inline: &Inline) -> Html {
    let tag = match inline {
        Inline::Plain(_) | Inline::Term { .. } => return inline.text().into(),
        Inline::Strong(_) => "strong",
        Inline::Emphasis(_) => "em",
        Inline::Code(_) => "code",
        Inline::Date(_) => "time",
    };
    html! { <@{tag}>{ inline.text() }</@> }
}
