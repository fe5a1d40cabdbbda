//! Real certificates to test with: from `../shared/vectors`, where that folder is.

use std::path::PathBuf;

use padlock_pki::demo::{Authority, Holder, KeyChoice, Spec};
use padlock_pki::pem;

/// The date of what the tests issue: 2026-11-22.
pub(crate) const NOW: i64 = 1_795_305_600;

/// The contents of a file of `../shared/vectors`; `None`, and a word about it, where it is absent.
pub(crate) fn vector(name: &str) -> Option<String> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/vectors");
    let text = std::fs::read_to_string(root.join(name)).ok();
    if text.is_none() {
        println!("skipped: ../shared/vectors/{name} is not there");
    }
    text
}

/// Certificates of OpenSSL, of Go and of our own demonstration, with names to tell them apart.
pub(crate) fn certificates() -> Vec<(String, Vec<u8>)> {
    let mut all = demo();
    for name in [
        "illustrated-tls12/server.crt",
        "illustrated-tls12/ca.crt",
        "captures-openssl35/ca.pem",
        "captures-openssl35/client.pem",
        "captures-openssl35/ec.pem",
        "captures-openssl35/ed.pem",
        "captures-openssl35/rsa.pem",
    ] {
        let Some(text) = vector(name) else {
            continue;
        };
        let ders = pem::certificates(&text).unwrap();
        all.extend(ders.into_iter().map(|der| (name.to_owned(), der)));
    }
    all
}

/// What the demonstration issues, by every kind of key.
pub(crate) fn demo() -> Vec<(String, Vec<u8>)> {
    let authority = Authority::new(NOW).unwrap();
    let mut all = vec![
        ("root".to_owned(), authority.root().to_vec()),
        ("issuing".to_owned(), authority.issuing().to_vec()),
    ];
    for key in KeyChoice::ALL {
        let spec = Spec {
            key,
            ..Spec::new(Holder::Shop)
        };
        let identity = authority.identity(spec).unwrap();
        all.push((format!("shop, {key:?}"), identity.chain[0].clone()));
    }
    all
}

/// Every certificate of x509-limbo's cases whose name starts so.
pub(crate) fn limbo(start: &str) -> Vec<(String, Vec<u8>)> {
    let Some(text) = vector("limbo-core.json") else {
        return Vec::new();
    };
    let all: serde_json::Value = serde_json::from_str(&text).unwrap();
    let mut found = Vec::new();
    for case in all["testcases"].as_array().unwrap() {
        let id = case["id"].as_str().unwrap();
        if !id.starts_with(start) {
            continue;
        }
        let lists = [&case["trusted_certs"], &case["untrusted_intermediates"]];
        let listed = lists.iter().flat_map(|list| list.as_array().unwrap());
        for text in listed.chain([&case["peer_certificate"]]) {
            let ders = pem::certificates(text.as_str().unwrap()).unwrap();
            found.extend(ders.into_iter().map(|der| (id.to_owned(), der)));
        }
    }
    found
}
