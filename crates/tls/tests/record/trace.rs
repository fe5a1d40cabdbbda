use padlock_tls::crypto::cbc;
use padlock_tls::record::Header;
use padlock_tls::trace::{Direction, ProtectionScheme, Record};
use padlock_wire::{Node, Structure, Value};

use super::*;

/// What both sides say of one record, which must be the same but for the direction.
fn both(protection: Option<Protection>, content_type: ContentType, content: &[u8]) -> Record {
    let sent = sender(protection, true)
        .send(content_type, content)
        .unwrap();
    let [sent] = sent.try_into().unwrap();
    let mut receiver = receiver(protection, true);
    receiver.push(&sent.bytes);
    let opened = receiver.next_record().unwrap().unwrap();
    let mut received = opened.event.unwrap();
    assert_eq!(received.direction, Direction::Received);
    received.direction = Direction::Sent;
    assert_eq!(received, sent);
    assert_eq!(opened.content, content);
    assert_eq!(sent.content, content);
    assert_eq!(sent.content_type, content_type);
    assert!(!opened.unreadable);
    check_tiles(&sent.tree, &sent.bytes);
    sent
}

#[track_caller]
fn check_tiles(tree: &Node, bytes: &[u8]) {
    assert_eq!(tree.range, 0..bytes.len(), "{tree}");
    assert_eq!(tree.gap(), None, "{tree}");
    let leaves: usize = tree.leaves().map(|leaf| leaf.range.len()).sum();
    assert_eq!(leaves, bytes.len(), "{tree}");
}

fn labels(tree: &Node) -> Vec<(&str, usize)> {
    tree.leaves()
        .map(|leaf| (&*leaf.label, leaf.range.len()))
        .collect()
}

#[test]
fn every_leaf_has_its_name() {
    #[track_caller]
    fn check(
        protection: Option<Protection>,
        structures: &[(&str, &str)],
        fragment: &[(&str, usize)],
    ) {
        let record = both(protection, DATA, b"0123456789");
        let header = [("type", 1), ("version", 2), ("length", 2)];
        assert_eq!(labels(&record.tree), [&header[..], fragment].concat());
        let groups: Vec<_> = [Some(&record.tree), record.tree.children.get(3)]
            .into_iter()
            .flatten()
            .filter_map(|node| Some((node.label.to_string(), node.section?.to_string())))
            .collect();
        let groups: Vec<_> = groups.iter().map(|(a, b)| (&**a, &**b)).collect();
        assert_eq!(groups, structures);
    }
    let ciphertext = ("TLSCiphertext", "RFC 5246 §6.2.3");
    check(
        None,
        &[("TLSPlaintext", "RFC 5246 §6.2.1")],
        &[("fragment", 10)],
    );
    check(
        Some(GCM),
        &[ciphertext, ("GenericAEADCipher", "RFC 5288 §3")],
        &[("nonce_explicit", 8), ("ciphertext", 10), ("tag", 16)],
    );
    check(
        Some(CHACHA),
        &[ciphertext, ("GenericAEADCipher", "RFC 7905 §2")],
        &[("ciphertext", 10), ("tag", 16)],
    );
    check(
        Some(CBC),
        &[ciphertext, ("GenericBlockCipher", "RFC 5246 §6.2.3.2")],
        &[("IV", 16), ("ciphertext", 32)],
    );
    check(
        Some(ENCRYPT_THEN_MAC),
        &[ciphertext, ("GenericBlockCipher", "RFC 7366 §3")],
        &[("IV", 16), ("ciphertext", 16), ("MAC", 20)],
    );
}

#[test]
fn the_tree_of_the_header_is_that_of_the_structure() {
    for protection in ALL {
        let record = both(protection, ContentType::HANDSHAKE, b"x");
        let header = Header::default().decode_into(&record.bytes[..Header::LENGTH]);
        assert_eq!(header.tree.children, record.tree.children[..3]);
        let length = record.bytes.len() - Header::LENGTH;
        assert_eq!(usize::from(header.value.unwrap().length), length);
        assert_eq!(record.tree.children[2].value, Value::Length(length as u64));
    }
}

#[test]
fn an_empty_record_has_no_leaf_for_its_content() {
    for protection in ALL {
        let record = both(protection, DATA, b"");
        assert!(record.tree.leaves().all(|leaf| !leaf.range.is_empty()));
    }
}

