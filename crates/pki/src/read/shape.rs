//! What bytes are, by their outermost values and by the labels of PEM.

use std::ops::Range;

use crate::explain::Kind;
use crate::explain::der::{
    self, BIT_STRING, ENUMERATED, GENERALIZED_TIME, Header, INTEGER, OBJECT_IDENTIFIER,
    OCTET_STRING, SEQUENCE, UTC_TIME, constructed,
};
use crate::explain::oid;

/// What something is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Shape {
    Document(Kind),
    PrivateKey(PrivateKeyKind),
}

/// The forms in which private keys are met.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum PrivateKeyKind {
    /// PKCS #8: `PrivateKeyInfo` (RFC 5208), `OneAsymmetricKey` (RFC 5958).
    Pkcs8,
    /// The same, encrypted (RFC 5958 §3).
    EncryptedPkcs8,
    /// PKCS #1, of RSA alone (RFC 8017 Appendix A.1.2).
    Pkcs1,
    /// SEC 1, of elliptic curves alone (RFC 5915).
    Sec1,
    /// OpenSSL's own, of DSA alone.
    Dsa,
    /// One of these, as OpenSSL used to encrypt it.
    EncryptedTraditional,
    /// OpenSSH's.
    OpenSsh,
    /// PuTTY's.
    Putty,
    /// PKCS #12 (RFC 7292): a file of certificates that mostly has their keys too.
    Pkcs12,
    /// Of a form that is not known here: a block of PEM with such a label.
    Unknown,
}

impl PrivateKeyKind {
    /// What it is called.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pkcs8 => "PKCS #8",
            Self::EncryptedPkcs8 => "PKCS #8, encrypted",
            Self::Pkcs1 => "PKCS #1",
            Self::Sec1 => "SEC 1",
            Self::Dsa => "DSA",
            Self::EncryptedTraditional => "PEM, encrypted",
            Self::OpenSsh => "OpenSSH",
            Self::Putty => "PuTTY",
            Self::Pkcs12 => "PKCS #12",
            Self::Unknown => "PEM",
        }
    }

    /// Whether its form says that it is encrypted. Where it does not, it may be so all the same.
    #[must_use]
    pub const fn is_encrypted(self) -> bool {
        matches!(self, Self::EncryptedPkcs8 | Self::EncryptedTraditional)
    }
}

/// How keys of OpenSSH start.
pub(super) const OPEN_SSH: &[u8] = b"openssh-key-v1\0";

/// Whether it is a key of PuTTY, which is text.
pub(super) fn is_putty(input: &[u8]) -> bool {
    input.trim_ascii_start().starts_with(b"PuTTY-User-Key-File")
}

/// What this label of PEM is for (RFC 7468); `None` of those that are not known here.
pub(super) fn of_label(label: &str) -> Option<Shape> {
    Some(match label {
        // RFC 7468 §5.1: the two others mean the same; OpenSSL's has more after the certificate.
        "CERTIFICATE" | "X509 CERTIFICATE" | "X.509 CERTIFICATE" | "TRUSTED CERTIFICATE" => {
            Shape::Document(Kind::Certificate)
        }
        "CERTIFICATE REQUEST" | "NEW CERTIFICATE REQUEST" => {
            Shape::Document(Kind::CertificationRequest)
        }
        "X509 CRL" | "CRL" => Shape::Document(Kind::CertificateList),
        "PKCS7" | "CMS" | "PKCS #7 SIGNED DATA" => Shape::Document(Kind::ContentInfo),
        "PUBLIC KEY" => Shape::Document(Kind::PublicKey),
        "OCSP RESPONSE" => Shape::Document(Kind::OcspResponse),
        "PRIVATE KEY" => Shape::PrivateKey(PrivateKeyKind::Pkcs8),
        "ENCRYPTED PRIVATE KEY" => Shape::PrivateKey(PrivateKeyKind::EncryptedPkcs8),
        "RSA PRIVATE KEY" => Shape::PrivateKey(PrivateKeyKind::Pkcs1),
        "EC PRIVATE KEY" => Shape::PrivateKey(PrivateKeyKind::Sec1),
        "DSA PRIVATE KEY" => Shape::PrivateKey(PrivateKeyKind::Dsa),
        "OPENSSH PRIVATE KEY" => Shape::PrivateKey(PrivateKeyKind::OpenSsh),
        "PKCS12" => Shape::PrivateKey(PrivateKeyKind::Pkcs12),
        label if label.to_ascii_uppercase().contains("PRIVATE") => {
            Shape::PrivateKey(PrivateKeyKind::Unknown)
        }
        _ => return None,
    })
}

/// The most values that are looked at.
const VALUES: usize = 9;

