//! A Chromium and its driver.

use super::system::{self, Package, is_root};
use crate::shell::{find, root};
use anyhow::{Context, Result};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

/// What the browser tests drive.
pub(crate) struct Browser {
    pub(crate) program: PathBuf,
    pub(crate) driver: PathBuf,
}

const PROGRAMS: [&str; 5] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
];
const MAC_PROGRAMS: [&str; 2] = [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/// Keeps Chromium from looking for anything but the page under test, and from needing the shared
/// memory that containers have little of.
const QUIET: [&str; 8] = [
    "--headless",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
];

/// Seconds that wasm-bindgen's runner waits. Its own few are too few on a busy machine.
const PATIENCE: [(&str, &str); 2] = [
    ("WASM_BINDGEN_TEST_DRIVER_TIMEOUT", "60"),
    ("WASM_BINDGEN_TEST_TIMEOUT", "300"),
];

/// Finds or installs a browser and its driver.
///
/// `CHROME` and `CHROMEDRIVER` name others than the ones that would be found.
///
/// # Errors
/// If one is missing and cannot be installed.
pub(crate) fn browser() -> Result<Browser> {
    let program = found_or_installed(program, &Package::BROWSER)?;
    let driver = found_or_installed(driver, &Package::DRIVER)?;
    Ok(Browser { program, driver })
}

impl Browser {
    /// Lets what a cargo command builds for wasm run in this browser, by wasm-bindgen's runner.
    ///
    /// # Errors
    /// If the file that tells the runner about the browser cannot be written.
    pub(crate) fn run_wasm(&self, command: &mut Command) -> Result<()> {
        let capabilities = root().join("target/webdriver.json");
        fs::write(&capabilities, webdriver_json(&self.program, is_root()))
            .context("writing target/webdriver.json")?;
        command
            .env(
                "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER",
                "wasm-bindgen-test-runner",
            )
            .env("CHROMEDRIVER", &self.driver)
            .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", &capabilities)
            .envs(PATIENCE);
        Ok(())
    }
}

fn found_or_installed(look: fn() -> Option<PathBuf>, package: &Package) -> Result<PathBuf> {
    if let Some(found) = look() {
        return Ok(found);
    }
    system::install(package, "the browser tests drive it")?;
    look().context("it is installed, but not found; set CHROME and CHROMEDRIVER to where they are")
}

fn program() -> Option<PathBuf> {
    let chosen = env::var_os("CHROME").map(PathBuf::from);
    let on_path = || PROGRAMS.iter().find_map(|name| find(name));
    let on_mac = || {
        MAC_PROGRAMS
            .iter()
            .map(PathBuf::from)
            .find(|file| file.is_file())
    };
    chosen.or_else(on_path).or_else(on_mac)
}

fn driver() -> Option<PathBuf> {
    let chosen = env::var_os("CHROMEDRIVER").map(PathBuf::from);
    // GitHub's machines keep theirs off PATH.
    let on_github = || Some(PathBuf::from(env::var_os("CHROMEWEBDRIVER")?).join("chromedriver"));
    chosen
        .or_else(|| find("chromedriver"))
        .or_else(on_github)
        .filter(|file| file.is_file())
}

fn webdriver_json(program: &Path, root: bool) -> String {
    let mut arguments = QUIET.to_vec();
    if root {
        // Chromium's sandbox refuses to run as root.
        arguments.push("--no-sandbox");
    }
    format!(
        "{{\"goog:chromeOptions\": {{\"binary\": {program:?}, \"args\": {arguments:?}}}}}\n",
        program = program.to_string_lossy()
    )
}

#[cfg(test)]
mod tests {
    use super::webdriver_json;
    use std::path::Path;

    #[test]
    fn only_root_gives_up_the_sandbox() {
        let browser = Path::new("/usr/bin/chromium");
        assert!(webdriver_json(browser, true).contains("\"--no-sandbox\""));
        assert!(!webdriver_json(browser, false).contains("sandbox"));
        assert!(webdriver_json(browser, false).contains("\"binary\": \"/usr/bin/chromium\""));
    }
}
