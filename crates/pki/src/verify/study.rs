//! What is demanded beyond what every client checks.

use std::collections::BTreeSet;

use padlock_wire::Section;

use super::certificate::{Outline, whole};
use super::path::{Path, Search};
use super::revocation::{self, Status, Supplied};
use super::{Check, CheckKind, Demands, Policy, Reason, Request, checks, profile};
use crate::explain::der::{Element, SEQUENCE};

/// `id-pe-tlsfeature` (RFC 7633 §4.1).
pub(super) const TLS_FEATURE: &str = "1.3.6.1.5.5.7.1.24";
/// The number of status_request (RFC 6066 §8).
const STATUS_REQUEST: &[u8] = &[5];

/// The demands, and what was read for them.
pub(super) struct Study<'a> {
    demands: Demands<'a>,
    supplied: Option<Supplied<'a>>,
}

impl<'a> Study<'a> {
    pub(super) fn new(request: &Request<'a>, demands: Demands<'a>) -> Self {
        Self {
            supplied: Supplied::read(&demands, request.now),
            demands,
        }
    }

    /// The further checks of this path.
    pub(super) fn check(
        &mut self,
        search: &mut Search<'a>,
        request: &Request<'a>,
        path: &Path,
    ) -> Vec<Check> {
        // RFC 5280 §6.1.2 (k), §6.1.4 (l): how many authorities there are at all.
        let depth = |limit| checks::depth(search, path, limit, Section::new(5280, "6.1.2"));
        let mut all: Vec<Check> = self
            .demands
            .max_intermediates
            .map(depth)
            .into_iter()
            .collect();
        if self.demands.policy == Policy::WebPki {
            all.extend(profile::check(search, request, path));
        }
        all.extend(self.promised(search, path));
        if let Some(supplied) = &mut self.supplied {
            all.extend(revocation::check(supplied, search, path));
        }
        all
    }

    /// RFC 7633 §4.2.3: whether the end-entity promises a response, and none about it came along.
    fn promised(&self, search: &Search<'a>, path: &Path) -> Option<Check> {
        let has_come = self
            .supplied
            .as_ref()
            .is_some_and(|supplied| supplied.answers(search, path));
        let is_missing = self.demands.asks_for_status && !has_come;
        let index = *path.certificates.first().filter(|_| is_missing)?;
        let outline = &search.certificate(index).outline;
        let extension = outline.extension(TLS_FEATURE)?;
        features(outline).contains(STATUS_REQUEST).then(|| {
            let reason = Reason::Revocation(Status::NotStapled);
            let at = Some(extension.range.clone());
            Check::new(CheckKind::Revocation, index, reason, at)
                .in_section(Section::new(7633, "4.2.3"))
        })
    }
}

/// The features of TLS that a certificate promises: the octets of their numbers.
pub(super) fn features<'a>(outline: &Outline<'a>) -> BTreeSet<&'a [u8]> {
    let extension = outline.extension(TLS_FEATURE);
    let value = extension.and_then(|one| whole(outline.bytes(&one.value), SEQUENCE));
    let numbers = value.iter().flat_map(Element::values);
    numbers.map(|number| number.octets()).collect()
}
