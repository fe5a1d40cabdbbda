//! A certificate as it is judged: read, with the places of its parts.
//!
//! What is wrong with the bytes is what [`explain`](crate::explain::explain()) says is wrong with them. Some of that is put up
//! with ([`ProblemKind::is_tolerable`](crate::explain::ProblemKind::is_tolerable)); so is whatever
//! is inside the key, the signature and extensions that are not known here, for it is up to those
//! who use them.

use std::ops::Range;

use super::constraints::NameConstraints;
use super::limits;
use crate::explain::der::{
    BIT_STRING, BOOLEAN, Element, INTEGER, OBJECT_IDENTIFIER, OCTET_STRING, Reader, SEQUENCE,
    UTC_TIME, constructed, context,
};
use crate::explain::{KEY_USAGES, Problem, ProblemKind, is_known_extension, oid, problems};
use crate::name::{DistinguishedName, NameKey};
use crate::time::{Date, UnixSeconds};

pub(crate) mod extension {
    pub(crate) const SUBJECT_KEY_IDENTIFIER: &str = "2.5.29.14";
    pub(crate) const KEY_USAGE: &str = "2.5.29.15";
    pub(crate) const SUBJECT_ALT_NAME: &str = "2.5.29.17";
    pub(crate) const BASIC_CONSTRAINTS: &str = "2.5.29.19";
    pub(crate) const NAME_CONSTRAINTS: &str = "2.5.29.30";
    pub(crate) const CERTIFICATE_POLICIES: &str = "2.5.29.32";
    pub(crate) const POLICY_CONSTRAINTS: &str = "2.5.29.36";
    pub(crate) const INHIBIT_ANY_POLICY: &str = "2.5.29.54";
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
    /// The key's own octets, within `key`.
    pub(crate) key_octets: Range<usize>,
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
    pub(crate) subject: DistinguishedName,
    pub(crate) issuer: DistinguishedName,
    /// The two names to compare others with.
    pub(crate) subject_key: NameKey,
    pub(crate) issuer_key: NameKey,
    pub(crate) not_before: UnixSeconds,
    pub(crate) not_after: UnixSeconds,
    pub(crate) basic_constraints: Option<BasicConstraints>,
    pub(crate) key_usage: Option<Vec<&'static str>>,
    /// Object identifiers.
    pub(crate) extended_key_usage: Option<Vec<String>>,
    pub(crate) alternative_names: Option<Vec<AlternativeName>>,
    pub(crate) name_constraints: Option<NameConstraints>,
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
    /// Finds the parts of a certificate without a fault.
    pub(crate) fn sound(der: &'a [u8]) -> Result<Self, Unreadable> {
        let outline = Self::read(der);
        let surplus = outline
            .as_ref()
            .and_then(|all| all.extensions.get(limits::EXTENSIONS));
        if let Some(surplus) = surplus {
            let (kind, at) = (ProblemKind::TooMany, surplus.range.start);
            return Err(Unreadable::Malformed {
                problems: vec![Problem { kind, at }],
                at: Some(at),
            });
        }
        let problems = problems(der);
        let fault = match &outline {
            None => problems.first(),
            Some(outline) => fault(&problems, &outline.foreign()),
        };
        let at = fault.map(|problem| problem.at);
        match outline {
            Some(outline) if at.is_none() => Ok(outline),
            _ => Err(Unreadable::Malformed { problems, at }),
        }
    }

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
        let mut key_parts = key.values();
        let _key_algorithm = key_parts.next_if(SEQUENCE)?;
        let key_bits = key_parts.next_if(BIT_STRING)?;
        let _issuer_unique_id = fields.next_if(context(1));
        let _subject_unique_id = fields.next_if(context(2));
        let extensions = match fields.next_if(constructed(3)) {
            Some(wrapper) => {
                let mut extensions = Vec::new();
                let mut list = wrapper.values().next_if(SEQUENCE)?.values();
                for extension in list.by_ref() {
                    extensions.push(Extension::read(&extension)?);
                }
                list.is_at_end().then_some(extensions)?
            }
            None => Vec::new(),
        };
        let complete = all.is_at_end()
            && parts.is_at_end()
            && fields.is_at_end()
            && dates.is_at_end()
            && key_parts.is_at_end();
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
            key_octets: octets_of(&key_bits)?,
            signature_octets: octets_of(&signature)?,
            signature: signature.range,
            extensions,
        })
    }

    /// The bytes of a part.
    pub(crate) fn bytes(&self, part: &Range<usize>) -> &'a [u8] {
        &self.der[part.clone()]
    }

    /// The parts that others judge.
    fn foreign(&self) -> Vec<Range<usize>> {
        let is_unknown = |one: &&Extension| !is_known_extension(&one.oid);
        let unknown = self.extensions.iter().filter(is_unknown);
        let unknown = unknown.map(|one| one.value.clone());
        let key = to_its_end(&self.key_octets);
        let signature = to_its_end(&self.signature_octets);
        [key]
            .into_iter()
            .chain(unknown)
            .chain([signature])
            .collect()
    }

    pub(crate) fn extension(&self, oid: &str) -> Option<&Extension> {
        self.extensions.iter().find(|one| one.oid == oid)
    }

    /// The value's DER of this extension.
    fn value(&self, oid: &str) -> Option<&'a [u8]> {
        self.extension(oid).map(|one| self.bytes(&one.value))
    }

    /// What the key may be used for, where that is restricted.
    #[cfg(feature = "study")]
    pub(crate) fn key_usage(&self) -> Option<Vec<&'static str>> {
        self.value(extension::KEY_USAGE).and_then(key_usage)
    }

    /// The constraints on the names below, if there are any; `None` where they cannot be read.
    #[expect(
        clippy::option_option,
        reason = "there are none, or they cannot be read"
    )]
    pub(crate) fn name_constraints(&self) -> Option<Option<NameConstraints>> {
        match self.value(extension::NAME_CONSTRAINTS) {
            Some(value) => NameConstraints::read(value).map(Some),
            None => Some(None),
        }
    }

    /// How many authorities may follow, where that is limited; `None` where it cannot be read.
    #[expect(
        clippy::option_option,
        reason = "there is no limit, or it cannot be read"
    )]
    pub(crate) fn path_length(&self) -> Option<Option<u64>> {
        match self.value(extension::BASIC_CONSTRAINTS) {
            Some(value) => basic_constraints(value).map(|constraints| constraints.path_length),
            None => Some(None),
        }
    }

    /// The key identifier of the subject, if it is a sound one.
    pub(crate) fn subject_key_identifier(&self) -> Option<Vec<u8>> {
        let value = self.value(extension::SUBJECT_KEY_IDENTIFIER)?;
        whole(value, OCTET_STRING).map(|octets| octets.octets().to_vec())
    }
}

