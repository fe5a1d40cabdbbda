//! The values of a handshake: their names, and how each is made.

use std::borrow::Cow;
use std::fmt;

use padlock_pki::digest::Hash;

use crate::codes::{NamedGroup, ProtocolVersion, SignatureScheme};
use crate::trace::Party;

/// The name of a value.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum ValueName {
    /// `ClientHello.random` or `ServerHello.random`.
    Random(Party),
    /// The key that is certified for this party.
    CertifiedPublicKey(Party),
    /// The private half of it.
    CertifiedPrivateKey(Party),
    /// The bytes that make the pre-master secret random.
    PreMasterRandom,
    /// The non-zero bytes that pad the pre-master secret.
    PaddingRandom,
    /// The pre-master secret; "preliminary secret" in RFC 9846.
    PreMasterSecret,
    /// The pre-master secret, padded for RSA: `00 02 … 00 …`.
    EncryptionBlock,
    /// The encryption block under the server's public key.
    EncryptedPreMasterSecret,
    /// What a server draws in case the encrypted pre-master secret is faulty.
    FallbackRandom,
    /// The pre-master secret that it goes on with then (RFC 5246 §7.4.7.1).
    FallbackPreMasterSecret,
    /// The private key that a party made for this connection alone.
    EphemeralPrivateKey(Party),
    /// The public half of it.
    EphemeralPublicKey(Party),
    /// The group and the server's public key, as ServerKeyExchange carries them.
    KeyExchangeParameters,
    /// What is signed in ServerKeyExchange: both randoms, then the parameters.
    SignedParameters,
    /// The signature over it.
    KeyExchangeSignature,
    /// All handshake messages so far, one after the other.
    HandshakeMessages,
    /// Their hash, where it stands for the session (RFC 7627).
    SessionHash,
    /// Their hash, where Finished speaks of it: that of the client or that of the server.
    TranscriptHash(Party),
    /// The signature of CertificateVerify.
    CertificateVerifySignature,
    /// The master secret; "main secret" in RFC 9846.
    MasterSecret,
    /// All traffic keys in one row.
    KeyBlock,
    /// The key that authenticates what this party writes.
    WriteMacKey(Party),
    /// The key that encrypts what this party writes.
    WriteKey(Party),
    /// The fixed part of the nonces of what this party writes.
    WriteIv(Party),
    /// The contents of Finished.
    VerifyData(Party),
    /// A row of zeros as long as a hash: what stands where there is no secret to put in
    /// (RFC 9846 §7.1).
    Zeros,
    /// The hash of no bytes at all.
    EmptyHash,
    /// The hash of all handshake messages up to and including this one.
    TranscriptHashTo(Point),
    /// The hash of a first `ClientHello` that was answered by HelloRetryRequest (RFC 9846 §4.1).
    FirstHelloHash,
    /// What the server wants to hear again in the second `ClientHello`.
    Cookie,
    /// A pre-shared key: given to both sides, or made of a session's resumption_secret.
    Psk,
    /// What (EC)DHE gives both sides.
    SharedSecret,
    /// `Early Secret`
    EarlySecret,
    /// What leads from the early secret to the handshake secret, or from that to the main one.
    DerivedSecret(Stage),
    /// `Handshake Secret`
    HandshakeSecret,
    /// `Main Secret`; "Master Secret" in RFC 8446.
    MainSecret,
    /// `binder_key`
    BinderKey,
    /// What the binder is made with.
    BinderFinishedKey,
    /// The proof that the client has the pre-shared key.
    Binder,
    /// What this party's traffic keys of this epoch are made of: `client_early_traffic_secret`,
    /// `server_handshake_traffic_secret`, `client_application_traffic_secret_0`…
    TrafficSecret(Party, Epoch),
    /// The key of what this party sends in this epoch.
    TrafficKey(Party, Epoch),
    /// The IV of what this party sends in this epoch.
    TrafficIv(Party, Epoch),
    /// What this party's Finished is made with.
    FinishedKey(Party, Epoch),
    /// What this party's CertificateVerify signs.
    SignedContent(Party),
    /// The signature in it.
    ContentSignature(Party),
    /// `early_exporter_secret`; "early_exporter_master_secret" in RFC 8446.
    EarlyExporterSecret,
    /// `exporter_secret`; "exporter_master_secret" in RFC 8446.
    ExporterSecret,
    /// `resumption_secret`; "resumption_master_secret" in RFC 8446.
    ResumptionSecret,
    /// What tells one ticket's key from another's.
    TicketNonce,
    /// The key that only the server has, and that its tickets are encrypted with.
    TicketKey,
    /// What the server has to remember of a session.
    TicketContent,
    /// The same, encrypted for itself: what the client keeps and shows.
    Ticket,
    /// What an exporter derives a secret from.
    ExportSecret,
    /// The hash of what an exporter is asked with.
    ExportContext,
    /// A secret for the application (RFC 9846 §7.5).
    Exported,
    /// The seed of a client's key pair of ML-KEM: what its decapsulation key is kept as.
    MlKemSeed,
    /// The public half of it.
    EncapsulationKey,
    /// What a server draws to make a secret and a ciphertext of.
    EncapsulationRandom,
    /// What brings the secret to the holder of the key pair.
    Ciphertext,
    /// The secret that ML-KEM gives both sides.
    MlKemSecret,
    /// The secret that the curve of a hybrid group gives both sides.
    CurveSecret,
    /// What this party sends in key_share, in a hybrid group.
    KeyShare(Party),
}

