//! TLS 1.3 with OpenSSL, both roles.

use std::net::{TcpListener, TcpStream};
use std::sync::Arc;

use padlock_pki::demo::{Condition, Holder, KeyChoice, Spec};
use padlock_pki::random::Random;
use padlock_tls::client::Client;
use padlock_tls::codes::{AlertDescription as Alert, NamedGroup, ProtocolVersion};
use padlock_tls::config::{ClientAuthentication, ClientConfig, Preferences, ServerConfig};
use padlock_tls::error::ErrorKind;
use padlock_tls::psk::PreSharedKey;
use padlock_tls::server::Server;
use padlock_tls::suite::Suite13;
use padlock_tls::trace::Agreement;

use crate::certificates::{self, NOW, authority, hr, shop};
use crate::folder::{Folder, identity_options};
use crate::line::{Line, accept, lines, reversed};
use crate::process::{Process, SServer};
use crate::with_s_client::s_client;

const GROUPS: [(NamedGroup, &str, &str); 3] = [
    (NamedGroup::X25519, "X25519", "X25519, 253 bits"),
    (NamedGroup::SECP256R1, "P-256", "ECDH, prime256v1, 256 bits"),
    (NamedGroup::SECP384R1, "P-384", "ECDH, secp384r1, 384 bits"),
];

const KEYS: [KeyChoice; 4] = [
    KeyChoice::Rsa,
    KeyChoice::P256,
    KeyChoice::P384,
    KeyChoice::Ed25519,
];

const BOTH: &[usize] = &[1, 1 << 20];
const SHORT: &[usize] = &[1, 100];

fn client_config() -> ClientConfig {
    let mut config = certificates::client_config();
    config.preferences = Preferences::modern();
    config
}

fn server_config(key: KeyChoice) -> ServerConfig {
    let mut config = certificates::server_config(shop(key));
    config.preferences = Preferences::modern();
    config
}

fn asking(mut config: ServerConfig, required: bool) -> ServerConfig {
    let anchors = vec![authority().root().to_vec()];
    config.client_authentication = Some(ClientAuthentication::new(anchors, required));
    config
}

fn our_client(config: ClientConfig) -> Client {
    Client::new(Arc::new(config), Random::new([1; 32])).unwrap()
}

/// An s_server of shop.example.
fn s_server(folder: &Folder, key: KeyChoice, options: &str) -> SServer {
    folder.identity("shop", &shop(key));
    let options = format!(
        "{} -attime {NOW} {options} -tls1_3",
        identity_options("shop")
    );
    SServer::start(folder.path(), &options)
}

/// Connects, exchanges data of these sizes and closes; gives what was agreed, and the tickets.
#[track_caller]
fn with_s_server(
    peer: &SServer,
    config: ClientConfig,
    sizes: &[usize],
    update: bool,
) -> (Agreement, Vec<PreSharedKey>) {
    let start = peer.process.errors.len();
    let stream = TcpStream::connect(peer.address).unwrap();
    let mut line = Line::new(our_client(config), stream);
    let agreement = match line.shake_hands() {
        Ok(agreement) => agreement,
        Err(error) => panic!("{error}\n{}", peer.process.errors.after(start)),
    };
    assert_eq!(agreement.version, ProtocolVersion::TLS_1_3);
    for &size in sizes {
        let data = lines(size);
        assert!(line.exchange(&data) == reversed(&data), "{size} bytes");
        if update {
            line.party.update_keys(true).unwrap();
        }
    }
    let tickets = line.party.take_tickets();
    line.close();
    peer.report(start);
    (agreement, tickets)
}

