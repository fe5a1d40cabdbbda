//! tlslite-ng, a TLS in Python that asks every client for its cookie back, and whose client can say
//! what certificates may be signed with.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Command;

use padlock_pki::demo::{Authority, Holder, KeyChoice, Spec};
use padlock_tls::codes::{ExtensionType, HandshakeType, NamedGroup};
use padlock_tls::config::Preferences;
use padlock_tls::messages::{Body, ExtensionBody, Form, Handshake};
use padlock_tls::trace::{Direction, Event, EventKind, MessageKind};
use padlock_wire::{Structure, hex};

use crate::certificates::{NOW, client_config, server_config, shop};
use crate::folder::Folder;
use crate::process::Process;
use crate::script;

/// Where `cargo xtask test` installs it, or nothing where Python finds it by itself.
fn library() -> Option<PathBuf> {
    let installed = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/tools/tlslite");
    let found = [installed, PathBuf::new()].into_iter().find(|folder| {
        let mut python = Command::new("python3");
        python
            .args(["-c", "import tlslite"])
            .env("PYTHONPATH", folder);
        python.output().is_ok_and(|output| output.status.success())
    });
    if found.is_none() {
        let asked = std::env::var_os("PADLOCK_PEERS").is_some();
        assert!(!asked, "Python has no tlslite-ng");
        println!("skipped: Python has no tlslite-ng; `cargo xtask test` installs it");
    }
    found
}

/// Runs a script of this folder with its arguments.
fn peer(library: &Path, folder: &Folder, words: &str) -> Process {
    let mut words = words.split_whitespace();
    let scripts = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/openssl");
    let mut command = Command::new("python3");
    command
        .arg(scripts.join(words.next().unwrap()))
        .args(words)
        .current_dir(folder.path())
        .env("PYTHONPATH", library);
    Process::start(command)
}

/// The cookies in the hellos of this type, as they came over the wire; none where a hello has none.
fn cookies(events: &[Event], direction: Direction, kind: HandshakeType) -> Vec<Option<Vec<u8>>> {
    let mut cookies = Vec::new();
    for event in events {
        let EventKind::Message(message) = &event.kind else {
            continue;
        };
        if message.direction != direction || message.kind != MessageKind::Handshake(kind) {
            continue;
        }
        let decoded = Handshake::expecting(Form::Tls13).decode_into(&message.bytes);
        let hello = decoded.value.unwrap();
        let cookie = match &hello.body {
            Body::ClientHello(hello) => hello.extension(ExtensionType::COOKIE),
            Body::ServerHello(hello) => hello.extension(ExtensionType::COOKIE),
            _ => None,
        };
        cookies.push(match cookie {
            Some(ExtensionBody::Cookie(cookie)) => Some(cookie.clone()),
            _ => None,
        });
    }
    cookies
}

/// RFC 9846 §4.3.2: what the server sends as a cookie comes back in the second ClientHello as it
/// is. tlslite-ng refuses any other.
#[test]
fn our_client_brings_the_cookie_back() {
    let Some(library) = library() else { return };
    let folder = Folder::new();
    for (key, group, name) in [
        (KeyChoice::P256, NamedGroup::SECP256R1, "secp256r1"),
        (KeyChoice::Rsa, NamedGroup::SECP384R1, "secp384r1"),
    ] {
        folder.identity("shop", &shop(key));
        let mut process = peer(&library, &folder, &format!("tlslite_server.py {name}"));
        let mut config = client_config();
        config.preferences = Preferences::modern();
        config.behaviour.trace = true;
        let (mut line, agreement) = script::connect(&process, config);
        assert_eq!(agreement.group, Some(group));
        let events = line.party.take_events();
        let asked = cookies(&events, Direction::Received, HandshakeType::SERVER_HELLO);
        let [Some(cookie), None] = &asked[..] else {
            panic!("{asked:?}");
        };
        let said = cookies(&events, Direction::Sent, HandshakeType::CLIENT_HELLO);
        assert_eq!(said, [None, Some(cookie.clone())]);
        let data = vec![7; 40_000];
        assert!(line.exchange(&data) == data);
        line.close();
        assert_eq!(process.finish(), 0, "{}", process.printed());
    }
}

/// RFC 9846 §4.3.3: what signature_algorithms_cert says of certificates goes before what
/// signature_algorithms says of all signatures.
#[test]
fn our_server_shows_what_signature_algorithms_cert_asks_for() {
    let Some(library) = library() else { return };
    let folder = Folder::new();
    let by = |keys| {
        let authority = Authority::with_keys(keys, NOW).unwrap();
        authority.identity(Spec::new(Holder::Shop)).unwrap()
    };
    let identities = [KeyChoice::P256, KeyChoice::Rsa, KeyChoice::P256].map(by);
    for (version, place) in [(3, 0), (4, 1)] {
        for (schemes, first, expected) in [
            // Of TLS 1.3 alone, it has no PKCS #1 among its algorithms.
            ("", 1, [1, 2]),
            ("rsa_pkcs1_sha256", 0, [1, 1]),
            ("ecdsa_secp256r1_sha256", 1, [2, 2]),
            // Where nothing fits, something is shown all the same.
            ("ecdsa_secp384r1_sha384", 0, [0, 0]),
        ] {
            let listener = TcpListener::bind("127.0.0.1:0").unwrap();
            let port = listener.local_addr().unwrap().port();
            let words = format!("tlslite_client.py {port} {version} {schemes}");
            let mut process = peer(&library, &folder, &words);
            let mut config = server_config(identities[first].clone());
            config.identities = identities[first..].to_vec();
            config.preferences = Preferences::modern();
            let (line, _) = script::serve(&process, listener, config);
            line.close();
            assert_eq!(process.finish(), 0, "{}", process.printed());
            let shown = format!(
                "shown {}",
                hex::encode(&identities[expected[place]].chain[0])
            );
            let printed = process.output.after(0);
            assert_eq!(printed.trim(), shown, "{schemes}, TLS 1.{}", version - 1);
        }
    }
}
