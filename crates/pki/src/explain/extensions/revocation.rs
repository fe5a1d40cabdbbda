//! The extensions of revocation lists, of their entries (RFC 5280 §5.2, §5.3), and of OCSP
//! responses (RFC 6960 §4.4).

use super::super::der::{
    ENUMERATED, GENERALIZED_TIME, INTEGER, NULL, OBJECT_IDENTIFIER, OCTET_STRING, SEQUENCE,
    constructed, context,
};
use super::super::finish;
use super::super::list::REASONS;
use super::super::schema::{Bits, Field, Integer, Octets, Type, field};
use super::{DISTRIBUTION_POINT_NAME, GENERAL_NAME, REASON_FLAGS};

pub(super) fn value(extension: &str) -> Option<&'static Field> {
    Some(match extension {
        "2.5.29.20" => &CRL_NUMBER,
        "2.5.29.21" => &REASON_CODE,
        "2.5.29.23" => &HOLD_INSTRUCTION,
        "2.5.29.24" => &INVALIDITY_DATE,
        "2.5.29.27" => &BASE_CRL_NUMBER,
        "2.5.29.28" => &ISSUING_DISTRIBUTION_POINT,
        "2.5.29.29" => &CERTIFICATE_ISSUER,
        "1.3.6.1.5.5.7.48.1.2" => &NONCE,
        "1.3.6.1.5.5.7.48.1.5" => &NO_CHECK,
        "1.3.6.1.5.5.7.48.1.6" => &ARCHIVE_CUTOFF,
        _ => return None,
    })
}

/// `CRLNumber ::= INTEGER (0..MAX)`
static CRL_NUMBER: Field = field("CRLNumber", INTEGER, &Type::Integer(Integer::Number)).at("5.2.3");

/// `BaseCRLNumber ::= CRLNumber`
static BASE_CRL_NUMBER: Field =
    field("BaseCRLNumber", INTEGER, &Type::Integer(Integer::Number)).at("5.2.4");

/// ```text
/// IssuingDistributionPoint ::= SEQUENCE {
///      distributionPoint          [0] DistributionPointName OPTIONAL,
///      onlyContainsUserCerts      [1] BOOLEAN DEFAULT FALSE,
///      onlyContainsCACerts        [2] BOOLEAN DEFAULT FALSE,
///      onlySomeReasons            [3] ReasonFlags OPTIONAL,
///      indirectCRL                [4] BOOLEAN DEFAULT FALSE,
///      onlyContainsAttributeCerts [5] BOOLEAN DEFAULT FALSE }
/// ```
static ISSUING_DISTRIBUTION_POINT: Field = field(
    "IssuingDistributionPoint",
    SEQUENCE,
    &Type::Sequence(&[
        field(
            "distributionPoint",
            constructed(0),
            &Type::Explicit(&DISTRIBUTION_POINT_NAME),
        )
        .optional()
        .finished_by(finish::first),
        field("onlyContainsUserCerts", context(1), &Type::Boolean).default(&[0x00]),
        field("onlyContainsCACerts", context(2), &Type::Boolean).default(&[0x00]),
        field(
            "onlySomeReasons",
            context(3),
            &Type::BitString(Bits::Named(&REASON_FLAGS)),
        )
        .optional(),
        field("indirectCRL", context(4), &Type::Boolean).default(&[0x00]),
        field("onlyContainsAttributeCerts", context(5), &Type::Boolean).default(&[0x00]),
    ]),
)
.at("5.2.5");

/// `CRLReason ::= ENUMERATED { … }`
static REASON_CODE: Field = field(
    "CRLReason",
    ENUMERATED,
    &Type::Integer(Integer::Named(&REASONS)),
)
.at("5.3.1");

/// `HoldInstructionCode ::= OBJECT IDENTIFIER`
static HOLD_INSTRUCTION: Field = field(
    "HoldInstructionCode",
    OBJECT_IDENTIFIER,
    &Type::ObjectIdentifier,
)
.in_rfc(3280, "5.3.2");

/// `InvalidityDate ::=  GeneralizedTime`
static INVALIDITY_DATE: Field =
    field("InvalidityDate", GENERALIZED_TIME, &Type::Moment).at("5.3.2");

/// `CertificateIssuer ::= GeneralNames`
static CERTIFICATE_ISSUER: Field = field("CertificateIssuer", SEQUENCE, &Type::Many(&GENERAL_NAME))
    .at("5.3.3")
    .finished_by(finish::all);

/// `Nonce ::= OCTET STRING(SIZE(1..128))`
static NONCE: Field =
    field("Nonce", OCTET_STRING, &Type::OctetString(Octets::Opaque)).in_rfc(9654, "2.1");

/// A NULL: the answers' signer need not be asked about.
static NO_CHECK: Field = field("OCSPNoCheck", NULL, &Type::Any).in_rfc(6960, "4.2.2.2.1");

/// `ArchiveCutoff ::= GeneralizedTime`
static ARCHIVE_CUTOFF: Field =
    field("ArchiveCutoff", GENERALIZED_TIME, &Type::Moment).in_rfc(6960, "4.4.4");
