//! The failure gallery, judged here and by Debian's OpenSSL: same date, name and purpose.
//!
//! `docs/failures.md` has the table of what both say; it is compared with what they say here.

#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "a test, of which OpenSSL reads and writes files"
)]

#[path = "keys/openssl.rs"]
#[expect(dead_code, reason = "other tests use more of it")]
mod openssl;

use openssl::OpenSsl;
use padlock_pki::certificate;
use padlock_pki::demo::gallery::{Flaw, Staged};
use padlock_pki::demo::{Authority, Holder, KeyChoice};
use padlock_pki::pem;
use padlock_pki::time::UnixSeconds;
use padlock_pki::verify::{
    CheckKind, Demands, Failure, KeyUse, Outcome, Purpose, Reason, Request, Source, Verdict,
    verify_with,
};

/// 2026-11-21 12:00:00 UTC.
const NOW: i64 = 1_795_262_400;

/// What is said of each flaw: by us, and by OpenSSL (the number of its error).
const VERDICTS: &[(Flaw, Option<Failure>, Option<u32>)] = &[
    (Flaw::WrongName, Some(Failure::NameMismatch), Some(62)),
    // OpenSSL falls back on the common name.
    (Flaw::NoAlternativeNames, Some(Failure::NameMismatch), None),
    (Flaw::Wildcard, Some(Failure::NameMismatch), Some(62)),
    (
        Flaw::NameNotPermitted,
        Some(Failure::NameNotPermitted),
        Some(47),
    ),
    (Flaw::Expired, Some(Failure::Expired), Some(10)),
    (Flaw::NotYetValid, Some(Failure::NotYetValid), Some(9)),
    (
        Flaw::UnknownAuthority,
        Some(Failure::UnknownIssuer),
        Some(20),
    ),
    (Flaw::SelfSigned, Some(Failure::UnknownIssuer), Some(18)),
    (
        Flaw::MissingIntermediate,
        Some(Failure::UnknownIssuer),
        Some(20),
    ),
    (Flaw::WrongOrder, None, None),
    // OpenSSL goes by the name and tries no second key.
    (Flaw::SameName, None, Some(7)),
    (Flaw::Impostor, Some(Failure::UnknownIssuer), Some(20)),
    (Flaw::LeafAsAuthority, Some(Failure::NotCa), Some(79)),
    (Flaw::PathTooLong, Some(Failure::PathTooLong), Some(25)),
    (Flaw::WrongKeyUsage, Some(Failure::WrongKeyUsage), Some(26)),
    (
        Flaw::WrongPurpose,
        Some(Failure::WrongExtendedKeyUsage),
        Some(26),
    ),
    (
        Flaw::UnknownCritical,
        Some(Failure::UnknownCriticalExtension),
        Some(34),
    ),
    (Flaw::WeakHash, Some(Failure::WeakHash), Some(68)),
    (Flaw::WeakKey, Some(Failure::WeakKey), Some(66)),
    (Flaw::BrokenSignature, Some(Failure::BadSignature), Some(7)),
    (Flaw::Revoked, Some(Failure::Revoked), Some(23)),
    // OpenSSL leaves the promise to the application.
    (Flaw::NoStaple, Some(Failure::RevocationUnknown), None),
];

/// Each holder with each sort of keys that the lesson plays.
fn casts() -> impl Iterator<Item = (KeyChoice, Holder, KeyChoice)> {
    use KeyChoice::{P256, Rsa};
    let keys = [(Rsa, Rsa), (P256, Rsa), (P256, P256)];
    Holder::ALL
        .into_iter()
        .flat_map(move |holder| keys.map(|(authority, key)| (authority, holder, key)))
}

fn staged(flaw: Flaw, keys: KeyChoice, holder: Holder, key: KeyChoice) -> Staged {
    let authority = Authority::with_keys(flaw.authority_keys(keys), NOW).unwrap();
    authority.staged(flaw, holder, key).unwrap()
}

fn purpose(holder: Holder) -> Purpose {
    match holder {
        Holder::Hr => Purpose::Client,
        Holder::Shop | Holder::Payroll => Purpose::Server,
    }
}

fn ours(staged: &Staged, holder: Holder, key_use: KeyUse) -> Verdict {
    let [chain, anchors, crls] = [&staged.identity.chain, &staged.anchors, &staged.crls]
        .map(|ders| ders.iter().map(Vec::as_slice).collect::<Vec<_>>());
    let request = Request {
        chain: &chain,
        anchors: &anchors,
        name: Some(&staged.name),
        now: UnixSeconds(NOW),
        purpose: purpose(holder),
        key_use,
    };
    let demands = Demands {
        crls: &crls,
        asks_for_status: staged.asks_for_status,
        ..Demands::default()
    };
    verify_with(&request, &demands)
}

