//! The pseudorandom function of TLS 1.2
//! ([RFC 5246 §5](https://www.rfc-editor.org/rfc/rfc5246#section-5)), with its insides on view.

use padlock_pki::digest::Hash;
use ring::hmac;

/// ```text
/// PRF(secret, label, seed) = P_<hash>(secret, label + seed)
/// ```
/// cut to `length` bytes. Every secret of a TLS 1.2 connection and its `verify_data` come from it.
#[must_use]
pub fn prf(hash: Hash, secret: &[u8], label: &[u8], seed: &[u8], length: usize) -> Vec<u8> {
    expand_steps(hash, secret, label, seed, length).output
}

/// The same as [`prf`], with every intermediate value kept.
///
/// ```text
/// P_hash(secret, seed) = HMAC_hash(secret, A(1) + seed) +
///                        HMAC_hash(secret, A(2) + seed) +
///                        HMAC_hash(secret, A(3) + seed) + ...
/// A(0) = seed
/// A(i) = HMAC_hash(secret, A(i-1))
/// ```
#[must_use]
pub fn expand_steps(
    hash: Hash,
    secret: &[u8],
    label: &[u8],
    seed: &[u8],
    length: usize,
) -> Expansion {
    let key = super::hmac_key(hash, secret);
    let seed = [label, seed].concat();
    let mut steps: Vec<Step> = Vec::new();
    let mut output = Vec::with_capacity(length);
    while output.len() < length {
        let previous = steps.last().map_or(seed.as_slice(), |step| &step.a);
        let a = hmac::sign(&key, previous).as_ref().to_vec();
        let mut context = hmac::Context::with_key(&key);
        context.update(&a);
        context.update(&seed);
        let block = context.sign().as_ref().to_vec();
        output.extend_from_slice(&block);
        steps.push(Step { a, block });
    }
    output.truncate(length);
    Expansion {
        seed,
        steps,
        output,
    }
}

/// What `P_hash` computed, from its seed to its output.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Expansion {
    /// label + seed, which is also A(0).
    pub seed: Vec<u8>,
    /// One per block of output, the first with A(1).
    pub steps: Vec<Step>,
    /// The blocks one after another, cut to the length asked for.
    pub output: Vec<u8>,
}

/// One round of `P_hash`.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Step {
    /// A(i) = HMAC(secret, A(i-1)).
    pub a: Vec<u8>,
    /// HMAC(secret, A(i) + seed), whole even if the output uses only its beginning.
    pub block: Vec<u8>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_steps_follow_the_formula() {
        let expansion = expand_steps(Hash::Sha256, b"secret", b"label", b"seed", 80);
        assert_eq!(expansion.seed, b"labelseed");
        assert_eq!(expansion.steps.len(), 3);
        let mut a = expansion.seed.clone();
        let mut blocks = Vec::new();
        for step in &expansion.steps {
            a = crate::crypto::hmac(Hash::Sha256, b"secret", &a);
            assert_eq!(step.a, a);
            let input = [a.as_slice(), b"labelseed"].concat();
            assert_eq!(
                step.block,
                crate::crypto::hmac(Hash::Sha256, b"secret", &input)
            );
            blocks.extend_from_slice(&step.block);
        }
        assert_eq!(expansion.output, blocks[..80]);
    }

    #[test]
    fn a_shorter_output_is_the_beginning_of_a_longer_one() {
        let long = prf(Hash::Sha384, b"s", b"l", b"x", 200);
        for length in [0, 1, 47, 48, 49, 96, 97, 200] {
            assert_eq!(prf(Hash::Sha384, b"s", b"l", b"x", length), long[..length]);
        }
    }
}
