//! A C compiler for wasm: ring has parts in C.

use super::WASM;
use super::system::{self, Package};
use crate::shell::{command, find, output, root, say};
use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::{env, fs};

const COMPILER: &str = "CC_wasm32_unknown_unknown";
const ARCHIVER: &str = "AR_wasm32_unknown_unknown";

/// Finds a clang that can make wasm, or installs one.
///
/// Where it is not the plain `clang` of PATH (Apple's has no wasm target, some systems number
/// theirs), its place is written to `.cargo/local.toml`, which `.cargo/config.toml` includes: so
/// plain `cargo` and `trunk` use it too.
///
/// # Errors
/// If there is none and none can be installed.
pub(crate) fn find_or_install() -> Result<()> {
    if let Some(chosen) = env::var_os(COMPILER) {
        if makes_wasm(Path::new(&chosen)) {
            return Ok(());
        }
        bail!(
            "{COMPILER} names {}, which cannot make wasm",
            chosen.to_string_lossy()
        );
    }
    if use_one() {
        return Ok(());
    }
    system::install(
        &Package::CLANG,
        "ring has parts in C, and they have to become wasm as well",
    )?;
    if use_one() {
        return Ok(());
    }
    bail!(
        "clang is installed, but none was found that can make wasm; set {COMPILER} to one that can"
    )
}

fn use_one() -> bool {
    if let Some(noted) = noted_compiler()
        && makes_wasm(&noted)
    {
        return true;
    }
    if makes_wasm(Path::new("clang")) {
        return true;
    }
    let Some(other) = candidates().into_iter().find(|clang| makes_wasm(clang)) else {
        return false;
    };
    match note(&other) {
        Ok(()) => true,
        Err(error) => {
            say(format!("{} would do, but {error:#}", other.display()));
            false
        }
    }
}

/// Whether this compiler turns a small program into wasm.
fn makes_wasm(clang: &Path) -> bool {
    let Ok(mut child) = command(clang)
        .args([&format!("--target={WASM}"), "-c", "-x", "c", "-o", "-", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
    else {
        return false;
    };
    if let Some(mut stdin) = child.stdin.take() {
        // A compiler that does not read has failed; its output says so below.
        let _ = std::io::Write::write_all(&mut stdin, b"int add(int a, int b) { return a + b; }\n");
    }
    child
        .wait_with_output()
        .is_ok_and(|output| output.status.success() && output.stdout.starts_with(b"\0asm"))
}

fn candidates() -> Vec<PathBuf> {
    let numbered = (14..=30)
        .rev()
        .filter_map(|number| find(&format!("clang-{number}")));
    let brew = output(command("brew").args(["--prefix", "llvm"]))
        .map(|prefix| PathBuf::from(prefix.trim()));
    let usual = ["/opt/homebrew/opt/llvm", "/usr/local/opt/llvm"].map(PathBuf::from);
    let kegs = brew
        .into_iter()
        .chain(usual)
        .map(|prefix| prefix.join("bin/clang"));
    numbered
        .chain(kegs)
        .filter(|clang| clang.is_file())
        .collect()
}

fn notes() -> PathBuf {
    root().join(".cargo/local.toml")
}

fn noted_compiler() -> Option<PathBuf> {
    read_compiler(&fs::read_to_string(notes()).ok()?).map(PathBuf::from)
}

fn read_compiler(toml: &str) -> Option<&str> {
    let start = format!("{COMPILER} = \"");
    toml.lines()
        .find_map(|line| line.strip_prefix(&start)?.strip_suffix('"'))
}

/// Writes down which compiler cargo shall use.
fn note(clang: &Path) -> Result<()> {
    let archiver = archiver_of(clang);
    say(format!(
        "The clang that can make wasm is {}; noted in .cargo/local.toml.",
        clang.display()
    ));
    fs::write(notes(), local_toml(clang, archiver.as_deref())).context("writing .cargo/local.toml")
}

/// The `llvm-ar` that belongs to a clang: a system's own `ar` may not know wasm.
fn archiver_of(clang: &Path) -> Option<PathBuf> {
    let name = clang.file_name()?.to_str()?.replace("clang", "llvm-ar");
    let folder = fs::canonicalize(clang).ok()?.parent()?.to_owned();
    [clang.with_file_name(name), folder.join("llvm-ar")]
        .into_iter()
        .find(|file| file.is_file())
}

fn local_toml(clang: &Path, archiver: Option<&Path>) -> String {
    let mut text = format!(
        "# Written by `cargo xtask`: the C compiler for wasm on this machine.\n[env]\n{COMPILER} = \"{}\"\n",
        clang.display()
    );
    if let Some(archiver) = archiver {
        text.push_str(&format!("{ARCHIVER} = \"{}\"\n", archiver.display()));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{local_toml, makes_wasm, read_compiler};
    use std::path::Path;

    #[test]
    fn what_is_noted_is_read_back() {
        let clang = Path::new("/opt/llvm/bin/clang");
        let text = local_toml(clang, Some(Path::new("/opt/llvm/bin/llvm-ar")));
        assert_eq!(read_compiler(&text), clang.to_str());
        assert!(text.contains("AR_wasm32_unknown_unknown = \"/opt/llvm/bin/llvm-ar\""));
        assert_eq!(read_compiler("[env]\n"), None);
    }

    #[test]
    fn what_is_no_compiler_makes_no_wasm() {
        assert!(!makes_wasm(Path::new("true")));
        assert!(!makes_wasm(Path::new("no-such-program")));
    }
}
