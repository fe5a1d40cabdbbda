//! In place of `flawed.rs` where the feature `study` is left out: the gallery of failures is not there.
//! The page asks for the program that has it (see [`Scenario::needs_complete`]).

use padlock_pki::demo::{Authority, KeyChoice};
use padlock_pki::identity::Identity;

use super::Presented;
use crate::scenario::Scenario;

pub(super) const fn server(_authority: &Authority, _scenario: &Scenario) -> Option<Presented> {
    None
}

pub(super) const fn client(
    _authority: &Authority,
    _scenario: &Scenario,
) -> Option<(Identity, Vec<Vec<u8>>)> {
    None
}

pub(super) const fn authority_keys(keys: KeyChoice, _scenario: &Scenario) -> KeyChoice {
    keys
}
