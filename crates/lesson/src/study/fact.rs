//! What can be said of something besides what stands in it.

use padlock_pki::card::{ListCard, RequestCard};
use padlock_pki::certificate;
use padlock_pki::explain::Kind;
use padlock_pki::key::KeyError;
use padlock_pki::name::DistinguishedName;
use padlock_pki::read::PrivateKeyKind;
use padlock_pki::signed::Signed;
use padlock_pki::time::UnixSeconds;

use crate::story::checks;
use crate::text::{Text, say};

/// What it is.
#[must_use]
pub fn kind(kind: Kind) -> Text {
    match kind {
        Kind::Certificate => say::read_kind_certificate(),
        Kind::CertificationRequest => say::read_kind_request(),
        Kind::CertificateList => say::read_kind_list(),
        Kind::ContentInfo => say::read_kind_bundle(),
        Kind::OcspResponse => say::read_kind_response(),
        Kind::PublicKey => say::read_kind_public_key(),
        Kind::Other => say::read_kind_other(),
    }
}

/// What is told of a private key. None of it is shown.
#[must_use]
pub fn private_key(kind: PrivateKeyKind) -> Text {
    match kind {
        PrivateKeyKind::Pkcs12 => say::read_key_file(),
        PrivateKeyKind::EncryptedPkcs8 | PrivateKeyKind::EncryptedTraditional => {
            say::read_key_encrypted(kind.name())
        }
        _ => say::read_key_plain(kind.name()),
    }
}

/// How long before or after `now` something is, in the largest unit of which there are two or more.
#[must_use]
pub fn distance(moment: UnixSeconds, now: UnixSeconds) -> Text {
    const UNITS: [(i64, &str); 4] = [
        (31_556_952, "years"),
        (2_629_746, "months"),
        (86_400, "days"),
        (3_600, "hours"),
    ];
    let seconds = moment.0.saturating_sub(now.0);
    let away = seconds.saturating_abs();
    let fitting = UNITS.iter().find(|(length, _)| away >= 2 * length);
    let (length, unit) = fitting.copied().unwrap_or((60, "minutes"));
    let count = away / length;
    if seconds > 0 {
        say::read_ahead(count, unit)
    } else {
        say::read_ago(count, unit)
    }
}

/// What is known of the signature of a certificate.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Vouched {
    /// It is one by the key of this issuer.
    By {
        /// The place of the issuer's certificate among those at hand.
        issuer: usize,
        /// Whether the certificate is its own issuer's.
        is_self: bool,
    },
    /// There are certificates of the issuer's name, and it is by none of their keys.
    ByNone,
    /// Only the certificate itself has the issuer's name, and it is not by its key.
    NotItself,
    /// It is made in a way that is not verified here.
    Unverifiable,
    /// No certificate of the issuer is at hand.
    IssuerMissing,
}

/// The most certificates of one name whose keys are tried.
const TRIED: usize = 8;

/// Looks among `others`, which are certificates in DER, for the one whose key signed what is in `der`
/// and names `issuer`: a certificate, or a list of revoked ones.
#[must_use]
pub fn vouched(der: &[u8], issuer: &DistinguishedName, others: &[&[u8]]) -> Vouched {
    let mut found = Vouched::IssuerMissing;
    let issuers = others.iter().enumerate();
    let issuers = issuers.filter(|(_, other)| certificate::has_subject(other, issuer));
    let issuers = issuers.take(TRIED);
    for (issuer, other) in issuers {
        match signed_by(der, other) {
            Ok(()) => {
                let is_self = *other == der;
                return Vouched::By { issuer, is_self };
            }
            Err(KeyError::SignatureInvalid) => {
                let is_alone = matches!(found, Vouched::IssuerMissing | Vouched::NotItself);
                found = match *other == der && is_alone {
                    true => Vouched::NotItself,
                    false => Vouched::ByNone,
                };
            }
            Err(_) if found == Vouched::IssuerMissing => found = Vouched::Unverifiable,
            Err(_) if found == Vouched::NotItself => found = Vouched::ByNone,
            Err(_) => {}
        }
    }
    found
}

/// Whether the signature of `der` is one by the key in the certificate `issuer`. A way that is not
/// known here, or not one for this key, is none in which the key could say no.
fn signed_by(der: &[u8], issuer: &[u8]) -> Result<(), KeyError> {
    let key = certificate::public_key(issuer)?;
    let signed = Signed::read(der).ok_or(KeyError::UnknownFormat)?;
    signed.verify(&key)
}

/// What is known of the signature of a request, which should be by the key that it names.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum OwnSignature {
    /// It is by that key.
    Fits,
    /// It is not.
    DoesNotFit,
    /// It is made in a way that is not verified here.
    Unverifiable,
}

/// Whether a request, in DER, is signed by the key that it names.
#[must_use]
pub fn own_signature(der: &[u8]) -> OwnSignature {
    match RequestCard::verify(der) {
        Ok(()) => OwnSignature::Fits,
        Err(KeyError::SignatureInvalid) => OwnSignature::DoesNotFit,
        Err(_) => OwnSignature::Unverifiable,
    }
}

/// The name by which a certificate is spoken of; `None` if it has none, or is not sound.
#[must_use]
pub fn subject(der: &[u8]) -> Option<String> {
    checks::subject(der).map(|name| shortened(&name, 120))
}

/// The name by which something is spoken of; empty where it needs none, `None` where it is broken.
#[must_use]
pub fn name(kind: Option<Kind>, der: &[u8]) -> Option<String> {
    let short = |name: &DistinguishedName| shortened(&name.to_string(), 120);
    match kind {
        Some(Kind::Certificate) => subject(der),
        Some(Kind::CertificationRequest) => RequestCard::read(der).map(|card| short(&card.subject)),
        Some(Kind::CertificateList) => ListCard::read(der).map(|card| short(&card.issuer)),
        _ => Some(String::new()),
    }
}

/// Not more of a text than `most` letters.
#[must_use]
pub fn shortened(text: &str, most: usize) -> String {
    let mut letters = text.chars();
    let mut shown: String = letters.by_ref().take(most).collect();
    if letters.next().is_some() {
        shown.push('…');
    }
    shown
}

#[cfg(test)]
mod tests {
    use padlock_pki::time::UnixSeconds;

    use super::distance;
    use crate::text::{Catalogue, English};

    #[test]
    fn distances_are_said_in_the_unit_that_fits() {
        let english = Catalogue::english();
        for (seconds, expected) in [
            (0, "just now"),
            (-59, "just now"),
            (60, "in 1 minute"),
            (-7_199, "119 minutes ago"),
            (-7_200, "2 hours ago"),
            (7 * 86_400, "in 7 days"),
            (-61 * 86_400, "2 months ago"),
            (3 * 31_556_952, "in 3 years"),
            (i64::MAX, "in 292,277,024,626 years"),
            (i64::MIN, "292,277,024,626 years ago"),
        ] {
            let text = distance(UnixSeconds(seconds), UnixSeconds(0));
            assert_eq!(english.plain(&text, &English), expected, "{seconds}");
        }
    }
}
