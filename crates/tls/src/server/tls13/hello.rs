//! ClientHello in; ServerHello out, or a request for another ClientHello.

use std::sync::Arc;

use padlock_wire::Section;

use super::choice::Offer;
use super::{State, flight, psk};
use crate::codes::{
    CompressionMethod, ExtensionType, HandshakeType, NamedGroup, ProtocolVersion,
    PskKeyExchangeMode,
};
use crate::config::ServerConfig;
use crate::connection::{Connection, Incoming};
use crate::error::{Arrival, Error, ErrorKind, IllegalParameter};
use crate::messages::{
    Body, ClientHello, Extension, ExtensionBody, Form, HELLO_RETRY_REQUEST, Handshake,
    KeyShareEntry, ServerHello,
};
use crate::schedule::tls13::EarlySecret;
use crate::server::{self, hello};
use crate::suite::Suite13;
use crate::trace::{Agreement, Party, PskUse};
use crate::value::{Formula, ValueName};

/// Another `ClientHello` is awaited (RFC 9846 §4.2.4).
#[derive(Debug)]
pub(in crate::server) struct ExpectSecondClientHello {
    config: Arc<ServerConfig>,
    retry: Retry,
}

/// What was asked for.
#[derive(Debug)]
struct Retry {
    suite: Suite13,
    group: Option<NamedGroup>,
    cookie: Option<Vec<u8>>,
    random: [u8; 32],
}

/// How much early data a server passes over beyond what its tickets allow: what a client may send
/// that has a ticket of another server, and what protects it.
const PASSED_OVER: usize = 1 << 16;

/// Answers the first `ClientHello`, which is in the transcript already.
pub(in crate::server) fn answer(
    config: Arc<ServerConfig>,
    hello: ClientHello,
    bytes: Vec<u8>,
    connection: &mut Connection,
) -> Result<server::State, Error> {
    connection.tls13.padding = config.tls13.padding;
    settle(config, &hello, &bytes, None, connection)
}

impl ExpectSecondClientHello {
    pub(super) const AWAITS: Arrival = Arrival::Handshake(HandshakeType::CLIENT_HELLO);

    pub(super) fn handle(
        self,
        connection: &mut Connection,
        incoming: Incoming,
    ) -> Result<server::State, Error> {
        let Incoming::Message(Body::ClientHello(hello), bytes) = incoming else {
            return Err(incoming.unexpected(Self::AWAITS));
        };
        connection.transcript.extend_from_slice(&bytes);
        let Self { config, retry } = self;
        let versions = hello.extension(ExtensionType::SUPPORTED_VERSIONS);
        let speaks = matches!(versions, Some(ExtensionBody::Versions(all))
            if all.contains(&ProtocolVersion::TLS_1_3));
        let cookie = match hello.extension(ExtensionType::COOKIE) {
            Some(ExtensionBody::Cookie(cookie)) => Some(cookie),
            _ => None,
        };
        let as_asked = speaks
            && cookie == retry.cookie.as_ref()
            && hello.random == retry.random
            && hello.extension(ExtensionType::EARLY_DATA).is_none();
        if !as_asked {
            return Err(IllegalParameter::SecondHello.into());
        }
        settle(config, &hello, &bytes, Some(retry), connection)
    }
}

