use padlock_tls::codes::{AlertDescription, ProtocolVersion};
use padlock_tls::crypto::KeyLengthError;
use padlock_tls::record::{Header, MAXIMUM_CONTENT, MAXIMUM_PROTECTED};

use super::*;

/// Whatever is done to a protected record, the receiver says the one thing, or what the header
/// alone shows.
#[test]
fn any_changed_byte_is_refused_alike() {
    for protection in ALL.into_iter().flatten() {
        let record = sealed(Some(protection), DATA, b"some content");
        // Enough behind it for any length that grows.
        let wire = [&record[..], &[0; MAXIMUM_PROTECTED]].concat();
        for at in 0..record.len() {
            for mask in [0x01, 0x04, 0x80, 0xff] {
                let mut changed = wire.clone();
                changed[at] ^= mask;
                let found = receive(Some(protection), &changed).unwrap_err();
                let length = usize::from(changed[3]) << 8 | usize::from(changed[4]);
                let content_type = ContentType(changed[0]);
                let expected = match at {
                    0 if !ContentType::KNOWN.contains(&content_type) => {
                        Fault::ContentType(content_type)
                    }
                    1 | 2 => {
                        let version = u16::from(changed[1]) << 8 | u16::from(changed[2]);
                        Fault::Version(ProtocolVersion(version))
                    }
                    3 if length > MAXIMUM_PROTECTED => Fault::Overflow {
                        length,
                        maximum: MAXIMUM_PROTECTED,
                    },
                    _ => Fault::BadRecordMac,
                };
                assert_eq!(found, expected, "{protection:?}: byte {at} ^ {mask}");
            }
        }
    }
}

#[test]
fn the_header_is_checked_before_the_fragment_is_there() {
    #[track_caller]
    fn check(protected: bool, header: [u8; 5], expected: Result<(), Fault>) {
        let mut receiver = receiver(protected.then_some(GCM), false);
        receiver.push(&header[..4]);
        assert_eq!(receiver.next_record(), Ok(None));
        receiver.push(&header[4..]);
        assert_eq!(receiver.next_record().map(|_| ()), expected);
    }
    let unknown = |number| Err(Fault::ContentType(ContentType(number)));
    let version = |number| Err(Fault::Version(ProtocolVersion(number)));
    let overflow = |length, maximum| Err(Fault::Overflow { length, maximum });

    check(false, [22, 3, 3, 0, 1], Ok(()));
    for known in 20..=23 {
        check(false, [known, 3, 3, 0, 1], Ok(()));
        check(true, [known, 3, 3, 0, 1], Ok(()));
    }
    check(false, [19, 3, 3, 0, 1], unknown(19));
    check(false, [24, 3, 3, 0, 1], unknown(24));
    check(true, [0, 3, 3, 0, 1], unknown(0));
    // "GET /", and the hello of SSL 2.0.
    check(false, *b"GET /", unknown(b'G'));
    check(false, [0x80, 0x2e, 1, 3, 1], unknown(0x80));

    // Before a version is agreed any 0x03XX will do, afterwards only that one.
    for minor in [0, 1, 2, 3, 4, 0xff] {
        check(false, [22, 3, minor, 0, 1], Ok(()));
    }
    check(false, [22, 2, 0, 0, 1], version(0x0200));
    check(false, [22, 4, 3, 0, 1], version(0x0403));
    check(true, [22, 3, 1, 0, 1], version(0x0301));
    check(true, [22, 3, 4, 0, 1], version(0x0304));

    check(false, [23, 3, 3, 0x40, 0x00], Ok(()));
    check(
        false,
        [23, 3, 3, 0x40, 0x01],
        overflow(16385, MAXIMUM_CONTENT),
    );
    check(true, [23, 3, 3, 0x48, 0x00], Ok(()));
    check(
        true,
        [23, 3, 3, 0x48, 0x01],
        overflow(18433, MAXIMUM_PROTECTED),
    );
    check(
        true,
        [23, 3, 3, 0xff, 0xff],
        overflow(0xffff, MAXIMUM_PROTECTED),
    );
}

#[test]
fn an_agreed_version_is_demanded() {
    let mut receiver = receiver(None, false);
    receiver.push(b"\x16\x03\x01\x00\x01x");
    assert!(receiver.next_record().unwrap().is_some());
    receiver.set_version(ProtocolVersion::TLS_1_2);
    receiver.push(b"\x16\x03\x03\x00\x01x\x16\x03\x01\x00\x01x");
    assert!(receiver.next_record().unwrap().is_some());
    assert_eq!(
        receiver.next_record(),
        Err(Fault::Version(ProtocolVersion::TLS_1_0))
    );
}

#[test]
fn a_sender_puts_the_version_it_is_told_on_records_in_clear() {
    let mut sender = sender(None, false);
    sender.set_version(ProtocolVersion::TLS_1_0);
    sender.send(ContentType::HANDSHAKE, b"hello").unwrap();
    sender.set_protection(GCM.protector());
    sender.send(ContentType::HANDSHAKE, b"finished").unwrap();
    let output = sender.take_output();
    assert_eq!(output[..5], [22, 3, 1, 0, 5]);
    assert_eq!(output[10..15], [22, 3, 3, 0, 8 + 8 + 16]);
}

