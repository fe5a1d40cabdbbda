//! After the handshake: new keys, and nothing else.

use super::State;
use crate::connection::{Connection, Incoming};
use crate::error::Error;
use crate::server;

/// Data may flow.
#[derive(Debug)]
pub(in crate::server) struct Connected;

impl Connected {
    pub(super) fn handle(
        self,
        connection: &mut Connection,
        incoming: Incoming,
    ) -> Result<server::State, Error> {
        connection.take_post_handshake(&incoming)?;
        Ok(server::State::Tls13(State::Connected(self)))
    }
}
