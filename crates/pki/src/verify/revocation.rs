//! Whether a certificate was revoked, by a list (RFC 5280 §5, §6.3) or a response by OCSP
//! (RFC 6960) that was supplied.

#[cfg(feature = "study")]
pub(crate) mod crl;
#[cfg(feature = "study")]
mod evaluate;
#[cfg(feature = "study")]
pub(crate) mod ocsp;

use std::fmt;
#[cfg(feature = "study")]
use std::ops::Range;

use super::Failure;
#[cfg(feature = "study")]
use super::certificate::{Extension, fault};
#[cfg(feature = "study")]
use crate::explain::{Problem, REASONS, is_known_in_revocation};
use crate::time::UnixSeconds;

#[cfg(feature = "study")]
pub(super) use evaluate::{Supplied, check};

/// What was found about a certificate.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Status {
    /// It was not revoked.
    Good {
        /// What says so.
        evidence: Evidence,
        /// From when on that holds.
        this_update: UnixSeconds,
        /// When there should be newer evidence; lists and responses may leave that out.
        next_update: Option<UnixSeconds>,
    },
    /// It was revoked. When is told and does not count: what was revoked should not be believed,
    /// whatever the clocks.
    Revoked {
        /// What says so.
        evidence: Evidence,
        /// When.
        date: UnixSeconds,
        /// The `CRLReason`, as in `"keyCompromise"` (RFC 5280 §5.3.1), if one is given.
        reason: Option<&'static str>,
    },
    /// Its issuer's responder does not know it (RFC 6960 §2.2).
    Unknown {
        /// What says so.
        evidence: Evidence,
    },
    /// There is evidence by its issuer, or what claims to be, and it cannot be used.
    Unusable {
        /// Which.
        evidence: Evidence,
        /// Why not.
        why: Unusable,
    },
    /// Nothing that was supplied is by its issuer.
    NotCovered,
    /// It promises that a response comes along (RFC 7633), and none did.
    NotStapled,
}

/// Which list or response it was: its place in what was supplied.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Evidence {
    /// In [`Demands::crls`](super::Demands::crls).
    Crl(usize),
    /// In [`Demands::ocsp_responses`](super::Demands::ocsp_responses).
    Ocsp(usize),
}

/// Why a list or a response cannot be used.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Unusable {
    /// It is none, or a broken one, or longer than what is read.
    Malformed {
        /// The offset of the first byte that does not fit, where that is known.
        at: Option<usize>,
    },
    /// The responder answers that it has no answer (RFC 6960 §4.2.1).
    NoAnswer {
        /// The `OCSPResponseStatus`.
        status: u8,
    },
    /// The signature is not its issuer's.
    Signature,
    /// It is signed in a way that is not verified here.
    Algorithm,
    /// More signatures would have to be verified than are.
    TooManySignatures,
    /// The issuer's key is not for signing lists: `cRLSign` is missing (RFC 5280 §6.3.3 (f)).
    KeyUsage,
    /// A response must be signed by the issuer or by one whom it entrusts with that by
    /// `id-kp-OCSPSigning` (RFC 6960 §4.2.2.2); this is by neither.
    Responder,
    /// It holds from a later moment on.
    NotYet {
        /// From when on.
        this_update: UnixSeconds,
        /// The moment asked for.
        now: UnixSeconds,
    },
    /// There should be newer evidence by now.
    Stale {
        /// Since when.
        next_update: UnixSeconds,
        /// The moment asked for.
        now: UnixSeconds,
    },
    /// It does not say until when it holds, and the policy wants it to.
    NoNextUpdate,
    /// It is a part that does not speak of this certificate, of all reasons, or of one issuer
    /// (RFC 5280 §5.2.5).
    OtherScope,
    /// It has only the changes since another list (RFC 5280 §5.2.4).
    Delta,
    /// A critical extension is not understood (RFC 5280 §5.2).
    CriticalExtension {
        /// Its object identifier.
        oid: String,
    },
    /// The policy wants a `cRLNumber` that is not critical (RFC 5280 §5.2.3).
    Number,
    /// The policy wants each serial number once.
    SerialTwice,
}