/// Runs s_client with these options against our server, lets the server echo data of these
/// sizes and close; what s_client reports must contain `expected`.
#[track_caller]
fn with_s_client(
    config: ServerConfig,
    folder: &Folder,
    options: &str,
    sizes: &[usize],
    expected: &[&str],
) -> Agreement {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let options = format!("{} -CAfile root.pem -tls1_3 {options}", s_client(&listener));
    let mut client = Process::openssl(folder.path(), &options);
    let stream = accept(listener);
    let server = Server::new(Arc::new(config), Random::new([2; 32]));
    let mut line = Line::new(server, stream);
    let agreement = match line.shake_hands() {
        Ok(agreement) => agreement,
        Err(error) => {
            client.finish();
            panic!("{error}\n{options}\n{}", client.printed())
        }
    };
    let mut input = client.take_input();
    for &size in sizes {
        let data = lines(size);
        std::thread::scope(|scope| {
            scope.spawn(|| std::io::Write::write_all(&mut input, &data).unwrap());
            assert!(line.receive(size) == data, "{size} bytes with {options}");
        });
        line.party.update_keys(true).unwrap();
        line.send(&data);
    }
    line.close();
    assert_eq!(client.finish(), 0, "{options}\n{}", client.printed());
    let report = client.printed();
    for text in expected {
        assert!(report.contains(text), "{text:?} is not in\n{report}");
    }
    agreement
}

#[test]
fn every_suite_and_group_of_s_server() {
    let folder = Folder::new();
    for (group, name, _) in GROUPS {
        let peer = s_server(&folder, KeyChoice::P256, &format!("-groups {name}"));
        for suite in Suite13::ALL {
            // The client's first group is x25519: the others take a second ClientHello.
            let mut config = client_config();
            config.preferences.suites = vec![suite.code];
            let sizes = if group == NamedGroup::X25519 {
                BOTH
            } else {
                SHORT
            };
            let (found, _) = with_s_server(&peer, config, sizes, false);
            assert_eq!((found.suite, found.group), (suite.code, Some(group)));
        }
    }
}

#[test]
fn every_suite_and_group_of_s_client() {
    let folder = Folder::new();
    for (group, name, shown) in GROUPS {
        for suite in Suite13::ALL {
            let options = format!("-groups {name} -ciphersuites {}", suite.code);
            let cipher = format!("TLSv1.3, Cipher is {}", suite.code);
            let shown = format!("Server Temp Key: {shown}");
            let expected = [&cipher[..], &shown, "Verification: OK"];
            let sizes = if group == NamedGroup::X25519 {
                BOTH
            } else {
                SHORT
            };
            let config = server_config(KeyChoice::P256);
            let found = with_s_client(config, &folder, &options, sizes, &expected);
            assert_eq!((found.suite, found.group), (suite.code, Some(group)));
        }
    }
}

/// Neither side offers it by itself.
#[test]
fn a_suite_that_has_to_be_asked_for() {
    let folder = Folder::new();
    let suite = Suite13::AES_128_CCM.code;
    let peer = s_server(&folder, KeyChoice::P256, &format!("-ciphersuites {suite}"));
    let mut config = client_config();
    config.preferences.suites = vec![suite];
    let (found, tickets) = with_s_server(&peer, config.clone(), BOTH, true);
    assert_eq!(found.suite, suite);
    config.tls13.psks = tickets;
    let (found, _) = with_s_server(&peer, config, SHORT, true);
    assert!(found.psk.unwrap().resumption);

    let mut config = server_config(KeyChoice::P256);
    config.preferences.suites = vec![suite];
    let options = format!("-ciphersuites {suite}");
    let expected = ["Cipher is TLS_AES_128_CCM_SHA256"];
    let found = with_s_client(config, &folder, &options, BOTH, &expected);
    assert_eq!(found.suite, suite);
}

#[test]
fn our_server_asks_s_client_for_another_group_and_a_cookie() {
    let folder = Folder::new();
    for (group, _, shown) in GROUPS {
        for cookie in [false, true] {
            let mut config = server_config(KeyChoice::Rsa);
            config.preferences.groups = vec![group];
            config.tls13.cookie = cookie;
            let expected = [&format!("Server Temp Key: {shown}")[..]];
            with_s_client(config, &folder, "", SHORT, &expected);
        }
    }
}

