//! The server of TLS 1.3. The messages stand at the client.

mod choice;
mod client_flight;
mod connected;
mod flight;
mod hello;
mod psk;
pub(super) mod ticket;

use padlock_pki::time::UnixSeconds;

pub(super) use choice::is_chosen;
pub(super) use hello::answer;

use crate::connection::{Connection, Incoming};
use crate::error::{Arrival, Error};
use crate::schedule::tls13::{MainSecret, TrafficSecret};
use crate::suite::Suite13;

pub(crate) use ticket::steal;

/// What the server waits for.
#[derive(Debug)]
pub(super) enum State {
    SecondHello(Box<hello::ExpectSecondClientHello>),
    EndOfEarlyData(Box<client_flight::ExpectEndOfEarlyData>),
    Certificate(Box<client_flight::ExpectCertificate>),
    CertificateVerify(Box<client_flight::ExpectCertificateVerify>),
    Finished(Box<client_flight::ExpectFinished>),
    Connected(Box<connected::Connected>),
}

/// What the hellos settled, as far as it is needed later.
#[derive(Debug)]
struct Session {
    suite: Suite13,
    /// What the client's Finished is made with.
    client: TrafficSecret,
    /// What the client's data will be protected with.
    client_application: TrafficSecret,
    main: MainSecret,
    /// The name that was acknowledged; empty if none was.
    name: Vec<u8>,
    /// When the session began, if it is resumed.
    authenticated: Option<UnixSeconds>,
    /// Whether the client can do something with tickets.
    resumable: bool,
    /// Whether the client was asked for a certificate.
    asked: bool,
    /// Whether it may be asked later.
    may_ask_later: bool,
}

impl State {
    pub(super) fn awaits(&self) -> Arrival {
        match self {
            Self::SecondHello(_) => hello::ExpectSecondClientHello::AWAITS,
            Self::EndOfEarlyData(_) => client_flight::ExpectEndOfEarlyData::AWAITS,
            Self::Certificate(_) => client_flight::ExpectCertificate::AWAITS,
            Self::CertificateVerify(_) => client_flight::ExpectCertificateVerify::AWAITS,
            Self::Finished(_) => client_flight::ExpectFinished::AWAITS,
            Self::Connected(state) => state.awaits(),
        }
    }

    pub(super) fn handle(
        self,
        connection: &mut Connection,
        incoming: Incoming,
    ) -> Result<super::State, Error> {
        match self {
            Self::SecondHello(state) => state.handle(connection, incoming),
            Self::EndOfEarlyData(state) => state.handle(connection, incoming),
            Self::Certificate(state) => state.handle(connection, incoming),
            Self::CertificateVerify(state) => state.handle(connection, incoming),
            Self::Finished(state) => state.handle(connection, incoming),
            Self::Connected(state) => state.handle(connection, incoming),
        }
    }
}
