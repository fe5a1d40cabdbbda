//! The extensions of RFC 5280 §4.2 that ordinary certificates carry; others stand in the modules
//! within.

#[cfg(feature = "study")]
mod rare;
#[cfg(feature = "study")]
mod revocation;
#[cfg(feature = "study")]
mod timestamps;
#[cfg(feature = "study")]
mod wild;

use super::der::{
    BIT_STRING, BOOLEAN, IA5_STRING, INTEGER, OBJECT_IDENTIFIER, OCTET_STRING, SEQUENCE,
    constructed, context,
};
use super::finish;
use super::schema::{
    Bits, Field, Integer, Octets, RELATIVE_DISTINGUISHED_NAME, Type, any, field, name,
};

/// What `extnValue` holds for this extension.
pub(super) fn value(extension: &str) -> Option<&'static Field> {
    judged(extension).or_else(|| foreign(extension))
}

/// Whether what is wrong in `extnValue` is for those to judge who judge the certificate: an
/// extension that none of our own certificates has, and nobody here uses, is not.
pub(crate) fn is_known(extension: &str) -> bool {
    judged(extension).is_some()
}

/// The same of lists of revoked certificates and responses of OCSP.
#[cfg(feature = "study")]
pub(crate) fn is_known_in_revocation(extension: &str) -> bool {
    is_known(extension) || revocation::value(extension).is_some()
}

#[cfg(feature = "study")]
fn foreign(extension: &str) -> Option<&'static Field> {
    rare::value(extension)
        .or_else(|| revocation::value(extension))
        .or_else(|| wild::value(extension))
}

#[cfg(not(feature = "study"))]
fn foreign(_extension: &str) -> Option<&'static Field> {
    None
}

fn judged(extension: &str) -> Option<&'static Field> {
    Some(match extension {
        "2.5.29.14" => &SUBJECT_KEY_IDENTIFIER,
        "2.5.29.15" => &KEY_USAGE,
        "2.5.29.17" => &SUBJECT_ALT_NAME,
        "2.5.29.18" => &ISSUER_ALT_NAME,
        "2.5.29.19" => &BASIC_CONSTRAINTS,
        "2.5.29.30" => &NAME_CONSTRAINTS,
        "2.5.29.31" => &CRL_DISTRIBUTION_POINTS,
        "2.5.29.32" => &CERTIFICATE_POLICIES,
        "2.5.29.35" => &AUTHORITY_KEY_IDENTIFIER,
        "2.5.29.36" => &POLICY_CONSTRAINTS,
        "2.5.29.37" => &EXT_KEY_USAGE,
        "2.5.29.54" => &INHIBIT_ANY_POLICY,
        "1.3.6.1.5.5.7.1.1" => &AUTHORITY_INFO_ACCESS,
        "1.3.6.1.5.5.7.1.24" => &TLS_FEATURE,
        _ => return None,
    })
}

/// The names of the bits of `KeyUsage`, from bit 0 on.
pub(crate) static KEY_USAGES: [&str; 9] = [
    "digitalSignature",
    "nonRepudiation",
    "keyEncipherment",
    "dataEncipherment",
    "keyAgreement",
    "keyCertSign",
    "cRLSign",
    "encipherOnly",
    "decipherOnly",
];

/// ```text
/// AuthorityKeyIdentifier ::= SEQUENCE {
///    keyIdentifier             [0] KeyIdentifier           OPTIONAL,
///    authorityCertIssuer       [1] GeneralNames            OPTIONAL,
///    authorityCertSerialNumber [2] CertificateSerialNumber OPTIONAL  }
/// ```
static AUTHORITY_KEY_IDENTIFIER: Field = field(
    "AuthorityKeyIdentifier",
    SEQUENCE,
    &Type::Sequence(&[
        field(
            "keyIdentifier",
            context(0),
            &Type::OctetString(Octets::Opaque),
        )
        .optional(),
        field(
            "authorityCertIssuer",
            constructed(1),
            &Type::Many(&GENERAL_NAME),
        )
        .optional()
        .finished_by(finish::all),
        field(
            "authorityCertSerialNumber",
            context(2),
            &Type::Integer(Integer::Serial),
        )
        .optional(),
    ]),
)
.at("4.2.1.1")
.finished_by(finish::first);

