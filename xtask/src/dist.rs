//! `cargo xtask dist`: the folder to put on a web server.
//!
//! Trunk builds the page into a staging folder. What it cannot do is done there: wasm-opt by the
//! version that this project pins, the name of the wasm from what it now holds, the page's policy,
//! and the compressed twins of each file. Only a finished folder takes the place of the last one.

mod policy;
mod weight;

use crate::shell::{command, root, run as run_command, say};
use crate::{expect_no_more, tools};
use anyhow::{Context, Result, bail, ensure};
use pico_args::Arguments;
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs};
use weight::Weights;

/// What a first visit should cost in all, in bytes of brotli.
const AIM: u64 = 260_000;

/// What it may cost until that is reached: a little more than was measured last. It only ever
/// goes down, and with it out of the way `AIM` takes its place.
const BUDGET: u64 = 366_000;

const HELP: &str = "\
Build the folder to put on a web server, and weigh it.

Usage: cargo xtask dist [OPTIONS]

Options:
  --help    Print this

The result is dist/: relative addresses, so it works in any folder of any host; every file but
index.html named by a hash; a strict Content-Security-Policy in index.html; and .br and .gz beside
each file for servers that send them. Prints what each part weighs and fails above the budget.
";

/// Passed to wasm-opt. It reads which features the module uses from the module itself; to allow
/// more would let it emit what browsers refuse.
const WASM_OPT: [&str; 4] = ["-Oz", "--converge", "--strip-debug", "--strip-producers"];

pub(crate) fn run(mut arguments: Arguments) -> Result<ExitCode> {
    if arguments.contains(["-h", "--help"]) {
        print!("{HELP}");
        println!("\nThe budget: {BUDGET} bytes of brotli in all; the aim is {AIM}.");
        return Ok(ExitCode::SUCCESS);
    }
    expect_no_more(arguments)?;

    let weights = build()?;
    let total = weights.total().brotli;
    say(format!("\nThe page is in {}", folder().display()));
    println!("{weights}");
    if total > BUDGET {
        bail!("the page weighs {total} bytes of brotli; the budget is {BUDGET}");
    }
    say(format!(
        "Within the budget: {total} of {BUDGET} bytes of brotli; the aim is {AIM}."
    ));
    Ok(ExitCode::SUCCESS)
}

/// Where the finished page is.
pub(crate) fn folder() -> PathBuf {
    root().join("dist")
}

/// Builds the page, without a judgement on its weight.
///
/// # Errors
/// If a tool is missing or any step of the build fails.
pub(crate) fn build() -> Result<Weights> {
    tools::for_building()?;
    let wasm_opt = tools::wasm_opt()?;
    let stage = root().join("target/dist-stage");

    let mut trunk = command("trunk");
    trunk.args(["build", "--release", "--dist"]).arg(&stage);
    run_command(trunk.env(
        "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS",
        short_paths(),
    ))?;
    let index = stage.join("index.html");
    let mut html = fs::read_to_string(&index).context("reading the built index.html")?;

    let wasm = the_wasm(&stage)?;
    optimise(&wasm_opt, &wasm)?;
    html = rename_by_content(&wasm, &html)?;
    html = policy::insert(&html)?;
    fs::write(&index, html).context("writing index.html")?;
    all_named_by_hash(&stage)?;

    let weights = weight::compress(&stage)?;
    replace(&stage, &folder())?;
    Ok(weights)
}

/// Compiler flags that keep this machine's folders out of the panic messages: they weigh, they tell
/// strangers where somebody builds, and without them two machines build the same bytes.
fn short_paths() -> String {
    let home = env::var_os("HOME").map(|home| PathBuf::from(home).join(".cargo"));
    let cargo_home = env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or(home)
        .unwrap_or_default();
    let registries = fs::read_dir(cargo_home.join("registry/src"))
        .into_iter()
        .flatten()
        .flatten();
    let mut folders: Vec<PathBuf> = registries.map(|entry| entry.path()).collect();
    folders.sort();
    folders.extend(tools::sysroot().map(|folder| folder.join("lib/rustlib/src/rust")));
    folders.push(root());
    let flag = |folder: &PathBuf| format!("--remap-path-prefix={}/=", folder.display());
    folders.iter().map(flag).collect::<Vec<_>>().join(" ")
}

