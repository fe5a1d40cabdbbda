//! The primitives that TLS is made of, each behind the narrowest interface that serves it.
//!
//! `ring` does AEAD, HMAC and digests. What it cannot do or will not show is done by RustCrypto and
//! dalek: AES-CBC, CCM, and key agreement whose private values can be set from a seed and shown, ML-KEM
//! among it. No other module of this crate names one of those crates.
//!
//! Secrets here can be read by whoever holds the value: showing them is what Padlock is for, and
//! the reason why it protects nothing (SECURITY.md).

pub mod aead;
pub mod cbc;
pub mod cbc_hmac;
#[cfg(feature = "tls13")]
mod ccm;
mod error;
mod header;
pub mod hkdf;
#[cfg(feature = "tls13")]
pub mod hybrid;
pub mod kx;
pub mod mac;
#[cfg(feature = "tls13")]
pub mod ml_kem;
pub mod pkcs1;
pub mod prf;

pub use error::{KeyLengthError, OpenError};
pub use header::RecordHeader;
use padlock_pki::digest::Hash;
use ring::hmac;
use subtle::ConstantTimeEq;

/// HMAC(key, data) as RFC 2104 §2 defines it: `H(K XOR opad, H(K XOR ipad, text))`.
#[must_use]
pub fn hmac(hash: Hash, key: &[u8], data: &[u8]) -> Vec<u8> {
    hmac::sign(&hmac_key(hash, key), data).as_ref().to_vec()
}

/// Whether two byte strings are the same, in a time that tells their lengths only.
#[must_use]
pub fn equal(a: &[u8], b: &[u8]) -> bool {
    a.ct_eq(b).into()
}

/// A key whose two padded blocks are already hashed.
fn hmac_key(hash: Hash, key: &[u8]) -> hmac::Key {
    let algorithm = match hash {
        Hash::Sha1 => hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY,
        Hash::Sha256 => hmac::HMAC_SHA256,
        Hash::Sha384 => hmac::HMAC_SHA384,
        Hash::Sha512 => hmac::HMAC_SHA512,
    };
    hmac::Key::new(algorithm, key)
}
