//! RSA: the primitives of RFC 8017 §5, and the signatures that are made with them.

mod encoding;
#[cfg(feature = "study")]
mod generate;
mod montgomery;
mod primes;

use super::{KeyError, KeyKind};
use crate::explain::der::{INTEGER, Reader, SEQUENCE};
use crate::random::Random;
use crate::signature::SignatureAlgorithm;
use crate::write;
#[cfg(feature = "study")]
pub use generate::{RSA_LENGTHS, RsaGeneration, RsaProgress};
use montgomery::{Limb, Modulus};

/// An RSA public key made ready for its operation.
pub(super) struct RsaPublic {
    modulus: Modulus,
    exponent: Vec<u8>,
    bits: u32,
    /// Length of the modulus in bytes.
    length: usize,
}

impl RsaPublic {
    /// Modulus and exponent of an `RSAPublicKey` (RFC 8017 Appendix A.1.1), without leading zeros.
    pub(super) fn parts(der: &[u8]) -> Result<(Vec<u8>, Vec<u8>), KeyError> {
        let [modulus, exponent] = naturals(der).ok_or(KeyError::Malformed {
            structure: "RSAPublicKey (RFC 8017 Appendix A.1.1)",
        })?;
        Ok((modulus.to_vec(), exponent.to_vec()))
    }

    /// The kind of a key with this modulus.
    pub(super) fn kind(modulus: &[u8]) -> KeyKind {
        let bits = bits(modulus);
        KeyKind::Rsa { bits }
    }

    pub(super) fn new(modulus: &[u8], exponent: &[u8]) -> Result<Self, KeyError> {
        let bits = bits(modulus);
        if !(1024..=8192).contains(&bits) {
            return Err(KeyError::RsaSize { bits });
        }
        // Odd and at least 3 (RFC 8017 §3.1); at most 33 bits, as elsewhere (ring, BoringSSL), so
        // that the public operation is quick whoever made the key.
        let is_odd = exponent.last().is_some_and(|last| last & 1 == 1);
        if !is_odd || !(2..=33).contains(&self::bits(exponent)) {
            return Err(KeyError::Inconsistent);
        }
        Ok(Self {
            modulus: Modulus::new(modulus).ok_or(KeyError::Inconsistent)?,
            exponent: exponent.to_vec(),
            bits,
            length: modulus.len(),
        })
    }

    /// RSAEP (RFC 8017 §5.1.1): mᵉ mod n.
    pub(super) fn encrypt_raw(&self, block: &[u8]) -> Result<Vec<u8>, KeyError> {
        let number = self.representative(block)?;
        let base = self.modulus.enter(&number);
        let power = self.modulus.power_of_public(&base, &self.exponent);
        Ok(montgomery::to_bytes(
            &self.modulus.leave(&power),
            self.length,
        ))
    }

    /// The number that `block` is, if it is one below the modulus.
    fn representative(&self, block: &[u8]) -> Result<Vec<Limb>, KeyError> {
        if block.len() != self.length {
            return Err(KeyError::BlockLength {
                expected: self.length,
                found: block.len(),
            });
        }
        let number = montgomery::from_bytes(block);
        if self.modulus.is_above(&number) {
            Ok(number)
        } else {
            Err(KeyError::BlockRange)
        }
    }
}

/// An RSA private key made ready for its operations.
pub(super) struct RsaSecret {
    public: RsaPublic,
    first: Prime,
    second: Prime,
    /// `qInv`, the inverse of the second prime modulo the first.
    coefficient: Vec<Limb>,
    /// The `RSAPrivateKey` that it was read from.
    der: Vec<u8>,
    /// ring signs more than twice as fast; it takes keys of 2048, 3072 and 4096 bits.
    #[cfg(not(target_arch = "wasm32"))]
    ring: Option<ring::signature::RsaKeyPair>,
}

/// One of the two primes.
struct Prime {
    modulus: Modulus,
    /// `dP` or `dQ`: the private exponent modulo the prime less 1.
    exponent: Vec<u8>,
}

