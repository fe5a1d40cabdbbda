//! The pages.

pub mod certificate;
pub mod failures;
pub mod handshake;
#[cfg(feature = "complete")]
pub mod read;
pub mod speed;
pub mod unknown;
#[cfg(feature = "complete")]
pub mod workshop;
