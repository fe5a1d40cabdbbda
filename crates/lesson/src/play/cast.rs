//! Who takes part in the story, and the certificates that they show and trust.

use padlock_pki::demo::Holder;
use padlock_pki::identity::Identity;
use padlock_tls::trace::Party;

use super::Presented;
use crate::scenario::{ClientCertificateChoice, Scenario, Setting};
use crate::story::{Cast, Role, Shown, checks};

pub(super) fn cast(
    scenario: &Scenario,
    [client_trusts, server_trusts]: [&[Vec<u8>]; 2],
    server: &Presented,
    client: Option<&Identity>,
) -> Cast {
    let asks = scenario.client_certificate != ClientCertificateChoice::NotAsked;
    let mut shown = chain(&server.identity, Party::Server);
    if let (Some(role), Some(second)) = (server.second, shown.get_mut(1)) {
        second.role = role;
    }
    shown.extend(roots(client_trusts, Party::Client));
    if let Some(client) = client {
        shown.extend(chain(client, Party::Client));
        shown.extend(roots(server_trusts, Party::Server));
    }
    if !scenario.key_exchange.has_certificates() {
        shown.clear();
    }
    Cast {
        setting: scenario.setting,
        server_name: server.name.clone(),
        client_name: match scenario.setting {
            Setting::Shop => None,
            Setting::Payroll => Some(Holder::Hr.name().to_owned()),
        },
        client_trusts: names(client_trusts),
        server_trusts: asks.then(|| names(server_trusts)),
        client_is_certified: client.is_some(),
        shown,
        #[cfg(feature = "study")]
        flipped: server.flipped,
        #[cfg(feature = "tls13")]
        meddling: scenario.meddling,
        #[cfg(feature = "tls13")]
        changed: Vec::new(),
    }
}

/// The roots that a party trusts.
fn roots(anchors: &[Vec<u8>], holder: Party) -> impl Iterator<Item = Shown> {
    anchors.iter().map(move |der| Shown {
        role: Role::Root,
        holder,
        der: der.clone(),
    })
}

/// What they are called.
fn names(anchors: &[Vec<u8>]) -> String {
    let names: Vec<_> = anchors
        .iter()
        .filter_map(|der| checks::subject(der))
        .collect();
    names.join(", ")
}

fn chain(identity: &Identity, holder: Party) -> Vec<Shown> {
    let role = |index| if index == 0 { Role::Own } else { Role::Issuer };
    let shown = |(index, der): (usize, &Vec<u8>)| Shown {
        role: role(index),
        holder,
        der: der.clone(),
    };
    identity.chain.iter().enumerate().map(shown).collect()
}
