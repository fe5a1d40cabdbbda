//! `cargo xtask serve`: the page on this machine.

use crate::shell::{command, say, show};
use crate::{expect_no_more, tools};
use anyhow::{Context, Result, bail};
use pico_args::Arguments;
use std::net::TcpListener;
use std::process::{Command, ExitCode};

const HELP: &str = "\
Show the page on this machine and rebuild it whenever a file changes.

Usage: cargo xtask serve [OPTIONS]

Options:
  --port N         Listen there [default: the first free port from 8080 on]
  --address A      Listen on that address, 0.0.0.0 for every one [default: 127.0.0.1]
  --open           Open the page in the default browser
  --release        Build as for the deployed page: slower to build, faster to run
  --prepare        Only find or install what is needed, then stop
  --help           Print this

Needs the wasm32 target, a clang that can make wasm, Trunk and wasm-bindgen; installs what is
missing. Afterwards plain `trunk serve` works too.
";

const FIRST_PORT: u16 = 8080;
const LAST_PORT: u16 = 8099;

struct Options {
    port: Option<u16>,
    address: String,
    open: bool,
    release: bool,
    prepare: bool,
}

pub(crate) fn run(mut arguments: Arguments) -> Result<ExitCode> {
    if arguments.contains(["-h", "--help"]) {
        print!("{HELP}");
        return Ok(ExitCode::SUCCESS);
    }
    let options = Options {
        port: arguments.opt_value_from_str("--port")?,
        address: arguments
            .opt_value_from_str("--address")?
            .unwrap_or_else(|| "127.0.0.1".into()),
        open: arguments.contains("--open"),
        release: arguments.contains("--release"),
        prepare: arguments.contains("--prepare"),
    };
    expect_no_more(arguments)?;

    tools::for_building()?;
    if options.prepare {
        say("Everything is there. `cargo xtask serve` or `trunk serve` shows the page.");
        return Ok(ExitCode::SUCCESS);
    }
    serve(&options)
}

fn serve(options: &Options) -> Result<ExitCode> {
    let port = match options.port {
        Some(port) if is_free(&options.address, port) => port,
        Some(port) => bail!(
            "port {port} on {} is taken; choose another with --port",
            options.address
        ),
        None => (FIRST_PORT..=LAST_PORT)
            .find(|port| is_free(&options.address, *port))
            .ok_or_else(|| {
                anyhow::anyhow!(
                    "no free port from {FIRST_PORT} to {LAST_PORT}; choose one with --port"
                )
            })?,
    };
    let mut trunk = command("trunk");
    trunk.args([
        "serve",
        "--address",
        &options.address,
        "--port",
        &port.to_string(),
    ]);
    if options.open {
        trunk.arg("--open");
    }
    if options.release {
        trunk.arg("--release");
    }
    let host = if options.address == "0.0.0.0" {
        "127.0.0.1"
    } else {
        &options.address
    };
    say(format!(
        "\nThe page will be at  http://{host}:{port}/  once it is built; Ctrl-C stops it.\n"
    ));
    become_it(trunk)
}

/// Goes on as that program: a signal meant for this one then ends it, and leaves no server behind.
#[cfg(unix)]
fn become_it(mut program: Command) -> Result<ExitCode> {
    use std::os::unix::process::CommandExt;
    show(&program);
    Err(program.exec()).context("could not start Trunk")
}

#[cfg(not(unix))]
fn become_it(mut program: Command) -> Result<ExitCode> {
    crate::shell::run(&mut program)?;
    Ok(ExitCode::SUCCESS)
}

fn is_free(address: &str, port: u16) -> bool {
    TcpListener::bind((address, port)).is_ok()
}
