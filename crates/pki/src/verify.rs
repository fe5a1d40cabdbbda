//! Whether a certificate is believed, and why: path validation that lists every check.
//!
//! [`verify`] follows RFC 5280 §6 and compares names by RFC 9525. It finds a path from the
//! end-entity certificate to a trust anchor, in whatever order the certificates come, and judges
//! it. Every check is listed with its verdict and its reason, those after the first failure too,
//! as far as they can be made.
//!
//! Whoever has more to ask for, asks [`verify_with`]: a policy for certificates of the web, and
//! whether a list or a response says that they were revoked. That takes the feature `study`.
//!
//! Certificate policies are not asked for, so none can be missing, unless policy constraints demand
//! one (`requireExplicitPolicy`): a certificate with those is refused, as one with an extension that
//! is not understood, even where it is not critical.

mod called;
pub(crate) mod certificate;
mod checks;
mod constraints;
mod demands;
mod failure;
pub(crate) mod identity;
pub mod limits;
mod path;
#[cfg(feature = "study")]
mod profile;
mod reason;
pub mod revocation;
mod rule;
#[cfg(feature = "study")]
mod study;
#[cfg(not(feature = "study"))]
#[path = "verify/left_out.rs"]
mod study;

use std::ops::Range;

use padlock_wire::Section;

use crate::time::UnixSeconds;

pub use called::Called;
pub use demands::{Demands, Policy};
pub use failure::Failure;
pub use identity::Reference;
pub use reason::Reason;
pub use rule::Rule;

/// What is to be verified.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// Certificates in DER: first the end-entity's, then those that may lead to an anchor, in any
    /// order.
    pub chain: &'a [&'a [u8]],
    /// The trust anchors, as certificates in DER. Used are their name, key, key identifier, name
    /// constraints and path length (RFC 5937 §3.2) and, for lists of revoked certificates, whether
    /// their key may sign such. That they are trusted is not up to what they say of themselves
    /// (RFC 5280 §6.1.1 (d)): unless a policy asks for more ([`Policy::WebPki`]), neither their
    /// dates nor their own signature are checked, nor whether they say that they are authorities.
    /// What is no certificate is passed over.
    pub anchors: &'a [&'a [u8]],
    /// The host name or IP address that was to be reached; `None` where no name is expected, as
    /// with most client certificates.
    pub name: Option<&'a str>,
    /// The moment at which the certificates should be valid.
    pub now: UnixSeconds,
    /// Whose certificate it is.
    pub purpose: Purpose,
    /// What the end-entity's key is to do in the handshake.
    pub key_use: KeyUse,
}

/// Whose certificate it is (RFC 5280 §4.2.1.12).
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Purpose {
    /// A server's: `id-kp-serverAuth`.
    Server,
    /// A client's: `id-kp-clientAuth`.
    Client,
}

/// What the end-entity's key is to do (RFC 5280 §4.2.1.3).
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum KeyUse {
    /// Decrypt the pre-master secret, in RSA key transport: `keyEncipherment`.
    Encipherment,
    /// Sign, in every other handshake: `digitalSignature`.
    Signature,
}

/// The outcome of every check.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Verdict {
    /// The checks in the order in which they decide.
    pub checks: Vec<Check>,
    /// The certificates of the path in DER, from the end-entity's to the anchor; where there is no
    /// path to an anchor, the longest way towards one.
    pub path: Vec<Vec<u8>>,
    /// Where each certificate of the path comes from.
    pub sources: Vec<Source>,
}

/// Where a certificate of a path comes from.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Source {
    /// From this place in [`Request::chain`].
    Chain(usize),
    /// From this place in [`Request::anchors`].
    Anchor(usize),
}

