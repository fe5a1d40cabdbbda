//! Lists of revoked certificates and responses of OCSP, written down byte by byte.

use padlock_pki::certificate;
use padlock_pki::digest::Hash;
use padlock_pki::random::Random;
use padlock_pki::time::UnixSeconds;

pub(crate) use crate::tlv::{sequence, tlv};
use crate::world::{DAY, NOW, Party};

pub(crate) const SERIAL: [u8; 3] = [0x0a, 0x0b, 0x0c];

/// Digits and `Z`, with as many digits of the year as the type has.
fn digits(moment: i64, from: usize) -> Vec<u8> {
    let text = UnixSeconds(moment).to_rfc3339();
    let text: String = text.chars().filter(|c| !"-:T".contains(*c)).collect();
    text.as_bytes()[from..].to_vec()
}

pub(crate) fn utc_time(moment: i64) -> Vec<u8> {
    tlv(0x17, &[&digits(moment, 2)])
}

pub(crate) fn generalized_time(moment: i64) -> Vec<u8> {
    tlv(0x18, &[&digits(moment, 0)])
}

/// An extension under `id-ce` (2.5.29); `critical` are the octets of that field.
pub(crate) fn extension(number: u8, critical: &[u8], value: &[u8]) -> Vec<u8> {
    sequence(&[&[6, 3, 0x55, 0x1d, number], critical, &tlv(4, &[value])])
}

pub(crate) const CRITICAL: &[u8] = &[1, 1, 0xff];
pub(crate) const NUMBER: [u8; 3] = [2, 1, 7];

/// What is signed, the algorithm and the signature, and what follows them.
pub(crate) fn signed(message: &[u8], by: &Party, more: &[u8]) -> Vec<u8> {
    let mut random = Random::new([5; 32]);
    let signature = by.key.sign(by.algorithm, message, &mut random).unwrap();
    let bits = tlv(3, &[&[0], &signature]);
    sequence(&[
        message,
        &by.algorithm.to_algorithm_identifier(),
        &bits,
        more,
    ])
}

/// The parts of a list that differ.
#[derive(Clone)]
pub(crate) struct List {
    pub(crate) version: Vec<u8>,
    pub(crate) this_update: Vec<u8>,
    pub(crate) next_update: Vec<u8>,
    pub(crate) entries: Vec<Vec<u8>>,
    pub(crate) extensions: Vec<Vec<u8>>,
}

impl List {
    /// An empty one from yesterday on for a month.
    pub(crate) fn new() -> Self {
        Self {
            version: vec![2, 1, 1],
            this_update: utc_time(NOW - DAY),
            next_update: utc_time(NOW + 30 * DAY),
            entries: Vec::new(),
            extensions: vec![extension(20, &[], &NUMBER)],
        }
    }

    /// With an issuing distribution point.
    pub(crate) fn about(scope: &[u8]) -> Self {
        let mut list = Self::new();
        list.extensions.push(extension(28, CRITICAL, scope));
        list
    }

    pub(crate) fn revoking(mut self, serial: &[u8], more: &[u8]) -> Self {
        let date = utc_time(NOW - 2 * DAY);
        self.entries
            .push(sequence(&[&tlv(2, &[serial]), &date, more]));
        self
    }

    /// `TBSCertList`.
    pub(crate) fn content(&self, by: &Party) -> Vec<u8> {
        let name = certificate::subject(&by.root()).unwrap();
        let entries = match self.entries[..] {
            [] => Vec::new(),
            _ => sequence(&[&self.entries.concat()]),
        };
        let extensions = match self.extensions[..] {
            [] => Vec::new(),
            _ => tlv(0xa0, &[&sequence(&[&self.extensions.concat()])]),
        };
        sequence(&[
            &self.version,
            &by.algorithm.to_algorithm_identifier(),
            &name,
            &self.this_update,
            &self.next_update,
            &entries,
            &extensions,
        ])
    }

