//! The system's package manager.

use crate::shell::{command, find, output, run, say, words};
use anyhow::{Result, bail};
use std::fs;
use std::process::Command;
use std::sync::Once;

/// What one program is called by each package manager.
pub(crate) struct Package {
    /// What it is, for the person who reads along.
    what: &'static str,
    debian: &'static [&'static str],
    ubuntu: &'static [&'static str],
    fedora: &'static [&'static str],
    homebrew: &'static [&'static str],
}

impl Package {
    pub(crate) const BROWSER: Self = Self {
        what: "Chromium",
        debian: &["chromium"],
        ubuntu: &["chromium-browser"],
        fedora: &["chromium"],
        homebrew: &["--cask", "google-chrome"],
    };
    pub(crate) const CLANG: Self = Self {
        what: "clang",
        debian: &["clang", "llvm"],
        ubuntu: &["clang", "llvm"],
        fedora: &["clang", "llvm"],
        homebrew: &["llvm"],
    };
    pub(crate) const CURL: Self = Self {
        what: "curl",
        debian: &["curl"],
        ubuntu: &["curl"],
        fedora: &["curl"],
        homebrew: &["curl"],
    };
    pub(crate) const DRIVER: Self = Self {
        what: "ChromeDriver",
        debian: &["chromium-driver"],
        ubuntu: &["chromium-chromedriver"],
        fedora: &["chromedriver"],
        homebrew: &["--cask", "chromedriver"],
    };
    pub(crate) const NODE: Self = Self {
        what: "Node.js with npm",
        debian: &["nodejs", "npm"],
        ubuntu: &["nodejs", "npm"],
        fedora: &["nodejs", "nodejs-npm"],
        homebrew: &["node"],
    };
    pub(crate) const OPENSSL: Self = Self {
        what: "openssl",
        debian: &["openssl"],
        ubuntu: &["openssl"],
        fedora: &["openssl"],
        homebrew: &["openssl"],
    };
    pub(crate) const PIP: Self = Self {
        what: "Python's pip",
        debian: &["python3-pip"],
        ubuntu: &["python3-pip"],
        fedora: &["python3-pip"],
        homebrew: &["python"],
    };
    pub(crate) const PYTHON: Self = Self {
        what: "Python",
        debian: &["python3"],
        ubuntu: &["python3"],
        fedora: &["python3"],
        homebrew: &["python"],
    };
    pub(crate) const TSHARK: Self = Self {
        what: "tshark",
        debian: &["tshark"],
        ubuntu: &["tshark"],
        fedora: &["wireshark-cli"],
        homebrew: &["wireshark"],
    };
}

/// Installs a package, saying so before.
///
/// # Errors
/// If this system is unknown, or it takes rights that this user does not have; the message is the
/// command to run.
pub(crate) fn install(package: &Package, why: &str) -> Result<()> {
    let what = package.what;
    say(format!("{what} is missing: {why}."));
    let Some(system) = System::here() else {
        bail!(
            "this system's package manager is not one that xtask knows (apt, dnf, Homebrew). \
             Install {what} by your own means, then run the same command again"
        );
    };
    let names = system.names(package);
    let install = |words: &[&str]| -> Vec<String> {
        words
            .iter()
            .chain(names)
            .map(|word| (*word).to_owned())
            .collect()
    };
    let line = match system {
        System::Debian | System::Ubuntu => install(&["apt-get", "install", "-y"]),
        System::Fedora => install(&["dnf", "install", "-y"]),
        System::Homebrew => install(&["brew", "install"]),
    };
    let Some(mut install) = with_rights(system, &line) else {
        let command = words(Command::new("sudo").args(&line));
        bail!(
            "{what} has to be installed by an administrator. Run this, then the same command again:\n\n    {command}\n"
        );
    };
    say(format!("Installing {what} with {}.", line[0]));
    if matches!(system, System::Debian | System::Ubuntu) {
        refresh_apt(system);
        install.env("DEBIAN_FRONTEND", "noninteractive");
    }
    run(&mut install)
}

#[derive(Clone, Copy)]
enum System {
    Debian,
    Fedora,
    Homebrew,
    Ubuntu,
}

impl System {
    fn here() -> Option<Self> {
        if cfg!(target_os = "macos") {
            return find("brew").map(|_| Self::Homebrew);
        }
        if find("apt-get").is_some() {
            let release = fs::read_to_string("/etc/os-release").unwrap_or_default();
            return Some(if is_ubuntu(&release) {
                Self::Ubuntu
            } else {
                Self::Debian
            });
        }
        find("dnf").map(|_| Self::Fedora)
    }

    fn names(self, package: &Package) -> &'static [&'static str] {
        match self {
            Self::Debian => package.debian,
            Self::Fedora => package.fedora,
            Self::Homebrew => package.homebrew,
            Self::Ubuntu => package.ubuntu,
        }
    }
}

fn is_ubuntu(os_release: &str) -> bool {
    let says_ubuntu = |line: &str| {
        line.strip_prefix("ID=")
            .or_else(|| line.strip_prefix("ID_LIKE="))
            .is_some_and(|ids| ids.contains("ubuntu"))
    };
    os_release.lines().any(says_ubuntu)
}

/// The command with the rights that it takes, if they can be had without asking for a password.
fn with_rights(system: System, line: &[String]) -> Option<Command> {
    if matches!(system, System::Homebrew) || is_root() {
        let mut plain = command(&line[0]);
        plain.args(&line[1..]);
        return Some(plain);
    }
    output(command("sudo").args(["-n", "true"]))?;
    let mut sudo = command("sudo");
    sudo.arg("-n").args(line);
    Some(sudo)
}

/// Whether this process runs as root.
pub(crate) fn is_root() -> bool {
    output(command("id").arg("-u")).is_some_and(|id| id.trim() == "0")
}

fn refresh_apt(system: System) {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let line = ["apt-get", "update"].map(str::to_owned);
        // An old list may do; the install that follows says if not.
        if let Some(mut update) = with_rights(system, &line) {
            let _ = run(&mut update);
        }
    });
}

#[cfg(test)]
mod tests {
    use super::is_ubuntu;

    #[track_caller]
    fn check(os_release: &str, expected: bool) {
        assert_eq!(is_ubuntu(os_release), expected);
    }

    #[test]
    fn ubuntu_is_told_from_debian() {
        check("NAME=\"Ubuntu\"\nID=ubuntu\nID_LIKE=debian\n", true);
        check("ID=linuxmint\nID_LIKE=\"ubuntu debian\"\n", true);
        check("ID=debian\nHOME_URL=\"ubuntu\"\n", false);
        check("", false);
    }
}
