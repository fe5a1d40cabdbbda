//! Which of several certificates is shown, by the authorities that OpenSSL names.

use std::net::{TcpListener, TcpStream};
use std::sync::Arc;

use padlock_pki::demo::{Authority, Holder, KeyChoice, Spec};
use padlock_pki::random::Random;
use padlock_tls::client::Client;
use padlock_tls::config::{Identity, Preferences};
use padlock_tls::server::Server;

use crate::certificates::{NOW, client_config, hr, server_config, shop};
use crate::folder::{Folder, identity_options};
use crate::line::{Line, accept, lines, reversed};
use crate::process::{Process, SServer};
use crate::with_s_client::s_client;

/// A certificate by the authority that nobody trusts but who is told to.
fn by_the_other(holder: Holder) -> Identity {
    let other = Authority::unknown(NOW).unwrap();
    other.identity(Spec::new(holder)).unwrap()
}

/// RFC 9846 §4.3.4: the client names whom it trusts, and gets such a certificate, whichever the
/// server would rather show.
#[test]
fn s_client_is_shown_what_it_trusts() {
    let folder = Folder::new();
    let mut identities = vec![shop(KeyChoice::P256), by_the_other(Holder::Shop)];
    for _ in 0..2 {
        for (root, issuer) in [("root", "Padlock"), ("unknown", "Unknown")] {
            let listener = TcpListener::bind("127.0.0.1:0").unwrap();
            let options = format!(
                "{} -tls1_3 -CAfile {root}.pem -requestCAfile {root}.pem",
                s_client(&listener)
            );
            let mut client = Process::openssl(folder.path(), &options);
            let mut config = server_config(identities[0].clone());
            config.identities.clone_from(&identities);
            config.preferences = Preferences::modern();
            let server = Server::new(Arc::new(config), Random::new([2; 32]));
            let mut line = Line::new(server, accept(listener));
            line.shake_hands().unwrap();
            line.send(b"hello\n");
            client.write(b"hello\n");
            assert_eq!(line.receive(6), b"hello\n");
            line.close();
            assert_eq!(client.finish(), 0, "{root}: {}", client.printed());
            assert!(client.printed().contains(issuer), "{}", client.printed());
        }
        identities.reverse();
    }
}

/// RFC 5246 §7.4.4, RFC 9846 §4.3.4: the server names who may vouch for clients.
#[test]
fn s_server_is_shown_what_it_trusts() {
    let folder = Folder::new();
    folder.identity("shop", &shop(KeyChoice::P256));
    let mut identities = vec![hr(KeyChoice::P256), by_the_other(Holder::Hr)];
    for _ in 0..2 {
        for (root, version) in [
            ("root", "-tls1_2"),
            ("root", "-tls1_3"),
            ("unknown", "-tls1_2"),
            ("unknown", "-tls1_3"),
        ] {
            let options = format!(
                "{} -attime {NOW} {version} -CAfile {root}.pem -Verify 3 -verify_return_error",
                identity_options("shop")
            );
            let peer = SServer::start(folder.path(), &options);
            let mut config = client_config();
            config.preferences = Preferences::modern();
            config.identities.clone_from(&identities);
            let client = Client::new(Arc::new(config), Random::new([1; 32])).unwrap();
            let mut line = Line::new(client, TcpStream::connect(peer.address).unwrap());
            line.shake_hands().unwrap();
            let text = lines(100);
            let answer = line.exchange(&text);
            assert_eq!(answer, reversed(&text), "{}", peer.process.printed());
            line.close();
            let printed = peer.report(0);
            assert!(printed.contains("Verification: OK"), "{printed}");
        }
        identities.reverse();
    }
}
