//! Authenticated encryption with associated data
//! ([RFC 5116](https://www.rfc-editor.org/rfc/rfc5116)), by `ring`; CCM by RustCrypto.

use ring::aead::{self, Aad, LessSafeKey, Nonce, UnboundKey};

#[cfg(feature = "tls13")]
use super::ccm::CcmKey;
use super::{KeyLengthError, OpenError};

/// The length of a nonce: 96 bits for each of these ciphers.
pub const NONCE_LENGTH: usize = 12;
/// The length of the authentication tag behind each ciphertext.
pub const TAG_LENGTH: usize = 16;

/// The ciphers that TLS 1.2 uses as AEAD: RFC 5288 §3 and RFC 7905 §2; and one that here is TLS 1.3's
/// alone.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Aead {
    /// AES-128 in Galois/Counter Mode, `AEAD_AES_128_GCM` (RFC 5116 §5.1).
    Aes128Gcm,
    /// AES-256 in Galois/Counter Mode, `AEAD_AES_256_GCM` (RFC 5116 §5.2).
    Aes256Gcm,
    /// ChaCha20 with Poly1305, `AEAD_CHACHA20_POLY1305` (RFC 8439 §2.8).
    ChaCha20Poly1305,
    /// AES-128 in counter mode with CBC-MAC, `AEAD_AES_128_CCM` (RFC 5116 §5.3).
    #[cfg(feature = "tls13")]
    Aes128Ccm,
}

impl Aead {
    /// The length of a key in bytes.
    #[must_use]
    pub fn key_length(self) -> usize {
        match self.algorithm() {
            Some(algorithm) => algorithm.key_len(),
            None => 16,
        }
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

    /// What ring calls it; none of what it does not have, whose keys are as long as those of AES-128.
    fn algorithm(self) -> Option<&'static aead::Algorithm> {
        match self {
            Self::Aes128Gcm => Some(&aead::AES_128_GCM),
            Self::Aes256Gcm => Some(&aead::AES_256_GCM),
            Self::ChaCha20Poly1305 => Some(&aead::CHACHA20_POLY1305),
            #[cfg(feature = "tls13")]
            Self::Aes128Ccm => None,
        }
    }
}

/// A key with its schedule computed, for many records.
///
/// A nonce must never serve twice under one key; the record layer's sequence number sees to it.
#[derive(Clone, Debug)]
pub struct AeadKey {
    key: Prepared,
}

#[derive(Clone, Debug)]
enum Prepared {
    Ring(LessSafeKey),
    #[cfg(feature = "tls13")]
    Ccm(CcmKey),
}

impl AeadKey {
    /// Prepares `key` for `aead`.
    ///
    /// # Errors
    /// [`KeyLengthError`] unless the key has [`Aead::key_length`] bytes.
    pub fn new(aead: Aead, key: &[u8]) -> Result<Self, KeyLengthError> {
        let unfit = KeyLengthError {
            expected: aead.key_length(),
            given: key.len(),
        };
        let key = match aead.algorithm() {
            Some(algorithm) => {
                let unbound = UnboundKey::new(algorithm, key).map_err(|_unspecified| unfit)?;
                Prepared::Ring(LessSafeKey::new(unbound))
            }
            #[cfg(feature = "tls13")]
            None => Prepared::Ccm(CcmKey::new(key)?),
            #[cfg(not(feature = "tls13"))]
            None => return Err(unfit),
        };
        Ok(Self { key })
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
        let text = &mut buffer[from..];
        let tag: Option<[u8; TAG_LENGTH]> = match &self.key {
            Prepared::Ring(key) => {
                let nonce = Nonce::assume_unique_for_key(nonce);
                let sealed = key.seal_in_place_separate_tag(nonce, Aad::from(aad), text);
                sealed.ok().and_then(|tag| tag.as_ref().try_into().ok())
            }
            #[cfg(feature = "tls13")]
            Prepared::Ccm(key) => key.seal(nonce, aad, text),
        };
        let tag = tag.expect("a record is shorter than the cipher's limit");
        buffer.extend_from_slice(&tag);
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
        let length = if buffer.len() < from {
            None
        } else {
            match &self.key {
                Prepared::Ring(key) => {
                    let nonce = Nonce::assume_unique_for_key(nonce);
                    let opened = key.open_within(nonce, Aad::from(aad), buffer, from..);
                    opened.ok().map(|plaintext| plaintext.len())
                }
                #[cfg(feature = "tls13")]
                Prepared::Ccm(key) => {
                    let opened = key.open(nonce, aad, &mut buffer[from..]).ok();
                    opened.inspect(|length| buffer.copy_within(from..from + length, 0))
                }
            }
        };
        buffer.truncate(length.unwrap_or(0));
        length.map(|_| ()).ok_or(OpenError)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: &[Aead] = &[
        Aead::Aes128Gcm,
        Aead::Aes256Gcm,
        Aead::ChaCha20Poly1305,
        #[cfg(feature = "tls13")]
        Aead::Aes128Ccm,
    ];

    #[test]
    fn what_stands_before_the_plaintext_stays() {
        for aead in ALL.iter().copied() {
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
        for aead in ALL.iter().copied() {
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
            #[cfg(feature = "tls13")]
            (Aead::Aes128Ccm, 32),
        ] {
            let expected = aead.key_length();
            assert_eq!(
                AeadKey::new(aead, &vec![0; given]).map(|_| ()),
                Err(KeyLengthError { expected, given })
            );
        }
    }
}
