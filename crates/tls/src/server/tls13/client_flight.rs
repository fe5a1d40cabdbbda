//! The client's second flight: end of early data, certificate, proof, Finished.

use std::sync::Arc;

use padlock_pki::key::PublicKey;

use super::connected::Connected;
use super::{Session, State, flight, ticket};
use crate::codes::HandshakeType;
use crate::config::ServerConfig;
use crate::connection::{Connection, Incoming};
use crate::error::{Arrival, Error, ErrorKind};
use crate::messages::Body;
use crate::server::{self, client_flight};
use crate::session;
use crate::trace::Party;
use crate::value::Point;

/// Early data, or its end, is awaited (RFC 9846 §4.6).
#[derive(Debug)]
pub(in crate::server) struct ExpectEndOfEarlyData {
    pub(super) config: Arc<ServerConfig>,
    pub(super) session: Session,
}

impl ExpectEndOfEarlyData {
    pub(super) const AWAITS: Arrival = Arrival::Handshake(HandshakeType::END_OF_EARLY_DATA);

    pub(super) fn handle(
        self,
        connection: &mut Connection,
        incoming: Incoming,
    ) -> Result<server::State, Error> {
        let Incoming::Message(Body::EndOfEarlyData(_), bytes) = incoming else {
            return Err(incoming.unexpected(Self::AWAITS));
        };
        connection.transcript.extend_from_slice(&bytes);
        connection.tls13.early_data_left = None;
        let Self { config, session } = self;
        connection.read_with(session.suite, session.client.clone())?;
        Ok(server::State::Tls13(flight::after_early_data(
            config, session,
        )))
    }
}

/// The client's certificates are awaited.
#[derive(Debug)]
pub(in crate::server) struct ExpectCertificate {
    pub(super) config: Arc<ServerConfig>,
    pub(super) session: Session,
}

impl ExpectCertificate {
    pub(super) const AWAITS: Arrival = Arrival::Handshake(HandshakeType::CERTIFICATE);

    pub(super) fn handle(
        self,
        connection: &mut Connection,
        incoming: Incoming,
    ) -> Result<server::State, Error> {
        let Incoming::Message(Body::Certificate13(message), bytes) = incoming else {
            return Err(incoming.unexpected(Self::AWAITS));
        };
        connection.transcript.extend_from_slice(&bytes);
        let chain = session::chain_in_handshake(message)?;
        let Self { config, session } = self;
        if let Some(authentication) = &config.client_authentication {
            let found = client_flight::judge(authentication, chain, connection)?;
            if !found && authentication.required {
                return Err(ErrorKind::CertificateRequired.into());
            }
        }
        Ok(server::State::Tls13(match connection.peer_key.take() {
            Some(key) => State::CertificateVerify(Box::new(ExpectCertificateVerify {
                config,
                session,
                key,
            })),
            None => State::Finished(Box::new(ExpectFinished { config, session })),
        }))
    }
}

/// The proof that the client holds the key of its certificate is awaited.
#[derive(Debug)]
pub(in crate::server) struct ExpectCertificateVerify {
    config: Arc<ServerConfig>,
    session: Session,
    key: PublicKey,
}

impl ExpectCertificateVerify {
    pub(super) const AWAITS: Arrival = Arrival::Handshake(HandshakeType::CERTIFICATE_VERIFY);

    pub(super) fn handle(
        self,
        connection: &mut Connection,
        incoming: Incoming,
    ) -> Result<server::State, Error> {
        let Incoming::Message(Body::CertificateVerify(message), bytes) = incoming else {
            return Err(incoming.unexpected(Self::AWAITS));
        };
        let Self {
            config,
            session,
            key,
        } = self;
        connection.verify_proof(session.suite, &key, &config.preferences, &message)?;
        connection.accept_peer();
        connection.transcript.extend_from_slice(&bytes);
        let next = ExpectFinished { config, session };
        Ok(server::State::Tls13(State::Finished(Box::new(next))))
    }
}

/// The client's Finished is awaited.
#[derive(Debug)]
pub(in crate::server) struct ExpectFinished {
    pub(super) config: Arc<ServerConfig>,
    pub(super) session: Session,
}

impl ExpectFinished {
    pub(super) const AWAITS: Arrival = Arrival::Handshake(HandshakeType::FINISHED);

    pub(super) fn handle(
        self,
        connection: &mut Connection,
        incoming: Incoming,
    ) -> Result<server::State, Error> {
        let Incoming::Message(Body::Finished(message), bytes) = incoming else {
            return Err(incoming.unexpected(Self::AWAITS));
        };
        let Self { config, session } = self;
        let suite = session.suite;
        connection.verify_finish(suite, &session.client, &message, &bytes)?;
        let all = session.may_ask_later.then(|| connection.transcript.clone());
        connection.read_with(suite, session.client_application)?;
        let messages = connection.transcript_hash(suite, Point::Finished(Party::Client));
        let resumption = session.main.resumption(&messages, &mut connection.reporter);
        if session.resumable {
            let basis = ticket::Basis {
                suite,
                host: &session.name,
                authenticated: session.authenticated.unwrap_or(connection.now),
                resumption: &resumption,
            };
            ticket::send(&config, basis, connection)?;
        }
        let connected = Connected {
            config,
            suite,
            messages: all,
            requests: 0,
            pending: None,
        };
        Ok(server::State::Tls13(State::Connected(Box::new(connected))))
    }
}
