//! Why a check went as it did.

use std::fmt;

use super::Failure;
use super::revocation::Status;
use super::rule::Rule;
use crate::explain::Problem;
use crate::key::{KeyError, KeyKind};
use crate::signature::{SignatureAlgorithm, SignatureError};
use crate::time::UnixSeconds;

/// What a check found. Names are written as RFC 4514 writes them.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Reason {
    /// It is a certificate.
    Readable {
        /// Whose.
        subject: String,
    },
    /// It is none, or a broken one.
    Malformed {
        /// What is wrong with the bytes, as far as that can be said.
        problems: Vec<Problem>,
    },
    /// An extension stands twice.
    DuplicateExtension {
        /// Its object identifier.
        oid: String,
    },
    /// There is no certificate at all.
    EmptyChain,

    /// A path leads to an anchor.
    ReachesAnchor {
        /// The anchor's name.
        anchor: String,
        /// How many certificates the path has, the anchor not counted.
        certificates: usize,
    },
    /// Nobody known has the issuer's name.
    IssuerUnknown {
        /// The issuer's name.
        issuer: String,
        /// Whether that is the certificate's own name, and its signature, by no other key as far as it says, is
        /// not one by its own either.
        is_own: bool,
    },
    /// Somebody known has the issuer's name, but another key.
    IssuerHasOtherKey {
        /// The issuer's name.
        issuer: String,
        /// The identifier of the key that signed, as the certificate gives it.
        expected: Vec<u8>,
        /// The identifier of the key that is known.
        found: Vec<u8>,
    },
    /// The path ends in a certificate that is signed by itself and no anchor.
    SelfSigned {
        /// Its name.
        subject: String,
    },
    /// The path has more certificates than are followed.
    TooManyCertificates,

    /// The signature is one by the issuer's key.
    SignatureVerifies {
        /// How it was made.
        algorithm: SignatureAlgorithm,
        /// The issuer's name.
        issuer: String,
    },
    /// The signature is none by the issuer's key over these bytes.
    SignatureDoesNotVerify {
        /// How it claims to be made.
        algorithm: SignatureAlgorithm,
        /// The issuer's name.
        issuer: String,
    },
    /// The signed part and the certificate name different algorithms (RFC 5280 §4.1.1.2).
    AlgorithmsDiffer,
    /// The signature's algorithm is not one that is verified here, or not the issuer's key's.
    Algorithm(SignatureError),
    /// The key that is needed cannot be used.
    Key(KeyError),
    /// More signatures would have to be verified than are.
    TooManySignatures,
    /// An RSA key has fewer bits than anybody should still rely on: 2048 (RFC 9325 §4.5, and the
    /// CA/Browser Forum's Baseline Requirements §6.1.5).
    KeyTooShort {
        /// Whose key.
        subject: String,
        /// How many bits it has.
        bits: u32,
    },

    /// The moment lies within the dates.
    Valid {
        /// The first moment.
        not_before: UnixSeconds,
        /// The last moment.
        not_after: UnixSeconds,
        /// The moment asked for.
        now: UnixSeconds,
    },
    /// The moment lies before the first.
    NotYetValid {
        /// The first moment.
        not_before: UnixSeconds,
        /// The moment asked for.
        now: UnixSeconds,
    },
    /// The moment lies after the last.
    Expired {
        /// The last moment.
        not_after: UnixSeconds,
        /// The moment asked for.
        now: UnixSeconds,
    },

    /// The issuer is a certification authority.
    IsAuthority,
    /// The issuer says that it is none.
    NotAuthority,
    /// The issuer does not say that it is one.
    NoBasicConstraints,

    /// Any number of authorities may follow.
    PathLengthUnlimited,
    /// So many authorities follow as may.
    PathLengthKept {
        /// How many may follow.
        limit: u64,
        /// How many do.
        found: u64,
    },
    /// More authorities follow than may.
    PathLengthExceeded {
        /// How many may follow.
        limit: u64,
        /// How many do.
        found: u64,
    },

    /// The key may be used so.
    KeyUsageAllows {
        /// The usage, as in `"digitalSignature"`.
        usage: &'static str,
    },
    /// The certificate does not restrict the key's usage.
    KeyUsageUnrestricted {
        /// The usage.
        usage: &'static str,
    },
    /// The key may be used otherwise, not so.
    KeyUsageForbids {
        /// The usage.
        usage: &'static str,
        /// What is allowed.
        allowed: Vec<&'static str>,
    },
    /// A key of this kind cannot be used so.
    KeyKindCannot {
        /// The usage.
        usage: &'static str,
        /// The key's kind.
        kind: KeyKind,
    },

    /// The certificate is for this purpose.
    PurposeAllowed {
        /// The purpose, as in `"id-kp-serverAuth"`.
        purpose: &'static str,
    },
    /// The certificate does not restrict its purposes.
    PurposeUnrestricted {
        /// The purpose.
        purpose: &'static str,
    },
    /// The certificate is for other purposes. `anyExtendedKeyUsage` is taken for every purpose only in
    /// authorities above the one that issued the end-entity's certificate, as BoringSSL does;
    /// RFC 5280 §4.2.1.12 allows to refuse it, and OpenSSL refuses it everywhere.
    PurposeForbidden {
        /// The purpose.
        purpose: &'static str,
        /// What it is for: names, or object identifiers in figures.
        allowed: Vec<String>,
    },

    /// One of the alternative names is the name.
    NameMatches {
        /// The name asked for.
        name: String,
        /// The alternative name, which may have a wildcard.
        presented: String,
    },
    /// None of the alternative names is the name.
    NameDiffers {
        /// The name asked for.
        name: String,
        /// The alternative names that were compared, at most 100.
        presented: Vec<String>,
    },
    /// There are no alternative names. The common name is not one (RFC 9525 §2).
    NoAlternativeNames {
        /// The name asked for.
        name: String,
        /// The common name, which does not count.
        common_name: Option<String>,
    },
    /// What was asked for is neither a host name nor an address.
    NotAName {
        /// What was asked for.
        name: String,
    },

    /// The authority may vouch for all names in the certificates below it.
    NamesPermitted {
        /// The authority's name.
        authority: String,
    },
    /// It may not vouch for one of them.
    NameNotPermitted {
        /// The name for which it may not.
        name: String,
        /// The authority's name.
        authority: String,
    },
    /// More names would have to be compared with constraints than are.
    TooManyNames,

    /// Every critical extension is understood.
    ExtensionsUnderstood {
        /// How many are critical.
        critical: usize,
    },
    /// A critical extension is not.
    ExtensionUnknown {
        /// Its object identifier.
        oid: String,
        /// Its name, if it has one here.
        name: Option<&'static str>,
    },

    /// The signature is made with a hash for which two messages with one value can be found, so
    /// that it vouches for what its maker never saw (RFC 9155 §1).
    WeakHash {
        /// The algorithm, as in `"sha1WithRSAEncryption"`.
        algorithm: &'static str,
    },
    /// The certificate is as the policy wants it.
    Conforms,
    /// It is not.
    BreaksRule {
        /// What the policy wants.
        rule: Rule,
        /// Whose certificate it is.
        subject: String,
    },
    /// Whether it was revoked.
    Revocation(Status),

    /// Something else failed that this needs.
    NotReached,
}

