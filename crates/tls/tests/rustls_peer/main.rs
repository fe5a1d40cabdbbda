//! Client and server against rustls, in memory, for everything that both can do.

#![expect(
    clippy::unwrap_used,
    reason = "a test stops at what it does not expect"
)]

#[path = "../support/certificates.rs"]
mod certificates;
mod connections;
#[path = "../support/party.rs"]
mod party;
mod peer;
mod refusals;
mod resumption;
mod tls13;
