//! Which lists of revoked certificates and responses of OCSP are believed, and about whom.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "tests read and write files, and panic where something is wrong"
)]

#[path = "evidence/der.rs"]
mod der;
#[path = "evidence/lists.rs"]
mod lists;
#[path = "keys/openssl.rs"]
#[expect(dead_code, reason = "other tests use more of it")]
mod openssl;
#[path = "evidence/responses.rs"]
mod responses;
#[path = "support/tlv.rs"]
mod tlv;
#[path = "verify/world.rs"]
#[expect(dead_code, reason = "other tests use more of it")]
mod world;

use padlock_pki::issue::{FurtherExtension, Template};
use padlock_pki::verify::revocation::{Status, Unusable};
use padlock_pki::verify::{CheckKind, Demands, Reason, verify_with};
use world::{Case, World};

/// What is said about a certificate, in a word.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Said {
    Good,
    Revoked,
    Unknown,
    Unusable(Unusable),
    NotCovered,
}

/// The good chain; the shop's certificate has this serial number, and names these places of lists.
pub(crate) fn case(world: &World, published: Option<&[u8]>) -> Case {
    world.shop(|shop: &mut Template| {
        shop.serial_number = Some(der::SERIAL.to_vec());
        shop.further_extensions
            .extend(published.map(|value| FurtherExtension {
                identifier: "2.5.29.31".parse().unwrap(),
                critical: false,
                value: value.to_vec(),
            }));
    })
}

/// What these lists and responses say about the certificate at this place of the chain.
#[track_caller]
pub(crate) fn said(case: &Case, place: usize, demands: &Demands<'_>) -> Said {
    let verdict = case.ask(|request| verify_with(request, demands));
    let mut checks = verdict.checks.iter();
    let check = checks
        .find(|check| check.kind == CheckKind::Revocation && check.certificate == place)
        .expect("revocation is checked");
    match &check.reason {
        Reason::Revocation(Status::Good { .. }) => Said::Good,
        Reason::Revocation(Status::Revoked { .. }) => Said::Revoked,
        Reason::Revocation(Status::Unknown { .. }) => Said::Unknown,
        Reason::Revocation(Status::NotCovered) => Said::NotCovered,
        Reason::Revocation(Status::Unusable { why, .. }) => Said::Unusable(why.clone()),
        other => panic!("{other:?}"),
    }
}
