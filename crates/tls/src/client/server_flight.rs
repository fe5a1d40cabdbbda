//! What the server says of itself: certificate, key exchange, request, done.

use std::sync::Arc;

use padlock_pki::certificate;
use padlock_pki::key::{KeyKind, PublicKey};
use padlock_pki::verify::{KeyUse, Purpose, Request};
use padlock_wire::{Section, Structure};

use super::{State, key_exchange};
use crate::codes::{ClientCertificateType, HandshakeType, SignatureScheme};
use crate::config::{ClientConfig, Identity};
use crate::connection::{Connection, Incoming};
use crate::crypto::kx::Group;
use crate::error::{Arrival, Error, ErrorKind, IllegalParameter};
use crate::messages::{Body, Certificate, CertificateRequest, ServerKeyExchange};
use crate::session::{self, Session};
use crate::trace::{CheckKind, EventKind, Party};
use crate::value::{Formula, ValueName};

/// The server's certificates are awaited.
#[derive(Debug)]
pub(super) struct ExpectCertificate {
    pub(super) config: Arc<ClientConfig>,
    pub(super) session: Session,
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
        let Self { config, session } = self;
        let key_exchange = session.suite.key_exchange;
        let key_use = key_exchange.key_use();
        let server_key = judge(&config, key_use, &message.certificate_list, connection)?;
        if !key_exchange.suits(&server_key.kind()) {
            return Err(IllegalParameter::CertificateKey.into());
        }
        report_key(&server_key, connection);
        Ok(match key_exchange.is_ephemeral() {
            true => State::KeyExchange(ExpectServerKeyExchange {
                config,
                session,
                server_key,
            }),
            false => {
                let exchange = Exchange::Rsa(server_key);
                State::Request(ExpectCertificateRequest {
                    config,
                    session,
                    exchange,
                })
            }
        })
    }
}

/// Reports the server's certified key.
pub(super) fn report_key(key: &PublicKey, connection: &mut Connection) {
    let name = ValueName::CertifiedPublicKey(Party::Server);
    let formula = Formula::ReadFrom(Certificate::NAME);
    let section = Section::new(5280, "4.1.2.7");
    connection
        .reporter
        .value(name, formula, &[], key.spki_der(), section);
}

/// Judges the server's certificates, and gives the key of the first.
pub(super) fn judge(
    config: &ClientConfig,
    key_use: KeyUse,
    certificates: &[Vec<u8>],
    connection: &mut Connection,
) -> Result<PublicKey, Error> {
    let [end_entity, ..] = certificates else {
        return Err(ErrorKind::NoCertificate.into());
    };
    let chain: Vec<_> = certificates.iter().map(Vec::as_slice).collect();
    let anchors: Vec<_> = config.anchors.iter().map(Vec::as_slice).collect();
    let request = Request {
        chain: &chain,
        anchors: &anchors,
        name: Some(&config.server_name),
        now: connection.now,
        purpose: Purpose::Server,
        key_use,
    };
    let revocation = &config.revocation;
    let verdict = session::verdict(&request, &revocation.crls, revocation.asks_for_status);
    let failure = verdict.failure_kind();
    connection
        .reporter
        .report(|| EventKind::Certificates(verdict));
    if let Some(failure) = failure {
        return Err(ErrorKind::Certificate(failure).into());
    }
    let unusable = |_| {
        Error::from(ErrorKind::Certificate(
            padlock_pki::verify::Failure::Malformed,
        ))
    };
    certificate::public_key(end_entity).map_err(unusable)
}

/// How the pre-master secret will come to both sides.
#[derive(Debug)]
pub(super) enum Exchange {
    /// Encrypted to this key.
    Rsa(PublicKey),
    /// By agreement with this public key in this group.
    Ecdhe {
        code: crate::codes::NamedGroup,
        group: Group,
        public_key: Vec<u8>,
    },
}

