//! Following a connection of TLS 1.3, with or without its traffic secrets.

mod curve;

use padlock_pki::digest::Hash;

use super::{Observer, Secret};
use crate::codes::{CipherSuite, ExtensionType, ProtocolVersion};
use crate::connection::tls13::message_hash;
use crate::error::{Error, ErrorKind};
use crate::messages::{Body, ClientHello, ExtensionBody, Form, ServerHello};
use crate::record::{Fault, Opened, Protector, WriteKeys};
use crate::report::Reporter;
use crate::schedule::tls13::TrafficSecret;
use crate::server::steal_from_ticket;
use crate::suite::Suite13;
use crate::trace::Party;
use crate::value::{Epoch, ValueName};

pub(super) use curve::Broken;

/// Early data that a client offered.
#[derive(Debug)]
pub(super) struct EarlyData {
    /// What it may be protected with, as long as none of its records was seen: nobody says its
    /// suite, which is one of those offered.
    candidates: Vec<(Suite13, TrafficSecret)>,
}

impl Observer {
    /// Changes keys where this message says so: behind `ServerHello` for both sides, behind its
    /// Finished of the handshake, EndOfEarlyData and KeyUpdate for the one that sent it.
    ///
    /// `before` is how much was said before it.
    pub(super) fn follow(
        &mut self,
        from: Party,
        message: &Body,
        before: usize,
    ) -> Result<(), Error> {
        match message {
            Body::ClientHello(hello) => {
                self.broken.offered(hello);
                self.expect_early_data(hello);
                Ok(())
            }
            Body::ServerHello(hello) if hello.is_retry_request() || !is_tls13(hello) => {
                if is_tls13(hello) {
                    self.form = Form::Tls13;
                    self.restart_transcript(hello.cipher_suite, before);
                }
                self.pass_over_early_data();
                Ok(())
            }
            Body::ServerHello(hello) => {
                self.form = Form::Tls13;
                self.suite13 = Suite13::of(hello.cipher_suite);
                if let (Secret::CurveKey(key), Some(suite)) = (&self.secret, self.suite13) {
                    self.broken.answered(key, suite, hello, &self.transcript);
                }
                self.use_psk(hello);
                self.change_epoch(Party::Server, Epoch::Handshake)?;
                let place = hello.extension(ExtensionType::PRE_SHARED_KEY);
                let first = place == Some(&ExtensionBody::SelectedIdentity(0));
                match first && self.reads_early_data() {
                    true => Ok(()),
                    false => self.end_early_data(),
                }
            }
            _ if self.form != Form::Tls13 => Ok(()),
            Body::EncryptedExtensions(message) => {
                let taken = message.extension(ExtensionType::EARLY_DATA).is_some();
                match !taken && self.reads_early_data() {
                    true => self.end_early_data(),
                    false => Ok(()),
                }
            }
            // Later ones come with a certificate that the server asked for (RFC 9846 §4.7.2), and
            // change no keys.
            Body::Finished(_) if self.epoch(from) == Some(Epoch::Handshake) => {
                if let (Party::Server, Some(suite)) = (from, self.suite13) {
                    self.broken.finished(suite, &self.transcript);
                }
                self.change_epoch(from, Epoch::Application(0))
            }
            Body::EndOfEarlyData(_) => {
                self.early = None;
                self.change_epoch(from, Epoch::Handshake)
            }
            Body::KeyUpdate(_) => {
                let next = self.stream(from).secret.as_ref();
                let next = next.and_then(|secret| secret.next(&mut unheard()));
                self.protect(from, next)
            }
            _ => Ok(()),
        }
    }

    /// The next record of `from`, if it is complete.
    pub(super) fn next_record(&mut self, from: Party) -> Result<Option<Opened>, Fault> {
        if from == Party::Client && self.early.is_some() {
            self.find_early_keys();
            // Where it ends without a word, as it does where the server refuses it, other keys
            // follow.
            self.client.receiver.skip_early_data(usize::MAX);
        }
        self.stream(from).receiver.next_record()
    }

