//! What to try: a scenario is plain data, and the page's address holds it.
//!
//! The same scenario gives the same bytes, on every machine. Its text is the query of an address:
//!
//! ```
//! use padlock_lesson::scenario::{CertificateChoice, Scenario};
//!
//! let (parts, problems) = Scenario::from_query("setting=shop&kx=rsa&cert=expired");
//! assert!(problems.is_empty());
//! let scenario = parts.complete([7; 16], 1_795_285_800);
//! assert_eq!(scenario.certificate, CertificateChoice::Expired);
//! let query = scenario.to_query();
//! assert_eq!(Scenario::from_query(&query).0.complete([0; 16], 0), scenario);
//! ```

use padlock_pki::time::UnixSeconds;
use padlock_tls::codes::{CipherSuite, NamedGroup, ProtocolVersion};
use padlock_tls::suite::{Suite, Suite13};
use padlock_wire::hex;

use crate::problem::Problem;
use crate::text::{Text, say};

mod query;

use query::Fields;

/// What a run is to be like.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Scenario {
    /// Who talks to whom.
    pub setting: Setting,
    /// Which version is spoken, and how both come to their first secret.
    pub key_exchange: KeyExchange,
    /// The cipher suite; `None` for the one that the story is told with.
    pub suite: Option<CipherSuite>,
    /// In which group fresh keys are made; `None` for the one that the story is told with.
    pub group: Option<NamedGroup>,
    /// What the server's certificate is like.
    pub certificate: CertificateChoice,
    /// Whether the server asks for the client's certificate, and what it gets.
    pub client_certificate: ClientCertificateChoice,
    /// Of which sort the keys of the certification authority are.
    pub authority: AuthorityKeys,
    /// What somebody on the way does.
    pub meddling: Meddling,
    /// What all random bytes of the run come from.
    pub seed: [u8; 16],
    /// The date of the run, in seconds since 1970 (UTC).
    pub now: i64,
}

/// A scenario as an address gives it: what is not said of seed and date, the caller draws.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Parts {
    /// Who talks to whom.
    pub setting: Setting,
    /// Which version is spoken, and how both come to their first secret.
    pub key_exchange: KeyExchange,
    /// The cipher suite.
    pub suite: Option<CipherSuite>,
    /// In which group fresh keys are made.
    pub group: Option<NamedGroup>,
    /// What the server's certificate is like.
    pub certificate: CertificateChoice,
    /// Whether the server asks for the client's certificate, and what it gets.
    pub client_certificate: ClientCertificateChoice,
    /// Of which sort the keys of the certification authority are.
    pub authority: AuthorityKeys,
    /// What somebody on the way does.
    pub meddling: Meddling,
    /// The seed, if the address has one.
    pub seed: Option<[u8; 16]>,
    /// The date, if the address has one.
    pub now: Option<i64>,
}

/// 1995-01-01T00:00:00Z: before the web had certificates, there is nothing to tell.
pub const FIRST_DATE: i64 = 788_918_400;
/// 2999-12-31T23:59:59Z
pub const LAST_DATE: i64 = 32_503_679_999;

