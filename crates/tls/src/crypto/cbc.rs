//! AES in Cipher Block Chaining mode
//! ([NIST SP 800-38A §6.2](https://doi.org/10.6028/NIST.SP.800-38A)), by `aes` and `cbc`.
//!
//! Whole blocks only: padding belongs to the record layer, where TLS pads in a way of its own
//! ([`super::cbc_hmac`]).

use std::{error, fmt};

use aes::cipher::{BlockModeDecrypt, BlockModeEncrypt, InnerIvInit, KeyInit};
use aes::{Aes128, Aes256, Block};

use super::KeyLengthError;

/// The block length of AES, and so of the initialization vector.
pub const BLOCK_LENGTH: usize = 16;

/// An AES key with its round keys computed, for many records.
#[derive(Clone)]
pub struct CbcKey {
    cipher: Cipher,
}

#[derive(Clone)]
enum Cipher {
    Aes128(Aes128),
    Aes256(Aes256),
}

impl CbcKey {
    /// Prepares a key of 16 bytes for AES-128 or of 32 for AES-256.
    ///
    /// # Errors
    /// [`KeyLengthError`] for any other length.
    pub fn new(key: &[u8]) -> Result<Self, KeyLengthError> {
        let wrong = |expected| KeyLengthError {
            expected,
            given: key.len(),
        };
        let cipher = if key.len() <= 16 {
            Cipher::Aes128(Aes128::new_from_slice(key).map_err(|_| wrong(16))?)
        } else {
            Cipher::Aes256(Aes256::new_from_slice(key).map_err(|_| wrong(32))?)
        };
        Ok(Self { cipher })
    }

    /// Replaces each block of `buffer` by its ciphertext: `C(i) = E(key, P(i) XOR C(i-1))`, where
    /// `C(0)` is the initialization vector.
    ///
    /// # Errors
    /// [`BlockError`] unless the buffer consists of whole blocks; it is then unchanged.
    pub fn encrypt_in_place(
        &self,
        iv: [u8; BLOCK_LENGTH],
        buffer: &mut [u8],
    ) -> Result<(), BlockError> {
        let blocks = whole_blocks(buffer)?;
        match &self.cipher {
            Cipher::Aes128(aes) => {
                cbc::Encryptor::inner_iv_init(aes, &iv.into()).encrypt_blocks(blocks)
            }
            Cipher::Aes256(aes) => {
                cbc::Encryptor::inner_iv_init(aes, &iv.into()).encrypt_blocks(blocks)
            }
        }
        Ok(())
    }

    /// Replaces each block of `buffer` by its plaintext: `P(i) = D(key, C(i)) XOR C(i-1)`.
    ///
    /// # Errors
    /// [`BlockError`] unless the buffer consists of whole blocks; it is then unchanged.
    pub fn decrypt_in_place(
        &self,
        iv: [u8; BLOCK_LENGTH],
        buffer: &mut [u8],
    ) -> Result<(), BlockError> {
        let blocks = whole_blocks(buffer)?;
        match &self.cipher {
            Cipher::Aes128(aes) => {
                cbc::Decryptor::inner_iv_init(aes, &iv.into()).decrypt_blocks(blocks)
            }
            Cipher::Aes256(aes) => {
                cbc::Decryptor::inner_iv_init(aes, &iv.into()).decrypt_blocks(blocks)
            }
        }
        Ok(())
    }
}

impl fmt::Debug for CbcKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.cipher {
            Cipher::Aes128(_) => "CbcKey(AES-128)",
            Cipher::Aes256(_) => "CbcKey(AES-256)",
        })
    }
}

/// Encrypts whole blocks once.
///
/// # Errors
/// [`CbcError`] for a key that is not of 16 or 32 bytes, or a part of a block.
pub fn encrypt(key: &[u8], iv: [u8; BLOCK_LENGTH], blocks: &[u8]) -> Result<Vec<u8>, CbcError> {
    let mut buffer = blocks.to_vec();
    CbcKey::new(key)?.encrypt_in_place(iv, &mut buffer)?;
    Ok(buffer)
}

