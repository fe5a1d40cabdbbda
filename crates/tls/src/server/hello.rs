//! ClientHello in, the server's first flight out.

use std::sync::Arc;

use padlock_pki::certificate;
use padlock_pki::key::KeyKind;
use padlock_pki::verify::KeyUse;
use padlock_wire::{Section, Structure};

use super::key_exchange::{self, Exchange};
use super::{State, client_flight};
use crate::codes::{
    CipherSuite, ClientCertificateType, CompressionMethod, ExtensionType, HandshakeType, NameType,
    NamedGroup, PointFormat, ProtocolVersion, SignatureScheme,
};
use crate::config::{ClientAuthentication, Identity, ServerConfig};
use crate::connection::{Connection, Incoming};
use crate::error::{Arrival, Error, ErrorKind, IllegalParameter};
use crate::messages::{
    Body, Certificate, CertificateRequest, ClientHello, Extension, ExtensionBody, Handshake,
    ServerHello, ServerHelloDone,
};
use crate::schedule::Randoms;
use crate::session::{self, Session};
use crate::suite::{Cipher, KeyExchange, Suite};
use crate::trace::{Agreement, EventKind, Party};
use crate::value::{Formula, ValueName};

/// A client is awaited.
#[derive(Debug)]
pub(super) struct ExpectClientHello {
    pub(super) config: Arc<ServerConfig>,
}

/// What the server chooses from the client's offer.
struct Choice<'a> {
    suite: Suite,
    identity: &'a Identity,
    /// The group and the signature algorithm, with an ephemeral key exchange.
    ephemeral: Option<(NamedGroup, SignatureScheme)>,
}

impl ExpectClientHello {
    pub(super) const AWAITS: Arrival = Arrival::Handshake(HandshakeType::CLIENT_HELLO);

    pub(super) fn handle(
        self,
        connection: &mut Connection,
        incoming: Incoming,
    ) -> Result<State, Error> {
        let Incoming::Message(Body::ClientHello(hello), bytes) = incoming else {
            return Err(incoming.unexpected(Self::AWAITS));
        };
        connection.transcript.extend_from_slice(&bytes);
        check(&hello)?;
        read_random(&hello, connection);
        #[cfg(feature = "tls13")]
        if super::tls13::is_chosen(&self.config, &hello)? {
            return super::tls13::answer(self.config, hello, bytes, connection);
        }
        let renegotiation = hello.extension(ExtensionType::RENEGOTIATION_INFO);
        let renegotiation = session::check_renegotiation(renegotiation, &mut connection.reporter)?
            || hello
                .cipher_suites
                .contains(&CipherSuite::TLS_EMPTY_RENEGOTIATION_INFO_SCSV);

        #[cfg(feature = "tls13")]
        if let Some(found) = super::resumption::find(&self.config, &hello, connection)? {
            let config = &self.config;
            return super::resumption::answer(config, &hello, found, renegotiation, connection);
        }
        let choice = choose(&self.config, &hello)?;
        let group = choice.ephemeral.map(|(group, _)| group);
        let agreement = agreement(&self.config, &hello, choice.suite, group)?;
        connection.settle_tls12(choice.suite.key_exchange);
        connection.agreement = Some(agreement.clone());
        let random = draw_random(&self.config, connection);
        let session = Session {
            suite: choice.suite,
            randoms: Randoms {
                client: hello.random,
                server: random,
            },
            extended_master_secret: agreement.extended_master_secret,
        };
        let named = is_wanted(choice.identity, &hello);
        let mut answer = ServerHello {
            server_version: ProtocolVersion::TLS_1_2,
            random,
            session_id: Vec::new(),
            cipher_suite: choice.suite.code,
            compression_method: CompressionMethod::NULL,
            extensions: None,
        };
        let extensions = answers(&hello, &agreement, choice.suite, named, renegotiation);
        #[cfg(feature = "tls13")]
        let extensions = {
            let own = self.config.tls13.record_size_limit;
            let limit = connection.answer_limit(&hello, own)?;
            let (id, ticket) = super::resumption::promise(&self.config, &hello, connection);
            answer.session_id = id;
            let all = extensions.into_iter().chain(limit).chain(ticket);
            all.collect::<Vec<_>>()
        };
        // The field is left out if there are none.
        answer.extensions = Some(extensions).filter(|all| !all.is_empty());
        connection.reporter.report(|| EventKind::Agreed(agreement));
        report_key(choice.identity, connection);
        let exchange = first_flight(&self.config, choice, answer, &session, connection)?;
        let client = hello.client_version;
        let config = self.config;
        let asks = config.client_authentication.is_some();
        let next = key_exchange::ExpectClientKeyExchange {
            config,
            session,
            exchange,
            client,
        };
        Ok(match asks {
            true => State::Certificate(client_flight::ExpectCertificate { next }),
            false => State::KeyExchange(next),
        })
    }
}

