//! RSA keys: what the crate `rsa` and, for PKCS#1 signatures, `ring` do with them.

use rsa::hazmat::{rsa_decrypt_and_check, rsa_encrypt};
use rsa::pkcs1::{RsaPrivateKeyRef, RsaPublicKeyRef};
use rsa::pkcs8::{AssociatedOid, EncodePrivateKey, EncodePublicKey};
use rsa::sha2::digest::FixedOutputReset;
use rsa::sha2::{Digest, Sha256, Sha384, Sha512};
use rsa::traits::{PublicKeyParts, SignatureScheme};
use rsa::{BoxedUint, Pkcs1v15Sign, Pss, RsaPrivateKey, RsaPublicKey};

use super::{KeyError, KeyKind};
use crate::random::Random;
use crate::signature::SignatureAlgorithm;

/// An RSA public key made ready for its operation.
pub(super) struct RsaPublic(RsaPublicKey);

impl RsaPublic {
    /// Modulus and exponent of an `RSAPublicKey` (RFC 8017 Appendix A.1.1), without leading zeros.
    pub(super) fn parts(der: &[u8]) -> Result<(Vec<u8>, Vec<u8>), KeyError> {
        let key = RsaPublicKeyRef::try_from(der).map_err(KeyError::malformed(
            "RSAPublicKey (RFC 8017 Appendix A.1.1)",
        ))?;
        Ok((
            key.modulus.as_bytes().to_vec(),
            key.public_exponent.as_bytes().to_vec(),
        ))
    }

    /// The kind of a key with this modulus.
    pub(super) fn kind(modulus: &[u8]) -> KeyKind {
        let bits = match modulus.iter().position(|byte| *byte != 0) {
            Some(first) => 8 * (modulus.len() - first) - modulus[first].leading_zeros() as usize,
            None => 0,
        };
        KeyKind::Rsa {
            bits: u32::try_from(bits).unwrap_or(u32::MAX),
        }
    }

    pub(super) fn new(modulus: &[u8], exponent: &[u8]) -> Result<Self, KeyError> {
        if let KeyKind::Rsa { bits } = Self::kind(modulus)
            && !(1024..=8192).contains(&bits)
        {
            return Err(KeyError::RsaSize { bits });
        }
        let number = |bytes: &[u8]| BoxedUint::from_be_slice_vartime(bytes);
        RsaPublicKey::new(number(modulus), number(exponent))
            .map(Self)
            .map_err(|_| KeyError::Inconsistent)
    }

    pub(super) fn encrypt_raw(&self, block: &[u8]) -> Result<Vec<u8>, KeyError> {
        let number = representative(&self.0, block)?;
        let result = rsa_encrypt(&self.0, &number).map_err(|_| KeyError::Failed)?;
        Ok(octets(&self.0, &result))
    }
}

/// An RSA private key made ready for its operations.
pub(super) struct RsaSecret {
    rsa: RsaPrivateKey,
    /// ring signs more than twice as fast; it takes keys of 2048, 3072 and 4096 bits.
    #[cfg(not(target_arch = "wasm32"))]
    ring: Option<ring::signature::RsaKeyPair>,
}

impl RsaSecret {
    /// Reads an `RSAPrivateKey` (RFC 8017 Appendix A.1.2).
    pub(super) fn from_pkcs1_der(der: &[u8]) -> Result<Self, KeyError> {
        let parts = RsaPrivateKeyRef::try_from(der).map_err(KeyError::malformed(
            "RSAPrivateKey (RFC 8017 Appendix A.1.2)",
        ))?;
        if let KeyKind::Rsa { bits } = RsaPublic::kind(parts.modulus.as_bytes())
            && !(1024..=8192).contains(&bits)
        {
            return Err(KeyError::RsaSize { bits });
        }
        let rsa = RsaPrivateKey::try_from(parts).map_err(|_| KeyError::Inconsistent)?;
        Ok(Self {
            rsa,
            #[cfg(not(target_arch = "wasm32"))]
            ring: ring::signature::RsaKeyPair::from_der(der).ok(),
        })
    }

    pub(super) fn spki_der(&self) -> Result<Vec<u8>, KeyError> {
        self.rsa
            .to_public_key()
            .to_public_key_der()
            .map(|document| document.into_vec())
            .map_err(|_| KeyError::Failed)
    }

    pub(super) fn pkcs8_der(&self) -> Result<Vec<u8>, KeyError> {
        self.rsa
            .to_pkcs8_der()
            .map(|document| document.as_bytes().to_vec())
            .map_err(|_| KeyError::Failed)
    }

    pub(super) fn sign(
        &self,
        algorithm: SignatureAlgorithm,
        message: &[u8],
        random: &mut Random,
    ) -> Result<Vec<u8>, KeyError> {
        match algorithm {
            SignatureAlgorithm::RsaPssSha256 => self.sign_pss::<Sha256>(algorithm, message, random),
            SignatureAlgorithm::RsaPssSha384 => self.sign_pss::<Sha384>(algorithm, message, random),
            SignatureAlgorithm::RsaPssSha512 => self.sign_pss::<Sha512>(algorithm, message, random),
            _ => self.sign_pkcs1(algorithm, message),
        }
    }

