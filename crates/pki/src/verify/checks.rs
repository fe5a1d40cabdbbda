//! The checks, in the order in which they decide.

use std::ops::Range;

use padlock_wire::Section;

use super::certificate::{Certificate, Extension, Unreadable, extension, whole};
use super::path::{Path, Search};
use super::reason::Reason;
use super::study::Study;
use super::{
    Check, CheckKind, Demands, KeyUse, Outcome, Purpose, Request, Source, Verdict, constraints,
    identity, limits,
};
use crate::explain::der::{Element, SEQUENCE, context};
use crate::explain::oid;
use crate::key::{KeyKind, PublicKey, can_sign};
use crate::time::UnixSeconds;

pub(super) fn verify<'a>(request: &Request<'a>, demands: Demands<'a>) -> Verdict {
    let mut checks = Vec::new();
    let mut chain = Vec::new();
    for (index, der) in request.chain.iter().enumerate() {
        let (check, certificate) = readable(index, der);
        checks.push(check);
        chain.push(certificate);
    }
    if chain.is_empty() {
        checks.push(Check::new(CheckKind::Readable, 0, Reason::EmptyChain, None));
    }
    if !matches!(chain.first(), Some(Some(_))) {
        checks.extend(not_reached(request));
        return Verdict {
            checks,
            path: request
                .chain
                .first()
                .map(|der| der.to_vec())
                .into_iter()
                .collect(),
            sources: request
                .chain
                .first()
                .map(|_| Source::Chain(0))
                .into_iter()
                .collect(),
        };
    }
    let mut search = Search::new(chain, request.anchors);
    let mut study = Study::new(request, demands);
    let mut best: Option<(usize, Path, Vec<Check>)> = None;
    let mut keep = |search: &mut Search<'a>, path: &Path| {
        let checks = judge(search, request, &mut study, path);
        let failed = checks
            .iter()
            .filter(|check| check.outcome == Outcome::Failed);
        let failures = failed.count();
        if best.as_ref().is_none_or(|(least, ..)| failures < *least) {
            best = Some((failures, path.clone(), checks));
        }
        failures == 0
    };
    let paths = search.paths(&mut keep);
    if let [Path { end: None, .. }] = &paths[..] {
        keep(&mut search, &paths[0]);
    }
    let (failures, mut path, mut more) = best.expect("the search gives at least one path");
    if search.was_cut && failures > 0 {
        // Another path may be a good one.
        path.is_cut = true;
        if let Some(first) = more.first_mut() {
            *first = path_to_anchor(&mut search, &path);
        }
    }
    if path.end.is_some() {
        // The path does without what cannot be read (RFC 5280 §6.1 judges the path's certificates).
        let failed = |check: &&mut Check| check.outcome == Outcome::Failed;
        for check in checks.iter_mut().filter(failed) {
            check.outcome = Outcome::Noted;
        }
    }
    checks.extend(more);
    let sources = path.sources();
    let der = |source: &Source| match source {
        Source::Chain(index) => request.chain[*index].to_vec(),
        Source::Anchor(index) => request.anchors[*index].to_vec(),
    };
    Verdict {
        checks,
        path: sources.iter().map(der).collect(),
        sources,
    }
}

impl Check {
    pub(super) fn new(
        kind: CheckKind,
        certificate: usize,
        reason: Reason,
        at: Option<Range<usize>>,
    ) -> Self {
        let outcome = match &reason {
            Reason::NotReached => Outcome::NotReached,
            reason if reason.failure().is_some() => Outcome::Failed,
            _ => Outcome::Passed,
        };
        Self {
            kind,
            certificate,
            source: Source::Chain(certificate),
            outcome,
            reason,
            section: kind.section(),
            at,
        }
    }

    /// The same check, of whatever certificate this is.
    pub(super) fn of(mut self, source: Source) -> Self {
        self.source = source;
        self
    }

    pub(super) fn in_section(mut self, section: Section) -> Self {
        self.section = section;
        self
    }
}

