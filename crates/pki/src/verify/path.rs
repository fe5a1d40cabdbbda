//! The search for a path from the end-entity to a trust anchor.

use std::collections::BTreeMap;
use std::ops::Range;

use super::Source;
use super::certificate::{Certificate, Outline};
use super::constraints::NameConstraints;
use super::limits;
use super::reason::Reason;
use crate::key::{KeyError, PublicKey};
use crate::name::{DistinguishedName, NameKey};
use crate::signature::SignatureAlgorithm;

/// A certificate's place in the request's chain or, for an issuer, possibly among the anchors.
pub(super) struct Search<'a> {
    /// Unreadable ones are `None`.
    pub(super) chain: Vec<Option<Certificate<'a>>>,
    anchors: Vec<Option<Anchor<'a>>>,
    /// By the key's DER: several certificates may be about one key.
    keys: BTreeMap<&'a [u8], Result<PublicKey, KeyError>>,
    /// By the certificate's place and its issuer's key.
    signatures: BTreeMap<(usize, &'a [u8]), Reason>,
    verified: usize,
    /// How many names were compared with constraints on names.
    pub(super) compared: usize,
    steps: usize,
    /// How many octets the certificates of the judged paths have.
    judged: usize,
    /// Whether there may be more paths than were found, or a way further up.
    pub(super) was_cut: bool,
    /// Who has this name, anchors first.
    named: BTreeMap<NameKey, Vec<Source>>,
    /// A number for each certificate of the chain, the same for those with the same name and key.
    identities: BTreeMap<usize, usize>,
    /// Who may have issued the certificate at this place, and one with that name and another key.
    issuers: BTreeMap<usize, (Vec<Source>, Option<Source>)>,
}

/// What counts of an anchor.
pub(super) struct Anchor<'a> {
    pub(super) outline: Outline<'a>,
    pub(super) name: DistinguishedName,
    key_identifier: Option<Vec<u8>>,
    constraints: Option<NameConstraints>,
    /// How many authorities may follow it, where it says so.
    pub(super) path_length: Option<u64>,
}

/// A way from the end-entity.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct Path {
    /// Places in the chain; the first is the end-entity's.
    pub(super) certificates: Vec<usize>,
    /// The anchor that issued the last of them, or why none is known.
    pub(super) end: Option<usize>,
    /// An issuer with the right name and another key than the one wanted.
    pub(super) other_key: Option<Source>,
    /// Whether there may be a path to an anchor all the same: one that is too long to be followed,
    /// or one that the search did not come to.
    pub(super) is_cut: bool,
}

