//! What the parties are set up with: plain data.

pub use padlock_pki::identity::Identity;
use padlock_pki::key::KeyKind;
use padlock_pki::signature::SignatureAlgorithm;
use padlock_pki::time::UnixSeconds;
use padlock_pki::verify::KeyUse;

use crate::codes::{CipherSuite, NamedGroup, ProtocolVersion, PskKeyExchangeMode, SignatureScheme};
#[cfg(feature = "tls13")]
use crate::crypto::hybrid::Hybrid;
use crate::crypto::kx::Group;
use crate::psk::{PreSharedKey, ReplayGuard};
use crate::suite::{KeyExchange, Suite, Suite13};

/// What a party can do and prefers, the best first in each list.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Preferences {
    /// The versions: TLS 1.2, TLS 1.3, or both.
    pub versions: Vec<ProtocolVersion>,
    /// The cipher suites.
    pub suites: Vec<CipherSuite>,
    /// The groups for (EC)DHE; the hybrid ones are for TLS 1.3 alone.
    pub groups: Vec<NamedGroup>,
    /// The signature algorithms.
    pub schemes: Vec<SignatureScheme>,
    /// The application protocols, for ALPN; none means that it is not spoken of.
    pub protocols: Vec<Vec<u8>>,
    /// Whether to bind the master secret to the whole handshake (RFC 7627).
    pub extended_master_secret: bool,
    /// Whether to authenticate CBC records after encryption (RFC 7366).
    pub encrypt_then_mac: bool,
}

impl Default for Preferences {
    /// Everything that Padlock can do in TLS 1.2, what is safest first.
    fn default() -> Self {
        Self {
            versions: vec![ProtocolVersion::TLS_1_2],
            suites: Suite::ALL.iter().map(|suite| suite.code).collect(),
            groups: vec![
                NamedGroup::X25519,
                NamedGroup::SECP256R1,
                NamedGroup::SECP384R1,
            ],
            schemes: vec![
                SignatureScheme::ECDSA_SECP256R1_SHA256,
                SignatureScheme::ECDSA_SECP384R1_SHA384,
                SignatureScheme::ED25519,
                SignatureScheme::RSA_PSS_RSAE_SHA256,
                SignatureScheme::RSA_PSS_RSAE_SHA384,
                SignatureScheme::RSA_PSS_RSAE_SHA512,
                SignatureScheme::RSA_PKCS1_SHA256,
                SignatureScheme::RSA_PKCS1_SHA384,
                SignatureScheme::RSA_PKCS1_SHA512,
            ],
            protocols: Vec::new(),
            extended_master_secret: true,
            encrypt_then_mac: true,
        }
    }
}

impl Preferences {
    /// Everything that Padlock can do in TLS 1.3 and 1.2, but for CCM, which nobody prefers, and the hybrid
    /// groups, which make the hellos a kilobyte longer: who wants them puts them into `suites` and `groups`.
    #[must_use]
    pub fn modern() -> Self {
        let all = Self::default();
        let suites = Suite13::ALL.iter().map(|suite| suite.code);
        Self {
            versions: vec![ProtocolVersion::TLS_1_3, ProtocolVersion::TLS_1_2],
            suites: suites.chain(all.suites.iter().copied()).collect(),
            ..all
        }
    }

    /// Whether this version is preferred, and was built in.
    #[must_use]
    pub fn speaks(&self, version: ProtocolVersion) -> bool {
        (cfg!(feature = "tls13") || version != ProtocolVersion::TLS_1_3)
            && self.versions.contains(&version)
    }

    /// The suites that Padlock can use, of those preferred.
    pub(crate) fn known_suites(&self) -> impl Iterator<Item = Suite> + '_ {
        self.suites.iter().filter_map(|code| Suite::of(*code))
    }

    /// Whether any suite makes ephemeral keys on a curve.
    pub(crate) fn has_ephemeral_suite(&self) -> bool {
        self.known_suites()
            .any(|suite| suite.key_exchange.is_ephemeral())
    }
}

