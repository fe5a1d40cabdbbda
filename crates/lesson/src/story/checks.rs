//! The checks in words: what was checked, and what was found.

use padlock_pki::card::Card;
use padlock_pki::time::UnixSeconds;
use padlock_pki::verify::{self, CheckKind as Certified, Reason, Verdict};
#[cfg(feature = "tls13")]
use padlock_tls::trace::Party;
use padlock_tls::trace::{Check, CheckKind};

use crate::lesson::{CheckRow, Outcome};
use crate::text::{Argument, Text, say};

#[cfg(feature = "study")]
mod study;

/// The checks of certificates, in the order in which they decide.
pub(crate) fn of_certificates(verdict: &Verdict, chain: &[Vec<u8>]) -> Vec<CheckRow> {
    let names: Vec<Option<String>> = chain.iter().map(|der| subject(der)).collect();
    let row = |check: &verify::Check| {
        let title = title(check.kind);
        // A chain that holds is one thing of all certificates.
        let whole =
            check.kind == Certified::PathToAnchor && check.outcome == verify::Outcome::Passed;
        let is_anchor = matches!(check.source, verify::Source::Anchor(_));
        let single = (check.certificate > 0 || is_anchor) && !whole;
        // A path that is checked against an anchor ends in it.
        let name = match (is_anchor, verdict.path.last()) {
            (true, Some(anchor)) => subject(anchor),
            _ => names.get(check.certificate).cloned().flatten(),
        };
        CheckRow {
            outcome: match check.outcome {
                verify::Outcome::Passed => Outcome::Passed,
                verify::Outcome::Failed => Outcome::Failed,
                verify::Outcome::Noted | verify::Outcome::NotReached => Outcome::NotReached,
            },
            of_authority: single,
            title: match name.filter(|_| single) {
                Some(name) => say::check_of(title, name),
                None => title,
            },
            reason: reason(&check.reason),
            section: check.section,
        }
    };
    verdict.checks.iter().map(row).collect()
}

/// A check of the handshake that the story tells of; `who` made it.
pub(super) fn of_handshake(check: &Check, who: Text) -> Option<CheckRow> {
    let passed = check.passed;
    let either = |right: Text, wrong: Text| if passed { right } else { wrong };
    let (title, reason) = match check.kind {
        CheckKind::KeyExchangeSignature(scheme) => {
            let scheme = scheme.to_string();
            let wrong = say::reason_key_exchange_signature_wrong(&scheme);
            let right = say::reason_key_exchange_signature(scheme);
            (say::check_key_exchange_signature(), either(right, wrong))
        }
        CheckKind::CertificateVerifySignature(scheme) => {
            let scheme = scheme.to_string();
            let wrong = say::reason_certificate_verify_wrong(&scheme);
            (
                say::check_certificate_verify(),
                either(say::reason_certificate_verify(scheme), wrong),
            )
        }
        CheckKind::Finished => {
            let wrong = say::reason_finished_wrong(who.clone());
            (
                say::check_finished(),
                either(say::reason_finished(who), wrong),
            )
        }
        #[cfg(feature = "tls13")]
        CheckKind::DowngradeSign if !passed => (say::check_sign(), say::reason_sign()),
        CheckKind::DowngradeSign
        | CheckKind::Binder
        | CheckKind::EncapsulationKey
        | CheckKind::RenegotiationInfo => return None,
    };
    let outcome = if passed {
        Outcome::Passed
    } else {
        Outcome::Failed
    };
    Some(CheckRow {
        outcome,
        of_authority: false,
        title,
        reason,
        section: check.section,
    })
}

/// A check of the handshake of TLS 1.3; `who` made it.
#[cfg(feature = "tls13")]
pub(super) fn of_handshake13(check: &Check, party: Party, who: Text) -> Option<CheckRow> {
    let (title, right, wrong) = match check.kind {
        CheckKind::CertificateVerifySignature(scheme) => (
            match party {
                Party::Client => say::check_server_proof(),
                Party::Server => say::check_certificate_verify(),
            },
            say::reason_proof(scheme.to_string()),
            say::reason_proof_wrong(scheme.to_string()),
        ),
        CheckKind::Finished => (
            say::check_finished(),
            say::reason_finished13(who.clone()),
            say::reason_finished13_wrong(who),
        ),
        CheckKind::Binder => (
            say::check_binder(),
            say::reason_binder(),
            say::reason_binder_wrong(),
        ),
        _ => return None,
    };
    let (outcome, reason) = match check.passed {
        true => (Outcome::Passed, right),
        false => (Outcome::Failed, wrong),
    };
    Some(CheckRow {
        outcome,
        of_authority: false,
        title,
        reason,
        section: check.section,
    })
}

