//! The gallery of failures: each thing that can be wrong with a certificate, as a run.
//!
//! The certificates are made by [`padlock_pki::demo::gallery`]; here stand their order, their words and
//! the runs in which they are shown.

use crate::scenario::{
    AuthorityKeys, CertificateChoice as Server, ClientCertificateChoice as Client, KeyExchange,
    Meddling, Scenario, Setting,
};
use crate::text::{Text, say};

/// A failure, and who shows the certificate.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Case {
    /// What it belongs to.
    pub group: Group,
    /// Whose certificate it is, and what is the matter with it.
    pub shown: Shown,
}

/// A certificate, by who shows it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Shown {
    /// The server does.
    Server(Server),
    /// The client does.
    Client(Client),
}

/// What failures have in common.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Group {
    /// For which name it is.
    Names,
    /// When it is valid.
    Dates,
    /// Who vouches for it.
    Trust,
    /// What it is for.
    Usage,
    /// How it was made.
    Cryptography,
    /// Whether it was taken back.
    Revocation,
}

/// Every failure, in the order in which a page shows them.
pub const CASES: &[Case] = &[
    server(Group::Names, Server::WrongName),
    server(Group::Names, Server::NoAlternativeNames),
    server(Group::Names, Server::Wildcard),
    server(Group::Names, Server::NameNotPermitted),
    server(Group::Dates, Server::Expired),
    server(Group::Dates, Server::NotYetValid),
    client(Group::Dates, Client::Expired),
    server(Group::Trust, Server::UnknownIssuer),
    server(Group::Trust, Server::SelfSigned),
    server(Group::Trust, Server::MissingIntermediate),
    server(Group::Trust, Server::Impostor),
    server(Group::Trust, Server::WrongOrder),
    server(Group::Trust, Server::SameName),
    client(Group::Trust, Client::UnknownIssuer),
    client(Group::Trust, Client::Missing),
    server(Group::Usage, Server::LeafAsAuthority),
    server(Group::Usage, Server::PathTooLong),
    server(Group::Usage, Server::WrongKeyUsage),
    server(Group::Usage, Server::WrongPurpose),
    server(Group::Usage, Server::UnknownCritical),
    client(Group::Usage, Client::WrongPurpose),
    server(Group::Cryptography, Server::WeakHash),
    server(Group::Cryptography, Server::WeakKey),
    server(Group::Cryptography, Server::BrokenSignature),
    server(Group::Revocation, Server::Revoked),
    server(Group::Revocation, Server::NoStaple),
    client(Group::Revocation, Client::Revoked),
];

/// Each is tried in TLS 1.2 and in TLS 1.3.
pub const VERSIONS: [KeyExchange; 2] = [KeyExchange::Ecdhe, KeyExchange::Tls13];

const fn server(group: Group, certificate: Server) -> Case {
    Case {
        group,
        shown: Shown::Server(certificate),
    }
}

const fn client(group: Group, certificate: Client) -> Case {
    Case {
        group,
        shown: Shown::Client(certificate),
    }
}

impl Group {
    /// All of them, in the order in which a page shows them.
    pub const ALL: &[Self] = &[
        Self::Names,
        Self::Dates,
        Self::Trust,
        Self::Usage,
        Self::Cryptography,
        Self::Revocation,
    ];

    /// Its name in an address.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Names => "names",
            Self::Dates => "dates",
            Self::Trust => "trust",
            Self::Usage => "usage",
            Self::Cryptography => "crypto",
            Self::Revocation => "revocation",
        }
    }

    /// The group of that name.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|group| group.word() == word)
    }

    /// What it is called.
    #[must_use]
    pub fn title(self) -> Text {
        match self {
            Self::Names => say::failures_group_names(),
            Self::Dates => say::failures_group_dates(),
            Self::Trust => say::failures_group_trust(),
            Self::Usage => say::failures_group_usage(),
            Self::Cryptography => say::failures_group_crypto(),
            Self::Revocation => say::failures_group_revocation(),
        }
    }
}

