//! Signature algorithms, and how a certificate names them (`AlgorithmIdentifier`).

use core::fmt;

use der::oid::ObjectIdentifier;

use crate::digest::Hash;
use crate::explain::der::{
    Element, INTEGER, NULL, OBJECT_IDENTIFIER, Reader, SEQUENCE, constructed,
};
use crate::key::KeyKind;

/// The signature algorithms that Padlock makes and verifies.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum SignatureAlgorithm {
    /// RSASSA-PKCS1-v1_5 with SHA-256 (RFC 8017 §8.2).
    RsaPkcs1Sha256,
    /// RSASSA-PKCS1-v1_5 with SHA-384.
    RsaPkcs1Sha384,
    /// RSASSA-PKCS1-v1_5 with SHA-512.
    RsaPkcs1Sha512,
    /// RSASSA-PSS with SHA-256, MGF1 with SHA-256 and a 32-byte salt (RFC 8017 §8.1).
    RsaPssSha256,
    /// RSASSA-PSS with SHA-384, MGF1 with SHA-384 and a 48-byte salt.
    RsaPssSha384,
    /// RSASSA-PSS with SHA-512, MGF1 with SHA-512 and a 64-byte salt.
    RsaPssSha512,
    /// ECDSA by a key on P-256, with SHA-256 (FIPS 186-5 §6).
    EcdsaP256Sha256,
    /// ECDSA by a key on P-256, with SHA-384.
    EcdsaP256Sha384,
    /// ECDSA by a key on P-384, with SHA-256.
    EcdsaP384Sha256,
    /// ECDSA by a key on P-384, with SHA-384.
    EcdsaP384Sha384,
    /// Ed25519 (RFC 8032).
    Ed25519,
}

impl SignatureAlgorithm {
    /// Every algorithm, in the order of the declaration.
    pub const ALL: [Self; 11] = [
        Self::RsaPkcs1Sha256,
        Self::RsaPkcs1Sha384,
        Self::RsaPkcs1Sha512,
        Self::RsaPssSha256,
        Self::RsaPssSha384,
        Self::RsaPssSha512,
        Self::EcdsaP256Sha256,
        Self::EcdsaP256Sha384,
        Self::EcdsaP384Sha256,
        Self::EcdsaP384Sha384,
        Self::Ed25519,
    ];