/// Decrypts whole blocks once.
///
/// # Errors
/// [`CbcError`] for a key that is not of 16 or 32 bytes, or a part of a block.
pub fn decrypt(key: &[u8], iv: [u8; BLOCK_LENGTH], blocks: &[u8]) -> Result<Vec<u8>, CbcError> {
    let mut buffer = blocks.to_vec();
    CbcKey::new(key)?.decrypt_in_place(iv, &mut buffer)?;
    Ok(buffer)
}

fn whole_blocks(buffer: &mut [u8]) -> Result<&mut [Block], BlockError> {
    match Block::slice_as_chunks_mut(buffer) {
        (blocks, []) => Ok(blocks),
        (_, rest) => Err(BlockError {
            left_over: rest.len(),
        }),
    }
}

/// Input that does not consist of whole blocks.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct BlockError {
    /// How many bytes stand behind the last whole block.
    pub left_over: usize,
}

impl fmt::Display for BlockError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} bytes stand behind the last whole block",
            self.left_over
        )
    }
}

impl error::Error for BlockError {}

/// Why [`encrypt`] and [`decrypt`] cannot.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum CbcError {
    /// The key does not fit.
    Key(KeyLengthError),
    /// The input is not in whole blocks.
    Block(BlockError),
}

impl From<KeyLengthError> for CbcError {
    fn from(error: KeyLengthError) -> Self {
        Self::Key(error)
    }
}

impl From<BlockError> for CbcError {
    fn from(error: BlockError) -> Self {
        Self::Block(error)
    }
}

impl fmt::Display for CbcError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Key(error) => error.fmt(f),
            Self::Block(error) => error.fmt(f),
        }
    }
}

impl error::Error for CbcError {}

#[cfg(test)]
mod tests {
    use padlock_wire::hex;

    use super::*;

    /// NIST SP 800-38A, appendix F.2.
    #[test]
    fn the_examples_of_the_standard() {
        #[track_caller]
        fn check(key: &str, ciphertext: &str) {
            let key = hex::decode(key).unwrap();
            let iv = *b"\x00\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b\x0c\x0d\x0e\x0f";
            let plaintext = hex::decode(
                "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51\
                 30c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710",
            )
            .unwrap();
            let sealed = encrypt(&key, iv, &plaintext).unwrap();
            assert_eq!(hex::encode(&sealed), ciphertext);
            assert_eq!(decrypt(&key, iv, &sealed).unwrap(), plaintext);
        }
        check(
            "2b7e151628aed2a6abf7158809cf4f3c",
            "7649abac8119b246cee98e9b12e9197d5086cb9b507219ee95db113a917678b2\
             73bed6b8e3c1743b7116e69e222295163ff1caa1681fac09120eca307586e1a7",
        );
        check(
            "603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4",
            "f58c4c04d6e5f1ba779eabfb5f7bfbd69cfc4e967edb808d679f777bc6702c7d\
             39f23369a9d9bacfa530e26304231461b2eb05e2c39be9fcda6c19078c6a9d1b",
        );
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        for given in [0, 15, 17, 24, 31, 33] {
            let error = encrypt(&vec![0; given], [0; 16], &[]).unwrap_err();
            let expected = if given <= 16 { 16 } else { 32 };
            assert_eq!(error, CbcError::Key(KeyLengthError { expected, given }));
        }
        for length in [1, 15, 17, 31] {
            let error = decrypt(&[0; 16], [0; 16], &vec![0; length]).unwrap_err();
            assert_eq!(
                error,
                CbcError::Block(BlockError {
                    left_over: length % 16
                })
            );
        }
        assert_eq!(encrypt(&[0; 16], [0; 16], &[]).unwrap(), []);
    }
}
