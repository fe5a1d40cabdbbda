//! The server's Finished in, the client's second flight out.

use std::sync::Arc;

use super::connected::Connected;
use super::{EarlyData, Session, State};
use crate::client::{self, server_flight};
use crate::codes::{ExtensionType, HandshakeType, SignatureScheme};
use crate::config::{ClientConfig, Identity};
use crate::connection::{Connection, Incoming};
use crate::error::{Arrival, Error};
use crate::messages::tls13::{Certificate, CertificateRequest, EndOfEarlyData};
use crate::messages::{Body, ExtensionBody, Handshake};
use crate::selection::Wanted;
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
    let own = own(config, request);
    let chain = own.map_or(&[][..], |(own, _)| &own.chain);
    let context = request.certificate_request_context.clone();
    connection.send_flight(vec![Handshake::new(Certificate::of(chain, context))])?;
    match own {
        Some((own, scheme)) => connection.prove(suite, scheme, &own.key),
        None => Ok(()),
    }
}

/// The client's own certificate, and the signature algorithm for its key, of those that the server
/// can verify; none if the client has no certificate that allows signatures (RFC 9846 §4.5.1.2).
fn own<'c>(
    config: &'c ClientConfig,
    request: &CertificateRequest,
) -> Option<(&'c Identity, SignatureScheme)> {
    let accepted = match request.extension(ExtensionType::SIGNATURE_ALGORITHMS) {
        Some(ExtensionBody::SignatureSchemes(schemes)) => schemes.as_slice(),
        _ => &[],
    };
    let mut signers = server_flight::signers(config);
    Wanted::by_server13(request).sort(&mut signers);
    signers.into_iter().find_map(|identity| {
        let (key, means) = (identity.key.kind(), SignatureScheme::algorithm13);
        let scheme = session::common_scheme(&config.preferences, accepted, &key, means)?;
        Some((identity, scheme))
    })
}
