//! Authenticated encryption with associated data
//! ([RFC 5116](https://www.rfc-editor.org/rfc/rfc5116)), by `ring`.

use ring::aead::{self, Aad, LessSafeKey, Nonce, UnboundKey};

use super::{KeyLengthError, OpenError};

/// The length of a nonce: 96 bits for each of these ciphers.
pub const NONCE_LENGTH: usize = 12;
/// The length of the authentication tag behind each ciphertext.
pub const TAG_LENGTH: usize = 16;

/// The ciphers that TLS 1.2 uses as AEAD: RFC 5288 §3 and RFC 7905 §2.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Aead {
    /// AES-128 in Galois/Counter Mode, `AEAD_AES_128_GCM` (RFC 5116 §5.1).
    Aes128Gcm,
    /// AES-256 in Galois/Counter Mode, `AEAD_AES_256_GCM` (RFC 5116 §5.2).
    Aes256Gcm,
    /// ChaCha20 with Poly1305, `AEAD_CHACHA20_POLY1305` (RFC 8439 §2.8).
    ChaCha20Poly1305,
}

impl Aead {
    /// The length of a key in bytes.
    #[must_use]
    pub fn key_length(self) -> usize {
        self.algorithm().key_len()
    }

    /// Encrypts once: ciphertext and tag.
    ///
    /// # Errors
    /// [`KeyLengthError`] for a key that does not fit the cipher.
    pub fn seal(
        self,
        key: &[u8],
        nonce: [u8; NONCE_LENGTH],
        aad: &[u8],
        plaintext: &[u8],
    ) -> Result<Vec<u8>, KeyLengthError> {
        let mut buffer = plaintext.to_vec();
        AeadKey::new(self, key)?.seal_in_place(nonce, aad, &mut buffer);
        Ok(buffer)
    }

    /// Decrypts once what [`Aead::seal`] made.
    ///
    /// # Errors
    /// [`OpenError`] if the tag does not fit ciphertext, nonce, associated data and key; under a
    /// key of the wrong length nothing does.
    pub fn open(
        self,
        key: &[u8],
        nonce: [u8; NONCE_LENGTH],
        aad: &[u8],
        ciphertext: &[u8],
    ) -> Result<Vec<u8>, OpenError> {
        let mut buffer = ciphertext.to_vec();
        AeadKey::new(self, key)
            .map_err(|_| OpenError)?
            .open_in_place(nonce, aad, &mut buffer)?;
        Ok(buffer)
    }

    fn algorithm(self) -> &'static aead::Algorithm {
        match self {
            Self::Aes128Gcm => &aead::AES_128_GCM,
            Self::Aes256Gcm => &aead::AES_256_GCM,
            Self::ChaCha20Poly1305 => &aead::CHACHA20_POLY1305,
        }
    }
}

/// A key with its schedule computed, for many records.
///
/// A nonce must never serve twice under one key; the record layer's sequence number sees to it.
#[derive(Clone, Debug)]
pub struct AeadKey {
    key: LessSafeKey,
}

impl AeadKey {
    /// Prepares `key` for `aead`.
    ///
    /// # Errors
    /// [`KeyLengthError`] unless the key has [`Aead::key_length`] bytes.
    pub fn new(aead: Aead, key: &[u8]) -> Result<Self, KeyLengthError> {
        let unbound =
            UnboundKey::new(aead.algorithm(), key).map_err(|_unspecified| KeyLengthError {
                expected: aead.key_length(),
                given: key.len(),
            })?;
        Ok(Self {
            key: LessSafeKey::new(unbound),
        })
    }

    /// Replaces the plaintext in `buffer` by ciphertext and tag.
    ///
    /// # Panics
    /// Beyond the cipher's limit of 2³⁶ − 32 bytes or more, which no record comes near.
    pub fn seal_in_place(&self, nonce: [u8; NONCE_LENGTH], aad: &[u8], buffer: &mut Vec<u8>) {
        self.seal_in_place_from(nonce, aad, buffer, 0);
    }

    /// Replaces the plaintext that begins at `from` in `buffer` by ciphertext and tag, and leaves
    /// what stands before it, such as the explicit nonce of RFC 5288 §3, alone.
    ///
    /// # Panics
    /// If `from` lies behind the buffer's end, and as [`AeadKey::seal_in_place`].
    pub fn seal_in_place_from(
        &self,
        nonce: [u8; NONCE_LENGTH],
        aad: &[u8],
        buffer: &mut Vec<u8>,
        from: usize,
    ) {
        let tag = self
            .key
            .seal_in_place_separate_tag(
                Nonce::assume_unique_for_key(nonce),
                Aad::from(aad),
                &mut buffer[from..],
            )
            .expect("a record is shorter than the cipher's limit");
        buffer.extend_from_slice(tag.as_ref());
    }

