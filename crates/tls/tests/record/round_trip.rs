use padlock_tls::record::MAXIMUM_CONTENT;
use proptest::prelude::*;

use super::*;

/// Content as it would be after the records that carry it, however they were cut.
fn joined(records: &[Opened]) -> Vec<(ContentType, Vec<u8>)> {
    let mut joined: Vec<(ContentType, Vec<u8>)> = Vec::new();
    for record in records {
        match joined.last_mut() {
            Some((last, content)) if *last == record.content_type => {
                content.extend_from_slice(&record.content);
            }
            _ => joined.push((record.content_type, record.content.clone())),
        }
    }
    joined
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn what_is_sent_arrives_however_it_is_cut(
        protection in prop::sample::select(ALL.to_vec()),
        contents in prop::collection::vec(prop::collection::vec(any::<u8>(), 1..3000), 1..8),
        maximum in prop_oneof![1_usize..40, 40_usize..3000, Just(MAXIMUM_CONTENT)],
        portions in prop::collection::vec(prop_oneof![1_usize..6, 1_usize..2000], 1..40),
        tracing in any::<bool>(),
    ) {
        let mut sender = sender(protection, tracing);
        sender.set_maximum(maximum);
        let mut expected = Vec::new();
        let mut sent = Vec::new();
        for (at, content) in contents.into_iter().enumerate() {
            let content_type = if at % 2 == 0 { DATA } else { ContentType::HANDSHAKE };
            sent.extend(sender.send(content_type, &content).unwrap());
            expected.push((content_type, content));
        }
        let wire = sender.take_output();

        let mut receiver = receiver(protection, tracing);
        let mut records = Vec::new();
        let mut rest = wire.as_slice();
        for portion in portions.iter().cycle() {
            if rest.is_empty() {
                break;
            }
            let (now, later) = rest.split_at(rest.len().min(*portion));
            receiver.push(now);
            records.extend(drain(&mut receiver).unwrap());
            rest = later;
        }
        prop_assert_eq!(receiver.unread(), &[] as &[u8]);
        prop_assert!(records.iter().all(|record| record.content.len() <= maximum));
        prop_assert_eq!(joined(&records), expected);
        if tracing {
            let bytes: Vec<u8> = sent.iter().flat_map(|record| record.bytes.clone()).collect();
            prop_assert_eq!(bytes, wire);
            prop_assert_eq!(sent.len(), records.len());
        }
    }

    #[test]
    fn any_bytes_are_records_or_faults(
        protection in prop::sample::select(ALL.to_vec()),
        bytes in prop::collection::vec(any::<u8>(), 0..200),
        header in prop::option::of((20_u8..24, 0_u16..200)),
        tracing in any::<bool>(),
    ) {
        let mut wire = Vec::new();
        if let Some((content_type, length)) = header {
            wire.extend_from_slice(&[content_type, 3, 3]);
            wire.extend_from_slice(&length.to_be_bytes());
        }
        wire.extend_from_slice(&bytes);
        let mut receiver = receiver(protection, tracing);
        receiver.push(&wire);
        let outcome = drain(&mut receiver);
        if protection.is_some() {
            // Nobody has the key.
            prop_assert!(outcome.is_err() || outcome == Ok(Vec::new()));
        }
    }
}

#[test]
fn a_mebibyte_travels_in_full_records() {
    let content: Vec<u8> = (0..1 << 20).map(|i: u32| (i % 251) as u8).collect();
    for protection in ALL {
        let wire = sealed(protection, DATA, &content);
        let mut receiver = receiver(protection, false);
        let mut received = Vec::new();
        for portion in wire.chunks(1000) {
            receiver.push(portion);
            for record in drain(&mut receiver).unwrap() {
                assert_eq!(record.content.len(), MAXIMUM_CONTENT);
                received.extend(record.content);
            }
        }
        assert!(received == content, "{protection:?}");
    }
}

#[test]
fn a_mebibyte_pushed_at_once_is_no_different() {
    let content = vec![7; 1 << 20];
    let records = receive(Some(GCM), &sealed(Some(GCM), DATA, &content)).unwrap();
    assert!(joined(&records) == [(DATA, content)]);
}

#[test]
fn a_cut_off_record_waits_and_is_not_lost() {
    for protection in ALL {
        let wire = sealed(protection, DATA, b"content");
        for length in 0..wire.len() {
            let mut receiver = receiver(protection, true);
            receiver.push(&wire[..length]);
            assert_eq!(
                receiver.next_record(),
                Ok(None),
                "{protection:?}, {length} bytes"
            );
            assert_eq!(receiver.unread(), &wire[..length]);
            receiver.push(&wire[length..]);
            let opened = receiver.next_record().unwrap().unwrap();
            assert_eq!(opened.content, b"content");
            assert_eq!(receiver.next_record(), Ok(None));
        }
    }
}

#[test]
fn protection_changes_between_two_records_that_arrive_together() {
    for protection in ALL.into_iter().flatten() {
        let mut sender = sender(None, false);
        sender.send(ContentType::CHANGE_CIPHER_SPEC, &[1]).unwrap();
        sender.set_protection(protection.protector());
        sender.send(ContentType::HANDSHAKE, b"finished").unwrap();
        sender.send(ContentType::CHANGE_CIPHER_SPEC, &[1]).unwrap();
        // A second protection starts at number zero again.
        sender.set_protection(protection.protector());
        sender.send(DATA, b"data").unwrap();

        let mut receiver = receiver(None, false);
        receiver.push(&sender.take_output());
        assert_eq!(receiver.next_record().unwrap().unwrap().content, [1]);
        receiver.set_protection(protection.protector());
        assert_eq!(
            receiver.next_record().unwrap().unwrap().content,
            b"finished"
        );
        assert_eq!(receiver.next_record().unwrap().unwrap().content, [1]);
        receiver.set_protection(protection.protector());
        assert_eq!(receiver.next_record().unwrap().unwrap().content, b"data");
    }
}

#[test]
fn content_is_cut_at_the_maximum() {
    #[track_caller]
    fn check(maximum: usize, length: usize, expected: &[usize]) {
        let mut sender = sender(None, false);
        sender.set_maximum(maximum);
        sender.send(DATA, &vec![0; length]).unwrap();
        let records = receive(None, &sender.take_output()).unwrap();
        let lengths: Vec<usize> = records.iter().map(|record| record.content.len()).collect();
        assert_eq!(lengths, expected);
    }
    check(MAXIMUM_CONTENT, 0, &[0]);
    check(MAXIMUM_CONTENT, 1, &[1]);
    check(MAXIMUM_CONTENT, 16384, &[16384]);
    check(MAXIMUM_CONTENT, 16385, &[16384, 1]);
    check(usize::MAX, 32768, &[16384, 16384]);
    check(5, 12, &[5, 5, 2]);
    check(0, 2, &[1, 1]);
}

#[test]
fn messages_share_a_record_or_have_one_each() {
    let messages = [b"\x0e\x00\x00\x00".to_vec(), b"\x14\x00\x00\x01x".to_vec()];
    let mut sender = sender(None, false);
    sender
        .send(ContentType::HANDSHAKE, &messages.concat())
        .unwrap();
    for message in &messages {
        sender.send(ContentType::HANDSHAKE, message).unwrap();
    }
    let records = receive(None, &sender.take_output()).unwrap();
    let contents: Vec<&[u8]> = records.iter().map(|record| &*record.content).collect();
    assert_eq!(
        contents,
        [
            &messages.concat()[..],
            messages[0].as_slice(),
            messages[1].as_slice()
        ]
    );
}
