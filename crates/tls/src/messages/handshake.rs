//! A handshake message with its header.

use padlock_wire::{Coder, Error, Prefix, Section, Structure};

use super::{
    Certificate, CertificateRequest, CertificateVerify, ClientHello, ClientKeyExchange, Finished,
    ServerHello, ServerKeyExchange, SessionTicket, tls13,
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
    /// What the form of some messages depends on.
    pub form: Form,
}

/// What is agreed of a connection that decides the form of some of its messages.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Form {
    /// Nothing yet.
    #[default]
    Open,
    /// TLS 1.2, and how its keys are exchanged.
    Tls12(KeyExchange),
    /// TLS 1.3.
    Tls13,
}

impl From<Option<KeyExchange>> for Form {
    fn from(key_exchange: Option<KeyExchange>) -> Self {
        key_exchange.map_or(Self::Open, Self::Tls12)
    }
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
    EncryptedExtensions(tls13::EncryptedExtensions),
    Certificate13(tls13::Certificate),
    CertificateRequest13(tls13::CertificateRequest),
    NewSessionTicket(tls13::NewSessionTicket),
    EndOfEarlyData(tls13::EndOfEarlyData),
    KeyUpdate(tls13::KeyUpdate),
    SessionTicket(SessionTicket),
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
            form: Form::Open,
        }
    }

    /// A message to be read in a connection of which so much is agreed.
    #[must_use]
    pub fn expecting(form: impl Into<Form>) -> Self {
        Self {
            body: Body::Unknown(Unknown::default()),
            form: form.into(),
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
            self.body = Body::blank(kind, self.form);
        }
        coder.framed(Prefix::U24, 0..=0xff_ffff, |coder| self.body.fields(coder))
    }
}

macro_rules! bodies {
    ($($variant:ident($message:ty) = $kind:ident),* $(,)?) => {
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
                    $(Self::$variant(message) => coder.nested(<$message>::NAME, message),)*
                    Self::Unknown(unknown) => coder.rest("body", &mut unknown.bytes),
                }
            }
        }

        $(impl From<$message> for Body {
            fn from(message: $message) -> Self {
                Self::$variant(message)
            }
        })*
    };
}

bodies! {
    HelloRequest(HelloRequest) = HELLO_REQUEST,
    ClientHello(ClientHello) = CLIENT_HELLO,
    ServerHello(ServerHello) = SERVER_HELLO,
    Certificate(Certificate) = CERTIFICATE,
    ServerKeyExchange(ServerKeyExchange) = SERVER_KEY_EXCHANGE,
    CertificateRequest(CertificateRequest) = CERTIFICATE_REQUEST,
    ServerHelloDone(ServerHelloDone) = SERVER_HELLO_DONE,
    CertificateVerify(CertificateVerify) = CERTIFICATE_VERIFY,
    ClientKeyExchange(ClientKeyExchange) = CLIENT_KEY_EXCHANGE,
    Finished(Finished) = FINISHED,
    EncryptedExtensions(tls13::EncryptedExtensions) = ENCRYPTED_EXTENSIONS,
    Certificate13(tls13::Certificate) = CERTIFICATE,
    CertificateRequest13(tls13::CertificateRequest) = CERTIFICATE_REQUEST,
    NewSessionTicket(tls13::NewSessionTicket) = NEW_SESSION_TICKET,
    EndOfEarlyData(tls13::EndOfEarlyData) = END_OF_EARLY_DATA,
    KeyUpdate(tls13::KeyUpdate) = KEY_UPDATE,
    SessionTicket(SessionTicket) = NEW_SESSION_TICKET,
}

impl Body {
    /// An empty message of this kind.
    fn blank(kind: HandshakeType, form: Form) -> Self {
        let unknown = Self::Unknown(Unknown {
            kind,
            bytes: Vec::new(),
        });
        match (kind, form) {
            (HandshakeType::CLIENT_HELLO, _) => Self::ClientHello(ClientHello::default()),
            (HandshakeType::SERVER_HELLO, _) => Self::ServerHello(ServerHello::default()),
            (HandshakeType::CERTIFICATE_VERIFY, _) => {
                Self::CertificateVerify(CertificateVerify::default())
            }
            (HandshakeType::FINISHED, _) => Self::Finished(Finished::default()),
            (_, Form::Tls13) => tls13::blank(kind).unwrap_or(unknown),
            (HandshakeType::HELLO_REQUEST, _) => Self::HelloRequest(HelloRequest),
            (HandshakeType::CERTIFICATE, _) => Self::Certificate(Certificate::default()),
            (HandshakeType::SERVER_KEY_EXCHANGE, Form::Tls12(exchange))
                if exchange.is_ephemeral() =>
            {
                Self::ServerKeyExchange(ServerKeyExchange::default())
            }
            (HandshakeType::CERTIFICATE_REQUEST, _) => {
                Self::CertificateRequest(CertificateRequest::default())
            }
            (HandshakeType::SERVER_HELLO_DONE, _) => Self::ServerHelloDone(ServerHelloDone),
            (HandshakeType::CLIENT_KEY_EXCHANGE, Form::Tls12(exchange)) => {
                Self::ClientKeyExchange(ClientKeyExchange::blank(exchange))
            }
            (HandshakeType::NEW_SESSION_TICKET, Form::Tls12(_)) if cfg!(feature = "tls13") => {
                Self::SessionTicket(SessionTicket::default())
            }
            _ => unknown,
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