    /// The name for people, such as "RSA PKCS#1 with SHA-256".
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::RsaPkcs1Sha256 => "RSA PKCS#1 with SHA-256",
            Self::RsaPkcs1Sha384 => "RSA PKCS#1 with SHA-384",
            Self::RsaPkcs1Sha512 => "RSA PKCS#1 with SHA-512",
            Self::RsaPssSha256 => "RSA-PSS with SHA-256",
            Self::RsaPssSha384 => "RSA-PSS with SHA-384",
            Self::RsaPssSha512 => "RSA-PSS with SHA-512",
            Self::EcdsaP256Sha256 => "ECDSA P-256 with SHA-256",
            Self::EcdsaP256Sha384 => "ECDSA P-256 with SHA-384",
            Self::EcdsaP384Sha256 => "ECDSA P-384 with SHA-256",
            Self::EcdsaP384Sha384 => "ECDSA P-384 with SHA-384",
            Self::Ed25519 => "Ed25519",
        }
    }

    /// The name that the standards give the object identifier, such as "sha256WithRSAEncryption"
    /// (RFC 4055 §5, RFC 5758 §3.2, RFC 8410 §3).
    #[must_use]
    pub const fn identifier_name(self) -> &'static str {
        match self {
            Self::RsaPkcs1Sha256 => "sha256WithRSAEncryption",
            Self::RsaPkcs1Sha384 => "sha384WithRSAEncryption",
            Self::RsaPkcs1Sha512 => "sha512WithRSAEncryption",
            Self::RsaPssSha256 | Self::RsaPssSha384 | Self::RsaPssSha512 => "id-RSASSA-PSS",
            Self::EcdsaP256Sha256 | Self::EcdsaP384Sha256 => "ecdsa-with-SHA256",
            Self::EcdsaP256Sha384 | Self::EcdsaP384Sha384 => "ecdsa-with-SHA384",
            Self::Ed25519 => "id-Ed25519",
        }
    }

    /// The hash that is applied to the message first; Ed25519 has none to choose (it hashes inside,
    /// twice, with SHA-512).
    #[must_use]
    pub const fn hash(self) -> Option<Hash> {
        match self {
            Self::RsaPkcs1Sha256
            | Self::RsaPssSha256
            | Self::EcdsaP256Sha256
            | Self::EcdsaP384Sha256 => Some(Hash::Sha256),
            Self::RsaPkcs1Sha384
            | Self::RsaPssSha384
            | Self::EcdsaP256Sha384
            | Self::EcdsaP384Sha384 => Some(Hash::Sha384),
            Self::RsaPkcs1Sha512 | Self::RsaPssSha512 => Some(Hash::Sha512),
            Self::Ed25519 => None,
        }
    }

    /// Whether a key of this kind makes such signatures.
    #[must_use]
    pub const fn fits(self, kind: KeyKind) -> bool {
        match self {
            Self::RsaPkcs1Sha256
            | Self::RsaPkcs1Sha384
            | Self::RsaPkcs1Sha512
            | Self::RsaPssSha256
            | Self::RsaPssSha384
            | Self::RsaPssSha512 => matches!(kind, KeyKind::Rsa { .. }),
            Self::EcdsaP256Sha256 | Self::EcdsaP256Sha384 => matches!(kind, KeyKind::P256),
            Self::EcdsaP384Sha256 | Self::EcdsaP384Sha384 => matches!(kind, KeyKind::P384),
            Self::Ed25519 => matches!(kind, KeyKind::Ed25519),
        }
    }

    /// The algorithm that a certificate names in `der`, an `AlgorithmIdentifier` (RFC 5280
    /// §4.1.1.2), where the signer's key is of the kind `signer`.
    ///
    /// The kind matters because `ecdsa-with-SHA256` does not say on which curve.
    ///
    /// # Errors
    /// [`SignatureError`]: not DER, an algorithm that Padlock does not verify, parameters other
    /// than the standards ask for, or an algorithm that no key of this kind makes.
    pub fn from_algorithm_identifier(der: &[u8], signer: KeyKind) -> Result<Self, SignatureError> {
        let mut whole = Reader::new(der);
        let named = whole.next_if(SEQUENCE).and_then(|one| Named::read(&one));
        let named = named
            .filter(|_| whole.is_at_end())
            .ok_or(SignatureError::Malformed)?;
        let candidates: &[Self] = match named.identifier {
            RSASSA_PSS => pss(&named)?,
            SHA256_WITH_RSA => null_or_absent(&named, &[Self::RsaPkcs1Sha256])?,
            SHA384_WITH_RSA => null_or_absent(&named, &[Self::RsaPkcs1Sha384])?,
            SHA512_WITH_RSA => null_or_absent(&named, &[Self::RsaPkcs1Sha512])?,
            ECDSA_WITH_SHA256 => absent(&named, &[Self::EcdsaP256Sha256, Self::EcdsaP384Sha256])?,
            ECDSA_WITH_SHA384 => absent(&named, &[Self::EcdsaP256Sha384, Self::EcdsaP384Sha384])?,
            ED25519 => absent(&named, &[Self::Ed25519])?,
            identifier => return Err(SignatureError::Unsupported { identifier }),
        };
        candidates
            .iter()
            .find(|candidate| candidate.fits(signer))
            .copied()
            .ok_or(match signer {
                KeyKind::Other { .. } => SignatureError::OtherKey {
                    identifier: named.identifier,
                    key: signer,
                },
                _ => SignatureError::WrongKey {
                    identifier: named.identifier,
                    key: signer,
                },
            })
    }

    /// The `AlgorithmIdentifier` by which a certificate names this algorithm, in DER.
    #[must_use]
    pub fn to_algorithm_identifier(self) -> Vec<u8> {
        match self {
            Self::RsaPkcs1Sha256 => pkcs1_identifier(11),
            Self::RsaPkcs1Sha384 => pkcs1_identifier(12),
            Self::RsaPkcs1Sha512 => pkcs1_identifier(13),
            Self::RsaPssSha256 => pss_identifier(1, 32),
            Self::RsaPssSha384 => pss_identifier(2, 48),
            Self::RsaPssSha512 => pss_identifier(3, 64),
            Self::EcdsaP256Sha256 | Self::EcdsaP384Sha256 => ecdsa_identifier(2),
            Self::EcdsaP256Sha384 | Self::EcdsaP384Sha384 => ecdsa_identifier(3),
            Self::Ed25519 => vec![0x30, 5, 6, 3, 0x2b, 0x65, 0x70],
        }
    }
}

