//! The server's Finished in, the client's second flight out.

use std::sync::Arc;

use super::connected::Connected;
use super::{EarlyData, Session, State};
use crate::client::{self, server_flight};
use crate::codes::{ExtensionType, HandshakeType, SignatureScheme};
use crate::config::ClientConfig;
use crate::connection::{Connection, Incoming};
use crate::error::{Arrival, Error};
use crate::messages::tls13::{Certificate, CertificateRequest, EndOfEarlyData};
use crate::messages::{Body, ExtensionBody, Handshake};
use crate::session;
use crate::suite::Suite13;
use crate::trace::Party;
use crate::value::Point;

/// The server's Finished is awaited.
#[derive(Debug)]
pub(in crate::client) struct ExpectFinished {
    pub(super) config: Arc<ClientConfig>,
    pub(super) session: Session,
    pub(super) request: Option<CertificateRequest>,
}

impl ExpectFinished {
    pub(super) const AWAITS: Arrival = Arrival::Handshake(HandshakeType::FINISHED);

    pub(super) fn handle(
        self,
        connection: &mut Connection,
        incoming: Incoming,
    ) -> Result<client::State, Error> {
        let Incoming::Message(Body::Finished(message), bytes) = incoming else {
            return Err(incoming.unexpected(Self::AWAITS));
        };
        let Self {
            config,
            session,
            request,
        } = self;
        let suite = session.suite;
        connection.verify_finish(suite, &session.server, &message, &bytes)?;

        let main = session.secret.main(&mut connection.reporter);
        let messages = connection.transcript_hash(suite, Point::Finished(Party::Server));
        let reporter = &mut connection.reporter;
        let client = main.traffic(Party::Client, &messages, reporter);
        let server = main.traffic(Party::Server, &messages, reporter);
        let exporter = main.exporter(&messages, reporter);
        connection.keep_exporter(exporter);
        connection.read_with(suite, server)?;

        if session.early_data == EarlyData::Accepted {
            connection.send_flight(vec![Handshake::new(EndOfEarlyData)])?;
            connection.write_with(suite, session.client.clone())?;
        }
        connection.send_compatible_change_cipher_spec()?;
        if let Some(request) = &request {
            authenticate(&config, suite, request, connection)?;
        }
        connection.finish(suite, &session.client)?;
        connection.write_with(suite, client)?;
        let later = config.tls13.post_handshake_auth;
        let all = later.then(|| connection.transcript.clone());
        let messages = connection.transcript_hash(suite, Point::Finished(Party::Client));
        let resumption = main.resumption(&messages, &mut connection.reporter);
        Ok(client::State::Tls13(State::Connected(Box::new(
            Connected {
                config,
                suite,
                resumption,
                messages: all,
                requests: 0,
            },
        ))))
    }
}

/// Answers the request with a certificate and the proof, or with none.
pub(super) fn authenticate(
    config: &ClientConfig,
    suite: Suite13,
    request: &CertificateRequest,
    connection: &mut Connection,
) -> Result<(), Error> {
    let scheme = own_scheme(config, request);
    let identity = config.identity.as_ref().filter(|_| scheme.is_some());
    let chain = identity.map_or(&[][..], |own| &own.chain);
    let context = request.certificate_request_context.clone();
    connection.send_flight(vec![Handshake::new(Certificate::of(chain, context))])?;
    match (identity, scheme) {
        (Some(identity), Some(scheme)) => connection.prove(suite, scheme, &identity.key),
        _ => Ok(()),
    }
}

/// The signature algorithm for the client's own key, of those that the server can verify; none if it
/// has no certificate that allows signatures (RFC 9846 §4.5.1.2).
fn own_scheme(config: &ClientConfig, request: &CertificateRequest) -> Option<SignatureScheme> {
    let key = server_flight::signer(config)?.key.kind();
    let accepted = match request.extension(ExtensionType::SIGNATURE_ALGORITHMS) {
        Some(ExtensionBody::SignatureSchemes(schemes)) => schemes.as_slice(),
        _ => &[],
    };
    let means = SignatureScheme::algorithm13;
    session::common_scheme(&config.preferences, accepted, &key, means)
}
