//! What the server says of itself: request, certificate, proof.

use std::sync::Arc;

use padlock_pki::key::PublicKey;
use padlock_pki::verify::KeyUse;

use super::finish::ExpectFinished;
use super::{Session, State};
use crate::client::{self, server_flight};
use crate::codes::{ExtensionType, HandshakeType};
use crate::config::ClientConfig;
use crate::connection::{Connection, Incoming};
use crate::error::{Arrival, Error, ErrorKind, IllegalParameter};
use crate::messages::Body;
use crate::messages::tls13::CertificateRequest;
use crate::session;

/// CertificateRequest or, if the server asks for none, Certificate is awaited.
#[derive(Debug)]
pub(in crate::client) struct ExpectCertificateRequest {
    pub(super) config: Arc<ClientConfig>,
    pub(super) session: Session,
}

impl ExpectCertificateRequest {
    pub(super) fn handle(
        self,
        connection: &mut Connection,
        incoming: Incoming,
    ) -> Result<client::State, Error> {
        let Self { config, session } = self;
        let next = |request| ExpectCertificate {
            config,
            session,
            request,
        };
        match incoming {
            Incoming::Message(Body::CertificateRequest13(request), bytes) => {
                connection.transcript.extend_from_slice(&bytes);
                if !request.certificate_request_context.is_empty() {
                    return Err(IllegalParameter::RequestContext.into());
                }
                let kind = ExtensionType::SIGNATURE_ALGORITHMS;
                if request.extension(kind).is_none() {
                    return Err(ErrorKind::Missing(kind).into());
                }
                let next = next(Some(request));
                Ok(client::State::Tls13(State::Certificate(Box::new(next))))
            }
            other => next(None).handle(connection, other),
        }
    }
}

/// The server's certificates are awaited.
#[derive(Debug)]
pub(in crate::client) struct ExpectCertificate {
    config: Arc<ClientConfig>,
    session: Session,
    request: Option<CertificateRequest>,
}

impl ExpectCertificate {
    pub(super) const AWAITS: Arrival = Arrival::Handshake(HandshakeType::CERTIFICATE);

    pub(super) fn handle(
        self,
        connection: &mut Connection,
        incoming: Incoming,
    ) -> Result<client::State, Error> {
        let Incoming::Message(Body::Certificate13(message), bytes) = incoming else {
            return Err(incoming.unexpected(Self::AWAITS));
        };
        connection.transcript.extend_from_slice(&bytes);
        let chain = session::chain_in_handshake(message)?;
        if chain.is_empty() {
            // RFC 9846 §4.5.1.3: the server always shows one.
            return Err(padlock_wire::Error::new(
                padlock_wire::ErrorKind::Length {
                    found: 0,
                    minimum: 1,
                    maximum: 0xff_ffff,
                },
                bytes.len(),
            )
            .into());
        }
        let key = server_flight::judge(&self.config, KeyUse::Signature, &chain, connection)?;
        server_flight::report_key(&key, connection);
        let Self {
            config,
            session,
            request,
        } = self;
        let next = ExpectCertificateVerify {
            config,
            session,
            request,
            key,
        };
        Ok(client::State::Tls13(State::CertificateVerify(Box::new(
            next,
        ))))
    }
}

/// The proof that the server holds the key of its certificate is awaited.
#[derive(Debug)]
pub(in crate::client) struct ExpectCertificateVerify {
    config: Arc<ClientConfig>,
    session: Session,
    request: Option<CertificateRequest>,
    key: PublicKey,
}

impl ExpectCertificateVerify {
    pub(super) const AWAITS: Arrival = Arrival::Handshake(HandshakeType::CERTIFICATE_VERIFY);

    pub(super) fn handle(
        self,
        connection: &mut Connection,
        incoming: Incoming,
    ) -> Result<client::State, Error> {
        let Incoming::Message(Body::CertificateVerify(message), bytes) = incoming else {
            return Err(incoming.unexpected(Self::AWAITS));
        };
        let Self {
            config,
            session,
            request,
            key,
        } = self;
        connection.verify_proof(session.suite, &key, &config.preferences, &message)?;
        connection.transcript.extend_from_slice(&bytes);
        let next = ExpectFinished {
            config,
            session,
            request,
        };
        Ok(client::State::Tls13(State::Finished(Box::new(next))))
    }
}