    /// Replaces ciphertext and tag in `buffer` by the plaintext.
    ///
    /// # Errors
    /// [`OpenError`] if the tag does not fit; the buffer is then empty, for what stood in it may
    /// already have been overwritten.
    pub fn open_in_place(
        &self,
        nonce: [u8; NONCE_LENGTH],
        aad: &[u8],
        buffer: &mut Vec<u8>,
    ) -> Result<(), OpenError> {
        self.open_in_place_from(nonce, aad, buffer, 0)
    }

    /// Replaces the whole of `buffer` by the plaintext of the ciphertext and tag that begin at
    /// `from` in it.
    ///
    /// # Errors
    /// As [`AeadKey::open_in_place`]; also if nothing stands at `from`.
    pub fn open_in_place_from(
        &self,
        nonce: [u8; NONCE_LENGTH],
        aad: &[u8],
        buffer: &mut Vec<u8>,
        from: usize,
    ) -> Result<(), OpenError> {
        let nonce = Nonce::assume_unique_for_key(nonce);
        let length = if buffer.len() < from {
            None
        } else {
            self.key
                .open_within(nonce, Aad::from(aad), buffer, from..)
                .ok()
                .map(|plaintext| plaintext.len())
        };
        buffer.truncate(length.unwrap_or(0));
        length.map(|_| ()).ok_or(OpenError)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Aead; 3] = [Aead::Aes128Gcm, Aead::Aes256Gcm, Aead::ChaCha20Poly1305];

    #[test]
    fn what_stands_before_the_plaintext_stays() {
        for aead in ALL {
            let key = AeadKey::new(aead, &vec![7; aead.key_length()]).unwrap();
            let mut buffer = b"explicitplaintext".to_vec();
            key.seal_in_place_from([1; 12], b"aad", &mut buffer, 8);
            assert_eq!(&buffer[..8], b"explicit");
            assert_eq!(buffer.len(), 8 + 9 + TAG_LENGTH);
            assert_eq!(
                aead.seal(&vec![7; aead.key_length()], [1; 12], b"aad", b"plaintext")
                    .unwrap(),
                buffer[8..]
            );
            key.open_in_place_from([1; 12], b"aad", &mut buffer, 8)
                .unwrap();
            assert_eq!(buffer, b"plaintext");
        }
    }

    #[test]
    fn any_changed_bit_is_refused_and_leaves_nothing() {
        for aead in ALL {
            let key = AeadKey::new(aead, &vec![7; aead.key_length()]).unwrap();
            let mut sealed = b"plaintext".to_vec();
            key.seal_in_place([1; 12], b"aad", &mut sealed);
            for bit in 0..sealed.len() * 8 {
                let mut changed = sealed.clone();
                changed[bit / 8] ^= 1 << (bit % 8);
                assert_eq!(
                    key.open_in_place([1; 12], b"aad", &mut changed),
                    Err(OpenError)
                );
                assert!(changed.is_empty());
            }
            for length in 0..sealed.len() {
                let mut cut = sealed[..length].to_vec();
                assert_eq!(key.open_in_place([1; 12], b"aad", &mut cut), Err(OpenError));
            }
            assert_eq!(
                key.open_in_place([2; 12], b"aad", &mut sealed.clone()),
                Err(OpenError)
            );
            assert_eq!(
                key.open_in_place([1; 12], b"aae", &mut sealed.clone()),
                Err(OpenError)
            );
            assert_eq!(
                key.open_in_place_from([1; 12], b"", &mut vec![0; 3], 4),
                Err(OpenError)
            );
            key.open_in_place([1; 12], b"aad", &mut sealed).unwrap();
        }
    }

    #[test]
    fn a_key_of_another_length_is_refused() {
        for (aead, given) in [
            (Aead::Aes128Gcm, 32),
            (Aead::Aes256Gcm, 16),
            (Aead::ChaCha20Poly1305, 31),
        ] {
            let expected = aead.key_length();
            assert_eq!(
                AeadKey::new(aead, &vec![0; given]).map(|_| ()),
                Err(KeyLengthError { expected, given })
            );
        }
    }
}
