//! An answer about revocation on one card.

use super::Signature;
use crate::explain::STATUSES;
use crate::name::DistinguishedName;
use crate::time::UnixSeconds;
use crate::verify::revocation::Unusable;
use crate::verify::revocation::ocsp::{self, Response, Said};

/// What an answer by OCSP says (RFC 6960 §4.2).
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum ResponseCard {
    /// There is an answer.
    Answer(Answer),
    /// The responder says that it has none.
    Refusal {
        /// The `OCSPResponseStatus`.
        status: u8,
        /// Its name, as in `"unauthorized"`, if it has one.
        name: Option<&'static str>,
    },
}

/// What a responder says of certificates.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Answer {
    /// Who says it.
    pub responder: Responder,
    /// When it was signed.
    pub produced: UnixSeconds,
    /// What it says, of each certificate.
    pub about: Vec<Answered>,
    /// How many certificates come along, for those who do not know the responder.
    pub certificates: usize,
    /// The responder's signature.
    pub signature: Signature,
}

/// Who answers (RFC 6960 §4.2.2.3).
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Responder {
    /// By name.
    Name(DistinguishedName),
    /// By the SHA-1 of the key.
    Key(Vec<u8>),
}

/// What is said of one certificate.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Answered {
    /// Its serial number, big-endian.
    pub serial_number: Vec<u8>,
    /// What is known of it.
    pub status: CertificateStatus,
    /// From when on that is known.
    pub this_update: UnixSeconds,
    /// When there will be something newer.
    pub next_update: Option<UnixSeconds>,
}

/// `CertStatus` (RFC 6960 §2.2).
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum CertificateStatus {
    /// It is not revoked.
    Good,
    /// It is.
    Revoked {
        /// Since when.
        date: UnixSeconds,
        /// Why, as RFC 5280 §5.3.1 has it: `"keyCompromise"`.
        reason: Option<&'static str>,
    },
    /// The responder does not know it.
    Unknown,
}

impl ResponseCard {
    /// Reads the answer in `der`; `None` if it is no sound one.
    #[must_use]
    pub fn read(der: &[u8]) -> Option<Self> {
        let response = match Response::parts(der) {
            Ok(response) => response,
            Err(Unusable::NoAnswer { status }) => {
                let name = STATUSES.get(usize::from(status)).copied();
                return Some(Self::Refusal { status, name });
            }
            Err(_) => return None,
        };
        let responder = match response.responder {
            ocsp::Responder::Name(name) => Responder::Name(DistinguishedName::from_der(name)?),
            ocsp::Responder::Key(hash) => Responder::Key(hash.to_vec()),
        };
        let about = response.singles.iter().map(|single| Answered {
            serial_number: single.serial.to_vec(),
            status: match single.status {
                Said::Good => CertificateStatus::Good,
                Said::Revoked(date, reason) => CertificateStatus::Revoked { date, reason },
                Said::Unknown => CertificateStatus::Unknown,
            },
            this_update: single.this_update,
            next_update: single.next_update,
        });
        Some(Self::Answer(Answer {
            responder,
            produced: response.produced,
            about: about.collect(),
            certificates: response.certificates.len(),
            signature: Signature::of(&response.signed)?,
        }))
    }
}
