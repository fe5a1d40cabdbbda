//! What a structure says as a whole, from what its parts say.

use padlock_wire::{Node, Value};

use super::oid;
use crate::name::DistinguishedName;

/// How many parts a text names before it leaves the rest to the tree.
const PARTS: usize = 8;

/// Says what the first part says.
pub(super) fn first(node: &mut Node, _: &[u8]) {
    let value = parts(node).next().map(|part| match &part.value {
        Value::Text(text) => Value::Text(without_figures(text).to_owned()),
        value => value.clone(),
    });
    if let Some(value) = value {
        node.value = value;
    }
}

/// Says what all parts say, one after another.
pub(super) fn all(node: &mut Node, _: &[u8]) {
    let mut texts: Vec<String> = parts(node).filter_map(text).take(PARTS + 1).collect();
    if texts.len() > PARTS {
        texts[PARTS] = "…".to_owned();
    }
    if !texts.is_empty() {
        node.value = Value::Text(texts.join(", "));
    }
}

/// Says a `Name` as RFC 4514 writes it.
pub(super) fn name(node: &mut Node, input: &[u8]) {
    say(node, input, DistinguishedName::from_der);
}

pub(super) fn relative_name(node: &mut Node, input: &[u8]) {
    say(node, input, DistinguishedName::from_relative_name_der);
}

pub(super) fn attribute(node: &mut Node, input: &[u8]) {
    say(node, input, DistinguishedName::from_attribute_der);
}

/// Says an extension's name and whether it is critical, and takes the section of its value.
pub(super) fn extension(node: &mut Node, _: &[u8]) {
    let part = |label: &str| parts(node).find(|part| part.label == label);
    let Some(name) = part("extnID").and_then(text) else {
        return;
    };
    let critical = part("critical").and_then(text);
    let section = part("extnValue").and_then(|value| parts(value).find_map(|part| part.section));
    node.value = Value::Text(match critical.as_deref() {
        Some("TRUE") => format!("{name}, critical"),
        _ => name,
    });
    node.section = section;
}

/// Says whether the subject is a CA, also where the default says it.
pub(super) fn basic_constraints(node: &mut Node, _: &[u8]) {
    let part = |label: &str| {
        let mut parts = parts(node);
        parts.find(|part| part.label == label).and_then(text)
    };
    let authority = part("cA").unwrap_or_else(|| "FALSE".to_owned());
    node.value = Value::Text(match part("pathLenConstraint") {
        Some(length) => format!("cA {authority}, pathLenConstraint {length}"),
        None => format!("cA {authority}"),
    });
}

/// The children, without the identifier and the length.
fn parts(node: &Node) -> impl Iterator<Item = &Node> {
    node.children.iter().skip(2)
}

fn text(node: &Node) -> Option<String> {
    match &node.value {
        Value::Group | Value::Opaque | Value::Undecoded => None,
        Value::Text(text) => Some(without_figures(text).to_owned()),
        value => Some(value.to_string()),
    }
}

/// `keyUsage` of `keyUsage (2.5.29.15)`.
fn without_figures(text: &str) -> &str {
    match text
        .strip_suffix(')')
        .and_then(|text| text.rsplit_once(" ("))
    {
        Some((name, figures)) if oid::name(figures) == Some(name) => name,
        _ => text,
    }
}

fn say(node: &mut Node, input: &[u8], read: fn(&[u8]) -> Option<DistinguishedName>) {
    if let Some(name) = input.get(node.range.clone()).and_then(read) {
        node.value = Value::Text(name.to_string());
    }
}
