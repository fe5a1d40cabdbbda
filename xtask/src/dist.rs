//! `cargo xtask dist`: the folder to put on a web server.
//!
//! Trunk builds the page into a staging folder, with a compiler that is told to build small; cargo
//! adds the smaller program of the first visit. The rest is done there: wasm-opt by the version that
//! this project pins, short names between each wasm and its JavaScript, one stylesheet for each program out of
//! several, both minified, names of files from what they now hold, the page's policy, and the
//! compressed twins of each file. Only a finished folder takes the place of the last one.

mod compiler;
mod first;
mod html;
mod names;
mod policy;
mod weight;

use crate::expect_no_more;
use crate::roots;
use crate::shell::{command, root, run as run_command, say, show};
use crate::tools::{self, NpmTools};
use anyhow::{Context, Result, bail, ensure};
use html::Styles;
use names::Names;
use pico_args::Arguments;
use sha2::{Digest, Sha256};
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{ExitCode, Stdio};
use weight::Weights;

/// What a first visit may cost in all, in bytes of brotli.
const BUDGET: u64 = 278_000;

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
/// more would let it emit what browsers refuse. Functions in the order of their names stand beside
/// those that are like them, which is what compression looks for. The last one prints what it renamed.
const WASM_OPT: [&str; 5] = [
    "-Oz",
    "--reorder-functions-by-name",
    "--strip-debug",
    "--strip-producers",
    "--minify-imports-and-exports-and-modules",
];

/// Passed to esbuild: no syntax later than that of `import()`, without which nothing starts anyway.
const ESBUILD: [&str; 5] = [
    "--minify",
    "--charset=utf8",
    "--target=es2020",
    "--log-level=warning",
    "--allow-overwrite",
];

pub(crate) fn run(mut arguments: Arguments) -> Result<ExitCode> {
    if arguments.contains(["-h", "--help"]) {
        print!("{HELP}");
        println!("\nThe budget of a first visit: {BUDGET} bytes of brotli in all.");
        return Ok(ExitCode::SUCCESS);
    }
    expect_no_more(arguments)?;

    let weights = build()?;
    let total = weights.first_visit().brotli;
    say(format!("\nThe page is in {}", folder().display()));
    println!("{weights}");
    if total > BUDGET {
        bail!("a first visit weighs {total} bytes of brotli; the budget is {BUDGET}");
    }
    say(format!(
        "Within the budget: {total} of {BUDGET} bytes of brotli."
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
    tools::rust_src()?;
    let NpmTools { wasm_opt, esbuild } = tools::from_npm()?;
    let stage = root().join("target/dist-stage");
    roots::write()?;

    let mut trunk = command("trunk");
    trunk.args(["build", "--release", "--dist"]).arg(&stage);
    // What Trunk would have cargo do before the build is done already. As it stands, cargo would
    // build this program anew for it, with what makes the page small.
    trunk.env("CARGO_ALIAS_ROOTS", "version");
    compiler::for_size(&mut trunk);
    run_command(&mut trunk)?;
    let first = first::build(&stage)?;
    let index = stage.join("index.html");
    let html = fs::read_to_string(&index).context("reading the built index.html")?;

    let wasm = the_one(&stage, "padlock-", ".wasm")?;
    let glue = the_one(&stage, "padlock-", ".js")?;
    let boot = the_one(&stage, "boot-", ".js")?;
    let worker = the_one(&stage, "worker", ".js")?;
    let roots = the_one(&stage, "roots", ".der")?;
    let (styles, html) = join_stylesheets(&stage, &html, Styles::First)?;
    let (complete, mut html) = join_stylesheets(&stage, &html, Styles::Complete)?;

    html = html::with_first_program(&html, &first.glue, &first.wasm)?;
    let programs = [(glue, wasm), (first.glue, first.wasm)];
    for (glue, wasm) in &programs {
        let names = optimise(&wasm_opt, wasm)?;
        shorten_names(glue, &names)?;
        minify(&esbuild, glue, &["--format=esm"])?;
    }
    let others = [boot, worker, styles, complete];
    for file in &others {
        minify(&esbuild, file, &[])?;
    }
    let programs = programs.into_iter().flat_map(|(glue, wasm)| [glue, wasm]);
    for file in programs.chain(others).chain([roots]) {
        html = rename_by_content(&file, &html)?;
    }

    html = policy::insert(&html::tidy(&html)?)?;
    fs::write(&index, html).context("writing index.html")?;
    all_named_by_hash(&stage)?;

    let weights = weight::compress(&stage)?;
    replace(&stage, &folder())?;
    Ok(weights)
}

/// The one file of the stage whose name begins and ends so.
fn the_one(stage: &Path, start: &str, end: &str) -> Result<PathBuf> {
    let is_it = |file: &PathBuf| {
        let name = file.file_name().and_then(|name| name.to_str());
        name.is_some_and(|name| name.starts_with(start) && name.ends_with(end))
    };
    let mut found = weight::files(stage)?;
    found.retain(is_it);
    match <[PathBuf; 1]>::try_from(found) {
        Ok([file]) => Ok(file),
        Err(found) => bail!(
            "one {start}…{end} was expected in {}, there are {}",
            stage.display(),
            found.len()
        ),
    }
}

/// Lets wasm-opt make the wasm smaller and shorten its names, and says which.
fn optimise(wasm_opt: &Path, wasm: &Path) -> Result<Names> {
    let mut optimise = command("node");
    optimise
        .arg(wasm_opt)
        .args(WASM_OPT)
        .arg(wasm)
        .arg("-o")
        .arg(wasm);
    show(&optimise);
    let renamed = optimise
        .stderr(Stdio::inherit())
        .output()
        .context("could not start wasm-opt")?;
    ensure!(
        renamed.status.success(),
        "wasm-opt failed ({})",
        renamed.status
    );
    Names::of_wasm_opt(&String::from_utf8(renamed.stdout).context("reading what wasm-opt says")?)
}

fn shorten_names(glue: &Path, names: &Names) -> Result<()> {
    let script = fs::read_to_string(glue).with_context(|| format!("reading {}", glue.display()))?;
    fs::write(glue, names.shorten(&script)?).with_context(|| format!("writing {}", glue.display()))
}

/// Makes scripts or stylesheets smaller without changing what they do.
fn minify(esbuild: &Path, file: &Path, more: &[&str]) -> Result<()> {
    let mut outfile = OsString::from("--outfile=");
    outfile.push(file);
    run_command(
        command("node")
            .arg(esbuild)
            .arg(file)
            .args(ESBUILD)
            .args(more)
            .arg(outfile),
    )
}

/// Puts a program's stylesheets into one file, and that into the html: each is a request of its own,
/// and together they compress better than one by one.
fn join_stylesheets(stage: &Path, page: &str, styles: Styles) -> Result<(PathBuf, String)> {
    let mut all = String::new();
    for name in html::stylesheets(page, styles)? {
        let file = stage.join(name);
        all.push_str(&fs::read_to_string(&file).with_context(|| format!("reading {name}"))?);
        all.push('\n');
        fs::remove_file(&file).with_context(|| format!("removing {name}"))?;
    }
    let joined = stage.join(styles.file());
    fs::write(&joined, all).with_context(|| format!("writing {}", styles.file()))?;
    Ok((joined, html::with_one_stylesheet(page, styles)?))
}

/// Gives a file the hash of what it holds *now* as its name, in the folder and in the html.
///
/// Trunk took its hash before all that is done here: another wasm-opt, say, would change the content
/// under an old name, and caches would keep the old content.
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
