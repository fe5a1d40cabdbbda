use super::*;
use crate::crypto::cbc;

const ORDERS: [Order; 2] = [Order::MacThenEncrypt, Order::EncryptThenMac];
const MACS: [Mac; 3] = [Mac::HmacSha1, Mac::HmacSha256, Mac::HmacSha384];
const HEADER: RecordHeader = RecordHeader {
    sequence: 0x0102_0304_0506_0708,
    content_type: 23,
    version: [3, 3],
};
const IV: [u8; 16] = [9; 16];
const AES_KEY: [u8; 16] = [2; 16];

fn key(order: Order, mac: Mac) -> CbcHmacKey {
    CbcHmacKey::new(order, mac, &mac_key(mac), &AES_KEY).unwrap()
}

fn mac_key(mac: Mac) -> Vec<u8> {
    vec![1; mac.key_length()]
}

fn content(length: usize) -> Vec<u8> {
    (0..=u8::MAX).cycle().take(length).collect()
}

/// A record body that holds exactly `plaintext`, for MAC-then-encrypt.
fn encrypted(plaintext: &[u8]) -> Vec<u8> {
    [&IV[..], &cbc::encrypt(&AES_KEY, IV, plaintext).unwrap()].concat()
}

/// `content || MAC || padding`, with the MAC right and whatever padding.
fn with_mac(mac: Mac, content: &[u8], padding: &[u8]) -> Vec<u8> {
    let header = HEADER.additional_data(content.len().try_into().unwrap());
    let tag = mac.compute(&mac_key(mac), &[&header, content].concat());
    [content, &tag, padding].concat()
}

#[test]
fn what_is_sealed_opens() {
    for order in ORDERS {
        for mac in MACS {
            let key = key(order, mac);
            for length in (0..70).chain([255, 256, 1000, 16384]) {
                let content = content(length);
                let sealed = key.seal(HEADER, IV, &content);
                assert!(sealed.padding_length < 16);
                assert_eq!(
                    key.open(HEADER, &sealed.fragment),
                    Ok(Opened {
                        content,
                        additional_data: sealed.additional_data,
                        mac: sealed.mac,
                        padding_length: sealed.padding_length,
                    })
                );
            }
        }
    }
}

#[test]
fn every_length_of_padding_is_accepted() {
    for order in ORDERS {
        for mac in MACS {
            let key = key(order, mac);
            for length in 0..40 {
                for more_blocks in 0..=15 {
                    let sealed = key.seal_padded(HEADER, IV, &content(length), more_blocks);
                    let opened = key.open(HEADER, &sealed.fragment).unwrap();
                    assert_eq!(opened.content, content(length));
                    assert_eq!(usize::from(opened.padding_length) / 16, more_blocks);
                }
            }
        }
    }
}

#[test]
fn the_body_is_laid_out_as_the_standards_say() {
    let mac = Mac::HmacSha1;
    let sealed = key(Order::MacThenEncrypt, mac).seal(HEADER, IV, b"hello");
    assert_eq!(
        sealed.additional_data,
        [1, 2, 3, 4, 5, 6, 7, 8, 23, 3, 3, 0, 5]
    );
    let plaintext = with_mac(mac, b"hello", &[6; 7]);
    assert_eq!(sealed.fragment, encrypted(&plaintext));

    let sealed = key(Order::EncryptThenMac, mac).seal(HEADER, IV, b"hello");
    assert_eq!(
        sealed.additional_data,
        [1, 2, 3, 4, 5, 6, 7, 8, 23, 3, 3, 0, 32]
    );
    let protected = encrypted(b"hello\x0a\x0a\x0a\x0a\x0a\x0a\x0a\x0a\x0a\x0a\x0a");
    let tag = mac.compute(
        &mac_key(mac),
        &[&sealed.additional_data[..], &protected].concat(),
    );
    assert_eq!(sealed.fragment, [protected, tag].concat());
}

#[test]
fn any_change_is_refused() {
    for order in ORDERS {
        for mac in MACS {
            let key = key(order, mac);
            for more_blocks in [0, 2] {
                let sealed = key
                    .seal_padded(HEADER, IV, &content(20), more_blocks)
                    .fragment;
                for bit in 0..sealed.len() * 8 {
                    let mut changed = sealed.clone();
                    changed[bit / 8] ^= 1 << (bit % 8);
                    assert_eq!(key.open(HEADER, &changed), Err(OpenError), "bit {bit}");
                }
                for length in 0..sealed.len() {
                    assert_eq!(key.open(HEADER, &sealed[..length]), Err(OpenError));
                }
                for header in [
                    RecordHeader {
                        sequence: 1,
                        ..HEADER
                    },
                    RecordHeader {
                        content_type: 22,
                        ..HEADER
                    },
                    RecordHeader {
                        version: [3, 2],
                        ..HEADER
                    },
                ] {
                    assert_eq!(key.open(header, &sealed), Err(OpenError));
                }
            }
        }
    }
}

/// The MAC is right in each of these: only the padding can be what is refused.
#[test]
fn wrong_padding_is_refused_under_a_right_mac() {
    for mac in MACS {
        let key = key(Order::MacThenEncrypt, mac);
        // Chosen so that content and MAC end on a block, and the padding fills whole blocks.
        let content = content(16 - mac.tag_length() % 16);
        for blocks in 1..=16_u8 {
            let length = usize::from(blocks) * 16;
            let value = blocks.wrapping_mul(16).wrapping_sub(1);
            let good = with_mac(mac, &content, &vec![value; length]);
            assert_eq!(
                key.open(HEADER, &encrypted(&good)).unwrap().content,
                content
            );
            for at in good.len() - length..good.len() {
                for change in [1, 0x80] {
                    let mut changed = good.clone();
                    changed[at] ^= change;
                    assert_eq!(key.open(HEADER, &encrypted(&changed)), Err(OpenError));
                }
            }
        }
    }
}

#[test]
fn padding_that_claims_more_than_there_is_is_refused() {
    for mac in MACS {
        let key = key(Order::MacThenEncrypt, mac);
        let blocks = (mac.tag_length() + 1).div_ceil(16);
        for count in blocks..blocks + 3 {
            for value in 0..=u8::MAX {
                let plaintext = vec![value; count * 16];
                assert_eq!(key.open(HEADER, &encrypted(&plaintext)), Err(OpenError));
            }
        }
    }
    for mac in MACS {
        // Authentic, and still no padding: what a broken peer sends.
        let mut protected = encrypted(&[16; 16]);
        let header = HEADER.additional_data(32);
        let tag = mac.compute(&mac_key(mac), &[&header[..], &protected].concat());
        protected.extend_from_slice(&tag);
        assert_eq!(
            key(Order::EncryptThenMac, mac).open(HEADER, &protected),
            Err(OpenError)
        );
    }
}

#[test]
fn bytes_are_copied_from_any_place() {
    let bytes = content(300);
    for place in [0, 1, 17, 255, 279] {
        assert_eq!(
            copy_from_place(&bytes, place, 20),
            bytes[usize::from(place)..][..20]
        );
    }
}