#[test]
fn a_fragment_too_short_for_its_protection_is_not_authentic() {
    for protection in ALL.into_iter().flatten() {
        let whole = sealed(Some(protection), DATA, b"");
        for length in 0..whole.len() - Header::LENGTH {
            let mut cut = whole[..Header::LENGTH + length].to_vec();
            cut[4] = u8::try_from(length).unwrap();
            assert_eq!(
                receive(Some(protection), &cut),
                Err(Fault::BadRecordMac),
                "{protection:?}, {length} bytes"
            );
        }
    }
}

#[test]
fn content_beyond_the_limit_is_an_overflow_though_it_is_authentic() {
    // A sender that breaks the rule: made by the primitives, one byte too long.
    let aead = Aead::ChaCha20Poly1305;
    let content = vec![0; MAXIMUM_CONTENT + 1];
    let additional_data = [&[0; 8][..], &[23, 3, 3, 0x40, 0x01]].concat();
    let fragment = aead
        .seal(&[2; 32], [3; 12], &additional_data, &content)
        .unwrap();
    let mut record = vec![23, 3, 3, 0x40, 0x11];
    record.extend_from_slice(&fragment);
    assert_eq!(
        receive(Some(CHACHA), &record),
        Err(Fault::Overflow {
            length: MAXIMUM_CONTENT + 1,
            maximum: MAXIMUM_CONTENT
        })
    );
    *record.last_mut().unwrap() ^= 1;
    assert_eq!(receive(Some(CHACHA), &record), Err(Fault::BadRecordMac));
}

#[test]
fn a_record_replayed_dropped_or_in_another_place_is_refused() {
    for protection in ALL.into_iter().flatten() {
        let mut sender = sender(Some(protection), false);
        let mut record = |content: &[u8]| {
            sender.send(DATA, content).unwrap();
            sender.take_output()
        };
        let (first, second) = (record(b"first"), record(b"second"));
        let outcome = |records: &[&[u8]]| {
            let mut receiver = receiver(Some(protection), false);
            receiver.push(&records.concat());
            let mut outcome = Vec::new();
            for _ in records {
                outcome.push(receiver.next_record().map(|opened| opened.unwrap().content));
            }
            outcome
        };
        let (one, two) = (Ok(b"first".to_vec()), Ok(b"second".to_vec()));
        let bad = Err(Fault::BadRecordMac);
        assert_eq!(outcome(&[&first, &second]), [one.clone(), two]);
        assert_eq!(outcome(&[&first, &first]), [one, bad.clone()]);
        assert_eq!(outcome(&[&second]), std::slice::from_ref(&bad));
        // After a fault there is only that fault.
        assert_eq!(outcome(&[&second, &first]), [bad.clone(), bad]);
    }
}

#[test]
fn a_refused_record_stays_to_be_shown() {
    let mut record = sealed(Some(GCM), DATA, b"content");
    record[20] ^= 1;
    let mut receiver = receiver(Some(GCM), false);
    receiver.push(&record);
    assert_eq!(receiver.next_record(), Err(Fault::BadRecordMac));
    receiver.push(b"not looked at any more");
    assert_eq!(receiver.unread(), record);
}

#[test]
fn the_last_sequence_number_is_used_and_none_after_it() {
    for protection in ALL.into_iter().flatten() {
        let last = || protection.protector().starting_at(u64::MAX);
        let mut sender = sender(None, true);
        sender.set_protection(last());
        let sent = sender.send(DATA, b"last").unwrap();
        assert_eq!(sent[0].protection.as_ref().unwrap().sequence, u64::MAX);
        assert_eq!(sender.send(DATA, b"more"), Err(Fault::SequenceOverflow));
        let output = sender.take_output();
        assert_eq!(output, sent[0].bytes);

        let mut receiver = receiver(None, false);
        receiver.set_protection(last());
        receiver.push(&output);
        receiver.push(&output);
        assert_eq!(receiver.next_record().unwrap().unwrap().content, b"last");
        assert_eq!(receiver.next_record(), Err(Fault::SequenceOverflow));
    }
}

#[test]
fn only_application_data_may_be_empty() {
    for protection in ALL {
        for content_type in ContentType::KNOWN.iter().copied() {
            let allowed = content_type == DATA;
            let sent = sender(protection, false).send(content_type, b"");
            let fault = Fault::Empty(content_type);
            assert_eq!(sent.err(), (!allowed).then_some(fault));
        }
    }
    for content_type in [20, 21, 22] {
        assert_eq!(
            receive(None, &[content_type, 3, 3, 0, 0]),
            Err(Fault::Empty(ContentType(content_type)))
        );
    }
    // The same inside a record that the key protects.
    let additional_data = [&[0; 8][..], &[22, 3, 3, 0, 0]].concat();
    let fragment = Aead::ChaCha20Poly1305
        .seal(&[2; 32], [3; 12], &additional_data, b"")
        .unwrap();
    let record = [&[22, 3, 3, 0, 16][..], &fragment].concat();
    assert_eq!(
        receive(Some(CHACHA), &record),
        Err(Fault::Empty(ContentType::HANDSHAKE))
    );
}

