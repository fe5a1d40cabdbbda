//! A certificate as it is judged: parsed, with the places of its parts.

use std::ops::Range;

use der::Decode;
use x509_cert::ext::pkix::{ExtendedKeyUsage, KeyUsage};

use crate::explain::der::{
    BIT_STRING, BOOLEAN, Element, INTEGER, OBJECT_IDENTIFIER, OCTET_STRING, Reader, SEQUENCE,
    constructed, context,
};
use crate::explain::{KEY_USAGES, Problem, explain, oid};
use crate::name::DistinguishedName;
use crate::time::UnixSeconds;

pub(crate) mod extension {
    pub(crate) const SUBJECT_KEY_IDENTIFIER: &str = "2.5.29.14";
    pub(crate) const KEY_USAGE: &str = "2.5.29.15";
    pub(crate) const SUBJECT_ALT_NAME: &str = "2.5.29.17";
    pub(crate) const BASIC_CONSTRAINTS: &str = "2.5.29.19";
    pub(crate) const CERTIFICATE_POLICIES: &str = "2.5.29.32";
    pub(crate) const AUTHORITY_KEY_IDENTIFIER: &str = "2.5.29.35";
    pub(crate) const EXT_KEY_USAGE: &str = "2.5.29.37";
}

/// Where the parts of a certificate are.
#[derive(Clone, Debug)]
pub(crate) struct Outline<'a> {
    pub(crate) der: &'a [u8],
    pub(crate) tbs: Range<usize>,
    pub(crate) serial: Range<usize>,
    pub(crate) inner_algorithm: Range<usize>,
    pub(crate) issuer: Range<usize>,
    pub(crate) validity: Range<usize>,
    pub(crate) not_before: Range<usize>,
    pub(crate) not_after: Range<usize>,
    pub(crate) subject: Range<usize>,
    pub(crate) key: Range<usize>,
    pub(crate) algorithm: Range<usize>,
    pub(crate) signature: Range<usize>,
    /// The signature's own octets, within `signature`.
    pub(crate) signature_octets: Range<usize>,
    pub(crate) extensions: Vec<Extension>,
}

/// An extension and its place.
#[derive(Clone, Debug)]
pub(crate) struct Extension {
    pub(crate) oid: String,
    pub(crate) critical: bool,
    pub(crate) range: Range<usize>,
    /// The contents of `extnValue`.
    pub(crate) value: Range<usize>,
}

/// A certificate that could be read in full.
#[derive(Clone, Debug)]
pub(crate) struct Certificate<'a> {
    pub(crate) outline: Outline<'a>,
    pub(crate) parsed: x509_cert::Certificate,
    pub(crate) subject: DistinguishedName,
    pub(crate) issuer: DistinguishedName,
    pub(crate) not_before: UnixSeconds,
    pub(crate) not_after: UnixSeconds,
    pub(crate) basic_constraints: Option<BasicConstraints>,
    pub(crate) key_usage: Option<Vec<&'static str>>,
    /// Object identifiers.
    pub(crate) extended_key_usage: Option<Vec<String>>,
    pub(crate) alternative_names: Option<Vec<AlternativeName>>,
    pub(crate) subject_key_identifier: Option<Vec<u8>>,
    pub(crate) authority_key_identifier: Option<Vec<u8>>,
}

/// RFC 5280 §4.2.1.9.
#[derive(Clone, Copy, Debug)]
pub(crate) struct BasicConstraints {
    pub(crate) authority: bool,
    pub(crate) path_length: Option<u64>,
}

/// A `GeneralName` and its place.
#[derive(Clone, Debug)]
pub(crate) struct AlternativeName {
    pub(crate) identifier: u8,
    pub(crate) contents: Vec<u8>,
    pub(crate) range: Range<usize>,
}

/// Why a certificate could not be read.
#[derive(Clone, Debug)]
pub(crate) enum Unreadable {
    Malformed {
        problems: Vec<Problem>,
        at: Option<usize>,
    },
    DuplicateExtension {
        oid: String,
        range: Range<usize>,
    },
}

