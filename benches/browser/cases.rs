//! The handshakes that are timed, and our side of them.

use std::sync::Arc;

use padlock_pki::demo::{Authority, Holder, KeyChoice, Spec};
use padlock_pki::identity::Identity;
use padlock_pki::random::Random;
use padlock_pki::time::UnixSeconds;
use padlock_tls::Status;
use padlock_tls::codes::{CipherSuite, NamedGroup};
use padlock_tls::config::{
    Behaviour, ClientConfig, ClientTls13, Preferences, Revocation, ServerConfig, ServerTls13,
};
use padlock_tls::run::Run;
use padlock_tls::trace::Party;

/// The date of every run: nothing here depends on when it is measured.
pub(crate) const NOW: i64 = 1_795_285_800;

/// One way to shake hands.
#[derive(Clone, Copy)]
pub(crate) struct Case {
    pub(crate) name: &'static str,
    pub(crate) suite: CipherSuite,
    pub(crate) group: NamedGroup,
    pub(crate) key: KeyChoice,
    /// Whether rustls can do it: it never had RSA key transport.
    pub(crate) has_yardstick: bool,
}

/// Each key exchange; that on a curve with either curve that is in use.
pub(crate) const CASES: [Case; 4] = [
    Case {
        name: "RSA key transport, AES-128-GCM",
        suite: CipherSuite::TLS_RSA_WITH_AES_128_GCM_SHA256,
        group: NamedGroup::X25519,
        key: KeyChoice::Rsa,
        has_yardstick: false,
    },
    Case {
        name: "ECDHE_RSA, X25519, AES-128-GCM",
        suite: CipherSuite::TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
        group: NamedGroup::X25519,
        key: KeyChoice::Rsa,
        has_yardstick: true,
    },
    Case {
        name: "ECDHE_ECDSA (P-256), X25519, AES-128-GCM",
        suite: CipherSuite::TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
        group: NamedGroup::X25519,
        key: KeyChoice::P256,
        has_yardstick: true,
    },
    Case {
        name: "ECDHE_ECDSA (P-256), P-256, AES-128-GCM",
        suite: CipherSuite::TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
        group: NamedGroup::SECP256R1,
        key: KeyChoice::P256,
        has_yardstick: true,
    },
];

impl Case {
    /// The certificates: the trust anchor, and what the server shows.
    pub(crate) fn certificates(&self) -> (Vec<u8>, Identity) {
        let authority = Authority::new(NOW).expect("the date has room around it");
        let spec = Spec {
            key: self.key,
            ..Spec::new(Holder::Shop)
        };
        let identity = authority.identity(spec).expect("the authority can issue");
        (authority.root().to_vec(), identity)
    }

    /// Our two parties' configurations.
    pub(crate) fn configurations(&self, trace: bool) -> (Arc<ClientConfig>, Arc<ServerConfig>) {
        let (root, identity) = self.certificates();
        let behaviour = Behaviour {
            trace,
            ..Behaviour::default()
        };
        // P-256 always: the groups also say which curves may be in certificates (RFC 8422 §5.1).
        let preferences = Preferences {
            suites: vec![self.suite],
            groups: vec![self.group, NamedGroup::SECP256R1],
            ..Preferences::default()
        };
        let client = ClientConfig {
            server_name: Holder::Shop.name().to_owned(),
            anchors: vec![root],
            identities: Vec::new(),
            now: UnixSeconds(NOW),
            preferences: preferences.clone(),
            behaviour,
            revocation: Revocation::default(),
            tls13: ClientTls13::default(),
        };
        let server = ServerConfig {
            identities: vec![identity],
            client_authentication: None,
            now: UnixSeconds(NOW),
            preferences,
            behaviour,
            tls13: ServerTls13::default(),
        };
        (Arc::new(client), Arc::new(server))
    }
}

/// A run of ours, before its first step.
pub(crate) fn begin((client, server): &(Arc<ClientConfig>, Arc<ServerConfig>)) -> Run {
    let random = Random::new([7; 32]);
    Run::new(client.clone(), server.clone(), &random).expect("the configuration has suites")
}

/// Fails unless both sides are connected: what failed must not be timed.
pub(crate) fn check(run: &Run) {
    for party in [Party::Client, Party::Server] {
        assert_eq!(*run.status(party), Status::Connected);
    }
}
