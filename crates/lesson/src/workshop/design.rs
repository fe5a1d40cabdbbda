//! What a certificate is to be: a form, filled in.

use std::net::IpAddr;

use padlock_pki::issue::{
    AlternativeName, BasicConstraints, ExtendedKeyUsage, FurtherExtension, KeyUsage,
    NameConstraints, Subject, Template,
};
use padlock_pki::key::RSA_LENGTHS;
use padlock_pki::time::UnixSeconds;

use super::{Fault, Mischief};
use crate::text::{Text, say};

/// What somebody filled in. Texts are as they were typed.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Design {
    /// What it is meant to be; only a name for people, the fields decide.
    pub kind: Kind,
    /// For which key.
    pub key: KeyChoice,
    /// Who signs it: the place of an authority; nobody else, if there is none.
    pub issuer: Option<usize>,
    /// The common name.
    pub common_name: String,
    /// The organisation.
    pub organization: String,
    /// DNS names and IP addresses, with spaces or commas in between.
    pub names: String,
    /// The first moment of validity, in UTC, as in `2026-11-22T12:00`.
    pub first: String,
    /// The last one.
    pub last: String,
    /// Whether it says that its holder is an authority.
    pub authority: bool,
    /// How many authorities may stand below; no limit, if it is empty.
    pub path_length: String,
    /// Names below which alone an authority may issue.
    pub permitted: String,
    /// Names below which it must not.
    pub excluded: String,
    /// What the key may be used for.
    pub key_usage: Vec<KeyUsage>,
    /// In which part the holder may use it.
    pub purposes: Vec<ExtendedKeyUsage>,
    /// Whether it is signed over SHA-1.
    pub weak_hash: bool,
    /// Whether a bit of its signature is turned over.
    pub broken_signature: bool,
    /// Whether it has a critical extension that nobody knows.
    pub unknown_critical: bool,
    /// What it was before something in it was broken on purpose, as far as that is known.
    pub before: Option<Box<Self>>,
}

/// What a certificate is meant to be.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Kind {
    /// That of an authority that signed itself.
    Root,
    /// That of an authority that another one certified.
    Intermediate,
    /// That of a server.
    Server,
    /// That of a client.
    Client,
}

/// The sorts of keys.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum KeyChoice {
    /// ECDSA on P-256.
    P256,
    /// ECDSA on P-384.
    P384,
    /// Ed25519.
    Ed25519,
    /// RSA with 2048 bits.
    Rsa2048,
    /// RSA with 3072 bits.
    Rsa3072,
    /// RSA with 4096 bits.
    Rsa4096,
}

impl Kind {
    /// All of them, in the order in which they are made.
    pub const ALL: [Self; 4] = [Self::Root, Self::Intermediate, Self::Server, Self::Client];

    /// Its word in forms.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Root => "root",
            Self::Intermediate => "intermediate",
            Self::Server => "server",
            Self::Client => "client",
        }
    }

    /// What it is called.
    #[must_use]
    pub fn title(self) -> Text {
        match self {
            Self::Root => say::workshop_kind_root(),
            Self::Intermediate => say::workshop_kind_intermediate(),
            Self::Server => say::workshop_kind_server(),
            Self::Client => say::workshop_kind_client(),
        }
    }

    /// Whether it is that of an authority.
    #[must_use]
    pub const fn is_authority(self) -> bool {
        matches!(self, Self::Root | Self::Intermediate)
    }
}

impl KeyChoice {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::P256,
        Self::P384,
        Self::Ed25519,
        Self::Rsa2048,
        Self::Rsa3072,
        Self::Rsa4096,
    ];

    /// The name, which is also its word in forms.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::P256 => "P-256",
            Self::P384 => "P-384",
            Self::Ed25519 => "Ed25519",
            Self::Rsa2048 => "RSA 2048",
            Self::Rsa3072 => "RSA 3072",
            Self::Rsa4096 => "RSA 4096",
        }
    }

    /// The length of an RSA key in bits, if it is one.
    #[must_use]
    pub const fn rsa_bits(self) -> Option<u32> {
        let [short, medium, long] = RSA_LENGTHS;
        match self {
            Self::Rsa2048 => Some(short),
            Self::Rsa3072 => Some(medium),
            Self::Rsa4096 => Some(long),
            _ => None,
        }
    }
}

const DAY: i64 = 86_400;

impl Design {
    /// A good one of this kind, as of `now`: what a beginner would want.
    #[must_use]
    pub fn new(kind: Kind, issuer: Option<usize>, now: i64) -> Self {
        let days = |count: i64| moment_of(now.saturating_add(count * DAY));
        let (common_name, organization, names, first, last) = match kind {
            Kind::Root => ("My Root CA", "My Workshop", "", -1, 3650),
            Kind::Intermediate => ("My Issuing CA", "My Workshop", "", -1, 1825),
            Kind::Server => (
                "shop.example",
                "My Shop",
                "shop.example www.shop.example",
                -1,
                90,
            ),
            Kind::Client => ("hr.example", "My Company", "hr.example", -1, 90),
        };
        let path_length = match kind {
            Kind::Intermediate => "0",
            _ => "",
        };
        Self {
            kind,
            key: KeyChoice::P256,
            issuer: issuer.filter(|_| kind != Kind::Root),
            common_name: common_name.to_owned(),
            organization: organization.to_owned(),
            names: names.to_owned(),
            first: days(first),
            last: days(last),
            authority: kind.is_authority(),
            path_length: path_length.to_owned(),
            permitted: String::new(),
            excluded: String::new(),
            key_usage: match kind.is_authority() {
                true => vec![KeyUsage::KeyCertSign, KeyUsage::CrlSign],
                false => vec![KeyUsage::DigitalSignature],
            },
            purposes: match kind {
                Kind::Server => vec![ExtendedKeyUsage::ServerAuth],
                Kind::Client => vec![ExtendedKeyUsage::ClientAuth],
                Kind::Root | Kind::Intermediate => Vec::new(),
            },
            weak_hash: false,
            broken_signature: false,
            unknown_critical: false,
            before: None,
        }
    }

