//! DER, written down.

/// A value with this identifier octet.
pub(crate) fn tlv(identifier: u8, parts: &[&[u8]]) -> Vec<u8> {
    let contents = parts.concat();
    let length = contents.len().to_be_bytes();
    let zeros = length.iter().take_while(|octet| **octet == 0).count();
    let header = match length[zeros..] {
        [] => vec![identifier, 0],
        [short @ 0..=0x7f] => vec![identifier, short],
        ref long => {
            let count = u8::try_from(long.len()).unwrap_or(0x7f);
            [&[identifier, 0x80 | count], long].concat()
        }
    };
    [header, contents].concat()
}

pub(crate) fn sequence(parts: &[&[u8]]) -> Vec<u8> {
    tlv(0x30, parts)
}
