//! Writes the compact catalogue and the Rust that goes with it.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::{Message, Node, Problem, Style, Terms, code};

/// The most placeholders a message may have: as many parameters as clippy lets a function have.
const MOST_PLACEHOLDERS: usize = 7;

/// Rust's reserved words that a key or a placeholder could be.
const RESERVED: &str = " abstract as async await become box break const continue crate do dyn else enum extern \
    false final fn for gen if impl in let loop macro match mod move mut override priv pub ref return self static \
    struct super trait true try type typeof unsafe unsized use virtual where while yield ";

type Messages<'s> = BTreeMap<String, Message<'s>>;

/// Keys and placeholders are words with hyphens, of which Rust can make names.
///
/// # Errors
/// The first name that is none.
pub(super) fn check_names(key: &str, message: &Message<'_>) -> Result<(), Problem> {
    let wrong = |what: &str| Err(message.place.problem(what.to_owned()));
    if message.placeholders.len() > MOST_PLACEHOLDERS {
        return wrong(&format!("more than {MOST_PLACEHOLDERS} placeholders"));
    }
    if depth(&message.nodes) > code::DEEPEST {
        return wrong("choices inside choices, too deep");
    }
    for name in key
        .split('.')
        .chain(message.placeholders.iter().map(String::as_str))
    {
        let plain = name
            .bytes()
            .all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'));
        if !plain || !name.starts_with(|first: char| first.is_ascii_lowercase()) {
            return wrong(&format!(
                "`{name}`: a name is of small letters, digits and hyphens"
            ));
        }
    }
    for name in [key]
        .into_iter()
        .chain(message.placeholders.iter().map(String::as_str))
    {
        if RESERVED.contains(&format!(" {name} ")) {
            return wrong(&format!("`{name}` is a word of Rust"));
        }
    }
    Ok(())
}

/// The `say` functions: one for each message that is not of the glossary.
///
/// # Errors
/// Two keys that would make the same name.
pub(super) fn functions(messages: &Messages<'_>, terms: &Terms) -> Result<String, Vec<Problem>> {
    let mut rust = String::new();
    let mut names: BTreeMap<String, &str> = BTreeMap::new();
    let mut problems = Vec::new();
    for (index, (key, message)) in messages.iter().enumerate() {
        if terms
            .values()
            .any(|(title, text)| title == key || text == key)
        {
            continue;
        }
        let name = snake(key);
        if let Some(other) = names.insert(name.clone(), key) {
            problems.push(message.place.problem(format!(
                "`{key}` and `{other}` make the same function `{name}`"
            )));
        }
        let parameters: Vec<String> = message
            .placeholders
            .iter()
            .map(|name| snake(name))
            .collect();
        let declared: Vec<String> = parameters
            .iter()
            .map(|name| format!("{name}: impl Into<Argument>"))
            .collect();
        let given: Vec<String> = parameters
            .iter()
            .map(|name| format!("{name}.into()"))
            .collect();
        let doc = sentence(&message.nodes);
        let qualifier = if given.is_empty() { "const " } else { "" };
        let make = if given.is_empty() {
            format!("Text::new(Key({index}))")
        } else {
            format!("Text::with(Key({index}), [{}])", given.join(", "))
        };
        rust += &format!(
            "#[doc = {doc:?}]\n#[must_use]\npub {qualifier}fn {name}({}) -> Text {{\n    {make}\n}}\n\n",
            declared.join(", ")
        );
    }
    if problems.is_empty() {
        Ok(rust)
    } else {
        Err(problems)
    }
}

/// The fingerprint of the keys and placeholders, the names of the keys, and those of the terms.
pub(super) fn tables(
    schema: &BTreeMap<String, Vec<String>>,
    terms: &[&str],
    complete: bool,
) -> String {
    let keys: Vec<&String> = schema.keys().collect();
    let fingerprint = fingerprint(schema, terms, complete);
    format!(
        "pub(super) const FINGERPRINT: &str = {fingerprint:?};\n\
         pub(super) const KEY_COUNT: usize = {};\n\
         static KEY_NAMES: [&str; KEY_COUNT] = {keys:?};\n",
        keys.len()
    )
}

