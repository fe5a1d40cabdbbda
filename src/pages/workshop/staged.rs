//! What a run with certificates of the reader's own is, where there are some, and where there are none.

use padlock_lesson::scenario::Scenario;
use padlock_lesson::text::{Text, say};

/// What is run for this scenario, and what is to be said of it.
#[must_use]
pub fn staged(scenario: &Scenario, has_own: bool) -> (Scenario, Option<Text>) {
    match (scenario.is_own(), has_own) {
        (false, _) => (scenario.clone(), None),
        (true, true) => (scenario.clone(), Some(say::workshop_linked())),
        (true, false) => (scenario.without_own(), Some(say::workshop_link_lost())),
    }
}
