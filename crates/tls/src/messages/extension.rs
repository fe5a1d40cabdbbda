//! Extensions of the hellos and of other messages.

use padlock_wire::{Coder, Error, ErrorKind, Prefix, Section, Structure, Value};

use super::{KeyShareEntry, OfferedPsks};
use crate::codes::{
    ExtensionType, NameType, NamedGroup, PointFormat, ProtocolVersion, PskKeyExchangeMode,
    SignatureScheme,
};

/// Something beside the fixed fields of a message (RFC 5246 §7.4.1.4, RFC 9846 §4.3).
///
/// ```text
/// struct { ExtensionType extension_type; opaque extension_data<0..2^16-1>; } Extension;
/// ```
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Extension {
    /// Which.
    pub kind: ExtensionType,
    /// What it says.
    pub body: ExtensionBody,
}

/// What an extension says. Which form belongs to which kind, [`Extension::new`] and the decoder
/// decide.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum ExtensionBody {
    /// Nothing: that it is there says all.
    Empty,
    /// The names of the server that the client wants (RFC 6066 §3).
    ServerNames(Vec<ServerName>),
    /// The groups that the client can use, the best first (RFC 8422 §5.1.1).
    Groups(Vec<NamedGroup>),
    /// How points may be written (RFC 8422 §5.1.2).
    PointFormats(Vec<PointFormat>),
    /// The signatures that can be verified, the best first (RFC 5246 §7.4.1.4.1).
    SignatureSchemes(Vec<SignatureScheme>),
    /// Application protocols: all that the client speaks, or the one chosen (RFC 7301 §3.1).
    Protocols(Vec<Vec<u8>>),
    /// The verify_data of the handshake that is being renewed; empty in a first one
    /// (RFC 5746 §3.2).
    Renegotiation(Vec<u8>),
    /// The versions that the client speaks, the best first (RFC 9846 §4.3.1).
    Versions(Vec<ProtocolVersion>),
    /// The version that the server chose (RFC 9846 §4.3.1).
    SelectedVersion(ProtocolVersion),
    /// The client's public keys, each in a group of its own (RFC 9846 §4.3.8).
    KeyShares(Vec<KeyShareEntry>),
    /// The server's public key (RFC 9846 §4.3.8).
    KeyShare(KeyShareEntry),
    /// The group in which the server wants a public key (RFC 9846 §4.3.8).
    SelectedGroup(NamedGroup),
    /// What the server wants to hear again (RFC 9846 §4.3.2).
    Cookie(Vec<u8>),
    /// How the client would use a pre-shared key (RFC 9846 §4.3.9).
    PskModes(Vec<PskKeyExchangeMode>),
    /// The pre-shared keys that the client offers (RFC 9846 §4.3.11).
    OfferedPsks(OfferedPsks),
    /// The place, from zero, of the pre-shared key that the server chose (RFC 9846 §4.3.11).
    SelectedIdentity(u16),
    /// How many bytes of early data a ticket allows (RFC 9846 §4.3.10).
    MaxEarlyData(u32),
    /// The names, in DER, of authorities that the sender trusts (RFC 9846 §4.3.4).
    Authorities(Vec<Vec<u8>>),
    /// The most bytes of content, and in TLS 1.3 of its type, that a record to the sender may
    /// carry (RFC 8449 §4).
    RecordSizeLimit(u16),
    /// What a server gave a client of TLS 1.2 to keep; empty where one is asked for or promised
    /// (RFC 5077 §3.2).
    Ticket(Vec<u8>),
    /// Bytes of an extension that is not known here; kept as they are.
    Unknown(Vec<u8>),
}

/// The message in which an extension stands: it decides the form of some (RFC 9846 §4.3).
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Place {
    /// `ClientHello`.
    ClientHello,
    /// `ServerHello`.
    ServerHello,
    /// `HelloRetryRequest`.
    HelloRetryRequest,
    /// `EncryptedExtensions`.
    EncryptedExtensions,
    /// `Certificate`.
    Certificate,
    /// `CertificateRequest`.
    CertificateRequest,
    /// `NewSessionTicket`.
    NewSessionTicket,
}

/// A name of the server (RFC 6066 §3).
///
/// ```text
/// struct { NameType name_type; opaque HostName<1..2^16-1>; } ServerName;
/// ```
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct ServerName {
    /// Always host_name.
    pub kind: NameType,
    /// The name, in ASCII.
    pub name: Vec<u8>,
}

impl Extension {
    /// An extension of this kind.
    #[must_use]
    pub const fn new(kind: ExtensionType, body: ExtensionBody) -> Self {
        Self { kind, body }
    }

