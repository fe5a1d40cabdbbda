//! Sessions of TLS 1.2 that the server remembers or gives tickets for, and the abbreviated handshake
//! that resumes one (RFC 5246 §7.3, RFC 5077). The messages stand at the client.

use std::sync::Arc;

use padlock_wire::{Section, Structure};

use super::client_finished::ExpectChangeCipherSpec;
use super::tls13::ticket;
use super::{State, client_flight, hello};
use crate::codes::{CipherSuite, CompressionMethod, ExtensionType, ProtocolVersion};
use crate::config::ServerConfig;
use crate::connection::Connection;
use crate::error::{Error, ErrorKind};
use crate::messages::{
    ClientHello, Extension, ExtensionBody, Finished, Handshake, ServerHello, SessionTicket,
};
use crate::resumption::{Remembered, SERVER_LIFETIME};
use crate::schedule::{MasterSecret, Randoms};
use crate::session::Session;
use crate::suite::Suite;
use crate::trace::{EventKind, Party, Resumed};
use crate::value::{Formula, ValueName};

/// What a session will be remembered by, once the handshake is complete.
#[derive(Debug)]
pub(crate) struct Issue {
    config: Arc<ServerConfig>,
    /// The name that the client wanted.
    host: Vec<u8>,
    /// The ID; a ticket if it is empty.
    id: Vec<u8>,
}

/// A session that the client wants to resume and may.
pub(super) struct Found {
    session: Remembered,
    suite: Suite,
    /// The ticket that it stood in; `None` if the server remembered it by its ID.
    ticket: Option<Vec<u8>>,
}

const TICKETS: Section = Section::new(5077, "3.3");

/// The session that the client wants to resume, if the server still has it and it fits. If not, a
/// full handshake follows.
///
/// # Errors
/// [`ErrorKind::ExtendedMasterSecret`] if the session's master secret is bound to its handshake and
/// the client knows nothing of that now (RFC 7627 §5.3).
pub(super) fn find(
    config: &ServerConfig,
    hello: &ClientHello,
    connection: &mut Connection,
) -> Result<Option<Found>, Error> {
    let found = match hello.extension(ExtensionType::SESSION_TICKET) {
        Some(ExtensionBody::Ticket(ticket)) if !ticket.is_empty() => {
            open(config, ticket).map(|session| (session, Some(ticket.clone())))
        }
        _ if hello.session_id.is_empty() => None,
        _ => {
            let cache = config.tls13.sessions.as_ref();
            let session = cache.and_then(|cache| cache.get(&hello.session_id));
            session.map(|session| (session, None))
        }
    };
    let Some((session, ticket)) = found else {
        return Ok(None);
    };
    let mut suites = config.preferences.known_suites();
    let suite = suites.find(|suite| suite.code == session.suite);
    let offered = hello.cipher_suites.contains(&session.suite);
    // RFC 6066 §3: a session is for the name that it began with.
    let same_name = hello::wanted_host(hello).unwrap_or_default() == session.server_name;
    let Some(suite) = suite.filter(|_| offered && same_name && session.is_fresh(connection.now))
    else {
        return Ok(None);
    };
    let extends = hello.extension(ExtensionType::EXTENDED_MASTER_SECRET);
    match (session.extended_master_secret != 0, extends.is_some()) {
        (true, false) => return Err(ErrorKind::ExtendedMasterSecret.into()),
        // RFC 7627 §5.3: a full handshake makes a better one.
        (false, true) => return Ok(None),
        // Neither: as the RFC allows where old peers have to be served, which is here what is shown.
        (false, false) | (true, true) => {}
    }
    let welcome = client_flight::is_welcome(config, &session.client_chain, connection);
    Ok(welcome.then_some(Found {
        session,
        suite,
        ticket,
    }))
}

/// Answers with the abbreviated handshake.
pub(super) fn answer(
    config: &ServerConfig,
    client: &ClientHello,
    found: Found,
    renegotiation: bool,
    connection: &mut Connection,
) -> Result<State, Error> {
    let Found {
        session: remembered,
        suite,
        ticket,
    } = found;
    let how = match ticket {
        Some(_) => Resumed::Ticket,
        None => Resumed::SessionId,
    };
    let mut agreement = hello::agreement(config, client, suite, None)?;
    agreement.extended_master_secret = remembered.extended_master_secret != 0;
    agreement.resumed = Some(how);
    connection.settle_tls12(suite.key_exchange);
    connection.agreement = Some(agreement.clone());
    if config.client_authentication.is_some() {
        connection
            .peer_certificates
            .clone_from(&remembered.client_chain);
    }
    if let (Resumed::SessionId, Some(cache)) = (how, &config.tls13.sessions) {
        let entry = (cache.clone(), client.session_id.clone());
        connection.sessions.remembered = Some(entry);
    }
    let random = hello::draw_random(config, connection);
    let mut extensions = hello::answers(client, &agreement, suite, false, renegotiation);
    let own = config.tls13.record_size_limit;
    extensions.extend(connection.answer_limit(client, own)?);
    connection.reporter.report(|| EventKind::Agreed(agreement));
    let answer = ServerHello {
        server_version: ProtocolVersion::TLS_1_2,
        random,
        session_id: client.session_id.clone(),
        cipher_suite: suite.code,
        compression_method: CompressionMethod::NULL,
        extensions: Some(extensions).filter(|all| !all.is_empty()),
    };
    connection.send_flight(vec![Handshake::new(answer)])?;
    let session = Session {
        suite,
        randoms: Randoms {
            client: client.random,
            server: random,
        },
        extended_master_secret: remembered.extended_master_secret != 0,
    };
    match ticket {
        Some(ticket) => {
            let bytes = remembered.to_bytes()?;
            ticket::report_opened(config, &ticket, &bytes, TICKETS, connection);
            report_master(&remembered, &bytes, connection);
        }
        None => {
            let (name, section) = (ValueName::MasterSecret, Section::new(5246, "7.3"));
            let reporter = &mut connection.reporter;
            reporter.value(name, Formula::Held, &[], &remembered.master, section);
        }
    }
    let master = MasterSecret::new(remembered.master);
    let keys = master.key_block(suite, &session.randoms, &mut connection.reporter);
    let writing = connection.protector(suite, &keys, Party::Server)?;
    connection.send_change_cipher_spec(writing)?;
    let (transcript, reporter) = (&connection.transcript, &mut connection.reporter);
    let verify_data = master.verify_data(suite.hash, Party::Server, transcript, reporter);
    connection.send_flight(vec![Handshake::new(Finished { verify_data })])?;
    Ok(State::ChangeCipherSpec(ExpectChangeCipherSpec {
        session,
        master,
        keys,
        resumed: true,
    }))
}

