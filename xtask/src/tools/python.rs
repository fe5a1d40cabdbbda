//! What comes from PyPI for Python.

use super::system::{self, Package};
use crate::shell::{command, find, output, root, run, say};
use anyhow::{Context, Result};
use std::fs;

/// Finds or installs tlslite-ng, at the version of `xtask/pip-peer`: a peer of the tests of TLS
/// whose HelloRetryRequest carries a cookie.
///
/// # Errors
/// If it, or Python, or its pip is missing and cannot be installed.
pub(crate) fn tlslite() -> Result<()> {
    let source = root().join("xtask/pip-peer/requirements.txt");
    let folder = root().join("target/tools/tlslite");
    let installed = folder.join("requirements.txt");
    let wanted = fs::read(&source).with_context(|| format!("reading {}", source.display()))?;
    if fs::read(&installed).is_ok_and(|there| there == wanted) {
        return Ok(());
    }
    if find("python3").is_none() {
        let why = "a peer of the tests of TLS is written in it";
        system::install(&Package::PYTHON, why)?;
    }
    let pip = || {
        let mut pip = command("python3");
        pip.args(["-m", "pip"]);
        pip
    };
    if output(pip().arg("--version")).is_none() {
        system::install(&Package::PIP, "it installs a peer of the tests of TLS")?;
    }
    say(
        "tlslite-ng is missing; the tests talk TLS with it. Installing it into target/tools/tlslite.",
    );
    let mut install = pip();
    install
        .args(["install", "--require-hashes", "--no-deps", "--upgrade"])
        .arg("--target")
        .arg(&folder)
        .arg("--requirement")
        .arg(&source);
    run(&mut install)?;
    fs::write(&installed, wanted).context("noting what is installed")
}
