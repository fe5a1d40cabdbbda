//! Peers that do what they must not, and what our parties make of it: the alert for each fault,
//! and no panic, whatever comes.

#![expect(
    clippy::unwrap_used,
    reason = "a test stops at what it does not expect"
)]

mod against_client;
mod against_server;
#[path = "../support/certificates.rs"]
mod certificates;
mod client_hellos;
mod closing;
mod garbage;
mod oracle;
mod order;
#[path = "../support/party.rs"]
mod party;
mod play;
mod puppet;
mod server_hellos;
