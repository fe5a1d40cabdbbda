//! Packets of TCP over IPv4 (RFC 9293, RFC 791), as far as a capture file needs them.

use padlock_tls::trace::Party;

/// The most bytes of TLS in a packet, as on an Ethernet.
pub(crate) const SEGMENT: usize = 1460;

const ADDRESSES: [[u8; 4]; 2] = [[192, 0, 2, 1], [192, 0, 2, 2]];
const PORTS: [u16; 2] = [49_152, 443];
const HEADER: u16 = 20;
const TCP: u8 = 6;

/// The bits of a segment that say what it is for (RFC 9293 §3.1).
#[derive(Clone, Copy, Debug)]
pub(crate) struct Flags(pub(crate) u8);

impl Flags {
    pub(crate) const FIN: Self = Self(0x01);
    pub(crate) const SYN: Self = Self(0x02);
    pub(crate) const PUSH: Self = Self(0x08);
    pub(crate) const ACK: Self = Self(0x10);

    pub(crate) const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// Both ends of a connection: how far each has counted.
#[derive(Debug, Default)]
pub(crate) struct Connection {
    next: [u32; 2],
}

impl Connection {
    /// The next packet of a party; `data` is at most [`SEGMENT`] bytes.
    pub(crate) fn packet(&mut self, from: Party, flags: Flags, data: &[u8]) -> Vec<u8> {
        let (own, peer) = (side(from), side(from.peer()));
        let mut segment = Vec::with_capacity(usize::from(HEADER) + data.len());
        segment.extend(PORTS[own].to_be_bytes());
        segment.extend(PORTS[peer].to_be_bytes());
        segment.extend(self.next[own].to_be_bytes());
        let acknowledged = match flags.0 & Flags::ACK.0 {
            0 => 0,
            _ => self.next[peer],
        };
        segment.extend(acknowledged.to_be_bytes());
        // The header has five words of four bytes; the window is as wide as can be said.
        segment.extend([5 << 4, flags.0, 0xff, 0xff, 0, 0, 0, 0]);
        segment.extend(data);
        let length = u16::try_from(segment.len()).unwrap_or(u16::MAX);
        let mut pseudo = [ADDRESSES[own], ADDRESSES[peer]].concat();
        pseudo.extend([0, TCP]);
        pseudo.extend(length.to_be_bytes());
        pseudo.extend(&segment);
        set(&mut segment, 16, checksum(&pseudo));

        let counted = u32::try_from(data.len()).unwrap_or(u32::MAX);
        let marks = u32::from(flags.0 & (Flags::SYN.0 | Flags::FIN.0) != 0);
        self.next[own] = self.next[own].wrapping_add(counted).wrapping_add(marks);

        let total = HEADER.saturating_add(length);
        let mut packet = vec![0x45, 0];
        packet.extend(total.to_be_bytes());
        // Not to be cut into pieces; 64 hops.
        packet.extend([0, 0, 0x40, 0, 64, TCP, 0, 0]);
        packet.extend(ADDRESSES[own]);
        packet.extend(ADDRESSES[peer]);
        let sum = checksum(&packet);
        set(&mut packet, 10, sum);
        packet.extend(segment);
        packet
    }
}

const fn side(party: Party) -> usize {
    match party {
        Party::Client => 0,
        Party::Server => 1,
    }
}

fn set(bytes: &mut [u8], at: usize, value: u16) {
    if let Some(place) = bytes.get_mut(at..at + 2) {
        place.copy_from_slice(&value.to_be_bytes());
    }
}

/// The Internet checksum (RFC 1071).
fn checksum(bytes: &[u8]) -> u16 {
    let mut sum = 0_u32;
    for pair in bytes.chunks(2) {
        let high = pair.first().copied().unwrap_or_default();
        let low = pair.get(1).copied().unwrap_or_default();
        sum += u32::from(u16::from_be_bytes([high, low]));
    }
    while sum > 0xffff {
        sum = (sum & 0xffff) + (sum >> 16);
    }
    !u16::try_from(sum).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::checksum;

    #[test]
    fn sums_up_as_the_rfc_does() {
        // RFC 1071 §3: the sum of these is ddf2.
        let example = [0x00, 0x01, 0xf2, 0x03, 0xf4, 0xf5, 0xf6, 0xf7];
        assert_eq!(checksum(&example), !0xddf2);
        assert_eq!(checksum(&[]), 0xffff);
    }
}
