//! The key shares of TLS 1.3: made, answered, opened. On a curve both sides make the same sort of key
//! and agree (RFC 9846 §7.4.2); in a hybrid group the client makes two key pairs, and the server
//! answers with a public key and a ciphertext
//! (RFC 10024 §4).

use padlock_wire::{Section, Structure};

use super::Connection;
use crate::codes::NamedGroup;
use crate::crypto::hybrid::{Hybrid, HybridKey, Parts};
use crate::crypto::kx::{EphemeralKey, KxError};
use crate::crypto::ml_kem;
use crate::error::Error;
use crate::messages::{ClientHello, ServerHello};
use crate::session;
use crate::trace::{Check, CheckKind, EventKind, Party};
use crate::value::{Formula, MlKem, ValueName};

/// What a client sends a half of, and keeps the other.
#[derive(Debug)]
pub(crate) struct Share {
    pub(crate) code: NamedGroup,
    /// The half that is sent.
    pub(crate) public: Vec<u8>,
    private: Private,
}

#[derive(Debug)]
enum Private {
    Curve(EphemeralKey),
    Hybrid(Box<HybridKey>),
}

/// Where shares are defined, key pairs on curves among them, and what both sides compute of them.
const SHARES: Section = Section::new(9846, "4.3.8");
const KEYS: Section = Section::new(9846, "4.3.8.2");
const AGREEMENT: Section = Section::new(9846, "7.4.2");
/// What hybrid groups do with ML-KEM, which is FIPS 203 §7 with the lengths of its §8, table 3.
const HYBRID: Section = Section::new(10024, "4");

impl Connection {
    /// Makes a client's share; `label` names the randomness.
    pub(crate) fn make_share(&mut self, code: NamedGroup, label: &str) -> Result<Share, Error> {
        let mut random = self.random.fork(label);
        let Some(hybrid) = code.hybrid() else {
            let key = EphemeralKey::generate(session::computable(code)?, &mut random)?;
            self.report_ephemeral(code, &key, KEYS);
            return Ok(Share {
                code,
                public: key.public_bytes().to_vec(),
                private: Private::Curve(key),
            });
        };
        let key = HybridKey::generate(hybrid, &mut random)?;
        let (seed, encapsulation_key) = (key.ml_kem.seed(), key.ml_kem.encapsulation_key());
        let (seed_name, name) = (ValueName::MlKemSeed, ValueName::EncapsulationKey);
        let reporter = &mut self.reporter;
        reporter.value(seed_name, Formula::Drawn, &[], seed, HYBRID);
        let formula = Formula::MlKem(MlKem::KeyGen);
        reporter.value(
            name,
            formula,
            &[(seed_name, seed)],
            encapsulation_key,
            HYBRID,
        );
        self.report_ephemeral(NamedGroup::of_curve(hybrid), &key.curve, KEYS);
        let public = self.join_share(hybrid, (name, encapsulation_key), &key.curve);
        Ok(Share {
            code,
            public,
            private: Private::Hybrid(Box::new(key)),
        })
    }

    /// What a client computes of the server's answer.
    pub(crate) fn open_share(&mut self, share: &Share, peer: &[u8]) -> Result<Vec<u8>, Error> {
        let name = ValueName::SharedSecret;
        let key = match &share.private {
            Private::Curve(key) => {
                self.read_public(peer);
                return self.agree(name, share.code, key, peer, AGREEMENT);
            }
            Private::Hybrid(key) => key,
        };
        let parts = key.hybrid.server_parts(peer);
        let (ciphertext, public) = self.cut_share(peer, parts, ValueName::Ciphertext)?;
        let secret = key.ml_kem.decapsulate(ciphertext)?;
        let inputs = [
            (ValueName::MlKemSeed, &key.ml_kem.seed()[..]),
            (ValueName::Ciphertext, ciphertext),
        ];
        let formula = Formula::MlKem(MlKem::Decapsulate);
        let (made, reporter) = (ValueName::MlKemSecret, &mut self.reporter);
        reporter.value(made, formula, &inputs, &secret, HYBRID);
        self.join_secrets(key.hybrid, &secret, &key.curve, public)
    }