fn the_wasm(stage: &Path) -> Result<PathBuf> {
    let mut wasms = weight::files(stage)?;
    wasms.retain(|file| {
        file.extension()
            .is_some_and(|extension| extension == "wasm")
    });
    match <[PathBuf; 1]>::try_from(wasms) {
        Ok([wasm]) => Ok(wasm),
        Err(wasms) => bail!(
            "one wasm was expected in {}, there are {}",
            stage.display(),
            wasms.len()
        ),
    }
}

fn optimise(wasm_opt: &Path, wasm: &Path) -> Result<()> {
    run_command(
        command("node")
            .arg(wasm_opt)
            .args(WASM_OPT)
            .arg(wasm)
            .arg("-o")
            .arg(wasm),
    )
}

/// Gives a file the hash of what it holds *now* as its name, in the folder and in the html.
///
/// Trunk took its hash before wasm-opt: another wasm-opt would change the content under an old
/// name, and caches would keep the old content.
fn rename_by_content(file: &Path, html: &str) -> Result<String> {
    let old = file
        .file_name()
        .and_then(|name| name.to_str())
        .context("a file without a name")?;
    let extension = file
        .extension()
        .and_then(|extension| extension.to_str())
        .unwrap_or("bin");
    let bytes = fs::read(file).with_context(|| format!("reading {old}"))?;
    let new = format!("{}-{}.{extension}", stem(old), short_hash(&bytes));
    ensure!(html.contains(old), "index.html does not name {old}");
    fs::rename(file, file.with_file_name(&new)).with_context(|| format!("renaming {old}"))?;
    Ok(html.replace(old, &new))
}

fn stem(name: &str) -> &str {
    name.split(['-', '.']).next().unwrap_or(name)
}

fn short_hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .take(8)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// Every file but index.html has to carry a hash: a server may then let browsers keep it for ever.
fn all_named_by_hash(stage: &Path) -> Result<()> {
    for file in weight::files(stage)? {
        let name = file
            .strip_prefix(stage)
            .unwrap_or(&file)
            .to_string_lossy()
            .into_owned();
        ensure!(
            name == "index.html" || has_hash(&name),
            "{name} has no hash in its name"
        );
    }
    Ok(())
}

fn has_hash(name: &str) -> bool {
    let is_hash = |word: &str| word.len() >= 14 && word.chars().all(|c| c.is_ascii_hexdigit());
    name.split(['-', '.', '_', '/']).any(is_hash)
}

fn replace(stage: &Path, folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)
            .with_context(|| format!("removing the old {}", folder.display()))?;
    }
    fs::rename(stage, folder).with_context(|| format!("moving the page to {}", folder.display()))
}

#[cfg(test)]
mod tests {
    use super::{has_hash, short_hash, stem};

    #[track_caller]
    fn check(name: &str, expected: bool) {
        assert_eq!(has_hash(name), expected, "{name}");
    }

    #[test]
    fn hashed_names_are_told_from_plain_ones() {
        check("boot-7f1c22d09a3b4c5d.js", true);
        check("padlock-7f1c22d09a3b4c5d_bg.wasm", true);
        check("snippets/gloo-worker-7f1c22d09a3b4c5d/inline0.js", true);
        check("boot.js", false);
        check("padlock-decade.css", false);
    }

    #[test]
    fn a_name_keeps_its_first_word_and_gets_the_hash_of_its_bytes() {
        assert_eq!(stem("padlock-7f1c22d09a3b4c5d_bg.wasm"), "padlock");
        assert_eq!(stem("padlock.wasm"), "padlock");
        // The first eight bytes of SHA-256 of nothing.
        assert_eq!(short_hash(b""), "e3b0c44298fc1c14");
    }
}
