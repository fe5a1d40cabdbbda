//! ML-KEM-768, the key encapsulation of FIPS 203, by the crate `ml-kem`.
//!
//! Whoever has the encapsulation key can make a secret and a ciphertext that brings it to the holder
//! of the decapsulation key. It rests on lattices, for which no short cut is known, not even for a
//! quantum computer. As with curves, what is drawn can be set and shown here: the seed of a key pair
//! and the randomness of an encapsulation.

use std::fmt;

use ::ml_kem::ml_kem_768 as parameters;
use ::ml_kem::{B32, Decapsulate, Key, KeyExport, Seed};
use padlock_pki::random::Random;

use super::kx::KxError;

/// The length of a seed in bytes: `d`, of which the keys are made, and `z`, which answers
/// ciphertexts that are none (FIPS 203 §7.1).
pub const SEED_LENGTH: usize = 64;
/// The length of an encapsulation key in bytes (FIPS 203 §8, table 3).
pub const ENCAPSULATION_KEY_LENGTH: usize = 1184;
/// The length of a ciphertext in bytes (FIPS 203 §8, table 3).
pub const CIPHERTEXT_LENGTH: usize = 1088;
/// The length of a shared secret in bytes, and of the randomness that it is made of.
pub const SECRET_LENGTH: usize = 32;

/// The modulus of all coefficients.
const MODULUS: u16 = 3329;
/// What of an encapsulation key is coefficients, two in three bytes; a seed stands behind them.
const COEFFICIENTS: usize = 1152;

/// One side's key pair for one handshake, kept as its seed.
#[derive(Clone)]
pub struct DecapsulationKey {
    seed: [u8; SEED_LENGTH],
    public: Vec<u8>,
    key: parameters::DecapsulationKey,
}

impl DecapsulationKey {
    /// Draws a seed, and makes the key pair of it (FIPS 203 §7.1).
    #[must_use]
    pub fn generate(random: &mut Random) -> Self {
        Self::from_seed(random.bytes())
    }

    /// The key pair of this seed, `d || z` (FIPS 203 §6.1).
    #[must_use]
    pub fn from_seed(seed: [u8; SEED_LENGTH]) -> Self {
        let key = parameters::DecapsulationKey::from_seed(Seed::from(seed));
        let public = key.encapsulation_key().to_bytes().to_vec();
        Self { seed, public, key }
    }

    /// The seed. It is for showing and for reproducing; see SECURITY.md.
    #[must_use]
    pub const fn seed(&self) -> &[u8; SEED_LENGTH] {
        &self.seed
    }

    /// The encapsulation key as it travels.
    #[must_use]
    pub fn encapsulation_key(&self) -> &[u8] {
        &self.public
    }

    /// The secret in a ciphertext (FIPS 203 §7.3). One that was not made with the encapsulation
    /// key gives a secret too, which nobody else has: the handshake fails later.
    ///
    /// # Errors
    /// [`KxError::Length`] if it is not [`CIPHERTEXT_LENGTH`] bytes long.
    pub fn decapsulate(&self, ciphertext: &[u8]) -> Result<[u8; SECRET_LENGTH], KxError> {
        let ciphertext: &[u8; CIPHERTEXT_LENGTH] =
            sized(ciphertext).ok_or_else(|| length(CIPHERTEXT_LENGTH, ciphertext))?;
        Ok(self.key.decapsulate(&(*ciphertext).into()).into())
    }
}

/// Shows the public half only.
impl fmt::Debug for DecapsulationKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DecapsulationKey")
            .field("public", &self.public)
            .finish_non_exhaustive()
    }
}

/// A secret and the ciphertext that brings it to the holder of the decapsulation key, made with this
/// randomness (FIPS 203 §6.2, §7.2).
///
/// # Errors
/// [`KxError::Length`] if the key is not [`ENCAPSULATION_KEY_LENGTH`] bytes long;
/// [`KxError::EncapsulationKey`] if it fails the check of its coefficients, see [`reduced`].
pub fn encapsulate(
    encapsulation_key: &[u8],
    randomness: [u8; SECRET_LENGTH],
) -> Result<(Vec<u8>, [u8; SECRET_LENGTH]), KxError> {
    let bytes: &[u8; ENCAPSULATION_KEY_LENGTH] = sized(encapsulation_key)
        .ok_or_else(|| length(ENCAPSULATION_KEY_LENGTH, encapsulation_key))?;
    let bytes: &Key<parameters::EncapsulationKey> = bytes.into();
    let key = parameters::EncapsulationKey::new(bytes).map_err(|_| KxError::EncapsulationKey)?;
    let (ciphertext, secret) = key.encapsulate_deterministic(&B32::from(randomness));
    Ok((ciphertext.to_vec(), secret.into()))
}

/// The encapsulation key with each coefficient reduced by the modulus: a right one is the same
/// (FIPS 203 §7.2, "modulus check").
///
/// ```text
/// ByteEncode12(ByteDecode12(ek[0 : 384k])) = ek[0 : 384k]
/// ```
#[must_use]
pub fn reduced(encapsulation_key: &[u8]) -> Vec<u8> {
    let mut all = encapsulation_key.to_vec();
    let end = all.len().min(COEFFICIENTS);
    for three in all[..end].chunks_exact_mut(3) {
        if let [low, middle, high] = three {
            let first = u16::from_le_bytes([*low, *middle & 0x0f]) % MODULUS;
            let second = (u16::from(*high) << 4 | u16::from(*middle >> 4)) % MODULUS;
            let both = (u32::from(first) | u32::from(second) << 12).to_le_bytes();
            [*low, *middle, *high] = [both[0], both[1], both[2]];
        }
    }
    all
}

fn sized<const N: usize>(bytes: &[u8]) -> Option<&[u8; N]> {
    bytes.try_into().ok()
}

const fn length(expected: usize, given: &[u8]) -> KxError {
    let given = given.len();
    KxError::Length { expected, given }
}
