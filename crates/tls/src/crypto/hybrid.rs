//! Hybrid groups: a curve and ML-KEM side by side (RFC 10024).
//!
//! Both secrets go into the key schedule, one after the other: who wants to read along has to break
//! both. A key share is both shares, one after the other, in the same order.

use std::ops::Range;

use padlock_pki::random::Random;

use super::kx::{EphemeralKey, Group, KxError};
use super::ml_kem::{self, DecapsulationKey};

/// A curve, and in which order it goes with ML-KEM-768.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Hybrid {
    /// ML-KEM-768, then X25519.
    X25519MlKem768,
    /// P-256, then ML-KEM-768.
    Secp256r1MlKem768,
}

/// Where the two parts of a share stand.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Parts {
    /// What is of ML-KEM: the encapsulation key of a client, the ciphertext of a server.
    pub ml_kem: Range<usize>,
    /// The public key on the curve.
    pub curve: Range<usize>,
}

impl Hybrid {
    /// The curve.
    #[must_use]
    pub const fn group(self) -> Group {
        match self {
            Self::X25519MlKem768 => Group::X25519,
            Self::Secp256r1MlKem768 => Group::Secp256r1,
        }
    }

    /// Whether what is of ML-KEM goes first. NIST wants a method of its own in front; X25519 is none.
    #[must_use]
    pub const fn puts_ml_kem_first(self) -> bool {
        matches!(self, Self::X25519MlKem768)
    }

    /// The two in the order that belongs to the group.
    pub fn ordered<T>(self, ml_kem: T, curve: T) -> [T; 2] {
        match self.puts_ml_kem_first() {
            true => [ml_kem, curve],
            false => [curve, ml_kem],
        }
    }

    /// The parts of a client's share.
    ///
    /// # Errors
    /// [`KxError::Length`] if it has another length.
    pub fn client_parts(self, share: &[u8]) -> Result<Parts, KxError> {
        self.parts(ml_kem::ENCAPSULATION_KEY_LENGTH, share)
    }

    /// The parts of a server's share.
    ///
    /// # Errors
    /// [`KxError::Length`] if it has another length.
    pub fn server_parts(self, share: &[u8]) -> Result<Parts, KxError> {
        self.parts(ml_kem::CIPHERTEXT_LENGTH, share)
    }

    fn parts(self, ml_kem: usize, share: &[u8]) -> Result<Parts, KxError> {
        let curve = self.group().public_length();
        let (expected, given) = (ml_kem + curve, share.len());
        if expected != given {
            return Err(KxError::Length { expected, given });
        }
        Ok(match self.puts_ml_kem_first() {
            true => Parts {
                ml_kem: 0..ml_kem,
                curve: ml_kem..expected,
            },
            false => Parts {
                ml_kem: curve..expected,
                curve: 0..curve,
            },
        })
    }
}

/// A client's two key pairs for one handshake.
#[derive(Clone, Debug)]
pub struct HybridKey {
    /// What the parts are, and their order.
    pub hybrid: Hybrid,
    /// The key pair of ML-KEM.
    pub ml_kem: DecapsulationKey,
    /// The key pair on the curve.
    pub curve: EphemeralKey,
}

impl HybridKey {
    /// Draws both, each from randomness of its own.
    ///
    /// # Errors
    /// [`KxError::NotBuiltIn`] in a program without curves.
    pub fn generate(hybrid: Hybrid, random: &mut Random) -> Result<Self, KxError> {
        let ml_kem = DecapsulationKey::generate(&mut random.fork("ML-KEM"));
        let curve = EphemeralKey::generate(hybrid.group(), random)?;
        Ok(Self {
            hybrid,
            ml_kem,
            curve,
        })
    }
}
