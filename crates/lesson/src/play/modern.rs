//! What a run of TLS 1.3, or one that resumes a session, has besides: preferences, tickets, and the
//! connection before.

use std::sync::Arc;

use padlock_pki::digest::Hash;
use padlock_pki::time::UnixSeconds;
use padlock_tls::codes::{ProtocolVersion, PskKeyExchangeMode};
use padlock_tls::config::{
    Behaviour, ClientConfig, ClientTls13, Preferences, ServerConfig, ServerTls13,
};
use padlock_tls::psk::PreSharedKey;
use padlock_tls::resumption::SessionCache;
use padlock_tls::run::Run;
use padlock_tls::suite::Suite13;

use super::choices::with_group;
use super::{Stage, random, sample};
use crate::scenario::{CertificateChoice, KeyExchange, Scenario};

/// How long before the run the session began that it resumes, in seconds.
const BEFORE: i64 = 600;

/// How many bytes of early data the server takes; the test message is shorter.
const MAX_EARLY_DATA: u32 = 1024;

/// What client and server can do: both also speak TLS 1.2, as those of today do.
pub(super) fn preferences(scenario: &Scenario) -> (Preferences, Preferences) {
    let newer = scenario.key_exchange.suites();
    let usual = Preferences::default();
    let server_groups = with_group(scenario, usual.groups.clone());
    let retried = scenario.key_exchange == KeyExchange::Retried;
    let client = Preferences {
        versions: vec![ProtocolVersion::TLS_1_3, ProtocolVersion::TLS_1_2],
        suites: newer.chain(KeyExchange::Ecdhe.suites()).collect(),
        groups: match retried {
            true => usual.groups,
            false => server_groups.clone(),
        },
        ..Preferences::default()
    };
    let server = Preferences {
        suites: match scenario.certificate {
            // Where TLS 1.2 is spoken in the end, the one that suits the learner's key.
            CertificateChoice::Own => [scenario.cipher_suite()]
                .into_iter()
                .chain(KeyExchange::Ecdhe.suites())
                .collect(),
            _ => vec![scenario.cipher_suite(), KeyExchange::Ecdhe.suite()],
        },
        // The client sends a key share for its first group only, which is not this one.
        groups: match retried {
            true => scenario.named_group().into_iter().collect(),
            false => server_groups,
        },
        ..client.clone()
    };
    (client, server)
}

/// What the server does besides: it gives out a ticket, remembers sessions, or was given a key.
pub(super) fn server(scenario: &Scenario) -> ServerTls13 {
    match scenario.key_exchange {
        KeyExchange::Rsa | KeyExchange::Ecdhe => return ServerTls13::default(),
        KeyExchange::RsaSessionId | KeyExchange::SessionId => {
            return ServerTls13 {
                sessions: Some(SessionCache::new(1)),
                ..ServerTls13::default()
            };
        }
        KeyExchange::External => {
            return ServerTls13 {
                psks: vec![external(scenario)],
                ..ServerTls13::default()
            };
        }
        _ => {}
    }
    ServerTls13 {
        ticket_key: Some(random(scenario).fork("ticket key").bytes()),
        tickets: 1,
        max_early_data: match scenario.key_exchange.is_early() {
            true => MAX_EARLY_DATA,
            false => 0,
        },
        ..ServerTls13::default()
    }
}

/// What the client does besides: it takes tickets, or was given a key.
pub(super) fn client(scenario: &Scenario) -> ClientTls13 {
    let usual = ClientTls13::default();
    match scenario.key_exchange {
        KeyExchange::RsaSessionTicket | KeyExchange::SessionTicket => ClientTls13 {
            session_tickets: true,
            ..usual
        },
        KeyExchange::External => ClientTls13 {
            psks: vec![external(scenario)],
            ..usual
        },
        _ => usual,
    }
}

/// The key that both were given beforehand. Its name travels in the clear, so it tells little.
fn external(scenario: &Scenario) -> PreSharedKey {
    let key: [u8; 32] = random(scenario).fork("key given to both").bytes();
    let suite = Suite13::of(scenario.cipher_suite());
    PreSharedKey {
        hash: suite.map_or(Hash::Sha256, |suite| suite.hash),
        ..PreSharedKey::external(b"key 1".to_vec(), key.to_vec())
    }
}

impl Stage {
    /// The connection before: between the same two, ten minutes ago.
    pub(super) fn earlier(&self, scenario: &Scenario) -> Run {
        let now = UnixSeconds(scenario.date().0 - BEFORE);
        let unheard = |behaviour: Behaviour| Behaviour {
            trace: false,
            ..behaviour
        };
        let client = ClientConfig {
            now,
            behaviour: unheard(self.client.behaviour),
            ..self.client.clone()
        };
        let server = ServerConfig {
            now,
            behaviour: unheard(self.server.behaviour),
            ..self.server.clone()
        };
        let random = random(scenario).fork("earlier connection");
        Run::new(Arc::new(client), Arc::new(server), &random)
            .expect("the configuration has suites, and makes a ClientHello")
    }

    /// Gives the client what it kept of that connection; nothing, if it came to none.
    pub(super) fn resume(&mut self, scenario: &Scenario, earlier: &mut Run) {
        self.session = earlier.session().cloned();
        self.client.tls13.psks = earlier.take_tickets();
        match scenario.key_exchange {
            KeyExchange::PskAlone => self.client.tls13.psk_modes = vec![PskKeyExchangeMode::PSK_KE],
            // The ticket allows early data; the server does not want them any more.
            KeyExchange::EarlyRefused => self.server.tls13.max_early_data = 0,
            _ => {}
        }
        if scenario.key_exchange.is_early() && !self.client.tls13.psks.is_empty() {
            self.client.tls13.early_data = sample(scenario.setting).as_bytes().to_vec();
        }
    }
}
