//! A chain, lists and responses from anywhere, judged.
#![no_main]

#[path = "../../tests/fuzz/targets.rs"]
#[allow(dead_code, reason = "each target runs one of them")]
mod targets;

libfuzzer_sys::fuzz_target!(|input: &[u8]| targets::judge::judge(input));
