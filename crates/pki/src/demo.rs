//! The demonstration's certificates: a small authority, and those it certifies.
//!
//! ```text
//! Demo Root CA ──► Demo Issuing CA ──► shop.example, payroll.example, hr.example
//! ```
//!
//! Everything is issued for a given date, so that nothing rots: what is valid today is valid in ten
//! years, and what has expired has expired a week ago.
//!
//! An authority's own keys are of the sort that it is asked for: the classic one has RSA keys, today's
//! are on a curve.
//!
//! **None of these keys is a secret.** The RSA keys stand in the repository (`keys/`), because
//! making one takes seconds; the others are drawn from a seed that stands in this file. Never use
//! one for anything else.

pub mod gallery;

use core::fmt;
use std::sync::OnceLock;

use padlock_curves::Curve;

use crate::identity::Identity;
use crate::issue::{self, ExtendedKeyUsage, IssueError, Issuer, KeyUsage, Subject, Template};
use crate::key::PrivateKey;
use crate::random::Random;
use crate::signature::SignatureAlgorithm;

/// An authority's root, which is made first.
#[derive(Clone, Debug)]
pub struct Root {
    name: &'static str,
    keys: KeyChoice,
    now: i64,
    certificate: Vec<u8>,
}

impl Root {
    /// The root that the demonstration's clients trust, as of `now` (seconds since 1970).
    ///
    /// # Errors
    /// [`IssueError::Date`] where `now` leaves no room for the dates around it (before 1971, or in
    /// the last years before 10000).
    pub fn trusted(keys: KeyChoice, now: i64) -> Result<Self, IssueError> {
        Self::named("Demo", keys, now)
    }

    /// A root of the same kind that nobody trusts.
    ///
    /// # Errors
    /// As [`Root::trusted`].
    pub fn unknown(keys: KeyChoice, now: i64) -> Result<Self, IssueError> {
        Self::named("Unknown", keys, now)
    }

    fn named(name: &'static str, keys: KeyChoice, now: i64) -> Result<Self, IssueError> {
        let subject = root_subject(name);
        // The root says nothing about a key above its own: there is none.
        let mut template =
            Template::authority(subject.clone(), days(now, -365), days(now, 9 * 365));
        template.authority_key_identifier = false;
        let key = authority_key(name, Rank::Root, keys);
        let issuer = Issuer {
            subject: &subject,
            key,
            algorithm: keys.algorithm(),
        };
        let mut serials = serials(name, now, "root");
        let certificate = issue::issue(&template, key.public_key(), &issuer, &mut serials)?;
        Ok(Self {
            name,
            keys,
            now,
            certificate,
        })
    }

    /// The root's certificate in DER.
    #[must_use]
    pub fn certificate(&self) -> &[u8] {
        &self.certificate
    }

    /// The root with the issuing authority below it, whose certificate it signs now.
    ///
    /// # Errors
    /// None for a root that could be made; the type says that issuing can fail.
    pub fn authority(self) -> Result<Authority, IssueError> {
        let Self {
            name, keys, now, ..
        } = self;
        let mut template =
            Template::authority(issuing_subject(name), days(now, -180), days(now, 4 * 365));
        if let Some(constraints) = &mut template.basic_constraints {
            constraints.path_length = Some(0);
        }
        let issuing = issue::issue(
            &template,
            authority_key(name, Rank::Issuing, keys).public_key(),
            &Issuer {
                subject: &root_subject(name),
                key: authority_key(name, Rank::Root, keys),
                algorithm: keys.algorithm(),
            },
            &mut serials(name, now, "issuing"),
        )?;
        Ok(Authority {
            root: self,
            issuing,
        })
    }
}

/// An authority of the demonstration, with its certificates for one date.
#[derive(Clone, Debug)]
pub struct Authority {
    root: Root,
    issuing: Vec<u8>,
}

impl Authority {
    /// The authority that the demonstration's clients trust, as of `now` (seconds since 1970). Its
    /// own keys are on P-256.
    ///
    /// # Errors
    /// As [`Root::trusted`].
    pub fn new(now: i64) -> Result<Self, IssueError> {
        Self::with_keys(KeyChoice::P256, now)
    }

    /// The same with keys of this sort.
    ///
    /// # Errors
    /// As [`Root::trusted`].
    pub fn with_keys(keys: KeyChoice, now: i64) -> Result<Self, IssueError> {
        Root::trusted(keys, now)?.authority()
    }

    /// An authority of the same kind as [`Authority::new`] that nobody trusts.
    ///
    /// # Errors
    /// As [`Root::trusted`].
    pub fn unknown(now: i64) -> Result<Self, IssueError> {
        Root::unknown(KeyChoice::P256, now)?.authority()
    }

