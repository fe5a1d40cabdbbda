//! ClientHello out, ServerHello in.

use std::sync::Arc;

use padlock_pki::verify::Reference;
use padlock_wire::{Section, Structure};

use super::{State, server_flight};
use crate::codes::{
    CipherSuite, CompressionMethod, ExtensionType, HandshakeType, NameType, NamedGroup,
    PointFormat, ProtocolVersion,
};
use crate::config::{ClientConfig, Preferences};
use crate::connection::{Connection, Incoming};
use crate::error::{Arrival, Error, ErrorKind, IllegalParameter};
use crate::messages::{
    Body, ClientHello, Extension, ExtensionBody, Handshake, ServerHello, ServerName,
};
use crate::schedule::Randoms;
use crate::session::{self, Session};
use crate::suite::{Cipher, Suite};
use crate::trace::{Agreement, EventKind, Party};
use crate::value::{Formula, ValueName};

/// The answer is awaited.
#[derive(Debug)]
pub(super) struct ExpectServerHello {
    pub(super) config: Arc<ClientConfig>,
    pub(super) random: [u8; 32],
    /// The session ID that was sent.
    #[cfg(feature = "tls13")]
    pub(super) session_id: Vec<u8>,
    pub(super) asked: Vec<ExtensionType>,
}

/// Sends the `ClientHello`.
pub(super) fn start(
    config: Arc<ClientConfig>,
    connection: &mut Connection,
) -> Result<State, Error> {
    #[cfg(feature = "tls13")]
    if config.preferences.speaks(ProtocolVersion::TLS_1_3) {
        return super::tls13::start(config, connection);
    }
    let random = draw_random(connection);
    let extensions = extensions(&config);
    let hello = ClientHello {
        client_version: ProtocolVersion::TLS_1_2,
        random,
        session_id: Vec::new(),
        cipher_suites: config.preferences.suites.clone(),
        compression_methods: vec![CompressionMethod::NULL],
        extensions: Some(extensions),
    };
    #[cfg(feature = "tls13")]
    let mut hello = hello;
    #[cfg(feature = "tls13")]
    super::resumption::offer(&config, &mut hello, connection);
    let asked = hello.extensions.iter().flatten();
    let asked = asked.map(|extension| extension.kind).collect();
    #[cfg(feature = "tls13")]
    let session_id = hello.session_id.clone();
    connection.send_flight(vec![Handshake::new(hello)])?;
    connection.enter(crate::trace::State::Expect(HandshakeType::SERVER_HELLO));
    Ok(State::Hello(ExpectServerHello {
        config,
        random,
        #[cfg(feature = "tls13")]
        session_id,
        asked,
    }))
}

/// Draws `ClientHello.random`.
pub(super) fn draw_random(connection: &mut Connection) -> [u8; 32] {
    let random = connection.random.fork("client random").bytes();
    let name = ValueName::Random(Party::Client);
    let section = Section::new(5246, "7.4.1.2");
    connection
        .reporter
        .value(name, Formula::Drawn, &[], &random, section);
    random
}

