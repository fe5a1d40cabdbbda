//! The workshop: a certification authority of the learner's own, and what it issued.
//!
//! Everything is real, and everything comes from a seed and from what the learner chose: keys, serial
//! numbers, signatures. Making an RSA key takes long, so whoever calls makes it (see
//! [`Workshop::randomness`]) and hands it in; the others are made here.

mod design;
mod export;
mod fault;
mod mischief;

use padlock_pki::demo::Holder;
use padlock_pki::digest::Hash;
use padlock_pki::identity::Identity;
use padlock_pki::issue::{self, Issuer, Subject};
use padlock_pki::key::{Curve, KeyKind, PrivateKey};
use padlock_pki::pem;
use padlock_pki::random::Random;
use padlock_pki::signature::SignatureAlgorithm;
use padlock_pki::time::UnixSeconds;
use padlock_pki::verify::{Policy, Purpose, Reference};

pub use design::{Design, KeyChoice, Kind};
pub use export::{Export, File, PORT, export};
pub use fault::Fault;
pub use mischief::Mischief;

use crate::play::Own;
use crate::study::judge::{Judgement, Question};

/// The most certificates that are kept.
pub const MOST: usize = 40;

/// What was made so far.
#[derive(Clone, Debug)]
pub struct Workshop {
    seed: [u8; 16],
    made: Vec<Made>,
    /// How often something was issued.
    issued: usize,
}

/// A certificate that was issued, with its key.
#[derive(Clone, Debug)]
pub struct Made {
    /// What it was to be.
    pub design: Design,
    /// Its private key.
    pub key: PrivateKey,
    /// The certificate in DER.
    pub certificate: Vec<u8>,
    subject: Subject,
}

/// What of it goes into a handshake. The places are those in [`Workshop::made`].
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Choice {
    /// Whose certificate the server shows.
    pub server: Option<usize>,
    /// Whose certificate the client shows.
    pub client: Option<usize>,
    /// The name that the client asks for.
    pub name: String,
    /// Those that are not trusted, though they signed themselves.
    pub distrusted: Vec<usize>,
}

impl Workshop {
    /// Nothing made yet.
    #[must_use]
    pub const fn new(seed: [u8; 16]) -> Self {
        Self {
            seed,
            made: Vec::new(),
            issued: 0,
        }
    }

    /// What was made, in order.
    #[must_use]
    pub fn made(&self) -> &[Made] {
        &self.made
    }

    /// What the next key comes from.
    #[must_use]
    pub fn randomness(&self) -> [u8; 32] {
        self.random("key").bytes()
    }

    /// Makes a key of a sort that is made at once; `None` for the others.
    #[must_use]
    pub fn key(&self, choice: KeyChoice) -> Option<PrivateKey> {
        let curve = match choice {
            KeyChoice::P256 => Curve::P256,
            KeyChoice::P384 => Curve::P384,
            KeyChoice::Ed25519 => Curve::Ed25519,
            _ => return None,
        };
        let mut random = Random::new(self.randomness());
        Some(PrivateKey::generate(curve, &mut random))
    }

    /// Issues what `design` says for this key, and gives its place: `again`, or the one behind the
    /// last. What was issued below one that is issued again stays as it is.
    ///
    /// # Errors
    /// [`Fault`]: what of the design cannot be issued; nothing changes.
    pub fn issue(
        &mut self,
        design: Design,
        key: PrivateKey,
        again: Option<usize>,
    ) -> Result<usize, Fault> {
        let again = again.filter(|at| *at < self.made.len());
        if again.is_none() && self.made.len() >= MOST {
            return Err(Fault::TooMany);
        }
        let mut template = design.template()?;
        let subject = template.subject.clone();
        // Who issues their own certificate again does so with the key that it is for.
        let issuer = design.issuer.filter(|at| Some(*at) != again);
        let issuer = match issuer {
            Some(at) => Some(self.made.get(at).ok_or(Fault::NoIssuer)?),
            None => None,
        };
        if issuer.is_none() {
            template.authority_key_identifier = false;
        }
        let (issuer_key, issuer_subject) =
            issuer.map_or((&key, &subject), |issuer| (&issuer.key, &issuer.subject));
        let by = Issuer {
            subject: issuer_subject,
            key: issuer_key,
            algorithm: algorithm(issuer_key.kind()),
        };
        let mut random = self.random("certificate");
        let mut certificate =
            issue::issue(&template, key.public_key(), &by, &mut random).map_err(Fault::Issue)?;
        if design.weak_hash {
            certificate = issue::signed_with_weak_sha1(&certificate, issuer_key)
                .map_err(|_| Fault::WeakHash)?;
        }
        if design.broken_signature
            && let Some(last) = certificate.last_mut()
        {
            *last ^= 1;
        }
        let made = Made {
            design,
            key,
            certificate,
            subject,
        };
        self.issued += 1;
        match again.and_then(|at| self.made.get_mut(at)) {
            Some(slot) => *slot = made,
            None => self.made.push(made),
        }
        Ok(again.unwrap_or(self.made.len() - 1))
    }

