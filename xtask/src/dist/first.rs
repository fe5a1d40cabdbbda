//! The first program: the page without the feature `complete`, all that a first visit needs.
//!
//! It plays the classic handshake and is smaller by everything that is calculated on elliptic
//! curves. static/boot.js starts it unless the address asks for more, and puts the complete program
//! in its place when the reader does.

use super::compiler;
use crate::shell::{command, root, run};
use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};

/// Under which name wasm-bindgen writes it.
const NAME: &str = "first";

/// What wasm-bindgen makes of it.
pub(super) struct Program {
    pub(super) glue: PathBuf,
    pub(super) wasm: PathBuf,
}

/// Builds it into the stage. The complete one, built there before by Trunk, shares what it can.
///
/// # Errors
/// If it does not build.
pub(super) fn build(stage: &Path) -> Result<Program> {
    let target = "wasm32-unknown-unknown";
    let mut cargo = command("cargo");
    cargo.args(["build", "--package", "padlock", "--bin", "padlock"]);
    cargo.args([
        "--no-default-features",
        "--profile",
        "web",
        "--target",
        target,
    ]);
    compiler::for_size(&mut cargo);
    run(&mut cargo)?;
    let built = compiler::target_folder()
        .join(target)
        .join("web/padlock.wasm");

    let apart = root().join("target/dist-first");
    run(command("wasm-bindgen")
        .args([
            "--target",
            "web",
            "--no-typescript",
            "--out-name",
            NAME,
            "--out-dir",
        ])
        .arg(&apart)
        .arg(built))?;
    let into_stage = |name: String| {
        let file = stage.join(&name);
        fs::copy(apart.join(&name), &file).with_context(|| format!("copying {name}"))?;
        Ok::<_, anyhow::Error>(file)
    };
    Ok(Program {
        glue: into_stage(format!("{NAME}.js"))?,
        wasm: into_stage(format!("{NAME}_bg.wasm"))?,
    })
}