/// How the random of a server ends that speaks TLS 1.3 and yet chooses 1.2 (RFC 9846 §4.2.3).
pub(crate) const DOWNGRADE: [u8; 8] = *b"DOWNGRD\x01";

/// Draws `ServerHello.random`.
pub(super) fn draw_random(config: &ServerConfig, connection: &mut Connection) -> [u8; 32] {
    let mut random: [u8; 32] = connection.random.fork("server random").bytes();
    if config.preferences.speaks(ProtocolVersion::TLS_1_3) {
        let [.., a, b, c, d, e, f, g, h] = &mut random;
        for (byte, sign) in [a, b, c, d, e, f, g, h].into_iter().zip(DOWNGRADE) {
            *byte = sign;
        }
    }
    let name = ValueName::Random(Party::Server);
    let section = Section::new(5246, "7.4.1.3");
    connection
        .reporter
        .value(name, Formula::Drawn, &[], &random, section);
    random
}

/// Reports `ClientHello.random`.
pub(super) fn read_random(hello: &ClientHello, connection: &mut Connection) {
    let name = ValueName::Random(Party::Client);
    let formula = Formula::ReadFrom(ClientHello::NAME);
    let section = Section::new(5246, "7.4.1.2");
    connection
        .reporter
        .value(name, formula, &[], &hello.random, section);
}

/// What must hold of any ClientHello.
fn check(hello: &ClientHello) -> Result<(), Error> {
    // Where supported_versions is understood, it alone decides (RFC 9846 §4.3.1); but SSL is never
    // spoken (§E.5).
    let versions = hello.extension(ExtensionType::SUPPORTED_VERSIONS);
    let least = match versions {
        Some(_) if cfg!(feature = "tls13") => ProtocolVersion::TLS_1_0,
        _ => ProtocolVersion::TLS_1_2,
    };
    if hello.client_version < least {
        return Err(ErrorKind::Version(hello.client_version).into());
    }
    if !hello.compression_methods.contains(&CompressionMethod::NULL) {
        return Err(IllegalParameter::Compression.into());
    }
    if let Some(ExtensionBody::PointFormats(formats)) =
        hello.extension(ExtensionType::EC_POINT_FORMATS)
        && !formats.contains(&PointFormat::UNCOMPRESSED)
    {
        return Err(IllegalParameter::PointFormats.into());
    }
    match hello.extension(ExtensionType::SERVER_NAME) {
        None => Ok(()),
        Some(ExtensionBody::ServerNames(names)) => {
            let hosts = names.iter().filter(|name| name.kind == NameType::HOST_NAME);
            match hosts.count() {
                0 | 1 => Ok(()),
                _ => Err(IllegalParameter::ServerName.into()),
            }
        }
        Some(_) => Err(session::misformed(ExtensionType::SERVER_NAME)),
    }
}

/// The best suite of the server's that the client offers and that a certificate, a group and a
/// signature algorithm serve.
fn choose<'a>(config: &'a ServerConfig, hello: &ClientHello) -> Result<Choice<'a>, Error> {
    let groups = match hello.extension(ExtensionType::SUPPORTED_GROUPS) {
        Some(ExtensionBody::Groups(groups)) => Some(groups.as_slice()),
        _ => None, // RFC 8422 §4: the client may mean any.
    };
    let schemes = match hello.extension(ExtensionType::SIGNATURE_ALGORITHMS) {
        Some(ExtensionBody::SignatureSchemes(schemes)) => schemes.as_slice(),
        _ => &[], // RFC 5246 §7.4.1.4.1 would mean SHA-1, which nobody should sign with.
    };
    let identities = identities(config, hello);
    let mut no_signature = false;
    for suite in config.preferences.known_suites() {
        if !hello.cipher_suites.contains(&suite.code) {
            continue;
        }
        for identity in &identities {
            let key = identity.key.kind();
            let key_use = suite.key_exchange.key_use();
            if !suite.key_exchange.suits(&key) || !may(config, identity, key_use) {
                continue;
            }
            if suite.key_exchange == KeyExchange::Rsa {
                return Ok(Choice {
                    suite,
                    identity,
                    ephemeral: None,
                });
            }
            let Some(group) = common_group(config, groups, &key) else {
                continue;
            };
            let means = SignatureScheme::algorithm;
            match session::common_scheme(&config.preferences, schemes, &key, means) {
                Some(scheme) => {
                    return Ok(Choice {
                        suite,
                        identity,
                        ephemeral: Some((group, scheme)),
                    });
                }
                None => no_signature = true,
            }
        }
    }
    Err(match no_signature {
        true => ErrorKind::NoCommonSignature.into(),
        false => ErrorKind::NoCommonSuite.into(),
    })
}