impl fmt::Display for SignatureAlgorithm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Why an `AlgorithmIdentifier` gives no [`SignatureAlgorithm`].
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum SignatureError {
    /// The bytes are not an `AlgorithmIdentifier` in DER.
    Malformed,
    /// An algorithm that Padlock does not verify.
    Unsupported {
        /// The algorithm's object identifier.
        identifier: ObjectIdentifier,
    },
    /// Parameters other than the algorithm's standard allows.
    Parameters {
        /// The algorithm's object identifier.
        identifier: ObjectIdentifier,
    },
    /// Parameters that the algorithm's standard allows, and with which Padlock does not verify it.
    OtherParameters {
        /// The algorithm's object identifier.
        identifier: ObjectIdentifier,
        /// The algorithm's name, if the message is hashed by MD5 or SHA-1.
        weak: Option<&'static str>,
    },
    /// The signer's key is of a kind that Padlock does not use, so that it is left open whether it
    /// makes such signatures.
    OtherKey {
        /// The algorithm's object identifier.
        identifier: ObjectIdentifier,
        /// The kind of the signer's key.
        key: KeyKind,
    },
    /// The signer's key is of a kind that makes no such signatures: none of that family.
    WrongKey {
        /// The algorithm's object identifier.
        identifier: ObjectIdentifier,
        /// The kind of the signer's key.
        key: KeyKind,
    },
}

/// Those whose hash can be deceived: two messages with one value were found (RFC 6151 §2, RFC 9155 §1).
const DECEIVED: [&str; 4] = [
    "md5WithRSAEncryption",
    "sha1WithRSAEncryption",
    "ecdsa-with-SHA1",
    "id-dsa-with-sha1",
];

impl SignatureError {
    /// The algorithm's name, if it is not verified for its weak hash: MD5 or SHA-1.
    #[must_use]
    pub fn weak_hash(&self) -> Option<&'static str> {
        match self {
            Self::Unsupported { identifier } => {
                identifier_name(*identifier).filter(|name| DECEIVED.contains(name))
            }
            Self::OtherParameters { weak, .. } => *weak,
            _ => None,
        }
    }
}

impl fmt::Display for SignatureError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed => f.write_str("the signature's AlgorithmIdentifier is not DER"),
            Self::Unsupported { identifier } => {
                write!(
                    f,
                    "signatures by {} are not verified",
                    WithName(*identifier)
                )
            }
            Self::Parameters { identifier } => write!(
                f,
                "the parameters of {} are not those its standard asks for",
                WithName(*identifier)
            ),
            Self::OtherParameters { identifier, .. } => write!(
                f,
                "signatures by {} with these parameters are not verified",
                WithName(*identifier)
            ),
            Self::OtherKey { identifier, key } => write!(
                f,
                "signatures by {} with a key of this kind ({key}) are not verified",
                WithName(*identifier)
            ),
            Self::WrongKey { identifier, key } => write!(
                f,
                "the signature claims {}, which the signer's key ({key}) does not make",
                WithName(*identifier)
            ),
        }
    }
}