impl RsaSecret {
    /// Reads an `RSAPrivateKey` (RFC 8017 Appendix A.1.2) and checks that its numbers belong
    /// together.
    pub(super) fn from_pkcs1_der(der: &[u8]) -> Result<Self, KeyError> {
        let key = Self::from_trusted_pkcs1_der(der)?;
        if key.is_consistent() {
            Ok(key)
        } else {
            Err(KeyError::Inconsistent)
        }
    }

    /// The same for a key that is known to be good.
    fn from_trusted_pkcs1_der(der: &[u8]) -> Result<Self, KeyError> {
        let [version, n, e, _d, p, q, dp, dq, coefficient] =
            naturals(der).ok_or(KeyError::Malformed {
                structure: "RSAPrivateKey (RFC 8017 Appendix A.1.2)",
            })?;
        let public = RsaPublic::new(n, e)?;
        let prime = |number, exponent: &[u8]| {
            Some(Prime {
                modulus: Modulus::new(number)?,
                exponent: exponent.to_vec(),
            })
        };
        // Version 1 is of keys with more than two primes.
        let (Some(first), Some(second), [], true) = (
            prime(p, dp),
            prime(q, dq),
            version,
            coefficient.len() <= p.len(),
        ) else {
            return Err(KeyError::Inconsistent);
        };
        let mut coefficient = montgomery::from_bytes(coefficient);
        coefficient.resize(first.modulus.number().len(), 0);
        Ok(Self {
            public,
            first,
            second,
            coefficient,
            der: der.to_vec(),
            #[cfg(not(target_arch = "wasm32"))]
            ring: ring::signature::RsaKeyPair::from_der(der).ok(),
        })
    }

    /// The key with these primes, of which the first is greater, and the public exponent 65,537.
    pub(super) fn from_trusted_primes(first: &[u8], second: &[u8]) -> Result<Self, KeyError> {
        let der = primes::private_key(first, second).ok_or(KeyError::Inconsistent)?;
        Self::from_trusted_pkcs1_der(&der)
    }

    /// The `RSAPrivateKey` (RFC 8017 Appendix A.1.2).
    pub(super) fn pkcs1_der(&self) -> &[u8] {
        &self.der
    }

    /// The `RSAPublicKey` (RFC 8017 Appendix A.1.1).
    pub(super) fn public_key_der(&self) -> Vec<u8> {
        let RsaPublic {
            modulus,
            exponent,
            length,
            ..
        } = &self.public;
        let modulus = montgomery::to_bytes(modulus.number(), *length);
        write::sequence(&[&write::natural(&modulus), &write::natural(exponent)])
    }

    pub(super) fn sign(
        &self,
        algorithm: SignatureAlgorithm,
        message: &[u8],
        random: &mut Random,
    ) -> Result<Vec<u8>, KeyError> {
        #[cfg(not(target_arch = "wasm32"))]
        if let Some(signature) = self.sign_by_ring(algorithm, message) {
            return Ok(signature);
        }
        let bits = self.public.bits;
        let block = encoding::encode(algorithm, message, bits, random)
            .ok_or(KeyError::RsaTooShort { bits, algorithm })?;
        self.decrypt_raw(&block)
    }

    /// RSASSA-PKCS1-v1_5 with SHA-1, which nobody should believe any more.
    pub(super) fn sign_with_weak_sha1(&self, message: &[u8]) -> Result<Vec<u8>, KeyError> {
        let bits = self.public.bits;
        let block = encoding::pkcs1_with_sha1(message, bits);
        self.decrypt_raw(&block.ok_or(KeyError::RsaSize { bits })?)
    }

    /// RSADP and RSASP1 (RFC 8017 §5.1.2 and §5.2.1), which are one: c^d mod n, by the Chinese
    /// remainder theorem. The result is checked by raising it to e again: a fault in one half
    /// would give the other prime away (Boneh, DeMillo and Lipton, 1997).
    pub(super) fn decrypt_raw(&self, block: &[u8]) -> Result<Vec<u8>, KeyError> {
        let number = self.public.representative(block)?;
        let result = montgomery::to_bytes(&self.root(&number), self.public.length);
        if self
            .public
            .encrypt_raw(&result)
            .is_ok_and(|again| again == block)
        {
            Ok(result)
        } else {
            Err(KeyError::Failed)
        }
    }

