//! Judges every case of a file in x509-limbo's format and prints where the verdict differs.
//!
//! `cargo run --release -p padlock-pki --example limbo -- FILE.json [--policy rfc5280|webpki]`
//!
//! Without `--policy` each case is judged by the policy of the suite that it is from: `rfc5280` for
//! BetterTLS, which is about paths and names, and `webpki` for the others.
//!
//! Exit code 0, also where verdicts differ; 2 where the file cannot be read.
#![expect(
    clippy::disallowed_methods,
    reason = "an example reads files and the clock; the crate does not"
)]

#[path = "../tests/limbo/cases.rs"]
mod cases;

use std::io::Write;
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::SystemTime;

use cases::Outcome;
use padlock_pki::time::UnixSeconds;
use padlock_pki::verify::Policy;
use serde_json::Value;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let (file, policy) = match arguments[..] {
        [file] => (file, None),
        [file, "--policy", "rfc5280"] => (file, Some(Policy::Rfc5280)),
        [file, "--policy", "webpki"] => (file, Some(Policy::WebPki)),
        _ => {
            eprintln!("usage: limbo FILE.json [--policy rfc5280|webpki]");
            return ExitCode::from(2);
        }
    };
    let list = match list(file) {
        Ok(list) => list,
        Err(error) => {
            eprintln!("{file}: {error}");
            return ExitCode::from(2);
        }
    };
    let outcomes = run(&list, policy);
    // Whoever closes the output has read enough.
    let _ = report(&mut std::io::stdout().lock(), &list, &outcomes);
    ExitCode::SUCCESS
}

/// The cases of a file.
fn list(file: &str) -> Result<Vec<Value>, String> {
    let bytes = std::fs::read(file).map_err(|error| error.to_string())?;
    let odd = |why: String| format!("not a file of x509-limbo: {why}");
    if bytes.trim_ascii().is_empty() {
        return Err(odd("it is empty".to_owned()));
    }
    let text = String::from_utf8(bytes).map_err(|_| odd("it is no text in UTF-8".to_owned()))?;
    cases::read(&text).map_err(odd)
}

/// The outcomes in the order of the cases, by this policy or each by its own.
fn run(list: &[Value], policy: Option<Policy>) -> Vec<Outcome> {
    let seconds = SystemTime::UNIX_EPOCH.elapsed().unwrap_or_default();
    let today = UnixSeconds(i64::try_from(seconds.as_secs()).unwrap_or(i64::MAX));
    let next = AtomicUsize::new(0);
    let work = || {
        let mut outcomes = Vec::new();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(case) = list.get(index) else {
                return outcomes;
            };
            let policy = policy.unwrap_or_else(|| cases::own_policy(case));
            outcomes.push((index, cases::run(case, policy, today)));
        }
    };
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let mut outcomes = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        let all = workers.into_iter().flat_map(|worker| worker.join());
        all.flatten().collect::<Vec<_>>()
    });
    outcomes.sort_by_key(|(index, _)| *index);
    outcomes.into_iter().map(|(_, outcome)| outcome).collect()
}

fn report(out: &mut impl Write, list: &[Value], outcomes: &[Outcome]) -> std::io::Result<()> {
    let (mut agree, mut disagree, mut skipped) = (0, 0, Vec::new());
    for (case, outcome) in list.iter().zip(outcomes) {
        match outcome {
            Outcome::Agree => agree += 1,
            Outcome::Disagree(how) => {
                disagree += 1;
                writeln!(out, "{}: {how}", cases::id(case))?;
            }
            Outcome::Skipped(why) => skipped.push(why.clone()),
        }
    }
    let count = skipped.len();
    for (why, count) in cases::counted(skipped) {
        writeln!(out, "skipped {count}: {why}")?;
    }
    writeln!(
        out,
        "limbo: {agree} agree, {disagree} disagree, {count} skipped"
    )
}
