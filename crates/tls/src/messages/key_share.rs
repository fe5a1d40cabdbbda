//! The public keys of key_share.

use padlock_wire::{Coder, Error, Prefix, Section, Structure};

use crate::codes::NamedGroup;

/// A public key for the key exchange (RFC 9846 §4.3.8).
///
/// ```text
/// struct { NamedGroup group; opaque key_exchange<1..2^16-1>; } KeyShareEntry;
/// ```
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct KeyShareEntry {
    /// The group.
    pub group: NamedGroup,
    /// The public key: 32 bytes for x25519, an uncompressed point for the NIST curves.
    pub key_exchange: Vec<u8>,
}

impl Structure for KeyShareEntry {
    const NAME: &'static str = "KeyShareEntry";
    const SECTION: Section = Section::new(9846, "4.3.8");

    fn fields(&mut self, coder: &mut Coder<'_>) -> Result<(), Error> {
        coder.code("group", &mut self.group)?;
        let key = &mut self.key_exchange;
        coder.opaque("key_exchange", Prefix::U16, 1..=0xffff, key)
    }
}
