//! New RSA keys: two large primes, found by trying numbers (FIPS 186-5 Appendix A.1.3).
//!
//! The work is cut into steps, each of one number, so that whoever waits can be told how far it is
//! and can give up. Like everything in `primes.rs` it takes a time that depends on the primes: whoever
//! can measure it learns of them. The keys are to learn with.

use super::montgomery::{self, Limb, Modulus};
use super::primes::EXPONENT;
use crate::key::{KeyError, PrivateKey};
use crate::random::Random;

/// The lengths of keys that are made.
pub const RSA_LENGTHS: [u32; 3] = [2048, 3072, 4096];

/// Numbers that a small prime divides are put aside without a test. All small primes below this.
const SMALL: u16 = 4_000;

/// How often a number is tested before it counts as prime. For numbers of 1024 bits and more, drawn at
/// random, FIPS 186-5 Table B.1 asks for 5 rounds at most, for an error below 2⁻¹¹².
const ROUNDS: u32 = 8;

/// A key that is being made.
#[derive(Debug)]
pub struct RsaGeneration {
    /// The length of a prime in bytes.
    length: usize,
    random: Random,
    small: Vec<Limb>,
    candidate: Option<Candidate>,
    first: Option<Vec<u8>>,
    made: Option<PrivateKey>,
    progress: RsaProgress,
}

/// How far it is.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct RsaProgress {
    /// How many numbers were drawn.
    pub drawn: u32,
    /// How many of them no small prime divides, so that they were tested.
    pub tested: u32,
    /// How many primes were found, of two.
    pub found: u32,
}

/// A number that may be prime.
#[derive(Debug)]
struct Candidate {
    number: Vec<u8>,
    /// How many tests it passed.
    passed: u32,
}

impl RsaGeneration {
    /// Begins a key of so many bits; everything in it comes from `random`.
    ///
    /// # Errors
    /// [`KeyError::RsaSize`] for a length that is not one of [`RSA_LENGTHS`].
    pub fn new(bits: u32, random: &Random) -> Result<Self, KeyError> {
        if !RSA_LENGTHS.contains(&bits) {
            return Err(KeyError::RsaSize { bits });
        }
        let length = usize::try_from(bits / 16).map_err(|_| KeyError::RsaSize { bits })?;
        Ok(Self {
            length,
            random: random.fork("RSA key"),
            small: small_primes(),
            candidate: None,
            first: None,
            made: None,
            progress: RsaProgress::default(),
        })
    }

    /// Goes one step on: draws numbers until one deserves a test, or tests one once. Gives the key as
    /// soon as there is one, and from then on.
    pub fn step(&mut self) -> Option<&PrivateKey> {
        if self.made.is_none() {
            self.work();
        }
        self.made.as_ref()
    }

    /// How far it is.
    #[must_use]
    pub const fn progress(&self) -> RsaProgress {
        self.progress
    }

    fn work(&mut self) {
        let Some(mut candidate) = self.candidate.take() else {
            let number = self.draw();
            self.progress.tested += 1;
            self.candidate = Some(Candidate { number, passed: 0 });
            return;
        };
        if !may_be_prime(&candidate.number, &mut self.random) {
            return;
        }
        candidate.passed += 1;
        if candidate.passed < ROUNDS {
            self.candidate = Some(candidate);
            return;
        }
        match self.first.take() {
            None => {
                self.first = Some(candidate.number);
                self.progress.found = 1;
            }
            Some(first) => self.finish(first, candidate.number),
        }
    }

    /// A number with its two highest bits set, so that the product of two has its full length and
    /// each is above √2 · 2^(bits - 1); odd, and no small prime divides it or makes it useless.
    fn draw(&mut self) -> Vec<u8> {
        loop {
            let mut number = vec![0; self.length];
            self.random.fill(&mut number);
            if let Some(first) = number.first_mut() {
                *first |= 0xc0;
            }
            if let Some(last) = number.last_mut() {
                *last |= 1;
            }
            self.progress.drawn += 1;
            let limbs = montgomery::from_bytes(&number);
            let is_divided = |prime: &Limb| montgomery::remainder(&limbs, *prime) == 0;
            // One above a multiple of the exponent, nothing undoes the public operation.
            if !self.small.iter().any(is_divided) && montgomery::remainder(&limbs, EXPONENT) != 1 {
                return number;
            }
        }
    }

    /// Makes the key of two primes, unless they are too near each other (FIPS 186-5 §A.1.3 step 5.4):
    /// such a product is easily taken apart. Then another second prime is looked for.
    fn finish(&mut self, first: Vec<u8>, second: Vec<u8>) {
        let (greater, smaller) = if first > second {
            (&first, &second)
        } else {
            (&second, &first)
        };
        let key = if are_apart(greater, smaller) {
            PrivateKey::from_trusted_primes(&[greater.as_slice(), smaller].concat()).ok()
        } else {
            None
        };
        match key {
            Some(key) => {
                self.progress.found = 2;
                self.made = Some(key);
            }
            None => self.first = Some(first),
        }
    }
}

/// Whether two primes differ by more than 2^(bits - 100), where `bits` is the length of each.
fn are_apart(greater: &[u8], smaller: &[u8]) -> bool {
    let mut difference = montgomery::from_bytes(greater);
    montgomery::subtract(&mut difference, &montgomery::from_bytes(smaller));
    let difference = montgomery::to_bytes(&difference, greater.len());
    let zeros = difference.iter().take_while(|byte| **byte == 0).count();
    // 12 bytes are 96 bits.
    zeros <= 11
}

