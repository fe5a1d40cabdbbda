//! The sentences that the first program has no words for.

use std::fs;

/// Their keys, as they stand in messages/en/complete.
pub(crate) fn left_out() -> Vec<String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/messages/en/complete");
    let files = fs::read_dir(folder).expect("a folder of the project");
    let mut all = Vec::new();
    for file in files {
        let path = file.expect("a file of the project").path();
        let text = fs::read_to_string(path).expect("Fluent is text");
        let keys = text.lines().filter_map(|line| line.split_once(" ="));
        let keys =
            keys.filter(|(key, _)| key.starts_with(|first: char| first.is_ascii_lowercase()));
        all.extend(keys.map(|(key, _)| key.to_owned()));
    }
    assert!(all.len() > 100, "{}", all.len());
    all
}
