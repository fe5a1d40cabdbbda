//! Lists of revoked certificates (RFC 5280 §5).

use std::collections::BTreeMap;
use std::ops::Range;

use super::{Unusable, foreign, reason_name, sound};
use crate::explain::der::{
    BIT_STRING, ENUMERATED, Element, GENERALIZED_TIME, INTEGER, Reader, SEQUENCE, UTC_TIME,
    constructed, context,
};
use crate::explain::problems_of_list;
use crate::name::DistinguishedName;
use crate::signed::Signed;
use crate::time::UnixSeconds;
use crate::verify::certificate::{Extension, moment, octets_of, to_its_end, whole};

const NUMBER: &str = "2.5.29.20";
const REASON: &str = "2.5.29.21";
const DELTA: &str = "2.5.29.27";
const DISTRIBUTION_POINT: &str = "2.5.29.28";
const AUTHORITY_KEY: &str = "2.5.29.35";

/// What a list says.
pub(crate) struct Crl<'a> {
    pub(crate) signed: Signed<'a>,
    pub(crate) issuer: DistinguishedName,
    pub(crate) this_update: UnixSeconds,
    pub(crate) next_update: Option<UnixSeconds>,
    /// The octets of the `cRLNumber`.
    pub(crate) number: Option<&'a [u8]>,
    /// Whether it has a `cRLNumber` as RFC 5280 §5.2.3 wants it.
    pub(super) is_numbered: bool,
    /// Why nobody can use it here.
    pub(super) fault: Option<Unusable>,
    pub(super) scope: Scope<'a>,
    pub(crate) entries: Vec<Entry<'a>>,
    /// The entries' places by the octets of their serial numbers.
    places: BTreeMap<&'a [u8], usize>,
    /// The parts that others judge.
    foreign: Vec<Range<usize>>,
}

/// A revoked certificate.
#[derive(Clone, Copy)]
pub(crate) struct Entry<'a> {
    /// The octets of its serial number.
    pub(crate) serial: &'a [u8],
    pub(crate) date: UnixSeconds,
    pub(crate) reason: Option<&'static str>,
}

/// Of which certificates it speaks: `IssuingDistributionPoint` (RFC 5280 §5.2.5).
#[derive(Default)]
pub(super) struct Scope<'a> {
    /// The names of the place where it is published; the certificate has one of them.
    pub(super) names: Option<Vec<Element<'a>>>,
    pub(super) users_only: bool,
    pub(super) authorities_only: bool,
    /// Attribute certificates, some reasons, several issuers: never all about ours.
    pub(super) is_partial: bool,
}

impl<'a> Crl<'a> {
    /// Reads a list that is without a fault: [`explain_as`](crate::explain::explain_as) shows none.
    pub(super) fn read(der: &'a [u8]) -> Result<Self, Unusable> {
        let list = Self::parts(der).ok_or(Unusable::Malformed { at: None });
        sound(list, &problems_of_list(der), |list| &list.foreign)
    }

    /// Reads the parts of a list; `None` where they are not where they should be.
    pub(crate) fn parts(der: &'a [u8]) -> Option<Self> {
        let mut parts = whole(der, SEQUENCE)?.values();
        let list = parts.next_if(SEQUENCE)?;
        let algorithm = parts.next_if(SEQUENCE)?;
        let signature = octets_of(&parts.next_if(BIT_STRING)?)?;
        let mut fields = list.values();
        let _version = fields.next_if(INTEGER);
        let inner_algorithm = fields.next_if(SEQUENCE)?;
        let issuer = DistinguishedName::from_der(fields.next_if(SEQUENCE)?.der())?;
        let this_update = moment(&fields.next()?)?;
        let next_update = fields.next_if(UTC_TIME);
        let next_update = match next_update.or_else(|| fields.next_if(GENERALIZED_TIME)) {
            Some(time) => Some(moment(&time)?),
            None => None,
        };
        let mut crl = Self {
            signed: Signed::read(der)?,
            issuer,
            this_update,
            next_update,
            number: None,
            is_numbered: false,
            fault: None,
            scope: Scope::default(),
            entries: Vec::new(),
            places: BTreeMap::new(),
            foreign: Vec::new(),
        };
        if algorithm.der() != inner_algorithm.der() {
            crl.fault = Some(Unusable::Algorithm);
        }
        if let Some(entries) = fields.next_if(SEQUENCE) {
            each(entries.values(), |entry| crl.add(entry))?;
        }
        if let Some(wrapper) = fields.next_if(constructed(0)) {
            let mut known = Vec::new();
            let extensions = wrapper.values().next_if(SEQUENCE)?.values();
            each(extensions, |element| {
                let extension = Extension::read(element)?;
                crl.extension(&extension, element)?;
                // RFC 5280 §4.2: each stands once.
                let is_new = !known.contains(&extension.oid);
                known.push(extension.oid);
                is_new.then_some(())
            })?;
        }
        crl.foreign.push(to_its_end(&signature));
        (fields.is_at_end() && parts.is_at_end()).then_some(crl)
    }

