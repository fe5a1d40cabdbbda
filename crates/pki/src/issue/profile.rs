//! The two things that the builder of `x509-cert` asks for: the fields of the certificate (a
//! profile) and who signs it.

use der::Encode;
use der::asn1::{Ia5String, OctetString};
use der::flagset::FlagSet;
use der::oid::AssociatedOid;
use signature::Keypair;
use x509_cert::TbsCertificate;
use x509_cert::builder::{self, profile::BuilderProfile};
use x509_cert::ext::pkix::constraints::name::GeneralSubtree;
use x509_cert::ext::pkix::name::GeneralName;
use x509_cert::ext::pkix::{self, AuthorityKeyIdentifier, SubjectAltName, SubjectKeyIdentifier};
use x509_cert::ext::{Criticality, Extension, ToExtension};
use x509_cert::name::Name;
use x509_cert::spki::{
    self, AlgorithmIdentifierOwned, Document, DynSignatureAlgorithmIdentifier, EncodePublicKey,
    ObjectIdentifier, SubjectPublicKeyInfoRef,
};

use super::{
    AlternativeName, ExtendedKeyUsage, IssueError, Issuer, KeyUsage, NameConstraints, Subject,
    Template,
};
use crate::key::PublicKey;

/// A template in the builder's own types.
pub(super) struct Fields<'a> {
    template: &'a Template,
    subject: Name,
    issuer: Name,
    alternative_names: Vec<GeneralName>,
    name_constraints: Option<pkix::NameConstraints>,
}

impl<'a> Fields<'a> {
    pub(super) fn new(template: &'a Template, issuer: &Subject) -> Result<Self, IssueError> {
        Ok(Self {
            template,
            subject: template.subject.to_name()?,
            issuer: issuer.to_name()?,
            alternative_names: template
                .alternative_names
                .iter()
                .map(general_name)
                .collect::<Result<_, _>>()?,
            name_constraints: template
                .name_constraints
                .as_ref()
                .map(name_constraints)
                .transpose()?,
        })
    }
}

impl BuilderProfile for Fields<'_> {
    fn get_issuer(&self, _subject: &Name) -> Name {
        self.issuer.clone()
    }

    fn get_subject(&self) -> Name {
        self.subject.clone()
    }

    fn build_extensions(
        &self,
        subject_key: SubjectPublicKeyInfoRef<'_>,
        issuer_key: SubjectPublicKeyInfoRef<'_>,
        _certificate: &TbsCertificate,
    ) -> builder::Result<Vec<Extension>> {
        let template = self.template;
        let mut extensions = Extensions {
            subject: &self.subject,
            list: Vec::new(),
        };
        if !template.key_usage.is_empty() {
            let bits = template.key_usage.iter().copied().map(bit);
            extensions.add(&pkix::KeyUsage(
                bits.fold(FlagSet::default(), |set, bit| set | bit),
            ))?;
        }
        if !template.extended_key_usage.is_empty() {
            let purposes = template.extended_key_usage.iter().copied().map(purpose);
            extensions.add(&pkix::ExtendedKeyUsage(purposes.collect()))?;
        }
        if let Some(constraints) = template.basic_constraints {
            extensions.add(&pkix::BasicConstraints {
                ca: constraints.authority,
                path_len_constraint: constraints.path_length,
            })?;
        }
        if template.subject_key_identifier {
            extensions.add(&SubjectKeyIdentifier::try_from(subject_key)?)?;
        }
        if template.authority_key_identifier {
            extensions.add(&AuthorityKeyIdentifier::try_from(issuer_key)?)?;
        }
        if !self.alternative_names.is_empty() {
            extensions.add(&SubjectAltName(self.alternative_names.clone()))?;
        }
        if let Some(constraints) = &self.name_constraints {
            extensions.add(constraints)?;
        }
        for further in &template.further_extensions {
            extensions.list.push(Extension {
                extn_id: further.identifier,
                critical: further.critical,
                extn_value: OctetString::new(further.value.as_slice())?,
            });
        }
        Ok(extensions.list)
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

/// The extensions so far.
struct Extensions<'a> {
    subject: &'a Name,
    list: Vec<Extension>,
}

impl Extensions<'_> {
    /// Adds one, critical where RFC 5280 §4.2 wants it so.
    fn add<E: AssociatedOid + Criticality + Encode>(&mut self, extension: &E) -> der::Result<()> {
        let extension = extension.to_extension(self.subject, &self.list)?;
        self.list.push(extension);
        Ok(())
    }
}

fn bit(usage: KeyUsage) -> pkix::KeyUsages {
    match usage {
        KeyUsage::DigitalSignature => pkix::KeyUsages::DigitalSignature,
        KeyUsage::NonRepudiation => pkix::KeyUsages::NonRepudiation,
        KeyUsage::KeyEncipherment => pkix::KeyUsages::KeyEncipherment,
        KeyUsage::DataEncipherment => pkix::KeyUsages::DataEncipherment,
        KeyUsage::KeyAgreement => pkix::KeyUsages::KeyAgreement,
        KeyUsage::KeyCertSign => pkix::KeyUsages::KeyCertSign,
        KeyUsage::CrlSign => pkix::KeyUsages::CRLSign,
        KeyUsage::EncipherOnly => pkix::KeyUsages::EncipherOnly,
        KeyUsage::DecipherOnly => pkix::KeyUsages::DecipherOnly,
    }
}

fn purpose(usage: ExtendedKeyUsage) -> ObjectIdentifier {
    ObjectIdentifier::new_unwrap(match usage {
        ExtendedKeyUsage::ServerAuth => "1.3.6.1.5.5.7.3.1",
        ExtendedKeyUsage::ClientAuth => "1.3.6.1.5.5.7.3.2",
        ExtendedKeyUsage::CodeSigning => "1.3.6.1.5.5.7.3.3",
        ExtendedKeyUsage::EmailProtection => "1.3.6.1.5.5.7.3.4",
        ExtendedKeyUsage::OcspSigning => "1.3.6.1.5.5.7.3.9",
        ExtendedKeyUsage::Any => "2.5.29.37.0",
        ExtendedKeyUsage::Other(identifier) => return identifier,
    })
}

fn general_name(name: &AlternativeName) -> Result<GeneralName, IssueError> {
    Ok(match name {
        AlternativeName::Dns(name) => GeneralName::DnsName(ia5(name)?),
        AlternativeName::Ip(address) => GeneralName::from(*address),
        AlternativeName::Email(address) => GeneralName::Rfc822Name(ia5(address)?),
        AlternativeName::Uri(uri) => GeneralName::UniformResourceIdentifier(ia5(uri)?),
    })
}

fn name_constraints(constraints: &NameConstraints) -> Result<pkix::NameConstraints, IssueError> {
    let subtrees = |names: &[String]| {
        let subtrees = names
            .iter()
            .map(|name| {
                Ok::<_, IssueError>(GeneralSubtree {
                    base: GeneralName::DnsName(ia5(name)?),
                    minimum: 0,
                    maximum: None,
                })
            })
            .collect::<Result<Vec<_>, _>>()?;
        Ok::<_, IssueError>((!subtrees.is_empty()).then_some(subtrees))
    };
    Ok(pkix::NameConstraints {
        permitted_subtrees: subtrees(&constraints.permitted)?,
        excluded_subtrees: subtrees(&constraints.excluded)?,
    })
}

fn ia5(text: &str) -> Result<Ia5String, IssueError> {
    Ia5String::new(text).map_err(|_| IssueError::Name {
        name: text.to_owned(),
    })
}