    /// Whether a ChangeCipherSpec that comes now is for middleboxes only (RFC 9846 §5, §E.4): in
    /// TLS 1.3 and, where that is on offer, before the server has chosen a version.
    pub(super) fn is_for_middleboxes(&self) -> bool {
        self.form == Form::Tls13 || self.broken.offers_tls13 && self.chosen.is_none()
    }

    /// Whether a `ClientHello` that comes now is the first.
    pub(super) fn begins(&self) -> bool {
        !self.retried
    }

    /// Puts the hash of the first `ClientHello`, which ends there, in its place (RFC 9846 §4.1).
    fn restart_transcript(&mut self, suite: CipherSuite, end: usize) {
        if let (true, Some(suite)) = (self.begins(), Suite13::of(suite)) {
            let retry_request = self.transcript.split_off(end);
            let digest = suite.hash.of(&self.transcript);
            self.transcript = [message_hash(&digest), retry_request].concat();
        }
        self.retried = true;
    }

    /// If the client says that early data follows, it does so behind this message.
    fn expect_early_data(&mut self, hello: &ClientHello) {
        self.early = None;
        if hello.extension(ExtensionType::EARLY_DATA).is_none() {
            return;
        }
        let suites = hello.cipher_suites.iter();
        let candidate = |suite: Suite13| {
            let secret = self.logged(suite.hash, Party::Client, Epoch::Early)?;
            Some((suite, secret))
        };
        let candidates = suites.filter_map(|code| Suite13::of(*code));
        let candidates = candidates.filter_map(candidate);
        let mut candidates: Vec<_> = candidates.collect();
        candidates.extend(self.stolen());
        self.early = Some(EarlyData { candidates });
        self.client.receiver.set_unreadable13();
    }

    /// What the first ticket leads to, if its key was stolen.
    fn stolen(&mut self) -> Option<(Suite13, TrafficSecret)> {
        let Secret::TicketKey(ticket_key) = &self.secret else {
            return None;
        };
        let ticket = self.broken.identities.first()?;
        let (suite, psk) = steal_from_ticket(ticket_key, ticket)?;
        let traffic = self.broken.early(&psk, suite, &self.transcript);
        Some((suite, traffic))
    }

    /// Goes as far as the pre-shared key leads that the server chose, if it was stolen.
    fn use_psk(&mut self, hello: &ServerHello) {
        let Some(ExtensionBody::SelectedIdentity(chosen)) =
            hello.extension(ExtensionType::PRE_SHARED_KEY)
        else {
            return;
        };
        let psk = match &self.secret {
            Secret::PreSharedKey(psk) => Some(psk.clone()),
            Secret::TicketKey(ticket_key) => {
                let identity = self.broken.identities.get(usize::from(*chosen));
                let stolen = identity.and_then(|ticket| steal_from_ticket(ticket_key, ticket));
                stolen.map(|(_, psk)| psk)
            }
            _ => None,
        };
        if let (Some(psk), Some(suite)) = (psk, self.suite13) {
            self.broken.resumed(&psk, suite, hello, &self.transcript);
        }
    }

    /// Takes the keys of early data that open its first record.
    fn find_early_keys(&mut self) {
        let candidates = self.early.iter().flat_map(|early| &early.candidates);
        let mut found = None;
        for (suite, secret) in candidates {
            let Ok(protector) = protector(*suite, secret) else {
                continue;
            };
            let mut trial = self.client.receiver.clone();
            trial.set_protection(protector.clone());
            match trial.next_record() {
                Ok(Some(opened)) if opened.protected => {
                    found = Some((protector, secret.clone()));
                    break;
                }
                Ok(_) => return, // It is not complete, or it is ChangeCipherSpec.
                Err(_) => {}
            }
        }
        if let Some((protector, secret)) = found {
            self.client.receiver.set_protection(protector);
            self.client.secret = Some(secret);
        }
        if let Some(early) = &mut self.early {
            early.candidates.clear();
        }
    }

