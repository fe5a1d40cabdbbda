//! A run as files that other programs open.
//!
//! * [`key_log`]: its secrets, as RFC 9850 has them, for whoever captured the packets.
//! * [`pcapng`]: the wire as packets of TCP, with the key log inside, for Wireshark and its like.
//!
//! Padlock's wire carries records and no packets; what stands around them here (addresses, ports,
//! sequence numbers, times) is made up, and says so by its addresses: they are of the block that
//! RFC 5737 keeps for examples.

mod internet;
mod key_log;
mod pcapng;

pub use key_log::key_log;
pub use pcapng::pcapng;
