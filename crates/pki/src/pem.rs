//! PEM, the textual encoding of certificates and keys (RFC 7468).
//!
//! Read by the lax rules (RFC 7468 §3, Figure 2): text may stand before, between and after the
//! blocks, lines may have any length, and the header lines of older keys are understood.

mod scan;

use core::fmt;

pub use scan::{Fault, Found, Scan, scan};
pub(crate) use scan::{character, digit};

/// One block between `-----BEGIN …-----` and `-----END …-----`.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Block {
    /// The words after BEGIN, such as "CERTIFICATE".
    pub label: String,
    /// What the block encodes, usually DER.
    pub contents: Vec<u8>,
    /// The header lines `Name: value` of RFC 1421, which OpenSSL writes into keys that it encrypts
    /// in its traditional way.
    pub headers: Vec<(String, String)>,
    /// The number of the line with BEGIN, the first being 1.
    pub line: usize,
}

impl Block {
    /// Whether the headers say that the contents are encrypted (RFC 1421 §4.6.1.1).
    #[must_use]
    pub fn is_encrypted(&self) -> bool {
        self.headers
            .iter()
            .any(|(name, value)| name == "Proc-Type" && value.ends_with("ENCRYPTED"))
    }
}

/// Every block of `text` in order; none is no error.
///
/// # Errors
/// A block that does not end, ends under another label or holds anything but base64.
pub fn blocks(text: &str) -> Result<Vec<Block>, Error> {
    let mut blocks = Vec::new();
    for found in scan(text.as_bytes()) {
        match found.fault.map(|fault| fault.error) {
            None => blocks.push(found.block),
            Some(Error {
                kind: ErrorKind::NoBegin { .. },
                ..
            }) => {}
            Some(error) => return Err(error),
        }
    }
    Ok(blocks)
}

/// The DER of every certificate in `text`, in order (RFC 7468 §5). Blocks with other labels, such
/// as the key that often stands in the same file, are passed over.
///
/// # Errors
/// What [`blocks`] refuses, and a text without any certificate.
pub fn certificates(text: &str) -> Result<Vec<Vec<u8>>, Error> {
    let (certificates, others): (Vec<_>, Vec<_>) = blocks(text)?
        .into_iter()
        // RFC 7468 §5.1: the two other labels mean the same and are no longer written.
        .partition(|block| {
            matches!(
                block.label.as_str(),
                "CERTIFICATE" | "X509 CERTIFICATE" | "X.509 CERTIFICATE"
            )
        });
    if certificates.is_empty() {
        return Err(Error {
            line: 1,
            kind: ErrorKind::NoCertificate {
                found: others.into_iter().map(|block| block.label).collect(),
            },
        });
    }
    Ok(certificates
        .into_iter()
        .map(|block| block.contents)
        .collect())
}

/// Writes `contents` as one block by the strict rules: 64 characters a line (RFC 7468 §2).
#[must_use]
pub fn encode(label: &str, contents: &[u8]) -> String {
    let mut text = format!("-----BEGIN {label}-----\n");
    for line in contents.chunks(48) {
        text.push_str(&base64(line));
        text.push('\n');
    }
    text.push_str(&format!("-----END {label}-----\n"));
    text
}

/// `bytes` in base64 with padding (RFC 4648 §4), on one line.
#[must_use]
pub fn base64(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for group in bytes.chunks(3) {
        let bits = (0..3).fold(0_u32, |bits, i| {
            bits << 8 | u32::from(group.get(i).copied().unwrap_or(0))
        });
        for position in 0..4 {
            let digit = (bits >> (18 - 6 * position)) & 63;
            text.push(if position <= group.len() {
                char::from(ALPHABET[digit as usize])
            } else {
                '='
            });
        }
    }
    text
}

/// Why a text could not be read as PEM, and where.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Error {
    /// The number of the line, the first being 1.
    pub line: usize,
    /// What is wrong there.
    pub kind: ErrorKind,
}

