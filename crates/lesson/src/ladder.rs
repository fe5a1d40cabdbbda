//! The key schedule of a run as a ladder: from the first secret to the keys of the records.
//!
//! It is put together from what the steps of the story computed; nothing is computed here.

use padlock_tls::value::ValueName;

use crate::lesson::{Computation, Lesson};

/// A value of the schedule.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rung<'l> {
    /// How it was computed.
    pub computation: &'l Computation,
    /// The step in which it was, from 0.
    pub step: usize,
    /// How far it stands from the ladder: 0 on it, 1 for what is taken from a rung, and so on.
    pub depth: usize,
}

/// The rungs, each behind the one that it is made of.
#[must_use]
pub fn ladder(lesson: &Lesson) -> Vec<Rung<'_>> {
    let steps = lesson.steps.iter().enumerate();
    let mut all: Vec<(usize, &Computation)> = Vec::new();
    for (step, told) in steps {
        for computation in told.computed.iter().filter(|one| is_rung(one)) {
            // Both sides make most of them; so may two steps, of one side each.
            let same = |(_, other): &(usize, &Computation)| {
                (other.name, &other.output) == (computation.name, &computation.output)
            };
            if !all.iter().any(same) {
                all.push((step, computation));
            }
        }
    }
    let mut rungs = Vec::new();
    for (step, computation) in all.iter().filter(|(_, one)| is_spine(one)) {
        rungs.push(Rung {
            computation,
            step: *step,
            depth: 0,
        });
        branch(&all, computation, 1, &mut rungs);
    }
    rungs
}

/// What is taken from a value, beside the ladder.
fn branch<'l>(
    all: &[(usize, &'l Computation)],
    from: &Computation,
    depth: usize,
    rungs: &mut Vec<Rung<'l>>,
) {
    for (step, computation) in all {
        if is_spine(computation) || !is_made_of(computation, from) {
            continue;
        }
        rungs.push(Rung {
            computation,
            step: *step,
            depth,
        });
        // No value is made of itself; this only keeps what is drawn small.
        if depth < 4 {
            branch(all, computation, depth + 1, rungs);
        }
    }
}

/// Whether the first input, the secret, is this value.
fn is_made_of(computation: &Computation, secret: &Computation) -> bool {
    let named = secret.name.map(|name| name.to_string());
    computation.inputs.first().is_some_and(|input| {
        Some(&input.notation) == named.as_ref() && input.bytes == secret.output
    })
}

/// What leads from one secret to the next.
fn is_spine(computation: &Computation) -> bool {
    matches!(
        computation.name,
        Some(
            ValueName::PreMasterSecret
                | ValueName::MasterSecret
                | ValueName::KeyBlock
                | ValueName::EarlySecret
                | ValueName::DerivedSecret(_)
                | ValueName::HandshakeSecret
                | ValueName::MainSecret
        )
    )
}

fn is_rung(computation: &Computation) -> bool {
    let branches = matches!(
        computation.name,
        Some(
            ValueName::WriteMacKey(_)
                | ValueName::WriteKey(_)
                | ValueName::WriteIv(_)
                | ValueName::BinderKey
                | ValueName::BinderFinishedKey
                | ValueName::TrafficSecret(..)
                | ValueName::TrafficKey(..)
                | ValueName::TrafficIv(..)
                | ValueName::FinishedKey(..)
                | ValueName::EarlyExporterSecret
                | ValueName::ExporterSecret
                | ValueName::ResumptionSecret
        )
    );
    branches || is_spine(computation)
}