/// The server's ephemeral key is awaited.
#[derive(Debug)]
pub(super) struct ExpectServerKeyExchange {
    config: Arc<ClientConfig>,
    session: Session,
    server_key: PublicKey,
}

impl ExpectServerKeyExchange {
    pub(super) const AWAITS: Arrival = Arrival::Handshake(HandshakeType::SERVER_KEY_EXCHANGE);

    pub(super) fn handle(
        self,
        connection: &mut Connection,
        incoming: Incoming,
    ) -> Result<State, Error> {
        let Incoming::Message(Body::ServerKeyExchange(message), bytes) = incoming else {
            return Err(incoming.unexpected(Self::AWAITS));
        };
        connection.transcript.extend_from_slice(&bytes);
        let Self {
            config,
            session,
            server_key,
        } = self;
        let ServerKeyExchange { parameters, signed } = message;
        let code = parameters.group;
        let group = session::computable(code)?;
        if !config.preferences.groups.contains(&code) {
            return Err(IllegalParameter::Group.into());
        }
        let scheme = signed.algorithm;
        if !config.preferences.schemes.contains(&scheme) {
            return Err(IllegalParameter::Signature.into());
        }
        read_parameters(&parameters, &signed.signature, connection)?;
        let message = session.signed_parameters(&parameters, &mut connection.reporter)?;
        session::verify_signature(
            &server_key,
            scheme,
            &message,
            &signed.signature,
            CheckKind::KeyExchangeSignature(scheme),
            Section::new(8422, "5.4"),
            &mut connection.reporter,
        )?;
        if let Some(agreement) = &mut connection.agreement {
            agreement.group = Some(code);
            let agreement = agreement.clone();
            connection.reporter.report(|| EventKind::Agreed(agreement));
        }
        let exchange = Exchange::Ecdhe {
            code,
            group,
            public_key: parameters.public_key,
        };
        Ok(State::Request(ExpectCertificateRequest {
            config,
            session,
            exchange,
        }))
    }
}

fn read_parameters(
    parameters: &crate::messages::EcdhParameters,
    signature: &[u8],
    connection: &mut Connection,
) -> Result<(), Error> {
    let encoded = parameters.to_bytes()?;
    let section = Section::new(8422, "5.4");
    for (name, bytes) in [
        (
            ValueName::EphemeralPublicKey(Party::Server),
            &parameters.public_key[..],
        ),
        (ValueName::KeyExchangeParameters, &encoded),
        (ValueName::KeyExchangeSignature, signature),
    ] {
        let formula = Formula::ReadFrom(ServerKeyExchange::NAME);
        connection
            .reporter
            .value(name, formula, &[], bytes, section);
    }
    Ok(())
}

/// CertificateRequest or, if the server asks for none, ServerHelloDone is awaited.
#[derive(Debug)]
pub(super) struct ExpectCertificateRequest {
    config: Arc<ClientConfig>,
    session: Session,
    exchange: Exchange,
}

impl ExpectCertificateRequest {
    pub(super) fn handle(
        self,
        connection: &mut Connection,
        incoming: Incoming,
    ) -> Result<State, Error> {
        let Self {
            config,
            session,
            exchange,
        } = self;
        let done = |request| ExpectServerHelloDone {
            config,
            session,
            exchange,
            request,
        };
        match incoming {
            Incoming::Message(Body::CertificateRequest(request), bytes) => {
                connection.transcript.extend_from_slice(&bytes);
                Ok(State::Done(done(Some(request))))
            }
            other => done(None).handle(connection, other),
        }
    }
}

/// ServerHelloDone is awaited.
#[derive(Debug)]
pub(super) struct ExpectServerHelloDone {
    pub(super) config: Arc<ClientConfig>,
    pub(super) session: Session,
    pub(super) exchange: Exchange,
    pub(super) request: Option<CertificateRequest>,
}

