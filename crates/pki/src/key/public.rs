//! Public keys.

use core::fmt;
use std::sync::{Arc, OnceLock};

use der::oid::ObjectIdentifier;
use padlock_curves::{self as curves, Curve, Fault, Scheme};
use ring::signature::{self, UnparsedPublicKey, VerificationAlgorithm};

use super::rsa::RsaPublic;
use super::{
    EC_PUBLIC_KEY, ED25519, KeyError, KeyKind, RSA_ENCRYPTION, SECP256R1, SECP384R1, read,
};
use crate::explain::der::{BIT_STRING, Reader, SEQUENCE};
use crate::signature::SignatureAlgorithm;

/// A public key, as a certificate carries it.
#[derive(Clone)]
pub struct PublicKey(Arc<Inner>);

struct Inner {
    kind: KeyKind,
    spki: Vec<u8>,
    /// The key in the form that ring takes: `RSAPublicKey`, an uncompressed point, or 32 bytes.
    bytes: Vec<u8>,
    /// The two numbers of an RSA key.
    rsa_parts: Option<(Vec<u8>, Vec<u8>)>,
    /// The RSA key made ready to encrypt, when first asked to.
    rsa: OnceLock<RsaPublic>,
}

impl PublicKey {
    /// Reads a `SubjectPublicKeyInfo` (RFC 5280 §4.1.2.7).
    ///
    /// A key of a kind that Padlock does not use is no error: it is [`KeyKind::Other`]. Whether
    /// anybody may rely on the key is another question: [`Self::check_fitness`].
    ///
    /// # Errors
    /// [`KeyError::Malformed`] where the bytes are not DER or not a key of the kind they name.
    pub fn from_spki_der(der: &[u8]) -> Result<Self, KeyError> {
        let (identifier, curve, bits) = parts(der).ok_or(KeyError::Malformed {
            structure: "SubjectPublicKeyInfo (RFC 5280 §4.1)",
        })?;
        let mut rsa_parts = None;
        let (kind, bytes) = match (identifier, curve) {
            (RSA_ENCRYPTION, _) => {
                let parts = RsaPublic::parts(bits)?;
                let kind = RsaPublic::kind(&parts.0);
                rsa_parts = Some(parts);
                (kind, bits.to_vec())
            }
            (EC_PUBLIC_KEY, Some(SECP256R1)) => (KeyKind::P256, uncompressed(Curve::P256, bits)?),
            (EC_PUBLIC_KEY, Some(SECP384R1)) => (KeyKind::P384, uncompressed(Curve::P384, bits)?),
            (ED25519, _) if bits.len() == 32 => (KeyKind::Ed25519, bits.to_vec()),
            (ED25519, _) => {
                return Err(KeyError::Malformed {
                    structure: "an Ed25519 public key of 32 bytes (RFC 8410 §4)",
                });
            }
            (EC_PUBLIC_KEY, Some(identifier)) | (identifier, _) => {
                (KeyKind::Other { identifier }, bits.to_vec())
            }
        };
        Ok(Self(Arc::new(Inner {
            kind,
            spki: der.to_vec(),
            bytes,
            rsa_parts,
            rsa: OnceLock::new(),
        })))
    }

    /// The `SubjectPublicKeyInfo` in DER, as it was read.
    #[must_use]
    pub fn spki_der(&self) -> &[u8] {
        &self.0.spki
    }

    /// What sort of key it is.
    #[must_use]
    pub fn kind(&self) -> KeyKind {
        self.0.kind
    }

    /// Modulus and public exponent of an RSA key, big-endian without leading zeros.
    #[must_use]
    pub fn rsa_parts(&self) -> Option<(&[u8], &[u8])> {
        self.0
            .rsa_parts
            .as_ref()
            .map(|(modulus, exponent)| (modulus.as_slice(), exponent.as_slice()))
    }

    /// The contents of `subjectPublicKey`, as they were read.
    pub(crate) fn subject_public_key(&self) -> &[u8] {
        parts(&self.0.spki).map_or(&[], |(_, _, bits)| bits)
    }

    /// The key alone, without the algorithm's name: the point of an elliptic curve key
    /// (uncompressed, SEC 1 §2.3.3), an Ed25519 key's 32 bytes, or an RSA key's `RSAPublicKey`.
    #[must_use]
    pub fn key_bytes(&self) -> &[u8] {
        &self.0.bytes
    }