/// Defines an enumeration of choices, each with its word in an address and its texts.
macro_rules! choices {
    (
        $(#[$meta:meta])*
        $name:ident {
            $( $(#[$choice_meta:meta])* $choice:ident = $word:literal, $title:ident, $about:ident; )*
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
        pub enum $name {
            $( $(#[$choice_meta])* $choice, )*
        }

        impl $name {
            /// Every choice, in the order in which a page offers them.
            pub const ALL: &[Self] = &[$(Self::$choice),*];

            /// Its word in an address.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self {
                    $( Self::$choice => $word, )*
                }
            }

            /// The choice with this word.
            #[must_use]
            pub fn from_word(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|choice| choice.word() == word)
            }

            /// What it is called.
            #[must_use]
            pub fn title(self) -> Text {
                match self {
                    $( Self::$choice => say::$title(), )*
                }
            }

            /// What it means for the run.
            #[must_use]
            pub fn about(self) -> Text {
                match self {
                    $( Self::$choice => say::$about(), )*
                }
            }
        }
    };
}

choices! {
    /// Who talks to whom.
    Setting {
        /// A browser and a shop.
        #[default]
        Shop = "shop", scenario_setting_shop, scenario_setting_shop_about;
        /// Two servers that exchange payroll data.
        Payroll = "payroll", scenario_setting_payroll, scenario_setting_payroll_about;
    }
}

choices! {
    /// Which version is spoken, and how both sides come to their first secret.
    KeyExchange {
        /// The client makes it and encrypts it to the server's key (RFC 5246 §7.4.7.1).
        #[default]
        Rsa = "rsa", scenario_kx_rsa, scenario_kx_rsa_about;
        /// They have it from such a connection, which the server remembers (RFC 5246 §7.3).
        RsaSessionId = "rsa-id", scenario_kx_rsa_session_id, scenario_kx_session_id_about;
        /// They have it from such a connection, of which the client kept a ticket (RFC 5077).
        RsaSessionTicket = "rsa-ticket", scenario_kx_rsa_session_ticket, scenario_kx_session_ticket_about;
        /// Both agree on it, by keys made for this connection alone (RFC 8422 §2).
        Ecdhe = "ecdhe", scenario_kx_ecdhe, scenario_kx_ecdhe_about;
        /// They have it from such a connection, which the server remembers.
        SessionId = "ecdhe-id", scenario_kx_session_id, scenario_kx_session_id_about;
        /// They have it from such a connection, of which the client kept a ticket.
        SessionTicket = "ecdhe-ticket", scenario_kx_session_ticket, scenario_kx_session_ticket_about;
        /// TLS 1.3: they agree on it in their very first messages (RFC 9846 §2).
        Tls13 = "tls13", scenario_kx_tls13, scenario_kx_tls13_about;
        /// TLS 1.3 with a hybrid group: a curve and ML-KEM-768 together.
        Hybrid = "tls13-hybrid", scenario_kx_hybrid, scenario_kx_hybrid_about;
        /// TLS 1.3 whose server asks for another key share first (RFC 9846 §2.1).
        Retried = "tls13-retry", scenario_kx_retried, scenario_kx_retried_about;
        /// TLS 1.3 that goes on from an earlier connection (RFC 9846 §2.2).
        Resumed = "tls13-resumed", scenario_kx_resumed, scenario_kx_resumed_about;
        /// The same without fresh keys: by the pre-shared key alone (RFC 9846 §4.3.9).
        PskAlone = "tls13-psk-ke", scenario_kx_psk_alone, scenario_kx_psk_alone_about;
        /// TLS 1.3 that goes on from an earlier connection, with data in the first flight
        /// (RFC 9846 §2.3).
        EarlyData = "tls13-early", scenario_kx_early, scenario_kx_early_about;
        /// The same, and the server does not take them (RFC 9846 §4.3.10).
        EarlyRefused = "tls13-early-refused", scenario_kx_early_refused, scenario_kx_early_refused_about;
        /// TLS 1.3 with a key that both were given beforehand (RFC 9846 §2.2, RFC 9257).
        External = "tls13-psk", scenario_kx_external, scenario_kx_external_about;
    }
}

choices! {
    /// What the server's certificate is like.
    CertificateChoice {
        /// Nothing is wrong with it.
        #[default]
        Good = "good", scenario_cert_good, scenario_cert_good_about;
        /// Its time is over.
        Expired = "expired", scenario_cert_expired, scenario_cert_expired_about;
        /// Its time has not come.
        NotYetValid = "not-yet-valid", scenario_cert_not_yet_valid, scenario_cert_not_yet_valid_about;
        /// It names another server.
        WrongName = "wrong-name", scenario_cert_wrong_name, scenario_cert_wrong_name_about;
        /// Its issuer leads to no root that the client trusts.
        UnknownIssuer = "unknown-issuer", scenario_cert_unknown_issuer, scenario_cert_unknown_issuer_about;
        /// It names the server only in its common name.
        NoAlternativeNames = "no-san", scenario_cert_no_san, scenario_cert_no_san_about;
        /// Its wildcard does not reach down to the server's name.
        Wildcard = "wildcard", scenario_cert_wildcard, scenario_cert_wildcard_about;
        /// Its issuer may not vouch for this name.
        NameNotPermitted = "name-constraint", scenario_cert_name_constraint, scenario_cert_name_constraint_about;
        /// The server signed it itself.
        SelfSigned = "self-signed", scenario_cert_self_signed, scenario_cert_self_signed_about;
        /// The certificate of its issuer does not come along.
        MissingIntermediate = "missing-intermediate", scenario_cert_missing_intermediate, scenario_cert_missing_intermediate_about;
        /// It is good, and those that come along stand in the wrong order.
        WrongOrder = "wrong-order", scenario_cert_wrong_order, scenario_cert_wrong_order_about;
        /// It is good, and another authority has the name of its issuer.
        SameName = "same-name", scenario_cert_same_name, scenario_cert_same_name_about;
        /// Its issuer has the name of a trusted one, and not the key.
        Impostor = "impostor", scenario_cert_impostor, scenario_cert_impostor_about;
        /// Its issuer is no authority.
        LeafAsAuthority = "leaf-as-ca", scenario_cert_leaf_as_ca, scenario_cert_leaf_as_ca_about;
        /// More authorities stand above it than one of them allows.
        PathTooLong = "path-too-long", scenario_cert_path_too_long, scenario_cert_path_too_long_about;
        /// Its key is not for handshakes.
        WrongKeyUsage = "wrong-key-usage", scenario_cert_wrong_key_usage, scenario_cert_wrong_key_usage_about;
        /// It is for clients.
        WrongPurpose = "wrong-purpose", scenario_cert_wrong_purpose, scenario_cert_wrong_purpose_about;
        /// It has a critical extension that nobody knows.
        UnknownCritical = "unknown-critical", scenario_cert_unknown_critical, scenario_cert_unknown_critical_about;
        /// It is signed with SHA-1.
        WeakHash = "weak-hash", scenario_cert_weak_hash, scenario_cert_weak_hash_about;
        /// An RSA key of 1024 bits stands in it, or signed it.
        WeakKey = "weak-key", scenario_cert_weak_key, scenario_cert_weak_key_about;
        /// A bit of its signature is another.
        BrokenSignature = "broken-signature", scenario_cert_broken_signature, scenario_cert_broken_signature_about;
        /// It was revoked.
        Revoked = "revoked", scenario_cert_revoked, scenario_cert_revoked_about;
        /// It promises a status that does not come along.
        NoStaple = "must-staple", scenario_cert_must_staple, scenario_cert_must_staple_about;
        /// It is one that the learner made; no address holds that.
        Own = "own", scenario_cert_own, scenario_cert_own_about;
    }
}

choices! {
    /// Whether the server asks for the client's certificate, and what it gets.
    ClientCertificateChoice {
        /// The server does not ask.
        #[default]
        NotAsked = "none", scenario_client_not_asked, scenario_client_not_asked_about;
        /// The server asks and gets a good one.
        Good = "good", scenario_client_good, scenario_client_good_about;
        /// The server asks, and the client has none.
        Missing = "missing", scenario_client_missing, scenario_client_missing_about;
        /// The server asks and gets one whose time is over.
        Expired = "expired", scenario_client_expired, scenario_client_expired_about;
        /// The server asks and gets one whose issuer leads to no root that it trusts.
        UnknownIssuer = "unknown-issuer", scenario_client_unknown_issuer, scenario_client_unknown_issuer_about;
        /// The server asks and gets one that is for servers.
        WrongPurpose = "wrong-purpose", scenario_client_wrong_purpose, scenario_client_wrong_purpose_about;
        /// The server asks and gets one that was revoked, as it knows from a list.
        Revoked = "revoked", scenario_client_revoked, scenario_client_revoked_about;
        /// The server asks and gets one that the learner made; no address holds that.
        Own = "own", scenario_client_own, scenario_client_own_about;
    }
}

choices! {
    /// What somebody on the way does to what the two say.
    Meddling {
        /// Nobody does anything.
        #[default]
        Nothing = "none", scenario_way_nothing, scenario_way_nothing_about;
        /// TLS 1.3 is taken off the client's offer, so that an older version is spoken.
        HideTls13 = "hide-tls13", scenario_way_hide, scenario_way_hide_about;
        /// The same, and the sign is wiped out by which the client would notice (RFC 9846 §4.2.3).
        HideTls13AndSign = "hide-tls13-and-sign", scenario_way_hide_sign, scenario_way_hide_sign_about;
        /// The client seems to speak nothing newer than TLS 1.1 (RFC 8996).
        AskForTls11 = "ask-tls11", scenario_way_ask, scenario_way_ask_about;
        /// A bit of the client's message is turned over.
        ChangeData = "change-data", scenario_way_change, scenario_way_change_about;
    }
}

/// Of which sort the keys of the certification authority are.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
pub enum AuthorityKeys {
    /// Those of today, which are on a curve; RSA where the handshake knows nothing else.
    #[default]
    Usual,
    /// RSA whatever the handshake, so that several can be compared on the very same certificates.
    Rsa,
}

impl AuthorityKeys {
    /// Its word in an address.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Usual => "usual",
            Self::Rsa => "rsa",
        }
    }

    /// The choice with this word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Usual, Self::Rsa]
            .into_iter()
            .find(|choice| choice.word() == word)
    }
}

