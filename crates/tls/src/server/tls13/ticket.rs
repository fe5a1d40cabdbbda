//! Tickets: what the server has to remember of a session, encrypted for itself and given to the
//! client to keep (RFC 9846 §4.7.1).

use padlock_pki::time::UnixSeconds;
use padlock_wire::{Coder, Prefix, Section, Structure};

use crate::codes::{CipherSuite, ExtensionType};
use crate::config::ServerConfig;
use crate::connection::Connection;
use crate::crypto::aead::{Aead, NONCE_LENGTH};
use crate::error::{Error, ErrorKind};
use crate::messages::tls13::NewSessionTicket;
use crate::messages::{Extension, ExtensionBody, Handshake, PskIdentity};
use crate::resumption;
use crate::schedule::tls13::ResumptionSecret;
use crate::suite::Suite13;
use crate::value::{Formula, ValueName};

const SECTION: Section = Section::new(9846, "4.7.1");

/// What the server has to remember.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct TicketContent {
    pub(super) suite: CipherSuite,
    /// When the handshake was complete that the session began with: certificates, or a key that was
    /// given to both sides, said who the two are. Tickets of later connections carry it on.
    pub(super) authenticated: UnixSeconds,
    /// When the ticket was made, and what hides its age.
    issued: UnixSeconds,
    age_add: u32,
    pub(super) max_early_data: u32,
    /// The application protocol; empty if there was none.
    pub(super) protocol: Vec<u8>,
    /// The name that was acknowledged; empty if none was.
    pub(super) server_name: Vec<u8>,
    /// The certificates that the client proved to be its own; none if it showed none.
    pub(super) client_chain: Vec<Vec<u8>>,
    pub(super) key: Vec<u8>,
}

impl Structure for TicketContent {
    const NAME: &'static str = "TicketContent";
    const SECTION: Section = SECTION;

    fn fields(&mut self, coder: &mut Coder<'_>) -> Result<(), padlock_wire::Error> {
        coder.code("suite", &mut self.suite)?;
        resumption::date(coder, "authenticated", &mut self.authenticated)?;
        resumption::date(coder, "issued", &mut self.issued)?;
        coder.u32("age_add", &mut self.age_add)?;
        coder.u32("max_early_data", &mut self.max_early_data)?;
        coder.opaque("protocol", Prefix::U8, 0..=255, &mut self.protocol)?;
        let name = &mut self.server_name;
        coder.opaque("server_name", Prefix::U16, 0..=0xffff, name)?;
        let (label, chain) = ("client_chain", &mut self.client_chain);
        coder.list(label, Prefix::U24, 0..=0xff_ffff, chain, |coder, one| {
            coder.opaque("certificate", Prefix::U24, 1..=0xff_ffff, one)
        })?;
        coder.opaque("key", Prefix::U8, 1..=255, &mut self.key)
    }
}

impl TicketContent {
    /// By how many seconds the age that the client tells differs from that by the server's clock.
    pub(super) fn skew(&self, identity: &PskIdentity, now: UnixSeconds) -> i64 {
        let told = identity.obfuscated_ticket_age.wrapping_sub(self.age_add);
        i64::from(told / 1000).saturating_sub(now.since(self.issued))
    }
}

/// The longest ticket: a client with longer certificates shows them again.
pub(in crate::server) const LONGEST: usize = 1 << 14;

/// What tickets are given for.
#[derive(Clone, Copy)]
pub(super) struct Basis<'a> {
    pub(super) suite: Suite13,
    /// The name that was acknowledged; empty if none was.
    pub(super) host: &'a [u8],
    /// When the session began: now, or earlier if it is resumed.
    pub(super) authenticated: UnixSeconds,
    pub(super) resumption: &'a ResumptionSecret,
}

/// Sends as many tickets as the server is set up to.
///
/// They are good for as long as the session still is, however often it was resumed: where nobody
/// shows anew who they are, the old proof must not count for ever (RFC 9846 §4.7.1).
pub(super) fn send(
    config: &ServerConfig,
    basis: Basis<'_>,
    connection: &mut Connection,
) -> Result<(), Error> {
    let Some(ticket_key) = &config.tls13.ticket_key else {
        return Ok(());
    };
    if resumption::left(basis.authenticated, connection.now) == 0 {
        return Ok(());
    }
    for number in (0..).take(config.tls13.tickets) {
        let message = make(config, ticket_key, basis, number, connection)?;
        if message.ticket.len() <= LONGEST {
            connection.send_flight(vec![Handshake::new(message)])?;
        }
    }
    Ok(())
}

