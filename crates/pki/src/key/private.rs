//! Private keys.

use core::fmt;
use std::sync::Arc;

use der::oid::ObjectIdentifier;
use padlock_curves::{self as curves, Curve};

use super::rsa::RsaSecret;
use super::{
    EC_PUBLIC_KEY, ED25519, KeyError, KeyKind, PublicKey, RSA_ENCRYPTION, SECP256R1, SECP384R1,
    X25519, read,
};
use crate::explain::der::{NULL, OCTET_STRING, constructed};
use crate::pem;
use crate::random::Random;
use crate::signature::SignatureAlgorithm;
use crate::write;

/// A private key with its public one.
#[derive(Clone)]
pub struct PrivateKey(Arc<Inner>);

struct Inner {
    secret: Secret,
    public: PublicKey,
}

pub(super) enum Secret {
    Rsa(Box<RsaSecret>),
    /// A private value, as long as those of its curve are.
    Curve(Curve, Vec<u8>),
}

impl PrivateKey {
    /// Reads the first private key in a PEM text, whatever stands around it: PKCS#8 ("PRIVATE
    /// KEY", RFC 5958), PKCS#1 ("RSA PRIVATE KEY", RFC 8017 Appendix A.1.2) or SEC1 ("EC PRIVATE
    /// KEY", RFC 5915).
    ///
    /// # Errors
    /// [`KeyError`]: no such block, one that is encrypted or of a kind that is not supported, or
    /// one whose bytes are broken; with the line of the block.
    pub fn from_pem(text: &str) -> Result<Self, KeyError> {
        read::private_key(text)
    }

    /// Reads a PKCS#8 `PrivateKeyInfo` in DER (RFC 5208 §5, RFC 5958 §2).
    ///
    /// # Errors
    /// [`KeyError`] as for [`PrivateKey::from_pem`].
    pub fn from_pkcs8_der(der: &[u8]) -> Result<Self, KeyError> {
        read::pkcs8(der)
    }

    /// The RSA key that is made of these two primes, one after the other, as long as each other and
    /// the greater one first; its public exponent is 65,537.
    pub(crate) fn from_trusted_primes(primes: &[u8]) -> Result<Self, KeyError> {
        let (first, second) = primes.split_at(primes.len() / 2);
        let key = RsaSecret::from_trusted_primes(first, second)?;
        Self::new(Secret::Rsa(Box::new(key)))
    }

    /// A new key on a curve that signs.
    ///
    /// # Panics
    /// If the curve is one for key agreement only, or if the program was built without curves.
    #[must_use]
    pub fn generate(curve: Curve, random: &mut Random) -> Self {
        // Nearly every number is a private value: the others are zero and those above the order
        // ("testing candidates", FIPS 186-5 A.2.2).
        let drawn = (0..64).find_map(|_| {
            let mut private = vec![0; curve.private_length()];
            random.fill(&mut private);
            Self::on_curve(curve, private).ok()
        });
        drawn.expect("64 draws in a row are out of range only where there are no curves")
    }

    /// What sort of key it is.
    #[must_use]
    pub fn kind(&self) -> KeyKind {
        self.0.public.kind()
    }

    /// The public key that belongs to it.
    #[must_use]
    pub fn public_key(&self) -> &PublicKey {
        &self.0.public
    }

    /// The key as a PKCS#8 `PrivateKeyInfo` in DER (RFC 5208 §5).
    ///
    /// # Errors
    /// [`KeyError::Failed`], which no key that was read or generated here gives.
    pub fn to_pkcs8_der(&self) -> Result<Vec<u8>, KeyError> {
        let bytes = self.0.public.key_bytes();
        Ok(match &self.0.secret {
            Secret::Rsa(key) => pkcs8(&rsa_identifier(), key.pkcs1_der()),
            // CurvePrivateKey ::= OCTET STRING (RFC 8410 §7)
            Secret::Curve(curve @ Curve::Ed25519, seed) => {
                let key = write::value(OCTET_STRING, &[seed]);
                pkcs8(&curve_identifier(*curve), &key)
            }
            Secret::Curve(curve, private) => {
                pkcs8(&curve_identifier(*curve), &sec1(private, bytes))
            }
        })
    }

    /// The key as PEM, "PRIVATE KEY".
    ///
    /// # Errors
    /// As [`PrivateKey::to_pkcs8_der`].
    pub fn to_pkcs8_pem(&self) -> Result<String, KeyError> {
        Ok(pem::encode("PRIVATE KEY", &self.to_pkcs8_der()?))
    }

