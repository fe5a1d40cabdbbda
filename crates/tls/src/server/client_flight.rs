//! The client's certificate, and the proof that it holds the key.

use std::sync::Arc;

use padlock_pki::certificate;
use padlock_pki::key::PublicKey;
use padlock_pki::verify::{Failure, KeyUse, Purpose, Request};
use padlock_wire::{Section, Structure};

use super::State;
use super::client_finished::ExpectChangeCipherSpec;
use super::key_exchange::ExpectClientKeyExchange;
use crate::codes::HandshakeType;
use crate::config::{ClientAuthentication, ServerConfig};
use crate::connection::{Connection, Incoming};
use crate::error::{Arrival, Error, ErrorKind, IllegalParameter};
use crate::messages::{Body, Certificate, CertificateVerify};
use crate::session;
use crate::trace::{CheckKind, EventKind, Party};
use crate::value::{Formula, ValueName};

/// The client's certificates are awaited.
#[derive(Debug)]
pub(super) struct ExpectCertificate {
    pub(super) next: ExpectClientKeyExchange,
}

impl ExpectCertificate {
    pub(super) const AWAITS: Arrival = Arrival::Handshake(HandshakeType::CERTIFICATE);

    pub(super) fn handle(
        self,
        connection: &mut Connection,
        incoming: Incoming,
    ) -> Result<State, Error> {
        let Incoming::Message(Body::Certificate(message), bytes) = incoming else {
            return Err(incoming.unexpected(Self::AWAITS));
        };
        connection.transcript.extend_from_slice(&bytes);
        let config = &self.next.config;
        if let Some(authentication) = &config.client_authentication {
            let found = judge(authentication, message.certificate_list, connection)?;
            if !found && authentication.required {
                return Err(ErrorKind::NoCertificate.into());
            }
        }
        Ok(State::KeyExchange(self.next))
    }
}

/// Judges the client's certificates and keeps the key of the first; says whether there were any.
pub(super) fn judge(
    authentication: &ClientAuthentication,
    certificates: Vec<Vec<u8>>,
    connection: &mut Connection,
) -> Result<bool, Error> {
    let [end_entity, ..] = certificates.as_slice() else {
        return Ok(false);
    };
    check(authentication, &certificates, connection)?;
    let unusable = |_| Error::from(ErrorKind::Certificate(Failure::Malformed));
    let key = certificate::public_key(end_entity).map_err(unusable)?;
    let name = ValueName::CertifiedPublicKey(Party::Client);
    let formula = Formula::ReadFrom(Certificate::NAME);
    let section = Section::new(5280, "4.1.2.7");
    connection
        .reporter
        .value(name, formula, &[], key.spki_der(), section);
    connection.peer_key = Some(key);
    connection.shown_certificates = certificates;
    Ok(true)
}

/// Judges a client's certificates, and reports the verdict.
pub(super) fn check(
    authentication: &ClientAuthentication,
    certificates: &[Vec<u8>],
    connection: &mut Connection,
) -> Result<(), Error> {
    let chain: Vec<_> = certificates.iter().map(Vec::as_slice).collect();
    let anchors: Vec<_> = authentication.anchors.iter().map(Vec::as_slice).collect();
    let request = Request {
        chain: &chain,
        anchors: &anchors,
        name: None,
        now: connection.now,
        purpose: Purpose::Client,
        key_use: KeyUse::Signature,
    };
    let verdict = session::verdict(&request, &authentication.crls, false);
    let failure = verdict.failure_kind();
    connection
        .reporter
        .report(|| EventKind::Certificates(verdict));
    match failure {
        None => Ok(()),
        Some(failure) => Err(ErrorKind::Certificate(failure).into()),
    }
}

/// Whether the server lets a client in, by today's rules, that showed in its session what it did:
/// certificates are judged again, and where they are required there must be some. If not, a full
/// handshake gives the client the chance to show others.
#[cfg(feature = "tls13")]
pub(super) fn is_welcome(
    config: &ServerConfig,
    shown: &[Vec<u8>],
    connection: &mut Connection,
) -> bool {
    match &config.client_authentication {
        None => true,
        Some(authentication) if shown.is_empty() => !authentication.required,
        Some(authentication) => check(authentication, shown, connection).is_ok(),
    }
}

/// The proof that the client holds the key of its certificate is awaited.
#[derive(Debug)]
pub(super) struct ExpectCertificateVerify {
    pub(super) config: Arc<ServerConfig>,
    pub(super) client_key: PublicKey,
    pub(super) next: ExpectChangeCipherSpec,
}

impl ExpectCertificateVerify {
    pub(super) const AWAITS: Arrival = Arrival::Handshake(HandshakeType::CERTIFICATE_VERIFY);

    pub(super) fn handle(
        self,
        connection: &mut Connection,
        incoming: Incoming,
    ) -> Result<State, Error> {
        let Incoming::Message(Body::CertificateVerify(message), bytes) = incoming else {
            return Err(incoming.unexpected(Self::AWAITS));
        };
        let signed = message.signed;
        if !self.config.preferences.schemes.contains(&signed.algorithm) {
            return Err(IllegalParameter::Signature.into());
        }
        let name = ValueName::CertificateVerifySignature;
        let formula = Formula::ReadFrom(CertificateVerify::NAME);
        let section = Section::new(5246, "7.4.8");
        connection
            .reporter
            .value(name, formula, &[], &signed.signature, section);
        session::verify_signature(
            &self.client_key,
            signed.algorithm,
            &connection.transcript,
            &signed.signature,
            CheckKind::CertificateVerifySignature(signed.algorithm),
            section,
            &mut connection.reporter,
        )?;
        connection.accept_peer();
        connection.transcript.extend_from_slice(&bytes);
        Ok(State::ChangeCipherSpec(self.next))
    }
}
