//! What the contents of primitive values mean, in words where `is_told`.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use padlock_wire::{Value, hex};

use super::der::{GENERALIZED_TIME, UTC_TIME};
use super::problem::ProblemKind;
use super::schema::Integer;
use super::universal::identifier_name;
use super::{characters, oid};
use crate::name::Visible;
use crate::time::Date;

/// A meaning, and what is wrong with its encoding, with the offset within the contents.
pub(super) struct Reading {
    pub(super) value: Value,
    pub(super) problem: Option<(ProblemKind, usize)>,
}

impl Reading {
    fn sound(value: Value) -> Self {
        Self {
            value,
            problem: None,
        }
    }

    fn told(is_told: bool, text: impl FnOnce() -> String) -> Self {
        Self::sound(words(is_told, text))
    }

    fn invalid(type_name: &'static str, at: usize) -> Self {
        Self {
            value: Value::Undecoded,
            problem: Some((ProblemKind::Invalid { type_name }, at)),
        }
    }

    fn with(mut self, kind: ProblemKind) -> Self {
        self.problem.get_or_insert((kind, 0));
        self
    }
}

/// Writing takes longer than reading, and whoever judges reads no words.
fn words(is_told: bool, text: impl FnOnce() -> String) -> Value {
    if is_told {
        Value::Text(text())
    } else {
        Value::Opaque
    }
}

pub(super) fn boolean(octets: &[u8], is_told: bool) -> Reading {
    let reading = |text: &str| Reading::told(is_told, || text.to_owned());
    match octets {
        [0x00] => reading("FALSE"),
        [0xff] => reading("TRUE"),
        [_] => reading("TRUE").with(ProblemKind::NotDer {
            type_name: "BOOLEAN",
        }),
        _ => Reading::invalid("BOOLEAN", 0),
    }
}

pub(super) fn integer(octets: &[u8], style: Integer, is_told: bool) -> Reading {
    let Some(&first) = octets.first() else {
        return Reading::invalid("INTEGER", 0);
    };
    let is_negative = first & 0x80 != 0;
    let is_shortest = !matches!(octets, [0x00, 0x00..=0x7f, ..] | [0xff, 0x80..=0xff, ..]);
    let significant = &octets[octets.iter().take_while(|octet| **octet == 0).count()..];
    let small = small(significant).filter(|_| !is_negative);
    let value = match (style, small) {
        (Integer::Serial, _) => words(is_told, || format!("0x{}", hex::encode(octets))),
        (Integer::Large, _) if is_negative => Value::Opaque,
        (Integer::Large, _) => words(is_told, || format!("{} bit", bit_length(significant))),
        (Integer::Named(names), Some(number)) => named(number, names),
        (Integer::Known(names), Some(number)) => {
            let known = names.iter().find(|(known, _)| *known == number);
            known.map_or(Value::Number(number), |(_, name)| {
                words(is_told, || format!("{name} ({number})"))
            })
        }
        (_, Some(number)) => Value::Number(number),
        (Integer::Number, None) if !is_negative => {
            words(is_told, || format!("0x{}", hex::encode(octets)))
        }
        (_, None) => Value::Opaque,
    };
    let mut reading = Reading::sound(value);
    if !is_shortest {
        reading = reading.with(ProblemKind::NotDer {
            type_name: "INTEGER",
        });
    }
    match style {
        Integer::Serial if significant.len() > 20 => reading.with(ProblemKind::SerialNumberTooLong),
        Integer::Number | Integer::Known(_) if is_negative => reading.with(ProblemKind::Invalid {
            type_name: "INTEGER (0..MAX)",
        }),
        Integer::Serial if is_negative || significant.is_empty() => {
            reading.with(ProblemKind::SerialNumber)
        }
        _ => reading,
    }
}

fn small(octets: &[u8]) -> Option<u64> {
    let fold = |number, octet: &u8| number << 8 | u64::from(*octet);
    (octets.len() <= 8).then(|| octets.iter().fold(0, fold))
}

