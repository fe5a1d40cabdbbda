//! The messages that bring the pre-master secret to both sides.

use padlock_wire::{Coder, Error, ErrorKind, Prefix, Section, Structure};

use super::DigitallySigned;
use crate::codes::{CurveType, NamedGroup};
use crate::suite::KeyExchange;

/// The server's ephemeral public key, signed with the key in its certificate (RFC 8422 §5.4).
/// It exists only with (EC)DHE.
///
/// ```text
/// struct { ServerECDHParams params; Signature signed_params; } ServerKeyExchange;
/// ```
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct ServerKeyExchange {
    /// The group and the public key.
    pub parameters: EcdhParameters,
    /// A signature over both randoms and the parameters.
    pub signed: DigitallySigned,
}

impl Structure for ServerKeyExchange {
    const NAME: &'static str = "ServerKeyExchange";
    const SECTION: Section = Section::new(8422, "5.4");

    fn fields(&mut self, coder: &mut Coder<'_>) -> Result<(), Error> {
        coder.nested("params", &mut self.parameters)?;
        coder.nested("signed_params", &mut self.signed)
    }
}

/// A group and a public key in it (RFC 8422 §5.4).
///
/// ```text
/// struct { ECCurveType curve_type; NamedCurve namedcurve; opaque point<1..2^8-1>; } ServerECDHParams;
/// ```
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct EcdhParameters {
    /// The group.
    pub group: NamedGroup,
    /// The public key: 32 bytes for x25519, an uncompressed point for the NIST curves.
    pub public_key: Vec<u8>,
}

impl Structure for EcdhParameters {
    const NAME: &'static str = "ServerECDHParams";
    const SECTION: Section = Section::new(8422, "5.4");

    fn fields(&mut self, coder: &mut Coder<'_>) -> Result<(), Error> {
        let at = coder.position();
        let mut kind = CurveType::NAMED_CURVE;
        coder.code("curve_type", &mut kind)?;
        if kind != CurveType::NAMED_CURVE {
            let found = u64::from(kind.0);
            return Err(Error::new(
                ErrorKind::Value {
                    field: "curve_type",
                    found,
                },
                at,
            ));
        }
        coder.code("namedcurve", &mut self.group)?;
        coder.opaque("point", Prefix::U8, 1..=0xff, &mut self.public_key)
    }
}

/// The client's share of the key exchange (RFC 5246 §7.4.7, RFC 8422 §5.7): *either* an encrypted
/// pre-master secret *or* a public key.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum ClientKeyExchange {
    /// `opaque encrypted_pre_master_secret<0..2^16-1>`
    Rsa(Vec<u8>),
    /// `opaque point<1..2^8-1>`
    Ecdhe(Vec<u8>),
}

impl ClientKeyExchange {
    /// An empty message, of the form that this key exchange asks for.
    #[must_use]
    pub const fn blank(key_exchange: KeyExchange) -> Self {
        match key_exchange {
            KeyExchange::Rsa => Self::Rsa(Vec::new()),
            KeyExchange::EcdheRsa | KeyExchange::EcdheEcdsa => Self::Ecdhe(Vec::new()),
        }
    }
}

impl Structure for ClientKeyExchange {
    const NAME: &'static str = "ClientKeyExchange";
    const SECTION: Section = Section::new(5246, "7.4.7");

    fn fields(&mut self, coder: &mut Coder<'_>) -> Result<(), Error> {
        match self {
            Self::Rsa(secret) => coder.opaque(
                "encrypted_pre_master_secret",
                Prefix::U16,
                0..=0xffff,
                secret,
            ),
            Self::Ecdhe(point) => coder.opaque("ecdh_Yc", Prefix::U8, 1..=0xff, point),
        }
    }
}