impl<'a> Outline<'a> {
    /// Finds the parts; `None` where they are not where they should be.
    pub(crate) fn read(der: &'a [u8]) -> Option<Self> {
        let mut all = Reader::new(der);
        let certificate = all.next_if(SEQUENCE)?;
        let mut parts = certificate.values();
        let tbs = parts.next_if(SEQUENCE)?;
        let algorithm = parts.next_if(SEQUENCE)?;
        let signature = parts.next_if(BIT_STRING)?;
        let mut fields = tbs.values();
        let _version = fields.next_if(constructed(0));
        let serial = fields.next_if(INTEGER)?;
        let inner_algorithm = fields.next_if(SEQUENCE)?;
        let issuer = fields.next_if(SEQUENCE)?;
        let validity = fields.next_if(SEQUENCE)?;
        let mut dates = validity.values();
        let (not_before, not_after) = (dates.next()?, dates.next()?);
        let subject = fields.next_if(SEQUENCE)?;
        let key = fields.next_if(SEQUENCE)?;
        let _issuer_unique_id = fields.next_if(context(1));
        let _subject_unique_id = fields.next_if(context(2));
        let extensions = match fields.next_if(constructed(3)) {
            Some(wrapper) => {
                let list = wrapper.values().next_if(SEQUENCE)?;
                list.values()
                    .map(|extension| Extension::read(&extension))
                    .collect::<Option<_>>()?
            }
            None => Vec::new(),
        };
        let octets = signature.contents.start.checked_add(1)?..signature.contents.end;
        let complete = all.is_at_end()
            && parts.is_at_end()
            && fields.is_at_end()
            && dates.is_at_end()
            && octets.start <= octets.end
            && signature.octets().first() == Some(&0);
        complete.then_some(Self {
            der,
            tbs: tbs.range,
            serial: serial.contents,
            inner_algorithm: inner_algorithm.range,
            issuer: issuer.range,
            validity: validity.range,
            not_before: not_before.range,
            not_after: not_after.range,
            subject: subject.range,
            key: key.range,
            algorithm: algorithm.range,
            signature: signature.range,
            signature_octets: octets,
            extensions,
        })
    }

    /// The bytes of a part.
    pub(crate) fn bytes(&self, part: &Range<usize>) -> &'a [u8] {
        &self.der[part.clone()]
    }

    pub(crate) fn extension(&self, oid: &str) -> Option<&Extension> {
        self.extensions.iter().find(|one| one.oid == oid)
    }

    /// The value's DER of this extension.
    fn value(&self, oid: &str) -> Option<&'a [u8]> {
        self.extension(oid).map(|one| self.bytes(&one.value))
    }

    /// The key identifier of the subject, if it is a sound one.
    pub(crate) fn subject_key_identifier(&self) -> Option<Vec<u8>> {
        let value = self.value(extension::SUBJECT_KEY_IDENTIFIER)?;
        whole(value, OCTET_STRING).map(|octets| octets.octets().to_vec())
    }
}

impl Extension {
    fn read(element: &Element<'_>) -> Option<Self> {
        if element.identifier != SEQUENCE {
            return None;
        }
        let mut fields = element.values();
        let oid = oid::dotted(fields.next_if(OBJECT_IDENTIFIER)?.octets())?;
        let critical = match fields.next_if(BOOLEAN) {
            Some(critical) => boolean(&critical)?,
            None => false,
        };
        let value = fields.next_if(OCTET_STRING)?;
        fields.is_at_end().then_some(Self {
            oid,
            critical,
            range: element.range.clone(),
            value: value.contents,
        })
    }
}

impl<'a> Certificate<'a> {
    /// Reads `der`, all of it.
    pub(crate) fn read(der: &'a [u8]) -> Result<Self, Unreadable> {
        let malformed = |at: Option<usize>| {
            let (_, problems) = explain(der);
            let at = problems.first().map(|problem| problem.at).or(at);
            Unreadable::Malformed { problems, at }
        };
        let position = |error: der::Error| {
            let position = error.position().map(u32::from);
            position.and_then(|position| usize::try_from(position).ok())
        };
        let parsed =
            x509_cert::Certificate::from_der(der).map_err(|error| malformed(position(error)))?;
        let outline = Outline::read(der).ok_or_else(|| malformed(None))?;
        let mut seen = outline.extensions.iter().enumerate();
        let twice = seen.find(|(index, one)| {
            let before = &outline.extensions[..*index];
            before.iter().any(|other| other.oid == one.oid)
        });
        if let Some((_, extension)) = twice {
            return Err(Unreadable::DuplicateExtension {
                oid: extension.oid.clone(),
                range: extension.range.clone(),
            });
        }
        let validity = parsed.tbs_certificate().validity();
        let moment = |time: &x509_cert::time::Time| {
            let seconds = time.to_unix_duration().as_secs();
            UnixSeconds(i64::try_from(seconds).unwrap_or(i64::MAX))
        };
        let name = |range: &Range<usize>| {
            DistinguishedName::from_der(outline.bytes(range))
                .ok_or_else(|| malformed(Some(range.start)))
        };
        let (subject, issuer) = (name(&outline.subject)?, name(&outline.issuer)?);
        let place = |oid: &str| outline.extension(oid).map(|one| one.value.start);
        let read = |oid: &str| malformed(place(oid));
        Ok(Self {
            subject,
            issuer,
            not_before: moment(&validity.not_before),
            not_after: moment(&validity.not_after),
            basic_constraints: sound(&outline, extension::BASIC_CONSTRAINTS, basic_constraints)
                .map_err(read)?,
            key_usage: sound(&outline, extension::KEY_USAGE, key_usage).map_err(read)?,
            extended_key_usage: sound(&outline, extension::EXT_KEY_USAGE, extended_key_usage)
                .map_err(read)?,
            alternative_names: sound(&outline, extension::SUBJECT_ALT_NAME, |value| {
                let place = place(extension::SUBJECT_ALT_NAME)?;
                alternative_names(value, place)
            })
            .map_err(read)?,
            subject_key_identifier: outline.subject_key_identifier(),
            authority_key_identifier: sound(
                &outline,
                extension::AUTHORITY_KEY_IDENTIFIER,
                authority_key_identifier,
            )
            .map_err(read)?
            .flatten(),
            outline,
            parsed,
        })
    }