/// What ML-KEM-768 does (FIPS 203).
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum MlKem {
    /// The encapsulation key of a seed (§6.1).
    KeyGen,
    /// The secret of an encapsulation key and randomness (§6.2).
    EncapsulateSecret,
    /// The ciphertext that comes with it (§6.2).
    EncapsulateCiphertext,
    /// The secret of a seed and a ciphertext (§6.3).
    Decapsulate,
}

/// Which keys protect records of TLS 1.3.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Epoch {
    /// Those of early data.
    Early,
    /// Those of the handshake.
    Handshake,
    /// Those of the application, from 0; each KeyUpdate brings the next.
    Application(u32),
}

/// A step of the key schedule of TLS 1.3.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Stage {
    /// From the early secret.
    Early,
    /// From the handshake secret.
    Handshake,
}

/// A place in the transcript of TLS 1.3: a message, with which what is hashed ends.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Point {
    /// `ClientHello` without the binders (RFC 9846 §4.3.11.2).
    TruncatedClientHello,
    /// `ClientHello`.
    ClientHello,
    /// `ServerHello`.
    ServerHello,
    /// This party's Certificate.
    Certificate(Party),
    /// What stands before this party's Finished.
    BeforeFinished(Party),
    /// This party's Finished.
    Finished(Party),
}

