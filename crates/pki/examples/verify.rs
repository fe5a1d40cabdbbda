//! Judges a chain of certificates and prints every check with its reason.
//!
//! `cargo run --release -p padlock-pki --example verify -- --chain chain.pem --anchors roots.pem
//! --name NAME --now RFC3339 [--usage server|client] [--policy rfc5280|webpki] [--crl FILE]…
//! [--ocsp FILE]…`
//!
//! The first certificate of the chain is the end-entity's, the others may come in any order. The
//! name is a host's or an IP address; a client needs none. Lists and responses are PEM or DER.
//!
//! Exit code 0 if the certificate is accepted, 1 if it is refused, 2 where something is missing or
//! cannot be read.
#![expect(
    clippy::disallowed_methods,
    reason = "an example reads files; the crate does not"
)]

use std::io::Write;
use std::process::ExitCode;

use padlock_pki::time::UnixSeconds;
use padlock_pki::verify::{
    Check, Demands, KeyUse, Outcome, Policy, Purpose, Reference, Request, Source, Verdict,
    verify_with,
};
use padlock_pki::{certificate, pem};

const USAGE: &str = "usage: verify --chain chain.pem --anchors roots.pem --name NAME --now RFC3339
  [--usage server|client] [--policy rfc5280|webpki] [--crl FILE]… [--ocsp FILE]…
NAME is a host name or an IP address (a client needs none), RFC3339 a moment as in
2026-11-22T12:00:00Z.";

fn main() -> ExitCode {
    let question = match Question::read(std::env::args().skip(1)) {
        Ok(question) => question,
        Err(problem) => {
            eprintln!("{problem}");
            return ExitCode::from(2);
        }
    };
    let verdict = question.ask();
    // Whoever closes the output has read enough; the exit code says the verdict all the same.
    let _ = report(&mut std::io::stdout().lock(), &verdict);
    match verdict.is_accepted() {
        true => ExitCode::SUCCESS,
        false => ExitCode::FAILURE,
    }
}

/// What is asked, owned.
struct Question {
    chain: Vec<Vec<u8>>,
    anchors: Vec<Vec<u8>>,
    name: Option<String>,
    now: UnixSeconds,
    purpose: Purpose,
    policy: Policy,
    crls: Vec<Vec<u8>>,
    ocsp_responses: Vec<Vec<u8>>,
}

impl Question {
    fn read(mut arguments: impl Iterator<Item = String>) -> Result<Self, String> {
        let (mut chain, mut anchors, mut name, mut now) = (None, None, None, None);
        let (mut purpose, mut policy) = (Purpose::Server, Policy::Rfc5280);
        let (mut crls, mut ocsp_responses) = (Vec::new(), Vec::new());
        while let Some(option) = arguments.next() {
            if option == "--help" {
                return Err(USAGE.to_owned());
            }
            let missing = || format!("{option} needs a value\n{USAGE}");
            let value = arguments.next().ok_or_else(missing)?;
            match option.as_str() {
                "--chain" => chain = Some(certificates(&value)?),
                "--anchors" => anchors = Some(certificates(&value)?),
                "--name" => {
                    if Reference::read(&value).is_none() {
                        return Err(format!(
                            "--name {value}: neither a host name nor an IP address (names beyond \
                             ASCII are given in their A-label form, xn--…)"
                        ));
                    }
                    name = Some(value);
                }
                "--now" => {
                    let moment = UnixSeconds::from_rfc3339(&value);
                    let odd = |_| format!("--now {value}: no moment as in 2026-11-22T12:00:00Z");
                    now = Some(moment.map_err(odd)?);
                }
                "--usage" => {
                    purpose = match value.as_str() {
                        "server" => Purpose::Server,
                        "client" => Purpose::Client,
                        _ => return Err(format!("--usage {value}: neither server nor client")),
                    }
                }
                "--policy" => {
                    policy = match value.as_str() {
                        "rfc5280" => Policy::Rfc5280,
                        "webpki" => Policy::WebPki,
                        _ => return Err(format!("--policy {value}: neither rfc5280 nor webpki")),
                    }
                }
                "--crl" => crls.extend(files(&value, &["X509 CRL", "CRL"])?),
                "--ocsp" => ocsp_responses.extend(files(&value, &["OCSP RESPONSE"])?),
                _ => return Err(format!("{option}: no such option\n{USAGE}")),
            }
        }
        let missing = |option| format!("{option} is missing\n{USAGE}");
        if name.is_none() && purpose == Purpose::Server {
            return Err(missing("--name"));
        }
        Ok(Self {
            chain: chain.ok_or_else(|| missing("--chain"))?,
            anchors: anchors.ok_or_else(|| missing("--anchors"))?,
            now: now.ok_or_else(|| missing("--now"))?,
            name,
            purpose,
            policy,
            crls,
            ocsp_responses,
        })
    }

