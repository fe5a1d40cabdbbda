//! Reading private keys in the formats that are met.

use der::oid::ObjectIdentifier;
use padlock_curves::{Curve, Fault};

use super::private::Secret;
use super::rsa::RsaSecret;
use super::{
    EC_PUBLIC_KEY, ED25519, KeyError, KeyKind, PrivateKey, RSA_ENCRYPTION, SECP256R1, SECP384R1,
};
use crate::explain::der::{
    BIT_STRING, Element, INTEGER, OBJECT_IDENTIFIER, OCTET_STRING, Reader, SEQUENCE, constructed,
    context,
};
use crate::pem;

/// The first private key of a PEM text.
pub(super) fn private_key(text: &str) -> Result<PrivateKey, KeyError> {
    let mut found = Vec::new();
    for block in pem::blocks(text)? {
        if !block.label.ends_with("PRIVATE KEY") {
            found.push(block.label);
            continue;
        }
        let key = match block.label.as_str() {
            _ if block.is_encrypted() => Err(KeyError::Encrypted),
            "ENCRYPTED PRIVATE KEY" => Err(KeyError::Encrypted),
            "PRIVATE KEY" => pkcs8(&block.contents),
            "RSA PRIVATE KEY" => pkcs1(&block.contents),
            "EC PRIVATE KEY" => sec1(&block.contents, None),
            _ => Err(KeyError::UnknownFormat),
        };
        return key.map_err(|cause| KeyError::Block {
            label: block.label,
            line: block.line,
            cause: Box::new(cause),
        });
    }
    Err(KeyError::NoPrivateKey { found })
}

/// PKCS#8: `PrivateKeyInfo` (RFC 5208 §5), `OneAsymmetricKey` (RFC 5958 §2).
pub(super) fn pkcs8(der: &[u8]) -> Result<PrivateKey, KeyError> {
    let info = PrivateKeyInfo::read(der).ok_or(KeyError::Malformed {
        structure: "PrivateKeyInfo (RFC 5958 §2)",
    })?;
    match info.algorithm {
        RSA_ENCRYPTION => pkcs1(info.private_key),
        EC_PUBLIC_KEY => {
            let curve = info
                .parameters
                .and_then(|parameters| identifier(&parameters));
            sec1(info.private_key, Some(curve.ok_or(KeyError::UnnamedCurve)?))
        }
        ED25519 => {
            let seed = only(info.private_key, OCTET_STRING)
                .map(|seed| seed.octets().to_vec())
                .filter(|seed| seed.len() == Curve::Ed25519.private_length())
                .ok_or(KeyError::Malformed {
                    structure: "CurvePrivateKey of 32 bytes (RFC 8410 §7)",
                })?;
            consistent(PrivateKey::on_curve(Curve::Ed25519, seed)?, info.public_key)
        }
        identifier => Err(KeyError::UnsupportedKind(KeyKind::Other { identifier })),
    }
}

/// PKCS#1: `RSAPrivateKey` (RFC 8017 Appendix A.1.2).
fn pkcs1(der: &[u8]) -> Result<PrivateKey, KeyError> {
    PrivateKey::new(Secret::Rsa(Box::new(RsaSecret::from_pkcs1_der(der)?)))
}

/// SEC1: `ECPrivateKey` (RFC 5915 §3). Inside PKCS#8 the curve is named outside.
fn sec1(der: &[u8], outside: Option<ObjectIdentifier>) -> Result<PrivateKey, KeyError> {
    let key = EcPrivateKey::read(der).ok_or(KeyError::Malformed {
        structure: "ECPrivateKey (RFC 5915 §3)",
    })?;
    let curve = match (outside, key.parameters) {
        (Some(outside), None) => outside,
        (outside, Some(parameters)) => {
            let inside = identifier(&parameters).ok_or(KeyError::UnnamedCurve)?;
            if outside.is_some_and(|outside| outside != inside) {
                return Err(KeyError::Inconsistent);
            }
            inside
        }
        (None, None) => return Err(KeyError::UnnamedCurve),
    };
    let curve = match curve {
        SECP256R1 => Curve::P256,
        SECP384R1 => Curve::P384,
        identifier => {
            return Err(KeyError::UnsupportedKind(KeyKind::Other { identifier }));
        }
    };
    let malformed = KeyError::Malformed {
        structure: "a private key of its curve (RFC 5915 §3)",
    };
    let private = padded(key.private_key, curve.private_length()).ok_or(malformed.clone())?;
    let found = PrivateKey::on_curve(curve, private).map_err(|error| match error {
        KeyError::Curve(Fault::Refused) => malformed,
        other => other,
    })?;
    consistent(found, key.public_key)
}

