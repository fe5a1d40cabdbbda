//! The messages that TLS 1.3 brought, or gave another form.
//!
//! `ClientHello`, `ServerHello`, `CertificateVerify` and `Finished` kept theirs: they stand with
//! those of TLS 1.2, and what is new in them are extensions.

use padlock_wire::{Coder, Error, Prefix, Section, Structure};

use super::extension::{self, Extension, ExtensionBody, Place};
use super::handshake::Body;
use crate::codes::{ExtensionType, HandshakeType, KeyUpdateRequest};

/// The empty message of this kind, if it is one of those here.
#[cfg(feature = "tls13")]
pub(super) fn blank(kind: HandshakeType) -> Option<Body> {
    Some(match kind {
        HandshakeType::ENCRYPTED_EXTENSIONS => EncryptedExtensions::default().into(),
        HandshakeType::CERTIFICATE => Certificate::default().into(),
        HandshakeType::CERTIFICATE_REQUEST => CertificateRequest::default().into(),
        HandshakeType::NEW_SESSION_TICKET => NewSessionTicket::default().into(),
        HandshakeType::END_OF_EARLY_DATA => EndOfEarlyData.into(),
        HandshakeType::KEY_UPDATE => KeyUpdate::default().into(),
        _ => return None,
    })
}

/// Without TLS 1.3 there are none.
#[cfg(not(feature = "tls13"))]
pub(super) fn blank(_: HandshakeType) -> Option<Body> {
    None
}

/// The server's answers to extensions that nobody else needs to see (RFC 9846 §4.4.1).
///
/// ```text
/// struct { Extension extensions<0..2^16-1>; } EncryptedExtensions;
/// ```
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct EncryptedExtensions {
    /// The answers.
    pub extensions: Vec<Extension>,
}

impl EncryptedExtensions {
    /// The body of the extension of this kind.
    #[must_use]
    pub fn extension(&self, kind: ExtensionType) -> Option<&ExtensionBody> {
        extension::find(&self.extensions, kind)
    }
}

impl Structure for EncryptedExtensions {
    const NAME: &'static str = "EncryptedExtensions";
    const SECTION: Section = Section::new(9846, "4.4.1");

    fn fields(&mut self, coder: &mut Coder<'_>) -> Result<(), Error> {
        extension::list(coder, &mut self.extensions, Place::EncryptedExtensions)
    }
}

/// A party's certificate and those that lead from it to a trust anchor (RFC 9846 §4.5.1).
///
/// ```text
/// struct {
///     opaque certificate_request_context<0..2^8-1>;
///     CertificateEntry certificate_list<0..2^24-1>;
/// } Certificate;
/// ```
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Certificate {
    /// The context of the request that it answers; empty in the handshake.
    pub certificate_request_context: Vec<u8>,
    /// The end-entity certificate first, each then certified by the next.
    pub certificate_list: Vec<CertificateEntry>,
}

/// A certificate, and what is said about it (RFC 9846 §4.5.1).
///
/// ```text
/// struct { opaque cert_data<1..2^24-1>; Extension extensions<0..2^16-1>; } CertificateEntry;
/// ```
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct CertificateEntry {
    /// The certificate, DER.
    pub cert_data: Vec<u8>,
    /// A status response, or signed certificate timestamps.
    pub extensions: Vec<Extension>,
}

impl Certificate {
    /// The message that shows this chain in the handshake.
    #[must_use]
    pub fn of(chain: &[Vec<u8>], certificate_request_context: Vec<u8>) -> Self {
        let entry = |der: &Vec<u8>| CertificateEntry {
            cert_data: der.clone(),
            extensions: Vec::new(),
        };
        Self {
            certificate_request_context,
            certificate_list: chain.iter().map(entry).collect(),
        }
    }
}

impl Structure for Certificate {
    const NAME: &'static str = "Certificate";
    const SECTION: Section = Section::new(9846, "4.5.1");

    fn fields(&mut self, coder: &mut Coder<'_>) -> Result<(), Error> {
        let context = &mut self.certificate_request_context;
        coder.opaque("certificate_request_context", Prefix::U8, 0..=0xff, context)?;
        let (label, list) = ("certificate_list", &mut self.certificate_list);
        coder.list(label, Prefix::U24, 0..=0xff_ffff, list, |coder, entry| {
            coder.nested(CertificateEntry::NAME, entry)
        })
    }
}

impl Structure for CertificateEntry {
    const NAME: &'static str = "CertificateEntry";
    const SECTION: Section = Section::new(9846, "4.5.1");

