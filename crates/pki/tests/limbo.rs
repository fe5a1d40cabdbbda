//! The cases of x509-limbo: the verdict differs where `docs/limbo.md` says so and nowhere else.
#![expect(clippy::disallowed_methods, reason = "a test reads files")]

#[path = "limbo/cases.rs"]
mod cases;

use std::collections::BTreeSet;
use std::path::Path;

use cases::Outcome;
use padlock_pki::time::UnixSeconds;

/// 2026-11-22: the cases without a moment of their own hold for decades.
const TODAY: UnixSeconds = UnixSeconds(1_795_305_600);

#[test]
fn agreement() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let file = root.join("../shared/vectors/limbo-core.json");
    let Ok(text) = std::fs::read_to_string(&file) else {
        println!("skipped: {} is not there", file.display());
        return;
    };
    let list = cases::read(&text).unwrap();
    let (mut agree, mut differs, mut skipped) = (0, BTreeSet::new(), Vec::new());
    for case in &list {
        match cases::run(case, cases::own_policy(case), TODAY) {
            Outcome::Agree => agree += 1,
            Outcome::Disagree(how) => {
                println!("{}: {how}", cases::id(case));
                differs.insert(cases::id(case).to_owned());
            }
            Outcome::Skipped(why) => skipped.push(why),
        }
    }
    let (disagree, count) = (differs.len(), skipped.len());
    println!("{:?}", cases::counted(skipped));
    let figures = format!("limbo: {agree} agree, {disagree} disagree, {count} skipped");
    println!("{figures}");

    let document = std::fs::read_to_string(root.join("docs/limbo.md")).unwrap();
    assert!(document.contains(&figures), "docs/limbo.md: {figures}");
    let rows = document.lines().filter_map(|line| line.strip_prefix("| `"));
    let documented: BTreeSet<_> = rows
        .filter_map(|row| row.split_once('`'))
        .map(|(id, _)| id.to_owned())
        .collect();
    assert_eq!(differs, documented);
}
