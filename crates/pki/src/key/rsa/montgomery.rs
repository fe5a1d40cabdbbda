//! Arithmetic modulo a large odd number, by Montgomery's multiplication.
//!
//! Numbers are slices of limbs, the least significant first. The time that anything here takes
//! depends on the lengths of the numbers only, except for [`Modulus::power_of_public`] and
//! [`divide`], which divides as the machine does, in a time that may depend on the numbers.
//!
//! Montgomery's multiplication gives `a·b/R mod n`, where `R` is the first power of the limbs' base
//! above `n` (P. L. Montgomery, "Modular multiplication without trial division", 1985). A number
//! `x` is "in Montgomery's form" as `x·R mod n`: there, products need no division.

use core::iter;

use subtle::{ConditionallySelectable, ConstantTimeEq};

/// A digit of a number. Twice its width is what the machine multiplies.
#[cfg(not(target_arch = "wasm32"))]
pub(super) type Limb = u64;
#[cfg(not(target_arch = "wasm32"))]
type Double = u128;
/// WebAssembly has no wider product than that of 64 bits.
#[cfg(target_arch = "wasm32")]
pub(super) type Limb = u32;
#[cfg(target_arch = "wasm32")]
type Double = u64;

const LIMB_BYTES: usize = size_of::<Limb>();
const LIMB_BITS: usize = 8 * LIMB_BYTES;

/// How many bits of a secret exponent are looked at together: half of a byte.
const WINDOW: usize = 4;

/// The number in these bytes, big-endian (OS2IP, RFC 8017 §4.2), with as many limbs as they need.
pub(super) fn from_bytes(bytes: &[u8]) -> Vec<Limb> {
    let limb = |chunk: &[u8]| {
        let digits = chunk.iter();
        digits.fold(0, |limb: Limb, byte| limb << 8 | Limb::from(*byte))
    };
    bytes.rchunks(LIMB_BYTES).map(limb).collect()
}

/// The lowest bytes of the number, big-endian (I2OSP, RFC 8017 §4.1).
pub(super) fn to_bytes(number: &[Limb], length: usize) -> Vec<u8> {
    let low_first = number.iter().flat_map(|limb| limb.to_le_bytes());
    let mut bytes: Vec<u8> = low_first.chain(iter::repeat(0)).take(length).collect();
    bytes.reverse();
    bytes
}

/// `a·b + c`, as long as `a` and `b` together.
pub(super) fn multiply_add(a: &[Limb], b: &[Limb], c: &[Limb]) -> Vec<Limb> {
    let mut sum = c.to_vec();
    sum.resize(a.len() + b.len(), 0);
    for (place, &a) in a.iter().enumerate() {
        let mut carry = 0;
        for (digit, &b) in sum[place..]
            .iter_mut()
            .zip(b.iter().chain(iter::repeat(&0)))
        {
            (*digit, carry) = multiply_add_add(a, b, *digit, carry);
        }
    }
    sum
}

/// An odd number, and what calculating modulo it needs.
pub(super) struct Modulus {
    number: Vec<Limb>,
    /// `-1/n` modulo the limbs' base.
    negative_inverse: Limb,
    /// `R² mod n`: multiplying by it brings a number into Montgomery's form.
    square_of_r: Vec<Limb>,
}

impl Modulus {
    /// Prepares for the number in these bytes, of which the first is not zero; `None` where it is,
    /// or where the number is even or 1.
    pub(super) fn new(bytes: &[u8]) -> Option<Self> {
        let number = from_bytes(bytes);
        let first = *bytes.first().filter(|first| **first != 0)?;
        let lowest = *number.first()?;
        if lowest & 1 == 0 || bytes == [1] {
            return None;
        }
        // Newton's method: each round doubles the bits that are right, of which there are 3.
        let mut inverse = lowest;
        for _ in 0..5 {
            let error = lowest.wrapping_mul(inverse);
            inverse = inverse.wrapping_mul(Limb::wrapping_sub(2, error));
        }
        let mut modulus = Self {
            negative_inverse: inverse.wrapping_neg(),
            square_of_r: Vec::new(),
            number,
        };
        // The highest power of two below the number, doubled until it is R; then raised to R².
        let size = LIMB_BITS * modulus.number.len();
        let bits = 8 * bytes.len() - usize::try_from(first.leading_zeros()).ok()?;
        let mut power = vec![0; modulus.number.len()];
        power[(bits - 1) / LIMB_BITS] = 1 << ((bits - 1) % LIMB_BITS);
        for _ in bits - 1..size {
            power = modulus.add(&power, &power);
        }
        for place in (0..usize::BITS - size.leading_zeros()).rev() {
            power = modulus.multiply(&power, &power);
            if size >> place & 1 == 1 {
                power = modulus.add(&power, &power);
            }
        }
        modulus.square_of_r = power;
        Some(modulus)
    }