impl Path {
    pub(super) fn sources(&self) -> Vec<Source> {
        let certificates = self.certificates.iter().map(|index| Source::Chain(*index));
        certificates.chain(self.end.map(Source::Anchor)).collect()
    }

    /// Each certificate with its issuer, where that is known.
    pub(super) fn links(&self) -> impl Iterator<Item = (usize, Option<Source>)> {
        let sources = self.sources();
        let certificates = self.certificates.iter().enumerate();
        certificates.map(move |(place, index)| (*index, sources.get(place + 1).copied()))
    }

    /// The issuers whose certificates are checked, each with how many authorities lie between it
    /// and the end-entity that are not self-issued (RFC 5280 §6.1.4 (l)).
    pub(super) fn issuers<'s, 'a>(
        &'s self,
        search: &'s Search<'a>,
    ) -> impl Iterator<Item = (usize, &'s Certificate<'a>, u64)> {
        let mut between = 0;
        self.certificates.iter().skip(1).map(move |&index| {
            let certificate = search.certificate(index);
            let found = between;
            between += u64::from(!certificate.is_self_issued());
            (index, certificate, found)
        })
    }
}

fn readable<'a>(index: usize, der: &'a [u8]) -> (Check, Option<Certificate<'a>>) {
    let check = |reason, at| Check::new(CheckKind::Readable, index, reason, at);
    match Certificate::read(der) {
        Ok(certificate) => {
            let subject = certificate.subject.to_string();
            (check(Reason::Readable { subject }, None), Some(certificate))
        }
        Err(error) => {
            let (section, reason, at) = unreadable(error);
            let at = at.filter(|at| at.end <= der.len());
            (check(reason, at).in_section(section), None)
        }
    }
}

/// What the standard asks for, what is wrong, and where.
pub(super) fn unreadable(error: Unreadable) -> (Section, Reason, Option<Range<usize>>) {
    match error {
        Unreadable::Malformed { problems, at } => {
            let at = at.map(|at| at..at.saturating_add(1));
            let section = CheckKind::Readable.section();
            (section, Reason::Malformed { problems }, at)
        }
        Unreadable::DuplicateExtension { oid, range } => {
            let section = Section::new(5280, "4.2");
            (section, Reason::DuplicateExtension { oid }, Some(range))
        }
    }
}

/// What would have been checked of an end-entity certificate that could not be read.
fn not_reached(request: &Request<'_>) -> Vec<Check> {
    let kinds = [
        CheckKind::PathToAnchor,
        CheckKind::Signature,
        CheckKind::Validity,
        CheckKind::KeyUsage,
        CheckKind::ExtendedKeyUsage,
        CheckKind::Name,
        CheckKind::CriticalExtensions,
    ];
    let asked = |kind: &CheckKind| *kind != CheckKind::Name || request.name.is_some();
    let check = |kind| Check::new(kind, 0, Reason::NotReached, None);
    kinds.into_iter().filter(asked).map(check).collect()
}

