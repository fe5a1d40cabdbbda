//! The TLS 1.2 PRF against published figures.

#![expect(clippy::unwrap_used, reason = "a helper of tests fails by panicking")]

use std::collections::HashMap;
use std::path::Path;

use padlock_pki::digest::Hash;
use padlock_tls::crypto::prf::prf;
use padlock_wire::hex;

/// Each block of OpenSSL's file that states an output, for a digest that TLS 1.2 could use.
#[test]
fn openssl_kdf() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared/vectors/openssl-kdf/evpkdf_tls12_prf.txt");
    #[expect(clippy::disallowed_methods, reason = "a test may read its vectors")]
    let Ok(file) = std::fs::read_to_string(&path) else {
        println!("skipped: {} is not there", path.display());
        return;
    };
    let mut ran = 0;
    for case in file.split("\n\n") {
        let Some(case) = Case::parse(case) else {
            continue;
        };
        let output = prf(
            Hash::Sha256,
            &case.secret,
            &case.label,
            &case.seed,
            case.output.len(),
        );
        assert_eq!(output, case.output, "{}", hex::encode(&case.seed));
        ran += 1;
    }
    println!("{ran} vectors");
    assert_eq!(ran, 5, "the file holds five outputs with SHA-256");
}

/// A secret, a label and a seed with the output that `openssl kdf … TLS1-PRF` (OpenSSL 3.0) gives.
#[test]
fn one_vector_per_hash() {
    #[track_caller]
    fn check(hash: Hash, secret: &str, seed: &str, expected: &str) {
        let [secret, seed] = [secret, seed].map(|hex| hex::decode(hex).unwrap());
        let output = prf(hash, &secret, b"test label", &seed, expected.len() / 2);
        assert_eq!(hex::encode(&output), expected);
    }
    check(
        Hash::Sha256,
        "9bbe436ba940f017b17652849a71db35",
        "a0ba9f936cda311827a6f796ffd5198c",
        "e3f229ba727be17b8d122620557cd453c2aab21d07c3d495329b52d4e61edb5a\
         6b301791e90d35c9c9a46b4e14baf9af0fa022f7077def17abfd3797c0564bab\
         4fbc91666e9def9b97fce34f796789baa48082d122ee42c5a72e5a5110fff701\
         87347b66",
    );
    check(
        Hash::Sha384,
        "b80b733d6ceefcdc71566ea48e5567df",
        "cd665cf6a8447dd6ff8b27555edb7465",
        "7b0c18e9ced410ed1804f2cfa34a336a1c14dffb4900bb5fd7942107e81c83cd\
         e9ca0faa60be9fe34f82b1233c9146a0e534cb400fed2700884f9dc236f80edd\
         8bfa961144c9e8d792eca722a7b32fc3d416d473ebc2c5fd4abfdad05d918425\
         9b5bf8cd4d90fa0d31e2dec479e4f1a26066f2eea9a69236a3e52655c9e9aee6\
         91c8f3a26854308d5eaa3be85e0990703d73e56f",
    );
}

/// The inputs and the output of one block.
struct Case {
    secret: Vec<u8>,
    label: Vec<u8>,
    seed: Vec<u8>,
    output: Vec<u8>,
}

impl Case {
    /// Nothing if the block states an error, lacks an input, or names another digest.
    fn parse(block: &str) -> Option<Self> {
        let lines: Vec<(&str, &str)> = block
            .lines()
            .filter_map(|line| line.split_once(" = "))
            .collect();
        let named: HashMap<&str, &str> = lines.iter().copied().collect();
        if named.contains_key("Result") || named.get("Ctrl.digest") != Some(&"digest:SHA256") {
            return None;
        }
        // The seed is what its parts, the label first, give in the order of their lines.
        let mut seeds = lines.iter().filter_map(|(_, value)| {
            let hexadecimal = value
                .strip_prefix("hexseed:")
                .map(|hex| hex::decode(hex).unwrap());
            hexadecimal.or_else(|| {
                value
                    .strip_prefix("seed:")
                    .map(|text| text.as_bytes().to_vec())
            })
        });
        Some(Self {
            secret: hex::decode(named.get("Ctrl.Secret")?.strip_prefix("hexsecret:")?).unwrap(),
            label: seeds.next()?,
            seed: seeds.flatten().collect(),
            output: hex::decode(named.get("Output")?).unwrap(),
        })
    }
}
