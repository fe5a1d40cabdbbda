//! The record layer from outside: what a sender sends, a receiver gives.

#![expect(clippy::unwrap_used, reason = "a helper of tests fails by panicking")]

mod faults;
mod joiner;
mod recorded;
mod round_trip;
mod trace;

use padlock_pki::random::Random;
use padlock_tls::codes::ContentType;
use padlock_tls::crypto::aead::Aead;
use padlock_tls::crypto::mac::Mac;
use padlock_tls::record::{Fault, Opened, Protector, Receiver, Sender, WriteKeys};
use padlock_tls::suite::Cipher;
use padlock_tls::trace::Party;
use padlock_tls::value::ValueName;

const DATA: ContentType = ContentType::APPLICATION_DATA;

/// A cipher, and whether CBC authenticates the ciphertext.
#[derive(Clone, Copy, Debug)]
struct Protection {
    cipher: Cipher,
    encrypt_then_mac: bool,
}

const GCM: Protection = aead(Aead::Aes128Gcm);
const CHACHA: Protection = aead(Aead::ChaCha20Poly1305);
const CBC: Protection = cbc(16, Mac::HmacSha1, false);
const ENCRYPT_THEN_MAC: Protection = cbc(16, Mac::HmacSha1, true);

/// Every protection there is, and no protection.
const ALL: [Option<Protection>; 12] = [
    None,
    Some(GCM),
    Some(aead(Aead::Aes256Gcm)),
    Some(CHACHA),
    Some(CBC),
    Some(cbc(32, Mac::HmacSha1, false)),
    Some(cbc(16, Mac::HmacSha256, false)),
    Some(cbc(32, Mac::HmacSha384, false)),
    Some(ENCRYPT_THEN_MAC),
    Some(cbc(32, Mac::HmacSha1, true)),
    Some(cbc(16, Mac::HmacSha256, true)),
    Some(cbc(32, Mac::HmacSha384, true)),
];

const fn aead(aead: Aead) -> Protection {
    Protection {
        cipher: Cipher::Aead(aead),
        encrypt_then_mac: false,
    }
}

const fn cbc(key_length: usize, mac: Mac, encrypt_then_mac: bool) -> Protection {
    Protection {
        cipher: Cipher::Cbc { key_length, mac },
        encrypt_then_mac,
    }
}

impl Protection {
    fn protector(self) -> Protector {
        let (mac_key, key, iv) = self.cipher.key_lengths();
        let keys = WriteKeys {
            name: ValueName::WriteKey(Party::Client),
            mac_key: &vec![1; mac_key],
            key: &vec![2; key],
            iv: &vec![3; iv],
        };
        Protector::new(self.cipher, self.encrypt_then_mac, keys).unwrap()
    }
}

fn sender(protection: Option<Protection>, tracing: bool) -> Sender {
    let mut sender = Sender::new(Random::new([4; 32]), tracing);
    if let Some(protection) = protection {
        sender.set_protection(protection.protector());
    }
    sender
}

fn receiver(protection: Option<Protection>, tracing: bool) -> Receiver {
    let mut receiver = Receiver::new(tracing);
    if let Some(protection) = protection {
        receiver.set_protection(protection.protector());
    }
    receiver
}

/// The records that are complete.
fn drain(receiver: &mut Receiver) -> Result<Vec<Opened>, Fault> {
    let mut records = Vec::new();
    while let Some(opened) = receiver.next_record()? {
        records.push(opened);
    }
    Ok(records)
}

/// What `bytes` are to a fresh receiver.
fn receive(protection: Option<Protection>, bytes: &[u8]) -> Result<Vec<Opened>, Fault> {
    let mut receiver = receiver(protection, false);
    receiver.push(bytes);
    drain(&mut receiver)
}

/// `content` in one record.
fn sealed(protection: Option<Protection>, content_type: ContentType, content: &[u8]) -> Vec<u8> {
    let mut sender = sender(protection, false);
    assert_eq!(sender.send(content_type, content).unwrap(), []);
    sender.take_output()
}
