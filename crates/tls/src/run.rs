//! A client, a server and the wire between them.

use std::collections::VecDeque;
use std::sync::Arc;

use padlock_pki::random::Random;

use crate::Status;
use crate::client::Client;
use crate::config::{ClientConfig, ServerConfig};
use crate::error::Error;
use crate::record::Header;
use crate::server::Server;
use crate::trace::{Event, Party};

/// A run under way: both parties, and the records that travel between them.
///
/// It goes on in small steps, so that a page can draw in between: each [`step`](Self::step)
/// carries one record to its receiver.
#[derive(Debug)]
pub struct Run {
    client: Client,
    server: Server,
    /// Records under way, in the order in which they were sent.
    wire: VecDeque<Transfer>,
    trace: Trace,
}

/// Everything that happened in a run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Trace {
    /// What the parties did, in the order in which they did it.
    pub events: Vec<Event>,
    /// What the wire carried, a record each, in the order in which it was sent.
    pub wire: Vec<Transfer>,
}

/// Bytes on the wire.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Transfer {
    /// Who sent them.
    pub from: Party,
    /// One record, as it was sent; the last of a direction may be cut off.
    pub bytes: Vec<u8>,
    /// What arrived in its place, if somebody on the way changed it (see [`Run::change_next`]).
    pub arrives: Option<Vec<u8>>,
}

impl Run {
    /// Sets both parties up; the `ClientHello` is under way at once.
    ///
    /// # Errors
    /// If the client's configuration makes no `ClientHello`.
    pub fn new(
        client: Arc<ClientConfig>,
        server: Arc<ServerConfig>,
        random: &Random,
    ) -> Result<Self, Error> {
        let server = Server::new(server, random.fork("server"));
        let client = Client::new(client, random.fork("client"))?;
        Ok(Self::of(client, server))
    }

    /// The same, where the client resumes this session of TLS 1.2 if the server lets it.
    ///
    /// # Errors
    /// Those of [`new`](Self::new).
    #[cfg(feature = "tls13")]
    pub fn resuming(
        client: Arc<ClientConfig>,
        server: Arc<ServerConfig>,
        session: crate::resumption::Session,
        random: &Random,
    ) -> Result<Self, Error> {
        let server = Server::new(server, random.fork("server"));
        let client = Client::resuming(client, session, random.fork("client"))?;
        Ok(Self::of(client, server))
    }

    fn of(client: Client, server: Server) -> Self {
        let mut run = Self {
            client,
            server,
            wire: VecDeque::new(),
            trace: Trace::default(),
        };
        run.collect();
        run
    }

    /// Carries the next record to its receiver and lets it answer. Says whether there was one.
    ///
    /// An error of a party ends the connection, not the run: the trace tells it.
    pub fn step(&mut self) -> bool {
        let Some(transfer) = self.wire.pop_front() else {
            return false;
        };
        let bytes = transfer.arrives.as_ref().unwrap_or(&transfer.bytes);
        let _told_by_the_trace = match transfer.from {
            Party::Client => self.server.receive(bytes),
            Party::Server => self.client.receive(bytes),
        };
        self.collect();
        true
    }

    /// Lets somebody on the way change the record that is carried next: `change` is given the record and
    /// says what arrives in its place, if anything else does. Says what was changed.
    pub fn change_next(
        &mut self,
        change: impl FnOnce(&Transfer) -> Option<Vec<u8>>,
    ) -> Option<&Transfer> {
        let next = self.wire.front_mut()?;
        next.arrives = Some(change(next)?);
        let at = self.trace.wire.len().checked_sub(self.wire.len())?;
        let kept = self.trace.wire.get_mut(at)?;
        kept.clone_from(self.wire.front()?);
        Some(kept)
    }

    /// Lets `party` send data of the application.
    ///
    /// # Errors
    /// If its connection is not open.
    pub fn send(&mut self, party: Party, data: &[u8]) -> Result<(), Error> {
        let outcome = match party {
            Party::Client => self.client.send(data),
            Party::Server => self.server.send(data),
        };
        self.collect();
        outcome
    }

    /// The data of the application that `party` received since it was last asked.
    #[must_use]
    pub fn received(&mut self, party: Party) -> Vec<u8> {
        match party {
            Party::Client => self.client.received(),
            Party::Server => self.server.received(),
        }
    }

    /// The early data that the server took since it was last asked; see [`Server::early_data`].
    #[cfg(feature = "tls13")]
    #[must_use]
    pub fn early_data(&mut self) -> Vec<u8> {
        self.server.early_data()
    }

    /// Lets `party` say close_notify.
    pub fn close(&mut self, party: Party) {
        match party {
            Party::Client => self.client.close(),
            Party::Server => self.server.close(),
        }
        self.collect();
    }

    /// The tickets that the client got since it was last asked: pre-shared keys to resume with
    /// (RFC 9846 §4.7.1).
    #[cfg(feature = "tls13")]
    #[must_use]
    pub fn take_tickets(&mut self) -> Vec<crate::psk::PreSharedKey> {
        self.client.take_tickets()
    }

    /// The session of TLS 1.2 that the client can resume; see [`Client::session`].
    #[cfg(feature = "tls13")]
    #[must_use]
    pub fn session(&self) -> Option<&crate::resumption::Session> {
        self.client.session()
    }

    /// Where `party`'s connection stands.
    #[must_use]
    pub fn status(&self, party: Party) -> &Status {
        match party {
            Party::Client => self.client.status(),
            Party::Server => self.server.status(),
        }
    }

    /// What happened so far.
    #[must_use]
    pub const fn trace(&self) -> &Trace {
        &self.trace
    }

    /// Takes up what the parties did and sent.
    fn collect(&mut self) {
        self.trace.events.append(&mut self.client.take_events());
        self.trace.events.append(&mut self.server.take_events());
        for (from, output) in [
            (Party::Client, self.client.output()),
            (Party::Server, self.server.output()),
        ] {
            let mut rest = output.as_slice();
            while !rest.is_empty() {
                let (record, after) = rest.split_at(record_length(rest));
                let transfer = Transfer {
                    from,
                    bytes: record.to_vec(),
                    arrives: None,
                };
                self.trace.wire.push(transfer.clone());
                self.wire.push_back(transfer);
                rest = after;
            }
        }
    }
}

/// How many of `bytes`, which begin with a record, are that record.
fn record_length(bytes: &[u8]) -> usize {
    let [_, _, _, high, low, ..] = bytes else {
        return bytes.len();
    };
    let fragment = usize::from(u16::from_be_bytes([*high, *low]));
    bytes.len().min(Header::LENGTH + fragment)
}
