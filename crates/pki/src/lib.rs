//! Certificates: explain, verify, issue.

pub mod digest;
pub mod key;
pub mod pem;
pub mod random;
pub mod signature;
