//! AES-128 in counter mode with CBC-MAC, `AEAD_AES_128_CCM` (RFC 5116 §5.3), by the crate `ccm`:
//! ring does not have it.

use std::fmt;

use ::ccm::aead::{AeadInOut, KeyInit, Tag};
use ::ccm::consts::{U12, U16};
use aes::Aes128;

use super::aead::{NONCE_LENGTH, TAG_LENGTH};
use super::{KeyLengthError, OpenError};

/// The length of a key in bytes.
pub(super) const KEY_LENGTH: usize = 16;

/// A key with its schedule computed.
#[derive(Clone)]
pub(super) struct CcmKey(Cipher);

type Cipher = ::ccm::Ccm<Aes128, U16, U12>;

impl CcmKey {
    pub(super) fn new(key: &[u8]) -> Result<Self, KeyLengthError> {
        let cipher = Cipher::new_from_slice(key).map_err(|_length| KeyLengthError {
            expected: KEY_LENGTH,
            given: key.len(),
        })?;
        Ok(Self(cipher))
    }

    /// Encrypts in place; gives the tag.
    pub(super) fn seal(
        &self,
        nonce: [u8; NONCE_LENGTH],
        aad: &[u8],
        buffer: &mut [u8],
    ) -> Option<[u8; TAG_LENGTH]> {
        let sealed = self
            .0
            .encrypt_inout_detached(&nonce.into(), aad, buffer.into());
        sealed.ok().map(Into::into)
    }

    /// Decrypts ciphertext and tag in place; gives the length of the plaintext.
    pub(super) fn open(
        &self,
        nonce: [u8; NONCE_LENGTH],
        aad: &[u8],
        sealed: &mut [u8],
    ) -> Result<usize, OpenError> {
        let (text, tag) = sealed
            .split_last_chunk_mut::<TAG_LENGTH>()
            .ok_or(OpenError)?;
        let tag = Tag::<Cipher>::from(*tag);
        let length = text.len();
        let opened = self
            .0
            .decrypt_inout_detached(&nonce.into(), aad, text.into(), &tag);
        opened.map(|()| length).map_err(|_unauthentic| OpenError)
    }
}

impl fmt::Debug for CcmKey {
    /// Without the key.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CcmKey").finish_non_exhaustive()
    }
}
