//! The pre-shared key that the server chooses of those offered.

use padlock_pki::time::UnixSeconds;
use padlock_wire::Section;

use super::choice::Offer;
use super::ticket::{self, TicketContent};
use crate::codes::{ExtensionType, PskKeyExchangeMode};
use crate::config::ServerConfig;
use crate::connection::Connection;
use crate::error::{Error, ErrorKind, IllegalParameter};
use crate::messages::{ClientHello, ExtensionBody, OfferedPsks, PskIdentity};
use crate::schedule::tls13::{EarlySecret, PskOrigin, TranscriptHash};
use crate::server::client_flight;
use crate::suite::Suite13;
use crate::trace::{Check, CheckKind, EventKind};
use crate::value::{Formula, Point, ValueName};

/// A pre-shared key that both sides have, and what begins with it.
pub(super) struct Found {
    /// Its place among those offered.
    pub(super) place: u16,
    pub(super) suite: Suite13,
    pub(super) early: EarlySecret,
    /// The session that it comes from; none if it was given to both sides.
    session: Option<TicketContent>,
    /// The proof that the client has it, which no other `ClientHello` has.
    binder: Vec<u8>,
    /// How far the age that the client tells is from that by the server's clock, in seconds.
    skew: i64,
}

/// By how much the age of a ticket may be off for early data, in seconds (RFC 9846 §8.3).
const SKEW: i64 = 10;

impl Found {
    pub(super) fn is_session(&self) -> bool {
        self.session.is_some()
    }

    /// The name that was acknowledged in its session.
    pub(super) fn name(&self) -> Option<&[u8]> {
        self.session
            .as_ref()
            .map(|session| &session.server_name[..])
    }

    /// The certificates that the client showed in its session.
    pub(super) fn client_certificates(&self) -> &[Vec<u8>] {
        self.session
            .as_ref()
            .map_or(&[], |session| &session.client_chain)
    }

    /// When its session began, however often it was resumed since; `None` if it comes from none.
    pub(super) fn authenticated(&self) -> Option<UnixSeconds> {
        self.session.as_ref().map(|session| session.authenticated)
    }

    /// How many bytes of early data its ticket allows.
    pub(super) fn promised_early_data(&self) -> u32 {
        self.session
            .as_ref()
            .map_or(0, |session| session.max_early_data)
    }

    /// How many bytes of early data are taken with it, as many as its ticket says; `None` if they
    /// are refused (RFC 9846 §4.3.10). They are taken if the server still takes so many, the key is
    /// the first, suite and application protocol are the session's, the ticket is as old as it
    /// should be, and this `ClientHello` comes for the first time, if the server is careful.
    pub(super) fn takes_early_data(
        &self,
        config: &ServerConfig,
        hello: &ClientHello,
        protocol: Option<&[u8]>,
        now: UnixSeconds,
    ) -> Option<u32> {
        let session = self.session.as_ref()?;
        let taken = hello.extension(ExtensionType::EARLY_DATA).is_some()
            && session.max_early_data > 0
            && session.max_early_data <= config.tls13.max_early_data
            && self.place == 0
            && self.suite.code == session.suite
            && protocol.unwrap_or_default() == session.protocol
            && self.skew.abs() <= SKEW
            && config
                .tls13
                .replay_guard
                .as_ref()
                .is_none_or(|guard| guard.is_new(&self.binder, now));
        taken.then_some(session.max_early_data)
    }
}

/// The first of the client's keys that the server has, that goes with a common suite and whose
/// client it still lets in; its binder must be right (RFC 9846 §4.3.11).
pub(super) fn find(
    config: &ServerConfig,
    offer: &Offer<'_>,
    suites: &[Suite13],
    hello: &[u8],
    connection: &mut Connection,
) -> Result<Option<Found>, Error> {
    let Some(ExtensionBody::OfferedPsks(offered)) =
        offer.hello.extension(ExtensionType::PRE_SHARED_KEY)
    else {
        return Ok(None);
    };
    if offered.identities.len() != offered.binders.len() {
        return Err(IllegalParameter::PreSharedKey.into());
    }
    let known = [PskKeyExchangeMode::PSK_DHE_KE, PskKeyExchangeMode::PSK_KE];
    if !offer.modes.iter().any(|mode| known.contains(mode)) {
        return Ok(None);
    }
    let both = offered.identities.iter().zip(&offered.binders);
    for (place, (identity, binder)) in both.enumerate() {
        let Some((key, session, hash)) = key(config, identity, connection) else {
            continue;
        };
        let wanted = session.as_ref().map(|session| session.suite);
        let suite = suites
            .iter()
            .find(|suite| Some(suite.code) == wanted)
            .or_else(|| suites.iter().find(|suite| suite.hash == hash));
        let (Some(suite), Ok(place)) = (suite, u16::try_from(place)) else {
            continue;
        };
        if let Some(session) = &session
            && !client_flight::is_welcome(config, &session.client_chain, connection)
        {
            continue;
        }
        let early = EarlySecret::new(hash, Some(&key), &mut connection.reporter);
        let origin = match session {
            Some(_) => PskOrigin::Resumption,
            None => PskOrigin::External,
        };
        verify_binder(&early, origin, *suite, (offered, binder), hello, connection)?;
        let skew = session
            .as_ref()
            .map_or(0, |session| session.skew(identity, connection.now));
        return Ok(Some(Found {
            place,
            suite: *suite,
            early,
            session,
            binder: binder.clone(),
            skew,
        }));
    }
    Ok(None)
}

/// The key of this name, the session it comes from, and its hash.
fn key(
    config: &ServerConfig,
    identity: &PskIdentity,
    connection: &mut Connection,
) -> Option<(Vec<u8>, Option<TicketContent>, padlock_pki::digest::Hash)> {
    let mut external = config.tls13.psks.iter();
    if let Some(psk) = external.find(|psk| psk.identity == identity.identity) {
        let section = Section::new(9846, "4.3.11");
        let name = ValueName::Psk;
        connection
            .reporter
            .value(name, Formula::Held, &[], &psk.key, section);
        return Some((psk.key.clone(), None, psk.hash));
    }
    let content = ticket::open(config, &identity.identity, connection)?;
    let suite = Suite13::of(content.suite)?;
    Some((content.key.clone(), Some(content), suite.hash))
}

/// Checks that the client has the key (RFC 9846 §4.3.11.2).
fn verify_binder(
    early: &EarlySecret,
    origin: PskOrigin,
    suite: Suite13,
    (offered, found): (&OfferedPsks, &[u8]),
    hello: &[u8],
    connection: &mut Connection,
) -> Result<(), Error> {
    // The transcript ends with this ClientHello, and that with the binders.
    debug_assert!(connection.transcript.ends_with(hello));
    let length = connection.transcript.len();
    let end = length.saturating_sub(offered.binders_length());
    let messages = &connection.transcript[..end];
    let reporter = &mut connection.reporter;
    let point = Point::TruncatedClientHello;
    let truncated = TranscriptHash::new(suite.hash, point, messages, reporter);
    let expected = early.binder(origin, &truncated, reporter);
    let passed = crate::crypto::equal(&expected, found);
    reporter.report(|| {
        EventKind::Check(Check {
            kind: CheckKind::Binder,
            passed,
            expected,
            found: found.to_vec(),
            section: Section::new(9846, "4.3.11.2"),
        })
    });
    match passed {
        true => Ok(()),
        false => Err(ErrorKind::Binder.into()),
    }
}
