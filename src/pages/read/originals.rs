//! What a certificate was before somebody changed a place of it.
//!
//! A signature says that something was changed, and not what. The page can say it of what it saw before.

use std::ops::Range;

use padlock_pki::explain::Kind;
use padlock_pki::read::Item;

use crate::shared::Shared;

/// How many certificates are remembered.
const KEPT: usize = 32;
/// Larger ones are not.
const LARGEST: usize = 65_536;
/// How many bytes a place has: a letter of base64 is part of two at most.
const PLACE: usize = 2;

/// Certificates that were opened, each as it came first.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Originals(Vec<Shared<Item>>);

/// The one place where a certificate is another.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Change {
    /// Which bytes.
    pub at: Range<usize>,
    /// What they are.
    pub found: Vec<u8>,
    /// What they were.
    pub before: Vec<u8>,
}

impl Originals {
    /// Remembers the certificates among these, except those that are a remembered one changed in one place.
    pub(super) fn keep<'i>(&mut self, items: impl IntoIterator<Item = &'i Shared<Item>>) {
        for item in items {
            let der = item.der();
            let is_new = self.0.iter().all(|kept| kept.der() != der);
            let is_fit = item.kind() == Some(Kind::Certificate) && der.len() <= LARGEST;
            if is_new && is_fit && self.change(der).is_none() {
                self.0.push(item.clone());
            }
        }
        let surplus = self.0.len().saturating_sub(KEPT);
        self.0.drain(..surplus);
    }

    /// Where this is a remembered certificate with one place changed.
    #[must_use]
    pub(super) fn change(&self, der: &[u8]) -> Option<Change> {
        if self.0.iter().any(|kept| kept.der() == der) {
            return None;
        }
        self.0.iter().find_map(|kept| change(kept.der(), der))
    }
}

fn change(before: &[u8], found: &[u8]) -> Option<Change> {
    if before.len() != found.len() {
        return None;
    }
    let differs = |(before, found)| before != found;
    let first = before.iter().zip(found).position(differs)?;
    let end = 1 + before.iter().zip(found).rposition(differs)?;
    let of = |bytes: &[u8]| bytes.get(first..end).map(<[u8]>::to_vec);
    (end - first <= PLACE).then_some(Change {
        at: first..end,
        found: of(found)?,
        before: of(before)?,
    })
}

#[cfg(test)]
mod tests {
    use super::change;

    #[test]
    fn one_place_is_a_change_and_more_is_something_else() {
        for (before, found, at) in [
            ([1, 2, 3, 4], &[1, 2, 3, 4][..], None),
            ([1, 2, 3, 4], &[1, 9, 3, 4], Some(1..2)),
            ([1, 2, 3, 4], &[1, 2, 9, 9], Some(2..4)),
            ([1, 2, 3, 4], &[9, 2, 3, 9], None),
            ([1, 2, 3, 4], &[1, 2, 3], None),
        ] {
            let change = change(&before, found);
            assert_eq!(change.as_ref().map(|change| change.at.clone()), at);
            if let Some(change) = change {
                assert_eq!(change.found, found[change.at.clone()]);
                assert_eq!(change.before, before[change.at]);
            }
        }
    }
}