    fn ask(&self) -> Verdict {
        let [chain, anchors, crls, ocsp_responses] =
            [&self.chain, &self.anchors, &self.crls, &self.ocsp_responses]
                .map(|all| all.iter().map(Vec::as_slice).collect::<Vec<_>>());
        // What the key is to do depends on the handshake; a certificate whose key may only encipher
        // is for those of the old kind.
        let signs = chain
            .first()
            .is_none_or(|end_entity| certificate::allows(end_entity, KeyUse::Signature));
        let enciphers = chain
            .first()
            .is_some_and(|end_entity| certificate::allows(end_entity, KeyUse::Encipherment));
        let request = Request {
            chain: &chain,
            anchors: &anchors,
            name: self.name.as_deref(),
            now: self.now,
            purpose: self.purpose,
            key_use: match !signs && enciphers {
                true => KeyUse::Encipherment,
                false => KeyUse::Signature,
            },
        };
        let demands = Demands {
            policy: self.policy,
            crls: &crls,
            ocsp_responses: &ocsp_responses,
            asks_for_status: false,
            max_intermediates: None,
        };
        verify_with(&request, &demands)
    }
}

fn bytes(file: &str) -> Result<Vec<u8>, String> {
    std::fs::read(file).map_err(|error| format!("{file}: {error}"))
}

fn certificates(file: &str) -> Result<Vec<Vec<u8>>, String> {
    let contents = bytes(file)?;
    // The one certificate of a file in DER.
    if contents.first() == Some(&0x30) {
        return Ok(vec![contents]);
    }
    let text = String::from_utf8_lossy(&contents);
    pem::certificates(&text).map_err(|error| format!("{file}: {error}"))
}

/// Everything with these labels in a file in PEM, or the file.
fn files(file: &str, labels: &[&str]) -> Result<Vec<Vec<u8>>, String> {
    let contents = bytes(file)?;
    let blocks = match contents.first() {
        Some(0x30) => return Ok(vec![contents]),
        _ => pem::blocks(&String::from_utf8_lossy(&contents)),
    };
    let blocks = blocks.map_err(|error| format!("{file}: {error}"))?;
    let wanted = blocks
        .into_iter()
        .filter(|block| labels.contains(&block.label.as_str()));
    let contents: Vec<_> = wanted.map(|block| block.contents).collect();
    match contents.is_empty() {
        true => Err(format!(
            "{file}: neither DER nor PEM with a line -----BEGIN {}-----",
            labels[0]
        )),
        false => Ok(contents),
    }
}

fn report(out: &mut impl Write, verdict: &Verdict) -> std::io::Result<()> {
    for (place, source) in verdict.sources.iter().enumerate() {
        let whence = match source {
            Source::Chain(index) => format!("certificate {} of the chain", index + 1),
            Source::Anchor(index) => format!("anchor {}", index + 1),
        };
        writeln!(out, "path {}: {whence}", place + 1)?;
    }
    for check in &verdict.checks {
        let outcome = match check.outcome {
            Outcome::Passed => "passed",
            Outcome::Failed => "FAILED",
            Outcome::Noted => "noted",
            Outcome::NotReached => "not reached",
        };
        let section = check.section;
        let place = match &check.at {
            Some(at) => format!(", bytes {} to {}", at.start, at.end),
            None => String::new(),
        };
        let whose = match check.source {
            Source::Chain(index) => format!("certificate {}", index + 1),
            Source::Anchor(index) => format!("anchor {}", index + 1),
        };
        writeln!(
            out,
            "{outcome}: {whose}, {:?}: {} (RFC {} §{}{place})",
            check.kind, check.reason, section.rfc, section.number
        )?;
    }
    let Some(check) = verdict.failure() else {
        return writeln!(out, "verdict: accept");
    };
    elsewhere(out, check)?;
    let reason = &check.reason;
    match reason.failure() {
        Some(kind) => writeln!(out, "verdict: refuse ({kind:?}: {reason})"),
        None => writeln!(out, "verdict: refuse ({reason})"),
    }
}

/// What others call it.
fn elsewhere(out: &mut impl Write, check: &Check) -> std::io::Result<()> {
    let Some(called) = check.called() else {
        return Ok(());
    };
    let number = |(name, number): (&str, u8)| format!("{name} ({number})");
    let names = [
        ("Chrome", called.chrome.map(str::to_owned)),
        ("Firefox", called.firefox.map(str::to_owned)),
        ("Safari", called.safari.map(str::to_owned)),
        ("OpenSSL", called.openssl.map(number)),
        ("curl", called.curl.map(number)),
    ];
    for (who, name) in names {
        if let Some(name) = name {
            writeln!(out, "called by {who}: {name}")?;
        }
    }
    Ok(())
}
