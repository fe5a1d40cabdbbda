//! Every sentence that a translator would have to translate is said somewhere.
//!
//! The compiler sees to it that no sentence is missing; it cannot see that one is left over, because
//! the functions of `say` are public. So this looks for the name of each in the sources of this crate
//! and of the page, outside of comments and tests.

#![expect(
    clippy::disallowed_methods,
    reason = "it reads the sources of the project"
)]

#[path = "left_out/keys.rs"]
mod keys;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use keys::left_out;

/// The functions that the build made of the messages.
const SAY: &str = include_str!(concat!(env!("OUT_DIR"), "/say.rs"));

#[test]
fn no_sentence_is_left_over() {
    let mut used = BTreeSet::new();
    for folder in ["src", "../../src"] {
        names_in_folder(
            &Path::new(env!("CARGO_MANIFEST_DIR")).join(folder),
            &mut used,
        );
    }
    let unused: Vec<&str> = functions(SAY)
        .filter(|name| !used.contains(*name))
        .collect();
    assert!(
        unused.is_empty(),
        "said nowhere, so take them out of messages/: {unused:#?}"
    );
}

/// The parts of the page that are left to the complete program: what measures, the gallery of
/// failures, what opens any certificate, what makes some, and what of artefacts only such things need.
const COMPLETE: [&str; 8] = [
    "compare", "failures", "ladder", "read", "speed", "study", "thief", "workshop",
];

/// What the first program shows is there in words.
#[test]
fn the_first_program_has_its_words() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut used = BTreeSet::new();
    names_in_folder_but(&root.join("../../src"), &COMPLETE, &mut used);
    assert!(used.contains("page_speed_label"));
    let names = left_out()
        .into_iter()
        .map(|key| key.replace(['-', '.'], "_"));
    let missing: Vec<String> = names.filter(|name| used.contains(name)).collect();
    assert_eq!(missing, [] as [String; 0], "take them out of complete/");
}

#[test]
fn the_names_are_those_of_the_code() {
    let rust = "fn a() { say::b_c(d.to_string()) } // e\n/// say::f\n    //! g\nh!(i)\n#[cfg(test)]\nmod tests {\n j }";
    let mut found = BTreeSet::new();
    names_in(rust, &mut found);
    let expected = ["a", "b_c", "d", "fn", "h", "i", "say", "to_string"];
    assert_eq!(
        found.iter().map(String::as_str).collect::<Vec<_>>(),
        expected
    );
    let say = "#[doc = \"pub fn no(\"]\npub const fn a_b() -> Text {\n}\npub fn c(d: impl Into<Argument>) -> Text {\n";
    assert_eq!(functions(say).collect::<Vec<_>>(), ["a_b", "c"]);
    assert!(functions(SAY).count() > 1);
}

/// The names of the functions in the generated source.
fn functions(rust: &str) -> impl Iterator<Item = &str> {
    rust.lines().filter_map(|line| {
        let rest = line
            .strip_prefix("pub fn ")
            .or_else(|| line.strip_prefix("pub const fn "))?;
        rest.split('(').next()
    })
}

/// Takes in the names in all Rust files of a folder. Files of tests do not count.
fn names_in_folder(folder: &Path, found: &mut BTreeSet<String>) {
    names_in_folder_but(folder, &[], found);
}

/// The same without other files or folders of these names.
fn names_in_folder_but(folder: &Path, but: &[&str], found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).expect("a folder of the project") {
        let path = entry.expect("a folder of the project").path();
        if path
            .file_stem()
            .and_then(|stem| stem.to_str())
            .is_some_and(|stem| stem == "tests" || but.contains(&stem))
        {
            continue;
        }
        if path.is_dir() {
            names_in_folder_but(&path, but, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            names_in(&fs::read_to_string(&path).expect("a source file"), found);
        }
    }
}

/// Takes in every word of the code, whether it stands behind `say::` or is handed to a macro.
fn names_in(rust: &str, found: &mut BTreeSet<String>) {
    let code = rust
        .split("#[cfg(test)]\nmod tests {")
        .next()
        .unwrap_or_default();
    for line in code.lines() {
        let line = line.split("//").next().unwrap_or_default();
        let words = line.split(|letter: char| !letter.is_alphanumeric() && letter != '_');
        found.extend(
            words
                .filter(|word| word.starts_with(char::is_alphabetic))
                .map(str::to_owned),
        );
    }
}
