//! How much work a verdict may take, whatever the certificates.
//!
//! Each bound is far beyond what ordinary chains need; what exceeds one is refused with a reason
//! that says so ([`Failure::TooMuchWork`](super::Failure::TooMuchWork)).

/// The most certificates of a path, the anchor not counted.
pub const CERTIFICATES: usize = 10;
/// The most signatures that are verified; in ordinary chains there is one a certificate.
pub const SIGNATURES: usize = 100;
/// The most certificates that are looked at while searching, one as often as paths lead over it.
pub const STEPS: usize = 1_000;
/// The most issuers that are tried for one certificate.
pub const CANDIDATES: usize = 64;
/// The most paths that are judged.
pub const PATHS: usize = 100;
/// The most octets that the certificates of all judged paths have together.
pub const JUDGED: usize = 8 << 20;
/// The most comparisons of a name with a constraint on names, in all paths together; 32 octets that are
/// compared count as one more.
pub const COMPARISONS: usize = 250_000;
/// The most extensions of a certificate.
pub const EXTENSIONS: usize = 64;
