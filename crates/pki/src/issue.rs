//! Issuing certificates (RFC 5280 §4), by the builder of the crate `x509-cert`.
//!
//! A [`Template`] says what is to stand in the certificate, field by field and without judging: a
//! certificate that has expired, names nobody or claims to be an authority without being one is
//! issued as readily as a good one, because showing what becomes of it is what Padlock is for.
//! The same template, keys and [`Random`] give the same bytes on every machine.

mod error;
mod profile;
mod revocation_list;
mod subject;
mod weak;

use core::net::IpAddr;
use core::time::Duration;

use der::DateTime;
use der::Encode;
use der::asn1::BitString;
use der::oid::ObjectIdentifier;
use x509_cert::builder::{Builder, CertificateBuilder};
use x509_cert::serial_number::SerialNumber;
use x509_cert::spki::SubjectPublicKeyInfo;
use x509_cert::time::{Time, Validity};

pub use error::IssueError;
pub use revocation_list::{RevocationList, Revoked, issue_list};
pub use subject::Subject;
pub use weak::signed_with_weak_sha1;

use crate::key::{PrivateKey, PublicKey};
use crate::random::Random;
use crate::signature::SignatureAlgorithm;
use profile::{Fields, Signatory};

/// What is to stand in a certificate.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Template {
    /// Whom the certificate speaks of (RFC 5280 §4.1.2.6).
    pub subject: Subject,
    /// The serial number, big-endian and at most 20 bytes; drawn at random if not given (RFC 5280
    /// §4.1.2.2).
    pub serial_number: Option<Vec<u8>>,
    /// The first second of validity, in seconds since 1970 (RFC 5280 §4.1.2.5).
    pub not_before: i64,
    /// The last second of validity.
    pub not_after: i64,
    /// The names that the key is bound to (RFC 5280 §4.2.1.6); no extension if there are none.
    pub alternative_names: Vec<AlternativeName>,
    /// Whether the subject is an authority (RFC 5280 §4.2.1.9); no extension if not given.
    pub basic_constraints: Option<BasicConstraints>,
    /// What the key may be used for (RFC 5280 §4.2.1.3); no extension if there is nothing.
    pub key_usage: Vec<KeyUsage>,
    /// In which part the subject may use it (RFC 5280 §4.2.1.12); no extension if there is nothing.
    pub extended_key_usage: Vec<ExtendedKeyUsage>,
    /// Under which names an authority may issue (RFC 5280 §4.2.1.10); no extension if not given.
    pub name_constraints: Option<NameConstraints>,
    /// Whether the subject's key is identified by its SHA-1 (RFC 5280 §4.2.1.2).
    pub subject_key_identifier: bool,
    /// Whether the issuer's key is (RFC 5280 §4.2.1.1).
    pub authority_key_identifier: bool,
    /// Extensions beyond these, last in the certificate.
    pub further_extensions: Vec<FurtherExtension>,
}

impl Template {
    /// A certificate authority, with what RFC 5280 §4.2 asks of one.
    #[must_use]
    pub fn authority(subject: Subject, not_before: i64, not_after: i64) -> Self {
        Self {
            basic_constraints: Some(BasicConstraints {
                authority: true,
                path_length: None,
            }),
            key_usage: vec![KeyUsage::KeyCertSign, KeyUsage::CrlSign],
            ..Self::bare(subject, not_before, not_after)
        }
    }

    /// An end entity with the key usages given, and these DNS names.
    #[must_use]
    pub fn end_entity(subject: Subject, names: &[&str], not_before: i64, not_after: i64) -> Self {
        Self {
            alternative_names: names
                .iter()
                .map(|name| AlternativeName::Dns((*name).to_owned()))
                .collect(),
            basic_constraints: Some(BasicConstraints {
                authority: false,
                path_length: None,
            }),
            key_usage: vec![KeyUsage::DigitalSignature],
            ..Self::bare(subject, not_before, not_after)
        }
    }

    /// Subject, dates and the identifiers of both keys; no other extension.
    #[must_use]
    pub fn bare(subject: Subject, not_before: i64, not_after: i64) -> Self {
        Self {
            subject,
            serial_number: None,
            not_before,
            not_after,
            alternative_names: Vec::new(),
            basic_constraints: None,
            key_usage: Vec::new(),
            extended_key_usage: Vec::new(),
            name_constraints: None,
            subject_key_identifier: true,
            authority_key_identifier: true,
            further_extensions: Vec::new(),
        }
    }
}

/// A name in the subject alternative name extension.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum AlternativeName {
    /// `dNSName`: ASCII, perhaps with a wildcard as its first label.
    Dns(String),
    /// `iPAddress`.
    Ip(IpAddr),
    /// `rfc822Name`: an address for mail.
    Email(String),
    /// `uniformResourceIdentifier`.
    Uri(String),
}

/// `BasicConstraints`.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct BasicConstraints {
    /// `cA`.
    pub authority: bool,
    /// `pathLenConstraint`: how many further authorities may stand between this one and the end
    /// entity.
    pub path_length: Option<u8>,
}

