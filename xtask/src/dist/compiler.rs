//! How rustc and cargo build the page: as small as the pinned compiler can.
//!
//! Rust's ready-made standard library is made for speed, and for panics that tell a story: a format
//! string, a file and a line each. The page has no use for either. So here it is built from its
//! source (`rust-src`) together with the page, for size, and a panic is one instruction of wasm,
//! `unreachable`. That makes the wasm a tenth smaller: 311 kB instead of 342 (brotli) on one tree.
//!
//! Cargo and rustc call these settings unstable, and a stable compiler takes them only where
//! `RUSTC_BOOTSTRAP` says so. Unstable means that another compiler may name or do them otherwise;
//! rust-toolchain.toml pins ours, and whoever changes the pin learns of it from `cargo xtask dist`.
//!
//! What is given up: where the deployed page panics, the console tells of a trap and not in which
//! words (static/boot.js tells the visitor all the same). `cargo xtask serve` and the tests are built
//! plainly and have the words. Two more settings were weighed and left out:
//! `-Zfmt-debug=none` takes another 0.8 kB and makes every `{:?}` print nothing, also where it stands in
//! a sentence; `-Zlocation-detail=none` takes 0.4 kB.

use crate::shell::root;
use crate::tools;
use std::path::PathBuf;
use std::process::Command;
use std::{env, fs};

/// What cargo is told by its environment, since Trunk passes it no such arguments.
const CARGO: [(&str, &str); 3] = [
    ("RUSTC_BOOTSTRAP", "1"),
    ("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort"),
    ("CARGO_UNSTABLE_BUILD_STD_FEATURES", "optimize_for_size"),
];

/// What rustc is told, for every crate of the page and for the standard library. The settings by
/// `--cfg` are those of .cargo/config.toml, which cargo does not read where it is told by the
/// environment.
const RUSTC: [&str; 6] = [
    "-Zunstable-options",
    "-Cpanic=immediate-abort",
    "--cfg",
    "aes_backend_soft=\"compact\"",
    "--cfg",
    "sha2_backend_soft=\"compact\"",
];

/// What stands between the flags: folders may have spaces in their names.
const SEPARATOR: &str = "\u{1f}";

/// Lets whatever builds the page with this command build it for size.
pub(crate) fn for_size(command: &mut Command) {
    let flags: Vec<String> = RUSTC
        .iter()
        .map(|flag| (*flag).to_owned())
        .chain(short_paths())
        .collect();
    command
        .envs(CARGO)
        // The first of the variables that cargo looks at, so that none from outside takes its place.
        .env("CARGO_ENCODED_RUSTFLAGS", flags.join(SEPARATOR))
        // Apart: build scripts look at RUSTC_BOOTSTRAP. In one folder with plain builds, each dist
        // would have those built anew, and they in turn the next dist.
        .env("CARGO_TARGET_DIR", target_folder());
}

/// Where it is built.
pub(crate) fn target_folder() -> PathBuf {
    root().join("target/dist-build")
}

/// Compiler flags that keep this machine's folders out of what is built: they weigh, they tell
/// strangers where somebody builds, and without them two machines build the same bytes.
fn short_paths() -> impl Iterator<Item = String> {
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
    // Cargo names the source of the standard library by its place without links.
    let source = tools::sysroot().map(|folder| folder.join("lib/rustlib/src/rust"));
    folders.extend(source.map(|folder| folder.canonicalize().unwrap_or(folder)));
    folders.push(root());
    folders
        .into_iter()
        .map(|folder| format!("--remap-path-prefix={}/=", folder.display()))
}
