//! Short names for what the wasm and its JavaScript call each other by.
//!
//! wasm-bindgen names an import `__wbg_addEventListener_f2d27251d333a631`, in the wasm and in the
//! JavaScript that loads it. The hash keeps several versions of a crate apart while linking, and is
//! what compression can do nothing about. wasm-opt gives the wasm short names and prints which; here
//! the JavaScript gets the same.

use anyhow::{Context, Result, bail, ensure};
use std::collections::HashMap;

/// What wasm-opt shortened.
pub(crate) struct Names {
    /// The modules that the wasm imports from; wasm-opt calls each `a`.
    modules: Vec<String>,
    imports: HashMap<String, String>,
    exports: HashMap<String, String>,
}

/// How wasm-opt calls every module that is imported from.
const MODULE: &str = "a";

impl Names {
    /// Reads what wasm-opt prints: `{"imports": [[module, old, new], …], "exports": [[old, new], …]}`.
    ///
    /// # Errors
    /// If it is no such text, or two things would go by one name.
    pub(crate) fn of_wasm_opt(text: &str) -> Result<Self> {
        let mut rows: HashMap<String, Vec<Vec<String>>> =
            serde_json::from_str(text).context("reading which names wasm-opt gave")?;
        let mut take = |part| {
            rows.remove(part)
                .with_context(|| format!("wasm-opt says no {part}"))
        };
        let mut names = Self {
            modules: Vec::new(),
            imports: HashMap::new(),
            exports: HashMap::new(),
        };
        for row in take("imports")? {
            let [module, old, new] = <[String; 3]>::try_from(row)
                .ok()
                .context("an import is named by other than three words")?;
            if !names.modules.contains(&module) {
                names.modules.push(module);
            }
            let before = names.imports.insert(old, new);
            ensure!(before.is_none(), "two modules offer an import of one name");
        }
        for row in take("exports")? {
            let [old, new] = <[String; 2]>::try_from(row)
                .ok()
                .context("an export is named by other than two words")?;
            names.exports.insert(old, new);
        }
        Ok(names)
    }

    /// The JavaScript that wasm-bindgen wrote, with the wasm's short names.
    ///
    /// It offers imports as `NAME: function…` and uses exports as `wasm.NAME`.
    ///
    /// # Errors
    /// If it does not offer each of the wasm's imports once, or uses an export that the wasm lacks.
    pub(crate) fn shorten(&self, glue: &str) -> Result<String> {
        let mut offered: HashMap<&str, usize> = HashMap::new();
        let mut short = String::with_capacity(glue.len());
        for (before, word) in words(glue) {
            short.push_str(before);
            if short.ends_with("wasm.") && !word.is_empty() {
                let new = self.exports.get(word).with_context(|| {
                    format!("the JavaScript uses wasm.{word}, which the wasm does not export")
                })?;
                short.push_str(new);
            } else if let Some(new) = self.imports.get(word) {
                *offered.entry(word).or_default() += 1;
                short.push_str(new);
            } else {
                short.push_str(word);
            }
        }
        for import in self.imports.keys() {
            match offered.get(import.as_str()) {
                Some(1) => {}
                Some(times) => bail!("the JavaScript names the import {import} {times} times"),
                None => bail!("the JavaScript does not offer {import}, which the wasm imports"),
            }
        }
        self.modules
            .iter()
            .try_fold(short, |glue, module| rename_module(&glue, module))
    }
}

fn rename_module(glue: &str, module: &str) -> Result<String> {
    let old = format!("\"{module}\":");
    ensure!(
        glue.matches(&old).count() == 1,
        "the JavaScript does not offer the module {module} once"
    );
    Ok(glue.replace(&old, &format!("\"{MODULE}\":")))
}

/// Every word of a program (a name, a keyword, digits), each with what stands between it and the
/// one before; at the end what is left, with an empty word.
fn words(program: &str) -> impl Iterator<Item = (&str, &str)> {
    let is_of_word = |c: char| c.is_alphanumeric() || c == '_' || c == '$';
    let mut rest = Some(program);
    std::iter::from_fn(move || {
        let text = rest?;
        let Some(start) = text.find(is_of_word) else {
            rest = None;
            return Some((text, ""));
        };
        let (before, text) = text.split_at(start);
        let end = text.find(|c| !is_of_word(c)).unwrap_or(text.len());
        let (word, after) = text.split_at(end);
        rest = Some(after);
        Some((before, word))
    })
}

#[cfg(test)]
mod tests {
    use super::{Names, words};

    const SAID: &str = r#"{
 "imports": [
  ["./padlock_bg.js", "__wbg_key_f2d27251d333a631", "a"],
  ["./padlock_bg.js", "__wbg_keyCode_9736879a3f67559f", "$a"]
 ],
 "exports": [
  ["memory", "b"],
  ["main", "c"]
 ]
}"#;
    const GLUE: &str = "const import0 = {\n    __wbg_key_f2d27251d333a631: function(arg0) { return arg0.key; },\n    \
        __wbg_keyCode_9736879a3f67559f: function() {\n        return new Uint8Array(wasm.memory.buffer);\n    },\n};\n\
        return { \"./padlock_bg.js\": import0 }; // padlock_bg.wasm";

    fn shortened(glue: &str) -> anyhow::Result<String> {
        Names::of_wasm_opt(SAID).unwrap().shorten(glue)
    }

    #[track_caller]
    fn refused(glue: &str, why: &str) {
        let error = shortened(glue).unwrap_err().to_string();
        assert!(error.contains(why), "{error}");
    }

    #[test]
    fn imports_exports_and_the_module_get_the_names_of_the_wasm_and_nothing_else_changes() {
        assert_eq!(
            shortened(GLUE).unwrap(),
            "const import0 = {\n    a: function(arg0) { return arg0.key; },\n    \
             $a: function() {\n        return new Uint8Array(wasm.b.buffer);\n    },\n};\n\
             return { \"a\": import0 }; // padlock_bg.wasm"
        );
    }

    #[test]
    fn what_only_one_side_names_fails() {
        refused(
            &GLUE.replace("keyCode", "code"),
            "does not offer __wbg_keyCode_9736879a3f67559f",
        );
        refused(&format!("{GLUE} __wbg_key_f2d27251d333a631"), "2 times");
        refused(&format!("{GLUE} wasm.start()"), "wasm.start");
        refused(
            &GLUE.replace("./padlock_bg.js", "env"),
            "the module ./padlock_bg.js",
        );
    }

    #[test]
    fn other_words_of_wasm_opt_are_refused() {
        for text in ["", "{}", r#"{"imports": [["a", "b"]], "exports": []}"#] {
            assert!(Names::of_wasm_opt(text).is_err(), "{text}");
        }
        let twice = r#"{"imports": [["m", "x", "a"], ["n", "x", "b"]], "exports": []}"#;
        assert!(Names::of_wasm_opt(twice).is_err());
    }

    #[test]
    fn words_and_what_is_between_make_the_whole() {
        for text in ["", "a", " a.$b_1(“c”) ", "  "] {
            let again: String = words(text)
                .flat_map(|(before, word)| [before, word])
                .collect();
            assert_eq!(again, text);
        }
        assert_eq!(
            words("a.$b;").collect::<Vec<_>>(),
            [("", "a"), (".", "$b"), (";", "")]
        );
    }
}
