//! Wireshark's own reading of the files: it decrypts every run, by the keys in the file alone.
//!
//! Without `tshark` this prints that it skips, and passes, unless `PADLOCK_PEERS` asks for every peer;
//! `cargo xtask test` installs it.

#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "a test writes files, starts a program, and may stop"
)]

use std::process::Command;
use std::{env, fs};

use padlock_capture::{key_log, pcapng};
use padlock_lesson::play::Recording;
use padlock_lesson::scenario::{KeyExchange, Scenario};
use padlock_tls::trace::{Direction, EventKind, MessageKind};

/// What tshark says of a file by these arguments.
fn tshark(name: &str, file: &[u8], arguments: &[&str]) -> Option<String> {
    let path = env::temp_dir().join(format!("padlock-{}-{name}.pcapng", std::process::id()));
    fs::write(&path, file).unwrap();
    let mut command = Command::new("tshark");
    command.args(["-r", path.to_str().unwrap()]).args(arguments);
    let output = command.output();
    fs::remove_file(&path).unwrap();
    let Ok(output) = output else {
        let asked = env::var_os("PADLOCK_PEERS").is_some();
        assert!(!asked, "there is no tshark");
        println!("skipped: there is no tshark; `cargo xtask test` installs it");
        return None;
    };
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    Some(String::from_utf8(output.stdout).unwrap())
}

fn recording(query: &str) -> Recording {
    let (parts, problems) = Scenario::from_query(query);
    assert_eq!(problems, []);
    Recording::of(&parts.complete([3; 16], 1_795_285_800))
}

fn file(recording: &Recording, keys: &str) -> Vec<u8> {
    pcapng(&recording.trace.wire, keys, recording.scenario.now)
}

/// Every field between tabs and commas, in order.
fn values(output: &str) -> Vec<String> {
    let parts = output.split(['\n', '\t', ',']);
    parts
        .filter(|part| !part.is_empty())
        .map(str::to_owned)
        .collect()
}

/// The kinds of the handshake messages that were sent, in the order of the wire.
fn sent(recording: &Recording) -> Vec<String> {
    let mut kinds = Vec::new();
    for event in &recording.trace.events {
        if let EventKind::Message(message) = &event.kind
            && message.direction == Direction::Sent
            && let MessageKind::Handshake(kind) = message.kind
        {
            kinds.push(kind.0.to_string());
        }
    }
    kinds.sort();
    kinds
}

#[test]
fn tshark_reads_every_run_with_the_keys_in_the_file() {
    for key_exchange in KeyExchange::ALL {
        for setting in ["shop", "payroll"] {
            let word = key_exchange.word();
            let recording = recording(&format!("kx={word}&setting={setting}"));
            let keys = key_log(&recording.trace.events);
            let kinds = ["-T", "fields", "-e", "tls.handshake.type"];
            let Some(read) = tshark(word, &file(&recording, &keys), &kinds) else {
                return;
            };
            let mut kinds = values(&read);
            kinds.sort();
            assert_eq!(kinds, sent(&recording), "{word}, {setting}");
            // The data of the applications, both ways.
            let follow = ["-q", "-z", "follow,tls,ascii,0"];
            let said = |keys| tshark(word, &file(&recording, keys), &follow).unwrap();
            let asked = "If you can read it, send it back.";
            assert_eq!(said(&keys).matches(asked).count(), 2, "{word}, {setting}");
            // Without the keys it reads neither.
            assert_eq!(said("").matches(asked).count(), 0, "{word}, {setting}");
        }
    }
}

#[test]
fn tshark_finds_no_fault_in_the_packets() {
    let recording = recording("kx=tls13&setting=payroll");
    let keys = key_log(&recording.trace.events);
    let fields = [
        "-o",
        "ip.check_checksum:TRUE",
        "-o",
        "tcp.check_checksum:TRUE",
        "-T",
        "fields",
        "-e",
        "_ws.expert.message",
    ];
    let Some(found) = tshark("faults", &file(&recording, &keys), &fields) else {
        return;
    };
    let faults: Vec<_> = values(&found);
    let of_opening = [
        "Connection establish",
        "Connection finish",
        "This frame initiates the connection closing",
        "This frame undergoes the connection closing",
    ];
    let serious = faults
        .iter()
        .filter(|fault| !of_opening.iter().any(|usual| fault.starts_with(usual)));
    assert_eq!(serious.collect::<Vec<_>>(), [] as [&String; 0]);
}

#[test]
fn a_key_log_has_each_secret_once() {
    for (query, labels) in [
        ("kx=rsa", &["CLIENT_RANDOM"][..]),
        (
            "kx=tls13",
            &[
                "CLIENT_HANDSHAKE_TRAFFIC_SECRET",
                "SERVER_HANDSHAKE_TRAFFIC_SECRET",
                "CLIENT_TRAFFIC_SECRET_0",
                "SERVER_TRAFFIC_SECRET_0",
                "EXPORTER_SECRET",
            ],
        ),
    ] {
        let log = key_log(&recording(query).trace.events);
        let found: Vec<_> = log
            .lines()
            .map(|line| line.split(' ').next().unwrap())
            .collect();
        assert_eq!(found, labels, "{query}");
    }
    assert_eq!(key_log(&[]), "");
}