/// A round of Miller's and Rabin's test (FIPS 186-5 §B.3.1) of an odd number, with a base drawn at
/// random: a composite number passes with a chance of at most one in four, a prime always.
fn may_be_prime(number: &[u8], random: &mut Random) -> bool {
    let Some(modulus) = Modulus::new(number) else {
        return false;
    };
    let mut base = vec![0; number.len()];
    random.fill(&mut base);
    let base = modulus.enter(&montgomery::from_bytes(&base));
    let one = modulus.enter(&[1]);
    let zero = vec![0; one.len()];
    let less_one = modulus.subtract(&zero, &one);
    if base == zero || base == one || base == less_one {
        // These say nothing. The round counts all the same: of the bases, which are as many as 2 to
        // the power of the number's length, they are three.
        return true;
    }
    // number - 1 = odd · 2^twos
    let (odd, twos) = odd_part(number);
    let mut power = modulus.power_of_public(&base, &odd);
    if power == one || power == less_one {
        return true;
    }
    for _ in 1..twos {
        power = modulus.multiply(&power, &power);
        if power == less_one {
            return true;
        }
    }
    false
}

/// An odd number less 1, as an odd one and how often it was doubled.
fn odd_part(number: &[u8]) -> (Vec<u8>, u32) {
    let mut odd = number.to_vec();
    if let Some(last) = odd.last_mut() {
        *last &= 0xfe;
    }
    let mut twos = 0;
    while odd.last().is_some_and(|last| last & 1 == 0) && odd.iter().any(|byte| *byte != 0) {
        let mut carry = 0;
        for byte in &mut odd {
            (*byte, carry) = (*byte >> 1 | carry, *byte << 7);
        }
        twos += 1;
    }
    (odd, twos)
}

/// The primes from 3 on, by the sieve of Eratosthenes.
fn small_primes() -> Vec<Limb> {
    let mut is_composite = vec![false; usize::from(SMALL)];
    let mut primes = Vec::new();
    for number in (3..SMALL).step_by(2) {
        if is_composite.get(usize::from(number)) == Some(&false) {
            primes.push(Limb::from(number));
            let multiples = is_composite.iter_mut().step_by(usize::from(number));
            multiples.for_each(|multiple| *multiple = true);
        }
    }
    primes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn random() -> Random {
        Random::new([9; 32])
    }

    /// The test says of every small odd number what the sieve says.
    #[test]
    fn small_numbers_are_told_apart() {
        let primes = small_primes();
        assert_eq!(primes.len(), 549, "π(4000) - 1, without 2");
        let mut random = random();
        for number in (3..SMALL).step_by(2) {
            let bytes: Vec<u8> = number
                .to_be_bytes()
                .into_iter()
                .skip_while(|byte| *byte == 0)
                .collect();
            let passes = (0..20).all(|_| may_be_prime(&bytes, &mut random));
            assert_eq!(passes, primes.contains(&Limb::from(number)), "{number}");
        }
    }

    /// Mersenne's primes pass, their neighbours in that family do not, nor does a product of two.
    #[test]
    fn large_numbers_are_told_apart() {
        let mersenne = |bits: usize| {
            let mut number = vec![0xff; bits.div_ceil(8)];
            number[0] >>= 8 * number.len() - bits;
            number
        };
        let product = montgomery::multiply_add(
            &montgomery::from_bytes(&mersenne(521)),
            &montgomery::from_bytes(&mersenne(607)),
            &[],
        );
        let product = montgomery::to_bytes(&product, 141);
        let mut random = random();
        for bits in [61, 89, 107, 127, 521, 607, 1279, 2203] {
            assert!((0..4).all(|_| may_be_prime(&mersenne(bits), &mut random)));
        }
        // 2^67 - 1 and 2^1009 - 1 are composite; Mersenne was wrong about the first.
        for number in [mersenne(67), mersenne(1009), product] {
            assert!(!(0..8).all(|_| may_be_prime(&number, &mut random)));
        }
    }

    /// Carmichael's numbers deceive Fermat's test with every base, and this one with few.
    #[test]
    fn numbers_that_deceive_others_are_found_out() {
        let mut random = random();
        for number in [561_u32, 1_105, 1_729, 62_745, 825_265, 321_197_185] {
            let bytes: Vec<u8> = number
                .to_be_bytes()
                .into_iter()
                .skip_while(|byte| *byte == 0)
                .collect();
            assert!(
                !(0..20).all(|_| may_be_prime(&bytes, &mut random)),
                "{number}"
            );
        }
    }

    #[test]
    fn odd_parts() {
        for (number, odd, twos) in [
            ([0x01, 0x01], 1, 8),
            ([0x00, 0x03], 1, 1),
            ([0x0d, 0x01], 13, 8),
        ] {
            let (found, count) = odd_part(&number);
            assert_eq!((found.as_slice(), count), ([0, odd].as_slice(), twos));
        }
    }

    #[test]
    fn primes_that_are_near_each_other_are_refused() {
        let number = |place: usize| {
            let mut bytes = vec![0xc1; 128];
            bytes[place] += 1;
            bytes
        };
        let least = vec![0xc1; 128];
        for (place, apart) in [(0, true), (11, true), (12, false), (127, false)] {
            assert_eq!(are_apart(&number(place), &least), apart, "{place}");
        }
    }
}
