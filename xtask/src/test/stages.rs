//! The stages of `cargo xtask test`.

use super::Options;
use super::tally::Tally;
use crate::shell::{cargo, command, output, root, tee};
use crate::{dist, tools};
use anyhow::Result;
use std::path::Path;
use std::process::Command;

/// One kind of check.
pub(crate) struct Stage {
    pub(crate) name: &'static str,
    pub(crate) about: &'static str,
    pub(crate) run: fn(&Options) -> Result<Tally>,
}

/// All of them, the quick ones first.
pub(crate) const STAGES: [Stage; 8] = [
    Stage {
        name: "fmt",
        about: "formatting",
        run: formatting,
    },
    Stage {
        name: "clippy",
        about: "lints on this machine, warnings are errors",
        run: clippy,
    },
    Stage {
        name: "clippy-wasm",
        about: "lints for wasm32, warnings are errors",
        run: clippy_wasm,
    },
    Stage {
        name: "native",
        about: "tests on this machine",
        run: native,
    },
    Stage {
        name: "doctest",
        about: "examples in the documentation",
        run: doc_tests,
    },
    Stage {
        name: "doc",
        about: "documentation, warnings are errors",
        run: documentation,
    },
    Stage {
        name: "wasm",
        about: "tests as wasm in a headless browser",
        run: wasm,
    },
    Stage {
        name: "e2e",
        about: "the built page in a real browser",
        run: end_to_end,
    },
];

const WASM: [&str; 2] = ["--target", "wasm32-unknown-unknown"];
const WARNINGS_ARE_ERRORS: [&str; 3] = ["--", "-D", "warnings"];

fn formatting(options: &Options) -> Result<Tally> {
    check(
        cargo()
            .args(["fmt", "--all", "--check"])
            .args(&options.arguments),
    )
}

fn clippy(_: &Options) -> Result<Tally> {
    check(
        cargo()
            .args(["clippy", "--workspace", "--all-targets"])
            .args(WARNINGS_ARE_ERRORS),
    )
}

/// Everything that goes into the page, then the tests that run in a browser.
fn clippy_wasm(_: &Options) -> Result<Tally> {
    tools::for_building()?;
    let mut page = cargo();
    page.args([
        "clippy",
        "--workspace",
        "--exclude",
        "xtask",
        "--lib",
        "--bins",
    ])
    .args(WASM);
    let mut tally = check(page.args(WARNINGS_ARE_ERRORS))?;
    let mut first = cargo();
    first.args([
        "clippy",
        "--package",
        "padlock",
        "--lib",
        "--bins",
        "--no-default-features",
    ]);
    tally += check(first.args(WASM).args(WARNINGS_ARE_ERRORS))?;
    let mut tests = cargo();
    tests
        .args(["clippy", "--package", "padlock", "--tests"])
        .args(WASM)
        .args(WARNINGS_ARE_ERRORS);
    // What clippy allows in tests it does not allow in `#[wasm_bindgen_test]`, which it does not know.
    tally += check(tests.args(["-A", "clippy::unwrap_used"]))?;
    Ok(tally)
}

fn native(options: &Options) -> Result<Tally> {
    tools::openssl()?;
    tools::newer_openssl()?;
    tools::tlslite()?;
    tools::tshark()?;
    let browser = tools::visitors()?;
    let mut tally = run_natively(&["--workspace"], &browser, options)?;
    // Once more as the page's first program is built. Apart, or the workspace's features are added.
    let first = ["--package", "padlock-lesson", "--no-default-features"];
    tally += run_natively(
        &[&first[..], &["--test", "without_curves"]].concat(),
        &browser,
        options,
    )?;
    Ok(tally)
}

fn run_natively(which: &[&str], browser: &Path, options: &Options) -> Result<Tally> {
    let nextest = output(cargo().args(["nextest", "--version"])).is_some();
    let mut tests = cargo();
    if nextest {
        tests.args(["nextest", "run", "--no-fail-fast", "--no-tests=pass"]);
    } else {
        tests.args(["test", "--all-targets", "--no-fail-fast"]);
    }
    // No peer may be missing here.
    tests.env("PADLOCK_PEERS", "all").env("CHROME", browser);
    let outcome = tee(tests.args(which).args(&options.arguments))?;
    let tally = if nextest {
        Tally::of_nextest(&outcome.text)
    } else {
        Tally::of_libtest(&outcome.text)
    };
    Ok(tally.judged(outcome.success))
}

fn doc_tests(options: &Options) -> Result<Tally> {
    let outcome = tee(cargo()
        .args(["test", "--doc", "--workspace", "--no-fail-fast"])
        .args(&options.arguments))?;
    Ok(Tally::of_libtest(&outcome.text).judged(outcome.success))
}

fn documentation(_: &Options) -> Result<Tally> {
    check(
        cargo()
            .args(["doc", "--no-deps", "--workspace"])
            .env("RUSTDOCFLAGS", "-D warnings"),
    )
}

fn wasm(options: &Options) -> Result<Tally> {
    tools::for_building()?;
    let mut tests = cargo();
    tests
        .args([
            "test",
            "--package",
            "padlock",
            "--test",
            "*",
            "--no-fail-fast",
        ])
        .args(WASM)
        .args(&options.arguments);
    tools::browser()?.run_wasm(&mut tests)?;
    let outcome = tee(&mut tests)?;
    Ok(Tally::of_libtest(&outcome.text).judged(outcome.success))
}

fn end_to_end(options: &Options) -> Result<Tally> {
    let folder = root().join("e2e");
    let browser = tools::browser()?;
    tools::npm_ci(&folder)?;
    if !(options.reuse_dist && dist::folder().is_dir()) {
        dist::build()?;
    }
    let mut tests = command("node");
    tests
        .current_dir(&folder)
        .args(["node_modules/@playwright/test/cli.js", "test"])
        .args(&options.arguments)
        .env("CHROME", &browser.program);
    let outcome = tee(&mut tests)?;
    Ok(Tally::of_playwright(&outcome.text).judged(outcome.success))
}

fn check(command: &mut Command) -> Result<Tally> {
    Ok(Tally::one(tee(command)?.success))
}
