//! Certificates: explain, verify, issue.

pub mod digest;
pub mod random;
