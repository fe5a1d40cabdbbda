//! The two hellos: what one side can do, and what the other chose.

use padlock_wire::{Coder, Error, Prefix, Section, Structure};

use super::extension::{self, Extension, ExtensionBody, Place};
use crate::codes::{CipherSuite, CompressionMethod, ExtensionType, ProtocolVersion};

/// What the client can do (RFC 5246 §7.4.1.2).
///
/// ```text
/// struct {
///     ProtocolVersion client_version;
///     Random random;
///     SessionID session_id<0..32>;
///     CipherSuite cipher_suites<2..2^16-2>;
///     CompressionMethod compression_methods<1..2^8-1>;
///     Extension extensions<0..2^16-1>;   // may be absent
/// } ClientHello;
/// ```
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct ClientHello {
    /// The newest version that the client speaks.
    pub client_version: ProtocolVersion,
    /// 32 random bytes.
    pub random: [u8; 32],
    /// A session to resume; empty for a new one.
    pub session_id: Vec<u8>,
    /// The suites that the client can use, the best first.
    pub cipher_suites: Vec<CipherSuite>,
    /// Always null alone.
    pub compression_methods: Vec<CompressionMethod>,
    /// The rest; `None` if the field is absent.
    pub extensions: Option<Vec<Extension>>,
}

impl ClientHello {
    /// The body of the extension of this kind.
    #[must_use]
    pub fn extension(&self, kind: ExtensionType) -> Option<&ExtensionBody> {
        find(self.extensions.as_deref(), kind)
    }
}

impl Structure for ClientHello {
    const NAME: &'static str = "ClientHello";
    const SECTION: Section = Section::new(5246, "7.4.1.2");

    fn fields(&mut self, coder: &mut Coder<'_>) -> Result<(), Error> {
        coder.code("client_version", &mut self.client_version)?;
        coder.array("random", &mut self.random)?;
        coder.opaque("session_id", Prefix::U8, 0..=32, &mut self.session_id)?;
        let suites = &mut self.cipher_suites;
        coder.codes(
            "cipher_suites",
            "cipher_suite",
            Prefix::U16,
            2..=0xfffe,
            suites,
        )?;
        let methods = &mut self.compression_methods;
        coder.codes(
            "compression_methods",
            "compression_method",
            Prefix::U8,
            1..=0xff,
            methods,
        )?;
        optional_extensions(coder, &mut self.extensions, Place::ClientHello)
    }
}

/// `ServerHello.random` of a HelloRetryRequest: SHA-256 of "HelloRetryRequest"
/// (RFC 9846 §4.2.3).
pub const HELLO_RETRY_REQUEST: [u8; 32] = [
    0xcf, 0x21, 0xad, 0x74, 0xe5, 0x9a, 0x61, 0x11, 0xbe, 0x1d, 0x8c, 0x02, 0x1e, 0x65, 0xb8, 0x91,
    0xc2, 0xa2, 0x11, 0x16, 0x7a, 0xbb, 0x8c, 0x5e, 0x07, 0x9e, 0x09, 0xe2, 0xc8, 0xa8, 0x33, 0x9c,
];

/// What the server chose (RFC 5246 §7.4.1.3); in TLS 1.3 also a request for another ClientHello,
/// which a special random tells (RFC 9846 §4.2.3, §4.2.4).
///
/// ```text
/// struct {
///     ProtocolVersion server_version;
///     Random random;
///     SessionID session_id<0..32>;
///     CipherSuite cipher_suite;
///     CompressionMethod compression_method;
///     Extension extensions<0..2^16-1>;   // may be absent
/// } ServerHello;
/// ```
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct ServerHello {
    /// The version that will be spoken.
    pub server_version: ProtocolVersion,
    /// 32 random bytes.
    pub random: [u8; 32],
    /// The session's name; empty if it cannot be resumed.
    pub session_id: Vec<u8>,
    /// The suite that will be used.
    pub cipher_suite: CipherSuite,
    /// Always null.
    pub compression_method: CompressionMethod,
    /// Answers to the client's extensions; `None` if the field is absent.
    pub extensions: Option<Vec<Extension>>,
}

impl ServerHello {
    /// The body of the extension of this kind.
    #[must_use]
    pub fn extension(&self, kind: ExtensionType) -> Option<&ExtensionBody> {
        find(self.extensions.as_deref(), kind)
    }

    /// Whether it asks for another ClientHello (RFC 9846 §4.2.4).
    #[must_use]
    pub fn is_retry_request(&self) -> bool {
        self.random == HELLO_RETRY_REQUEST
    }
}

impl Structure for ServerHello {
    const NAME: &'static str = "ServerHello";
    const SECTION: Section = Section::new(5246, "7.4.1.3");

    fn fields(&mut self, coder: &mut Coder<'_>) -> Result<(), Error> {
        coder.code("server_version", &mut self.server_version)?;
        coder.array("random", &mut self.random)?;
        coder.opaque("session_id", Prefix::U8, 0..=32, &mut self.session_id)?;
        coder.code("cipher_suite", &mut self.cipher_suite)?;
        coder.code("compression_method", &mut self.compression_method)?;
        let place = match self.is_retry_request() {
            true => Place::HelloRetryRequest,
            false => Place::ServerHello,
        };
        optional_extensions(coder, &mut self.extensions, place)
    }
}

fn find(extensions: Option<&[Extension]>, kind: ExtensionType) -> Option<&ExtensionBody> {
    extension::find(extensions.unwrap_or_default(), kind)
}

/// The extensions of a hello, which may be absent (RFC 5246 §7.4.1.4).
fn optional_extensions(
    coder: &mut Coder<'_>,
    all: &mut Option<Vec<Extension>>,
    place: Place,
) -> Result<(), Error> {
    if coder.is_reading() {
        *all = (!coder.is_at_end()).then(Vec::new);
    }
    match all {
        Some(all) => extension::list(coder, all, place),
        None => Ok(()),
    }
}
