//! The handshakes that are timed, and our side of them.

use std::sync::Arc;

use padlock_pki::demo::{Authority, Holder, KeyChoice, Spec};
use padlock_pki::identity::Identity;
use padlock_pki::random::Random;
use padlock_pki::time::UnixSeconds;
use padlock_tls::Status;
use padlock_tls::codes::{CipherSuite, NamedGroup, ProtocolVersion};
use padlock_tls::config::{
    Behaviour, ClientConfig, ClientTls13, Preferences, Revocation, ServerConfig, ServerTls13,
};
use padlock_tls::run::Run;
use padlock_tls::suite::Suite13;
use padlock_tls::trace::Party;

/// The date of every run: nothing here depends on when it is measured.
pub(crate) const NOW: i64 = 1_795_285_800;

/// One way to shake hands.
#[derive(Clone, Copy)]
pub(crate) struct Case {
    pub(crate) name: &'static str,
    pub(crate) suite: CipherSuite,
    pub(crate) group: NamedGroup,
    /// The server's key, and its authority's.
    pub(crate) keys: [KeyChoice; 2],
    /// Whether the session of a handshake before is resumed.
    pub(crate) is_resumed: bool,
    /// Whether rustls can do it: it never had RSA key transport, and on `ring` no hybrid groups.
    pub(crate) has_yardstick: bool,
}

const TRANSPORT: Case = Case {
    name: "1.2, RSA key transport",
    suite: CipherSuite::TLS_RSA_WITH_AES_128_GCM_SHA256,
    group: NamedGroup::X25519,
    keys: [KeyChoice::Rsa, KeyChoice::P256],
    is_resumed: false,
    has_yardstick: false,
};

const TODAY: Case = Case {
    name: "1.3, P-256 certificates, X25519",
    suite: CipherSuite::TLS_AES_128_GCM_SHA256,
    keys: [KeyChoice::P256, KeyChoice::P256],
    has_yardstick: true,
    ..TRANSPORT
};

/// Each key exchange, all with AES-128-GCM; those on a curve with either curve that is in use.
pub(crate) const CASES: [Case; 9] = [
    TRANSPORT,
    Case {
        name: "1.2, ECDHE_RSA, X25519",
        suite: CipherSuite::TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
        has_yardstick: true,
        ..TRANSPORT
    },
    Case {
        name: "1.2, ECDHE_ECDSA (P-256), X25519",
        suite: CipherSuite::TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
        ..TODAY
    },
    Case {
        name: "1.2, ECDHE_ECDSA (P-256), P-256",
        suite: CipherSuite::TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
        group: NamedGroup::SECP256R1,
        ..TODAY
    },
    TODAY,
    Case {
        name: "1.3, P-256 certificates, P-256",
        group: NamedGroup::SECP256R1,
        ..TODAY
    },
    Case {
        name: "1.3, Ed25519 certificates, X25519",
        keys: [KeyChoice::Ed25519, KeyChoice::Ed25519],
        ..TODAY
    },
    Case {
        name: "1.3, P-256 certificates, X25519MLKEM768",
        group: NamedGroup::X25519_MLKEM768,
        has_yardstick: false,
        ..TODAY
    },
    Case {
        name: "1.3, resumed, X25519",
        is_resumed: true,
        ..TODAY
    },
];

impl Case {
    pub(crate) fn is_tls13(&self) -> bool {
        Suite13::of(self.suite).is_some()
    }

    /// The certificates: the trust anchor, and what the server shows.
    pub(crate) fn certificates(&self) -> (Vec<u8>, Identity) {
        let [key, authority] = self.keys;
        let authority = Authority::with_keys(authority, NOW).expect("the date has room around it");
        let spec = Spec {
            key,
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
            versions: vec![match self.is_tls13() {
                true => ProtocolVersion::TLS_1_3,
                false => ProtocolVersion::TLS_1_2,
            }],
            suites: vec![self.suite],
            groups: vec![self.group, NamedGroup::SECP256R1],
            ..Preferences::default()
        };
        let mut client = ClientConfig {
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
            tls13: ServerTls13 {
                ticket_key: self.is_tls13().then_some([7; 32]),
                tickets: 1,
                ..ServerTls13::default()
            },
        };
        let server = Arc::new(server);
        if self.is_resumed {
            let mut first = begin(&(Arc::new(client.clone()), server.clone()));
            while first.step() {}
            client.tls13.psks = first.take_tickets();
            assert_ne!(client.tls13.psks.len(), 0, "there is a ticket");
        }
        (Arc::new(client), server)
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
