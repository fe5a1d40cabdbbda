//! What the lists and responses supplied say about the certificates of a path.

use std::collections::BTreeMap;
use std::ops::Range;

use super::crl::{Crl, published};
use super::ocsp::{Response, Said, Single};
use super::{Evidence, Status, Unusable};
use padlock_wire::Section;

use crate::explain::der::context;
use crate::name::DistinguishedName;
use crate::signed::Signed;
use crate::time::UnixSeconds;
use crate::verify::certificate::Certificate;
use crate::verify::checks::unknown_extension;
use crate::verify::path::{Path, Search};
use crate::verify::{Check, CheckKind, Demands, Policy, Reason, Source};

const OCSP_SIGNING: &str = "1.3.6.1.5.5.7.3.9";
const DISTRIBUTION_POINTS: &str = "2.5.29.31";
const URI: u8 = context(6);
/// How many days a response holds that does not say until when.
const DAYS: i64 = 1;

/// Lists and responses, read once for all paths.
pub(in crate::verify) struct Supplied<'a> {
    crls: Vec<Result<Crl<'a>, Unusable>>,
    responses: Vec<Result<Response<'a>, Unusable>>,
    /// By the evidence and the issuer's key.
    signatures: BTreeMap<(Evidence, &'a [u8]), Result<(), Unusable>>,
    policy: Policy,
    now: UnixSeconds,
}

/// A certificate whose status is asked for, and who issued it.
struct Asked<'a> {
    is_end_entity: bool,
    is_authority: bool,
    /// The octets of the serial number.
    serial: &'a [u8],
    /// The issuer's name as the certificate has it, in DER.
    issuer_name: &'a [u8],
    /// The value of `cRLDistributionPoints`.
    published: Option<&'a [u8]>,
    issuer: Issuer<'a>,
}

struct Issuer<'a> {
    name: DistinguishedName,
    name_der: &'a [u8],
    spki: &'a [u8],
    key: &'a [u8],
    may_sign_lists: bool,
}

impl<'a> Supplied<'a> {
    /// `None` where nothing is supplied.
    pub(in crate::verify) fn read(demands: &Demands<'a>, now: UnixSeconds) -> Option<Self> {
        let is_asked = !demands.crls.is_empty() || !demands.ocsp_responses.is_empty();
        is_asked.then(|| Self {
            crls: demands.crls.iter().map(|der| Crl::read(der)).collect(),
            responses: demands
                .ocsp_responses
                .iter()
                .map(|der| Response::read(der))
                .collect(),
            signatures: BTreeMap::new(),
            policy: demands.policy,
            now,
        })
    }
}

impl<'a> Supplied<'a> {
    /// Whether a response speaks of the end-entity, or one came that cannot be read.
    pub(in crate::verify) fn answers(&self, search: &Search<'a>, path: &Path) -> bool {
        let Some((index, source)) = path.links().next() else {
            return false;
        };
        let issuer = source.and_then(|source| Issuer::read(search, source));
        let asked = issuer.map(|issuer| Asked::new(search.certificate(index), issuer, true));
        self.responses
            .iter()
            .any(|response| match (response, &asked) {
                (Ok(response), Some(asked)) => {
                    let singles = response.about(asked.serial, asked.issuer_name, asked.issuer.key);
                    !singles.is_empty()
                }
                // Without an issuer nobody can say of whom it speaks.
                _ => true,
            })
    }
}

/// The status of the end-entity, and of each authority that something supplied is about.
pub(in crate::verify) fn check<'a>(
    supplied: &mut Supplied<'a>,
    search: &mut Search<'a>,
    path: &Path,
) -> Vec<Check> {
    let mut checks = Vec::new();
    for (index, source) in path.links() {
        let is_end_entity = Some(&index) == path.certificates.first();
        let issuer = source.and_then(|source| Issuer::read(search, source));
        let status = match issuer {
            Some(issuer) => {
                let asked = Asked::new(search.certificate(index), issuer, is_end_entity);
                supplied.status(search, &asked).map(Reason::Revocation)
            }
            None => Some(Reason::NotReached),
        };
        let not_covered = || is_end_entity.then_some(Reason::Revocation(Status::NotCovered));
        let at: Range<usize> = search.certificate(index).outline.serial.clone();
        if let Some(reason) = status.or_else(not_covered) {
            let section = match &reason {
                Reason::Revocation(status) => section(status),
                _ => CheckKind::Revocation.section(),
            };
            let check = Check::new(CheckKind::Revocation, index, reason, Some(at));
            checks.push(check.in_section(section));
        }
    }
    checks
}

