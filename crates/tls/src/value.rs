//! The values of a handshake: their names, and how each is made.

use std::fmt;

use padlock_pki::digest::Hash;

use crate::codes::{NamedGroup, SignatureScheme};
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
    /// PKCS#1 v1.5 undone; on any fault a random value instead.
    Pkcs1Unpad,
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
        }
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
        }
    }
}