impl Reason {
    /// The failure this is a reason for, if it is one for a failure.
    #[must_use]
    pub fn failure(&self) -> Option<Failure> {
        Some(match self {
            Self::EmptyChain => Failure::EmptyChain,
            Self::Malformed { .. } | Self::DuplicateExtension { .. } => Failure::Malformed,
            Self::IssuerUnknown { .. }
            | Self::IssuerHasOtherKey { .. }
            | Self::SelfSigned { .. } => Failure::UnknownIssuer,
            Self::TooManyCertificates | Self::TooManySignatures | Self::TooManyNames => {
                Failure::TooMuchWork
            }
            Self::SignatureDoesNotVerify { .. } | Self::AlgorithmsDiffer => Failure::BadSignature,
            Self::Algorithm(SignatureError::Malformed) | Self::Key(KeyError::Malformed { .. }) => {
                Failure::Malformed
            }
            Self::KeyTooShort { .. } | Self::Key(KeyError::WeakKind(_)) => Failure::WeakKey,
            Self::Algorithm(_) | Self::Key(_) => Failure::UnsupportedSignature,
            Self::NotYetValid { .. } => Failure::NotYetValid,
            Self::Expired { .. } => Failure::Expired,
            Self::NotAuthority | Self::NoBasicConstraints => Failure::NotCa,
            Self::KeyUsageForbids {
                usage: "keyCertSign",
                ..
            } => Failure::NotCa,
            Self::PathLengthExceeded { .. } => Failure::PathTooLong,
            Self::KeyUsageForbids { .. } | Self::KeyKindCannot { .. } => Failure::WrongKeyUsage,
            Self::PurposeForbidden { .. } => Failure::WrongExtendedKeyUsage,
            Self::NameDiffers { .. } | Self::NoAlternativeNames { .. } | Self::NotAName { .. } => {
                Failure::NameMismatch
            }
            Self::NameNotPermitted { .. } => Failure::NameNotPermitted,
            Self::ExtensionUnknown { .. } => Failure::UnknownCriticalExtension,
            Self::WeakHash { .. } => Failure::WeakHash,
            Self::BreaksRule { rule, .. } => rule.failure(),
            Self::Revocation(status) => return status.failure(),
            Self::Readable { .. }
            | Self::ReachesAnchor { .. }
            | Self::SignatureVerifies { .. }
            | Self::Valid { .. }
            | Self::IsAuthority
            | Self::PathLengthUnlimited
            | Self::PathLengthKept { .. }
            | Self::KeyUsageAllows { .. }
            | Self::KeyUsageUnrestricted { .. }
            | Self::PurposeAllowed { .. }
            | Self::PurposeUnrestricted { .. }
            | Self::NameMatches { .. }
            | Self::NamesPermitted { .. }
            | Self::ExtensionsUnderstood { .. }
            | Self::Conforms
            | Self::NotReached => return None,
        })
    }
}