    /// The certificate at this place and those that lead to its root, as they are sent: without the
    /// root itself.
    #[must_use]
    pub fn chain(&self, at: usize) -> Vec<Vec<u8>> {
        let mut chain = Vec::new();
        let mut next = Some(at);
        while let Some(made) = next.and_then(|at| self.made.get(at)) {
            let is_root = made.design.issuer.is_none();
            // By issuing again, two can come to have issued each other.
            if (is_root && !chain.is_empty()) || chain.contains(&made.certificate) {
                break;
            }
            chain.push(made.certificate.clone());
            next = made.design.issuer;
        }
        chain
    }

    /// The places of those that signed themselves.
    pub fn roots(&self) -> impl Iterator<Item = usize> {
        let made = self.made.iter().enumerate();
        let roots = made.filter(|(_, made)| made.design.issuer.is_none());
        roots.map(|(at, _)| at)
    }

    /// The usual choice: the last server certificate, the last of a client if there is one, and the
    /// first name of the server.
    #[must_use]
    pub fn usual(&self) -> Choice {
        let last = |kind| self.made.iter().rposition(|made| made.design.kind == kind);
        let server = last(Kind::Server);
        let made = server.and_then(|at| self.made.get(at));
        Choice {
            server,
            client: last(Kind::Client),
            name: made.map(|made| made.design.host()).unwrap_or_default(),
            distrusted: Vec::new(),
        }
    }

    /// The name that the client asks for: the one chosen, or where that is neither a DNS name nor an
    /// IP address, one that the server's certificate suggests.
    #[must_use]
    pub fn name(&self, choice: &Choice) -> String {
        let host = choice.server.and_then(|at| self.made.get(at));
        let host = host.map(|made| made.design.host()).unwrap_or_default();
        let names = [choice.name.trim(), host.trim()];
        let found = names.into_iter().find(|name| is_name(name));
        found.unwrap_or(Holder::Shop.name()).to_owned()
    }

    /// What goes into a handshake; `None` if no party shows anything that was made here.
    #[must_use]
    pub fn own(&self, choice: &Choice) -> Option<Own> {
        let identity = |at: Option<usize>| {
            let made = self.made.get(at?)?;
            Some(Identity {
                chain: self.chain(at?),
                key: made.key.clone(),
            })
        };
        let own = Own {
            server: identity(choice.server),
            client: identity(choice.client),
            name: self.name(choice),
            anchors: self.anchors(choice),
        };
        (own.server.is_some() || own.client.is_some()).then_some(own)
    }

    /// Whether a handshake with this choice believes the certificate of a party at this place: what
    /// its peer checks, as of `now`. `None` for an authority.
    #[must_use]
    pub fn judge(&self, at: usize, choice: &Choice, now: i64) -> Option<Judgement> {
        let kind = self.made.get(at)?.design.kind;
        let purpose = match kind {
            Kind::Server => Purpose::Server,
            Kind::Client => Purpose::Client,
            Kind::Root | Kind::Intermediate => return None,
        };
        let question = Question {
            chain: self.chain(at),
            anchors: self.anchors(choice),
            name: (kind == Kind::Server).then(|| self.name(choice)),
            now: UnixSeconds(now),
            purpose,
            policy: Policy::default(),
            crls: Vec::new(),
            ocsp_responses: Vec::new(),
        };
        Some(question.judge())
    }

    /// The roots that are trusted.
    fn anchors(&self, choice: &Choice) -> Vec<Vec<u8>> {
        let trusted = self.roots().filter(|at| !choice.distrusted.contains(at));
        let certificate = |at: usize| Some(self.made.get(at)?.certificate.clone());
        trusted.filter_map(certificate).collect()
    }

    /// All certificates in PEM, in order.
    #[must_use]
    pub fn pem(&self) -> String {
        let certificates = self.made.iter().map(|made| &made.certificate);
        certificates
            .map(|der| pem::encode("CERTIFICATE", der))
            .collect()
    }

    /// A root, an intermediate below it, the certificate of a shop's server below that, and that of a
    /// client, as of this moment.
    ///
    /// # Errors
    /// [`Fault`] for a moment that leaves no room for the dates around it.
    pub fn example(seed: [u8; 16], now: i64) -> Result<Self, Fault> {
        let mut workshop = Self::new(seed);
        let below = [
            (Kind::Root, None),
            (Kind::Intermediate, Some(0)),
            (Kind::Server, Some(1)),
            (Kind::Client, Some(1)),
        ];
        for (kind, issuer) in below {
            let design = Design::new(kind, issuer, now);
            let key = workshop.key(design.key).ok_or(Fault::NoIssuer)?;
            workshop.issue(design, key, None)?;
        }
        Ok(workshop)
    }

    /// What comes of the seed for the next that is made.
    fn random(&self, what: &str) -> Random {
        let seed = Hash::Sha256.of(&self.seed);
        let seed = <[u8; 32]>::try_from(seed).expect("SHA-256 gives 32 bytes");
        Random::new(seed).fork(&format!("workshop {} {what}", self.issued))
    }
}

/// Whether a client can ask for it.
fn is_name(name: &str) -> bool {
    Reference::read(name).is_some()
}

/// How an authority with such a key signs.
fn algorithm(kind: KeyKind) -> SignatureAlgorithm {
    match kind {
        KeyKind::P256 => SignatureAlgorithm::EcdsaP256Sha256,
        KeyKind::P384 => SignatureAlgorithm::EcdsaP384Sha384,
        KeyKind::Ed25519 => SignatureAlgorithm::Ed25519,
        _ => SignatureAlgorithm::RsaPkcs1Sha256,
    }
}
