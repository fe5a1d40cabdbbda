//! Bit strings, which hold flags, keys and signatures.

use std::ops::Range;

use padlock_wire::{Node, Section, Value};

use super::primitive;
use super::problem::ProblemKind;
use super::schema::Bits;
use super::walk::{Contents, Walk};

impl Walk<'_> {
    /// The octet that counts the unused bits, then what `bits` says.
    pub(super) fn bit_string(
        &mut self,
        range: Range<usize>,
        bits: Bits,
        governor: Option<&str>,
        depth: usize,
    ) -> Contents {
        let octets = &self.input[range.clone()];
        let Some((&unused, data)) = octets.split_first() else {
            self.report(
                ProblemKind::Invalid {
                    type_name: "BIT STRING",
                },
                range.start,
            );
            return Contents::default();
        };
        let padding = data
            .last()
            .map(|last| last & !(0xff_u8.checked_shl(unused.into()).unwrap_or(0)));
        if unused > 7 || (unused > 0 && data.is_empty()) {
            let type_name = "BIT STRING";
            self.report(ProblemKind::Invalid { type_name }, range.start);
        } else if padding.is_some_and(|padding| padding != 0) {
            let type_name = "BIT STRING";
            self.report(ProblemKind::NotDer { type_name }, range.end - 1);
        }
        // Named bits end with one that is set (X.690 §11.2.2), and each has a name; keys and
        // signatures are octets.
        let used = (data.len() * 8).saturating_sub(unused.into());
        let last = data.last().map(|last| last.checked_shr(unused.into()));
        let is_last_set = last.is_none_or(|last| last.unwrap_or(0) & 1 == 1);
        let type_name = match bits {
            Bits::Named(names) if !is_last_set || used > names.len() => {
                Some("BIT STRING of named bits")
            }
            Bits::ByIdentifier(_) if unused > 0 => Some("BIT STRING of whole octets"),
            _ => None,
        };
        if let Some(type_name) = type_name {
            self.report(ProblemKind::NotDer { type_name }, range.start);
        }
        let rest = range.start + 1..range.end;
        let bits = match bits {
            Bits::ByIdentifier(find) => governor.and_then(find).unwrap_or(Bits::Opaque),
            bits => bits,
        };
        let mut contents = match bits {
            Bits::Named(names) => {
                let value = primitive::named_bits(data, names, self.manner.is_told);
                self.opaque(rest, value)
            }
            Bits::Holding(field) if unused == 0 && !data.is_empty() => {
                self.holding(rest, field, depth)
            }
            Bits::Point if unused == 0 && self.manner.is_told => self.point(data, rest),
            _ => self.opaque(rest, Value::Opaque),
        };
        if self.manner.is_told {
            let first = Node::leaf(
                "unused bits",
                range.start..range.start + 1,
                Value::Number(unused.into()),
            );
            contents.nodes.insert(0, first);
        }
        contents
    }

    /// The octets of a point: its form, then one or two coordinates (RFC 5480 §2.2).
    fn point(&self, octets: &[u8], range: Range<usize>) -> Contents {
        let Some((&form, coordinates)) = octets.split_first() else {
            return Contents::default();
        };
        let start = range.start;
        let half = coordinates.len() / 2;
        let (name, nodes) = match form {
            4 if !coordinates.is_empty() && coordinates.len() % 2 == 0 => (
                "uncompressed",
                vec![
                    Node::leaf("x", start + 1..start + 1 + half, Value::Opaque),
                    Node::leaf("y", start + 1 + half..range.end, Value::Opaque),
                ],
            ),
            2 | 3 if !coordinates.is_empty() => (
                "compressed",
                vec![Node::leaf("x", start + 1..range.end, Value::Opaque)],
            ),
            _ => return self.opaque(range, Value::Opaque),
        };
        let mut all = vec![Node::leaf(
            "form",
            start..start + 1,
            Value::Code {
                number: form.into(),
                name: Some(name),
            },
        )];
        all.extend(nodes);
        let group = Node::group("point", range, Some(Section::new(5480, "2.2")), all);
        Contents {
            value: None,
            nodes: vec![group],
            identifier: None,
        }
    }
}