impl Status {
    pub(super) const fn failure(&self) -> Option<Failure> {
        match self {
            Self::Good { .. } => None,
            Self::Revoked { .. } => Some(Failure::Revoked),
            Self::Unusable {
                why: Unusable::TooManySignatures,
                ..
            } => Some(Failure::TooMuchWork),
            Self::Unknown { .. } | Self::Unusable { .. } | Self::NotCovered | Self::NotStapled => {
                Some(Failure::RevocationUnknown)
            }
        }
    }
}

impl fmt::Display for Evidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Crl(index) => write!(f, "CRL {}", index + 1),
            Self::Ocsp(index) => write!(f, "OCSP response {}", index + 1),
        }
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Good {
                evidence,
                this_update,
                next_update: None,
            } => write!(f, "not revoked, says {evidence} of {this_update}"),
            Self::Good {
                evidence,
                this_update,
                next_update: Some(next_update),
            } => write!(
                f,
                "not revoked, says {evidence} of {this_update}, which holds to {next_update}"
            ),
            Self::Revoked {
                evidence,
                date,
                reason,
            } => {
                let reason = reason.unwrap_or("no reason given");
                write!(f, "revoked on {date} ({reason}), says {evidence}")
            }
            Self::Unknown { evidence } => write!(f, "not known, says {evidence}"),
            Self::Unusable { evidence, why } => write!(f, "{evidence} cannot be used: {why}"),
            Self::NotCovered => write!(f, "no CRL and no OCSP response is by its issuer"),
            Self::NotStapled => write!(
                f,
                "it promises an OCSP response along with it, and none came"
            ),
        }
    }
}

impl fmt::Display for Unusable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed { at: None } => write!(f, "it is broken"),
            Self::Malformed { at: Some(at) } => write!(f, "it is broken at byte {at}"),
            Self::NoAnswer { status } => {
                let name = match status {
                    1 => "malformedRequest",
                    2 => "internalError",
                    3 => "tryLater",
                    5 => "sigRequired",
                    6 => "unauthorized",
                    _ => "unknown status",
                };
                write!(f, "the responder answers {name} ({status})")
            }
            Self::Signature => write!(f, "the signature is not its issuer's"),
            Self::Algorithm => write!(f, "its signature is of a kind that is not verified here"),
            Self::TooManySignatures => write!(f, "too many signatures to verify"),
            Self::KeyUsage => write!(f, "its issuer's key must not sign CRLs (no cRLSign)"),
            Self::Responder => write!(f, "the responder may not speak for the issuer"),
            Self::NotYet { this_update, now } => {
                write!(f, "it holds from {this_update}, and it is {now}")
            }
            Self::Stale { next_update, now } => {
                write!(f, "it held to {next_update}, and it is {now}")
            }
            Self::NoNextUpdate => write!(f, "it does not say until when it holds"),
            Self::OtherScope => write!(f, "it does not speak of this certificate"),
            Self::Delta => write!(f, "it has only the changes since another one"),
            Self::CriticalExtension { oid } => {
                write!(f, "its critical extension {oid} is not understood")
            }
            Self::Number => write!(f, "it must have a cRLNumber, which must not be critical"),
            Self::SerialTwice => write!(f, "a serial number stands in it twice"),
        }
    }
}

/// What was read, if the bytes have no fault but in those parts of it that others judge.
#[cfg(feature = "study")]
fn sound<T>(
    read: Result<T, Unusable>,
    problems: &[Problem],
    foreign: impl Fn(&T) -> &[Range<usize>],
) -> Result<T, Unusable> {
    let foreign = read.as_ref().map_or(&[][..], foreign);
    match fault(problems, foreign) {
        Some(problem) => Err(Unusable::Malformed {
            at: Some(problem.at),
        }),
        None => read,
    }
}

/// The value of an extension that nobody here knows: it is not for us to judge.
#[cfg(feature = "study")]
fn foreign(extension: &Extension) -> Option<Range<usize>> {
    (!is_known_in_revocation(&extension.oid)).then(|| extension.value.clone())
}

/// The `CRLReason` of this number (RFC 5280 §5.3.1), of which 7 is not used.
#[cfg(feature = "study")]
fn reason_name(number: u8) -> Option<&'static str> {
    let name = REASONS.get(usize::from(number)).copied();
    name.filter(|_| number != 7)
}