impl Case {
    /// What it is called.
    #[must_use]
    pub fn title(self) -> Text {
        match self.shown {
            Shown::Server(certificate) => match certificate {
                Server::Good | Server::Own => certificate.title(),
                Server::NoAlternativeNames => say::failures_no_san(),
                Server::Wildcard => say::failures_wildcard(),
                Server::NameNotPermitted => say::failures_name_constraint(),
                Server::SelfSigned => say::failures_self_signed(),
                Server::MissingIntermediate => say::failures_missing_intermediate(),
                Server::WrongOrder => say::failures_wrong_order(),
                Server::SameName => say::failures_same_name(),
                Server::Impostor => say::failures_impostor(),
                Server::LeafAsAuthority => say::failures_leaf_as_ca(),
                Server::PathTooLong => say::failures_path_too_long(),
                Server::WrongKeyUsage => say::failures_wrong_key_usage(),
                Server::WrongPurpose => say::failures_wrong_purpose(),
                Server::UnknownCritical => say::failures_unknown_critical(),
                Server::WeakHash => say::failures_weak_hash(),
                Server::WeakKey => say::failures_weak_key(),
                Server::BrokenSignature => say::failures_broken_signature(),
                Server::Revoked => say::failures_revoked(),
                Server::NoStaple => say::failures_must_staple(),
                Server::WrongName => say::failures_wrong_name(),
                Server::Expired => say::failures_expired(),
                Server::NotYetValid => say::failures_not_yet_valid(),
                Server::UnknownIssuer => say::failures_unknown_issuer(),
            },
            Shown::Client(certificate) => match certificate {
                Client::Expired => say::failures_expired(),
                Client::UnknownIssuer => say::failures_unknown_issuer(),
                Client::WrongPurpose => say::failures_client_wrong_purpose(),
                Client::Revoked => say::failures_revoked(),
                Client::Missing => say::failures_client_missing(),
                Client::Good | Client::NotAsked | Client::Own => certificate.title(),
            },
        }
    }

    /// What is the matter, in a sentence or two.
    #[must_use]
    pub fn about(self) -> Text {
        match self.shown {
            Shown::Server(certificate) => certificate.about(),
            Shown::Client(certificate) => certificate.about(),
        }
    }

    /// Where OpenSSL says something else, and why.
    #[must_use]
    pub fn difference(self) -> Option<Text> {
        match self.shown {
            Shown::Server(Server::NoAlternativeNames) => Some(say::failures_differs_no_san()),
            Shown::Server(Server::SameName) => Some(say::failures_differs_same_name()),
            Shown::Server(Server::NoStaple) => Some(say::failures_differs_must_staple()),
            Shown::Server(Server::WeakHash | Server::WeakKey) => {
                Some(say::failures_differs_level())
            }
            _ => None,
        }
    }

    /// What TLS 1.3 does otherwise, if it does.
    #[must_use]
    pub fn in_tls13(self) -> Option<Text> {
        (self.shown == Shown::Client(Client::Missing)).then(say::page_failures_missing_alert)
    }

    /// A run in which it is shown, by one of [`VERSIONS`].
    #[must_use]
    pub fn scenario(self, key_exchange: KeyExchange, seed: [u8; 16], now: i64) -> Scenario {
        let (setting, certificate, client_certificate) = match self.shown {
            Shown::Server(server) => (Setting::Shop, server, Client::NotAsked),
            Shown::Client(client) => (Setting::Payroll, Server::Good, client),
        };
        Scenario {
            setting,
            key_exchange,
            suite: None,
            group: None,
            certificate,
            client_certificate,
            authority: AuthorityKeys::default(),
            meddling: Meddling::Nothing,
            seed,
            now,
        }
    }

    /// The address of that run, without seed and date: who follows it draws them.
    #[must_use]
    pub fn query(self, key_exchange: KeyExchange) -> String {
        let kx = key_exchange.word();
        match self.shown {
            Shown::Server(server) => format!("kx={kx}&cert={}", server.word()),
            Shown::Client(client) => {
                let setting = Setting::Payroll.word();
                format!("setting={setting}&kx={kx}&client={}", client.word())
            }
        }
    }
}