impl Setting {
    /// What the server of this setting does about the client's certificate, if nothing else is said.
    #[must_use]
    pub const fn client_certificate(self) -> ClientCertificateChoice {
        match self {
            Self::Shop => ClientCertificateChoice::NotAsked,
            Self::Payroll => ClientCertificateChoice::Good,
        }
    }
}

impl KeyExchange {
    /// The cipher suite that the story is told with.
    #[must_use]
    pub const fn suite(self) -> CipherSuite {
        match self {
            _ if self.is_tls13() => CipherSuite::TLS_AES_128_GCM_SHA256,
            _ if self.needs_curves() => CipherSuite::TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
            _ => CipherSuite::TLS_RSA_WITH_AES_128_GCM_SHA256,
        }
    }

    /// The version that is spoken.
    #[must_use]
    pub const fn version(self) -> ProtocolVersion {
        match self.is_tls13() {
            true => ProtocolVersion::TLS_1_3,
            false => ProtocolVersion::TLS_1_2,
        }
    }

    /// Whether it is TLS 1.3.
    #[must_use]
    pub const fn is_tls13(self) -> bool {
        !matches!(
            self,
            Self::Rsa
                | Self::RsaSessionId
                | Self::RsaSessionTicket
                | Self::Ecdhe
                | Self::SessionId
                | Self::SessionTicket
        )
    }

