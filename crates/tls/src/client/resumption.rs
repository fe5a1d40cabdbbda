//! Sessions of TLS 1.2 that the client offers, and the abbreviated handshake that resumes one:
//!
//! ```text
//! Client                                               Server
//! ClientHello                  -------->
//!                                                 ServerHello
//!                                           NewSessionTicket*
//!                                          [ChangeCipherSpec]
//!                              <--------             Finished
//! [ChangeCipherSpec]
//! Finished                     -------->
//! Application Data             <------->     Application Data
//! ```
//! (RFC 5246 §7.3, RFC 5077 §3.1)

use padlock_wire::{Section, Structure};

use super::State;
use super::server_finished::ExpectChangeCipherSpec;
use crate::codes::{ExtensionType, HandshakeType, ProtocolVersion};
use crate::config::ClientConfig;
use crate::connection::{Connection, Incoming};
use crate::error::{Arrival, Error, ErrorKind, IllegalParameter};
use crate::messages::{Body, ClientHello, Extension, ExtensionBody, ServerHello, SessionTicket};
use crate::resumption::Session;
use crate::schedule::MasterSecret;
use crate::session;
use crate::trace::{Party, Resumed};
use crate::value::{Formula, ValueName};

/// Puts the session that is to be resumed into a `ClientHello`, or asks for a ticket.
pub(super) fn offer(config: &ClientConfig, hello: &mut ClientHello, connection: &mut Connection) {
    if !config.preferences.speaks(ProtocolVersion::TLS_1_2) {
        connection.sessions.offered = None;
        return;
    }
    let usable = |session: &Session| {
        session.is_fresh(connection.now)
            && session.server_name == config.server_name
            && config.preferences.suites.contains(&session.suite)
            // RFC 7627 §5.3: who knows of it goes on from such sessions only.
            && session.extended_master_secret == config.preferences.extended_master_secret
    };
    connection.sessions.offered = connection.sessions.offered.take().filter(usable);
    let offered = connection.sessions.offered.as_ref();
    let ticket = offered.map_or(&[][..], |session| &session.ticket);
    if config.tls13.session_tickets || !ticket.is_empty() {
        let body = ExtensionBody::Ticket(ticket.to_vec());
        let extension = Extension::new(ExtensionType::SESSION_TICKET, body);
        hello.extensions.get_or_insert_default().push(extension);
    }
    match offered {
        Some(session) if ticket.is_empty() => hello.session_id.clone_from(&session.id),
        // RFC 5077 §3.4: by an ID of its own the client learns whether the ticket is taken.
        Some(_) if hello.session_id.is_empty() => {
            let id = connection.random.fork("session ID").bytes::<32>();
            hello.session_id = id.to_vec();
        }
        _ => {}
    }
}

/// The session that the server resumes, if it does, and by what (RFC 5246 §7.4.1.3): it echoes the
/// ID. Suite and extended master secret must be those of the session (RFC 7627 §5.3).
pub(super) fn accepted(
    sent_id: &[u8],
    hello: &ServerHello,
    connection: &mut Connection,
) -> Result<Option<(Session, Resumed)>, Error> {
    let promised = hello.extension(ExtensionType::SESSION_TICKET).is_some();
    connection.sessions.ticket_promised = promised;
    let Some(session) = connection.sessions.offered.take() else {
        return Ok(None);
    };
    if sent_id.is_empty() || hello.session_id != sent_id {
        return Ok(None);
    }
    if hello.cipher_suite != session.suite {
        return Err(IllegalParameter::ResumedSuite.into());
    }
    let extended = hello.extension(ExtensionType::EXTENDED_MASTER_SECRET);
    if extended.is_some() != session.extended_master_secret {
        return Err(ErrorKind::ExtendedMasterSecret.into());
    }
    let how = match session.ticket.is_empty() {
        true => Resumed::SessionId,
        false => Resumed::Ticket,
    };
    Ok(Some((session, how)))
}

/// Takes up the session's master secret, and awaits the server's proof that it has it too.
pub(super) fn resume(
    resumed: Session,
    session: session::Session,
    connection: &mut Connection,
) -> Result<State, Error> {
    let reporter = &mut connection.reporter;
    let (name, master) = (ValueName::MasterSecret, resumed.master.clone());
    let section = Section::new(5246, "7.3");
    reporter.value(name, Formula::Held, &[], master.as_bytes(), section);
    let keys = master.key_block(session.suite, &session.randoms, reporter);
    let writing = connection.protector(session.suite, &keys, Party::Client)?;
    let reading = connection.protector(session.suite, &keys, Party::Server)?;
    connection.sessions.draft = Some(resumed);
    Ok(await_ticket(
        ExpectChangeCipherSpec {
            session,
            master,
            reading,
            answer: Some(writing),
        },
        connection,
    ))
}

/// Notes what this session is, so that it can be resumed.
pub(super) fn note(
    config: &ClientConfig,
    session: &session::Session,
    master: &MasterSecret,
    connection: &mut Connection,
) {
    connection.sessions.draft = Some(Session {
        id: std::mem::take(&mut connection.sessions.id),
        ticket: Vec::new(),
        master: master.clone(),
        suite: session.suite.code,
        extended_master_secret: session.extended_master_secret,
        server_name: config.server_name.clone(),
        began: connection.now,
        lifetime: 0,
    });
}

/// A ticket comes before ChangeCipherSpec if the server has promised one (RFC 5077 §3.3).
pub(super) fn await_ticket(next: ExpectChangeCipherSpec, connection: &mut Connection) -> State {
    match connection.sessions.ticket_promised {
        true => State::Ticket(Box::new(ExpectTicket { next })),
        false => State::ChangeCipherSpec(next),
    }
}

/// The ticket is awaited.
#[derive(Debug)]
pub(super) struct ExpectTicket {
    next: ExpectChangeCipherSpec,
}

impl ExpectTicket {
    pub(super) const AWAITS: Arrival = Arrival::Handshake(HandshakeType::NEW_SESSION_TICKET);

    pub(super) fn handle(
        self,
        connection: &mut Connection,
        incoming: Incoming,
    ) -> Result<State, Error> {
        let Incoming::Message(Body::SessionTicket(message), bytes) = incoming else {
            return Err(incoming.unexpected(Self::AWAITS));
        };
        connection.transcript.extend_from_slice(&bytes);
        let name = ValueName::Ticket;
        let formula = Formula::ReadFrom(SessionTicket::NAME);
        let section = Section::new(5077, "3.3");
        connection
            .reporter
            .value(name, formula, &[], &message.ticket, section);
        if let Some(draft) = &mut connection.sessions.draft
            && !message.ticket.is_empty()
        {
            // RFC 5077 §3.4: a ticket takes the place of an ID.
            draft.id = Vec::new();
            draft.ticket = message.ticket;
            draft.lifetime = message.ticket_lifetime_hint;
        }
        Ok(State::ChangeCipherSpec(self.next))
    }
}
