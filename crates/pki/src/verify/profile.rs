//! Whether certificates are as [`Policy::WebPki`](super::Policy::WebPki) wants them.

use std::collections::BTreeSet;
use std::net::{IpAddr, Ipv4Addr};
use std::ops::Range;

use super::certificate::{AlternativeName, Certificate, Outline, extension, whole};
use super::checks::{self, place, usage};
use super::path::{Path, Search};
use super::study::{TLS_FEATURE, features};
use super::{Check, CheckKind, Purpose, Reason, Request, Rule, Source, identity};
use crate::explain::der::{INTEGER, SEQUENCE, constructed, context};
use crate::key::{KeyKind, PublicKey};

const AUTHORITY_INFO_ACCESS: &str = "1.3.6.1.5.5.7.1.1";
const ANY_PURPOSE: &str = "2.5.29.37.0";
/// Those that Baseline Requirements §7.1.2.7.10 forbids: code signing, e-mail, time stamping, OCSP
/// signing, precertificate signing.
const SEPARATE: [&str; 5] = [
    "1.3.6.1.5.5.7.3.3",
    "1.3.6.1.5.5.7.3.4",
    "1.3.6.1.5.5.7.3.8",
    "1.3.6.1.5.5.7.3.9",
    "1.3.6.1.4.1.11129.2.4.4",
];
const COMMON_NAME: &str = "2.5.4.3";
const SECP521R1: &str = "1.3.132.0.35";
const DNS_NAME: u8 = context(2);
const IP_ADDRESS: u8 = context(7);
/// RFC 5280 §4.1.2.2.
const SERIAL_OCTETS: usize = 20;

/// What a certificate is on its path.
#[derive(Clone, Copy, Eq, PartialEq)]
enum Role {
    EndEntity,
    Authority,
    Anchor,
}

/// A rule that is broken, and where.
type Broken = (Rule, Option<Range<usize>>);

/// Each rule that a certificate of the path breaks; for one that breaks none, that it conforms.
pub(super) fn check(search: &Search<'_>, request: &Request<'_>, path: &Path) -> Vec<Check> {
    let mut checks = Vec::new();
    for (index, issuer) in path.links() {
        let certificate = search.certificate(index);
        let is_end_entity = Some(&index) == path.certificates.first();
        let role = match is_end_entity {
            true => Role::EndEntity,
            false => Role::Authority,
        };
        let mut broken = broken(certificate, role, request.purpose);
        let issuer = issuer.and_then(|issuer| search.outline(issuer));
        broken.extend(issuer.and_then(|issuer| features_lost(certificate, issuer)));
        if broken.is_empty() {
            let conforms = Check::new(CheckKind::Profile, index, Reason::Conforms, None);
            checks.push(conforms);
        }
        checks.extend(
            broken
                .into_iter()
                .map(|(rule, at)| told(certificate, index, rule, at)),
        );
    }
    let last = path.certificates.last().copied().unwrap_or_default();
    if let Some(index) = path.end
        && let Some(anchor) = search.anchor(index)
    {
        let of_anchor = of_anchor(anchor.outline.der, last, request);
        checks.extend(of_anchor.map(|check| check.of(Source::Anchor(index))));
    }
    checks
}

fn told(
    certificate: &Certificate<'_>,
    index: usize,
    rule: Rule,
    at: Option<Range<usize>>,
) -> Check {
    let subject = certificate.subject.to_string();
    let reason = Reason::BreaksRule { rule, subject };
    Check::new(CheckKind::Profile, index, reason, at).in_section(rule.section())
}

