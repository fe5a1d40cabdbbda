//! Alerts and ChangeCipherSpec: record contents that are no handshake messages.

use padlock_wire::{Coder, Error, ErrorKind, Section, Structure};

use crate::codes::{AlertDescription, AlertLevel};

/// Tells the peer that the connection ends, and why (RFC 5246 §7.2).
///
/// ```text
/// struct { AlertLevel level; AlertDescription description; } Alert;
/// ```
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Alert {
    /// How bad it is.
    pub level: AlertLevel,
    /// What it says.
    pub description: AlertDescription,
}

impl Structure for Alert {
    const NAME: &'static str = "Alert";
    const SECTION: Section = Section::new(5246, "7.2");

    fn fields(&mut self, coder: &mut Coder<'_>) -> Result<(), Error> {
        coder.code("level", &mut self.level)?;
        coder.code("description", &mut self.description)
    }
}

/// From here on this side's records are protected with the new keys (RFC 5246 §7.1).
///
/// ```text
/// struct { enum { change_cipher_spec(1), (255) } type; } ChangeCipherSpec;
/// ```
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct ChangeCipherSpec;

impl Structure for ChangeCipherSpec {
    const NAME: &'static str = "ChangeCipherSpec";
    const SECTION: Section = Section::new(5246, "7.1");

    fn fields(&mut self, coder: &mut Coder<'_>) -> Result<(), Error> {
        let at = coder.position();
        let mut kind = 1;
        coder.u8("type", &mut kind)?;
        if kind == 1 {
            return Ok(());
        }
        let found = u64::from(kind);
        Err(Error::new(
            ErrorKind::Value {
                field: "ChangeCipherSpec.type",
                found,
            },
            at,
        ))
    }
}
