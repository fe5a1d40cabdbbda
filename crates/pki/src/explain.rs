//! Every byte of a certificate, in RFC 5280's terms.
//!
//! [`explain`] never fails: whatever the bytes, there is a tree whose leaves tile them, and a list
//! of what is wrong with them. A value of DER becomes a node named by its field, with a leaf for
//! its identifier, one for its length, and what its contents hold. Such a node carries the meaning
//! of the whole as its own [`Value`], besides its children.
//!
//! The names, sections and expectations come from tables (`explain/schema.rs` and its neighbours)
//! that read like the ASN.1 of the standards; one walker (`explain/walk.rs`) follows them.

mod bits;
pub(crate) mod characters;
mod choice;
pub(crate) mod der;
mod extensions;
mod finish;
mod keys;
mod list;
mod message;
pub mod oid;
mod primitive;
mod problem;
mod request;
mod schema;
mod status;
mod universal;
mod walk;

use padlock_wire::{Node, Value};
use walk::Manner;

#[cfg(feature = "study")]
pub(crate) use extensions::is_known_in_revocation;
pub(crate) use extensions::{KEY_USAGES, is_known as is_known_extension};
#[cfg(feature = "study")]
pub(crate) use list::REASONS;
pub(crate) use primitive::ip;
pub use problem::{Problem, ProblemKind};
#[cfg(feature = "study")]
pub(crate) use status::STATUSES;

/// The field tree of the certificate in `der`, and what is wrong with it.
///
/// The root covers all bytes: it is the `Certificate`, or, where more bytes follow it, a group of
/// the certificate and what follows. Problems come in the order in which they were met.
///
/// The work is bounded by the length of the input; values nested deeper than 48 levels, or beyond
/// the first 100,000, are left undecoded and reported.
#[must_use]
pub fn explain(der: &[u8]) -> (Node, Vec<Problem>) {
    walk_certificate(der, Manner::SHOWN)
}

/// The problems alone, in less time: no structure says what its parts say.
pub(crate) fn problems(der: &[u8]) -> Vec<Problem> {
    walk_certificate(der, Manner::JUDGED).1
}

/// What bytes are taken for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Kind {
    /// A certificate (RFC 5280 §4.1).
    Certificate,
    /// A certification request (PKCS #10, RFC 2986).
    CertificationRequest,
    /// A certificate revocation list (RFC 5280 §5.1).
    CertificateList,
    /// A message of PKCS #7 or CMS (RFC 5652), in which certificates are handed on.
    ContentInfo,
    /// A response of OCSP (RFC 6960 §4.2).
    OcspResponse,
    /// A public key by itself (RFC 5280 §4.1.2.7).
    PublicKey,
    /// Any other value of ASN.1.
    Other,
}

impl Kind {
    /// What the standards call it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Certificate => "Certificate",
            Self::CertificationRequest => "CertificationRequest",
            Self::CertificateList => "CertificateList",
            Self::ContentInfo => "ContentInfo",
            Self::OcspResponse => "OCSPResponse",
            Self::PublicKey => "SubjectPublicKeyInfo",
            Self::Other => "ASN.1",
        }
    }
}

/// Like [`explain()`], of other things than certificates too.
#[must_use]
pub fn explain_as(kind: Kind, der: &[u8]) -> (Node, Vec<Problem>) {
    walk_as(kind, der, Manner::SHOWN)
}

/// The problems alone of a list of revoked certificates, which may have ten times as many values.
#[cfg(feature = "study")]
pub(crate) fn problems_of_list(der: &[u8]) -> Vec<Problem> {
    walk_as(Kind::CertificateList, der, Manner::JUDGED_LIST).1
}

/// The problems alone of a response of OCSP.
#[cfg(feature = "study")]
pub(crate) fn problems_of_response(der: &[u8]) -> Vec<Problem> {
    walk_as(Kind::OcspResponse, der, Manner::JUDGED).1
}

fn walk_as(kind: Kind, der: &[u8], manner: Manner) -> (Node, Vec<Problem>) {
    let (field, check): (_, Option<Check>) = match kind {
        Kind::Certificate => return walk_certificate(der, manner),
        Kind::CertificateList => (&list::CERTIFICATE_LIST, Some(list::check_version)),
        Kind::OcspResponse => (&status::OCSP_RESPONSE, Some(status::check_version)),
        Kind::CertificationRequest => (&request::CERTIFICATION_REQUEST, None),
        Kind::ContentInfo => (&message::CONTENT_INFO, None),
        Kind::PublicKey => (&schema::SUBJECT_PUBLIC_KEY_INFO, None),
        Kind::Other => (&walk::ANY, None),
    };
    let (tree, mut problems) = walk::walk(der, field, manner);
    if let Some(check) = check {
        check(&tree, &mut problems);
    }
    (tree, problems)
}

/// The first value in a structure. Where nothing is told, no identifier and no length stand before it.
fn inside(structure: &Node) -> Option<&Node> {
    let mut parts = structure.children.iter();
    parts.find(|part| !matches!(&*part.label, "identifier" | "length"))
}

/// Reports what only the whole shows.
type Check = fn(&Node, &mut Vec<Problem>);

fn walk_certificate(der: &[u8], manner: Manner) -> (Node, Vec<Problem>) {
    let (tree, mut problems) = walk::walk(der, &schema::CERTIFICATE, manner);
    check_version(&tree, &mut problems);
    (tree, problems)
}

/// Reports a version that there is not, and fields that came with a later one (RFC 5280 §4.1.2.1,
/// §4.1.2.8, §4.1.2.9).
fn check_version(tree: &Node, problems: &mut Vec<Problem>) {
    let certificate = tree.find("tbsCertificate");
    let fields = certificate.map_or(&[][..], |node| &node.children);
    let mut version = 0;
    for field in fields {
        let kind = match &*field.label {
            "version" => {
                version = match inside(field).map(|number| &number.value) {
                    Some(Value::Code { number, .. }) => *number,
                    Some(Value::Undecoded | Value::Group) | None => 2,
                    _ => u32::MAX,
                };
                let type_name = "Version";
                (version > 2).then_some(ProblemKind::Invalid { type_name })
            }
            "issuerUniqueID" | "subjectUniqueID" if version < 1 => {
                let field = "unique identifiers";
                Some(ProblemKind::NotInVersion { field })
            }
            "extensions" if version < 2 => {
                let field = "extensions";
                Some(ProblemKind::NotInVersion { field })
            }
            _ => None,
        };
        let at = field.range.start;
        problems.extend(kind.map(|kind| Problem { kind, at }));
    }
}