impl ExpectServerHelloDone {
    pub(super) const AWAITS: Arrival = Arrival::Handshake(HandshakeType::SERVER_HELLO_DONE);

    pub(super) fn handle(
        self,
        connection: &mut Connection,
        incoming: Incoming,
    ) -> Result<State, Error> {
        let Incoming::Message(Body::ServerHelloDone(_), bytes) = incoming else {
            return Err(incoming.unexpected(Self::AWAITS));
        };
        connection.transcript.extend_from_slice(&bytes);
        key_exchange::answer(self, connection)
    }
}

/// The client's own certificate, and the signature algorithm for its key, of those that the server
/// can verify; none if the server does not take keys of that kind, or the client has no certificate
/// that allows signatures (RFC 5246 §7.4.6, RFC 8422 §5.5). Whether one of the server's authorities
/// vouches for the certificate (it should), the server finds out.
pub(super) fn own<'c>(
    config: &'c ClientConfig,
    request: &CertificateRequest,
) -> Option<(&'c Identity, SignatureScheme)> {
    #[cfg_attr(
        not(feature = "tls13"),
        expect(unused_mut, reason = "nothing is sorted")
    )]
    let mut signers = signers(config);
    #[cfg(feature = "tls13")]
    crate::selection::Wanted::by_server(request).sort(&mut signers);
    signers.into_iter().find_map(|identity| {
        let key = identity.key.kind();
        let certificate_type = match key {
            KeyKind::Rsa { .. } => ClientCertificateType::RSA_SIGN,
            _ => ClientCertificateType::ECDSA_SIGN,
        };
        if !request.certificate_types.contains(&certificate_type) {
            return None;
        }
        let accepted = &request.supported_signature_algorithms;
        let means = SignatureScheme::algorithm;
        let scheme = session::common_scheme(&config.preferences, accepted, &key, means)?;
        Some((identity, scheme))
    })
}

/// The client's certificates that allow signatures.
pub(super) fn signers(config: &ClientConfig) -> Vec<&Identity> {
    let own = config.identities.iter();
    own.filter(|own| session::may(own, KeyUse::Signature))
        .collect()
}

#[cfg(test)]
mod tests {
    use padlock_pki::demo::{Authority, Holder, KeyChoice, Spec};
    use padlock_pki::time::UnixSeconds;

    use super::*;
    use crate::config::{Behaviour, ClientTls13, Preferences};

    #[test]
    fn a_certificate_is_shown_where_its_type_is_asked_for() {
        const RSA: ClientCertificateType = ClientCertificateType::RSA_SIGN;
        const ECDSA: ClientCertificateType = ClientCertificateType::ECDSA_SIGN;
        const NOW: i64 = 1_795_000_000;
        for (key, asked, expected) in [
            (KeyChoice::Rsa, RSA, true),
            (KeyChoice::Rsa, ECDSA, false),
            (KeyChoice::P256, RSA, false),
            (KeyChoice::P256, ECDSA, true),
            (KeyChoice::Ed25519, RSA, false),
            (KeyChoice::Ed25519, ECDSA, true),
        ] {
            let spec = Spec {
                key,
                ..Spec::new(Holder::Hr)
            };
            let identity = Authority::new(NOW).unwrap().identity(spec).unwrap();
            let preferences = Preferences::default();
            let request = CertificateRequest {
                certificate_types: vec![asked],
                supported_signature_algorithms: preferences.schemes.clone(),
                certificate_authorities: Vec::new(),
            };
            let config = ClientConfig {
                server_name: "shop.example".to_owned(),
                anchors: Vec::new(),
                identities: vec![identity],
                now: UnixSeconds(NOW),
                preferences,
                behaviour: Behaviour::default(),
                revocation: crate::config::Revocation::default(),
                tls13: ClientTls13::default(),
            };
            let shown = own(&config, &request).is_some();
            assert_eq!(shown, expected, "{key:?} for {asked}");
        }
    }
}
