//! The client switches to the new keys and proves that it has them; the server does the same.

use padlock_wire::Section;

use crate::codes::HandshakeType;
use crate::connection::{Connection, Incoming};
use crate::error::{Arrival, Error};
use crate::messages::{Body, Finished, Handshake};
use crate::schedule::{KeyBlock, MasterSecret};
use crate::session::{self, Session};
use crate::trace::Party;

use super::State;

/// The client's ChangeCipherSpec is awaited.
#[derive(Debug)]
pub(super) struct ExpectChangeCipherSpec {
    pub(super) session: Session,
    pub(super) master: MasterSecret,
    pub(super) keys: KeyBlock,
    /// Whether a session is resumed: then the server has proved already that it has the keys.
    pub(super) resumed: bool,
}

impl ExpectChangeCipherSpec {
    pub(super) fn handle(
        self,
        connection: &mut Connection,
        incoming: Incoming,
    ) -> Result<State, Error> {
        let Incoming::ChangeCipherSpec = incoming else {
            return Err(incoming.unexpected(Arrival::ChangeCipherSpec));
        };
        let reading = connection.protector(self.session.suite, &self.keys, Party::Client)?;
        connection.protect_reading(reading);
        let Self {
            session,
            master,
            keys,
            resumed,
        } = self;
        Ok(State::Finished(ExpectFinished {
            session,
            master,
            keys,
            resumed,
        }))
    }
}

/// The client's Finished is awaited.
#[derive(Debug)]
pub(super) struct ExpectFinished {
    session: Session,
    master: MasterSecret,
    keys: KeyBlock,
    resumed: bool,
}

impl ExpectFinished {
    pub(super) const AWAITS: Arrival = Arrival::Handshake(HandshakeType::FINISHED);

    pub(super) fn handle(
        self,
        connection: &mut Connection,
        incoming: Incoming,
    ) -> Result<State, Error> {
        let Incoming::Message(Body::Finished(message), bytes) = incoming else {
            return Err(incoming.unexpected(Self::AWAITS));
        };
        let Self {
            session,
            master,
            keys,
            resumed,
        } = self;
        let hash = session.suite.hash;
        let reporter = &mut connection.reporter;
        let expected = master.verify_data(hash, Party::Client, &connection.transcript, reporter);
        let section = Section::new(5246, "7.4.9");
        session::verify_finished(expected, &message.verify_data, section, reporter)?;
        connection.transcript.extend_from_slice(&bytes);
        if resumed {
            return Ok(State::Connected);
        }
        #[cfg(feature = "tls13")]
        super::resumption::issue(&session, &master, connection)?;
        let writing = connection.protector(session.suite, &keys, Party::Server)?;
        connection.send_change_cipher_spec(writing)?;
        let reporter = &mut connection.reporter;
        let verify_data = master.verify_data(hash, Party::Server, &connection.transcript, reporter);
        connection.send_flight(vec![Handshake::new(Finished { verify_data })])?;
        Ok(State::Connected)
    }
}
