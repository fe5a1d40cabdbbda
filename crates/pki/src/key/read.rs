//! Reading private keys in the formats that are met.

use der::asn1::{AnyRef, BitStringRef, ObjectIdentifier, OctetStringRef};
use der::{Decode, Reader, SliceReader, Tag, TagNumber};
use p256::pkcs8::PrivateKeyInfoRef;

use super::private::Secret;
use super::rsa::RsaSecret;
use super::{
    EC_PUBLIC_KEY, ED25519, KeyError, KeyKind, PrivateKey, RSA_ENCRYPTION, SECP256R1, SECP384R1,
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
    let info = PrivateKeyInfoRef::try_from(der)
        .map_err(KeyError::malformed("PrivateKeyInfo (RFC 5958 §2)"))?;
    let public = match &info.public_key {
        Some(bits) => Some(bits.as_bytes().ok_or(KeyError::Inconsistent)?),
        None => None,
    };
    match info.algorithm.oid {
        RSA_ENCRYPTION => pkcs1(info.private_key.as_bytes()),
        EC_PUBLIC_KEY => {
            let curve = info
                .algorithm
                .parameters
                .and_then(|parameters| parameters.decode_as().ok())
                .ok_or(KeyError::UnnamedCurve)?;
            sec1(info.private_key.as_bytes(), Some(curve))
        }
        ED25519 => {
            let seed = <&OctetStringRef>::from_der(info.private_key.as_bytes())
                .ok()
                .and_then(|seed| seed.as_bytes().try_into().ok())
                .ok_or(KeyError::Malformed {
                    structure: "CurvePrivateKey of 32 bytes (RFC 8410 §7)",
                })?;
            consistent(PrivateKey::from_ed25519_seed(seed)?, public)
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
    let key = EcPrivateKey::read(der).map_err(KeyError::malformed("ECPrivateKey (RFC 5915 §3)"))?;
    let curve = match (outside, key.parameters) {
        (Some(outside), None) => outside,
        (outside, Some(parameters)) => {
            let inside =
                ObjectIdentifier::from_der(parameters).map_err(|_| KeyError::UnnamedCurve)?;
            if outside.is_some_and(|outside| outside != inside) {
                return Err(KeyError::Inconsistent);
            }
            inside
        }
        (None, None) => return Err(KeyError::UnnamedCurve),
    };
    let secret = match curve {
        SECP256R1 => scalar::<32>(key.private_key)
            .and_then(|scalar| p256::ecdsa::SigningKey::from_slice(&scalar).ok())
            .map(Secret::P256),
        SECP384R1 => scalar::<48>(key.private_key)
            .and_then(|scalar| p384::ecdsa::SigningKey::from_slice(&scalar).ok())
            .map(Secret::P384),
        identifier => {
            return Err(KeyError::UnsupportedKind(KeyKind::Other { identifier }));
        }
    };
    let secret = secret.ok_or(KeyError::Malformed {
        structure: "a private key of its curve (RFC 5915 §3)",
    })?;
    consistent(PrivateKey::new(secret)?, key.public_key)
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
fn scalar<const N: usize>(bytes: &[u8]) -> Option<[u8; N]> {
    let mut scalar = [0; N];
    let start = N.checked_sub(bytes.len())?;
    scalar[start..].copy_from_slice(bytes);
    Some(scalar)
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
    /// The DER inside the tag: an object identifier, or a curve that is written out.
    parameters: Option<&'d [u8]>,
    public_key: Option<&'d [u8]>,
}

impl<'d> EcPrivateKey<'d> {
    fn read(der: &'d [u8]) -> der::Result<Self> {
        let mut outer = SliceReader::new(der)?;
        let key = outer.sequence(|reader| -> der::Result<Self> {
            if u8::decode(reader)? != 1 {
                return Err(Tag::Integer.value_error().into());
            }
            let private_key = <&OctetStringRef>::decode(reader)?.as_bytes();
            let parameters = tagged(reader, TagNumber(0))?;
            let public_key = match tagged(reader, TagNumber(1))? {
                Some(bits) => BitStringRef::from_der(bits)?.as_bytes(),
                None => None,
            };
            Ok(Self {
                private_key,
                parameters,
                public_key,
            })
        })?;
        outer.finish()?;
        Ok(key)
    }
}

/// What the next element encloses, if it is the explicit tag [`number`].
fn tagged<'d, R: Reader<'d>>(reader: &mut R, number: TagNumber) -> der::Result<Option<&'d [u8]>> {
    let expected = Tag::ContextSpecific {
        constructed: true,
        number,
    };
    if reader.is_finished() || Tag::peek(reader)? != expected {
        return Ok(None);
    }
    Ok(Some(AnyRef::decode(reader)?.value()))
}
