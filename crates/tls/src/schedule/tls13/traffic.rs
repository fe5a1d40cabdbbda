//! From a traffic secret to keys, to Finished, and to the next traffic secret.

use padlock_wire::Section;

use super::{Secret, TranscriptHash};
use crate::crypto::aead::{Aead, NONCE_LENGTH};
use crate::report::Reporter;
use crate::schedule::TrafficKeys;
use crate::trace::Party;
use crate::value::{Epoch, ValueName};

/// What the keys of one direction and epoch are made of.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct TrafficSecret {
    secret: Secret,
    party: Party,
    epoch: Epoch,
}

impl TrafficSecret {
    pub(super) fn derive(
        from: &Secret,
        label: &'static str,
        (party, epoch): (Party, Epoch),
        messages: &TranscriptHash,
        reporter: &mut Reporter,
    ) -> Self {
        let name = ValueName::TrafficSecret(party, epoch);
        let secret = from.derive(name, label, messages.named(), reporter);
        Self {
            secret,
            party,
            epoch,
        }
    }

    /// A secret that is known already, from a key log.
    #[must_use]
    pub fn known(
        hash: padlock_pki::digest::Hash,
        party: Party,
        epoch: Epoch,
        bytes: Vec<u8>,
    ) -> Self {
        let name = ValueName::TrafficSecret(party, epoch);
        let secret = Secret { hash, name, bytes };
        Self {
            secret,
            party,
            epoch,
        }
    }

    /// Whose records it protects.
    #[must_use]
    pub const fn party(&self) -> Party {
        self.party
    }

    /// Which of their records.
    #[must_use]
    pub const fn epoch(&self) -> Epoch {
        self.epoch
    }

    /// The secret, for showing and for key logs.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.secret.bytes
    }

    /// ```text
    /// [sender]_write_key = HKDF-Expand-Label(Secret, "key", "", key_length)
    /// [sender]_write_iv  = HKDF-Expand-Label(Secret, "iv", "", iv_length)
    /// ```
    /// (RFC 9846 §7.3)
    #[must_use]
    pub fn keys(&self, aead: Aead, reporter: &mut Reporter) -> TrafficKeys {
        let section = Section::new(9846, "7.3");
        let (party, epoch) = (self.party, self.epoch);
        let mut expand = |name, label, length| {
            self.secret
                .expand(name, label, length, section, reporter)
                .bytes
        };
        TrafficKeys {
            mac_key: Vec::new(),
            key: expand(
                ValueName::TrafficKey(party, epoch),
                "key",
                aead.key_length(),
            ),
            iv: expand(ValueName::TrafficIv(party, epoch), "iv", NONCE_LENGTH),
        }
    }

    /// ```text
    /// finished_key = HKDF-Expand-Label(BaseKey, "finished", "", Hash.length)
    /// verify_data = HMAC(finished_key, Transcript-Hash(Handshake Context, Certificate*,
    ///                                                  CertificateVerify*))
    /// ```
    /// (RFC 9846 §4.5.3), of the party's Finished.
    #[must_use]
    pub fn verify_data(&self, messages: &TranscriptHash, reporter: &mut Reporter) -> Vec<u8> {
        let (party, epoch) = (self.party, self.epoch);
        let names = (
            ValueName::FinishedKey(party, epoch),
            ValueName::VerifyData(party),
        );
        self.secret.finished(names, messages, reporter)
    }

    /// ```text
    /// application_traffic_secret_N+1 =
    ///     HKDF-Expand-Label(application_traffic_secret_N, "traffic upd", "", Hash.length)
    /// ```
    /// (RFC 9846 §7.2); `None` of another epoch's secret, and of the last of 2³².
    #[must_use]
    pub fn next(&self, reporter: &mut Reporter) -> Option<Self> {
        let Epoch::Application(number) = self.epoch else {
            return None;
        };
        let epoch = Epoch::Application(number.checked_add(1)?);
        let name = ValueName::TrafficSecret(self.party, epoch);
        let length = self.secret.hash.length();
        let section = Section::new(9846, "7.2");
        let secret = self
            .secret
            .expand(name, "traffic upd", length, section, reporter);
        Some(Self {
            secret,
            party: self.party,
            epoch,
        })
    }
}