    fn fields(&mut self, coder: &mut Coder<'_>) -> Result<(), Error> {
        let der = &mut self.cert_data;
        coder.opaque("cert_data", Prefix::U24, 1..=0xff_ffff, der)?;
        extension::list(coder, &mut self.extensions, Place::Certificate)
    }
}

/// Asks the client for a certificate (RFC 9846 §4.4.2).
///
/// ```text
/// struct {
///     opaque certificate_request_context<0..2^8-1>;
///     Extension extensions<0..2^16-1>;
/// } CertificateRequest;
/// ```
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct CertificateRequest {
    /// What the answer has to repeat; empty in the handshake.
    pub certificate_request_context: Vec<u8>,
    /// What the certificate must be like; signature_algorithms is always there.
    pub extensions: Vec<Extension>,
}

impl CertificateRequest {
    /// The body of the extension of this kind.
    #[must_use]
    pub fn extension(&self, kind: ExtensionType) -> Option<&ExtensionBody> {
        extension::find(&self.extensions, kind)
    }
}

impl Structure for CertificateRequest {
    const NAME: &'static str = "CertificateRequest";
    const SECTION: Section = Section::new(9846, "4.4.2");

    fn fields(&mut self, coder: &mut Coder<'_>) -> Result<(), Error> {
        let context = &mut self.certificate_request_context;
        coder.opaque("certificate_request_context", Prefix::U8, 0..=0xff, context)?;
        extension::list(coder, &mut self.extensions, Place::CertificateRequest)
    }
}

/// Gives the client what it can resume with (RFC 9846 §4.7.1).
///
/// ```text
/// struct {
///     uint32 ticket_lifetime;
///     uint32 ticket_age_add;
///     opaque ticket_nonce<0..255>;
///     opaque ticket<1..2^16-1>;
///     Extension extensions<0..2^16-1>;
/// } NewSessionTicket;
/// ```
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct NewSessionTicket {
    /// For how many seconds it is good; at most seven days.
    pub ticket_lifetime: u32,
    /// What is added to the ticket's age to hide it.
    pub ticket_age_add: u32,
    /// Tells this ticket's key from that of the connection's others.
    pub ticket_nonce: Vec<u8>,
    /// What the client will show; it means something to the server only.
    pub ticket: Vec<u8>,
    /// early_data, if data may be sent with it at once.
    pub extensions: Vec<Extension>,
}

impl NewSessionTicket {
    /// The body of the extension of this kind.
    #[must_use]
    pub fn extension(&self, kind: ExtensionType) -> Option<&ExtensionBody> {
        extension::find(&self.extensions, kind)
    }
}

impl Structure for NewSessionTicket {
    const NAME: &'static str = "NewSessionTicket";
    const SECTION: Section = Section::new(9846, "4.7.1");

    fn fields(&mut self, coder: &mut Coder<'_>) -> Result<(), Error> {
        coder.u32("ticket_lifetime", &mut self.ticket_lifetime)?;
        coder.u32("ticket_age_add", &mut self.ticket_age_add)?;
        let nonce = &mut self.ticket_nonce;
        coder.opaque("ticket_nonce", Prefix::U8, 0..=0xff, nonce)?;
        coder.opaque("ticket", Prefix::U16, 1..=0xffff, &mut self.ticket)?;
        extension::list(coder, &mut self.extensions, Place::NewSessionTicket)
    }
}

/// The client has sent all its early data (RFC 9846 §4.6); empty.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct EndOfEarlyData;

impl Structure for EndOfEarlyData {
    const NAME: &'static str = "EndOfEarlyData";
    const SECTION: Section = Section::new(9846, "4.6");

    fn fields(&mut self, _: &mut Coder<'_>) -> Result<(), Error> {
        Ok(())
    }
}

/// From here on the sender's records are protected with the next keys (RFC 9846 §4.7.3).
///
/// ```text
/// struct { KeyUpdateRequest request_update; } KeyUpdate;
/// ```
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct KeyUpdate {
    /// Whether the receiver should do the same.
    pub request_update: KeyUpdateRequest,
}

impl Structure for KeyUpdate {
    const NAME: &'static str = "KeyUpdate";
    const SECTION: Section = Section::new(9846, "4.7.3");

    fn fields(&mut self, coder: &mut Coder<'_>) -> Result<(), Error> {
        coder.code("request_update", &mut self.request_update)
    }
}