impl core::error::Error for SignatureError {}

/// The standard name of a signature algorithm's object identifier, also of those that Padlock does
/// not verify; `None` for an unknown one.
#[must_use]
pub fn identifier_name(identifier: ObjectIdentifier) -> Option<&'static str> {
    KNOWN
        .iter()
        .find(|(known, _)| *known == identifier)
        .map(|(_, name)| *name)
}

/// An object identifier that is written with its name where it has one.
struct WithName(ObjectIdentifier);

impl fmt::Display for WithName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match identifier_name(self.0) {
            Some(name) => write!(f, "{name} ({})", self.0),
            None => write!(f, "{}", self.0),
        }
    }
}

/// An `AlgorithmIdentifier` (RFC 5280 §4.1.1.2).
struct Named<'d> {
    identifier: ObjectIdentifier,
    parameters: Option<Element<'d>>,
}

impl<'d> Named<'d> {
    fn read(sequence: &Element<'d>) -> Option<Self> {
        let mut fields = sequence.values();
        let identifier = fields.next_if(OBJECT_IDENTIFIER)?;
        let named = Self {
            identifier: ObjectIdentifier::from_bytes(identifier.octets()).ok()?,
            parameters: fields.next(),
        };
        fields.is_at_end().then_some(named)
    }

    fn has_null_or_nothing(&self) -> bool {
        let parameters = self.parameters.as_ref();
        parameters.is_none_or(|parameters| parameters.der() == [NULL, 0])
    }
}

type Candidates = Result<&'static [SignatureAlgorithm], SignatureError>;

/// RFC 4055 §5: NULL, and "implementations MUST accept the parameters being absent as well as
/// present".
fn null_or_absent(named: &Named<'_>, candidates: &'static [SignatureAlgorithm]) -> Candidates {
    if named.has_null_or_nothing() {
        Ok(candidates)
    } else {
        Err(SignatureError::Parameters {
            identifier: named.identifier,
        })
    }
}

/// RFC 5758 §3.2 (ECDSA) and RFC 8410 §3 (Ed25519): no parameters.
fn absent(named: &Named<'_>, candidates: &'static [SignatureAlgorithm]) -> Candidates {
    match named.parameters {
        Some(_) => Err(SignatureError::Parameters {
            identifier: named.identifier,
        }),
        None => Ok(candidates),
    }
}

/// RFC 4055 §3.1. Verified is what TLS and the CAs use: one hash for the message and for MGF1, and a
/// salt as long as that hash.
fn pss(named: &Named<'_>) -> Candidates {
    let identifier = named.identifier;
    let parameters = named.parameters.as_ref().and_then(PssParameters::read);
    let parameters = parameters.ok_or(SignatureError::Parameters { identifier })?;
    let is_one_hash = parameters.hash == parameters.mask_hash;
    match (parameters.hash, parameters.salt) {
        (SHA256, [32]) if is_one_hash => Ok(&[SignatureAlgorithm::RsaPssSha256]),
        (SHA384, [48]) if is_one_hash => Ok(&[SignatureAlgorithm::RsaPssSha384]),
        (SHA512, [64]) if is_one_hash => Ok(&[SignatureAlgorithm::RsaPssSha512]),
        (hash, _) => Err(SignatureError::OtherParameters {
            identifier,
            weak: match hash {
                MD5 => Some("id-RSASSA-PSS with MD5"),
                SHA1 => Some("id-RSASSA-PSS with SHA-1"),
                _ => None,
            },
        }),
    }
}

