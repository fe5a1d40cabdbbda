//! The example programs, as others use them.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{SystemTime, UNIX_EPOCH};

use padlock_pki::demo::{Authority, Holder, KeyChoice, Spec};

use crate::folder::{Folder, identity_options};
use crate::line::lines;
use crate::process::{Process, SServer};

/// Files that are good today: the programs go by the clock.
pub(crate) fn folder() -> Folder {
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap()
        .as_secs();
    let authority = Authority::new(now.try_into().unwrap()).unwrap();
    let folder = Folder::new();
    folder.anchor("today", &authority);
    for (name, holder, key) in [
        ("rsa", Holder::Shop, KeyChoice::Rsa),
        ("ec", Holder::Shop, KeyChoice::P256),
        ("hr", Holder::Hr, KeyChoice::P384),
    ] {
        let spec = Spec {
            key,
            ..Spec::new(holder)
        };
        folder.identity(name, &authority.identity(spec).unwrap());
    }
    folder
}

/// Starts an example.
fn example(folder: &Folder, name: &str, options: &str) -> Process {
    let mut command = Command::new(program(name));
    command
        .args(options.split_whitespace())
        .current_dir(folder.path());
    Process::start(command)
}

/// The program of an example. Cargo builds them along with the tests, and puts them beside; unless
/// this test alone was asked for.
fn program(name: &str) -> PathBuf {
    let test = std::env::current_exe().unwrap();
    let folder = test
        .parent()
        .and_then(Path::parent)
        .unwrap()
        .join("examples");
    let program = folder
        .join(name)
        .with_extension(std::env::consts::EXE_EXTENSION);
    if !program.exists() {
        let manifest = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");
        let mut build = Command::new(env!("CARGO"));
        build.args([
            "build",
            "--quiet",
            "--manifest-path",
            manifest,
            "--examples",
        ]);
        assert!(build.status().unwrap().success(), "{build:?}");
    }
    program
}

/// Our server, and where it listens.
pub(crate) struct Server {
    process: Process,
    pub(crate) address: String,
}

impl Server {
    #[track_caller]
    pub(crate) fn start(folder: &Folder, options: &str) -> Self {
        let process = example(folder, "server", &format!("--listen 127.0.0.1:0 {options}"));
        process.output.wait_for("listening on", 0);
        let printed = process.output.wait_for("\n", 0);
        let address = printed
            .lines()
            .next()
            .and_then(|line| line.strip_prefix("listening on "));
        let address = address
            .unwrap_or_else(|| panic!("{}", process.printed()))
            .to_owned();
        Self { process, address }
    }
}

/// Our client: what it printed, what it complained of, and its exit code.
#[track_caller]
fn client(folder: &Folder, address: &str, options: &str, input: &[u8]) -> (Vec<u8>, String, i32) {
    let options = format!("--connect {address} --name shop.example {options}");
    let mut process = example(folder, "client", &options);
    let mut stdin = process.take_input();
    let code = std::thread::scope(|scope| {
        // Who fails does not read its input.
        scope.spawn(move || drop(stdin.write_all(input)));
        process.finish()
    });
    (process.output.bytes(), process.errors.after(0), code)
}

#[test]
fn client_and_server_echo() {
    let folder = folder();
    let identities = "--cert rsa.pem --key rsa.key --cert ec.pem --key ec.key";
    let options = format!("{identities} --client-ca today.pem --keylog server.log");
    let server = Server::start(&folder, &options);
    let trust = "--ca today.pem --cert hr.pem --key hr.key --keylog client.log";
    let suites = "TLS_RSA_WITH_AES_128_CBC_SHA,TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256";
    for (input, suites, group) in [
        (&b"x"[..], &suites[..28], ""),
        (&lines(1 << 20), &suites[29..], ", secp256r1"),
        (b"", suites, ", secp256r1"),
    ] {
        let options = format!("{trust} --suites {suites} --groups secp256r1 --min 1.2 --max 1.2");
        let (output, errors, code) = client(&folder, &server.address, &options, input);
        assert_eq!(code, 0, "{errors}\n{}", server.process.printed());
        assert!(output == input, "{} bytes of {}", output.len(), input.len());
        assert!(
            errors.starts_with("TLS 1.2, TLS_") && errors.contains(group),
            "{errors}"
        );
        let agreed = errors.trim_end();
        let named = format!("{agreed}, client certificate CN=hr.example,");
        server.process.output.wait_for(&named, 0);
    }
    let log = |name: &str| std::fs::read_to_string(folder.path().join(name)).unwrap();
    assert_eq!(log("server.log").lines().count(), 3);
    assert_eq!(log("server.log"), log("client.log"));
}

