//! The one source of randomness of a run: a generator that a seed determines.
//!
//! Padlock draws every random byte of a run (hello randoms, ephemeral keys, the pre-master secret,
//! salts, serial numbers) from here, so that the same scenario and seed give the same bytes on
//! every machine. Where the seed itself comes from is the caller's business: the page asks the
//! browser, a test writes it down.
//!
//! Construction, with HMAC-SHA-256 (RFC 2104) keyed by the 32-byte seed:
//!
//! ```text
//! stream      = HMAC(seed, "padlock stream" 00 | counter 0) | HMAC(seed, … counter 1) | …
//! fork(label) : seed' = HMAC(seed, "padlock fork" 00 | label)
//! ```

use core::fmt;

use rand_core::{Infallible, TryCryptoRng, TryRng};
use ring::hmac;

/// A deterministic random generator (see the module's documentation for its construction).
///
/// ```
/// use padlock_pki::random::Random;
///
/// let mut client = Random::new([7; 32]).fork("client");
/// let mut again = Random::new([7; 32]).fork("client");
/// assert_eq!(client.bytes::<32>(), again.bytes::<32>());
/// ```
///
/// A clone goes on with the same bytes as the original; for independent bytes use [`Random::fork`].
#[derive(Clone)]
pub struct Random {
    key: hmac::Key,
    counter: u64,
    block: [u8; BLOCK],
    used: usize,
}

impl Random {
    /// The generator that `seed` determines.
    #[must_use]
    pub fn new(seed: [u8; 32]) -> Self {
        Self {
            key: hmac::Key::new(hmac::HMAC_SHA256, &seed),
            counter: 0,
            block: [0; BLOCK],
            used: BLOCK,
        }
    }

    /// A generator of its own for the purpose `label`.
    ///
    /// Depends on the seed and the label only, not on what was drawn so far: a step that draws
    /// more or less than before does not change the bytes of any other step. The same label gives
    /// the same generator again.
    #[must_use]
    pub fn fork(&self, label: &str) -> Self {
        Self::new(self.hmac(FORK, label.as_bytes()))
    }

    /// Fills `out` with the next bytes of the stream.
    pub fn fill(&mut self, out: &mut [u8]) {
        for byte in out {
            if self.used == BLOCK {
                self.block = self.hmac(STREAM, &self.counter.to_be_bytes());
                self.counter += 1;
                self.used = 0;
            }
            *byte = self.block[self.used];
            self.used += 1;
        }
    }

    /// The next `N` bytes of the stream.
    #[must_use]
    pub fn bytes<const N: usize>(&mut self) -> [u8; N] {
        let mut out = [0; N];
        self.fill(&mut out);
        out
    }

    fn hmac(&self, domain: &[u8], data: &[u8]) -> [u8; BLOCK] {
        let mut context = hmac::Context::with_key(&self.key);
        context.update(domain);
        context.update(data);
        let mut block = [0; BLOCK];
        block.copy_from_slice(context.sign().as_ref());
        block
    }
}

impl fmt::Debug for Random {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Random")
            .field("counter", &self.counter)
            .field("used", &self.used)
            .finish_non_exhaustive()
    }
}

impl TryRng for Random {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok(u32::from_le_bytes(self.bytes()))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        Ok(u64::from_le_bytes(self.bytes()))
    }

    fn try_fill_bytes(&mut self, out: &mut [u8]) -> Result<(), Infallible> {
        self.fill(out);
        Ok(())
    }
}

impl TryCryptoRng for Random {}

/// Length of one block of the stream: that of an HMAC-SHA-256 value.
const BLOCK: usize = 32;
const STREAM: &[u8] = b"padlock stream\0";
const FORK: &[u8] = b"padlock fork\0";