/// What `RSASSA-PSS-params` say.
struct PssParameters<'d> {
    hash: ObjectIdentifier,
    mask_hash: ObjectIdentifier,
    /// The contents of the INTEGER.
    salt: &'d [u8],
}

impl<'d> PssParameters<'d> {
    /// `None` where they are not as the standard has them. The trailer is always left out, since it
    /// must be 1 and DER writes no defaults; the hashes' own parameters may be NULL or absent (§2.1).
    ///
    /// ```text
    /// RSASSA-PSS-params  ::=  SEQUENCE  {
    ///    hashAlgorithm     [0] HashAlgorithm DEFAULT sha1Identifier,
    ///    maskGenAlgorithm  [1] MaskGenAlgorithm DEFAULT mgf1SHA1Identifier,
    ///    saltLength        [2] INTEGER DEFAULT 20,
    ///    trailerField      [3] INTEGER DEFAULT 1  }
    /// ```
    fn read(parameters: &Element<'d>) -> Option<Self> {
        let mut fields = (parameters.identifier == SEQUENCE).then(|| parameters.values())?;
        // Whether a field is there, and its value if that is one alone.
        let mut tagged = |number| {
            let field = fields.next_if(constructed(number));
            field.map(|field| {
                let mut inside = field.values();
                inside.next().filter(|_| inside.is_at_end())
            })
        };
        let (hash, mask, salt) = (tagged(0), tagged(1), tagged(2));
        let hash = match hash {
            None => SHA1,
            Some(value) => hash_identifier(&value?)?,
        };
        let mask_hash = match mask {
            None => SHA1,
            Some(value) => {
                let mask = algorithm(&value?).filter(|mask| mask.identifier == MGF1)?;
                hash_identifier(mask.parameters.as_ref()?)?
            }
        };
        let salt = match salt {
            None => &[20],
            Some(value) => salt_octets(&value?)?,
        };
        fields.is_at_end().then_some(Self {
            hash,
            mask_hash,
            salt,
        })
    }
}

fn algorithm<'d>(value: &Element<'d>) -> Option<Named<'d>> {
    (value.identifier == SEQUENCE).then(|| Named::read(value))?
}

fn hash_identifier(value: &Element<'_>) -> Option<ObjectIdentifier> {
    let hash = algorithm(value).filter(Named::has_null_or_nothing)?;
    Some(hash.identifier)
}

/// The contents of an INTEGER that is not negative.
fn salt_octets<'d>(value: &Element<'d>) -> Option<&'d [u8]> {
    let octets = value.octets();
    let is_number =
        value.identifier == INTEGER && octets.first().is_some_and(|one| one & 0x80 == 0);
    is_number.then_some(octets)
}

/// `sha…WithRSAEncryption` with NULL; `last` is the last arc of 1.2.840.113549.1.1.
fn pkcs1_identifier(last: u8) -> Vec<u8> {
    let mut der = vec![0x30, 13, 6, 9];
    der.extend([0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, last]);
    der.extend([5, 0]);
    der
}

/// `id-RSASSA-PSS` with its parameters; `last` is the hash's last arc of 2.16.840.1.101.3.4.2.
fn pss_identifier(last: u8, salt_length: u8) -> Vec<u8> {
    let mut hash = vec![0x30, 13, 6, 9];
    hash.extend([0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, last]);
    hash.extend([5, 0]);
    let mut der = vec![0x30, 65, 6, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 10];
    der.extend([0x30, 52, 0xa0, 15]);
    der.extend(&hash);
    der.extend([0xa1, 28, 0x30, 26, 6, 9]);
    der.extend([0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 8]);
    der.extend(&hash);
    der.extend([0xa2, 3, 2, 1, salt_length]);
    der
}

/// `ecdsa-with-SHA…`; `last` is the last arc of 1.2.840.10045.4.3.
fn ecdsa_identifier(last: u8) -> Vec<u8> {
    vec![0x30, 10, 6, 8, 0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, last]
}

