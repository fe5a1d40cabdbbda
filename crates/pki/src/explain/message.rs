//! Signed messages (PKCS #7, CMS: RFC 5652), in which chains of certificates are handed on.

use super::der::{INTEGER, OBJECT_IDENTIFIER, OCTET_STRING, SEQUENCE, SET, constructed, context};
use super::list::CERTIFICATE_LIST;
use super::request::ATTRIBUTE;
use super::schema::{CERTIFICATE, Field, Integer, Octets, Type, algorithm, any, field, name};

/// ```text
/// ContentInfo ::= SEQUENCE {
///      contentType ContentType,
///      content     [0] EXPLICIT ANY DEFINED BY contentType }
/// ```
pub(super) static CONTENT_INFO: Field = field(
    "ContentInfo",
    SEQUENCE,
    &Type::Sequence(&[
        field("contentType", OBJECT_IDENTIFIER, &Type::ObjectIdentifier),
        field("content", constructed(0), &Type::ByIdentifier(content)).optional(),
    ]),
)
.in_rfc(5652, "3");

fn content(identifier: &str) -> Option<&'static Field> {
    static SIGNED: Field = field("content", constructed(0), &Type::Explicit(&SIGNED_DATA));
    (identifier == "1.2.840.113549.1.7.2").then_some(&SIGNED)
}

/// ```text
/// SignedData ::= SEQUENCE {
///      version          CMSVersion,
///      digestAlgorithms SET OF DigestAlgorithmIdentifier,
///      encapContentInfo EncapsulatedContentInfo,
///      certificates [0] IMPLICIT SET OF CertificateChoices OPTIONAL,
///      crls         [1] IMPLICIT SET OF RevocationInfoChoice OPTIONAL,
///      signerInfos      SET OF SignerInfo }
/// ```
static SIGNED_DATA: Field = field(
    "SignedData",
    SEQUENCE,
    &Type::Sequence(&[
        field("version", INTEGER, &Type::Integer(Integer::Number)),
        field("digestAlgorithms", SET, &Type::AnyNumber(&DIGEST_ALGORITHM)),
        field("encapContentInfo", SEQUENCE, &ENCAPSULATED).in_rfc(5652, "5.2"),
        field(
            "certificates",
            constructed(0),
            &Type::AnyNumber(&CERTIFICATE_CHOICES),
        )
        .optional()
        .in_rfc(5652, "10.2.3"),
        field("crls", constructed(1), &Type::AnyNumber(&REVOCATION_CHOICE))
            .optional()
            .in_rfc(5652, "10.2.1"),
        field("signerInfos", SET, &Type::AnyNumber(&SIGNER_INFO)).in_rfc(5652, "5.3"),
    ]),
)
.in_rfc(5652, "5.1");

static DIGEST_ALGORITHM: Field = algorithm("DigestAlgorithmIdentifier");

static ENCAPSULATED: Type = Type::Sequence(&[
    field("eContentType", OBJECT_IDENTIFIER, &Type::ObjectIdentifier),
    field("eContent", constructed(0), &Type::Explicit(&CONTENT)).optional(),
]);

/// An `OCTET STRING`; in PKCS #7, which came before, any value.
static CONTENT: Field = any("eContent", &Type::Any);

/// ```text
/// CertificateChoices ::= CHOICE {
///      certificate         Certificate,
///      extendedCertificate [0] IMPLICIT ExtendedCertificate,
///      v1AttrCert          [1] IMPLICIT AttributeCertificateV1,
///      v2AttrCert          [2] IMPLICIT AttributeCertificateV2,
///      other               [3] IMPLICIT OtherCertificateFormat }
/// ```
static CERTIFICATE_CHOICES: Field = any(
    "CertificateChoices",
    &Type::Choice(&[
        CERTIFICATE,
        field("extendedCertificate", constructed(0), &Type::Any),
        field("v1AttrCert", constructed(1), &Type::Any),
        field("v2AttrCert", constructed(2), &Type::Any),
        field("other", constructed(3), &Type::Any),
    ]),
);

static REVOCATION_CHOICE: Field = any(
    "RevocationInfoChoice",
    &Type::Choice(&[CERTIFICATE_LIST, field("other", constructed(1), &Type::Any)]),
);

/// ```text
/// SignerInfo ::= SEQUENCE {
///      version            CMSVersion,
///      sid                SignerIdentifier,
///      digestAlgorithm    DigestAlgorithmIdentifier,
///      signedAttrs        [0] IMPLICIT SET OF Attribute OPTIONAL,
///      signatureAlgorithm SignatureAlgorithmIdentifier,
///      signature          OCTET STRING,
///      unsignedAttrs      [1] IMPLICIT SET OF Attribute OPTIONAL }
/// SignerIdentifier ::= CHOICE {
///      issuerAndSerialNumber IssuerAndSerialNumber,
///      subjectKeyIdentifier  [0] SubjectKeyIdentifier }
/// ```
static SIGNER_INFO: Field = field(
    "SignerInfo",
    SEQUENCE,
    &Type::Sequence(&[
        field("version", INTEGER, &Type::Integer(Integer::Number)),
        any(
            "sid",
            &Type::Choice(&[
                field("issuerAndSerialNumber", SEQUENCE, &ISSUER_AND_SERIAL),
                field(
                    "subjectKeyIdentifier",
                    context(0),
                    &Type::OctetString(Octets::Opaque),
                ),
            ]),
        ),
        algorithm("digestAlgorithm"),
        field("signedAttrs", constructed(0), &Type::AnyNumber(&ATTRIBUTE)).optional(),
        algorithm("signatureAlgorithm"),
        field(
            "signature",
            OCTET_STRING,
            &Type::OctetString(Octets::Opaque),
        ),
        field(
            "unsignedAttrs",
            constructed(1),
            &Type::AnyNumber(&ATTRIBUTE),
        )
        .optional(),
    ]),
)
.in_rfc(5652, "5.3");

static ISSUER_AND_SERIAL: Type = Type::Sequence(&[
    name("issuer"),
    field("serialNumber", INTEGER, &Type::Integer(Integer::Serial)),
]);