impl fmt::Display for Reason {
    /// One line, for command lines and tests; the page has sentences of its own.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Readable { subject } => write!(f, "a certificate of {subject}"),
            Self::Malformed { problems } => match problems.first() {
                Some(problem) => write!(f, "not a sound certificate: {problem}"),
                None => write!(f, "not a sound certificate"),
            },
            Self::DuplicateExtension { oid } => write!(f, "the extension {oid} stands twice"),
            Self::EmptyChain => write!(f, "there is no certificate"),
            Self::ReachesAnchor { anchor, .. } => write!(f, "the path leads to {anchor}"),
            Self::IssuerUnknown { issuer, .. } => write!(f, "the issuer {issuer} is not known"),
            Self::IssuerHasOtherKey { issuer, .. } => {
                write!(f, "the issuer {issuer} is known, but with another key")
            }
            Self::SelfSigned { subject } => {
                write!(f, "{subject} vouches for itself and is not trusted")
            }
            Self::TooManyCertificates => write!(f, "the path is too long to be followed"),
            Self::SignatureVerifies { algorithm, issuer } => {
                write!(
                    f,
                    "the signature ({algorithm}) is one by the key of {issuer}"
                )
            }
            Self::SignatureDoesNotVerify { algorithm, issuer } => {
                write!(
                    f,
                    "the signature ({algorithm}) is none by the key of {issuer}"
                )
            }
            Self::AlgorithmsDiffer => write!(f, "the two signature algorithms differ"),
            Self::Algorithm(error) => error.fmt(f),
            Self::Key(error) => write!(f, "the key: {error}"),
            Self::TooManySignatures => write!(f, "too many signatures to verify"),
            Self::KeyTooShort { subject, bits } => {
                write!(f, "the RSA key of {subject} has only {bits} bits")
            }
            Self::Valid {
                not_before,
                not_after,
                ..
            } => {
                write!(f, "valid from {not_before} to {not_after}")
            }
            Self::NotYetValid { not_before, now } => {
                write!(f, "valid from {not_before}, and it is {now}")
            }
            Self::Expired { not_after, now } => {
                write!(f, "valid to {not_after}, and it is {now}")
            }
            Self::IsAuthority => write!(f, "a certification authority"),
            Self::NotAuthority => write!(f, "not a certification authority"),
            Self::NoBasicConstraints => {
                write!(f, "does not say that it is a certification authority")
            }
            Self::PathLengthUnlimited => write!(f, "any number of authorities may follow"),
            Self::PathLengthKept { limit, found } | Self::PathLengthExceeded { limit, found } => {
                write!(f, "{limit} authorities may follow, {found} do")
            }
            Self::KeyUsageAllows { usage } => write!(f, "the key may be used for {usage}"),
            Self::KeyUsageUnrestricted { usage } => {
                write!(f, "the key may be used for anything, so for {usage}")
            }
            Self::KeyUsageForbids { usage, allowed } => {
                write!(f, "the key may not be used for {usage}, only for ")?;
                list(f, allowed)
            }
            Self::KeyKindCannot { usage, kind } => {
                write!(f, "a key of the kind {kind} cannot do {usage}")
            }
            Self::PurposeAllowed { purpose } => write!(f, "for {purpose}"),
            Self::PurposeUnrestricted { purpose } => {
                write!(f, "for any purpose, so for {purpose}")
            }
            Self::PurposeForbidden { purpose, allowed } => {
                write!(f, "not for {purpose}, only for ")?;
                list(f, allowed)
            }
            Self::NameMatches { name, presented } => write!(f, "{name} is named: {presented}"),
            Self::NameDiffers { name, presented } => {
                write!(f, "{name} is not named, but ")?;
                list(f, presented)
            }
            Self::NoAlternativeNames { name, .. } => {
                write!(f, "{name} is not named: there are no alternative names")
            }
            Self::NotAName { name } => write!(f, "{name:?} is no name of a host"),
            Self::NamesPermitted { authority } => {
                write!(f, "{authority} may vouch for the names below it")
            }
            Self::NameNotPermitted { name, authority } => {
                write!(f, "{authority} may not vouch for {name}")
            }
            Self::TooManyNames => write!(f, "too many names and constraints to compare"),
            Self::ExtensionsUnderstood { critical } => {
                write!(f, "{critical} critical extensions, all understood")
            }
            Self::ExtensionUnknown { oid, name } => {
                let name = name.unwrap_or("without a name");
                write!(f, "the critical extension {oid} ({name}) is not understood")
            }
            Self::WeakHash { algorithm } => {
                write!(f, "{algorithm} uses a hash that can be deceived")
            }
            Self::Conforms => write!(f, "as the policy wants it"),
            Self::BreaksRule { rule, subject } => write!(f, "the certificate of {subject}: {rule}"),
            Self::Revocation(status) => status.fmt(f),
            Self::NotReached => write!(f, "not reached"),
        }
    }
}

fn list(f: &mut fmt::Formatter<'_>, items: &[impl fmt::Display]) -> fmt::Result {
    if items.is_empty() {
        return f.write_str("nothing");
    }
    for (index, item) in items.iter().enumerate() {
        let separator = if index == 0 { "" } else { ", " };
        write!(f, "{separator}{item}")?;
    }
    Ok(())
}
