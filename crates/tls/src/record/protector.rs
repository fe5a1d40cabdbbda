use padlock_pki::random::Random;
use padlock_wire::Node;

use super::layout::{EXPLICIT_LENGTH, Layout};
use super::{Fault, Header, MAXIMUM_CONTENT};
use crate::codes::{ContentType, ProtocolVersion};
use crate::crypto::aead::{Aead, AeadKey, NONCE_LENGTH, TAG_LENGTH};
use crate::crypto::cbc_hmac::{CbcHmacKey, Order};
use crate::crypto::{KeyLengthError, RecordHeader};
use crate::schedule::TrafficKeys;
use crate::suite::Cipher;
use crate::trace::Protection;
use crate::value::{Epoch, ValueName};

/// The protection of the records of one direction
/// ([RFC 5246 §6.2.3](https://www.rfc-editor.org/rfc/rfc5246#section-6.2.3)): the keys, and the
/// number of the next record.
///
/// It starts at number zero and belongs to one [`Sender`](super::Sender) or one
/// [`Receiver`](super::Receiver): under a key, a number serves once.
#[derive(Clone, Debug)]
pub struct Protector {
    name: ValueName,
    layout: Layout,
    /// Boxed: prepared keys take hundreds of bytes, and protectors are handed on.
    keys: Box<Keys>,
    /// The number of the next record; `None` behind the last one.
    sequence: Option<u64>,
    /// What the length of a TLS 1.3 plaintext is made a multiple of by padding.
    padding: usize,
    /// The most that such a plaintext may have.
    limit: usize,
    /// The longest plaintext that was opened.
    longest: usize,
}

/// What one side writes with, as it stands in the key block (RFC 5246 §6.3).
#[derive(Clone, Copy, Debug)]
pub struct WriteKeys<'a> {
    /// The name of the key that encrypts, for the trace.
    pub name: ValueName,
    /// The MAC key; none for an AEAD.
    pub mac_key: &'a [u8],
    /// The key that encrypts.
    pub key: &'a [u8],
    /// The fixed part of the nonces of an AEAD; none for CBC, whose vectors are explicit.
    pub iv: &'a [u8],
}

impl<'a> WriteKeys<'a> {
    /// These keys, of which the one that encrypts has this name.
    #[must_use]
    pub fn of(name: ValueName, keys: &'a TrafficKeys) -> Self {
        Self {
            name,
            mac_key: &keys.mac_key,
            key: &keys.key,
            iv: &keys.iv,
        }
    }
}

#[derive(Clone, Debug)]
enum Keys {
    Aead { key: AeadKey, nonces: Nonces },
    Cbc(CbcHmacKey),
}

/// How the nonces of an AEAD come to be.
#[derive(Clone, Copy, Debug)]
enum Nonces {
    /// ```text
    /// struct { opaque salt[4]; opaque nonce_explicit[8]; } GCMNonce;
    /// ```
    /// The explicit part is sent; a sender of ours takes the sequence number (RFC 5288 §3).
    Explicit {
        salt: [u8; NONCE_LENGTH - EXPLICIT_LENGTH],
    },
    /// The sequence number, padded on the left to 12 bytes, XOR the IV (RFC 7905 §2).
    Xor { iv: [u8; NONCE_LENGTH] },
}

/// What was found in a protected record.
#[derive(Debug)]
pub(super) struct Content {
    pub(super) content_type: ContentType,
    pub(super) bytes: Vec<u8>,
    pub(super) protection: Option<Protection>,
}

impl Protector {
    /// The version in the header of every protected record.
    pub(super) const VERSION: ProtocolVersion = ProtocolVersion::TLS_1_2;

