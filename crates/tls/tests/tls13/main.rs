//! TLS 1.3: our two parties with each other, and the figures of RFC 8448.

#![expect(
    clippy::unwrap_used,
    reason = "a test stops at what it does not expect"
)]

mod broken;
#[path = "../support/certificates.rs"]
mod certificates;
mod connections;
mod gallery;
mod hybrid;
mod identity;
mod later;
mod limits;
mod misbehaviour;
mod observed;
mod pair;
mod resumption;
mod rfc8448;
mod selection;
mod vectors;
