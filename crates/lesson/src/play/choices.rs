//! What a scenario asks of each side: whose certificate it shows, and what it can do.

use padlock_pki::demo::{Condition, Holder, KeyChoice, Spec};
use padlock_tls::codes::NamedGroup;
use padlock_tls::config::Preferences;
use padlock_tls::suite::{KeyExchange as Exchange, Suite};

#[cfg(feature = "tls13")]
use super::modern;
use crate::scenario::{CertificateChoice, ClientCertificateChoice, Scenario, Setting};

/// Whether somebody shows a certificate of an authority that nobody trusts.
pub(super) fn shows_unknown(scenario: &Scenario) -> bool {
    scenario.certificate == CertificateChoice::UnknownIssuer
        || scenario.client_certificate == ClientCertificateChoice::UnknownIssuer
}

pub(super) const fn holder(scenario: &Scenario) -> Holder {
    match scenario.setting {
        Setting::Shop => Holder::Shop,
        Setting::Payroll => Holder::Payroll,
    }
}

pub(super) fn server_key(scenario: &Scenario) -> KeyChoice {
    let suite = Suite::of(scenario.cipher_suite());
    match suite.is_some_and(|suite| suite.key_exchange == Exchange::EcdheEcdsa) {
        true => KeyChoice::P256,
        false => KeyChoice::Rsa,
    }
}

pub(super) fn server_spec(scenario: &Scenario) -> Spec {
    Spec {
        key: server_key(scenario),
        condition: match scenario.certificate {
            CertificateChoice::Expired => Condition::Expired,
            CertificateChoice::NotYetValid => Condition::NotYetValid,
            CertificateChoice::WrongName => Condition::WrongName,
            CertificateChoice::UnknownIssuer => Condition::UnknownAuthority,
            _ => Condition::Good,
        },
        ..Spec::new(holder(scenario))
    }
}

pub(super) fn client_spec(scenario: &Scenario) -> Option<Spec> {
    let condition = match scenario.client_certificate {
        ClientCertificateChoice::NotAsked
        | ClientCertificateChoice::Missing
        | ClientCertificateChoice::Own => return None,
        ClientCertificateChoice::Expired => Condition::Expired,
        ClientCertificateChoice::UnknownIssuer => Condition::UnknownAuthority,
        ClientCertificateChoice::Good
        | ClientCertificateChoice::WrongPurpose
        | ClientCertificateChoice::Revoked => Condition::Good,
    };
    Some(Spec {
        condition,
        ..Spec::new(Holder::Hr)
    })
}

/// What client and server can do. With RSA key transport both are old-fashioned: they know nothing
/// of ephemeral keys, of the extended master secret (RFC 7627) and of encrypt-then-MAC (RFC 7366),
/// so that the formulas are those of RFC 5246 itself.
pub(super) fn preferences(scenario: &Scenario) -> (Preferences, Preferences) {
    #[cfg(feature = "tls13")]
    if scenario.key_exchange.is_tls13() {
        return modern::preferences(scenario);
    }
    let suites: Vec<_> = scenario.key_exchange.suites().collect();
    let modern = scenario.key_exchange.needs_curves();
    let usual = Preferences::default();
    let client = Preferences {
        suites,
        groups: with_group(scenario, usual.groups),
        extended_master_secret: modern,
        encrypt_then_mac: modern,
        ..usual
    };
    let server = Preferences {
        suites: match scenario.certificate {
            // The one that suits the learner's key.
            CertificateChoice::Own if scenario.suite.is_none() => client.suites.clone(),
            _ => vec![scenario.cipher_suite()],
        },
        ..client.clone()
    };
    (client, server)
}

/// These groups, that of the scenario in front: in TLS 1.3 the client sends a key of the first.
pub(super) fn with_group(scenario: &Scenario, mut groups: Vec<NamedGroup>) -> Vec<NamedGroup> {
    if let Some(first) = scenario.named_group() {
        groups.retain(|group| *group != first);
        groups.insert(0, first);
    }
    groups
}
