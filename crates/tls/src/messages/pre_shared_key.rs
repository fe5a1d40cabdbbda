//! What a client says of the pre-shared keys that it has.

use padlock_wire::{Coder, Error, Prefix, Section, Structure};

/// The pre-shared keys that a client offers, and the proof that it has them (RFC 9846 §4.3.11).
///
/// ```text
/// opaque PskBinderEntry<32..255>;
/// struct {
///     PskIdentity identities<7..2^16-1>;
///     PskBinderEntry binders<33..2^16-1>;
/// } OfferedPsks;
/// ```
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct OfferedPsks {
    /// The names of the keys, the best first.
    pub identities: Vec<PskIdentity>,
    /// For each an HMAC over the `ClientHello` up to here.
    pub binders: Vec<Vec<u8>>,
}

/// The name of a pre-shared key (RFC 9846 §4.3.11).
///
/// ```text
/// struct { opaque identity<1..2^16-1>; uint32 obfuscated_ticket_age; } PskIdentity;
/// ```
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct PskIdentity {
    /// A ticket, or the name of an external key.
    pub identity: Vec<u8>,
    /// The age of the ticket in milliseconds plus ticket_age_add, modulo 2³²; 0 for an external key.
    pub obfuscated_ticket_age: u32,
}

impl OfferedPsks {
    /// How many bytes the binders take with their length: so many stand behind what they cover
    /// (RFC 9846 §4.3.11.2).
    #[must_use]
    pub fn binders_length(&self) -> usize {
        2 + self.binders.iter().map(|one| 1 + one.len()).sum::<usize>()
    }
}

impl Structure for OfferedPsks {
    const NAME: &'static str = "OfferedPsks";
    const SECTION: Section = Section::new(9846, "4.3.11");

    fn fields(&mut self, coder: &mut Coder<'_>) -> Result<(), Error> {
        let identities = &mut self.identities;
        let label = "identities";
        coder.list(label, Prefix::U16, 7..=0xffff, identities, |coder, one| {
            coder.nested(PskIdentity::NAME, one)
        })?;
        let binders = &mut self.binders;
        coder.list(
            "binders",
            Prefix::U16,
            33..=0xffff,
            binders,
            |coder, one| coder.opaque("PskBinderEntry", Prefix::U8, 32..=255, one),
        )
    }
}

impl Structure for PskIdentity {
    const NAME: &'static str = "PskIdentity";
    const SECTION: Section = Section::new(9846, "4.3.11");

    fn fields(&mut self, coder: &mut Coder<'_>) -> Result<(), Error> {
        coder.opaque("identity", Prefix::U16, 1..=0xffff, &mut self.identity)?;
        let age = &mut self.obfuscated_ticket_age;
        coder.u32("obfuscated_ticket_age", age)
    }
}