    /// What is broken in it, as of `now`.
    #[must_use]
    pub fn broken(&self, now: i64) -> Vec<Mischief> {
        let offered = Mischief::offered(self.kind).iter().copied();
        offered
            .filter(|mischief| mischief.is_in(self, now))
            .collect()
    }

    /// The same with nothing broken in it.
    #[must_use]
    pub fn mended(self, now: i64) -> Self {
        let broken = self.broken(now).into_iter();
        broken.fold(self, |design, mischief| mischief.undone(design, now))
    }

    /// Whether its last moment lies before its first, so that it is never valid.
    #[must_use]
    pub fn is_backwards(&self) -> bool {
        let [first, last] = [&self.first, &self.last].map(|text| moment(text).ok());
        first.zip(last).is_some_and(|(first, last)| last < first)
    }

    /// The name by which it is spoken of.
    #[must_use]
    pub fn name(&self) -> &str {
        let texts = [&self.common_name, &self.names, &self.organization];
        let mut texts = texts.into_iter().map(|text| text.trim());
        texts.find(|text| !text.is_empty()).unwrap_or_default()
    }

    /// The name that a client would ask for: the first in the certificate, with something in place of
    /// a wildcard.
    #[must_use]
    pub fn host(&self) -> String {
        let first = words(&self.names).next();
        let name = first.unwrap_or(self.common_name.trim());
        match name.strip_prefix("*.") {
            Some(rest) => format!("www.{rest}"),
            None => name.to_owned(),
        }
    }

    /// What is to be issued.
    pub(super) fn template(&self) -> Result<Template, Fault> {
        let mut subject = Subject::new();
        if !self.organization.trim().is_empty() {
            subject = subject.organization(self.organization.trim());
        }
        if !self.common_name.trim().is_empty() {
            subject = subject.common_name(self.common_name.trim());
        }
        let mut template = Template::bare(subject, moment(&self.first)?, moment(&self.last)?);
        template.alternative_names = words(&self.names)
            .map(alternative)
            .collect::<Result<_, _>>()?;
        // RFC 5280 §4.2.1.9: only an authority has a path length. One that claims to have one and to
        // be none is issued all the same.
        let path_length = match self.path_length.trim() {
            "" => None,
            number => Some(number.parse().map_err(|_| Fault::PathLength)?),
        };
        template.basic_constraints = Some(BasicConstraints {
            authority: self.authority,
            path_length,
        });
        template.key_usage.clone_from(&self.key_usage);
        template.extended_key_usage.clone_from(&self.purposes);
        let names = |text: &str| {
            let names = words(text).map(|name| plain(name).map(str::to_owned));
            names.collect::<Result<Vec<_>, _>>()
        };
        let constraints = NameConstraints {
            permitted: names(&self.permitted)?,
            excluded: names(&self.excluded)?,
        };
        if constraints != NameConstraints::default() {
            template.name_constraints = Some(constraints);
        }
        if self.unknown_critical {
            let unknown = FurtherExtension::unknown_critical();
            template.further_extensions.push(unknown);
        }
        Ok(template)
    }
}

/// A moment as fields for dates have it.
pub(super) fn moment_of(seconds: i64) -> String {
    let text = UnixSeconds(seconds).to_rfc3339();
    text.get(..16).unwrap_or_default().to_owned()
}

pub(super) fn moment(text: &str) -> Result<i64, Fault> {
    let seconds = if text.len() == 16 { ":00Z" } else { "Z" };
    let moment = UnixSeconds::from_rfc3339(&format!("{text}{seconds}"));
    moment.map(|moment| moment.0).map_err(|_| Fault::Date)
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    let is_between = |letter: char| letter.is_whitespace() || matches!(letter, ',' | ';');
    text.split(is_between).filter(|word| !word.is_empty())
}

fn alternative(name: &str) -> Result<AlternativeName, Fault> {
    Ok(match name.parse::<IpAddr>() {
        Ok(address) => AlternativeName::Ip(address),
        Err(_) => AlternativeName::Dns(plain(name)?.to_owned()),
    })
}

/// A name with letters that a certificate can hold there.
fn plain(name: &str) -> Result<&str, Fault> {
    if name.is_ascii() && !name.contains(|letter: char| letter.is_ascii_control()) {
        Ok(name)
    } else {
        Err(Fault::Name(name.to_owned()))
    }
}