/// Where the standard says how this is found out: for lists or for responses.
fn section(status: &Status) -> Section {
    match status {
        Status::Good { evidence, .. }
        | Status::Revoked { evidence, .. }
        | Status::Unknown { evidence }
        | Status::Unusable { evidence, .. } => match evidence {
            Evidence::Crl(_) => CheckKind::Revocation.section(),
            Evidence::Ocsp(_) => Section::new(6960, "3.2"),
        },
        Status::NotCovered | Status::NotStapled => CheckKind::Revocation.section(),
    }
}

impl<'a> Asked<'a> {
    fn new(certificate: &Certificate<'a>, issuer: Issuer<'a>, is_end_entity: bool) -> Self {
        let outline = &certificate.outline;
        let constraints = certificate.basic_constraints;
        Self {
            is_end_entity,
            is_authority: constraints.is_some_and(|constraints| constraints.authority),
            serial: outline.bytes(&outline.serial),
            issuer_name: outline.bytes(&outline.issuer),
            published: outline
                .extension(DISTRIBUTION_POINTS)
                .map(|extension| outline.bytes(&extension.value)),
            issuer,
        }
    }
}

impl<'a> Issuer<'a> {
    fn read(search: &Search<'a>, source: Source) -> Option<Self> {
        let outline = search.outline(source)?;
        let name_der = outline.bytes(&outline.subject);
        let usages = outline.key_usage();
        Some(Self {
            name: DistinguishedName::from_der(name_der)?,
            name_der,
            spki: outline.bytes(&outline.key),
            key: outline.bytes(&outline.key_octets),
            may_sign_lists: usages.is_none_or(|usages| usages.contains(&"cRLSign")),
        })
    }
}

impl<'a> Supplied<'a> {
    /// The worst that is known: revoked before good before anything else.
    fn status(&mut self, search: &mut Search<'a>, asked: &Asked<'a>) -> Option<Status> {
        let mut found: Option<Status> = None;
        let mut keep = |status: Status| {
            if found
                .as_ref()
                .is_none_or(|found| rank(&status) > rank(found))
            {
                found = Some(status);
            }
        };
        let (crls, responses) = (&self.crls, &self.responses);
        let mut signatures = Signatures {
            known: &mut self.signatures,
            search,
        };
        let (policy, now) = (self.policy, self.now);
        let mut add = |evidence, outcome: Result<Option<Status>, Unusable>| match outcome {
            Ok(Some(status)) => keep(status),
            Ok(None) => {}
            // What cannot be read concerns whoever asks.
            Err(Unusable::Malformed { .. } | Unusable::NoAnswer { .. }) if !asked.is_end_entity => {
            }
            Err(why) => keep(Status::Unusable { evidence, why }),
        };
        for (index, crl) in crls.iter().enumerate() {
            let evidence = Evidence::Crl(index);
            let outcome = match crl {
                Ok(crl) => by_list(evidence, crl, asked, policy, now, &mut signatures),
                Err(why) => Err(why.clone()),
            };
            add(evidence, outcome);
        }
        for (index, response) in responses.iter().enumerate() {
            let evidence = Evidence::Ocsp(index);
            let outcome = match response {
                Ok(response) => by_response(evidence, response, asked, now, &mut signatures),
                Err(why) => Err(why.clone()),
            };
            add(evidence, outcome);
        }
        found
    }
}

/// What counts most if several things are said.
const fn rank(status: &Status) -> u8 {
    match status {
        Status::Revoked { .. } => 3,
        Status::Good { .. } => 2,
        Status::Unknown { .. } => 1,
        _ => 0,
    }
}

