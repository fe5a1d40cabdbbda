//! Distinguished names: whom a certificate speaks of, and who issued it.

use std::fmt::{self, Write as _};

use padlock_wire::hex;

use crate::explain::characters;
use crate::explain::der::{Element, OBJECT_IDENTIFIER, Reader, SEQUENCE, SET};
use crate::explain::oid;

/// A `Name` of X.501 (RFC 5280 §4.1.2.4), from the most general to the most specific.
///
/// Its `Display` is the form of RFC 4514, which starts at the other end: `CN=Example CA,O=Example`.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct DistinguishedName {
    /// The relative distinguished names, each a set of attributes, mostly of one.
    pub relative_names: Vec<Vec<Attribute>>,
}

/// An `AttributeTypeAndValue`.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Attribute {
    /// The type, as in `"2.5.4.3"`.
    pub oid: String,
    /// The value's DER.
    pub der: Vec<u8>,
    /// The value as text, if it is a character string.
    pub text: Option<String>,
}

impl DistinguishedName {
    /// Reads the DER of a `Name`; `None` if it is none.
    #[must_use]
    pub fn from_der(der: &[u8]) -> Option<Self> {
        let mut reader = Reader::new(der);
        let name = reader.next_if(SEQUENCE)?;
        let mut relative_names = Vec::new();
        let mut sets = name.values();
        while let Some(set) = sets.next_if(SET) {
            relative_names.push(relative_name(&set)?);
        }
        (sets.is_at_end() && reader.is_at_end()).then_some(Self { relative_names })
    }

    /// Reads the DER of a `RelativeDistinguishedName`; `None` if it is none.
    #[must_use]
    pub fn from_relative_name_der(der: &[u8]) -> Option<Self> {
        let set = Reader::new(der).next_if(SET)?;
        Some(Self {
            relative_names: vec![relative_name(&set)?],
        })
    }

    /// Reads the DER of an `AttributeTypeAndValue`; `None` if it is none.
    #[must_use]
    pub fn from_attribute_der(der: &[u8]) -> Option<Self> {
        let attribute = attribute(&Reader::new(der).next_if(SEQUENCE)?)?;
        Some(Self {
            relative_names: vec![vec![attribute]],
        })
    }

    /// Whether it says nothing, as the subject may when the alternative names say all
    /// (RFC 5280 §4.1.2.6).
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.relative_names.is_empty()
    }

    /// The most specific text with this type, as in `"2.5.4.3"` for the common name.
    #[must_use]
    pub fn text_of(&self, oid: &str) -> Option<&str> {
        let attributes = self.relative_names.iter().rev().flatten();
        attributes
            .filter(|attribute| attribute.oid == oid)
            .find_map(|attribute| attribute.text.as_deref())
    }

    /// The common name.
    #[must_use]
    pub fn common_name(&self) -> Option<&str> {
        self.text_of("2.5.4.3")
    }

    /// The organisation.
    #[must_use]
    pub fn organization(&self) -> Option<&str> {
        self.text_of("2.5.4.10")
    }

    /// Whether both name the same: same types in the same order, and values that are equal or whose
    /// texts are, but for the case of the letters A to Z and the amount of white space.
    ///
    /// RFC 5280 §7.1 wants texts prepared as RFC 4518 has it, which knows the case of all letters,
    /// the forms of composed characters and more. Of that only what is said above is done here, as
    /// OpenSSL does: CAs must write a name the same wherever it stands (RFC 5280 §4.1.2.4 and
    /// §4.1.2.6), so what differs in more than that is taken for another name, and nobody who is
    /// not meant is believed for it.
    #[must_use]
    pub fn matches(&self, other: &Self) -> bool {
        self.key() == other.key()
    }

    /// What is the same for names that match, and only for those, so that many can be compared with
    /// many.
    pub(crate) fn key(&self) -> NameKey {
        let mut key = Vec::new();
        for relative_name in &self.relative_names {
            // They come in the order of their DER, which case may change.
            let mut attributes: Vec<_> = relative_name.iter().map(Attribute::key).collect();
            attributes.sort_unstable();
            let mut one = Vec::new();
            for attribute in attributes {
                with_length(&mut one, &attribute);
            }
            with_length(&mut key, &one);
        }
        NameKey(key)
    }
}

