//! The connection recorded for "The Illustrated TLS 1.2 Connection": AES_128_CBC_SHA.

use std::path::{Path, PathBuf};

use padlock_pki::digest::Hash;
use padlock_tls::codes::{CipherSuite, ProtocolVersion};
use padlock_tls::crypto::prf::prf;
use padlock_tls::record::Joiner;
use padlock_tls::suite::Suite;
use padlock_tls::trace::Record;
use padlock_wire::hex;

use super::*;

struct Recording {
    folder: PathBuf,
}

impl Recording {
    /// The recording, if the vectors are at hand.
    fn find() -> Option<Self> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../../../shared/vectors/illustrated-tls12/captures");
        if !folder.is_dir() {
            println!("skipped: no vectors in {}", folder.display());
            return None;
        }
        Some(Self { folder })
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "tests read the vectors from files"
    )]
    fn bytes(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.folder.join(name)).unwrap()
    }

    fn record(&self, name: &str) -> Vec<u8> {
        self.bytes(&format!("caps/{name}"))
    }

    /// The key block, computed from the master secret of the key log.
    fn key_block(&self) -> Vec<u8> {
        let log = String::from_utf8(self.bytes("keylog.txt")).unwrap();
        let fields: Vec<&str> = log.split_whitespace().collect();
        let [label, client_random, master_secret] = fields[..] else {
            panic!("{log}")
        };
        assert_eq!(label, "CLIENT_RANDOM");
        let client_random = hex::decode(client_random).unwrap();
        assert_eq!(client_random, (0x00..0x20).collect::<Vec<u8>>());
        let server_random: Vec<u8> = (0x70..0x90).collect();
        let seed = [server_random, client_random].concat();
        let master_secret = hex::decode(master_secret).unwrap();
        prf(Hash::Sha256, &master_secret, b"key expansion", &seed, 72)
    }

    fn protector(&self, party: Party) -> Protector {
        let suite = Suite::of(CipherSuite(0xc013)).unwrap();
        let block = self.key_block();
        let (mac_key, key) = match party {
            Party::Client => (&block[..20], &block[40..56]),
            Party::Server => (&block[20..40], &block[56..72]),
        };
        let keys = WriteKeys {
            name: ValueName::WriteKey(party),
            mac_key,
            key,
            iv: &[],
        };
        Protector::new(suite.cipher, false, keys).unwrap()
    }
}

#[test]
fn the_protected_records_open_to_what_was_sent() {
    #[track_caller]
    fn check(recording: &Recording, event: &Record, sequence: u64, name: &str) {
        // The recorded plaintext is the content, in most files with the MAC and the length of the
        // padding behind it.
        let plain = recording.record(&format!("{name}plain"));
        let shown = event.protection.as_ref().unwrap();
        assert!(plain.starts_with(&event.content), "{name}");
        assert!(shown.plaintext.starts_with(&plain), "{name}");
        assert_eq!(shown.sequence, sequence, "{name}");
        assert_eq!(event.tree.gap(), None, "{name}");
        assert_eq!(event.bytes, recording.record(name));
    }
    let Some(recording) = Recording::find() else {
        return;
    };
    for (party, names) in [
        (
            Party::Client,
            &["clientfinished", "clientdata", "clientalert"][..],
        ),
        (Party::Server, &["serverfinished", "serverdata"]),
    ] {
        let mut receiver = Receiver::new(true);
        receiver.set_protection(recording.protector(party));
        for (sequence, name) in (0..).zip(names) {
            receiver.push(&recording.record(name));
            let event = receiver.next_record().unwrap().unwrap().event.unwrap();
            check(&recording, &event, sequence, name);
        }
        assert_eq!(receiver.next_record(), Ok(None));
    }
}

#[test]
fn an_observer_with_the_keys_reads_the_whole_connection() {
    let Some(recording) = Recording::find() else {
        return;
    };
    #[track_caller]
    fn read(recording: &Recording, party: Party, names: &[&str]) -> (Vec<u8>, Vec<Vec<u8>>) {
        let stream: Vec<u8> = names
            .iter()
            .flat_map(|name| recording.record(name))
            .collect();
        let mut receiver = Receiver::new(false);
        receiver.push(&stream);
        let mut joiner = Joiner::default();
        let mut kinds = Vec::new();
        let mut others = Vec::new();
        while let Some(opened) = receiver.next_record().unwrap() {
            if opened.content_type == ContentType::HANDSHAKE {
                joiner.push(&opened.content);
                while let Some(message) = joiner.next_message().unwrap() {
                    kinds.push(message[0]);
                }
                continue;
            }
            joiner.boundary().unwrap();
            if opened.content_type == ContentType::CHANGE_CIPHER_SPEC {
                receiver.set_protection(recording.protector(party));
            }
            others.push(opened.content);
        }
        (kinds, others)
    }
    let (kinds, others) = read(
        &recording,
        Party::Client,
        &[
            "clienthello",
            "clientkeyexchange",
            "clientccs",
            "clientfinished",
            "clientdata",
            "clientalert",
        ],
    );
    assert_eq!(kinds, [1, 16, 20]);
    assert_eq!(others, [vec![1], b"ping".to_vec(), vec![1, 0]]);
    let (kinds, others) = read(
        &recording,
        Party::Server,
        &[
            "serverhello",
            "servercert",
            "serverkeyexchange",
            "serverhellodone",
            "serverccs",
            "serverfinished",
            "serverdata",
        ],
    );
    assert_eq!(kinds, [2, 11, 12, 14, 20]);
    assert_eq!(others, [vec![1], b"pong".to_vec()]);
}

#[test]
fn records_in_clear_are_written_as_they_were() {
    let Some(recording) = Recording::find() else {
        return;
    };
    for name in [
        "clienthello",
        "serverhello",
        "servercert",
        "serverkeyexchange",
        "serverhellodone",
        "clientkeyexchange",
        "clientccs",
        "serverccs",
    ] {
        let record = recording.record(name);
        let [opened] = receive(None, &record).unwrap().try_into().unwrap();
        let mut sender = sender(None, false);
        let version = u16::from_be_bytes([record[1], record[2]]);
        sender.set_version(ProtocolVersion(version));
        sender.send(opened.content_type, &opened.content).unwrap();
        assert_eq!(sender.take_output(), record, "{name}");
    }
}