    /// The root's certificate: the trust anchor. Its holder signed it itself.
    #[must_use]
    pub fn root(&self) -> &[u8] {
        &self.root.certificate
    }

    /// The issuing authority's certificate, signed by the root.
    #[must_use]
    pub fn issuing(&self) -> &[u8] {
        &self.issuing
    }

    /// Issues a certificate as `spec` has it, and gives it with its chain and key. Where an unknown
    /// authority is to issue it, that is made first; who wants to do so in steps makes it by
    /// [`Root::unknown`] and asks it.
    ///
    /// # Errors
    /// None for an authority that could be made; the type says that issuing can fail.
    pub fn identity(&self, spec: Spec) -> Result<Identity, IssueError> {
        let Root {
            name, keys, now, ..
        } = self.root;
        if spec.condition == Condition::UnknownAuthority {
            let condition = Condition::Good;
            let unknown = Root::unknown(keys, now)?.authority()?;
            return unknown.identity(Spec { condition, ..spec });
        }
        let key = spec.holder.key(spec.key);
        let end_entity = issue::issue(
            &spec.template(now),
            key.public_key(),
            &Issuer {
                subject: &issuing_subject(name),
                key: authority_key(name, Rank::Issuing, keys),
                algorithm: keys.algorithm(),
            },
            &mut serials(name, now, &spec.to_string()),
        )?;
        Ok(Identity {
            chain: vec![end_entity, self.issuing.clone()],
            key: key.clone(),
        })
    }
}

/// Which certificate the demonstration's authority is to issue.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Spec {
    /// For whom.
    pub holder: Holder,
    /// For which of the holder's keys.
    pub key: KeyChoice,
    /// What is right or wrong with it.
    pub condition: Condition,
}

impl Spec {
    /// A good certificate for the holder's RSA key.
    #[must_use]
    pub const fn new(holder: Holder) -> Self {
        Self {
            holder,
            key: KeyChoice::Rsa,
            condition: Condition::Good,
        }
    }

    fn template(self, now: i64) -> Template {
        let (first, last) = match self.condition {
            Condition::Expired => (-97, -7),
            Condition::NotYetValid => (7, 97),
            _ => (-7, 83),
        };
        let names = match self.condition {
            Condition::WrongName => &["other.example"],
            _ => self.holder.names(),
        };
        let subject = Subject::new()
            .organization(self.holder.organization())
            .common_name(names[0]);
        let mut template = Template::end_entity(subject, names, days(now, first), days(now, last));
        if self.key == KeyChoice::Rsa {
            template.key_usage.push(KeyUsage::KeyEncipherment);
        }
        template.extended_key_usage = vec![match self.holder {
            Holder::Shop | Holder::Payroll => ExtendedKeyUsage::ServerAuth,
            Holder::Hr => ExtendedKeyUsage::ClientAuth,
        }];
        template
    }
}

impl fmt::Display for Spec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let key = self.key.name();
        write!(f, "{} {key} {}", self.holder.name(), self.condition.name())
    }
}

/// Those who hold a certificate in the demonstration.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Holder {
    /// shop.example: the server that a browser visits.
    Shop,
    /// payroll.example: the server that another server sends data to.
    Payroll,
    /// hr.example: the client that sends them and shows a certificate of its own.
    Hr,
}

impl Holder {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Shop, Self::Payroll, Self::Hr];

    /// The domain name, such as "shop.example".
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.names()[0]
    }

    /// The names in a good certificate.
    #[must_use]
    pub const fn names(self) -> &'static [&'static str] {
        match self {
            Self::Shop => &["shop.example", "www.shop.example"],
            Self::Payroll => &["payroll.example"],
            Self::Hr => &["hr.example"],
        }
    }

    /// The organisation in the certificate.
    #[must_use]
    pub const fn organization(self) -> &'static str {
        match self {
            Self::Shop => "Example Shop",
            Self::Payroll => "Example Payroll",
            Self::Hr => "Example Human Resources",
        }
    }

    /// The holder's private key of this sort. Public knowledge, as all of them.
    ///
    /// # Panics
    /// Never: that the keys in the repository are good is tested.
    #[must_use]
    pub fn key(self, choice: KeyChoice) -> &'static PrivateKey {
        static KEYS: [[OnceLock<PrivateKey>; 4]; 3] = [const { [const { OnceLock::new() }; 4] }; 3];
        let rsa: &[u8] = match self {
            Self::Shop => include_bytes!("../keys/shop.primes"),
            Self::Payroll => include_bytes!("../keys/payroll.primes"),
            Self::Hr => include_bytes!("../keys/hr.primes"),
        };
        KEYS[self as usize][choice as usize].get_or_init(|| {
            choice.key(
                rsa,
                Random::new(*SEED).fork(choice.name()).fork(self.name()),
            )
        })
    }
}