/// Every check of this path.
fn judge<'a>(
    search: &mut Search<'a>,
    request: &Request<'a>,
    study: &mut Study<'a>,
    path: &Path,
) -> Vec<Check> {
    let mut checks = vec![path_to_anchor(search, path)];
    // Whoever claims to have signed itself is asked, though that would create no trust.
    let is_self_signed = matches!(
        checks[0].reason,
        Reason::SelfSigned { .. } | Reason::IssuerUnknown { is_own: true, .. }
    );
    checks.extend(key_strength(search, path));
    for (index, issuer) in path.links() {
        let itself = is_self_signed.then_some(Source::Chain(index));
        checks.push(signature(search, index, issuer.or(itself)));
    }
    let constraints = name_constraints(search, path);
    let demanded = study.check(search, request, path);
    let search = &*search;
    for &index in &path.certificates {
        checks.push(validity(search.certificate(index), index, request));
    }
    for (index, certificate, _) in path.issuers(search) {
        checks.push(authority(certificate, index));
    }
    for (index, certificate, found) in path.issuers(search) {
        checks.push(path_length(certificate, index, found));
    }
    checks.extend(path_length_of_anchor(search, path));
    for (index, certificate, _) in path.issuers(search) {
        checks.push(key_cert_sign(certificate, index));
    }
    let end_entity = search.certificate(0);
    checks.push(key_usage(end_entity, request.key_use));
    for &index in &path.certificates {
        let certificate = search.certificate(index);
        // Of the issuers only those that restrict their purposes have something to check.
        if index == 0 || certificate.extended_key_usage.is_some() {
            let is_above = path
                .certificates
                .get(1)
                .is_some_and(|first| *first != index)
                && index != 0;
            checks.push(purpose(certificate, index, request.purpose, is_above));
        }
    }
    if let Some(name) = request.name {
        let (reason, section, at) = identity::check(end_entity, name);
        checks.push(Check::new(CheckKind::Name, 0, reason, at).in_section(section));
    }
    checks.extend(constraints);
    for &index in &path.certificates {
        checks.push(critical_extensions(search.certificate(index), index));
    }
    checks.extend(demanded);
    checks
}

fn path_to_anchor(search: &mut Search<'_>, path: &Path) -> Check {
    let last = path.certificates.last().copied().unwrap_or_default();
    let own = (path.end.is_none() && search.certificate(last).is_self_issued())
        .then(|| search.signature(last, Source::Chain(last)));
    let is_self_signed = own.as_ref().is_some_and(|own| own.failure().is_none());
    let certificate = search.certificate(last);
    // An authority with a new key may have one of its name signed by the old key.
    let identifiers = certificate.authority_key_identifier.as_ref();
    let identifiers = identifiers.zip(certificate.subject_key_identifier.as_ref());
    let is_own = matches!(own, Some(Reason::SignatureDoesNotVerify { .. }))
        && identifiers.is_none_or(|(issuer, own)| issuer == own);
    let issuer = certificate.issuer.to_string();
    let reason = match (path.end, path.other_key) {
        _ if path.is_cut => Reason::TooManyCertificates,
        (Some(anchor), _) => Reason::ReachesAnchor {
            anchor: search.issuer_name(Source::Anchor(anchor)),
            certificates: path.certificates.len(),
        },
        (None, Some(other)) => {
            let expected = certificate.authority_key_identifier.clone();
            Reason::IssuerHasOtherKey {
                issuer,
                expected: expected.unwrap_or_default(),
                found: search.key_identifier(other).unwrap_or_default(),
            }
        }
        (None, None) if is_self_signed => Reason::SelfSigned { subject: issuer },
        (None, None) => Reason::IssuerUnknown { issuer, is_own },
    };
    let at = certificate.outline.issuer.clone();
    Check::new(CheckKind::PathToAnchor, last, reason, Some(at))
}

/// The RSA keys below 2048 bits, also those for PSS only. What is no key at all, or of a weak kind,
/// fails where it is to be used.
fn key_strength(search: &mut Search<'_>, path: &Path) -> Vec<Check> {
    let last = path.certificates.last().copied().unwrap_or_default();
    let weak = |source: Source| {
        let (bits, place) = search.rsa_bits(source)?;
        let subject = search.issuer_name(source);
        let reason = Reason::KeyTooShort { subject, bits };
        let (index, at) = match source {
            Source::Chain(index) => (index, Some(place)),
            Source::Anchor(_) => (last, None),
        };
        (bits < 2048).then(|| Check::new(CheckKind::KeyStrength, index, reason, at).of(source))
    };
    path.sources().into_iter().filter_map(weak).collect()
}

