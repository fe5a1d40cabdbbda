//! What the chores need on this machine: found, or installed after saying so.

mod browser;
mod clang;
mod node;
mod python;
mod system;

pub(crate) use browser::browser;
pub(crate) use node::{NpmTools, from_npm, newer_openssl, npm_ci};
pub(crate) use python::tlslite;

use crate::lock;
use crate::shell::{cargo, command, find, output, root, run, say};
use anyhow::{Context, Result, bail};
use std::path::PathBuf;
use std::{env, fs};
use system::Package;

/// The Trunk that this project is built with. Later ones want a later Rust than ours.
const TRUNK: Version = Version([0, 21, 14]);
const WASM: &str = "wasm32-unknown-unknown";

/// Finds or installs what building the page needs.
///
/// # Errors
/// If something is missing and cannot be installed; the message says what to run.
pub(crate) fn for_building() -> Result<()> {
    wasm_target()?;
    clang::find_or_install()?;
    trunk()?;
    wasm_bindgen()
}

/// Finds or installs the `openssl` program, our peer in the tests.
///
/// # Errors
/// If it is missing and cannot be installed.
pub(crate) fn openssl() -> Result<()> {
    if find("openssl").is_some() {
        return Ok(());
    }
    system::install(
        &Package::OPENSSL,
        "the tests talk TLS with the openssl program",
    )
}

/// Finds or installs `tshark`, which reads our captures in the tests.
///
/// # Errors
/// If it is missing and cannot be installed.
pub(crate) fn tshark() -> Result<()> {
    if find("tshark").is_some() {
        return Ok(());
    }
    system::install(
        &Package::TSHARK,
        "the tests let Wireshark's tshark read what we capture",
    )
}

/// Finds or installs the programs that load pages from our server in the tests: curl, Python and
/// Chromium, of which it gives the path.
///
/// # Errors
/// If one is missing and cannot be installed.
pub(crate) fn visitors() -> Result<PathBuf> {
    for (program, package) in [("curl", Package::CURL), ("python3", Package::PYTHON)] {
        if find(program).is_none() {
            system::install(
                &package,
                "the tests load a page with it from our TLS server",
            )?;
        }
    }
    Ok(browser()?.program)
}

/// Finds or installs the source of Rust's standard library, which `dist` builds anew.
///
/// # Errors
/// If it is missing and cannot be installed.
pub(crate) fn rust_src() -> Result<()> {
    let library = "lib/rustlib/src/rust/library/Cargo.lock";
    if sysroot().is_some_and(|folder| folder.join(library).is_file()) {
        return Ok(());
    }
    if find("rustup").is_none() {
        bail!(
            "the source of this Rust's standard library is missing and there is no rustup to add it; install Rust with rustup (rustup.rs)"
        );
    }
    say("The source of Rust's standard library is missing; rustup adds it.");
    run(command("rustup").args(["component", "add", "rust-src"]))
}

/// Where this Rust is installed.
pub(crate) fn sysroot() -> Option<PathBuf> {
    let folder = output(command("rustc").args(["--print", "sysroot"]))?;
    Some(PathBuf::from(folder.trim()))
}

fn wasm_target() -> Result<()> {
    let has_target = || {
        sysroot().is_some_and(|folder| folder.join("lib/rustlib").join(WASM).join("lib").is_dir())
    };
    if has_target() {
        return Ok(());
    }
    if find("rustup").is_none() {
        bail!(
            "this Rust has no {WASM} target and there is no rustup to add it; install Rust with rustup (rustup.rs)"
        );
    }
    say(format!("Rust's {WASM} target is missing; rustup adds it."));
    run(command("rustup").args(["target", "add", WASM]))
}

fn trunk() -> Result<()> {
    let found = output(command("trunk").arg("--version")).and_then(|text| Version::in_text(&text));
    match found {
        Some(version) if version >= TRUNK => return Ok(()),
        Some(version) => say(format!("Trunk {version} is too old, {TRUNK} is needed.")),
        None => say(format!(
            "Trunk is missing; it builds and serves the page. {TRUNK} is needed."
        )),
    }
    cargo_install("trunk", &TRUNK.to_string(), true)
}

