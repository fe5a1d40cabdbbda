//! Connections that must not come about, and what each side says of it.

use std::net::{TcpListener, TcpStream};
use std::sync::Arc;

use padlock_pki::demo::{Condition, Holder, KeyChoice, Spec};
use padlock_pki::random::Random;
use padlock_pki::verify::Failure;
use padlock_tls::client::Client;
use padlock_tls::codes::{
    AlertDescription as Alert, CipherSuite, NamedGroup, ProtocolVersion, SignatureScheme,
};
use padlock_tls::config::{ClientAuthentication, ClientConfig, Identity, ServerConfig};
use padlock_tls::error::ErrorKind;
use padlock_tls::server::Server;

use crate::certificates::{NOW, authority, client_config, server_config, shop};
use crate::folder::{Folder, identity_options};
use crate::line::{Line, accept};
use crate::process::{Process, SServer};
use crate::with_s_client::s_client;

fn identity(holder: Holder, condition: Condition) -> Identity {
    authority()
        .identity(Spec {
            condition,
            ..Spec::new(holder)
        })
        .unwrap()
}

/// Our client refuses a server, or is refused by it.
#[track_caller]
fn check_client(
    server: &Identity,
    options: &str,
    config: ClientConfig,
    expected: ErrorKind,
    alert: Alert,
) {
    let folder = Folder::new();
    folder.identity("shop", server);
    let options = format!("{} -attime {NOW} {options}", identity_options("shop"));
    let peer = SServer::start(folder.path(), &options);
    let client = Client::new(Arc::new(config), Random::new([1; 32])).unwrap();
    let mut line = Line::new(client, TcpStream::connect(peer.address).unwrap());
    let error = line
        .shake_hands()
        .expect_err("the connection must not come about");
    assert_eq!(error.kind, expected, "{}", peer.process.errors.after(0));
    match expected {
        ErrorKind::PeerAlert(received) => assert_eq!(received, alert),
        _ => {
            assert_eq!(error.alert(), Some(alert));
            peer.process
                .errors
                .wait_for(&format!("SSL alert number {}", alert.0), 0);
        }
    }
}

#[test]
fn our_client_refuses_certificates() {
    let tls = "-tls1_2 -cipher ALL:@SECLEVEL=0";
    for (condition, failure, alert) in [
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
    ] {
        let server = identity(Holder::Shop, condition);
        for suite in [
            CipherSuite::TLS_RSA_WITH_AES_128_GCM_SHA256,
            CipherSuite::TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
        ] {
            let mut config = client_config();
            config.preferences.suites = vec![suite];
            check_client(&server, tls, config, ErrorKind::Certificate(failure), alert);
        }
    }
}

#[test]
fn our_client_is_told_that_nothing_is_common() {
    let server = shop(KeyChoice::Rsa);
    let tls = "-tls1_2 -cipher ALL:@SECLEVEL=0";
    let refused = |alert| (ErrorKind::PeerAlert(alert), alert);

    let mut config = client_config();
    config.preferences.suites = vec![CipherSuite::TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256];
    let (expected, alert) = refused(Alert::HANDSHAKE_FAILURE);
    check_client(&server, tls, config, expected, alert);

    let mut config = client_config();
    config.preferences.suites = vec![CipherSuite::TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256];
    config.preferences.groups = vec![NamedGroup::X25519];
    let (expected, alert) = refused(Alert::HANDSHAKE_FAILURE);
    check_client(
        &server,
        &format!("{tls} -curves P-384"),
        config,
        expected,
        alert,
    );

    let mut config = client_config();
    config.preferences.protocols = vec![b"gopher".to_vec()];
    let (expected, alert) = refused(Alert::NO_APPLICATION_PROTOCOL);
    check_client(&server, &format!("{tls} -alpn h2"), config, expected, alert);
}

#[test]
fn our_client_refuses_an_older_version() {
    let folder = Folder::new();
    folder.identity("shop", &shop(KeyChoice::Rsa));
    let options = format!(
        "{} -tls1_1 -cipher ALL:@SECLEVEL=0",
        identity_options("shop")
    );
    let peer = SServer::start(folder.path(), &options);
    let client = Client::new(Arc::new(client_config()), Random::new([1; 32])).unwrap();
    let mut line = Line::new(client, TcpStream::connect(peer.address).unwrap());
    let error = line
        .shake_hands()
        .expect_err("the connection must not come about");
    assert_eq!(error.kind, ErrorKind::Version(ProtocolVersion::TLS_1_1));
    assert_eq!(error.alert(), Some(Alert::PROTOCOL_VERSION));
    // It does not even look at an alert in a record of TLS 1.2.
    peer.process.errors.wait_for("wrong version number", 0);
}

#[test]
fn our_client_is_refused_for_its_certificate() {
    let server = shop(KeyChoice::Rsa);
    for options in [
        "-tls1_2 -cipher AES128-SHA:@SECLEVEL=0",
        "-tls1_2 -cipher ECDHE",
    ] {
        let options = format!("{options} -Verify 3 -verify_return_error -CAfile root.pem");
        for (condition, alert) in [
            (None, Alert::HANDSHAKE_FAILURE),
            (Some(Condition::Expired), Alert::CERTIFICATE_EXPIRED),
            (Some(Condition::UnknownAuthority), Alert::UNKNOWN_CA),
        ] {
            let mut config = client_config();
            let own = condition.map(|condition| identity(Holder::Hr, condition));
            config.identities = own.into_iter().collect();
            check_client(
                &server,
                &options,
                config,
                ErrorKind::PeerAlert(alert),
                alert,
            );
        }
    }
}

