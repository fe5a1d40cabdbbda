//! What the server chooses of what the client offers.

use std::collections::BTreeSet;

use padlock_pki::verify::KeyUse;

use crate::codes::{
    CipherSuite, CompressionMethod, ExtensionType, NamedGroup, ProtocolVersion, PskKeyExchangeMode,
    SignatureScheme,
};
use crate::config::{Identity, ServerConfig};
use crate::error::{Error, ErrorKind, IllegalParameter};
use crate::messages::{ClientHello, ExtensionBody, KeyShareEntry};
use crate::server::hello::{identities, may};
use crate::session;
use crate::suite::Suite13;

/// Whether TLS 1.3 is spoken with this client (RFC 9846 §4.2.1, §4.3.1).
pub(in crate::server) fn is_chosen(
    config: &ServerConfig,
    hello: &ClientHello,
) -> Result<bool, Error> {
    let preferences = &config.preferences;
    let kind = ExtensionType::SUPPORTED_VERSIONS;
    let offered = match hello.extension(kind) {
        Some(ExtensionBody::Versions(versions)) => versions.as_slice(),
        Some(_) => return Err(session::misformed(kind)),
        None => &[ProtocolVersion::TLS_1_2],
    };
    let common = |version| preferences.speaks(version) && offered.contains(&version);
    if common(ProtocolVersion::TLS_1_3) {
        return Ok(true);
    }
    if !common(ProtocolVersion::TLS_1_2) {
        return Err(ErrorKind::Version(hello.client_version).into());
    }
    let falls_back = hello
        .cipher_suites
        .contains(&CipherSuite::TLS_FALLBACK_SCSV);
    match falls_back && preferences.speaks(ProtocolVersion::TLS_1_3) {
        true => Err(ErrorKind::Fallback.into()),
        false => Ok(false),
    }
}

/// What a `ClientHello` offers, its form checked.
pub(super) struct Offer<'a> {
    pub(super) hello: &'a ClientHello,
    /// The groups, and the public keys in some of them.
    pub(super) groups: Option<(&'a [NamedGroup], &'a [KeyShareEntry])>,
    pub(super) modes: &'a [PskKeyExchangeMode],
}

impl<'a> Offer<'a> {
    /// Checks what must hold of every `ClientHello` of TLS 1.3 (RFC 9846 §4.2.2, §9.2).
    pub(super) fn new(hello: &'a ClientHello) -> Result<Self, Error> {
        if hello.compression_methods != [CompressionMethod::NULL] {
            return Err(IllegalParameter::Compression.into());
        }
        let (shares_kind, groups_kind) =
            (ExtensionType::KEY_SHARE, ExtensionType::SUPPORTED_GROUPS);
        let groups = match (hello.extension(groups_kind), hello.extension(shares_kind)) {
            (None, None) => None,
            (Some(ExtensionBody::Groups(groups)), Some(ExtensionBody::KeyShares(shares))) => {
                check_shares(groups, shares)?;
                Some((groups.as_slice(), shares.as_slice()))
            }
            (Some(_), None) => return Err(ErrorKind::Missing(shares_kind).into()),
            (None, Some(_)) => return Err(ErrorKind::Missing(groups_kind).into()),
            _ => return Err(session::misformed(shares_kind)),
        };
        let modes = match hello.extension(ExtensionType::PSK_KEY_EXCHANGE_MODES) {
            Some(ExtensionBody::PskModes(modes)) => modes.as_slice(),
            _ => &[],
        };
        let kind = ExtensionType::PRE_SHARED_KEY;
        if hello.extension(kind).is_some() {
            if modes.is_empty() {
                return Err(ErrorKind::Missing(ExtensionType::PSK_KEY_EXCHANGE_MODES).into());
            }
            let last = hello.extensions.as_ref().and_then(|all| all.last());
            if last.is_none_or(|last| last.kind != kind) {
                return Err(IllegalParameter::Extension(kind).into());
            }
        }
        Ok(Self {
            hello,
            groups,
            modes,
        })
    }

    /// The suites that both sides have, the server's best first.
    pub(super) fn suites(&self, config: &ServerConfig) -> Result<Vec<Suite13>, Error> {
        let own = config.preferences.suites.iter().copied();
        let common: Vec<_> = own
            .filter(|code| self.hello.cipher_suites.contains(code))
            .filter_map(Suite13::of)
            .collect();
        match common.is_empty() {
            true => Err(ErrorKind::NoCommonSuite.into()),
            false => Ok(common),
        }
    }

    /// The group, and the client's public key in it if it sent one: a group with a key goes before
    /// a better one without, which would take another `ClientHello`.
    pub(super) fn group(
        &self,
        config: &ServerConfig,
    ) -> Option<(NamedGroup, Option<&'a KeyShareEntry>)> {
        let (groups, shares) = self.groups?;
        let common: Vec<_> = config
            .preferences
            .groups
            .iter()
            .copied()
            .filter(|group| group.is_computable13() && groups.contains(group))
            .collect();
        let with_share = common.iter().find_map(|group| {
            let share = shares.iter().find(|share| share.group == *group)?;
            Some((*group, Some(share)))
        });
        with_share.or_else(|| common.first().map(|group| (*group, None)))
    }

    /// The certificate to show, and the algorithm to sign with.
    pub(super) fn identity<'c>(
        &self,
        config: &'c ServerConfig,
    ) -> Result<(&'c Identity, SignatureScheme), Error> {
        let kind = ExtensionType::SIGNATURE_ALGORITHMS;
        let offered = match self.hello.extension(kind) {
            Some(ExtensionBody::SignatureSchemes(schemes)) => schemes.as_slice(),
            Some(_) => return Err(session::misformed(kind)),
            None => return Err(ErrorKind::Missing(kind).into()),
        };
        let mut identities = identities(config, self.hello).into_iter();
        let common = identities.find_map(|identity| {
            if !may(config, identity, KeyUse::Signature) {
                return None;
            }
            let (key, means) = (identity.key.kind(), SignatureScheme::algorithm13);
            let scheme = session::common_scheme(&config.preferences, offered, &key, means)?;
            Some((identity, scheme))
        });
        common.ok_or_else(|| ErrorKind::NoCommonSignature.into())
    }
}

/// Each public key is in a group of its own that is offered (RFC 9846 §4.3.8).
fn check_shares(groups: &[NamedGroup], shares: &[KeyShareEntry]) -> Result<(), Error> {
    // A set, so that as many as a message holds cost no more than any other message of its length.
    let mut left: BTreeSet<_> = groups.iter().map(|group| group.0).collect();
    match shares.iter().any(|share| !left.remove(&share.group.0)) {
        true => Err(IllegalParameter::KeyShare.into()),
        false => Ok(()),
    }
}
