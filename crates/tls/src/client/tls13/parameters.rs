//! EncryptedExtensions in.

use std::sync::Arc;

use super::server_flight::ExpectCertificateRequest;
use super::{EarlyData, Session, State, finish, grease};
use crate::client::{self, hello};
use crate::codes::{ExtensionType, HandshakeType};
use crate::config::ClientConfig;
use crate::connection::{Connection, Incoming};
use crate::error::{Arrival, Error, IllegalParameter};
use crate::messages::tls13::EncryptedExtensions;
use crate::messages::{Body, ExtensionBody, Place};
use crate::session;
use crate::trace::EventKind;

/// The rest of the server's parameters is awaited.
#[derive(Debug)]
pub(in crate::client) struct ExpectEncryptedExtensions {
    pub(super) config: Arc<ClientConfig>,
    pub(super) asked: Vec<ExtensionType>,
    pub(super) session: Session,
}

/// The extensions that may stand in EncryptedExtensions, of those known here (RFC 9846 §4.3).
const ALLOWED: [ExtensionType; 7] = [
    ExtensionType::SERVER_NAME,
    ExtensionType::MAX_FRAGMENT_LENGTH,
    ExtensionType::SUPPORTED_GROUPS,
    ExtensionType::APPLICATION_LAYER_PROTOCOL_NEGOTIATION,
    ExtensionType::RECORD_SIZE_LIMIT,
    ExtensionType::EARLY_DATA,
    // What a server has to say to a sham one is ignored (RFC 9849 §6.2.1).
    ExtensionType::ENCRYPTED_CLIENT_HELLO,
];

impl ExpectEncryptedExtensions {
    pub(super) const AWAITS: Arrival = Arrival::Handshake(HandshakeType::ENCRYPTED_EXTENSIONS);

    pub(super) fn handle(
        self,
        connection: &mut Connection,
        incoming: Incoming,
    ) -> Result<client::State, Error> {
        let Incoming::Message(Body::EncryptedExtensions(message), bytes) = incoming else {
            return Err(incoming.unexpected(Self::AWAITS));
        };
        connection.transcript.extend_from_slice(&bytes);
        let Self {
            config,
            asked,
            mut session,
        } = self;
        session::check_answers(&message.extensions, &asked, &ALLOWED)?;
        let sham = message.extension(ExtensionType::ENCRYPTED_CLIENT_HELLO);
        grease::check_answer(sham, Place::EncryptedExtensions)?;
        if let Some(ExtensionBody::ServerNames(_)) = message.extension(ExtensionType::SERVER_NAME) {
            return Err(session::misformed(ExtensionType::SERVER_NAME));
        }
        let protocol = hello::chosen_protocol(&config, message.extension(hello::PROTOCOLS))?;
        if let Some(ExtensionBody::RecordSizeLimit(limit)) =
            message.extension(ExtensionType::RECORD_SIZE_LIMIT)
        {
            connection.limit_records(*limit, config.tls13.record_size_limit)?;
        }
        settle_early_data(&message, &protocol, &mut session, connection)?;
        if let Some(agreement) = &mut connection.agreement {
            agreement.protocol = protocol;
            if let Some(psk) = &mut agreement.psk {
                psk.early_data = session.early_data == EarlyData::Accepted;
            }
            let agreement = agreement.clone();
            connection.reporter.report(|| EventKind::Agreed(agreement));
        }
        Ok(client::State::Tls13(match session.psk {
            true => State::Finished(Box::new(finish::ExpectFinished {
                config,
                session,
                request: None,
            })),
            false => State::Request(Box::new(ExpectCertificateRequest { config, session })),
        }))
    }
}

/// Learns whether the server takes the early data. What it does not take is not sent again: that is
/// the application's business. It may take it only with the suite and the application protocol that it
/// was written for (RFC 9846 §4.3.10).
fn settle_early_data(
    message: &EncryptedExtensions,
    protocol: &Option<Vec<u8>>,
    session: &mut Session,
    connection: &mut Connection,
) -> Result<(), Error> {
    let accepted = message.extension(ExtensionType::EARLY_DATA).is_some();
    match (session.early_data, accepted) {
        (EarlyData::Sent { chosen: true }, true) if session.early_protocol == *protocol => {
            session.early_data = EarlyData::Accepted;
        }
        (_, true) => {
            return Err(IllegalParameter::Extension(ExtensionType::EARLY_DATA).into());
        }
        (EarlyData::Sent { .. }, false) => {
            session.early_data = EarlyData::None;
            connection.write_with(session.suite, session.client.clone())?;
        }
        _ => {}
    }
    Ok(())
}
