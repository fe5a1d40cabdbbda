//! ECDSA signatures (FIPS 186-5 §6.4.1) whose nonce comes from key and message (RFC 6979).

use p256::elliptic_curve::group::{Curve, Group};
use p256::elliptic_curve::ops::{Invert, Reduce};
use p256::elliptic_curve::point::AffineCoordinates;
use p256::elliptic_curve::{
    CurveArithmetic, Field, FieldBytes, NonZeroScalar, PrimeField, ProjectivePoint, Scalar,
    SecretKey,
};
use ring::hmac;

/// Signs a digest. The result is `r || s`, each as long as the order.
///
/// `generator` makes the nonces; RFC 6979 wants it to use the hash that the message was hashed with,
/// which is not so here where a message is hashed by the other curve's.
pub(crate) fn sign<C: CurveArithmetic>(
    key: &SecretKey<C>,
    digest: &[u8],
    generator: hmac::Algorithm,
) -> Vec<u8> {
    let z = scalar::<C>(digest);
    let d = *key.to_nonzero_scalar();
    let mut nonces = Nonces::new(generator, &d.to_repr(), &z.to_repr());
    loop {
        let mut candidate = FieldBytes::<C>::default();
        nonces.fill(&mut candidate);
        let Some(k) = Option::<NonZeroScalar<C>>::from(NonZeroScalar::<C>::from_repr(candidate))
        else {
            continue;
        };
        let point = ProjectivePoint::<C>::mul_by_generator(&k).to_affine();
        let r = scalar::<C>(&point.x());
        let s = *k.invert() * (z + r * d);
        if !bool::from(r.is_zero()) && !bool::from(s.is_zero()) {
            return [r.to_repr(), s.to_repr()].concat();
        }
    }
}

/// The number that the leftmost bits are, as many as the order has (SEC 1 §4.1.3 step 5, RFC 6979
/// §2.3.2), modulo the order. Both orders have a whole number of bytes.
fn scalar<C: CurveArithmetic>(bytes: &[u8]) -> Scalar<C> {
    let mut field = FieldBytes::<C>::default();
    let length = bytes.len().min(field.len());
    let start = field.len() - length;
    field[start..].copy_from_slice(&bytes[..length]);
    Scalar::<C>::reduce(&field)
}

/// RFC 6979 §3.2: HMAC_DRBG, seeded with key and digest.
struct Nonces {
    algorithm: hmac::Algorithm,
    key: hmac::Key,
    value: Vec<u8>,
    is_first: bool,
}

impl Nonces {
    fn new(algorithm: hmac::Algorithm, private_key: &[u8], digest: &[u8]) -> Self {
        let length = algorithm.digest_algorithm().output_len();
        let mut nonces = Self {
            algorithm,
            key: hmac::Key::new(algorithm, &vec![0; length]),
            value: vec![1; length],
            is_first: true,
        };
        nonces.update(&[&[0], private_key, digest].concat());
        nonces.update(&[&[1], private_key, digest].concat());
        nonces
    }

    /// The next candidate. The curves' orders are as long as their generators' digests.
    fn fill(&mut self, out: &mut [u8]) {
        if !self.is_first {
            self.update(&[0]);
        }
        self.is_first = false;
        self.value = self.hmac(&[]);
        out.copy_from_slice(&self.value);
    }

    /// `K = HMAC_K(V || input)`, `V = HMAC_K(V)`.
    fn update(&mut self, input: &[u8]) {
        self.key = hmac::Key::new(self.algorithm, &self.hmac(input));
        self.value = self.hmac(&[]);
    }

    fn hmac(&self, input: &[u8]) -> Vec<u8> {
        let mut context = hmac::Context::with_key(&self.key);
        context.update(&self.value);
        context.update(input);
        context.sign().as_ref().to_vec()
    }
}
