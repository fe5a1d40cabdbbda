//! The key schedule of TLS 1.3 (RFC 9846 §7.1), a type for each stage.
//!
//! ```text
//!              0
//!              |
//!              v
//!    PSK ->  HKDF-Extract = Early Secret
//!              |
//!              +-----> Derive-Secret(., "ext binder" | "res binder", "") = binder_key
//!              +-----> Derive-Secret(., "c e traffic", ClientHello)
//!              |                     = client_early_traffic_secret
//!              +-----> Derive-Secret(., "e exp master", ClientHello)
//!              |                     = early_exporter_secret
//!              v
//!        Derive-Secret(., "derived", "")
//!              |
//!              v
//! (EC)DHE -> HKDF-Extract = Handshake Secret
//!              |
//!              +-----> Derive-Secret(., "c hs traffic", ClientHello...ServerHello)
//!              |                     = client_handshake_traffic_secret
//!              +-----> Derive-Secret(., "s hs traffic", ClientHello...ServerHello)
//!              |                     = server_handshake_traffic_secret
//!              v
//!        Derive-Secret(., "derived", "")
//!              |
//!              v
//!    0 -> HKDF-Extract = Main Secret
//!              |
//!              +-----> Derive-Secret(., "c ap traffic", ClientHello...server Finished)
//!              |                     = client_application_traffic_secret_0
//!              +-----> Derive-Secret(., "s ap traffic", ClientHello...server Finished)
//!              |                     = server_application_traffic_secret_0
//!              +-----> Derive-Secret(., "exp master", ClientHello...server Finished)
//!              |                     = exporter_secret
//!              +-----> Derive-Secret(., "res master", ClientHello...client Finished)
//!                                    = resumption_secret
//! ```

mod exporter;
mod traffic;

use std::fmt;

use padlock_pki::digest::Hash;
use padlock_wire::Section;

use crate::crypto::hkdf;
use crate::report::Reporter;
use crate::trace::Party;
use crate::value::{Epoch, Formula, Point, Stage, ValueName};

pub use exporter::{ExporterSecret, ResumptionSecret};
pub use traffic::TrafficSecret;

const KEY_SCHEDULE: Section = Section::new(9846, "7.1");

/// Where a pre-shared key comes from; it decides the label of its binder (RFC 9846 §7.1).
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum PskOrigin {
    /// Given to both sides before: "ext binder".
    External,
    /// Made in an earlier connection: "res binder".
    Resumption,
}

/// The hash of the messages up to a place in the transcript (RFC 9846 §4.1).
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct TranscriptHash {
    point: Point,
    bytes: Vec<u8>,
}

impl TranscriptHash {
    /// ```text
    /// Transcript-Hash(M1, M2, ... Mn) = Hash(M1 || M2 || ... || Mn)
    /// ```
    /// (RFC 9846 §4.1)
    #[must_use]
    pub fn new(hash: Hash, point: Point, messages: &[u8], reporter: &mut Reporter) -> Self {
        let bytes = hash.of(messages);
        reporter.value(
            ValueName::TranscriptHashTo(point),
            Formula::Hash(hash),
            &[(ValueName::HandshakeMessages, messages)],
            &bytes,
            Section::new(9846, "4.1"),
        );
        Self { point, bytes }
    }

    /// The hash.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Its name, and the hash.
    #[must_use]
    pub fn named(&self) -> (ValueName, &[u8]) {
        (ValueName::TranscriptHashTo(self.point), &self.bytes)
    }
}

/// What is known before the server has answered.
#[derive(Clone, Eq, PartialEq)]
pub struct EarlySecret(Secret);

impl EarlySecret {
    /// ```text
    /// Early Secret = HKDF-Extract(0, PSK)   // PSK = 0 if there is none
    /// ```
    /// (RFC 9846 §7.1)
    #[must_use]
    pub fn new(hash: Hash, psk: Option<&[u8]>, reporter: &mut Reporter) -> Self {
        let zeros = zeros(hash, reporter);
        let (name, psk) = psk.map_or((ValueName::Zeros, &zeros[..]), |psk| (ValueName::Psk, psk));
        let salt = (ValueName::Zeros, &zeros[..]);
        let name_psk = (name, psk);
        Self(Secret::extract(
            hash,
            ValueName::EarlySecret,
            salt,
            name_psk,
            reporter,
        ))
    }

    /// ```text
    /// binder_key = Derive-Secret(Early Secret, "ext binder" | "res binder", "")
    /// finished_key = HKDF-Expand-Label(binder_key, "finished", "", Hash.length)
    /// binder = HMAC(finished_key, Transcript-Hash(Truncate(ClientHello)))
    /// ```
    /// (RFC 9846 §4.3.11.2)
    #[must_use]
    pub fn binder(
        &self,
        origin: PskOrigin,
        truncated: &TranscriptHash,
        reporter: &mut Reporter,
    ) -> Vec<u8> {
        let label = match origin {
            PskOrigin::External => "ext binder",
            PskOrigin::Resumption => "res binder",
        };
        let empty = empty_hash(self.0.hash, reporter);
        let context = (ValueName::EmptyHash, &empty[..]);
        let name = ValueName::BinderKey;
        let key = self.0.derive(name, label, context, reporter);
        let names = (ValueName::BinderFinishedKey, ValueName::Binder);
        key.finished(names, truncated, reporter)
    }

