//! Certificates: explain, verify, issue.

pub mod card;
pub mod certificate;
pub mod demo;
pub mod digest;
pub mod explain;
pub mod fingerprint;
pub mod identity;
pub mod issue;
pub mod key;
pub mod name;
pub mod pem;
pub mod random;
pub mod read;
pub mod signature;
pub mod signed;
pub mod time;
pub mod verify;
mod write;
