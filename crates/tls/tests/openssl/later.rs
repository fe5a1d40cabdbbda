//! Certificates that are asked for after the handshake, with OpenSSL, both roles.

use std::net::{TcpListener, TcpStream};
use std::sync::Arc;

use padlock_pki::demo::KeyChoice;
use padlock_pki::random::Random;
use padlock_tls::client::Client;
use padlock_tls::config::{ClientAuthentication, Preferences};
use padlock_tls::server::Server;

use crate::certificates::{NOW, authority, client_config, hr, server_config, shop};
use crate::folder::{Folder, identity_options};
use crate::line::{Line, accept};
use crate::process::{Process, SServer};
use crate::with_s_client::s_client;

#[test]
fn s_client_shows_its_certificate_when_it_is_asked() {
    let folder = Folder::new();
    for key in [
        Some(KeyChoice::Rsa),
        Some(KeyChoice::P256),
        Some(KeyChoice::Ed25519),
        None,
    ] {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let mut options = format!(
            "{} -CAfile root.pem -tls1_3 -enable_pha",
            s_client(&listener)
        );
        if let Some(key) = key {
            folder.identity("hr", &hr(key));
            options = format!("{options} {}", identity_options("hr"));
        }
        let mut client = Process::openssl(folder.path(), &options);
        let mut config = server_config(shop(KeyChoice::P256));
        config.preferences = Preferences::modern();
        config.client_authentication = Some(ClientAuthentication::new(
            vec![authority().root().to_vec()],
            key.is_some(),
        ));
        config.tls13.post_handshake_auth = true;
        let server = Server::new(Arc::new(config), Random::new([2; 32]));
        let mut line = Line::new(server, accept(listener));
        line.shake_hands().unwrap();
        for _ in 0..2 {
            line.party.request_certificate().unwrap();
            line.send(b"who are you?\n");
            client.write(b"this is who\n");
            assert_eq!(line.receive(12), b"this is who\n");
            let shown = key.map(|key| hr(key).chain).unwrap_or_default();
            assert_eq!(line.party.client_certificates(), shown);
        }
        line.close();
        assert_eq!(client.finish(), 0, "{}", client.printed());
    }
}

/// s_server asks when it reads `c`, and says who it was.
#[test]
fn our_client_shows_its_certificate_when_s_server_asks() {
    for key in [KeyChoice::Rsa, KeyChoice::P256, KeyChoice::Ed25519] {
        let folder = Folder::new();
        folder.identity("shop", &shop(KeyChoice::P256));
        let identity = identity_options("shop");
        let options = format!("{identity} -attime {NOW} -tls1_3 -CAfile root.pem");
        let mut peer = SServer::start_as(folder.path(), &options);
        let mut config = client_config();
        config.preferences = Preferences::modern();
        config.identities = vec![hr(key)];
        config.tls13.post_handshake_auth = true;
        let client = Client::new(Arc::new(config), Random::new([1; 32])).unwrap();
        let stream = TcpStream::connect(peer.address).unwrap();
        let mut line = Line::new(client, stream);
        line.shake_hands().unwrap();
        line.send(b"hello\n");
        peer.process.output.wait_for("hello", 0);
        peer.process.write(b"c\n");
        // It reads commands at the beginning of what comes at once: the rest must wait.
        let process = &mut peer.process;
        std::thread::scope(|scope| {
            scope.spawn(|| {
                process.errors.wait_for("CN = hr.example", 0);
                process.write(b"well?\n");
            });
            assert_eq!(line.receive(6), b"well?\n");
        });
        line.send(b"there\n");
        peer.process.output.wait_for("there", 0);
    }
}