fn signature(search: &mut Search<'_>, index: usize, issuer: Option<Source>) -> Check {
    let reason = match issuer {
        Some(issuer) => search.signature(index, issuer),
        None => Reason::NotReached,
    };
    let outline = &search.certificate(index).outline;
    let (at, section) = match reason {
        Reason::AlgorithmsDiffer => (&outline.inner_algorithm, Section::new(5280, "4.1.1.2")),
        Reason::Algorithm(_) => (&outline.algorithm, Section::new(5280, "4.1.1.2")),
        _ => (&outline.signature, CheckKind::Signature.section()),
    };
    Check::new(CheckKind::Signature, index, reason, Some(at.clone())).in_section(section)
}

fn validity(certificate: &Certificate<'_>, index: usize, request: &Request<'_>) -> Check {
    let (reason, at) = validity_reason(certificate, request.now);
    Check::new(CheckKind::Validity, index, reason, Some(at))
}

/// RFC 5280 §4.1.2.5: from `notBefore` through `notAfter`, both included.
pub(super) fn validity_reason(
    certificate: &Certificate<'_>,
    now: UnixSeconds,
) -> (Reason, Range<usize>) {
    let outline = &certificate.outline;
    let (not_before, not_after) = (certificate.not_before, certificate.not_after);
    let (reason, at) = if now < not_before {
        (Reason::NotYetValid { not_before, now }, &outline.not_before)
    } else if now > not_after {
        (Reason::Expired { not_after, now }, &outline.not_after)
    } else {
        let valid = Reason::Valid {
            not_before,
            not_after,
            now,
        };
        (valid, &outline.validity)
    };
    (reason, at.clone())
}

pub(super) fn authority_reason(certificate: &Certificate<'_>) -> Reason {
    match certificate.basic_constraints {
        Some(constraints) if constraints.authority => Reason::IsAuthority,
        Some(_) => Reason::NotAuthority,
        None => Reason::NoBasicConstraints,
    }
}

fn authority(certificate: &Certificate<'_>, index: usize) -> Check {
    let reason = authority_reason(certificate);
    let at = place(certificate, extension::BASIC_CONSTRAINTS);
    Check::new(CheckKind::CertificationAuthority, index, reason, at)
}

fn path_length(certificate: &Certificate<'_>, index: usize, found: u64) -> Check {
    let constraints = certificate.basic_constraints;
    let reason = match constraints.and_then(|constraints| constraints.path_length) {
        None => Reason::PathLengthUnlimited,
        Some(limit) => length_reason(limit, found),
    };
    let at = place(certificate, extension::BASIC_CONSTRAINTS);
    Check::new(CheckKind::PathLength, index, reason, at)
}

/// What the anchor says of the path's length counts too (RFC 5937 §3.2); it is told of with the
/// certificate that the anchor signed. Listed where the anchor says something.
fn path_length_of_anchor(search: &Search<'_>, path: &Path) -> Option<Check> {
    let limit = search.anchor(path.end?)?.path_length?;
    Some(depth(search, path, limit, Section::new(5937, "3.2")))
}

/// Whether no more authorities than this are on the path, those that are self-issued not counted;
/// told of with its last certificate.
pub(super) fn depth(search: &Search<'_>, path: &Path, limit: u64, section: Section) -> Check {
    let issuers = path.certificates.iter().skip(1);
    let counted = issuers.filter(|index| !search.certificate(**index).is_self_issued());
    let found = u64::try_from(counted.count()).unwrap_or(u64::MAX);
    let reason = length_reason(limit, found);
    let last = path.certificates.last().copied().unwrap_or_default();
    Check::new(CheckKind::PathLength, last, reason, None).in_section(section)
}

fn length_reason(limit: u64, found: u64) -> Reason {
    match found <= limit {
        true => Reason::PathLengthKept { limit, found },
        false => Reason::PathLengthExceeded { limit, found },
    }
}

fn key_cert_sign(certificate: &Certificate<'_>, index: usize) -> Check {
    let reason = usage(certificate, "keyCertSign");
    let at = place(certificate, extension::KEY_USAGE);
    Check::new(CheckKind::KeyCertSign, index, reason, at)
}