    /// Checks that `signature` is one by this key over `message`.
    ///
    /// # Errors
    /// [`KeyError::SignatureInvalid`] if it is not; [`KeyError::WrongAlgorithm`],
    /// [`KeyError::RsaSize`] or [`KeyError::RsaTooShort`] if this key makes no such signatures.
    pub fn verify(
        &self,
        algorithm: SignatureAlgorithm,
        message: &[u8],
        signature: &[u8],
    ) -> Result<(), KeyError> {
        let scheme = match algorithm {
            _ if !algorithm.fits(self.kind()) => {
                let key = self.kind();
                return Err(KeyError::WrongAlgorithm { key, algorithm });
            }
            SignatureAlgorithm::EcdsaP256Sha256 => Scheme::P256Sha256,
            SignatureAlgorithm::EcdsaP256Sha384 => Scheme::P256Sha384,
            SignatureAlgorithm::EcdsaP384Sha256 => Scheme::P384Sha256,
            SignatureAlgorithm::EcdsaP384Sha384 => Scheme::P384Sha384,
            SignatureAlgorithm::Ed25519 => Scheme::Ed25519,
            _ => {
                return UnparsedPublicKey::new(self.rsa_verification(algorithm)?, &self.0.bytes)
                    .verify(message, signature)
                    .map_err(|_| KeyError::SignatureInvalid);
            }
        };
        curves::verify(scheme, &self.0.bytes, message, signature).map_err(|fault| match fault {
            Fault::Refused => KeyError::SignatureInvalid,
            other => KeyError::Curve(other),
        })
    }

    /// Encrypts one block: `block`ᵉ mod n (RFC 8017 §5.1.1). `block` is already padded and as long
    /// as the modulus.
    ///
    /// # Errors
    /// [`KeyError::NotRsa`]; [`KeyError::RsaSize`]; [`KeyError::BlockLength`] or
    /// [`KeyError::BlockRange`] for a block that is no number below the modulus.
    pub fn encrypt_raw(&self, block: &[u8]) -> Result<Vec<u8>, KeyError> {
        let Some((modulus, exponent)) = self.rsa_parts() else {
            return Err(KeyError::NotRsa(self.kind()));
        };
        let rsa = match self.0.rsa.get() {
            Some(rsa) => rsa,
            None => {
                let rsa = RsaPublic::new(modulus, exponent)?;
                self.0.rsa.get_or_init(|| rsa)
            }
        };
        rsa.encrypt_raw(block)
    }

    fn rsa_verification(
        &self,
        algorithm: SignatureAlgorithm,
    ) -> Result<&'static dyn VerificationAlgorithm, KeyError> {
        use SignatureAlgorithm as A;
        let key = self.kind();
        let KeyKind::Rsa { bits } = key else {
            return Err(KeyError::NotRsa(key));
        };
        if !(1024..=8192).contains(&bits) {
            return Err(KeyError::RsaSize { bits });
        }
        Ok(match algorithm {
            // Certificates with keys below 2048 bits are still met; their signatures are verified
            // so that the verdict can name the key as the weakness, not the signature
            // (`CheckKind::KeyStrength`).
            A::RsaPkcs1Sha256 => &signature::RSA_PKCS1_1024_8192_SHA256_FOR_LEGACY_USE_ONLY,
            A::RsaPkcs1Sha512 => &signature::RSA_PKCS1_1024_8192_SHA512_FOR_LEGACY_USE_ONLY,
            _ if bits < 2048 => return Err(KeyError::RsaTooShort { bits, algorithm }),
            A::RsaPkcs1Sha384 => &signature::RSA_PKCS1_2048_8192_SHA384,
            A::RsaPssSha256 => &signature::RSA_PSS_2048_8192_SHA256,
            A::RsaPssSha384 => &signature::RSA_PSS_2048_8192_SHA384,
            A::RsaPssSha512 => &signature::RSA_PSS_2048_8192_SHA512,
            _ => return Err(KeyError::WrongAlgorithm { key, algorithm }),
        })
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PublicKey({})", self.kind())
    }
}

impl Eq for PublicKey {}

impl PartialEq for PublicKey {
    fn eq(&self, other: &Self) -> bool {
        self.0.spki == other.0.spki
    }
}

/// The two object identifiers of the algorithm, if its parameters are one, and the key.
///
/// ```text
/// SubjectPublicKeyInfo ::= SEQUENCE {
///      algorithm            AlgorithmIdentifier,
///      subjectPublicKey     BIT STRING  }
/// ```
fn parts(der: &[u8]) -> Option<(ObjectIdentifier, Option<ObjectIdentifier>, &[u8])> {
    let mut whole = Reader::new(der);
    let mut fields = whole.next_if(SEQUENCE)?.values();
    let mut algorithm = fields.next_if(SEQUENCE)?.values();
    let identifier = algorithm.next().as_ref().and_then(read::identifier)?;
    let curve = algorithm.next().as_ref().and_then(read::identifier);
    let bits = read::whole_octets(&fields.next_if(BIT_STRING)?)?;
    let is_whole = algorithm.is_at_end() && fields.is_at_end() && whole.is_at_end();
    is_whole.then_some((identifier, curve, bits))
}

/// The uncompressed form of a point. Whether an uncompressed one lies on the curve is for
/// [`PublicKey::check_fitness`] and for whoever verifies with it.
fn uncompressed(curve: Curve, point: &[u8]) -> Result<Vec<u8>, KeyError> {
    match point {
        [4, ..] if point.len() == curve.public_length() => Ok(point.to_vec()),
        [2 | 3, ..] => curves::point(curve, point).map_err(|fault| match fault {
            Fault::Refused => NO_POINT,
            other => KeyError::Curve(other),
        }),
        _ => Err(NO_POINT),
    }
}

pub(super) const NO_POINT: KeyError = KeyError::Malformed {
    structure: "a point of its curve (RFC 5480 §2.2)",
};