fn wasm_bindgen() -> Result<()> {
    let lock = match fs::read_to_string(root().join("Cargo.lock")) {
        Ok(lock) => lock,
        Err(_) => {
            run(cargo().arg("generate-lockfile"))?;
            fs::read_to_string(root().join("Cargo.lock")).context("reading Cargo.lock")?
        }
    };
    let wanted =
        lock::version(&lock, "wasm-bindgen").context("Cargo.lock names no wasm-bindgen")?;
    let found = |program: &str| {
        let text = output(command(program).arg("--version"))?;
        text.split_whitespace().nth(1).map(str::to_owned)
    };
    match (found("wasm-bindgen"), found("wasm-bindgen-test-runner")) {
        (Some(tool), Some(runner)) if tool == wanted && runner == wanted => return Ok(()),
        (Some(tool), _) => say(format!(
            "wasm-bindgen {tool} is here, but it has to be the {wanted} of Cargo.lock exactly; it is replaced."
        )),
        (None, _) => say(format!(
            "wasm-bindgen is missing; it joins wasm and JavaScript. {wanted} is needed."
        )),
    }
    // Not by its lock file: that names versions which a registry may no longer have.
    cargo_install("wasm-bindgen-cli", wanted, false)
}

fn cargo_install(package: &str, version: &str, locked: bool) -> Result<()> {
    let scratch = root().join("target/tools/build");
    let binstall = output(cargo().args(["binstall", "-V"])).is_some();
    let mut install = cargo();
    if binstall {
        say(format!(
            "Installing {package} {version} with cargo binstall, which fetches it ready-made."
        ));
        install.args([
            "binstall",
            "--no-confirm",
            "--force",
            &format!("{package}@{version}"),
        ]);
    } else {
        say(format!(
            "Installing {package} {version} with cargo install, which builds it: this takes some minutes, once.\n\
             (cargo binstall, where it is installed, would be quicker.)"
        ));
        install.args(["install", "--force", package, "--version", version]);
        if locked {
            install.arg("--locked");
        }
        // Here, so that an interrupted build goes on where it stopped.
        install.env("CARGO_TARGET_DIR", &scratch);
    }
    run(&mut install)?;
    if scratch.exists() {
        fs::remove_dir_all(&scratch).with_context(|| format!("removing {}", scratch.display()))?;
    }
    on_path(package)
}

/// Complains where cargo's programs are installed but not found.
fn on_path(package: &str) -> Result<()> {
    let program = if package == "wasm-bindgen-cli" {
        "wasm-bindgen"
    } else {
        package
    };
    if find(program).is_some() {
        return Ok(());
    }
    let cargo_home = env::var("CARGO_HOME").unwrap_or_else(|_| "$HOME/.cargo".into());
    bail!("{program} is installed, but not on PATH; run: export PATH=\"{cargo_home}/bin:$PATH\"")
}

/// A version of three numbers.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
struct Version([u32; 3]);

impl Version {
    /// The first word of `text` that is a version; what follows a `-` is left out.
    fn in_text(text: &str) -> Option<Self> {
        text.split_whitespace().find_map(|word| {
            let word = word.trim_start_matches('v').split(['-', '+']).next()?;
            let mut numbers = word.split('.').map(str::parse);
            let version = [
                numbers.next()?.ok()?,
                numbers.next()?.ok()?,
                numbers.next()?.ok()?,
            ];
            numbers.next().is_none().then_some(Self(version))
        })
    }
}

impl std::fmt::Display for Version {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let [major, minor, patch] = self.0;
        write!(f, "{major}.{minor}.{patch}")
    }
}

#[cfg(test)]
mod tests {
    use super::Version;

    #[track_caller]
    fn check(text: &str, expected: Option<[u32; 3]>) {
        assert_eq!(Version::in_text(text).map(|version| version.0), expected);
    }

    #[test]
    fn versions_are_found_in_what_programs_say() {
        check("trunk 0.21.14\n", Some([0, 21, 14]));
        check("trunk 0.22.0-beta.1", Some([0, 22, 0]));
        check("v20.20.2", Some([20, 20, 2]));
        check("Chromium 156.0.8078.73 built on Debian", None);
        check("no version", None);
    }

    #[test]
    fn versions_compare_by_number() {
        assert!(Version([0, 21, 14]) > Version([0, 21, 9]));
        assert!(Version([0, 22, 0]) > Version([0, 21, 14]));
    }
}
