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
pub(crate) mod der;
mod extensions;
mod finish;
mod keys;
pub mod oid;
mod primitive;
mod problem;
mod schema;
mod universal;
mod walk;

use padlock_wire::{Node, Value};

pub(crate) use extensions::{KEY_USAGES, is_known as is_known_extension};
pub(crate) use primitive::ip;
pub use problem::{Problem, ProblemKind};

/// The field tree of the certificate in `der`, and what is wrong with it.
///
/// The root covers all bytes: it is the `Certificate`, or, where more bytes follow it, a group of
/// the certificate and what follows. Problems come in the order in which they were met.
///
/// The work is bounded by the length of the input; values nested deeper than 48 levels, or beyond
/// the first 100,000, are left undecoded and reported.
#[must_use]
pub fn explain(der: &[u8]) -> (Node, Vec<Problem>) {
    walk_certificate(der, true)
}

/// The problems alone, in less time: no structure says what its parts say.
pub(crate) fn problems(der: &[u8]) -> Vec<Problem> {
    walk_certificate(der, false).1
}

fn walk_certificate(der: &[u8], is_told: bool) -> (Node, Vec<Problem>) {
    let (tree, mut problems) = walk::walk(der, &schema::CERTIFICATE, is_told);
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
                // After its identifier and its length.
                version = match field.children.get(2).map(|number| &number.value) {
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
