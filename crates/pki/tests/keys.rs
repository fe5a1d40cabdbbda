//! Keys and randomness against published values and against themselves.

use padlock_curves::Curve;
use padlock_pki::demo::{Holder, KeyChoice};
use padlock_pki::digest::Hash;
use padlock_pki::key::{KeyError, KeyKind, PrivateKey, PublicKey};
use padlock_pki::pem;
use padlock_pki::random::Random;
use padlock_pki::signature::SignatureAlgorithm;
use padlock_wire::hex;
use proptest::prelude::*;

/// The bytes of every run hang on these: a change here changes what every shared link shows.
#[test]
fn random_is_pinned() {
    let mut random = Random::new([7; 32]);
    assert_eq!(
        hex::encode(&random.bytes::<40>()),
        "966107374f73c81c54c3ebb27fba665dc82a9b21aa2422b0a8a1a562e6af8674\
         4a54870434889d38"
    );
    assert_eq!(
        hex::encode(&random.fork("client").bytes::<16>()),
        "2ba941617b9d4bd4f0275a42213c2c60"
    );
}

#[test]
fn random_forks_depend_on_seed_and_label_only() {
    let mut random = Random::new([1; 32]);
    let mut before = random.fork("client");
    let _ = random.bytes::<100>();
    let mut after = random.fork("client");
    assert_eq!(before.bytes::<64>(), after.bytes::<64>());
    assert_ne!(before.bytes::<64>(), random.fork("server").bytes::<64>());
    assert_ne!(
        Random::new([1; 32]).bytes::<32>(),
        Random::new([2; 32]).bytes::<32>()
    );
}

#[test]
fn random_gives_the_same_stream_in_any_pieces() {
    let whole = Random::new([3; 32]).bytes::<200>();
    let mut pieces = Random::new([3; 32]);
    let mut joined = Vec::new();
    for length in [0, 1, 31, 32, 33, 64, 39] {
        let mut piece = vec![0; length];
        pieces.fill(&mut piece);
        joined.extend(piece);
    }
    assert_eq!(joined, whole);
}

#[test]
fn digests_of_abc() {
    #[track_caller]
    fn check(hash: Hash, expected: &str) {
        let digest = hash.of(b"abc");
        assert_eq!(digest.len(), hash.length());
        assert!(hex::encode(&digest).starts_with(expected), "{hash}");
        let mut pieces = hash.start();
        pieces.update(b"a");
        assert_eq!(pieces.value(), hash.of(b"a"));
        pieces.update(b"bc");
        assert_eq!(pieces.value(), digest);
    }
    // FIPS 180-4's examples.
    check(Hash::Sha1, "a9993e364706816aba3e25717850c26c9cd0d89d");
    check(Hash::Sha256, "ba7816bf8f01cfea414140de5dae2223b00361a3");
    check(Hash::Sha384, "cb00753f45a35e8bb5a03d699ac65007272c32ab");
    check(Hash::Sha512, "ddaf35a193617abacc417349ae20413112e6fa4e");
}

/// A key of every kind; the demonstration's.
fn keys() -> [&'static PrivateKey; 4] {
    KeyChoice::ALL.map(|choice| Holder::Shop.key(choice))
}

#[test]
fn every_algorithm_signs_and_verifies() {
    let mut random = Random::new([4; 32]);
    for algorithm in SignatureAlgorithm::ALL {
        for key in keys() {
            let signed = key.sign(algorithm, b"message", &mut random);
            let public = key.public_key();
            if !algorithm.fits(key.kind()) {
                let wrong = KeyError::WrongAlgorithm {
                    key: key.kind(),
                    algorithm,
                };
                assert_eq!(signed, Err(wrong.clone()));
                assert_eq!(
                    public.verify(algorithm, b"message", b"signature"),
                    Err(wrong)
                );
                continue;
            }
            let mut signature = signed.unwrap();
            assert_eq!(public.verify(algorithm, b"message", &signature), Ok(()));
            assert_eq!(
                public.verify(algorithm, b"massage", &signature),
                Err(KeyError::SignatureInvalid)
            );
            let last = signature.len() - 1;
            signature[last] ^= 1;
            assert_eq!(
                public.verify(algorithm, b"message", &signature),
                Err(KeyError::SignatureInvalid)
            );
            signature[last] ^= 1;
            let others = KeyChoice::ALL.map(|choice| Holder::Hr.key(choice).public_key());
            for other in others.into_iter().filter(|key| algorithm.fits(key.kind())) {
                assert_eq!(
                    other.verify(algorithm, b"message", &signature),
                    Err(KeyError::SignatureInvalid)
                );
            }
        }
    }
}

