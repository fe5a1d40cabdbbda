//! Whatever comes: no panic, and an end or a wait.

use std::sync::OnceLock;

use padlock_tls::Status;
use padlock_tls::trace;
use proptest::prelude::*;

use crate::party::Party;
use crate::play::{opponent, our_client, our_server};
use crate::puppet::{SETTINGS, Setting};

/// A flight: who sent it, and the bytes.
type Flight = (trace::Party, Vec<u8>);

/// Lets our parties talk with each other, each flight changed by `change`, which is told its
/// number; gives the flights, and both parties.
fn talk(
    setting: Setting,
    mut change: impl FnMut(usize, &mut Vec<u8>),
) -> (Vec<Flight>, [Status; 2]) {
    let mut client = our_client(setting);
    let mut server = our_server(setting);
    let mut flights = Vec::new();
    for turn in 0.. {
        let (from, mut bytes) = match turn % 2 {
            0 => (trace::Party::Client, client.output()),
            _ => (trace::Party::Server, server.output()),
        };
        if bytes.is_empty() {
            break;
        }
        change(turn, &mut bytes);
        flights.push((from, bytes.clone()));
        let outcome = match from {
            trace::Party::Client => server.receive(&bytes),
            trace::Party::Server => client.receive(&bytes),
        };
        let status = match from {
            trace::Party::Client => server.status(),
            trace::Party::Server => client.status(),
        };
        match outcome {
            Ok(()) => assert!(!matches!(status, Status::Failed(_))),
            Err(error) => assert_eq!(*status, Status::Failed(error)),
        }
    }
    (flights, [client.status().clone(), server.status().clone()])
}

/// Whether this is the second byte of the version in the header of the record that holds a party's
/// hello, which nobody looks at: no version is agreed yet (RFC 5246 §E.1).
fn is_free(turn: usize, position: usize) -> bool {
    turn < 2 && position == 2
}

fn setting() -> impl Strategy<Value = Setting> {
    prop::sample::select(SETTINGS.to_vec())
}

fn party() -> impl Strategy<Value = trace::Party> {
    prop_oneof![Just(trace::Party::Client), Just(trace::Party::Server)]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    /// A changed byte anywhere in the handshake: it does not come about.
    #[test]
    fn a_changed_byte_is_noticed(
        setting in setting(),
        turn in 0..4_usize,
        place in any::<prop::sample::Index>(),
        change in 1..=u8::MAX,
    ) {
        let mut free = false;
        let (_, statuses) = talk(setting, |at, bytes| {
            if at == turn {
                let position = place.index(bytes.len());
                free = is_free(turn, position);
                bytes[position] ^= change;
            }
        });
        let both = statuses == [Status::Connected, Status::Connected];
        prop_assert!(!both || free);
    }

    /// Bytes that are missing, or too many.
    #[test]
    fn a_flight_may_be_cut_or_filled(
        setting in setting(),
        turn in 0..4_usize,
        place in any::<prop::sample::Index>(),
        filling in prop::collection::vec(any::<u8>(), 0..40),
        removed in 0..40_usize,
    ) {
        let mut changed = false;
        let (_, statuses) = talk(setting, |at, bytes| {
            if at == turn {
                let before = bytes.clone();
                let start = place.index(bytes.len());
                let end = bytes.len().min(start + removed);
                bytes.splice(start..end, filling.clone());
                // What is only added behind the flight belongs to the next.
                changed = !bytes.starts_with(&before);
            }
        });
        let both = statuses == [Status::Connected, Status::Connected];
        prop_assert!(!both || !changed);
    }

    /// Garbage in any state.
    #[test]
    fn garbage_does_not_pass(
        setting in setting(),
        target in party(),
        turns in 0..5_usize,
        garbage in prop::collection::vec(any::<u8>(), 0..600),
    ) {
        let mut ours = at_turn(setting, target, turns);
        deliver_garbage(&mut *ours, &garbage)?;
    }

    /// Records with garbage in them, in any state.
    #[test]
    fn records_of_garbage_do_not_pass(
        setting in setting(),
        target in party(),
        turns in 0..5_usize,
        records in prop::collection::vec(
            (20..=23_u8, prop::collection::vec(any::<u8>(), 0..80)),
            1..8,
        ),
    ) {
        let mut ours = at_turn(setting, target, turns);
        for (content_type, content) in records {
            let length = u16::try_from(content.len()).unwrap().to_be_bytes();
            let record = [&[content_type, 3, 3][..], &length, &content].concat();
            deliver_garbage(&mut *ours, &record)?;
        }
    }

    /// Handshake messages with garbage in them, in any state.
    #[test]
    fn messages_of_garbage_do_not_pass(
        setting in setting(),
        target in party(),
        turns in 0..3_usize,
        messages in prop::collection::vec(
            (
                prop::sample::select(vec![0_u8, 1, 2, 11, 12, 13, 14, 15, 16, 20, 77]),
                prop::collection::vec(any::<u8>(), 0..80),
            ),
            1..4,
        ),
    ) {
        let mut ours = at_turn(setting, target, turns);
        for (kind, body) in messages {
            let length = u32::try_from(body.len()).unwrap().to_be_bytes();
            let message = [&[kind][..], &length[1..], &body].concat();
            let length = u16::try_from(message.len()).unwrap().to_be_bytes();
            let record = [&[22, 3, 3][..], &length, &message].concat();
            deliver_garbage(&mut *ours, &record)?;
        }
    }
}

