//! After the handshake: tickets, new keys, and requests for a certificate.

use std::sync::Arc;

use padlock_wire::{Section, Structure};

use super::{State, finish};
use crate::client;
use crate::codes::ExtensionType;
use crate::config::ClientConfig;
use crate::connection::{Connection, Incoming};
use crate::error::{Error, ErrorKind};
use crate::messages::tls13::{CertificateRequest, NewSessionTicket};
use crate::messages::{Body, ExtensionBody};
use crate::psk::{PreSharedKey, Session};
use crate::schedule::tls13::ResumptionSecret;
use crate::suite::Suite13;
use crate::value::{Formula, ValueName};

/// Data may flow.
#[derive(Debug)]
pub(in crate::client) struct Connected {
    pub(super) config: Arc<ClientConfig>,
    pub(super) suite: Suite13,
    pub(super) resumption: ResumptionSecret,
    /// The messages of the handshake, if the client has offered to show a certificate later.
    pub(super) messages: Option<Vec<u8>>,
    /// How often it was asked for one.
    pub(super) requests: usize,
}

/// How often a server may ask.
const MAXIMUM_REQUESTS: usize = 16;

impl Connected {
    pub(super) fn handle(
        mut self: Box<Self>,
        connection: &mut Connection,
        incoming: Incoming,
    ) -> Result<client::State, Error> {
        match &incoming {
            Incoming::Message(Body::NewSessionTicket(message), _) => {
                self.take_ticket(message, connection)?;
            }
            Incoming::Message(Body::CertificateRequest13(request), bytes)
                if self.messages.is_some() && self.requests < MAXIMUM_REQUESTS =>
            {
                self.requests += 1;
                self.authenticate(request, bytes, connection)?;
            }
            other => connection.take_post_handshake(other)?,
        }
        Ok(client::State::Tls13(State::Connected(self)))
    }

    /// Shows the client's certificate, or that it has none (RFC 9846 §4.7.2).
    fn authenticate(
        &self,
        request: &CertificateRequest,
        bytes: &[u8],
        connection: &mut Connection,
    ) -> Result<(), Error> {
        let kind = ExtensionType::SIGNATURE_ALGORITHMS;
        if request.extension(kind).is_none() {
            return Err(ErrorKind::Missing(kind).into());
        }
        // Whoever has closed has nothing more to say.
        if !connection.is_open() {
            return Ok(());
        }
        let messages = self.messages.as_deref().unwrap_or_default();
        let messages = [messages, bytes].concat();
        connection.authenticate(self.suite, messages, |connection| {
            finish::authenticate(&self.config, self.suite, request, connection)
        })
    }

    /// Makes a pre-shared key of a ticket (RFC 9846 §4.7.1).
    fn take_ticket(
        &self,
        message: &NewSessionTicket,
        connection: &mut Connection,
    ) -> Result<(), Error> {
        let section = Section::new(9846, "4.7.1");
        let reporter = &mut connection.reporter;
        for (name, bytes) in [
            (ValueName::TicketNonce, &message.ticket_nonce),
            (ValueName::Ticket, &message.ticket),
        ] {
            let formula = Formula::ReadFrom(NewSessionTicket::NAME);
            reporter.value(name, formula, &[], bytes, section);
        }
        let key = self.resumption.psk(&message.ticket_nonce, reporter);
        let Some(agreement) = &connection.agreement else {
            return Ok(());
        };
        let session = Session {
            suite: agreement.suite,
            server_name: self.config.server_name.clone(),
            protocol: agreement.protocol.clone(),
            received: connection.now,
            // RFC 9846 §4.7.1: no ticket is kept for longer, whatever the server says.
            lifetime: message.ticket_lifetime.min(Session::LONGEST),
            age_add: message.ticket_age_add,
            max_early_data: match message.extension(ExtensionType::EARLY_DATA) {
                Some(ExtensionBody::MaxEarlyData(size)) => *size,
                _ => 0,
            },
        };
        // RFC 9846 §4.7.1: a lifetime of zero means that it is to be thrown away.
        if message.ticket_lifetime > 0 {
            connection.keep_ticket(PreSharedKey {
                identity: message.ticket.clone(),
                key,
                hash: self.resumption.hash(),
                session: Some(session),
            });
        }
        Ok(())
    }
}