/// Whether the key may be used so, and can be: that it is fit for anything is part of it. Kinds that
/// are strong, but not used in the handshakes here (P-521, Ed448, ML-DSA, …), pass: the certificate
/// has no fault.
fn key_usage(certificate: &Certificate<'_>, key_use: KeyUse) -> Check {
    let outline = &certificate.outline;
    let key = PublicKey::from_spki_der(outline.bytes(&outline.key));
    let kind = key.and_then(|key| key.check_fitness().map(|()| key.kind()));
    let reason = match (key_use, kind) {
        (_, Err(error)) => Reason::Key(error),
        (KeyUse::Signature, Ok(kind)) if !can_sign(kind) => Reason::KeyKindCannot {
            usage: "digitalSignature",
            kind,
        },
        (KeyUse::Signature, _) => usage(certificate, "digitalSignature"),
        (KeyUse::Encipherment, Ok(KeyKind::Rsa { .. })) => usage(certificate, "keyEncipherment"),
        (KeyUse::Encipherment, Ok(kind)) => Reason::KeyKindCannot {
            usage: "keyEncipherment",
            kind,
        },
    };
    let at = match reason {
        Reason::KeyKindCannot { .. } | Reason::Key(_) => Some(certificate.outline.key.clone()),
        _ => place(certificate, extension::KEY_USAGE),
    };
    Check::new(CheckKind::KeyUsage, 0, reason, at)
}

/// RFC 5280 §4.2.1.3; where the extension is absent nothing is restricted.
pub(super) fn usage(certificate: &Certificate<'_>, usage: &'static str) -> Reason {
    match &certificate.key_usage {
        None => Reason::KeyUsageUnrestricted { usage },
        Some(allowed) if allowed.contains(&usage) => Reason::KeyUsageAllows { usage },
        Some(allowed) => Reason::KeyUsageForbids {
            usage,
            allowed: allowed.clone(),
        },
    }
}

/// `is_above`: whether it is an authority above the one that issued the end-entity's certificate.
fn purpose(certificate: &Certificate<'_>, index: usize, purpose: Purpose, is_above: bool) -> Check {
    let (wanted, purpose) = match purpose {
        Purpose::Server => ("1.3.6.1.5.5.7.3.1", "id-kp-serverAuth"),
        Purpose::Client => ("1.3.6.1.5.5.7.3.2", "id-kp-clientAuth"),
    };
    let reason = match &certificate.extended_key_usage {
        None => Reason::PurposeUnrestricted { purpose },
        Some(allowed) if allowed.iter().any(|oid| oid == wanted) => {
            Reason::PurposeAllowed { purpose }
        }
        Some(allowed) if is_above && allowed.iter().any(|oid| oid == ANY_PURPOSE) => {
            Reason::PurposeUnrestricted { purpose }
        }
        Some(allowed) => {
            let named = |oid: &String| oid::name(oid).map_or_else(|| oid.clone(), str::to_owned);
            Reason::PurposeForbidden {
                purpose,
                allowed: allowed.iter().map(named).collect(),
            }
        }
    };
    let at = place(certificate, extension::EXT_KEY_USAGE);
    Check::new(CheckKind::ExtendedKeyUsage, index, reason, at)
}

/// `anyExtendedKeyUsage` (RFC 5280 §4.2.1.12).
const ANY_PURPOSE: &str = "2.5.29.37.0";

