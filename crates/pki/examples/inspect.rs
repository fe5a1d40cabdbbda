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

use padlock_pki::card::{
    BundleCard, Card, CertificateStatus, ListCard, RequestCard, Responder, ResponseCard, Signature,
};
use padlock_pki::digest::Hash;
use padlock_pki::explain::Kind;
use padlock_pki::fingerprint::{Fingerprint, serial_number};
use padlock_pki::key::KeyError;
use padlock_pki::read::{self, Content, Form, Item};
use padlock_wire::hex;

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
            .map_or_else(no_card, |card| request(card, der)),
        Kind::CertificateList => ListCard::read(der).as_ref().map_or_else(no_card, list),
        Kind::OcspResponse => ResponseCard::read(der)
            .as_ref()
            .map_or_else(no_card, response),
        Kind::ContentInfo => BundleCard::read(der).as_ref().map_or_else(no_card, bundle),
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

fn request(card: &RequestCard, der: &[u8]) -> Vec<(&'static str, String)> {
    let key = match &card.public_key {
        Ok(kind) => kind.to_string(),
        Err(error) => error.to_string(),
    };
    let by_own_key = match RequestCard::verify(der) {
        Ok(()) => "yes",
        Err(KeyError::SignatureInvalid) => "no",
        Err(_) => "not verified here",
    };
    vec![
        ("subject", card.subject.to_string()),
        ("alternative names", joined(&card.alternative_names)),
        ("public key", key),
        ("signature", signature(&card.signature)),
        ("is by that key", by_own_key.to_owned()),
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

/// What an answer of OCSP says.
fn response(card: &ResponseCard) -> Vec<(&'static str, String)> {
    let answer = match card {
        ResponseCard::Refusal { status, name } => {
            let name = name.unwrap_or("no name");
            return vec![("no answer", format!("{status} ({name})"))];
        }
        ResponseCard::Answer(answer) => answer,
    };
    let responder = match &answer.responder {
        Responder::Name(name) => name.to_string(),
        Responder::Key(hash) => format!("the key {}", hex::encode(hash)),
    };
    let mut lines = vec![
        ("responder", responder),
        ("produced", answer.produced.to_string()),
        ("signature", signature(&answer.signature)),
        ("certificates", answer.certificates.to_string()),
    ];
    for about in &answer.about {
        let serial = serial_number(&about.serial_number);
        let status = match about.status {
            CertificateStatus::Good => "not revoked".to_owned(),
            CertificateStatus::Unknown => "not known".to_owned(),
            CertificateStatus::Revoked { date, reason } => {
                let reason = reason.unwrap_or("no reason given");
                format!("revoked since {date}: {reason}")
            }
        };
        lines.push(("", format!("{serial}: {status}")));
    }
    lines
}

/// What a bundle holds.
fn bundle(card: &BundleCard) -> Vec<(&'static str, String)> {
    vec![
        ("certificates", card.certificates.len().to_string()),
        ("lists", card.lists.len().to_string()),
        ("signers", card.signers.to_string()),
    ]
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