/// `SubjectKeyIdentifier ::= KeyIdentifier`
static SUBJECT_KEY_IDENTIFIER: Field = field(
    "SubjectKeyIdentifier",
    OCTET_STRING,
    &Type::OctetString(Octets::Opaque),
)
.at("4.2.1.2");

static KEY_USAGE: Field = field(
    "KeyUsage",
    BIT_STRING,
    &Type::BitString(Bits::Named(&KEY_USAGES)),
)
.at("4.2.1.3");

/// ```text
/// certificatePolicies ::= SEQUENCE SIZE (1..MAX) OF PolicyInformation
/// PolicyInformation ::= SEQUENCE {
///      policyIdentifier   CertPolicyId,
///      policyQualifiers   SEQUENCE SIZE (1..MAX) OF PolicyQualifierInfo OPTIONAL }
/// PolicyQualifierInfo ::= SEQUENCE {
///      policyQualifierId  PolicyQualifierId,
///      qualifier          ANY DEFINED BY policyQualifierId }
/// ```
static CERTIFICATE_POLICIES: Field = field(
    "certificatePolicies",
    SEQUENCE,
    &Type::Many(&POLICY_INFORMATION),
)
.at("4.2.1.4")
.finished_by(finish::all);

static POLICY_INFORMATION: Field = field(
    "PolicyInformation",
    SEQUENCE,
    &Type::Sequence(&[
        field(
            "policyIdentifier",
            OBJECT_IDENTIFIER,
            &Type::ObjectIdentifier,
        ),
        field("policyQualifiers", SEQUENCE, &Type::Many(&POLICY_QUALIFIER)).optional(),
    ]),
)
.finished_by(finish::first);

static POLICY_QUALIFIER: Field = field(
    "PolicyQualifierInfo",
    SEQUENCE,
    &Type::Sequence(&[
        field(
            "policyQualifierId",
            OBJECT_IDENTIFIER,
            &Type::ObjectIdentifier,
        ),
        any("qualifier", &Type::ShownByIdentifier(qualifier)),
    ]),
)
.finished_by(finish::all);

#[cfg(feature = "study")]
use rare::qualifier;

#[cfg(not(feature = "study"))]
fn qualifier(_identifier: &str) -> Option<&'static Field> {
    None
}

/// `SubjectAltName ::= GeneralNames`, `GeneralNames ::= SEQUENCE SIZE (1..MAX) OF GeneralName`
static SUBJECT_ALT_NAME: Field = field("SubjectAltName", SEQUENCE, &Type::Many(&GENERAL_NAME))
    .at("4.2.1.6")
    .finished_by(finish::all);

static ISSUER_ALT_NAME: Field = field("IssuerAltName", SEQUENCE, &Type::Many(&GENERAL_NAME))
    .at("4.2.1.7")
    .finished_by(finish::all);

/// ```text
/// GeneralName ::= CHOICE {
///      otherName                       [0]     OtherName,
///      rfc822Name                      [1]     IA5String,
///      dNSName                         [2]     IA5String,
///      x400Address                     [3]     ORAddress,
///      directoryName                   [4]     Name,
///      ediPartyName                    [5]     EDIPartyName,
///      uniformResourceIdentifier       [6]     IA5String,
///      iPAddress                       [7]     OCTET STRING,
///      registeredID                    [8]     OBJECT IDENTIFIER }
/// ```
static GENERAL_NAME: Field = any("GeneralName", &Type::Choice(GENERAL_NAMES));