/// The key, unless the public key that stands beside it is another's. A compressed point beside it
/// is compared by its coordinate.
fn consistent(key: PrivateKey, public: Option<&[u8]>) -> Result<PrivateKey, KeyError> {
    let own = key.public_key().key_bytes();
    let agrees = match public {
        None => true,
        Some([2 | 3, x @ ..]) if own.len() == 2 * x.len() + 1 => own[1..].starts_with(x),
        Some(public) => public == own,
    };
    agrees.then_some(key).ok_or(KeyError::Inconsistent)
}

/// The private number with its leading zeros, which some writers leave out.
fn padded(bytes: &[u8], length: usize) -> Option<Vec<u8>> {
    let zeros = length.checked_sub(bytes.len())?;
    Some([&vec![0; zeros], bytes].concat())
}

/// ```text
/// OneAsymmetricKey ::= SEQUENCE {
///   version                   INTEGER { v1(0), v2(1) },
///   privateKeyAlgorithm       AlgorithmIdentifier,
///   privateKey                OCTET STRING,
///   attributes            [0] IMPLICIT Attributes OPTIONAL,
///   publicKey             [1] IMPLICIT BIT STRING OPTIONAL
/// }
/// ```
struct PrivateKeyInfo<'d> {
    algorithm: ObjectIdentifier,
    parameters: Option<Element<'d>>,
    private_key: &'d [u8],
    public_key: Option<&'d [u8]>,
}

impl<'d> PrivateKeyInfo<'d> {
    fn read(der: &'d [u8]) -> Option<Self> {
        let mut fields = only(der, SEQUENCE)?.values();
        let version = fields.next_if(INTEGER)?;
        let algorithm = fields.next_if(SEQUENCE)?;
        let private_key = fields.next_if(OCTET_STRING)?;
        let _attributes = fields.next_if(constructed(0));
        let public_key = match fields.next_if(context(1)) {
            Some(bits) => Some(whole_octets(&bits)?),
            None => None,
        };
        // Only version 2 has a public key.
        let is_known = match version.octets() {
            [0] => public_key.is_none(),
            [1] => true,
            _ => false,
        };
        let mut algorithm = algorithm.values();
        let info = Self {
            algorithm: identifier(&algorithm.next()?)?,
            parameters: algorithm.next(),
            private_key: private_key.octets(),
            public_key,
        };
        (is_known && algorithm.is_at_end() && fields.is_at_end()).then_some(info)
    }
}

/// ```text
/// ECPrivateKey ::= SEQUENCE {
///   version        INTEGER { ecPrivkeyVer1(1) } (ecPrivkeyVer1),
///   privateKey     OCTET STRING,
///   parameters [0] ECParameters {{ NamedCurve }} OPTIONAL,
///   publicKey  [1] BIT STRING OPTIONAL
/// }
/// ```
struct EcPrivateKey<'d> {
    private_key: &'d [u8],
    /// An object identifier, or a curve that is written out.
    parameters: Option<Element<'d>>,
    public_key: Option<&'d [u8]>,
}

impl<'d> EcPrivateKey<'d> {
    fn read(der: &'d [u8]) -> Option<Self> {
        let mut fields = only(der, SEQUENCE)?.values();
        let version = fields.next_if(INTEGER)?;
        let private_key = fields.next_if(OCTET_STRING)?.octets();
        let parameters = match fields.next_if(constructed(0)) {
            Some(tagged) => Some(tagged.values().next()?),
            None => None,
        };
        let public_key = match fields.next_if(constructed(1)) {
            Some(tagged) => Some(whole_octets(&tagged.values().next_if(BIT_STRING)?)?),
            None => None,
        };
        (version.octets() == [1] && fields.is_at_end()).then_some(Self {
            private_key,
            parameters,
            public_key,
        })
    }
}

/// The one value of this sort that `der` is.
fn only(der: &[u8], identifier: u8) -> Option<Element<'_>> {
    let mut reader = Reader::new(der);
    let element = reader.next_if(identifier)?;
    reader.is_at_end().then_some(element)
}

/// The object identifier that this is.
pub(super) fn identifier(element: &Element<'_>) -> Option<ObjectIdentifier> {
    if element.identifier != OBJECT_IDENTIFIER {
        return None;
    }
    ObjectIdentifier::from_bytes(element.octets()).ok()
}

/// What a `BIT STRING` without unused bits holds.
pub(super) fn whole_octets<'d>(bits: &Element<'d>) -> Option<&'d [u8]> {
    bits.octets().strip_prefix(&[0])
}
