//! ClientHello out: what the client offers.

use std::sync::Arc;

use padlock_pki::time::UnixSeconds;
use padlock_wire::{Section, Structure};

use super::hello::ExpectServerHello;
use super::{EarlyData, State, grease};
use crate::client::{self, hello};
use crate::codes::{
    CipherSuite, CompressionMethod, ExtensionType, HandshakeType, ProtocolVersion,
    PskKeyExchangeMode,
};
use crate::config::ClientConfig;
use crate::connection::Connection;
use crate::error::{Error, ErrorKind};
use crate::messages::{
    ClientHello, Extension, ExtensionBody, Handshake, KeyShareEntry, OfferedPsks, PskIdentity,
};
use crate::psk::PreSharedKey;
use crate::schedule::tls13::{EarlySecret, PskOrigin, TranscriptHash};
use crate::suite::{Suite, Suite13};
use crate::trace;
use crate::value::{Formula, Point, ValueName};

/// A pre-shared key that is offered, and what begins with it.
#[derive(Debug)]
pub(super) struct Offered {
    pub(super) psk: PreSharedKey,
    pub(super) early: EarlySecret,
}

/// Sends the first `ClientHello`, and early data if there is some and it may be sent.
pub(in crate::client) fn start(
    config: Arc<ClientConfig>,
    connection: &mut Connection,
) -> Result<client::State, Error> {
    connection.tls13.padding = config.tls13.padding;
    connection.tls13.offered = true;
    let random = hello::draw_random(connection);
    let session_id = connection.random.fork("legacy session ID").bytes::<32>();
    let mut groups = config.preferences.groups.iter().copied();
    let code = groups
        .find(|group| group.is_computable13())
        .ok_or(ErrorKind::Internal("no group is configured"))?;
    let share = connection.make_share(code, "ephemeral key")?;
    let mut extensions = extensions(&config);
    let entry = KeyShareEntry {
        group: code,
        key_exchange: share.public.clone(),
    };
    extensions.push(Extension::new(
        ExtensionType::KEY_SHARE,
        ExtensionBody::KeyShares(vec![entry]),
    ));
    let hello = ClientHello {
        client_version: ProtocolVersion::TLS_1_2,
        random,
        session_id: session_id.to_vec(),
        cipher_suites: suites(&config),
        compression_methods: vec![CompressionMethod::NULL],
        extensions: Some(extensions),
    };
    let mut hello = hello;
    client::resumption::offer(&config, &mut hello, connection);
    if config.tls13.grease {
        grease::add(&mut hello, connection);
    }
    let psks: Vec<_> = usable_psks(&config, |_| true).cloned().collect();
    let early_data = psks.first().is_some_and(|psk| allows(&config, psk));
    // RFC 9846 §5.1: for the sake of old servers, the first record may say 0x0301.
    connection.set_record_version(ProtocolVersion::TLS_1_0);
    let (hello, offered) = send(hello, psks, early_data, connection)?;
    connection.set_record_version(ProtocolVersion::TLS_1_2);
    let early_data = match (early_data, offered.first()) {
        (true, Some(first)) => {
            send_early_data(&config, first, connection)?;
            EarlyData::Sent { chosen: false }
        }
        _ => EarlyData::None,
    };
    connection.enter(trace::State::Expect(HandshakeType::SERVER_HELLO));
    Ok(client::State::Tls13(State::Hello(Box::new(
        ExpectServerHello {
            config,
            hello,
            share,
            offered,
            early_data,
            retried: None,
        },
    ))))
}

/// The suites of the versions that the client speaks.
fn suites(config: &ClientConfig) -> Vec<CipherSuite> {
    let speaks_older = config.preferences.speaks(ProtocolVersion::TLS_1_2);
    let all = config.preferences.suites.iter().copied();
    all.filter(|code| speaks_older || Suite::of(*code).is_none())
        .collect()
}

