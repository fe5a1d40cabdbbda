//! Certification requests (PKCS #10, RFC 2986): what a certificate is asked for with.

use super::der::{INTEGER, OBJECT_IDENTIFIER, OCTET_STRING, SEQUENCE, SET, constructed};
use super::finish;
use super::schema::{
    EXTENSIONS, Field, Integer, Octets, SUBJECT_PUBLIC_KEY_INFO, Type, algorithm, any, field, name,
    signature, time,
};

/// ```text
/// CertificationRequest ::= SEQUENCE {
///      certificationRequestInfo CertificationRequestInfo,
///      signatureAlgorithm       AlgorithmIdentifier,
///      signature                BIT STRING }
/// CertificationRequestInfo ::= SEQUENCE {
///      version       INTEGER { v1(0) },
///      subject       Name,
///      subjectPKInfo SubjectPublicKeyInfo,
///      attributes    [0] Attributes }
/// ```
pub(super) static CERTIFICATION_REQUEST: Field = field(
    "CertificationRequest",
    SEQUENCE,
    &Type::Sequence(&[
        field("certificationRequestInfo", SEQUENCE, &REQUEST_INFO).in_rfc(2986, "4.1"),
        algorithm("signatureAlgorithm"),
        signature("signature"),
    ]),
)
.in_rfc(2986, "4.2");

static REQUEST_INFO: Type = Type::Sequence(&[
    field("version", INTEGER, &Type::Integer(Integer::Named(&["v1"]))),
    name("subject"),
    SUBJECT_PUBLIC_KEY_INFO,
    // It should be there even when it is empty; many leave it out then.
    field("attributes", constructed(0), &Type::AnyNumber(&ATTRIBUTE)).optional(),
]);

/// ```text
/// Attribute ::= SEQUENCE {
///      type   OBJECT IDENTIFIER,
///      values SET SIZE (1..MAX) OF ANY DEFINED BY type }
/// ```
pub(super) static ATTRIBUTE: Field = field(
    "Attribute",
    SEQUENCE,
    &Type::Sequence(&[
        field("type", OBJECT_IDENTIFIER, &Type::ObjectIdentifier),
        field("values", SET, &Type::ByIdentifier(values)).finished_by(finish::all),
    ]),
)
.finished_by(finish::all);

/// The values of an attribute of this type (RFC 2985 §5, RFC 5652 §11).
fn values(attribute: &str) -> Option<&'static Field> {
    const fn values(value: &'static Type) -> Field {
        field("values", SET, value).finished_by(finish::all)
    }
    static EXTENSION_REQUEST: Field = values(&Type::Many(&EXTENSIONS)).in_rfc(2985, "5.4.2");
    static CHALLENGE_PASSWORD: Field = values(&Type::Many(&TEXT)).in_rfc(2985, "5.4.1");
    static UNSTRUCTURED_NAME: Field = values(&Type::Many(&TEXT)).in_rfc(2985, "5.4.3");
    static CONTENT_TYPE: Field = values(&Type::Many(&IDENTIFIER)).in_rfc(5652, "11.1");
    static MESSAGE_DIGEST: Field = values(&Type::Many(&DIGEST)).in_rfc(5652, "11.2");
    static SIGNING_TIME: Field = values(&Type::Many(&TIME)).in_rfc(5652, "11.3");
    Some(match attribute {
        // The second is Microsoft's for the same.
        "1.2.840.113549.1.9.14" | "1.3.6.1.4.1.311.2.1.14" => &EXTENSION_REQUEST,
        "1.2.840.113549.1.9.7" => &CHALLENGE_PASSWORD,
        "1.2.840.113549.1.9.2" => &UNSTRUCTURED_NAME,
        "1.2.840.113549.1.9.3" => &CONTENT_TYPE,
        "1.2.840.113549.1.9.4" => &MESSAGE_DIGEST,
        "1.2.840.113549.1.9.5" => &SIGNING_TIME,
        _ => return None,
    })
}

static TEXT: Field = any("DirectoryString", &Type::Any);
static IDENTIFIER: Field = field("ContentType", OBJECT_IDENTIFIER, &Type::ObjectIdentifier);
static DIGEST: Field = field(
    "MessageDigest",
    OCTET_STRING,
    &Type::OctetString(Octets::Opaque),
);
static TIME: Field = time("SigningTime");
