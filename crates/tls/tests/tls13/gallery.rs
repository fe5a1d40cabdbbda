//! The failure gallery: TLS 1.3 ends as TLS 1.2 does, for the same reason and with the same alert.

use padlock_pki::demo::gallery::Flaw;
use padlock_pki::demo::{Authority, Holder, KeyChoice};
use padlock_pki::verify::Failure;
use padlock_tls::codes::{AlertDescription, ProtocolVersion};
use padlock_tls::config::{ClientAuthentication, ClientConfig, Revocation, ServerConfig};
use padlock_tls::error::{Error, ErrorKind};

use crate::certificates::NOW;
use crate::pair::{Pair, configs};

/// The flaws that end a handshake, each with its alert.
const REFUSED: &[(Flaw, Failure, AlertDescription)] = &[
    (Flaw::WrongName, Failure::NameMismatch, BAD),
    (Flaw::NoAlternativeNames, Failure::NameMismatch, BAD),
    (Flaw::Wildcard, Failure::NameMismatch, BAD),
    (Flaw::NameNotPermitted, Failure::NameNotPermitted, BAD),
    (Flaw::Expired, Failure::Expired, EXPIRED),
    (Flaw::NotYetValid, Failure::NotYetValid, EXPIRED),
    (Flaw::UnknownAuthority, Failure::UnknownIssuer, UNKNOWN),
    (Flaw::SelfSigned, Failure::UnknownIssuer, UNKNOWN),
    (Flaw::MissingIntermediate, Failure::UnknownIssuer, UNKNOWN),
    (Flaw::Impostor, Failure::UnknownIssuer, UNKNOWN),
    (Flaw::LeafAsAuthority, Failure::NotCa, BAD),
    (Flaw::PathTooLong, Failure::PathTooLong, BAD),
    (Flaw::WrongKeyUsage, Failure::WrongKeyUsage, UNSUPPORTED),
    (
        Flaw::WrongPurpose,
        Failure::WrongExtendedKeyUsage,
        UNSUPPORTED,
    ),
    (
        Flaw::UnknownCritical,
        Failure::UnknownCriticalExtension,
        UNSUPPORTED,
    ),
    (Flaw::WeakHash, Failure::WeakHash, BAD),
    (Flaw::WeakKey, Failure::WeakKey, BAD),
    (Flaw::BrokenSignature, Failure::BadSignature, BAD),
    (
        Flaw::Revoked,
        Failure::Revoked,
        AlertDescription::CERTIFICATE_REVOKED,
    ),
    (
        Flaw::NoStaple,
        Failure::RevocationUnknown,
        AlertDescription::CERTIFICATE_UNKNOWN,
    ),
];

const BAD: AlertDescription = AlertDescription::BAD_CERTIFICATE;
const EXPIRED: AlertDescription = AlertDescription::CERTIFICATE_EXPIRED;
const UNKNOWN: AlertDescription = AlertDescription::UNKNOWN_CA;
const UNSUPPORTED: AlertDescription = AlertDescription::UNSUPPORTED_CERTIFICATE;

const VERSIONS: [ProtocolVersion; 2] = [ProtocolVersion::TLS_1_2, ProtocolVersion::TLS_1_3];

/// Configurations for one version; the server is shop.example with this flaw.
fn with_flaw(flaw: Flaw, version: ProtocolVersion, key: KeyChoice) -> (ClientConfig, ServerConfig) {
    let (mut client, mut server) = configs();
    for preferences in [&mut client.preferences, &mut server.preferences] {
        preferences.versions = vec![version];
    }
    let authority = Authority::with_keys(flaw.authority_keys(KeyChoice::P256), NOW).unwrap();
    let staged = authority.staged(flaw, Holder::Shop, key).unwrap();
    client.server_name = staged.name;
    client.anchors = staged.anchors;
    client.revocation = Revocation {
        crls: staged.crls,
        asks_for_status: staged.asks_for_status,
    };
    server.identities = vec![staged.identity];
    server.behaviour.careless = true;
    (client, server)
}

/// What the judge found, and what the other side was told.
fn refusal(judge: &Result<(), Error>, other: &Result<(), Error>) -> (Failure, AlertDescription) {
    let Err(Error {
        kind: ErrorKind::Certificate(failure),
        ..
    }) = judge
    else {
        panic!("{judge:?}");
    };
    let Err(Error {
        kind: ErrorKind::PeerAlert(alert),
        ..
    }) = other
    else {
        panic!("{other:?}");
    };
    (*failure, *alert)
}

#[test]
fn each_flaw_ends_both_versions_alike() {
    for key in [KeyChoice::Rsa, KeyChoice::P256] {
        for &(flaw, failure, alert) in REFUSED {
            for version in VERSIONS {
                let (client, server) = with_flaw(flaw, version, key);
                let pair = Pair::new(client, server);
                let found = refusal(&pair.outcome.0, &pair.outcome.1);
                assert_eq!(found, (failure, alert), "{flaw:?} {version}");
            }
        }
    }
}

#[test]
fn what_is_no_failure_connects() {
    let refused = |flaw: &&Flaw| REFUSED.iter().any(|(one, ..)| one == *flaw);
    let accepted: Vec<_> = Flaw::ALL.iter().filter(|flaw| !refused(flaw)).collect();
    assert_eq!(accepted, [&Flaw::WrongOrder, &Flaw::SameName]);
    for flaw in accepted {
        for version in VERSIONS {
            let (client, server) = with_flaw(*flaw, version, KeyChoice::P256);
            Pair::connected(client, server).converse(10);
        }
    }
}

#[test]
fn clients_are_judged_too() {
    let cases = [
        (Flaw::Expired, Failure::Expired, EXPIRED),
        (Flaw::UnknownAuthority, Failure::UnknownIssuer, UNKNOWN),
        (
            Flaw::WrongPurpose,
            Failure::WrongExtendedKeyUsage,
            UNSUPPORTED,
        ),
        (Flaw::BrokenSignature, Failure::BadSignature, BAD),
        (
            Flaw::Revoked,
            Failure::Revoked,
            AlertDescription::CERTIFICATE_REVOKED,
        ),
    ];
    for (flaw, failure, alert) in cases {
        for version in VERSIONS {
            let (mut client, mut server) = with_flaw(Flaw::WrongOrder, version, KeyChoice::P256);
            let authority = Authority::new(NOW).unwrap();
            let staged = authority.staged(flaw, Holder::Hr, KeyChoice::Rsa).unwrap();
            client.identities = vec![staged.identity];
            server.client_authentication = Some(ClientAuthentication {
                crls: staged.crls,
                ..ClientAuthentication::new(staged.anchors, true)
            });
            let pair = Pair::new(client, server);
            let found = refusal(&pair.outcome.1, &pair.outcome.0);
            assert_eq!(found, (failure, alert), "{flaw:?} {version}");
        }
    }
}

/// A server that cares does not show what its key must not be used for.
#[test]
fn a_careful_server_keeps_such_a_certificate() {
    for version in VERSIONS {
        let (client, mut server) = with_flaw(Flaw::WrongKeyUsage, version, KeyChoice::P256);
        server.behaviour.careless = false;
        let pair = Pair::new(client, server);
        let alert = AlertDescription::HANDSHAKE_FAILURE;
        let told = pair.outcome.0.unwrap_err().kind;
        assert_eq!(told, ErrorKind::PeerAlert(alert), "{version}");
    }
}