/// The sorts of keys that every holder and every authority has.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum KeyChoice {
    /// RSA, 2048 bits: for RSA key transport and for ECDHE_RSA.
    Rsa,
    /// On P-256: for ECDHE_ECDSA.
    P256,
    /// On P-384: for ECDHE_ECDSA.
    P384,
    /// Ed25519: for ECDHE_ECDSA, which admits it (RFC 8422 §2.1).
    Ed25519,
}

impl KeyChoice {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Rsa, Self::P256, Self::P384, Self::Ed25519];

    /// The name, such as "P-256".
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Rsa => "RSA",
            Self::P256 => "P-256",
            Self::P384 => "P-384",
            Self::Ed25519 => "Ed25519",
        }
    }

    /// How an authority with such a key signs.
    const fn algorithm(self) -> SignatureAlgorithm {
        match self {
            Self::Rsa => SignatureAlgorithm::RsaPkcs1Sha256,
            Self::P256 => SignatureAlgorithm::EcdsaP256Sha256,
            Self::P384 => SignatureAlgorithm::EcdsaP384Sha384,
            Self::Ed25519 => SignatureAlgorithm::Ed25519,
        }
    }

    /// The RSA key of the repository, or one on a curve, drawn.
    fn key(self, rsa: &[u8], mut random: Random) -> PrivateKey {
        let mut drawn = |curve| PrivateKey::generate(curve, &mut random);
        match self {
            Self::Rsa => {
                let key = PrivateKey::from_trusted_primes(rsa).ok();
                key.expect("the repository's keys are good")
            }
            Self::P256 => drawn(Curve::P256),
            Self::P384 => drawn(Curve::P384),
            Self::Ed25519 => drawn(Curve::Ed25519),
        }
    }
}

/// What is right or wrong with a certificate.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Condition {
    /// Nothing is wrong: valid for 90 days, of which 7 have passed.
    Good,
    /// It expired 7 days ago.
    Expired,
    /// It becomes valid in 7 days.
    NotYetValid,
    /// It is for other.example.
    WrongName,
    /// It is issued by an authority that nobody trusts.
    UnknownAuthority,
}

impl Condition {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Good,
        Self::Expired,
        Self::NotYetValid,
        Self::WrongName,
        Self::UnknownAuthority,
    ];

    const fn name(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Expired => "expired",
            Self::NotYetValid => "not yet valid",
            Self::WrongName => "wrong name",
            Self::UnknownAuthority => "unknown authority",
        }
    }
}

fn root_subject(authority: &str) -> Subject {
    Subject::new()
        .organization(ORGANIZATION)
        .common_name(&format!("{authority} Root CA"))
}

fn issuing_subject(authority: &str) -> Subject {
    Subject::new()
        .organization(ORGANIZATION)
        .common_name(&format!("{authority} Issuing CA"))
}

/// The place of an authority in the chain.
#[derive(Clone, Copy)]
enum Rank {
    Root,
    Issuing,
}

fn authority_key(authority: &str, rank: Rank, choice: KeyChoice) -> &'static PrivateKey {
    static KEYS: [[[OnceLock<PrivateKey>; 4]; 2]; 2] =
        [const { [const { [const { OnceLock::new() }; 4] }; 2] }; 2];
    let is_demo = authority == "Demo";
    let rsa: &[u8] = match (is_demo, rank) {
        (true, Rank::Root) => include_bytes!("../keys/demo-root.primes"),
        (true, Rank::Issuing) => include_bytes!("../keys/demo-issuing.primes"),
        (false, Rank::Root) => include_bytes!("../keys/unknown-root.primes"),
        (false, Rank::Issuing) => include_bytes!("../keys/unknown-issuing.primes"),
    };
    KEYS[usize::from(!is_demo)][rank as usize][choice as usize].get_or_init(|| {
        let rank = match rank {
            Rank::Root => "root",
            Rank::Issuing => "issuing",
        };
        choice.key(rsa, Random::new(*SEED).fork(authority).fork(rank))
    })
}

/// The moment so many days after `now`.
fn days(now: i64, count: i64) -> i64 {
    now.saturating_add(count * 86_400)
}

/// Where the serial number of a certificate comes from.
fn serials(authority: &str, now: i64, what: &str) -> Random {
    Random::new(*SEED)
        .fork(authority)
        .fork(&format!("{what} at {now}"))
}

const ORGANIZATION: &str = "Padlock Demonstration";
const SEED: &[u8; 32] = b"demonstration, public knowledge.";