/// Decides what a new session will be remembered by: a ticket if the client takes one, else an ID.
/// Gives the ID, which is empty if there is none, and what ServerHello says of tickets.
pub(super) fn promise(
    config: &Arc<ServerConfig>,
    hello: &ClientHello,
    connection: &mut Connection,
) -> (Vec<u8>, Option<Extension>) {
    let issue = |id: &[u8]| Issue {
        config: Arc::clone(config),
        host: hello::wanted_host(hello).unwrap_or_default().to_vec(),
        id: id.to_vec(),
    };
    let kind = ExtensionType::SESSION_TICKET;
    let gives = config.tls13.ticket_key.is_some() && config.tls13.tickets > 0;
    if gives && hello.extension(kind).is_some() {
        connection.sessions.issue = Some(issue(&[]));
        let body = ExtensionBody::Ticket(Vec::new());
        return (Vec::new(), Some(Extension::new(kind, body)));
    }
    if config.tls13.sessions.is_none() {
        return (Vec::new(), None);
    }
    let id = connection.random.fork("session ID").bytes::<32>().to_vec();
    connection.sessions.issue = Some(issue(&id));
    (id, None)
}

/// Remembers the session, or gives the client a ticket, as was promised.
pub(super) fn issue(
    session: &Session,
    master: &MasterSecret,
    connection: &mut Connection,
) -> Result<(), Error> {
    let Some(Issue { config, host, id }) = connection.sessions.issue.take() else {
        return Ok(());
    };
    let remembered = Remembered {
        suite: session.suite.code,
        began: connection.now,
        extended_master_secret: u8::from(session.extended_master_secret),
        server_name: host,
        client_chain: connection.peer_certificates.clone(),
        master: master.as_bytes().to_vec(),
    };
    if !id.is_empty() {
        if let Some(cache) = &config.tls13.sessions {
            cache.put(id.clone(), remembered);
            connection.sessions.remembered = Some((cache.clone(), id));
        }
        return Ok(());
    }
    let Some(ticket_key) = &config.tls13.ticket_key else {
        return Ok(());
    };
    let bytes = remembered.to_bytes()?;
    let nonce = connection.random.fork("ticket").bytes();
    let mut ticket = ticket::seal_bytes(&bytes, VERSION, ticket_key, nonce, TICKETS, connection)?;
    report_master(&remembered, &bytes, connection);
    if ticket.len() > ticket::LONGEST {
        ticket.clear();
    }
    connection.send_flight(vec![Handshake::new(SessionTicket {
        ticket_lifetime_hint: SERVER_LIFETIME,
        ticket,
    })])
}

/// What a ticket of this server holds, if it is one.
fn open(config: &ServerConfig, ticket: &[u8]) -> Option<Remembered> {
    let ticket_key = config.tls13.ticket_key.as_ref()?;
    Remembered::decode(&ticket::open_bytes(ticket_key, ticket, VERSION)?).ok()
}

/// The session that a ticket stands for, as whoever stole its key finds it there.
pub(crate) fn steal(ticket_key: &[u8; 32], ticket: &[u8]) -> Option<(CipherSuite, MasterSecret)> {
    let bytes = ticket::open_bytes(ticket_key, ticket, VERSION)?;
    let remembered = Remembered::decode(&bytes).ok()?;
    Some((remembered.suite, MasterSecret::new(remembered.master)))
}

/// What sets the tickets of TLS 1.2 apart from those of 1.3, which the same key protects.
const VERSION: &[u8] = b"TLS 1.2";

/// Reports that the master secret stands in what the server has to remember, at the end.
fn report_master(remembered: &Remembered, bytes: &[u8], connection: &mut Connection) {
    let formula = Formula::Cut {
        start: bytes.len() - remembered.master.len(),
        end: bytes.len(),
    };
    let inputs = [(ValueName::TicketContent, bytes)];
    let (name, master) = (ValueName::MasterSecret, &remembered.master);
    connection
        .reporter
        .value(name, formula, &inputs, master, TICKETS);
}
