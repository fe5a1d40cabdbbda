//! Prints whatever is known here: certificates, requests, revocation lists, bundles, answers of
//! OCSP; of each the card, every field, and what is wrong with it.
//!
//! `cargo run -p padlock-pki --example inspect -- FILE…` (PEM, DER, base64; `-` is the input)
#![expect(
    clippy::disallowed_methods,
    reason = "an example reads files; the crate does not"
)]

use std::io::{Read, Write};
use std::process::ExitCode;

use padlock_pki::card::{Card, ListCard, RequestCard, Signature};
use padlock_pki::digest::Hash;
use padlock_pki::explain::{Kind, explain_as};
use padlock_pki::fingerprint::{Fingerprint, serial_number};
use padlock_pki::read::{self, Content, Form, Item};

fn main() -> ExitCode {
    let files: Vec<String> = std::env::args().skip(1).collect();
    if files.is_empty() {
        eprintln!("usage: inspect FILE…");
        return ExitCode::from(2);
    }
    let mut code = ExitCode::SUCCESS;
    for file in files {
        let Ok(is_readable) = inspect(&file) else {
            // Whoever reads this has read enough.
            return code;
        };
        if !is_readable {
            code = ExitCode::FAILURE;
        }
    }
    code
}

/// Prints what is in `file`; gives whether there is anything.
fn inspect(file: &str) -> std::io::Result<bool> {
    let input = match bytes(file) {
        Ok(input) => input,
        Err(error) => {
            eprintln!("{file}: {error}");
            return Ok(false);
        }
    };
    let opened = read::open(&input);
    let mut out = std::io::stdout().lock();
    for (index, item) in opened.items.iter().enumerate() {
        write!(out, "{file}, item {}", index + 1)?;
        print(&mut out, item)?;
    }
    for fault in &opened.faults {
        match opened.items.is_empty() {
            true => eprintln!("{file}: nothing readable: {fault}"),
            false => writeln!(out, "{file}: problem {fault}")?,
        }
    }
    Ok(!opened.items.is_empty())
}

fn bytes(file: &str) -> std::io::Result<Vec<u8>> {
    if file != "-" {
        return std::fs::read(file);
    }
    let mut input = Vec::new();
    std::io::stdin().read_to_end(&mut input)?;
    Ok(input)
}

fn print(out: &mut impl Write, item: &Item) -> std::io::Result<()> {
    let form = match &item.form {
        Form::Pem { label, line } => format!("PEM {label}, line {line}"),
        Form::Binary => "DER".to_owned(),
        Form::Text => "text".to_owned(),
        Form::Base64 => "base64".to_owned(),
        Form::Hex => "hexadecimal".to_owned(),
        Form::Within { item, place } => {
            format!("in item {}, bytes {}..{}", item + 1, place.start, place.end)
        }
    };
    let (start, end) = (item.range.start, item.range.end);
    let (kind, der) = match &item.content {
        Content::PrivateKey(kind) => {
            let kind = kind.name();
            writeln!(out, ": private key ({form}, bytes {start}..{end})")?;
            writeln!(
                out,
                "  {kind}; a private key is not for showing, so none of it is kept\n"
            )?;
            return Ok(());
        }
        Content::Document { kind, der } => (*kind, der),
    };
    writeln!(out, ": {} ({form}, bytes {start}..{end})", kind.name())?;
    for (title, text) in card(kind, der) {
        writeln!(out, "  {title:18} {text}")?;
    }
    let Some((tree, problems)) = item.explain() else {
        return Ok(());
    };
    write!(out, "\n{tree}")?;
    for problem in problems {
        writeln!(out, "problem {problem}")?;
    }
    writeln!(out)
}

/// The lines of a card.
fn card(kind: Kind, der: &[u8]) -> Vec<(&'static str, String)> {
    let mut lines = match kind {
        Kind::Certificate => match Card::read(der) {
            Ok(card) => certificate(&card),
            Err(error) => vec![("no card", error.to_string())],
        },
        Kind::CertificationRequest => RequestCard::read(der)
            .as_ref()
            .map_or_else(no_card, request),
        Kind::CertificateList => ListCard::read(der).as_ref().map_or_else(no_card, list),
        Kind::OcspResponse => answer(der),
        _ => Vec::new(),
    };
    lines.push(("SHA-256", Fingerprint::of(Hash::Sha256, der).to_string()));
    lines.push(("SHA-1", Fingerprint::of(Hash::Sha1, der).to_string()));
    if kind == Kind::Certificate {
        let pin = Fingerprint::of_key(der).map(|pin| pin.to_base64());
        lines.extend(pin.map(|pin| ("pin of the key", pin)));
    }
    lines
}

