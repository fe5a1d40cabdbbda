//! In place of `own.rs` where the feature `study` is left out: nobody makes certificates. The page asks
//! for the program in which one can (see [`Scenario::needs_complete`]).

use padlock_pki::identity::Identity;

use super::Presented;
use crate::scenario::Scenario;

/// There is none.
#[derive(Clone, Debug)]
pub enum Own {}

pub(super) const fn server(_own: Option<&Own>, _scenario: &Scenario) -> Option<Presented> {
    None
}

pub(super) const fn client(_own: Option<&Own>, _scenario: &Scenario) -> Option<Identity> {
    None
}

pub(super) const fn client_anchors(
    _own: Option<&Own>,
    _scenario: &Scenario,
) -> Option<Vec<Vec<u8>>> {
    None
}

pub(super) const fn server_anchors(
    _own: Option<&Own>,
    _scenario: &Scenario,
) -> Option<Vec<Vec<u8>>> {
    None
}