    pub(crate) fn by(&self, by: &Party) -> Vec<u8> {
        signed(&self.content(by), by, &[])
    }
}

/// `SingleResponse` about a certificate by this issuer.
#[derive(Clone)]
pub(crate) struct Single<'a> {
    pub(crate) issuer: &'a Party,
    pub(crate) serial: Vec<u8>,
    /// `CertStatus`.
    pub(crate) status: Vec<u8>,
    /// The days from now.
    pub(crate) from: i64,
    pub(crate) to: Option<i64>,
    /// `singleExtensions`.
    pub(crate) more: Vec<u8>,
}

pub(crate) const GOOD: [u8; 2] = [0x80, 0];
pub(crate) const UNKNOWN: [u8; 2] = [0x82, 0];

/// Revoked two days ago.
pub(crate) fn revoked() -> Vec<u8> {
    tlv(0xa1, &[&generalized_time(NOW - 2 * DAY)])
}

impl<'a> Single<'a> {
    /// About the shop's certificate, from yesterday to tomorrow.
    pub(crate) fn new(issuer: &'a Party, status: &[u8]) -> Self {
        Self {
            issuer,
            serial: SERIAL.to_vec(),
            status: status.to_vec(),
            from: -1,
            to: Some(1),
            more: Vec::new(),
        }
    }

    pub(crate) fn during(mut self, from: i64, to: i64) -> Self {
        (self.from, self.to) = (from, Some(to));
        self
    }

    fn der(&self) -> Vec<u8> {
        let name = certificate::subject(&self.issuer.root()).unwrap();
        let key = self.issuer.key.public_key();
        // SHA-1.
        let algorithm = [0x30, 7, 6, 5, 0x2b, 0x0e, 3, 2, 0x1a];
        let identifier = sequence(&[
            &algorithm,
            &tlv(4, &[&Hash::Sha1.of(&name)]),
            &tlv(4, &[&Hash::Sha1.of(key.key_bytes())]),
            &tlv(2, &[&self.serial]),
        ]);
        let moment = |days: i64| generalized_time(NOW + days * DAY);
        let until = self.to.map(|to| tlv(0xa0, &[&moment(to)]));
        sequence(&[
            &identifier,
            &self.status,
            &moment(self.from),
            &until.unwrap_or_default(),
            &self.more,
        ])
    }
}

/// `ResponderID`: by name.
pub(crate) fn by_name(responder: &Party) -> Vec<u8> {
    tlv(0xa1, &[&certificate::subject(&responder.root()).unwrap()])
}

/// `ResponderID`: by the SHA-1 of the key.
pub(crate) fn by_key(responder: &Party) -> Vec<u8> {
    let digest = Hash::Sha1.of(responder.key.public_key().key_bytes());
    tlv(0xa2, &[&tlv(4, &[&digest])])
}

/// An `OCSPResponse` by whom `identifier` says, signed by `by`, with these certificates.
pub(crate) fn response(
    identifier: &[u8],
    singles: &[Single<'_>],
    by: &Party,
    certificates: &[Vec<u8>],
) -> Vec<u8> {
    let singles: Vec<u8> = singles.iter().flat_map(Single::der).collect();
    let data = sequence(&[identifier, &generalized_time(NOW), &sequence(&[&singles])]);
    wrapped(&data, by, certificates)
}

/// This `ResponseData`, signed.
pub(crate) fn wrapped(data: &[u8], by: &Party, certificates: &[Vec<u8>]) -> Vec<u8> {
    let certificates = match certificates {
        [] => Vec::new(),
        some => tlv(0xa0, &[&sequence(&[&some.concat()])]),
    };
    let basic = tlv(4, &[&signed(data, by, &certificates)]);
    // id-pkix-ocsp-basic.
    let kind = [6, 9, 0x2b, 6, 1, 5, 5, 7, 0x30, 1, 1];
    sequence(&[&[0x0a, 1, 0], &tlv(0xa0, &[&sequence(&[&kind, &basic])])])
}
