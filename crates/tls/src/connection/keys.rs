//! What this side does with keys: it agrees, signs and protects, and reports each.

use padlock_pki::key::PrivateKey;
use padlock_wire::Section;

use super::Connection;
use crate::codes::{NamedGroup, SignatureScheme};
use crate::crypto::kx::EphemeralKey;
use crate::error::{Error, ErrorKind, IllegalParameter};
use crate::record::{Protector, WriteKeys};
use crate::schedule::KeyBlock;
use crate::suite::Suite;
use crate::trace::Party;
use crate::value::{Formula, ValueName};

impl Connection {
    /// The protector of what `party` sends.
    pub(crate) fn protector(
        &self,
        suite: Suite,
        keys: &KeyBlock,
        party: Party,
    ) -> Result<Protector, Error> {
        let encrypt_then_mac = self
            .agreement
            .as_ref()
            .is_some_and(|all| all.encrypt_then_mac);
        let keys = WriteKeys::of(ValueName::WriteKey(party), keys.of(party));
        Protector::new(suite.cipher, encrypt_then_mac, keys)
            .map_err(|_length| ErrorKind::Internal("a traffic key has another length").into())
    }

    /// Reports the key pair that this side made for this connection alone.
    pub(crate) fn report_ephemeral(
        &mut self,
        code: NamedGroup,
        key: &EphemeralKey,
        section: Section,
    ) {
        let party = self.party();
        let (private_name, public_name) = (
            ValueName::EphemeralPrivateKey(party),
            ValueName::EphemeralPublicKey(party),
        );
        let private = key.private_bytes();
        self.reporter
            .value(private_name, Formula::Drawn, &[], private, section);
        let formula = Formula::PublicKey(code);
        let inputs = [(private_name, private)];
        self.reporter
            .value(public_name, formula, &inputs, key.public_bytes(), section);
    }

    /// Diffie-Hellman: what this side computes with the peer's public key ([`CURVES`](super::CURVES), in TLS 1.3
    /// RFC 9846 §7.4.2).
    pub(crate) fn agree(
        &mut self,
        name: ValueName,
        code: NamedGroup,
        key: &EphemeralKey,
        peer: &[u8],
        section: Section,
    ) -> Result<Vec<u8>, Error> {
        let party = self.party();
        let secret = key.agree(peer)?;
        self.reporter.value(
            name,
            Formula::Agree(code),
            &[
                (ValueName::EphemeralPrivateKey(party), key.private_bytes()),
                (ValueName::EphemeralPublicKey(party.peer()), peer),
            ],
            &secret,
            section,
        );
        Ok(secret)
    }

    /// Signs one value with this side's certified key.
    pub(crate) fn sign(
        &mut self,
        name: ValueName,
        scheme: SignatureScheme,
        key: &PrivateKey,
        (message_name, message): (ValueName, &[u8]),
        section: Section,
    ) -> Result<Vec<u8>, Error> {
        let algorithm = scheme
            .algorithm(&key.kind())
            .ok_or(IllegalParameter::Signature)?;
        let mut random = self.random.fork("signature");
        let signature = key
            .sign(algorithm, message, &mut random)
            .map_err(|_| ErrorKind::Internal("the private key cannot sign"))?;
        if self.reporter.is_listening() {
            let private = key.to_pkcs8_der().unwrap_or_default();
            let private_name = ValueName::CertifiedPrivateKey(self.party());
            let inputs = [(private_name, &private[..]), (message_name, message)];
            self.reporter
                .value(name, Formula::Sign(scheme), &inputs, &signature, section);
        }
        Ok(signature)
    }
}