/// How a party behaves that has nothing to do with what it can do.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Behaviour {
    /// Whether to report what happens (see [`crate::trace`]).
    pub trace: bool,
    /// Whether to put messages that are sent at once, under the same keys, into as few records as they
    /// fit, instead of each into its own.
    pub coalesce: bool,
    /// The most bytes that a record carries; 0 means as many as the standard allows.
    pub fragment: usize,
    /// Whether a server shows its certificate also where that does not let its key be used so, as
    /// many do.
    pub careless: bool,
}

/// What a client is set up with.
#[derive(Clone, Debug)]
pub struct ClientConfig {
    /// The name that the server's certificate must be for: a DNS name or an IP address.
    pub server_name: String,
    /// The certificates of the authorities that the client trusts, DER.
    pub anchors: Vec<Vec<u8>>,
    /// The client's own certificates, if it has any. Of those whose key the server takes, the first is
    /// shown that the server can verify, by an authority that it names; without one, the first.
    pub identities: Vec<Identity>,
    /// The time at which the connection begins and certificates should be valid; later the client
    /// may be [told](crate::client::Client::set_now) another.
    pub now: UnixSeconds,
    /// What it can do.
    pub preferences: Preferences,
    /// How it behaves.
    pub behaviour: Behaviour,
    /// What it knows of revoked certificates.
    pub revocation: Revocation,
    /// What it does besides in TLS 1.3.
    pub tls13: ClientTls13,
}

/// What a client knows of revoked certificates, and whether it asks for more. It takes the feature
/// `study`; without, nothing is known.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Revocation {
    /// Lists of revoked certificates, DER. As soon as there is one, the server's certificate must be
    /// found not revoked in one by its issuer.
    pub crls: Vec<Vec<u8>>,
    /// Whether to ask for a status along with the certificates (`status_request`, RFC 6066 §8), and
    /// to refuse a certificate that promises one (RFC 7633) and comes without. Such a response is not
    /// understood yet: a server that sends one is answered by an alert.
    pub asks_for_status: bool,
}

/// What a client does in TLS 1.3, and where a session of TLS 1.2 is resumed, if it is told to.
#[derive(Clone, Debug, Default)]
pub struct ClientTls13 {
    /// The pre-shared keys that it offers, the best first: external ones, and tickets.
    pub psks: Vec<PreSharedKey>,
    /// How it would use them; none means with (EC)DHE.
    pub psk_modes: Vec<PskKeyExchangeMode>,
    /// What it sends along with the `ClientHello`, if the first pre-shared key allows so much.
    pub early_data: Vec<u8>,
    /// Whether to offer values that mean nothing, so that nobody gets used to their absence
    /// (RFC 8701), and a sham Encrypted Client Hello (RFC 9849 §6.2).
    pub grease: bool,
    /// The most bytes of plaintext that a record to it may carry, type and padding included
    /// (RFC 8449); from 64 to 2¹⁴ + 1. If the server chooses TLS 1.2, content alone is counted.
    pub record_size_limit: Option<u16>,
    /// What the plaintext of each record is padded to a multiple of; 0 for no padding.
    pub padding: usize,
    /// Whether it offers to show its certificate when it is asked after the handshake (RFC 9846
    /// §4.7.2).
    pub post_handshake_auth: bool,
    /// Whether it asks for a ticket where TLS 1.2 is spoken (RFC 5077).
    pub session_tickets: bool,
}

