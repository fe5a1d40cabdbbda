//! Responses by OCSP (RFC 6960 §4.2).

use std::ops::Range;

use super::{Unusable, foreign, reason_name, sound};
use crate::digest::Hash;
use crate::explain::der::{
    BIT_STRING, ENUMERATED, Element, GENERALIZED_TIME, INTEGER, OBJECT_IDENTIFIER, OCTET_STRING,
    Reader, SEQUENCE, constructed, context,
};
use crate::explain::problems_of_response;
use crate::signed::Signed;
use crate::time::UnixSeconds;
use crate::verify::certificate::{Extension, moment, octets_of, to_its_end};

/// `id-pkix-ocsp-basic`, 1.3.6.1.5.5.7.48.1.1.
const BASIC: [u8; 9] = [0x2b, 6, 1, 5, 5, 7, 0x30, 1, 1];
/// The most certificates of a response that are looked at.
const CERTIFICATES: usize = 8;

/// What a response says.
pub(crate) struct Response<'a> {
    pub(crate) signed: Signed<'a>,
    pub(crate) responder: Responder<'a>,
    /// When it was signed.
    pub(crate) produced: UnixSeconds,
    pub(crate) singles: Vec<Single<'a>>,
    /// Those of responders, in DER.
    pub(crate) certificates: Vec<&'a [u8]>,
    /// Why nobody can use it here.
    pub(super) fault: Option<Unusable>,
    /// The parts that others judge.
    foreign: Vec<Range<usize>>,
}

/// Who claims to have signed it.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Responder<'a> {
    /// By the DER of the name.
    Name(&'a [u8]),
    /// By the SHA-1 of the key.
    Key(&'a [u8]),
}

/// A `SingleResponse`.
pub(crate) struct Single<'a> {
    hash: Option<Hash>,
    name_hash: &'a [u8],
    key_hash: &'a [u8],
    /// The octets of the serial number.
    pub(crate) serial: &'a [u8],
    pub(crate) status: Said,
    pub(crate) this_update: UnixSeconds,
    pub(crate) next_update: Option<UnixSeconds>,
}

/// A `CertStatus`.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Said {
    Good,
    Revoked(UnixSeconds, Option<&'static str>),
    Unknown,
}

impl<'a> Response<'a> {
    /// Reads a response that is without a fault: [`explain_as`](crate::explain::explain_as) shows
    /// none.
    pub(super) fn read(der: &'a [u8]) -> Result<Self, Unusable> {
        let problems = problems_of_response(der);
        sound(Self::parts(der), &problems, |response| &response.foreign)
    }

    /// Reads the parts of a response.
    ///
    /// Errors: where one is not where it should be, or that there is no answer.
    pub(crate) fn parts(der: &'a [u8]) -> Result<Self, Unusable> {
        let mut whole = Fields::new(Reader::new(der), 0);
        let all = whole.take(SEQUENCE)?;
        whole.end()?;
        let mut fields = Fields::of(&all);
        let status = match fields.take(ENUMERATED)?.octets() {
            [status] => *status,
            _ => return Err(malformed(all.range.start)),
        };
        if status != 0 {
            return Err(Unusable::NoAnswer { status });
        }
        let wrapper = fields.take(constructed(0))?;
        fields.end()?;
        let mut parts = Fields::of(&Fields::of(&wrapper).take(SEQUENCE)?);
        let kind = parts.take(OBJECT_IDENTIFIER)?;
        if kind.octets() != BASIC {
            return Err(malformed(kind.range.start));
        }
        let bytes = parts.take(OCTET_STRING)?;
        parts.end()?;
        Self::basic(&bytes)
    }

    /// `bytes` hold a `BasicOCSPResponse`.
    fn basic(bytes: &Element<'a>) -> Result<Self, Unusable> {
        let place = bytes.contents.start;
        let signed = Signed::read(bytes.octets()).ok_or_else(|| malformed(place))?;
        let mut all = Fields::of(bytes);
        let mut parts = Fields::of(&all.take(SEQUENCE)?);
        all.end()?;
        let data = parts.take(SEQUENCE)?;
        let _algorithm = parts.take(SEQUENCE)?;
        let signature = parts.take(BIT_STRING)?;
        let signature = octets_of(&signature).ok_or_else(|| malformed(place))?;
        let mut fields = Fields::of(&data);
        let _version = fields.reader.next_if(constructed(0));
        let responder = match fields.reader.next() {
            Some(by) if by.identifier == constructed(1) => Responder::Name(by.octets()),
            Some(by) if by.identifier == constructed(2) => {
                Responder::Key(Fields::of(&by).take(OCTET_STRING)?.octets())
            }
            _ => return Err(malformed(data.contents.start)),
        };
        let mut response = Self {
            signed,
            responder,
            produced: fields.moment()?,
            singles: Vec::new(),
            certificates: Vec::new(),
            fault: None,
            foreign: Vec::new(),
        };
        let list = fields.take(SEQUENCE)?;
        let mut reader = list.values();
        for single in reader.by_ref() {
            let single = response.single(&single)?;
            response.singles.push(single);
        }
        if !reader.is_at_end() {
            return Err(malformed(list.contents.start));
        }
        if let Some(more) = fields.reader.next_if(constructed(1)) {
            response.extensions(&more)?;
        }
        fields.end()?;
        response.foreign.push(to_its_end(&signature));
        if let Some(wrapper) = parts.reader.next_if(constructed(0)) {
            // Whoever needs one of them reads it.
            response.foreign.push(to_its_end(&wrapper.contents));
            let list = Fields::of(&wrapper).take(SEQUENCE)?;
            let certificates = list.values().map(|one| one.der());
            response
                .certificates
                .extend(certificates.take(CERTIFICATES));
        }
        parts.end()?;
        Ok(response)
    }