/// The anchor's own certificate; its checks stand with the one that it signed.
fn of_anchor(der: &[u8], last: usize, request: &Request<'_>) -> impl Iterator<Item = Check> {
    let check =
        |(section, reason)| Check::new(CheckKind::Profile, last, reason, None).in_section(section);
    let certificate = match Certificate::read(der) {
        Ok(certificate) => certificate,
        Err(unreadable) => {
            let (section, reason, _) = checks::unreadable(unreadable);
            return vec![check((section, reason))].into_iter();
        }
    };
    let rules = broken(&certificate, Role::Anchor, request.purpose);
    let rules = rules
        .into_iter()
        .map(|(rule, _)| told(&certificate, last, rule, None));
    let others = [
        (
            CheckKind::Validity,
            checks::validity_reason(&certificate, request.now).0,
        ),
        (
            CheckKind::CertificationAuthority,
            checks::authority_reason(&certificate),
        ),
        (CheckKind::KeyCertSign, usage(&certificate, "keyCertSign")),
        (
            CheckKind::CriticalExtensions,
            checks::unknown_extension(&certificate).0,
        ),
    ];
    let others = others
        .into_iter()
        .filter(|(_, reason)| reason.failure().is_some())
        .map(|(kind, reason)| check((kind.section(), reason)));
    let all: Vec<_> = others.chain(rules).collect();
    all.into_iter()
}

fn broken(certificate: &Certificate<'_>, role: Role, purpose: Purpose) -> Vec<Broken> {
    let mut broken = Vec::new();
    fields(certificate, role, &mut broken);
    key_identifiers(certificate, role, &mut broken);
    authority(certificate, role, &mut broken);
    name_constraints(certificate, role, &mut broken);
    purposes(certificate, role, purpose, &mut broken);
    if role == Role::EndEntity && purpose == Purpose::Server {
        names(certificate, &mut broken);
    }
    key(certificate, &mut broken);
    let mut not_critical = |oid, rule| {
        let extension = certificate.outline.extension(oid);
        if extension.is_some_and(|one| one.critical) {
            broken.push((rule, place(certificate, oid)));
        }
    };
    not_critical(AUTHORITY_INFO_ACCESS, Rule::AccessNotCritical);
    broken
}

/// RFC 7633 §4.2.2: no feature of TLS that the issuer promises is missing below it.
fn features_lost(certificate: &Certificate<'_>, issuer: &Outline<'_>) -> Option<Broken> {
    let is_kept = features(issuer).is_subset(&features(&certificate.outline));
    (!is_kept).then(|| (Rule::FeaturesKept, place(certificate, TLS_FEATURE)))
}

/// The fields that every certificate has.
fn fields(certificate: &Certificate<'_>, role: Role, broken: &mut Vec<Broken>) {
    let outline = &certificate.outline;
    if version(outline.der) != Some(2) {
        broken.push((Rule::Version, Some(outline.tbs.clone())));
    }
    let serial = outline.bytes(&outline.serial);
    let is_negative = serial.first().is_some_and(|first| first & 0x80 != 0);
    let is_zero = serial.iter().all(|octet| *octet == 0);
    // There are old roots with the number zero, and who trusts a root trusts it whatever its number.
    let is_odd = (is_negative || is_zero) && role != Role::Anchor;
    if is_odd || serial.len() > SERIAL_OCTETS {
        broken.push((Rule::SerialNumber, Some(outline.serial.clone())));
    }
    if certificate.issuer.is_empty() {
        broken.push((Rule::IssuerNamed, Some(outline.issuer.clone())));
    }
    if role != Role::EndEntity && certificate.subject.is_empty() {
        broken.push((Rule::AuthorityNamed, Some(outline.subject.clone())));
    }
}

/// The number in `version`, which is one less than the version; without it the first is meant.
fn version(der: &[u8]) -> Option<u8> {
    let certificate = whole(der, SEQUENCE)?;
    let tbs = certificate.values().next_if(SEQUENCE)?;
    match tbs.values().next_if(constructed(0)) {
        None => Some(0),
        Some(wrapper) => match wrapper.values().next_if(INTEGER)?.octets() {
            [number] => Some(*number),
            _ => None,
        },
    }
}

