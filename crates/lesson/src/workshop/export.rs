//! What was made, as files, and the commands of OpenSSL that use them.

use std::net::IpAddr;

use padlock_pki::identity::Identity;
use padlock_pki::pem;

use crate::play::Own;

/// The port that the commands use.
pub const PORT: u16 = 8443;

/// Files, and what to type.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Export {
    /// The files.
    pub files: Vec<File>,
    /// A server with them, if the learner's own shows a certificate.
    pub server: Option<String>,
    /// A client that calls that server.
    pub client: Option<String>,
}

/// A file.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct File {
    /// Its name, which the commands use.
    pub name: &'static str,
    /// What is in it: PEM.
    pub text: String,
    /// Whether it is a private key.
    pub is_secret: bool,
}

/// The files of what goes into a handshake, and the commands for the same with OpenSSL. Both are to be
/// run in the folder of the files.
///
/// The server listens to its own machine alone.
#[must_use]
pub fn export(own: &Own, port: u16) -> Export {
    let mut files = Vec::new();
    let roots: String = own.anchors.iter().map(|der| certificate(der)).collect();
    let has_roots = !roots.is_empty();
    let trusts = has_roots.then(|| "-CAfile roots.pem".to_owned());
    let server = own.server.as_ref().map(|identity| {
        identity_files(identity, SERVER, &mut files);
        let mut parts = vec![
            "openssl s_server".to_owned(),
            format!("-accept 127.0.0.1:{port} -www"),
        ];
        parts.extend(options(identity, SERVER));
        // Who asks for a certificate says whom they trust.
        if own.client.is_some() && has_roots {
            parts.push("-Verify 5 -verify_return_error".to_owned());
            parts.extend(trusts.clone());
        }
        lines(&parts)
    });
    let client = server.is_some().then(|| {
        let mut parts = vec![
            "openssl s_client".to_owned(),
            format!("-connect 127.0.0.1:{port}"),
        ];
        let name = own.name.as_str();
        match name.parse::<IpAddr>() {
            _ if name.is_empty() => {}
            Ok(_) => parts.push(format!("-verify_ip {name}")),
            Err(_) => {
                let name = quoted(name);
                parts.push(format!("-servername {name}"));
                parts.push(format!("-verify_hostname {name}"));
            }
        }
        parts.extend(trusts.clone());
        parts.push("-verify_return_error".to_owned());
        if let Some(identity) = &own.client {
            parts.extend(options(identity, CLIENT));
        }
        lines(&parts)
    });
    if let Some(identity) = &own.client {
        identity_files(identity, CLIENT, &mut files);
    }
    if has_roots {
        files.push(File {
            name: "roots.pem",
            text: roots,
            is_secret: false,
        });
    }
    Export {
        files,
        server,
        client,
    }
}

/// The names of a party's files: its certificate, those that lead to its root, its key.
const SERVER: [&str; 3] = ["server.pem", "server-chain.pem", "server.key"];
const CLIENT: [&str; 3] = ["client.pem", "client-chain.pem", "client.key"];

fn identity_files(identity: &Identity, names: [&'static str; 3], files: &mut Vec<File>) {
    let [leaf, chain, key] = names;
    let (first, rest) = identity.chain.split_at(identity.chain.len().min(1));
    let key_pem = identity.key.to_pkcs8_pem();
    let texts = [
        (
            leaf,
            first.iter().map(|der| certificate(der)).collect(),
            false,
        ),
        (
            chain,
            rest.iter().map(|der| certificate(der)).collect(),
            false,
        ),
        (key, key_pem.unwrap_or_default(), true),
    ];
    let texts = texts
        .into_iter()
        .filter(|(_, text, _): &(_, String, _)| !text.is_empty());
    files.extend(texts.map(|(name, text, is_secret)| File {
        name,
        text,
        is_secret,
    }));
}

fn options(identity: &Identity, [leaf, chain, key]: [&str; 3]) -> Vec<String> {
    let chain = (identity.chain.len() > 1).then(|| format!("-cert_chain {chain}"));
    let [leaf, key] = [format!("-cert {leaf}"), format!("-key {key}")];
    [Some(leaf), chain, Some(key)]
        .into_iter()
        .flatten()
        .collect()
}

/// A command over several lines, none of them long: a shell reads what stands behind a backslash at
/// the end of a line as one with it.
fn lines(parts: &[String]) -> String {
    parts.join(" \\\n  ")
}

fn certificate(der: &[u8]) -> String {
    pem::encode("CERTIFICATE", der)
}

/// A word for a shell: whatever was typed, nothing of it is a command.
fn quoted(word: &str) -> String {
    let is_plain =
        |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '.' | '-' | '_');
    if word.chars().all(is_plain) && !word.starts_with('-') {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', "'\\''"))
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn a_name_is_a_word_and_no_command() {
        for (name, word) in [
            ("shop.example", "shop.example"),
            ("xn--caf-dma.example", "xn--caf-dma.example"),
            ("*.shop.example", "'*.shop.example'"),
            ("a; rm -rf ~", "'a; rm -rf ~'"),
            ("$(id)", "'$(id)'"),
            ("it's", "'it'\\''s'"),
            ("-www", "'-www'"),
        ] {
            assert_eq!(quoted(name), word);
        }
    }
}
