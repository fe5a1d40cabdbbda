//! rustls doing the same: same suite, group and certificates, with `ring` as it is in the page.

use std::sync::Arc;

use padlock_pki::demo::Holder;
use rustls::client::Resumption;
use rustls::crypto::{CryptoProvider, ring};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer, ServerName, UnixTime};
use rustls::server::NoServerSessionStorage;
use rustls::time_provider::TimeProvider;
use rustls::version::{TLS12, TLS13};
use rustls::{
    ClientConfig, ClientConnection, ConnectionCommon, HandshakeKind, RootCertStore, ServerConfig,
    ServerConnection, SideData,
};

use super::cases::{Case, NOW};

/// A browser's wasm has no clock of its own; the date is that of our runs.
#[derive(Debug)]
struct FixedTime;

impl TimeProvider for FixedTime {
    fn current_time(&self) -> Option<UnixTime> {
        let seconds = u64::try_from(NOW).ok()?;
        Some(UnixTime::since_unix_epoch(std::time::Duration::from_secs(
            seconds,
        )))
    }
}

/// Both configurations of rustls.
pub(crate) struct Yardstick {
    client: Arc<ClientConfig>,
    server: Arc<ServerConfig>,
    name: ServerName<'static>,
}

impl Yardstick {
    pub(crate) fn new(case: &Case) -> Self {
        let (root, identity) = case.certificates();
        let provider = Arc::new(provider(case));
        let mut roots = RootCertStore::empty();
        roots
            .add(CertificateDer::from(root))
            .expect("the root is a certificate");
        let key = identity.key.to_pkcs8_der().expect("the key can be written");
        let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(key));
        let chain = identity
            .chain
            .into_iter()
            .map(CertificateDer::from)
            .collect();

        let version = if case.is_tls13() { &TLS13 } else { &TLS12 };
        let mut client = ClientConfig::builder_with_details(provider.clone(), Arc::new(FixedTime))
            .with_protocol_versions(&[version])
            .expect("the suite is of that version")
            .with_root_certificates(roots)
            .with_no_client_auth();
        client.resumption = match case.is_resumed {
            true => Resumption::in_memory_sessions(4),
            false => Resumption::disabled(),
        };
        let mut server = ServerConfig::builder_with_details(provider, Arc::new(FixedTime))
            .with_protocol_versions(&[version])
            .expect("the suite is of that version")
            .with_no_client_auth()
            .with_single_cert(chain, key)
            .expect("key and certificate belong together");
        match case.is_tls13() {
            true => {
                server.ticketer = ring::Ticketer::new().expect("there is entropy");
                server.send_tls13_tickets = 1;
            }
            false => server.session_storage = Arc::new(NoServerSessionStorage {}),
        }
        let yardstick = Self {
            client: Arc::new(client),
            server: Arc::new(server),
            name: ServerName::try_from(Holder::Shop.name()).expect("a name of DNS"),
        };
        // The first gives what the others resume with.
        yardstick.handshake();
        let kind = yardstick.handshake();
        assert_eq!(kind == HandshakeKind::Resumed, case.is_resumed);
        yardstick
    }

    /// Both sides, from nothing to connected, and the ticket behind that.
    pub(crate) fn handshake(&self) -> HandshakeKind {
        let mut client = ClientConnection::new(self.client.clone(), self.name.clone())
            .expect("the configuration makes a ClientHello");
        let mut server =
            ServerConnection::new(self.server.clone()).expect("the configuration serves");
        while client.is_handshaking() || server.is_handshaking() {
            let carried = carry(&mut client, &mut server) + carry(&mut server, &mut client);
            assert_ne!(carried, 0, "neither has anything to say");
        }
        carry(&mut server, &mut client);
        client.handshake_kind().expect("it is over")
    }
}

/// The provider of the page's `ring`, cut down to what the case is about.
fn provider(case: &Case) -> CryptoProvider {
    let mut provider = ring::default_provider();
    let suite = case.suite.0;
    provider
        .cipher_suites
        .retain(|offered| u16::from(offered.suite()) == suite);
    let group = case.group.0;
    provider
        .kx_groups
        .retain(|offered| u16::from(offered.name()) == group);
    provider
}

/// Carries what `from` has to say to `to`.
fn carry<A: SideData, B: SideData>(
    from: &mut ConnectionCommon<A>,
    to: &mut ConnectionCommon<B>,
) -> usize {
    let mut bytes = Vec::new();
    while from.wants_write() {
        from.write_tls(&mut bytes).expect("memory takes all");
    }
    let mut rest = bytes.as_slice();
    while !rest.is_empty() {
        to.read_tls(&mut rest).expect("memory gives all");
        to.process_new_packets()
            .expect("the other side does as the standard says");
    }
    bytes.len()
}