    /// Signs `message`.
    ///
    /// Only RSA-PSS draws from `random` (its salt). ECDSA derives its nonce from key and message
    /// (RFC 6979; the generator inside is keyed with the curve's own hash, SHA-256 for P-256 and
    /// SHA-384 for P-384, also where the message was hashed by the other) and gives the DER of
    /// `Ecdsa-Sig-Value` (RFC 3279 §2.2.3).
    ///
    /// # Errors
    /// [`KeyError::WrongAlgorithm`] if a key of this kind makes no such signatures;
    /// [`KeyError::RsaTooShort`] if the encoded hash does not fit into the modulus.
    pub fn sign(
        &self,
        algorithm: SignatureAlgorithm,
        message: &[u8],
        random: &mut Random,
    ) -> Result<Vec<u8>, KeyError> {
        if !algorithm.fits(self.kind()) {
            return Err(KeyError::WrongAlgorithm {
                key: self.kind(),
                algorithm,
            });
        }
        match (&self.0.secret, algorithm.hash()) {
            (Secret::Rsa(key), _) => key.sign(algorithm, message, random),
            (Secret::Curve(curve, private), Some(hash)) => {
                let numbers = curves::sign_digest(*curve, private, &hash.of(message))?;
                let (r, s) = numbers.split_at(numbers.len() / 2);
                Ok(write::sequence(&[&write::natural(r), &write::natural(s)]))
            }
            (Secret::Curve(_, seed), None) => Ok(curves::sign_message(seed, message)?),
        }
    }

    /// Signs `message` with RSASSA-PKCS1-v1_5 and SHA-1, as was usual until 2014: for a certificate
    /// that shows what becomes of it, and for nothing else. SHA-1 can be deceived (RFC 9155 §1), so
    /// [`SignatureAlgorithm`] does not have it and [`PrivateKey::sign`] does not offer it.
    pub(crate) fn sign_with_weak_sha1(&self, message: &[u8]) -> Result<Vec<u8>, KeyError> {
        match &self.0.secret {
            Secret::Rsa(key) => key.sign_with_weak_sha1(message),
            _ => Err(KeyError::NotRsa(self.kind())),
        }
    }

    /// Decrypts one block: `block`^d mod n (RFC 8017 §5.1.2). The result is as long as the modulus
    /// and still padded: taking the padding off in a way that betrays nothing is the protocol's
    /// business (RFC 5246 §7.4.7.1).
    ///
    /// # Errors
    /// [`KeyError::NotRsa`]; [`KeyError::BlockLength`] or [`KeyError::BlockRange`] for a block that
    /// is no number below the modulus.
    pub fn decrypt_raw(&self, block: &[u8]) -> Result<Vec<u8>, KeyError> {
        match &self.0.secret {
            Secret::Rsa(key) => key.decrypt_raw(block),
            _ => Err(KeyError::NotRsa(self.kind())),
        }
    }

    /// A key on a curve that signs, from its private value.
    pub(super) fn on_curve(curve: Curve, private: Vec<u8>) -> Result<Self, KeyError> {
        Self::new(Secret::Curve(curve, private))
    }

    pub(super) fn new(secret: Secret) -> Result<Self, KeyError> {
        let (identifier, bits) = match &secret {
            Secret::Rsa(key) => (rsa_identifier(), key.public_key_der()),
            Secret::Curve(curve, private) => (
                curve_identifier(*curve),
                curves::public_value(*curve, private)?,
            ),
        };
        let spki = write::sequence(&[&identifier, &write::bit_string(&bits)]);
        let public = PublicKey::from_spki_der(&spki)?;
        Ok(Self(Arc::new(Inner { secret, public })))
    }
}

/// Shows the kind only. Where Padlock shows a private key, it does so on purpose, by
/// [`PrivateKey::to_pkcs8_der`].
impl fmt::Debug for PrivateKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PrivateKey({})", self.kind())
    }
}

/// ```text
/// PrivateKeyInfo ::= SEQUENCE {
///   version             INTEGER (v1(0)),
///   privateKeyAlgorithm AlgorithmIdentifier,
///   privateKey          OCTET STRING }
/// ```
fn pkcs8(algorithm: &[u8], private_key: &[u8]) -> Vec<u8> {
    let version = write::natural(&[0]);
    write::sequence(&[
        &version,
        algorithm,
        &write::value(OCTET_STRING, &[private_key]),
    ])
}

/// `ECPrivateKey` (RFC 5915 §3) without the curve, which PKCS#8 names outside.
fn sec1(private_key: &[u8], point: &[u8]) -> Vec<u8> {
    write::sequence(&[
        &write::natural(&[1]),
        &write::value(OCTET_STRING, &[private_key]),
        &write::value(constructed(1), &[&write::bit_string(point)]),
    ])
}

/// The `AlgorithmIdentifier` of RSA keys (RFC 8017 Appendix A.1).
fn rsa_identifier() -> Vec<u8> {
    write::sequence(&[&write::object_identifier(&RSA_ENCRYPTION), &[NULL, 0]])
}

/// That of keys on a curve (RFC 5480 §2.1.1, RFC 8410 §3).
fn curve_identifier(curve: Curve) -> Vec<u8> {
    let on_curve = |name: &ObjectIdentifier| {
        let [key, curve] = [&EC_PUBLIC_KEY, name].map(write::object_identifier);
        write::sequence(&[&key, &curve])
    };
    match curve {
        Curve::P256 => on_curve(&SECP256R1),
        Curve::P384 => on_curve(&SECP384R1),
        Curve::Ed25519 => write::sequence(&[&write::object_identifier(&ED25519)]),
        Curve::X25519 => write::sequence(&[&write::object_identifier(&X25519)]),
    }
}
