//! The rest of RFC 5280 §4.2: what few certificates carry.

use super::super::der::{
    BMP_STRING, IA5_STRING, INTEGER, OBJECT_IDENTIFIER, SEQUENCE, UTF8_STRING, VISIBLE_STRING,
    context,
};
use super::super::finish;
use super::super::request::ATTRIBUTE;
use super::super::schema::{Field, Integer, Tag, Type, any, field};
use super::{ACCESS_DESCRIPTION, DISTRIBUTION_POINT};

pub(super) fn value(extension: &str) -> Option<&'static Field> {
    Some(match extension {
        "2.5.29.9" => &SUBJECT_DIRECTORY_ATTRIBUTES,
        "2.5.29.16" => &PRIVATE_KEY_USAGE_PERIOD,
        "2.5.29.33" => &POLICY_MAPPINGS,
        "2.5.29.46" => &FRESHEST_CRL,
        "1.3.6.1.5.5.7.1.11" => &SUBJECT_INFO_ACCESS,
        _ => return None,
    })
}

/// What a policy's qualifier of this kind is (RFC 5280 §4.2.1.4).
pub(super) fn qualifier(identifier: &str) -> Option<&'static Field> {
    Some(match identifier {
        "1.3.6.1.5.5.7.2.1" => &CPS_URI,
        "1.3.6.1.5.5.7.2.2" => &USER_NOTICE,
        _ => return None,
    })
}

/// `CPSuri ::= IA5String`
static CPS_URI: Field = field("CPSuri", IA5_STRING, &Type::Characters(0)).at("4.2.1.4");

/// ```text
/// UserNotice ::= SEQUENCE {
///      noticeRef        NoticeReference OPTIONAL,
///      explicitText     DisplayText OPTIONAL }
/// NoticeReference ::= SEQUENCE {
///      organization     DisplayText,
///      noticeNumbers    SEQUENCE OF INTEGER }
/// ```
static USER_NOTICE: Field = field(
    "UserNotice",
    SEQUENCE,
    &Type::Sequence(&[
        field(
            "noticeRef",
            SEQUENCE,
            &Type::Sequence(&[
                display_text("organization"),
                field("noticeNumbers", SEQUENCE, &Type::AnyNumber(&NOTICE_NUMBER))
                    .finished_by(finish::all),
            ]),
        )
        .optional()
        .finished_by(finish::all),
        display_text("explicitText").optional(),
    ]),
)
.at("4.2.1.4")
.finished_by(finish::all);

static NOTICE_NUMBER: Field = field("noticeNumber", INTEGER, &Type::Integer(Integer::Any));

/// ```text
/// DisplayText ::= CHOICE {
///      ia5String        IA5String      (SIZE (1..200)),
///      visibleString    VisibleString  (SIZE (1..200)),
///      bmpString        BMPString      (SIZE (1..200)),
///      utf8String       UTF8String     (SIZE (1..200)) }
/// ```
const fn display_text(label: &'static str) -> Field {
    let mut text = any(label, &Type::Characters(0));
    text.tag = Tag::OneOf(&[IA5_STRING, VISIBLE_STRING, BMP_STRING, UTF8_STRING]);
    text
}

/// `SubjectDirectoryAttributes ::= SEQUENCE SIZE (1..MAX) OF Attribute`
static SUBJECT_DIRECTORY_ATTRIBUTES: Field = field(
    "SubjectDirectoryAttributes",
    SEQUENCE,
    &Type::Many(&ATTRIBUTE),
)
.at("4.2.1.8")
.finished_by(finish::all);

/// ```text
/// PrivateKeyUsagePeriod ::= SEQUENCE {
///      notBefore       [0]     GeneralizedTime OPTIONAL,
///      notAfter        [1]     GeneralizedTime OPTIONAL }
/// ```
static PRIVATE_KEY_USAGE_PERIOD: Field = field(
    "PrivateKeyUsagePeriod",
    SEQUENCE,
    &Type::Sequence(&[
        field("notBefore", context(0), &Type::Moment).optional(),
        field("notAfter", context(1), &Type::Moment).optional(),
    ]),
)
.in_rfc(3280, "4.2.1.4")
.finished_by(finish::all);

/// ```text
/// PolicyMappings ::= SEQUENCE SIZE (1..MAX) OF SEQUENCE {
///      issuerDomainPolicy      CertPolicyId,
///      subjectDomainPolicy     CertPolicyId }
/// ```
static POLICY_MAPPINGS: Field = field("PolicyMappings", SEQUENCE, &Type::Many(&POLICY_MAPPING))
    .at("4.2.1.5")
    .finished_by(finish::all);

static POLICY_MAPPING: Field = field(
    "PolicyMapping",
    SEQUENCE,
    &Type::Sequence(&[
        field(
            "issuerDomainPolicy",
            OBJECT_IDENTIFIER,
            &Type::ObjectIdentifier,
        ),
        field(
            "subjectDomainPolicy",
            OBJECT_IDENTIFIER,
            &Type::ObjectIdentifier,
        ),
    ]),
)
.finished_by(finish::all);

/// `FreshestCRL ::= CRLDistributionPoints`
static FRESHEST_CRL: Field = field("FreshestCRL", SEQUENCE, &Type::Many(&DISTRIBUTION_POINT))
    .at("4.2.1.15")
    .finished_by(finish::all);

/// `SubjectInfoAccessSyntax ::= SEQUENCE SIZE (1..MAX) OF AccessDescription`
static SUBJECT_INFO_ACCESS: Field = field(
    "SubjectInfoAccessSyntax",
    SEQUENCE,
    &Type::Many(&ACCESS_DESCRIPTION),
)
.at("4.2.2.2")
.finished_by(finish::all);
