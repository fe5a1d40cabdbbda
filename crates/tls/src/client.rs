//! The client: a sans-I/O party that opens a connection.

mod hello;
mod key_exchange;
#[cfg(feature = "tls13")]
mod resumption;
mod server_finished;
mod server_flight;
#[cfg(feature = "tls13")]
mod tls13;

use std::sync::Arc;

use padlock_pki::random::Random;
use padlock_pki::time::UnixSeconds;
use padlock_pki::verify::Reference;

use crate::config::ClientConfig;
use crate::connection::{Connection, Handshaking, Incoming, Status};
use crate::error::{Arrival, Error, ErrorKind};
use crate::trace::{Agreement, Event, Party};

/// A client's end of a connection: takes bytes and gives bytes.
///
/// ```text
/// Client                                               Server
/// ClientHello                  -------->
///                                                 ServerHello
///                                                Certificate
///                                         ServerKeyExchange*
///                                        CertificateRequest*
///                              <--------      ServerHelloDone
/// Certificate*
/// ClientKeyExchange
/// CertificateVerify*
/// [ChangeCipherSpec]
/// Finished                     -------->
///                                          [ChangeCipherSpec]
///                              <--------             Finished
/// Application Data             <------->     Application Data
/// ```
/// (RFC 5246 §7.3)
#[derive(Debug)]
pub struct Client {
    connection: Connection,
    state: Option<State>,
}

impl Client {
    /// Opens a connection: the `ClientHello` is in [`output`](Self::output) at once.
    ///
    /// # Errors
    /// If the configuration cannot be put in a `ClientHello`, say for want of a cipher suite, or if
    /// the server's name is none: no certificate could be for it.
    pub fn new(config: Arc<ClientConfig>, random: Random) -> Result<Self, Error> {
        let connection = Connection::new(Party::Client, config.behaviour, config.now, random);
        Self::start(config, connection)
    }

    /// Opens a connection that resumes this session of TLS 1.2, if the server lets it.
    ///
    /// # Errors
    /// Those of [`new`](Self::new).
    #[cfg(feature = "tls13")]
    pub fn resuming(
        config: Arc<ClientConfig>,
        session: crate::resumption::Session,
        random: Random,
    ) -> Result<Self, Error> {
        let mut connection = Connection::new(Party::Client, config.behaviour, config.now, random);
        connection.sessions.offered = Some(session);
        Self::start(config, connection)
    }

    fn start(config: Arc<ClientConfig>, mut connection: Connection) -> Result<Self, Error> {
        if Reference::read(&config.server_name).is_none() {
            let what = "the server's name is neither a DNS name nor an IP address";
            return Err(ErrorKind::Internal(what).into());
        }
        let state = hello::start(config, &mut connection)?;
        Ok(Self {
            connection,
            state: Some(state),
        })
    }

    /// The session of TLS 1.2 that this connection has, once it is complete, if the server gave it
    /// an ID or a ticket. There is none after an error (RFC 5246 §7.2.2).
    #[cfg(feature = "tls13")]
    #[must_use]
    pub fn session(&self) -> Option<&crate::resumption::Session> {
        self.connection.sessions.complete.as_ref()
    }

    /// Takes bytes from the wire, as many or as few as there are.
    ///
    /// # Errors
    /// What ends the connection; the alert that tells the peer is in [`output`](Self::output).
    pub fn receive(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.connection.receive(&mut self.state, bytes)
    }

    /// The tickets that came since it was last asked: pre-shared keys to resume with
    /// (RFC 9846 §4.7.1).
    #[cfg(feature = "tls13")]
    #[must_use]
    pub fn take_tickets(&mut self) -> Vec<crate::psk::PreSharedKey> {
        std::mem::take(&mut self.connection.tls13.tickets)
    }
}

crate::connection::party!(Client);

/// What the client waits for.
#[derive(Debug)]
enum State {
    Hello(hello::ExpectServerHello),
    Certificate(server_flight::ExpectCertificate),
    KeyExchange(server_flight::ExpectServerKeyExchange),
    Request(server_flight::ExpectCertificateRequest),
    Done(server_flight::ExpectServerHelloDone),
    #[cfg(feature = "tls13")]
    Ticket(Box<resumption::ExpectTicket>),
    ChangeCipherSpec(server_finished::ExpectChangeCipherSpec),
    Finished(server_finished::ExpectFinished),
    Connected,
    #[cfg(feature = "tls13")]
    Tls13(tls13::State),
}

impl Handshaking for State {
    fn awaits(&self) -> Arrival {
        match self {
            Self::Hello(_) => hello::ExpectServerHello::AWAITS,
            Self::Certificate(_) => server_flight::ExpectCertificate::AWAITS,
            Self::KeyExchange(_) => server_flight::ExpectServerKeyExchange::AWAITS,
            Self::Request(_) | Self::Done(_) => server_flight::ExpectServerHelloDone::AWAITS,
            #[cfg(feature = "tls13")]
            Self::Ticket(_) => resumption::ExpectTicket::AWAITS,
            Self::ChangeCipherSpec(_) => Arrival::ChangeCipherSpec,
            Self::Finished(_) => server_finished::ExpectFinished::AWAITS,
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
            Self::Request(state) => state.handle(connection, incoming),
            Self::Done(state) => state.handle(connection, incoming),
            #[cfg(feature = "tls13")]
            Self::Ticket(state) => state.handle(connection, incoming),
            Self::ChangeCipherSpec(state) => state.handle(connection, incoming),
            Self::Finished(state) => state.handle(connection, incoming),
            Self::Connected => Err(incoming.unexpected(Arrival::ApplicationData)),
            #[cfg(feature = "tls13")]
            Self::Tls13(state) => state.handle(connection, incoming),
        }
    }
}