static GENERAL_NAMES: &[Field] = &[
    field("otherName", constructed(0), &OTHER_NAME).finished_by(finish::all),
    field("rfc822Name", context(1), &Type::Characters(IA5_STRING)),
    field("dNSName", context(2), &Type::Characters(IA5_STRING)),
    field("x400Address", constructed(3), &Type::Any),
    field(
        "directoryName",
        constructed(4),
        &Type::Explicit(&DIRECTORY_NAME),
    )
    .finished_by(finish::first),
    field("ediPartyName", constructed(5), &EDI_PARTY_NAME).finished_by(finish::all),
    field(
        "uniformResourceIdentifier",
        context(6),
        &Type::Characters(IA5_STRING),
    ),
    field("iPAddress", context(7), &Type::OctetString(Octets::Address)),
    field("registeredID", context(8), &Type::ObjectIdentifier),
];

static OTHER_NAME: Type = Type::Sequence(&[
    field("type-id", OBJECT_IDENTIFIER, &Type::ObjectIdentifier),
    field("value", constructed(0), &Type::Explicit(&OTHER_VALUE)).finished_by(finish::first),
]);

static OTHER_VALUE: Field = any("value", &Type::Any);

static EDI_PARTY_NAME: Type = Type::Sequence(&[
    field("nameAssigner", constructed(0), &Type::Explicit(&PARTY))
        .optional()
        .finished_by(finish::first),
    field("partyName", constructed(1), &Type::Explicit(&PARTY)).finished_by(finish::first),
]);

static PARTY: Field = any("DirectoryString", &Type::Any);

static DIRECTORY_NAME: Field = name("Name");

/// ```text
/// BasicConstraints ::= SEQUENCE {
///      cA                      BOOLEAN DEFAULT FALSE,
///      pathLenConstraint       INTEGER (0..MAX) OPTIONAL }
/// ```
static BASIC_CONSTRAINTS: Field = field(
    "BasicConstraints",
    SEQUENCE,
    &Type::Sequence(&[
        field("cA", BOOLEAN, &Type::Boolean).default(&[0x00]),
        field(
            "pathLenConstraint",
            INTEGER,
            &Type::Integer(Integer::Number),
        )
        .optional(),
    ]),
)
.at("4.2.1.9")
.finished_by(finish::basic_constraints);

/// ```text
/// NameConstraints ::= SEQUENCE {
///      permittedSubtrees       [0]     GeneralSubtrees OPTIONAL,
///      excludedSubtrees        [1]     GeneralSubtrees OPTIONAL }
/// GeneralSubtree ::= SEQUENCE {
///      base                    GeneralName,
///      minimum         [0]     BaseDistance DEFAULT 0,
///      maximum         [1]     BaseDistance OPTIONAL }
/// ```
static NAME_CONSTRAINTS: Field = field(
    "NameConstraints",
    SEQUENCE,
    &Type::Sequence(&[
        field("permittedSubtrees", constructed(0), &Type::Many(&SUBTREE))
            .optional()
            .finished_by(finish::all),
        field("excludedSubtrees", constructed(1), &Type::Many(&SUBTREE))
            .optional()
            .finished_by(finish::all),
    ]),
)
.at("4.2.1.10");

static SUBTREE: Field = field(
    "GeneralSubtree",
    SEQUENCE,
    &Type::Sequence(&[
        any("base", &Type::Choice(GENERAL_NAMES)),
        field("minimum", context(0), &Type::Integer(Integer::Number)).default(&[0x00]),
        field("maximum", context(1), &Type::Integer(Integer::Number)).optional(),
    ]),
)
.finished_by(finish::first);

static POLICY_CONSTRAINTS: Field = field(
    "PolicyConstraints",
    SEQUENCE,
    &Type::Sequence(&[
        field(
            "requireExplicitPolicy",
            context(0),
            &Type::Integer(Integer::Number),
        )
        .optional(),
        field(
            "inhibitPolicyMapping",
            context(1),
            &Type::Integer(Integer::Number),
        )
        .optional(),
    ]),
)
.at("4.2.1.11");

/// `ExtKeyUsageSyntax ::= SEQUENCE SIZE (1..MAX) OF KeyPurposeId`
static EXT_KEY_USAGE: Field = field("ExtKeyUsageSyntax", SEQUENCE, &Type::Many(&KEY_PURPOSE))
    .at("4.2.1.12")
    .finished_by(finish::all);

