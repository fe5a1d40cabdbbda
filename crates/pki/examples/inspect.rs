//! Prints certificates: the card, every field, and what is wrong with them.
//!
//! `cargo run -p padlock-pki --example inspect -- FILE…` (PEM or DER)
#![expect(
    clippy::disallowed_methods,
    reason = "an example reads files; the crate does not"
)]

use std::process::ExitCode;

use padlock_pki::card::Card;
use padlock_pki::explain::explain;
use padlock_pki::pem;
use padlock_wire::hex;

fn main() -> ExitCode {
    let files: Vec<String> = std::env::args().skip(1).collect();
    if files.is_empty() {
        eprintln!("usage: inspect FILE…");
        return ExitCode::from(2);
    }
    let mut code = ExitCode::SUCCESS;
    for file in files {
        match certificates(&file) {
            Ok(certificates) => {
                for (index, der) in certificates.iter().enumerate() {
                    println!("{file}, certificate {}", index + 1);
                    inspect(der);
                }
            }
            Err(error) => {
                eprintln!("{file}: {error}");
                code = ExitCode::FAILURE;
            }
        }
    }
    code
}

fn certificates(file: &str) -> Result<Vec<Vec<u8>>, String> {
    let bytes = std::fs::read(file).map_err(|error| error.to_string())?;
    match str::from_utf8(&bytes) {
        Ok(text) if text.contains("-----BEGIN") => {
            pem::certificates(text).map_err(|error| error.to_string())
        }
        _ => Ok(vec![bytes]),
    }
}

fn inspect(der: &[u8]) {
    match Card::read(der) {
        Ok(card) => print_card(&card),
        Err(error) => println!("  no card: {error}"),
    }
    let (tree, problems) = explain(der);
    println!("\n{tree}");
    for problem in problems {
        println!("problem {problem}");
    }
}

fn print_card(card: &Card) {
    let none = || "-".to_owned();
    let list = |items: Vec<String>| match items.is_empty() {
        true => none(),
        false => items.join(", "),
    };
    let names = card.alternative_names.iter().map(ToString::to_string);
    let signature = &card.signature;
    for (title, text) in [
        ("subject domain", card.domain.clone().unwrap_or_else(none)),
        (
            "organization",
            card.organization.clone().unwrap_or_else(none),
        ),
        ("issuing CA", card.issuing_ca.clone()),
        ("alternative names", list(names.collect())),
        ("issued", card.issued.to_string()),
        ("expires", card.expires.to_string()),
        ("public key", card.public_key.to_string()),
        (
            "CA's signature",
            format!(
                "{}, {} bytes",
                signature.algorithm.unwrap_or(&signature.oid),
                signature.value.len()
            ),
        ),
        ("serial number", hex::encode(&card.serial_number)),
        ("is a CA", card.is_authority.to_string()),
    ] {
        println!("  {title:18} {text}");
    }
}