#[test]
fn the_client_tells_how_a_connection_failed() {
    let folder = folder();
    let server = Server::start(
        &folder,
        "--cert rsa.pem --key rsa.key --client-ca today.pem",
    );
    for (options, ours, theirs) in [
        (
            "--ca today.pem --name other.example",
            "alert: bad_certificate (42) sent: the certificate is for another name",
            "alert: bad_certificate (42) received: ",
        ),
        (
            "--ca unknown.pem",
            "alert: unknown_ca (48) sent: ",
            "alert: unknown_ca (48) received: ",
        ),
        (
            "--ca today.pem --max 1.2",
            "alert: handshake_failure (40) received: ",
            "alert: handshake_failure (40) sent: no certificate was sent",
        ),
        (
            "--ca today.pem --min 1.3 --wait",
            "alert: certificate_required (116) received: ",
            "alert: certificate_required (116) sent: no certificate was sent",
        ),
        (
            "--ca today.pem --suites TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "alert: handshake_failure (40) received: ",
            "alert: handshake_failure (40) sent: no cipher suite suits both sides",
        ),
    ] {
        let start = server.process.output.len();
        let (output, errors, code) = client(&folder, &server.address, options, b"secret");
        assert_eq!((output, code), (Vec::new(), 1), "{errors}");
        assert!(errors.contains(ours), "{errors}");
        server.process.output.wait_for(theirs, start);
    }
}

#[test]
fn wrong_use_is_explained() {
    let folder = folder();
    for (options, words) in [
        (
            "--ca today.pem --suites TLS_NONE",
            "TLS_RSA_WITH_AES_128_CBC_SHA256\n",
        ),
        (
            "--ca today.pem --suites TLS_RSA_WITH_3DES_EDE_CBC_SHA",
            "these are:",
        ),
        ("--ca today.pem --groups x448", "x25519\n"),
        (
            "--ca today.pem --max 1.4",
            "the versions known here are: 1.2, 1.3",
        ),
        ("--ca hr.key", "hr.key: no block CERTIFICATE"),
        ("--ca nowhere.pem", "nowhere.pem: "),
        (
            "--ca today.pem --cert hr.pem",
            "--cert and --key go together",
        ),
        (
            "--ca today.pem --cert hr.pem --key rsa.key",
            "is not that of the first certificate",
        ),
        (
            "--ca today.pem --colour",
            "--colour is no option\nusage: client ",
        ),
        ("", "--ca is missing\nusage: client "),
    ] {
        let (output, errors, code) = client(&folder, "127.0.0.1:1", options, b"");
        assert_eq!((output, code), (Vec::new(), 2), "{errors}");
        assert!(errors.contains(words), "{words:?} is not in\n{errors}");
    }
    for name in ["client", "server"] {
        let mut process = example(&folder, name, "--help");
        assert_eq!(process.finish(), 0);
        assert!(process.output.after(0).contains("--keylog FILE"));
    }
}

#[test]
fn the_server_answers_openssl_with_a_page() {
    let folder = folder();
    let options = "--cert ec.pem --key ec.key --http --keylog ours.log --once";
    let mut server = Server::start(&folder, options);
    let options = format!(
        "s_client -connect {} -CAfile today.pem -verify_return_error -servername shop.example \
         -keylogfile theirs.log -ign_eof -tls1_2",
        server.address
    );
    let mut browser = Process::openssl(folder.path(), &options);
    browser.write(b"GET / HTTP/1.0\r\n\r\n");
    assert_eq!(browser.finish(), 0, "{}", browser.printed());
    let page = browser.output.after(0);
    assert!(
        page.contains("HTTP/1.1 200 OK\r\n") && page.contains("</html>\nclosed"),
        "{page}"
    );
    assert_eq!(server.process.finish(), 0, "{}", server.process.printed());
    // OpenSSL begins its log with a comment.
    let log = |name: &str| std::fs::read_to_string(folder.path().join(name)).unwrap();
    let line = |log: String| {
        log.lines()
            .find(|line| !line.starts_with('#'))
            .unwrap()
            .to_owned()
    };
    assert!(line(log("ours.log")).eq_ignore_ascii_case(&line(log("theirs.log"))));
}