impl<'a> Search<'a> {
    pub(super) fn new(chain: Vec<Option<Certificate<'a>>>, anchors: &[&'a [u8]]) -> Self {
        let anchor = |der: &&'a [u8]| {
            let outline = Outline::read(der)?;
            Some(Anchor {
                name: DistinguishedName::from_der(outline.bytes(&outline.subject))?,
                key_identifier: outline.subject_key_identifier(),
                constraints: outline.name_constraints()?,
                path_length: outline.path_length()?,
                outline,
            })
        };
        let anchors: Vec<_> = anchors.iter().map(anchor).collect();
        let mut named: BTreeMap<NameKey, Vec<Source>> = BTreeMap::new();
        for (index, anchor) in anchors.iter().enumerate() {
            if let Some(anchor) = anchor {
                let sources = named.entry(anchor.name.key()).or_default();
                sources.push(Source::Anchor(index));
            }
        }
        let (mut identities, mut known) = (BTreeMap::new(), BTreeMap::new());
        for (index, certificate) in chain.iter().enumerate() {
            let Some(certificate) = certificate else {
                continue;
            };
            let (name, outline) = (&certificate.subject_key, &certificate.outline);
            let key = outline.bytes(&outline.key);
            identities.insert(index, *known.entry((name, key)).or_insert(index));
            let sources = named.entry(name.clone()).or_default();
            sources.push(Source::Chain(index));
        }
        Self {
            anchors,
            chain,
            judged: 0,
            was_cut: false,
            named,
            identities,
            issuers: BTreeMap::new(),
            keys: BTreeMap::new(),
            signatures: BTreeMap::new(),
            verified: 0,
            compared: 0,
            steps: 0,
        }
    }

    pub(super) fn anchor(&self, index: usize) -> Option<&Anchor<'a>> {
        self.anchors.get(index)?.as_ref()
    }

    /// The certificate at this place, which must be a readable one.
    pub(super) fn certificate(&self, index: usize) -> &Certificate<'a> {
        let certificate = self.chain[index].as_ref();
        certificate.expect("only readable certificates are on a path")
    }

    pub(super) fn issuer_name(&self, issuer: Source) -> String {
        match issuer {
            Source::Chain(index) => self.certificate(index).subject.to_string(),
            Source::Anchor(index) => {
                let anchor = self.anchor(index);
                anchor.map_or_else(String::new, |anchor| anchor.name.to_string())
            }
        }
    }

    pub(super) fn key_identifier(&self, issuer: Source) -> Option<Vec<u8>> {
        self.identifier_of(issuer).cloned()
    }

    /// Paths that lead to an anchor; `is_best` is asked of each and ends the search. Where none
    /// leads to one, the longest way.
    pub(super) fn paths(&mut self, mut is_best: impl FnMut(&mut Self, &Path) -> bool) -> Vec<Path> {
        let mut found: Vec<Path> = Vec::new();
        let mut longest = Path::default();
        let mut was_cut = false;
        let mut open = vec![vec![0]];
        while let Some(certificates) = open.pop() {
            self.steps += 1;
            let (issuers, other_key) = self.issuers(&certificates);
            let is_cut = self.steps >= limits::STEPS
                || (certificates.len() >= limits::CERTIFICATES
                    && issuers.iter().any(|one| matches!(one, Source::Chain(_))));
            for issuer in &issuers {
                if let Source::Anchor(anchor) = issuer {
                    let path = Path {
                        certificates: certificates.clone(),
                        end: Some(*anchor),
                        ..Path::default()
                    };
                    let ends = is_best(self, &path);
                    let sizes = certificates
                        .iter()
                        .map(|index| self.certificate(*index).outline.der.len());
                    self.judged += sizes.sum::<usize>();
                    found.push(path);
                    if ends {
                        return found;
                    }
                    if found.len() == limits::PATHS || self.judged > limits::JUDGED {
                        self.was_cut = true;
                        return found;
                    }
                }
            }
            was_cut |= is_cut;
            let is_dead_end = is_cut || issuers.is_empty();
            if is_dead_end && certificates.len() > longest.certificates.len() {
                longest = Path {
                    certificates: certificates.clone(),
                    other_key,
                    ..Path::default()
                };
            }
            if self.steps >= limits::STEPS {
                self.was_cut = true;
                break;
            }
            if certificates.len() < limits::CERTIFICATES {
                // The last to be pushed is the first to be followed.
                for issuer in issuers.iter().rev() {
                    if let Source::Chain(index) = issuer {
                        let mut next = certificates.clone();
                        next.push(*index);
                        open.push(next);
                    }
                }
            }
        }
        if found.is_empty() {
            longest.is_cut = was_cut || self.was_cut;
            found.push(longest);
        }
        found
    }

    /// Who may have issued the last of `certificates`, the likeliest first: those with its issuer's
    /// name whose key made its signature; or, if none did, those with that name and not another key
    /// identifier. Also one with that name that is neither.
    fn issuers(&mut self, certificates: &[usize]) -> (Vec<Source>, Option<Source>) {
        let Some(&last) = certificates.last() else {
            return (Vec::new(), None);
        };
        let (issuers, other_key) = match self.issuers.get(&last) {
            Some(known) => known.clone(),
            None => {
                let found = self.issuers_of(last);
                self.issuers.insert(last, found.clone());
                found
            }
        };
        // What has the name and key of one that is on the way already leads nowhere new.
        let is_new = |source: &Source| match source {
            Source::Anchor(_) => true,
            Source::Chain(index) => {
                let is_same =
                    |other: &usize| self.identities.get(other) == self.identities.get(index);
                !certificates.iter().any(is_same)
            }
        };
        (issuers.into_iter().filter(is_new).collect(), other_key)
    }

    /// The same, whatever is on the way.
    fn issuers_of(&mut self, last: usize) -> (Vec<Source>, Option<Source>) {
        let subject = self.certificate(last);
        let wanted = subject.authority_key_identifier.as_ref();
        let candidates = self.named.get(&subject.issuer_key).into_iter().flatten();
        let mut named: Vec<(bool, Source)> = Vec::new();
        for &source in candidates {
            let is_itself = match source {
                Source::Anchor(_) => false,
                Source::Chain(index) => self.identities.get(&index) == self.identities.get(&last),
            };
            if !is_itself {
                let found = self.identifier_of(source);
                let is_other = wanted
                    .zip(found)
                    .is_some_and(|(wanted, found)| wanted != found);
                named.push((is_other, source));
            }
        }
        named.sort_by_key(|(other_key, _)| *other_key);
        self.was_cut |= named.len() > limits::CANDIDATES;
        named.truncate(limits::CANDIDATES);
        if let [(false, only)] = named[..] {
            // The ordinary case: the signature is checked with everything else.
            return (vec![only], None);
        }
        let mut signers = Vec::new();
        for &(_, source) in &named {
            if self.signature(last, source).failure().is_none() {
                signers.push(source);
            }
        }
        if !signers.is_empty() {
            return (signers, None);
        }
        let likely = named.iter().filter(|(other_key, _)| !other_key);
        let likely: Vec<_> = likely.map(|(_, source)| *source).collect();
        let other = named.iter().find(|(other_key, _)| *other_key);
        (likely, other.map(|(_, source)| *source))
    }

    fn identifier_of(&self, issuer: Source) -> Option<&Vec<u8>> {
        match issuer {
            Source::Chain(index) => self.certificate(index).subject_key_identifier.as_ref(),
            Source::Anchor(index) => self.anchor(index)?.key_identifier.as_ref(),
        }
    }

    pub(super) fn name_constraints(&self, issuer: Source) -> Option<&NameConstraints> {
        match issuer {
            Source::Chain(index) => self.certificate(index).name_constraints.as_ref(),
            Source::Anchor(index) => self.anchor(index)?.constraints.as_ref(),
        }
    }

    /// Where the parts of this certificate are.
    pub(super) fn outline(&self, source: Source) -> Option<&Outline<'a>> {
        match source {
            Source::Chain(index) => Some(&self.certificate(index).outline),
            Source::Anchor(index) => self.anchor(index).map(|anchor| &anchor.outline),
        }
    }

    /// The key in a `SubjectPublicKeyInfo`; remembered.
    fn key(&mut self, spki: &'a [u8]) -> Result<PublicKey, KeyError> {
        let key = self.keys.entry(spki);
        key.or_insert_with(|| PublicKey::from_spki_der(spki))
            .clone()
    }

    /// The length of a key in bits, if it is one of RSA.
    pub(super) fn rsa_bits_of(&mut self, spki: &'a [u8]) -> Option<u32> {
        self.key(spki).ok()?.rsa_bits()
    }

    /// The length of a certificate's key in bits, if it is one of RSA, and where it is.
    pub(super) fn rsa_bits(&mut self, source: Source) -> Option<(u32, Range<usize>)> {
        let outline = self.outline(source)?;
        let (spki, place) = (outline.bytes(&outline.key), outline.key.clone());
        self.rsa_bits_of(spki).map(|bits| (bits, place))
    }

    /// Whether `issuer`'s key made the signature of the certificate at `subject`; remembered.
    pub(super) fn signature(&mut self, subject: usize, issuer: Source) -> Reason {
        let Some(outline) = self.outline(issuer) else {
            return Reason::NotReached;
        };
        let spki = outline.bytes(&outline.key);
        if let Some(known) = self.signatures.get(&(subject, spki)) {
            return known.clone();
        }
        if self.verified >= limits::SIGNATURES {
            // This says nothing of the signature.
            return Reason::TooManySignatures;
        }
        let certificate = self.certificate(subject);
        let outline = &certificate.outline;
        let issuer = certificate.issuer.to_string();
        let [message, named, inner, signature] = [
            &outline.tbs,
            &outline.algorithm,
            &outline.inner_algorithm,
            &outline.signature_octets,
        ]
        .map(|part| outline.bytes(part));
        let reason = if named == inner {
            match self.verify(spki, named, message, signature) {
                Ok(algorithm) => Reason::SignatureVerifies { algorithm, issuer },
                Err(Reason::SignatureDoesNotVerify { algorithm, .. }) => {
                    Reason::SignatureDoesNotVerify { algorithm, issuer }
                }
                Err(reason) => reason,
            }
        } else {
            Reason::AlgorithmsDiffer
        };
        self.signatures.insert((subject, spki), reason.clone());
        reason
    }

    /// Whether the key in `spki` made this signature, by the algorithm in an
    /// `AlgorithmIdentifier`; or why not. Counted.
    pub(super) fn verify(
        &mut self,
        spki: &'a [u8],
        named: &[u8],
        message: &[u8],
        signature: &[u8],
    ) -> Result<SignatureAlgorithm, Reason> {
        if self.verified >= limits::SIGNATURES {
            return Err(Reason::TooManySignatures);
        }
        let key = self.key(spki).map_err(Reason::Key)?;
        let algorithm = SignatureAlgorithm::from_algorithm_identifier(named, key.kind());
        let algorithm = algorithm.map_err(|error| match error.weak_hash() {
            Some(algorithm) => Reason::WeakHash { algorithm },
            None => Reason::Algorithm(error),
        })?;
        let verified = key.verify(algorithm, message, signature);
        self.verified += 1;
        match verified {
            Ok(()) => Ok(algorithm),
            Err(KeyError::SignatureInvalid) => Err(Reason::SignatureDoesNotVerify {
                algorithm,
                issuer: String::new(),
            }),
            Err(error) => Err(Reason::Key(error)),
        }
    }
}
