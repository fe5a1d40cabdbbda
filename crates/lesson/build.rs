//! Compiles `messages/` into the built-in catalogue and the functions of `text::say`.
//!
//! A mistake in a message stops the build and names the file and the line.
//!
//! What stands in a folder `complete/` is said by the complete program only: where the feature of that
//! name is missing, those messages keep their names and have no words.

#![expect(
    clippy::disallowed_methods,
    reason = "a build script reads and writes files"
)]

#[path = "src/text/code.rs"]
mod code;
#[path = "build/compile.rs"]
mod compile;

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs};

use compile::{Problem, Source};

fn main() -> ExitCode {
    println!("cargo::rerun-if-changed=messages");
    let problems = match build() {
        Ok(problems) => problems,
        Err(error) => {
            println!("cargo::error={error}");
            return ExitCode::FAILURE;
        }
    };
    for problem in &problems {
        println!("cargo::error={problem}");
    }
    if problems.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// Reads the messages, writes what comes of them, and tells what is wrong with them.
fn build() -> Result<Vec<Problem>, Box<dyn Error>> {
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let messages = Path::new("messages");
    let complete = env::var_os("CARGO_FEATURE_COMPLETE").is_some();
    let english = match compile::english(&sources(&messages.join("en"))?, complete) {
        Ok(english) => english,
        Err(problems) => return Ok(problems),
    };
    fs::write(out.join("en.catalogue"), &english.catalogue)?;
    fs::write(out.join("say.rs"), &english.say)?;
    fs::write(out.join("tables.rs"), &english.tables)?;
    fs::write(out.join("terms.rs"), &english.terms)?;
    let mut problems = Vec::new();
    for entry in fs::read_dir(messages)? {
        let folder = entry?.path();
        let Some(language) = folder.file_name().and_then(|name| name.to_str()) else {
            continue;
        };
        if language == "en" || !folder.is_dir() {
            continue;
        }
        match compile::translation(language, &sources(&folder)?, &english, complete) {
            Ok(catalogue) => fs::write(out.join(format!("{language}.catalogue")), catalogue)?,
            Err(found) => problems.extend(found),
        }
    }
    Ok(problems)
}

/// The Fluent files of a language's folder, and of the one in it for the complete program.
fn sources(folder: &Path) -> Result<Vec<Source>, Box<dyn Error>> {
    let mut all = sources_in(folder, false)?;
    let complete = folder.join("complete");
    if complete.is_dir() {
        all.extend(sources_in(&complete, true)?);
    }
    Ok(all)
}

/// The Fluent files of a folder, in the order of their names.
fn sources_in(folder: &Path, complete: bool) -> Result<Vec<Source>, Box<dyn Error>> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "ftl") {
            paths.push(path);
        }
    }
    paths.sort();
    let read = |path: PathBuf| -> Result<Source, Box<dyn Error>> {
        let text =
            fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        Ok(Source {
            path: path.display().to_string(),
            text,
            complete,
        })
    };
    paths.into_iter().map(read).collect()
}