static KEY_PURPOSE: Field = field("KeyPurposeId", OBJECT_IDENTIFIER, &Type::ObjectIdentifier);

/// ```text
/// CRLDistributionPoints ::= SEQUENCE SIZE (1..MAX) OF DistributionPoint
/// DistributionPoint ::= SEQUENCE {
///      distributionPoint       [0]     DistributionPointName OPTIONAL,
///      reasons                 [1]     ReasonFlags OPTIONAL,
///      cRLIssuer               [2]     GeneralNames OPTIONAL }
/// DistributionPointName ::= CHOICE {
///      fullName                [0]     GeneralNames,
///      nameRelativeToCRLIssuer [1]     RelativeDistinguishedName }
/// ```
static CRL_DISTRIBUTION_POINTS: Field = field(
    "CRLDistributionPoints",
    SEQUENCE,
    &Type::Many(&DISTRIBUTION_POINT),
)
.at("4.2.1.13")
.finished_by(finish::all);

static DISTRIBUTION_POINT: Field = field(
    "DistributionPoint",
    SEQUENCE,
    &Type::Sequence(&[
        field(
            "distributionPoint",
            constructed(0),
            &Type::Explicit(&DISTRIBUTION_POINT_NAME),
        )
        .optional()
        .finished_by(finish::first),
        field(
            "reasons",
            context(1),
            &Type::BitString(Bits::Named(&REASON_FLAGS)),
        )
        .optional(),
        field("cRLIssuer", constructed(2), &Type::Many(&GENERAL_NAME))
            .optional()
            .finished_by(finish::all),
    ]),
)
.finished_by(finish::first);

static DISTRIBUTION_POINT_NAME: Field = any(
    "DistributionPointName",
    &Type::Choice(&[
        field("fullName", constructed(0), &Type::Many(&GENERAL_NAME)).finished_by(finish::all),
        field(
            "nameRelativeToCRLIssuer",
            constructed(1),
            RELATIVE_DISTINGUISHED_NAME.kind,
        ),
    ]),
);

static REASON_FLAGS: [&str; 9] = [
    "unused",
    "keyCompromise",
    "cACompromise",
    "affiliationChanged",
    "superseded",
    "cessationOfOperation",
    "certificateHold",
    "privilegeWithdrawn",
    "aACompromise",
];

static INHIBIT_ANY_POLICY: Field =
    field("InhibitAnyPolicy", INTEGER, &Type::Integer(Integer::Number)).at("4.2.1.14");

/// ```text
/// AuthorityInfoAccessSyntax  ::= SEQUENCE SIZE (1..MAX) OF AccessDescription
/// AccessDescription  ::=  SEQUENCE {
///         accessMethod          OBJECT IDENTIFIER,
///         accessLocation        GeneralName  }
/// ```
static AUTHORITY_INFO_ACCESS: Field = field(
    "AuthorityInfoAccessSyntax",
    SEQUENCE,
    &Type::Many(&ACCESS_DESCRIPTION),
)
.at("4.2.2.1")
.finished_by(finish::all);

static ACCESS_DESCRIPTION: Field = field(
    "AccessDescription",
    SEQUENCE,
    &Type::Sequence(&[
        field("accessMethod", OBJECT_IDENTIFIER, &Type::ObjectIdentifier),
        any("accessLocation", &Type::Choice(GENERAL_NAMES)),
    ]),
)
.finished_by(finish::all);

/// `Features ::= SEQUENCE OF INTEGER`
static TLS_FEATURE: Field = field("Features", SEQUENCE, &Type::AnyNumber(&FEATURE))
    .in_rfc(7633, "4")
    .finished_by(finish::all);

/// The number of an extension of TLS, of which only these two say something here.
static FEATURE: Field = field(
    "Feature",
    INTEGER,
    &Type::Integer(Integer::Known(&[
        (5, "status_request"),
        (17, "status_request_v2"),
    ])),
);
