//! Client and server against OpenSSL's, which run as processes on the loopback interface.
//!
//! Nothing here waits for time to pass: a peer is ready when it says so, and what hangs runs into
//! a time-out that fails the test.

#![expect(
    clippy::disallowed_methods,
    reason = "peers are processes that read files; this is a test"
)]
#![expect(
    clippy::unwrap_used,
    reason = "a test stops at what it does not expect"
)]

#[path = "../support/certificates.rs"]
mod certificates;
mod examples;
mod failures;
mod folder;
mod later;
mod line;
mod newer;
#[path = "../support/party.rs"]
mod party;
mod process;
mod resumption;
mod script;
mod selection;
mod tls13;
mod tlslite;
mod visitors;
mod with_s_client;
mod with_s_server;