    /// c^d mod n by the Chinese remainder theorem, checked by raising it to e again.
    pub(super) fn decrypt_raw(&self, block: &[u8]) -> Result<Vec<u8>, KeyError> {
        let number = representative(&self.rsa, block)?;
        // No blinding: the arithmetic takes the same time whatever the number.
        let result = rsa_decrypt_and_check(&self.rsa, None::<&mut Random>, &number)
            .map_err(|_| KeyError::Failed)?;
        Ok(octets(&self.rsa, &result))
    }

    /// RSASSA-PSS with a salt as long as the hash, drawn from `random` (RFC 8017 §8.1.1).
    fn sign_pss<D: Digest + FixedOutputReset>(
        &self,
        algorithm: SignatureAlgorithm,
        message: &[u8],
        random: &mut Random,
    ) -> Result<Vec<u8>, KeyError> {
        let scheme = Pss {
            blinded: false,
            digest: D::new(),
            salt_len: Some(<D as Digest>::output_size()),
        };
        scheme
            .sign(Some(random), &self.rsa, &D::digest(message))
            .map_err(|_| self.too_short(algorithm))
    }

    /// RSASSA-PKCS1-v1_5 (RFC 8017 §8.2.1); nothing about it is random.
    fn sign_pkcs1(
        &self,
        algorithm: SignatureAlgorithm,
        message: &[u8],
    ) -> Result<Vec<u8>, KeyError> {
        #[cfg(not(target_arch = "wasm32"))]
        if let Some(signature) = self.sign_pkcs1_by_ring(algorithm, message) {
            return Ok(signature);
        }
        let (scheme, hash) = match algorithm {
            SignatureAlgorithm::RsaPkcs1Sha384 => pkcs1::<Sha384>(message),
            SignatureAlgorithm::RsaPkcs1Sha512 => pkcs1::<Sha512>(message),
            _ => pkcs1::<Sha256>(message),
        };
        scheme
            .sign(None::<&mut Random>, &self.rsa, &hash)
            .map_err(|_| self.too_short(algorithm))
    }

    /// The same by ring, where it takes the key.
    ///
    /// Not in wasm32: there ring has no assembly and is no faster than `rsa` (measured), which the
    /// page carries in any case.
    #[cfg(not(target_arch = "wasm32"))]
    fn sign_pkcs1_by_ring(&self, algorithm: SignatureAlgorithm, message: &[u8]) -> Option<Vec<u8>> {
        use ring::{rand, signature};

        let key = self.ring.as_ref()?;
        let encoding: &dyn signature::RsaEncoding = match algorithm {
            SignatureAlgorithm::RsaPkcs1Sha384 => &signature::RSA_PKCS1_SHA384,
            SignatureAlgorithm::RsaPkcs1Sha512 => &signature::RSA_PKCS1_SHA512,
            _ => &signature::RSA_PKCS1_SHA256,
        };
        let mut out = vec![0; key.public().modulus_len()];
        // The random source is a formality: ring asks it for the salt of PSS and for nothing else
        // (its PKCS#1 encoding ignores it, its private operation does not blind). The test
        // `signatures_are_reproducible` holds ring to that.
        key.sign(encoding, &rand::SystemRandom::new(), message, &mut out)
            .ok()?;
        Some(out)
    }

    fn too_short(&self, algorithm: SignatureAlgorithm) -> KeyError {
        KeyError::RsaTooShort {
            bits: self.rsa.n().bits(),
            algorithm,
        }
    }
}

fn pkcs1<D: Digest + AssociatedOid>(message: &[u8]) -> (Pkcs1v15Sign, Vec<u8>) {
    (Pkcs1v15Sign::new::<D>(), D::digest(message).to_vec())
}

/// The number that `block` is (OS2IP, RFC 8017 §4.2), if it is one below the modulus.
fn representative(key: &impl PublicKeyParts, block: &[u8]) -> Result<BoxedUint, KeyError> {
    if block.len() != key.size() {
        return Err(KeyError::BlockLength {
            expected: key.size(),
            found: block.len(),
        });
    }
    let number =
        BoxedUint::from_be_slice(block, key.n_bits_precision()).map_err(|_| KeyError::Failed)?;
    if number < **key.n() {
        Ok(number)
    } else {
        Err(KeyError::BlockRange)
    }
}

/// The number as a block as long as the modulus (I2OSP, RFC 8017 §4.1). What is cut off in front
/// is zero, because the number is below the modulus; the time depends on the lengths only.
fn octets(key: &impl PublicKeyParts, number: &BoxedUint) -> Vec<u8> {
    let bytes = number.to_be_bytes();
    bytes[bytes.len() - key.size()..].to_vec()
}
