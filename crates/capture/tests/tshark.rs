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
use padlock_wire::{Node, Value, hex};

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
    let mut queries = Vec::new();
    for key_exchange in KeyExchange::ALL {
        let word = key_exchange.word();
        queries.push(format!("kx={word}&setting=payroll"));
        queries.push(format!("kx={word}"));
        let groups = key_exchange.groups().iter().skip(1);
        queries.extend(groups.map(|group| format!("kx={word}&group={group}")));
    }
    for query in queries {
        let recording = recording(&query);
        let keys = key_log(&recording.trace.events);
        let kinds = ["-T", "fields", "-e", "tls.handshake.type"];
        let Some(read) = tshark("run", &file(&recording, &keys), &kinds) else {
            return;
        };
        let mut kinds = values(&read);
        kinds.sort();
        assert_eq!(kinds, sent(&recording), "{query}");
        // The data of the applications, both ways; early data that are refused are sent again.
        let follow = ["-q", "-z", "follow,tls,ascii,0"];
        let said = |keys| tshark("run", &file(&recording, keys), &follow).unwrap();
        let asked = "If you can read it, send it back.";
        let times = match query.contains("early-refused") {
            true => 3,
            false => 2,
        };
        assert_eq!(said(&keys).matches(asked).count(), times, "{query}");
        // Without the keys it reads neither.
        assert_eq!(said("").matches(asked).count(), 0, "{query}");
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

/// How a value is compared.
#[derive(Clone, Copy)]
enum Sort {
    Number,
    Bytes,
    Text,
}

/// What Wireshark calls a field of a handshake message, and what it is called here.
const FIELDS: [(&str, &[&str], Sort); 36] = [
    ("tls.handshake.type", &["msg_type"], Sort::Number),
    (
        "tls.handshake.version",
        &["client_version", "server_version"],
        Sort::Number,
    ),
    ("tls.handshake.random", &["random"], Sort::Bytes),
    ("tls.handshake.session_id", &["session_id"], Sort::Bytes),
    ("tls.handshake.ciphersuite", &["cipher_suite"], Sort::Number),
    (
        "tls.handshake.comp_method",
        &["compression_method"],
        Sort::Number,
    ),
    (
        "tls.handshake.extension.type",
        &["extension_type"],
        Sort::Number,
    ),
    (
        "tls.handshake.extensions_server_name_type",
        &["name_type"],
        Sort::Number,
    ),
    (
        "tls.handshake.extensions_server_name",
        &["name"],
        Sort::Text,
    ),
    (
        "tls.handshake.extensions_supported_group",
        &["named_group"],
        Sort::Number,
    ),
    (
        "tls.handshake.extensions_ec_point_format",
        &["ec_point_format"],
        Sort::Number,
    ),
    ("tls.handshake.sig_hash_alg", &["algorithm"], Sort::Number),
    (
        "tls.handshake.extensions.supported_version",
        &["versions/version", "selected_version"],
        Sort::Number,
    ),
    (
        "tls.handshake.extensions_key_share_group",
        &["group"],
        Sort::Number,
    ),
    (
        "tls.handshake.extensions_key_share_selected_group",
        &["selected_group"],
        Sort::Number,
    ),
    (
        "tls.handshake.extensions_key_share_key_exchange",
        &["key_exchange"],
        Sort::Bytes,
    ),
    ("tls.extension.psk_ke_mode", &["ke_mode"], Sort::Number),
    (
        "tls.handshake.extensions.psk.identity.identity",
        &["identity"],
        Sort::Bytes,
    ),
    (
        "tls.handshake.extensions.psk.identity.obfuscated_ticket_age",
        &["obfuscated_ticket_age"],
        Sort::Number,
    ),
    (
        "tls.handshake.extensions.psk.identity.selected",
        &["selected_identity"],
        Sort::Number,
    ),
    (
        "tls.handshake.session_ticket_lifetime_hint",
        &["ticket_lifetime_hint", "ticket_lifetime"],
        Sort::Number,
    ),
    (
        "tls.handshake.session_ticket_age_add",
        &["ticket_age_add"],
        Sort::Number,
    ),
    (
        "tls.handshake.session_ticket_nonce",
        &["ticket_nonce"],
        Sort::Bytes,
    ),
    (
        "tls.handshake.session_ticket",
        &["NewSessionTicket/ticket", "Handshake/ticket"],
        Sort::Bytes,
    ),
    (
        "tls.early_data.max_early_data_size",
        &["max_early_data_size"],
        Sort::Number,
    ),
    ("tls.handshake.length", &["Handshake/length"], Sort::Number),
    (
        "tls.handshake.epms",
        &["encrypted_pre_master_secret"],
        Sort::Bytes,
    ),
    (
        "tls.handshake.sig",
        &["signed_params/signature"],
        Sort::Bytes,
    ),
    (
        "tls.handshake.client_cert_vrfy.sig",
        &["digitally_signed/signature", "Handshake/signature"],
        Sort::Bytes,
    ),
    (
        "tls.handshake.cert_type",
        &["certificate_type"],
        Sort::Number,
    ),
    (
        "tls.handshake.server_named_curve",
        &["namedcurve"],
        Sort::Number,
    ),
    ("tls.handshake.server_point", &["params/point"], Sort::Bytes),
    ("tls.handshake.client_point", &["ecdh_Yc"], Sort::Bytes),
    (
        "tls.handshake.certificate",
        &["cert_data", "ASN.1Cert"],
        Sort::Bytes,
    ),
    ("x509af.serialNumber", &["serialNumber"], Sort::Bytes),
    ("x509ce.dNSName", &["dNSName"], Sort::Text),
];

impl Sort {
    /// Whether a node has such a value: names are not unique among messages and certificates.
    fn fits(self, node: &Node) -> bool {
        let is_number = matches!(
            node.value,
            Value::Number(_) | Value::Length(_) | Value::Code { .. }
        );
        is_number == matches!(self, Self::Number)
    }

    /// A value of Wireshark's, in one form.
    fn theirs(self, value: &str) -> String {
        match (self, value.strip_prefix("0x")) {
            (Self::Number, Some(digits)) => u64::from_str_radix(digits, 16).unwrap().to_string(),
            _ => value.to_owned(),
        }
    }

    /// A value of ours, in the same.
    fn ours(self, node: &Node, message: &[u8]) -> String {
        match (self, &node.value) {
            (Self::Number, Value::Number(number) | Value::Length(number)) => number.to_string(),
            (Self::Number, Value::Code { number, .. }) => number.to_string(),
            (Self::Text, _) => node.meaning(),
            _ => {
                // Without the length before it.
                let is_frame = |one: &&Node| matches!(&*one.label, "length" | "identifier");
                let frame = node.children.iter().take_while(is_frame).last();
                let start = frame.map_or(node.range.start, |frame| frame.range.end);
                hex::encode(&message[start..node.range.end])
            }
        }
    }
}

/// The nodes with one of these labels, some of which say below what; not those below such.
fn labelled<'a>(node: &'a Node, labels: &[&str], found: &mut Vec<&'a Node>) {
    for child in &node.children {
        let path = format!("{}/{}", node.label, child.label);
        if labels.contains(&&*child.label) || labels.contains(&&*path) {
            found.push(child);
        } else {
            labelled(child, labels, found);
        }
    }
}

