//! Connections that must not come about, and what each side says of it.

use std::sync::Arc;

use padlock_pki::demo::{Authority, Condition, Holder, KeyChoice, Spec};
use padlock_pki::random::Random;
use padlock_pki::verify::Failure;
use padlock_tls::Status;
use padlock_tls::client::Client;
use padlock_tls::codes::{AlertDescription as Alert, CipherSuite, NamedGroup};
use padlock_tls::config::{ClientAuthentication, ClientConfig, Identity, ServerConfig};
use padlock_tls::error::{Error, ErrorKind};
use padlock_tls::server::Server;
use rustls::Connection;

use crate::certificates::{NOW, authority, client_config, server_config, shop};
use crate::party::Party;
use crate::peer::{self, Offer, Wire, alert};

fn identity(holder: Holder, condition: Condition) -> Identity {
    authority()
        .identity(Spec {
            condition,
            ..Spec::new(holder)
        })
        .unwrap()
}

/// What our party fails with, and rustls.
fn fail<P: Party>(ours: P, theirs: Connection) -> (Error, rustls::Error) {
    let mut wire = Wire::new(ours, theirs);
    wire.carry();
    match wire.ours.status() {
        Status::Failed(error) => (error.clone(), wire.refusal.expect("rustls fails too")),
        status => panic!("{status:?}, {:?}", wire.refusal),
    }
}

/// Our side finds the fault and says so.
#[track_caller]
fn check_ours<P: Party>(ours: P, theirs: Connection, kind: ErrorKind, description: Alert) {
    let (error, refusal) = fail(ours, theirs);
    assert_eq!(
        (error.kind.clone(), error.alert()),
        (kind, Some(description))
    );
    assert_eq!(refusal, alert(description));
}

/// rustls finds the fault and says so.
#[track_caller]
fn check_theirs<P: Party>(ours: P, theirs: Connection, description: Alert) {
    let (error, refusal) = fail(ours, theirs);
    assert_eq!(error.kind, ErrorKind::PeerAlert(description), "{refusal}");
    assert!(
        !matches!(refusal, rustls::Error::AlertReceived(_)),
        "{refusal}"
    );
}

fn our_client(config: ClientConfig) -> Client {
    Client::new(Arc::new(config), Random::new([1; 32])).unwrap()
}

fn our_server(config: ServerConfig) -> Server {
    Server::new(Arc::new(config), Random::new([2; 32]))
}

const CONDITIONS: [(Condition, Failure, Alert); 4] = [
    (
        Condition::Expired,
        Failure::Expired,
        Alert::CERTIFICATE_EXPIRED,
    ),
    (
        Condition::NotYetValid,
        Failure::NotYetValid,
        Alert::CERTIFICATE_EXPIRED,
    ),
    (
        Condition::WrongName,
        Failure::NameMismatch,
        Alert::BAD_CERTIFICATE,
    ),
    (
        Condition::UnknownAuthority,
        Failure::UnknownIssuer,
        Alert::UNKNOWN_CA,
    ),
];

#[test]
fn our_client_refuses_the_certificates_of_rustls() {
    for (condition, failure, description) in CONDITIONS {
        let server = identity(Holder::Shop, condition);
        let theirs = peer::server(&Offer::default(), &server, None);
        let kind = ErrorKind::Certificate(failure);
        check_ours(our_client(client_config()), theirs, kind, description);
    }
}

#[test]
fn rustls_refuses_the_certificates_of_our_server() {
    for (condition, _, description) in CONDITIONS {
        let config = server_config(identity(Holder::Shop, condition));
        let theirs = peer::client(&Offer::default(), authority().root(), None);
        check_theirs(our_server(config), theirs, description);
    }
}