    /// The protection by `cipher` and `keys`. `encrypt_then_mac` is whether RFC 7366 was agreed;
    /// it concerns CBC only.
    ///
    /// # Errors
    /// [`KeyLengthError`] if a key or the IV is not as long as [`Cipher::key_lengths`] says.
    pub fn new(
        cipher: Cipher,
        encrypt_then_mac: bool,
        keys: WriteKeys<'_>,
    ) -> Result<Self, KeyLengthError> {
        let WriteKeys {
            name,
            mac_key,
            key,
            iv,
        } = keys;
        let (mac_key_length, _, iv_length) = cipher.key_lengths();
        for (expected, given) in [(mac_key_length, mac_key.len()), (iv_length, iv.len())] {
            if expected != given {
                return Err(KeyLengthError { expected, given });
            }
        }
        let keys = match cipher {
            Cipher::Aead(aead) => {
                let nonces = match aead {
                    Aead::ChaCha20Poly1305 => Nonces::Xor { iv: fixed(iv)? },
                    _ => Nonces::Explicit { salt: fixed(iv)? },
                };
                Keys::Aead {
                    key: AeadKey::new(aead, key)?,
                    nonces,
                }
            }
            Cipher::Cbc { key_length, .. } if key_length != key.len() => {
                return Err(KeyLengthError {
                    expected: key_length,
                    given: key.len(),
                });
            }
            Cipher::Cbc { mac, .. } => {
                let order = if encrypt_then_mac {
                    Order::EncryptThenMac
                } else {
                    Order::MacThenEncrypt
                };
                Keys::Cbc(CbcHmacKey::new(order, mac, mac_key, key)?)
            }
        };
        let layout = Layout::new(cipher, encrypt_then_mac);
        Ok(Self {
            name,
            layout,
            keys: Box::new(keys),
            sequence: Some(0),
            padding: 1,
            limit: MAXIMUM_CONTENT + 1,
            longest: 0,
        })
    }

    /// The protection of TLS 1.3 (RFC 9846 §5.2). There is no MAC key.
    ///
    /// # Errors
    /// [`KeyLengthError`] if the key or the IV has another length than the cipher's.
    pub fn tls13(aead: Aead, keys: WriteKeys<'_>) -> Result<Self, KeyLengthError> {
        let keys_of_aead = Keys::Aead {
            key: AeadKey::new(aead, keys.key)?,
            nonces: Nonces::Xor {
                iv: fixed(keys.iv)?,
            },
        };
        Ok(Self {
            name: keys.name,
            layout: Layout::tls13(),
            keys: Box::new(keys_of_aead),
            sequence: Some(0),
            padding: 1,
            limit: MAXIMUM_CONTENT + 1,
            longest: 0,
        })
    }

    /// The same protection with the plaintext of each record, in TLS 1.3, filled up with zeros to a
    /// multiple of so many bytes, as far as a record holds them (RFC 9846 §5.4).
    #[must_use]
    pub fn padded_to(mut self, multiple: usize) -> Self {
        self.padding = multiple.max(1);
        self
    }

    /// The same protection with so many bytes at most in the plaintext of each record: one's own
    /// limit or the peer's (RFC 8449 §4). In TLS 1.3 type and padding are included.
    #[must_use]
    pub fn limited_to(mut self, limit: usize) -> Self {
        self.limit = limit;
        self
    }

    /// Limits what is opened, beginning with what was opened already.
    pub(super) fn limit_opened(&mut self, limit: usize) -> Result<(), Fault> {
        self.limit = limit;
        match self.longest > limit {
            true => Err(Fault::Overflow {
                length: self.longest,
                maximum: limit,
            }),
            false => Ok(()),
        }
    }

    /// Whether this protects early data.
    pub(super) fn is_early(&self) -> bool {
        matches!(self.name, ValueName::TrafficKey(_, Epoch::Early))
    }

    /// The most content that a record may carry.
    pub(super) fn room(&self) -> usize {
        let room = match self.layout.hides_type() {
            true => self.limit.saturating_sub(1),
            false => self.limit,
        };
        room.clamp(1, MAXIMUM_CONTENT)
    }

    /// Whether a record with this header is in clear though this protection is in place. Beside
    /// ChangeCipherSpec that is, until something was opened with the handshake's keys, an alert of
    /// a peer that does not have them yet.
    pub(super) fn leaves_clear(&self, header: Header) -> bool {
        let early_alert = self.layout.hides_type()
            && matches!(self.name, ValueName::TrafficKey(_, Epoch::Handshake))
            && self.sequence == Some(0)
            && (header.content_type, header.length) == (ContentType::ALERT, 2);
        early_alert || self.layout.leaves_clear(header.content_type)
    }

    /// The same protection with `sequence` as the number of the next record: for one who comes
    /// later, or wants to see the last.
    #[must_use]
    pub fn starting_at(mut self, sequence: u64) -> Self {
        self.sequence = Some(sequence);
        self
    }

    /// The number of the next record; `None` if there can be none.
    #[must_use]
    pub fn sequence(&self) -> Option<u64> {
        self.sequence
    }

    pub(super) fn layout(&self) -> Layout {
        self.layout
    }

