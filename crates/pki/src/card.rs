//! A certificate on one card: the eight things that it tells a beginner.

mod bundle;
#[cfg(feature = "study")]
mod list;
mod request;
#[cfg(feature = "study")]
mod response;

use std::fmt;
use std::net::IpAddr;
use std::ops::Range;

use crate::explain::der::{OBJECT_IDENTIFIER, SEQUENCE};
use crate::explain::{self, Problem, oid};
use crate::key::{KeyError, KeyKind, PublicKey};
use crate::name::{DistinguishedName, Visible};
use crate::signed::Signed;
use crate::time::UnixSeconds;
use crate::verify::certificate::{AlternativeName, Certificate, Unreadable, whole};

pub use bundle::BundleCard;
#[cfg(feature = "study")]
pub use list::{ListCard, Revoked};
pub use request::RequestCard;
#[cfg(feature = "study")]
pub use response::{Answer, Answered, CertificateStatus, Responder, ResponseCard};

/// What a certificate says, as far as a card has room for it.
///
/// The private key is not among it: no certificate holds one.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Card {
    /// The subject domain: the common name if it is an alternative name too, else the first
    /// alternative name, else the common name (which then counts for nothing, RFC 9525 §2).
    pub domain: Option<String>,
    /// The subject's organisation.
    pub organization: Option<String>,
    /// The issuing CA: its common name, else its organisation, else its whole name.
    pub issuing_ca: String,
    /// All names under which the subject may be reached, the subject domain included.
    pub alternative_names: Vec<SubjectName>,
    /// The issue date: the first moment at which the certificate is valid (`notBefore`; a
    /// certificate does not say when it was made).
    pub issued: UnixSeconds,
    /// The expiry date: the last moment at which the certificate is valid (`notAfter`).
    pub expires: UnixSeconds,
    /// Kind and size of the public key.
    pub public_key: KeyKind,
    /// The CA's signature.
    pub signature: Signature,

    /// The subject's whole name.
    pub subject: DistinguishedName,
    /// The issuer's whole name.
    pub issuer: DistinguishedName,
    /// The serial number, big-endian.
    pub serial_number: Vec<u8>,
    /// Whether the subject is a certification authority.
    pub is_authority: bool,
    /// What the key may be used for, as in `"digitalSignature"`; `None` where that is not
    /// restricted.
    pub key_usage: Option<Vec<&'static str>>,
    /// What the certificate is for, as in `"id-kp-serverAuth"`; `None` where that is not restricted.
    pub extended_key_usage: Option<Vec<String>>,
    /// Where each of these stands.
    pub places: Places,
}

/// A name under which a subject may be reached (RFC 5280 §4.2.1.6).
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum SubjectName {
    /// The name of a host, which may have a wildcard.
    Dns(String),
    /// An IP address.
    Ip(IpAddr),
    /// An electronic mail address.
    Email(String),
    /// A URI.
    Uri(String),
    /// Another kind of name, by its number in `GeneralName`.
    Other(u8),
}

/// A signature, and how it was made.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Signature {
    /// The algorithm's object identifier.
    pub oid: String,
    /// The algorithm's name, as in `"sha256WithRSAEncryption"`.
    pub algorithm: Option<&'static str>,
    /// The signature.
    pub value: Vec<u8>,
}

/// Where the things on a card stand in the certificate.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Places {
    /// The subject's name.
    pub subject: Range<usize>,
    /// The issuer's name.
    pub issuer: Range<usize>,
    /// The extension with the alternative names.
    pub alternative_names: Option<Range<usize>>,
    /// The issue date.
    pub issued: Range<usize>,
    /// The expiry date.
    pub expires: Range<usize>,
    /// The public key and its algorithm.
    pub public_key: Range<usize>,
    /// The signature's algorithm.
    pub signature_algorithm: Range<usize>,
    /// The signature.
    pub signature: Range<usize>,
}

/// Why there is no card: the bytes are no sound certificate.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum CardError {
    /// Broken bytes.
    Malformed {
        /// What is wrong with them, as far as that can be said.
        problems: Vec<Problem>,
    },
    /// An extension stands twice.
    DuplicateExtension {
        /// Its object identifier.
        oid: String,
    },
    /// The public key is none.
    PublicKey(KeyError),
}

