//! The client of TLS 1.3.
//!
//! ```text
//! Client                                               Server
//! ClientHello
//! + key_share*
//! + psk_key_exchange_modes*
//! + pre_shared_key*          -------->
//!                                                 ServerHello
//!                                                + key_share*
//!                                           + pre_shared_key*
//!                                       {EncryptedExtensions}
//!                                       {CertificateRequest*}
//!                                              {Certificate*}
//!                                        {CertificateVerify*}
//!                                                  {Finished}
//!                            <--------    [Application Data*]
//! {Certificate*}
//! {CertificateVerify*}
//! {Finished}                 -------->
//! [Application Data]         <------->     [Application Data]
//! ```
//! (RFC 9846 §2)

mod connected;
mod finish;
mod grease;
mod hello;
mod offer;
mod parameters;
mod server_flight;

pub(super) use offer::start;

use crate::connection::{Connection, Incoming};
use crate::error::{Arrival, Error};
use crate::schedule::tls13::{HandshakeSecret, TrafficSecret};
use crate::suite::Suite13;

/// What the client waits for.
#[derive(Debug)]
pub(super) enum State {
    Hello(Box<hello::ExpectServerHello>),
    Extensions(Box<parameters::ExpectEncryptedExtensions>),
    Request(Box<server_flight::ExpectCertificateRequest>),
    Certificate(Box<server_flight::ExpectCertificate>),
    CertificateVerify(Box<server_flight::ExpectCertificateVerify>),
    Finished(Box<finish::ExpectFinished>),
    Connected(Box<connected::Connected>),
}

/// What the hellos settled.
#[derive(Debug)]
struct Session {
    suite: Suite13,
    secret: HandshakeSecret,
    client: TrafficSecret,
    server: TrafficSecret,
    /// Whether a pre-shared key authenticates the server, who then shows no certificate.
    psk: bool,
    /// How early data stands.
    early_data: EarlyData,
    /// The application protocol that it was written for.
    early_protocol: Option<Vec<u8>>,
}

/// How early data stands.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum EarlyData {
    /// There is none.
    None,
    /// It was sent, with the first pre-shared key.
    Sent {
        /// Whether the server chose that key, and the suite of its session.
        chosen: bool,
    },
    /// It was sent, and the server took it: the end has to be told.
    Accepted,
}

impl State {
    pub(super) fn awaits(&self) -> Arrival {
        match self {
            Self::Hello(_) => hello::ExpectServerHello::AWAITS,
            Self::Extensions(_) => parameters::ExpectEncryptedExtensions::AWAITS,
            Self::Request(_) | Self::Certificate(_) => server_flight::ExpectCertificate::AWAITS,
            Self::CertificateVerify(_) => server_flight::ExpectCertificateVerify::AWAITS,
            Self::Finished(_) => finish::ExpectFinished::AWAITS,
            Self::Connected(_) => Arrival::ApplicationData,
        }
    }

    pub(super) fn handle(
        self,
        connection: &mut Connection,
        incoming: Incoming,
    ) -> Result<super::State, Error> {
        match self {
            Self::Hello(state) => state.handle(connection, incoming),
            Self::Extensions(state) => state.handle(connection, incoming),
            Self::Request(state) => state.handle(connection, incoming),
            Self::Certificate(state) => state.handle(connection, incoming),
            Self::CertificateVerify(state) => state.handle(connection, incoming),
            Self::Finished(state) => state.handle(connection, incoming),
            Self::Connected(state) => state.handle(connection, incoming),
        }
    }
}
