//! A small world of authorities and subjects, to be spoilt one thing at a time.

use padlock_curves::Curve;
use padlock_pki::issue::{
    AlternativeName, BasicConstraints, ExtendedKeyUsage, Issuer, KeyUsage, Subject, Template, issue,
};
use padlock_pki::key::PrivateKey;
use padlock_pki::random::Random;
use padlock_pki::signature::SignatureAlgorithm;
use padlock_pki::time::UnixSeconds;
use padlock_pki::verify::{KeyUse, Purpose, Request, Verdict, verify};

/// 2026-11-22 00:00:00 UTC.
pub(crate) const NOW: i64 = 1_795_305_600;
pub(crate) const DAY: i64 = 86_400;

/// A question, owned.
#[derive(Clone)]
pub(crate) struct Case {
    pub(crate) chain: Vec<Vec<u8>>,
    pub(crate) anchors: Vec<Vec<u8>>,
    pub(crate) name: Option<&'static str>,
    pub(crate) now: i64,
    pub(crate) purpose: Purpose,
    pub(crate) key_use: KeyUse,
}

impl Case {
    pub(crate) fn ask<T>(&self, judge: impl FnOnce(&Request<'_>) -> T) -> T {
        let chain: Vec<_> = self.chain.iter().map(Vec::as_slice).collect();
        let anchors: Vec<_> = self.anchors.iter().map(Vec::as_slice).collect();
        judge(&Request {
            chain: &chain,
            anchors: &anchors,
            name: self.name,
            now: UnixSeconds(self.now),
            purpose: self.purpose,
            key_use: self.key_use,
        })
    }

    pub(crate) fn verdict(&self) -> Verdict {
        self.ask(verify)
    }
}

/// The three parties of the good chain.
pub(crate) struct World {
    pub(crate) root: Party,
    pub(crate) issuing: Party,
    pub(crate) shop: Party,
}

impl World {
    pub(crate) fn new() -> Self {
        Self {
            root: party("Root", "root"),
            issuing: party("Issuing", "issuing"),
            shop: party("shop.example", "shop"),
        }
    }

    /// The good chain, with whatever is done to its templates.
    pub(crate) fn case(
        &self,
        change_issuing: impl FnOnce(&mut Template),
        change_shop: impl FnOnce(&mut Template),
    ) -> Case {
        let (mut issuing, mut shop) = (authority(&self.issuing), server(&self.shop));
        change_issuing(&mut issuing);
        change_shop(&mut shop);
        Case {
            chain: vec![
                self.issuing.issues(&shop, &self.shop),
                self.root.issues(&issuing, &self.issuing),
            ],
            anchors: vec![self.root.root()],
            name: Some("shop.example"),
            now: NOW,
            purpose: Purpose::Server,
            key_use: KeyUse::Signature,
        }
    }

    pub(crate) fn shop(&self, change: impl FnOnce(&mut Template)) -> Case {
        self.case(|_| (), change)
    }

    pub(crate) fn issuing(&self, change: impl FnOnce(&mut Template)) -> Case {
        self.case(change, |_| ())
    }

    pub(crate) fn good(&self) -> Case {
        self.case(|_| (), |_| ())
    }
}

/// Somebody with a name and a key.
#[derive(Clone)]
pub(crate) struct Party {
    pub(crate) name: &'static str,
    pub(crate) key: PrivateKey,
    pub(crate) algorithm: SignatureAlgorithm,
}

/// A party with a key on P-256, always the same for the same `seed`.
pub(crate) fn party(name: &'static str, seed: &str) -> Party {
    Party {
        name,
        key: PrivateKey::generate(Curve::P256, &mut Random::new([7; 32]).fork(seed)),
        algorithm: SignatureAlgorithm::EcdsaP256Sha256,
    }
}

impl Party {
    pub(crate) fn subject(&self) -> Subject {
        Subject::new().organization("Test").common_name(self.name)
    }

    /// Issues what `template` says, for the holder of this key.
    pub(crate) fn issues(&self, template: &Template, holder: &Party) -> Vec<u8> {
        let subject = self.subject();
        let issuer = Issuer {
            subject: &subject,
            key: &self.key,
            algorithm: self.algorithm,
        };
        let mut random = Random::new([9; 32]).fork(holder.name);
        issue(template, holder.key.public_key(), &issuer, &mut random).unwrap()
    }

    /// A certificate by its own key.
    pub(crate) fn root(&self) -> Vec<u8> {
        self.issues(&authority(self), self)
    }
}

/// An authority's certificate, valid from 300 days ago for 600 days.
pub(crate) fn authority(holder: &Party) -> Template {
    Template::authority(holder.subject(), NOW - 300 * DAY, NOW + 300 * DAY)
}

/// A server's certificate for shop.example, valid from 10 days ago for 90 days.
pub(crate) fn server(holder: &Party) -> Template {
    let mut template = Template::end_entity(
        holder.subject(),
        &["shop.example"],
        NOW - 10 * DAY,
        NOW + 80 * DAY,
    );
    template.extended_key_usage = vec![ExtendedKeyUsage::ServerAuth];
    template
}

pub(crate) fn names(names: &[&str]) -> Vec<AlternativeName> {
    let name = |text: &&str| match text.parse() {
        Ok(address) => AlternativeName::Ip(address),
        Err(_) => AlternativeName::Dns((*text).to_owned()),
    };
    names.iter().map(name).collect()
}

pub(crate) fn constraints(authority: bool, path_length: Option<u8>) -> Option<BasicConstraints> {
    Some(BasicConstraints {
        authority,
        path_length,
    })
}

pub(crate) const ENCIPHERS: [KeyUsage; 1] = [KeyUsage::KeyEncipherment];