impl Card {
    /// Reads the certificate in `der`.
    ///
    /// # Errors
    /// If it is not a sound certificate; [`explain()`](explain::explain) shows what it is.
    pub fn read(der: &[u8]) -> Result<Self, CardError> {
        let certificate = Certificate::read(der).map_err(|error| match error {
            Unreadable::Malformed { problems, .. } => CardError::Malformed { problems },
            Unreadable::DuplicateExtension { oid, .. } => CardError::DuplicateExtension { oid },
        })?;
        let outline = &certificate.outline;
        let key = PublicKey::from_spki_der(outline.bytes(&outline.key));
        let public_key = key.map_err(CardError::PublicKey)?.kind();
        let alternative_names: Vec<_> = certificate
            .alternative_names
            .iter()
            .flatten()
            .map(SubjectName::read)
            .collect();
        let algorithm = certificate.signature_algorithm().unwrap_or_default();
        let extension = |oid| outline.extension(oid).map(|found| found.range.clone());
        Ok(Self {
            domain: domain(&certificate.subject, &alternative_names),
            organization: certificate.subject.organization().map(visible),
            issuing_ca: short(&certificate.issuer),
            alternative_names,
            issued: certificate.not_before,
            expires: certificate.not_after,
            public_key,
            signature: Signature {
                algorithm: oid::name(&algorithm),
                oid: algorithm,
                value: outline.bytes(&outline.signature_octets).to_vec(),
            },
            serial_number: outline.bytes(&outline.serial).to_vec(),
            is_authority: certificate
                .basic_constraints
                .is_some_and(|constraints| constraints.authority),
            key_usage: certificate.key_usage.clone(),
            extended_key_usage: certificate.extended_key_usage.as_ref().map(|purposes| {
                let name = |oid: &String| oid::name(oid).map_or(oid.clone(), str::to_owned);
                purposes.iter().map(name).collect()
            }),
            places: Places {
                subject: outline.subject.clone(),
                issuer: outline.issuer.clone(),
                alternative_names: extension(SUBJECT_ALT_NAME),
                issued: outline.not_before.clone(),
                expires: outline.not_after.clone(),
                public_key: outline.key.clone(),
                signature_algorithm: outline.algorithm.clone(),
                signature: outline.signature.clone(),
            },
            subject: certificate.subject,
            issuer: certificate.issuer,
        })
    }
}

const SUBJECT_ALT_NAME: &str = crate::verify::certificate::extension::SUBJECT_ALT_NAME;

impl SubjectName {
    fn read(name: &AlternativeName) -> Self {
        Self::of(name.identifier, &name.contents)
    }

    /// The `GeneralName` with this identifier and these contents.
    fn of(identifier: u8, contents: &[u8]) -> Self {
        let text = || visible(&String::from_utf8_lossy(contents));
        match (identifier, explain::ip(contents)) {
            (0x81, _) => Self::Email(text()),
            (0x82, _) => Self::Dns(text()),
            (0x86, _) => Self::Uri(text()),
            (0x87, Some(address)) => Self::Ip(address),
            (identifier, _) => Self::Other(identifier & 0x1f),
        }
    }
}

impl Signature {
    fn of(signed: &Signed<'_>) -> Option<Self> {
        let algorithm = whole(signed.algorithm, SEQUENCE)?;
        let oid = oid::dotted(algorithm.values().next_if(OBJECT_IDENTIFIER)?.octets())?;
        Some(Self {
            algorithm: oid::name(&oid),
            oid,
            value: signed.signature.to_vec(),
        })
    }
}

fn domain(subject: &DistinguishedName, names: &[SubjectName]) -> Option<String> {
    let common_name = subject.common_name();
    let hosts = || {
        names.iter().filter_map(|name| match name {
            SubjectName::Dns(host) => Some(host.clone()),
            SubjectName::Ip(address) => Some(address.to_string()),
            _ => None,
        })
    };
    let named = hosts().find(|host| common_name == Some(host));
    named
        .or_else(|| hosts().next())
        .or_else(|| common_name.map(visible))
}

/// The text without what would mislead whoever reads it.
fn visible(text: &str) -> String {
    Visible(text).to_string()
}

fn short(name: &DistinguishedName) -> String {
    let short = name.common_name().or_else(|| name.organization());
    short.map_or_else(|| name.to_string(), visible)
}

impl fmt::Display for SubjectName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Dns(text) | Self::Email(text) | Self::Uri(text) => f.write_str(text),
            Self::Ip(address) => address.fmt(f),
            Self::Other(number) => write!(f, "[{number}]"),
        }
    }
}

impl fmt::Display for CardError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed { problems } => match problems.first() {
                Some(problem) => write!(f, "not a sound certificate: {problem}"),
                None => write!(f, "not a sound certificate"),
            },
            Self::DuplicateExtension { oid } => write!(f, "the extension {oid} stands twice"),
            Self::PublicKey(error) => write!(f, "the public key: {error}"),
        }
    }
}

impl std::error::Error for CardError {}
