//! The record layer ([RFC 5246 §6](https://www.rfc-editor.org/rfc/rfc5246#section-6),
//! [RFC 9846 §5](https://www.rfc-editor.org/rfc/rfc9846#section-5)).
//!
//! Whatever travels, travels in records: a header of five bytes, then at most 2¹⁴ bytes of content,
//! in clear at first and protected from ChangeCipherSpec on. Messages and records are two layers:
//! several messages may share a record, one message may span several.
//!
//! * [`Sender`] cuts content into records and protects them.
//! * [`Receiver`] cuts a stream of bytes, however it is delivered, into records and opens them.
//! * [`Joiner`] makes handshake messages of the contents of handshake records.
//! * [`Protector`] is the protection of one direction: keys, cipher and sequence number.
//!
//! There is no input or output here: bytes come in by [`Receiver::push`] and go out by
//! [`Sender::take_output`]. While tracing, each record also yields a
//! [`trace::Record`](crate::trace::Record), which shows what went into protecting it.

mod explain;
mod fault;
mod header;
mod joiner;
mod layout;
mod protector;
mod queue;
mod receiver;
mod sender;

pub use fault::Fault;
pub use header::Header;
pub use joiner::Joiner;
pub use protector::{Protector, WriteKeys};
pub use receiver::{Opened, Receiver};
pub use sender::Sender;

/// The most content that one record may carry: 2¹⁴ bytes (RFC 5246 §6.2.1).
pub const MAXIMUM_CONTENT: usize = 1 << 14;

/// The longest fragment that a protected record may have: 2¹⁴ + 2048 bytes (RFC 5246 §6.2.3).
pub const MAXIMUM_PROTECTED: usize = MAXIMUM_CONTENT + 2048;
