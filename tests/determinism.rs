//! The same scenario, seed and date give the same bytes and the same trace: on this machine and, by
//! `cargo xtask test --only wasm`, as wasm in a browser. Both are held to one table of digests,
//! `tests/determinism/pinned.txt`; after a change that was meant to change them,
//! `PADLOCK_RENEW=1 cargo test --test determinism` writes it anew.

use padlock_lesson::play;
use padlock_lesson::scenario::Scenario;
use padlock_pki::digest::Hash;
use padlock_tls::run::Trace;
use padlock_tls::trace::Party;
use padlock_wire::hex;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// A line for each scenario: its address, the digest of what the wire carried, that of the trace.
const PINNED: &str = include_str!("determinism/pinned.txt");

const SEED_AND_DATE: &str = "seed=00112233445566778899aabbccddeeff&date=2026-11-21T18:30:00Z";

/// Each key exchange, each sort of record, each sort of key, and what fails.
const SCENARIOS: [&str; 32] = [
    "setting=shop&kx=rsa",
    "setting=shop&kx=ecdhe",
    "setting=payroll&kx=rsa",
    "setting=payroll&kx=ecdhe",
    "setting=payroll&kx=ecdhe&suite=TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
    "kx=ecdhe&suite=TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
    "kx=ecdhe&suite=TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
    "kx=ecdhe&suite=TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA",
    "kx=rsa&suite=TLS_RSA_WITH_AES_128_CBC_SHA",
    "kx=rsa&suite=TLS_RSA_WITH_AES_128_CBC_SHA256",
    "kx=rsa&suite=TLS_RSA_WITH_AES_256_GCM_SHA384",
    "kx=ecdhe&cert=unknown-issuer",
    "kx=rsa&client=expired",
    "kx=ecdhe-id",
    "setting=payroll&kx=ecdhe-ticket",
    "kx=tls13",
    "setting=payroll&kx=tls13",
    "kx=tls13-hybrid",
    "kx=tls13-retry",
    "setting=payroll&kx=tls13-resumed",
    "kx=tls13-early",
    "kx=rsa-id",
    "setting=payroll&kx=rsa-ticket",
    "kx=ecdhe&group=secp256r1",
    "kx=tls13&group=secp384r1",
    "kx=tls13-hybrid&group=SecP256r1MLKEM768",
    "setting=payroll&kx=tls13-resumed&group=X25519MLKEM768",
    "kx=tls13&way=hide-tls13-and-sign",
    "kx=rsa&way=change-data",
    "kx=tls13-psk-ke",
    "kx=tls13-early-refused",
    "setting=payroll&kx=tls13-psk&suite=TLS_AES_256_GCM_SHA384",
];

fn digest(bytes: &[u8]) -> String {
    hex::encode(&Hash::Sha256.of(bytes))
}

/// Everything that the wire carried, with who sent it.
fn wire(trace: &Trace) -> Vec<u8> {
    let transfer = |transfer: &padlock_tls::run::Transfer| {
        let from = match transfer.from {
            Party::Client => b'C',
            Party::Server => b'S',
        };
        [&[from][..], &transfer.bytes].concat()
    };
    trace.wire.iter().flat_map(transfer).collect()
}

/// Everything that the parties reported, an event a line.
fn events(trace: &Trace) -> String {
    trace
        .events
        .iter()
        .map(|event| format!("{event:?}\n"))
        .collect()
}

/// The line that stands in the table if nothing changed.
fn line(name: &str, trace: &Trace) -> String {
    format!(
        "{name} {} {}\n",
        digest(&wire(trace)),
        digest(events(trace).as_bytes())
    )
}

fn scenario_line(scenario: &str) -> String {
    let query = format!("{scenario}&{SEED_AND_DATE}");
    let (parts, problems) = Scenario::from_query(&query);
    assert_eq!(problems, [], "{query}");
    let (_, trace) = play::run(&parts.complete([0; 16], 0));
    line(&query, &trace)
}

#[wasm_bindgen_test(unsupported = test)]
fn the_same_scenario_gives_the_same_bytes_and_the_same_trace_everywhere() {
    let found: String = SCENARIOS.into_iter().map(scenario_line).collect();
    #[cfg(not(target_arch = "wasm32"))]
    if std::env::var_os("PADLOCK_RENEW").is_some() {
        renew(&found);
        return;
    }
    for (found, pinned) in found.lines().zip(PINNED.lines()) {
        assert_eq!(found, pinned);
    }
    assert_eq!(found, PINNED);
}

#[cfg(not(target_arch = "wasm32"))]
#[expect(clippy::disallowed_methods, reason = "renewing the table writes it")]
fn renew(table: &str) {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/determinism/pinned.txt");
    std::fs::write(path, table).expect("the table can be written");
}
