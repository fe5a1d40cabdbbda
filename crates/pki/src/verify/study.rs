//! What is demanded beyond what every client checks.

use padlock_wire::Section;

use super::path::{Path, Search};
use super::revocation::{self, Supplied};
use super::{Check, CheckKind, Demands, Policy, Reason, Request, profile};

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
        let mut checks: Vec<Check> = self.depth(search, path).into_iter().collect();
        if self.demands.policy == Policy::WebPki {
            checks.extend(profile::check(search, request, path));
        }
        if let Some(supplied) = &mut self.supplied {
            checks.extend(revocation::check(supplied, search, path));
        }
        checks
    }

    /// RFC 5280 §6.1.2 (k), §6.1.4 (l): how many authorities there are at all.
    fn depth(&self, search: &Search<'_>, path: &Path) -> Option<Check> {
        let limit = self.demands.max_intermediates?;
        let issuers = path.certificates.iter().skip(1);
        let counted = issuers.filter(|index| !search.certificate(**index).is_self_issued());
        let found = u64::try_from(counted.count()).unwrap_or(u64::MAX);
        let reason = match found <= limit {
            true => Reason::PathLengthKept { limit, found },
            false => Reason::PathLengthExceeded { limit, found },
        };
        let last = path.certificates.last().copied().unwrap_or_default();
        let check = Check::new(CheckKind::PathLength, last, reason, None);
        Some(check.in_section(Section::new(5280, "6.1.2")))
    }
}