/// Each field that both have a name for, value by value.
#[test]
fn every_field_has_the_value_that_tshark_reads() {
    let mut compared = [0; FIELDS.len()];
    let mut differing = Vec::new();
    let mut arguments = vec!["-T", "fields"];
    for (theirs, ..) in FIELDS {
        arguments.extend(["-e", theirs]);
    }
    for key_exchange in KeyExchange::ALL {
        for setting in ["shop", "payroll"] {
            let word = key_exchange.word();
            let recording = recording(&format!("kx={word}&setting={setting}"));
            let keys = key_log(&recording.trace.events);
            let name = format!("fields-{word}");
            let Some(read) = tshark(&name, &file(&recording, &keys), &arguments) else {
                return;
            };
            for (at, (theirs, labels, sort)) in FIELDS.into_iter().enumerate() {
                let column = read.lines().filter_map(|line| line.split('\t').nth(at));
                let values = column.flat_map(|cell| cell.split(','));
                let values = values.filter(|value| !value.is_empty());
                let mut found: Vec<_> = values.map(|value| sort.theirs(value)).collect();
                let mut shown = Vec::new();
                for event in &recording.trace.events {
                    let EventKind::Message(message) = &event.kind else {
                        continue;
                    };
                    if message.direction == Direction::Sent {
                        let mut nodes = Vec::new();
                        labelled(&message.tree, labels, &mut nodes);
                        let fit = nodes.iter().filter(|node| sort.fits(node));
                        let ours = fit.map(|node| sort.ours(node, &message.bytes));
                        shown.extend(ours.filter(|value| !value.is_empty()));
                    }
                }
                found.sort();
                shown.sort();
                if shown != found {
                    differing.push(format!("{theirs}, {word}, {setting}: {shown:?} {found:?}"));
                }
                compared[at] += found.len();
            }
        }
    }
    assert_eq!(differing, [] as [String; 0]);
    for (count, (theirs, ..)) in compared.into_iter().zip(FIELDS) {
        assert!(count > 0, "no run has {theirs}");
    }
}

/// Records and alerts, of runs that end well and of such that do not.
#[test]
fn records_and_alerts_are_those_that_tshark_reads() {
    let fields = [
        "tls.record.length",
        "tls.alert_message.level",
        "tls.alert_message.desc",
    ];
    let mut arguments = vec!["-T", "fields"];
    for field in fields {
        arguments.extend(["-e", field]);
    }
    for key_exchange in ["rsa", "ecdhe", "tls13"] {
        for certificate in ["good", "expired", "wrong-name", "unknown-issuer"] {
            let query = format!("kx={key_exchange}&cert={certificate}");
            let recording = recording(&query);
            let keys = key_log(&recording.trace.events);
            let name = format!("records-{key_exchange}");
            let Some(read) = tshark(&name, &file(&recording, &keys), &arguments) else {
                return;
            };
            let column = |at| {
                let cells = read
                    .lines()
                    .filter_map(move |line| line.split('\t').nth(at));
                let values = cells.flat_map(|cell: &str| cell.split(','));
                let values = values.filter(|value| !value.is_empty());
                values.map(str::to_owned).collect::<Vec<_>>()
            };
            let lengths = recording.trace.wire.iter().map(|transfer| {
                let header: [u8; 2] = transfer.bytes[3..5].try_into().unwrap();
                u16::from_be_bytes(header).to_string()
            });
            assert_eq!(column(0), lengths.collect::<Vec<_>>(), "{query}");
            let alerts = recording.trace.events.iter().filter_map(|event| {
                let EventKind::Alert(alert) = &event.kind else {
                    return None;
                };
                let sent = alert.direction == Direction::Sent;
                sent.then(|| [alert.level.0.to_string(), alert.description.0.to_string()])
            });
            let alerts: Vec<_> = alerts.collect();
            assert!(!alerts.is_empty(), "{query}");
            for at in 0..2 {
                let ours: Vec<_> = alerts.iter().map(|alert| alert[at].clone()).collect();
                assert_eq!(column(at + 1), ours, "{query}");
            }
        }
    }
}
