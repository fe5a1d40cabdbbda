//! What can go wrong with a key.

use core::fmt;

use padlock_curves::Fault;

use super::KeyKind;
use crate::pem;
use crate::signature::SignatureAlgorithm;

/// Why a key could not be read or used.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum KeyError {
    /// The text is not PEM.
    Pem(pem::Error),
    /// The text has no block with a private key.
    NoPrivateKey {
        /// The labels of the blocks that are there.
        found: Vec<String>,
    },
    /// A block of the text was found, but its key could not be read.
    Block {
        /// The block's label.
        label: String,
        /// The number of the block's first line.
        line: usize,
        /// Why.
        cause: Box<KeyError>,
    },
    /// The private key is encrypted under a password.
    Encrypted,
    /// A block with a private key in a format that is not read.
    UnknownFormat,
    /// The key is on a curve that is written out instead of named.
    UnnamedCurve,
    /// A private key of a kind that Padlock does not use.
    UnsupportedKind(KeyKind),
    /// A public key of a kind that is known to be weak.
    WeakKind(KeyKind),
    /// A public key of a kind of which nothing is known here.
    UnknownKind(KeyKind),
    /// The bytes are not the DER of the structure.
    Malformed {
        /// The structure's name in its standard.
        structure: &'static str,
    },
    /// The numbers of a private key do not belong together, or to the public key beside them.
    Inconsistent,
    /// An RSA key shorter than 1024 bits or longer than 8192.
    RsaSize {
        /// Its length.
        bits: u32,
    },
    /// An RSA key that is too short for the algorithm.
    RsaTooShort {
        /// Its length.
        bits: u32,
        /// The algorithm.
        algorithm: SignatureAlgorithm,
    },
    /// A key of this kind makes no such signatures.
    WrongAlgorithm {
        /// The kind of the key.
        key: KeyKind,
        /// The algorithm asked for.
        algorithm: SignatureAlgorithm,
    },
    /// Only RSA keys encrypt and decrypt.
    NotRsa(KeyKind),
    /// The block to encrypt or decrypt is not as long as the modulus.
    BlockLength {
        /// The length of the modulus in bytes.
        expected: usize,
        /// The length of the block.
        found: usize,
    },
    /// The block to encrypt or decrypt is, read as a number, not below the modulus (RFC 8017
    /// §5.1).
    BlockRange,
    /// The signature is not one by this key over this message.
    SignatureInvalid,
    /// What is calculated on the key's curve.
    Curve(Fault),
    /// The computation failed though nothing is wrong with the key that was seen when reading it.
    Failed,
}

impl fmt::Display for KeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Pem(error) => error.fmt(f),
            Self::NoPrivateKey { found } if found.is_empty() => f.write_str(
                "no private key: PEM has a line -----BEGIN PRIVATE KEY-----, this text has none \
                 (a DER file becomes PEM by: openssl pkey -inform der -in FILE)",
            ),
            Self::NoPrivateKey { found } => write!(
                f,
                "no private key; the blocks here are: {}",
                found.join(", ")
            ),
            Self::Block { label, line, cause } => {
                write!(f, "line {line}, block {label}: {cause}")
            }
            Self::Encrypted => f.write_str(
                "the key is encrypted under a password; decrypt it first: \
                 openssl pkey -in FILE -out PLAIN",
            ),
            Self::UnknownFormat => f.write_str(
                "this format is not read; PKCS#8 (PRIVATE KEY), PKCS#1 (RSA PRIVATE KEY) and SEC1 \
                 (EC PRIVATE KEY) are (for OpenSSH keys: ssh-keygen -p -m PKCS8 -f FILE)",
            ),
            Self::UnnamedCurve => f.write_str(
                "the curve is written out instead of named; \
                 name it: openssl pkey -in FILE -ec_param_enc named_curve",
            ),
            Self::UnsupportedKind(kind) => write!(
                f,
                "a private key of this kind is not supported: {kind}; \
                 RSA, P-256, P-384 and Ed25519 are"
            ),
            Self::WeakKind(kind) => {
                write!(f, "keys of this kind are too weak to be relied on: {kind}")
            }
            Self::UnknownKind(kind) => {
                write!(f, "keys of this kind are not known here: {kind}")
            }
            Self::Malformed { structure } => {
                write!(f, "the bytes are not the DER of {structure}")
            }
            Self::Inconsistent => f.write_str("the numbers of the key do not belong together"),
            Self::RsaSize { bits } => write!(
                f,
                "an RSA key of {bits} bits is not supported; 1024 to 8192 bits are"
            ),
            Self::RsaTooShort { bits, algorithm } => {
                write!(f, "an RSA key of {bits} bits is too short for {algorithm}")
            }
            Self::WrongAlgorithm { key, algorithm } => {
                write!(f, "a key of the kind {key} does not sign by {algorithm}")
            }
            Self::NotRsa(kind) => write!(
                f,
                "only RSA keys encrypt and decrypt, this one is of the kind {kind}"
            ),
            Self::BlockLength { expected, found } => {
                write!(f, "the block is {found} bytes long, the modulus {expected}")
            }
            Self::BlockRange => f.write_str("the block is not below the modulus"),
            Self::SignatureInvalid => {
                f.write_str("the signature is not one by this key over this message")
            }
            Self::Curve(fault) => fault.fmt(f),
            Self::Failed => f.write_str("the computation failed"),
        }
    }
}

impl core::error::Error for KeyError {}

impl From<pem::Error> for KeyError {
    fn from(error: pem::Error) -> Self {
        Self::Pem(error)
    }
}

impl From<Fault> for KeyError {
    fn from(fault: Fault) -> Self {
        Self::Curve(fault)
    }
}