/// The terms: a constant for each, and their names with the keys of their titles and explanations.
pub(super) fn terms(messages: &Messages<'_>, terms: &Terms) -> String {
    let index = |key: &String| {
        messages
            .keys()
            .position(|other| other == key)
            .unwrap_or_default()
    };
    let mut rust = "impl TermId {\n".to_owned();
    for (at, (id, (title, _))) in terms.iter().enumerate() {
        let shown = messages
            .get(title)
            .map(|message| sentence(&message.nodes))
            .unwrap_or_default();
        rust += &format!(
            "    #[doc = {shown:?}]\n    pub const {}: Self = Self({at});\n",
            snake(id).to_uppercase()
        );
    }
    rust += "}\n\n";
    rust += &format!("static TERMS: [(&str, Key, Key); {}] = [\n", terms.len());
    for (id, (title, text)) in terms {
        rust += &format!(
            "    ({id:?}, Key({}), Key({})),\n",
            index(title),
            index(text)
        );
    }
    rust + "];\n"
}

/// The compact catalogue, as `code.rs` describes it; where it is not `complete`, the messages of the
/// complete program have no words.
pub(super) fn catalogue(
    language: &str,
    messages: &Messages<'_>,
    complete: bool,
    schema: &BTreeMap<String, Vec<String>>,
    terms: &[&str],
) -> String {
    let fingerprint = fingerprint(schema, terms, complete);
    let mut out = format!("{} {language} {fingerprint}", code::FORMAT);
    for (key, placeholders) in schema {
        out.push(code::SEPARATOR);
        let nodes = messages
            .get(key)
            .filter(|message| complete || !message.place.source.complete)
            .map(|message| message.nodes.as_slice())
            .unwrap_or_default();
        encode(nodes, placeholders, terms, &mut out);
    }
    out
}

fn encode(nodes: &[Node], placeholders: &[String], terms: &[&str], out: &mut String) {
    let placeholder = |name: &String| {
        letter(
            placeholders
                .iter()
                .position(|other| other == name)
                .unwrap_or(0),
        )
    };
    for node in nodes {
        match node {
            Node::Text(words) => out.push_str(words),
            Node::Argument(name) => {
                out.push(code::ARGUMENT);
                out.extend(placeholder(name));
            }
            Node::Styled(style, inner) => {
                match style {
                    Style::Strong => out.push(code::STRONG),
                    Style::Emphasis => out.push(code::EMPHASIS),
                    Style::Code => out.push(code::CODE),
                    Style::Term(id) => {
                        out.push(code::TERM);
                        out.extend(letter(
                            terms.iter().position(|other| other == id).unwrap_or(0),
                        ));
                    }
                }
                encode(inner, placeholders, terms, out);
                out.push(code::CLOSE);
            }
            Node::Select(name, variants) => {
                out.push(code::SELECT);
                out.extend(placeholder(name));
                for variant in variants {
                    out.push(if variant.default {
                        code::DEFAULT
                    } else {
                        code::VARIANT
                    });
                    out.push_str(&variant.name);
                    out.push(code::KEY_END);
                    encode(&variant.nodes, placeholders, terms, out);
                }
                out.push(code::CLOSE);
            }
        }
    }
}

/// The letter of a number, as `code.rs` describes it.
fn letter(number: usize) -> Option<char> {
    char::from_u32(u32::try_from(number).ok()?.checked_add(u32::from(' '))?)
}

fn depth(nodes: &[Node]) -> usize {
    let inner = nodes.iter().map(|node| match node {
        Node::Text(_) | Node::Argument(_) => 0,
        Node::Styled(_, nodes) => depth(nodes),
        Node::Select(_, variants) => variants
            .iter()
            .map(|variant| depth(&variant.nodes))
            .max()
            .unwrap_or(0),
    });
    1 + inner.max().unwrap_or(0)
}

/// FNV-1a over what a catalogue must have in common with the program that reads it.
fn fingerprint(schema: &BTreeMap<String, Vec<String>>, terms: &[&str], complete: bool) -> String {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for byte in format!("{schema:?}{terms:?}{complete}").bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    format!("{hash:016x}")
}

fn snake(name: &str) -> String {
    name.replace(['-', '.'], "_")
}

/// A message as a doc comment: its words, `{$placeholder}` for what is filled in, the default of each choice.
fn sentence(nodes: &[Node]) -> String {
    let mut out = String::new();
    for node in nodes {
        match node {
            Node::Text(words) => {
                for letter in words.chars() {
                    // Nothing in the words is Markdown.
                    if letter.is_ascii_punctuation() && !",.;:!?'\"/()".contains(letter) {
                        out.push('\\');
                    }
                    out.push(letter);
                }
            }
            Node::Styled(_, inner) => out += &sentence(inner),
            Node::Argument(name) => drop(write!(out, "`{{${name}}}`")),
            Node::Select(_, variants) => {
                let default = variants.iter().find(|variant| variant.default);
                out += &default
                    .map(|variant| sentence(&variant.nodes))
                    .unwrap_or_default();
            }
        }
    }
    out
}