    /// Appends the protected record to `output`: header and fragment. `content` has at most 2¹⁴
    /// bytes.
    pub(super) fn seal(
        &mut self,
        content_type: ContentType,
        content: &[u8],
        random: &mut Random,
        output: &mut Vec<u8>,
        tracing: bool,
    ) -> Result<(Node, Option<Protection>), Fault> {
        const FITS: &str = "content is at most 2^14 bytes long";
        let sequence = self.next_sequence()?;
        let covered = covered(sequence, content_type, Self::VERSION);
        let header = |length: usize| Header {
            content_type,
            version: Self::VERSION,
            length: u16::try_from(length).expect(FITS),
        };
        match &*self.keys {
            Keys::Aead { key, nonces } => {
                let nonce = nonces.nonce(sequence, sequence.to_be_bytes());
                let explicit = nonces.explicit(&nonce);
                let inner = self.inner(content_type, content.len());
                let length = explicit.len() + content.len() + inner.len() + TAG_LENGTH;
                let mut header = header(length);
                let at = output.len();
                let (tree, aad) = if self.layout.hides_type() {
                    header.content_type = ContentType::APPLICATION_DATA;
                    let tree = header.write(output);
                    (tree, output[at..].to_vec())
                } else {
                    let length = u16::try_from(content.len()).expect(FITS);
                    let aad = covered.additional_data(length).to_vec();
                    (header.write(output), aad)
                };
                output.extend_from_slice(explicit);
                let start = output.len();
                output.extend_from_slice(content);
                output.extend_from_slice(&inner);
                let plaintext = tracing.then(|| output[start..].to_vec());
                key.seal_in_place_from(nonce, &aad, output, start);
                let protection = plaintext.map(|plaintext| {
                    let (ciphertext, tag) = output[start..].split_at(plaintext.len());
                    self.protection(sequence, &nonce, &aad, plaintext, ciphertext, tag)
                });
                Ok((tree, protection))
            }
            Keys::Cbc(key) => {
                let iv = random.bytes();
                let sealed = key.seal(covered, iv, content);
                let tree = header(sealed.fragment.len()).write(output);
                output.extend_from_slice(&sealed.fragment);
                let protection = tracing.then(|| {
                    self.block_protection(
                        sequence,
                        &sealed.fragment,
                        &sealed.additional_data,
                        (content, &sealed.mac, sealed.padding_length),
                    )
                });
                Ok((tree, protection))
            }
        }
    }

    /// Opens a fragment.
    pub(super) fn open(
        &mut self,
        header: Header,
        fragment: &[u8],
        tracing: bool,
    ) -> Result<Content, Fault> {
        if self.layout.hides_type() && header.content_type != ContentType::APPLICATION_DATA {
            return Err(Fault::Unprotected(header.content_type));
        }
        let sequence = self.sequence.ok_or(Fault::SequenceOverflow)?;
        let covered = covered(sequence, header.content_type, header.version);
        let mut content = match &*self.keys {
            Keys::Aead { key, nonces } => {
                let parts = self.layout.split(fragment).ok_or(Fault::BadRecordMac)?;
                // Without an explicit part its bytes are not looked at.
                let explicit = parts.before.try_into().unwrap_or_default();
                let nonce = nonces.nonce(sequence, explicit);
                let aad = if self.layout.hides_type() {
                    let mut bytes = Vec::with_capacity(Header::LENGTH);
                    let _tree = header.write(&mut bytes);
                    bytes
                } else {
                    let length = parts.ciphertext.len();
                    let length = u16::try_from(length).map_err(|_| Fault::BadRecordMac)?;
                    covered.additional_data(length).to_vec()
                };
                let mut bytes = fragment.to_vec();
                key.open_in_place_from(nonce, &aad, &mut bytes, parts.before.len())
                    .map_err(|_| Fault::BadRecordMac)?;
                let protection = tracing.then(|| {
                    let plaintext = bytes.clone();
                    self.protection(
                        sequence,
                        &nonce,
                        &aad,
                        plaintext,
                        parts.ciphertext,
                        parts.behind,
                    )
                });
                Content {
                    content_type: header.content_type,
                    bytes,
                    protection,
                }
            }
            Keys::Cbc(key) => {
                let opened = key
                    .open(covered, fragment)
                    .map_err(|_| Fault::BadRecordMac)?;
                let protection = tracing.then(|| {
                    self.block_protection(
                        sequence,
                        fragment,
                        &opened.additional_data,
                        (&opened.content, &opened.mac, opened.padding_length),
                    )
                });
                Content {
                    content_type: header.content_type,
                    bytes: opened.content,
                    protection,
                }
            }
        };
        self.sequence = sequence.checked_add(1);
        self.longest = self.longest.max(content.bytes.len());
        if self.layout.hides_type() {
            content.take_inner(self.limit)?;
        }
        // Only now, so that a forged record is told from one that a peer made too long.
        let (length, maximum) = (content.bytes.len(), self.room());
        if length > maximum {
            return Err(Fault::Overflow { length, maximum });
        }
        Ok(content)
    }

