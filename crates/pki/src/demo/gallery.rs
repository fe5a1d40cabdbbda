//! The failure gallery: each thing that can be wrong with a certificate, issued for a date.
//!
//! A [`Flaw`] is one entry; [`Authority::staged`] issues it, with everything that whoever is to judge it
//! has at hand. Nothing is canned: that a flaw is refused, and why, is for
//! [`verify`](crate::verify::verify()) to find out.

use std::sync::OnceLock;

use der::oid::ObjectIdentifier;

use super::{
    Authority, Condition, Holder, KeyChoice, ORGANIZATION, Rank, Spec, authority_key, days,
    issuing_subject, root_subject, serials,
};
use crate::identity::Identity;
use crate::issue::{
    self, AlternativeName, ExtendedKeyUsage, FurtherExtension, IssueError, Issuer, KeyUsage,
    NameConstraints, RevocationList, Revoked, Subject, Template,
};
use crate::key::PrivateKey;
use crate::signature::SignatureAlgorithm;
use crate::verify::certificate::Outline;

/// Defines the flaws and the list of them.
macro_rules! flaws {
    ($( $(#[$meta:meta])* $flaw:ident = $name:literal, )*) => {
        /// What is the matter with a certificate, or with what comes along with it.
        #[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
        pub enum Flaw {
            $( $(#[$meta])* $flaw, )*
        }

        impl Flaw {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$flaw),*];

            /// The name, as in "wrong-name".
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $( Self::$flaw => $name, )*
                }
            }
        }
    };
}

flaws! {
    /// It is for another host.
    WrongName = "wrong-name",
    /// It has the host as its common name, and no alternative names.
    NoAlternativeNames = "no-san",
    /// Its wildcard stands one level above the host.
    Wildcard = "wildcard",
    /// An authority on the way may vouch for other hosts only.
    NameNotPermitted = "name-constraint",
    /// Its last day has passed.
    Expired = "expired",
    /// Its first day is to come.
    NotYetValid = "not-yet-valid",
    /// It is issued below a root that is not trusted.
    UnknownAuthority = "unknown-issuer",
    /// Its holder signed it.
    SelfSigned = "self-signed",
    /// The issuing authority's certificate does not come along.
    MissingIntermediate = "missing-intermediate",
    /// The root comes along, and before the issuing authority. Nothing depends on the order.
    WrongOrder = "wrong-order",
    /// Two authorities have the name of its issuer, with different keys, and it does not say whose key
    /// signed it.
    SameName = "same-name",
    /// It is issued below a root that has only the name of the trusted one.
    Impostor = "impostor",
    /// Its issuer is no authority.
    LeafAsAuthority = "leaf-as-ca",
    /// More authorities follow one than it allows.
    PathTooLong = "path-too-long",
    /// Its key is for signing documents only.
    WrongKeyUsage = "wrong-key-usage",
    /// A server's is for clients, a client's for servers.
    WrongPurpose = "wrong-purpose",
    /// It has a critical extension that nobody knows.
    UnknownCritical = "unknown-critical",
    /// It is signed with SHA-1.
    WeakHash = "weak-hash",
    /// An RSA key of 1024 bits: the holder's, or the issuer's where the holder's is on a curve.
    WeakKey = "weak-key",
    /// One bit of its signature is turned over.
    BrokenSignature = "broken-signature",
    /// Its issuer's list says that it was revoked.
    Revoked = "revoked",
    /// It promises a status that does not come along.
    NoStaple = "must-staple",
}

/// A flaw on stage: who shows what, and what whoever judges it has at hand.
#[derive(Clone, Debug)]
pub struct Staged {
    /// The certificates as they are sent, and the key of the first.
    pub identity: Identity,
    /// The name that is to be reached, if it is a server.
    pub name: String,
    /// The roots that are trusted.
    pub anchors: Vec<Vec<u8>>,
    /// The lists of revoked certificates that are at hand.
    pub crls: Vec<Vec<u8>>,
    /// Whether a status was asked for, to come along with the certificates.
    pub asks_for_status: bool,
    /// Which bit was turned over, if one was.
    pub flipped: Option<Flipped>,
}