#[test]
fn our_server_refuses_the_certificates_of_rustls() {
    let unknown = Authority::unknown(NOW).unwrap();
    for (condition, failure, description) in CONDITIONS {
        if condition == Condition::WrongName {
            continue; // A client's name is nobody's concern here.
        }
        let mut config = server_config(shop(KeyChoice::Rsa));
        let anchors = vec![authority().root().to_vec()];
        config.client_authentication = Some(ClientAuthentication::new(anchors, true));
        let own = identity(Holder::Hr, condition);
        let theirs = peer::client(&Offer::default(), authority().root(), Some(&own));
        check_ours(
            our_server(config),
            theirs,
            ErrorKind::Certificate(failure),
            description,
        );
    }
    for (own, kind) in [
        (None, ErrorKind::NoCertificate),
        (
            Some(identity(Holder::Hr, Condition::Good)),
            ErrorKind::Certificate(Failure::UnknownIssuer),
        ),
    ] {
        let description = match own {
            None => Alert::HANDSHAKE_FAILURE,
            Some(_) => Alert::UNKNOWN_CA,
        };
        let mut config = server_config(shop(KeyChoice::Rsa));
        let anchors = vec![unknown.root().to_vec()];
        config.client_authentication = Some(ClientAuthentication::new(anchors, true));
        let theirs = peer::client(&Offer::default(), authority().root(), own.as_ref());
        check_ours(our_server(config), theirs, kind, description);
    }
}

#[test]
fn rustls_refuses_the_certificates_of_our_client() {
    for (condition, description) in [
        // The alert is one of TLS 1.3; rustls sends it in 1.2 too.
        (None, Alert::CERTIFICATE_REQUIRED),
        (Some(Condition::Expired), Alert::CERTIFICATE_EXPIRED),
        (Some(Condition::UnknownAuthority), Alert::UNKNOWN_CA),
    ] {
        let mut config = client_config();
        let own = condition.map(|condition| identity(Holder::Hr, condition));
        config.identities = own.into_iter().collect();
        let anchor = authority().root().to_vec();
        let theirs = peer::server(&Offer::default(), &shop(KeyChoice::Rsa), Some(&anchor));
        // Our client sends more before it hears of it, which rustls no longer reads.
        check_theirs(our_client(config), theirs, description);
    }
}

#[test]
fn nothing_in_common() {
    let failure = Alert::HANDSHAKE_FAILURE;
    let mut config = client_config();
    config.preferences.suites = vec![CipherSuite::TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256];
    let theirs = peer::server(&Offer::default(), &shop(KeyChoice::Rsa), None);
    check_theirs(our_client(config), theirs, failure);

    let mut config = client_config();
    config.preferences.suites = vec![CipherSuite::TLS_RSA_WITH_AES_128_GCM_SHA256];
    let theirs = peer::server(&Offer::default(), &shop(KeyChoice::Rsa), None);
    check_theirs(our_client(config), theirs, failure);

    let suite = Some(CipherSuite::TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256);
    let theirs = peer::client(
        &Offer {
            suite,
            ..Offer::default()
        },
        authority().root(),
        None,
    );
    let ours = our_server(server_config(shop(KeyChoice::Rsa)));
    check_ours(ours, theirs, ErrorKind::NoCommonSuite, failure);

    let group = Some(NamedGroup::SECP384R1);
    let theirs = peer::client(
        &Offer {
            group,
            ..Offer::default()
        },
        authority().root(),
        None,
    );
    let mut config = server_config(shop(KeyChoice::Rsa));
    config.preferences.groups = vec![NamedGroup::X25519];
    check_ours(
        our_server(config),
        theirs,
        ErrorKind::NoCommonSuite,
        failure,
    );

    let offer = Offer {
        protocols: vec![b"h2".to_vec()],
        ..Offer::default()
    };
    let mut config = server_config(shop(KeyChoice::Rsa));
    config.preferences.protocols = vec![b"http/1.1".to_vec()];
    let theirs = peer::client(&offer, authority().root(), None);
    let description = Alert::NO_APPLICATION_PROTOCOL;
    check_ours(
        our_server(config),
        theirs,
        ErrorKind::NoCommonProtocol,
        description,
    );

    let mut config = client_config();
    config.preferences.protocols = vec![b"http/1.1".to_vec()];
    let theirs = peer::server(&offer, &shop(KeyChoice::Rsa), None);
    check_theirs(our_client(config), theirs, description);
}

#[test]
fn an_end_without_close_notify_is_an_error() {
    let theirs = peer::server(&Offer::default(), &shop(KeyChoice::Rsa), None);
    let mut wire = Wire::new(our_client(client_config()), theirs).converse(1);
    let error = wire.ours.receive_end().unwrap_err();
    assert_eq!(
        (error.kind.clone(), error.alert()),
        (ErrorKind::Truncated, None)
    );
}