    /// The number itself.
    pub(super) fn number(&self) -> &[Limb] {
        &self.number
    }

    /// Whether the modulus is above this number, which is as long.
    pub(super) fn is_above(&self, number: &[Limb]) -> bool {
        subtract(&mut number.to_vec(), &self.number) == 1
    }

    /// Any number, of any length, in Montgomery's form.
    pub(super) fn enter(&self, number: &[Limb]) -> Vec<Limb> {
        let mut sum = vec![0; self.number.len()];
        for digits in number.chunks(self.number.len()).rev() {
            let mut digits = digits.to_vec();
            digits.resize(self.number.len(), 0);
            let high = self.multiply(&sum, &self.square_of_r);
            sum = self.add(&high, &self.multiply(&digits, &self.square_of_r));
        }
        sum
    }

    /// The number whose Montgomery form this is.
    pub(super) fn leave(&self, number: &[Limb]) -> Vec<Limb> {
        let mut one = vec![0; self.number.len()];
        one[0] = 1;
        self.multiply(number, &one)
    }

    /// `a·b/R`: the product of numbers in Montgomery's form, or of one that is and one that is not,
    /// which then is the plain product. One of them is below the modulus, the other below `R`.
    pub(super) fn multiply(&self, a: &[Limb], b: &[Limb]) -> Vec<Limb> {
        let mut product = vec![0; self.number.len()];
        self.multiply_into(a, b, &mut product);
        product
    }

    /// `a - b`, of numbers below the modulus.
    pub(super) fn subtract(&self, a: &[Limb], b: &[Limb]) -> Vec<Limb> {
        let mut difference = a.to_vec();
        let borrow = subtract(&mut difference, b);
        add_masked(&mut difference, &self.number, borrow.wrapping_neg());
        difference
    }

    /// `base` raised to a secret exponent, big-endian; base and result in Montgomery's form.
    pub(super) fn power(&self, base: &[Limb], exponent: &[u8]) -> Vec<Limb> {
        let length = self.number.len();
        let mut one = vec![0; length];
        one[0] = 1;
        let mut powers = vec![self.multiply(&one, &self.square_of_r)];
        for last in 0..(1 << WINDOW) - 1 {
            powers.push(self.multiply(&powers[last], base));
        }
        let mut result = powers[0].clone();
        let (mut factor, mut spare) = (vec![0; length], vec![0; length]);
        let digits = |byte: &u8| [byte >> WINDOW, byte & ((1 << WINDOW) - 1)];
        for digit in exponent.iter().flat_map(digits) {
            for _ in 0..WINDOW {
                self.multiply_into(&result, &result, &mut spare);
                core::mem::swap(&mut result, &mut spare);
            }
            // Every power is read, so that the cache does not tell which one it was.
            for (power, index) in powers.iter().zip(0_u8..) {
                let is_it = index.ct_eq(&digit);
                for (to, from) in factor.iter_mut().zip(power) {
                    to.conditional_assign(from, is_it);
                }
            }
            self.multiply_into(&result, &factor, &mut spare);
            core::mem::swap(&mut result, &mut spare);
        }
        result
    }

    /// `base` raised to an exponent that is no secret, big-endian and not zero; base and result in
    /// Montgomery's form.
    pub(super) fn power_of_public(&self, base: &[Limb], exponent: &[u8]) -> Vec<Limb> {
        let bits = exponent
            .iter()
            .flat_map(|byte| (0..8).rev().map(move |bit| byte >> bit & 1));
        let mut result = base.to_vec();
        for bit in bits.skip_while(|bit| *bit == 0).skip(1) {
            result = self.multiply(&result, &result);
            if bit == 1 {
                result = self.multiply(&result, base);
            }
        }
        result
    }