    /// ```text
    /// client_early_traffic_secret = Derive-Secret(Early Secret, "c e traffic", ClientHello)
    /// ```
    #[must_use]
    pub fn traffic(&self, hello: &TranscriptHash, reporter: &mut Reporter) -> TrafficSecret {
        let (party, epoch) = (Party::Client, Epoch::Early);
        TrafficSecret::derive(&self.0, "c e traffic", (party, epoch), hello, reporter)
    }

    /// ```text
    /// early_exporter_secret = Derive-Secret(Early Secret, "e exp master", ClientHello)
    /// ```
    #[must_use]
    pub fn exporter(&self, hello: &TranscriptHash, reporter: &mut Reporter) -> ExporterSecret {
        let name = ValueName::EarlyExporterSecret;
        let secret = self.0.derive(name, "e exp master", hello.named(), reporter);
        ExporterSecret::new(secret)
    }

    /// ```text
    /// Handshake Secret = HKDF-Extract(Derive-Secret(Early Secret, "derived", ""), (EC)DHE)
    /// ```
    /// With a pre-shared key alone, zeros stand for (EC)DHE.
    #[must_use]
    pub fn handshake(self, shared: Option<&[u8]>, reporter: &mut Reporter) -> HandshakeSecret {
        let zeros = zeros(self.0.hash, reporter);
        let shared = shared.map_or((ValueName::Zeros, &zeros[..]), |shared| {
            (ValueName::SharedSecret, shared)
        });
        let name = ValueName::HandshakeSecret;
        HandshakeSecret(self.0.next(Stage::Early, name, shared, reporter))
    }
}

/// What protects the rest of the handshake.
#[derive(Clone, Eq, PartialEq)]
pub struct HandshakeSecret(Secret);

impl HandshakeSecret {
    /// ```text
    /// client_handshake_traffic_secret =
    ///     Derive-Secret(Handshake Secret, "c hs traffic", ClientHello...ServerHello)
    /// server_handshake_traffic_secret =
    ///     Derive-Secret(Handshake Secret, "s hs traffic", ClientHello...ServerHello)
    /// ```
    #[must_use]
    pub fn traffic(
        &self,
        party: Party,
        hellos: &TranscriptHash,
        reporter: &mut Reporter,
    ) -> TrafficSecret {
        let label = match party {
            Party::Client => "c hs traffic",
            Party::Server => "s hs traffic",
        };
        TrafficSecret::derive(&self.0, label, (party, Epoch::Handshake), hellos, reporter)
    }

    /// ```text
    /// Main Secret = HKDF-Extract(Derive-Secret(Handshake Secret, "derived", ""), 0)
    /// ```
    #[must_use]
    pub fn main(self, reporter: &mut Reporter) -> MainSecret {
        let zeros = zeros(self.0.hash, reporter);
        let nothing = (ValueName::Zeros, &zeros[..]);
        let name = ValueName::MainSecret;
        MainSecret(self.0.next(Stage::Handshake, name, nothing, reporter))
    }
}

/// What protects the application's data.
#[derive(Clone, Eq, PartialEq)]
pub struct MainSecret(Secret);

impl MainSecret {
    /// ```text
    /// client_application_traffic_secret_0 =
    ///     Derive-Secret(Main Secret, "c ap traffic", ClientHello...server Finished)
    /// server_application_traffic_secret_0 =
    ///     Derive-Secret(Main Secret, "s ap traffic", ClientHello...server Finished)
    /// ```
    #[must_use]
    pub fn traffic(
        &self,
        party: Party,
        messages: &TranscriptHash,
        reporter: &mut Reporter,
    ) -> TrafficSecret {
        let label = match party {
            Party::Client => "c ap traffic",
            Party::Server => "s ap traffic",
        };
        let owner = (party, Epoch::Application(0));
        TrafficSecret::derive(&self.0, label, owner, messages, reporter)
    }

    /// ```text
    /// exporter_secret = Derive-Secret(Main Secret, "exp master", ClientHello...server Finished)
    /// ```
    #[must_use]
    pub fn exporter(&self, messages: &TranscriptHash, reporter: &mut Reporter) -> ExporterSecret {
        let name = ValueName::ExporterSecret;
        let secret = self
            .0
            .derive(name, "exp master", messages.named(), reporter);
        ExporterSecret::new(secret)
    }

    /// ```text
    /// resumption_secret = Derive-Secret(Main Secret, "res master", ClientHello...client Finished)
    /// ```
    #[must_use]
    pub fn resumption(
        &self,
        messages: &TranscriptHash,
        reporter: &mut Reporter,
    ) -> ResumptionSecret {
        let name = ValueName::ResumptionSecret;
        let secret = self
            .0
            .derive(name, "res master", messages.named(), reporter);
        ResumptionSecret::new(secret)
    }
}

