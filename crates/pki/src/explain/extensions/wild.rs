//! Extensions of others than RFC 5280 that are met in the wild.

use super::super::der::{
    BIT_STRING, BMP_STRING, IA5_STRING, INTEGER, NULL, OBJECT_IDENTIFIER, OCTET_STRING,
    PRINTABLE_STRING, SEQUENCE, UTF8_STRING, context,
};
use super::super::finish;
use super::super::schema::{Bits, Field, Integer, Octets, Type, any, field};
use super::{POLICY_INFORMATION, timestamps};

pub(super) fn value(extension: &str) -> Option<&'static Field> {
    Some(match extension {
        "1.3.6.1.4.1.11129.2.4.2" | "1.3.6.1.4.1.11129.2.4.5" => &TIMESTAMP_LIST,
        "1.3.6.1.4.1.11129.2.4.3" => &POISON,
        "1.3.6.1.5.5.7.1.3" => &QC_STATEMENTS,
        "1.3.6.1.5.5.7.1.31" => &ACME_IDENTIFIER,
        "2.5.29.56" => &NO_REVOCATION_AVAILABLE,
        "2.23.140.3.1" => &ORGANIZATION_IDENTIFIER,
        "2.16.840.1.113730.1.1" => &NETSCAPE_CERT_TYPE,
        "2.16.840.1.113730.1.2"
        | "2.16.840.1.113730.1.3"
        | "2.16.840.1.113730.1.4"
        | "2.16.840.1.113730.1.7"
        | "2.16.840.1.113730.1.8"
        | "2.16.840.1.113730.1.12"
        | "2.16.840.1.113730.1.13" => &NETSCAPE_TEXT,
        "1.3.6.1.4.1.311.20.2" => &TEMPLATE_NAME,
        "1.3.6.1.4.1.311.21.1" => &KEY_INDEX,
        "1.3.6.1.4.1.311.21.7" => &TEMPLATE,
        "1.3.6.1.4.1.311.21.10" => &APPLICATION_POLICIES,
        _ => return None,
    })
}

/// `SignedCertificateTimestampList ::= OCTET STRING`: within it are structures of TLS.
static TIMESTAMP_LIST: Field = field(
    "SignedCertificateTimestampList",
    OCTET_STRING,
    &Type::OctetString(Octets::Foreign(timestamps::explain)),
)
.in_rfc(6962, "3.3");

/// A NULL, always critical: what has it is no certificate yet.
static POISON: Field = field("poison", NULL, &Type::Any).in_rfc(6962, "3.1");

static NO_REVOCATION_AVAILABLE: Field = field("noRevAvail", NULL, &Type::Any).in_rfc(9608, "2");

/// `Authorization ::= OCTET STRING (SIZE (32))`
static ACME_IDENTIFIER: Field = field(
    "Authorization",
    OCTET_STRING,
    &Type::OctetString(Octets::Opaque),
)
.in_rfc(8737, "3");

/// ```text
/// QCStatements ::= SEQUENCE OF QCStatement
/// QCStatement ::= SEQUENCE {
///      statementId   OBJECT IDENTIFIER,
///      statementInfo ANY DEFINED BY statementId OPTIONAL }
/// ```
static QC_STATEMENTS: Field = field("QCStatements", SEQUENCE, &Type::AnyNumber(&QC_STATEMENT))
    .in_rfc(3739, "3.2.6")
    .finished_by(finish::all);

static QC_STATEMENT: Field = field(
    "QCStatement",
    SEQUENCE,
    &Type::Sequence(&[
        field("statementId", OBJECT_IDENTIFIER, &Type::ObjectIdentifier),
        any("statementInfo", &Type::ByIdentifier(statement)).optional(),
    ]),
)
.finished_by(finish::all);

/// The statements of ETSI EN 319 412-5 §4 that say more than their name.
fn statement(identifier: &str) -> Option<&'static Field> {
    Some(match identifier {
        "0.4.0.1862.1.2" => &LIMIT_VALUE,
        "0.4.0.1862.1.5" => &PDS_LOCATIONS,
        "0.4.0.1862.1.6" => &QC_TYPE,
        "0.4.0.1862.1.7" => &LEGISLATION,
        _ => return None,
    })
}

/// ```text
/// MonetaryValue ::= SEQUENCE {
///      currency Iso4217CurrencyCode,
///      amount   INTEGER,
///      exponent INTEGER }  -- value = amount * 10^exponent
/// ```
static LIMIT_VALUE: Field = field(
    "QcEuLimitValue",
    SEQUENCE,
    &Type::Sequence(&[
        any("currency", &Type::Any),
        field("amount", INTEGER, &Type::Integer(Integer::Any)),
        field("exponent", INTEGER, &Type::Integer(Integer::Any)),
    ]),
)
.finished_by(finish::all);