/// A name in a form that can be compared octet by octet: see [`DistinguishedName::matches`].
///
/// Everything in it has its length before it, so that a name which begins with another's relative
/// names begins with the octets of the other's key.
#[derive(Clone, Debug, Default, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct NameKey(Vec<u8>);

impl NameKey {
    /// Whether its first relative names are all of `base`: the subtrees of RFC 5280 §4.2.1.10.
    pub(crate) fn is_below(&self, base: &Self) -> bool {
        self.0.starts_with(&base.0)
    }
}

impl Attribute {
    /// The type, and the words of the text without the case of the letters A to Z, or else the DER.
    fn key(&self) -> Vec<u8> {
        let mut key = Vec::new();
        with_length(&mut key, self.oid.as_bytes());
        match &self.text {
            None => {
                key.push(0);
                key.extend_from_slice(&self.der);
            }
            Some(text) => {
                key.push(1);
                for word in text.split_ascii_whitespace() {
                    key.extend(word.bytes().map(|byte| byte.to_ascii_lowercase()));
                    key.push(b' ');
                }
            }
        }
        key
    }
}

fn with_length(key: &mut Vec<u8>, part: &[u8]) {
    key.extend_from_slice(&part.len().to_be_bytes());
    key.extend_from_slice(part);
}

impl fmt::Display for DistinguishedName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, relative_name) in self.relative_names.iter().rev().enumerate() {
            if index > 0 {
                f.write_str(",")?;
            }
            for (index, attribute) in relative_name.iter().enumerate() {
                if index > 0 {
                    f.write_str("+")?;
                }
                attribute.fmt(f)?;
            }
        }
        Ok(())
    }
}

impl fmt::Display for Attribute {
    /// As in `CN=Example CA`; a type without a name, or a value without text, in figures.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let known = oid::known(&self.oid).map(|known| known.short.unwrap_or(known.name));
        match (known, &self.text) {
            (Some(name), Some(text)) => write!(f, "{name}={}", Escaped(text)),
            (name, _) => {
                let name = name.unwrap_or(&self.oid);
                write!(f, "{name}=#{}", hex::encode(&self.der))
            }
        }
    }
}

/// A value as RFC 4514 §2.4 writes it.
struct Escaped<'a>(&'a str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let last = self.0.chars().count().saturating_sub(1);
        for (index, character) in self.0.chars().enumerate() {
            match character {
                '"' | '+' | ',' | ';' | '<' | '>' | '\\' => write!(f, "\\{character}")?,
                '#' if index == 0 => f.write_str("\\#")?,
                ' ' if index == 0 || index == last => f.write_str("\\ ")?,
                _ if is_misleading(character) => write_octets(f, character)?,
                _ => f.write_char(character)?,
            }
        }
        Ok(())
    }
}

/// A text from outside to be shown in a line: what would break the line or turn its direction is
/// written in figures, as RFC 4514 §2.4 writes octets: `\0A`.
pub(crate) struct Visible<'a>(pub(crate) &'a str);

impl fmt::Display for Visible<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.chars().try_for_each(|character| {
            if is_misleading(character) {
                write_octets(f, character)
            } else {
                f.write_char(character)
            }
        })
    }
}

