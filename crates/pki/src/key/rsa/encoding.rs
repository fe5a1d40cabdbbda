//! What is signed instead of the message: the encoding methods of RFC 8017 §9.

use crate::digest::Hash;
use crate::random::Random;
use crate::signature::SignatureAlgorithm;

/// The encoded message, as long as a modulus of so many bits; `None` where that is too short, or
/// where the algorithm is not one of RSA.
pub(super) fn encode(
    algorithm: SignatureAlgorithm,
    message: &[u8],
    modulus_bits: u32,
    random: &mut Random,
) -> Option<Vec<u8>> {
    use SignatureAlgorithm as A;
    let hash = algorithm.hash()?;
    match algorithm {
        A::RsaPkcs1Sha256 | A::RsaPkcs1Sha384 | A::RsaPkcs1Sha512 => {
            pkcs1(hash, message, modulus_bits)
        }
        A::RsaPssSha256 | A::RsaPssSha384 | A::RsaPssSha512 => {
            let mut salt = vec![0; hash.length()];
            random.fill(&mut salt);
            pss(hash, message, &salt, modulus_bits)
        }
        _ => None,
    }
}

/// EMSA-PKCS1-v1_5 (RFC 8017 §9.2):
///
/// ```text
/// EM = 0x00 || 0x01 || PS || 0x00 || T      -- PS: at least 8 octets 0xff
/// T  = DigestInfo ::= SEQUENCE { digestAlgorithm, digest OCTET STRING }
/// ```
fn pkcs1(hash: Hash, message: &[u8], modulus_bits: u32) -> Option<Vec<u8>> {
    // The last arc of 2.16.840.1.101.3.4.2.
    let arc = match hash {
        Hash::Sha256 => 1,
        Hash::Sha384 => 2,
        Hash::Sha512 => 3,
        Hash::Sha1 => return None,
    };
    let digest = hash.of(message);
    let length = u8::try_from(digest.len()).ok()?;
    let mut info = vec![0x30, 17 + length, 0x30, 13, 6, 9];
    info.extend([0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, arc, 5, 0, 4, length]);
    info.extend(digest);
    padded(&info, modulus_bits)
}

/// The same with SHA-1 (1.3.14.3.2.26), which [`encode`] never makes.
pub(super) fn pkcs1_with_sha1(message: &[u8], modulus_bits: u32) -> Option<Vec<u8>> {
    let mut info = vec![0x30, 33, 0x30, 9, 6, 5, 0x2b, 14, 3, 2, 26, 5, 0, 4, 20];
    info.extend(Hash::Sha1.of(message));
    padded(&info, modulus_bits)
}

/// `EM` around this `T`.
fn padded(info: &[u8], modulus_bits: u32) -> Option<Vec<u8>> {
    let total = bytes(modulus_bits)?;
    let padding = total.checked_sub(info.len() + 3)?;
    if padding < 8 {
        return None;
    }
    let mut encoded = vec![0, 1];
    encoded.resize(2 + padding, 0xff);
    encoded.push(0);
    encoded.extend(info);
    Some(encoded)
}

/// EMSA-PSS (RFC 8017 §9.1.1), with MGF1 on the same hash:
///
/// ```text
/// H  = Hash(8 octets 0x00 || Hash(M) || salt)
/// DB = PS || 0x01 || salt                   -- PS: octets 0x00
/// EM = (DB xor MGF1(H)) || H || 0xbc        -- a bit shorter than the modulus
/// ```
fn pss(hash: Hash, message: &[u8], salt: &[u8], modulus_bits: u32) -> Option<Vec<u8>> {
    let bits = modulus_bits.checked_sub(1)?;
    let total = bytes(bits)?;
    let masked = total.checked_sub(hash.length() + 1)?;
    let padding = masked.checked_sub(salt.len() + 1)?;

    let digest = hash.of(&[&[0; 8], hash.of(message).as_slice(), salt].concat());
    let mut block = vec![0; padding];
    block.push(1);
    block.extend(salt);
    for (index, piece) in (0_u32..).zip(block.chunks_mut(hash.length())) {
        // MGF1 (RFC 8017 Appendix B.2.1): the digest with a counter behind it.
        let mask = hash.of(&[digest.as_slice(), &index.to_be_bytes()].concat());
        for (byte, mask) in piece.iter_mut().zip(mask) {
            *byte ^= mask;
        }
    }
    if let Some(first) = block.first_mut() {
        *first &= 0xff >> (8 * total - usize::try_from(bits).ok()?);
    }
    block.extend(digest);
    block.push(0xbc);
    // Where the modulus begins with a single bit in its first byte, that byte is zero.
    let mut encoded = vec![0; bytes(modulus_bits)? - total];
    encoded.extend(block);
    Some(encoded)
}

fn bytes(bits: u32) -> Option<usize> {
    usize::try_from(bits.div_ceil(8)).ok()
}