#[test]
fn key_logs_of_tls13_are_the_same() {
    let folder = folder();
    let options = "--cert ec.pem --key ec.key --http --keylog ours.log --once --key-update";
    let mut server = Server::start(&folder, options);
    let options = format!(
        "s_client -connect {} -CAfile today.pem -verify_return_error -servername shop.example \
         -keylogfile theirs.log -ign_eof -tls1_3",
        server.address
    );
    let mut browser = Process::openssl(folder.path(), &options);
    browser.write(b"GET / HTTP/1.0\r\n\r\n");
    assert_eq!(browser.finish(), 0, "{}", browser.printed());
    assert_eq!(server.process.finish(), 0, "{}", server.process.printed());
    let log = |name: &str| std::fs::read_to_string(folder.path().join(name)).unwrap();
    let (ours, theirs) = (
        log("ours.log").to_lowercase(),
        log("theirs.log").to_lowercase(),
    );
    let lines = |log: &str| -> Vec<String> {
        let mut lines: Vec<_> = log
            .lines()
            .filter(|line| !line.starts_with('#'))
            .map(str::to_owned)
            .collect();
        lines.sort();
        lines
    };
    // OpenSSL writes N where KeyUpdate brought the next, and so far only the server sent with it.
    let (ours, theirs) = (
        lines(&ours),
        lines(&theirs.replace("_secret_n ", "_secret_1 ")),
    );
    assert!(theirs.iter().all(|line| ours.contains(line)), "{theirs:?}");
    assert!(ours.len() >= 6 && theirs.len() >= 6);
}

#[test]
fn sessions_are_resumed() {
    let folder = folder();
    std::fs::write(folder.path().join("early"), b"early\n").unwrap();
    let identity = "--cert ec.pem --key ec.key";
    for (server, options, told) in [
        ("", "", &["resumed: yes"][..]),
        ("", "--key-update", &["resumed: yes"]),
        ("--tickets 0", "", &["resumed: no"]),
        ("--max 1.2", "", &["resumed: yes", "resumed (ticket)"]),
        (
            "--max 1.2 --tickets 0",
            "",
            &["resumed: yes", "resumed (session ID)"],
        ),
        (
            "--max-early-data 100",
            "--early-data early",
            &["resumed: yes", "early data: yes"],
        ),
        (
            "",
            "--early-data early",
            &["resumed: yes", "early data: no"],
        ),
        (
            "--psk 00112233445566778899aabbccddeeff --psk-identity fridge --tickets 0",
            "--psk 00112233445566778899aabbccddeeff --psk-identity fridge",
            &["PSK (psk_dhe_ke)", "resumed: no"],
        ),
    ] {
        let server = Server::start(&folder, &format!("{identity} {server}"));
        let options = format!("--ca today.pem --resume {options}");
        let (output, errors, code) = client(&folder, &server.address, &options, b"hello\n");
        assert_eq!(code, 0, "{errors}\n{}", server.process.printed());
        for line in told {
            assert!(errors.contains(line), "{options}: {errors}");
        }
        let expected: &[u8] = match options.contains("--early-data") {
            true => b"early\nhello\n",
            false => b"hello\n",
        };
        assert_eq!(output, expected, "{options}");
    }
}

#[test]
fn the_client_gets_a_page_from_openssl() {
    let folder = folder();
    let mut server = SServer::start_as(
        folder.path(),
        &format!("-www -naccept 1 {}", identity_options("rsa")),
    );
    let address = server.address.to_string();
    let request = b"GET / HTTP/1.0\r\n\r\n";
    let (page, errors, code) = client(&folder, &address, "--ca today.pem", request);
    assert_eq!(code, 0, "{errors}\n{}", server.process.printed());
    let page = String::from_utf8(page).unwrap();
    assert!(
        page.starts_with("HTTP/1.0 200 ok\r\n") && page.contains("</HTML>"),
        "{page}"
    );
    server.process.finish();
}

#[test]
fn keys_may_come_in_each_form() {
    let folder = folder();
    for (key, convert, label) in [
        ("rsa", "rsa -traditional", "RSA PRIVATE KEY"),
        ("ec", "ec", "EC PRIVATE KEY"),
        ("ec", "pkcs8 -topk8 -nocrypt", "BEGIN PRIVATE KEY"),
    ] {
        let command = format!("{convert} -in {key}.key -out converted.key");
        let mut openssl = Process::openssl(folder.path(), &command);
        assert_eq!(openssl.finish(), 0, "{}", openssl.printed());
        let text = std::fs::read_to_string(folder.path().join("converted.key")).unwrap();
        assert!(text.contains(label));
        let options = format!("--cert {key}.pem --key converted.key --once");
        let mut server = Server::start(&folder, &options);
        let (output, errors, _) = client(&folder, &server.address, "--ca today.pem", b"hello");
        assert_eq!(output, b"hello", "{errors}");
        assert_eq!(server.process.finish(), 0);
    }
}
