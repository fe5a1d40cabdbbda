//! After the handshake: new keys and, if the server asks for it, the client's certificate.

use std::sync::Arc;

use padlock_pki::key::PublicKey;
use padlock_wire::Structure;

use super::{State, flight};
use crate::codes::{ExtensionType, HandshakeType};
use crate::config::ServerConfig;
use crate::connection::{Connection, Incoming};
use crate::error::{Arrival, Error, ErrorKind, IllegalParameter};
use crate::messages::tls13::Certificate;
use crate::messages::{Body, CertificateVerify, Finished, Handshake};
use crate::server::{self, client_flight};
use crate::session;
use crate::suite::Suite13;
use crate::trace;

/// Data may flow.
#[derive(Debug)]
pub(in crate::server) struct Connected {
    pub(super) config: Arc<ServerConfig>,
    pub(super) suite: Suite13,
    /// The messages of the handshake, if the client can be asked for its certificate now (RFC 9846
    /// §4.7.2).
    pub(super) messages: Option<Vec<u8>>,
    /// How often it was asked.
    pub(super) requests: u32,
    /// What it was asked last and has not answered yet.
    pub(super) pending: Option<Pending>,
}

/// A request for the client's certificate.
#[derive(Debug)]
pub(super) struct Pending {
    context: Vec<u8>,
    awaits: Awaits,
}

/// What of the answer is awaited: once it has begun, nothing may come between.
#[derive(Debug)]
enum Awaits {
    Certificate,
    CertificateVerify(PublicKey),
    Finished,
}

impl Connected {
    pub(super) fn awaits(&self) -> Arrival {
        match self.pending.as_ref().map(|pending| &pending.awaits) {
            None | Some(Awaits::Certificate) => Arrival::ApplicationData,
            Some(Awaits::CertificateVerify(_)) => {
                Arrival::Handshake(HandshakeType::CERTIFICATE_VERIFY)
            }
            Some(Awaits::Finished) => Arrival::Handshake(HandshakeType::FINISHED),
        }
    }

    /// Asks for the client's certificate.
    pub(in crate::server) fn request(&mut self, connection: &mut Connection) -> Result<(), Error> {
        let Some(messages) = &self.messages else {
            return Err(ErrorKind::Missing(ExtensionType::POST_HANDSHAKE_AUTH).into());
        };
        if self.pending.is_some() {
            return Err(ErrorKind::Internal("the client was asked already").into());
        }
        self.requests += 1;
        let label = format!("certificate request {}", self.requests);
        let context = connection.random.fork(&label).bytes::<16>().to_vec();
        let mut message = flight::certificate_request(&self.config)?;
        message.certificate_request_context.clone_from(&context);
        let message = Handshake::new(message);
        connection.transcript = [&messages[..], &message.to_bytes()?].concat();
        connection.send_flight(vec![message])?;
        self.pending = Some(Pending {
            context,
            awaits: Awaits::Certificate,
        });
        Ok(())
    }

    pub(super) fn handle(
        mut self: Box<Self>,
        connection: &mut Connection,
        incoming: Incoming,
    ) -> Result<server::State, Error> {
        let awaits = self.awaits();
        match (self.pending.take(), incoming) {
            (Some(pending), Incoming::Message(Body::Certificate13(message), bytes))
                if matches!(pending.awaits, Awaits::Certificate) =>
            {
                connection.transcript.extend_from_slice(&bytes);
                self.pending = Some(self.judge(pending, message, connection)?);
            }
            (
                Some(Pending {
                    context,
                    awaits: Awaits::CertificateVerify(key),
                }),
                Incoming::Message(Body::CertificateVerify(message), bytes),
            ) => {
                self.verify(&key, &message, connection)?;
                connection.transcript.extend_from_slice(&bytes);
                let awaits = Awaits::Finished;
                self.pending = Some(Pending { context, awaits });
            }
            (
                Some(Pending {
                    awaits: Awaits::Finished,
                    ..
                }),
                Incoming::Message(Body::Finished(message), bytes),
            ) => self.finish(&message, &bytes, connection)?,
            (pending, incoming) => {
                if awaits != Arrival::ApplicationData {
                    return Err(incoming.unexpected(awaits));
                }
                self.pending = pending;
                connection.take_post_handshake(&incoming)?;
            }
        }
        Ok(server::State::Tls13(State::Connected(self)))
    }

    /// Judges the certificates; an answer without any is a refusal.
    fn judge(
        &self,
        pending: Pending,
        message: Certificate,
        connection: &mut Connection,
    ) -> Result<Pending, Error> {
        let Pending { context, .. } = pending;
        if message.certificate_request_context != context {
            return Err(IllegalParameter::RequestContext.into());
        }
        let chain = session::chain_of(message)?;
        if let Some(authentication) = &self.config.client_authentication {
            let found = client_flight::judge(authentication, chain, connection)?;
            if !found && authentication.required {
                return Err(ErrorKind::CertificateRequired.into());
            }
        }
        let awaits = match connection.peer_key.take() {
            Some(key) => Awaits::CertificateVerify(key),
            None => Awaits::Finished,
        };
        Ok(Pending { context, awaits })
    }

    fn verify(
        &self,
        key: &PublicKey,
        message: &CertificateVerify,
        connection: &mut Connection,
    ) -> Result<(), Error> {
        let preferences = &self.config.preferences;
        connection.verify_proof(self.suite, key, preferences, message)
    }

    /// The answer is complete.
    fn finish(
        &self,
        message: &Finished,
        bytes: &[u8],
        connection: &mut Connection,
    ) -> Result<(), Error> {
        let secret = connection.reading_secret()?;
        connection.verify_finish(self.suite, &secret, message, bytes)?;
        connection.transcript = Vec::new();
        connection.accept_shown();
        connection.enter(trace::State::Connected);
        Ok(())
    }
}
