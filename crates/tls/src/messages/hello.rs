//! The two hellos: what one side can do, and what the other chose.

use padlock_wire::{Coder, Error, Prefix, Section, Structure};

use super::{Extension, ExtensionBody};
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
        extensions(coder, &mut self.extensions)
    }
}

/// What the server chose (RFC 5246 §7.4.1.3).
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
        extensions(coder, &mut self.extensions)
    }
}

fn find(extensions: Option<&[Extension]>, kind: ExtensionType) -> Option<&ExtensionBody> {
    let mut extensions = extensions.unwrap_or_default().iter();
    extensions
        .find(|extension| extension.kind == kind)
        .map(|extension| &extension.body)
}

/// The extensions of a hello, each kind at most once (RFC 5246 §7.4.1.4).
fn extensions(coder: &mut Coder<'_>, all: &mut Option<Vec<Extension>>) -> Result<(), Error> {
    if coder.is_reading() {
        *all = (!coder.is_at_end()).then(Vec::new);
    }
    let Some(all) = all else { return Ok(()) };
    let at = coder.position();
    coder.list(
        "extensions",
        Prefix::U16,
        0..=0xffff,
        all,
        |coder, extension: &mut Extension| {
            coder.nested("extension", extension)?;
            extension.summarise(coder);
            Ok(())
        },
    )?;
    Extension::check_distinct(all, at)
}
