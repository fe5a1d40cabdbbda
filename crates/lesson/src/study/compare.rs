//! Two certificates side by side.

use std::collections::BTreeSet;

use padlock_pki::card::Card;
use padlock_pki::digest::Hash;
use padlock_pki::explain::explain;
use padlock_pki::fingerprint::{Fingerprint, serial_number};
use padlock_wire::{Node, hex};

use super::fact::shortened;
use crate::text::{Text, say};

/// A line of the comparison.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// What is compared: a thing of the card, or an extension by its name in the standard.
    pub what: What,
    /// What the first says of it; `None` if nothing.
    pub left: Option<Cell>,
    /// What the second says.
    pub right: Option<Cell>,
    /// Whether they differ, down to the last byte.
    pub differs: bool,
}

/// What a certificate says of something.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cell {
    /// As the standards write it, shortened if it is long.
    pub text: String,
    /// Whether it is an extension that must be understood.
    pub critical: bool,
}

/// What is compared.
#[derive(Clone, Debug, PartialEq)]
pub enum What {
    /// Something that has a name in plain words.
    Said(Text),
    /// An extension, by its name in the standard or its number.
    Extension(String),
}

/// The most letters of a value that are shown.
const SHOWN: usize = 400;
/// The most extensions that are compared.
const EXTENSIONS: usize = 100;

/// Compares two certificates in DER, as far as they can be read.
#[must_use]
pub fn compare(left: &[u8], right: &[u8]) -> Vec<Line> {
    let said = |der: &[u8]| card(der).unwrap_or_default();
    let (first, second) = (said(left), said(right));
    let names = [
        say::read_fact_subject(),
        say::page_card_issuer(),
        say::read_fact_serial(),
        say::page_card_names(),
        say::page_card_issued(),
        say::page_card_expires(),
        say::page_card_key(),
        say::read_fact_pin(),
        say::read_compare_algorithm(),
        say::read_fact_sha256(),
    ];
    let mut lines: Vec<Line> = names
        .into_iter()
        .enumerate()
        .map(|(at, name)| {
            let value = |values: &[String]| values.get(at).cloned();
            let (left, right) = (value(&first), value(&second));
            Line {
                differs: left != right,
                what: What::Said(name),
                left: left.as_deref().map(plain),
                right: right.as_deref().map(plain),
            }
        })
        .collect();
    let (first, second) = (extensions(left), extensions(right));
    let order = first.iter().chain(&second).map(|one| one.name.clone());
    let mut seen = BTreeSet::new();
    for name in order.filter(|name| seen.insert(name.clone())) {
        let find = |all: &[Extension]| all.iter().find(|one| one.name == name).cloned();
        let (left, right) = (find(&first), find(&second));
        lines.push(Line {
            differs: left.as_ref().map(|one| &one.der) != right.as_ref().map(|one| &one.der),
            what: What::Extension(name),
            left: left.map(|one| one.cell),
            right: right.map(|one| one.cell),
        });
    }
    lines
}

/// What the card says, in the order of the names above.
fn card(der: &[u8]) -> Option<Vec<String>> {
    let card = Card::read(der).ok()?;
    let names: Vec<_> = card
        .alternative_names
        .iter()
        .map(ToString::to_string)
        .collect();
    let algorithm = card.signature.algorithm.unwrap_or(&card.signature.oid);
    Some(vec![
        card.subject.to_string(),
        card.issuer.to_string(),
        serial_number(&card.serial_number),
        names.join(", "),
        card.issued.to_string(),
        card.expires.to_string(),
        card.public_key.to_string(),
        Fingerprint::of_key(der).map_or_else(String::new, |pin| pin.to_base64()),
        algorithm.to_owned(),
        Fingerprint::of(Hash::Sha256, der).to_string(),
    ])
}

fn plain(text: &str) -> Cell {
    Cell {
        text: shortened(text, SHOWN),
        critical: false,
    }
}

#[derive(Clone, Debug)]
struct Extension {
    name: String,
    cell: Cell,
    der: Vec<u8>,
}

/// The extensions with what they hold, as the field tree tells it.
fn extensions(der: &[u8]) -> Vec<Extension> {
    let (tree, _) = explain(der);
    let mut found = Vec::new();
    collect(tree.find("extensions"), &mut found, der);
    found
}

fn collect(node: Option<&Node>, found: &mut Vec<Extension>, der: &[u8]) {
    for child in node.iter().flat_map(|node| &node.children) {
        let part = |label: &str| child.children.iter().find(|part| part.label == label);
        let Some(id) = part("extnID") else {
            collect(Some(child), found, der);
            continue;
        };
        if found.len() == EXTENSIONS {
            return;
        }
        let critical = part("critical").is_some_and(|part| part.value.to_string() == "TRUE");
        let value = part("extnValue").map(|value| meaning(value, der));
        found.push(Extension {
            name: id.value.to_string(),
            cell: Cell {
                text: value.unwrap_or_default(),
                critical,
            },
            der: der.get(child.range.clone()).unwrap_or_default().to_vec(),
        });
    }
}

/// What a value says: in words where the tree has some, else its bytes.
fn meaning(value: &Node, der: &[u8]) -> String {
    let said = value.value.to_string();
    if !said.is_empty() {
        return shortened(&said, SHOWN);
    }
    let inner = value.children.last().unwrap_or(value);
    let bytes = der.get(inner.range.clone()).unwrap_or_default();
    let shown = bytes.get(..SHOWN / 2).unwrap_or(bytes);
    let more = if shown.len() < bytes.len() { "…" } else { "" };
    hex::encode(shown) + more
}
