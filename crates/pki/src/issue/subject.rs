//! Names of subjects and issuers.

use core::fmt;

use der::Tag;
use der::asn1::{Any, ObjectIdentifier};
use x509_cert::attr::AttributeTypeAndValue;
use x509_cert::name::{Name, RdnSequence, RelativeDistinguishedName};

use super::IssueError;

/// A distinguished name (RFC 5280 §4.1.2.4): attributes from the widest to the narrowest.
///
/// ```
/// use padlock_pki::issue::Subject;
///
/// let shop = Subject::new().organization("Example Shop").common_name("shop.example");
/// assert_eq!(shop.to_string(), "O=Example Shop, CN=shop.example");
/// ```
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Subject(Vec<Attribute>);

#[derive(Clone, Debug, Eq, PartialEq)]
struct Attribute {
    short: &'static str,
    identifier: ObjectIdentifier,
    tag: Tag,
    value: String,
}

const COMMON_NAME: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.3");
const COUNTRY: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.6");
const LOCALITY: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.7");
const ORGANIZATION: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.10");
const ORGANIZATIONAL_UNIT: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.11");

impl Subject {
    /// The empty name.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds `countryName`: the two letters of ISO 3166.
    #[must_use]
    pub fn country(self, value: &str) -> Self {
        self.with("C", COUNTRY, Tag::PrintableString, value)
    }

    /// Adds `localityName`.
    #[must_use]
    pub fn locality(self, value: &str) -> Self {
        self.with("L", LOCALITY, Tag::Utf8String, value)
    }

    /// Adds `organizationName`.
    #[must_use]
    pub fn organization(self, value: &str) -> Self {
        self.with("O", ORGANIZATION, Tag::Utf8String, value)
    }

    /// Adds `organizationalUnitName`.
    #[must_use]
    pub fn organizational_unit(self, value: &str) -> Self {
        self.with("OU", ORGANIZATIONAL_UNIT, Tag::Utf8String, value)
    }

    /// Adds `commonName`.
    #[must_use]
    pub fn common_name(self, value: &str) -> Self {
        self.with("CN", COMMON_NAME, Tag::Utf8String, value)
    }

    /// The name as the builder wants it. That the types of the values are those of RFC 5280 §4.1.2.4
    /// is seen above.
    pub(super) fn to_name(&self) -> Result<Name, IssueError> {
        let refused = |_| IssueError::Name {
            name: self.to_string(),
        };
        let mut sequence = RdnSequence::default();
        for attribute in &self.0 {
            let value = AttributeTypeAndValue {
                oid: attribute.identifier,
                value: Any::new(attribute.tag, attribute.value.as_bytes()).map_err(refused)?,
            };
            sequence.push(RelativeDistinguishedName::try_from(vec![value]).map_err(refused)?);
        }
        Ok(Name::hazmat_from_rdn_sequence(sequence))
    }

    /// Whether it says nothing.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn with(
        mut self,
        short: &'static str,
        identifier: ObjectIdentifier,
        tag: Tag,
        value: &str,
    ) -> Self {
        self.0.push(Attribute {
            short,
            identifier,
            tag,
            value: value.to_owned(),
        });
        self
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, Attribute { short, value, .. }) in self.0.iter().enumerate() {
            let separator = if i == 0 { "" } else { ", " };
            write!(f, "{separator}{short}={value}")?;
        }
        Ok(())
    }
}