/// The number of the first error of `openssl verify`, at the security level that Debian's TLS has.
fn theirs(staged: &Staged, holder: Holder) -> Option<u32> {
    theirs_with(staged, holder, "-auth_level 2")
}

fn theirs_with(staged: &Staged, holder: Holder, options: &str) -> Option<u32> {
    let folder = OpenSsl::new();
    let all = |label: &str, ders: &[Vec<u8>]| {
        let blocks = ders.iter().map(|der| pem::encode(label, der));
        blocks.collect::<String>()
    };
    let (leaf, rest) = staged.identity.chain.split_at(1);
    folder.write("leaf.pem", all("CERTIFICATE", leaf));
    folder.write("anchors.pem", all("CERTIFICATE", &staged.anchors));
    let mut command = format!(
        "verify -no-CApath -no-CAstore -CAfile anchors.pem -attime {NOW} {options} \
         -verify_hostname {}",
        staged.name
    );
    command.push_str(match purpose(holder) {
        Purpose::Server => " -purpose sslserver",
        Purpose::Client => " -purpose sslclient",
    });
    if !rest.is_empty() {
        folder.write("rest.pem", all("CERTIFICATE", rest));
        command.push_str(" -untrusted rest.pem");
    }
    if !staged.crls.is_empty() {
        folder.write("crls.pem", all("X509 CRL", &staged.crls));
        command.push_str(" -crl_check -CRLfile crls.pem");
    }
    let printed = folder.try_run(&format!("{command} leaf.pem")).err()?;
    let number = printed.split("error ").nth(1);
    let number = number.and_then(|rest| rest.split(' ').next()?.parse().ok());
    Some(number.unwrap_or_else(|| panic!("openssl {command}: {printed}")))
}

#[test]
fn the_table_has_every_flaw() {
    let flaws: Vec<_> = VERDICTS.iter().map(|(flaw, ..)| *flaw).collect();
    assert_eq!(flaws, Flaw::ALL);
}

#[test]
fn the_docs_have_this_table() {
    let docs = include_str!("../../../docs/failures.md");
    let rows: Vec<Vec<&str>> = docs
        .lines()
        .filter(|line| line.starts_with("| `") && !line.contains("cert="))
        .map(|line| line.split('|').map(str::trim).collect())
        .collect();
    assert_eq!(rows.len(), VERDICTS.len());
    for (row, (flaw, ours, theirs)) in rows.iter().zip(VERDICTS) {
        let ours = ours.map_or_else(|| "accepted".to_owned(), |failure| failure.to_string());
        let theirs = theirs.map_or_else(
            || "accepts".to_owned(),
            |number| format!("refuses ({number})"),
        );
        let name = format!("`{}`", flaw.name());
        assert_eq!([row[1], row[2], row[4]], [name, ours, theirs]);
    }
}

/// What is weak OpenSSL's command refuses only where it is asked to, as its TLS does.
#[test]
fn what_is_weak_is_refused_by_level() {
    for flaw in [Flaw::WeakHash, Flaw::WeakKey] {
        let staged = staged(flaw, KeyChoice::P256, Holder::Shop, KeyChoice::Rsa);
        assert_eq!(theirs_with(&staged, Holder::Shop, ""), None);
    }
}

/// OpenSSL and curl with it fall back on it, so they have no name for this failure.
#[test]
fn the_common_name_is_no_name() {
    let staged = staged(
        Flaw::NoAlternativeNames,
        KeyChoice::P256,
        Holder::Shop,
        KeyChoice::Rsa,
    );
    let verdict = ours(&staged, Holder::Shop, KeyUse::Signature);
    let called = verdict.failure().unwrap().called().unwrap();
    assert_eq!(called.chrome, Some("ERR_CERT_COMMON_NAME_INVALID"));
    assert_eq!((called.openssl, called.curl), (None, None));
}

#[test]
fn every_flaw_is_judged_as_the_table_says() {
    for &(flaw, expected, number) in VERDICTS {
        for (keys, holder, key) in casts() {
            let what = format!("{} {keys:?} {holder:?} {key:?}", flaw.name());
            let issuer_is_weak = flaw == Flaw::WeakKey && key != KeyChoice::Rsa;
            let number = if issuer_is_weak { Some(67) } else { number };
            let staged = staged(flaw, keys, holder, key);
            let uses: &[_] = match key {
                KeyChoice::Rsa => &[KeyUse::Signature, KeyUse::Encipherment],
                _ => &[KeyUse::Signature],
            };
            for key_use in uses {
                let verdict = ours(&staged, holder, *key_use);
                assert_eq!(verdict.failure_kind(), expected, "{what}: {verdict:#?}");
                // What others call it fits what is found; OpenSSL says the same where it looks.
                let called = verdict.failure().and_then(|check| check.called());
                if let (Some(number), Some(called)) = (number, called) {
                    let named = called.openssl.map(|(_, number)| u32::from(number));
                    assert_eq!(named, openssl_name(flaw, number), "{what}");
                }
            }
            assert_eq!(theirs(&staged, holder), number, "{what}");
        }
    }
}