/// The signatures that were verified, and where more are counted.
struct Signatures<'s, 'a> {
    known: &'s mut BTreeMap<(Evidence, &'a [u8]), Result<(), Unusable>>,
    search: &'s mut Search<'a>,
}

impl<'a> Signatures<'_, 'a> {
    fn verify(&mut self, signed: &Signed<'a>, spki: &'a [u8]) -> Result<(), Unusable> {
        let outcome = self
            .search
            .verify(spki, signed.algorithm, signed.message, signed.signature);
        outcome.map(|_| ()).map_err(|reason| match reason {
            Reason::SignatureDoesNotVerify { .. } => Unusable::Signature,
            Reason::TooManySignatures => Unusable::TooManySignatures,
            _ => Unusable::Algorithm,
        })
    }

    /// The same, remembered.
    fn of_evidence(
        &mut self,
        evidence: Evidence,
        signed: &Signed<'a>,
        spki: &'a [u8],
    ) -> Result<(), Unusable> {
        if let Some(known) = self.known.get(&(evidence, spki)) {
            return known.clone();
        }
        let outcome = self.verify(signed, spki);
        self.known.insert((evidence, spki), outcome.clone());
        outcome
    }
}

/// RFC 5280 §6.3.3, for a whole list by the certificate's own issuer.
fn by_list<'a>(
    evidence: Evidence,
    crl: &Crl<'a>,
    asked: &Asked<'a>,
    policy: Policy,
    now: UnixSeconds,
    signatures: &mut Signatures<'_, 'a>,
) -> Result<Option<Status>, Unusable> {
    if !crl.issuer.matches(&asked.issuer.name) {
        return Ok(None);
    }
    if !asked.issuer.may_sign_lists {
        return Err(Unusable::KeyUsage);
    }
    signatures.of_evidence(evidence, &crl.signed, asked.issuer.spki)?;
    if let Some(fault) = &crl.fault {
        return Err(fault.clone());
    }
    let is_web = policy == Policy::WebPki;
    if is_web && !crl.is_numbered {
        return Err(Unusable::Number);
    }
    if is_web && crl.has_duplicates() {
        return Err(Unusable::SerialTwice);
    }
    if is_web && crl.next_update.is_none() {
        return Err(Unusable::NoNextUpdate);
    }
    if !is_in_scope(crl, asked, policy) {
        return Err(Unusable::OtherScope);
    }
    is_current(crl.this_update, crl.next_update, now)?;
    Ok(Some(match crl.entry(asked.serial) {
        Some(entry) => Status::Revoked {
            evidence,
            date: entry.date,
            reason: entry.reason,
        },
        None => Status::Good {
            evidence,
            this_update: crl.this_update,
            next_update: crl.next_update,
        },
    }))
}

/// RFC 5280 §6.3.3 (b) (2).
fn is_in_scope(crl: &Crl<'_>, asked: &Asked<'_>, policy: Policy) -> bool {
    let scope = &crl.scope;
    let is_other = match asked.is_authority {
        true => scope.users_only,
        false => scope.authorities_only,
    };
    if scope.is_partial || is_other {
        return false;
    }
    let Some(names) = &scope.names else {
        return true;
    };
    let points = asked.published.map(published).unwrap_or_default();
    // Baseline Requirements §7.1.2.11.2 and §7.2.2.1: by URI alone.
    let has_others = names
        .iter()
        .chain(&points)
        .any(|name| name.identifier != URI);
    let is_same = names
        .iter()
        .any(|name| points.iter().any(|point| point.der() == name.der()));
    is_same && !(policy == Policy::WebPki && has_others)
}

fn is_current(
    this_update: UnixSeconds,
    next_update: Option<UnixSeconds>,
    now: UnixSeconds,
) -> Result<(), Unusable> {
    if now < this_update {
        return Err(Unusable::NotYet { this_update, now });
    }
    match next_update {
        Some(next_update) if now > next_update => Err(Unusable::Stale { next_update, now }),
        _ => Ok(()),
    }
}

