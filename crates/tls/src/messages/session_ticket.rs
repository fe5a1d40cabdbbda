//! The ticket of TLS 1.2.

use padlock_wire::{Coder, Error, Prefix, Section, Structure};

/// What the server has to remember of a session, encrypted for itself and given to the client to
/// keep (RFC 5077 §3.3). TLS 1.3 has a message of the same name and another form.
///
/// ```text
/// struct { uint32 ticket_lifetime_hint; opaque ticket<0..2^16-1>; } NewSessionTicket;
/// ```
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct SessionTicket {
    /// For how many seconds it is good, as the server reckons; 0 if it does not say.
    pub ticket_lifetime_hint: u32,
    /// The ticket; empty if there is none in the end.
    pub ticket: Vec<u8>,
}

impl Structure for SessionTicket {
    const NAME: &'static str = "NewSessionTicket";
    const SECTION: Section = Section::new(5077, "3.3");

    fn fields(&mut self, coder: &mut Coder<'_>) -> Result<(), Error> {
        coder.u32("ticket_lifetime_hint", &mut self.ticket_lifetime_hint)?;
        coder.opaque("ticket", Prefix::U16, 0..=0xffff, &mut self.ticket)
    }
}
