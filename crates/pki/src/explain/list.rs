//! Certificate revocation lists (RFC 5280 §5).

use padlock_wire::{Node, Value};

use super::der::{INTEGER, SEQUENCE, constructed};
use super::finish;
use super::problem::{Problem, ProblemKind};
use super::schema::{EXTENSIONS, Field, Integer, Type, algorithm, field, name, signature, time};

/// ```text
/// CertificateList  ::=  SEQUENCE  {
///      tbsCertList          TBSCertList,
///      signatureAlgorithm   AlgorithmIdentifier,
///      signatureValue       BIT STRING  }
/// ```
pub(super) static CERTIFICATE_LIST: Field = field(
    "CertificateList",
    SEQUENCE,
    &Type::Sequence(&[
        field("tbsCertList", SEQUENCE, &TBS_CERT_LIST).at("5.1.1.1"),
        algorithm("signatureAlgorithm").at("5.1.1.2"),
        signature("signatureValue").at("5.1.1.3"),
    ]),
)
.at("5.1");

/// ```text
/// TBSCertList  ::=  SEQUENCE  {
///      version                 Version OPTIONAL,
///      signature               AlgorithmIdentifier,
///      issuer                  Name,
///      thisUpdate              Time,
///      nextUpdate              Time OPTIONAL,
///      revokedCertificates     SEQUENCE OF SEQUENCE  {
///           userCertificate         CertificateSerialNumber,
///           revocationDate          Time,
///           crlEntryExtensions      Extensions OPTIONAL  }  OPTIONAL,
///      crlExtensions           [0]  EXPLICIT Extensions OPTIONAL }
/// ```
static TBS_CERT_LIST: Type = Type::Sequence(&[
    field(
        "version",
        INTEGER,
        &Type::Integer(Integer::Named(&["v1", "v2"])),
    )
    .optional()
    .at("5.1.2.1"),
    algorithm("signature").at("5.1.2.2"),
    name("issuer").at("5.1.2.3"),
    time("thisUpdate").at("5.1.2.4"),
    time("nextUpdate").optional().at("5.1.2.5"),
    field("revokedCertificates", SEQUENCE, &Type::Many(&REVOKED))
        .optional()
        .at("5.1.2.6"),
    field(
        "crlExtensions",
        constructed(0),
        &Type::Explicit(&EXTENSIONS),
    )
    .optional()
    .at("5.1.2.7"),
]);

static REVOKED: Field = field(
    "revokedCertificate",
    SEQUENCE,
    &Type::Sequence(&[
        field("userCertificate", INTEGER, &Type::Integer(Integer::Serial)),
        time("revocationDate"),
        ENTRY_EXTENSIONS,
    ]),
)
.at("5.1.2.6")
.finished_by(finish::first);

static ENTRY_EXTENSIONS: Field = {
    let mut extensions = EXTENSIONS.optional().at("5.3");
    extensions.label = "crlEntryExtensions";
    extensions
};

/// Reports a version that there is not, and extensions without the version that has them (RFC 5280
/// §5.1.2.1, §5.1.2.6, §5.1.2.7).
pub(super) fn check_version(tree: &Node, problems: &mut Vec<Problem>) {
    let parts = tree.find("tbsCertList");
    let parts = parts.map_or(&[][..], |node| &node.children);
    let part = |label: &str| parts.iter().find(|part| part.label == label);
    let version = part("version").map(|version| (&version.value, version.range.start));
    if let Some((value, at)) = version
        && !matches!(value, Value::Code { number: 1, .. } | Value::Undecoded)
    {
        let type_name = "Version";
        let kind = ProblemKind::Invalid { type_name };
        problems.push(Problem { kind, at });
    }
    if version.is_none() {
        let is_extended = |entry: &&Node| {
            let mut fields = entry.children.iter();
            fields.any(|field| field.label == "crlEntryExtensions")
        };
        let entries = part("revokedCertificates").map_or(&[][..], |list| &list.children);
        let entry = entries.iter().find(is_extended);
        let extended = [part("crlExtensions"), entry];
        problems.extend(extended.into_iter().flatten().map(|node| Problem {
            kind: ProblemKind::NotInVersion {
                field: "extensions",
            },
            at: node.range.start,
        }));
    }
}

/// The reasons for a revocation (RFC 5280 §5.3.1), by their numbers.
pub(crate) static REASONS: [&str; 11] = [
    "unspecified",
    "keyCompromise",
    "cACompromise",
    "affiliationChanged",
    "superseded",
    "cessationOfOperation",
    "certificateHold",
    "(not used)",
    "removeFromCRL",
    "privilegeWithdrawn",
    "aACompromise",
];
