//! What a cipher suite stands for.

use padlock_pki::digest::Hash;

use crate::codes::CipherSuite;
use crate::crypto::aead::Aead;
use crate::crypto::mac::Mac;

/// A TLS 1.2 cipher suite that Padlock can use.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Suite {
    /// Its code point.
    pub code: CipherSuite,
    /// How the pre-master secret comes to both sides.
    pub key_exchange: KeyExchange,
    /// How records are protected.
    pub cipher: Cipher,
    /// The hash of the PRF and of the transcript.
    pub hash: Hash,
}

/// A TLS 1.3 cipher suite that Padlock can use: AEAD and hash only (RFC 9846 §B.4). Group and
/// signature are agreed on by extensions.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Suite13 {
    /// Its code point.
    pub code: CipherSuite,
    /// How records are protected.
    pub aead: Aead,
    /// The hash of HKDF and of the transcript.
    pub hash: Hash,
}

impl Suite13 {
    /// Every suite that is in wide use, in the order of preference.
    pub const ALL: &[Self] = &[
        Self {
            code: CipherSuite::TLS_AES_128_GCM_SHA256,
            aead: Aead::Aes128Gcm,
            hash: Hash::Sha256,
        },
        Self {
            code: CipherSuite::TLS_AES_256_GCM_SHA384,
            aead: Aead::Aes256Gcm,
            hash: Hash::Sha384,
        },
        Self {
            code: CipherSuite::TLS_CHACHA20_POLY1305_SHA256,
            aead: Aead::ChaCha20Poly1305,
            hash: Hash::Sha256,
        },
    ];

    /// A suite for devices that have AES and little else. Nobody offers it who is not asked to, and
    /// [`Preferences::modern`](crate::config::Preferences::modern) does not.
    #[cfg(feature = "tls13")]
    pub const AES_128_CCM: Self = Self {
        code: CipherSuite::TLS_AES_128_CCM_SHA256,
        aead: Aead::Aes128Ccm,
        hash: Hash::Sha256,
    };

    /// The suite with this code point, if Padlock can use it.
    #[must_use]
    pub fn of(code: CipherSuite) -> Option<Self> {
        #[cfg(feature = "tls13")]
        if code == Self::AES_128_CCM.code {
            return Some(Self::AES_128_CCM);
        }
        Self::ALL.iter().copied().find(|suite| suite.code == code)
    }
}

/// How the pre-master secret comes to both sides, and who vouches for it.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum KeyExchange {
    /// The client makes it and encrypts it to the key in the certificate (RFC 5246 §7.4.7.1).
    Rsa,
    /// Both agree on it by ephemeral keys; the server signs its own with RSA (RFC 8422 §2.2).
    EcdheRsa,
    /// Both agree on it by ephemeral keys; the server signs its own with ECDSA or EdDSA
    /// (RFC 8422 §2.1).
    EcdheEcdsa,
}

/// How records are protected.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Cipher {
    /// Authenticated encryption.
    Aead(Aead),
    /// AES in CBC mode and an HMAC.
    Cbc {
        /// The length of the AES key: 16 or 32 bytes.
        key_length: usize,
        /// The HMAC.
        mac: Mac,
    },
}

impl Suite {
    /// Every suite, strongest first: forward secrecy before none, AEAD before CBC.
    pub const ALL: &[Self] = &[
        aead(
            0xc02b,
            KeyExchange::EcdheEcdsa,
            Aead::Aes128Gcm,
            Hash::Sha256,
        ),
        aead(0xc02f, KeyExchange::EcdheRsa, Aead::Aes128Gcm, Hash::Sha256),
        aead(
            0xc02c,
            KeyExchange::EcdheEcdsa,
            Aead::Aes256Gcm,
            Hash::Sha384,
        ),
        aead(0xc030, KeyExchange::EcdheRsa, Aead::Aes256Gcm, Hash::Sha384),
        aead(
            0xcca9,
            KeyExchange::EcdheEcdsa,
            Aead::ChaCha20Poly1305,
            Hash::Sha256,
        ),
        aead(
            0xcca8,
            KeyExchange::EcdheRsa,
            Aead::ChaCha20Poly1305,
            Hash::Sha256,
        ),
        cbc(0xc009, KeyExchange::EcdheEcdsa, 16, Mac::HmacSha1),
        cbc(0xc013, KeyExchange::EcdheRsa, 16, Mac::HmacSha1),
        cbc(0xc00a, KeyExchange::EcdheEcdsa, 32, Mac::HmacSha1),
        cbc(0xc014, KeyExchange::EcdheRsa, 32, Mac::HmacSha1),
        aead(0x009c, KeyExchange::Rsa, Aead::Aes128Gcm, Hash::Sha256),
        aead(0x009d, KeyExchange::Rsa, Aead::Aes256Gcm, Hash::Sha384),
        cbc(0x003c, KeyExchange::Rsa, 16, Mac::HmacSha256),
        cbc(0x002f, KeyExchange::Rsa, 16, Mac::HmacSha1),
        cbc(0x0035, KeyExchange::Rsa, 32, Mac::HmacSha1),
    ];

    /// The suite with this code point, if Padlock can use it.
    #[must_use]
    pub fn of(code: CipherSuite) -> Option<Self> {
        Self::ALL.iter().copied().find(|suite| suite.code == code)
    }
}

impl KeyExchange {
    /// Whether both sides make ephemeral keys.
    #[must_use]
    pub const fn is_ephemeral(self) -> bool {
        !matches!(self, Self::Rsa)
    }
}

impl Cipher {
    /// The bytes of a MAC key, an encryption key and a fixed IV that each side takes from the key
    /// block (RFC 5246 §6.3; CBC has explicit IVs since TLS 1.1, so it takes none).
    #[must_use]
    pub fn key_lengths(self) -> (usize, usize, usize) {
        match self {
            Self::Aead(aead @ Aead::ChaCha20Poly1305) => (0, aead.key_length(), 12),
            Self::Aead(aead) => (0, aead.key_length(), 4),
            Self::Cbc { key_length, mac } => (mac.key_length(), key_length, 0),
        }
    }
}

const fn aead(code: u16, key_exchange: KeyExchange, aead: Aead, hash: Hash) -> Suite {
    Suite {
        code: CipherSuite(code),
        key_exchange,
        cipher: Cipher::Aead(aead),
        hash,
    }
}

const fn cbc(code: u16, key_exchange: KeyExchange, key_length: usize, mac: Mac) -> Suite {
    let cipher = Cipher::Cbc { key_length, mac };
    Suite {
        code: CipherSuite(code),
        key_exchange,
        cipher,
        hash: Hash::Sha256,
    }
}
