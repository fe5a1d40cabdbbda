//! How true to the wire a step is.

use padlock_lesson::lesson::{Truth, TruthKind};
use padlock_lesson::text::{Text, say};
use padlock_wire::Section;
use yew::prelude::*;

use crate::components::prose::show;
use crate::words::Words;

/// The label of a step with the sections it rests on.
pub fn truth(words: &Words, truth: &Truth) -> Html {
    html! {
        <footer class="truth">
            <strong class={classes!("truth__label", modifier(truth.kind))}>{ words.say(label(truth.kind)) }</strong>
            { for truth.sections.iter().map(|section| html! { <span class="truth__section">{ link(section) }</span> }) }
            if let Some(note) = &truth.note {
                <span class="truth__note">{ show(words, note) }</span>
            }
        </footer>
    }
}

/// A link to where a standard says it. Followed by the reader only; the page itself loads nothing.
pub fn link(section: &Section) -> Html {
    html! { <a href={section.url()} rel="noopener noreferrer external" target="_blank">{ section.to_string() }</a> }
}

fn label(kind: TruthKind) -> Text {
    match kind {
        TruthKind::AsOnTheWire => say::page_truth_wire(),
        TruthKind::Simplified => say::page_truth_simplified(),
        TruthKind::Historical => say::page_truth_historical(),
    }
}

const fn modifier(kind: TruthKind) -> &'static str {
    match kind {
        TruthKind::AsOnTheWire => "truth__label--wire",
        TruthKind::Simplified => "truth__label--simplified",
        TruthKind::Historical => "truth__label--historical",
    }
}