#[test]
fn s_server_passes_over_values_that_mean_nothing() {
    let folder = Folder::new();
    for options in ["", "-groups P-384"] {
        let peer = s_server(&folder, KeyChoice::P256, options);
        let mut config = client_config();
        config.tls13.grease = true;
        config.tls13.record_size_limit = Some(500);
        with_s_server(&peer, config, SHORT, true);
    }
}

#[test]
fn every_key_of_the_server_and_of_the_client() {
    let folder = Folder::new();
    for key in KEYS {
        let asks = "-Verify 3 -verify_return_error -CAfile root.pem -verifyCAfile root.pem";
        let peer = s_server(&folder, key, asks);
        let mut config = client_config();
        config.identities = vec![hr(key)];
        with_s_server(&peer, config, SHORT, true);

        folder.identity("hr", &hr(key));
        let config = asking(server_config(key), true);
        let options = identity_options("hr");
        let expected = ["Acceptable client certificate CA"];
        with_s_client(config, &folder, &options, SHORT, &expected);
    }
    // A client may have none.
    let config = asking(server_config(KeyChoice::P256), false);
    with_s_client(config, &folder, "", SHORT, &[]);
}

#[test]
fn s_client_asks_for_new_keys() {
    let folder = Folder::new();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let options = format!("{} -CAfile root.pem -tls1_3", s_client(&listener));
    let options = options.replace("-nocommands", "");
    let mut client = Process::openssl(folder.path(), &options);
    let stream = accept(listener);
    let config = server_config(KeyChoice::P256);
    let server = Server::new(Arc::new(config), Random::new([2; 32]));
    let mut line = Line::new(server, stream);
    line.shake_hands().unwrap();
    for command in ["K\n", "k\n", "K\n"] {
        // It looks for commands at the beginning of what it reads at once.
        let start = client.errors.len();
        client.write(command.as_bytes());
        client.errors.wait_for("KEYUPDATE", start);
        client.write(b"hello\n");
        assert_eq!(line.receive(6), b"hello\n");
        line.send(b"hello\n");
    }
    line.close();
    assert_eq!(client.finish(), 0, "{}", client.printed());
}

#[test]
fn our_client_resumes_with_s_server() {
    let folder = Folder::new();
    for (suite, options) in [
        (Suite13::ALL[0], ""),
        (Suite13::ALL[1], "-num_tickets 1"),
        (Suite13::ALL[2], "-groups P-256"),
    ] {
        let peer = s_server(&folder, KeyChoice::P256, options);
        let mut config = client_config();
        config.preferences.suites = vec![suite.code];
        let (_, tickets) = with_s_server(&peer, config.clone(), SHORT, false);
        assert!(!tickets.is_empty());
        for ticket in tickets {
            config.tls13.psks = vec![ticket];
            let (found, _) = with_s_server(&peer, config.clone(), SHORT, false);
            assert!(found.psk.unwrap().resumption);
        }
    }
}

#[test]
fn s_client_resumes_with_our_server() {
    let folder = Folder::new();
    for suite in Suite13::ALL {
        let mut config = server_config(KeyChoice::P256);
        config.tls13.ticket_key = Some([5; 32]);
        config.tls13.tickets = 2;
        let options = format!("-ciphersuites {} -sess_out session.pem", suite.code);
        let found = with_s_client(config.clone(), &folder, &options, SHORT, &["New, TLSv1.3"]);
        assert_eq!(found.psk, None);
        let options = format!("-ciphersuites {} -sess_in session.pem", suite.code);
        let expected = ["Reused, TLSv1.3"];
        let found = with_s_client(config, &folder, &options, SHORT, &expected);
        assert!(found.psk.unwrap().resumption);
    }
}