    /// Whether it names itself as its issuer (RFC 5280 §6.1).
    pub(crate) fn is_self_issued(&self) -> bool {
        self.subject.matches(&self.issuer)
    }
}

/// An extension's value: `None` where it is absent, an error with its identifier where unsound.
fn sound<'o, 'a, T>(
    outline: &Outline<'a>,
    oid: &'o str,
    read: impl FnOnce(&'a [u8]) -> Option<T>,
) -> Result<Option<T>, &'o str> {
    match outline.value(oid) {
        None => Ok(None),
        Some(value) => read(value).map(Some).ok_or(oid),
    }
}

/// The one value in `der`.
fn whole(der: &[u8], identifier: u8) -> Option<Element<'_>> {
    let mut reader = Reader::new(der);
    let element = reader.next_if(identifier)?;
    reader.is_at_end().then_some(element)
}

fn boolean(element: &Element<'_>) -> Option<bool> {
    match element.octets() {
        [0x00] => Some(false),
        [0xff] => Some(true),
        _ => None,
    }
}

fn basic_constraints(value: &[u8]) -> Option<BasicConstraints> {
    let sequence = whole(value, SEQUENCE)?;
    let mut fields = sequence.values();
    let authority = match fields.next_if(BOOLEAN) {
        Some(authority) => boolean(&authority)?,
        None => false,
    };
    let path_length = match fields.next_if(INTEGER) {
        Some(number) => Some(natural(number.octets())?),
        None => None,
    };
    fields.is_at_end().then_some(BasicConstraints {
        authority,
        path_length,
    })
}

/// A number that is not negative; what is beyond 64 bits counts as the greatest of them.
fn natural(octets: &[u8]) -> Option<u64> {
    if octets.first()? & 0x80 != 0 {
        return None;
    }
    Some(octets.iter().fold(0_u64, |number, octet| {
        let shifted = number.saturating_mul(256);
        shifted.saturating_add(u64::from(*octet))
    }))
}

fn key_usage(value: &[u8]) -> Option<Vec<&'static str>> {
    let usages = KeyUsage::from_der(value).ok()?.0.bits();
    let set = |(bit, name): (usize, &&'static str)| (usages >> bit & 1 == 1).then_some(*name);
    Some(KEY_USAGES.iter().enumerate().filter_map(set).collect())
}

fn extended_key_usage(value: &[u8]) -> Option<Vec<String>> {
    let purposes = ExtendedKeyUsage::from_der(value).ok()?.0;
    let texts: Vec<_> = purposes.iter().map(ToString::to_string).collect();
    (!texts.is_empty()).then_some(texts)
}

fn alternative_names(value: &[u8], place: usize) -> Option<Vec<AlternativeName>> {
    let sequence = whole(value, SEQUENCE)?;
    let mut reader = sequence.values();
    let names: Vec<_> = reader
        .by_ref()
        .map(|element| AlternativeName {
            identifier: element.identifier,
            contents: element.octets().to_vec(),
            range: place + element.range.start..place + element.range.end,
        })
        .collect();
    (reader.is_at_end() && !names.is_empty()).then_some(names)
}

fn authority_key_identifier(value: &[u8]) -> Option<Option<Vec<u8>>> {
    let mut fields = whole(value, SEQUENCE)?.values();
    Some(fields.next_if(context(0)).map(|key| key.octets().to_vec()))
}