fn named(number: u64, names: &[&'static str]) -> Value {
    let index = usize::try_from(number).unwrap_or(usize::MAX);
    match u32::try_from(number) {
        Ok(code) => Value::Code {
            number: code,
            name: names.get(index).copied(),
        },
        Err(_) => Value::Number(number),
    }
}

/// How many bits a number without leading zero octets takes.
fn bit_length(octets: &[u8]) -> usize {
    let first = octets.first().map_or(0, |octet| octet.leading_zeros());
    octets.len() * 8 - usize::try_from(first).unwrap_or(0)
}

pub(super) fn object_identifier(octets: &[u8], is_told: bool) -> (Reading, Option<String>) {
    match oid::dotted(octets) {
        Some(dotted) => {
            let reading = Reading::told(is_told, || match oid::name(&dotted) {
                Some(name) => format!("{name} ({dotted})"),
                None => dotted.clone(),
            });
            (reading, Some(dotted))
        }
        None => (Reading::invalid("OBJECT IDENTIFIER", 0), None),
    }
}

pub(super) fn time(identifier: u8, octets: &[u8], is_told: bool) -> Reading {
    let reading = moment(identifier, octets, is_told);
    // The year stands first, in figures; what is no date has another problem already.
    match identifier {
        GENERALIZED_TIME if octets < b"2050" => reading.with(ProblemKind::TimeType),
        _ => reading,
    }
}

/// A moment by itself: which type it has is nobody's concern.
pub(super) fn moment(identifier: u8, octets: &[u8], is_told: bool) -> Reading {
    let (type_name, date) = match identifier {
        UTC_TIME => ("UTCTime", Date::from_utc_time(octets)),
        _ => ("GeneralizedTime", Date::from_generalized_time(octets)),
    };
    match date {
        Ok(date) => Reading::told(is_told, || date.to_string()),
        // What else stands there is mostly legible.
        Err(_) if octets.is_ascii() => {
            Reading::sound(lossy(octets)).with(ProblemKind::Invalid { type_name })
        }
        Err(_) => Reading::invalid(type_name, 0),
    }
}

pub(super) fn string(identifier: u8, octets: &[u8], is_told: bool) -> Reading {
    match characters::decode(identifier, octets) {
        Ok(text) => Reading::told(is_told, || Visible(&text).to_string()),
        Err(at) => {
            let type_name = identifier_name(identifier);
            Reading {
                value: lossy(octets),
                problem: Some((ProblemKind::Characters { type_name }, at)),
            }
        }
    }
}

/// What is legible.
fn lossy(octets: &[u8]) -> Value {
    Value::Text(Visible(&String::from_utf8_lossy(octets)).to_string())
}

/// The names of the bits that are set; `octets` without the octet of unused bits.
pub(super) fn named_bits(octets: &[u8], names: &[&'static str], is_told: bool) -> Value {
    let bits = octets.iter().enumerate().flat_map(|(index, octet)| {
        let bits = (0..8).filter(move |bit| octet & (0x80 >> bit) != 0);
        bits.map(move |bit| index * 8 + bit)
    });
    let texts = bits.map(|bit| match names.get(bit) {
        Some(name) => (*name).to_owned(),
        None => format!("({bit})"),
    });
    words(is_told, || texts.take(64).collect::<Vec<_>>().join(", "))
}

/// An address, or an address and its mask as in name constraints.
pub(super) fn address(octets: &[u8], is_told: bool) -> Reading {
    let text = match octets.len() {
        4 | 16 => ip(octets).map(|address| address.to_string()),
        8 | 32 => {
            let (address, mask) = octets.split_at(octets.len() / 2);
            ip(address)
                .zip(ip(mask))
                .map(|(address, mask)| format!("{address}/{mask}"))
        }
        _ => None,
    };
    match text {
        Some(text) => Reading::told(is_told, || text),
        None => Reading::invalid("iPAddress", 0),
    }
}

/// The address in 4 or 16 octets.
pub(crate) fn ip(octets: &[u8]) -> Option<IpAddr> {
    if let Ok(octets) = <[u8; 4]>::try_from(octets) {
        return Some(Ipv4Addr::from(octets).into());
    }
    <[u8; 16]>::try_from(octets)
        .ok()
        .map(|octets| Ipv6Addr::from(octets).into())
}
