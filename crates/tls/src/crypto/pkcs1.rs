//! The encryption block of RSA key transport: RSAES-PKCS1-v1_5 as TLS 1.2 uses it
//! ([RFC 8017 §7.2](https://www.rfc-editor.org/rfc/rfc8017#section-7.2),
//! [RFC 5246 §7.4.7.1](https://www.rfc-editor.org/rfc/rfc5246#section-7.4.7.1)). Historical:
//! RFC 10015 forbids it.
//!
//! ```text
//! EM = 0x00 || 0x02 || PS || 0x00 || M
//! ```
//! PS is at least eight random bytes, none of them zero; EM is as long as the modulus.

use std::{error, fmt};

use padlock_pki::random::Random;
use subtle::{ConditionallySelectable, ConstantTimeEq};

/// The length of a pre-master secret of RSA key transport: `client_version` and 46 random bytes.
pub const PREMASTER_LENGTH: usize = 48;

/// What EM holds besides PS and M: 0x00, 0x02 and the 0x00 between the two.
const MARKS: usize = 3;
const LEAST_PADDING: usize = 8;

/// Lays `message` behind random padding in a block of `length` bytes, the length of the modulus.
///
/// # Errors
/// [`MessageTooLong`] if fewer than eight bytes are left for the padding.
pub fn pad(random: &mut Random, message: &[u8], length: usize) -> Result<Vec<u8>, MessageTooLong> {
    let padding = length
        .checked_sub(MARKS + message.len())
        .filter(|&padding| padding >= LEAST_PADDING)
        .ok_or(MessageTooLong {
            message: message.len(),
            block: length,
        })?;
    let mut block = Vec::with_capacity(length);
    block.extend_from_slice(&[0x00, 0x02]);
    block.extend((0..padding).map(|_| non_zero_byte(random)));
    block.push(0x00);
    block.extend_from_slice(message);
    Ok(block)
}

/// Reads the pre-master secret out of a decrypted block, or returns `fallback`, and does not let
/// on which.
///
/// `expected_version` is the `client_version` of the `ClientHello`; `fallback` holds that version
/// and 46 bytes drawn *before* the block is looked at. The fallback is returned if the padding is
/// wrong, if what it leaves is not 48 bytes long, or if the version is another: these were
/// Bleichenbacher's (1998) and Klíma, Pokorný and Rosa's (2003) oracles. The handshake goes on
/// either way and fails at the client's Finished.
///
/// Every byte of the block is read, and no branch or memory address depends on what it holds. The
/// block's length is public. The decryption before it is not part of this promise.
#[must_use]
pub fn open_premaster(
    block: &[u8],
    expected_version: [u8; 2],
    fallback: [u8; PREMASTER_LENGTH],
) -> [u8; PREMASTER_LENGTH] {
    let Some((padded, message)) = block.split_last_chunk::<PREMASTER_LENGTH>() else {
        return fallback;
    };
    let [first, second, padding @ .., separator] = padded else {
        return fallback;
    };
    if padding.len() < LEAST_PADDING {
        return fallback;
    }

    let mut good = first.ct_eq(&0x00) & second.ct_eq(&0x02) & separator.ct_eq(&0x00);
    for byte in padding {
        good &= !byte.ct_eq(&0x00);
    }
    good &= message[..2].ct_eq(&expected_version);

    let mut premaster = fallback;
    for (byte, read) in premaster.iter_mut().zip(message) {
        byte.conditional_assign(read, good);
    }
    premaster
}

/// A message that leaves too little room for the padding.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct MessageTooLong {
    /// The length of the message.
    pub message: usize,
    /// The length of the block, which is that of the modulus.
    pub block: usize,
}

impl fmt::Display for MessageTooLong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { message, block } = self;
        write!(
            f,
            "{message} bytes and their padding do not fit a block of {block}"
        )
    }
}

impl error::Error for MessageTooLong {}

fn non_zero_byte(random: &mut Random) -> u8 {
    loop {
        let [byte] = random.bytes::<1>();
        if byte != 0 {
            return byte;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const VERSION: [u8; 2] = [3, 3];
    const FALLBACK: [u8; PREMASTER_LENGTH] = [0xfa; PREMASTER_LENGTH];

    fn premaster() -> [u8; PREMASTER_LENGTH] {
        let mut premaster = [0x80; PREMASTER_LENGTH];
        premaster[..2].copy_from_slice(&VERSION);
        premaster[40] = 0x00;
        premaster
    }

    fn block(length: usize) -> Vec<u8> {
        pad(&mut Random::new([1; 32]), &premaster(), length).unwrap()
    }

    #[test]
    fn a_block_is_laid_out_as_the_standard_says() {
        for length in [59, 128, 256, 512] {
            let block = block(length);
            assert_eq!(block.len(), length);
            assert_eq!(block[..2], [0, 2]);
            assert!(block[2..length - 49].iter().all(|&byte| byte != 0));
            assert_eq!(block[length - 49], 0);
            assert_eq!(block[length - 48..], premaster());
            assert_eq!(open_premaster(&block, VERSION, FALLBACK), premaster());
        }
        assert_eq!(
            pad(&mut Random::new([1; 32]), &premaster(), 58),
            Err(MessageTooLong {
                message: 48,
                block: 58
            })
        );
        assert!(pad(&mut Random::new([1; 32]), &[], 2).is_err());
    }

    #[test]
    fn any_fault_at_any_place_gives_the_fallback() {
        let good = block(256);
        for at in 0..256 {
            for value in 0..=255 {
                let mut changed = good.clone();
                changed[at] = value;
                let right = match at {
                    0 => value == 0,
                    1 => value == 2,
                    2..207 => value != 0,
                    207 => value == 0,
                    208 | 209 => value == 3,
                    _ => true,
                };
                let expected = if right {
                    changed[208..].try_into().unwrap()
                } else {
                    FALLBACK
                };
                let opened = open_premaster(&changed, VERSION, FALLBACK);
                assert_eq!(opened, expected, "byte {at} = {value}");
            }
        }
    }

    #[test]
    fn a_message_of_another_length_gives_the_fallback() {
        let mut random = Random::new([2; 32]);
        for length in (0..=245).filter(|&length| length != PREMASTER_LENGTH) {
            let block = pad(&mut random, &vec![3; length], 256).unwrap();
            assert_eq!(
                open_premaster(&block, VERSION, FALLBACK),
                FALLBACK,
                "{length} bytes"
            );
        }
    }

    #[test]
    fn a_block_too_short_for_a_premaster_gives_the_fallback() {
        let good = block(59);
        for from in 1..=59 {
            assert_eq!(open_premaster(&good[from..], VERSION, FALLBACK), FALLBACK);
        }
        // Seven bytes of padding where the standard wants eight.
        let short = [&[0, 2, 1, 1, 1, 1, 1, 1, 1, 0][..], &premaster()].concat();
        assert_eq!(open_premaster(&short, VERSION, FALLBACK), FALLBACK);
    }
}