/// For each authority that is constrained: every name in the certificates below it, those of
/// intermediates for themselves excepted (RFC 5280 §6.1.3 (b), (c)).
fn name_constraints(search: &mut Search<'_>, path: &Path) -> Vec<Check> {
    let mut compared = search.compared;
    let mut judge = |place: usize, source: Source| {
        let constraints = search.name_constraints(source)?;
        let authority = search.issuer_name(source);
        let below = match constraints.len() {
            // One that has none restricts nothing.
            0 => &[],
            _ => &path.certificates[..place],
        };
        let below = below.iter().enumerate();
        for (height, &index) in below {
            let certificate = search.certificate(index);
            if height > 0 && certificate.is_self_issued() {
                continue;
            }
            let names = constraints::names(certificate);
            compared = compared.saturating_add(constraints.cost(&names));
            let failed =
                |reason, at| Some(Check::new(CheckKind::NameConstraints, index, reason, at));
            if compared > limits::COMPARISONS {
                return failed(Reason::TooManyNames, None);
            }
            if let Some(name) = names.iter().find(|name| !constraints.allow(name)) {
                let (name, at) = (constraints::told(name), name.range.clone());
                return failed(Reason::NameNotPermitted { name, authority }, Some(at));
            }
        }
        let (index, at) = match source {
            Source::Chain(index) => {
                let at = self::place(search.certificate(index), extension::NAME_CONSTRAINTS);
                (index, at)
            }
            Source::Anchor(_) => (path.certificates[place - 1], None),
        };
        let reason = Reason::NamesPermitted { authority };
        Some(Check::new(CheckKind::NameConstraints, index, reason, at).of(source))
    };
    let issuers = path.sources().into_iter().enumerate().skip(1);
    let checks = issuers.filter_map(|(place, source)| judge(place, source));
    let checks = checks.collect();
    search.compared = compared;
    checks
}

/// Those that the other checks process. Policies are among them because none is asked for: then
/// they can forbid nothing (RFC 5280 §6.1.1 (c), (d)), and inhibiting `anyPolicy` changes nothing.
/// Constraints on policies are understood where they do not demand an explicit policy.
const UNDERSTOOD: [&str; 9] = [
    extension::SUBJECT_KEY_IDENTIFIER,
    extension::KEY_USAGE,
    extension::SUBJECT_ALT_NAME,
    extension::BASIC_CONSTRAINTS,
    extension::NAME_CONSTRAINTS,
    extension::CERTIFICATE_POLICIES,
    extension::AUTHORITY_KEY_IDENTIFIER,
    extension::EXT_KEY_USAGE,
    extension::INHIBIT_ANY_POLICY,
];

fn critical_extensions(certificate: &Certificate<'_>, index: usize) -> Check {
    let (reason, at) = unknown_extension(certificate);
    Check::new(CheckKind::CriticalExtensions, index, reason, at)
}

pub(super) fn unknown_extension(certificate: &Certificate<'_>) -> (Reason, Option<Range<usize>>) {
    let extensions = certificate.outline.extensions.iter();
    let critical = extensions.clone().filter(|extension| extension.critical);
    let unknown = extensions
        .clone()
        .find(|extension| match extension.oid.as_str() {
            // Refused whether it is critical or not: it has to be obeyed, and is not.
            extension::POLICY_CONSTRAINTS => demands_policy(certificate, extension),
            oid => extension.critical && !UNDERSTOOD.contains(&oid),
        });
    let reason = match unknown {
        Some(extension) => Reason::ExtensionUnknown {
            oid: extension.oid.clone(),
            name: oid::name(&extension.oid),
        },
        None => Reason::ExtensionsUnderstood {
            critical: critical.count(),
        },
    };
    let at = unknown.map(|extension| extension.range.clone());
    (reason, at)
}

/// Whether constraints on policies (RFC 5280 §4.2.1.11) have `requireExplicitPolicy`, or cannot be
/// read. `inhibitPolicyMapping` forbids only what nobody asks for here.
fn demands_policy(certificate: &Certificate<'_>, extension: &Extension) -> bool {
    let value = certificate.outline.bytes(&extension.value);
    let inhibits = |one: Element<'_>| one.identifier == context(1);
    let Some(constraints) = whole(value, SEQUENCE) else {
        return true;
    };
    let mut fields = constraints.values();
    !fields.by_ref().all(inhibits) || !fields.is_at_end()
}

pub(super) fn place(certificate: &Certificate<'_>, oid: &str) -> Option<Range<usize>> {
    let extension = certificate.outline.extension(oid);
    extension.map(|extension| extension.range.clone())
}