    /// What `party`'s keys are for, if it is read.
    fn epoch(&self, party: Party) -> Option<Epoch> {
        let secret = match party {
            Party::Client => &self.client.secret,
            Party::Server => &self.server.secret,
        };
        secret.as_ref().map(TrafficSecret::epoch)
    }

    /// Whether early data can be read, or may turn out to be.
    fn reads_early_data(&self) -> bool {
        let found = self.epoch(Party::Client) == Some(Epoch::Early);
        let pending = self.early.iter().any(|early| !early.candidates.is_empty());
        found || pending
    }

    /// The server lets the client begin anew, or the client will have to give up: what it still
    /// sends of its early data is passed over.
    fn pass_over_early_data(&mut self) {
        if self.early.take().is_some() {
            self.client.secret = None;
            self.client.receiver.set_clear();
            self.client.receiver.skip_early_data(usize::MAX);
        }
    }

    /// The client's next keys are those of the handshake; what they do not open is early data that
    /// cannot be read.
    fn end_early_data(&mut self) -> Result<(), Error> {
        if self.early.take().is_some() {
            self.client.receiver.skip_early_data(usize::MAX);
        }
        self.change_epoch(Party::Client, Epoch::Handshake)
    }

    fn change_epoch(&mut self, party: Party, epoch: Epoch) -> Result<(), Error> {
        let suite = self.suite13;
        let known = suite.and_then(|suite| match &self.secret {
            Secret::TrafficSecrets(_) => self.logged(suite.hash, party, epoch),
            _ => self.broken.secret(party, epoch),
        });
        self.protect(party, known)
    }

    /// The secret that the key log has, if it is one of this hash.
    fn logged(&self, hash: Hash, party: Party, epoch: Epoch) -> Option<TrafficSecret> {
        let Secret::TrafficSecrets(all) = &self.secret else {
            return None;
        };
        let mut all = all.iter();
        let one = all.find(|one| (one.party, one.epoch) == (party, epoch))?;
        (one.bytes.len() == hash.length())
            .then(|| TrafficSecret::known(hash, party, epoch, one.bytes.clone()))
    }

    /// Reads what `party` sends by this secret's keys, or not at all.
    fn protect(&mut self, party: Party, secret: Option<TrafficSecret>) -> Result<(), Error> {
        let suite = self.suite13;
        let stream = self.stream(party);
        match (&secret, suite) {
            (Some(secret), Some(suite)) => {
                stream.receiver.set_protection(protector(suite, secret)?);
            }
            _ => stream.receiver.set_unreadable13(),
        }
        stream.secret = secret;
        Ok(())
    }
}

/// The names of the pre-shared keys that a client offers: its tickets, for instance.
fn offered(hello: &ClientHello) -> Vec<Vec<u8>> {
    let Some(ExtensionBody::OfferedPsks(psks)) = hello.extension(ExtensionType::PRE_SHARED_KEY)
    else {
        return Vec::new();
    };
    let identities = psks.identities.iter();
    identities.map(|one| one.identity.clone()).collect()
}

fn protector(suite: Suite13, secret: &TrafficSecret) -> Result<Protector, Error> {
    let keys = secret.keys(suite.aead, &mut unheard());
    let name = ValueName::TrafficKey(secret.party(), secret.epoch());
    let keys = WriteKeys::of(name, &keys);
    let unfit = |_length| ErrorKind::Internal("a traffic secret has another length");
    Ok(Protector::tls13(suite.aead, keys).map_err(unfit)?)
}

fn is_tls13(hello: &ServerHello) -> bool {
    let chosen = hello.extension(ExtensionType::SUPPORTED_VERSIONS);
    chosen == Some(&ExtensionBody::SelectedVersion(ProtocolVersion::TLS_1_3))
}

fn unheard() -> Reporter {
    Reporter::new(Party::Client, false)
}
