//! Issuing lists of revoked certificates (RFC 5280 §5).

use der::Encode;
use der::oid::ObjectIdentifier;

use super::profile::key_identifier;
use super::{IssueError, Issuer, time};
use crate::explain::der::{ENUMERATED, OCTET_STRING, constructed, context};
use crate::random::Random;
use crate::write;

/// What is to stand in a list.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct RevocationList {
    /// From when on it holds, in seconds since 1970 (RFC 5280 §5.1.2.4).
    pub this_update: i64,
    /// When there will be a newer one at the latest (RFC 5280 §5.1.2.5).
    pub next_update: i64,
    /// Which list of its issuer it is (RFC 5280 §5.2.3).
    pub number: u32,
    /// What is revoked.
    pub revoked: Vec<Revoked>,
}

/// A certificate that is revoked.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Revoked {
    /// Its serial number: the contents of the `INTEGER`, big-endian.
    pub serial_number: Vec<u8>,
    /// Since when, in seconds since 1970.
    pub date: i64,
    /// Why: a `CRLReason` (RFC 5280 §5.3.1), such as 1 for keyCompromise.
    pub reason: u8,
}

const AUTHORITY_KEY_IDENTIFIER: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.35");
const CRL_NUMBER: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.20");
const CRL_REASON: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.21");

/// Issues the list, in DER. From `random` comes the salt of an RSA-PSS signature.
///
/// ```text
/// CertificateList ::= SEQUENCE {
///   tbsCertList, signatureAlgorithm AlgorithmIdentifier, signatureValue BIT STRING }
/// ```
///
/// # Errors
/// [`IssueError`]: a date out of range, or a key that does not sign by the algorithm.
pub fn issue_list(
    list: &RevocationList,
    issuer: &Issuer<'_>,
    random: &mut Random,
) -> Result<Vec<u8>, IssueError> {
    let what = "revocation list";
    let algorithm = issuer.algorithm.to_algorithm_identifier();
    let name = issuer.subject.to_name()?;
    let name = name.to_der().map_err(|_| IssueError::Encoding { what })?;
    let mut entries = Vec::new();
    for revoked in &list.revoked {
        entries.extend(entry(revoked)?);
    }
    // The field is absent where nothing is revoked (RFC 5280 §5.1.2.6).
    let entries = match entries.is_empty() {
        true => Vec::new(),
        false => write::sequence(&[&entries]),
    };
    let identifier = key_identifier(issuer.key.public_key());
    let identifier = write::sequence(&[&write::value(context(0), &[&identifier])]);
    let extensions = write::sequence(&[
        &extension(&AUTHORITY_KEY_IDENTIFIER, &identifier),
        &extension(&CRL_NUMBER, &write::natural(&list.number.to_be_bytes())),
    ]);
    let signed = write::sequence(&[
        // Version 2.
        &write::natural(&[1]),
        &algorithm,
        &name,
        &moment(list.this_update)?,
        &moment(list.next_update)?,
        &entries,
        &write::value(constructed(0), &[&extensions]),
    ]);
    let signature = issuer.key.sign(issuer.algorithm, &signed, random);
    let signature = write::bit_string(&signature.map_err(IssueError::Key)?);
    Ok(write::sequence(&[&signed, &algorithm, &signature]))
}

fn entry(revoked: &Revoked) -> Result<Vec<u8>, IssueError> {
    let reason = write::value(ENUMERATED, &[&[revoked.reason]]);
    Ok(write::sequence(&[
        &write::natural(&revoked.serial_number),
        &moment(revoked.date)?,
        &write::sequence(&[&extension(&CRL_REASON, &reason)]),
    ]))
}

fn extension(identifier: &ObjectIdentifier, value: &[u8]) -> Vec<u8> {
    let identifier = write::object_identifier(identifier);
    write::sequence(&[&identifier, &write::value(OCTET_STRING, &[value])])
}

fn moment(seconds: i64) -> Result<Vec<u8>, IssueError> {
    let encoded = time(seconds)?.to_der();
    encoded.map_err(|_| IssueError::Encoding { what: "date" })
}