    /// `a + b`, of numbers below the modulus.
    fn add(&self, a: &[Limb], b: &[Limb]) -> Vec<Limb> {
        let mut sum = a.to_vec();
        let carry = add_masked(&mut sum, b, Limb::MAX);
        self.reduce_once(&mut sum, carry);
        sum
    }

    fn multiply_into(&self, a: &[Limb], b: &[Limb], product: &mut [Limb]) {
        let length = product.len();
        let (b, number) = (&b[..length], &self.number[..length]);
        product.fill(0);
        let mut highest = 0;
        for &a in a {
            // product = (product + a·b + factor·n) / base, where the factor makes it divisible.
            let (lowest, mut carry) = multiply_add_add(a, b[0], product[0], 0);
            let factor = lowest.wrapping_mul(self.negative_inverse);
            let (_, mut second_carry) = multiply_add_add(factor, number[0], lowest, 0);
            for place in 1..length {
                let digit;
                (digit, carry) = multiply_add_add(a, b[place], product[place], carry);
                (product[place - 1], second_carry) =
                    multiply_add_add(factor, number[place], digit, second_carry);
            }
            (product[length - 1], highest) =
                split(Double::from(carry) + Double::from(second_carry) + Double::from(highest));
        }
        self.reduce_once(product, highest);
    }

    /// Subtracts the modulus from `(carry, number)` unless that is below it.
    fn reduce_once(&self, number: &mut [Limb], carry: Limb) {
        let borrow = subtract(number, &self.number);
        // One was borrowed that the carry does not pay back: add the modulus again.
        add_masked(number, &self.number, (borrow & !carry).wrapping_neg());
    }
}

/// Quotient and remainder; the time may depend on the numbers.
pub(super) fn divide(number: &[Limb], divisor: Limb) -> (Vec<Limb>, Limb) {
    let mut quotient = number.to_vec();
    let mut remainder = 0;
    for limb in quotient.iter_mut().rev() {
        let both = Double::from(remainder) << LIMB_BITS | Double::from(*limb);
        (*limb, _) = split(both / Double::from(divisor));
        (remainder, _) = split(both % Double::from(divisor));
    }
    (quotient, remainder)
}

/// The remainder alone; the time may depend on the numbers.
#[cfg(feature = "study")]
pub(super) fn remainder(number: &[Limb], divisor: Limb) -> Limb {
    number.iter().rev().fold(0, |remainder, limb| {
        let both = Double::from(remainder) << LIMB_BITS | Double::from(*limb);
        split(both % Double::from(divisor)).0
    })
}

/// Takes `b` from `a` and gives the borrow, 0 or 1.
pub(super) fn subtract(a: &mut [Limb], b: &[Limb]) -> Limb {
    let mut borrow = 0;
    for (a, b) in a.iter_mut().zip(b) {
        let (difference, first) = a.overflowing_sub(*b);
        let (difference, second) = difference.overflowing_sub(borrow);
        *a = difference;
        borrow = Limb::from(first | second);
    }
    borrow
}

/// Adds `b`, of whose bits only those in `mask` count, to `a` and gives the carry, 0 or 1.
fn add_masked(a: &mut [Limb], b: &[Limb], mask: Limb) -> Limb {
    let mut carry = 0;
    for (a, b) in a.iter_mut().zip(b) {
        (*a, carry) = split(Double::from(*a) + Double::from(b & mask) + Double::from(carry));
    }
    carry
}

/// `a·b + c + d`, low and high half: it never overflows.
fn multiply_add_add(a: Limb, b: Limb, c: Limb, d: Limb) -> (Limb, Limb) {
    split(Double::from(a) * Double::from(b) + Double::from(c) + Double::from(d))
}

