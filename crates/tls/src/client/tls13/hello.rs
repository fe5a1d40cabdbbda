//! ServerHello in, or a request for another ClientHello.

use std::sync::Arc;

use padlock_wire::{Section, Structure};

use super::offer::{self, Offered};
use super::parameters::ExpectEncryptedExtensions;
use super::{EarlyData, Session, State, grease};
use crate::client::{self, hello};
use crate::codes::{
    CompressionMethod, ExtensionType, HandshakeType, NamedGroup, ProtocolVersion,
    PskKeyExchangeMode,
};
use crate::config::ClientConfig;
use crate::connection::key_share::Share;
use crate::connection::{Connection, Incoming};
use crate::error::{Arrival, Error, ErrorKind, IllegalParameter};
use crate::messages::{
    Body, ClientHello, Extension, ExtensionBody, Form, KeyShareEntry, Place, ServerHello,
};
use crate::schedule::tls13::EarlySecret;
use crate::suite::Suite13;
use crate::trace::{Agreement, Check, CheckKind, EventKind, Party, PskUse};
use crate::value::{Formula, Point, ValueName};

/// The answer is awaited.
#[derive(Debug)]
pub(in crate::client) struct ExpectServerHello {
    pub(super) config: Arc<ClientConfig>,
    /// What was said.
    pub(super) hello: ClientHello,
    pub(super) share: Share,
    pub(super) offered: Vec<Offered>,
    pub(super) early_data: EarlyData,
    /// What the server chose when it asked for this second `ClientHello`.
    pub(super) retried: Option<Suite13>,
}

impl ExpectServerHello {
    pub(super) const AWAITS: Arrival = Arrival::Handshake(HandshakeType::SERVER_HELLO);

    pub(super) fn handle(
        self,
        connection: &mut Connection,
        incoming: Incoming,
    ) -> Result<client::State, Error> {
        let Incoming::Message(Body::ServerHello(answer), bytes) = incoming else {
            return Err(incoming.unexpected(Self::AWAITS));
        };
        match answer.extension(ExtensionType::SUPPORTED_VERSIONS) {
            // RFC 9846 §E.5: SSL is never spoken.
            _ if answer.server_version <= ProtocolVersion::SSL_3_0 => {
                return Err(ErrorKind::Version(answer.server_version).into());
            }
            Some(ExtensionBody::SelectedVersion(ProtocolVersion::TLS_1_3))
                if answer.server_version == ProtocolVersion::TLS_1_2 => {}
            Some(_) => return Err(IllegalParameter::Version.into()),
            None => {
                let incoming = Incoming::Message(Body::ServerHello(answer), bytes);
                return self.older(connection, incoming);
            }
        }
        let suite = self.check(&answer)?;
        if answer.is_retry_request() {
            return self.retry(suite, answer, bytes, connection);
        }
        connection.transcript.extend_from_slice(&bytes);
        let name = ValueName::Random(Party::Server);
        let formula = Formula::ReadFrom(ServerHello::NAME);
        let section = Section::new(9846, "4.2.3");
        connection
            .reporter
            .value(name, formula, &[], &answer.random, section);
        self.agree(suite, &answer, connection)
    }

    /// The server speaks TLS 1.2 only, or somebody wants it to seem so.
    fn older(
        self,
        connection: &mut Connection,
        incoming: Incoming,
    ) -> Result<client::State, Error> {
        let Incoming::Message(Body::ServerHello(answer), _) = &incoming else {
            return Err(incoming.unexpected(Self::AWAITS));
        };
        if self.retried.is_some() || answer.is_retry_request() {
            return Err(IllegalParameter::Version.into());
        }
        // RFC 9846 §E.3: early data is no good for an older version.
        let older = self.config.preferences.speaks(ProtocolVersion::TLS_1_2);
        if !older || self.early_data != EarlyData::None {
            return Err(ErrorKind::Version(answer.server_version).into());
        }
        check_downgrade(&answer.random, connection)?;
        let extensions = self.hello.extensions.as_deref().unwrap_or_default();
        let state = hello::ExpectServerHello {
            config: self.config,
            random: self.hello.random,
            session_id: self.hello.session_id.clone(),
            asked: extensions.iter().map(|extension| extension.kind).collect(),
        };
        state.handle(connection, incoming)
    }