/// A check that was made, or could not be.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Check {
    /// What was checked.
    pub kind: CheckKind,
    /// The certificate that was checked: its place in [`Request::chain`]. A check of the anchor
    /// stands with the certificate that the anchor signed.
    pub certificate: usize,
    /// Whose certificate it is that the check speaks of: that one's, or the anchor's.
    pub source: Source,
    /// How it went.
    pub outcome: Outcome,
    /// Why.
    pub reason: Reason,
    /// Where the standard asks for it.
    pub section: Section,
    /// The bytes concerned, in that certificate; none are given of an anchor's.
    pub at: Option<Range<usize>>,
}

/// What is checked, in the order in which it decides.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum CheckKind {
    /// The certificate can be read.
    Readable,
    /// A path leads to a trust anchor.
    PathToAnchor,
    /// Each key is strong enough, the anchor's too: that one is told of with the certificate that
    /// it signed. Listed only where one is not.
    KeyStrength,
    /// The signature is its issuer's.
    Signature,
    /// The moment lies between its dates.
    Validity,
    /// Each issuer is a certification authority.
    CertificationAuthority,
    /// No more authorities follow each issuer than it allows.
    PathLength,
    /// Each issuer's key may sign certificates.
    KeyCertSign,
    /// The end-entity's key may be used as it is to be used.
    KeyUsage,
    /// The certificate may be used for the purpose.
    ExtendedKeyUsage,
    /// The end-entity has the name that was to be reached.
    Name,
    /// Each authority may vouch for the names below it. Listed where one is restricted in that.
    NameConstraints,
    /// Every critical extension is understood.
    CriticalExtensions,
    /// The certificate is as the policy wants it. Listed where there is a policy to ask.
    Profile,
    /// The certificate was not revoked. Listed where there is something to ask.
    Revocation,
}

/// How a check went.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Outcome {
    /// As it should.
    Passed,
    /// It did not, and the certificate is refused.
    Failed,
    /// It did not, but nothing depends on it: a certificate that no path needs cannot be read.
    Noted,
    /// It could not be made, for something else that failed.
    NotReached,
}

impl Verdict {
    /// Whether every check passed.
    #[must_use]
    pub fn is_accepted(&self) -> bool {
        self.failure().is_none()
    }

    /// The first check that failed: the one that decides.
    #[must_use]
    pub fn failure(&self) -> Option<&Check> {
        let mut checks = self.checks.iter();
        checks.find(|check| check.outcome == Outcome::Failed)
    }

    /// What sort of failure decides.
    #[must_use]
    pub fn failure_kind(&self) -> Option<Failure> {
        self.failure().and_then(|check| check.reason.failure())
    }
}

impl KeyUse {
    /// The name of the bit that allows it.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Encipherment => "keyEncipherment",
            Self::Signature => "digitalSignature",
        }
    }
}

impl CheckKind {
    /// Where the standard asks for it.
    #[must_use]
    pub const fn section(self) -> Section {
        let (rfc, section) = match self {
            Self::Readable => (5280, "4.1"),
            Self::PathToAnchor => (5280, "6.1"),
            Self::KeyStrength => (9325, "4.5"),
            Self::Signature | Self::Validity => (5280, "6.1.3"),
            Self::CertificationAuthority | Self::PathLength | Self::KeyCertSign => (5280, "6.1.4"),
            Self::KeyUsage => (5280, "4.2.1.3"),
            Self::ExtendedKeyUsage => (5280, "4.2.1.12"),
            Self::Name => (9525, "6"),
            Self::NameConstraints => (5280, "4.2.1.10"),
            Self::CriticalExtensions => (5280, "4.2"),
            Self::Profile => (5280, "4"),
            Self::Revocation => (5280, "6.3"),
        };
        Section::new(rfc, section)
    }
}

/// Judges the first certificate of `request.chain`.
///
/// The work is bounded whatever the certificates: see [`limits`].
#[must_use]
pub fn verify(request: &Request<'_>) -> Verdict {
    checks::verify(request, Demands::default())
}

/// Judges the first certificate of `request.chain` as [`verify()`] does, and by these demands.
#[cfg(feature = "study")]
#[must_use]
pub fn verify_with<'a>(request: &Request<'a>, demands: &Demands<'a>) -> Verdict {
    checks::verify(request, *demands)
}