/// RFC 6960 §3.2.
fn by_response<'a>(
    evidence: Evidence,
    response: &Response<'a>,
    asked: &Asked<'a>,
    now: UnixSeconds,
    signatures: &mut Signatures<'_, 'a>,
) -> Result<Option<Status>, Unusable> {
    let singles = response.about(asked.serial, asked.issuer_name, asked.issuer.key);
    if singles.is_empty() {
        return Ok(None);
    }
    let issuer = &asked.issuer;
    if response.responder.is(issuer.name_der, issuer.key) {
        signatures.of_evidence(evidence, &response.signed, issuer.spki)?;
    } else {
        by_delegate(response, issuer, now, signatures)?;
    }
    if let Some(fault) = &response.fault {
        return Err(fault.clone());
    }
    let mut worst: Option<Result<Status, Unusable>> = None;
    for single in singles {
        let said = by_single(evidence, single, now);
        let rank = |said: &Result<Status, Unusable>| said.as_ref().map_or(0, rank);
        if worst.as_ref().is_none_or(|worst| rank(&said) > rank(worst)) {
            worst = Some(said);
        }
    }
    worst.transpose()
}

fn by_single(
    evidence: Evidence,
    single: &Single<'_>,
    now: UnixSeconds,
) -> Result<Status, Unusable> {
    let Single {
        status,
        this_update,
        next_update,
        ..
    } = *single;
    let until = next_update.unwrap_or(this_update.plus_days(DAYS));
    is_current(this_update, Some(until), now)?;
    Ok(match status {
        Said::Good => Status::Good {
            evidence,
            this_update,
            next_update,
        },
        Said::Revoked(date, reason) => Status::Revoked {
            evidence,
            date,
            reason,
        },
        Said::Unknown => Status::Unknown { evidence },
    })
}

/// A responder whom the issuer entrusts with that, by a certificate of its own (RFC 6960
/// §4.2.2.2).
fn by_delegate<'a>(
    response: &Response<'a>,
    issuer: &Issuer<'a>,
    now: UnixSeconds,
    signatures: &mut Signatures<'_, 'a>,
) -> Result<(), Unusable> {
    let mut first = None;
    for der in &response.certificates {
        let Ok(certificate) = Certificate::read(der) else {
            continue;
        };
        let outline = &certificate.outline;
        let (name, key) = (
            outline.bytes(&outline.subject),
            outline.bytes(&outline.key_octets),
        );
        if !response.responder.is(name, key) {
            continue;
        }
        let mut purposes = certificate.extended_key_usage.iter().flatten();
        let usages = certificate.key_usage.as_deref();
        let is_entrusted = purposes.any(|oid| oid == OCSP_SIGNING)
            && usages.is_none_or(|usages| usages.contains(&"digitalSignature"))
            && certificate.issuer.matches(&issuer.name)
            && (certificate.not_before..=certificate.not_after).contains(&now)
            && unknown_extension(&certificate).0.failure().is_none();
        let spki = outline.bytes(&outline.key);
        let bits = signatures.search.rsa_bits_of(spki);
        let is_weak = bits.is_some_and(|bits| bits < 2048);
        let signed = Signed {
            message: outline.bytes(&outline.tbs),
            algorithm: outline.bytes(&outline.algorithm),
            signature: outline.bytes(&outline.signature_octets),
        };
        let is_sound = outline.bytes(&outline.inner_algorithm) == signed.algorithm;
        let entrusted = match is_entrusted && !is_weak && is_sound {
            true => signatures.verify(&signed, issuer.spki),
            false => Err(Unusable::Responder),
        };
        let entrusted = entrusted.map_err(|why| match why {
            Unusable::Signature => Unusable::Responder,
            other => other,
        });
        match entrusted.and_then(|()| signatures.verify(&response.signed, spki)) {
            Ok(()) => return Ok(()),
            // A responder may have several certificates, not all of which still count.
            Err(why) => first = first.or(Some(why)),
        }
    }
    Err(first.unwrap_or(Unusable::Responder))
}
