//! What the key of a server's tickets opens of TLS 1.2: a ticket holds the master secret (RFC 5077 §4),
//! and travels in clear both when it is given out and when it is used.

use super::{Observer, Secret};
use crate::codes::ExtensionType;
use crate::error::Error;
use crate::messages::{ClientHello, ExtensionBody, ServerHello};
use crate::report::Reporter;
use crate::server::steal_session;
use crate::trace::Party;

impl Observer {
    /// Notes by what the client would resume a session.
    pub(super) fn offers(&mut self, hello: &ClientHello) {
        let ticket = match hello.extension(ExtensionType::SESSION_TICKET) {
            Some(ExtensionBody::Ticket(ticket)) => ticket.clone(),
            _ => Vec::new(),
        };
        self.offered = (hello.session_id.clone(), ticket);
    }

    /// Takes the keys out of the ticket that is resumed with, if one is: the server sends the
    /// client's session ID back.
    pub(super) fn resumed(&mut self, hello: &ServerHello) {
        let (id, ticket) = std::mem::take(&mut self.offered);
        if !ticket.is_empty() && hello.session_id == id {
            self.open_ticket(&ticket);
        }
    }

    /// Takes the keys out of a ticket that is given out. The client sends under them already.
    pub(super) fn ticketed(&mut self, ticket: &[u8]) -> Result<(), Error> {
        if self.keys.is_none() && self.open_ticket(ticket) && self.client.unreadable > 0 {
            let missed = self.client.unreadable;
            return self.read_on(Party::Client, missed);
        }
        Ok(())
    }

    fn open_ticket(&mut self, ticket: &[u8]) -> bool {
        let (Secret::TicketKey(key), Some(suite)) = (&self.secret, self.suite()) else {
            return false;
        };
        let session = steal_session(key, ticket);
        let Some((_, master)) = session.filter(|(code, _)| *code == suite.code) else {
            return false;
        };
        let mut unheard = Reporter::new(Party::Client, false);
        self.keys = Some(master.key_block(suite, &self.randoms, &mut unheard));
        true
    }
}
