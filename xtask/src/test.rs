//! `cargo xtask test`: everything that can be checked, one stage after the other.
//!
//! Every stage runs, also after one has failed: who waits for CI wants to know all that is wrong.

mod stages;
mod tally;

use crate::shell::say;
use anyhow::{Result, bail};
use pico_args::Arguments;
use stages::{STAGES, Stage};
use std::ffi::OsString;
use std::process::ExitCode;
use std::time::{Duration, Instant};
use tally::Tally;

const HELP: &str = "\
Check everything; the last line says how many passed and failed.

Usage: cargo xtask test [OPTIONS] [-- ARGUMENTS]

Options:
  --only STAGES    Run only these stages, divided by commas
  --reuse-dist     Let the end-to-end tests take dist/ as it is, without building it
  --help           Print this

ARGUMENTS go to the runner of the stage that --only names, for instance
`cargo xtask test --only e2e -- --grep keyboard`.

Stages, in their order:
";

/// What a person may ask of the stages.
pub(crate) struct Options {
    reuse_dist: bool,
    /// For the runner of a stage.
    arguments: Vec<OsString>,
}

pub(crate) fn run(mut arguments: Arguments, rest: Vec<OsString>) -> Result<ExitCode> {
    if arguments.contains(["-h", "--help"]) {
        print!("{HELP}");
        for Stage { name, about, .. } in &STAGES {
            println!("  {name:<13} {about}");
        }
        return Ok(ExitCode::SUCCESS);
    }
    let only: Vec<String> = arguments.values_from_str("--only")?;
    let reuse_dist = arguments.contains("--reuse-dist");
    crate::expect_no_more(arguments)?;

    let stages = chosen(&only.join(","))?;
    if !rest.is_empty() && stages.len() != 1 {
        bail!("what stands after `--` is for one stage; name it with --only");
    }
    Ok(run_all(
        &stages,
        &Options {
            reuse_dist,
            arguments: rest,
        },
    ))
}

fn chosen(only: &str) -> Result<Vec<&'static Stage>> {
    let names: Vec<&str> = only
        .split(',')
        .map(str::trim)
        .filter(|name| !name.is_empty())
        .collect();
    if let Some(unknown) = names
        .iter()
        .find(|name| STAGES.iter().all(|stage| stage.name != **name))
    {
        bail!("there is no stage `{unknown}`; `cargo xtask test --help` lists them");
    }
    Ok(STAGES
        .iter()
        .filter(|stage| names.is_empty() || names.contains(&stage.name))
        .collect())
}

fn run_all(stages: &[&Stage], options: &Options) -> ExitCode {
    let mut total = Tally::default();
    let mut table = String::new();
    for Stage { name, about, run } in stages {
        say(format!("\n── {name}: {about}"));
        let start = Instant::now();
        let tally = run(options).unwrap_or_else(|error| {
            eprintln!("{name}: {error:#}");
            Tally::FAILED
        });
        table.push_str(&row(name, tally, start.elapsed()));
        total += tally;
    }
    say(format!("\n{table}"));
    println!("{total}");
    if total.failed == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn row(name: &str, tally: Tally, took: Duration) -> String {
    let mark = if tally.failed == 0 {
        "ok    "
    } else {
        "FAILED"
    };
    format!(
        "{mark} {name:<13} {:>6} passed {:>4} failed {:>6} s\n",
        tally.passed,
        tally.failed,
        took.as_secs()
    )
}

#[cfg(test)]
mod tests {
    use super::chosen;

    #[track_caller]
    fn check(only: &str, expected: &[&str]) {
        let names: Vec<&str> = chosen(only)
            .unwrap()
            .iter()
            .map(|stage| stage.name)
            .collect();
        assert_eq!(names, expected);
    }

    #[test]
    fn stages_are_chosen_by_name_and_keep_their_order() {
        check("e2e", &["e2e"]);
        check("e2e, fmt", &["fmt", "e2e"]);
        assert_eq!(chosen("").unwrap().len(), super::STAGES.len());
        assert!(chosen("e2e,nonsense").is_err());
    }
}