/// The name that is told, where it is told for more than this case.
fn openssl_name(flaw: Flaw, number: u32) -> Option<u32> {
    match flaw {
        Flaw::NameNotPermitted => None,
        _ => Some(number),
    }
}

#[test]
fn the_flipped_bit_is_where_it_is_said_to_be() {
    let broken = staged(
        Flaw::BrokenSignature,
        KeyChoice::P256,
        Holder::Shop,
        KeyChoice::Rsa,
    );
    let flipped = broken.flipped.unwrap();
    let mut mended = broken.clone();
    let certificate = &mut mended.identity.chain[flipped.certificate];
    assert_eq!(flipped.mask.count_ones(), 1);
    certificate[flipped.byte] ^= flipped.mask;
    assert!(ours(&mended, Holder::Shop, KeyUse::Signature).is_accepted());
    assert_eq!(theirs(&mended, Holder::Shop), None);
    let broken = &broken.identity.chain[flipped.certificate];
    let signed = certificate::signed(broken).unwrap();
    assert!(flipped.byte >= broken.len() - signed.signature.len());
}

/// The one of the two that has the right key is found by trying.
#[test]
fn of_two_authorities_of_one_name_the_right_one_is_taken() {
    let staged = staged(
        Flaw::SameName,
        KeyChoice::P256,
        Holder::Shop,
        KeyChoice::Rsa,
    );
    let subjects = staged.identity.chain[1..]
        .iter()
        .map(|der| certificate::subject(der));
    let subjects: Vec<_> = subjects.map(Result::unwrap).collect();
    assert_eq!(subjects[0], subjects[1]);
    let verdict = ours(&staged, Holder::Shop, KeyUse::Signature);
    let way = [Source::Chain(0), Source::Chain(2), Source::Anchor(0)];
    assert_eq!(verdict.sources, way);
}

#[test]
fn a_promise_counts_only_for_who_asked() {
    let mut staged = staged(
        Flaw::NoStaple,
        KeyChoice::P256,
        Holder::Shop,
        KeyChoice::Rsa,
    );
    let verdict = ours(&staged, Holder::Shop, KeyUse::Signature);
    let failed = verdict.failure().unwrap();
    assert_eq!(failed.kind, CheckKind::Revocation);
    assert_eq!(failed.section.to_string(), "RFC 7633 §4.2.3");
    assert!(failed.at.is_some());
    let names = failed.called().unwrap();
    assert_eq!(
        names.firefox,
        Some("MOZILLA_PKIX_ERROR_REQUIRED_TLS_FEATURE_MISSING")
    );
    assert_eq!((names.chrome, names.openssl), (None, None));
    staged.asks_for_status = false;
    assert!(ours(&staged, Holder::Shop, KeyUse::Signature).is_accepted());
}

/// Besides the one thing that is wrong there is nothing wrong: each other check that can be made
/// passes.
#[test]
fn only_what_is_meant_is_wrong() {
    for &(flaw, expected, _) in VERDICTS {
        let staged = staged(flaw, KeyChoice::P256, Holder::Shop, KeyChoice::Rsa);
        let verdict = ours(&staged, Holder::Shop, KeyUse::Signature);
        let failed = verdict
            .checks
            .iter()
            .filter(|check| check.outcome == Outcome::Failed);
        let failed: Vec<_> = failed.map(|check| check.kind).collect();
        match flaw {
            // No authority: neither may another follow the issuing one, nor is its key for signing
            // certificates.
            Flaw::LeafAsAuthority => assert_eq!(
                failed,
                [
                    CheckKind::CertificationAuthority,
                    CheckKind::PathLength,
                    CheckKind::KeyCertSign
                ]
            ),
            _ => assert_eq!(failed.len(), usize::from(expected.is_some()), "{flaw:?}"),
        }
    }
}

#[test]
fn an_impostor_has_the_name_and_not_the_key() {
    let staged = staged(
        Flaw::Impostor,
        KeyChoice::P256,
        Holder::Shop,
        KeyChoice::Rsa,
    );
    let verdict = ours(&staged, Holder::Shop, KeyUse::Signature);
    let reason = &verdict.failure().unwrap().reason;
    assert!(
        matches!(reason, Reason::IssuerHasOtherKey { .. }),
        "{reason}"
    );
}

#[test]
fn the_same_date_gives_the_same_bytes() {
    for flaw in Flaw::ALL {
        let once = staged(*flaw, KeyChoice::Rsa, Holder::Payroll, KeyChoice::Rsa);
        let again = staged(*flaw, KeyChoice::Rsa, Holder::Payroll, KeyChoice::Rsa);
        assert_eq!(once.identity.chain, again.identity.chain);
        assert_eq!(once.crls, again.crls);
    }
}
