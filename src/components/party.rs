//! The two sides, as the page shows them.

use padlock_lesson::lesson::{Actor, Lesson};
use padlock_tls::trace::Party;
use yew::prelude::*;

use crate::components::element::element;
use crate::components::prose::show;
use crate::words::Words;

/// How a lesson introduces a side.
#[must_use]
pub const fn actor(lesson: &Lesson, party: Party) -> &Actor {
    match party {
        Party::Client => &lesson.client,
        Party::Server => &lesson.server,
    }
}

/// The name of a side, in its colour.
pub fn badge(words: &Words, lesson: &Lesson, party: Party) -> Html {
    let class = match party {
        Party::Client => "badge badge--client",
        Party::Server => "badge badge--server",
    };
    element("span", class, show(words, &actor(lesson, party).name))
}
