//! Every byte of a certificate, in RFC 5280's terms.
//!
//! [`explain`] never fails: whatever the bytes, there is a tree whose leaves tile them, and a list
//! of what is wrong with them. A value of DER becomes a node named by its field, with a leaf for
//! its identifier, one for its length, and what its contents hold. Such a node carries the meaning
//! of the whole as its own [`Value`](padlock_wire::Value), besides its children.
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

use padlock_wire::Node;

pub(crate) use extensions::KEY_USAGES;
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
    walk::walk(der, &schema::CERTIFICATE)
}
