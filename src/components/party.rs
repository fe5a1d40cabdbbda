//! The two sides, as the page shows them.

use padlock_lesson::lesson::{Actor, Lesson};
use padlock_tls::trace::Party;

/// The part of a class name that stands for a side.
#[must_use]
pub const fn modifier(party: Party) -> &'static str {
    match party {
        Party::Client => "client",
        Party::Server => "server",
    }
}

/// How a lesson introduces a side.
#[must_use]
pub const fn actor(lesson: &Lesson, party: Party) -> &Actor {
    match party {
        Party::Client => &lesson.client,
        Party::Server => &lesson.server,
    }
}
