//! `cargo xtask bench`: what a handshake costs, natively and in a browser, with rustls beside it.

use crate::shell::{cargo, command, root, run as run_command, say};
use crate::{dist, expect_no_more, tools};
use anyhow::{Result, bail};
use pico_args::Arguments;
use std::fs;
use std::process::ExitCode;

const HELP: &str = "\
Time handshakes, on this machine and in a browser, with rustls beside them.

Usage: cargo xtask bench [OPTIONS]

Options:
  --only PLACES   Run only these, divided by commas: native, browser, page
  --help          Print this

native: whole handshakes, records, single operations and the verdict on a chain, by
`cargo bench -p padlock-tls -p padlock-pki`.
browser: whole handshakes, verdicts, the scenarios of the page and single operations, as wasm in headless
Chromium, in the page's own profile `web` (without wasm-opt, and with the standard library as it comes).
page: how long a visitor waits for the story, and tasks that keep the page from answering, also with
much to read, with the page that `cargo xtask dist` built last.

What is compared is timed in turn in the same run. Times are worth something on a quiet machine
only; the load is printed where the system tells it. docs/figures.md has what was measured last.
";

/// Where can be measured.
struct Place {
    name: &'static str,
    measure: fn() -> Result<()>,
}

const PLACES: [Place; 3] = [
    Place {
        name: "native",
        measure: native,
    },
    Place {
        name: "browser",
        measure: browser,
    },
    Place {
        name: "page",
        measure: page,
    },
];

pub(crate) fn run(mut arguments: Arguments) -> Result<ExitCode> {
    if arguments.contains(["-h", "--help"]) {
        print!("{HELP}");
        return Ok(ExitCode::SUCCESS);
    }
    let only: Vec<String> = arguments.values_from_str("--only")?;
    expect_no_more(arguments)?;

    for place in chosen(&only.join(","))? {
        load("before");
        (place.measure)()?;
        load("after");
    }
    Ok(ExitCode::SUCCESS)
}

fn chosen(only: &str) -> Result<Vec<&'static Place>> {
    let names: Vec<&str> = only
        .split(',')
        .map(str::trim)
        .filter(|name| !name.is_empty())
        .collect();
    if let Some(unknown) = names
        .iter()
        .find(|name| PLACES.iter().all(|place| place.name != **name))
    {
        bail!("there is no place `{unknown}` to measure in; `cargo xtask bench --help` lists them");
    }
    Ok(PLACES
        .iter()
        .filter(|place| names.is_empty() || names.contains(&place.name))
        .collect())
}

fn native() -> Result<()> {
    run_command(cargo().args([
        "bench",
        "--package",
        "padlock-tls",
        "--package",
        "padlock-pki",
        "--benches",
    ]))
}

fn browser() -> Result<()> {
    tools::for_building()?;
    let mut bench = cargo();
    bench.args(["bench", "--package", "padlock", "--bench", "browser"]);
    bench.args(["--profile", "web", "--target", "wasm32-unknown-unknown"]);
    tools::browser()?.run_wasm(&mut bench)?;
    run_command(&mut bench)
}

fn page() -> Result<()> {
    let folder = root().join("e2e");
    let browser = tools::browser()?;
    tools::npm_ci(&folder)?;
    if !dist::folder().is_dir() {
        dist::build()?;
    }
    for script in ["bench/page.js", "bench/read.js"] {
        run_command(
            command("node")
                .current_dir(&folder)
                .arg(script)
                .env("CHROME", &browser.program),
        )?;
    }
    Ok(())
}

/// Says how busy the machine is, where Linux's /proc tells it.
fn load(when: &str) {
    if let Ok(text) = fs::read_to_string("/proc/loadavg") {
        let minutes: Vec<&str> = text.split(' ').take(2).collect();
        say(format!(
            "The load {when}, over one minute and over five: {}",
            minutes.join(", ")
        ));
    }
}

#[cfg(test)]
mod tests {
    use super::{PLACES, chosen};

    #[test]
    fn places_are_chosen_by_name() {
        assert_eq!(chosen("").unwrap().len(), PLACES.len());
        assert_eq!(chosen("browser").unwrap().len(), 1);
        assert!(chosen("browser,moon").is_err());
    }
}