/// The extensions of a `ClientHello` that speaks TLS 1.2.
pub(super) fn extensions(config: &ClientConfig) -> Vec<Extension> {
    let preferences = &config.preferences;
    let mut all = Vec::new();
    let mut add = |kind, body| all.push(Extension::new(kind, body));
    // RFC 6066 §3: a host name without a dot behind it, and no literal address.
    if let Some(Reference::Dns(host)) = Reference::read(&config.server_name) {
        let name = host.into_bytes();
        let names = vec![ServerName {
            kind: NameType::HOST_NAME,
            name,
        }];
        add(
            ExtensionType::SERVER_NAME,
            ExtensionBody::ServerNames(names),
        );
    }
    if preferences.extended_master_secret {
        add(ExtensionType::EXTENDED_MASTER_SECRET, ExtensionBody::Empty);
    }
    add(
        ExtensionType::RENEGOTIATION_INFO,
        ExtensionBody::Renegotiation(Vec::new()),
    );
    if preferences.has_ephemeral_suite() {
        let groups = groups(preferences);
        add(
            ExtensionType::SUPPORTED_GROUPS,
            ExtensionBody::Groups(groups),
        );
        let formats = vec![PointFormat::UNCOMPRESSED];
        add(
            ExtensionType::EC_POINT_FORMATS,
            ExtensionBody::PointFormats(formats),
        );
    }
    let schemes = preferences.schemes.clone();
    add(
        ExtensionType::SIGNATURE_ALGORITHMS,
        ExtensionBody::SignatureSchemes(schemes),
    );
    if !preferences.protocols.is_empty() {
        let kind = ExtensionType::APPLICATION_LAYER_PROTOCOL_NEGOTIATION;
        add(
            kind,
            ExtensionBody::Protocols(preferences.protocols.clone()),
        );
    }
    #[cfg(feature = "study")]
    if config.revocation.asks_for_status {
        add(
            ExtensionType::STATUS_REQUEST,
            ExtensionBody::Unknown(OCSP.to_vec()),
        );
    }
    let has_cbc = |suite: Suite| matches!(suite.cipher, Cipher::Cbc { .. });
    if preferences.encrypt_then_mac && preferences.known_suites().any(has_cbc) {
        add(ExtensionType::ENCRYPT_THEN_MAC, ExtensionBody::Empty);
    }
    all
}

/// The groups that are offered: hybrid ones with TLS 1.3 alone.
fn groups(preferences: &Preferences) -> Vec<NamedGroup> {
    let speaks_newer = preferences.speaks(ProtocolVersion::TLS_1_3);
    let all = preferences.groups.iter().copied();
    all.filter(|code| speaks_newer || !code.is_hybrid())
        .collect()
}

/// The extensions that may stand in a ServerHello of TLS 1.2, of those that a client of ours sends.
const ALLOWED: [ExtensionType; 8] = [
    ExtensionType::SERVER_NAME,
    ExtensionType::EC_POINT_FORMATS,
    ExtensionType::APPLICATION_LAYER_PROTOCOL_NEGOTIATION,
    ExtensionType::ENCRYPT_THEN_MAC,
    ExtensionType::EXTENDED_MASTER_SECRET,
    ExtensionType::RECORD_SIZE_LIMIT,
    ExtensionType::RENEGOTIATION_INFO,
    ExtensionType::SESSION_TICKET,
];

/// A `CertificateStatusRequest` (RFC 6066 §8): OCSP, number 1; any responder; no extensions.
#[cfg(feature = "study")]
const OCSP: [u8; 5] = [1, 0, 0, 0, 0];

impl ExpectServerHello {
    pub(super) const AWAITS: Arrival = Arrival::Handshake(HandshakeType::SERVER_HELLO);

    pub(super) fn handle(
        self,
        connection: &mut Connection,
        incoming: Incoming,
    ) -> Result<State, Error> {
        let Incoming::Message(Body::ServerHello(hello), bytes) = incoming else {
            return Err(incoming.unexpected(Self::AWAITS));
        };
        connection.transcript.extend_from_slice(&bytes);
        if hello.server_version != ProtocolVersion::TLS_1_2 {
            return Err(ErrorKind::Version(hello.server_version).into());
        }
        let suite = self.chosen_suite(hello.cipher_suite)?;
        if hello.compression_method != CompressionMethod::NULL {
            return Err(IllegalParameter::Compression.into());
        }
        let name = ValueName::Random(Party::Server);
        let formula = Formula::ReadFrom(ServerHello::NAME);
        let section = Section::new(5246, "7.4.1.3");
        connection
            .reporter
            .value(name, formula, &[], &hello.random, section);

        let agreement = self.agreement(suite, &hello, connection)?;
        #[cfg(feature = "tls13")]
        let accepted = super::resumption::accepted(&self.session_id, &hello, connection)?;
        #[cfg(feature = "tls13")]
        let agreement = Agreement {
            resumed: accepted.as_ref().map(|(_, how)| *how),
            ..agreement
        };
        let randoms = Randoms {
            client: self.random,
            server: hello.random,
        };
        let extended_master_secret = agreement.extended_master_secret;
        connection.settle_tls12(suite.key_exchange);
        connection.agreement = Some(agreement.clone());
        connection.reporter.report(|| EventKind::Agreed(agreement));
        let session = Session {
            suite,
            randoms,
            extended_master_secret,
        };
        #[cfg(feature = "tls13")]
        match accepted {
            Some((resumed, _)) => {
                return super::resumption::resume(resumed, session, connection);
            }
            None => connection.sessions.id = hello.session_id,
        }
        Ok(State::Certificate(server_flight::ExpectCertificate {
            config: self.config,
            session,
        }))
    }