#[test]
fn signatures_are_reproducible() {
    for algorithm in SignatureAlgorithm::ALL {
        for key in keys().into_iter().filter(|key| algorithm.fits(key.kind())) {
            let sign = |seed| key.sign(algorithm, b"message", &mut Random::new([seed; 32]));
            assert_eq!(sign(1), sign(1), "{algorithm}");
            // Only the salt of PSS is random.
            let salted = algorithm.name().starts_with("RSA-PSS");
            assert_eq!(sign(1) != sign(2), salted, "{algorithm}");
        }
    }
}

/// RFC 6979 Appendix A.2.5 and A.2.6, message "sample".
#[test]
fn ecdsa_signs_as_rfc_6979() {
    #[track_caller]
    fn check(algorithm: SignatureAlgorithm, sec1: &str, r: &str, s: &str) {
        let der = hex::decode(sec1).unwrap();
        let key = PrivateKey::from_pem(&pem::encode("EC PRIVATE KEY", &der)).unwrap();
        let signature = key
            .sign(algorithm, b"sample", &mut Random::new([0; 32]))
            .unwrap();
        assert_eq!(hex::encode(&signature), format!("{r}{s}"));
    }
    check(
        SignatureAlgorithm::EcdsaP256Sha256,
        "30310201010420c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721\
         a00a06082a8648ce3d030107",
        "3046022100efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716",
        "022100f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8",
    );
    check(
        SignatureAlgorithm::EcdsaP384Sha384,
        "303e02010104306b9d3dad2e1b8c1c05b19875b6659f4de23c3b667bf297ba9aa47740787137d8\
         96d5724e4c70a825f872c9ea60d2edf5a00706052b81040022",
        "306602310094edbb92a5ecb8aad4736e56c691916b3f88140666ce9fa73d64c4ea95ad133c\
         81a648152e44acf96e36dd1e80fabe46",
        "02310099ef4aeb15f178cea1fe40db2603138f130e740a19624526203b6351d0a3a94fa329\
         c145786e679e7b82c71a38628ac8",
    );
}

/// RFC 8410 §10.3: the same key without and with its public key, and RFC 8032's first vector.
#[test]
fn ed25519_as_the_rfcs_have_it() {
    let text = "-----BEGIN PRIVATE KEY-----\n\
                MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC\n\
                -----END PRIVATE KEY-----\n";
    let key = PrivateKey::from_pem(text).unwrap();
    assert_eq!(
        hex::encode(key.public_key().key_bytes()),
        "19bf44096984cdfe8541bac167dc3b96c85086aa30b6b6cb0c5c38ad703166e1"
    );
    assert_eq!(key.to_pkcs8_pem().unwrap(), text);
    let with_public = "-----BEGIN PRIVATE KEY-----\n\
                       MHICAQEwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC\n\
                       oB8wHQYKKoZIhvcNAQkJFDEPDA1DdXJkbGUgQ2hhaXJzgSEAGb9ECWmEzf6FQbrB\n\
                       Z9w7lshQhqowtrbLDFw4rXAxZuE=\n\
                       -----END PRIVATE KEY-----\n";
    let same = PrivateKey::from_pem(with_public).unwrap();
    assert_eq!(same.public_key(), key.public_key());

    let seed = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";
    let der = hex::decode(&format!("302e020100300506032b657004220420{seed}")).unwrap();
    let key = PrivateKey::from_pkcs8_der(&der).unwrap();
    let signature = key
        .sign(SignatureAlgorithm::Ed25519, b"", &mut Random::new([0; 32]))
        .unwrap();
    assert_eq!(
        hex::encode(&signature),
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701\
         cf9b46bd25bf5f0595bbe24655141438e7a100b"
    );
}

