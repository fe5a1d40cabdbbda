//! A private key from its two primes: everything else of it can be calculated.
//!
//! The time that it takes depends on the primes, by the divisions and the search in [`inverse`].
//! It is for keys that are no secret, as the demonstration's, whose primes are in the program, and for
//! keys to learn with.

use super::montgomery::{self, Limb, Modulus, divide};
use crate::write;

/// The public exponent, a prime (RFC 8017 §3.1; FIPS 186-5 §A.1.1).
pub(super) const EXPONENT: Limb = 65_537;
/// The primes less 1 have a common divisor, an even number that is mostly very small.
const COMMON_DIVISORS: Limb = 100;

/// The `RSAPrivateKey` (RFC 8017 Appendix A.1.2) of two primes, of which the first is greater, with
/// the public exponent 65,537. `None` where they cannot be the primes of such a key.
pub(super) fn private_key(p: &[u8], q: &[u8]) -> Option<Vec<u8>> {
    let length = p.len() + q.len();
    let number = |number: &[Limb]| write::natural(&montgomery::to_bytes(number, length));
    let prime = Modulus::new(p)?;
    let [mut p_less_1, mut q_less_1] = [p, q].map(montgomery::from_bytes);
    let modulus = montgomery::multiply_add(&p_less_1, &q_less_1, &[]);
    let mut one = vec![0; length];
    one[0] = 1;
    montgomery::subtract(&mut p_less_1, &one);
    montgomery::subtract(&mut q_less_1, &one);
    // qInv by Fermat's theorem: q to the power of p - 2.
    let mut exponent = p_less_1.clone();
    montgomery::subtract(&mut exponent, &one);
    let exponent = montgomery::to_bytes(&exponent, p.len());
    let coefficient = prime.enter(&montgomery::from_bytes(q));
    let coefficient = prime.leave(&prime.power(&coefficient, &exponent));
    // d is the inverse of e modulo the least common multiple of p - 1 and q - 1.
    let divides =
        |divisor: &Limb| divide(&p_less_1, *divisor).1 == 0 && divide(&q_less_1, *divisor).1 == 0;
    let divisor = (1..COMMON_DIVISORS).rev().find(divides)?;
    let multiple = montgomery::multiply_add(&divide(&p_less_1, divisor).0, &q_less_1, &[]);
    Some(write::sequence(&[
        &write::natural(&[]),
        &number(&modulus),
        &write::natural(&EXPONENT.to_be_bytes()),
        &number(&inverse(&multiple)?),
        &write::natural(p),
        &write::natural(q),
        &number(&inverse(&p_less_1)?),
        &number(&inverse(&q_less_1)?),
        &number(&coefficient),
    ]))
}

/// The inverse of the exponent modulo this number: (1 + k·m) / e, where k makes it divisible.
/// `None` where none does, because the exponent, which is prime, divides the number.
fn inverse(modulus: &[Limb]) -> Option<Vec<Limb>> {
    let remainder = divide(modulus, EXPONENT).1;
    let (mut k, mut sum) = (0, 1);
    while sum != 0 {
        if k == EXPONENT {
            return None;
        }
        sum = (sum + remainder) % EXPONENT;
        k += 1;
    }
    Some(divide(&montgomery::multiply_add(modulus, &[k], &[1]), EXPONENT).0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_inverse_is_one_or_there_is_none() {
        let number = |number: u64| montgomery::from_bytes(&number.to_be_bytes());
        for modulus in [2, 3, 65_536, 65_538, 0xffff_fffb, 65_537 * 3 + 1] {
            let inverse = montgomery::to_bytes(&inverse(&number(modulus)).unwrap(), 8);
            let inverse = u64::from_be_bytes(inverse.try_into().unwrap());
            let product = u128::from(inverse) * 65_537;
            assert_eq!(product % u128::from(modulus), 1, "{modulus}");
        }
        for modulus in [65_537, 65_537 * 2, 65_537 * 40_961] {
            assert!(inverse(&number(modulus)).is_none(), "{modulus}");
        }
    }

    /// With a prime one above a multiple of the exponent nothing undoes the public operation.
    #[test]
    fn primes_that_no_key_can_have() {
        // 917,549, 917,519 = 14 · 65,537 + 1 and 917,513.
        let [first, unfit, fit] = [[0x0e, 0x00, 0x2d], [0x0e, 0x00, 0x0f], [0x0e, 0x00, 0x09]];
        assert!(private_key(&first, &unfit).is_none());
        assert!(private_key(&first, &fit).is_some());
    }
}