#[test]
fn an_aead_shows_all_that_it_computes_with() {
    #[track_caller]
    fn check(protection: Protection, aead: Aead, nonces: [[u8; 12]; 2], explicit: usize) {
        let mut sender = sender(Some(protection), true);
        sender.set_maximum(4);
        let records = sender.send(DATA, b"12345678").unwrap();
        for (sequence, record) in (0..).zip(&records) {
            let shown = record.protection.as_ref().unwrap();
            assert_eq!(shown.sequence, sequence);
            assert_eq!(shown.key, ValueName::WriteKey(Party::Client));
            assert_eq!(shown.scheme, ProtectionScheme::Aead);
            assert_eq!(shown.nonce, nonces[usize::try_from(sequence).unwrap()]);
            let number = sequence.to_be_bytes();
            assert_eq!(
                shown.additional_data,
                [&number[..], &[23, 3, 3, 0, 4]].concat()
            );
            assert_eq!(shown.plaintext, record.content);
            let key = vec![2; aead.key_length()];
            let sealed = aead
                .seal(
                    &key,
                    shown.nonce.clone().try_into().unwrap(),
                    &shown.additional_data,
                    &shown.plaintext,
                )
                .unwrap();
            assert_eq!(sealed, [&shown.ciphertext[..], &shown.tag].concat());
            assert_eq!(record.bytes[5..5 + explicit], shown.nonce[12 - explicit..]);
            assert_eq!(record.bytes[5 + explicit..], sealed);
        }
        assert_eq!(records.len(), 2);
    }
    // The salt and the number; the IV, whose bytes are all 3, XOR the number.
    let salted = |last| [3, 3, 3, 3, 0, 0, 0, 0, 0, 0, 0, last];
    let mut mixed = [[3; 12]; 2];
    mixed[1][11] = 2;
    check(GCM, Aead::Aes128Gcm, [salted(0), salted(1)], 8);
    check(CHACHA, Aead::ChaCha20Poly1305, mixed, 0);
}

#[test]
fn cbc_shows_all_that_it_computes_with() {
    let content = b"0123456789";
    for protection in ALL.into_iter().flatten() {
        let Cipher::Cbc { key_length, mac } = protection.cipher else {
            continue;
        };
        let record = both(Some(protection), DATA, content);
        let shown = record.protection.unwrap();
        let iv: [u8; 16] = shown.nonce.clone().try_into().unwrap();
        assert_eq!(record.bytes[5..21], iv);
        assert_eq!(
            cbc::encrypt(&vec![2; key_length], iv, &shown.plaintext).unwrap(),
            shown.ciphertext
        );
        let encrypted = [&iv[..], &shown.ciphertext].concat();
        let (covered, on_the_wire, inside) = if protection.encrypt_then_mac {
            assert_eq!(shown.scheme, ProtectionScheme::EncryptThenMac);
            let on_the_wire = [&encrypted[..], &shown.tag].concat();
            (encrypted, on_the_wire, content.to_vec())
        } else {
            assert_eq!(shown.scheme, ProtectionScheme::MacThenEncrypt);
            let inside = [&content[..], &shown.tag].concat();
            (content.to_vec(), encrypted, inside)
        };
        let length = u8::try_from(covered.len()).unwrap();
        assert_eq!(
            shown.additional_data,
            [0, 0, 0, 0, 0, 0, 0, 0, 23, 3, 3, 0, length]
        );
        let key = vec![1; mac.key_length()];
        let computed = mac.compute(&key, &[&shown.additional_data[..], &covered].concat());
        assert_eq!(computed, shown.tag);
        assert_eq!(record.bytes[5..], on_the_wire);
        let padding = shown.plaintext.len() - inside.len();
        let value = u8::try_from(padding - 1).unwrap();
        assert_eq!(
            shown.plaintext,
            [&inside[..], &vec![value; padding]].concat()
        );
    }
}

#[test]
fn initialization_vectors_differ_and_come_from_the_seed() {
    let vectors = || {
        let mut sender = sender(Some(CBC), true);
        sender.set_maximum(1);
        let records = sender.send(DATA, b"abc").unwrap();
        records.map_nonces()
    };
    let first = vectors();
    assert_eq!(first, vectors());
    assert!(first[0] != first[1] && first[1] != first[2]);
}

trait MapNonces {
    fn map_nonces(self) -> Vec<Vec<u8>>;
}

impl MapNonces for Vec<Record> {
    fn map_nonces(self) -> Vec<Vec<u8>> {
        self.into_iter()
            .map(|record| record.protection.unwrap().nonce)
            .collect()
    }
}

#[test]
fn who_has_no_key_sees_structure_and_no_content() {
    for protection in ALL.into_iter().flatten() {
        let sent = both(Some(protection), ContentType::HANDSHAKE, b"finished");
        let mut receiver = receiver(None, true);
        receiver.set_unreadable(protection.cipher, protection.encrypt_then_mac);
        // More than the empty and the alerts that a reader lets pass.
        for _ in 0..100 {
            receiver.push(&sent.bytes);
        }
        receiver.push(&[21, 3, 3, 0, 0]);
        for _ in 0..100 {
            let opened = receiver.next_record().unwrap().unwrap();
            assert!(opened.unreadable);
            assert_eq!(opened.content, []);
            let event = opened.event.unwrap();
            assert_eq!(event.tree, sent.tree);
            assert_eq!((event.bytes, event.content), (sent.bytes.clone(), vec![]));
            assert_eq!(event.protection, None);
        }
        // Even what cannot be a protected record has a tree.
        let event = receiver.next_record().unwrap().unwrap().event.unwrap();
        check_tiles(&event.tree, &event.bytes);
        receiver.push(&[21, 3, 3, 0, 3, 1, 2, 3]);
        let event = receiver.next_record().unwrap().unwrap().event.unwrap();
        check_tiles(&event.tree, &event.bytes);
    }
}

#[test]
fn without_tracing_there_are_no_events() {
    for protection in ALL {
        assert_eq!(sender(protection, false).send(DATA, b"x").unwrap(), []);
        let records = receive(protection, &sealed(protection, DATA, b"x")).unwrap();
        assert_eq!(records[0].event, None);
    }
}
