//! What is calculated on elliptic curves: bytes in, bytes out.
//!
//! Four crates do it: `p256`, `p384` and `x25519-dalek` where a private value has to be set, shown
//! or reproduced, `ring` where signatures are verified and for Ed25519. Nothing above this crate
//! names their types, so a program can be built without any of them: without the feature `built-in`
//! every function answers [`Fault::NotBuiltIn`].

use std::{error, fmt};

#[cfg(feature = "built-in")]
mod built_in;
#[cfg(not(feature = "built-in"))]
#[path = "left_out.rs"]
mod built_in;
#[cfg(feature = "built-in")]
mod ecdsa;

/// A curve, and what its keys are for.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Curve {
    /// NIST P-256 (FIPS 186-5), for ECDSA and for key agreement; SEC 2 names it secp256r1.
    P256,
    /// NIST P-384 (FIPS 186-5), for ECDSA and for key agreement; SEC 2 names it secp384r1.
    P384,
    /// Curve25519 by its u-coordinate (RFC 7748), for key agreement.
    X25519,
    /// Edwards25519 (RFC 8032), for signatures.
    Ed25519,
}

impl Curve {
    /// The length of a private value in bytes, which is that of a coordinate.
    #[must_use]
    pub const fn private_length(self) -> usize {
        match self {
            Self::P384 => 48,
            Self::P256 | Self::X25519 | Self::Ed25519 => 32,
        }
    }

    /// The length of a public value in bytes: an uncompressed point on the P- curves, else one
    /// coordinate.
    #[must_use]
    pub const fn public_length(self) -> usize {
        match self {
            Self::P256 | Self::P384 => 1 + 2 * self.private_length(),
            Self::X25519 | Self::Ed25519 => 32,
        }
    }
}

/// A sort of signature on a curve.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Scheme {
    /// ECDSA on P-256 with SHA-256.
    P256Sha256,
    /// ECDSA on P-256 with SHA-384.
    P256Sha384,
    /// ECDSA on P-384 with SHA-256.
    P384Sha256,
    /// ECDSA on P-384 with SHA-384.
    P384Sha384,
    /// Ed25519 (RFC 8032 §5.1).
    Ed25519,
}

/// Why nothing was calculated.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Fault {
    /// A value that is no private value, no point of the curve, or no valid signature.
    Refused,
    /// The curve does no such thing: nobody agrees on a secret with Ed25519.
    WrongCurve,
    /// This program was built without curves.
    NotBuiltIn,
}

/// The public value of a private one: `0x04 || X || Y` (SEC 1 §2.3.3) on the P- curves, else one
/// coordinate of 32 bytes.
///
/// # Errors
/// [`Fault::Refused`] for a private value of another length than [`Curve::private_length`], and on
/// the P- curves for zero and for what is not below the order.
pub fn public_value(curve: Curve, private: &[u8]) -> Result<Vec<u8>, Fault> {
    built_in::public_value(curve, private)
}

/// The point `0x04 || X || Y` that these octets of a P- curve stand for, compressed or not (SEC 1 §2.3.4).
///
/// # Errors
/// [`Fault::Refused`] for what is not a point of the curve; [`Fault::WrongCurve`].
pub fn point(curve: Curve, point: &[u8]) -> Result<Vec<u8>, Fault> {
    built_in::point(curve, point)
}

/// The secret shared with the holder of a public value: one coordinate, leading zeros kept
/// (RFC 7748 §6.1, SEC 1 §3.3.1). X25519 gives zeros for a point of small order, which its user
/// has to refuse.
///
/// # Errors
/// [`Fault::Refused`] for a private value as in [`public_value`], or a public one that is not on the
/// curve; [`Fault::WrongCurve`].
pub fn agree(curve: Curve, private: &[u8], public: &[u8]) -> Result<Vec<u8>, Fault> {
    built_in::agree(curve, private, public)
}

/// The ECDSA signature of a digest, `r || s`, each as long as a private value (FIPS 186-5 §6.4.1).
/// Its nonce comes from key and digest (RFC 6979), by a generator that is keyed with SHA-256 for
/// P-256 and SHA-384 for P-384.
///
/// # Errors
/// [`Fault::Refused`] for a private value as in [`public_value`]; [`Fault::WrongCurve`].
pub fn sign_digest(curve: Curve, private: &[u8], digest: &[u8]) -> Result<Vec<u8>, Fault> {
    built_in::sign_digest(curve, private, digest)
}

/// The Ed25519 signature of a message, 64 bytes (RFC 8032 §5.1.6).
///
/// # Errors
/// [`Fault::Refused`] for a private value that is not of 32 bytes.
pub fn sign_message(private: &[u8], message: &[u8]) -> Result<Vec<u8>, Fault> {
    built_in::sign_message(private, message)
}

/// Checks a signature: for ECDSA the DER of `Ecdsa-Sig-Value` (RFC 3279 §2.2.3), for Ed25519 its 64
/// bytes.
///
/// # Errors
/// [`Fault::Refused`] if it is not one over the message by the holder of the public value.
pub fn verify(
    scheme: Scheme,
    public: &[u8],
    message: &[u8],
    signature: &[u8],
) -> Result<(), Fault> {
    built_in::verify(scheme, public, message, signature)
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Refused => "the value does not belong to the curve",
            Self::WrongCurve => "the curve is for something else",
            Self::NotBuiltIn => "this program was built without elliptic curves",
        })
    }
}

impl error::Error for Fault {}