fn title(kind: Certified) -> Text {
    match kind {
        Certified::Readable => say::check_readable(),
        Certified::PathToAnchor => say::check_path(),
        Certified::KeyStrength => say::check_key_strength(),
        Certified::Signature => say::check_signature(),
        Certified::Validity => say::check_validity(),
        Certified::CertificationAuthority => say::check_authority(),
        Certified::PathLength => say::check_path_length(),
        Certified::KeyCertSign => say::check_key_cert_sign(),
        Certified::KeyUsage => say::check_key_usage(),
        Certified::ExtendedKeyUsage => say::check_purpose(),
        Certified::Name => say::check_name(),
        Certified::NameConstraints => say::check_name_constraints(),
        Certified::CriticalExtensions => say::check_critical_extensions(),
        Certified::Profile => say::check_profile(),
        Certified::Revocation => say::check_revocation(),
    }
}

fn reason(reason: &Reason) -> Text {
    #[cfg(feature = "study")]
    if let Some(text) = study::reason(reason) {
        return text;
    }
    match reason {
        Reason::Readable { subject } => say::reason_readable(short(subject)),
        Reason::Malformed { .. } => say::reason_malformed(),
        Reason::DuplicateExtension { oid } => say::reason_duplicate_extension(oid),
        Reason::EmptyChain => say::reason_empty_chain(),
        Reason::ReachesAnchor {
            anchor,
            certificates,
        } => say::reason_reaches_anchor(short(anchor), *certificates),
        Reason::IssuerUnknown { issuer, .. } => say::reason_issuer_unknown(short(issuer)),
        Reason::IssuerHasOtherKey { issuer, .. } => say::reason_issuer_other_key(short(issuer)),
        Reason::SelfSigned { subject } => say::reason_self_signed(short(subject)),
        Reason::TooManyCertificates => say::reason_too_many_certificates(),
        Reason::SignatureVerifies { algorithm, issuer } => {
            say::reason_signature_verifies(algorithm.name(), short(issuer))
        }
        Reason::SignatureDoesNotVerify { issuer, .. } => {
            say::reason_signature_does_not_verify(short(issuer))
        }
        Reason::AlgorithmsDiffer => say::reason_algorithms_differ(),
        Reason::TooManySignatures => say::reason_too_many_signatures(),
        Reason::KeyTooShort { subject, bits } => {
            say::reason_key_too_short(bits.to_string(), short(subject))
        }
        Reason::Valid {
            not_before,
            not_after,
            now,
        } => say::reason_valid(day(*not_before), day(*not_after), day(*now)),
        Reason::NotYetValid { not_before, now } => {
            say::reason_not_yet_valid(day(*not_before), day(*now))
        }
        Reason::Expired { not_after, now } => say::reason_expired(day(*not_after), day(*now)),
        Reason::IsAuthority => say::reason_is_authority(),
        Reason::NotAuthority => say::reason_not_authority(),
        Reason::NoBasicConstraints => say::reason_no_basic_constraints(),
        Reason::PathLengthUnlimited => say::reason_path_length_unlimited(),
        Reason::PathLengthKept { limit, found } => say::reason_path_length_kept(*found, *limit),
        Reason::PathLengthExceeded { limit, found } => {
            say::reason_path_length_exceeded(*found, *limit)
        }
        Reason::KeyUsageAllows { usage } => say::reason_key_usage_allows(*usage),
        Reason::KeyUsageUnrestricted { usage } => say::reason_key_usage_unrestricted(*usage),
        Reason::KeyUsageForbids { usage, allowed } => {
            say::reason_key_usage_forbids(list(allowed), *usage)
        }
        Reason::KeyKindCannot { usage, kind } => {
            say::reason_key_kind_cannot(kind.to_string(), *usage)
        }
        Reason::PurposeAllowed { purpose } if is_client(purpose) => say::reason_purpose_client(),
        Reason::PurposeAllowed { .. } => say::reason_purpose_server(),
        Reason::PurposeUnrestricted { .. } => say::reason_purpose_unrestricted(),
        Reason::PurposeForbidden { purpose, allowed } if is_client(purpose) => {
            say::reason_purpose_forbidden_client(list(allowed))
        }
        Reason::PurposeForbidden { allowed, .. } => {
            say::reason_purpose_forbidden_server(list(allowed))
        }
        Reason::NameMatches { name, presented } if name == presented => {
            say::reason_name_matches(name, "same")
        }
        Reason::NameMatches { name, presented } => say::reason_name_matches(name, presented),
        Reason::NameDiffers { name, presented } => say::reason_name_differs(name, list(presented)),
        Reason::NoAlternativeNames { name, .. } => say::reason_no_alternative_names(name),
        Reason::NotAName { name } => say::reason_not_a_name(name),
        Reason::NamesPermitted { authority } => say::reason_names_permitted(short(authority)),
        Reason::NameNotPermitted { name, authority } => {
            say::reason_name_not_permitted(short(authority), name)
        }
        Reason::TooManyNames => say::reason_too_many_names(),
        Reason::ExtensionsUnderstood { critical } => say::reason_extensions_understood(*critical),
        Reason::ExtensionUnknown { oid, .. } => say::reason_extension_unknown(oid),
        Reason::WeakHash { algorithm } => say::reason_weak_hash(*algorithm),
        Reason::Conforms => say::reason_conforms(),
        // All but the last are told above; no handshake of the demonstration comes to them.
        Reason::Algorithm(_)
        | Reason::Key(_)
        | Reason::BreaksRule { .. }
        | Reason::Revocation(_)
        | Reason::NotReached => say::reason_not_reached(),
    }
}

