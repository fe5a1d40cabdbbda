//! The pages.

pub mod certificate;
pub mod failures;
pub mod handshake;
pub mod speed;
pub mod unknown;
