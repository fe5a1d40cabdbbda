//! Single fields of a certificate, for those who need no more.

use crate::key::{KeyError, PublicKey};
use crate::name::DistinguishedName;
use crate::verify::certificate::{Certificate, Outline};
use crate::verify::{KeyUse, Reason, identity};

/// The key that `certificate`, in DER, binds to its subject, as far as can be seen without judging
/// all of its bytes.
///
/// # Errors
/// If the bytes have not the parts of a certificate, or the key's structure is broken.
pub fn public_key(certificate: &[u8]) -> Result<PublicKey, KeyError> {
    let outline = Outline::read(certificate).ok_or(NO_CERTIFICATE)?;
    PublicKey::from_spki_der(outline.bytes(&outline.key))
}

/// The subject's name in `certificate`, as the DER of a `Name` (RFC 5280 §4.1.2.6).
///
/// # Errors
/// If the bytes are no certificate.
pub fn subject(certificate: &[u8]) -> Result<Vec<u8>, KeyError> {
    let outline = outline(certificate)?;
    Ok(outline.bytes(&outline.subject).to_vec())
}

/// The issuer's name in `certificate`, as the DER of a `Name` (RFC 5280 §4.1.2.4).
///
/// # Errors
/// If the bytes are no certificate.
pub fn issuer(certificate: &[u8]) -> Result<Vec<u8>, KeyError> {
    let outline = outline(certificate)?;
    Ok(outline.bytes(&outline.issuer).to_vec())
}

/// Whether `certificate`, in DER, has this name as its subject, as far as can be seen without judging
/// all of its bytes: to look for an issuer among many.
#[must_use]
pub fn has_subject(certificate: &[u8], name: &DistinguishedName) -> bool {
    let outline = Outline::read(certificate);
    let subject = outline.and_then(|outline| {
        let subject = outline.bytes(&outline.subject);
        DistinguishedName::from_der(subject)
    });
    subject.is_some_and(|subject| subject.matches(name))
}

/// What is signed in a certificate, and the signature over it (RFC 5280 §4.1.1).
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Signed<'a> {
    /// The DER of `tbsCertificate`: all that the issuer vouches for.
    pub part: &'a [u8],
    /// The octets of `signatureValue`.
    pub signature: &'a [u8],
}

/// What is signed in `certificate`, in DER.
///
/// # Errors
/// If the bytes are no certificate.
pub fn signed(certificate: &[u8]) -> Result<Signed<'_>, KeyError> {
    let outline = outline(certificate)?;
    Ok(Signed {
        part: outline.bytes(&outline.tbs),
        signature: outline.bytes(&outline.signature_octets),
    })
}

/// Whether the key usage of `certificate`, in DER, lets its key do this (RFC 5280 §4.2.1.3). What
/// restricts nothing does, and so does what cannot be read: whoever judges it has more to say.
#[must_use]
pub fn allows(certificate: &[u8], key_use: KeyUse) -> bool {
    Certificate::unjudged(certificate)
        .and_then(|certificate| certificate.key_usage)
        .is_none_or(|allowed| allowed.contains(&key_use.name()))
}

/// Whether `certificate`, in DER, is for the host of this name (RFC 9525 §6), as far as can be seen
/// without judging all of its bytes.
#[must_use]
pub fn is_for(certificate: &[u8], name: &str) -> bool {
    let certificate = Certificate::unjudged(certificate);
    certificate.is_some_and(|certificate| {
        let (reason, ..) = identity::check(&certificate, name);
        matches!(reason, Reason::NameMatches { .. })
    })
}

fn outline(certificate: &[u8]) -> Result<Outline<'_>, KeyError> {
    Outline::sound(certificate).map_err(|_| NO_CERTIFICATE)
}

const NO_CERTIFICATE: KeyError = KeyError::Malformed {
    structure: "Certificate",
};