/// The extensions that do not depend on keys, pre_shared_key aside.
fn extensions(config: &ClientConfig) -> Vec<Extension> {
    let preferences = &config.preferences;
    let mut all = hello::extensions(config);
    if !preferences.speaks(ProtocolVersion::TLS_1_2) {
        let older = [
            ExtensionType::EXTENDED_MASTER_SECRET,
            ExtensionType::RENEGOTIATION_INFO,
            ExtensionType::EC_POINT_FORMATS,
            ExtensionType::ENCRYPT_THEN_MAC,
        ];
        all.retain(|extension| !older.contains(&extension.kind));
    }
    let mut add = |kind, body| all.push(Extension::new(kind, body));
    if !preferences.has_ephemeral_suite() {
        let groups = ExtensionBody::Groups(preferences.groups.clone());
        add(ExtensionType::SUPPORTED_GROUPS, groups);
    }
    let versions = ExtensionBody::Versions(preferences.versions.clone());
    add(ExtensionType::SUPPORTED_VERSIONS, versions);
    let modes = ExtensionBody::PskModes(psk_modes(config));
    add(ExtensionType::PSK_KEY_EXCHANGE_MODES, modes);
    if config.tls13.post_handshake_auth {
        add(ExtensionType::POST_HANDSHAKE_AUTH, ExtensionBody::Empty);
    }
    if let Some(limit) = config.tls13.record_size_limit {
        let body = ExtensionBody::RecordSizeLimit(limit);
        add(ExtensionType::RECORD_SIZE_LIMIT, body);
    }
    all
}

/// How the client would use a pre-shared key.
pub(super) fn psk_modes(config: &ClientConfig) -> Vec<PskKeyExchangeMode> {
    match config.tls13.psk_modes.as_slice() {
        [] => vec![PskKeyExchangeMode::PSK_DHE_KE],
        modes => modes.to_vec(),
    }
}

/// The pre-shared keys that can be used with a suite of the client's, and are good for this server.
/// Time does not count here: those that were good at the start stay in a second `ClientHello`.
fn usable_psks(
    config: &ClientConfig,
    also: impl Fn(&PreSharedKey) -> bool,
) -> impl Iterator<Item = &PreSharedKey> {
    let usable = move |psk: &&PreSharedKey| {
        let session = psk.session.as_ref();
        let fits = session.is_none_or(|session| {
            session.is_fresh(config.now) && session.server_name == config.server_name
        });
        let mut suites = config.preferences.suites.iter();
        fits && also(psk)
            && suites.any(|code| Suite13::of(*code).is_some_and(|suite| suite.hash == psk.hash))
    };
    config.tls13.psks.iter().filter(usable)
}

/// Whether the early data may be sent with this key.
fn allows(config: &ClientConfig, psk: &PreSharedKey) -> bool {
    let length = config.tls13.early_data.len();
    length > 0
        && psk.session.as_ref().is_some_and(|session| {
            u32::try_from(length).is_ok_and(|length| length <= session.max_early_data)
                && config.preferences.suites.contains(&session.suite)
        })
}

/// The second `ClientHello`, in which only keys of this hash are offered.
pub(super) fn send_again(
    config: &ClientConfig,
    mut hello: ClientHello,
    suite: Suite13,
    connection: &mut Connection,
) -> Result<(ClientHello, Vec<Offered>), Error> {
    if let Some(extensions) = &mut hello.extensions {
        let kinds = [ExtensionType::PRE_SHARED_KEY, ExtensionType::EARLY_DATA];
        extensions.retain(|extension| !kinds.contains(&extension.kind));
    }
    let same_hash = |psk: &PreSharedKey| psk.hash == suite.hash;
    let psks = usable_psks(config, same_hash).cloned().collect();
    send(hello, psks, false, connection)
}

