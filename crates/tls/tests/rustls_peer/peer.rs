//! rustls, made to do what a test asks for, and the wire to it.

use std::io::{Read, Write};
use std::sync::Arc;

use padlock_tls::Status;
use padlock_tls::codes::{
    AlertDescription, CipherSuite, NamedGroup, ProtocolVersion, SignatureScheme,
};
use padlock_tls::config::Identity;
use padlock_wire::CodePoint;
use rustls::crypto::{CryptoProvider, WebPkiSupportedAlgorithms, ring};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer, UnixTime};
use rustls::server::WebPkiClientVerifier;
use rustls::time_provider::TimeProvider;
use rustls::version::{TLS12, TLS13};
use rustls::{
    ClientConfig, ClientConnection, Connection, RootCertStore, ServerConfig, ServerConnection,
    SupportedProtocolVersion,
};

use crate::certificates::NOW;
use crate::party::Party;

/// What rustls may use; `None` means everything.
#[derive(Clone, Default)]
pub(crate) struct Offer {
    pub(crate) suite: Option<CipherSuite>,
    pub(crate) group: Option<NamedGroup>,
    /// The signatures that it verifies.
    pub(crate) scheme: Option<SignatureScheme>,
    pub(crate) protocols: Vec<Vec<u8>>,
    pub(crate) fragment: Option<usize>,
    /// Whether it speaks TLS 1.3, and that only; else 1.2.
    pub(crate) tls13: bool,
}

impl Offer {
    fn versions(&self) -> [&'static SupportedProtocolVersion; 1] {
        match self.tls13 {
            true => [&TLS13],
            false => [&TLS12],
        }
    }
}

#[derive(Debug)]
struct Clock;

impl TimeProvider for Clock {
    fn current_time(&self) -> Option<UnixTime> {
        let now = std::time::Duration::from_secs(NOW.try_into().ok()?);
        Some(UnixTime::since_unix_epoch(now))
    }
}

/// A rustls client that trusts `anchor` and wants shop.example.
pub(crate) fn client(offer: &Offer, anchor: &[u8], identity: Option<&Identity>) -> Connection {
    connect(client_config(offer, anchor, identity))
}

/// A connection of a rustls client to shop.example.
pub(crate) fn connect(config: Arc<ClientConfig>) -> Connection {
    let name = "shop.example".try_into().unwrap();
    ClientConnection::new(config, name).unwrap().into()
}

/// What a rustls client is set up with; several connections of it share their sessions.
pub(crate) fn client_config(
    offer: &Offer,
    anchor: &[u8],
    identity: Option<&Identity>,
) -> Arc<ClientConfig> {
    let builder = ClientConfig::builder_with_details(provider(offer), Arc::new(Clock))
        .with_protocol_versions(&offer.versions())
        .unwrap()
        .with_root_certificates(roots(anchor));
    let mut config = match identity {
        None => builder.with_no_client_auth(),
        Some(own) => builder.with_client_auth_cert(chain(own), key(own)).unwrap(),
    };
    config.alpn_protocols = offer.protocols.clone();
    config.max_fragment_size = offer.fragment;
    config.enable_early_data = true;
    Arc::new(config)
}

/// A rustls server, which asks for a certificate if it is told who may vouch for clients.
pub(crate) fn server(offer: &Offer, identity: &Identity, anchor: Option<&[u8]>) -> Connection {
    let config = server_config(offer, identity, anchor);
    ServerConnection::new(config).unwrap().into()
}

/// What a rustls server is set up with; several connections of it share their sessions.
pub(crate) fn server_config(
    offer: &Offer,
    identity: &Identity,
    anchor: Option<&[u8]>,
) -> Arc<ServerConfig> {
    let provider = provider(offer);
    let builder = ServerConfig::builder_with_details(Arc::clone(&provider), Arc::new(Clock))
        .with_protocol_versions(&offer.versions())
        .unwrap();
    let builder = match anchor {
        None => builder.with_no_client_auth(),
        Some(anchor) => builder.with_client_cert_verifier(
            WebPkiClientVerifier::builder_with_provider(Arc::new(roots(anchor)), provider)
                .build()
                .unwrap(),
        ),
    };
    let mut config = builder
        .with_single_cert(chain(identity), key(identity))
        .unwrap();
    config.alpn_protocols = offer.protocols.clone();
    config.max_fragment_size = offer.fragment;
    config.max_early_data_size = 1000;
    Arc::new(config)
}

fn provider(offer: &Offer) -> Arc<CryptoProvider> {
    let mut provider = ring::default_provider();
    if let Some(wanted) = offer.suite {
        provider
            .cipher_suites
            .retain(|suite| u32::from(u16::from(suite.suite())) == wanted.number());
        assert_eq!(provider.cipher_suites.len(), 1, "{wanted}");
    }
    if let Some(wanted) = offer.group {
        provider
            .kx_groups
            .retain(|group| u32::from(u16::from(group.name())) == wanted.number());
        assert_eq!(provider.kx_groups.len(), 1, "{wanted}");
    }
    if let Some(wanted) = offer.scheme {
        let all = provider.signature_verification_algorithms;
        let mapping = all.mapping.iter();
        let wanted: Vec<_> = mapping
            .filter(|(scheme, _)| u32::from(u16::from(*scheme)) == wanted.number())
            .copied()
            .collect();
        assert_eq!(wanted.len(), 1);
        // Certificates may still be signed by any: `all` stays as it is.
        provider.signature_verification_algorithms = WebPkiSupportedAlgorithms {
            mapping: wanted.leak(),
            ..all
        };
    }
    Arc::new(provider)
}

