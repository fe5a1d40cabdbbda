//! Public keys, signatures and the parameters of their algorithms (RFC 3279, 4055, 5480, 8410).

use super::der::{INTEGER, NULL, OBJECT_IDENTIFIER, SEQUENCE, constructed};
use super::finish;
use super::schema::{Bits, Field, Integer, Type, algorithm, any, field};

/// What `parameters` is for this algorithm.
pub(super) fn parameters(algorithm: &str) -> Option<&'static Field> {
    Some(match algorithm {
        "1.2.840.10045.2.1" => &NAMED_CURVE,
        "1.2.840.113549.1.1.10" => &PSS_PARAMETERS,
        "1.2.840.113549.1.1.8" => &HASH_ALGORITHM,
        "1.2.840.113549.1.1.1"
        | "1.2.840.113549.1.1.4"
        | "1.2.840.113549.1.1.5"
        | "1.2.840.113549.1.1.11"
        | "1.2.840.113549.1.1.12"
        | "1.2.840.113549.1.1.13"
        | "1.2.840.113549.1.1.14" => &NO_PARAMETERS,
        _ => return None,
    })
}

/// What `subjectPublicKey` holds for this algorithm.
pub(super) fn public_key(algorithm: &str) -> Option<Bits> {
    Some(match algorithm {
        "1.2.840.113549.1.1.1" | "1.2.840.113549.1.1.10" => Bits::Holding(&RSA_PUBLIC_KEY),
        "1.2.840.10045.2.1" => Bits::Point,
        _ => return None,
    })
}

/// What `signatureValue` holds for this algorithm.
pub(super) fn signature(algorithm: &str) -> Option<Bits> {
    Some(match algorithm {
        "1.2.840.10045.4.1"
        | "1.2.840.10045.4.3.1"
        | "1.2.840.10045.4.3.2"
        | "1.2.840.10045.4.3.3"
        | "1.2.840.10045.4.3.4" => Bits::Holding(&ECDSA_SIGNATURE),
        _ => return None,
    })
}

/// ```text
/// RSAPublicKey ::= SEQUENCE {
///    modulus            INTEGER,    -- n
///    publicExponent     INTEGER  }  -- e
/// ```
static RSA_PUBLIC_KEY: Field = field(
    "RSAPublicKey",
    SEQUENCE,
    &Type::Sequence(&[
        field("modulus", INTEGER, &Type::Integer(Integer::Large)),
        field("publicExponent", INTEGER, &Type::Integer(Integer::Number)),
    ]),
)
.in_rfc(3279, "2.3.1")
.finished_by(finish::first);

/// ```text
/// ECParameters ::= CHOICE {
///   namedCurve         OBJECT IDENTIFIER
///   -- implicitCurve   NULL
///   -- specifiedCurve  SpecifiedECDomain
/// }
/// ```
static NAMED_CURVE: Field =
    field("namedCurve", OBJECT_IDENTIFIER, &Type::ObjectIdentifier).in_rfc(5480, "2.1.1");

static NO_PARAMETERS: Field = field("parameters", NULL, &Type::Any);

/// ```text
/// Ecdsa-Sig-Value  ::=  SEQUENCE  {
///      r     INTEGER,
///      s     INTEGER  }
/// ```
static ECDSA_SIGNATURE: Field = field(
    "Ecdsa-Sig-Value",
    SEQUENCE,
    &Type::Sequence(&[
        field("r", INTEGER, &Type::Integer(Integer::Large)),
        field("s", INTEGER, &Type::Integer(Integer::Large)),
    ]),
)
.in_rfc(3279, "2.2.3");

/// ```text
/// RSASSA-PSS-params  ::=  SEQUENCE  {
///    hashAlgorithm     [0] HashAlgorithm DEFAULT sha1Identifier,
///    maskGenAlgorithm  [1] MaskGenAlgorithm DEFAULT mgf1SHA1Identifier,
///    saltLength        [2] INTEGER DEFAULT 20,
///    trailerField      [3] INTEGER DEFAULT 1  }
/// ```
static PSS_PARAMETERS: Field = field(
    "RSASSA-PSS-params",
    SEQUENCE,
    &Type::Sequence(&[
        field(
            "hashAlgorithm",
            constructed(0),
            &Type::Explicit(&HASH_ALGORITHM),
        )
        .optional()
        .finished_by(finish::first),
        field(
            "maskGenAlgorithm",
            constructed(1),
            &Type::Explicit(&MASK_GENERATION),
        )
        .optional()
        .finished_by(finish::first),
        field("saltLength", constructed(2), &Type::Explicit(&SALT_LENGTH))
            .optional()
            .finished_by(finish::first),
        field(
            "trailerField",
            constructed(3),
            &Type::Explicit(&TRAILER_FIELD),
        )
        .optional()
        .finished_by(finish::first),
    ]),
)
.in_rfc(4055, "3.1");

static HASH_ALGORITHM: Field = algorithm("HashAlgorithm");
static MASK_GENERATION: Field = algorithm("MaskGenAlgorithm");
static SALT_LENGTH: Field = field("saltLength", INTEGER, &Type::Integer(Integer::Number));
static TRAILER_FIELD: Field = any("trailerField", &Type::Integer(Integer::Number));
