//! The server: a sans-I/O party that answers.

mod client_finished;
mod client_flight;
mod hello;
mod key_exchange;
#[cfg(feature = "tls13")]
mod resumption;
#[cfg(feature = "tls13")]
mod tls13;

#[cfg(feature = "tls13")]
pub(crate) use resumption::Issue;

use std::sync::Arc;

use padlock_pki::random::Random;
use padlock_pki::time::UnixSeconds;

use crate::codes::HandshakeType;
use crate::config::ServerConfig;
use crate::connection::{Connection, Handshaking, Incoming, Status};
#[cfg(feature = "tls13")]
use crate::error::ErrorKind;
use crate::error::{Arrival, Error};
use crate::trace::{self, Agreement, Event, Party};

#[cfg(feature = "tls13")]
pub(crate) use resumption::steal as steal_session;
#[cfg(feature = "tls13")]
pub(crate) use tls13::steal as steal_from_ticket;

/// A server's end of a connection: takes bytes and gives bytes. The messages stand at
/// [`Client`](crate::client::Client).
#[derive(Debug)]
pub struct Server {
    connection: Connection,
    state: Option<State>,
}

impl Server {
    /// Waits for a `ClientHello`.
    #[must_use]
    pub fn new(config: Arc<ServerConfig>, random: Random) -> Self {
        let mut connection = Connection::new(Party::Server, config.behaviour, config.now, random);
        connection.enter(trace::State::Expect(HandshakeType::CLIENT_HELLO));
        Self {
            connection,
            state: Some(State::Hello(hello::ExpectClientHello { config })),
        }
    }

    /// Takes bytes from the wire, as many or as few as there are.
    ///
    /// # Errors
    /// What ends the connection; the alert that tells the peer is in [`output`](Self::output).
    pub fn receive(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.connection.receive(&mut self.state, bytes)
    }

    /// The early data that came since it was last asked. It is kept apart from what is
    /// [received](Self::received) later, as nothing says that this client has just sent it:
    /// somebody may have recorded it and send it again (RFC 9846 §8), unless the server
    /// [guards](crate::psk::ReplayGuard) against that. It stands before all that is received later.
    #[cfg(feature = "tls13")]
    #[must_use]
    pub fn early_data(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.connection.tls13.early_data)
    }

    /// Asks for the client's certificate now (RFC 9846 §4.7.2). When it has answered, its certificates
    /// are [there](Self::client_certificates); a client that has none says so, and is refused if one is
    /// required.
    ///
    /// # Errors
    /// If the connection is not one of TLS 1.3, or not open; if the client has not offered it, or is
    /// asked already; if [`ServerConfig`] does not say who vouches for clients, and that they are asked
    /// later.
    #[cfg(feature = "tls13")]
    pub fn request_certificate(&mut self) -> Result<(), Error> {
        match &mut self.state {
            Some(State::Tls13(tls13::State::Connected(connected))) if self.connection.is_open() => {
                connected.request(&mut self.connection)
            }
            _ => Err(ErrorKind::NotConnected.into()),
        }
    }

    /// The certificates of the client, DER, the end-entity first; none if it showed none, or was
    /// not asked. They are judged already, and the client has proved that it holds the key; in a
    /// resumed session it did so when that began.
    #[must_use]
    pub fn client_certificates(&self) -> &[Vec<u8>] {
        &self.connection.peer_certificates
    }
}

crate::connection::party!(Server);

/// What the server waits for.
#[derive(Debug)]
enum State {
    Hello(hello::ExpectClientHello),
    Certificate(client_flight::ExpectCertificate),
    KeyExchange(key_exchange::ExpectClientKeyExchange),
    CertificateVerify(client_flight::ExpectCertificateVerify),
    ChangeCipherSpec(client_finished::ExpectChangeCipherSpec),
    Finished(client_finished::ExpectFinished),
    Connected,
    #[cfg(feature = "tls13")]
    Tls13(tls13::State),
}

impl Handshaking for State {
    fn awaits(&self) -> Arrival {
        match self {
            Self::Hello(_) => hello::ExpectClientHello::AWAITS,
            Self::Certificate(_) => client_flight::ExpectCertificate::AWAITS,
            Self::KeyExchange(_) => key_exchange::ExpectClientKeyExchange::AWAITS,
            Self::CertificateVerify(_) => client_flight::ExpectCertificateVerify::AWAITS,
            Self::ChangeCipherSpec(_) => Arrival::ChangeCipherSpec,
            Self::Finished(_) => client_finished::ExpectFinished::AWAITS,
            Self::Connected => Arrival::ApplicationData,
            #[cfg(feature = "tls13")]
            Self::Tls13(state) => state.awaits(),
        }
    }

    fn handle(self, connection: &mut Connection, incoming: Incoming) -> Result<Self, Error> {
        match self {
            Self::Hello(state) => state.handle(connection, incoming),
            Self::Certificate(state) => state.handle(connection, incoming),
            Self::KeyExchange(state) => state.handle(connection, incoming),
            Self::CertificateVerify(state) => state.handle(connection, incoming),
            Self::ChangeCipherSpec(state) => state.handle(connection, incoming),
            Self::Finished(state) => state.handle(connection, incoming),
            Self::Connected => Err(incoming.unexpected(Arrival::ApplicationData)),
            #[cfg(feature = "tls13")]
            Self::Tls13(state) => state.handle(connection, incoming),
        }
    }
}

#[cfg(all(test, feature = "tls13"))]
mod tests {
    use padlock_pki::demo::{Authority, Holder, Spec};

    use super::*;
    use crate::client::Client;
    use crate::config::{Behaviour, ClientConfig, ClientTls13, Preferences, ServerTls13};

    /// Nothing is computed from the transcript after the handshake.
    #[test]
    fn what_comes_after_the_handshake_is_not_kept() {
        const NOW: i64 = 1_795_000_000;
        let authority = Authority::new(NOW).unwrap();
        let client = ClientConfig {
            server_name: "shop.example".to_owned(),
            anchors: vec![authority.root().to_vec()],
            identities: Vec::new(),
            now: UnixSeconds(NOW),
            preferences: Preferences::modern(),
            behaviour: Behaviour::default(),
            revocation: crate::config::Revocation::default(),
            tls13: ClientTls13::default(),
        };
        let server = ServerConfig {
            identities: vec![authority.identity(Spec::new(Holder::Shop)).unwrap()],
            client_authentication: None,
            now: UnixSeconds(NOW),
            preferences: Preferences::modern(),
            behaviour: Behaviour::default(),
            tls13: ServerTls13::default(),
        };
        let mut client = Client::new(Arc::new(client), Random::new([1; 32])).unwrap();
        let mut server = Server::new(Arc::new(server), Random::new([2; 32]));
        server.receive(&client.output()).unwrap();
        assert_ne!(server.connection.transcript.len(), 0);
        client.receive(&server.output()).unwrap();
        server.receive(&client.output()).unwrap();
        for _ in 0..100 {
            server.update_keys(true).unwrap();
            server.send(b"data").unwrap();
            client.receive(&server.output()).unwrap();
            client.send(b"data").unwrap();
            server.receive(&client.output()).unwrap();
        }
        assert_eq!(server.connection.transcript.len(), 0);
    }
}