    /// What must hold of an answer, be it ServerHello or HelloRetryRequest (RFC 9846 §4.2.3).
    fn check(&self, answer: &ServerHello) -> Result<Suite13, Error> {
        if answer.session_id != self.hello.session_id {
            return Err(IllegalParameter::SessionId.into());
        }
        if answer.compression_method != CompressionMethod::NULL {
            return Err(IllegalParameter::Compression.into());
        }
        let suite = Suite13::of(answer.cipher_suite)
            .filter(|suite| self.hello.cipher_suites.contains(&suite.code))
            .ok_or(IllegalParameter::Suite)?;
        if self.retried.is_some_and(|retried| retried != suite) {
            return Err(IllegalParameter::Suite.into());
        }
        let allowed: &[_] = match answer.is_retry_request() {
            true => &[
                ExtensionType::SUPPORTED_VERSIONS,
                ExtensionType::KEY_SHARE,
                ExtensionType::COOKIE,
                // What a server has to say to a sham one is ignored (RFC 9849 §6.2.1).
                ExtensionType::ENCRYPTED_CLIENT_HELLO,
            ],
            false => &[
                ExtensionType::SUPPORTED_VERSIONS,
                ExtensionType::KEY_SHARE,
                ExtensionType::PRE_SHARED_KEY,
            ],
        };
        for extension in answer.extensions.as_deref().unwrap_or_default() {
            let kind = extension.kind;
            let asked = kind == ExtensionType::COOKIE || self.hello.extension(kind).is_some();
            if !asked {
                return Err(ErrorKind::Unsolicited(kind).into());
            }
            if !allowed.contains(&kind) {
                return Err(IllegalParameter::Extension(kind).into());
            }
        }
        if answer.is_retry_request() {
            let sham = answer.extension(ExtensionType::ENCRYPTED_CLIENT_HELLO);
            grease::check_answer(sham, Place::HelloRetryRequest)?;
        }
        Ok(suite)
    }

    /// Sends another `ClientHello` (RFC 9846 §4.2.4).
    fn retry(
        self,
        suite: Suite13,
        request: ServerHello,
        bytes: Vec<u8>,
        connection: &mut Connection,
    ) -> Result<client::State, Error> {
        if self.retried.is_some() {
            let incoming = Incoming::Message(Body::ServerHello(request), bytes);
            return Err(incoming.unexpected(Self::AWAITS));
        }
        let Self {
            config,
            mut hello,
            mut share,
            early_data,
            ..
        } = self;
        let group = match request.extension(ExtensionType::KEY_SHARE) {
            Some(ExtensionBody::SelectedGroup(group)) => Some(*group),
            _ => None,
        };
        let cookie = match request.extension(ExtensionType::COOKIE) {
            Some(ExtensionBody::Cookie(cookie)) => Some(cookie.clone()),
            _ => None,
        };
        if group.is_none() && cookie.is_none() {
            return Err(IllegalParameter::Retry.into());
        }
        connection.form = Form::Tls13;
        connection.restart_transcript(suite, &bytes);
        if let Some(code) = group {
            if code == share.code {
                return Err(IllegalParameter::Retry.into());
            }
            if !config.preferences.groups.contains(&code) {
                return Err(IllegalParameter::Group.into());
            }
            share = connection.make_share(code, "second ephemeral key")?;
        }
        rewrite(&mut hello, &share, group, cookie);
        if early_data != EarlyData::None {
            connection.write_in_clear();
        }
        connection.send_compatible_change_cipher_spec()?;
        let (hello, offered) = offer::send_again(&config, hello, suite, connection)?;
        Ok(client::State::Tls13(State::Hello(Box::new(Self {
            config,
            hello,
            share,
            offered,
            early_data: EarlyData::None,
            retried: Some(suite),
        }))))
    }

