//! The two things that the builder of `x509-cert` asks for: the fields of the certificate (a
//! profile) and who signs it.

use core::net::IpAddr;

use der::asn1::OctetString;
use der::oid::ObjectIdentifier;
use signature::Keypair;
use x509_cert::TbsCertificate;
use x509_cert::builder::{self, profile::BuilderProfile};
use x509_cert::ext::Extension;
use x509_cert::name::Name;
use x509_cert::spki::{
    self, AlgorithmIdentifierOwned, Document, DynSignatureAlgorithmIdentifier, EncodePublicKey,
    SubjectPublicKeyInfoRef,
};

use super::{
    AlternativeName, BasicConstraints, ExtendedKeyUsage, IssueError, Issuer, KeyUsage,
    NameConstraints, Template,
};
use crate::digest::Hash;
use crate::explain::der::{BIT_STRING, BOOLEAN, OCTET_STRING, constructed, context};
use crate::key::PublicKey;
use crate::write;

/// A template in the builder's own types.
pub(super) struct Fields {
    subject: Name,
    issuer: Name,
    extensions: Vec<Extension>,
}

impl Fields {
    pub(super) fn new(
        template: &Template,
        key: &PublicKey,
        issuer: &Issuer<'_>,
    ) -> Result<Self, IssueError> {
        Ok(Self {
            subject: template.subject.to_name()?,
            issuer: issuer.subject.to_name()?,
            extensions: extensions(template, key, issuer.key.public_key())?,
        })
    }
}

impl BuilderProfile for Fields {
    fn get_issuer(&self, _subject: &Name) -> Name {
        self.issuer.clone()
    }

    fn get_subject(&self) -> Name {
        self.subject.clone()
    }

    fn build_extensions(
        &self,
        _subject_key: SubjectPublicKeyInfoRef<'_>,
        _issuer_key: SubjectPublicKeyInfoRef<'_>,
        _certificate: &TbsCertificate,
    ) -> builder::Result<Vec<Extension>> {
        Ok(self.extensions.clone())
    }
}

/// Who signs, as the builder asks: by which algorithm, and with which public key to identify.
pub(super) struct Signatory<'a>(pub(super) &'a Issuer<'a>);

impl Keypair for Signatory<'_> {
    type VerifyingKey = VerifyingKey;

    fn verifying_key(&self) -> VerifyingKey {
        VerifyingKey(self.0.key.public_key().clone())
    }
}

impl DynSignatureAlgorithmIdentifier for Signatory<'_> {
    fn signature_algorithm_identifier(&self) -> spki::Result<AlgorithmIdentifierOwned> {
        use der::Decode;

        let der = self.0.algorithm.to_algorithm_identifier();
        Ok(AlgorithmIdentifierOwned::from_der(&der)?)
    }
}

/// A public key that can write itself.
#[derive(Clone)]
pub(super) struct VerifyingKey(PublicKey);

impl EncodePublicKey for VerifyingKey {
    fn to_public_key_der(&self) -> spki::Result<Document> {
        Ok(Document::try_from(self.0.spki_der())?)
    }
}

/// The extensions in the order in which they stand, critical where RFC 5280 §4.2 wants it so.
fn extensions(
    template: &Template,
    key: &PublicKey,
    issuer_key: &PublicKey,
) -> Result<Vec<Extension>, IssueError> {
    let mut list = Vec::new();
    let mut add = |identifier, critical, value: Vec<u8>| {
        let what = "extension";
        list.push(Extension {
            extn_id: identifier,
            critical,
            extn_value: OctetString::new(value).map_err(|_| IssueError::Encoding { what })?,
        });
        Ok::<_, IssueError>(())
    };
    if !template.key_usage.is_empty() {
        add(KEY_USAGE, true, key_usage(&template.key_usage))?;
    }
    if !template.extended_key_usage.is_empty() {
        let purposes = template.extended_key_usage.iter();
        let purposes = purposes.flat_map(|usage| write::object_identifier(&purpose(*usage)));
        let purposes: Vec<u8> = purposes.collect();
        add(EXT_KEY_USAGE, false, write::sequence(&[&purposes]))?;
    }
    if let Some(constraints) = template.basic_constraints {
        add(BASIC_CONSTRAINTS, true, basic_constraints(constraints))?;
    }
    if template.subject_key_identifier {
        let identifier = write::value(OCTET_STRING, &[&key_identifier(key)]);
        add(SUBJECT_KEY_IDENTIFIER, false, identifier)?;
    }
    if template.authority_key_identifier {
        let identifier = write::value(context(0), &[&key_identifier(issuer_key)]);
        let value = write::sequence(&[&identifier]);
        add(AUTHORITY_KEY_IDENTIFIER, false, value)?;
    }
    if !template.alternative_names.is_empty() {
        let mut names = Vec::new();
        for name in &template.alternative_names {
            names.extend(general_name(name)?);
        }
        // RFC 5280 §4.2.1.6: where nothing else says who the subject is, it must be read.
        let critical = template.subject.is_empty();
        add(SUBJECT_ALT_NAME, critical, write::sequence(&[&names]))?;
    }
    if let Some(constraints) = &template.name_constraints {
        add(NAME_CONSTRAINTS, true, name_constraints(constraints)?)?;
    }
    for further in &template.further_extensions {
        add(further.identifier, further.critical, further.value.clone())?;
    }
    Ok(list)
}

