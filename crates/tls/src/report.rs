//! Where parties report what they do.

use padlock_wire::{Section, Tree};

use crate::trace::{Event, EventKind, Input, Party, Value};
use crate::value::{Formula, ValueName};

/// Collects the events of one party; costs nothing when nobody listens.
#[derive(Debug)]
pub struct Reporter {
    party: Party,
    listening: bool,
    events: Vec<Event>,
}

impl Reporter {
    /// A reporter of `party`, which keeps events only if somebody is `listening`.
    #[must_use]
    pub const fn new(party: Party, listening: bool) -> Self {
        Self {
            party,
            listening,
            events: Vec::new(),
        }
    }

    /// Whose events these are.
    #[must_use]
    pub const fn party(&self) -> Party {
        self.party
    }

    /// Whether events are kept.
    #[must_use]
    pub const fn is_listening(&self) -> bool {
        self.listening
    }

    /// Whether what is coded is to be explained.
    #[must_use]
    pub const fn tree(&self) -> Tree {
        match self.listening {
            true => Tree::Build,
            false => Tree::Skip,
        }
    }

    /// Something happened. `kind` is asked only if somebody listens.
    pub fn report(&mut self, kind: impl FnOnce() -> EventKind) {
        if self.listening {
            self.events.push(Event {
                party: self.party,
                kind: kind(),
            });
        }
    }

    /// A value came to be.
    pub fn value(
        &mut self,
        name: ValueName,
        formula: Formula,
        inputs: &[(ValueName, &[u8])],
        output: &[u8],
        section: Section,
    ) {
        self.report(|| {
            let input = |&(name, bytes): &(ValueName, &[u8])| Input {
                name,
                bytes: bytes.to_vec(),
            };
            let inputs = inputs.iter().map(input).collect();
            EventKind::Value(Value {
                name,
                formula,
                inputs,
                output: output.to_vec(),
                section,
            })
        });
    }

    /// What happened since it was last asked.
    #[must_use]
    pub fn take(&mut self) -> Vec<Event> {
        std::mem::take(&mut self.events)
    }
}
