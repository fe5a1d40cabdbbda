//! Single operations: where the time of a handshake goes.

use padlock_pki::demo::{Authority, Holder, KeyChoice, Spec};
use padlock_pki::digest::Hash;
use padlock_pki::random::Random;
use padlock_pki::signature::SignatureAlgorithm;
use padlock_tls::crypto::aead::{Aead, AeadKey};
use padlock_tls::crypto::kx::{EphemeralKey, Group};
use padlock_tls::crypto::prf;
use wasm_bindgen_test::{Criterion, wasm_bindgen_bench};

use super::cases::NOW;
use super::measure::{Work, compare, table};

const MESSAGE: &[u8] = &[5; 100];
const RECORD: usize = 16_384;

#[wasm_bindgen_bench]
fn operations(_: &mut Criterion) {
    let mut rows = vec![["", "time"].map(str::to_owned).to_vec()];
    for (name, work) in works() {
        let [times] = compare([work]);
        rows.push(vec![name, times.cell()]);
    }
    table("One operation, in milliseconds: median (least)", &rows);
}

fn works() -> Vec<(String, Work<'static>)> {
    let mut works: Vec<(String, Work<'static>)> = Vec::new();
    works.extend(transporting());
    for (key, algorithm) in [
        (KeyChoice::Rsa, SignatureAlgorithm::RsaPkcs1Sha256),
        (KeyChoice::Rsa, SignatureAlgorithm::RsaPssSha256),
        (KeyChoice::P256, SignatureAlgorithm::EcdsaP256Sha256),
        (KeyChoice::P384, SignatureAlgorithm::EcdsaP384Sha384),
        (KeyChoice::Ed25519, SignatureAlgorithm::Ed25519),
    ] {
        works.extend(signing(key, algorithm));
    }
    for group in [Group::X25519, Group::Secp256r1, Group::Secp384r1] {
        works.extend(agreeing(group));
    }
    works.extend(issuing());
    works.extend(symmetric());
    works
}

fn transporting() -> [(String, Work<'static>); 2] {
    let key = Holder::Shop.key(KeyChoice::Rsa);
    // A number below the modulus, as long as it.
    let block = [&[0][..], &[2; 255]].concat();
    let public = key.public_key();
    let encrypted = public.encrypt_raw(&block).expect("the block fits");
    [
        (
            "RSA-2048, private key: decrypt".to_owned(),
            Box::new(move || drop(key.decrypt_raw(&encrypted).expect("the block fits"))),
        ),
        (
            "RSA-2048, public key: encrypt".to_owned(),
            Box::new(move || drop(public.encrypt_raw(&block).expect("the block fits"))),
        ),
    ]
}

fn signing(choice: KeyChoice, algorithm: SignatureAlgorithm) -> [(String, Work<'static>); 2] {
    let key = Holder::Shop.key(choice);
    let sign = move || {
        key.sign(algorithm, MESSAGE, &mut Random::new([1; 32]))
            .expect("the key signs so")
    };
    let signature = sign();
    let verify = move || {
        key.public_key()
            .verify(algorithm, MESSAGE, &signature)
            .expect("the signature is good");
    };
    let name = algorithm.name();
    [
        (format!("{name}: sign"), Box::new(move || drop(sign()))),
        (format!("{name}: verify"), Box::new(verify)),
    ]
}

fn agreeing(group: Group) -> [(String, Work<'static>); 2] {
    let generate = move |seed| {
        EphemeralKey::generate(group, &mut Random::new([seed; 32])).expect("curves are built in")
    };
    let (ours, theirs) = (generate(1), generate(2));
    [
        (
            format!("{group:?}: new key"),
            Box::new(move || drop(generate(3))),
        ),
        (
            format!("{group:?}: agree"),
            Box::new(move || drop(ours.agree(theirs.public_bytes()).expect("a good value"))),
        ),
    ]
}

fn issuing() -> [(String, Work<'static>); 2] {
    let authority = Authority::new(NOW).expect("the date has room around it");
    let spec = Spec::new(Holder::Shop);
    [
        (
            "Issuing two certificates of the authority".to_owned(),
            Box::new(|| drop(Authority::new(NOW).expect("the date has room around it"))),
        ),
        (
            "Issuing the shop's certificate".to_owned(),
            Box::new(move || drop(authority.identity(spec).expect("the authority can issue"))),
        ),
    ]
}

fn symmetric() -> [(String, Work<'static>); 3] {
    let key = AeadKey::new(Aead::Aes128Gcm, &[2; 16]).expect("the key fits");
    let mut record = vec![3; RECORD];
    let data = vec![4; RECORD];
    [
        (
            "AES-128-GCM, a record of 16 KiB".to_owned(),
            Box::new(move || {
                record.truncate(RECORD);
                key.seal_in_place([0; 12], &[], &mut record);
            }),
        ),
        (
            "SHA-256, 16 KiB".to_owned(),
            Box::new(move || drop(Hash::Sha256.of(&data))),
        ),
        (
            "PRF: a key block of 104 bytes".to_owned(),
            Box::new(|| {
                drop(prf::prf(
                    Hash::Sha256,
                    &[1; 48],
                    b"key expansion",
                    &[2; 64],
                    104,
                ));
            }),
        ),
    ]
}
