//! The body of a CBC record: content, MAC and padding
//! ([RFC 5246 §6.2.3.2](https://www.rfc-editor.org/rfc/rfc5246#section-6.2.3.2),
//! [RFC 7366](https://www.rfc-editor.org/rfc/rfc7366)).
//!
//! # What an attacker can tell from a refused record
//!
//! With MAC-then-encrypt the padding is looked at before the MAC can be, and whoever learns which
//! of the two was wrong can decrypt (Vaudenay 2002); the time it takes is enough (Lucky Thirteen,
//! AlFardan and Paterson 2013). Here:
//!
//! * The result is the same [`OpenError`] for every fault, and a MAC is always computed, over the
//!   content that would be there if the padding were empty when the padding is wrong.
//! * Without a branch or memory address that depends on the plaintext: the check of the padding
//!   (all 256 bytes it could fill are read), the extraction of the received MAC (every place where
//!   it could stand is read), and the comparison of the two.
//! * The number of hash blocks compressed does not depend on the padding: those that a longer
//!   padding saves are compressed for nothing.
//! * Not constant: `ring`'s HMAC is called with a length that depends on the padding. The copying
//!   of its last, partial block and the end of its input therefore still do, by some nanoseconds
//!   and in the cache. A library that must resist a near attacker hashes in constant time
//!   throughout, or refuses these suites.
//!
//! With encrypt-then-MAC none of this arises: nothing is decrypted before the MAC has proved right.

use std::hint::black_box;

use subtle::{Choice, ConditionallySelectable, ConstantTimeEq, ConstantTimeGreater};

use super::cbc::{BLOCK_LENGTH, CbcKey};
use super::mac::{Mac, MacKey};
use super::{KeyLengthError, OpenError, RecordHeader};

/// What comes first, the MAC or the encryption.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Order {
    /// As TLS 1.2 defines it: `IV || E(content || MAC(header || content) || padding)`.
    MacThenEncrypt,
    /// By the `encrypt_then_mac` extension (RFC 7366 §3):
    /// `IV || E(content || padding) || MAC(header || IV || ciphertext)`.
    EncryptThenMac,
}

/// The two keys that protect the records of one direction.
#[derive(Clone, Debug)]
pub struct CbcHmacKey {
    order: Order,
    mac: MacKey,
    cipher: CbcKey,
}

/// A sealed record and what went into it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Sealed {
    /// The body as it travels, from the explicit IV on.
    pub fragment: Vec<u8>,
    /// The 13 bytes that the MAC begins with.
    pub additional_data: [u8; 13],
    /// The MAC.
    pub mac: Vec<u8>,
    /// `padding_length`, which is also the value of each byte of the padding.
    pub padding_length: u8,
}

/// An opened record and what was found in it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Opened {
    /// The content that the peer protected.
    pub content: Vec<u8>,
    /// The 13 bytes that the MAC begins with.
    pub additional_data: [u8; 13],
    /// The MAC, which was right.
    pub mac: Vec<u8>,
    /// `padding_length`, which is also the value of each byte of the padding.
    pub padding_length: u8,
}

impl CbcHmacKey {
    /// Prepares the keys of one direction.
    ///
    /// # Errors
    /// [`KeyLengthError`] if `mac_key` does not fit `mac` or `encryption_key` does not fit AES.
    pub fn new(
        order: Order,
        mac: Mac,
        mac_key: &[u8],
        encryption_key: &[u8],
    ) -> Result<Self, KeyLengthError> {
        Ok(Self {
            order,
            mac: MacKey::new(mac, mac_key)?,
            cipher: CbcKey::new(encryption_key)?,
        })
    }

    /// Protects `content` with the shortest padding. `iv` must be unpredictable.
    ///
    /// # Panics
    /// If the content does not fit a record. The record layer cuts it into fragments of at most
    /// 2¹⁴ bytes before (RFC 5246 §6.2.1).
    #[must_use]
    pub fn seal(&self, header: RecordHeader, iv: [u8; BLOCK_LENGTH], content: &[u8]) -> Sealed {
        self.seal_padded(header, iv, content, 0)
    }

    /// Recovers the content from the body of a record.
    ///
    /// # Errors
    /// [`OpenError`] for every fault alike.
    pub fn open(&self, header: RecordHeader, fragment: &[u8]) -> Result<Opened, OpenError> {
        match self.order {
            Order::MacThenEncrypt => self.decrypt_then_verify(header, fragment),
            Order::EncryptThenMac => self.verify_then_decrypt(header, fragment),
        }
    }

    /// Seals with so many blocks of padding more than needed.
    fn seal_padded(
        &self,
        header: RecordHeader,
        iv: [u8; BLOCK_LENGTH],
        content: &[u8],
        more_blocks: usize,
    ) -> Sealed {
        const FITS: &str = "a record's content is at most 2^14 bytes long";
        let mac_first = self.order == Order::MacThenEncrypt;
        let tag_length = self.mac.mac().tag_length();
        let inside = content.len() + if mac_first { tag_length } else { 0 };
        let padding = BLOCK_LENGTH - 1 - inside % BLOCK_LENGTH + more_blocks * BLOCK_LENGTH;
        let padding_length = u8::try_from(padding).expect("padding is at most 255 bytes long");
        let encrypted_length = inside + 1 + padding;

        let mut fragment = Vec::with_capacity(BLOCK_LENGTH + encrypted_length + tag_length);
        fragment.extend_from_slice(&iv);
        fragment.extend_from_slice(content);
        let covered = if mac_first {
            content.len()
        } else {
            BLOCK_LENGTH + encrypted_length
        };
        let additional_data = header.additional_data(u16::try_from(covered).expect(FITS));
        let mut mac = Vec::new();
        if mac_first {
            mac = self.mac.compute(&[&additional_data, content]);
            fragment.extend_from_slice(&mac);
        }
        fragment.resize(BLOCK_LENGTH + encrypted_length, padding_length);
        self.cipher
            .encrypt_in_place(iv, &mut fragment[BLOCK_LENGTH..])
            .expect("padding fills the last block");
        if !mac_first {
            mac = self.mac.compute(&[&additional_data, &fragment]);
            fragment.extend_from_slice(&mac);
        }
        Sealed {
            fragment,
            additional_data,
            mac,
            padding_length,
        }
    }

