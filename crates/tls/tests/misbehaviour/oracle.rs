//! What an RSA server lets on about the secret it was sent: nothing (RFC 5246 §7.4.7.1).

use padlock_tls::Status;
use padlock_tls::codes::{AlertDescription, ContentType};
use padlock_tls::crypto::pkcs1;
use padlock_tls::error::Error;
use padlock_tls::messages::Handshake;
use padlock_tls::trace::Party;
use padlock_wire::Structure;

use crate::play::our_server;
use crate::puppet::{Puppet, RSA, Setting, Step};

/// What the server shows after each message of a client.
#[derive(Debug, Eq, PartialEq)]
struct Shown {
    outputs: Vec<Vec<u8>>,
    outcomes: Vec<Result<(), Error>>,
    status: Status,
}

/// Sends this instead of the encrypted pre-master secret, and goes on as if it were good.
fn provoke(client_certificate: bool, encrypted: impl Fn(&Puppet, &mut Vec<u8>)) -> Shown {
    let setting = Setting {
        suite: RSA,
        client_certificate,
    };
    let mut server = our_server(setting);
    let mut puppet = Puppet::new(Party::Client, setting);
    let (mut outputs, mut outcomes) = (Vec::new(), Vec::new());
    for step in puppet.steps() {
        let (content_type, content) = match puppet.message(step) {
            None => Puppet::content(step),
            Some(body) => {
                let mut bytes = Handshake::new(body).encode().unwrap().bytes;
                if step == Step::KeyExchange {
                    encrypted(&puppet, &mut bytes);
                }
                puppet.note(&bytes);
                (ContentType::HANDSHAKE, bytes)
            }
        };
        let wire = puppet.records(content_type, &content);
        outcomes.push(server.receive(&wire));
        let output = server.output();
        // What it reads, up to Finished, is in clear.
        puppet.receive(&output);
        outputs.push(output);
        if step == Step::ChangeCipherSpec {
            puppet.protect();
        }
        if step == Step::Finished {
            break;
        }
    }
    Shown {
        outputs,
        outcomes,
        status: server.status().clone(),
    }
}

/// Sends another encryption block, which `change` makes of a good one.
fn with_block(client_certificate: bool, change: impl Fn(&mut Vec<u8>)) -> Shown {
    provoke(client_certificate, |puppet, bytes| {
        let mut sender = Puppet::new(Party::Client, puppet.setting);
        let mut block = [&[0, 2][..], &[0xa5; 205], &[0], &puppet.pre_master()].concat();
        change(&mut block);
        sender.block = Some(block);
        let body = sender.message(Step::KeyExchange).unwrap();
        *bytes = Handshake::new(body).encode().unwrap().bytes;
    })
}

/// Sends these bytes as the encrypted secret.
fn with_ciphertext(client_certificate: bool, ciphertext: &[u8]) -> Shown {
    provoke(client_certificate, |_, bytes| {
        let length = u16::try_from(ciphertext.len()).unwrap().to_be_bytes();
        let whole = u16::try_from(ciphertext.len() + 2).unwrap().to_be_bytes();
        *bytes = [&[16, 0][..], &whole, &length, ciphertext].concat();
    })
}

#[test]
fn every_fault_looks_the_same() {
    for client_certificate in [false, true] {
        let block = |change: fn(&mut Vec<u8>)| with_block(client_certificate, change);
        let good = block(|_| {});
        let start = 256 - pkcs1::PREMASTER_LENGTH;
        assert_eq!(start, 208);
        let faults = [
            ("another first byte", block(|block| block[0] = 1)),
            ("another block type", block(|block| block[1] = 1)),
            (
                "a zero in the first eight bytes of padding",
                block(|block| block[5] = 0),
            ),
            (
                "a zero in the padding: a longer secret",
                block(|block| block[100] = 0),
            ),
            (
                "a zero just before its place: 49 bytes",
                block(|block| block[206] = 0),
            ),
            (
                "a zero just behind its place: 47 bytes",
                block(|block| {
                    block[207] = 1;
                    block[208] = 0;
                }),
            ),
            ("no zero at all", block(|block| block[2..].fill(0xff))),
            (
                "an empty secret",
                block(|block| {
                    block[2..].fill(0xff);
                    block[255] = 0;
                }),
            ),
            ("the version TLS 1.1", block(|block| block[209] = 2)),
            ("the version SSL 2.0", block(|block| block[208] = 2)),
            (
                "good padding around another secret",
                block(|block| block[255] ^= 1),
            ),
            ("all zero", with_ciphertext(client_certificate, &[0; 256])),
            (
                "one",
                with_ciphertext(client_certificate, &[&[0; 255][..], &[1]].concat()),
            ),
            (
                "not below the modulus",
                with_ciphertext(client_certificate, &[0xff; 256]),
            ),
            ("too short", with_ciphertext(client_certificate, &[1; 255])),
            ("too long", with_ciphertext(client_certificate, &[1; 257])),
            ("empty", with_ciphertext(client_certificate, &[])),
        ];
        assert_eq!(good.status, Status::Connected);
        let (_, first) = &faults[0];
        for (name, shown) in &faults {
            assert_eq!(shown, first, "{name}");
        }
        let Status::Failed(error) = &first.status else {
            panic!("{first:?}")
        };
        assert_eq!(error.alert(), Some(AlertDescription::BAD_RECORD_MAC));
        // Up to Finished it is what it is with a good secret.
        let (_, early) = first.outputs.split_last().unwrap();
        assert_eq!(early, &good.outputs[..early.len()]);
    }
}
