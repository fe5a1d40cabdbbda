//! Extensions of the hellos.

use padlock_wire::{Coder, Error, ErrorKind, Prefix, Section, Structure, Value};

use crate::codes::{ExtensionType, NameType, NamedGroup, PointFormat, SignatureScheme};

/// Something beside the fixed fields of a hello (RFC 5246 §7.4.1.4).
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
    /// Bytes of an extension that is not known here; kept as they are.
    Unknown(Vec<u8>),
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

    /// Lets the tree show the name of the extension beside it.
    pub(super) fn summarise(&self, coder: &mut Coder<'_>) {
        if let Some(node) = coder.last_mut() {
            node.value = Value::Text(self.kind.to_string());
        }
    }

    /// Refuses two extensions of one kind.
    pub(super) fn check_distinct(all: &[Self], at: usize) -> Result<(), Error> {
        let repeated = all
            .iter()
            .enumerate()
            .any(|(index, one)| all[..index].iter().any(|other| other.kind == one.kind));
        match repeated {
            true => Err(Error::new(ErrorKind::Duplicate { field: "extension" }, at)),
            false => Ok(()),
        }
    }
}

impl Structure for Extension {
    const NAME: &'static str = "Extension";
    const SECTION: Section = Section::new(5246, "7.4.1.4");

    fn fields(&mut self, coder: &mut Coder<'_>) -> Result<(), Error> {
        coder.code("extension_type", &mut self.kind)?;
        let (kind, body) = (self.kind, &mut self.body);
        coder.vector("extension_data", Prefix::U16, 0..=0xffff, |coder| {
            if coder.is_reading() {
                *body = ExtensionBody::blank(kind, coder.is_at_end());
            }
            body.fields(coder)
        })
    }
}

impl ExtensionBody {
    /// The form that belongs to `kind`. Servers answer some with nothing.
    fn blank(kind: ExtensionType, empty: bool) -> Self {
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
            Self::Unknown(bytes) => coder.rest("data", bytes),
        }
    }
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
