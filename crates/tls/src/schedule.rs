//! The key schedules, a type for each stage: a key cannot be used before it exists. Here stands that
//! of TLS 1.2; that of TLS 1.3 is a module of its own.

#[cfg(feature = "tls13")]
pub mod tls13;

use std::fmt;

use padlock_pki::digest::Hash;
use padlock_wire::Section;

use crate::crypto::prf::prf;
use crate::report::Reporter;
use crate::suite::Suite;
use crate::trace::Party;
use crate::value::{Formula, ValueName};

/// The length of a master secret.
pub const MASTER_SECRET_LENGTH: usize = 48;
/// The length of verify_data with every suite that Padlock uses.
pub const VERIFY_DATA_LENGTH: usize = 12;

/// Both hellos' randoms.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Randoms {
    /// `ClientHello.random`
    pub client: [u8; 32],
    /// `ServerHello.random`
    pub server: [u8; 32],
}

/// What the key exchange gives both sides ("preliminary secret" in RFC 9846). It is used once.
#[derive(Clone, Eq, PartialEq)]
pub struct PreMasterSecret(Vec<u8>);

impl PreMasterSecret {
    /// A secret that the key exchange gave.
    #[must_use]
    pub const fn new(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }

    /// ```text
    /// master_secret = PRF(pre_master_secret, "master secret",
    ///                     ClientHello.random + ServerHello.random)[0..47];
    /// ```
    /// (RFC 5246 §8.1)
    #[must_use]
    pub fn master(self, hash: Hash, randoms: &Randoms, reporter: &mut Reporter) -> MasterSecret {
        let inputs = [
            (ValueName::Random(Party::Client), &randoms.client[..]),
            (ValueName::Random(Party::Server), &randoms.server[..]),
        ];
        self.derive(
            hash,
            "master secret",
            &inputs,
            Section::new(5246, "8.1"),
            reporter,
        )
    }

    /// ```text
    /// master_secret = PRF(pre_master_secret, "extended master secret", session_hash)[0..47];
    /// session_hash = Hash(handshake_messages)   // up to and including ClientKeyExchange
    /// ```
    /// (RFC 7627 §4)
    #[must_use]
    pub fn extended_master(
        self,
        hash: Hash,
        handshake_messages: &[u8],
        reporter: &mut Reporter,
    ) -> MasterSecret {
        let session_hash = hash.of(handshake_messages);
        reporter.value(
            ValueName::SessionHash,
            Formula::Hash(hash),
            &[(ValueName::HandshakeMessages, handshake_messages)],
            &session_hash,
            Section::new(7627, "3"),
        );
        let inputs = [(ValueName::SessionHash, &session_hash[..])];
        self.derive(
            hash,
            "extended master secret",
            &inputs,
            Section::new(7627, "4"),
            reporter,
        )
    }

    fn derive(
        self,
        hash: Hash,
        label: &'static str,
        seed: &[(ValueName, &[u8])],
        section: Section,
        reporter: &mut Reporter,
    ) -> MasterSecret {
        let joined: Vec<u8> = seed
            .iter()
            .flat_map(|(_, bytes)| bytes.iter().copied())
            .collect();
        let length = MASTER_SECRET_LENGTH;
        let secret = prf(hash, &self.0, label.as_bytes(), &joined, length);
        let mut inputs = vec![(ValueName::PreMasterSecret, &self.0[..])];
        inputs.extend_from_slice(seed);
        let formula = Formula::Prf {
            hash,
            label,
            length,
        };
        reporter.value(ValueName::MasterSecret, formula, &inputs, &secret, section);
        MasterSecret(secret)
    }
}

/// The secret that all keys of a session come from ("main secret" in RFC 9846).
#[derive(Clone, Eq, PartialEq)]
pub struct MasterSecret(Vec<u8>);

impl MasterSecret {
    /// A secret that is known already: from a key log, or of a session that is resumed.
    #[must_use]
    pub const fn new(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }

    /// The 48 bytes.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// ```text
    /// key_block = PRF(SecurityParameters.master_secret, "key expansion",
    ///                 SecurityParameters.server_random + SecurityParameters.client_random);
    /// ```
    /// (RFC 5246 §6.3: here the server's random comes first.)
    #[must_use]
    pub fn key_block(&self, suite: Suite, randoms: &Randoms, reporter: &mut Reporter) -> KeyBlock {
        let (mac, key, iv) = suite.cipher.key_lengths();
        let length = 2 * (mac + key + iv);
        let (hash, label) = (suite.hash, "key expansion");
        let seed = [randoms.server, randoms.client].concat();
        let bytes = prf(hash, &self.0, label.as_bytes(), &seed, length);
        reporter.value(
            ValueName::KeyBlock,
            Formula::Prf {
                hash,
                label,
                length,
            },
            &[
                (ValueName::MasterSecret, &self.0),
                (ValueName::Random(Party::Server), &randoms.server),
                (ValueName::Random(Party::Client), &randoms.client),
            ],
            &bytes,
            Section::new(5246, "6.3"),
        );
        KeyBlock::cut(&bytes, (mac, key, iv), reporter)
    }