    fn add(&mut self, entry: &Element<'a>) -> Option<()> {
        let mut fields = entry.values();
        let serial = fields.next_if(INTEGER)?.octets();
        let date = moment(&fields.next()?)?;
        let mut reason = None;
        if let Some(extensions) = fields.next_if(SEQUENCE) {
            each(extensions.values(), |element| {
                let extension = Extension::read(element)?;
                let value = value(element);
                if extension.oid == REASON {
                    let number = whole(value, ENUMERATED)?;
                    reason = match number.octets() {
                        [number] => reason_name(*number),
                        _ => None,
                    };
                } else {
                    self.unknown(&extension);
                }
                self.put_aside(&extension);
                Some(())
            })?;
        }
        self.places.insert(serial, self.entries.len());
        let entry = Entry {
            serial,
            date,
            reason,
        };
        self.entries.push(entry);
        fields.is_at_end().then_some(())
    }

    fn extension(&mut self, extension: &Extension, element: &Element<'a>) -> Option<()> {
        self.put_aside(extension);
        let value = value(element);
        match extension.oid.as_str() {
            NUMBER => {
                self.number = Some(whole(value, INTEGER)?.octets());
                self.is_numbered = !extension.critical;
            }
            DELTA => self.fault = Some(Unusable::Delta),
            DISTRIBUTION_POINT => self.scope = Scope::read(value)?,
            AUTHORITY_KEY => {}
            _ => self.unknown(extension),
        }
        Some(())
    }

    /// An extension that is not obeyed, which matters if it is critical.
    fn unknown(&mut self, extension: &Extension) {
        if extension.critical {
            let oid = extension.oid.clone();
            self.fault = Some(Unusable::CriticalExtension { oid });
        }
    }

    fn put_aside(&mut self, extension: &Extension) {
        self.foreign.extend(foreign(extension));
    }

    /// The entry of the certificate with these octets of a serial number; the last, if there are
    /// several.
    pub(super) fn entry(&self, serial: &[u8]) -> Option<&Entry<'a>> {
        self.entries.get(*self.places.get(serial)?)
    }

    /// Whether a serial number stands in it twice.
    pub(super) fn has_duplicates(&self) -> bool {
        self.places.len() < self.entries.len()
    }
}

/// Does something with each value, down to the last byte.
pub(super) fn each<'a>(
    mut values: Reader<'a>,
    mut then: impl FnMut(&Element<'a>) -> Option<()>,
) -> Option<()> {
    for value in values.by_ref() {
        then(&value)?;
    }
    values.is_at_end().then_some(())
}

/// The contents of `extnValue`, the last field of an extension.
fn value<'a>(extension: &Element<'a>) -> &'a [u8] {
    let value = extension.values().last();
    value.map_or(&[], |value| value.octets())
}

impl<'a> Scope<'a> {
    fn read(value: &'a [u8]) -> Option<Self> {
        let mut scope = Self::default();
        each(whole(value, SEQUENCE)?.values(), |field| {
            let is_set = || match field.octets() {
                [0xff] => Some(true),
                [0x00] => Some(false),
                _ => None,
            };
            match field.identifier {
                PLACE => scope.names = Some(full_names(field).unwrap_or_default()),
                USERS => scope.users_only = is_set()?,
                AUTHORITIES => scope.authorities_only = is_set()?,
                REASONS => scope.is_partial = true,
                INDIRECT | ATTRIBUTES => scope.is_partial |= is_set()?,
                _ => return None,
            }
            Some(())
        })?;
        Some(scope)
    }
}

const PLACE: u8 = constructed(0);
const USERS: u8 = context(1);
const AUTHORITIES: u8 = context(2);
const REASONS: u8 = context(3);
const INDIRECT: u8 = context(4);
const ATTRIBUTES: u8 = context(5);

/// The names in a `distributionPoint`; `None` if it has a name relative to the issuer's.
fn full_names<'a>(place: &Element<'a>) -> Option<Vec<Element<'a>>> {
    let names = place.values().next_if(constructed(0))?;
    Some(names.values().collect())
}

/// The names of the places where lists about a certificate are published, by the value of its
/// `cRLDistributionPoints` (RFC 5280 §4.2.1.13).
pub(super) fn published(value: &[u8]) -> Vec<Element<'_>> {
    let points = whole(value, SEQUENCE).map(|points| points.values());
    let points = points.into_iter().flatten();
    let places = points.filter_map(|point| point.values().next_if(PLACE));
    places
        .filter_map(|place| full_names(&place))
        .flatten()
        .collect()
}
