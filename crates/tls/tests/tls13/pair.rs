//! A client and a server of ours that speak TLS 1.3.

use std::sync::Arc;

use padlock_pki::demo::KeyChoice;
use padlock_pki::random::Random;
use padlock_tls::Status;
use padlock_tls::client::Client;
use padlock_tls::codes::ProtocolVersion;
use padlock_tls::config::{ClientConfig, Preferences, ServerConfig};
use padlock_tls::error::Error;
use padlock_tls::observer::{Observer, Sighting};
use padlock_tls::server::Server;
use padlock_tls::trace::{Agreement, Direction, Event, EventKind, Party};

use crate::certificates::{client_config, server_config, shop};

/// The configurations of both, which speak TLS 1.3 only and report all they do.
pub(crate) fn configs() -> (ClientConfig, ServerConfig) {
    let mut client = client_config();
    let mut server = server_config(shop(KeyChoice::P256));
    for preferences in [&mut client.preferences, &mut server.preferences] {
        *preferences = Preferences::modern();
        preferences.versions = vec![ProtocolVersion::TLS_1_3];
    }
    client.behaviour.trace = true;
    server.behaviour.trace = true;
    (client, server)
}

/// Both, and the wire between them.
pub(crate) struct Pair {
    pub(crate) client: Client,
    pub(crate) server: Server,
    /// How the handshake ended for each.
    pub(crate) outcome: (Result<(), Error>, Result<(), Error>),
}

impl Pair {
    /// Carries the handshake until nobody says anything more.
    pub(crate) fn new(client: ClientConfig, server: ServerConfig) -> Self {
        let server = Server::new(Arc::new(server), Random::new([2; 32]));
        let client = Client::new(Arc::new(client), Random::new([1; 32])).unwrap();
        let mut pair = Self {
            client,
            server,
            outcome: (Ok(()), Ok(())),
        };
        pair.carry();
        pair
    }

    /// The handshake, which succeeds.
    #[track_caller]
    pub(crate) fn connected(client: ClientConfig, server: ServerConfig) -> Self {
        let pair = Self::new(client, server);
        assert_eq!(pair.outcome, (Ok(()), Ok(())));
        assert_eq!(*pair.client.status(), Status::Connected);
        assert_eq!(*pair.server.status(), Status::Connected);
        assert_eq!(pair.client.agreement(), pair.server.agreement());
        pair
    }

    #[track_caller]
    pub(crate) fn agreement(&self) -> &Agreement {
        self.client.agreement().unwrap()
    }

    pub(crate) fn carry(&mut self) {
        loop {
            let (to_server, to_client) = (self.client.output(), self.server.output());
            if to_server.is_empty() && to_client.is_empty() {
                return;
            }
            if !to_server.is_empty() && self.outcome.1.is_ok() {
                self.outcome.1 = self.server.receive(&to_server);
            }
            if !to_client.is_empty() && self.outcome.0.is_ok() {
                self.outcome.0 = self.client.receive(&to_client);
            }
        }
    }

    /// Sends data both ways, and closes.
    #[track_caller]
    pub(crate) fn converse(mut self, length: usize) {
        self.exchange(length);
        self.client.close();
        self.carry();
        if self.agreement().version == ProtocolVersion::TLS_1_3 {
            assert_eq!(*self.client.status(), Status::Closing);
            assert_eq!(*self.server.status(), Status::PeerClosed);
            self.server.send(b"and the rest").unwrap();
            self.server.close();
            self.carry();
            assert_eq!(self.client.received(), b"and the rest");
        }
        assert_eq!(*self.client.status(), Status::Closed);
        assert_eq!(*self.server.status(), Status::Closed);
    }

    /// Sends data both ways.
    #[track_caller]
    pub(crate) fn exchange(&mut self, length: usize) {
        let data: Vec<u8> = (0..=u8::MAX).cycle().take(length).collect();
        self.client.send(&data).unwrap();
        self.server.send(&data).unwrap();
        self.carry();
        assert_eq!(self.outcome, (Ok(()), Ok(())));
        assert!(self.client.received() == data && self.server.received() == data);
    }
}

/// What an observer sees on the wire, as the events of the client hold it: in its order.
pub(crate) fn sightings(observer: &mut Observer, events: &[Event]) -> Vec<Sighting> {
    let mut seen = Vec::new();
    for event in events {
        let EventKind::Record(record) = &event.kind else {
            continue;
        };
        let from = match record.direction {
            Direction::Sent => Party::Client,
            Direction::Received => Party::Server,
        };
        seen.extend(observer.observe(from, &record.bytes));
    }
    seen
}
