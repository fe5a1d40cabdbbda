//! The compiler of messages: Fluent files in, a compact catalogue and Rust functions out.
//!
//! It is part of the build (`build.rs`) and of the tests, which call it with messages of their own.
//! Everything that can be known beforehand is settled here: terms and references to other messages
//! are put in place, markup is checked, and only placeholders and choices are left to the reader.

mod generate;
mod markup;
mod resolve;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use fluent_syntax::{ast, parser};

use super::code;

/// One Fluent file.
pub(crate) struct Source {
    /// Where it stands, for the messages about it.
    pub(crate) path: String,
    /// What it holds.
    pub(crate) text: String,
    /// Whether only the complete program says what it holds.
    pub(crate) complete: bool,
}

/// What is wrong with a message, and where.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Problem {
    /// The file.
    pub(crate) path: String,
    /// The line in it, from 1.
    pub(crate) line: usize,
    /// What is wrong.
    pub(crate) message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.path, self.line, self.message)
    }
}

/// What comes of the English messages.
pub(crate) struct Compiled {
    /// The compact catalogue, as `code.rs` describes it.
    pub(crate) catalogue: String,
    /// Rust: one function for each message.
    pub(crate) say: String,
    /// Rust: the fingerprint and the names of the keys.
    pub(crate) tables: String,
    /// Rust: the terms of the glossary.
    pub(crate) terms: String,
    /// The placeholders of each key; keys are numbered in this order.
    pub(crate) schema: BTreeMap<String, Vec<String>>,
    /// The keys that only the complete program says.
    complete: BTreeSet<String>,
}

/// How words are set off from those around them.
#[derive(Clone, Debug, PartialEq)]
enum Style {
    Strong,
    Emphasis,
    Code,
    Term(String),
}

/// A piece of a message in which nothing is left to look up.
#[derive(Clone, Debug, PartialEq)]
enum Node {
    Text(String),
    Styled(Style, Vec<Node>),
    Argument(String),
    Select(String, Vec<Variant>),
}

/// A choice in a message.
#[derive(Clone, Debug, PartialEq)]
struct Variant {
    name: String,
    default: bool,
    nodes: Vec<Node>,
}

/// The terms of the glossary: the keys of the title and of the explanation of each.
type Terms = BTreeMap<String, (String, String)>;

/// A message with everything put in place.
struct Message<'s> {
    place: Place<'s>,
    nodes: Vec<Node>,
    /// In alphabetical order, so that rewording a sentence never changes a function's parameters.
    placeholders: Vec<String>,
}

/// Where a piece of a source stands.
#[derive(Clone, Copy)]
struct Place<'s> {
    source: &'s Source,
    part: &'s str,
}

impl Place<'_> {
    fn problem(self, message: impl Into<String>) -> Problem {
        // The syntax tree borrows from the source, so the distance of their addresses is the offset.
        let offset =
            (self.part.as_ptr() as usize).saturating_sub(self.source.text.as_ptr() as usize);
        problem_at(self.source, offset, message)
    }
}

/// Compiles the English messages, which say what keys and placeholders there are; for the complete
/// program or for one that does without some of the words.
///
/// # Errors
/// Everything that is wrong with them, those that are left out too.
pub(crate) fn english(sources: &[Source], complete: bool) -> Result<Compiled, Vec<Problem>> {
    let (messages, mut problems) = messages(sources);
    for (key, message) in &messages {
        problems.extend(generate::check_names(key, message).err());
    }
    let terms = glossary(&messages, &mut problems);
    check_markup(&messages, &terms, &mut problems);
    let functions = generate::functions(&messages, &terms).unwrap_or_else(|found| {
        problems.extend(found);
        String::new()
    });
    let schema: BTreeMap<String, Vec<String>> = messages
        .iter()
        .map(|(key, message)| (key.clone(), message.placeholders.clone()))
        .collect();
    let names: Vec<&str> = terms.keys().map(String::as_str).collect();
    sorted(problems)?;
    Ok(Compiled {
        catalogue: generate::catalogue("en", &messages, complete, &schema, &names),
        say: functions,
        tables: generate::tables(&schema, &names, complete),
        terms: generate::terms(&messages, &terms),
        complete: messages
            .iter()
            .filter(|(_, message)| message.place.source.complete)
            .map(|(key, _)| key.clone())
            .collect(),
        schema,
    })
}