    /// Computes the secrets of the handshake.
    fn agree(
        self,
        suite: Suite13,
        answer: &ServerHello,
        connection: &mut Connection,
    ) -> Result<client::State, Error> {
        let chosen = match answer.extension(ExtensionType::PRE_SHARED_KEY) {
            Some(ExtensionBody::SelectedIdentity(place)) => Some(usize::from(*place)),
            _ => None,
        };
        let shared = self.shared_secret(answer, chosen.is_some(), connection)?;
        let Self {
            config,
            share,
            mut offered,
            early_data,
            ..
        } = self;
        let reporter = &mut connection.reporter;
        let mut before = None;
        let (early, resumption) = match chosen {
            None => (EarlySecret::new(suite.hash, None, reporter), None),
            Some(place) => {
                if place >= offered.len() {
                    return Err(IllegalParameter::PreSharedKey.into());
                }
                let Offered { psk, early } = offered.swap_remove(place);
                if psk.hash != suite.hash {
                    return Err(IllegalParameter::PreSharedKey.into());
                }
                let resumption = psk.session.is_some();
                before = psk.session.filter(|_| place == 0);
                (early, Some(resumption))
            }
        };
        let secret = early.handshake(shared.as_deref(), reporter);
        connection.form = Form::Tls13;
        connection.tls13.suite = Some(suite);
        let hellos = connection.transcript_hash(suite, Point::ServerHello);
        let reporter = &mut connection.reporter;
        let client = secret.traffic(Party::Client, &hellos, reporter);
        let server = secret.traffic(Party::Server, &hellos, reporter);
        connection.read_with(suite, server.clone())?;
        let early_data = match early_data {
            EarlyData::Sent { .. } => EarlyData::Sent {
                chosen: before.as_ref().is_some_and(|one| one.suite == suite.code),
            },
            other => other,
        };
        if early_data == EarlyData::None {
            connection.write_with(suite, client.clone())?;
        }
        let agreement = Agreement {
            version: ProtocolVersion::TLS_1_3,
            suite: suite.code,
            group: shared.is_some().then_some(share.code),
            protocol: None,
            extended_master_secret: false,
            encrypt_then_mac: false,
            psk: resumption.map(|resumption| PskUse {
                resumption,
                mode: match shared {
                    Some(_) => PskKeyExchangeMode::PSK_DHE_KE,
                    None => PskKeyExchangeMode::PSK_KE,
                },
                early_data: false,
            }),
            resumed: None,
        };
        connection.agreement = Some(agreement);
        let session = Session {
            suite,
            secret,
            client,
            server,
            psk: chosen.is_some(),
            early_data,
            early_protocol: before.and_then(|session| session.protocol),
        };
        Ok(client::State::Tls13(State::Extensions(Box::new(
            ExpectEncryptedExtensions {
                config,
                asked: asked(&self.hello),
                session,
            },
        ))))
    }

    /// What (EC)DHE gives; nothing if the server uses the pre-shared key alone.
    fn shared_secret(
        &self,
        answer: &ServerHello,
        psk: bool,
        connection: &mut Connection,
    ) -> Result<Option<Vec<u8>>, Error> {
        let modes = offer::psk_modes(&self.config);
        match answer.extension(ExtensionType::KEY_SHARE) {
            Some(ExtensionBody::KeyShare(KeyShareEntry {
                group,
                key_exchange,
            })) => {
                if *group != self.share.code {
                    return Err(IllegalParameter::KeyShare.into());
                }
                if psk && !modes.contains(&PskKeyExchangeMode::PSK_DHE_KE) {
                    return Err(IllegalParameter::KeyShare.into());
                }
                let opened = connection.open_share(&self.share, key_exchange);
                opened.map(Some)
            }
            _ if psk && modes.contains(&PskKeyExchangeMode::PSK_KE) => Ok(None),
            // RFC 9846 §4.3.11: what the modes require is not there.
            _ if psk => Err(IllegalParameter::KeyShare.into()),
            _ => Err(ErrorKind::Missing(ExtensionType::KEY_SHARE).into()),
        }
    }
}

/// The extensions that the client sent.
fn asked(hello: &ClientHello) -> Vec<ExtensionType> {
    let extensions = hello.extensions.as_deref().unwrap_or_default();
    extensions.iter().map(|extension| extension.kind).collect()
}

/// What the second `ClientHello` has otherwise (RFC 9846 §4.2.2).
fn rewrite(
    hello: &mut ClientHello,
    share: &Share,
    group: Option<NamedGroup>,
    cookie: Option<Vec<u8>>,
) {
    let Some(extensions) = &mut hello.extensions else {
        return;
    };
    if group.is_some() {
        let entry = KeyShareEntry {
            group: share.code,
            key_exchange: share.public.clone(),
        };
        for extension in extensions.iter_mut() {
            if extension.kind == ExtensionType::KEY_SHARE {
                extension.body = ExtensionBody::KeyShares(vec![entry.clone()]);
            }
        }
    }
    if let Some(cookie) = cookie {
        let body = ExtensionBody::Cookie(cookie);
        extensions.push(Extension::new(ExtensionType::COOKIE, body));
    }
}

/// Looks for the sign of a server that speaks a newer version than it chose (RFC 9846 §4.2.3).
fn check_downgrade(random: &[u8; 32], connection: &mut Connection) -> Result<(), Error> {
    let found = &random[24..];
    let passed = !matches!(found, b"DOWNGRD\x01" | b"DOWNGRD\x00");
    connection.reporter.report(|| {
        EventKind::Check(Check {
            kind: CheckKind::DowngradeSign,
            passed,
            expected: Vec::new(),
            found: found.to_vec(),
            section: Section::new(9846, "4.2.3"),
        })
    });
    match passed {
        true => Ok(()),
        false => Err(ErrorKind::Downgrade.into()),
    }
}