/// How a value is made.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Formula {
    /// Drawn from the party's random number generator.
    Drawn,
    /// Given to the party before the connection.
    Held,
    /// Read from a message that came.
    ReadFrom(&'static str),
    /// The client's version, then the random bytes.
    PreMaster,
    /// PKCS#1 v1.5, block type 2.
    Pkcs1Pad,
    /// PKCS#1 v1.5 undone.
    Pkcs1Unpad,
    /// PKCS#1 v1.5 undone if it is right and gives a pre-master secret of this version; if not,
    /// the second value.
    Pkcs1UnpadOr {
        /// The version that the client offered.
        version: ProtocolVersion,
    },
    /// `block^e mod n`.
    RsaEncrypt,
    /// `ciphertext^d mod n`.
    RsaDecrypt,
    /// The public key of a private key.
    PublicKey(NamedGroup),
    /// Diffie-Hellman.
    Agree(NamedGroup),
    /// One after the other.
    Join,
    /// The pseudorandom function of TLS 1.2.
    Prf {
        /// Its hash.
        hash: Hash,
        /// Its label.
        label: &'static str,
        /// How many bytes are taken.
        length: usize,
    },
    /// A stretch of another value.
    Cut {
        /// The first byte.
        start: usize,
        /// The byte after the last.
        end: usize,
    },
    /// A hash.
    Hash(Hash),
    /// A signature.
    Sign(SignatureScheme),
    /// A number of zero bytes.
    Zeros(usize),
    /// HKDF-Extract (RFC 5869 §2.2).
    Extract(Hash),
    /// HKDF-Expand-Label (RFC 9846 §7.1), of a secret and, where there is one, a context.
    ExpandLabel {
        /// Its hash.
        hash: Hash,
        /// Its label, without "tls13 ".
        label: Cow<'static, str>,
        /// How many bytes are taken.
        length: usize,
    },
    /// Derive-Secret (RFC 9846 §7.1), of a secret and the hash of messages.
    DeriveSecret {
        /// Its hash.
        hash: Hash,
        /// Its label, without "tls13 ".
        label: Cow<'static, str>,
    },
    /// HMAC.
    Hmac(Hash),
    /// 64 spaces, this text, a zero byte, and the value (RFC 9846 §4.5.2).
    SignedContent(&'static str),
    /// Encrypted with a key that its maker keeps.
    Seal,
    /// Decrypted with it.
    Unseal,
    /// ML-KEM-768.
    MlKem(MlKem),
}

impl fmt::Display for ValueName {
    /// The name in the notation of the standards.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let side = |party: &Party| match party {
            Party::Client => "client",
            Party::Server => "server",
        };
        match self {
            Self::Random(party) => write!(f, "{}_random", side(party)),
            Self::CertifiedPublicKey(party) => write!(f, "{}_public_key", side(party)),
            Self::CertifiedPrivateKey(party) => write!(f, "{}_private_key", side(party)),
            Self::PreMasterRandom => f.write_str("random[46]"),
            Self::PaddingRandom => f.write_str("padding"),
            Self::PreMasterSecret => f.write_str("pre_master_secret"),
            Self::EncryptionBlock => f.write_str("encryption_block"),
            Self::EncryptedPreMasterSecret => f.write_str("encrypted_pre_master_secret"),
            Self::FallbackRandom => f.write_str("fallback_random[46]"),
            Self::FallbackPreMasterSecret => f.write_str("fallback_pre_master_secret"),
            Self::EphemeralPrivateKey(party) => write!(f, "{}_ephemeral_private", side(party)),
            Self::EphemeralPublicKey(party) => write!(f, "{}_ephemeral_public", side(party)),
            Self::KeyExchangeParameters => f.write_str("params"),
            Self::SignedParameters => f.write_str("signed_params"),
            Self::KeyExchangeSignature => f.write_str("signature"),
            Self::HandshakeMessages => f.write_str("handshake_messages"),
            Self::SessionHash => f.write_str("session_hash"),
            Self::TranscriptHash(party) => write!(f, "{}_transcript_hash", side(party)),
            Self::CertificateVerifySignature => f.write_str("certificate_verify_signature"),
            Self::MasterSecret => f.write_str("master_secret"),
            Self::KeyBlock => f.write_str("key_block"),
            Self::WriteMacKey(party) => write!(f, "{}_write_MAC_key", side(party)),
            Self::WriteKey(party) => write!(f, "{}_write_key", side(party)),
            Self::WriteIv(party) => write!(f, "{}_write_IV", side(party)),
            Self::VerifyData(party) => write!(f, "{}_verify_data", side(party)),
            Self::Zeros => f.write_str("0"),
            Self::EmptyHash => f.write_str("Hash(\"\")"),
            Self::TranscriptHashTo(point) => write!(f, "Transcript-Hash({point})"),
            Self::FirstHelloHash => f.write_str("Hash(ClientHello1)"),
            Self::Cookie => f.write_str("cookie"),
            Self::Psk => f.write_str("PSK"),
            Self::SharedSecret => f.write_str("shared_secret"),
            Self::EarlySecret => f.write_str("early_secret"),
            Self::DerivedSecret(Stage::Early) => f.write_str("derived_secret_1"),
            Self::DerivedSecret(Stage::Handshake) => f.write_str("derived_secret_2"),
            Self::HandshakeSecret => f.write_str("handshake_secret"),
            Self::MainSecret => f.write_str("main_secret"),
            Self::BinderKey => f.write_str("binder_key"),
            Self::BinderFinishedKey => f.write_str("binder_finished_key"),
            Self::Binder => f.write_str("binder"),
            Self::TrafficSecret(party, Epoch::Application(number)) => {
                write!(f, "{}_application_traffic_secret_{number}", side(party))
            }
            Self::TrafficSecret(party, epoch) => {
                write!(f, "{}_{epoch}_traffic_secret", side(party))
            }
            Self::TrafficKey(party, epoch) => write!(f, "{}_{epoch}_write_key", side(party)),
            Self::TrafficIv(party, epoch) => write!(f, "{}_{epoch}_write_iv", side(party)),
            Self::FinishedKey(party, epoch) => write!(f, "{}_{epoch}_finished_key", side(party)),
            Self::SignedContent(party) => write!(f, "{}_signed_content", side(party)),
            Self::ContentSignature(party) => write!(f, "{}_signature", side(party)),
            Self::EarlyExporterSecret => f.write_str("early_exporter_secret"),
            Self::ExporterSecret => f.write_str("exporter_secret"),
            Self::ResumptionSecret => f.write_str("resumption_secret"),
            Self::TicketNonce => f.write_str("ticket_nonce"),
            Self::TicketKey => f.write_str("ticket_key"),
            Self::TicketContent => f.write_str("session_state"),
            Self::Ticket => f.write_str("ticket"),
            Self::ExportSecret => f.write_str("derived_exporter_secret"),
            Self::ExportContext => f.write_str("Hash(context_value)"),
            Self::Exported => f.write_str("exported"),
            Self::MlKemSeed => f.write_str("d + z"),
            Self::EncapsulationKey => f.write_str("encapsulation_key"),
            Self::EncapsulationRandom => f.write_str("m"),
            Self::Ciphertext => f.write_str("ciphertext"),
            Self::MlKemSecret => f.write_str("ml_kem_secret"),
            Self::CurveSecret => f.write_str("ecdh_secret"),
            Self::KeyShare(party) => write!(f, "{}_share", side(party)),
        }
    }
}