/// Compiles the messages of another language, which must be exactly the English ones.
///
/// # Errors
/// Everything that is wrong with them, a missing or unknown key among it.
pub(crate) fn translation(
    language: &str,
    sources: &[Source],
    english: &Compiled,
    complete: bool,
) -> Result<String, Vec<Problem>> {
    let (messages, mut problems) = messages(sources);
    for (key, message) in &messages {
        match english.schema.get(key) {
            None => problems.push(
                message
                    .place
                    .problem(format!("`{key}` is not among the English messages")),
            ),
            Some(known) => problems.extend(
                message
                    .placeholders
                    .iter()
                    .filter(|name| !known.contains(name))
                    .map(|name| {
                        message
                            .place
                            .problem(format!("the English `{key}` has no placeholder `${name}`"))
                    }),
            ),
        }
    }
    for (key, message) in &messages {
        let source = message.place.source;
        if english.schema.contains_key(key) && source.complete != english.complete.contains(key) {
            let place = if source.complete { "" } else { "not " };
            problems.push(message.place.problem(format!(
                "`{key}` stands {place}in `complete/`, and the English message does otherwise"
            )));
        }
    }
    for key in english
        .schema
        .keys()
        .filter(|key| !messages.contains_key(*key))
    {
        problems.push(Problem {
            path: language.into(),
            line: 0,
            message: format!("`{key}` is not translated"),
        });
    }
    let terms = glossary(&messages, &mut problems);
    check_markup(&messages, &terms, &mut problems);
    sorted(problems)?;
    let names: Vec<&str> = terms.keys().map(String::as_str).collect();
    Ok(generate::catalogue(
        language,
        &messages,
        complete,
        &english.schema,
        &names,
    ))
}

/// Reads the sources and puts everything in place.
fn messages(sources: &[Source]) -> (BTreeMap<String, Message<'_>>, Vec<Problem>) {
    let mut problems = Vec::new();
    let mut trees = Vec::new();
    for source in sources {
        match parser::parse(source.text.as_str()) {
            Ok(tree) => trees.push((source, tree)),
            Err((tree, errors)) => {
                trees.push((source, tree));
                problems.extend(errors.iter().map(|error| syntax_problem(source, error)));
            }
        }
    }
    let mut book = resolve::Book::default();
    for (source, tree) in &trees {
        for entry in &tree.body {
            let added = match entry {
                ast::Entry::Message(message) => book.add(
                    source,
                    message.id.name,
                    "",
                    message.value.as_ref(),
                    &message.attributes,
                ),
                ast::Entry::Term(term) => book.add(
                    source,
                    term.id.name,
                    "-",
                    Some(&term.value),
                    &term.attributes,
                ),
                _ => Ok(()),
            };
            problems.extend(added.err());
        }
    }
    let mut messages = BTreeMap::new();
    for (key, place) in book.messages() {
        match book.message(&key) {
            Ok(nodes) => {
                let mut placeholders = BTreeSet::new();
                collect_placeholders(&nodes, &mut placeholders);
                let placeholders = placeholders.into_iter().collect();
                messages.insert(
                    key,
                    Message {
                        place,
                        nodes,
                        placeholders,
                    },
                );
            }
            Err(problem) => problems.push(problem),
        }
    }
    (messages, problems)
}

