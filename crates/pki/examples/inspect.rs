//! Prints certificates: the card, every field, and what is wrong with them.
//!
//! `cargo run -p padlock-pki --example inspect -- FILE…` (PEM or DER)
#![expect(
    clippy::disallowed_methods,
    reason = "an example reads files; the crate does not"
)]

use std::process::ExitCode;

use padlock_pki::explain::explain;
use padlock_pki::pem;

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
    let (tree, problems) = explain(der);
    println!("\n{tree}");
    for problem in problems {
        println!("problem {problem}");
    }
}
