//! A short run of the fuzz targets: the corpus, and what becomes of it by changes that come from a
//! seed.

#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "the corpus are files; this is a test"
)]

#[path = "fuzz/seeds.rs"]
mod seeds;
#[path = "fuzz/targets.rs"]
mod targets;

use std::path::PathBuf;

use padlock_pki::random::Random;
use proptest::prelude::*;

struct Target {
    name: &'static str,
    run: fn(&[u8]),
    /// Of how many changes one is made: a verdict takes longer than reading.
    step: usize,
}

const fn target(name: &'static str, run: fn(&[u8]), step: usize) -> Target {
    Target { name, run, step }
}

const TARGETS: [Target; 6] = [
    target("certificate", targets::certificate, 1),
    target("crl", targets::crl, 1),
    target("csr", targets::csr, 1),
    target("pkcs7", targets::pkcs7, 1),
    target("open", targets::open, 1),
    target("judge", targets::judge::judge, 61),
];

/// The files of a target's corpus.
fn corpus(name: &str) -> Vec<Vec<u8>> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus");
    let files = std::fs::read_dir(folder.join(name)).unwrap();
    let mut paths: Vec<_> = files.map(|file| file.unwrap().path()).collect();
    paths.sort();
    let files = paths.into_iter().map(|path| std::fs::read(path).unwrap());
    let files: Vec<_> = files.collect();
    assert!(!files.is_empty(), "{name} has a corpus");
    files
}

#[test]
fn the_corpus_is_read_by_every_target() {
    for target in TARGETS {
        for input in corpus(target.name) {
            for other in TARGETS {
                (other.run)(&input);
            }
        }
    }
}

#[test]
fn cut_off_at_any_length() {
    for target in TARGETS {
        for input in corpus(target.name) {
            for length in (0..input.len()).step_by(target.step) {
                (target.run)(&input[..length]);
            }
        }
    }
}

#[test]
fn with_any_byte_changed() {
    for target in TARGETS {
        for mut input in corpus(target.name) {
            for index in (0..input.len()).step_by(target.step) {
                for change in [0x01, 0xff] {
                    input[index] ^= change;
                    (target.run)(&input);
                    input[index] ^= change;
                }
            }
        }
    }
}

#[test]
fn with_many_changes() {
    for target in TARGETS {
        let mut random = Random::new([7; 32]).fork(target.name);
        let all = corpus(target.name);
        for input in &all {
            for _ in 0..400_usize.div_ceil(target.step) {
                let mut changed = input.clone();
                for _ in 0..=random.bytes::<1>()[0] % 4 {
                    change(&mut changed, &all, &mut random);
                }
                (target.run)(&changed);
            }
        }
    }
}

/// Changes `input` in one place, as fuzzers do.
fn change(input: &mut Vec<u8>, all: &[Vec<u8>], random: &mut Random) {
    let mut below = |bound: usize| {
        let number = usize::from(u16::from_be_bytes(random.bytes()));
        number % bound.max(1)
    };
    let at = below(input.len());
    match below(6) {
        0 => input.truncate(at),
        1 => input.insert(at, u8::try_from(below(256)).unwrap()),
        2 if !input.is_empty() => {
            let interesting = [0x00, 0x01, 0x30, 0x31, 0x7f, 0x80, 0x82, 0x84, 0xa0, 0xff];
            input[at] = interesting[below(interesting.len())];
        }
        3 if !input.is_empty() => input[at] = input[at].wrapping_add(1),
        4 => {
            // A piece of another one, in place of a piece of this one.
            let other = &all[below(all.len())];
            let from = below(other.len());
            let piece = &other[from..from + below((other.len() - from).min(64))];
            let end = (at + below(64)).min(input.len());
            input.splice(at..end, piece.iter().copied());
        }
        _ => {
            let end = (at + below(32)).min(input.len());
            input.drain(at..end);
        }
    }
}

proptest! {
    #[test]
    fn anything(input in proptest::collection::vec(any::<u8>(), 0..300)) {
        for target in TARGETS {
            (target.run)(&input);
        }
    }

    /// Bytes that look more like DER than most.
    #[test]
    fn anything_like_der(
        input in proptest::collection::vec(
            prop_oneof![
                Just(0x30_u8), Just(0x31), Just(0xa0), Just(0xa3), Just(0x80), Just(0x02),
                Just(0x03), Just(0x04), Just(0x06), Just(0x0a), Just(0x00), 0_u8..8, any::<u8>(),
            ],
            0..300,
        )
    ) {
        for target in TARGETS {
            (target.run)(&input);
        }
    }

    /// Texts that look more like PEM than most.
    #[test]
    fn anything_like_pem(
        pieces in proptest::collection::vec(
            prop_oneof![
                Just("-----BEGIN CERTIFICATE-----"), Just("-----END CERTIFICATE-----"),
                Just("-----BEGIN PRIVATE KEY-----"), Just("-----END PKCS7-----"), Just("-----"),
                Just("-----BEGIN "), Just("-----END "), Just("\n"), Just("\r\n"), Just(" "),
                Just("MIIB"), Just("MAUCAQE="), Just("="), Just(":"), Just("é"), Just("30:03"),
            ],
            0..30,
        )
    ) {
        targets::open(pieces.concat().as_bytes());
    }
}
