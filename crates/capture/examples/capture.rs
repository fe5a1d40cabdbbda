//! Writes a run as a capture file: `… --example capture -- 'kx=tls13&setting=shop' run.pcapng`.
//!
//! The first argument is the query of an address of the page. Seed and date, if it has none, are
//! fixed. Wireshark opens the file and decrypts it by the keys inside.

#![expect(clippy::disallowed_methods, reason = "a program writes a file")]

use std::env;
use std::error::Error;

use padlock_capture::{key_log, pcapng};
use padlock_lesson::play::Recording;
use padlock_lesson::scenario::Scenario;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<_> = env::args().skip(1).collect();
    let [query, path] = arguments.as_slice() else {
        return Err("give a query and the name of a file".into());
    };
    let (parts, problems) = Scenario::from_query(query);
    if !problems.is_empty() {
        return Err(format!("{problems:?}").into());
    }
    let scenario = parts.complete([7; 16], 1_795_285_800);
    let recording = Recording::of(&scenario);
    let keys = key_log(&recording.trace.events);
    let start = scenario.date().0;
    std::fs::write(path, pcapng(&recording.trace.wire, &keys, start))?;
    Ok(())
}