    /// Whether it goes on from an earlier connection.
    #[must_use]
    pub const fn is_resumed(self) -> bool {
        matches!(
            self,
            Self::RsaSessionId
                | Self::RsaSessionTicket
                | Self::SessionId
                | Self::SessionTicket
                | Self::Resumed
                | Self::PskAlone
                | Self::EarlyData
                | Self::EarlyRefused
        )
    }

    /// Whether the client sends data along with its first message.
    #[must_use]
    pub const fn is_early(self) -> bool {
        matches!(self, Self::EarlyData | Self::EarlyRefused)
    }

    /// Whether certificates have a part in it: shown in it, or in the connection before.
    #[must_use]
    pub const fn has_certificates(self) -> bool {
        !matches!(self, Self::External)
    }

    /// Whether it, or the certificates that go with it, need elliptic curves.
    #[must_use]
    pub const fn needs_curves(self) -> bool {
        !matches!(
            self,
            Self::Rsa | Self::RsaSessionId | Self::RsaSessionTicket
        )
    }

    /// Every suite with this key exchange that can be run.
    pub fn suites(self) -> impl Iterator<Item = CipherSuite> {
        let fits = move |suite: &&Suite| {
            !self.is_tls13() && suite.key_exchange.is_ephemeral() == self.needs_curves()
        };
        let older = Suite::ALL.iter().filter(fits).map(|suite| suite.code);
        let newer = Suite13::ALL.iter().filter(move |_| self.is_tls13());
        older.chain(newer.map(|suite| suite.code))
    }