/// The certificates for the name that the client wants; all if there are none or it wants none
/// (RFC 6066 §3). What suits the client best comes first.
pub(super) fn identities<'a>(config: &'a ServerConfig, hello: &ClientHello) -> Vec<&'a Identity> {
    let mut all: Vec<_> = config.identities.iter().collect();
    if all.len() > 1 && all.iter().any(|identity| is_wanted(identity, hello)) {
        all.retain(|identity| is_wanted(identity, hello));
    }
    #[cfg(feature = "tls13")]
    crate::selection::Wanted::by_client(hello).sort(&mut all);
    all
}

/// Whether the certificate is for the name that the client wants.
pub(super) fn is_wanted(identity: &Identity, hello: &ClientHello) -> bool {
    let host = wanted_host(hello).and_then(|host| str::from_utf8(host).ok());
    match (host, identity.chain.first()) {
        (Some(host), Some(certificate)) => certificate::is_for(certificate, host),
        _ => false,
    }
}

/// The name of the host that the client wants (RFC 6066 §3).
pub(super) fn wanted_host(hello: &ClientHello) -> Option<&[u8]> {
    let Some(ExtensionBody::ServerNames(names)) = hello.extension(ExtensionType::SERVER_NAME)
    else {
        return None;
    };
    let host = names.iter().find(|name| name.kind == NameType::HOST_NAME);
    host.map(|host| &host.name[..])
}

/// Whether the certificate lets its key be used so, if the server cares.
pub(super) fn may(config: &ServerConfig, identity: &Identity, key_use: KeyUse) -> bool {
    config.behaviour.careless || session::may(identity, key_use)
}

/// The group for the ephemeral keys; the curve of an ECDSA certificate must be the client's too
/// (RFC 8422 §5.3).
fn common_group(
    config: &ServerConfig,
    offered: Option<&[NamedGroup]>,
    key: &KeyKind,
) -> Option<NamedGroup> {
    let is_offered = |group: &NamedGroup| offered.is_none_or(|groups| groups.contains(group));
    let certified = match key {
        KeyKind::P256 => is_offered(&NamedGroup::SECP256R1),
        KeyKind::P384 => is_offered(&NamedGroup::SECP384R1),
        _ => true,
    };
    let mut groups = config.preferences.groups.iter().copied();
    groups.find(|group| certified && is_offered(group) && group.group().is_some())
}

/// The best application protocol of the server's that the client offers (RFC 7301 §3.2).
pub(super) fn common_protocol(
    config: &ServerConfig,
    hello: &ClientHello,
) -> Result<Option<Vec<u8>>, Error> {
    let own = &config.preferences.protocols;
    let kind = ExtensionType::APPLICATION_LAYER_PROTOCOL_NEGOTIATION;
    Ok(match hello.extension(kind) {
        Some(ExtensionBody::Protocols(offered)) if !own.is_empty() => {
            let chosen = own.iter().find(|one| offered.contains(one));
            Some(chosen.cloned().ok_or(ErrorKind::NoCommonProtocol)?)
        }
        _ => None,
    })
}

/// What is agreed with this suite and, if ephemeral keys are made, in this group.
pub(super) fn agreement(
    config: &ServerConfig,
    hello: &ClientHello,
    suite: Suite,
    group: Option<NamedGroup>,
) -> Result<Agreement, Error> {
    let preferences = &config.preferences;
    let protocol = common_protocol(config, hello)?;
    Ok(Agreement {
        version: ProtocolVersion::TLS_1_2,
        suite: suite.code,
        group,
        protocol,
        extended_master_secret: preferences.extended_master_secret
            && hello
                .extension(ExtensionType::EXTENDED_MASTER_SECRET)
                .is_some(),
        encrypt_then_mac: preferences.encrypt_then_mac
            && matches!(suite.cipher, Cipher::Cbc { .. })
            && hello.extension(ExtensionType::ENCRYPT_THEN_MAC).is_some(),
        psk: None,
        resumed: None,
    })
}

