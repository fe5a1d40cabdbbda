//! After the handshake: tickets, and new keys.

use std::sync::Arc;

use padlock_wire::{Section, Structure};

use super::State;
use crate::client;
use crate::codes::ExtensionType;
use crate::config::ClientConfig;
use crate::connection::{Connection, Incoming};
use crate::error::{Error, IllegalParameter};
use crate::messages::tls13::NewSessionTicket;
use crate::messages::{Body, ExtensionBody};
use crate::psk::{PreSharedKey, Session};
use crate::schedule::tls13::ResumptionSecret;
use crate::value::{Formula, ValueName};

/// Data may flow.
#[derive(Debug)]
pub(in crate::client) struct Connected {
    pub(super) config: Arc<ClientConfig>,
    pub(super) resumption: ResumptionSecret,
}

impl Connected {
    pub(super) fn handle(
        self: Box<Self>,
        connection: &mut Connection,
        incoming: Incoming,
    ) -> Result<client::State, Error> {
        match &incoming {
            Incoming::Message(Body::NewSessionTicket(message), _) => {
                self.take_ticket(message, connection)?;
            }
            other => connection.take_post_handshake(other)?,
        }
        Ok(client::State::Tls13(State::Connected(self)))
    }

    /// Makes a pre-shared key of a ticket (RFC 9846 §4.7.1).
    fn take_ticket(
        &self,
        message: &NewSessionTicket,
        connection: &mut Connection,
    ) -> Result<(), Error> {
        if message.ticket_lifetime > Session::LONGEST {
            return Err(IllegalParameter::TicketLifetime.into());
        }
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
            protocol: agreement.protocol.clone(),
            received: self.config.now,
            lifetime: message.ticket_lifetime,
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
