//! Certificates of the demonstration, and configurations with them.

use padlock_pki::demo::{Authority, Holder, KeyChoice, Spec};
use padlock_pki::time::UnixSeconds;
use padlock_tls::config::{
    Behaviour, ClientConfig, ClientTls13, Identity, Preferences, Revocation, ServerConfig,
    ServerTls13,
};

/// The date of every test.
pub(crate) const NOW: i64 = 1_795_000_000;

pub(crate) fn authority() -> Authority {
    Authority::new(NOW).unwrap()
}

pub(crate) fn shop(key: KeyChoice) -> Identity {
    authority()
        .identity(Spec {
            key,
            ..Spec::new(Holder::Shop)
        })
        .unwrap()
}

/// A client's.
pub(crate) fn hr(key: KeyChoice) -> Identity {
    authority()
        .identity(Spec {
            key,
            ..Spec::new(Holder::Hr)
        })
        .unwrap()
}

/// A client that wants shop.example and can do everything.
pub(crate) fn client_config() -> ClientConfig {
    ClientConfig {
        server_name: "shop.example".to_owned(),
        anchors: vec![authority().root().to_vec()],
        identities: Vec::new(),
        now: UnixSeconds(NOW),
        preferences: Preferences::default(),
        behaviour: Behaviour::default(),
        revocation: Revocation::default(),
        tls13: ClientTls13::default(),
    }
}

/// shop.example, with a key of this kind, which can do everything.
pub(crate) fn server_config(identity: Identity) -> ServerConfig {
    ServerConfig {
        identities: vec![identity],
        client_authentication: None,
        now: UnixSeconds(NOW),
        preferences: Preferences::default(),
        behaviour: Behaviour::default(),
        tls13: ServerTls13::default(),
    }
}