/// What a server does in TLS 1.3, and where a session of TLS 1.2 is resumed, if it is told to.
#[derive(Clone, Debug, Default)]
pub struct ServerTls13 {
    /// The external pre-shared keys that it knows. Whoever has one is let in by it alone, without
    /// certificate, even where [`ClientAuthentication::required`] asks for one.
    pub psks: Vec<PreSharedKey>,
    /// The key of its tickets, those of TLS 1.2 included; without one there are none.
    pub ticket_key: Option<[u8; 32]>,
    /// How many tickets it sends after the handshake; in TLS 1.2 one at most, to clients that ask. None
    /// is good for longer than two hours from when the session began, however often it is resumed.
    pub tickets: usize,
    /// The sessions of TLS 1.2 that it remembers for clients that take no ticket; without it, none.
    #[cfg(feature = "tls13")]
    pub sessions: Option<crate::resumption::SessionCache>,
    /// How many bytes of early data it takes; 0 for none.
    pub max_early_data: u32,
    /// What it remembers so as to take early data only once. A server without is careless: who
    /// recorded early data can send it again (RFC 9846 §8).
    pub replay_guard: Option<ReplayGuard>,
    /// Whether clients that offer it are asked for their certificates not in the handshake but later
    /// (RFC 9846 §4.7.2), by [`Server::request_certificate`](crate::server::Server::request_certificate).
    pub post_handshake_auth: bool,
    /// Whether it asks every client of TLS 1.3 for a second `ClientHello`, with a cookie.
    pub cookie: bool,
    /// The most bytes of plaintext that a record to it may carry, type and padding included
    /// (RFC 8449); from 64 to 2¹⁴ + 1. It is told to clients that tell theirs, in TLS 1.2 too, where
    /// content alone is counted.
    pub record_size_limit: Option<u16>,
    /// What the plaintext of each record is padded to a multiple of; 0 for no padding.
    pub padding: usize,
}

/// What a server is set up with.
#[derive(Clone, Debug)]
pub struct ServerConfig {
    /// Its certificates; the first whose key suits a suite, and may be used so, is used with it. If some
    /// are for the name that the client wants, it is one of these. Those that the client can verify,
    /// by an authority that it names, go before the others.
    pub identities: Vec<Identity>,
    /// Whether and whom it asks for a certificate.
    pub client_authentication: Option<ClientAuthentication>,
    /// The time at which a connection begins and certificates should be valid; later the server may
    /// be [told](crate::server::Server::set_now) another, also before anything has come.
    pub now: UnixSeconds,
    /// What it can do.
    pub preferences: Preferences,
    /// How it behaves.
    pub behaviour: Behaviour,
    /// What it does besides in TLS 1.3.
    pub tls13: ServerTls13,
}

/// How a server asks for the client's certificate.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ClientAuthentication {
    /// The certificates of the authorities that may vouch for clients, DER.
    pub anchors: Vec<Vec<u8>>,
    /// Whether a client without certificate is refused. A session is resumed only with the
    /// certificates that the client showed when it began, which are judged again; an external
    /// pre-shared key stands in for a certificate. With [`ServerTls13::post_handshake_auth`] a client that
    /// offers that is connected before it is asked: what it sends until then comes from anybody.
    pub required: bool,
    /// Lists of revoked certificates, DER, as [`Revocation::crls`] are for a client.
    pub crls: Vec<Vec<u8>>,
}

impl ClientAuthentication {
    /// Asks for certificates below these authorities, of which none is known to be revoked.
    #[must_use]
    pub const fn new(anchors: Vec<Vec<u8>>, required: bool) -> Self {
        Self {
            anchors,
            required,
            crls: Vec::new(),
        }
    }
}

impl NamedGroup {
    /// The curve, if it is one that Padlock can compute in.
    #[must_use]
    pub const fn group(self) -> Option<Group> {
        match self {
            Self::X25519 => Some(Group::X25519),
            Self::SECP256R1 => Some(Group::Secp256r1),
            Self::SECP384R1 => Some(Group::Secp384r1),
            _ => None,
        }
    }
}

impl NamedGroup {
    /// Whether a curve is combined with ML-KEM in it.
    pub(crate) const fn is_hybrid(self) -> bool {
        matches!(self, Self::X25519_MLKEM768 | Self::SECP256R1_MLKEM768)
    }
}

#[cfg(feature = "tls13")]
impl NamedGroup {
    /// The hybrid group, if it is one that Padlock can compute in. There are none in TLS 1.2.
    #[must_use]
    pub const fn hybrid(self) -> Option<Hybrid> {
        match self {
            Self::X25519_MLKEM768 => Some(Hybrid::X25519MlKem768),
            Self::SECP256R1_MLKEM768 => Some(Hybrid::Secp256r1MlKem768),
            _ => None,
        }
    }

