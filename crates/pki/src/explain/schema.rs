//! The ASN.1 of RFC 5280 as tables: what stands where, what it is called and where that is said.

use padlock_wire::{Node, Section};

use super::der::{
    BIT_STRING, BOOLEAN, GENERALIZED_TIME, INTEGER, OBJECT_IDENTIFIER, OCTET_STRING, SEQUENCE, SET,
    UTC_TIME, constructed, context,
};
use super::{extensions, finish, keys};

/// A place in a structure, and what may stand there.
#[derive(Clone, Copy, Debug)]
pub(super) struct Field {
    pub(super) label: &'static str,
    pub(super) tag: Tag,
    pub(super) kind: &'static Type,
    pub(super) presence: Presence,
    pub(super) section: Option<Section>,
    /// What is to be done with the node when it is complete: mostly, to give it a value.
    pub(super) finish: Option<Finish>,
}

/// Completes a node; the second argument is the whole input.
pub(super) type Finish = fn(&mut Node, &[u8]);

/// The identifier octets a field may have.
#[derive(Clone, Copy, Debug)]
pub(super) enum Tag {
    Any,
    Is(u8),
    OneOf(&'static [u8]),
}

/// Whether a field must be there.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Presence {
    Required,
    Optional,
    /// Absent means these contents octets, so DER does not write them.
    Default(&'static [u8]),
}

/// What the contents of a value are.
#[derive(Clone, Copy, Debug)]
pub(super) enum Type {
    /// Whatever the identifier says.
    Any,
    Boolean,
    Integer(Integer),
    BitString(Bits),
    OctetString(Octets),
    ObjectIdentifier,
    /// `UTCTime` if the identifier says so, else `GeneralizedTime`.
    Moment,
    /// The same where the year decides which of the two it is (RFC 5280 §4.1.2.5).
    Time,
    /// A character string of this universal type; the identifier's own for 0.
    Characters(u8),
    /// `SEQUENCE { … }`.
    Sequence(&'static [Field]),
    /// `SEQUENCE SIZE (1..MAX) OF` or `SET SIZE (1..MAX) OF`.
    Many(&'static Field),
    /// `SEQUENCE OF`.
    AnyNumber(&'static Field),
    /// `[n] EXPLICIT`: one value within.
    Explicit(&'static Field),
    /// The first of these whose identifier fits.
    Choice(&'static [Field]),
    /// What the object identifier before it says; `Any` where that is unknown.
    ByIdentifier(fn(&str) -> Option<&'static Field>),
    /// The same, but for whoever is shown it only: what is wrong within is nobody's to judge.
    ShownByIdentifier(fn(&str) -> Option<&'static Field>),
}

/// How an `INTEGER` is read.
#[derive(Clone, Copy, Debug)]
pub(super) enum Integer {
    /// As a number if it is small.
    Any,
    /// `INTEGER (0..MAX)`: as a number if it is small, else in hexadecimal figures.
    Number,
    /// As a number with names, from 0 on.
    Named(&'static [&'static str]),
    /// `INTEGER (0..MAX)`, of which some numbers have names.
    Known(&'static [(u64, &'static str)]),
    /// As a serial number.
    Serial,
    /// As a number so large that only its size means something.
    Large,
}

/// What a `BIT STRING` holds.
#[derive(Clone, Copy, Debug)]
pub(super) enum Bits {
    Opaque,
    /// Each bit has a name.
    Named(&'static [&'static str]),
    /// What the object identifier before it says; opaque where that is unknown.
    ByIdentifier(fn(&str) -> Option<Bits>),
    /// A value of DER.
    Holding(&'static Field),
    /// A point of an elliptic curve (SEC 1 §2.3.3).
    Point,
}

/// What an `OCTET STRING` holds.
#[derive(Clone, Copy, Debug)]
pub(super) enum Octets {
    Opaque,
    /// An IP address, or an address and a mask.
    Address,
    /// A value of DER, by the object identifier before it; any where that is unknown.
    ByIdentifier(fn(&str) -> Option<&'static Field>),
    /// A structure of another encoding, which is told by this.
    #[cfg(feature = "study")]
    Foreign(Foreign),
}

/// Explains octets that are no DER: their tree, and the first fault.
#[cfg(feature = "study")]
pub(super) type Foreign = fn(&[u8]) -> (Node, Option<padlock_wire::Error>);

impl Tag {
    pub(super) fn allows(self, identifier: u8) -> bool {
        match self {
            Self::Any => true,
            Self::Is(one) => one == identifier,
            Self::OneOf(several) => several.contains(&identifier),
        }
    }
}

pub(super) const fn field(label: &'static str, identifier: u8, kind: &'static Type) -> Field {
    Field {
        label,
        tag: Tag::Is(identifier),
        kind,
        presence: Presence::Required,
        section: None,
        finish: None,
    }
}

pub(super) const fn any(label: &'static str, kind: &'static Type) -> Field {
    let mut field = field(label, 0, kind);
    field.tag = Tag::Any;
    field
}

pub(super) const fn time(label: &'static str) -> Field {
    let mut field = field(label, 0, &Type::Time);
    field.tag = Tag::OneOf(&[UTC_TIME, GENERALIZED_TIME]);
    field
}

impl Field {
    pub(super) const fn optional(mut self) -> Self {
        self.presence = Presence::Optional;
        self
    }

    pub(super) const fn default(mut self, contents: &'static [u8]) -> Self {
        self.presence = Presence::Default(contents);
        self
    }

    /// Defined in this section of RFC 5280.
    pub(super) const fn at(self, section: &'static str) -> Self {
        self.in_rfc(5280, section)
    }

    pub(super) const fn in_rfc(mut self, rfc: u16, section: &'static str) -> Self {
        self.section = Some(Section::new(rfc, section));
        self
    }

    pub(super) const fn finished_by(mut self, finish: Finish) -> Self {
        self.finish = Some(finish);
        self
    }
}

/// ```text
/// Certificate  ::=  SEQUENCE  {
///      tbsCertificate       TBSCertificate,
///      signatureAlgorithm   AlgorithmIdentifier,
///      signatureValue       BIT STRING  }
/// ```
pub(super) static CERTIFICATE: Field = field(
    "Certificate",
    SEQUENCE,
    &Type::Sequence(&[
        field("tbsCertificate", SEQUENCE, &TBS_CERTIFICATE).at("4.1.1.1"),
        algorithm("signatureAlgorithm").at("4.1.1.2"),
        signature("signatureValue").at("4.1.1.3"),
    ]),
)
.at("4.1");

/// ```text
/// TBSCertificate  ::=  SEQUENCE  {
///      version         [0]  EXPLICIT Version DEFAULT v1,
///      serialNumber         CertificateSerialNumber,
///      signature            AlgorithmIdentifier,
///      issuer               Name,
///      validity             Validity,
///      subject              Name,
///      subjectPublicKeyInfo SubjectPublicKeyInfo,
///      issuerUniqueID  [1]  IMPLICIT UniqueIdentifier OPTIONAL,
///      subjectUniqueID [2]  IMPLICIT UniqueIdentifier OPTIONAL,
///      extensions      [3]  EXPLICIT Extensions OPTIONAL }
/// ```
static TBS_CERTIFICATE: Type = Type::Sequence(&[
    field("version", constructed(0), &Type::Explicit(&VERSION))
        .default(&[0x02, 0x01, 0x00])
        .at("4.1.2.1")
        .finished_by(finish::first),
    field("serialNumber", INTEGER, &Type::Integer(Integer::Serial)).at("4.1.2.2"),
    algorithm("signature").at("4.1.2.3"),
    name("issuer").at("4.1.2.4"),
    field(
        "validity",
        SEQUENCE,
        &Type::Sequence(&[time("notBefore"), time("notAfter")]),
    )
    .at("4.1.2.5"),
    name("subject").at("4.1.2.6"),
    SUBJECT_PUBLIC_KEY_INFO,
    field("issuerUniqueID", context(1), &Type::BitString(Bits::Opaque))
        .optional()
        .at("4.1.2.8"),
    field(
        "subjectUniqueID",
        context(2),
        &Type::BitString(Bits::Opaque),
    )
    .optional()
    .at("4.1.2.8"),
    field("extensions", constructed(3), &Type::Explicit(&EXTENSIONS))
        .optional()
        .at("4.1.2.9"),
]);

/// ```text
/// SubjectPublicKeyInfo  ::=  SEQUENCE  {
///      algorithm            AlgorithmIdentifier,
///      subjectPublicKey     BIT STRING  }
/// ```
pub(super) static SUBJECT_PUBLIC_KEY_INFO: Field = field(
    "subjectPublicKeyInfo",
    SEQUENCE,
    &Type::Sequence(&[
        algorithm("algorithm").at("4.1.1.2"),
        field(
            "subjectPublicKey",
            BIT_STRING,
            &Type::BitString(Bits::ByIdentifier(keys::public_key)),
        ),
    ]),
)
.at("4.1.2.7")
.finished_by(finish::all);

static VERSION: Field = field(
    "Version",
    INTEGER,
    &Type::Integer(Integer::Named(&["v1", "v2", "v3"])),
);

/// ```text
/// AlgorithmIdentifier  ::=  SEQUENCE  {
///      algorithm               OBJECT IDENTIFIER,
///      parameters              ANY DEFINED BY algorithm OPTIONAL  }
/// ```
pub(super) const fn algorithm(label: &'static str) -> Field {
    field(label, SEQUENCE, &ALGORITHM_IDENTIFIER).finished_by(finish::all)
}

static ALGORITHM_IDENTIFIER: Type = Type::Sequence(&[
    field("algorithm", OBJECT_IDENTIFIER, &Type::ObjectIdentifier),
    any("parameters", &Type::ByIdentifier(keys::parameters)).optional(),
]);

/// A signature by the algorithm that stands before it.
pub(super) const fn signature(label: &'static str) -> Field {
    let holds = &Type::BitString(Bits::ByIdentifier(keys::signature));
    field(label, BIT_STRING, holds)
}

/// ```text
/// Name ::= CHOICE { rdnSequence  RDNSequence }
/// RDNSequence ::= SEQUENCE OF RelativeDistinguishedName
/// RelativeDistinguishedName ::= SET SIZE (1..MAX) OF AttributeTypeAndValue
/// ```
pub(super) const fn name(label: &'static str) -> Field {
    field(label, SEQUENCE, &RDN_SEQUENCE).finished_by(finish::name)
}

static RDN_SEQUENCE: Type = Type::AnyNumber(&RELATIVE_DISTINGUISHED_NAME);

pub(super) static RELATIVE_DISTINGUISHED_NAME: Field = field(
    "RelativeDistinguishedName",
    SET,
    &Type::Many(&ATTRIBUTE_TYPE_AND_VALUE),
)
.at("4.1.2.4")
.finished_by(finish::relative_name);

/// ```text
/// AttributeTypeAndValue ::= SEQUENCE {
///   type     AttributeType,
///   value    AttributeValue }
/// ```
static ATTRIBUTE_TYPE_AND_VALUE: Field = field(
    "AttributeTypeAndValue",
    SEQUENCE,
    &Type::Sequence(&[
        field("type", OBJECT_IDENTIFIER, &Type::ObjectIdentifier),
        any("value", &Type::Any),
    ]),
)
.finished_by(finish::attribute);

/// ```text
/// Extensions  ::=  SEQUENCE SIZE (1..MAX) OF Extension
/// Extension  ::=  SEQUENCE  {
///      extnID      OBJECT IDENTIFIER,
///      critical    BOOLEAN DEFAULT FALSE,
///      extnValue   OCTET STRING }
/// ```
pub(super) static EXTENSIONS: Field = field("Extensions", SEQUENCE, &Type::Many(&EXTENSION));

static EXTENSION: Field = field(
    "Extension",
    SEQUENCE,
    &Type::Sequence(&[
        field("extnID", OBJECT_IDENTIFIER, &Type::ObjectIdentifier),
        field("critical", BOOLEAN, &Type::Boolean).default(&[0x00]),
        field(
            "extnValue",
            OCTET_STRING,
            &Type::OctetString(Octets::ByIdentifier(extensions::value)),
        )
        .finished_by(finish::first),
    ]),
)
.finished_by(finish::extension);
