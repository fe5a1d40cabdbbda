//! What every structure may rely on: coding is its own inverse, trees tile, nothing panics.

use padlock_wire::{CodePoint, Coder, Error, ErrorKind, Node, Prefix, Section, Structure, Value};
use proptest::prelude::*;

#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
struct Colour(u16);

impl CodePoint for Colour {
    const WIDTH: usize = 2;

    fn from_number(number: u32) -> Self {
        Self(u16::try_from(number & 0xffff).unwrap_or_default())
    }

    fn number(self) -> u32 {
        u32::from(self.0)
    }

    fn name(self) -> Option<&'static str> {
        (self.0 == 1).then_some("red")
    }
}

/// A structure that uses every kind of field.
#[derive(Clone, Debug, Default, PartialEq)]
struct Sample {
    version: u8,
    size: u16,
    time: u32,
    random: [u8; 4],
    colours: Vec<Colour>,
    names: Vec<Vec<u8>>,
    inner: Inner,
    serial: u64,
    rest: Vec<u8>,
}

#[derive(Clone, Debug, Default, PartialEq)]
struct Inner {
    big: Vec<u8>,
}

impl Structure for Inner {
    const NAME: &'static str = "Inner";
    const SECTION: Section = Section::new(9846, "3.6");

    fn fields(&mut self, coder: &mut Coder<'_>) -> Result<(), Error> {
        coder.opaque("big", Prefix::U24, 0..=70_000, &mut self.big)
    }
}

impl Structure for Sample {
    const NAME: &'static str = "Sample";
    const SECTION: Section = Section::new(9846, "3");

    fn fields(&mut self, coder: &mut Coder<'_>) -> Result<(), Error> {
        coder.u8("version", &mut self.version)?;
        coder.u16("size", &mut self.size)?;
        coder.u32("time", &mut self.time)?;
        coder.array("random", &mut self.random)?;
        coder.codes("colours", "colour", Prefix::U8, 0..=254, &mut self.colours)?;
        coder.list(
            "names",
            Prefix::U16,
            0..=0xffff,
            &mut self.names,
            |coder, name| coder.opaque("name", Prefix::U8, 1..=255, name),
        )?;
        coder.nested("inner", &mut self.inner)?;
        coder.u64("serial", &mut self.serial)?;
        coder.rest("rest", &mut self.rest)
    }
}

fn sample() -> impl Strategy<Value = Sample> {
    let bytes = |range| prop::collection::vec(any::<u8>(), range);
    (
        any::<(u8, u16, u32, u64, [u8; 4])>(),
        prop::collection::vec(any::<u16>().prop_map(Colour), 0..20),
        prop::collection::vec(bytes(1..30), 0..6),
        bytes(0..300),
        bytes(0..40),
    )
        .prop_map(
            |((version, size, time, serial, random), colours, names, big, rest)| Sample {
                version,
                size,
                time,
                serial,
                random,
                colours,
                names,
                inner: Inner { big },
                rest,
            },
        )
}

#[track_caller]
fn check_covers(tree: &Node, length: usize) {
    assert_eq!(tree.range, 0..length, "{tree}");
    assert_eq!(tree.gap(), None, "{tree}");
}

proptest! {
    #[test]
    fn decoding_undoes_encoding_and_explains_the_same(sample in sample()) {
        let encoded = sample.encode().unwrap();
        let decoded = Sample::default().decode_into(&encoded.bytes);
        prop_assert_eq!(&decoded.value, &Ok(sample));
        prop_assert_eq!(&decoded.tree, &encoded.tree);
        check_covers(&encoded.tree, encoded.bytes.len());
        let leaves: usize = encoded.tree.leaves().map(|leaf| leaf.range.len()).sum();
        prop_assert_eq!(leaves, encoded.bytes.len());
    }

    #[test]
    fn any_truncation_is_covered(sample in sample()) {
        let bytes = sample.encode().unwrap().bytes;
        let fixed = bytes.len() - sample.rest.len();
        for length in 0..bytes.len() {
            let decoded = Sample::default().decode_into(&bytes[..length]);
            prop_assert_eq!(decoded.value.is_ok(), length >= fixed);
            check_covers(&decoded.tree, length);
        }
    }

    #[test]
    fn any_bytes_are_covered(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let decoded = Sample::default().decode_into(&bytes);
        check_covers(&decoded.tree, bytes.len());
        if let Err(error) = decoded.value {
            prop_assert!(error.at <= bytes.len());
        }
    }
}

#[test]
fn faults_say_what_and_where() {
    #[track_caller]
    fn check(bytes: &[u8], kind: ErrorKind, at: usize) {
        let decoded = Sample::default().decode_into(bytes);
        assert_eq!(decoded.value, Err(Error::new(kind, at)));
        check_covers(&decoded.tree, bytes.len());
    }
    let good = Sample {
        names: vec![vec![7]],
        ..Sample::default()
    }
    .encode()
    .unwrap()
    .bytes;
    assert_eq!(good.len(), 27);
    check(&good[..2], ErrorKind::Truncated { needed: 2, left: 1 }, 1);
    check(&good[..26], ErrorKind::Truncated { needed: 8, left: 7 }, 19);
    let mut odd = good.clone();
    odd[11] = 3; // three bytes of two-byte colours
    check(&odd, ErrorKind::Truncated { needed: 2, left: 1 }, 14);
    let mut empty_name = good.clone();
    empty_name[14] = 0;
    check(
        &empty_name,
        ErrorKind::Length {
            found: 0,
            minimum: 1,
            maximum: 255,
        },
        14,
    );
    let mut far = good;
    far[18] = 9;
    check(&far, ErrorKind::Truncated { needed: 9, left: 8 }, 19);
}

#[test]
fn too_long_a_vector_is_not_written() {
    let sample = Sample {
        names: vec![vec![0; 256]],
        ..Sample::default()
    };
    let kind = ErrorKind::Length {
        found: 256,
        minimum: 1,
        maximum: 255,
    };
    assert_eq!(sample.encode(), Err(Error::new(kind, 14)));
}

#[test]
fn a_byte_leads_to_its_field() {
    let sample = Sample {
        colours: vec![Colour(1), Colour(9)],
        ..Sample::default()
    };
    let tree = sample.encode().unwrap().tree;
    let labels: Vec<_> = tree
        .path_to(13)
        .iter()
        .map(|node| node.label.as_ref())
        .collect();
    assert_eq!(labels, ["Sample", "colours", "colour"]);
    let value = &tree.path_to(13).last().unwrap().value;
    assert_eq!(
        *value,
        Value::Code {
            number: 1,
            name: Some("red")
        }
    );
}

#[test]
fn gaps_and_overlaps_are_found() {
    let leaf = |range| Node::leaf("leaf", range, Value::Opaque);
    for (children, sound) in [
        (vec![leaf(0..2), leaf(2..4)], true),
        (vec![leaf(0..2), leaf(3..4)], false),
        (vec![leaf(0..3), leaf(2..4)], false),
        (vec![leaf(0..2)], false),
        (vec![leaf(1..4)], false),
    ] {
        let node = Node::group("group", 0..4, None, children);
        assert_eq!(node.gap().is_none(), sound, "{node}");
    }
}

#[test]
fn a_code_point_shows_all_its_digits() {
    for (range, name, expected) in [
        (0..2, Some("red"), "red (0x0009)"),
        (0..2, None, "0x0009"),
        (4..5, None, "0x09"),
    ] {
        let node = Node::leaf("code", range, Value::Code { number: 9, name });
        assert_eq!(node.meaning(), expected);
    }
}