    /// The curve of a hybrid group.
    #[must_use]
    pub const fn of_curve(hybrid: Hybrid) -> Self {
        match hybrid {
            Hybrid::X25519MlKem768 => Self::X25519,
            Hybrid::Secp256r1MlKem768 => Self::SECP256R1,
        }
    }

    /// Whether Padlock can compute in it in TLS 1.3.
    pub(crate) const fn is_computable13(self) -> bool {
        self.group().is_some() || self.hybrid().is_some()
    }
}

impl SignatureScheme {
    /// The algorithm that this code point means with a key of this kind in TLS 1.2, where ECDSA's
    /// code points name the hash only (RFC 9846 §4.3.3); `None` if they do not go together.
    #[must_use]
    pub fn algorithm(self, key: &KeyKind) -> Option<SignatureAlgorithm> {
        Some(match (self, key) {
            (Self::RSA_PKCS1_SHA256, KeyKind::Rsa { .. }) => SignatureAlgorithm::RsaPkcs1Sha256,
            (Self::RSA_PKCS1_SHA384, KeyKind::Rsa { .. }) => SignatureAlgorithm::RsaPkcs1Sha384,
            (Self::RSA_PKCS1_SHA512, KeyKind::Rsa { .. }) => SignatureAlgorithm::RsaPkcs1Sha512,
            (Self::RSA_PSS_RSAE_SHA256, KeyKind::Rsa { .. }) => SignatureAlgorithm::RsaPssSha256,
            (Self::RSA_PSS_RSAE_SHA384, KeyKind::Rsa { .. }) => SignatureAlgorithm::RsaPssSha384,
            (Self::RSA_PSS_RSAE_SHA512, KeyKind::Rsa { .. }) => SignatureAlgorithm::RsaPssSha512,
            (Self::ECDSA_SECP256R1_SHA256, KeyKind::P256) => SignatureAlgorithm::EcdsaP256Sha256,
            (Self::ECDSA_SECP256R1_SHA256, KeyKind::P384) => SignatureAlgorithm::EcdsaP384Sha256,
            (Self::ECDSA_SECP384R1_SHA384, KeyKind::P256) => SignatureAlgorithm::EcdsaP256Sha384,
            (Self::ECDSA_SECP384R1_SHA384, KeyKind::P384) => SignatureAlgorithm::EcdsaP384Sha384,
            (Self::ED25519, KeyKind::Ed25519) => SignatureAlgorithm::Ed25519,
            _ => return None,
        })
    }
}

impl SignatureScheme {
    /// The algorithm that this code point means in a CertificateVerify of TLS 1.3 with a key of
    /// this kind: the curve is part of it, and PKCS#1 v1.5 is for certificates only
    /// (RFC 9846 §4.3.3).
    #[must_use]
    pub fn algorithm13(self, key: &KeyKind) -> Option<SignatureAlgorithm> {
        let algorithm = self.algorithm(key)?;
        match algorithm {
            SignatureAlgorithm::EcdsaP256Sha256
            | SignatureAlgorithm::EcdsaP384Sha384
            | SignatureAlgorithm::Ed25519
            | SignatureAlgorithm::RsaPssSha256
            | SignatureAlgorithm::RsaPssSha384
            | SignatureAlgorithm::RsaPssSha512 => Some(algorithm),
            _ => None,
        }
    }
}

impl KeyExchange {
    /// What the server's certified key does in it.
    pub(crate) const fn key_use(self) -> KeyUse {
        match self {
            Self::Rsa => KeyUse::Encipherment,
            Self::EcdheRsa | Self::EcdheEcdsa => KeyUse::Signature,
        }
    }

    /// Whether a certificate with a key of this kind serves it.
    #[must_use]
    pub const fn suits(self, key: &KeyKind) -> bool {
        match self {
            Self::Rsa | Self::EcdheRsa => matches!(key, KeyKind::Rsa { .. }),
            Self::EcdheEcdsa => matches!(key, KeyKind::P256 | KeyKind::P384 | KeyKind::Ed25519),
        }
    }
}
