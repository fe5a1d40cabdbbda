//! Single fields of a certificate, for those who need no more.

use der::{Decode, Encode};
use x509_cert::Certificate;

use crate::key::{KeyError, PublicKey};

/// The key that `certificate`, in DER, binds to its subject.
///
/// # Errors
/// If the bytes are no certificate, or the key's structure is broken.
pub fn public_key(certificate: &[u8]) -> Result<PublicKey, KeyError> {
    let malformed = |_| KeyError::Malformed {
        structure: "Certificate",
    };
    let certificate = Certificate::from_der(certificate).map_err(malformed)?;
    let key = certificate.tbs_certificate().subject_public_key_info();
    PublicKey::from_spki_der(&key.to_der().map_err(malformed)?)
}

/// The subject's name in `certificate`, as the DER of a `Name` (RFC 5280 §4.1.2.6).
///
/// # Errors
/// If the bytes are no certificate.
pub fn subject(certificate: &[u8]) -> Result<Vec<u8>, der::Error> {
    Certificate::from_der(certificate)?
        .tbs_certificate()
        .subject()
        .to_der()
}