#[test]
fn pkcs8_round_trips() {
    let keys = Holder::ALL.map(|holder| KeyChoice::ALL.map(|choice| holder.key(choice)));
    for key in keys.into_iter().flatten() {
        let text = key.to_pkcs8_pem().unwrap();
        let read = PrivateKey::from_pem(&format!("above\n{text}below\n")).unwrap();
        assert_eq!(read.public_key(), key.public_key());
        assert_eq!(read.to_pkcs8_pem().unwrap(), text);
        let public = PublicKey::from_spki_der(key.public_key().spki_der()).unwrap();
        assert_eq!(public.kind(), key.kind());
    }
}

/// Each number of an RSA key in turn is changed a little.
#[test]
fn rsa_keys_whose_numbers_disagree_are_refused() {
    let good = Holder::Shop.key(KeyChoice::Rsa).to_pkcs8_der().unwrap();
    let at = |place: usize| {
        let (tag, length) = (good[place], usize::from(good[place + 1]));
        assert_eq!(tag, 2);
        match length {
            0x82 => place + 4 + 256 * usize::from(good[place + 2]) + usize::from(good[place + 3]),
            0x81 => place + 3 + usize::from(good[place + 2]),
            _ => place + 2 + length,
        }
    };
    // PrivateKeyInfo 4, version 3, algorithm 15, OCTET STRING 4, RSAPrivateKey 4
    let mut end = 30;
    for name in ["version", "n", "e", "d", "p", "q", "dP", "dQ", "qInv"] {
        end = at(end);
        let mut changed = good.clone();
        changed[end - 1] ^= 4;
        let read = PrivateKey::from_pkcs8_der(&changed);
        assert_eq!(read.err(), Some(KeyError::Inconsistent), "{name}");
    }
    assert_eq!(end, good.len());
}

#[test]
fn raw_rsa_round_trips_and_checks_its_block() {
    let key = Holder::Shop.key(KeyChoice::Rsa);
    let public = key.public_key();
    let (modulus, exponent) = public.rsa_parts().unwrap();
    assert_eq!((modulus.len(), exponent), (256, [1, 0, 1].as_slice()));
    let mut block = vec![0; 256];
    block[1] = 2;
    Random::new([5; 32]).fill(&mut block[2..]);
    let encrypted = public.encrypt_raw(&block).unwrap();
    assert_eq!(key.decrypt_raw(&encrypted), Ok(block));

    let mut one = vec![0; 256];
    one[255] = 1;
    assert_eq!(public.encrypt_raw(&one), Ok(one.clone()));
    assert_eq!(key.decrypt_raw(&one), Ok(one));

    for length in [0, 1, 255, 257, 512] {
        let wrong = KeyError::BlockLength {
            expected: 256,
            found: length,
        };
        assert_eq!(public.encrypt_raw(&vec![0; length]), Err(wrong.clone()));
        assert_eq!(key.decrypt_raw(&vec![0; length]), Err(wrong));
    }
    for above in [modulus, &[0xff; 256]] {
        assert_eq!(public.encrypt_raw(above), Err(KeyError::BlockRange));
        assert_eq!(key.decrypt_raw(above), Err(KeyError::BlockRange));
    }
    let other = Holder::Shop.key(KeyChoice::P256);
    let wrong = KeyError::NotRsa(KeyKind::P256);
    assert_eq!(other.decrypt_raw(&[0; 32]), Err(wrong.clone()));
    assert_eq!(other.public_key().encrypt_raw(&[0; 32]), Err(wrong));
}

