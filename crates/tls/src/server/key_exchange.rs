//! The server's side of the key exchange.

use std::sync::Arc;

use padlock_pki::key::PrivateKey;
use padlock_wire::{Section, Structure};

use super::State;
use super::client_finished::ExpectChangeCipherSpec;
use super::client_flight::ExpectCertificateVerify;
use crate::codes::{HandshakeType, NamedGroup, ProtocolVersion, SignatureScheme};
use crate::config::ServerConfig;
use crate::connection::{CURVES, Connection, Incoming};
use crate::crypto::kx::EphemeralKey;
use crate::crypto::{self, pkcs1};
use crate::error::{Arrival, Error};
use crate::messages::{
    Body, ClientKeyExchange, DigitallySigned, EcdhParameters, ServerKeyExchange,
};
use crate::report::Reporter;
use crate::schedule::PreMasterSecret;
use crate::session::{self, Session};
use crate::trace::Party;
use crate::value::{Formula, ValueName};

/// What the server needs to learn the pre-master secret.
#[derive(Debug)]
pub(super) enum Exchange {
    /// The key that opens it.
    Rsa(PrivateKey),
    /// The key that agrees on it.
    Ecdhe(NamedGroup, Ephemeral),
}

/// An ephemeral key that does not show itself by accident.
pub(super) struct Ephemeral(EphemeralKey);

impl std::fmt::Debug for Ephemeral {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Ephemeral").finish_non_exhaustive()
    }
}

/// Makes an ephemeral key and signs its public half (RFC 8422 §5.4).
pub(super) fn offer(
    code: NamedGroup,
    scheme: SignatureScheme,
    certified: &PrivateKey,
    session: &Session,
    connection: &mut Connection,
) -> Result<(ServerKeyExchange, Exchange), Error> {
    let group = session::computable(code)?;
    let key = EphemeralKey::generate(group, &mut connection.random.fork("ephemeral key"))?;
    connection.report_ephemeral(code, &key, CURVES);
    let parameters = EcdhParameters {
        group: code,
        public_key: key.public_bytes().to_vec(),
    };
    let message = session.signed_parameters(&parameters, &mut connection.reporter)?;
    let signature = connection.sign(
        ValueName::KeyExchangeSignature,
        scheme,
        certified,
        (ValueName::SignedParameters, &message),
        Section::new(8422, "5.4"),
    )?;
    let signed = DigitallySigned {
        algorithm: scheme,
        signature,
    };
    let exchange = Exchange::Ecdhe(code, Ephemeral(key));
    Ok((ServerKeyExchange { parameters, signed }, exchange))
}

/// The client's share of the key exchange is awaited.
#[derive(Debug)]
pub(super) struct ExpectClientKeyExchange {
    pub(super) config: Arc<ServerConfig>,
    pub(super) session: Session,
    pub(super) exchange: Exchange,
    /// The version that the client offered, which must stand in the pre-master secret.
    pub(super) client: ProtocolVersion,
}

impl ExpectClientKeyExchange {
    pub(super) const AWAITS: Arrival = Arrival::Handshake(HandshakeType::CLIENT_KEY_EXCHANGE);

