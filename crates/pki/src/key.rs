//! Keys: public ones that verify and encrypt, private ones that sign and decrypt.
//!
//! A key is parsed once and can then be used again and again; cloning it shares it.
//!
//! Which crate does what: `ring` verifies RSA's signatures and, natively, makes those of PKCS#1.
//! What it has not is done here: the bare private and public operations that RSA key transport
//! consists of, and RSA-PSS with a given salt. Everything on curves is done by `padlock-curves`;
//! the ECDSA signatures are deterministic (RFC 6979), because a run must be reproducible.

mod error;
mod fitness;
mod private;
mod public;
mod read;
mod rsa;

use core::fmt;

use der::oid::ObjectIdentifier;

pub use error::KeyError;
pub(crate) use fitness::can_sign;
pub use padlock_curves::Curve;
pub use private::PrivateKey;
pub use public::PublicKey;
#[cfg(feature = "study")]
pub use rsa::{RSA_LENGTHS, RsaGeneration, RsaProgress};

/// What sort of key it is.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum KeyKind {
    /// RSA (RFC 8017), for signatures and for encryption.
    Rsa {
        /// Length of the modulus.
        bits: u32,
    },
    /// On the curve P-256, also called secp256r1 and prime256v1 (FIPS 186-5).
    P256,
    /// On the curve P-384, also called secp384r1.
    P384,
    /// Ed25519 (RFC 8032).
    Ed25519,
    /// A public key that can be shown but not used here.
    Other {
        /// The curve, if it is a key on a named curve, else the algorithm.
        identifier: ObjectIdentifier,
    },
}

impl fmt::Display for KeyKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rsa { bits } => write!(f, "RSA, {bits} bits"),
            Self::P256 => f.write_str("ECDSA P-256"),
            Self::P384 => f.write_str("ECDSA P-384"),
            Self::Ed25519 => f.write_str("Ed25519"),
            Self::Other { identifier } => {
                match OTHERS.iter().find(|(known, _)| known == identifier) {
                    Some((_, name)) => f.write_str(name),
                    None => write!(f, "unknown kind {identifier}"),
                }
            }
        }
    }
}

/// `rsaEncryption` (RFC 8017 Appendix C).
const RSA_ENCRYPTION: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
/// `id-ecPublicKey` (RFC 5480 §2.1.1); the curve is its parameter.
const EC_PUBLIC_KEY: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");
/// `secp256r1` (RFC 5480 §2.1.1.1).
const SECP256R1: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.3.1.7");
/// `secp384r1` (RFC 5480 §2.1.1.1).
const SECP384R1: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.132.0.34");
/// `id-Ed25519` (RFC 8410 §3).
const ED25519: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.101.112");

/// `id-RSASSA-PSS` (RFC 4055 §3.1).
const RSASSA_PSS: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.10");
/// `id-X25519` (RFC 8410 §3).
const X25519: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.101.110");

/// Kinds of keys that one meets but that Padlock does not use.
const OTHERS: [(ObjectIdentifier, &str); 9] = [
    (EC_PUBLIC_KEY, "ECDSA on a curve without a name"),
    (RSASSA_PSS, "RSA for PSS only"),
    (ObjectIdentifier::new_unwrap("1.3.132.0.33"), "ECDSA P-224"),
    (ObjectIdentifier::new_unwrap("1.3.132.0.35"), "ECDSA P-521"),
    (
        ObjectIdentifier::new_unwrap("1.3.132.0.10"),
        "ECDSA secp256k1",
    ),
    (X25519, "X25519"),
    (ObjectIdentifier::new_unwrap("1.3.101.111"), "X448"),
    (ObjectIdentifier::new_unwrap("1.3.101.113"), "Ed448"),
    (ObjectIdentifier::new_unwrap("1.2.840.10040.4.1"), "DSA"),
];