fn key_identifiers(certificate: &Certificate<'_>, role: Role, broken: &mut Vec<Broken>) {
    let outline = &certificate.outline;
    let own = outline.extension(extension::SUBJECT_KEY_IDENTIFIER);
    if own.is_some_and(|one| one.critical) {
        broken.push((
            Rule::SubjectKeyNotCritical,
            own.map(|one| one.range.clone()),
        ));
    }
    if own.is_none() && role != Role::EndEntity {
        broken.push((Rule::SubjectKeyPresent, None));
    }
    let is_self_signed = certificate.is_self_issued() && role == Role::Anchor;
    // Nobody looks for the issuer of an anchor.
    let Some(issuers) = outline.extension(extension::AUTHORITY_KEY_IDENTIFIER) else {
        if role != Role::Anchor {
            broken.push((Rule::AuthorityKeyPresent, None));
        }
        return;
    };
    let at = Some(issuers.range.clone());
    if issuers.critical {
        broken.push((Rule::AuthorityKeyNotCritical, at.clone()));
    }
    let fields = whole(outline.bytes(&issuers.value), SEQUENCE);
    let fields = fields.map(|fields| fields.values().map(|one| one.identifier).collect());
    if fields != Some(vec![context(0)]) {
        broken.push((Rule::AuthorityKeyAlone, at));
    } else if is_self_signed
        && certificate.authority_key_identifier != certificate.subject_key_identifier
    {
        broken.push((Rule::AuthorityKeyOwn, at));
    }
}

fn authority(certificate: &Certificate<'_>, role: Role, broken: &mut Vec<Broken>) {
    let outline = &certificate.outline;
    let constraints = outline.extension(extension::BASIC_CONSTRAINTS);
    let at = constraints.map(|one| one.range.clone());
    let is_authority = certificate
        .basic_constraints
        .is_some_and(|constraints| constraints.authority);
    if role == Role::EndEntity && is_authority {
        broken.push((Rule::EndEntityNoAuthority, at.clone()));
    }
    if role != Role::EndEntity && constraints.is_some_and(|one| !one.critical) {
        broken.push((Rule::ConstraintsCritical, at));
    }
    let usages = certificate.key_usage.as_deref();
    let at = || place(certificate, extension::KEY_USAGE);
    if !is_authority && usages.is_some_and(|usages| usages.contains(&"keyCertSign")) {
        broken.push((Rule::SignerIsAuthority, at()));
    }
    if usages.is_some_and(<[_]>::is_empty) {
        broken.push((Rule::UsagePresent, at()));
    }
    let policies = outline.extension(extension::POLICY_CONSTRAINTS);
    if policies.is_some_and(|one| !one.critical) {
        let at = place(certificate, extension::POLICY_CONSTRAINTS);
        broken.push((Rule::PolicyConstraintsCritical, at));
    }
}

fn name_constraints(certificate: &Certificate<'_>, role: Role, broken: &mut Vec<Broken>) {
    let Some(constraints) = &certificate.name_constraints else {
        return;
    };
    let mut add = |rule| {
        let at = place(certificate, extension::NAME_CONSTRAINTS);
        broken.push((rule, at));
    };
    if role == Role::EndEntity {
        add(Rule::NameConstraintsOfAuthority);
    }
    if constraints.len() == 0 {
        add(Rule::NameConstraintsSome);
    }
    if !constraints.is_sound() {
        add(Rule::NameConstraintsSound);
    }
}

fn purposes(certificate: &Certificate<'_>, role: Role, purpose: Purpose, broken: &mut Vec<Broken>) {
    let extension = certificate.outline.extension(extension::EXT_KEY_USAGE);
    let at = extension.map(|one| one.range.clone());
    match (role, extension) {
        (Role::Authority, _) | (Role::Anchor, None) => {}
        (Role::Anchor, Some(_)) => broken.push((Rule::RootWithoutPurpose, at)),
        (Role::EndEntity, None) => broken.push((Rule::PurposePresent, None)),
        (Role::EndEntity, Some(extension)) => {
            if extension.critical {
                broken.push((Rule::PurposeNotCritical, at.clone()));
            }
            let mut purposes = certificate.extended_key_usage.iter().flatten();
            let is_separate = |oid: &String| SEPARATE.contains(&oid.as_str());
            if purpose == Purpose::Server && purposes.clone().any(is_separate) {
                broken.push((Rule::PurposeSeparate, at.clone()));
            }
            if purposes.any(|oid| oid == ANY_PURPOSE) {
                broken.push((Rule::PurposeDefinite, at));
            }
        }
    }
}

