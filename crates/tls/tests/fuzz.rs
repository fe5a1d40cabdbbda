//! What the fuzz targets do (`crates/tls/fuzz`), for a short while and without a nightly compiler.

#![expect(
    clippy::unwrap_used,
    reason = "a test stops at what it does not expect"
)]

#[path = "support/certificates.rs"]
mod certificates;
#[path = "fuzz/parties.rs"]
mod parties;

use padlock_pki::random::Random;
use padlock_tls::Status;
use padlock_tls::trace::Party;

use parties::{HANDSHAKE, SCENARIOS, play};

const BOTH: [Party; 2] = [Party::Client, Party::Server];

/// With nothing changed the handshake comes about: what is changed is changed in a real one.
#[test]
fn an_empty_script_lets_them_connect() {
    for scenario in 0..SCENARIOS {
        for victim in BOTH {
            let status = play(victim, &[scenario, 7]);
            assert_eq!(status, Status::Connected, "{scenario} {victim:?}");
        }
    }
}

/// Scripts at random, for every scenario and every state of each side.
#[test]
fn no_script_makes_a_party_panic() {
    let mut random = Random::new([5; 32]);
    let (mut failed, mut others) = (0, 0);
    for round in 0..8 {
        for scenario in 0..SCENARIOS {
            for honest in 0..5 {
                for victim in BOTH {
                    let [length] = random.bytes();
                    let mut script = vec![0; 2 + usize::from(length)];
                    random.fill(&mut script);
                    (script[0], script[1]) = (scenario, honest);
                    if round % 2 == 0 {
                        script[2..].iter_mut().take(1).for_each(|byte| *byte = 100);
                    }
                    match play(victim, &script) {
                        Status::Failed(_) => failed += 1,
                        _ => others += 1,
                    }
                }
            }
        }
    }
    println!("{failed} failed, {others} did not");
    assert!(failed > 200 && others > 20, "{failed}, {others}");
}

/// A message that never ends is not waited for: what is kept of it is bounded.
#[test]
fn a_message_without_end_is_refused() {
    for victim in BOTH {
        let kind = match victim {
            Party::Client => 2,
            Party::Server => 1,
        };
        // The header of a message of 16 MB, in a record of its own.
        let record = [HANDSHAKE, 3, 3, 0, 4, kind, 0xff, 0xff, 0xff];
        let length = u8::try_from(record.len()).unwrap();
        let script = [&[1, 0, 254, length][..], &record].concat();
        assert!(matches!(play(victim, &script), Status::Failed(_)));
    }
}