/// A secret of the schedule, with its name and its hash.
#[derive(Clone, Eq, PartialEq)]
struct Secret {
    hash: Hash,
    name: ValueName,
    bytes: Vec<u8>,
}

impl Secret {
    /// HKDF-Extract(salt, IKM).
    fn extract(
        hash: Hash,
        name: ValueName,
        salt: (ValueName, &[u8]),
        ikm: (ValueName, &[u8]),
        reporter: &mut Reporter,
    ) -> Self {
        let bytes = hkdf::extract(hash, salt.1, ikm.1);
        let formula = Formula::Extract(hash);
        reporter.value(name, formula, &[salt, ikm], &bytes, KEY_SCHEDULE);
        Self { hash, name, bytes }
    }

    /// ```text
    /// Derive-Secret(Secret, Label, Messages) =
    ///      HKDF-Expand-Label(Secret, Label, Transcript-Hash(Messages), Hash.length)
    /// ```
    fn derive(
        &self,
        name: ValueName,
        label: &'static str,
        messages: (ValueName, &[u8]),
        reporter: &mut Reporter,
    ) -> Self {
        let hash = self.hash;
        let bytes = hkdf::expand_label(hash, &self.bytes, label, messages.1, hash.length());
        let formula = Formula::DeriveSecret {
            hash,
            label: label.into(),
        };
        let inputs = [(self.name, &self.bytes[..]), messages];
        reporter.value(name, formula, &inputs, &bytes, KEY_SCHEDULE);
        Self { hash, name, bytes }
    }

    /// HKDF-Expand-Label(Secret, Label, "", Length).
    fn expand(
        &self,
        name: ValueName,
        label: &'static str,
        length: usize,
        section: Section,
        reporter: &mut Reporter,
    ) -> Self {
        let hash = self.hash;
        let bytes = hkdf::expand_label(hash, &self.bytes, label, b"", length);
        let formula = Formula::ExpandLabel {
            hash,
            label: label.into(),
            length,
        };
        let inputs = [(self.name, &self.bytes[..])];
        reporter.value(name, formula, &inputs, &bytes, section);
        Self { hash, name, bytes }
    }

    /// The secret of the next stage.
    fn next(
        &self,
        stage: Stage,
        name: ValueName,
        ikm: (ValueName, &[u8]),
        reporter: &mut Reporter,
    ) -> Self {
        let empty = empty_hash(self.hash, reporter);
        let context = (ValueName::EmptyHash, &empty[..]);
        let derived_name = ValueName::DerivedSecret(stage);
        let derived = self.derive(derived_name, "derived", context, reporter);
        Self::extract(
            self.hash,
            name,
            (derived_name, &derived.bytes),
            ikm,
            reporter,
        )
    }

    /// ```text
    /// finished_key = HKDF-Expand-Label(BaseKey, "finished", "", Hash.length)
    /// verify_data = HMAC(finished_key, Transcript-Hash(Handshake Context, Certificate*,
    ///                                                  CertificateVerify*))
    /// ```
    /// (RFC 9846 §4.5.3)
    fn finished(
        &self,
        (key_name, name): (ValueName, ValueName),
        messages: &TranscriptHash,
        reporter: &mut Reporter,
    ) -> Vec<u8> {
        let section = Section::new(9846, "4.5.3");
        let hash = self.hash;
        let key = self.expand(key_name, "finished", hash.length(), section, reporter);
        let data = crate::crypto::hmac(hash, &key.bytes, messages.as_bytes());
        let inputs = [(key_name, &key.bytes[..]), messages.named()];
        reporter.value(name, Formula::Hmac(hash), &inputs, &data, section);
        data
    }
}

/// A row of zeros as long as a hash.
fn zeros(hash: Hash, reporter: &mut Reporter) -> Vec<u8> {
    let zeros = vec![0; hash.length()];
    let formula = Formula::Zeros(zeros.len());
    reporter.value(ValueName::Zeros, formula, &[], &zeros, KEY_SCHEDULE);
    zeros
}

/// Transcript-Hash("").
fn empty_hash(hash: Hash, reporter: &mut Reporter) -> Vec<u8> {
    let bytes = hash.of(b"");
    let formula = Formula::Hash(hash);
    reporter.value(ValueName::EmptyHash, formula, &[], &bytes, KEY_SCHEDULE);
    bytes
}

impl fmt::Debug for Secret {
    /// Secrets are shown by the trace, on purpose; not by accident in a log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Secret")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

macro_rules! debug {
    ($($name:ident),*) => {$(
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_tuple(stringify!($name)).field(&self.0).finish()
            }
        }

        impl $name {
            /// The secret, for showing and for key logs.
            #[must_use]
            pub fn as_bytes(&self) -> &[u8] {
                &self.0.bytes
            }
        }
    )*};
}

debug!(EarlySecret, HandshakeSecret, MainSecret);
