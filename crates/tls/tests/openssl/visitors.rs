//! Programs that others use every day load a page from our `server` example: curl, Python's `ssl` and
//! Chromium.

use std::process::Command;

use padlock_pki::fingerprint::Fingerprint;
use padlock_pki::pem;

use crate::examples::{Server, folder};
use crate::folder::Folder;
use crate::process::Process;

/// The first of these programs that is here; `cargo xtask test` sees to it that one is.
fn found(names: &[&str]) -> Option<String> {
    let works = |name: &&&str| Command::new(name).arg("--version").output().is_ok();
    if let Some(name) = names.iter().find(works) {
        return Some((*name).to_owned());
    }
    let asked = std::env::var_os("PADLOCK_PEERS").is_some();
    assert!(!asked, "none of {names:?} is here");
    println!("skipped: none of {names:?} is here");
    None
}

/// A server with a page.
fn server(folder: &Folder, options: &str) -> (Server, String) {
    let identities = "--cert ec.pem --key ec.key --cert rsa.pem --key rsa.key";
    let server = Server::start(folder, &format!("--http {identities} {options}"));
    let port = server.address.rsplit(':').next().unwrap().to_owned();
    (server, port)
}

/// Runs a program that prints the page; gives what it printed.
#[track_caller]
fn load(folder: &Folder, mut command: Command) -> String {
    command.current_dir(folder.path());
    let mut process = Process::start(command);
    drop(process.take_input());
    assert_eq!(process.finish(), 0, "{}", process.printed());
    process.output.after(0)
}

/// What the server is told, and what the page then says of the connection.
const CASES: [(&str, &str); 5] = [
    ("", "TLS 1.3, "),
    (
        "--suites TLS_CHACHA20_POLY1305_SHA256",
        "TLS 1.3, TLS_CHACHA20",
    ),
    ("--max 1.2", "TLS 1.2, TLS_ECDHE_ECDSA_"),
    (
        "--suites TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
        "TLS 1.2, TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
    ),
    ("--groups secp384r1", "secp384r1"),
];

#[test]
fn curl() {
    let Some(program) = found(&["curl"]) else {
        return;
    };
    let folder = folder();
    for (options, told) in CASES {
        let (_server, port) = server(&folder, options);
        let mut command = Command::new(&program);
        command.args(["--silent", "--show-error", "--cacert", "today.pem"]);
        command.args(["--resolve", &format!("shop.example:{port}:127.0.0.1")]);
        command.arg(format!("https://shop.example:{port}/hello"));
        let page = load(&folder, command);
        assert!(page.contains(told) && page.contains("GET /hello"), "{page}");
    }
}

#[test]
fn python() {
    const SCRIPT: &str = "
import socket, ssl, sys
context = ssl.create_default_context(cafile='today.pem')
with socket.create_connection(('127.0.0.1', int(sys.argv[1]))) as stream:
    with context.wrap_socket(stream, server_hostname='shop.example') as secured:
        secured.sendall(b'GET /hello HTTP/1.1\\r\\nHost: shop.example\\r\\n\\r\\n')
        page = b''
        while piece := secured.recv(4096):
            page += piece
print(page.decode())
";
    let Some(program) = found(&["python3", "python"]) else {
        return;
    };
    let folder = folder();
    for (options, told) in CASES {
        let (_server, port) = server(&folder, options);
        let mut command = Command::new(&program);
        command.args(["-c", SCRIPT, &port]);
        let page = load(&folder, command);
        assert!(page.contains(told) && page.contains("GET /hello"), "{page}");
    }
}

/// Chromium takes the test's certificate by the hash of its key (and nothing else of it on trust); it
/// agrees on keys by X25519 and ML-KEM.
#[test]
fn chromium() {
    let named = std::env::var("CHROME").ok();
    let names = [
        named.as_deref().unwrap_or("chromium"),
        "chromium-browser",
        "google-chrome",
        "google-chrome-stable",
    ];
    let Some(program) = found(&names) else {
        return;
    };
    let folder = folder();
    let chain = std::fs::read_to_string(folder.path().join("ec.pem")).unwrap();
    let certificates = pem::certificates(&chain).unwrap();
    let pin = Fingerprint::of_key(&certificates[0]).unwrap().to_base64();
    for (number, (options, told)) in CASES
        .into_iter()
        .take(3)
        .chain([("", "X25519MLKEM768")])
        .enumerate()
    {
        let (_server, port) = server(&folder, options);
        let mut command = Command::new(&program);
        command.args([
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--dump-dom",
        ]);
        let profile = folder.path().join(format!("profile-{number}"));
        command.arg(format!("--user-data-dir={}", profile.display()));
        command.arg(format!("--ignore-certificate-errors-spki-list={pin}"));
        command.arg("--host-resolver-rules=MAP shop.example 127.0.0.1");
        command.arg(format!("https://shop.example:{port}/hello"));
        let page = load(&folder, command);
        assert!(page.contains(told) && page.contains("GET /hello"), "{page}");
    }
}
