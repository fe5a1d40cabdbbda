//! The messages of TLS 1.2, one definition each.

mod alert;
mod authentication;
mod extension;
mod handshake;
mod hello;
mod key_exchange;

pub use alert::{Alert, ChangeCipherSpec};
pub use authentication::{
    Certificate, CertificateRequest, CertificateVerify, DigitallySigned, Finished,
};
pub use extension::{Extension, ExtensionBody, ServerName};
pub use handshake::{Body, Handshake, HelloRequest, ServerHelloDone, Unknown};
pub use hello::{ClientHello, ServerHello};
pub use key_exchange::{ClientKeyExchange, EcdhParameters, ServerKeyExchange};
