//! Early data once, and not again.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use padlock_pki::time::UnixSeconds;

/// What a careful server remembers of the `ClientHello`s whose early data it took: their binders,
/// as long as they are fresh (RFC 9846 §8.2). All connections of a server share one.
///
/// It holds so many and no more: when it is full, early data is refused, which costs a round trip.
#[derive(Clone, Debug)]
pub struct ReplayGuard {
    seen: Arc<Mutex<BTreeMap<Vec<u8>, UnixSeconds>>>,
    capacity: usize,
}

impl ReplayGuard {
    /// For how many seconds a `ClientHello` is remembered; an older one is not fresh, and its early
    /// data is refused anyway.
    const MEMORY: i64 = 60;

    /// Remembers at most so many.
    #[must_use]
    pub fn new(capacity: usize) -> Self {
        Self {
            seen: Arc::default(),
            capacity,
        }
    }

    /// Whether this binder comes for the first time. It is remembered.
    #[must_use]
    pub fn is_new(&self, binder: &[u8], now: UnixSeconds) -> bool {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        seen.retain(|_, then| now.since(*then) <= Self::MEMORY);
        if seen.len() >= self.capacity || seen.contains_key(binder) {
            return false;
        }
        seen.insert(binder.to_vec(), now);
        true
    }
}
