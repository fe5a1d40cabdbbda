//! A file with the secrets of connections (RFC 9850), by which others can read them.

use std::fs::{File, OpenOptions};
use std::io::Write;
use std::sync::{Arc, Mutex, PoisonError};

use padlock_tls::key_log::label;
use padlock_tls::trace::{Event, EventKind, Party};
use padlock_tls::value::ValueName;
use padlock_wire::hex;

use crate::arguments::{self, Arguments};

/// The file; nothing happens if none was asked for.
#[derive(Clone)]
pub(crate) struct KeyLog(Option<Arc<Mutex<File>>>);

/// The part of a connection that is a line of the log.
#[derive(Default)]
pub(crate) struct Secrets {
    client_random: Option<Vec<u8>>,
    /// What was written already: a ticket holds the secret that was logged when it was made.
    written: Vec<String>,
}

impl KeyLog {
    /// Opens the file, if one was asked for, to append to it.
    pub(crate) fn open(arguments: &Arguments) -> Result<Self, String> {
        let Some(name) = arguments.value(&arguments::KEYLOG) else {
            return Ok(Self(None));
        };
        let file = OpenOptions::new().create(true).append(true).open(name);
        let file = file.map_err(|error| format!("{name}: {error}"))?;
        Ok(Self(Some(Arc::new(Mutex::new(file)))))
    }

    /// Picks the secret out of what happened in a connection.
    pub(crate) fn record(&self, secrets: &mut Secrets, events: Vec<Event>) {
        let Some(file) = &self.0 else { return };
        for event in events {
            let EventKind::Value(value) = event.kind else {
                continue;
            };
            match value.name {
                ValueName::Random(Party::Client) => secrets.client_random = Some(value.output),
                name => {
                    let Some(label) = label(name) else { continue };
                    let random = secrets.client_random.as_deref().unwrap_or_default();
                    let line = format!(
                        "{label} {} {}\n",
                        hex::encode(random),
                        hex::encode(&value.output)
                    );
                    if secrets.written.contains(&line) {
                        continue;
                    }
                    let mut file = file.lock().unwrap_or_else(PoisonError::into_inner);
                    if let Err(error) = file.write_all(line.as_bytes()) {
                        eprintln!("the key log: {error}");
                    }
                    secrets.written.push(line);
                }
            }
        }
    }
}