/// Controls, separators of lines, and what turns the direction of what follows.
fn is_misleading(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn write_octets(f: &mut fmt::Formatter<'_>, character: char) -> fmt::Result {
    let mut octets = [0; 4];
    let mut octets = character.encode_utf8(&mut octets).bytes();
    octets.try_for_each(|octet| write!(f, "\\{octet:02X}"))
}

fn relative_name(set: &Element<'_>) -> Option<Vec<Attribute>> {
    let mut values = set.values();
    let mut attributes = Vec::new();
    while let Some(value) = values.next_if(SEQUENCE) {
        attributes.push(attribute(&value)?);
    }
    (values.is_at_end() && !attributes.is_empty()).then_some(attributes)
}

fn attribute(sequence: &Element<'_>) -> Option<Attribute> {
    let mut values = sequence.values();
    let oid = oid::dotted(values.next_if(OBJECT_IDENTIFIER)?.octets())?;
    let value = values.next()?;
    let text = if characters::is_string(value.identifier) {
        characters::decode(value.identifier, value.octets()).ok()
    } else {
        None
    };
    values.is_at_end().then(|| Attribute {
        oid,
        der: value.der().to_vec(),
        text,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(relative_names: &[&[(&str, &str)]]) -> DistinguishedName {
        let attribute = |&(oid, text): &(&str, &str)| Attribute {
            oid: oid.to_owned(),
            der: text.as_bytes().to_vec(),
            text: Some(text.to_owned()),
        };
        let relative_name = |attributes: &&[_]| attributes.iter().map(attribute).collect();
        DistinguishedName {
            relative_names: relative_names.iter().map(relative_name).collect(),
        }
    }

    #[test]
    fn written_as_rfc_4514_wants() {
        for (relative_names, expected) in [
            (&[][..], ""),
            (
                &[&[("2.5.4.10", "Example")][..], &[("2.5.4.3", "CA")]],
                "CN=CA,O=Example",
            ),
            (
                &[&[("2.5.4.11", "Sales"), ("2.5.4.3", "J.  Smith")]],
                "OU=Sales+CN=J.  Smith",
            ),
            (
                &[&[("2.5.4.3", "James \"Jim\" Smith, III")]],
                "CN=James \\\"Jim\\\" Smith\\, III",
            ),
            (&[&[("2.5.4.3", " #a ")]], "CN=\\ #a\\ "),
            (&[&[("2.5.4.3", "#a\0")]], "CN=\\#a\\00"),
            (
                &[&[("2.5.4.3", "x\r\nverdict: accept\u{85}")]],
                "CN=x\\0D\\0Averdict: accept\\C2\\85",
            ),
            (
                &[&[("2.5.4.3", "a\u{202e}b\u{2066}c")]],
                "CN=a\\E2\\80\\AEb\\E2\\81\\A6c",
            ),
            (&[&[("2.5.4.3", "שלום é")]], "CN=שלום é"),
            (&[&[("1.2.3", "a")]], "1.2.3=#61"),
        ] {
            assert_eq!(name(relative_names).to_string(), expected);
        }
    }

    #[test]
    fn matched_as_rfc_5280_wants() {
        let (cn, o) = ("2.5.4.3", "2.5.4.10");
        for (ours, theirs, expected) in [
            (
                &[&[(cn, "Example CA")][..]][..],
                &[&[(cn, "example  ca ")][..]][..],
                true,
            ),
            (&[&[(cn, "ÉCOLE")]], &[&[(cn, "École")]], true),
            (&[&[(cn, "ÉCOLE")]], &[&[(cn, "école")]], false),
            (&[&[(cn, "Example CA")]], &[&[(cn, "ExampleCA")]], false),
            (&[&[(cn, "a")]], &[&[(o, "a")]], false),
            (
                &[&[(cn, "a")], &[(o, "b")]],
                &[&[(o, "b")], &[(cn, "a")]],
                false,
            ),
            (&[&[(cn, "a"), (o, "b")]], &[&[(o, "b"), (cn, "a")]], true),
            (&[&[(cn, "a"), (o, "b")]], &[&[(cn, "a")]], false),
            (&[], &[], true),
        ] {
            assert_eq!(
                name(ours).matches(&name(theirs)),
                expected,
                "{ours:?} {theirs:?}"
            );
        }
    }
}
