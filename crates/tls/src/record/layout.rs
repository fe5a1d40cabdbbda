use padlock_wire::{Node, Section, Value};

use super::{Header, MAXIMUM_CONTENT, MAXIMUM_PROTECTED};
use crate::codes::ContentType;
use crate::crypto::aead::{Aead, TAG_LENGTH};
use crate::crypto::cbc::BLOCK_LENGTH;
use crate::suite::Cipher;
use crate::trace::ProtectionScheme;

/// What of a protected fragment can be told apart without the key.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Layout {
    pub(super) scheme: ProtectionScheme,
    /// What the standard calls the whole.
    label: &'static str,
    /// What stands in clear before the ciphertext.
    before: Part,
    /// What stands behind it.
    behind: Part,
    section: Section,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
struct Part {
    label: &'static str,
    length: usize,
}

/// The parts of a fragment.
#[derive(Clone, Copy, Debug)]
pub(super) struct Parts<'a> {
    pub(super) before: &'a [u8],
    pub(super) ciphertext: &'a [u8],
    pub(super) behind: &'a [u8],
}

/// The length of `nonce_explicit` (RFC 5288 §3).
pub(super) const EXPLICIT_LENGTH: usize = 8;

impl Layout {
    /// The layout under `cipher`. RFC 7366 speaks of block ciphers only: with an AEAD the flag
    /// means nothing.
    pub(super) fn new(cipher: Cipher, encrypt_then_mac: bool) -> Self {
        let part = |label, length| Part { label, length };
        let none = part("", 0);
        let tag = part("tag", TAG_LENGTH);
        let iv = part("IV", BLOCK_LENGTH);
        let (scheme, before, behind, section) = match cipher {
            Cipher::Aead(Aead::ChaCha20Poly1305) => {
                (ProtectionScheme::Aead, none, tag, Section::new(7905, "2"))
            }
            Cipher::Aead(_) => {
                let nonce = part("nonce_explicit", EXPLICIT_LENGTH);
                (ProtectionScheme::Aead, nonce, tag, Section::new(5288, "3"))
            }
            Cipher::Cbc { mac, .. } if encrypt_then_mac => {
                let mac = part("MAC", mac.tag_length());
                (
                    ProtectionScheme::EncryptThenMac,
                    iv,
                    mac,
                    Section::new(7366, "3"),
                )
            }
            Cipher::Cbc { .. } => (
                ProtectionScheme::MacThenEncrypt,
                iv,
                none,
                Section::new(5246, "6.2.3.2"),
            ),
        };
        let label = match scheme {
            ProtectionScheme::MacThenEncrypt | ProtectionScheme::EncryptThenMac => {
                "GenericBlockCipher"
            }
            ProtectionScheme::Aead | ProtectionScheme::AeadInner => "GenericAEADCipher",
        };
        Self {
            scheme,
            label,
            before,
            behind,
            section,
        }
    }

    /// The layout under a cipher of TLS 1.2 that is not known here: nothing can be told apart, and
    /// nobody opens it.
    pub(super) const fn unknown() -> Self {
        const NONE: Part = Part {
            label: "",
            length: 0,
        };
        Self {
            scheme: ProtectionScheme::Aead,
            label: "fragment",
            before: NONE,
            behind: NONE,
            section: Section::new(5246, "6.2.3"),
        }
    }

    /// The layout in TLS 1.3, whatever the cipher (RFC 9846 §5.2).
    pub(super) const fn tls13() -> Self {
        Self {
            scheme: ProtectionScheme::AeadInner,
            label: "encrypted_record",
            before: Part {
                label: "",
                length: 0,
            },
            behind: Part {
                label: "tag",
                length: TAG_LENGTH,
            },
            section: Section::new(9846, "5.2"),
        }
    }

    /// Whether the type of the content is hidden in what is encrypted.
    pub(super) fn hides_type(self) -> bool {
        self.scheme == ProtectionScheme::AeadInner
    }

    /// Whether a record of this type is in clear though others are protected: in TLS 1.3 the
    /// ChangeCipherSpec that only middleboxes look at (RFC 9846 §5, §E.4).
    pub(super) fn leaves_clear(self, content_type: ContentType) -> bool {
        self.hides_type() && content_type == ContentType::CHANGE_CIPHER_SPEC
    }

    /// The longest fragment: 2¹⁴ + 2048 bytes (RFC 5246 §6.2.3), 2¹⁴ + 256 in TLS 1.3
    /// (RFC 9846 §5.2).
    pub(super) fn maximum(self) -> usize {
        match self.hides_type() {
            true => MAXIMUM_CONTENT + 256,
            false => MAXIMUM_PROTECTED,
        }
    }

    /// Takes a fragment apart; `None` if it is too short to be one.
    pub(super) fn split(self, fragment: &[u8]) -> Option<Parts<'_>> {
        let (before, rest) = fragment.split_at_checked(self.before.length)?;
        let (ciphertext, behind) =
            rest.split_at_checked(rest.len().checked_sub(self.behind.length)?)?;
        Some(Parts {
            before,
            ciphertext,
            behind,
        })
    }

    /// The nodes of a fragment that begins behind the header and ends at `end`.
    pub(super) fn fragment(self, end: usize) -> Node {
        let start = Header::LENGTH;
        let middle = start + self.before.length;
        let Some(behind) = end
            .checked_sub(self.behind.length)
            .filter(|&at| at >= middle)
        else {
            return Node::leaf("fragment", start..end, Value::Undecoded);
        };
        let children = [
            (self.before.label, start..middle),
            ("ciphertext", middle..behind),
            (self.behind.label, behind..end),
        ];
        let children = children
            .into_iter()
            .filter(|(_, range)| !range.is_empty())
            .map(|(label, range)| Node::leaf(label, range, Value::Opaque))
            .collect();
        Node::group(self.label, start..end, Some(self.section), children)
    }
}