    /// The fields, in a message of this sort.
    fn fields_in(&mut self, place: Place, coder: &mut Coder<'_>) -> Result<(), Error> {
        coder.code("extension_type", &mut self.kind)?;
        let (kind, body) = (self.kind, &mut self.body);
        coder.vector("extension_data", Prefix::U16, 0..=0xffff, |coder| {
            if coder.is_reading() {
                *body = ExtensionBody::blank(kind, place, coder.is_at_end());
            }
            body.fields(coder)
        })
    }
}

/// The body of the extension of this kind.
pub(super) fn find(all: &[Extension], kind: ExtensionType) -> Option<&ExtensionBody> {
    all.iter()
        .find(|extension| extension.kind == kind)
        .map(|extension| &extension.body)
}

/// The extensions of a message, each kind at most once (RFC 5246 §7.4.1.4, RFC 9846 §4.3).
pub(super) fn list(
    coder: &mut Coder<'_>,
    all: &mut Vec<Extension>,
    place: Place,
) -> Result<(), Error> {
    let at = coder.position();
    coder.list(
        "extensions",
        Prefix::U16,
        0..=0xffff,
        all,
        |coder, extension: &mut Extension| {
            coder.structure("extension", Some(Extension::SECTION), |coder| {
                extension.fields_in(place, coder)
            })?;
            // The tree shows the name of the extension beside it.
            if let Some(node) = coder.last_mut() {
                node.value = Value::Text(extension.kind.to_string());
            }
            Ok(())
        },
    )?;
    // Sorted, so that 16,383 empty extensions cost no more than any other message of that length.
    let mut kinds: Vec<_> = all.iter().map(|one| one.kind.0).collect();
    kinds.sort_unstable();
    match kinds.windows(2).any(|pair| pair[0] == pair[1]) {
        true => Err(Error::new(ErrorKind::Duplicate { field: "extension" }, at)),
        false => Ok(()),
    }
}

impl Structure for Extension {
    const NAME: &'static str = "Extension";
    const SECTION: Section = Section::new(5246, "7.4.1.4");

    fn fields(&mut self, coder: &mut Coder<'_>) -> Result<(), Error> {
        self.fields_in(Place::ClientHello, coder)
    }
}

impl ExtensionBody {
    /// The form that belongs to `kind` in a message of this sort. Servers answer some with nothing.
    fn blank(kind: ExtensionType, place: Place, empty: bool) -> Self {
        if let Some(form) = Self::blank13(kind, place) {
            return form;
        }
        match kind {
            ExtensionType::SERVER_NAME if !empty => Self::ServerNames(Vec::new()),
            ExtensionType::SERVER_NAME
            | ExtensionType::ENCRYPT_THEN_MAC
            | ExtensionType::EXTENDED_MASTER_SECRET => Self::Empty,
            ExtensionType::SUPPORTED_GROUPS => Self::Groups(Vec::new()),
            ExtensionType::EC_POINT_FORMATS => Self::PointFormats(Vec::new()),
            ExtensionType::SIGNATURE_ALGORITHMS => Self::SignatureSchemes(Vec::new()),
            ExtensionType::APPLICATION_LAYER_PROTOCOL_NEGOTIATION => Self::Protocols(Vec::new()),
            ExtensionType::RENEGOTIATION_INFO => Self::Renegotiation(Vec::new()),
            _ => Self::Unknown(Vec::new()),
        }
    }

    /// The form of an extension that came with TLS 1.3; none of those that it does not have in
    /// this message.
    fn blank13(kind: ExtensionType, place: Place) -> Option<Self> {
        if cfg!(not(feature = "tls13")) {
            return None;
        }
        Some(match (kind, place) {
            (ExtensionType::SUPPORTED_VERSIONS, Place::ClientHello) => Self::Versions(Vec::new()),
            (ExtensionType::SUPPORTED_VERSIONS, Place::ServerHello | Place::HelloRetryRequest) => {
                Self::SelectedVersion(ProtocolVersion::default())
            }
            (ExtensionType::KEY_SHARE, Place::ClientHello) => Self::KeyShares(Vec::new()),
            (ExtensionType::KEY_SHARE, Place::ServerHello) => {
                Self::KeyShare(KeyShareEntry::default())
            }
            (ExtensionType::KEY_SHARE, Place::HelloRetryRequest) => {
                Self::SelectedGroup(NamedGroup::default())
            }
            (ExtensionType::COOKIE, Place::ClientHello | Place::HelloRetryRequest) => {
                Self::Cookie(Vec::new())
            }
            (ExtensionType::PSK_KEY_EXCHANGE_MODES, Place::ClientHello) => {
                Self::PskModes(Vec::new())
            }
            (ExtensionType::PRE_SHARED_KEY, Place::ClientHello) => {
                Self::OfferedPsks(OfferedPsks::default())
            }
            (ExtensionType::PRE_SHARED_KEY, Place::ServerHello) => Self::SelectedIdentity(0),
            (ExtensionType::EARLY_DATA, Place::NewSessionTicket) => Self::MaxEarlyData(0),
            (ExtensionType::EARLY_DATA | ExtensionType::POST_HANDSHAKE_AUTH, _) => Self::Empty,
            (
                ExtensionType::CERTIFICATE_AUTHORITIES,
                Place::ClientHello | Place::CertificateRequest,
            ) => Self::Authorities(Vec::new()),
            (ExtensionType::SIGNATURE_ALGORITHMS_CERT, _) => Self::SignatureSchemes(Vec::new()),
            (ExtensionType::SESSION_TICKET, _) => Self::Ticket(Vec::new()),
            (ExtensionType::RECORD_SIZE_LIMIT, _) => Self::RecordSizeLimit(0),
            _ => return None,
        })
    }

