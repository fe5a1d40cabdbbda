//! Answers about a certificate's status (OCSP, RFC 6960).

use padlock_wire::{Node, Value};

use super::der::{
    ENUMERATED, GENERALIZED_TIME, INTEGER, OBJECT_IDENTIFIER, OCTET_STRING, SEQUENCE, constructed,
    context,
};
use super::finish;
use super::inside;
use super::list::REASONS;
use super::problem::{Problem, ProblemKind};
use super::schema::{
    CERTIFICATE, EXTENSIONS, Field, Integer, Octets, Type, algorithm, any, field, name, signature,
};

/// The names of `OCSPResponseStatus`.
pub(crate) const STATUSES: [&str; 7] = [
    "successful",
    "malformedRequest",
    "internalError",
    "tryLater",
    "(not used)",
    "sigRequired",
    "unauthorized",
];

/// ```text
/// OCSPResponse ::= SEQUENCE {
///      responseStatus OCSPResponseStatus,
///      responseBytes  [0] EXPLICIT ResponseBytes OPTIONAL }
/// ```
pub(super) static OCSP_RESPONSE: Field = field(
    "OCSPResponse",
    SEQUENCE,
    &Type::Sequence(&[
        field(
            "responseStatus",
            ENUMERATED,
            &Type::Integer(Integer::Named(&STATUSES)),
        )
        .in_rfc(6960, "4.2.1"),
        field("responseBytes", constructed(0), &Type::Explicit(&BYTES)).optional(),
    ]),
)
.in_rfc(6960, "4.2.1");

static BYTES: Field = field(
    "ResponseBytes",
    SEQUENCE,
    &Type::Sequence(&[
        field("responseType", OBJECT_IDENTIFIER, &Type::ObjectIdentifier),
        field(
            "response",
            OCTET_STRING,
            &Type::OctetString(Octets::ByIdentifier(response)),
        ),
    ]),
);

fn response(identifier: &str) -> Option<&'static Field> {
    (identifier == "1.3.6.1.5.5.7.48.1.1").then_some(&BASIC_RESPONSE)
}

/// ```text
/// BasicOCSPResponse ::= SEQUENCE {
///      tbsResponseData    ResponseData,
///      signatureAlgorithm AlgorithmIdentifier,
///      signature          BIT STRING,
///      certs              [0] EXPLICIT SEQUENCE OF Certificate OPTIONAL }
/// ResponseData ::= SEQUENCE {
///      version            [0] EXPLICIT Version DEFAULT v1,
///      responderID        ResponderID,
///      producedAt         GeneralizedTime,
///      responses          SEQUENCE OF SingleResponse,
///      responseExtensions [1] EXPLICIT Extensions OPTIONAL }
/// ```
static BASIC_RESPONSE: Field = field(
    "BasicOCSPResponse",
    SEQUENCE,
    &Type::Sequence(&[
        field("tbsResponseData", SEQUENCE, &RESPONSE_DATA),
        algorithm("signatureAlgorithm"),
        signature("signature"),
        field("certs", constructed(0), &Type::Explicit(&CERTIFICATES)).optional(),
    ]),
)
.in_rfc(6960, "4.2.1");

static CERTIFICATES: Field = field("certificates", SEQUENCE, &Type::AnyNumber(&CERTIFICATE));

static RESPONSE_DATA: Type = Type::Sequence(&[
    field("version", constructed(0), &Type::Explicit(&VERSION))
        .default(&[0x02, 0x01, 0x00])
        .finished_by(finish::first),
    any(
        "responderID",
        &Type::Choice(&[
            field("byName", constructed(1), &Type::Explicit(&NAME)).finished_by(finish::first),
            field("byKey", constructed(2), &Type::Explicit(&KEY_HASH)),
        ]),
    )
    .in_rfc(6960, "4.2.2.3"),
    moment("producedAt").in_rfc(6960, "4.2.2.1"),
    field("responses", SEQUENCE, &Type::AnyNumber(&SINGLE_RESPONSE)),
    field(
        "responseExtensions",
        constructed(1),
        &Type::Explicit(&EXTENSIONS),
    )
    .optional(),
]);