const SHA256_WITH_RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.11");
const SHA384_WITH_RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.12");
const SHA512_WITH_RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.13");
const RSASSA_PSS: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.10");
const MGF1: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.8");
const MD5: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.2.5");
const SHA1: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.14.3.2.26");
const SHA256: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.1");
const SHA384: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.2");
const SHA512: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.3");
const ECDSA_WITH_SHA256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.4.3.2");
const ECDSA_WITH_SHA384: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.4.3.3");
const ED25519: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.101.112");

const KNOWN: [(ObjectIdentifier, &str); 15] = [
    (SHA256_WITH_RSA, "sha256WithRSAEncryption"),
    (SHA384_WITH_RSA, "sha384WithRSAEncryption"),
    (SHA512_WITH_RSA, "sha512WithRSAEncryption"),
    (RSASSA_PSS, "id-RSASSA-PSS"),
    (ECDSA_WITH_SHA256, "ecdsa-with-SHA256"),
    (ECDSA_WITH_SHA384, "ecdsa-with-SHA384"),
    (ED25519, "id-Ed25519"),
    (
        ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.4"),
        "md5WithRSAEncryption",
    ),
    (
        ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.5"),
        "sha1WithRSAEncryption",
    ),
    (
        ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.14"),
        "sha224WithRSAEncryption",
    ),
    (
        ObjectIdentifier::new_unwrap("1.2.840.10045.4.1"),
        "ecdsa-with-SHA1",
    ),
    (
        ObjectIdentifier::new_unwrap("1.2.840.10045.4.3.1"),
        "ecdsa-with-SHA224",
    ),
    (
        ObjectIdentifier::new_unwrap("1.2.840.10045.4.3.4"),
        "ecdsa-with-SHA512",
    ),
    (ObjectIdentifier::new_unwrap("1.3.101.113"), "id-Ed448"),
    (
        ObjectIdentifier::new_unwrap("1.2.840.10040.4.3"),
        "id-dsa-with-sha1",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    const RSA: KeyKind = KeyKind::Rsa { bits: 2048 };

    #[test]
    fn identifiers_round_trip_for_the_keys_that_fit() {
        for algorithm in SignatureAlgorithm::ALL {
            for kind in [RSA, KeyKind::P256, KeyKind::P384, KeyKind::Ed25519] {
                let read = SignatureAlgorithm::from_algorithm_identifier(
                    &algorithm.to_algorithm_identifier(),
                    kind,
                );
                if algorithm.fits(kind) {
                    assert_eq!(read, Ok(algorithm));
                } else {
                    assert_ne!(read, Ok(algorithm), "{algorithm} by {kind}");
                }
            }
        }
    }

    #[test]
    fn parameters_are_held_to_the_standards() {
        #[track_caller]
        fn check(hex: &str, kind: KeyKind, expected: Result<SignatureAlgorithm, &str>) {
            let der = padlock_wire::hex::decode(hex).unwrap();
            let read = SignatureAlgorithm::from_algorithm_identifier(&der, kind);
            assert_eq!(
                read.map_err(|error| error.to_string()),
                expected.map_err(str::to_owned)
            );
        }
        let rsa = Ok(SignatureAlgorithm::RsaPkcs1Sha256);
        check("300b06092a864886f70d01010b", RSA, rsa);
        check("300d06092a864886f70d01010b0500", RSA, rsa);
        check(
            "300e06092a864886f70d01010b020101",
            RSA,
            Err(
                "the parameters of sha256WithRSAEncryption (1.2.840.113549.1.1.11) are not those \
                 its standard asks for",
            ),
        );
        check(
            "300c06082a8648ce3d0403020500",
            KeyKind::P256,
            Err(
                "the parameters of ecdsa-with-SHA256 (1.2.840.10045.4.3.2) are not those its \
                 standard asks for",
            ),
        );
        check(
            "300d06092a864886f70d0101050500",
            RSA,
            Err("signatures by sha1WithRSAEncryption (1.2.840.113549.1.1.5) are not verified"),
        );
        check(
            "300b06092a864886f70d01010b",
            KeyKind::P256,
            Err(
                "the signature claims sha256WithRSAEncryption (1.2.840.113549.1.1.11), which the \
                 signer's key (ECDSA P-256) does not make",
            ),
        );
        check(
            "300b06092a864886f70d01010a",
            RSA,
            Err(
                "the parameters of id-RSASSA-PSS (1.2.840.113549.1.1.10) are not those its \
                 standard asks for",
            ),
        );
        check(
            "30",
            RSA,
            Err("the signature's AlgorithmIdentifier is not DER"),
        );
        let p521 = KeyKind::Other {
            identifier: ObjectIdentifier::new_unwrap("1.3.132.0.35"),
        };
        check(
            "300a06082a8648ce3d040302",
            p521,
            Err(
                "signatures by ecdsa-with-SHA256 (1.2.840.10045.4.3.2) with a key of this kind \
                 (ECDSA P-521) are not verified",
            ),
        );
    }

    #[test]
    fn parameters_of_pss_are_told_apart() {
        const SHA1: &str = "06052b0e03021a";
        const SHA256: &str = "0609608648016503040201";
        const MGF1: &str = "06092a864886f70d010108";
        let value = |tag: &str, parts: &[&str]| {
            let inside = parts.concat();
            format!("{tag}{:02x}{inside}", inside.len() / 2)
        };
        let hash = |oid: &str| value("a0", &[&value("30", &[oid, "0500"])]);
        let mask = |oid: &str| {
            let hash = value("30", &[oid, "0500"]);
            value("a1", &[&value("30", &[MGF1, &hash])])
        };
        let salt = |salt: &str| value("a2", &[&value("02", &[salt])]);
        let identifier = RSASSA_PSS;
        let wrong = Err(SignatureError::Parameters { identifier });
        let other = |weak| Err(SignatureError::OtherParameters { identifier, weak });
        let sha1 = other(Some("id-RSASSA-PSS with SHA-1"));
        let (hash256, mask256) = (hash(SHA256), mask(SHA256));
        for (parts, expected) in [
            (
                vec![&hash256, &mask256, &salt("20")],
                Ok(SignatureAlgorithm::RsaPssSha256),
            ),
            (vec![&hash256, &mask256, &salt("14")], other(None)),
            (vec![&hash256, &mask256, &salt("0100")], other(None)),
            (vec![&hash256, &mask256], other(None)),
            (vec![&hash256, &salt("20")], other(None)),
            (vec![&hash256, &mask(SHA1), &salt("20")], other(None)),
            (vec![], sha1),
            (vec![&hash(SHA1), &mask(SHA1), &salt("14")], sha1),
            (vec![&mask256, &salt("20")], sha1),
            (vec![&hash256, &mask256, &salt("a0")], wrong),
            (vec![&mask256, &hash256, &salt("20")], wrong),
            (
                vec![&hash256, &mask256, &salt("20"), &"a303020101".to_owned()],
                wrong,
            ),
            (vec![&hash256, &"a1023000".to_owned(), &salt("20")], wrong),
            (vec![&"a000".to_owned(), &mask256, &salt("20")], wrong),
        ] {
            let parts: Vec<_> = parts.into_iter().map(String::as_str).collect();
            let whole = value("30", &["06092a864886f70d01010a", &value("30", &parts)]);
            let der = padlock_wire::hex::decode(&whole).unwrap();
            let read = SignatureAlgorithm::from_algorithm_identifier(&der, RSA);
            assert_eq!(read, expected, "{whole}");
            let weak = read.err().and_then(|error| error.weak_hash());
            assert_eq!(weak.is_some(), expected == sha1, "{whole}");
        }
    }
}