/// A bit that was turned over.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Flipped {
    /// In which certificate of those that are sent.
    pub certificate: usize,
    /// In which byte of it.
    pub byte: usize,
    /// The bit in it: 1, 2, 4 … 128.
    pub mask: u8,
}

impl Flaw {
    /// The sort of keys that the authority needs for it, if it does not do with `keys`.
    #[must_use]
    pub const fn authority_keys(self, keys: KeyChoice) -> KeyChoice {
        match self {
            // Only RSA is signed with SHA-1 here.
            Self::WeakHash => KeyChoice::Rsa,
            _ => keys,
        }
    }

    /// The name that is to be reached.
    #[must_use]
    pub fn host(self, holder: Holder) -> String {
        match self {
            Self::Wildcard => format!("www.eu.{}", holder.name()),
            _ => holder.name().to_owned(),
        }
    }

    /// What the demonstration's authority issues for it anyway.
    const fn condition(self) -> Condition {
        match self {
            Self::WrongName => Condition::WrongName,
            Self::Expired => Condition::Expired,
            Self::NotYetValid => Condition::NotYetValid,
            Self::UnknownAuthority => Condition::UnknownAuthority,
            _ => Condition::Good,
        }
    }
}

impl Authority {
    /// Issues what `flaw` needs for `holder` with a key of this sort: at most three certificates.
    ///
    /// # Errors
    /// [`IssueError::Key`] if [`Flaw::authority_keys`] was not asked when this authority was made.
    pub fn staged(&self, flaw: Flaw, holder: Holder, key: KeyChoice) -> Result<Staged, IssueError> {
        let workshop = Workshop {
            authority: self,
            flaw,
            spec: Spec {
                holder,
                key,
                condition: flaw.condition(),
            },
        };
        let mut staged = Staged {
            identity: workshop.identity()?,
            name: flaw.host(holder),
            anchors: vec![self.root().to_vec()],
            crls: Vec::new(),
            asks_for_status: flaw == Flaw::NoStaple,
            flipped: None,
        };
        match flaw {
            Flaw::BrokenSignature => staged.flipped = flip(&mut staged.identity.chain),
            Flaw::Revoked => staged.crls.push(workshop.list(&staged.identity)?),
            _ => {}
        }
        Ok(staged)
    }
}

/// Turns over the last bit of the first certificate, which is the last of its signature.
fn flip(chain: &mut [Vec<u8>]) -> Option<Flipped> {
    let first = chain.first_mut()?;
    let byte = first.len().checked_sub(1)?;
    let flipped = Flipped {
        certificate: 0,
        byte,
        mask: 1,
    };
    *first.last_mut()? ^= flipped.mask;
    Some(flipped)
}

/// Where the certificates of one entry are made.
struct Workshop<'a> {
    authority: &'a Authority,
    flaw: Flaw,
    spec: Spec,
}

/// An issuer of its own, with a certificate.
struct Maker {
    subject: Subject,
    key: &'static PrivateKey,
    algorithm: SignatureAlgorithm,
}

