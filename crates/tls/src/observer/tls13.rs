//! Following a connection of TLS 1.3, with or without its traffic secrets.

use super::{Observer, Secret};
use crate::codes::{ExtensionType, ProtocolVersion};
use crate::error::{Error, ErrorKind};
use crate::messages::{Body, ExtensionBody, Form, ServerHello};
use crate::record::{Protector, WriteKeys};
use crate::report::Reporter;
use crate::schedule::TrafficKeys;
use crate::schedule::tls13::TrafficSecret;
use crate::suite::Suite13;
use crate::trace::Party;
use crate::value::{Epoch, ValueName};

impl Observer {
    /// Changes keys where this message says so: behind `ServerHello` for both sides, behind its
    /// Finished, EndOfEarlyData and KeyUpdate for the one that sent it.
    pub(super) fn follow(&mut self, from: Party, message: &Body) -> Result<(), Error> {
        match message {
            Body::ServerHello(hello) if is_tls13(hello) => {
                self.form = Form::Tls13;
                if !hello.is_retry_request() {
                    self.suite13 = Suite13::of(hello.cipher_suite);
                    self.change_epoch(Party::Server, Epoch::Handshake)?;
                    self.change_epoch(Party::Client, Epoch::Handshake)?;
                }
                Ok(())
            }
            _ if self.form != Form::Tls13 => Ok(()),
            Body::Finished(_) => self.change_epoch(from, Epoch::Application(0)),
            Body::EndOfEarlyData(_) => self.change_epoch(from, Epoch::Handshake),
            Body::KeyUpdate(_) => {
                let next = self.stream(from).secret.as_ref();
                let next = next.map(|secret| secret.next(&mut unheard()));
                self.protect(from, next)
            }
            _ => Ok(()),
        }
    }

    fn change_epoch(&mut self, party: Party, epoch: Epoch) -> Result<(), Error> {
        let known = match (&self.secret, self.suite13) {
            (Secret::TrafficSecrets(all), Some(suite)) => all
                .iter()
                .find(|one| (one.party, one.epoch) == (party, epoch))
                .map(|one| TrafficSecret::known(suite.hash, party, epoch, one.bytes.clone())),
            _ => None,
        };
        self.protect(party, known)
    }

    /// Reads what `party` sends by this secret's keys, or not at all.
    fn protect(&mut self, party: Party, secret: Option<TrafficSecret>) -> Result<(), Error> {
        let suite = self.suite13;
        let stream = self.stream(party);
        match (&secret, suite) {
            (Some(secret), Some(suite)) => {
                let TrafficKeys { mac_key, key, iv } = secret.keys(suite.aead, &mut unheard());
                let keys = WriteKeys {
                    name: ValueName::TrafficKey(secret.party(), secret.epoch()),
                    mac_key: &mac_key,
                    key: &key,
                    iv: &iv,
                };
                let unfit = |_length| ErrorKind::Internal("a traffic secret has another length");
                let protector = Protector::tls13(suite.aead, keys).map_err(unfit)?;
                stream.receiver.set_protection(protector);
            }
            _ => stream.receiver.set_unreadable13(),
        }
        stream.secret = secret;
        Ok(())
    }
}

fn is_tls13(hello: &ServerHello) -> bool {
    let chosen = hello.extension(ExtensionType::SUPPORTED_VERSIONS);
    chosen == Some(&ExtensionBody::SelectedVersion(ProtocolVersion::TLS_1_3))
}

fn unheard() -> Reporter {
    Reporter::new(Party::Client, false)
}
