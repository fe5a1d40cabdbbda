//! The wire as a capture file, with its keys inside (draft-ietf-opsawg-pcapng).

use padlock_tls::run::Transfer;
use padlock_tls::trace::Party;

use crate::internet::{Connection, Flags, SEGMENT};

const SECTION_HEADER: u32 = 0x0a0d_0d0a;
const INTERFACE: u32 = 1;
const PACKET: u32 = 6;
const SECRETS: u32 = 10;
/// "TLSK": what the secrets are is a TLS key log.
const TLS_KEY_LOG: u32 = 0x544c_534b;
/// Packets begin with the header of IP.
const RAW: u16 = 101;

/// A capture file of these records, which Wireshark opens and decrypts.
///
/// `key_log` is that of [`key_log`](crate::key_log()), `start` the time of the first packet in seconds
/// since 1970; each next one comes a millisecond later.
#[must_use]
pub fn pcapng(wire: &[Transfer], key_log: &str, start: i64) -> Vec<u8> {
    let mut file = Vec::new();
    // The order of bytes, version 1.0, and a section of unknown length.
    let mut header = 0x1a2b_3c4d_u32.to_le_bytes().to_vec();
    header.extend([1, 0, 0, 0]);
    header.extend([0xff; 8]);
    block(&mut file, SECTION_HEADER, &header);
    let mut interface = RAW.to_le_bytes().to_vec();
    interface.extend([0; 6]);
    block(&mut file, INTERFACE, &interface);
    let mut secrets = TLS_KEY_LOG.to_le_bytes().to_vec();
    secrets.extend(length(key_log.len()).to_le_bytes());
    secrets.extend(key_log.as_bytes());
    block(&mut file, SECRETS, &secrets);

    let start = u64::try_from(start)
        .unwrap_or_default()
        .saturating_mul(1_000_000);
    for (number, packet) in (0_u64..).zip(packets(wire)) {
        let time = start.saturating_add(1_000 * number);
        let [a, b, c, d, e, f, g, h] = time.to_be_bytes();
        let mut body = 0_u32.to_le_bytes().to_vec();
        body.extend(u32::from_be_bytes([a, b, c, d]).to_le_bytes());
        body.extend(u32::from_be_bytes([e, f, g, h]).to_le_bytes());
        body.extend(length(packet.len()).to_le_bytes());
        body.extend(length(packet.len()).to_le_bytes());
        body.extend(packet);
        block(&mut file, PACKET, &body);
    }
    file
}

/// The connection in packets: it is opened, carries the records, and is closed.
fn packets(wire: &[Transfer]) -> Vec<Vec<u8>> {
    let (client, server) = (Party::Client, Party::Server);
    let mut connection = Connection::default();
    let mut all = vec![
        connection.packet(client, Flags::SYN, b""),
        connection.packet(server, Flags::SYN.and(Flags::ACK), b""),
        connection.packet(client, Flags::ACK, b""),
    ];
    for Transfer { from, bytes, .. } in wire {
        for data in bytes.chunks(SEGMENT) {
            all.push(connection.packet(*from, Flags::PUSH.and(Flags::ACK), data));
        }
    }
    let end = Flags::FIN.and(Flags::ACK);
    all.push(connection.packet(client, end, b""));
    all.push(connection.packet(server, end, b""));
    all.push(connection.packet(client, Flags::ACK, b""));
    all
}

/// A block: its type, its length at both ends, and its body, filled up to four bytes.
fn block(file: &mut Vec<u8>, kind: u32, body: &[u8]) {
    let filling = body.len().next_multiple_of(4) - body.len();
    let total = length(body.len() + filling + 12).to_le_bytes();
    file.extend(kind.to_le_bytes());
    file.extend(total);
    file.extend(body);
    file.extend(std::iter::repeat_n(0, filling));
    file.extend(total);
}

/// No run has so much to say that this would be too little.
fn length(bytes: usize) -> u32 {
    u32::try_from(bytes).unwrap_or(u32::MAX)
}
