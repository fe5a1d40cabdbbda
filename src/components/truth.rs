//! How true to the wire a step is.

use padlock_lesson::lesson::{Truth, TruthKind};
use padlock_lesson::text::say;
use padlock_wire::Section;
use yew::prelude::*;

use crate::components::element::{element, row};
use crate::components::prose::show;
use crate::words::Words;

/// The label of a step with the sections it rests on.
pub fn truth(words: &Words, truth: &Truth) -> Html {
    let (class, label) = match truth.kind {
        TruthKind::AsOnTheWire => ("truth__label truth__label--wire", say::page_truth_wire()),
        TruthKind::Inside => ("truth__label truth__label--wire", say::page_truth_inside()),
        TruthKind::Simplified => (
            "truth__label truth__label--simplified",
            say::page_truth_simplified(),
        ),
        TruthKind::Historical => (
            "truth__label truth__label--historical",
            say::page_truth_historical(),
        ),
    };
    let label = element("strong", class, words.say(label));
    let sections = truth.sections.iter();
    let sections = sections.map(|section| element("span", "truth__section", link(section)));
    let note = truth.note.iter();
    let note = note.map(|note| element("span", "truth__note", show(words, note)));
    element(
        "footer",
        "truth",
        row([label].into_iter().chain(sections).chain(note)),
    )
}

/// A link to where a standard says it. Followed by the reader only; the page itself loads nothing.
pub fn link(section: &Section) -> Html {
    html! { <a href={section.url()} rel="noopener noreferrer external" target="_blank">{ section.to_string() }</a> }
}