    /// ```text
    /// verify_data = PRF(master_secret, finished_label, Hash(handshake_messages))[0..11];
    /// ```
    /// of `party`'s Finished (RFC 5246 §7.4.9).
    #[must_use]
    pub fn verify_data(
        &self,
        hash: Hash,
        party: Party,
        handshake_messages: &[u8],
        reporter: &mut Reporter,
    ) -> Vec<u8> {
        let section = Section::new(5246, "7.4.9");
        let transcript_hash = hash.of(handshake_messages);
        reporter.value(
            ValueName::TranscriptHash(party),
            Formula::Hash(hash),
            &[(ValueName::HandshakeMessages, handshake_messages)],
            &transcript_hash,
            section,
        );
        let (label, length) = match party {
            Party::Client => ("client finished", VERIFY_DATA_LENGTH),
            Party::Server => ("server finished", VERIFY_DATA_LENGTH),
        };
        let verify_data = prf(hash, &self.0, label.as_bytes(), &transcript_hash, length);
        reporter.value(
            ValueName::VerifyData(party),
            Formula::Prf {
                hash,
                label,
                length,
            },
            &[
                (ValueName::MasterSecret, &self.0),
                (ValueName::TranscriptHash(party), &transcript_hash),
            ],
            &verify_data,
            section,
        );
        verify_data
    }
}

/// The traffic keys: each direction has its own.
///
/// ```text
/// client_write_MAC_key[SecurityParameters.mac_key_length]
/// server_write_MAC_key[SecurityParameters.mac_key_length]
/// client_write_key[SecurityParameters.enc_key_length]
/// server_write_key[SecurityParameters.enc_key_length]
/// client_write_IV[SecurityParameters.fixed_iv_length]
/// server_write_IV[SecurityParameters.fixed_iv_length]
/// ```
/// (RFC 5246 §6.3)
#[derive(Clone, Default, Eq, PartialEq)]
pub struct KeyBlock {
    /// What protects the client's records.
    pub client: TrafficKeys,
    /// What protects the server's records.
    pub server: TrafficKeys,
}

/// What protects the records of one direction.
#[derive(Clone, Default, Eq, PartialEq)]
pub struct TrafficKeys {
    /// Authenticates; empty with an AEAD.
    pub mac_key: Vec<u8>,
    /// Encrypts.
    pub key: Vec<u8>,
    /// The fixed part of each nonce; empty with CBC.
    pub iv: Vec<u8>,
}

impl KeyBlock {
    /// The keys that protect what `party` sends.
    #[must_use]
    pub const fn of(&self, party: Party) -> &TrafficKeys {
        match party {
            Party::Client => &self.client,
            Party::Server => &self.server,
        }
    }

    fn cut(block: &[u8], (mac, key, iv): (usize, usize, usize), reporter: &mut Reporter) -> Self {
        let mut keys = Self::default();
        let mut start = 0;
        let mut next = |length: usize, name: ValueName| {
            let end = start + length;
            let taken = block.get(start..end).unwrap_or_default().to_vec();
            if length > 0 {
                let formula = Formula::Cut { start, end };
                let section = Section::new(5246, "6.3");
                reporter.value(
                    name,
                    formula,
                    &[(ValueName::KeyBlock, block)],
                    &taken,
                    section,
                );
            }
            start = end;
            taken
        };
        let (client, server) = (Party::Client, Party::Server);
        keys.client.mac_key = next(mac, ValueName::WriteMacKey(client));
        keys.server.mac_key = next(mac, ValueName::WriteMacKey(server));
        keys.client.key = next(key, ValueName::WriteKey(client));
        keys.server.key = next(key, ValueName::WriteKey(server));
        keys.client.iv = next(iv, ValueName::WriteIv(client));
        keys.server.iv = next(iv, ValueName::WriteIv(server));
        keys
    }
}

macro_rules! sealed_debug {
    ($($name:ident),*) => {$(
        impl fmt::Debug for $name {
            /// Secrets are shown by the trace, on purpose; not by accident in a log.
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct(stringify!($name)).finish_non_exhaustive()
            }
        }
    )*};
}

sealed_debug!(PreMasterSecret, MasterSecret, KeyBlock, TrafficKeys);