    /// What stands behind the content in what is encrypted: in TLS 1.3 its type and zeros.
    ///
    /// ```text
    /// struct {
    ///     opaque content[TLSPlaintext.length];
    ///     ContentType type;
    ///     uint8 zeros[length_of_padding];
    /// } TLSInnerPlaintext;
    /// ```
    /// (RFC 9846 §5.2)
    fn inner(&self, content_type: ContentType, length: usize) -> Vec<u8> {
        if !self.layout.hides_type() {
            return Vec::new();
        }
        let full = (length + 1).next_multiple_of(self.padding);
        let mut inner = vec![0; full.min(self.limit.max(length + 1)) - length];
        inner[0] = content_type.0;
        inner
    }

    fn next_sequence(&mut self) -> Result<u64, Fault> {
        let sequence = self.sequence.ok_or(Fault::SequenceOverflow)?;
        self.sequence = sequence.checked_add(1);
        Ok(sequence)
    }

    /// What went into a CBC record, of whose plaintext content, MAC and `padding_length` are given.
    fn block_protection(
        &self,
        sequence: u64,
        fragment: &[u8],
        additional_data: &[u8],
        (content, mac, padding_length): (&[u8], &[u8], u8),
    ) -> Protection {
        let mut plaintext = content.to_vec();
        let parts = self
            .layout
            .split(fragment)
            .expect("an authentic record has its parts");
        if parts.behind.is_empty() {
            plaintext.extend_from_slice(mac);
        }
        plaintext.resize(
            plaintext.len() + usize::from(padding_length) + 1,
            padding_length,
        );
        self.protection(
            sequence,
            parts.before,
            additional_data,
            plaintext,
            parts.ciphertext,
            mac,
        )
    }

    fn protection(
        &self,
        sequence: u64,
        nonce: &[u8],
        additional_data: &[u8],
        plaintext: Vec<u8>,
        ciphertext: &[u8],
        tag: &[u8],
    ) -> Protection {
        Protection {
            sequence,
            key: self.name,
            nonce: nonce.to_vec(),
            additional_data: additional_data.to_vec(),
            plaintext,
            ciphertext: ciphertext.to_vec(),
            tag: tag.to_vec(),
            scheme: self.layout.scheme,
        }
    }
}

impl Content {
    /// Takes type and padding off a TLSInnerPlaintext (RFC 9846 §5.2, §5.4).
    fn take_inner(&mut self, maximum: usize) -> Result<(), Fault> {
        let length = self.bytes.len();
        if length > maximum {
            return Err(Fault::Overflow { length, maximum });
        }
        let last = self.bytes.iter().rposition(|byte| *byte != 0);
        let last = last.ok_or(Fault::NoContentType)?;
        self.content_type = ContentType(self.bytes[last]);
        self.bytes.truncate(last);
        Ok(())
    }
}

impl Nonces {
    fn nonce(&self, sequence: u64, explicit: [u8; EXPLICIT_LENGTH]) -> [u8; NONCE_LENGTH] {
        let mut nonce = [0; NONCE_LENGTH];
        let (first, last) = nonce.split_at_mut(NONCE_LENGTH - EXPLICIT_LENGTH);
        match self {
            Self::Explicit { salt } => {
                first.copy_from_slice(salt);
                last.copy_from_slice(&explicit);
            }
            Self::Xor { iv } => {
                last.copy_from_slice(&sequence.to_be_bytes());
                for (byte, mask) in nonce.iter_mut().zip(iv) {
                    *byte ^= mask;
                }
            }
        }
        nonce
    }

    /// The part of `nonce` that is sent.
    fn explicit<'a>(&self, nonce: &'a [u8; NONCE_LENGTH]) -> &'a [u8] {
        match self {
            Self::Explicit { salt } => &nonce[salt.len()..],
            Self::Xor { .. } => &[],
        }
    }
}

fn covered(sequence: u64, content_type: ContentType, version: ProtocolVersion) -> RecordHeader {
    RecordHeader {
        sequence,
        content_type: content_type.0,
        version: version.0.to_be_bytes(),
    }
}

fn fixed<const N: usize>(iv: &[u8]) -> Result<[u8; N], KeyLengthError> {
    iv.try_into().map_err(|_| KeyLengthError {
        expected: N,
        given: iv.len(),
    })
}
