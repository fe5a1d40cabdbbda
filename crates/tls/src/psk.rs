//! Pre-shared keys of TLS 1.3: given to both sides, or made in an earlier connection.

mod replay;

use std::fmt;

use padlock_pki::digest::Hash;
use padlock_pki::time::UnixSeconds;

use crate::codes::CipherSuite;

pub use replay::ReplayGuard;

/// A secret that both sides have before the handshake (RFC 9846 §2.2).
#[derive(Clone, Eq, PartialEq)]
pub struct PreSharedKey {
    /// Its name on the wire; of a session the ticket.
    pub identity: Vec<u8>,
    /// The secret.
    pub key: Vec<u8>,
    /// The hash of the suites that it goes with; SHA-256 unless something else was agreed on.
    pub hash: Hash,
    /// What is known of the session; `None` for a key that was given to both sides.
    pub session: Option<Session>,
}

/// What a client keeps of a session, beside ticket and key.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Session {
    /// Its cipher suite.
    pub suite: CipherSuite,
    /// The name that the server's certificate was for: with another, the ticket is not offered, as
    /// nothing else says who the server is then (RFC 9846 §4.7.1).
    pub server_name: String,
    /// Its application protocol.
    pub protocol: Option<Vec<u8>>,
    /// When the ticket came.
    pub received: UnixSeconds,
    /// For how many seconds it is good.
    pub lifetime: u32,
    /// What hides its age.
    pub age_add: u32,
    /// How many bytes of early data it allows.
    pub max_early_data: u32,
}

impl PreSharedKey {
    /// A key that was given to both sides, for the suites with SHA-256 (RFC 9846 §4.3.11).
    #[must_use]
    pub const fn external(identity: Vec<u8>, key: Vec<u8>) -> Self {
        Self {
            identity,
            key,
            hash: Hash::Sha256,
            session: None,
        }
    }
}

impl Session {
    /// The longest that a ticket may be good or be kept: seven days (RFC 9846 §4.7.1).
    pub const LONGEST: u32 = 7 * 24 * 60 * 60;

    /// Whether the ticket is still good.
    #[must_use]
    pub fn is_fresh(&self, now: UnixSeconds) -> bool {
        (0..=i64::from(self.lifetime)).contains(&now.since(self.received))
    }

    /// The age of the ticket in milliseconds, hidden (RFC 9846 §4.3.11.1).
    #[must_use]
    pub fn obfuscated_age(&self, now: UnixSeconds) -> u32 {
        let age = u32::try_from(now.since(self.received).max(0)).unwrap_or(u32::MAX);
        age.wrapping_mul(1000).wrapping_add(self.age_add)
    }
}

impl fmt::Debug for PreSharedKey {
    /// Without the secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PreSharedKey")
            .field("hash", &self.hash)
            .field("session", &self.session)
            .finish_non_exhaustive()
    }
}
