//! A handshake message with its header.

use padlock_wire::{Coder, Error, Prefix, Section, Structure};

use super::{
    Certificate, CertificateRequest, CertificateVerify, ClientHello, ClientKeyExchange, Finished,
    ServerHello, ServerKeyExchange,
};
use crate::codes::HandshakeType;
use crate::suite::KeyExchange;

/// A message of the handshake (RFC 5246 §7.4).
///
/// ```text
/// struct { HandshakeType msg_type; uint24 length; select (HandshakeType) { … } body; } Handshake;
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Handshake {
    /// The message.
    pub body: Body,
    /// The key exchange of the connection, which the form of some messages depends on; `None`
    /// before it is agreed.
    pub key_exchange: Option<KeyExchange>,
}

/// The messages, by kind.
#[derive(Clone, Debug, Eq, PartialEq)]
#[expect(missing_docs, reason = "each variant is the message of its name")]
pub enum Body {
    HelloRequest(HelloRequest),
    ClientHello(ClientHello),
    ServerHello(ServerHello),
    Certificate(Certificate),
    ServerKeyExchange(ServerKeyExchange),
    CertificateRequest(CertificateRequest),
    ServerHelloDone(ServerHelloDone),
    CertificateVerify(CertificateVerify),
    ClientKeyExchange(ClientKeyExchange),
    Finished(Finished),
    Unknown(Unknown),
}

/// Asks the client for a new handshake (RFC 5246 §7.4.1.1); empty.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct HelloRequest;

/// The server has said all it has to say for now (RFC 5246 §7.4.5); empty.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct ServerHelloDone;

/// A message of a kind that is not known here, or whose form depends on what is not agreed yet.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Unknown {
    /// Its kind.
    pub kind: HandshakeType,
    /// Its bytes, kept as they are.
    pub bytes: Vec<u8>,
}

impl Handshake {
    /// How many bytes type and length take.
    pub const HEADER: usize = 4;

    /// A message to send.
    #[must_use]
    pub fn new(body: impl Into<Body>) -> Self {
        Self {
            body: body.into(),
            key_exchange: None,
        }
    }

    /// A message to be read in a connection with this key exchange.
    #[must_use]
    pub fn expecting(key_exchange: Option<KeyExchange>) -> Self {
        Self {
            body: Body::Unknown(Unknown::default()),
            key_exchange,
        }
    }
}

impl Structure for Handshake {
    const NAME: &'static str = "Handshake";
    const SECTION: Section = Section::new(5246, "7.4");

    fn fields(&mut self, coder: &mut Coder<'_>) -> Result<(), Error> {
        let mut kind = self.body.kind();
        coder.code("msg_type", &mut kind)?;
        if coder.is_reading() {
            self.body = Body::blank(kind, self.key_exchange);
        }
        coder.framed(Prefix::U24, 0..=0xff_ffff, |coder| self.body.fields(coder))
    }
}

macro_rules! bodies {
    ($($variant:ident = $kind:ident),* $(,)?) => {
        impl Body {
            /// The kind of message.
            #[must_use]
            pub fn kind(&self) -> HandshakeType {
                match self {
                    $(Self::$variant(_) => HandshakeType::$kind,)*
                    Self::Unknown(unknown) => unknown.kind,
                }
            }

            fn fields(&mut self, coder: &mut Coder<'_>) -> Result<(), Error> {
                match self {
                    $(Self::$variant(message) => coder.nested($variant::NAME, message),)*
                    Self::Unknown(unknown) => coder.rest("body", &mut unknown.bytes),
                }
            }
        }

        $(impl From<$variant> for Body {
            fn from(message: $variant) -> Self {
                Self::$variant(message)
            }
        })*
    };
}

bodies! {
    HelloRequest = HELLO_REQUEST,
    ClientHello = CLIENT_HELLO,
    ServerHello = SERVER_HELLO,
    Certificate = CERTIFICATE,
    ServerKeyExchange = SERVER_KEY_EXCHANGE,
    CertificateRequest = CERTIFICATE_REQUEST,
    ServerHelloDone = SERVER_HELLO_DONE,
    CertificateVerify = CERTIFICATE_VERIFY,
    ClientKeyExchange = CLIENT_KEY_EXCHANGE,
    Finished = FINISHED,
}

impl Body {
    /// An empty message of this kind.
    fn blank(kind: HandshakeType, key_exchange: Option<KeyExchange>) -> Self {
        match (kind, key_exchange) {
            (HandshakeType::HELLO_REQUEST, _) => Self::HelloRequest(HelloRequest),
            (HandshakeType::CLIENT_HELLO, _) => Self::ClientHello(ClientHello::default()),
            (HandshakeType::SERVER_HELLO, _) => Self::ServerHello(ServerHello::default()),
            (HandshakeType::CERTIFICATE, _) => Self::Certificate(Certificate::default()),
            (HandshakeType::SERVER_KEY_EXCHANGE, Some(exchange)) if exchange.is_ephemeral() => {
                Self::ServerKeyExchange(ServerKeyExchange::default())
            }
            (HandshakeType::CERTIFICATE_REQUEST, _) => {
                Self::CertificateRequest(CertificateRequest::default())
            }
            (HandshakeType::SERVER_HELLO_DONE, _) => Self::ServerHelloDone(ServerHelloDone),
            (HandshakeType::CERTIFICATE_VERIFY, _) => {
                Self::CertificateVerify(CertificateVerify::default())
            }
            (HandshakeType::CLIENT_KEY_EXCHANGE, Some(exchange)) => {
                Self::ClientKeyExchange(ClientKeyExchange::blank(exchange))
            }
            (HandshakeType::FINISHED, _) => Self::Finished(Finished::default()),
            _ => Self::Unknown(Unknown {
                kind,
                bytes: Vec::new(),
            }),
        }
    }
}

impl Structure for HelloRequest {
    const NAME: &'static str = "HelloRequest";
    const SECTION: Section = Section::new(5246, "7.4.1.1");

    fn fields(&mut self, _: &mut Coder<'_>) -> Result<(), Error> {
        Ok(())
    }
}

impl Structure for ServerHelloDone {
    const NAME: &'static str = "ServerHelloDone";
    const SECTION: Section = Section::new(5246, "7.4.5");

    fn fields(&mut self, _: &mut Coder<'_>) -> Result<(), Error> {
        Ok(())
    }
}