#[test]
fn records_that_bring_nothing_are_counted() {
    #[track_caller]
    fn check(contents: &[(ContentType, &[u8])], expected: Option<Fault>) {
        for protection in ALL {
            let mut sender = sender(protection, false);
            for (content_type, content) in contents {
                sender.send(*content_type, content).unwrap();
            }
            let outcome = receive(protection, &sender.take_output());
            assert_eq!(outcome.err(), expected);
        }
    }
    let empty: (_, &[u8]) = (DATA, b"");
    let data: (_, &[u8]) = (DATA, b"x");
    let alert: (_, &[u8]) = (ContentType::ALERT, &[1, 90]);
    let (empties, alerts) = (Receiver::MAXIMUM_EMPTY, Receiver::MAXIMUM_ALERTS);

    check(&vec![empty; empties], None);
    check(&vec![empty; empties + 1], Some(Fault::TooManyEmpty));
    check(&vec![alert; alerts], None);
    check(&vec![alert; alerts + 1], Some(Fault::TooManyAlerts));
    // Neither excuses the other, content excuses both.
    let mixed = [vec![alert; alerts], vec![empty; empties]].concat();
    check(&mixed, None);
    check(&[&mixed[..], &[alert]].concat(), Some(Fault::TooManyAlerts));
    check(&[&mixed[..], &[empty]].concat(), Some(Fault::TooManyEmpty));
    check(&[&mixed[..], &[data], &mixed[..]].concat(), None);
}

#[test]
fn each_fault_has_its_alert_its_place_and_words() {
    #[track_caller]
    fn check(fault: Fault, alert: AlertDescription, at: Option<usize>, words: &str) {
        assert_eq!(
            (fault.alert(), fault.at(), &*fault.to_string()),
            (alert, at, words)
        );
    }
    let unexpected = AlertDescription::UNEXPECTED_MESSAGE;
    check(
        Fault::ContentType(ContentType(24)),
        unexpected,
        Some(0),
        "a record of the unknown type 0x18",
    );
    check(
        Fault::Version(ProtocolVersion::SSL_3_0),
        AlertDescription::PROTOCOL_VERSION,
        Some(1),
        "a record of version SSL 3.0",
    );
    check(
        Fault::Overflow {
            length: 2,
            maximum: 1,
        },
        AlertDescription::RECORD_OVERFLOW,
        Some(3),
        "a record of 2 bytes where 1 are allowed",
    );
    check(
        Fault::Empty(ContentType::ALERT),
        unexpected,
        Some(3),
        "a record of type alert without content",
    );
    check(
        Fault::TooManyEmpty,
        unexpected,
        None,
        "too many records without content",
    );
    check(
        Fault::TooManyAlerts,
        unexpected,
        None,
        "too many alerts one after another",
    );
    check(
        Fault::BadRecordMac,
        AlertDescription::BAD_RECORD_MAC,
        None,
        "the record is not authentic",
    );
    check(
        Fault::SequenceOverflow,
        AlertDescription::INTERNAL_ERROR,
        None,
        "no sequence number is left under this key",
    );
    check(
        Fault::MessageOverflow {
            length: 2,
            maximum: 1,
        },
        AlertDescription::ILLEGAL_PARAMETER,
        Some(1),
        "a handshake message of 2 bytes where 1 are accepted",
    );
    check(
        Fault::MessageInterrupted,
        unexpected,
        None,
        "a handshake message is interrupted",
    );
}

#[test]
fn keys_must_fit_the_cipher() {
    #[track_caller]
    fn check(protection: Protection, change: [isize; 3], expected: usize, given: usize) {
        let (mac_key, key, iv) = protection.cipher.key_lengths();
        let [mac_key, key, iv] = [(mac_key, change[0]), (key, change[1]), (iv, change[2])]
            .map(|(length, change)| vec![0; length.checked_add_signed(change).unwrap()]);
        let keys = WriteKeys {
            name: ValueName::WriteKey(Party::Server),
            mac_key: &mac_key,
            key: &key,
            iv: &iv,
        };
        let made = Protector::new(protection.cipher, protection.encrypt_then_mac, keys);
        assert_eq!(made.unwrap_err(), KeyLengthError { expected, given });
    }
    check(GCM, [0, 0, -1], 4, 3);
    check(GCM, [0, 0, 8], 4, 12);
    check(GCM, [0, 16, 0], 16, 32);
    check(GCM, [20, 0, 0], 0, 20);
    check(CHACHA, [0, 0, -8], 12, 4);
    check(CHACHA, [0, -16, 0], 32, 16);
    check(CBC, [0, 0, 16], 0, 16);
    check(CBC, [12, 0, 0], 20, 32);
    check(CBC, [0, 16, 0], 16, 32);
    check(ENCRYPT_THEN_MAC, [0, -1, 0], 16, 15);
}
