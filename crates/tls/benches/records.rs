//! What protecting a full record costs, and opening it.

#![expect(clippy::unwrap_used, reason = "a benchmark fails by panicking")]

use divan::Bencher;
use divan::counter::BytesCount;
use padlock_pki::random::Random;
use padlock_tls::codes::{CipherSuite, ContentType};
use padlock_tls::record::{MAXIMUM_CONTENT, Protector, Receiver, Sender, WriteKeys};
use padlock_tls::suite::Suite;
use padlock_tls::trace::Party;
use padlock_tls::value::ValueName;

fn main() {
    divan::main();
}

const SUITES: [CipherSuite; 6] = [
    CipherSuite::TLS_RSA_WITH_AES_128_GCM_SHA256,
    CipherSuite::TLS_RSA_WITH_AES_256_GCM_SHA384,
    CipherSuite::TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
    CipherSuite::TLS_RSA_WITH_AES_128_CBC_SHA,
    CipherSuite::TLS_RSA_WITH_AES_256_CBC_SHA,
    CipherSuite::TLS_RSA_WITH_AES_128_CBC_SHA256,
];

#[divan::bench(args = SUITES)]
fn seal(bencher: Bencher, suite: CipherSuite) {
    let content = vec![0; MAXIMUM_CONTENT];
    let mut sender = sender(suite, false, false);
    bencher
        .counter(BytesCount::new(MAXIMUM_CONTENT))
        .bench_local(|| {
            sender
                .send(ContentType::APPLICATION_DATA, &content)
                .unwrap();
            sender.take_output()
        });
}

#[divan::bench(args = SUITES)]
fn open(bencher: Bencher, suite: CipherSuite) {
    seal_and_open(bencher, suite, false, false);
}

#[divan::bench(args = SUITES)]
fn open_traced(bencher: Bencher, suite: CipherSuite) {
    seal_and_open(bencher, suite, false, true);
}

#[divan::bench(args = SUITES)]
fn open_encrypt_then_mac(bencher: Bencher, suite: CipherSuite) {
    seal_and_open(bencher, suite, true, false);
}

fn seal_and_open(bencher: Bencher, suite: CipherSuite, encrypt_then_mac: bool, tracing: bool) {
    let mut sender = sender(suite, encrypt_then_mac, false);
    let content = vec![0; MAXIMUM_CONTENT];
    sender
        .send(ContentType::APPLICATION_DATA, &content)
        .unwrap();
    let record = sender.take_output();
    bencher
        .counter(BytesCount::new(MAXIMUM_CONTENT))
        .with_inputs(|| {
            let mut receiver = Receiver::new(tracing);
            receiver.set_protection(protector(suite, encrypt_then_mac));
            receiver.push(&record);
            receiver
        })
        .bench_local_values(|mut receiver| receiver.next_record().unwrap());
}

fn sender(suite: CipherSuite, encrypt_then_mac: bool, tracing: bool) -> Sender {
    let mut sender = Sender::new(Random::new([1; 32]), tracing);
    sender.set_protection(protector(suite, encrypt_then_mac));
    sender
}

fn protector(suite: CipherSuite, encrypt_then_mac: bool) -> Protector {
    let cipher = Suite::of(suite).unwrap().cipher;
    let (mac_key, key, iv) = cipher.key_lengths();
    let keys = WriteKeys {
        name: ValueName::WriteKey(Party::Client),
        mac_key: &vec![1; mac_key],
        key: &vec![2; key],
        iv: &vec![3; iv],
    };
    Protector::new(cipher, encrypt_then_mac, keys).unwrap()
}
