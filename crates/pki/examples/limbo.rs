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
    let text = match std::fs::read_to_string(file) {
        Ok(text) => text,
        Err(error) => {
            eprintln!("{file}: {error}");
            return ExitCode::from(2);
        }
    };
    let list = match cases::read(&text) {
        Ok(list) => list,
        Err(error) => {
            eprintln!("{file}: not a file of x509-limbo: {error}");
            return ExitCode::from(2);
        }
    };
    drop(text);
    report(&list, &run(&list, policy));
    ExitCode::SUCCESS
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

fn report(list: &[Value], outcomes: &[Outcome]) {
    let (mut agree, mut disagree, mut skipped) = (0, 0, Vec::new());
    for (case, outcome) in list.iter().zip(outcomes) {
        match outcome {
            Outcome::Agree => agree += 1,
            Outcome::Disagree(how) => {
                disagree += 1;
                println!("{}: {how}", cases::id(case));
            }
            Outcome::Skipped(why) => skipped.push(why.clone()),
        }
    }
    let count = skipped.len();
    for (why, count) in cases::counted(skipped) {
        println!("skipped {count}: {why}");
    }
    println!("limbo: {agree} agree, {disagree} disagree, {count} skipped");
}