    /// A server's answer to a client's share, and what it computes; `label` names the randomness.
    pub(crate) fn answer_share(
        &mut self,
        code: NamedGroup,
        peer: &[u8],
        label: &str,
    ) -> Result<(Vec<u8>, Vec<u8>), Error> {
        let mut random = self.random.fork(label);
        let Some(hybrid) = code.hybrid() else {
            self.read_public(peer);
            let key = EphemeralKey::generate(session::computable(code)?, &mut random)?;
            self.report_ephemeral(code, &key, KEYS);
            let secret = self.agree(ValueName::SharedSecret, code, &key, peer, AGREEMENT)?;
            return Ok((key.public_bytes().to_vec(), secret));
        };
        let key_name = ValueName::EncapsulationKey;
        let parts = hybrid.client_parts(peer);
        let (encapsulation_key, public) = self.cut_share(peer, parts, key_name)?;
        self.check_encapsulation_key(encapsulation_key);
        let randomness = random.fork("ML-KEM").bytes();
        let (ciphertext, secret) = ml_kem::encapsulate(encapsulation_key, randomness)?;
        let drawn = ValueName::EncapsulationRandom;
        let inputs = [(key_name, encapsulation_key), (drawn, &randomness[..])];
        let reporter = &mut self.reporter;
        reporter.value(drawn, Formula::Drawn, &[], &randomness, HYBRID);
        for (name, how, output) in [
            (
                ValueName::MlKemSecret,
                MlKem::EncapsulateSecret,
                &secret[..],
            ),
            (
                ValueName::Ciphertext,
                MlKem::EncapsulateCiphertext,
                &ciphertext,
            ),
        ] {
            reporter.value(name, Formula::MlKem(how), &inputs, output, HYBRID);
        }
        let key = EphemeralKey::generate(hybrid.group(), &mut random)?;
        self.report_ephemeral(NamedGroup::of_curve(hybrid), &key, KEYS);
        let secret = self.join_secrets(hybrid, &secret, &key, public)?;
        let answer = self.join_share(hybrid, (ValueName::Ciphertext, &ciphertext), &key);
        Ok((answer, secret))
    }

    /// The peer's public key on a curve came.
    fn read_public(&mut self, public: &[u8]) {
        let party = self.party().peer();
        let name = ValueName::EphemeralPublicKey(party);
        let formula = Formula::ReadFrom(hello(party));
        self.reporter.value(name, formula, &[], public, SHARES);
    }

    /// Takes the peer's share apart: what is of ML-KEM, and the public key on the curve.
    fn cut_share<'s>(
        &mut self,
        share: &'s [u8],
        parts: Result<Parts, KxError>,
        ml_kem: ValueName,
    ) -> Result<(&'s [u8], &'s [u8]), Error> {
        let party = self.party().peer();
        let share_name = ValueName::KeyShare(party);
        let formula = Formula::ReadFrom(hello(party));
        self.reporter.value(share_name, formula, &[], share, HYBRID);
        let parts = parts?;
        let mut cut = |name, range: std::ops::Range<usize>| {
            let part = share.get(range.clone()).unwrap_or_default();
            let (start, end) = (range.start, range.end);
            let formula = Formula::Cut { start, end };
            let inputs = [(share_name, share)];
            self.reporter.value(name, formula, &inputs, part, HYBRID);
            part
        };
        let ml_kem = cut(ml_kem, parts.ml_kem);
        let curve = cut(ValueName::EphemeralPublicKey(party), parts.curve);
        Ok((ml_kem, curve))
    }

    /// Reports the check of FIPS 203 §7.2. Whoever encapsulates makes it, too.
    fn check_encapsulation_key(&mut self, key: &[u8]) {
        self.reporter.report(|| {
            let expected = ml_kem::reduced(key);
            EventKind::Check(Check {
                kind: CheckKind::EncapsulationKey,
                passed: expected == key,
                expected,
                found: key.to_vec(),
                section: HYBRID,
            })
        });
    }

    /// This side's share: what is of ML-KEM and the public key on the curve, in the group's order.
    fn join_share(
        &mut self,
        hybrid: Hybrid,
        ml_kem: (ValueName, &[u8]),
        key: &EphemeralKey,
    ) -> Vec<u8> {
        let party = self.party();
        let public = (ValueName::EphemeralPublicKey(party), key.public_bytes());
        let (name, inputs) = (ValueName::KeyShare(party), hybrid.ordered(ml_kem, public));
        let share = inputs.map(|(_, bytes)| bytes).concat();
        let formula = Formula::Join;
        self.reporter.value(name, formula, &inputs, &share, HYBRID);
        share
    }

    /// Both secrets, in the group's order.
    fn join_secrets(
        &mut self,
        hybrid: Hybrid,
        secret: &[u8],
        key: &EphemeralKey,
        peer: &[u8],
    ) -> Result<Vec<u8>, Error> {
        let curve_name = ValueName::CurveSecret;
        let agreed = self.agree(
            curve_name,
            NamedGroup::of_curve(hybrid),
            key,
            peer,
            AGREEMENT,
        )?;
        let of_ml_kem = (ValueName::MlKemSecret, secret);
        let inputs = hybrid.ordered(of_ml_kem, (curve_name, &agreed[..]));
        let both = inputs.map(|(_, bytes)| bytes).concat();
        let (name, formula) = (ValueName::SharedSecret, Formula::Join);
        self.reporter.value(name, formula, &inputs, &both, HYBRID);
        Ok(both)
    }
}

/// The message that `party`'s share stands in.
const fn hello(party: Party) -> &'static str {
    match party {
        Party::Client => ClientHello::NAME,
        Party::Server => ServerHello::NAME,
    }
}
