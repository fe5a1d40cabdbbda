//! The server switches to the new keys and proves that it has them.

use padlock_wire::Section;

use crate::codes::HandshakeType;
use crate::connection::{Connection, Incoming};
use crate::error::{Arrival, Error};
use crate::messages::{Body, Finished, Handshake};
use crate::record::Protector;
use crate::schedule::MasterSecret;
use crate::session::{self, Session};
use crate::trace::Party;

use super::State;

/// The server's ChangeCipherSpec is awaited.
#[derive(Debug)]
pub(super) struct ExpectChangeCipherSpec {
    pub(super) session: Session,
    pub(super) master: MasterSecret,
    pub(super) reading: Protector,
    /// What protects the client's answer, if it proves after the server that it has the keys: where
    /// a session is resumed.
    pub(super) answer: Option<Protector>,
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
        let Self {
            session,
            master,
            reading,
            answer,
        } = self;
        connection.protect_reading(reading);
        Ok(State::Finished(ExpectFinished {
            session,
            master,
            answer,
        }))
    }
}

/// The server's Finished is awaited.
#[derive(Debug)]
pub(super) struct ExpectFinished {
    session: Session,
    master: MasterSecret,
    answer: Option<Protector>,
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
        let hash = self.session.suite.hash;
        let transcript = &connection.transcript;
        let reporter = &mut connection.reporter;
        let expected = self
            .master
            .verify_data(hash, Party::Server, transcript, reporter);
        let section = Section::new(5246, "7.4.9");
        session::verify_finished(expected, &message.verify_data, section, reporter)?;
        connection.transcript.extend_from_slice(&bytes);
        if let Some(writing) = self.answer {
            connection.send_change_cipher_spec(writing)?;
            let (transcript, reporter) = (&connection.transcript, &mut connection.reporter);
            let master = &self.master;
            let verify_data = master.verify_data(hash, Party::Client, transcript, reporter);
            connection.send_flight(vec![Handshake::new(Finished { verify_data })])?;
        }
        #[cfg(feature = "tls13")]
        connection.sessions.finish();
        Ok(State::Connected)
    }
}
