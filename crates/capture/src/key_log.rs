//! The secrets of a run, in the form of RFC 9850.

use padlock_tls::key_log::label;
use padlock_tls::trace::{Event, EventKind, Party, Value};
use padlock_tls::value::ValueName;
use padlock_wire::hex;

/// The lines of a run's key log, each once: `LABEL client_random secret` (RFC 9850 §2).
#[must_use]
pub fn key_log(events: &[Event]) -> String {
    let values = || {
        events.iter().filter_map(|event| match &event.kind {
            EventKind::Value(value) => Some(value),
            _ => None,
        })
    };
    let is_random = |value: &&Value| value.name == ValueName::Random(Party::Client);
    let Some(random) = values().find(is_random) else {
        return String::new();
    };
    let random = hex::encode(&random.output);
    let mut lines: Vec<String> = Vec::new();
    for value in values() {
        if let Some(label) = label(value.name) {
            let line = format!("{label} {random} {}\n", hex::encode(&value.output));
            // Both sides make the same.
            if !lines.contains(&line) {
                lines.push(line);
            }
        }
    }
    lines.concat()
}