/// ```text
/// PdsLocations ::= SEQUENCE SIZE (1..MAX) OF PdsLocation
/// PdsLocation ::= SEQUENCE {
///      url      IA5String,
///      language PrintableString (SIZE (2)) }
/// ```
static PDS_LOCATIONS: Field =
    field("PdsLocations", SEQUENCE, &Type::Many(&PDS_LOCATION)).finished_by(finish::all);

static PDS_LOCATION: Field = field(
    "PdsLocation",
    SEQUENCE,
    &Type::Sequence(&[
        field("url", IA5_STRING, &Type::Characters(0)),
        field("language", PRINTABLE_STRING, &Type::Characters(0)),
    ]),
)
.finished_by(finish::all);

/// `QcType ::= SEQUENCE OF OBJECT IDENTIFIER`
static QC_TYPE: Field =
    field("QcType", SEQUENCE, &Type::AnyNumber(&QC_TYPE_IDENTIFIER)).finished_by(finish::all);

static QC_TYPE_IDENTIFIER: Field = field("type", OBJECT_IDENTIFIER, &Type::ObjectIdentifier);

/// `QcCClegislation ::= SEQUENCE OF CountryName`
static LEGISLATION: Field =
    field("QcCClegislation", SEQUENCE, &Type::AnyNumber(&COUNTRY)).finished_by(finish::all);

static COUNTRY: Field = field("CountryName", PRINTABLE_STRING, &Type::Characters(0));

/// Of the CA/Browser Forum's EV guidelines §9.8.2:
/// ```text
/// CABFOrganizationIdentifier ::= SEQUENCE {
///      registrationSchemeIdentifier PrintableString (SIZE(3)),
///      registrationCountry          PrintableString (SIZE(2)),
///      registrationStateOrProvince  [0] IMPLICIT PrintableString OPTIONAL,
///      registrationReference        UTF8String }
/// ```
static ORGANIZATION_IDENTIFIER: Field = field(
    "CABFOrganizationIdentifier",
    SEQUENCE,
    &Type::Sequence(&[
        field(
            "registrationSchemeIdentifier",
            PRINTABLE_STRING,
            &Type::Characters(0),
        ),
        field(
            "registrationCountry",
            PRINTABLE_STRING,
            &Type::Characters(0),
        ),
        field(
            "registrationStateOrProvince",
            context(0),
            &Type::Characters(PRINTABLE_STRING),
        )
        .optional(),
        field("registrationReference", UTF8_STRING, &Type::Characters(0)),
    ]),
)
.finished_by(finish::all);

static NETSCAPE_CERT_TYPE: Field = field(
    "netscape-cert-type",
    BIT_STRING,
    &Type::BitString(Bits::Named(&[
        "SSL client",
        "SSL server",
        "S/MIME",
        "object signing",
        "(reserved)",
        "SSL CA",
        "S/MIME CA",
        "object signing CA",
    ])),
);

static NETSCAPE_TEXT: Field = field("IA5String", IA5_STRING, &Type::Characters(0));

/// The name of a template of Microsoft's certificate services.
static TEMPLATE_NAME: Field = field("EnrollCertType", BMP_STRING, &Type::Characters(0));

/// How often the CA's certificate and its key were renewed.
static KEY_INDEX: Field = field("CAVersion", INTEGER, &Type::Integer(Integer::Number));

/// ```text
/// CertificateTemplate ::= SEQUENCE {
///      templateID           OBJECT IDENTIFIER,
///      templateMajorVersion INTEGER OPTIONAL,
///      templateMinorVersion INTEGER OPTIONAL }
/// ```
static TEMPLATE: Field = field(
    "CertificateTemplate",
    SEQUENCE,
    &Type::Sequence(&[
        field("templateID", OBJECT_IDENTIFIER, &Type::ObjectIdentifier),
        field(
            "templateMajorVersion",
            INTEGER,
            &Type::Integer(Integer::Number),
        )
        .optional(),
        field(
            "templateMinorVersion",
            INTEGER,
            &Type::Integer(Integer::Number),
        )
        .optional(),
    ]),
)
.finished_by(finish::first);

static APPLICATION_POLICIES: Field = field(
    "ApplicationCertPolicies",
    SEQUENCE,
    &Type::Many(&POLICY_INFORMATION),
)
.finished_by(finish::all);