fn is_client(purpose: &str) -> bool {
    purpose == "id-kp-clientAuth"
}

/// The day, in the form that every language reads.
fn day(moment: UnixSeconds) -> Argument {
    let date = moment.date();
    let day = format!("{:04}-{:02}-{:02}", date.year, date.month, date.day);
    Argument::Date(day)
}

fn list(items: &[impl AsRef<str>]) -> Argument {
    let items: Vec<&str> = items.iter().map(AsRef::as_ref).collect();
    if items.is_empty() {
        say::check_nothing().into()
    } else {
        items.join(", ").into()
    }
}

/// The name by which a certificate is spoken of.
pub(crate) fn subject(der: &[u8]) -> Option<String> {
    let card = Card::read(der).ok()?;
    card.domain
        .or_else(|| Some(short(&card.subject.to_string())).filter(|name| !name.is_empty()))
}

/// The common name in a distinguished name as RFC 4514 writes it, or all of it if it has none.
pub(crate) fn short(name: &str) -> String {
    if name.is_empty() {
        return "…".to_owned();
    }
    let common = attributes(name).find_map(|one| one.strip_prefix("CN="));
    // A value that begins with "#" is no text.
    let common = common.filter(|common| !common.starts_with('#'));
    common.map_or_else(|| name.to_owned(), unescaped)
}

/// The attributes, from the most specific on, each as in `CN=Smith\\, Jones`.
fn attributes(name: &str) -> impl Iterator<Item = &str> {
    let mut is_escaped = false;
    name.split(move |letter| {
        let ends = matches!(letter, ',' | '+') && !is_escaped;
        is_escaped = letter == '\\' && !is_escaped;
        ends
    })
}

/// The value without the backslashes before punctuation; what is written in figures stays so.
fn unescaped(value: &str) -> String {
    let mut plain = String::new();
    let mut letters = value.chars().peekable();
    while let Some(letter) = letters.next() {
        let next = letters.peek().copied();
        let is_escape = letter == '\\' && next.is_some_and(|next| !next.is_ascii_hexdigit());
        plain.push(if is_escape {
            letters.next().unwrap_or(letter)
        } else {
            letter
        });
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_shortened_to_what_people_say() {
        for (name, expected) in [
            ("CN=Demo Root CA,O=Padlock", "Demo Root CA"),
            ("O=Padlock,CN=Demo Root CA", "Demo Root CA"),
            (r"CN=Smith\, Jones,O=Padlock", "Smith, Jones"),
            (r"O=a\,CN=Other,CN=Right", "Right"),
            (r"O=a\\,CN=Right", "Right"),
            (r"O=a\,CN=Other", r"O=a\,CN=Other"),
            ("OU=Sales+CN=Smith,O=Padlock", "Smith"),
            (r"CN=x\0Averdict\\", r"x\0Averdict\"),
            ("CN=#0500,O=Padlock", "CN=#0500,O=Padlock"),
            ("O=Padlock", "O=Padlock"),
            ("", "…"),
        ] {
            assert_eq!(short(name), expected);
        }
    }

    #[test]
    fn an_empty_list_says_so() {
        assert_eq!(list(&[] as &[&str]), Argument::from(say::check_nothing()));
        assert_eq!(list(&["a", "b"]), Argument::from("a, b"));
    }
}
