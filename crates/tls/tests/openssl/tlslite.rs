//! tlslite-ng, a TLS in Python that asks every client for its cookie back.

use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use padlock_pki::demo::KeyChoice;
use padlock_pki::random::Random;
use padlock_tls::client::Client;
use padlock_tls::codes::{ExtensionType, HandshakeType, NamedGroup};
use padlock_tls::config::Preferences;
use padlock_tls::messages::{Body, ExtensionBody, Form, Handshake};
use padlock_tls::trace::{Direction, Event, EventKind, MessageKind};
use padlock_wire::Structure;

use crate::certificates::{client_config, shop};
use crate::folder::Folder;
use crate::line::Line;
use crate::process::Process;

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
        let script = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/tests/openssl/tlslite_server.py"
        );
        let mut command = Command::new("python3");
        command
            .args([script, name])
            .current_dir(folder.path())
            .env("PYTHONPATH", &library);
        let mut process = Process::start(command);
        let printed = process.output.wait_for("\n", 0);
        let port = printed.trim().strip_prefix("listening on ").unwrap();
        let mut config = client_config();
        config.preferences = Preferences::modern();
        config.behaviour.trace = true;
        let client = Client::new(Arc::new(config), Random::new([1; 32])).unwrap();
        let stream = TcpStream::connect(format!("127.0.0.1:{port}")).unwrap();
        let mut line = Line::new(client, stream);
        let agreement = line.shake_hands();
        let agreement = agreement.unwrap_or_else(|error| panic!("{error}: {}", process.printed()));
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
