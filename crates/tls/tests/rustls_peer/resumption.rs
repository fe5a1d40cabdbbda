//! Sessions of TLS 1.2 resumed with rustls, both roles.

use std::sync::Arc;

use padlock_pki::demo::KeyChoice;
use padlock_pki::random::Random;
use padlock_tls::client::Client;
use padlock_tls::resumption::SessionCache;
use padlock_tls::server::Server;
use padlock_tls::trace::Resumed;
use rustls::server::NoServerSessionStorage;
use rustls::{HandshakeKind, ServerConnection};

use crate::certificates::{authority, client_config, server_config, shop};
use crate::peer::{self, Offer, Wire};

const BOTH: [Resumed; 2] = [Resumed::SessionId, Resumed::Ticket];

#[test]
fn our_client_resumes_with_rustls() {
    for how in BOTH {
        let identity = shop(KeyChoice::P256);
        let theirs = peer::server_config(&Offer::default(), &identity, None);
        let mut theirs = Arc::unwrap_or_clone(theirs);
        if how == Resumed::Ticket {
            theirs.session_storage = Arc::new(NoServerSessionStorage {});
            theirs.ticketer = rustls::crypto::ring::Ticketer::new().unwrap();
        }
        let theirs = Arc::new(theirs);
        let mut config = client_config();
        config.tls13.session_tickets = true;
        let config = Arc::new(config);
        let accept = || ServerConnection::new(Arc::clone(&theirs)).unwrap().into();
        let client = Client::new(Arc::clone(&config), Random::new([1; 32])).unwrap();
        let wire = Wire::new(client, accept()).converse(100);
        assert_eq!(wire.theirs.handshake_kind(), Some(HandshakeKind::Full));
        let mut session = wire.ours.session().unwrap().clone();
        wire.close(true);
        for seed in 2..5 {
            let random = Random::new([seed; 32]);
            let client = Client::resuming(Arc::clone(&config), session, random).unwrap();
            let wire = Wire::new(client, accept()).converse(100);
            assert_eq!(wire.theirs.handshake_kind(), Some(HandshakeKind::Resumed));
            assert_eq!(wire.ours.agreement().unwrap().resumed, Some(how));
            session = wire.ours.session().unwrap().clone();
            wire.close(false);
        }
    }
}

#[test]
fn rustls_resumes_with_our_server() {
    for how in BOTH {
        let mut config = server_config(shop(KeyChoice::P256));
        config.tls13.sessions = Some(SessionCache::new(10));
        if how == Resumed::Ticket {
            config.tls13.ticket_key = Some([9; 32]);
            config.tls13.tickets = 1;
        }
        let config = Arc::new(config);
        let theirs = peer::client_config(&Offer::default(), authority().root(), None);
        for seed in 0..4 {
            let server = Server::new(Arc::clone(&config), Random::new([seed; 32]));
            let wire = Wire::new(server, peer::connect(Arc::clone(&theirs))).converse(100);
            let (kind, resumed) = match seed {
                0 => (HandshakeKind::Full, None),
                _ => (HandshakeKind::Resumed, Some(how)),
            };
            assert_eq!(wire.theirs.handshake_kind(), Some(kind));
            assert_eq!(wire.ours.agreement().unwrap().resumed, resumed);
            wire.close(seed % 2 == 0);
        }
    }
}
