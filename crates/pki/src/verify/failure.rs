//! The sorts of failure.

use std::fmt;

/// The sorts of failure: what a party answers to them is up to the protocol.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Failure {
    /// No certificate was given.
    EmptyChain,
    /// A certificate cannot be read.
    Malformed,
    /// No path leads to an anchor.
    UnknownIssuer,
    /// Finding or following a path would take too much work.
    TooMuchWork,
    /// A signature is not its issuer's.
    BadSignature,
    /// A signature is made in a way that is not known here.
    UnsupportedSignature,
    /// A key is too short to be relied on.
    WeakKey,
    /// The moment lies before a certificate's first.
    NotYetValid,
    /// The moment lies after a certificate's last.
    Expired,
    /// An issuer is no certification authority, or its key may not sign certificates.
    NotCa,
    /// More authorities follow an issuer than it allows.
    PathTooLong,
    /// The end-entity's key may not be used so.
    WrongKeyUsage,
    /// A certificate is not for the purpose.
    WrongExtendedKeyUsage,
    /// The end-entity has other names.
    NameMismatch,
    /// An authority may not vouch for a name.
    NameNotPermitted,
    /// A critical extension is not understood.
    UnknownCriticalExtension,
    /// A signature is made with a hash that can be deceived.
    WeakHash,
    /// A certificate is not as the policy wants it.
    NotConforming,
    /// A certificate was revoked.
    Revoked,
    /// Whether a certificate was revoked cannot be said, though it was asked.
    RevocationUnknown,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::EmptyChain => "no certificate was given",
            Self::Malformed => "a certificate cannot be read",
            Self::UnknownIssuer => "no path leads to a trusted authority",
            Self::TooMuchWork => "finding a path takes too much work",
            Self::BadSignature => "a certificate's signature is not its issuer's",
            Self::UnsupportedSignature => "a certificate is signed in an unknown way",
            Self::WeakKey => "a key is too short",
            Self::NotYetValid => "a certificate is not valid yet",
            Self::Expired => "a certificate has expired",
            Self::NotCa => "an issuer is no certification authority",
            Self::PathTooLong => "an issuer does not allow so long a path",
            Self::WrongKeyUsage => "the certificate's key must not be used so",
            Self::WrongExtendedKeyUsage => "the certificate is not for this purpose",
            Self::NameMismatch => "the certificate is for another name",
            Self::NameNotPermitted => "an issuer may not vouch for a name",
            Self::UnknownCriticalExtension => "a critical extension is not understood",
            Self::WeakHash => "a signature is made with a weak hash",
            Self::NotConforming => "a certificate is not as the policy wants it",
            Self::Revoked => "a certificate was revoked",
            Self::RevocationUnknown => "whether a certificate was revoked cannot be said",
        })
    }
}