fn roots(anchor: &[u8]) -> RootCertStore {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from(anchor.to_vec())).unwrap();
    roots
}

fn chain(identity: &Identity) -> Vec<CertificateDer<'static>> {
    identity
        .chain
        .iter()
        .map(|der| CertificateDer::from(der.clone()))
        .collect()
}

fn key(identity: &Identity) -> PrivateKeyDer<'static> {
    PrivatePkcs8KeyDer::from(identity.key.to_pkcs8_der().unwrap()).into()
}

/// One of our parties and rustls at the ends of a wire.
pub(crate) struct Wire<P> {
    pub(crate) ours: P,
    pub(crate) theirs: Connection,
    /// How many bytes the wire carries at a time.
    pub(crate) portion: usize,
    /// Why rustls gave up, if it did.
    pub(crate) refusal: Option<rustls::Error>,
    received: (Vec<u8>, Vec<u8>),
}

impl<P: Party> Wire<P> {
    pub(crate) fn new(ours: P, theirs: Connection) -> Self {
        let (portion, refusal) = (usize::MAX, None);
        Self {
            ours,
            theirs,
            portion,
            refusal,
            received: Default::default(),
        }
    }

    /// Carries bytes both ways until there are no more.
    pub(crate) fn carry(&mut self) {
        loop {
            let from_ours = self.ours.output();
            let mut from_theirs = Vec::new();
            while self.theirs.wants_write() {
                self.theirs.write_tls(&mut from_theirs).unwrap();
            }
            if from_ours.is_empty() && from_theirs.is_empty() {
                return;
            }
            for portion in from_ours.chunks(self.portion) {
                self.deliver(portion);
            }
            for portion in from_theirs.chunks(self.portion) {
                // Whether it failed, the status says.
                let _ = self.ours.receive(portion);
            }
            self.received.0.append(&mut self.ours.received());
        }
    }

    /// What we received so far.
    pub(crate) fn take_received(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.received.0)
    }

    fn deliver(&mut self, mut bytes: &[u8]) {
        while !bytes.is_empty() && self.refusal.is_none() {
            self.theirs.read_tls(&mut bytes).unwrap();
            match self.theirs.process_new_packets() {
                Ok(state) => {
                    let mut plain = vec![0; state.plaintext_bytes_to_read()];
                    self.theirs.reader().read_exact(&mut plain).unwrap();
                    self.received.1.append(&mut plain);
                }
                Err(error) => self.refusal = Some(error),
            }
        }
    }

    /// Carries the handshake, data of this length both ways, and both close_notify.
    #[track_caller]
    pub(crate) fn converse(mut self, length: usize) -> Self {
        self.carry();
        assert_eq!(self.refusal, None);
        assert_eq!(*self.ours.status(), Status::Connected);
        assert!(!self.theirs.is_handshaking());
        let data: Vec<u8> = (0..=u8::MAX).cycle().take(length).collect();
        self.ours.send(&data).unwrap();
        self.carry();
        let mut rest = &data[..];
        while !rest.is_empty() {
            // rustls takes so much at a time.
            let taken = self.theirs.writer().write(rest).unwrap();
            rest = &rest[taken..];
            self.carry();
        }
        assert!(self.received.1 == data, "what rustls received");
        assert!(self.received.0 == data, "what we received");
        self
    }

    /// Closes from our side, or from theirs.
    #[track_caller]
    pub(crate) fn close(mut self, ours_first: bool) {
        match ours_first {
            true => self.ours.close(),
            false => self.theirs.send_close_notify(),
        }
        self.carry();
        let version = self.ours.agreement().map(|agreement| agreement.version);
        if !ours_first && version == Some(ProtocolVersion::TLS_1_3) {
            assert_eq!(*self.ours.status(), Status::PeerClosed);
            self.ours.send(b"the rest").unwrap();
            self.received.1.clear();
            self.ours.close();
            self.carry();
            assert_eq!(self.received.1, b"the rest");
        }
        if ours_first {
            assert_eq!(*self.ours.status(), Status::Closing);
            self.theirs.send_close_notify();
            self.carry();
        }
        assert_eq!(*self.ours.status(), Status::Closed);
        assert_eq!(self.ours.receive_end(), Ok(()));
        let state = self.theirs.process_new_packets().unwrap();
        assert!(state.peer_has_closed());
    }
}

/// An alert as rustls names it.
pub(crate) fn alert(description: AlertDescription) -> rustls::Error {
    rustls::Error::AlertReceived(description.0.into())
}