/// The low and the high half.
#[expect(clippy::cast_possible_truncation, reason = "that is what a half is")]
fn split(number: Double) -> (Limb, Limb) {
    (number as Limb, (number >> LIMB_BITS) as Limb)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn bytes(number: u128) -> Vec<u8> {
        let bytes = number.to_be_bytes();
        bytes.into_iter().skip_while(|byte| *byte == 0).collect()
    }

    fn product(modulus: u128, a: u128, b: u128) -> u128 {
        let mut sum = 0_u128;
        let add = |a: u128, b: u128| match a.checked_add(b) {
            Some(sum) => sum % modulus,
            None => (a - (modulus - b)) % modulus,
        };
        for bit in (0..128).rev() {
            sum = add(sum, sum);
            if b >> bit & 1 == 1 {
                sum = add(sum, a % modulus);
            }
        }
        sum
    }

    fn power(modulus: u128, base: u128, exponent: &[u8]) -> u128 {
        let mut result = 1 % modulus;
        for bit in exponent
            .iter()
            .flat_map(|byte| (0..8).rev().map(move |bit| byte >> bit & 1))
        {
            result = product(modulus, result, result);
            if bit == 1 {
                result = product(modulus, result, base);
            }
        }
        result
    }

    proptest! {
        #[test]
        fn agrees_with_long_multiplication(modulus: u128, a: u128, b: u128, exponent: [u8; 3]) {
            for modulus in [modulus | 1, modulus >> 65 | 3, modulus | 1 << 127 | 1, u128::MAX] {
                let mod_n = Modulus::new(&bytes(modulus)).unwrap();
                let length = bytes(modulus).len();
                let number = |limbs: &[Limb]| to_bytes(limbs, length);
                let shown = |value: u128| value.to_be_bytes()[16 - length..].to_vec();
                let (a_in, b_in) = (mod_n.enter(&from_bytes(&bytes(a))), mod_n.enter(&from_bytes(&bytes(b))));
                let (a, b) = (a % modulus, b % modulus);
                prop_assert_eq!(number(&mod_n.leave(&a_in)), shown(a));
                prop_assert_eq!(
                    number(&mod_n.leave(&mod_n.multiply(&a_in, &b_in))),
                    shown(product(modulus, a, b))
                );
                let difference = if a < b { modulus - (b - a) } else { a - b };
                prop_assert_eq!(number(&mod_n.leave(&mod_n.subtract(&a_in, &b_in))), shown(difference));
                let raised = shown(power(modulus, a, &exponent));
                prop_assert_eq!(number(&mod_n.leave(&mod_n.power(&a_in, &exponent))), raised.clone());
                if exponent != [0; 3] {
                    prop_assert_eq!(number(&mod_n.leave(&mod_n.power_of_public(&a_in, &exponent))), raised);
                }
            }
        }

        #[test]
        fn multiplies_and_adds(a: u64, b: u64, c: u64) {
            let limbs = |number: u64| from_bytes(&number.to_be_bytes());
            let sum = u128::from(a) * u128::from(b) + u128::from(c);
            prop_assert_eq!(to_bytes(&multiply_add(&limbs(a), &limbs(b), &limbs(c)), 16), sum.to_be_bytes());
        }
    }

    /// Fermat's theorem, with primes that have few bits of one kind and so make long carries.
    #[test]
    fn primes_obey_fermat() {
        let mersenne = |bits: usize| {
            let mut prime = vec![0xff; bits.div_ceil(8)];
            prime[0] >>= 8 * prime.len() - bits;
            prime
        };
        for bits in [61, 89, 107, 127, 521, 607, 1279, 2203] {
            let prime = mersenne(bits);
            let modulus = Modulus::new(&prime).unwrap();
            let mut less_one = prime.clone();
            *less_one.last_mut().unwrap() -= 1;
            for base in [
                from_bytes(&[3]),
                from_bytes(&less_one),
                from_bytes(&[0xa5; 400]),
            ] {
                let power = modulus.power(&modulus.enter(&base), &less_one);
                assert_eq!(to_bytes(&modulus.leave(&power), 300), to_bytes(&[1], 300));
            }
        }
    }

    #[test]
    fn unusable_moduli() {
        for bytes in [&[][..], &[0], &[1], &[2], &[0, 3], &[0xff, 0xfe]] {
            assert!(Modulus::new(bytes).is_none(), "{bytes:?}");
        }
        assert!(Modulus::new(&[3]).is_some());
    }

    #[test]
    fn bytes_and_limbs() {
        let bytes: Vec<u8> = (1..=19).collect();
        let limbs = from_bytes(&bytes);
        assert_eq!(to_bytes(&limbs, 19), bytes);
        assert_eq!(to_bytes(&limbs, 3), bytes[16..]);
        assert_eq!(to_bytes(&limbs, 40)[..21], [0; 21]);
    }
}
