//! A certificate revocation list on one card.

use super::Signature;
use crate::name::DistinguishedName;
use crate::time::UnixSeconds;
use crate::verify::revocation::crl::Crl;

/// What a certificate revocation list says (RFC 5280 §5).
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ListCard {
    /// Whose list it is.
    pub issuer: DistinguishedName,
    /// When it was issued.
    pub this_update: UnixSeconds,
    /// When the next one is issued at the latest.
    pub next_update: Option<UnixSeconds>,
    /// Its number, big-endian.
    pub number: Option<Vec<u8>>,
    /// The certificates that are revoked.
    pub revoked: Vec<Revoked>,
    /// The issuer's signature.
    pub signature: Signature,
}

/// An entry of a revocation list.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Revoked {
    /// The certificate's serial number, big-endian.
    pub serial_number: Vec<u8>,
    /// Since when it is revoked.
    pub date: UnixSeconds,
    /// Why, as RFC 5280 §5.3.1 has it: `"keyCompromise"`.
    pub reason: Option<&'static str>,
}

impl ListCard {
    /// Reads the list in `der`; `None` if its parts are not where they should be. Whether it is
    /// sound, [`explain_as`](crate::explain::explain_as) says.
    #[must_use]
    pub fn read(der: &[u8]) -> Option<Self> {
        let list = Crl::parts(der)?;
        let revoked = list.entries.iter().map(|entry| Revoked {
            serial_number: entry.serial.to_vec(),
            date: entry.date,
            reason: entry.reason,
        });
        Some(Self {
            revoked: revoked.collect(),
            number: list.number.map(<[u8]>::to_vec),
            this_update: list.this_update,
            next_update: list.next_update,
            signature: Signature::of(&list.signed)?,
            issuer: list.issuer,
        })
    }
}