impl Shape {
    /// What these bytes are; where they are cut off, by what is left of them.
    pub(super) fn of(bytes: &[u8]) -> Self {
        if bytes.starts_with(OPEN_SSH) {
            return Self::PrivateKey(PrivateKeyKind::OpenSsh);
        }
        let all = Value {
            identifier: SEQUENCE,
            contents: 0..bytes.len(),
        };
        let Some(outer) = all.values(bytes).into_iter().next() else {
            return Self::Document(Kind::Other);
        };
        if outer.identifier != SEQUENCE {
            return Self::Document(Kind::Other);
        }
        let values = outer.values(bytes);
        let identifiers: Vec<u8> = values.iter().map(|value| value.identifier).collect();
        let contents = |index: usize| {
            let value: Option<&Value> = values.get(index);
            value.map_or(&[][..], |value| &bytes[value.contents.clone()])
        };
        // The object identifier with which the value of this number starts.
        let identifier = |index: usize| {
            let inner = values.get(index).map(|value| value.values(bytes));
            let first = inner.and_then(|inner| inner.into_iter().next());
            let first = first.filter(|first| first.identifier == OBJECT_IDENTIFIER);
            first.and_then(|first| oid::dotted(&bytes[first.contents]))
        };
        let starts = |index, prefix: &str| {
            identifier(index).is_some_and(|identifier| identifier.starts_with(prefix))
        };
        let is_version = || matches!(contents(0), [0 | 1]);
        match identifiers[..] {
            [OBJECT_IDENTIFIER, ..] => {
                let identifier = oid::dotted(contents(0)).unwrap_or_default();
                match identifier.starts_with(PKCS7) {
                    true => Self::Document(Kind::ContentInfo),
                    false => Self::Document(Kind::Other),
                }
            }
            [ENUMERATED, ..] => Self::Document(Kind::OcspResponse),
            [INTEGER, SEQUENCE, ..] if starts(1, PKCS7) => Self::PrivateKey(PrivateKeyKind::Pkcs12),
            [INTEGER, SEQUENCE, ..] if is_version() => Self::PrivateKey(PrivateKeyKind::Pkcs8),
            [INTEGER, OCTET_STRING, ..] if is_version() => Self::PrivateKey(PrivateKeyKind::Sec1),
            [INTEGER, INTEGER, ..] if is_version() && identifiers.len() == 6 => {
                Self::PrivateKey(PrivateKeyKind::Dsa)
            }
            [INTEGER, INTEGER, ..] if is_version() => Self::PrivateKey(PrivateKeyKind::Pkcs1),
            [SEQUENCE, BIT_STRING] if identifier(0).is_some() => Self::Document(Kind::PublicKey),
            [SEQUENCE, ..] if ENCRYPTIONS.iter().any(|prefix| starts(0, prefix)) => {
                Self::PrivateKey(PrivateKeyKind::EncryptedPkcs8)
            }
            [SEQUENCE, ..] => Self::Document(signed_kind(&values[0].values(bytes), bytes)),
            _ => Self::Document(Kind::Other),
        }
    }
}

const PKCS7: &str = "1.2.840.113549.1.7.";
/// Those of PKCS #5 and of PKCS #12.
const ENCRYPTIONS: [&str; 2] = ["1.2.840.113549.1.5.", "1.2.840.113549.1.12."];

/// What is signed, by the values in it; cut off too early it may be several things.
fn signed_kind(values: &[Value], bytes: &[u8]) -> Kind {
    const VERSION: u8 = constructed(0);
    let identifiers: Vec<u8> = values.iter().map(|value| value.identifier).collect();
    // An algorithm, unlike a name, starts with an object identifier.
    let is_algorithm = |index: usize| {
        let value: Option<&Value> = values.get(index);
        value.and_then(|value| bytes.get(value.contents.start)) == Some(&OBJECT_IDENTIFIER)
    };
    match identifiers[..] {
        [VERSION, INTEGER, SEQUENCE, ..] => Kind::Certificate,
        [SEQUENCE, SEQUENCE, UTC_TIME | GENERALIZED_TIME, ..]
        | [INTEGER, SEQUENCE, SEQUENCE, UTC_TIME | GENERALIZED_TIME, ..]
            if is_algorithm(0) || is_algorithm(1) =>
        {
            Kind::CertificateList
        }
        [INTEGER, SEQUENCE, SEQUENCE, SEQUENCE, ..] if is_algorithm(1) => Kind::Certificate,
        [INTEGER, SEQUENCE, SEQUENCE, ..] if !is_algorithm(1) => Kind::CertificationRequest,
        _ => Kind::Other,
    }
}

/// A value that need not be complete.
struct Value {
    identifier: u8,
    contents: Range<usize>,
}

impl Value {
    /// The first values within.
    fn values(&self, bytes: &[u8]) -> Vec<Self> {
        let mut values = Vec::new();
        let Range { mut start, end } = self.contents.clone();
        while start < end && values.len() < VALUES {
            let Ok(header) = Header::read(bytes, start, end) else {
                break;
            };
            let contents = header.contents();
            let (stop, next) = match header.length {
                Some(length) => {
                    let stop = contents.saturating_add(length).min(end);
                    (stop, stop)
                }
                None => {
                    let ends = der::ends_of_contents(bytes, contents, end, 1);
                    let stop = ends.first().and_then(|(_, end)| *end);
                    stop.map_or((end, end), |stop| (stop, stop + 2))
                }
            };
            values.push(Self {
                identifier: header.identifier,
                contents: contents..stop,
            });
            start = next;
        }
        values
    }
}