/// Adds the pre-shared keys with their binders, and sends the message.
fn send(
    mut hello: ClientHello,
    psks: Vec<PreSharedKey>,
    early_data: bool,
    connection: &mut Connection,
) -> Result<(ClientHello, Vec<Offered>), Error> {
    let reporter = &mut connection.reporter;
    let offered: Vec<_> = psks
        .into_iter()
        .map(|psk| {
            if psk.session.is_none() {
                let section = Section::new(9846, "4.3.11");
                reporter.value(ValueName::Psk, Formula::Held, &[], &psk.key, section);
            }
            let early = EarlySecret::new(psk.hash, Some(&psk.key), reporter);
            Offered { psk, early }
        })
        .collect();
    if let (Some(extensions), false) = (&mut hello.extensions, offered.is_empty()) {
        if early_data {
            let kind = ExtensionType::EARLY_DATA;
            extensions.push(Extension::new(kind, ExtensionBody::Empty));
        }
        // It must be the last (RFC 9846 §4.3.11).
        let body = ExtensionBody::OfferedPsks(offered_psks(&offered, connection.now));
        extensions.push(Extension::new(ExtensionType::PRE_SHARED_KEY, body));
        bind(&mut hello, &offered, connection)?;
    }
    connection.send_flight(vec![Handshake::new(hello.clone())])?;
    Ok((hello, offered))
}

/// The keys' names, with zeros for the binders.
fn offered_psks(offered: &[Offered], now: UnixSeconds) -> OfferedPsks {
    let identity = |Offered { psk, .. }: &Offered| PskIdentity {
        identity: psk.identity.clone(),
        obfuscated_ticket_age: psk
            .session
            .as_ref()
            .map_or(0, |session| session.obfuscated_age(now)),
    };
    OfferedPsks {
        identities: offered.iter().map(identity).collect(),
        binders: offered
            .iter()
            .map(|one| vec![0; one.psk.hash.length()])
            .collect(),
    }
}

/// Puts the binders in, each over all messages up to them (RFC 9846 §4.3.11.2).
fn bind(
    hello: &mut ClientHello,
    offered: &[Offered],
    connection: &mut Connection,
) -> Result<(), Error> {
    let encoded = Handshake::new(hello.clone()).to_bytes()?;
    let Some(Extension {
        body: ExtensionBody::OfferedPsks(keys),
        ..
    }) = hello.extensions.as_mut().and_then(|all| all.last_mut())
    else {
        return Ok(());
    };
    let end = encoded.len().saturating_sub(keys.binders_length());
    let messages = [&connection.transcript[..], &encoded[..end]].concat();
    let reporter = &mut connection.reporter;
    for (binder, Offered { psk, early }) in keys.binders.iter_mut().zip(offered) {
        let point = Point::TruncatedClientHello;
        let truncated = TranscriptHash::new(psk.hash, point, &messages, reporter);
        *binder = early.binder(origin(psk), &truncated, reporter);
    }
    Ok(())
}

fn origin(psk: &PreSharedKey) -> PskOrigin {
    match psk.session {
        Some(_) => PskOrigin::Resumption,
        None => PskOrigin::External,
    }
}

/// Sends the early data behind the `ClientHello` (RFC 9846 §2.3).
fn send_early_data(
    config: &ClientConfig,
    first: &Offered,
    connection: &mut Connection,
) -> Result<(), Error> {
    let suite = first.psk.session.as_ref().map(|session| session.suite);
    let suite = suite
        .and_then(Suite13::of)
        .ok_or(ErrorKind::Internal("the ticket's suite is not known"))?;
    connection.send_compatible_change_cipher_spec()?;
    let messages = connection.transcript_hash(suite, Point::ClientHello);
    let secret = first.early.traffic(&messages, &mut connection.reporter);
    let _for_nobody_yet = first.early.exporter(&messages, &mut connection.reporter);
    connection.write_with(suite, secret)?;
    connection.send_early_data(&config.tls13.early_data)
}