impl Workshop<'_> {
    fn identity(&self) -> Result<Identity, IssueError> {
        let root = self.authority.root().to_vec();
        let issuing = self.authority.issuing().to_vec();
        let ours = self.issuing();
        Ok(match self.flaw {
            Flaw::WrongName | Flaw::Expired | Flaw::NotYetValid | Flaw::UnknownAuthority => {
                self.authority.identity(self.spec)?
            }
            Flaw::SelfSigned => {
                let template = self.template();
                let key = self.key();
                let own = Maker {
                    subject: template.subject.clone(),
                    key,
                    algorithm: self.spec.key.algorithm(),
                };
                let leaf = self.issue(&template, key, &own, "leaf")?;
                self.sent(vec![leaf])
            }
            Flaw::MissingIntermediate => {
                let leaf = self.leaf(&ours)?;
                self.sent(vec![leaf])
            }
            Flaw::WrongOrder => {
                let leaf = self.leaf(&ours)?;
                self.sent(vec![leaf, root, issuing])
            }
            Flaw::SameName => {
                let twin = Maker {
                    subject: ours.subject.clone(),
                    ..self.other("")
                };
                let twin = self.certify(&twin, &self.root(), |_| ())?;
                let leaf = self.leaf(&ours)?;
                self.sent(vec![leaf, twin, issuing])
            }
            Flaw::Impostor => {
                let impostor = Maker {
                    subject: ours.subject.clone(),
                    ..self.other("")
                };
                let their_root = Maker {
                    key: authority_key("Unknown", Rank::Root, self.keys()),
                    ..self.root()
                };
                let theirs = self.certify(&impostor, &their_root, |_| ())?;
                let leaf = self.leaf(&impostor)?;
                self.sent(vec![leaf, theirs])
            }
            Flaw::LeafAsAuthority => {
                let other = Maker {
                    subject: Subject::new()
                        .organization("Another Shop")
                        .common_name("another.example"),
                    ..self.other("")
                };
                let mut template = self.template();
                template.subject = other.subject.clone();
                template.alternative_names =
                    vec![AlternativeName::Dns("another.example".to_owned())];
                let shop = self.issue(&template, other.key, &ours, "shop")?;
                let leaf = self.leaf(&other)?;
                self.sent(vec![leaf, shop, issuing])
            }
            Flaw::PathTooLong => {
                let branch = self.other("Branch CA");
                let certified = self.certify(&branch, &ours, |_| ())?;
                let leaf = self.leaf(&branch)?;
                self.sent(vec![leaf, certified, issuing])
            }
            Flaw::NameNotPermitted => {
                let company = self.other("Company CA");
                let certified = self.certify(&company, &self.root(), |template| {
                    template.name_constraints = Some(NameConstraints {
                        permitted: vec!["company.example".to_owned()],
                        excluded: Vec::new(),
                    });
                })?;
                let leaf = self.leaf(&company)?;
                self.sent(vec![leaf, certified])
            }
            Flaw::WeakKey if self.spec.key != KeyChoice::Rsa => {
                let weak = Maker {
                    key: weak_key(),
                    algorithm: SignatureAlgorithm::RsaPkcs1Sha256,
                    ..self.other("Weak CA")
                };
                let certified = self.certify(&weak, &self.root(), |_| ())?;
                let leaf = self.leaf(&weak)?;
                self.sent(vec![leaf, certified])
            }
            Flaw::WeakHash => {
                let leaf = self.leaf(&ours)?;
                let leaf = issue::signed_with_weak_sha1(&leaf, ours.key)?;
                self.sent(vec![leaf, issuing])
            }
            _ => {
                let leaf = self.leaf(&ours)?;
                self.sent(vec![leaf, issuing])
            }
        })
    }

    /// The list that revokes the first of these certificates.
    fn list(&self, identity: &Identity) -> Result<Vec<u8>, IssueError> {
        let outline = identity.chain.first().and_then(|leaf| Outline::read(leaf));
        let outline = outline.ok_or(IssueError::SerialNumber)?;
        let now = self.now();
        let list = RevocationList {
            this_update: days(now, -1),
            next_update: days(now, 6),
            number: 1,
            revoked: vec![Revoked {
                serial_number: outline.bytes(&outline.serial).to_vec(),
                date: days(now, -2),
                reason: KEY_COMPROMISE,
            }],
        };
        let random = &mut serials(self.authority.root.name, now, "list");
        issue::issue_list(&list, &self.issuing().issuer(), random)
    }

    /// What the holder's certificate says.
    fn template(&self) -> Template {
        let mut template = self.spec.template(self.now());
        match self.flaw {
            Flaw::NoAlternativeNames => template.alternative_names.clear(),
            Flaw::Wildcard => {
                let wildcard = format!("*.{}", self.spec.holder.name());
                template
                    .alternative_names
                    .push(AlternativeName::Dns(wildcard));
            }
            Flaw::SameName => template.authority_key_identifier = false,
            Flaw::WrongKeyUsage => template.key_usage = vec![KeyUsage::NonRepudiation],
            Flaw::WrongPurpose => {
                let is_client = self.spec.holder == Holder::Hr;
                template.extended_key_usage = vec![match is_client {
                    true => ExtendedKeyUsage::ServerAuth,
                    false => ExtendedKeyUsage::ClientAuth,
                }];
            }
            Flaw::UnknownCritical => template
                .further_extensions
                .push(FurtherExtension::unknown_critical()),
            Flaw::NoStaple => template.further_extensions.push(FurtherExtension {
                identifier: TLS_FEATURE,
                critical: false,
                value: STATUS_REQUEST.to_vec(),
            }),
            _ => {}
        }
        template
    }

    /// The holder's certificate, issued by `maker`.
    fn leaf(&self, maker: &Maker) -> Result<Vec<u8>, IssueError> {
        self.issue(&self.template(), self.key(), maker, "leaf")
    }

    /// A certificate that makes `maker` an authority, issued by another.
    fn certify(
        &self,
        maker: &Maker,
        by: &Maker,
        change: impl FnOnce(&mut Template),
    ) -> Result<Vec<u8>, IssueError> {
        let now = self.now();
        let mut template =
            Template::authority(maker.subject.clone(), days(now, -90), days(now, 365));
        change(&mut template);
        self.issue(&template, maker.key, by, "authority")
    }

    fn issue(
        &self,
        template: &Template,
        key: &PrivateKey,
        by: &Maker,
        what: &str,
    ) -> Result<Vec<u8>, IssueError> {
        let what = format!("{} {} {what}", self.flaw.name(), self.spec);
        let random = &mut serials(self.authority.root.name, self.now(), &what);
        issue::issue(template, key.public_key(), &by.issuer(), random)
    }

    fn sent(&self, chain: Vec<Vec<u8>>) -> Identity {
        Identity {
            chain,
            key: self.key().clone(),
        }
    }

    /// The holder's key.
    fn key(&self) -> &'static PrivateKey {
        match (self.flaw, self.spec.key) {
            (Flaw::WeakKey, KeyChoice::Rsa) => weak_key(),
            (_, choice) => self.spec.holder.key(choice),
        }
    }

    fn root(&self) -> Maker {
        Maker {
            subject: root_subject(self.authority.root.name),
            key: authority_key(self.authority.root.name, Rank::Root, self.keys()),
            algorithm: self.keys().algorithm(),
        }
    }

    fn issuing(&self) -> Maker {
        Maker {
            subject: issuing_subject(self.authority.root.name),
            key: authority_key(self.authority.root.name, Rank::Issuing, self.keys()),
            ..self.root()
        }
    }

    /// One more, with a key that is neither the root's nor the issuing authority's.
    fn other(&self, name: &str) -> Maker {
        Maker {
            subject: Subject::new()
                .organization(ORGANIZATION)
                .common_name(&format!("{} {name}", self.authority.root.name)),
            key: authority_key("Unknown", Rank::Issuing, self.keys()),
            ..self.root()
        }
    }

    const fn keys(&self) -> KeyChoice {
        self.authority.root.keys
    }

    const fn now(&self) -> i64 {
        self.authority.root.now
    }
}

impl Maker {
    fn issuer(&self) -> Issuer<'_> {
        Issuer {
            subject: &self.subject,
            key: self.key,
            algorithm: self.algorithm,
        }
    }
}

/// An RSA key of 1024 bits. Public knowledge, as all of them.
fn weak_key() -> &'static PrivateKey {
    static KEY: OnceLock<PrivateKey> = OnceLock::new();
    KEY.get_or_init(|| {
        let key = PrivateKey::from_trusted_primes(include_bytes!("../../keys/weak.primes")).ok();
        key.expect("the repository's keys are good")
    })
}

/// `CRLReason` (RFC 5280 §5.3.1).
const KEY_COMPROMISE: u8 = 1;
/// `id-pe-tlsfeature` (RFC 7633 §4.1).
const TLS_FEATURE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.1.24");
/// `Features ::= SEQUENCE OF INTEGER`: status_request, number 5 (RFC 7633 §4.1).
const STATUS_REQUEST: &[u8] = &[0x30, 3, 2, 1, 5];