/// Our party after so many flights that went well.
fn at_turn(setting: Setting, target: trace::Party, turns: usize) -> Box<dyn Party> {
    // The parties draw from the same seeds each time: what one recorded, another understands.
    static RECORDED: [OnceLock<Vec<Flight>>; 4] = [const { OnceLock::new() }; 4];
    let at = SETTINGS.iter().position(|one| *one == setting).unwrap();
    let flights = RECORDED[at].get_or_init(|| talk(setting, |_, _| {}).0);
    let mut ours = opponent(target.peer(), setting);
    let _sent = ours.output();
    for (from, bytes) in flights.iter().take(turns) {
        if *from != target {
            ours.receive(bytes).unwrap();
        }
        let _sent = ours.output();
    }
    ours
}

/// Delivers it: the party fails, and stays so, or waits; it never connects, takes no data as
/// given, and has little to say.
fn deliver_garbage(ours: &mut dyn Party, garbage: &[u8]) -> Result<(), TestCaseError> {
    let was_connected = *ours.status() == Status::Connected;
    let outcome = ours.receive(garbage);
    prop_assert_eq!(ours.received(), b"");
    prop_assert!(was_connected || *ours.status() != Status::Connected);
    if let Err(error) = outcome {
        prop_assert_eq!(ours.status(), &Status::Failed(error.clone()));
        prop_assert!(ours.output().len() < 100, "more than an alert");
        prop_assert_eq!(ours.receive(garbage), Err(error));
        prop_assert_eq!(ours.output(), b"");
    }
    Ok(())
}

/// A peer cannot make our party collect without end.
#[test]
fn what_is_kept_is_bounded() {
    for setting in SETTINGS {
        for target in [trace::Party::Client, trace::Party::Server] {
            // A record of one byte of a message that says it is as long as can be.
            for claimed in [[0, 0xff, 0xff], [2, 0, 0]] {
                let mut ours = opponent(target.peer(), setting);
                let header = [&[22, 3, 3, 0, 4, 1][..], &claimed].concat();
                ours.receive(&header).unwrap();
                let record = [&[22, 3, 3, 0x40, 0][..], &[0; 1 << 14]].concat();
                let taken = (0..).take_while(|_| ours.receive(&record).is_ok()).count();
                assert!(taken <= 9, "{taken} records are collected");
            }
        }
    }
}
