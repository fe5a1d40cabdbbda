//! The pages.

pub mod certificate;
#[cfg(feature = "complete")]
pub mod compare;
pub mod failures;
pub mod handshake;
#[cfg(feature = "complete")]
pub mod read;
pub mod speed;
#[cfg(feature = "complete")]
pub mod thief;
pub mod unknown;
#[cfg(feature = "complete")]
pub mod workshop;