/// The first problem that counts: it is not tolerable, and not in one of the parts that others
/// judge, which stand here in their order.
pub(crate) fn fault<'p>(problems: &'p [Problem], foreign: &[Range<usize>]) -> Option<&'p Problem> {
    let is_foreign = |at: usize| {
        let next = foreign.partition_point(|part| part.end <= at);
        foreign.get(next).is_some_and(|part| part.start <= at)
    };
    problems.iter().find(|problem| match problem.kind {
        // This is told of what follows such a part.
        ProblemKind::NotInVersion { .. } => true,
        _ => !problem.kind.is_tolerable() && !is_foreign(problem.at),
    })
}

/// A part and the place after it, where what is missing in it is told to be missing.
pub(crate) const fn to_its_end(part: &Range<usize>) -> Range<usize> {
    part.start..part.end + 1
}

impl Extension {
    pub(crate) fn read(element: &Element<'_>) -> Option<Self> {
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
        let outline = Outline::sound(der)?;
        for (index, extension) in outline.extensions.iter().enumerate() {
            let before = &outline.extensions[..index];
            if before.iter().any(|other| other.oid == extension.oid) {
                return Err(Unreadable::DuplicateExtension {
                    oid: extension.oid.clone(),
                    range: extension.range.clone(),
                });
            }
        }
        // What is sound has parts that can be read.
        Self::parts(outline).ok_or(Unreadable::Malformed {
            problems: Vec::new(),
            at: None,
        })
    }

    /// The same without a judgement on the bytes: of one's own certificate, one that was judged, or one
    /// that is about to be. Any bytes can be given: what has no such parts is `None`.
    pub(crate) fn unjudged(der: &'a [u8]) -> Option<Self> {
        Outline::read(der).and_then(Self::parts)
    }