impl fmt::Display for Epoch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Early => f.write_str("early"),
            Self::Handshake => f.write_str("handshake"),
            Self::Application(number) => write!(f, "application_{number}"),
        }
    }
}

impl fmt::Display for Point {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::TruncatedClientHello => "Truncate(ClientHello)",
            Self::ClientHello => "ClientHello",
            Self::ServerHello => "ClientHello...ServerHello",
            Self::Certificate(Party::Server) => "ClientHello...server Certificate",
            Self::Certificate(Party::Client) => "ClientHello...client Certificate",
            Self::BeforeFinished(Party::Server) => "ClientHello...server CertificateVerify",
            Self::BeforeFinished(Party::Client) => "ClientHello...client CertificateVerify",
            Self::Finished(Party::Server) => "ClientHello...server Finished",
            Self::Finished(Party::Client) => "ClientHello...client Finished",
        })
    }
}

impl Formula {
    /// The formula in the notation of the standards, with the names of its inputs filled in.
    #[must_use]
    pub fn notation(&self, inputs: &[ValueName]) -> String {
        let name = |at: usize| inputs.get(at).map_or_else(String::new, ToString::to_string);
        let joined = |from: usize| {
            let names: Vec<_> = inputs.iter().skip(from).map(ToString::to_string).collect();
            names.join(" + ")
        };
        match self {
            Self::Drawn => "random()".to_owned(),
            Self::Held => "held".to_owned(),
            Self::ReadFrom(message) => format!("read from {message}"),
            Self::PreMaster => format!("client_version + {}", joined(0)),
            Self::Pkcs1Pad => format!("00 02 + {} + 00 + {}", name(0), name(1)),
            Self::Pkcs1Unpad => format!("what follows 00 02 … 00 in {}", name(0)),
            Self::Pkcs1UnpadOr { version } => format!(
                "what follows 00 02 … 00 in {}, if that is of {version}; else {}",
                name(0),
                name(1)
            ),
            Self::RsaEncrypt => format!("{}^e mod n", name(0)),
            Self::RsaDecrypt => format!("{}^d mod n", name(0)),
            Self::PublicKey(group) => format!("{group}({}, base point)", name(0)),
            Self::Agree(group) => format!("{group}({}, {})", name(0), name(1)),
            Self::Join => joined(0),
            Self::Prf { label, length, .. } => {
                format!("PRF({}, \"{label}\", {})[0..{length}]", name(0), joined(1))
            }
            Self::Cut { start, end } => format!("{}[{start}..{end}]", name(0)),
            Self::Hash(hash) => format!("{hash}({})", joined(0)),
            Self::Sign(scheme) => format!("sign({scheme}, {}, {})", name(0), joined(1)),
            Self::Zeros(length) => format!("00 × {length}"),
            Self::Extract(_) => format!("HKDF-Extract({}, {})", name(0), name(1)),
            Self::ExpandLabel { label, length, .. } => {
                let context = match inputs.len() {
                    0 | 1 => "\"\"".to_owned(),
                    _ => joined(1),
                };
                format!(
                    "HKDF-Expand-Label({}, \"{label}\", {context}, {length})",
                    name(0)
                )
            }
            Self::DeriveSecret { label, .. } => {
                format!("Derive-Secret({}, \"{label}\", {})", name(0), name(1))
            }
            Self::Hmac(_) => format!("HMAC({}, {})", name(0), joined(1)),
            Self::SignedContent(context) => {
                format!("20 × 64 + \"{context}\" + 00 + {}", name(0))
            }
            Self::Seal => format!("encrypt({}, {})", name(1), name(0)),
            Self::Unseal => format!("decrypt({}, {})", name(1), name(0)),
            Self::MlKem(MlKem::KeyGen) => format!("ML-KEM.KeyGen({}).ek", name(0)),
            Self::MlKem(MlKem::EncapsulateSecret) => {
                format!("ML-KEM.Encaps({}, {}).K", name(0), name(1))
            }
            Self::MlKem(MlKem::EncapsulateCiphertext) => {
                format!("ML-KEM.Encaps({}, {}).c", name(0), name(1))
            }
            Self::MlKem(MlKem::Decapsulate) => {
                format!("ML-KEM.Decaps({}, {})", name(0), name(1))
            }
        }
    }
}
