//! A certificate signed in a way that has to be refused.

use super::IssueError;
use crate::certificate;
use crate::explain::der::{Reader, SEQUENCE};
use crate::key::PrivateKey;
use crate::write;

/// The `AlgorithmIdentifier` of `sha1WithRSAEncryption` (RFC 4055 §5).
const SHA1_WITH_RSA: [u8; 15] = *b"\x30\x0d\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x05\x05\x00";

/// The certificate `der` as it is with a signature by SHA-1 and RSA in place of its own; `key` is its
/// issuer's. Only for a certificate that shows what becomes of such.
///
/// # Errors
/// [`IssueError::Encoding`] if `der` is no certificate, [`IssueError::Key`] if the key is not one of RSA.
pub fn signed_with_weak_sha1(der: &[u8], key: &PrivateKey) -> Result<Vec<u8>, IssueError> {
    let what = "certificate";
    let signed = certificate::signed(der).map_err(|_| IssueError::Encoding { what })?;
    let tbs = Reader::new(signed.part).next_if(SEQUENCE);
    let tbs = tbs.ok_or(IssueError::Encoding { what })?;
    let mut fields = Vec::new();
    let mut is_named = false;
    for field in tbs.values() {
        // The algorithm is the first SEQUENCE in it (RFC 5280 §4.1).
        if field.identifier == SEQUENCE && !is_named {
            is_named = true;
            fields.extend(SHA1_WITH_RSA);
        } else {
            fields.extend(field.der());
        }
    }
    let signed = write::sequence(&[&fields]);
    let signature = key.sign_with_weak_sha1(&signed);
    let signature = write::bit_string(&signature.map_err(IssueError::Key)?);
    Ok(write::sequence(&[&signed, &SHA1_WITH_RSA, &signature]))
}
