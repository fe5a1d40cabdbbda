//! Whether a public key is one that somebody may rely on.
//!
//! Reading a key asks only for what has to be known to show it. Whoever is to be believed for a key
//! asks for this: the parameters that its standard wants, numbers that RSA works with, a point that
//! lies on its curve, and a kind that is known and not weak.

use der::oid::ObjectIdentifier;
use padlock_curves::{self as curves, Curve, Fault};

use super::public::{NO_POINT, PublicKey};
use super::rsa::RsaPublic;
use super::{EC_PUBLIC_KEY, KeyError, KeyKind, RSASSA_PSS};
use crate::explain::der::{Element, NULL, Reader, SEQUENCE};

/// Kinds that are met in certificates and strong enough; whether anybody here verifies their
/// signatures is another question. Their object identifiers, in figures.
const STRONG: [&str; 11] = [
    // P-224, P-521, secp256k1
    "1.3.132.0.33",
    "1.3.132.0.35",
    "1.3.132.0.10",
    // brainpoolP256r1, brainpoolP384r1, brainpoolP512r1 (RFC 5639)
    "1.3.36.3.3.2.8.1.1.7",
    "1.3.36.3.3.2.8.1.1.11",
    "1.3.36.3.3.2.8.1.1.13",
    // Ed448 (RFC 8410)
    "1.3.101.113",
    // ML-DSA-44, ML-DSA-65, ML-DSA-87 (RFC 9881)
    "2.16.840.1.101.3.4.3.17",
    "2.16.840.1.101.3.4.3.18",
    "2.16.840.1.101.3.4.3.19",
    // RSA for PSS only; its length is looked at, too.
    "1.2.840.113549.1.1.10",
];

/// Those for which less than 2¹¹² steps are known to be enough, or that nobody accepts any more.
const WEAK: [&str; 18] = [
    // DSA: its parameters can hold any length, and TLS 1.3 and the Baseline Requirements have none.
    "1.2.840.10040.4.1",
    // P-192 (prime192v1), prime192v2, prime192v3, secp192k1
    "1.2.840.10045.3.1.1",
    "1.2.840.10045.3.1.2",
    "1.2.840.10045.3.1.3",
    "1.3.132.0.31",
    // secp112r1, secp112r2, secp160r1, secp160k1, secp128r1, secp128r2, secp160r2
    "1.3.132.0.6",
    "1.3.132.0.7",
    "1.3.132.0.8",
    "1.3.132.0.9",
    "1.3.132.0.28",
    "1.3.132.0.29",
    "1.3.132.0.30",
    // sect163k1, sect163r1, sect163r2, sect113r1
    "1.3.132.0.1",
    "1.3.132.0.2",
    "1.3.132.0.15",
    "1.3.132.0.4",
    // brainpoolP160r1, brainpoolP192r1
    "1.3.36.3.3.2.8.1.1.1",
    "1.3.36.3.3.2.8.1.1.3",
];

impl PublicKey {
    /// The length of an RSA key's modulus in bits, also of one that is for PSS only.
    #[must_use]
    pub fn rsa_bits(&self) -> Option<u32> {
        match self.kind() {
            KeyKind::Rsa { bits } => Some(bits),
            KeyKind::Other { identifier } if identifier == RSASSA_PSS => {
                let (modulus, _) = RsaPublic::parts(self.key_bytes()).ok()?;
                match RsaPublic::kind(&modulus) {
                    KeyKind::Rsa { bits } => Some(bits),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    /// Whether somebody may rely on this key: its structure is the one that its standard asks for
    /// (RFC 3279 §2.3.1, RFC 5480 §2.1.1, RFC 8410 §3), its numbers or its point can be worked
    /// with, and its kind is one that is known not to be weak. Of kinds that cannot be used here
    /// ([`KeyKind::Other`]) only the kind and, of RSA, the numbers are looked at.
    ///
    /// # Errors
    /// [`KeyError::Malformed`]; for RSA [`KeyError::RsaSize`] and [`KeyError::Inconsistent`];
    /// [`KeyError::WeakKind`] and [`KeyError::UnknownKind`].
    pub fn check_fitness(&self) -> Result<(), KeyError> {
        let kind = self.kind();
        let parameters = parameters(self.spki_der());
        let identifier = parameters.as_ref().map(|one| one.identifier);
        let wants = |is_so: bool, structure| match is_so {
            true => Ok(()),
            false => Err(KeyError::Malformed { structure }),
        };
        match kind {
            KeyKind::Rsa { .. } => {
                // NULL; some leave it out.
                let is_null = |one: Element<'_>| one.identifier == NULL && one.octets().is_empty();
                let is_so = parameters.is_none_or(is_null);
                wants(
                    is_so,
                    "parameters of rsaEncryption, which are NULL (RFC 3279 §2.3.1)",
                )?;
                self.check_numbers()
            }
            KeyKind::P256 => self.check_point(Curve::P256),
            KeyKind::P384 => self.check_point(Curve::P384),
            KeyKind::Ed25519 => wants(
                identifier.is_none(),
                "parameters of Ed25519, which has none (RFC 8410 §3)",
            ),
            KeyKind::Other { identifier: kind } if kind == EC_PUBLIC_KEY => {
                wants(false, "the name of a curve (RFC 5480 §2.1.1)")
            }
            // To agree on a secret: whoever wants to use it otherwise says that it cannot.
            _ if !can_sign(kind) => Ok(()),
            KeyKind::Other { identifier: named } => {
                let named = named.to_string();
                if WEAK.contains(&named.as_str()) {
                    return Err(KeyError::WeakKind(kind));
                }
                if !STRONG.contains(&named.as_str()) {
                    return Err(KeyError::UnknownKind(kind));
                }
                match self.is_for_pss() {
                    true => {
                        let is_so = identifier.is_none_or(|one| one == SEQUENCE);
                        wants(is_so, "RSASSA-PSS-params (RFC 4055 §3.1)")?;
                        self.check_numbers()
                    }
                    false => Ok(()),
                }
            }
        }
    }

    fn is_for_pss(&self) -> bool {
        matches!(self.kind(), KeyKind::Other { identifier } if identifier == RSASSA_PSS)
    }

    fn check_numbers(&self) -> Result<(), KeyError> {
        let (modulus, exponent) = RsaPublic::parts(self.key_bytes())?;
        RsaPublic::new(&modulus, &exponent).map(|_| ())
    }

    /// Whether the point, which is uncompressed here, lies on the curve.
    fn check_point(&self, curve: Curve) -> Result<(), KeyError> {
        let point = self.key_bytes();
        match curves::point(curve, point) {
            Ok(found) if found == point => Ok(()),
            // Whoever verifies by it says that this program has no curves.
            Err(Fault::NotBuiltIn) => Ok(()),
            _ => Err(NO_POINT),
        }
    }
}

/// The parameters in the key's `AlgorithmIdentifier`, whatever they are.
fn parameters(spki: &[u8]) -> Option<Element<'_>> {
    let mut fields = Reader::new(spki).next_if(SEQUENCE)?.values();
    let mut algorithm = fields.next_if(SEQUENCE)?.values();
    let _identifier = algorithm.next()?;
    algorithm.next()
}

/// Whether keys of this kind can sign: those for agreeing on a secret cannot.
pub(crate) fn can_sign(kind: KeyKind) -> bool {
    let agrees = [super::X25519, X448];
    !matches!(kind, KeyKind::Other { identifier } if agrees.contains(&identifier))
}

/// `id-X448` (RFC 8410 §3).
const X448: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.101.111");