    /// RFC 8017 §5.1.2 step 2b, with its names: c below n to the power of d.
    fn root(&self, c: &[Limb]) -> Vec<Limb> {
        let (p, q) = (&self.first.modulus, &self.second.modulus);
        let m1 = p.power(&p.enter(c), &self.first.exponent);
        let m2 = q.leave(&q.power(&q.enter(c), &self.second.exponent));
        // The difference is in Montgomery's form, the coefficient is not: h is not either.
        let h = p.multiply(&p.subtract(&m1, &p.enter(&m2)), &self.coefficient);
        montgomery::multiply_add(q.number(), &h, &m2)
    }

    /// Whether the modulus is the product of the primes, and the private operations undo the public
    /// one: the quick one, and for either prime the one with `d`, which is only there to be shown.
    fn is_consistent(&self) -> bool {
        let (p, q) = (&self.first.modulus, &self.second.modulus);
        let mut product = montgomery::multiply_add(p.number(), q.number(), &[]);
        while product.last() == Some(&0) {
            product.pop();
        }
        let mut block = vec![0; self.public.length];
        block[1..].fill(0xa5);
        let undone_by_d = || {
            let [_, _, _, d, ..] = naturals::<9>(&self.der)?;
            let number = montgomery::from_bytes(&block);
            let once = montgomery::from_bytes(&self.public.encrypt_raw(&block).ok()?);
            let undone =
                |prime: &Modulus| prime.power(&prime.enter(&once), d) == prime.enter(&number);
            Some(undone(p) && undone(q))
        };
        product == self.public.modulus.number()
            && self.decrypt_raw(&block).is_ok()
            && undone_by_d() == Some(true)
    }

    /// RSASSA-PKCS1-v1_5 (RFC 8017 §8.2.1) by ring, where it takes the key.
    ///
    /// Not in wasm32: there ring has no assembly and is no faster (measured), and the page carries
    /// the other way in any case.
    #[cfg(not(target_arch = "wasm32"))]
    fn sign_by_ring(&self, algorithm: SignatureAlgorithm, message: &[u8]) -> Option<Vec<u8>> {
        use ring::{rand, signature};

        let key = self.ring.as_ref()?;
        let encoding: &dyn signature::RsaEncoding = match algorithm {
            SignatureAlgorithm::RsaPkcs1Sha256 => &signature::RSA_PKCS1_SHA256,
            SignatureAlgorithm::RsaPkcs1Sha384 => &signature::RSA_PKCS1_SHA384,
            SignatureAlgorithm::RsaPkcs1Sha512 => &signature::RSA_PKCS1_SHA512,
            _ => return None,
        };
        let mut out = vec![0; key.public().modulus_len()];
        // The random source is a formality: ring asks it for the salt of PSS and for nothing else
        // (its PKCS#1 encoding ignores it, its private operation does not blind). The test
        // `signatures_are_reproducible` holds ring to that.
        key.sign(encoding, &rand::SystemRandom::new(), message, &mut out)
            .ok()?;
        Some(out)
    }
}

/// The numbers of a `SEQUENCE` of so many of them, none negative; big-endian without leading zeros.
fn naturals<const COUNT: usize>(der: &[u8]) -> Option<[&[u8]; COUNT]> {
    let mut whole = Reader::new(der);
    let mut fields = whole.next_if(SEQUENCE)?.values();
    let mut numbers: [&[u8]; COUNT] = [&[]; COUNT];
    for number in &mut numbers {
        *number = match fields.next_if(INTEGER)?.octets() {
            [] | [0x80..=0xff, ..] | [0, 0..=0x7f, ..] => return None,
            [0, rest @ ..] => rest,
            octets => octets,
        };
    }
    (fields.is_at_end() && whole.is_at_end()).then_some(numbers)
}

/// The length in bits of a number, big-endian.
fn bits(number: &[u8]) -> u32 {
    let significant = number.iter().skip_while(|byte| **byte == 0);
    let first = significant
        .clone()
        .next()
        .map_or(0, |first| first.leading_zeros());
    let bytes = u32::try_from(significant.count()).unwrap_or(u32::MAX);
    bytes.saturating_mul(8).saturating_sub(first)
}