    pub(super) fn handle(
        self,
        connection: &mut Connection,
        incoming: Incoming,
    ) -> Result<State, Error> {
        let Incoming::Message(Body::ClientKeyExchange(message), bytes) = incoming else {
            return Err(incoming.unexpected(Self::AWAITS));
        };
        connection.transcript.extend_from_slice(&bytes);
        let Self {
            config,
            session,
            exchange,
            client,
        } = self;
        let pre_master = match (&exchange, message) {
            (Exchange::Rsa(key), ClientKeyExchange::Rsa(encrypted)) => {
                open_pre_master(key, client, &encrypted, connection)
            }
            (Exchange::Ecdhe(code, Ephemeral(key)), ClientKeyExchange::Ecdhe(public_key)) => {
                let name = ValueName::EphemeralPublicKey(Party::Client);
                let formula = Formula::ReadFrom(ClientKeyExchange::NAME);
                let section = Section::new(8422, "5.7");
                connection
                    .reporter
                    .value(name, formula, &[], &public_key, section);
                let name = ValueName::PreMasterSecret;
                PreMasterSecret::new(connection.agree(name, *code, key, &public_key, CURVES)?)
            }
            (_, other) => {
                let incoming = Incoming::Message(Body::ClientKeyExchange(other), bytes);
                return Err(incoming.unexpected(Self::AWAITS));
            }
        };
        let reporter = &mut connection.reporter;
        let hash = session.suite.hash;
        let master = match session.extended_master_secret {
            true => pre_master.extended_master(hash, &connection.transcript, reporter),
            false => pre_master.master(hash, &session.randoms, reporter),
        };
        let keys = master.key_block(session.suite, &session.randoms, reporter);
        let next = ExpectChangeCipherSpec {
            session,
            master,
            keys,
            resumed: false,
        };
        Ok(match connection.peer_key.take() {
            Some(client_key) => State::CertificateVerify(ExpectCertificateVerify {
                config,
                client_key,
                next,
            }),
            None => State::ChangeCipherSpec(next),
        })
    }
}

/// Opens the pre-master secret, or takes a random one and does not let on (RFC 5246 §7.4.7.1):
/// a wrong padding, version or length shows only when Finished does not fit.
fn open_pre_master(
    key: &PrivateKey,
    version: ProtocolVersion,
    encrypted: &[u8],
    connection: &mut Connection,
) -> PreMasterSecret {
    let mut fallback: [u8; pkcs1::PREMASTER_LENGTH] =
        connection.random.fork("fallback pre-master secret").bytes();
    let expected = version.0.to_be_bytes();
    fallback[..2].copy_from_slice(&expected);
    // What is not below the modulus is a faulty block like any other.
    let block = key.decrypt_raw(encrypted).unwrap_or_default();
    let secret = pkcs1::open_premaster(&block, expected, fallback);
    if connection.reporter.is_listening() {
        let reporter = &mut connection.reporter;
        report_opening(
            key,
            version,
            encrypted,
            (&block, fallback, secret),
            reporter,
        );
    }
    PreMasterSecret::new(secret.to_vec())
}

/// Reports where the pre-master secret comes from. Who listens sees all secrets anyway: here, and
/// nowhere else, it may show whether there was a fault.
fn report_opening(
    key: &PrivateKey,
    version: ProtocolVersion,
    encrypted: &[u8],
    (block, fallback, secret): (
        &[u8],
        [u8; pkcs1::PREMASTER_LENGTH],
        [u8; pkcs1::PREMASTER_LENGTH],
    ),
    reporter: &mut Reporter,
) {
    let section = Section::new(5246, "7.4.7.1");
    let formula = Formula::ReadFrom(ClientKeyExchange::NAME);
    let name = ValueName::EncryptedPreMasterSecret;
    reporter.value(name, formula, &[], encrypted, section);
    if !block.is_empty() {
        let private = key.to_pkcs8_der().unwrap_or_default();
        let inputs = [
            (ValueName::EncryptedPreMasterSecret, encrypted),
            (ValueName::CertifiedPrivateKey(Party::Server), &private),
        ];
        let name = ValueName::EncryptionBlock;
        reporter.value(name, Formula::RsaDecrypt, &inputs, block, section);
    }
    let opened = (ValueName::EncryptionBlock, block);
    let instead = (ValueName::FallbackPreMasterSecret, &fallback[..]);
    let name = ValueName::PreMasterSecret;
    if !crypto::equal(&secret, &fallback) {
        return reporter.value(name, Formula::Pkcs1Unpad, &[opened], &secret, section);
    }
    let drawn = &fallback[2..];
    let random = ValueName::FallbackRandom;
    reporter.value(random, Formula::Drawn, &[], drawn, section);
    let inputs = [(random, drawn)];
    reporter.value(instead.0, Formula::PreMaster, &inputs, &fallback, section);
    match block.is_empty() {
        true => reporter.value(name, Formula::Join, &[instead], &secret, section),
        false => {
            let formula = Formula::Pkcs1UnpadOr { version };
            reporter.value(name, formula, &[opened, instead], &secret, section);
        }
    }
}