    /// `Extensions`: none is understood here, so no critical one may be there.
    fn extensions(&mut self, wrapper: &Element<'a>) -> Result<(), Unusable> {
        let list = Fields::of(wrapper).take(SEQUENCE)?;
        for element in list.values() {
            let at = element.range.start;
            let extension = Extension::read(&element).ok_or_else(|| malformed(at))?;
            self.foreign.extend(foreign(&extension));
            if extension.critical && self.fault.is_none() {
                let oid = extension.oid;
                self.fault = Some(Unusable::CriticalExtension { oid });
            }
        }
        Ok(())
    }

    /// All that it says of the certificate with these octets of a serial number, by the issuer with
    /// this name, in DER, and these octets of a key.
    pub(crate) fn about(&self, serial: &[u8], name: &[u8], key: &[u8]) -> Vec<&Single<'a>> {
        let mut digests: Vec<(Hash, Vec<u8>, Vec<u8>)> = Vec::new();
        let mut is_issuer = |single: &&Single<'a>| {
            let Some(hash) = single.hash.filter(|_| single.serial == serial) else {
                return false;
            };
            // Each digest is made once, however many ask for it.
            if !digests.iter().any(|(known, ..)| *known == hash) {
                digests.push((hash, hash.of(name).to_vec(), hash.of(key).to_vec()));
            }
            digests.iter().any(|(known, name, key)| {
                *known == hash && name == single.name_hash && key == single.key_hash
            })
        };
        let singles = self.singles.iter();
        singles.filter(|single| is_issuer(single)).collect()
    }
}

impl Responder<'_> {
    /// Whether it is the one with this name, in DER, and these octets of a key.
    pub(crate) fn is(self, name: &[u8], key: &[u8]) -> bool {
        match self {
            Self::Name(claimed) => claimed == name,
            Self::Key(claimed) => claimed == Hash::Sha1.of(key),
        }
    }
}

impl<'a> Response<'a> {
    fn single(&mut self, single: &Element<'a>) -> Result<Single<'a>, Unusable> {
        let mut fields = Fields::of(single);
        let identifier = fields.take(SEQUENCE)?;
        let mut parts = Fields::of(&identifier);
        let algorithm = parts.take(SEQUENCE)?;
        let hash = match Fields::of(&algorithm).take(OBJECT_IDENTIFIER)?.octets() {
            [0x2b, 0x0e, 3, 2, 0x1a] => Some(Hash::Sha1),
            [0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 1] => Some(Hash::Sha256),
            [0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 2] => Some(Hash::Sha384),
            [0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 3] => Some(Hash::Sha512),
            _ => None,
        };
        let name_hash = parts.take(OCTET_STRING)?.octets();
        let key_hash = parts.take(OCTET_STRING)?.octets();
        let serial = parts.take(INTEGER)?.octets();
        parts.end()?;
        let at = fields.at;
        let status = match fields.reader.next() {
            Some(status) if status.identifier == context(0) => Said::Good,
            Some(status) if status.identifier == context(2) => Said::Unknown,
            Some(status) if status.identifier == constructed(1) => revoked(&status)?,
            _ => return Err(malformed(at)),
        };
        let this_update = fields.moment()?;
        let next_update = match fields.reader.next_if(constructed(0)) {
            Some(wrapper) => Some(Fields::of(&wrapper).moment()?),
            None => None,
        };
        if let Some(more) = fields.reader.next_if(constructed(1)) {
            self.extensions(&more)?;
        }
        fields.end()?;
        Ok(Single {
            hash,
            name_hash,
            key_hash,
            serial,
            status,
            this_update,
            next_update,
        })
    }
}

/// `RevokedInfo`.
fn revoked(status: &Element<'_>) -> Result<Said, Unusable> {
    let mut fields = Fields::of(status);
    let date = fields.moment()?;
    let wrapper = fields.reader.next_if(constructed(0));
    let reason = wrapper.and_then(
        |wrapper| match wrapper.values().next_if(ENUMERATED)?.octets() {
            [number] => reason_name(*number),
            _ => None,
        },
    );
    Ok(Said::Revoked(date, reason))
}

/// Fields that must come one after another; what does not fit is told with its place.
struct Fields<'a> {
    reader: Reader<'a>,
    at: usize,
}

impl<'a> Fields<'a> {
    const fn new(reader: Reader<'a>, at: usize) -> Self {
        Self { reader, at }
    }

    fn of(element: &Element<'a>) -> Self {
        Self::new(element.values(), element.contents.start)
    }

    fn take(&mut self, identifier: u8) -> Result<Element<'a>, Unusable> {
        let field = self.reader.next_if(identifier);
        let field = field.ok_or_else(|| malformed(self.at))?;
        self.at = field.range.end;
        Ok(field)
    }

    /// Nothing more may follow.
    fn end(&self) -> Result<(), Unusable> {
        match self.reader.is_at_end() {
            true => Ok(()),
            false => Err(malformed(self.at)),
        }
    }

    fn moment(&mut self) -> Result<UnixSeconds, Unusable> {
        let time = self.take(GENERALIZED_TIME)?;
        moment(&time).ok_or_else(|| malformed(time.range.start))
    }
}

const fn malformed(at: usize) -> Unusable {
    Unusable::Malformed { at: Some(at) }
}
