//! RSA keys that are made here.

#![expect(clippy::unwrap_used, reason = "these are tests")]

use std::io::Write;
use std::process::{Command, Stdio};

use padlock_pki::key::{KeyError, KeyKind, PrivateKey, RSA_LENGTHS, RsaGeneration, RsaProgress};
use padlock_pki::random::Random;
use padlock_pki::signature::SignatureAlgorithm;

fn make(bits: u32, seed: u8) -> (PrivateKey, RsaProgress) {
    let mut making = RsaGeneration::new(bits, &Random::new([seed; 32])).unwrap();
    loop {
        let before = making.progress();
        if let Some(key) = making.step() {
            let key = key.clone();
            return (key, making.progress());
        }
        let after = making.progress();
        assert!(after.drawn >= before.drawn && after.tested <= before.tested + 1);
        assert!(after.found <= 1);
    }
}

#[track_caller]
fn openssl_finds_it_sound(key: &PrivateKey) {
    let mut openssl = Command::new("openssl")
        .args(["pkey", "-check", "-noout"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let pem = key.to_pkcs8_pem().unwrap();
    let mut input = openssl.stdin.take().unwrap();
    input.write_all(pem.as_bytes()).unwrap();
    drop(input);
    let output = openssl.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success() && said.contains("Key is valid"),
        "{output:?}"
    );
}

#[test]
fn keys_of_every_length_are_sound() {
    for bits in RSA_LENGTHS {
        let (key, progress) = make(bits, 1);
        assert_eq!(key.kind(), KeyKind::Rsa { bits });
        assert_eq!(progress.found, 2);
        assert!(
            progress.tested >= 2 && progress.drawn > progress.tested,
            "{progress:?}"
        );
        openssl_finds_it_sound(&key);
        // Reading it checks that its numbers belong together.
        let read = PrivateKey::from_pkcs8_der(&key.to_pkcs8_der().unwrap()).unwrap();
        let mut random = Random::new([2; 32]);
        for algorithm in [
            SignatureAlgorithm::RsaPkcs1Sha256,
            SignatureAlgorithm::RsaPssSha256,
        ] {
            let signature = read.sign(algorithm, b"made here", &mut random).unwrap();
            let verified = key.public_key().verify(algorithm, b"made here", &signature);
            assert_eq!(verified, Ok(()), "{bits} {algorithm}");
        }
    }
}

#[test]
fn the_seed_decides_and_every_seed_gives_another() {
    let der = |seed| make(2048, seed).0.to_pkcs8_der().unwrap();
    let keys: Vec<_> = (10..16).map(der).collect();
    for (at, key) in keys.iter().enumerate() {
        assert!(!keys[at + 1..].contains(key));
        openssl_finds_it_sound(&PrivateKey::from_pkcs8_der(key).unwrap());
    }
    assert_eq!(keys[0], der(10));
}

#[test]
fn a_key_stays_made() {
    let mut making = RsaGeneration::new(2048, &Random::new([3; 32])).unwrap();
    while making.step().is_none() {}
    let progress = making.progress();
    let der = making.step().unwrap().to_pkcs8_der().unwrap();
    assert_eq!(making.step().unwrap().to_pkcs8_der().unwrap(), der);
    assert_eq!(making.progress(), progress);
}

#[test]
fn other_lengths_are_refused() {
    for bits in [0, 512, 1024, 2047, 2049, 8192, u32::MAX] {
        let refused = RsaGeneration::new(bits, &Random::new([0; 32])).err();
        assert_eq!(refused, Some(KeyError::RsaSize { bits }));
    }
}