/// Our server refuses a client, or is refused by it.
#[track_caller]
fn check_server(
    config: ServerConfig,
    folder: &Folder,
    options: &str,
    expected: ErrorKind,
    alert: Alert,
) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let options = format!("{} {options}", s_client(&listener));
    let mut client = Process::openssl(folder.path(), &options);
    let stream = accept(listener);
    let mut line = Line::new(Server::new(Arc::new(config), Random::new([2; 32])), stream);
    let error = line
        .shake_hands()
        .expect_err("the connection must not come about");
    drop(line);
    assert_eq!(client.finish(), 1, "{options}\n{}", client.printed());
    assert_eq!(error.kind, expected, "{options}\n{}", client.printed());
    match expected {
        ErrorKind::PeerAlert(received) => assert_eq!(received, alert),
        _ => {
            assert_eq!(error.alert(), Some(alert));
            let printed = client.printed();
            let number = format!("SSL alert number {}", alert.0);
            assert!(printed.contains(&number), "{number:?} is not in\n{printed}");
        }
    }
}

#[test]
fn our_server_is_refused_for_its_certificate() {
    let folder = Folder::new();
    for (condition, authorities, alert) in [
        (Condition::Good, "unknown.pem", Alert::UNKNOWN_CA),
        (Condition::UnknownAuthority, "root.pem", Alert::UNKNOWN_CA),
        (Condition::WrongName, "root.pem", Alert::BAD_CERTIFICATE),
        (Condition::Expired, "root.pem", Alert::CERTIFICATE_EXPIRED),
        // OpenSSL's choice where the standard has none.
        (Condition::NotYetValid, "root.pem", Alert::BAD_CERTIFICATE),
    ] {
        for suite in ["AES128-GCM-SHA256", "ECDHE-RSA-AES128-GCM-SHA256"] {
            let config = server_config(identity(Holder::Shop, condition));
            let options = format!("-CAfile {authorities} -cipher {suite}");
            check_server(
                config,
                &folder,
                &options,
                ErrorKind::PeerAlert(alert),
                alert,
            );
        }
    }
}

#[test]
fn our_server_says_that_nothing_is_common() {
    let folder = Folder::new();
    let server = || server_config(shop(KeyChoice::Rsa));
    let failure = Alert::HANDSHAKE_FAILURE;
    let check = |config, options: &str, expected, alert| {
        let options = format!("-CAfile root.pem {options}");
        check_server(config, &folder, &options, expected, alert);
    };
    let no_suite = ErrorKind::NoCommonSuite;
    check(
        server(),
        "-cipher ECDHE-ECDSA-AES128-GCM-SHA256",
        no_suite.clone(),
        failure,
    );
    check(
        server(),
        "-cipher DHE-RSA-AES128-GCM-SHA256",
        no_suite.clone(),
        failure,
    );
    check(
        server(),
        "-cipher ECDHE-RSA-AES128-SHA -curves P-521",
        no_suite,
        failure,
    );
    let no_signature = ErrorKind::NoCommonSignature;
    let mut config = server();
    config.preferences.schemes = vec![SignatureScheme::RSA_PKCS1_SHA256];
    let options = "-cipher ECDHE-RSA-AES128-SHA -sigalgs RSA-PSS+SHA512";
    check(config, options, no_signature, failure);

    let mut config = server();
    config.preferences.protocols = vec![b"h2".to_vec()];
    let alert = Alert::NO_APPLICATION_PROTOCOL;
    check(config, "-alpn gopher", ErrorKind::NoCommonProtocol, alert);

    let old = ProtocolVersion::TLS_1_1;
    let alert = Alert::PROTOCOL_VERSION;
    check(
        server(),
        "-tls1_1 -cipher ALL:@SECLEVEL=0",
        ErrorKind::Version(old),
        alert,
    );
}

#[test]
fn our_server_refuses_client_certificates() {
    let folder = Folder::new();
    let failure = Alert::HANDSHAKE_FAILURE;
    let certificate = ErrorKind::Certificate;
    for (condition, expected, alert) in [
        (None, ErrorKind::NoCertificate, failure),
        (
            Some(Condition::Expired),
            certificate(Failure::Expired),
            Alert::CERTIFICATE_EXPIRED,
        ),
        (
            Some(Condition::UnknownAuthority),
            certificate(Failure::UnknownIssuer),
            Alert::UNKNOWN_CA,
        ),
    ] {
        for suite in ["AES128-GCM-SHA256", "ECDHE-RSA-AES128-GCM-SHA256"] {
            let mut config = server_config(shop(KeyChoice::Rsa));
            let anchors = match condition {
                // s_client holds back a certificate that none of the named authorities issued.
                Some(Condition::UnknownAuthority) => Vec::new(),
                _ => vec![authority().root().to_vec()],
            };
            let required = true;
            config.client_authentication = Some(ClientAuthentication::new(anchors, required));
            let mut options = format!("-CAfile root.pem -cipher {suite}");
            if let Some(condition) = condition {
                folder.identity("hr", &identity(Holder::Hr, condition));
                options = format!("{options} {}", identity_options("hr"));
            }
            check_server(config, &folder, &options, expected.clone(), alert);
        }
    }
    // A server's certificate is not for clients.
    folder.identity("hr", &identity(Holder::Shop, Condition::Good));
    let mut config = server_config(shop(KeyChoice::Rsa));
    let anchors = vec![authority().root().to_vec()];
    config.client_authentication = Some(ClientAuthentication::new(anchors, true));
    let expected = certificate(Failure::WrongExtendedKeyUsage);
    let options = format!("-CAfile root.pem {}", identity_options("hr"));
    check_server(
        config,
        &folder,
        &options,
        expected,
        Alert::UNSUPPORTED_CERTIFICATE,
    );
}