    /// The groups in which it can be run, that of the story first; none where no fresh keys are made.
    #[must_use]
    pub const fn groups(self) -> &'static [NamedGroup] {
        const ALL: &[NamedGroup] = &[
            NamedGroup::X25519,
            NamedGroup::SECP256R1,
            NamedGroup::SECP384R1,
            NamedGroup::X25519_MLKEM768,
            NamedGroup::SECP256R1_MLKEM768,
        ];
        let (curves, hybrids) = ALL.split_at(3);
        match self {
            Self::Ecdhe | Self::Tls13 => curves,
            Self::Hybrid => hybrids,
            // The client sends a key on the first curve, and the server wants one on another.
            Self::Retried => curves.split_at(1).1,
            Self::Resumed | Self::EarlyData | Self::EarlyRefused | Self::External => ALL,
            _ => &[],
        }
    }
}

impl Meddling {
    /// Whether it can be done to such a handshake. TLS 1.3 can be hidden where it is offered, and a
    /// certificate lets the older version be spoken. Where data travel along with the first message,
    /// nothing is tried.
    #[must_use]
    pub const fn fits(self, exchange: KeyExchange) -> bool {
        match self {
            Self::Nothing => true,
            Self::HideTls13 | Self::HideTls13AndSign => {
                exchange.is_tls13() && exchange.has_certificates() && !exchange.is_early()
            }
            Self::AskForTls11 | Self::ChangeData => !exchange.is_early(),
        }
    }

    /// Whether it keeps the two from the version that was chosen.
    #[must_use]
    pub const fn prevents_chosen_version(self) -> bool {
        matches!(
            self,
            Self::HideTls13 | Self::HideTls13AndSign | Self::AskForTls11
        )
    }
}

impl CertificateChoice {
    /// Those that are offered to everybody; the others stand in the gallery of failures.
    pub const OFFERED: &[Self] = &[
        Self::Good,
        Self::Expired,
        Self::NotYetValid,
        Self::WrongName,
        Self::UnknownIssuer,
    ];
}

impl ClientCertificateChoice {
    /// Those that are offered to everybody.
    pub const OFFERED: &[Self] = &[
        Self::NotAsked,
        Self::Good,
        Self::Missing,
        Self::Expired,
        Self::UnknownIssuer,
    ];
}

impl Scenario {
    /// Whether it takes more than the page's first program has, the classic handshake: another one, or
    /// a certificate of the gallery of failures.
    #[must_use]
    pub fn needs_complete(&self) -> bool {
        self.key_exchange != KeyExchange::Rsa
            || self.meddling != Meddling::Nothing
            || !CertificateChoice::OFFERED.contains(&self.certificate)
            || !ClientCertificateChoice::OFFERED.contains(&self.client_certificate)
    }

    /// Whether it is about certificates that the learner made.
    #[must_use]
    pub fn is_own(&self) -> bool {
        self.shows_own() || self.client_certificate == ClientCertificateChoice::Own
    }

    /// Whether the server shows a certificate that the learner made.
    #[must_use]
    pub fn shows_own(&self) -> bool {
        self.certificate == CertificateChoice::Own
    }