/// Chooses, and answers.
fn settle(
    config: Arc<ServerConfig>,
    hello: &ClientHello,
    bytes: &[u8],
    retry: Option<Retry>,
    connection: &mut Connection,
) -> Result<server::State, Error> {
    let offer = Offer::new(hello)?;
    let mut suites = offer.suites(&config)?;
    if let Some(retry) = &retry {
        suites.retain(|suite| *suite == retry.suite);
        if suites.is_empty() {
            return Err(IllegalParameter::SecondHello.into());
        }
    }
    let found = psk::find(&config, &offer, &suites, bytes, connection)?;
    let suite = match &found {
        Some(found) => found.suite,
        None => suites[0],
    };
    let (dhe, alone) = match &found {
        None => (true, false),
        Some(_) => (
            offer.modes.contains(&PskKeyExchangeMode::PSK_DHE_KE),
            offer.modes.contains(&PskKeyExchangeMode::PSK_KE),
        ),
    };
    let chosen = match offer.group(&config) {
        Some(chosen) if dhe => Some(chosen),
        _ if alone => None,
        None if offer.groups.is_none() => {
            return Err(ErrorKind::Missing(ExtensionType::SUPPORTED_GROUPS).into());
        }
        _ => return Err(ErrorKind::NoCommonSuite.into()),
    };
    let missing = chosen.filter(|(_, share)| share.is_none());
    match &retry {
        None if config.tls13.cookie || missing.is_some() => {
            pass_over_early_data(&config, hello, found.as_ref(), connection);
            let group = missing.map(|(group, _)| group);
            return ask_again(config, hello, suite, group, connection);
        }
        Some(_) if missing.is_some() => return Err(IllegalParameter::KeyShare.into()),
        Some(retry) if retry.group.is_some() && retry.group != chosen.map(|(group, _)| group) => {
            return Err(IllegalParameter::SecondHello.into());
        }
        _ => {}
    }
    let share = chosen.and_then(|(_, share)| share);
    let certified = match &found {
        Some(_) => None,
        None => Some(offer.identity(&config)?),
    };
    let protocol = hello::common_protocol(&config, hello)?;
    let early_data = match (&found, &retry) {
        (Some(found), None) => {
            found.takes_early_data(&config, hello, protocol.as_deref(), connection.now)
        }
        _ => None,
    };
    if early_data.is_none() {
        pass_over_early_data(&config, hello, found.as_ref(), connection);
    }
    let agreement = Agreement {
        version: ProtocolVersion::TLS_1_3,
        suite: suite.code,
        group: share.map(|share| share.group),
        protocol,
        extended_master_secret: false,
        encrypt_then_mac: false,
        psk: found.as_ref().map(|found| PskUse {
            resumption: found.is_session(),
            mode: match share {
                Some(_) => PskKeyExchangeMode::PSK_DHE_KE,
                None => PskKeyExchangeMode::PSK_KE,
            },
            early_data: early_data.is_some(),
        }),
        resumed: None,
    };
    connection.form = Form::Tls13;
    connection.tls13.suite = Some(suite);
    connection.agreement = Some(agreement);
    let host = hello::wanted_host(hello);
    let name = host.filter(|host| match (&found, certified) {
        (Some(found), _) => found.name() == Some(host),
        (None, certified) => {
            certified.is_some_and(|(identity, _)| hello::is_wanted(identity, hello))
        }
    });
    if let (Some(found), Some(_)) = (&found, &config.client_authentication) {
        connection.peer_certificates = found.client_certificates().to_vec();
    }
    let place = found.as_ref().map(|found| found.place);
    let authenticated = found.as_ref().and_then(psk::Found::authenticated);
    let early = match found {
        Some(found) => found.early,
        None => EarlySecret::new(suite.hash, None, &mut connection.reporter),
    };
    let early_secret =
        early_data.map(|most| (flight::early_traffic(suite, &early, connection), most));
    let shared = send_hello(hello, suite, share, place, connection)?;
    let secret = early.handshake(shared.as_deref(), &mut connection.reporter);
    let settled = flight::Settled {
        suite,
        secret,
        certified,
        name: name.unwrap_or_default().to_vec(),
        early: early_secret,
        authenticated,
        resumable: offer.modes.contains(&PskKeyExchangeMode::PSK_DHE_KE),
    };
    let next = flight::send(&config, hello, settled, connection)?;
    Ok(server::State::Tls13(next(config)))
}