/// Answers to the client's extensions; `named` if the certificate is for the name that it wants.
pub(super) fn answers(
    hello: &ClientHello,
    agreement: &Agreement,
    suite: Suite,
    named: bool,
    renegotiation: bool,
) -> Vec<Extension> {
    let mut all = Vec::new();
    let mut add = |kind, body| all.push(Extension::new(kind, body));
    if renegotiation {
        add(
            ExtensionType::RENEGOTIATION_INFO,
            ExtensionBody::Renegotiation(Vec::new()),
        );
    }
    if named {
        add(ExtensionType::SERVER_NAME, ExtensionBody::Empty);
    }
    if agreement.extended_master_secret {
        add(ExtensionType::EXTENDED_MASTER_SECRET, ExtensionBody::Empty);
    }
    if agreement.encrypt_then_mac {
        add(ExtensionType::ENCRYPT_THEN_MAC, ExtensionBody::Empty);
    }
    let points = hello.extension(ExtensionType::EC_POINT_FORMATS).is_some();
    if points && suite.key_exchange.is_ephemeral() {
        let formats = vec![PointFormat::UNCOMPRESSED];
        add(
            ExtensionType::EC_POINT_FORMATS,
            ExtensionBody::PointFormats(formats),
        );
    }
    if let Some(protocol) = &agreement.protocol {
        let kind = ExtensionType::APPLICATION_LAYER_PROTOCOL_NEGOTIATION;
        add(kind, ExtensionBody::Protocols(vec![protocol.clone()]));
    }
    all
}

pub(super) fn report_key(identity: &Identity, connection: &mut Connection) {
    if !connection.reporter.is_listening() {
        return;
    }
    let section = Section::new(5246, "7.4.2");
    let private = identity.key.to_pkcs8_der().unwrap_or_default();
    let name = ValueName::CertifiedPrivateKey(Party::Server);
    connection
        .reporter
        .value(name, Formula::Held, &[], &private, section);
    let name = ValueName::CertifiedPublicKey(Party::Server);
    let public = identity.key.public_key().spki_der();
    connection
        .reporter
        .value(name, Formula::Held, &[], public, section);
}

/// Sends ServerHello, Certificate, ServerKeyExchange, CertificateRequest and ServerHelloDone.
fn first_flight(
    config: &ServerConfig,
    choice: Choice<'_>,
    hello: ServerHello,
    session: &Session,
    connection: &mut Connection,
) -> Result<Exchange, Error> {
    let certificate_list = choice.identity.chain.clone();
    let mut flight = vec![
        Handshake::new(hello),
        Handshake::new(Certificate { certificate_list }),
    ];
    let exchange = match choice.ephemeral {
        None => Exchange::Rsa(choice.identity.key.clone()),
        Some((code, scheme)) => {
            let key = &choice.identity.key;
            let (message, exchange) = key_exchange::offer(code, scheme, key, session, connection)?;
            flight.push(Handshake::new(message));
            exchange
        }
    };
    if let Some(authentication) = &config.client_authentication {
        flight.push(Handshake::new(certificate_request(config, authentication)?));
    }
    flight.push(Handshake::new(ServerHelloDone));
    connection.send_flight(flight)?;
    Ok(exchange)
}

fn certificate_request(
    config: &ServerConfig,
    authentication: &ClientAuthentication,
) -> Result<CertificateRequest, Error> {
    Ok(CertificateRequest {
        certificate_types: vec![
            ClientCertificateType::ECDSA_SIGN,
            ClientCertificateType::RSA_SIGN,
        ],
        supported_signature_algorithms: config.preferences.schemes.clone(),
        certificate_authorities: authorities(authentication)?,
    })
}

/// The names of the authorities that may vouch for clients.
pub(super) fn authorities(authentication: &ClientAuthentication) -> Result<Vec<Vec<u8>>, Error> {
    let unreadable = |_| ErrorKind::Internal("a trust anchor is no certificate").into();
    let names = authentication.anchors.iter();
    names
        .map(|anchor| certificate::subject(anchor).map_err(unreadable))
        .collect()
}