    /// The same without what the learner made: what the demonstration has in its place.
    #[must_use]
    pub fn without_own(&self) -> Self {
        let mut other = self.clone();
        if other.certificate == CertificateChoice::Own {
            other.certificate = CertificateChoice::Good;
        }
        if other.client_certificate == ClientCertificateChoice::Own {
            other.client_certificate = self.setting.client_certificate();
        }
        other
    }

    /// What becomes of it, in a sentence that is true however it ends.
    #[must_use]
    pub fn about(&self) -> Text {
        let is_certain = self.certificate == CertificateChoice::Good
            && matches!(
                self.client_certificate,
                ClientCertificateChoice::NotAsked | ClientCertificateChoice::Good
            );
        if self.meddling.prevents_chosen_version() {
            self.meddling.about()
        } else if self.key_exchange.is_resumed() && !is_certain {
            say::scenario_kx_perhaps_resumed_about()
        } else {
            self.key_exchange.about()
        }
    }

    /// The suite of the run.
    #[must_use]
    pub fn cipher_suite(&self) -> CipherSuite {
        self.suite.unwrap_or(self.key_exchange.suite())
    }

    /// The group in which fresh keys are made, if any are.
    #[must_use]
    pub fn named_group(&self) -> Option<NamedGroup> {
        self.group.or(self.key_exchange.groups().first().copied())
    }

    /// The date of the run; one that is too far away is brought near enough for certificates.
    #[must_use]
    pub fn date(&self) -> UnixSeconds {
        UnixSeconds(self.now.clamp(FIRST_DATE, LAST_DATE))
    }

    /// The query of an address that gives this scenario again, without its question mark.
    #[must_use]
    pub fn to_query(&self) -> String {
        let mut query = format!(
            "setting={}&kx={}&cert={}&client={}",
            self.setting.word(),
            self.key_exchange.word(),
            self.certificate.word(),
            self.client_certificate.word(),
        );
        if let Some(suite) = self.suite {
            query += &format!("&suite={suite}");
        }
        if let Some(group) = self.group {
            query += &format!("&group={group}");
        }
        if self.authority != AuthorityKeys::default() {
            query += &format!("&ca={}", self.authority.word());
        }
        if self.meddling != Meddling::default() {
            query += &format!("&way={}", self.meddling.word());
        }
        let date = self.date().to_rfc3339();
        query + &format!("&seed={}&date={date}", hex::encode(&self.seed))
    }

    /// Reads the query of an address, with or without its question mark.
    ///
    /// It never fails: what cannot be used is replaced by the usual choice and told as a problem.
    /// Names that it does not know belong to others and are passed over.
    #[must_use]
    pub fn from_query(query: &str) -> (Parts, Vec<Problem>) {
        let mut fields = Fields::new(query);
        let setting = fields.choice("setting", Setting::from_word, Setting::default());
        let key_exchange = fields.choice("kx", KeyExchange::from_word, KeyExchange::default());
        let usual = setting.client_certificate();
        let parts = Parts {
            setting,
            key_exchange,
            suite: fields.suite("suite", key_exchange),
            group: fields.group("group", key_exchange),
            certificate: fields.choice(
                "cert",
                CertificateChoice::from_word,
                CertificateChoice::Good,
            ),
            client_certificate: fields.choice("client", ClientCertificateChoice::from_word, usual),
            authority: fields.choice("ca", AuthorityKeys::from_word, AuthorityKeys::default()),
            meddling: fields.meddling("way", key_exchange),
            seed: fields.seed("seed"),
            now: fields.date("date"),
        };
        (parts, fields.problems)
    }
}

impl Parts {
    /// The scenario, with this seed and date where the address gave none.
    #[must_use]
    pub fn complete(self, seed: [u8; 16], now: i64) -> Scenario {
        Scenario {
            setting: self.setting,
            key_exchange: self.key_exchange,
            suite: self.suite,
            group: self.group,
            certificate: self.certificate,
            client_certificate: self.client_certificate,
            authority: self.authority,
            meddling: self.meddling,
            seed: self.seed.unwrap_or(seed),
            now: self.now.unwrap_or(now),
        }
    }
}
