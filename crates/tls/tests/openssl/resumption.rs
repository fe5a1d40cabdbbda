//! Sessions of TLS 1.2 resumed with OpenSSL, both roles.

use std::net::{TcpListener, TcpStream};
use std::sync::Arc;

use padlock_pki::demo::KeyChoice;
use padlock_pki::random::Random;
use padlock_tls::client::Client;
use padlock_tls::config::{ClientConfig, ServerConfig};
use padlock_tls::resumption::{Session, SessionCache};
use padlock_tls::server::Server;
use padlock_tls::suite::Suite;
use padlock_tls::trace::{Agreement, Resumed};

use crate::certificates::{NOW, client_config, server_config, shop};
use crate::folder::{Folder, identity_options};
use crate::line::{Line, accept, lines, reversed};
use crate::process::{Process, SServer};
use crate::with_s_client::s_client;

const BOTH: [Resumed; 2] = [Resumed::SessionId, Resumed::Ticket];

/// Connects, exchanges data and closes; gives what was agreed, and what can be resumed.
#[track_caller]
fn connect(
    peer: &SServer,
    config: &ClientConfig,
    session: Option<Session>,
) -> (Agreement, Session) {
    let (config, random) = (Arc::new(config.clone()), Random::new([1; 32]));
    let client = match session {
        None => Client::new(config, random),
        Some(session) => Client::resuming(config, session, random),
    };
    let start = peer.process.errors.len();
    let stream = TcpStream::connect(peer.address).unwrap();
    let mut line = Line::new(client.unwrap(), stream);
    let agreement = line.shake_hands();
    let agreement =
        agreement.unwrap_or_else(|error| panic!("{error}\n{}", peer.process.errors.after(start)));
    for size in [1, 1000] {
        let data = lines(size);
        assert!(line.exchange(&data) == reversed(&data), "{size} bytes");
    }
    let session = line.party.session().unwrap().clone();
    line.close();
    peer.report(start);
    (agreement, session)
}

#[test]
fn our_client_resumes_with_s_server() {
    let folder = Folder::new();
    folder.identity("shop", &shop(KeyChoice::Rsa));
    for how in BOTH {
        let options = match how {
            Resumed::Ticket => "",
            Resumed::SessionId => "-no_ticket",
        };
        let identity = identity_options("shop");
        let cipher = "-cipher ALL:@SECLEVEL=0";
        let options = format!("{identity} -attime {NOW} -tls1_2 {cipher} {options}");
        let peer = SServer::start(folder.path(), &options);
        for suite in Suite::ALL {
            if !suite.key_exchange.suits(&shop(KeyChoice::Rsa).key.kind()) {
                continue;
            }
            for extended in [true, false] {
                let mut config = client_config();
                config.preferences.suites = vec![suite.code];
                config.preferences.extended_master_secret = extended;
                config.tls13.session_tickets = true;
                let (first, session) = connect(&peer, &config, None);
                assert_eq!((first.resumed, first.suite), (None, suite.code));
                let (second, _) = connect(&peer, &config, Some(session));
                assert_eq!((second.resumed, second.suite), (Some(how), suite.code));
                assert_eq!(second.extended_master_secret, extended);
            }
        }
    }
}

/// Runs s_client with these options against our server, which echoes; gives what was agreed.
#[track_caller]
fn serve(config: &ServerConfig, folder: &Folder, options: &str, expected: &str) -> Agreement {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let options = format!("{} -CAfile root.pem -tls1_2 {options}", s_client(&listener));
    let mut client = Process::openssl(folder.path(), &options);
    let server = Server::new(Arc::new(config.clone()), Random::new([2; 32]));
    let mut line = Line::new(server, accept(listener));
    let agreement = line.shake_hands();
    let agreement =
        agreement.unwrap_or_else(|error| panic!("{error}\n{options}\n{}", client.printed()));
    client.write(b"hello\n");
    assert_eq!(line.receive(6), b"hello\n");
    line.send(b"hello\n");
    line.close();
    assert_eq!(client.finish(), 0, "{options}\n{}", client.printed());
    let report = client.printed();
    assert!(
        report.contains(expected),
        "{expected:?} is not in\n{report}"
    );
    agreement
}

#[test]
fn s_client_resumes_with_our_server() {
    let folder = Folder::new();
    for how in BOTH {
        let options = match how {
            Resumed::Ticket => "",
            Resumed::SessionId => "-no_ticket",
        };
        let mut config = server_config(shop(KeyChoice::P256));
        config.tls13.ticket_key = Some([5; 32]);
        config.tls13.tickets = 1;
        config.tls13.sessions = Some(SessionCache::new(100));
        for suite in Suite::ALL {
            if !suite.key_exchange.suits(&shop(KeyChoice::P256).key.kind()) {
                continue;
            }
            config.preferences.suites = vec![suite.code];
            let first = format!("{options} -sess_out session.pem");
            let found = serve(&config, &folder, &first, "New, TLSv1");
            assert_eq!(found.resumed, None);
            let second = format!("{options} -sess_in session.pem");
            let found = serve(&config, &folder, &second, "Reused, TLSv1");
            assert_eq!(found.resumed, Some(how));
        }
    }
}

/// One s_client that connects six times, and says how.
#[test]
fn s_client_reconnects_to_our_server() {
    let folder = Folder::new();
    let mut config = server_config(shop(KeyChoice::P256));
    config.tls13.sessions = Some(SessionCache::new(100));
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let options = format!(
        "{} -CAfile root.pem -tls1_2 -no_ticket -reconnect",
        s_client(&listener)
    );
    let mut client = Process::openssl(folder.path(), &options);
    for connection in 0..6 {
        let stream = accept(listener.try_clone().unwrap());
        let server = Server::new(Arc::new(config.clone()), Random::new([connection; 32]));
        let mut line = Line::new(server, stream);
        let resumed = line.shake_hands().unwrap().resumed;
        assert_eq!(resumed.is_some(), connection > 0);
        if connection == 5 {
            line.close();
        }
    }
    assert_eq!(client.finish(), 0);
    let printed = client.printed();
    assert_eq!(printed.matches("Reused, TLSv1.2").count(), 5, "{printed}");
}

/// s_client asks for another handshake (`R`), is declined by a warning, and gives up, as it does.
#[test]
fn s_client_is_declined_another_handshake() {
    let folder = Folder::new();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let options = format!("{} -CAfile root.pem -tls1_2", s_client(&listener));
    let options = options.replace("-nocommands", "");
    let mut client = Process::openssl(folder.path(), &options);
    let config = server_config(shop(KeyChoice::P256));
    let server = Server::new(Arc::new(config), Random::new([2; 32]));
    let mut line = Line::new(server, accept(listener));
    line.shake_hands().unwrap();
    client.write(b"R\n");
    let told = line.await_error();
    assert!(told.alert().is_none(), "{told}");
    assert_ne!(client.finish(), 0);
    let printed = client.printed();
    assert!(printed.contains("no renegotiation"), "{printed}");
}
