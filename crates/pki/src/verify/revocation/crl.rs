//! Lists of revoked certificates (RFC 5280 §5).

use std::collections::{BTreeMap, BTreeSet};

use der::oid::ObjectIdentifier;
use der::{Decode, Encode};
use x509_cert::certificate::Raw;
use x509_cert::crl::{CertificateList, RevokedCert};
use x509_cert::ext::Extension;
use x509_cert::time::Time;

use super::{Unusable, reason_name};
use crate::explain::der::{Element, SEQUENCE, constructed, context};
use crate::name::DistinguishedName;
use crate::signed::Signed;
use crate::time::UnixSeconds;
use crate::verify::certificate::whole;

const CRL_NUMBER: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.20");
const REASON: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.21");
const DELTA: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.27");
const DISTRIBUTION_POINT: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.28");
const AUTHORITY_KEY: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.35");

/// What a list says.
pub(super) struct Crl<'a> {
    pub(super) signed: Signed<'a>,
    pub(super) issuer: DistinguishedName,
    pub(super) this_update: UnixSeconds,
    pub(super) next_update: Option<UnixSeconds>,
    /// Whether it has a `cRLNumber` as RFC 5280 §5.2.3 wants it.
    pub(super) is_numbered: bool,
    /// Whether a serial number stands in it twice.
    pub(super) has_duplicates: bool,
    /// Why nobody can use it here.
    pub(super) fault: Option<Unusable>,
    pub(super) scope: Scope<'a>,
    /// By the DER of the serial number: when, and why.
    revoked: BTreeMap<Vec<u8>, (UnixSeconds, Option<&'static str>)>,
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
    pub(super) fn read(der: &'a [u8]) -> Result<Self, Unusable> {
        let malformed = |error: der::Error| Unusable::Malformed {
            at: error
                .position()
                .and_then(|at| usize::try_from(u32::from(at)).ok()),
        };
        let list = CertificateList::<Raw>::from_der(der).map_err(malformed)?;
        let broken = Unusable::Malformed { at: None };
        let signed = Signed::read(der).ok_or_else(|| broken.clone())?;
        let tbs = list.tbs_cert_list;
        let issuer = tbs.issuer.to_der().map_err(malformed)?;
        let issuer = DistinguishedName::from_der(&issuer).ok_or_else(|| broken.clone())?;
        let mut crl = Self {
            issuer,
            this_update: moment(tbs.this_update),
            next_update: tbs.next_update.map(moment),
            is_numbered: false,
            has_duplicates: false,
            fault: None,
            scope: Scope::default(),
            revoked: BTreeMap::new(),
            signed,
        };
        if list.signature_algorithm != tbs.signature {
            crl.fault = Some(Unusable::Algorithm);
        }
        for revoked in tbs.revoked_certificates.iter().flatten() {
            crl.add(revoked).map_err(malformed)?;
        }
        let mut known = BTreeSet::new();
        for extension in tbs.crl_extensions.iter().flatten() {
            if !known.insert(extension.extn_id) {
                return Err(broken);
            }
            crl.extension(extension);
        }
        if let Some(place) = distribution_point(der) {
            crl.scope = Scope::read(place).ok_or(broken)?;
        }
        Ok(crl)
    }

    fn add(&mut self, revoked: &RevokedCert<Raw>) -> der::Result<()> {
        let mut reason = None;
        for extension in revoked.crl_entry_extensions.iter().flatten() {
            if extension.extn_id == REASON {
                // ENUMERATED of one octet.
                reason = match extension.extn_value.as_bytes() {
                    [0x0a, 1, number] => reason_name(*number),
                    _ => None,
                };
            } else if extension.critical {
                self.fault = Some(unknown(extension));
            }
        }
        let date = moment(revoked.revocation_date);
        let serial = revoked.serial_number.to_der()?;
        let before = self.revoked.insert(serial, (date, reason));
        self.has_duplicates |= before.is_some();
        Ok(())
    }

    fn extension(&mut self, extension: &Extension) {
        match extension.extn_id {
            CRL_NUMBER => self.is_numbered = !extension.critical,
            DELTA => self.fault = Some(Unusable::Delta),
            DISTRIBUTION_POINT | AUTHORITY_KEY => {}
            _ if extension.critical => self.fault = Some(unknown(extension)),
            _ => {}
        }
    }

    /// When and why the certificate with this serial number, in DER, was revoked.
    pub(super) fn revoked(&self, serial: &[u8]) -> Option<(UnixSeconds, Option<&'static str>)> {
        self.revoked.get(serial).copied()
    }
}

impl<'a> Scope<'a> {
    fn read(value: &'a [u8]) -> Option<Self> {
        let mut scope = Self::default();
        let fields = whole(value, SEQUENCE)?;
        let mut reader = fields.values();
        for field in reader.by_ref() {
            let is_set = || match field.octets() {
                [0xff] => Some(true),
                [0x00] => Some(false),
                _ => None,
            };
            match field.identifier {
                PLACE => scope.names = Some(full_names(&field).unwrap_or_default()),
                USERS => scope.users_only = is_set()?,
                AUTHORITIES => scope.authorities_only = is_set()?,
                REASONS => scope.is_partial = true,
                INDIRECT | ATTRIBUTES => scope.is_partial |= is_set()?,
                _ => return None,
            }
        }
        reader.is_at_end().then_some(scope)
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

/// The value of the extension, in the bytes of the list.
fn distribution_point(der: &[u8]) -> Option<&[u8]> {
    const IDENTIFIER: [u8; 3] = [0x55, 0x1d, 0x1c];
    let list = whole(der, SEQUENCE)?.values().next_if(SEQUENCE)?;
    let wrapper = list.values().find(|one| one.identifier == constructed(0))?;
    let extensions = wrapper.values().next_if(SEQUENCE)?;
    let mut found = extensions.values().filter(|extension| {
        let identifier = extension.values().next();
        identifier.is_some_and(|identifier| identifier.octets() == IDENTIFIER)
    });
    Some(found.next()?.values().last()?.octets())
}

fn unknown(extension: &Extension) -> Unusable {
    let oid = extension.extn_id.to_string();
    Unusable::CriticalExtension { oid }
}

fn moment(time: Time) -> UnixSeconds {
    let seconds = time.to_unix_duration().as_secs();
    UnixSeconds(i64::try_from(seconds).unwrap_or(i64::MAX))
}