    fn chosen_suite(&self, code: CipherSuite) -> Result<Suite, Error> {
        let offered = self.config.preferences.suites.contains(&code);
        Suite::of(code)
            .filter(|_| offered)
            .ok_or_else(|| IllegalParameter::Suite.into())
    }

    fn agreement(
        &self,
        suite: Suite,
        hello: &ServerHello,
        connection: &mut Connection,
    ) -> Result<Agreement, Error> {
        let answers = hello.extensions.as_deref().unwrap_or_default();
        session::check_answers(answers, &self.asked, &ALLOWED)?;
        #[cfg(feature = "tls13")]
        if let Some(ExtensionBody::RecordSizeLimit(limit)) =
            hello.extension(ExtensionType::RECORD_SIZE_LIMIT)
        {
            connection.limit_records(*limit, self.config.tls13.record_size_limit)?;
        }
        let renegotiation = hello.extension(ExtensionType::RENEGOTIATION_INFO);
        session::check_renegotiation(renegotiation, &mut connection.reporter)?;
        if let Some(ExtensionBody::PointFormats(formats)) =
            hello.extension(ExtensionType::EC_POINT_FORMATS)
            && !formats.contains(&PointFormat::UNCOMPRESSED)
        {
            return Err(IllegalParameter::PointFormats.into());
        }
        if let Some(ExtensionBody::ServerNames(_)) = hello.extension(ExtensionType::SERVER_NAME) {
            return Err(session::misformed(ExtensionType::SERVER_NAME));
        }
        let encrypt_then_mac = hello.extension(ExtensionType::ENCRYPT_THEN_MAC).is_some();
        if encrypt_then_mac && matches!(suite.cipher, Cipher::Aead(_)) {
            return Err(IllegalParameter::EncryptThenMac.into());
        }
        Ok(Agreement {
            version: hello.server_version,
            suite: suite.code,
            group: None,
            protocol: chosen_protocol(&self.config, hello.extension(PROTOCOLS))?,
            extended_master_secret: hello
                .extension(ExtensionType::EXTENDED_MASTER_SECRET)
                .is_some(),
            encrypt_then_mac,
            psk: None,
            resumed: None,
        })
    }
}

/// The application protocol that the server chose, which must have been offered (RFC 7301 §3.2).
pub(super) fn chosen_protocol(
    config: &ClientConfig,
    answer: Option<&ExtensionBody>,
) -> Result<Option<Vec<u8>>, Error> {
    match answer {
        None => Ok(None),
        Some(ExtensionBody::Protocols(chosen)) => match chosen.as_slice() {
            [only] if config.preferences.protocols.contains(only) => Ok(Some(only.clone())),
            _ => Err(IllegalParameter::Protocol.into()),
        },
        Some(_) => Err(session::misformed(PROTOCOLS)),
    }
}

/// The extension that application protocols are agreed by.
pub(super) const PROTOCOLS: ExtensionType = ExtensionType::APPLICATION_LAYER_PROTOCOL_NEGOTIATION;
