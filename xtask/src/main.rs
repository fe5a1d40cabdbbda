//! The one door for chores: `cargo xtask serve`, `test`, `dist` and `bench`.
//!
//! A person, `.ci/run` and the GitHub workflows all come in here, so that what works for one works
//! for all. Each command first finds or installs what it needs, saying what before doing it.

mod bench;
mod dist;
mod lock;
mod roots;
mod serve;
mod shell;
mod test;
mod tools;

use anyhow::{Result, bail};
use pico_args::Arguments;
use std::env;
use std::ffi::OsString;
use std::process::ExitCode;

const HELP: &str = "\
Padlock's chores.

Usage: cargo xtask <COMMAND> [OPTIONS]

Commands:
  serve   Show the page on this machine and rebuild it whenever a file changes
  test    Check everything; the last line says how many passed and failed
  dist    Build the folder to put on a web server, and weigh it
  bench   Time handshakes, on this machine and in a browser, with rustls beside them
  roots   Write the file with Mozilla's roots that the page fetches; Trunk runs this by itself

`cargo xtask <COMMAND> --help` says more. Each command looks for the tools it needs and installs
the missing ones; it says what it does before it does it.
";

fn main() -> ExitCode {
    match run() {
        Ok(code) => code,
        Err(error) => {
            eprintln!("\nxtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<ExitCode> {
    let mut words: Vec<OsString> = env::args_os().skip(1).collect();
    let rest = after_dashes(&mut words);
    let mut arguments = Arguments::from_vec(words);
    let subcommand = arguments.subcommand()?;
    if !rest.is_empty() && subcommand.as_deref() != Some("test") {
        bail!("only `test` takes arguments after `--`");
    }
    match subcommand.as_deref() {
        Some("serve") => serve::run(arguments),
        Some("test") => test::run(arguments, rest),
        Some("dist") => dist::run(arguments),
        Some("bench") => bench::run(arguments),
        Some("roots") => roots::run(arguments),
        None | Some("help") => {
            print!("{HELP}");
            Ok(ExitCode::SUCCESS)
        }
        Some(other) => bail!("there is no command `{other}`; `cargo xtask --help` lists them"),
    }
}

/// Takes what stands after a `--` off the end.
fn after_dashes(words: &mut Vec<OsString>) -> Vec<OsString> {
    let Some(dashes) = words.iter().position(|word| word == "--") else {
        return Vec::new();
    };
    let rest = words.split_off(dashes + 1);
    words.truncate(dashes);
    rest
}

/// Fails when an option was given that nobody asked for.
fn expect_no_more(arguments: Arguments) -> Result<()> {
    let rest = arguments.finish();
    if let Some(first) = rest.first() {
        bail!("unknown option `{}`; see --help", first.to_string_lossy());
    }
    Ok(())
}