fn no_card() -> Vec<(&'static str, String)> {
    vec![("no card", "not sound".to_owned())]
}

fn certificate(card: &Card) -> Vec<(&'static str, String)> {
    let or_none = |text: &Option<String>| text.clone().unwrap_or_else(|| "-".to_owned());
    vec![
        ("subject domain", or_none(&card.domain)),
        ("organization", or_none(&card.organization)),
        ("issuing CA", card.issuing_ca.clone()),
        ("alternative names", joined(&card.alternative_names)),
        ("issued", card.issued.to_string()),
        ("expires", card.expires.to_string()),
        ("public key", card.public_key.to_string()),
        ("CA's signature", signature(&card.signature)),
        ("serial number", serial_number(&card.serial_number)),
        ("is a CA", card.is_authority.to_string()),
        ("subject", card.subject.to_string()),
        ("issuer", card.issuer.to_string()),
    ]
}

fn request(card: &RequestCard) -> Vec<(&'static str, String)> {
    let key = match &card.public_key {
        Ok(kind) => kind.to_string(),
        Err(error) => error.to_string(),
    };
    vec![
        ("subject", card.subject.to_string()),
        ("alternative names", joined(&card.alternative_names)),
        ("public key", key),
        ("signature", signature(&card.signature)),
    ]
}

fn list(card: &ListCard) -> Vec<(&'static str, String)> {
    let next = card.next_update.map(|time| time.to_string());
    let number = card.number.as_deref().map(serial_number);
    let mut lines = vec![
        ("issuer", card.issuer.to_string()),
        ("this update", card.this_update.to_string()),
        ("next update", next.unwrap_or_else(|| "-".to_owned())),
        ("number", number.unwrap_or_else(|| "-".to_owned())),
        ("signature", signature(&card.signature)),
        ("revoked", card.revoked.len().to_string()),
    ];
    for entry in &card.revoked {
        let serial = serial_number(&entry.serial_number);
        let reason = entry.reason.unwrap_or("no reason given");
        lines.push(("", format!("{serial} since {}: {reason}", entry.date)));
    }
    lines
}

/// What an answer of OCSP says, by its fields.
fn answer(der: &[u8]) -> Vec<(&'static str, String)> {
    let (tree, _) = explain_as(Kind::OcspResponse, der);
    let said = |label: &str| tree.find(label).map(|node| node.value.to_string());
    let mut lines = Vec::new();
    for (title, label) in [
        ("response", "responseStatus"),
        ("responder", "byName"),
        ("produced", "producedAt"),
        ("signature", "signatureAlgorithm"),
    ] {
        lines.extend(said(label).map(|text| (title, text)));
    }
    let answers = tree
        .find("responses")
        .map_or(&[][..], |node| &node.children);
    for answer in answers.iter().filter(|node| node.label == "SingleResponse") {
        let part = |label: &str| answer.children.iter().find(|node| node.label == label);
        let serial = answer.find("serialNumber");
        let serial = serial.map_or_else(String::new, |node| node.value.to_string());
        let states = ["good", "revoked", "unknown"].iter();
        for state in states.filter_map(|state| part(state)) {
            let text = format!("{serial}: {} {}", state.label, state.value);
            lines.push(("", text.trim().to_owned()));
        }
    }
    lines
}

fn joined(names: &[impl ToString]) -> String {
    let names: Vec<String> = names.iter().map(ToString::to_string).collect();
    if names.is_empty() {
        return "-".to_owned();
    }
    names.join(", ")
}

fn signature(signature: &Signature) -> String {
    let algorithm = signature.algorithm.unwrap_or(&signature.oid);
    format!("{algorithm}, {} bytes", signature.value.len())
}
