//! What a run of TLS 1.3, or one that resumes a session, has besides: preferences, tickets, and the
//! connection before.

use std::sync::Arc;

use padlock_pki::time::UnixSeconds;
use padlock_tls::codes::{NamedGroup, ProtocolVersion};
use padlock_tls::config::{
    Behaviour, ClientConfig, ClientTls13, Preferences, ServerConfig, ServerTls13,
};
use padlock_tls::resumption::SessionCache;
use padlock_tls::run::Run;

use super::{Stage, random, sample};
use crate::scenario::{KeyExchange, Scenario};

/// How long before the run the session began that it resumes, in seconds.
const BEFORE: i64 = 600;

/// How many bytes of early data the server takes; the test message is shorter.
const MAX_EARLY_DATA: u32 = 1024;

/// What client and server can do: both also speak TLS 1.2, as those of today do.
pub(super) fn preferences(scenario: &Scenario) -> (Preferences, Preferences) {
    let newer = scenario.key_exchange.suites();
    let mut client = Preferences {
        versions: vec![ProtocolVersion::TLS_1_3, ProtocolVersion::TLS_1_2],
        suites: newer.chain(KeyExchange::Ecdhe.suites()).collect(),
        ..Preferences::default()
    };
    if scenario.key_exchange == KeyExchange::Hybrid {
        client.groups.insert(0, NamedGroup::X25519_MLKEM768);
    }
    let mut server = Preferences {
        suites: vec![scenario.cipher_suite()],
        ..client.clone()
    };
    if scenario.key_exchange == KeyExchange::Retried {
        // The client sends a key share for its first group only.
        server.groups = vec![NamedGroup::SECP256R1];
    }
    (client, server)
}

/// What the server does besides: it gives out a ticket, or remembers sessions.
pub(super) fn server(scenario: &Scenario) -> ServerTls13 {
    match scenario.key_exchange {
        KeyExchange::Rsa | KeyExchange::Ecdhe => return ServerTls13::default(),
        KeyExchange::SessionId => {
            return ServerTls13 {
                sessions: Some(SessionCache::new(1)),
                ..ServerTls13::default()
            };
        }
        _ => {}
    }
    ServerTls13 {
        ticket_key: Some(random(scenario).fork("ticket key").bytes()),
        tickets: 1,
        max_early_data: match scenario.key_exchange {
            KeyExchange::EarlyData => MAX_EARLY_DATA,
            _ => 0,
        },
        ..ServerTls13::default()
    }
}

/// What the client does besides: it takes tickets.
pub(super) fn client(scenario: &Scenario) -> ClientTls13 {
    ClientTls13 {
        session_tickets: scenario.key_exchange == KeyExchange::SessionTicket,
        ..ClientTls13::default()
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
        let early = scenario.key_exchange == KeyExchange::EarlyData;
        if early && !self.client.tls13.psks.is_empty() {
            self.client.tls13.early_data = sample(scenario.setting).as_bytes().to_vec();
        }
    }
}
