//! The messages of TLS 1.2 and 1.3, one definition each.

mod alert;
mod authentication;
mod extension;
mod handshake;
mod hello;
mod key_exchange;
mod key_share;
mod pre_shared_key;
mod session_ticket;
pub mod tls13;

pub use alert::{Alert, ChangeCipherSpec};
pub use authentication::{
    Certificate, CertificateRequest, CertificateVerify, DigitallySigned, Finished,
};
pub use extension::{Extension, ExtensionBody, Place, ServerName};
pub use handshake::{Body, Form, Handshake, HelloRequest, ServerHelloDone, Unknown};
pub use hello::{ClientHello, HELLO_RETRY_REQUEST, ServerHello};
pub use key_exchange::{ClientKeyExchange, EcdhParameters, ServerKeyExchange};
pub use key_share::KeyShareEntry;
pub use pre_shared_key::{OfferedPsks, PskIdentity};
pub use session_ticket::SessionTicket;
