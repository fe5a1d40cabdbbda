//! The run as files that other programs open.

use padlock_capture::{json, key_log, pcapng};
use padlock_lesson::lesson::{LaneItem, Lesson};
use padlock_lesson::play::Recording;
use padlock_lesson::scenario::Scenario;
use padlock_lesson::text::{Text, say};
use yew::prelude::*;

use crate::components::element::{button, element, row};
use crate::components::prose::prose;
use crate::context::Around;
use crate::hooks::run::Run;

/// A file of a run.
#[derive(Clone, Copy)]
struct File {
    name: &'static str,
    about: fn() -> Text,
    of: fn(&Recording) -> Vec<u8>,
}

const FILES: [File; 3] = [
    File {
        name: "padlock-keys.log",
        about: say::along_keys,
        of: |run| key_log(&run.trace.events).into_bytes(),
    },
    File {
        name: "padlock.pcapng",
        about: say::along_packets,
        of: |run| {
            let keys = key_log(&run.trace.events);
            pcapng(&run.trace.wire, &keys, run.scenario.date().0)
        },
    },
    File {
        name: "padlock-trace.json",
        about: say::along_trace,
        of: |run| json(&run.trace, &run.scenario.to_query()).into_bytes(),
    },
];

/// What can be saved. A scenario gives the same bytes again, so the run is not kept for it: it is
/// run once more when somebody asks.
pub(super) fn along(around: &Around, scenario: &Scenario, run: &Run) -> Html {
    let Around { platform, words } = around;
    let item = |file: File| {
        let (scenario, run, save) = (scenario.clone(), run.clone(), platform.save.clone());
        let on_save = Callback::from(move |_: MouseEvent| {
            save.save(file.name, &(file.of)(&run.recording(&scenario)));
        });
        let label = words.say(say::along_save(file.name));
        html! {
            <li key={file.name}>
                { button("button", label, on_save) }
                { prose((file.about)()) }
            </li>
        }
    };
    // A run that was refused early has no keys: the file of keys would be empty.
    let sealed = run.lesson.as_ref().is_some_and(|lesson| has_keys(lesson));
    let (intro, files) = match sealed {
        true => (say::along_intro(), &FILES[..]),
        false => (say::along_intro_open(), &FILES[1..]),
    };
    row([
        element("h3", "further__title", words.say(say::along_heading())),
        prose(intro),
        element("ul", "further", row(files.iter().copied().map(item))),
    ])
}

/// Whether anything was encrypted in the run.
fn has_keys(lesson: &Lesson) -> bool {
    lesson.steps.iter().any(|step| match &step.lane {
        LaneItem::Arrow { labels, .. } => labels.iter().any(|label| label.encrypted),
        _ => false,
    })
}