fn make(
    config: &ServerConfig,
    ticket_key: &[u8; 32],
    basis: Basis<'_>,
    number: u32,
    connection: &mut Connection,
) -> Result<NewSessionTicket, Error> {
    let (now, authenticated) = (connection.now, basis.authenticated);
    let mut random = connection.random.fork(&format!("ticket {number}"));
    let ticket_nonce = number.to_be_bytes().to_vec();
    let reporter = &mut connection.reporter;
    // It is a number, so nothing is computed or drawn.
    let (name, formula) = (ValueName::TicketNonce, Formula::Held);
    reporter.value(name, formula, &[], &ticket_nonce, SECTION);
    let key = basis.resumption.psk(&ticket_nonce, reporter);
    let ticket_age_add = u32::from_be_bytes(random.bytes());
    let protocol = connection
        .agreement
        .as_ref()
        .and_then(|agreement| agreement.protocol.clone());
    let content = TicketContent {
        suite: basis.suite.code,
        authenticated,
        issued: now,
        age_add: ticket_age_add,
        max_early_data: config.tls13.max_early_data,
        protocol: protocol.unwrap_or_default(),
        server_name: basis.host.to_vec(),
        client_chain: connection.peer_certificates.clone(),
        key,
    };
    let ticket = seal(&content, ticket_key, random.bytes(), connection)?;
    let mut extensions = Vec::new();
    if config.tls13.max_early_data > 0 {
        let body = ExtensionBody::MaxEarlyData(config.tls13.max_early_data);
        extensions.push(Extension::new(ExtensionType::EARLY_DATA, body));
    }
    Ok(NewSessionTicket {
        ticket_lifetime: resumption::left(authenticated, now),
        ticket_age_add,
        ticket_nonce,
        ticket,
        extensions,
    })
}

fn seal(
    content: &TicketContent,
    ticket_key: &[u8; 32],
    nonce: [u8; NONCE_LENGTH],
    connection: &mut Connection,
) -> Result<Vec<u8>, Error> {
    let bytes = content.to_bytes()?;
    let ticket = seal_bytes(&bytes, b"", ticket_key, nonce, SECTION, connection)?;
    report_key(content, &bytes, connection);
    Ok(ticket)
}

/// Nonce, ciphertext and tag, by AES-256-GCM.
pub(in crate::server) fn seal_bytes(
    bytes: &[u8],
    version: &[u8],
    ticket_key: &[u8; 32],
    nonce: [u8; NONCE_LENGTH],
    section: Section,
    connection: &mut Connection,
) -> Result<Vec<u8>, Error> {
    let sealed = Aead::Aes256Gcm
        .seal(ticket_key, nonce, version, bytes)
        .map_err(|_length| ErrorKind::Internal("the ticket key has another length"))?;
    let ticket = [&nonce[..], &sealed].concat();
    let inputs = [
        (ValueName::TicketContent, bytes),
        (ValueName::TicketKey, ticket_key),
    ];
    let (name, formula) = (ValueName::Ticket, Formula::Seal);
    connection
        .reporter
        .value(name, formula, &inputs, &ticket, section);
    Ok(ticket)
}

/// Reports that the pre-shared key stands in the ticket's content, at its end.
fn report_key(content: &TicketContent, bytes: &[u8], connection: &mut Connection) {
    let formula = Formula::Cut {
        start: bytes.len() - content.key.len(),
        end: bytes.len(),
    };
    let inputs = [(ValueName::TicketContent, bytes)];
    connection
        .reporter
        .value(ValueName::Psk, formula, &inputs, &content.key, SECTION);
}

/// What a ticket of this server holds, if it is one and still good.
pub(super) fn open(
    config: &ServerConfig,
    ticket: &[u8],
    connection: &mut Connection,
) -> Option<TicketContent> {
    let bytes = open_bytes(config.tls13.ticket_key.as_ref()?, ticket, b"")?;
    let content = TicketContent::decode(&bytes).ok()?;
    let now = connection.now;
    if content.issued > now || !resumption::is_fresh(content.authenticated, now) {
        return None;
    }
    report_opened(config, ticket, &bytes, SECTION, connection);
    report_key(&content, &bytes, connection);
    Some(content)
}

/// What was sealed into a ticket of this version.
pub(in crate::server) fn open_bytes(
    ticket_key: &[u8; 32],
    ticket: &[u8],
    version: &[u8],
) -> Option<Vec<u8>> {
    let (nonce, sealed) = ticket.split_first_chunk()?;
    let opened = Aead::Aes256Gcm.open(ticket_key, *nonce, version, sealed);
    opened.ok()
}

/// Reports what a ticket was opened with.
pub(in crate::server) fn report_opened(
    config: &ServerConfig,
    ticket: &[u8],
    bytes: &[u8],
    section: Section,
    connection: &mut Connection,
) {
    let ticket_key = config.tls13.ticket_key.as_ref();
    let inputs = [
        (ValueName::Ticket, ticket),
        (ValueName::TicketKey, ticket_key.map_or(&[][..], |key| key)),
    ];
    let (name, reporter) = (ValueName::TicketContent, &mut connection.reporter);
    reporter.value(name, Formula::Unseal, &inputs, bytes, section);
}

/// The suite and the pre-shared key in a ticket of TLS 1.3, for a thief of its key.
pub(crate) fn steal(ticket_key: &[u8; 32], ticket: &[u8]) -> Option<(Suite13, Vec<u8>)> {
    let bytes = open_bytes(ticket_key, ticket, b"")?;
    let content = TicketContent::decode(&bytes).ok()?;
    Some((Suite13::of(content.suite)?, content.key))
}
