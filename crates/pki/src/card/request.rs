//! A certification request on one card.

use super::{Signature, SubjectName};
use crate::explain::der::{
    Element, INTEGER, OBJECT_IDENTIFIER, OCTET_STRING, Reader, SEQUENCE, SET, constructed,
};
use crate::explain::oid;
use crate::key::{KeyError, KeyKind, PublicKey};
use crate::name::DistinguishedName;
use crate::signed::Signed;
use crate::verify::certificate::whole;

/// What a certification request asks for (PKCS #10, RFC 2986).
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct RequestCard {
    /// Whom it names.
    pub subject: DistinguishedName,
    /// The alternative names that it asks for.
    pub alternative_names: Vec<SubjectName>,
    /// Kind and size of the key.
    pub public_key: Result<KeyKind, KeyError>,
    /// The signature, made with that key: it shows that the private one is at hand.
    pub signature: Signature,
}

impl RequestCard {
    /// Checks that the request in `der` is signed with the key that it names (RFC 2986 §4.2).
    ///
    /// # Errors
    /// [`KeyError::SignatureInvalid`] if it is not; [`KeyError::UnknownFormat`] and others where that
    /// cannot be said.
    pub fn verify(der: &[u8]) -> Result<(), KeyError> {
        let signed = Signed::read(der).ok_or(KeyError::UnknownFormat)?;
        let mut fields = Reader::new(signed.message)
            .next_if(SEQUENCE)
            .ok_or(KeyError::UnknownFormat)?
            .values();
        let _version = fields.next_if(INTEGER);
        let _subject = fields.next_if(SEQUENCE);
        let key = fields.next_if(SEQUENCE).ok_or(KeyError::UnknownFormat)?;
        signed.verify(&PublicKey::from_spki_der(key.der())?)
    }

    /// Reads the request in `der`; `None` if it is no sound one.
    #[must_use]
    pub fn read(der: &[u8]) -> Option<Self> {
        let signed = Signed::read(der)?;
        let signature = Signature::of(&signed)?;
        let mut fields = whole(signed.message, SEQUENCE)?.values();
        fields.next_if(INTEGER)?;
        let subject = DistinguishedName::from_der(fields.next_if(SEQUENCE)?.der())?;
        let key = PublicKey::from_spki_der(fields.next_if(SEQUENCE)?.der());
        let attributes = fields.next_if(constructed(0));
        let names = attributes.as_ref().and_then(requested_names);
        fields.is_at_end().then_some(Self {
            subject,
            alternative_names: names.unwrap_or_default(),
            public_key: key.map(|key| key.kind()),
            signature,
        })
    }
}

const EXTENSION_REQUEST: &str = "1.2.840.113549.1.9.14";
const SUBJECT_ALT_NAME: &str = crate::verify::certificate::extension::SUBJECT_ALT_NAME;

/// The alternative names among the extensions that are asked for (RFC 2985 §5.4.2).
fn requested_names(attributes: &Element<'_>) -> Option<Vec<SubjectName>> {
    let with = |element: &Element<'_>, identifier: &str| {
        let first = element.values().next_if(OBJECT_IDENTIFIER);
        first
            .and_then(|first| oid::dotted(first.octets()))
            .as_deref()
            == Some(identifier)
    };
    let mut attributes = attributes.values();
    let request = attributes.find(|one| with(one, EXTENSION_REQUEST))?;
    let values = request.values().find(|value| value.identifier == SET)?;
    let mut extensions = values.values().next_if(SEQUENCE)?.values();
    let extension = extensions.find(|one| with(one, SUBJECT_ALT_NAME))?;
    let mut parts = extension.values();
    let value = parts.find(|value| value.identifier == OCTET_STRING)?;
    let names = Reader::new(value.octets()).next_if(SEQUENCE)?.values();
    Some(
        names
            .map(|name| SubjectName::of(name.identifier, name.octets()))
            .collect(),
    )
}
