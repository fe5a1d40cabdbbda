//! TLS records, messages, key schedules and parties that report everything they do.
//!
//! [`Client`](client::Client) and [`Server`](server::Server) take bytes and give bytes: they talk
//! to each other in the page and to OpenSSL in the tests. What they do, they report as
//! [events](trace::Event), plain data that lessons are made of. Nothing here reads a clock or an
//! entropy source: the time and the [`Random`](padlock_pki::random::Random) come from outside.

pub mod client;
pub mod codes;
pub mod config;
mod connection;
pub mod crypto;
pub mod error;
pub mod key_log;
pub mod knowledge;
pub mod messages;
pub mod observer;
pub mod psk;
pub mod record;
pub mod report;
#[cfg(feature = "tls13")]
pub mod resumption;
pub mod run;
pub mod schedule;
#[cfg(feature = "tls13")]
mod selection;
pub mod server;
mod session;
pub mod suite;
pub mod trace;
pub mod value;

pub use connection::Status;