    fn decrypt_then_verify(
        &self,
        header: RecordHeader,
        fragment: &[u8],
    ) -> Result<Opened, OpenError> {
        // Lengths are public; these refusals tell nothing.
        let mut plaintext = self.decrypt(fragment)?;
        let tag_length = self.mac.mac().tag_length();
        let longest = plaintext
            .len()
            .checked_sub(tag_length + 1)
            .ok_or(OpenError)?;
        let longest = u16::try_from(longest).map_err(|_| OpenError)?;

        // From here on nothing branches on the plaintext until all checks are made.
        let (padding_length, mut good) = padding(&plaintext, longest);
        let content_length = longest - u16::from(padding_length);
        let additional_data = header.additional_data(content_length);
        let content = &plaintext[..usize::from(content_length)];
        let computed = self.mac.compute(&[&additional_data, content]);
        self.compress_for_nothing(usize::from(content_length), usize::from(longest));

        let shortest = longest.saturating_sub(u16::from(u8::MAX));
        let places = &plaintext[usize::from(shortest)..usize::from(longest) + tag_length];
        let received = copy_from_place(places, content_length - shortest, tag_length);
        good &= received.ct_eq(&computed);

        if bool::from(good) {
            plaintext.truncate(usize::from(content_length));
            Ok(Opened {
                content: plaintext,
                additional_data,
                mac: computed,
                padding_length,
            })
        } else {
            Err(OpenError)
        }
    }

    fn verify_then_decrypt(
        &self,
        header: RecordHeader,
        fragment: &[u8],
    ) -> Result<Opened, OpenError> {
        let covered = fragment
            .len()
            .checked_sub(self.mac.mac().tag_length())
            .ok_or(OpenError)?;
        let additional_data =
            header.additional_data(u16::try_from(covered).map_err(|_| OpenError)?);
        let (protected, received) = fragment.split_at(covered);
        let computed = self.mac.compute(&[&additional_data, protected]);
        if !bool::from(computed.ct_eq(received)) {
            return Err(OpenError);
        }
        let mut plaintext = self.decrypt(protected)?;
        let longest = u16::try_from(plaintext.len() - 1).map_err(|_| OpenError)?;
        let (padding_length, good) = padding(&plaintext, longest);
        if !bool::from(good) {
            return Err(OpenError);
        }
        plaintext.truncate(usize::from(longest - u16::from(padding_length)));
        Ok(Opened {
            content: plaintext,
            additional_data,
            mac: computed,
            padding_length,
        })
    }

    /// The decrypted blocks behind the explicit IV: at least one.
    fn decrypt(&self, protected: &[u8]) -> Result<Vec<u8>, OpenError> {
        let (iv, ciphertext) = protected.split_first_chunk().ok_or(OpenError)?;
        let mut blocks = ciphertext.to_vec();
        self.cipher
            .decrypt_in_place(*iv, &mut blocks)
            .map_err(|_| OpenError)?;
        if blocks.is_empty() {
            Err(OpenError)
        } else {
            Ok(blocks)
        }
    }

    /// Compresses as many blocks as the MAC of `longest` bytes of content needs more than that of
    /// `content_length` bytes.
    fn compress_for_nothing(&self, content_length: usize, longest: usize) {
        const HEADER: usize = 13;
        // Two contents differ by at most 255 bytes, which is less than so many whole blocks.
        const ZEROS: [u8; 256] = [0; 256];
        let mac = self.mac.mac();
        let saved = mac.inner_blocks(HEADER + longest) - mac.inner_blocks(HEADER + content_length);
        let mut digest = mac.hash().start();
        digest.update(&ZEROS[..saved * mac.block_length()]);
        black_box(digest);
    }
}

/// Reads the padding at the end of `plaintext`: its length, and whether it is right.
///
/// Right is: not longer than `longest`, and every byte of it equal to `padding_length`. The length
/// returned for a wrong one is zero.
fn padding(plaintext: &[u8], longest: u16) -> (u8, Choice) {
    let padding_length = plaintext.last().copied().unwrap_or(0);
    let mut good = !u16::from(padding_length).ct_gt(&longest);
    // The byte at distance 0 is padding_length itself.
    for (distance, byte) in (0..=u8::MAX).zip(plaintext.iter().rev()) {
        let outside = distance.ct_gt(&padding_length);
        good &= outside | byte.ct_eq(&padding_length);
    }
    (u8::conditional_select(&0, &padding_length, good), good)
}

/// `length` bytes from the secret `place` in `bytes`, reading every place alike.
fn copy_from_place(bytes: &[u8], place: u16, length: usize) -> Vec<u8> {
    let mut copy = vec![0; length];
    for (candidate, window) in (0_u16..).zip(bytes.windows(length)) {
        let here = candidate.ct_eq(&place);
        for (byte, read) in copy.iter_mut().zip(window) {
            byte.conditional_assign(read, here);
        }
    }
    copy
}

#[cfg(test)]
mod tests;