/// The terms of the glossary with the keys of their titles and explanations.
fn glossary(messages: &BTreeMap<String, Message<'_>>, problems: &mut Vec<Problem>) -> Terms {
    let mut terms = BTreeMap::new();
    for (key, title) in messages {
        let Some(id) = key.strip_prefix("term-") else {
            continue;
        };
        let explains = key
            .strip_suffix("-text")
            .is_some_and(|of| messages.contains_key(of));
        if explains {
            continue;
        }
        let text = format!("{key}-text");
        if !title.nodes.iter().all(|node| matches!(node, Node::Text(_))) {
            problems.push(
                title
                    .place
                    .problem(format!("`{key}` is a title: plain words only")),
            );
        }
        match messages.get(&text) {
            None => problems.push(
                title
                    .place
                    .problem(format!("`{key}` needs its explanation `{text}`")),
            ),
            Some(explanation) if !explanation.placeholders.is_empty() => {
                problems.push(explanation.place.problem(format!(
                    "`{text}` explains a term: it can have no placeholder"
                )));
            }
            Some(_) => {}
        }
        terms.insert(id.to_owned(), (key.clone(), text));
    }
    terms
}

/// Every term that the messages mention stands in the glossary, and is there wherever they are.
fn check_markup(
    messages: &BTreeMap<String, Message<'_>>,
    terms: &Terms,
    problems: &mut Vec<Problem>,
) {
    for message in messages.values() {
        let mut used = BTreeSet::new();
        collect_terms(&message.nodes, &mut used);
        for id in used {
            let term = terms.get(id).and_then(|(title, _)| messages.get(title));
            let wrong = match term {
                None => format!("no `term-{id}` with `term-{id}-text` in the glossary"),
                Some(term) if term.place.source.complete && !message.place.source.complete => {
                    format!("`term-{id}` is of the complete program only, but this message is not")
                }
                Some(_) => continue,
            };
            problems.push(message.place.problem(wrong));
        }
    }
}

fn collect_placeholders(nodes: &[Node], found: &mut BTreeSet<String>) {
    for node in nodes {
        match node {
            Node::Text(_) => {}
            Node::Styled(_, inner) => collect_placeholders(inner, found),
            Node::Argument(name) => drop(found.insert(name.clone())),
            Node::Select(name, variants) => {
                found.insert(name.clone());
                variants
                    .iter()
                    .for_each(|variant| collect_placeholders(&variant.nodes, found));
            }
        }
    }
}

fn collect_terms<'n>(nodes: &'n [Node], found: &mut BTreeSet<&'n str>) {
    for node in nodes {
        match node {
            Node::Text(_) | Node::Argument(_) => {}
            Node::Styled(style, inner) => {
                if let Style::Term(id) = style {
                    found.insert(id);
                }
                collect_terms(inner, found);
            }
            Node::Select(_, variants) => variants
                .iter()
                .for_each(|variant| collect_terms(&variant.nodes, found)),
        }
    }
}

fn syntax_problem(source: &Source, error: &parser::ParserError) -> Problem {
    use parser::ErrorKind::{ExpectedCharRange, ExpectedMessageField};
    // To Fluent, a line that begins like this begins a choice or an attribute and ends the words.
    let part = error.slice.clone().and_then(|range| source.text.get(range));
    let mut lines = part.unwrap_or_default().lines().map(str::trim_start);
    match (
        &error.kind,
        lines.find(|line| line.starts_with(['[', '*', '.'])),
    ) {
        (ExpectedCharRange { .. } | ExpectedMessageField { .. }, Some(part)) => {
            let message = format!(
                "not Fluent: no line of a message can begin with `{}`",
                &part[..1]
            );
            Place { source, part }.problem(message)
        }
        (kind, _) => problem_at(source, error.pos.start, format!("not Fluent: {kind}")),
    }
}

fn problem_at(source: &Source, offset: usize, message: impl Into<String>) -> Problem {
    let line = 1 + source
        .text
        .bytes()
        .take(offset)
        .filter(|byte| *byte == b'\n')
        .count();
    Problem {
        path: source.path.clone(),
        line,
        message: message.into(),
    }
}

fn sorted(mut problems: Vec<Problem>) -> Result<(), Vec<Problem>> {
    problems.sort_by(|a, b| (&a.path, a.line, &a.message).cmp(&(&b.path, b.line, &b.message)));
    problems.dedup();
    if problems.is_empty() {
        Ok(())
    } else {
        Err(problems)
    }
}