/// A bit of the key usage extension.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum KeyUsage {
    /// `digitalSignature`: sign a handshake (ECDHE, TLS 1.3, client certificates).
    DigitalSignature,
    /// `nonRepudiation`, today `contentCommitment`.
    NonRepudiation,
    /// `keyEncipherment`: decrypt a pre-master secret (RSA key transport).
    KeyEncipherment,
    /// `dataEncipherment`.
    DataEncipherment,
    /// `keyAgreement`.
    KeyAgreement,
    /// `keyCertSign`: sign certificates.
    KeyCertSign,
    /// `cRLSign`: sign revocation lists.
    CrlSign,
    /// `encipherOnly`.
    EncipherOnly,
    /// `decipherOnly`.
    DecipherOnly,
}

/// A purpose in the extended key usage extension.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum ExtendedKeyUsage {
    /// `id-kp-serverAuth`: be a TLS server.
    ServerAuth,
    /// `id-kp-clientAuth`: be a TLS client.
    ClientAuth,
    /// `id-kp-codeSigning`.
    CodeSigning,
    /// `id-kp-emailProtection`.
    EmailProtection,
    /// `id-kp-OCSPSigning`.
    OcspSigning,
    /// `anyExtendedKeyUsage`.
    Any,
    /// Any other.
    Other(ObjectIdentifier),
}

/// `NameConstraints` over DNS names: `example` stands for itself and everything below.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct NameConstraints {
    /// `permittedSubtrees`.
    pub permitted: Vec<String>,
    /// `excludedSubtrees`.
    pub excluded: Vec<String>,
}

/// An extension that is not one of the others.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct FurtherExtension {
    /// `extnID`.
    pub identifier: ObjectIdentifier,
    /// Whether a reader that does not know it must refuse the certificate (RFC 5280 §4.2).
    pub critical: bool,
    /// What is inside the `OCTET STRING`, usually DER.
    pub value: Vec<u8>,
}

impl FurtherExtension {
    /// A critical one that nobody knows: whoever keeps to RFC 5280 §4.2 refuses it. Its identifier is
    /// one of those that are set aside for examples (RFC 5612 §2).
    #[must_use]
    pub fn unknown_critical() -> Self {
        Self {
            identifier: ObjectIdentifier::new_unwrap("1.3.6.1.4.1.32473.1"),
            critical: true,
            value: vec![5, 0],
        }
    }
}

/// Who signs. For a self-signed certificate, the subject itself.
#[derive(Clone, Copy, Debug)]
pub struct Issuer<'a> {
    /// The name that goes into the issuer field.
    pub subject: &'a Subject,
    /// The key that signs.
    pub key: &'a PrivateKey,
    /// How.
    pub algorithm: SignatureAlgorithm,
}

/// Issues the certificate that `template` describes, for the holder of `public_key`, in DER.
///
/// From `random` come the serial number, unless it is given, and the salt of an RSA-PSS signature;
/// always 32 bytes are drawn.
///
/// # Errors
/// [`IssueError`]: a field that has no encoding, or a key that does not sign by the algorithm.
pub fn issue(
    template: &Template,
    public_key: &PublicKey,
    issuer: &Issuer<'_>,
    random: &mut Random,
) -> Result<Vec<u8>, IssueError> {
    let random = Random::new(random.bytes());
    let serial_number = match &template.serial_number {
        Some(bytes) => SerialNumber::new(bytes),
        // RFC 5280 §4.1.2.2: positive. The CA/Browser Forum wants at least 64 random bits.
        None => {
            let mut bytes: [u8; 16] = random.fork("serial number").bytes();
            bytes[0] = bytes[0] & 0x3f | 0x40;
            SerialNumber::new(&bytes)
        }
    }
    .map_err(|_| IssueError::SerialNumber)?;
    let validity = Validity::new(time(template.not_before)?, time(template.not_after)?);
    let subject_public_key_info = SubjectPublicKeyInfo::try_from(public_key.spki_der())
        .map_err(|_| IssueError::Encoding { what: "public key" })?;
    let signatory = Signatory(issuer);
    let mut builder = CertificateBuilder::new(
        Fields::new(template, public_key, issuer)?,
        serial_number,
        validity,
        subject_public_key_info,
    )?;
    let message = builder.finalize(&signatory)?;
    let signature = issuer
        .key
        .sign(issuer.algorithm, &message, &mut random.fork("signature"))
        .map_err(IssueError::Key)?;
    let signature = BitString::from_bytes(&signature)
        .map_err(|_| IssueError::Encoding { what: "signature" })?;
    builder
        .assemble(signature, &signatory)?
        .to_der()
        .map_err(|_| IssueError::Encoding {
            what: "certificate",
        })
}

/// The time as RFC 5280 §4.1.2.5 has it: `UTCTime` through 2049, `GeneralizedTime` from 2050.
fn time(seconds: i64) -> Result<Time, IssueError> {
    u64::try_from(seconds)
        .ok()
        .and_then(|seconds| DateTime::from_unix_duration(Duration::from_secs(seconds)).ok())
        .map(Time::from)
        .ok_or(IssueError::Date { seconds })
}
