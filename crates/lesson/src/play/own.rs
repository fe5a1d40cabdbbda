//! Certificates that the learner made, in a run.

use padlock_pki::identity::Identity;
use padlock_pki::key::KeyKind;
use padlock_tls::config::Revocation;

use super::Presented;
use crate::scenario::{CertificateChoice, ClientCertificateChoice, KeyExchange, Scenario};

/// What a learner made: what [`CertificateChoice::Own`] and [`ClientCertificateChoice::Own`] stand for.
#[derive(Clone, Debug)]
pub struct Own {
    /// What the server shows.
    pub server: Option<Identity>,
    /// What the client shows.
    pub client: Option<Identity>,
    /// The name that the client asks for.
    pub name: String,
    /// The roots that are trusted.
    pub anchors: Vec<Vec<u8>>,
}

impl Own {
    /// Whether a server with this certificate can come to terms by this key exchange: in RSA key
    /// transport the client encrypts to the server's key, which therefore is one of RSA (RFC 5246
    /// §7.4.7.1).
    #[must_use]
    pub fn suits(&self, exchange: KeyExchange) -> bool {
        let kind = self.server.as_ref().map(|server| server.key.kind());
        exchange.needs_curves() || matches!(kind, None | Some(KeyKind::Rsa { .. }))
    }
}

/// What the server shows, if the run is about the learner's.
pub(super) fn server(own: Option<&Own>, scenario: &Scenario) -> Option<Presented> {
    if scenario.certificate != CertificateChoice::Own {
        return None;
    }
    let own = own?;
    Some(Presented {
        identity: own.server.clone()?,
        name: own.name.clone(),
        revocation: Revocation::default(),
        // Whatever is wrong with it, the client is to find out.
        careless: true,
        second: None,
        flipped: None,
    })
}

/// The same for the client.
pub(super) fn client(own: Option<&Own>, scenario: &Scenario) -> Option<Identity> {
    match scenario.client_certificate {
        ClientCertificateChoice::Own => own?.client.clone(),
        _ => None,
    }
}

/// The roots that the client trusts, if it is about the learner's.
pub(super) fn client_anchors(own: Option<&Own>, scenario: &Scenario) -> Option<Vec<Vec<u8>>> {
    server(own, scenario)?;
    anchors(own)
}

/// Those that the server trusts.
pub(super) fn server_anchors(own: Option<&Own>, scenario: &Scenario) -> Option<Vec<Vec<u8>>> {
    client(own, scenario)?;
    anchors(own)
}

/// Where nobody is trusted, it is the demonstration's root.
fn anchors(own: Option<&Own>) -> Option<Vec<Vec<u8>>> {
    let anchors = own?.anchors.clone();
    (!anchors.is_empty()).then_some(anchors)
}
