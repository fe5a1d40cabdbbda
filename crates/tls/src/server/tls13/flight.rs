//! The rest of the server's flight: parameters, certificate, proof, Finished.

use std::sync::Arc;

use padlock_pki::time::UnixSeconds;

use super::client_flight::{ExpectCertificate, ExpectEndOfEarlyData, ExpectFinished};
use super::{Session, State};
use crate::codes::{ExtensionType, SignatureScheme};
use crate::config::{Identity, ServerConfig};
use crate::connection::Connection;
use crate::error::Error;
use crate::messages::tls13::{Certificate, CertificateRequest, EncryptedExtensions};
use crate::messages::{ClientHello, Extension, ExtensionBody, Handshake};
use crate::schedule::tls13::{EarlySecret, HandshakeSecret, TrafficSecret};
use crate::server::hello;
use crate::suite::Suite13;
use crate::trace::{EventKind, Party};
use crate::value::Point;

/// What the hellos settled.
pub(super) struct Settled<'c> {
    pub(super) suite: Suite13,
    pub(super) secret: HandshakeSecret,
    /// The certificate to show and the algorithm to sign with; none with a pre-shared key.
    pub(super) certified: Option<(&'c Identity, SignatureScheme)>,
    /// The name that the client wants and that the certificate is for, this one or that of the
    /// resumed session; empty if it is not.
    pub(super) name: Vec<u8>,
    /// What the early data is protected with and how many bytes it may have, if it is taken.
    pub(super) early: Option<(TrafficSecret, u32)>,
    /// When the session began, if it is resumed.
    pub(super) authenticated: Option<UnixSeconds>,
    /// Whether the client can do something with tickets.
    pub(super) resumable: bool,
}

/// What early data is protected with. `ServerHello` is not in the transcript yet.
pub(super) fn early_traffic(
    suite: Suite13,
    early: &EarlySecret,
    connection: &mut Connection,
) -> TrafficSecret {
    let messages = connection.transcript_hash(suite, Point::ClientHello);
    let _for_nobody_yet = early.exporter(&messages, &mut connection.reporter);
    early.traffic(&messages, &mut connection.reporter)
}

/// Sends all that comes behind `ServerHello`, and says what is awaited then.
pub(super) fn send(
    config: &ServerConfig,
    hello: &ClientHello,
    settled: Settled<'_>,
    connection: &mut Connection,
) -> Result<impl FnOnce(Arc<ServerConfig>) -> State + use<>, Error> {
    let Settled {
        suite,
        secret,
        certified,
        name,
        early,
        authenticated,
        resumable,
    } = settled;
    let hellos = connection.transcript_hash(suite, Point::ServerHello);
    let reporter = &mut connection.reporter;
    let client = secret.traffic(Party::Client, &hellos, reporter);
    let server = secret.traffic(Party::Server, &hellos, reporter);
    if !hello.session_id.is_empty() {
        connection.send_compatible_change_cipher_spec()?;
    }
    connection.write_with(suite, server.clone())?;
    let takes_early_data = early.is_some();
    match early {
        Some((early, most)) => {
            let most = usize::try_from(most).unwrap_or(usize::MAX);
            connection.tls13.early_data_left = Some(most);
            connection.read_with(suite, early)?;
        }
        None => connection.read_with(suite, client.clone())?,
    }
    let mut extensions = answers(!name.is_empty(), connection, takes_early_data);
    extensions.extend(connection.answer_limit(hello, config.tls13.record_size_limit)?);
    let mut messages = vec![Handshake::new(EncryptedExtensions { extensions })];
    // RFC 9846 §4.7.2: who says so can be asked later, unless a key that was given to both sides
    // stands in for certificates.
    let external = connection.uses_external_psk();
    let may_ask_later = config.client_authentication.is_some()
        && config.tls13.post_handshake_auth
        && !external
        && hello
            .extension(ExtensionType::POST_HANDSHAKE_AUTH)
            .is_some();
    let asked = certified.is_some() && config.client_authentication.is_some() && !may_ask_later;
    if asked {
        messages.push(Handshake::new(certificate_request(config)?));
    }
    if let Some((identity, _)) = certified {
        messages.push(Handshake::new(Certificate::of(&identity.chain, Vec::new())));
    }
    if let Some((identity, _)) = certified {
        hello::report_key(identity, connection);
    }
    connection.send_flight(messages)?;
    if let Some((identity, scheme)) = certified {
        connection.prove(suite, scheme, &identity.key)?;
    }
    connection.finish(suite, &server)?;

    let main = secret.main(&mut connection.reporter);
    let messages = connection.transcript_hash(suite, Point::Finished(Party::Server));
    let reporter = &mut connection.reporter;
    let client_application = main.traffic(Party::Client, &messages, reporter);
    let server_application = main.traffic(Party::Server, &messages, reporter);
    let exporter = main.exporter(&messages, reporter);
    connection.keep_exporter(exporter);
    connection.write_with(suite, server_application)?;
    let session = Session {
        suite,
        client,
        client_application,
        main,
        name,
        authenticated,
        resumable,
        asked,
        may_ask_later,
    };
    Ok(move |config| match takes_early_data {
        true => State::EndOfEarlyData(Box::new(ExpectEndOfEarlyData { config, session })),
        false => after_early_data(config, session),
    })
}

/// What is awaited once there is no early data any more.
pub(super) fn after_early_data(config: Arc<ServerConfig>, session: Session) -> State {
    match session.asked {
        true => State::Certificate(Box::new(ExpectCertificate { config, session })),
        false => State::Finished(Box::new(ExpectFinished { config, session })),
    }
}

/// Answers to the client's extensions.
fn answers(named: bool, connection: &mut Connection, early_data: bool) -> Vec<Extension> {
    let mut all = Vec::new();
    let mut add = |kind, body| all.push(Extension::new(kind, body));
    if named {
        add(ExtensionType::SERVER_NAME, ExtensionBody::Empty);
    }
    if let Some(agreement) = connection.agreement.clone() {
        if let Some(protocol) = &agreement.protocol {
            let kind = ExtensionType::APPLICATION_LAYER_PROTOCOL_NEGOTIATION;
            add(kind, ExtensionBody::Protocols(vec![protocol.clone()]));
        }
        connection.reporter.report(|| EventKind::Agreed(agreement));
    }
    if early_data {
        add(ExtensionType::EARLY_DATA, ExtensionBody::Empty);
    }
    all
}

pub(super) fn certificate_request(config: &ServerConfig) -> Result<CertificateRequest, Error> {
    let schemes = config.preferences.schemes.clone();
    let mut extensions = vec![Extension::new(
        ExtensionType::SIGNATURE_ALGORITHMS,
        ExtensionBody::SignatureSchemes(schemes),
    )];
    let names = match &config.client_authentication {
        Some(authentication) => hello::authorities(authentication)?,
        None => Vec::new(),
    };
    if !names.is_empty() {
        let body = ExtensionBody::Authorities(names);
        extensions.push(Extension::new(ExtensionType::CERTIFICATE_AUTHORITIES, body));
    }
    Ok(CertificateRequest {
        certificate_request_context: Vec::new(),
        extensions,
    })
}
