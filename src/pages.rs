//! The pages.

pub mod certificate;
pub mod handshake;
pub mod speed;
pub mod unknown;