    fn parts(outline: Outline<'a>) -> Option<Self> {
        let subject = DistinguishedName::from_der(outline.bytes(&outline.subject))?;
        let issuer = DistinguishedName::from_der(outline.bytes(&outline.issuer))?;
        Some(Self {
            subject_key: subject.key(),
            issuer_key: issuer.key(),
            subject,
            issuer,
            not_before: moment(&Reader::new(outline.bytes(&outline.not_before)).next()?)?,
            not_after: moment(&Reader::new(outline.bytes(&outline.not_after)).next()?)?,
            basic_constraints: match outline.value(extension::BASIC_CONSTRAINTS) {
                Some(value) => Some(basic_constraints(value)?),
                None => None,
            },
            key_usage: match outline.value(extension::KEY_USAGE) {
                Some(value) => Some(key_usage(value)?),
                None => None,
            },
            extended_key_usage: match outline.value(extension::EXT_KEY_USAGE) {
                Some(value) => Some(extended_key_usage(value)?),
                None => None,
            },
            alternative_names: match outline.extension(extension::SUBJECT_ALT_NAME) {
                Some(names) => Some(alternative_names(
                    outline.bytes(&names.value),
                    names.value.start,
                )?),
                None => None,
            },
            name_constraints: outline.name_constraints()?,
            authority_key_identifier: match outline.value(extension::AUTHORITY_KEY_IDENTIFIER) {
                Some(value) => authority_key_identifier(value)?,
                None => None,
            },
            subject_key_identifier: outline.subject_key_identifier(),
            outline,
        })
    }

    /// The object identifier of the signature's algorithm.
    pub(crate) fn signature_algorithm(&self) -> Option<String> {
        let algorithm = self.outline.bytes(&self.outline.algorithm);
        let identifier = whole(algorithm, SEQUENCE)?.values().next()?;
        oid::dotted(identifier.octets())
    }

    /// Whether it names itself as its issuer (RFC 5280 §6.1).
    pub(crate) fn is_self_issued(&self) -> bool {
        self.subject_key == self.issuer_key
    }
}

/// The moment in a `Time` (RFC 5280 §4.1.2.5).
pub(crate) fn moment(time: &Element<'_>) -> Option<UnixSeconds> {
    let date = match time.identifier {
        UTC_TIME => Date::from_utc_time(time.octets()),
        _ => Date::from_generalized_time(time.octets()),
    };
    date.and_then(Date::unix_seconds).ok()
}

/// Where the octets of a `BIT STRING` are, after the one that counts unused bits.
pub(crate) fn octets_of(bits: &Element<'_>) -> Option<Range<usize>> {
    let Range { start, end } = bits.contents.clone();
    (start < end).then_some(start + 1..end)
}

/// The one value in `der`.
pub(crate) fn whole(der: &[u8], identifier: u8) -> Option<Element<'_>> {
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
    let bits = whole(value, BIT_STRING)?;
    let octets = bits.octets().get(1..)?;
    let is_set = |bit: usize| {
        let octet = octets.get(bit / 8).copied().unwrap_or(0);
        octet & (0x80 >> (bit % 8)) != 0
    };
    let names = KEY_USAGES.iter().enumerate();
    let set = names.filter(|(bit, _)| is_set(*bit));
    Some(set.map(|(_, name)| *name).collect())
}

fn extended_key_usage(value: &[u8]) -> Option<Vec<String>> {
    let mut reader = whole(value, SEQUENCE)?.values();
    let mut purposes = Vec::new();
    while let Some(purpose) = reader.next_if(OBJECT_IDENTIFIER) {
        purposes.push(oid::dotted(purpose.octets())?);
    }
    (reader.is_at_end() && !purposes.is_empty()).then_some(purposes)
}

fn alternative_names(value: &[u8], place: usize) -> Option<Vec<AlternativeName>> {
    let mut reader = whole(value, SEQUENCE)?.values();
    let mut names = Vec::new();
    for element in reader.by_ref() {
        names.push(AlternativeName {
            identifier: element.identifier,
            contents: element.octets().to_vec(),
            range: place + element.range.start..place + element.range.end,
        });
    }
    (reader.is_at_end() && !names.is_empty()).then_some(names)
}

fn authority_key_identifier(value: &[u8]) -> Option<Option<Vec<u8>>> {
    let mut fields = whole(value, SEQUENCE)?.values();
    Some(fields.next_if(context(0)).map(|key| key.octets().to_vec()))
}