const SUBJECT_KEY_IDENTIFIER: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.14");
const KEY_USAGE: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.15");
const SUBJECT_ALT_NAME: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.17");
const BASIC_CONSTRAINTS: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.19");
const NAME_CONSTRAINTS: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.30");
const AUTHORITY_KEY_IDENTIFIER: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.35");
const EXT_KEY_USAGE: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.37");

/// Named bits, without those after the last that is set (X.690 §11.2.2).
fn key_usage(usages: &[KeyUsage]) -> Vec<u8> {
    let set = |bits: u16, usage: &KeyUsage| bits | 0x8000 >> *usage as u16;
    let unused = |octet: u8| (0..8).find(|bit| octet >> bit & 1 == 1).unwrap_or(0);
    let [first, second] = usages.iter().fold(0, set).to_be_bytes();
    let octets: &[u8] = match second {
        0 => &[unused(first), first],
        _ => &[unused(second), first, second],
    };
    write::value(BIT_STRING, &[octets])
}

fn basic_constraints(constraints: BasicConstraints) -> Vec<u8> {
    let mut fields = Vec::new();
    if constraints.authority {
        fields = write::value(BOOLEAN, &[&[0xff]]);
    }
    if let Some(length) = constraints.path_length {
        fields.extend(write::natural(&[length]));
    }
    write::sequence(&[&fields])
}

/// RFC 5280 §4.2.1.2 (1): the SHA-1 of the key without its algorithm.
pub(super) fn key_identifier(key: &PublicKey) -> Vec<u8> {
    Hash::Sha1.of(key.subject_public_key())
}

fn purpose(usage: ExtendedKeyUsage) -> ObjectIdentifier {
    const SERVER_AUTH: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.3.1");
    const CLIENT_AUTH: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.3.2");
    const CODE_SIGNING: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.3.3");
    const EMAIL_PROTECTION: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.3.4");
    const OCSP_SIGNING: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.3.9");
    const ANY: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.37.0");
    match usage {
        ExtendedKeyUsage::ServerAuth => SERVER_AUTH,
        ExtendedKeyUsage::ClientAuth => CLIENT_AUTH,
        ExtendedKeyUsage::CodeSigning => CODE_SIGNING,
        ExtendedKeyUsage::EmailProtection => EMAIL_PROTECTION,
        ExtendedKeyUsage::OcspSigning => OCSP_SIGNING,
        ExtendedKeyUsage::Any => ANY,
        ExtendedKeyUsage::Other(identifier) => identifier,
    }
}

fn general_name(name: &AlternativeName) -> Result<Vec<u8>, IssueError> {
    Ok(match name {
        AlternativeName::Dns(name) => dns_name(name)?,
        AlternativeName::Ip(IpAddr::V4(address)) => write::value(context(7), &[&address.octets()]),
        AlternativeName::Ip(IpAddr::V6(address)) => write::value(context(7), &[&address.octets()]),
        AlternativeName::Email(address) => write::value(context(1), &[ia5(address)?]),
        AlternativeName::Uri(uri) => write::value(context(6), &[ia5(uri)?]),
    })
}

fn dns_name(name: &str) -> Result<Vec<u8>, IssueError> {
    Ok(write::value(context(2), &[ia5(name)?]))
}

fn name_constraints(constraints: &NameConstraints) -> Result<Vec<u8>, IssueError> {
    let mut fields = Vec::new();
    for (number, names) in [(0, &constraints.permitted), (1, &constraints.excluded)] {
        let mut subtrees = Vec::new();
        for name in names {
            subtrees.extend(write::sequence(&[&dns_name(name)?]));
        }
        if !subtrees.is_empty() {
            fields.extend(write::value(constructed(number), &[&subtrees]));
        }
    }
    Ok(write::sequence(&[&fields]))
}

/// The characters of an `IA5String`.
fn ia5(text: &str) -> Result<&[u8], IssueError> {
    if !text.is_ascii() {
        return Err(IssueError::Name {
            name: text.to_owned(),
        });
    }
    Ok(text.as_bytes())
}