/// What is wrong with a PEM text.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum ErrorKind {
    /// A block has no END line.
    Unterminated {
        /// Its label.
        label: String,
    },
    /// A block's END line has another label, or another block begins inside.
    WrongEnd {
        /// The label after BEGIN.
        label: String,
        /// The line that stands there instead.
        found: String,
    },
    /// A character that base64 does not have (RFC 4648 §4).
    NotBase64 {
        /// The character.
        character: char,
    },
    /// The base64 digits of the block do not make whole bytes: something was cut off.
    Incomplete {
        /// The block's label.
        label: String,
    },
    /// An END line to which there is no BEGIN line.
    NoBegin {
        /// Its label.
        label: String,
    },
    /// No block with a certificate.
    NoCertificate {
        /// The labels of the blocks that are there.
        found: Vec<String>,
    },
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let line = self.line;
        match &self.kind {
            ErrorKind::NoBegin { label } => write!(
                f,
                "line {line}: there is no line -----BEGIN {label}----- before this \
                 -----END {label}-----; was the beginning cut off?"
            ),
            ErrorKind::Unterminated { label } => write!(
                f,
                "line {line}: the block {label} has no line -----END {label}-----; \
                 was the file cut off?"
            ),
            ErrorKind::WrongEnd { label, found } => write!(
                f,
                "line {line}: expected -----END {label}-----, found {found}"
            ),
            ErrorKind::NotBase64 { character } => write!(
                f,
                "line {line}: {character:?} is no base64 digit; was the file edited?"
            ),
            ErrorKind::Incomplete { label } => write!(
                f,
                "line {line}: the base64 of the block {label} ends too early; was the file cut off?"
            ),
            ErrorKind::NoCertificate { found } if found.is_empty() => f.write_str(
                "no certificate: PEM has a line -----BEGIN CERTIFICATE-----, this text has none \
                 (a DER file becomes PEM by: openssl x509 -inform der -in FILE)",
            ),
            ErrorKind::NoCertificate { found } => write!(
                f,
                "no block CERTIFICATE; the blocks here are: {}",
                found.join(", ")
            ),
        }
    }
}

impl core::error::Error for Error {}

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encoding_and_reading_agree_at_every_length() {
        for length in 0..200_u8 {
            let contents: Vec<u8> = (0..length).map(|i| i.wrapping_mul(37) ^ 0xa5).collect();
            let read = blocks(&encode("CERTIFICATE", &contents)).unwrap();
            assert_eq!(read.len(), 1);
            assert_eq!(read[0].contents, contents);
        }
    }

    #[test]
    fn text_around_headers_and_odd_lines_are_read() {
        let text = "subject: CN=shop\r\n\r\n-----BEGIN RSA PRIVATE KEY-----\r\n\
                    Proc-Type: 4,ENCRYPTED\r\nDEK-Info: AES-128-CBC,00\r\n\r\nAQ\r\n  ID\r\n\
                    -----END RSA PRIVATE KEY-----\r\nmore\n-----BEGIN CERTIFICATE-----\nBA==\n\
                    -----END CERTIFICATE-----";
        let read = blocks(text).unwrap();
        assert_eq!(read[0].label, "RSA PRIVATE KEY");
        assert_eq!(read[0].contents, [1, 2, 3]);
        assert_eq!(read[0].line, 3);
        assert!(read[0].is_encrypted());
        assert!(!read[1].is_encrypted());
        assert_eq!(certificates(text), Ok(vec![vec![4]]));
    }

    #[test]
    fn faults_are_told_with_their_line() {
        #[track_caller]
        fn check(text: &str, expected: &str) {
            assert_eq!(certificates(text).unwrap_err().to_string(), expected);
        }
        check(
            "",
            "no certificate: PEM has a line -----BEGIN CERTIFICATE-----, this text has none \
             (a DER file becomes PEM by: openssl x509 -inform der -in FILE)",
        );
        check(
            "-----BEGIN PRIVATE KEY-----\nAQID\n-----END PRIVATE KEY-----",
            "no block CERTIFICATE; the blocks here are: PRIVATE KEY",
        );
        check(
            "x\n-----BEGIN CERTIFICATE-----\nAQID\n",
            "line 2: the block CERTIFICATE has no line -----END CERTIFICATE-----; \
             was the file cut off?",
        );
        check(
            "-----BEGIN CERTIFICATE-----\nAQID\n-----END CERT-----\n",
            "line 3: expected -----END CERTIFICATE-----, found -----END CERT-----",
        );
        check(
            "-----BEGIN CERTIFICATE-----\nAQ!D\n-----END CERTIFICATE-----\n",
            "line 2: '!' is no base64 digit; was the file edited?",
        );
        check(
            "-----BEGIN CERTIFICATE-----\nAQIDB\n-----END CERTIFICATE-----\n",
            "line 3: the base64 of the block CERTIFICATE ends too early; was the file cut off?",
        );
        check(
            "-----BEGIN CERTIFICATE-----\nAQ==BA==\n-----END CERTIFICATE-----\n",
            "line 2: 'B' is no base64 digit; was the file edited?",
        );
    }
}