/// Reports a version that there is not (RFC 6960 §4.2.1): there is one.
pub(super) fn check_version(tree: &Node, problems: &mut Vec<Problem>) {
    let version = tree.find("tbsResponseData").and_then(|data| {
        let mut fields = data.children.iter();
        fields.find(|field| field.label == "version")
    });
    let number = version.and_then(|version| Some((version, &inside(version)?.value)));
    if let Some((version, Value::Code { number: 1.., .. } | Value::Number(_) | Value::Opaque)) =
        number
    {
        let type_name = "Version";
        problems.push(Problem {
            kind: ProblemKind::Invalid { type_name },
            at: version.range.start,
        });
    }
}

static VERSION: Field = field("Version", INTEGER, &Type::Integer(Integer::Named(&["v1"])));
static NAME: Field = name("Name");
static KEY_HASH: Field = field("KeyHash", OCTET_STRING, &Type::OctetString(Octets::Opaque));

const fn moment(label: &'static str) -> Field {
    field(label, GENERALIZED_TIME, &Type::Moment)
}

/// ```text
/// SingleResponse ::= SEQUENCE {
///      certID           CertID,
///      certStatus       CertStatus,
///      thisUpdate       GeneralizedTime,
///      nextUpdate       [0] EXPLICIT GeneralizedTime OPTIONAL,
///      singleExtensions [1] EXPLICIT Extensions OPTIONAL }
/// CertID ::= SEQUENCE {
///      hashAlgorithm    AlgorithmIdentifier,
///      issuerNameHash   OCTET STRING,
///      issuerKeyHash    OCTET STRING,
///      serialNumber     CertificateSerialNumber }
/// CertStatus ::= CHOICE {
///      good    [0] IMPLICIT NULL,
///      revoked [1] IMPLICIT RevokedInfo,
///      unknown [2] IMPLICIT UnknownInfo }
/// ```
static SINGLE_RESPONSE: Field = field(
    "SingleResponse",
    SEQUENCE,
    &Type::Sequence(&[
        field(
            "certID",
            SEQUENCE,
            &Type::Sequence(&[
                algorithm("hashAlgorithm"),
                field(
                    "issuerNameHash",
                    OCTET_STRING,
                    &Type::OctetString(Octets::Opaque),
                ),
                field(
                    "issuerKeyHash",
                    OCTET_STRING,
                    &Type::OctetString(Octets::Opaque),
                ),
                field("serialNumber", INTEGER, &Type::Integer(Integer::Serial)),
            ]),
        )
        .in_rfc(6960, "4.1.1"),
        any(
            "certStatus",
            &Type::Choice(&[
                field("good", context(0), &Type::Any),
                field("revoked", constructed(1), &REVOKED_INFO).finished_by(finish::all),
                field("unknown", context(2), &Type::Any),
            ]),
        ),
        moment("thisUpdate").in_rfc(6960, "4.2.2.1"),
        field("nextUpdate", constructed(0), &Type::Explicit(&NEXT))
            .optional()
            .in_rfc(6960, "4.2.2.1")
            .finished_by(finish::first),
        field(
            "singleExtensions",
            constructed(1),
            &Type::Explicit(&EXTENSIONS),
        )
        .optional(),
    ]),
)
.in_rfc(6960, "4.2.1");

static NEXT: Field = moment("nextUpdate");

/// ```text
/// RevokedInfo ::= SEQUENCE {
///      revocationTime   GeneralizedTime,
///      revocationReason [0] EXPLICIT CRLReason OPTIONAL }
/// ```
static REVOKED_INFO: Type = Type::Sequence(&[
    moment("revocationTime"),
    field("revocationReason", constructed(0), &Type::Explicit(&REASON))
        .optional()
        .finished_by(finish::first),
]);

static REASON: Field = field(
    "CRLReason",
    ENUMERATED,
    &Type::Integer(Integer::Named(&REASONS)),
);
