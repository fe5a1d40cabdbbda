use padlock_tls::record::Joiner;
use proptest::prelude::*;

use super::*;

fn message(kind: u8, body: &[u8]) -> Vec<u8> {
    let [_, a, b, c] = u32::try_from(body.len()).unwrap().to_be_bytes();
    [&[kind, a, b, c], body].concat()
}

fn drain(joiner: &mut Joiner) -> Result<Vec<Vec<u8>>, Fault> {
    let mut messages = Vec::new();
    while let Some(message) = joiner.next_message()? {
        messages.push(message);
    }
    Ok(messages)
}

proptest! {
    #[test]
    fn messages_come_out_as_they_went_in(
        bodies in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..600), 0..8),
        cuts in prop::collection::vec(1_usize..700, 1..20),
    ) {
        let messages: Vec<Vec<u8>> = bodies.iter().map(|body| message(11, body)).collect();
        let stream = messages.concat();
        let mut joiner = Joiner::default();
        let mut found = Vec::new();
        let mut rest = stream.as_slice();
        for cut in cuts.iter().cycle() {
            if rest.is_empty() {
                break;
            }
            let (record, later) = rest.split_at(rest.len().min(*cut));
            joiner.push(record);
            found.extend(drain(&mut joiner).unwrap());
            rest = later;
        }
        prop_assert_eq!(found, messages);
        prop_assert_eq!(joiner.boundary(), Ok(()));
    }
}

#[test]
fn what_is_left_over_at_a_boundary_is_a_fault() {
    let whole = message(2, b"body");
    for length in 1..whole.len() {
        let mut joiner = Joiner::default();
        joiner.push(&whole);
        joiner.push(&whole[..length]);
        assert_eq!(joiner.next_message(), Ok(Some(whole.clone())));
        assert_eq!(joiner.next_message(), Ok(None));
        assert_eq!(joiner.boundary(), Err(Fault::MessageInterrupted));
        joiner.push(&whole[length..]);
        // Whole, and still nothing may come between: nobody has looked at it.
        assert_eq!(joiner.boundary(), Err(Fault::MessageInterrupted));
        assert_eq!(joiner.next_message(), Ok(Some(whole.clone())));
        assert_eq!(joiner.boundary(), Ok(()));
        assert!(joiner.is_empty());
    }
}

#[test]
fn too_long_a_message_is_refused_at_its_header() {
    #[track_caller]
    fn check(maximum: usize, header: [u8; 4], expected: Option<usize>) {
        let mut joiner = Joiner::new(maximum);
        joiner.push(&header[..3]);
        assert_eq!(joiner.next_message(), Ok(None));
        joiner.push(&header[3..]);
        let fault = expected.map(|length| Fault::MessageOverflow { length, maximum });
        assert_eq!(joiner.next_message().err(), fault);
    }
    check(10, [11, 0, 0, 10], None);
    check(10, [11, 0, 0, 11], Some(11));
    check(Joiner::MAXIMUM, [11, 2, 0, 0], None);
    check(Joiner::MAXIMUM, [11, 2, 0, 1], Some(0x20001));
    check(Joiner::MAXIMUM, [11, 0xff, 0xff, 0xff], Some(0xff_ffff));
    check(usize::MAX, [11, 0xff, 0xff, 0xff], None);
}