#[test]
fn a_key_is_given_to_both_sides() {
    let folder = Folder::new();
    let psk = PreSharedKey::external(b"fridge".to_vec(), vec![0xab; 32]);
    let hex = "ab".repeat(32);
    let mut config = client_config();
    config.tls13.psks = vec![psk.clone()];
    let options = format!("-psk {hex} -psk_identity fridge");
    let peer = s_server(&folder, KeyChoice::P256, &options);
    let (found, _) = with_s_server(&peer, config, SHORT, false);
    assert!(!found.psk.unwrap().resumption);

    let mut config = server_config(KeyChoice::P256);
    config.tls13.psks = vec![psk];
    let options = format!("{options} -ciphersuites TLS_AES_128_GCM_SHA256");
    let found = with_s_client(config, &folder, &options, SHORT, &["Reused, TLSv1.3"]);
    assert!(!found.psk.unwrap().resumption);
}

#[test]
fn s_client_sends_early_data() {
    let folder = Folder::new();
    std::fs::write(folder.path().join("early"), lines(500)).unwrap();
    let mut config = server_config(KeyChoice::P256);
    config.tls13.ticket_key = Some([5; 32]);
    config.tls13.tickets = 1;
    config.tls13.max_early_data = 1000;
    let options = "-sess_out session.pem";
    with_s_client(config.clone(), &folder, options, SHORT, &[]);
    for taken in [true, false] {
        if !taken {
            config.tls13.cookie = true;
        }
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let options = format!(
            "{} -CAfile root.pem -tls1_3 -sess_in session.pem -early_data early",
            s_client(&listener)
        );
        let mut client = Process::openssl(folder.path(), &options);
        let server = Server::new(Arc::new(config.clone()), Random::new([2; 32]));
        let mut line = Line::new(server, accept(listener));
        let found = line.shake_hands().unwrap();
        assert_eq!(found.psk.unwrap().early_data, taken);
        let expected = if taken { lines(500) } else { Vec::new() };
        assert_eq!(line.party.early_data(), expected);
        client.write(b"late\n");
        assert_eq!(line.receive(5), b"late\n");
        line.close();
        assert_eq!(client.finish(), 0);
        let said = match taken {
            true => "Early data was accepted",
            false => "Early data was rejected",
        };
        assert!(client.printed().contains(said), "{}", client.printed());
    }
}

#[test]
fn versions_are_negotiated() {
    let folder = Folder::new();
    folder.identity("shop", &shop(KeyChoice::P256));
    // A server of both, a server of the older one.
    for (options, version) in [
        ("", ProtocolVersion::TLS_1_3),
        ("-tls1_2", ProtocolVersion::TLS_1_2),
    ] {
        let options = format!("{} -attime {NOW} {options}", identity_options("shop"));
        let peer = SServer::start(folder.path(), &options);
        let stream = TcpStream::connect(peer.address).unwrap();
        let mut line = Line::new(our_client(client_config()), stream);
        assert_eq!(line.shake_hands().unwrap().version, version);
        let data = lines(1000);
        assert_eq!(line.exchange(&data), reversed(&data));
        line.close();
    }
}

/// Our server refuses a client, or is refused by it.
#[track_caller]
fn refusal(config: ServerConfig, folder: &Folder, options: &str) -> (ErrorKind, Option<Alert>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let options = format!("{} -tls1_3 {options}", s_client(&listener));
    let mut client = Process::openssl(folder.path(), &options);
    let stream = accept(listener);
    let mut line = Line::new(Server::new(Arc::new(config), Random::new([2; 32])), stream);
    let error = line
        .shake_hands()
        .expect_err("the connection must not come about");
    drop(line);
    client.finish();
    let alert = error.alert();
    if let Some(alert) = alert {
        let number = format!("SSL alert number {}", alert.0);
        let printed = client.printed();
        assert!(printed.contains(&number), "{number:?} is not in\n{printed}");
    }
    (error.kind, alert)
}

