//! What outlives the handshake: secrets for the application, and for another connection.

use std::fmt;

use padlock_pki::digest::Hash;
use padlock_wire::Section;

use super::{Secret, empty_hash};
use crate::crypto::hkdf;
use crate::report::Reporter;
use crate::value::{Formula, ValueName};

/// What secrets for the application are made of.
#[derive(Clone, Eq, PartialEq)]
pub struct ExporterSecret(Secret);

impl ExporterSecret {
    pub(super) const fn new(secret: Secret) -> Self {
        Self(secret)
    }

    /// The secret, for showing and for key logs.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0.bytes
    }

    /// ```text
    /// TLS-Exporter(label, context_value, key_length) =
    ///     HKDF-Expand-Label(Derive-Secret(Secret, label, ""),
    ///                       "exporter", Hash(context_value), key_length)
    /// ```
    /// (RFC 9846 §7.5); `None` if the label or the length is beyond what HKDF can take.
    #[must_use]
    pub fn export(
        &self,
        label: &str,
        context: &[u8],
        length: usize,
        reporter: &mut Reporter,
    ) -> Option<Vec<u8>> {
        let section = Section::new(9846, "7.5");
        let hash = self.0.hash;
        let empty = empty_hash(hash, reporter);
        let info = hkdf::hkdf_label(label, &empty, hash.length())?;
        let secret = hkdf::expand(hash, &self.0.bytes, &info, hash.length())?;
        let formula = Formula::DeriveSecret {
            hash,
            label: label.to_owned().into(),
        };
        let inputs = [
            (self.0.name, &self.0.bytes[..]),
            (ValueName::EmptyHash, &empty),
        ];
        let name = ValueName::ExportSecret;
        reporter.value(name, formula, &inputs, &secret, section);
        let context = hash.of(context);
        let info = hkdf::hkdf_label("exporter", &context, length)?;
        let exported = hkdf::expand(hash, &secret, &info, length)?;
        let formula = Formula::ExpandLabel {
            hash,
            label: "exporter".into(),
            length,
        };
        let inputs = [
            (name, &secret[..]),
            (ValueName::ExportContext, &context[..]),
        ];
        reporter.value(ValueName::Exported, formula, &inputs, &exported, section);
        Some(exported)
    }
}

/// What the pre-shared keys of tickets are made of.
#[derive(Clone, Eq, PartialEq)]
pub struct ResumptionSecret(Secret);

impl ResumptionSecret {
    pub(super) const fn new(secret: Secret) -> Self {
        Self(secret)
    }

    /// The hash of the connection, with which the ticket has to be used too.
    #[must_use]
    pub const fn hash(&self) -> Hash {
        self.0.hash
    }

    /// The secret, for showing.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0.bytes
    }

    /// ```text
    /// PSK = HKDF-Expand-Label(resumption_secret, "resumption", ticket_nonce, Hash.length)
    /// ```
    /// (RFC 9846 §4.7.1). The nonce has at most 255 bytes, as on the wire.
    #[must_use]
    pub fn psk(&self, ticket_nonce: &[u8], reporter: &mut Reporter) -> Vec<u8> {
        let hash = self.0.hash;
        let (label, length) = ("resumption", hash.length());
        let psk = hkdf::expand_label(hash, &self.0.bytes, label, ticket_nonce, length);
        let formula = Formula::ExpandLabel {
            hash,
            label: label.into(),
            length,
        };
        let inputs = [
            (self.0.name, &self.0.bytes[..]),
            (ValueName::TicketNonce, ticket_nonce),
        ];
        let section = Section::new(9846, "4.7.1");
        reporter.value(ValueName::Psk, formula, &inputs, &psk, section);
        psk
    }
}

impl fmt::Debug for ExporterSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ExporterSecret").field(&self.0).finish()
    }
}

impl fmt::Debug for ResumptionSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ResumptionSecret").field(&self.0).finish()
    }
}
