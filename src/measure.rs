//! How long one operation of either kind of cryptography takes here and now.

use padlock_pki::demo::{Holder, KeyChoice};
use padlock_pki::key::PrivateKey;
use padlock_tls::crypto::aead::{Aead, AeadKey};

use crate::platform::clock::Clock;

/// What a record holds at most (RFC 5246 §6.2.1).
pub const RECORD: usize = 16_384;
/// What is transported by RSA: the pre-master secret (RFC 5246 §7.4.7.1).
pub const SECRET: usize = 48;

/// How long a quick operation is repeated, so that a coarse clock can tell how long it takes.
const ENOUGH_MILLISECONDS: f64 = 8.0;

/// The two operations, ready to be done.
#[derive(Debug)]
pub struct Bench {
    private_key: PrivateKey,
    block: Vec<u8>,
    traffic_key: AeadKey,
    record: Vec<u8>,
    sealed: u64,
}

/// How long an operation took, in milliseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Sample {
    /// One RSA operation with the private key: `c^d mod n`, 2048 bits.
    pub rsa: f64,
    /// One record of 16 KiB, encrypted with AES-128-GCM.
    pub aes: f64,
}

impl Bench {
    /// With the demonstration's key; `None` if a key cannot be used, which no build should show.
    #[must_use]
    pub fn new() -> Option<Self> {
        let private_key = Holder::Shop.key(KeyChoice::Rsa).clone();
        let (modulus, _) = private_key.public_key().rsa_parts()?;
        let mut block = vec![1; modulus.len()];
        block[0] = 0; // below the modulus
        let block = private_key.public_key().encrypt_raw(&block).ok()?;
        let traffic_key = AeadKey::new(Aead::Aes128Gcm, &[2; 16]).ok()?;
        Some(Self {
            private_key,
            block,
            traffic_key,
            record: vec![3; RECORD],
            sealed: 0,
        })
    }

    /// Does both once more, and tells how long each took. Takes a few tens of milliseconds.
    #[must_use]
    pub fn sample(&mut self, clock: &dyn Clock) -> Option<Sample> {
        let start = clock.milliseconds();
        self.private_key.decrypt_raw(&self.block).ok()?;
        let rsa = clock.milliseconds() - start;

        let mut count = 0.0;
        let start = clock.milliseconds();
        loop {
            self.seal();
            count += 1.0;
            let elapsed = clock.milliseconds() - start;
            if elapsed >= ENOUGH_MILLISECONDS {
                return Some(Sample {
                    rsa,
                    aes: elapsed / count,
                });
            }
        }
    }

    /// Encrypts a record, each under a nonce of its own.
    fn seal(&mut self) {
        self.sealed += 1;
        let mut nonce = [0; 12];
        nonce[4..].copy_from_slice(&self.sealed.to_be_bytes());
        self.record.truncate(RECORD);
        self.traffic_key.seal_in_place(nonce, &[], &mut self.record);
    }
}

/// The median of some samples, each operation by itself.
#[must_use]
pub fn median(samples: &[Sample]) -> Sample {
    // Quick enough for a few samples, and the page carries no sorting for it.
    let middle = |of: fn(&Sample) -> f64| {
        let below = |value: f64| samples.iter().filter(|other| of(other) < value).count();
        let mut values = samples.iter().map(of);
        let is_middle = |value: &f64| {
            let same = samples.iter().filter(|other| of(other) == *value).count();
            (below(*value)..below(*value) + same).contains(&(samples.len() / 2))
        };
        values.find(is_middle).unwrap_or(0.0)
    };
    Sample {
        rsa: middle(|sample| sample.rsa),
        aes: middle(|sample| sample.aes),
    }
}

#[cfg(test)]
mod tests {
    use super::{Bench, Sample, median};
    use crate::platform::clock::FixedClock;

    #[test]
    fn does_both_operations() {
        // A clock that goes on by one at each look: one for RSA; eight records until enough has passed.
        let mut bench = Bench::new().unwrap();
        let sample = bench.sample(&FixedClock::default());
        assert_eq!(sample, Some(Sample { rsa: 1.0, aes: 1.0 }));
        assert_eq!(bench.sealed, 8);
    }

    #[test]
    fn takes_the_median_of_each() {
        let samples = [(9.0, 1.0), (1.0, 2.0), (2.0, 9.0)].map(|(rsa, aes)| Sample { rsa, aes });
        assert_eq!(median(&samples), Sample { rsa: 2.0, aes: 2.0 });
        assert_eq!(median(&[]), Sample::default());
    }
}