    fn fields(&mut self, coder: &mut Coder<'_>) -> Result<(), Error> {
        match self {
            Self::Empty => Ok(()),
            Self::ServerNames(names) => {
                let label = "server_name_list";
                coder.list(label, Prefix::U16, 1..=0xffff, names, |coder, name| {
                    coder.nested("ServerName", name)
                })
            }
            Self::Groups(groups) => coder.codes(
                "named_group_list",
                "named_group",
                Prefix::U16,
                2..=0xffff,
                groups,
            ),
            Self::PointFormats(formats) => {
                let label = "ec_point_format_list";
                coder.codes(label, "ec_point_format", Prefix::U8, 1..=0xff, formats)
            }
            Self::SignatureSchemes(schemes) => {
                let label = "supported_signature_algorithms";
                coder.codes(label, "algorithm", Prefix::U16, 2..=0xfffe, schemes)
            }
            Self::Protocols(protocols) => {
                let label = "protocol_name_list";
                coder.list(
                    label,
                    Prefix::U16,
                    2..=0xffff,
                    protocols,
                    |coder, protocol| {
                        coder.vector("ProtocolName", Prefix::U8, 1..=0xff, |coder| {
                            coder.rest_as("name", protocol, text)
                        })
                    },
                )
            }
            Self::Renegotiation(verify_data) => {
                coder.opaque("renegotiated_connection", Prefix::U8, 0..=0xff, verify_data)
            }
            Self::Versions(versions) => {
                coder.codes("versions", "version", Prefix::U8, 2..=254, versions)
            }
            Self::SelectedVersion(version) => coder.code("selected_version", version),
            Self::KeyShares(shares) => {
                let label = "client_shares";
                coder.list(label, Prefix::U16, 0..=0xffff, shares, |coder, share| {
                    coder.nested(KeyShareEntry::NAME, share)
                })
            }
            Self::KeyShare(share) => coder.nested("server_share", share),
            Self::SelectedGroup(group) => coder.code("selected_group", group),
            Self::Cookie(cookie) => coder.opaque("cookie", Prefix::U16, 1..=0xffff, cookie),
            Self::PskModes(modes) => coder.codes("ke_modes", "ke_mode", Prefix::U8, 1..=255, modes),
            Self::OfferedPsks(offered) => offered.fields(coder),
            Self::SelectedIdentity(place) => coder.u16("selected_identity", place),
            Self::MaxEarlyData(size) => coder.u32("max_early_data_size", size),
            Self::Authorities(names) => authorities(coder, names),
            Self::RecordSizeLimit(limit) => coder.u16("RecordSizeLimit", limit),
            Self::Ticket(ticket) => coder.rest("ticket", ticket),
            Self::Unknown(bytes) => coder.rest("data", bytes),
        }
    }
}

/// Names of authorities, in DER; TLS 1.3 wants at least one (RFC 9846 §4.3.4).
fn authorities(coder: &mut Coder<'_>, names: &mut Vec<Vec<u8>>) -> Result<(), Error> {
    let label = "authorities";
    coder.list(label, Prefix::U16, 3..=0xffff, names, |coder, name| {
        coder.opaque("DistinguishedName", Prefix::U16, 1..=0xffff, name)
    })
}

impl Default for ExtensionBody {
    fn default() -> Self {
        Self::Unknown(Vec::new())
    }
}

impl Structure for ServerName {
    const NAME: &'static str = "ServerName";
    const SECTION: Section = Section::new(6066, "3");

    fn fields(&mut self, coder: &mut Coder<'_>) -> Result<(), Error> {
        coder.code("name_type", &mut self.kind)?;
        coder.vector("HostName", Prefix::U16, 1..=0xffff, |coder| {
            coder.rest_as("name", &mut self.name, text)
        })
    }
}

/// Bytes that are meant to be read, if they can be.
fn text(bytes: &[u8]) -> Value {
    match std::str::from_utf8(bytes) {
        Ok(text) if bytes.iter().all(u8::is_ascii_graphic) => Value::Text(text.to_owned()),
        _ => Value::Opaque,
    }
}