/// A server's names.
fn names(certificate: &Certificate<'_>, broken: &mut Vec<Broken>) {
    let extension = certificate.outline.extension(extension::SUBJECT_ALT_NAME);
    let (Some(extension), Some(names)) = (extension, &certificate.alternative_names) else {
        broken.push((Rule::NamesPresent, None));
        return;
    };
    if extension.critical != certificate.subject.is_empty() {
        broken.push((Rule::NamesCritical, Some(extension.range.clone())));
    }
    let is_sound = |contents: &[u8]| {
        let name = str::from_utf8(contents).unwrap_or_default();
        let host = name.strip_prefix("*.").unwrap_or(name);
        identity::is_host(host) && !host.contains('_')
    };
    let mut hosts = names.iter().filter(|name| name.identifier == DNS_NAME);
    if let Some(odd) = hosts.find(|name| !is_sound(&name.contents)) {
        broken.push((Rule::NamesSound, Some(odd.range.clone())));
    }
    let attributes = certificate.subject.relative_names.iter().flatten();
    let mut common_names = attributes.filter(|attribute| attribute.oid == COMMON_NAME);
    let spellings = Spellings::of(names);
    if common_names.any(|name| {
        name.text
            .as_deref()
            .is_some_and(|text| spellings.differ(text))
    }) {
        let at = certificate.outline.subject.clone();
        broken.push((Rule::CommonNameCopied, Some(at)));
    }
}

/// The alternative names, so that many common names can be compared with many of them.
struct Spellings {
    exact: BTreeSet<String>,
    lower: BTreeSet<String>,
    addresses: BTreeSet<IpAddr>,
}

impl Spellings {
    fn of(names: &[AlternativeName]) -> Self {
        let exact: BTreeSet<_> = names.iter().filter_map(identity::presented).collect();
        let hosts = names.iter().filter(|name| name.identifier == DNS_NAME);
        let others = names.iter().filter(|name| name.identifier == IP_ADDRESS);
        Self {
            lower: hosts
                .filter_map(identity::presented)
                .map(|name| name.to_ascii_lowercase())
                .collect(),
            addresses: others
                .filter_map(|name| crate::explain::ip(&name.contents))
                .collect(),
            exact,
        }
    }

    /// Whether a common name stands for one of them and is no copy of it, or cannot be a copy of
    /// any, since they have ASCII alone.
    fn differ(&self, text: &str) -> bool {
        let is_host_beyond_ascii = text.contains('.') && !text.is_ascii() && !text.contains(' ');
        let is_one = self.lower.contains(&text.to_ascii_lowercase())
            || address(text).is_some_and(|address| self.addresses.contains(&address));
        !self.exact.contains(text) && (is_one || is_host_beyond_ascii)
    }
}

/// An IP address, also as RFC 5952 and the Baseline Requirements do not have it written: in one
/// hexadecimal number, or with needless zeros.
fn address(text: &str) -> Option<IpAddr> {
    if let Some(digits) = text.strip_prefix("0x") {
        let number = u32::from_str_radix(digits, 16).ok()?;
        return Some(IpAddr::V4(Ipv4Addr::from_bits(number)));
    }
    let octets: Option<Vec<u8>> = text.split('.').map(|part| part.parse().ok()).collect();
    let octets: Option<[u8; 4]> = octets.and_then(|octets| octets.try_into().ok());
    octets
        .map(|octets| IpAddr::V4(octets.into()))
        .or_else(|| text.parse().ok())
}

fn key(certificate: &Certificate<'_>, broken: &mut Vec<Broken>) {
    let outline = &certificate.outline;
    let kind = PublicKey::from_spki_der(outline.bytes(&outline.key)).map(|key| key.kind());
    let rule = match kind {
        Ok(KeyKind::Rsa { bits }) if bits % 8 != 0 => Rule::KeyLength,
        Ok(KeyKind::Rsa { .. } | KeyKind::P256 | KeyKind::P384) => return,
        Ok(KeyKind::Other { identifier }) if identifier.to_string() == SECP521R1 => return,
        // What is no key at all fails where it is to be used.
        Ok(KeyKind::Ed25519 | KeyKind::Other { .. }) | Err(_) => Rule::KeyKind,
    };
    broken.push((rule, Some(outline.key.clone())));
}
