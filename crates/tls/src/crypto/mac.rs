//! The message authentication codes of CBC records
//! ([RFC 5246 §6.2.3.1](https://www.rfc-editor.org/rfc/rfc5246#section-6.2.3.1)), by `ring`.

use padlock_pki::digest::Hash;
use ring::hmac;

use super::KeyLengthError;

/// The HMAC that a cipher suite's name ends in: `…_SHA`, `…_SHA256`, `…_SHA384`.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Mac {
    /// HMAC-SHA-1. The hash is broken for signatures; as a MAC it still stands.
    HmacSha1,
    /// HMAC-SHA-256.
    HmacSha256,
    /// HMAC-SHA-384.
    HmacSha384,
}

impl Mac {
    /// `mac_key_length` of RFC 5246 §6.1 in bytes.
    #[must_use]
    pub fn key_length(self) -> usize {
        self.tag_length()
    }

    /// `mac_length` of RFC 5246 §6.1 in bytes; TLS 1.2 never truncates it.
    #[must_use]
    pub fn tag_length(self) -> usize {
        match self {
            Self::HmacSha1 => 20,
            Self::HmacSha256 => 32,
            Self::HmacSha384 => 48,
        }
    }

    /// The hash inside.
    #[must_use]
    pub fn hash(self) -> Hash {
        match self {
            Self::HmacSha1 => Hash::Sha1,
            Self::HmacSha256 => Hash::Sha256,
            Self::HmacSha384 => Hash::Sha384,
        }
    }

    /// HMAC(key, data) under a key of any length (RFC 2104 §2).
    #[must_use]
    pub fn compute(self, key: &[u8], data: &[u8]) -> Vec<u8> {
        super::hmac(self.hash(), key, data)
    }

    /// How many blocks the inner hash compresses for a message of `length` bytes, the padded key
    /// not counted.
    pub(super) fn inner_blocks(self, length: usize) -> usize {
        // A message is followed by a bit and its length, then filled up to whole blocks
        // (FIPS 180-4 §5.1). The divisor is a power of two, so this is a shift.
        let (block, trailer) = match self {
            Self::HmacSha1 | Self::HmacSha256 => (64, 1 + 8),
            Self::HmacSha384 => (128, 1 + 16),
        };
        (length + trailer).div_ceil(block)
    }

    /// The block length of the inner hash.
    pub(super) fn block_length(self) -> usize {
        match self {
            Self::HmacSha1 | Self::HmacSha256 => 64,
            Self::HmacSha384 => 128,
        }
    }
}

/// A MAC key with its padded blocks hashed, for many records.
#[derive(Clone, Debug)]
pub struct MacKey {
    mac: Mac,
    key: hmac::Key,
}

impl MacKey {
    /// Prepares `key` for `mac`.
    ///
    /// # Errors
    /// [`KeyLengthError`] unless the key has [`Mac::key_length`] bytes, as the key block gives it.
    pub fn new(mac: Mac, key: &[u8]) -> Result<Self, KeyLengthError> {
        if key.len() != mac.key_length() {
            return Err(KeyLengthError {
                expected: mac.key_length(),
                given: key.len(),
            });
        }
        Ok(Self {
            mac,
            key: super::hmac_key(mac.hash(), key),
        })
    }

    /// Which MAC the key is for.
    #[must_use]
    pub fn mac(&self) -> Mac {
        self.mac
    }

    /// The MAC of `parts` one after another.
    #[must_use]
    pub fn compute(&self, parts: &[&[u8]]) -> Vec<u8> {
        let mut context = hmac::Context::with_key(&self.key);
        for part in parts {
            context.update(part);
        }
        context.sign().as_ref().to_vec()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prepared_key_computes_the_same() {
        for mac in [Mac::HmacSha1, Mac::HmacSha256, Mac::HmacSha384] {
            let key = vec![5; mac.key_length()];
            let tag = MacKey::new(mac, &key)
                .unwrap()
                .compute(&[b"one ", b"", b"two"]);
            assert_eq!(tag, mac.compute(&key, b"one two"));
            assert_eq!(tag.len(), mac.tag_length());
            assert!(MacKey::new(mac, &key[1..]).is_err());
        }
    }

    #[test]
    fn the_blocks_of_the_inner_hash_are_counted() {
        #[track_caller]
        fn check(mac: Mac, length: usize, expected: usize) {
            assert_eq!(mac.inner_blocks(length), expected);
        }
        check(Mac::HmacSha1, 0, 1);
        check(Mac::HmacSha1, 55, 1);
        check(Mac::HmacSha256, 56, 2);
        check(Mac::HmacSha256, 119, 2);
        check(Mac::HmacSha256, 120, 3);
        check(Mac::HmacSha384, 111, 1);
        check(Mac::HmacSha384, 112, 2);
    }
}