#[test]
fn generated_keys_are_pinned() {
    let generate = |curve| {
        let key = PrivateKey::generate(curve, &mut Random::new([6; 32]));
        hex::encode(&key.public_key().key_bytes()[..16])
    };
    assert_eq!(
        [
            generate(Curve::P256),
            generate(Curve::P384),
            generate(Curve::Ed25519),
        ],
        [
            "04b4725710194fc7e27c2d105b38f42a",
            "0447a7e31c16d3d604e3caf328b768bc",
            "539771bb91e5b23f0ff9028103329b00",
        ]
    );
}

/// Of a key only the primes are kept; all else must be what OpenSSL once made of them.
#[test]
fn the_repositorys_keys_are_pinned() {
    for (holder, expected) in [
        (
            Holder::Shop,
            "a2ed657d8e47f232ed3a6736f8dbe557df731d8fb035c030345a429f1f714a45",
        ),
        (
            Holder::Payroll,
            "0e77ac21e77c884a553a9603c8e01ff737e6a24c12fa42d2b2a186498e7eb297",
        ),
        (
            Holder::Hr,
            "0d63b4b2c0f839def2a3496c6492ece041e3d484369199571524b4bc44c068cf",
        ),
    ] {
        let der = holder.key(KeyChoice::Rsa).to_pkcs8_der().unwrap();
        assert_eq!(hex::encode(&Hash::Sha256.of(&der)), expected, "{holder:?}");
        // They belong together, too.
        assert!(PrivateKey::from_pkcs8_der(&der).is_ok());
    }
}

proptest! {
    #[test]
    fn reading_any_text_never_panics(text in "(-----(BEGIN|END) (RSA |EC |)PRIVATE KEY-----|[A-Za-z0-9+/=: \n\r-]{0,40}|\\PC){0,12}") {
        let _ = PrivateKey::from_pem(&text);
        let _ = pem::certificates(&text);
        let _ = pem::blocks(&text);
    }

    #[test]
    fn reading_any_bytes_never_panics(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let _ = PrivateKey::from_pkcs8_der(&bytes);
        let _ = PublicKey::from_spki_der(&bytes);
        for label in ["PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY"] {
            let _ = PrivateKey::from_pem(&pem::encode(label, &bytes));
        }
        for algorithm in SignatureAlgorithm::ALL {
            let _ = SignatureAlgorithm::from_algorithm_identifier(&bytes, KeyKind::P256);
            for key in keys().into_iter().filter(|key| algorithm.fits(key.kind())) {
                prop_assert!(key.public_key().verify(algorithm, b"", &bytes).is_err());
            }
        }
    }

    /// A key with a byte changed is refused, or is one that still works.
    #[test]
    fn reading_a_changed_key_never_panics(which in 0..4_usize, at in any::<prop::sample::Index>(), flip in 1..=255_u8) {
        let mut der = keys()[which].to_pkcs8_der().unwrap();
        *at.get_mut(&mut der) ^= flip;
        if let Ok(key) = PrivateKey::from_pkcs8_der(&der) {
            let _ = key.decrypt_raw(&[1; 256]);
            for algorithm in SignatureAlgorithm::ALL.into_iter().filter(|a| a.fits(key.kind())) {
                let signature = key.sign(algorithm, b"", &mut Random::new([0; 32])).unwrap();
                prop_assert_eq!(key.public_key().verify(algorithm, b"", &signature), Ok(()));
            }
        }
        let mut spki = keys()[which].public_key().spki_der().to_vec();
        *at.get_mut(&mut spki) ^= flip;
        if let Ok(key) = PublicKey::from_spki_der(&spki) {
            let _ = key.kind().to_string();
            let _ = key.encrypt_raw(&[1; 256]);
            for algorithm in SignatureAlgorithm::ALL {
                prop_assert!(key.verify(algorithm, b"", &[1; 256]).is_err());
            }
        }
    }
}
