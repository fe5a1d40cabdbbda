//! A certificate revocation list on one card.

use super::{Signature, signed};
use crate::explain::der::{
    ENUMERATED, Element, GENERALIZED_TIME, INTEGER, OBJECT_IDENTIFIER, OCTET_STRING, Reader,
    SEQUENCE, UTC_TIME, constructed,
};
use crate::explain::{REASONS, oid};
use crate::name::DistinguishedName;
use crate::time::{Date, UnixSeconds};

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
    /// Reads the list in `der`; `None` if it is no sound one.
    #[must_use]
    pub fn read(der: &[u8]) -> Option<Self> {
        let (content, signature) = signed(der)?;
        let mut fields = content.values();
        let _version = fields.next_if(INTEGER);
        let _algorithm = fields.next_if(SEQUENCE)?;
        let issuer = DistinguishedName::from_der(fields.next_if(SEQUENCE)?.der())?;
        let this_update = time(&mut fields)??;
        let next_update = match time(&mut fields) {
            Some(time) => Some(time?),
            None => None,
        };
        let entries = fields.next_if(SEQUENCE);
        let entries = entries.map_or(Some(Vec::new()), |entries| {
            let mut list = entries.values();
            let revoked: Option<Vec<_>> =
                list.by_ref().map(|entry| Revoked::read(&entry)).collect();
            revoked.filter(|_| list.is_at_end())
        })?;
        let extensions = fields.next_if(constructed(0));
        let extensions = extensions.and_then(|wrapper| wrapper.values().next_if(SEQUENCE));
        let number = extensions.and_then(|list| extension(&list, "2.5.29.20", INTEGER));
        fields.is_at_end().then_some(Self {
            issuer,
            this_update,
            next_update,
            number,
            revoked: entries,
            signature,
        })
    }
}

impl Revoked {
    fn read(entry: &Element<'_>) -> Option<Self> {
        let mut fields = entry.values();
        let serial_number = fields.next_if(INTEGER)?.octets().to_vec();
        let date = time(&mut fields)??;
        let extensions = fields.next_if(SEQUENCE);
        let reason = extensions.and_then(|list| extension(&list, "2.5.29.21", ENUMERATED));
        let reason = reason.and_then(|octets| match octets[..] {
            [number] => REASONS.get(usize::from(number)).copied(),
            _ => None,
        });
        fields.is_at_end().then_some(Self {
            serial_number,
            date,
            reason,
        })
    }
}

/// The next value if it is a time; within, `None` if it is none of the calendar.
#[expect(clippy::option_option, reason = "there is none, or it cannot be read")]
fn time(fields: &mut Reader<'_>) -> Option<Option<UnixSeconds>> {
    let time = fields
        .next_if(UTC_TIME)
        .or_else(|| fields.next_if(GENERALIZED_TIME))?;
    let date = match time.identifier {
        UTC_TIME => Date::from_utc_time(time.octets()),
        _ => Date::from_generalized_time(time.octets()),
    };
    Some(date.and_then(Date::unix_seconds).ok())
}

/// The contents of the extension of this name, if its value has this identifier.
fn extension(list: &Element<'_>, name: &str, identifier: u8) -> Option<Vec<u8>> {
    list.values().find_map(|extension| {
        let mut parts = extension.values();
        let oid = oid::dotted(parts.next_if(OBJECT_IDENTIFIER)?.octets())?;
        let value = parts.find(|part| part.identifier == OCTET_STRING)?;
        let value = Reader::new(value.octets()).next_if(identifier)?;
        (oid == name).then(|| value.octets().to_vec())
    })
}