/// Sends `ServerHello`; gives what (EC)DHE gives.
fn send_hello(
    hello: &ClientHello,
    suite: Suite13,
    share: Option<&KeyShareEntry>,
    psk: Option<u16>,
    connection: &mut Connection,
) -> Result<Option<Vec<u8>>, Error> {
    let random = connection.random.fork("server random").bytes();
    let name = ValueName::Random(Party::Server);
    let section = Section::new(9846, "4.2.3");
    connection
        .reporter
        .value(name, Formula::Drawn, &[], &random, section);
    let mut extensions = vec![selected_version()];
    let mut shared = None;
    if let Some(KeyShareEntry {
        group,
        key_exchange,
    }) = share
    {
        let (answer, secret) = connection.answer_share(*group, key_exchange, "ephemeral key")?;
        shared = Some(secret);
        let entry = KeyShareEntry {
            group: *group,
            key_exchange: answer,
        };
        extensions.push(Extension::new(
            ExtensionType::KEY_SHARE,
            ExtensionBody::KeyShare(entry),
        ));
    }
    if let Some(place) = psk {
        let body = ExtensionBody::SelectedIdentity(place);
        extensions.push(Extension::new(ExtensionType::PRE_SHARED_KEY, body));
    }
    let answer = ServerHello {
        server_version: ProtocolVersion::TLS_1_2,
        random,
        session_id: hello.session_id.clone(),
        cipher_suite: suite.code,
        compression_method: CompressionMethod::NULL,
        extensions: Some(extensions),
    };
    connection.send_flight(vec![Handshake::new(answer)])?;
    Ok(shared)
}

/// Asks for another `ClientHello`, with a public key in this group or at least a cookie
/// (RFC 9846 §4.2.4).
fn ask_again(
    config: Arc<ServerConfig>,
    hello: &ClientHello,
    suite: Suite13,
    group: Option<NamedGroup>,
    connection: &mut Connection,
) -> Result<server::State, Error> {
    let mut extensions = vec![selected_version()];
    if let Some(group) = group {
        let body = ExtensionBody::SelectedGroup(group);
        extensions.push(Extension::new(ExtensionType::KEY_SHARE, body));
    }
    let mut cookie = None;
    if config.tls13.cookie {
        let drawn = connection.random.fork("cookie").bytes::<32>().to_vec();
        let section = Section::new(9846, "4.3.2");
        let name = ValueName::Cookie;
        connection
            .reporter
            .value(name, Formula::Drawn, &[], &drawn, section);
        let body = ExtensionBody::Cookie(drawn.clone());
        extensions.push(Extension::new(ExtensionType::COOKIE, body));
        cookie = Some(drawn);
    }
    let request = ServerHello {
        server_version: ProtocolVersion::TLS_1_2,
        random: HELLO_RETRY_REQUEST,
        session_id: hello.session_id.clone(),
        cipher_suite: suite.code,
        compression_method: CompressionMethod::NULL,
        extensions: Some(extensions),
    };
    connection.form = Form::Tls13;
    connection.restart_transcript(suite, &[]);
    connection.send_flight(vec![Handshake::new(request)])?;
    if !hello.session_id.is_empty() {
        connection.send_compatible_change_cipher_spec()?;
    }
    let retry = Retry {
        suite,
        group,
        cookie,
        random: hello.random,
    };
    Ok(server::State::Tls13(State::SecondHello(Box::new(
        ExpectSecondClientHello { config, retry },
    ))))
}

/// Passes over the client's early data, which is refused, if it sends any (RFC 9846 §4.3.10): as
/// much as the server takes now or, if that is more, the chosen key's ticket allows.
fn pass_over_early_data(
    config: &ServerConfig,
    hello: &ClientHello,
    found: Option<&psk::Found>,
    connection: &mut Connection,
) {
    if hello.extension(ExtensionType::EARLY_DATA).is_some() {
        let promised = found.map_or(0, psk::Found::promised_early_data);
        let most = promised.max(config.tls13.max_early_data);
        let most = usize::try_from(most).unwrap_or(usize::MAX);
        connection.skip_early_data(most.saturating_add(PASSED_OVER));
    }
}

fn selected_version() -> Extension {
    let body = ExtensionBody::SelectedVersion(ProtocolVersion::TLS_1_3);
    Extension::new(ExtensionType::SUPPORTED_VERSIONS, body)
}
