//! Certificates of the gallery of failures, in a run.

use padlock_pki::demo::gallery::{Flaw, Staged};
use padlock_pki::demo::{Authority, Holder, KeyChoice};
use padlock_pki::identity::Identity;
use padlock_tls::config::Revocation;

use super::Presented;
use super::choices::{holder, server_key};
use crate::scenario::{CertificateChoice, ClientCertificateChoice, Scenario};
use crate::story::Role;

/// What the server shows, if it is of the gallery and not of those that are offered to everybody.
pub(super) fn server(authority: &Authority, scenario: &Scenario) -> Option<Presented> {
    let flaw = flaw(scenario.certificate)?;
    let staged = staged(authority, flaw, holder(scenario), server_key(scenario));
    Some(Presented {
        identity: staged.identity,
        name: staged.name,
        revocation: Revocation {
            crls: staged.crls,
            asks_for_status: staged.asks_for_status,
        },
        flipped: staged.flipped,
        careless: flaw == Flaw::WrongKeyUsage,
        second: match flaw {
            Flaw::WrongOrder | Flaw::SameName => Some(Role::Stray),
            Flaw::LeafAsAuthority => Some(Role::Signer),
            _ => None,
        },
    })
}

/// The same for the client, with the lists of revoked certificates that the server has.
pub(super) fn client(
    authority: &Authority,
    scenario: &Scenario,
) -> Option<(Identity, Vec<Vec<u8>>)> {
    let flaw = match scenario.client_certificate {
        ClientCertificateChoice::WrongPurpose => Flaw::WrongPurpose,
        ClientCertificateChoice::Revoked => Flaw::Revoked,
        _ => return None,
    };
    let staged = staged(authority, flaw, Holder::Hr, KeyChoice::Rsa);
    Some((staged.identity, staged.crls))
}

/// The sort of keys that the authority needs, where it could have these.
pub(super) fn authority_keys(keys: KeyChoice, scenario: &Scenario) -> KeyChoice {
    flaw(scenario.certificate).map_or(keys, |flaw| flaw.authority_keys(keys))
}

fn staged(authority: &Authority, flaw: Flaw, holder: Holder, key: KeyChoice) -> Staged {
    let staged = authority.staged(flaw, holder, key);
    staged.expect("an authority that could be made, with the keys for it, can issue")
}

fn flaw(certificate: CertificateChoice) -> Option<Flaw> {
    Some(match certificate {
        CertificateChoice::Good
        | CertificateChoice::Expired
        | CertificateChoice::NotYetValid
        | CertificateChoice::WrongName
        | CertificateChoice::UnknownIssuer
        | CertificateChoice::Own => return None,
        CertificateChoice::NoAlternativeNames => Flaw::NoAlternativeNames,
        CertificateChoice::Wildcard => Flaw::Wildcard,
        CertificateChoice::NameNotPermitted => Flaw::NameNotPermitted,
        CertificateChoice::SelfSigned => Flaw::SelfSigned,
        CertificateChoice::MissingIntermediate => Flaw::MissingIntermediate,
        CertificateChoice::WrongOrder => Flaw::WrongOrder,
        CertificateChoice::SameName => Flaw::SameName,
        CertificateChoice::Impostor => Flaw::Impostor,
        CertificateChoice::LeafAsAuthority => Flaw::LeafAsAuthority,
        CertificateChoice::PathTooLong => Flaw::PathTooLong,
        CertificateChoice::WrongKeyUsage => Flaw::WrongKeyUsage,
        CertificateChoice::WrongPurpose => Flaw::WrongPurpose,
        CertificateChoice::UnknownCritical => Flaw::UnknownCritical,
        CertificateChoice::WeakHash => Flaw::WeakHash,
        CertificateChoice::WeakKey => Flaw::WeakKey,
        CertificateChoice::BrokenSignature => Flaw::BrokenSignature,
        CertificateChoice::Revoked => Flaw::Revoked,
        CertificateChoice::NoStaple => Flaw::NoStaple,
    })
}
