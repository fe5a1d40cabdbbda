//! rustls doing the same: same suite, group and certificates, with `ring` as it is in the page.

use std::sync::Arc;

use padlock_pki::demo::Holder;
use rustls::client::Resumption;
use rustls::crypto::{CryptoProvider, ring};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer, ServerName, UnixTime};
use rustls::server::NoServerSessionStorage;
use rustls::time_provider::TimeProvider;
use rustls::version::TLS12;
use rustls::{
    ClientConfig, ClientConnection, ConnectionCommon, RootCertStore, ServerConfig,
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

/// Both configurations of rustls, for whole handshakes only: nothing is resumed.
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

        let mut client = ClientConfig::builder_with_details(provider.clone(), Arc::new(FixedTime))
            .with_protocol_versions(&[&TLS12])
            .expect("the suite is of TLS 1.2")
            .with_root_certificates(roots)
            .with_no_client_auth();
        client.resumption = Resumption::disabled();
        let mut server = ServerConfig::builder_with_details(provider, Arc::new(FixedTime))
            .with_protocol_versions(&[&TLS12])
            .expect("the suite is of TLS 1.2")
            .with_no_client_auth()
            .with_single_cert(chain, key)
            .expect("key and certificate belong together");
        server.session_storage = Arc::new(NoServerSessionStorage {});
        Self {
            client: Arc::new(client),
            server: Arc::new(server),
            name: ServerName::try_from(Holder::Shop.name()).expect("a name of DNS"),
        }
    }

    /// Both sides, from nothing to connected.
    pub(crate) fn handshake(&self) {
        let mut client = ClientConnection::new(self.client.clone(), self.name.clone())
            .expect("the configuration makes a ClientHello");
        let mut server =
            ServerConnection::new(self.server.clone()).expect("the configuration serves");
        while client.is_handshaking() || server.is_handshaking() {
            let carried = carry(&mut client, &mut server) + carry(&mut server, &mut client);
            assert_ne!(carried, 0, "neither has anything to say");
        }
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