#[test]
fn our_server_fails_with_the_right_alert() {
    let folder = Folder::new();
    let bad = |condition| {
        let spec = Spec {
            condition,
            ..Spec::new(Holder::Shop)
        };
        let mut config = server_config(KeyChoice::P256);
        config.identities = vec![authority().identity(spec).unwrap()];
        config
    };
    for (condition, authorities, alert) in [
        (Condition::Good, "unknown.pem", Alert::UNKNOWN_CA),
        (Condition::WrongName, "root.pem", Alert::BAD_CERTIFICATE),
        (Condition::Expired, "root.pem", Alert::CERTIFICATE_EXPIRED),
    ] {
        let options = format!("-CAfile {authorities}");
        let (kind, _) = refusal(bad(condition), &folder, &options);
        assert_eq!(kind, ErrorKind::PeerAlert(alert));
    }
    let root = "-CAfile root.pem";
    let check = |config, options: &str, alert| {
        let (_, found) = refusal(config, &folder, &format!("{root} {options}"));
        assert_eq!(found, Some(alert), "{options}");
    };
    let config = || server_config(KeyChoice::P256);
    check(config(), "-groups P-521", Alert::HANDSHAKE_FAILURE);
    let options = "-ciphersuites TLS_AES_128_CCM_8_SHA256";
    check(config(), options, Alert::HANDSHAKE_FAILURE);
    let options = "-sigalgs rsa_pss_rsae_sha256";
    check(config(), options, Alert::HANDSHAKE_FAILURE);
    let asks = asking(config(), true);
    let (kind, found) = refusal(asks, &folder, root);
    assert_eq!(kind, ErrorKind::CertificateRequired);
    assert_eq!(found, Some(Alert::CERTIFICATE_REQUIRED));
    let mut config = config();
    config.preferences.protocols = vec![b"h2".to_vec()];
    check(config, "-alpn gopher", Alert::NO_APPLICATION_PROTOCOL);
}

#[test]
fn our_client_fails_with_the_right_alert() {
    for (condition, alert) in [
        (Condition::Expired, Alert::CERTIFICATE_EXPIRED),
        (Condition::WrongName, Alert::BAD_CERTIFICATE),
        (Condition::UnknownAuthority, Alert::UNKNOWN_CA),
    ] {
        let folder = Folder::new();
        let spec = Spec {
            condition,
            ..Spec::new(Holder::Shop)
        };
        folder.identity("shop", &authority().identity(spec).unwrap());
        let options = format!("{} -attime {NOW} -tls1_3", identity_options("shop"));
        let peer = SServer::start(folder.path(), &options);
        let stream = TcpStream::connect(peer.address).unwrap();
        let mut line = Line::new(our_client(client_config()), stream);
        let error = line.shake_hands().expect_err("it must not come about");
        assert_eq!(error.alert(), Some(alert));
        let number = format!("SSL alert number {}", alert.0);
        peer.process.errors.wait_for(&number, 0);
    }
    // What the server refuses.
    let folder = Folder::new();
    let asks = "-Verify 3 -verify_return_error -CAfile root.pem -verifyCAfile root.pem";
    let peer = s_server(&folder, KeyChoice::P256, asks);
    let stream = TcpStream::connect(peer.address).unwrap();
    let mut line = Line::new(our_client(client_config()), stream);
    // The client is done before the server has seen that there is no certificate.
    line.shake_hands().unwrap();
    let error = line.await_error();
    let expected = ErrorKind::PeerAlert(Alert::CERTIFICATE_REQUIRED);
    assert_eq!(error.kind, expected);
    let peer = s_server(&folder, KeyChoice::P256, "-groups P-521");
    let stream = TcpStream::connect(peer.address).unwrap();
    let mut line = Line::new(our_client(client_config()), stream);
    let error = line.shake_hands().expect_err("no group is common");
    assert_eq!(error.kind, ErrorKind::PeerAlert(Alert::HANDSHAKE_FAILURE));
}
