//! A server, and a peer that does not mean well.
#![no_main]

#[path = "../../tests/support/certificates.rs"]
mod certificates;
#[path = "../../tests/fuzz/parties.rs"]
#[allow(dead_code, reason = "each target runs one side")]
mod parties;

libfuzzer_sys::fuzz_target!(|input: &[u8]| {
    let _status = parties::play(padlock_tls::trace::Party::Server, input);
});
