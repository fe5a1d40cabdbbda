//! Follows the tables through the bytes.

use std::collections::BTreeMap;
use std::ops::Range;

use padlock_wire::{Node, Value};

use super::choice::Resolved;
use super::der::{self, Header, HeaderError, NULL, SET};
use super::primitive::{self, Reading};
use super::problem::{Problem, ProblemKind};
#[cfg(feature = "study")]
use super::schema::Foreign;
use super::schema::{Field, Octets, Presence, Type, any};
use super::universal::{identifier_name, is_form_of_its_type, universal};

/// Deeper than any certificate, and not too deep for whoever follows the tree by recursion.
const DEPTH: usize = 48;

/// What the tree is for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Manner {
    /// Whether everything says what it means, and every byte has its node. Otherwise there are nodes of
    /// values alone, and of what they mean only numbers.
    pub(super) is_told: bool,
    /// How many values are followed.
    values: usize,
}

impl Manner {
    /// It is shown. There are more values than any certificate has.
    pub(super) const SHOWN: Self = Self {
        is_told: true,
        values: 100_000,
    };
    /// A certificate's problems are asked for.
    pub(super) const JUDGED: Self = Self {
        is_told: false,
        ..Self::SHOWN
    };
    /// The same of lists of revoked certificates: they may be long.
    #[cfg(feature = "study")]
    pub(super) const JUDGED_LIST: Self = Self {
        values: 1_000_000,
        ..Self::JUDGED
    };
}

/// The tree of `input` as one value of this field.
pub(super) fn walk(input: &[u8], field: &Field, manner: Manner) -> (Node, Vec<Problem>) {
    let mut walk = Walk {
        input,
        manner,
        problems: Vec::new(),
        values: 0,
        is_exhausted: false,
        is_truncated: false,
        ends: BTreeMap::new(),
    };
    if input.is_empty() {
        walk.report(
            ProblemKind::Truncated {
                needed: None,
                left: 0,
            },
            0,
        );
        return (
            Node::group(field.label, 0..0, field.section, vec![]),
            walk.problems,
        );
    }
    if !field.tag.allows(input[0]) {
        walk.report(
            ProblemKind::UnexpectedTag {
                field: field.label,
                found: input[0],
            },
            0,
        );
    }
    let node = walk.value(0..input.len(), field, None, 0).node;
    let end = node.range.end;
    if end == input.len() {
        return (node, walk.problems);
    }
    let count = input.len() - end;
    walk.report(ProblemKind::Trailing { count }, end);
    let rest = Node::leaf("bytes after the end", end..input.len(), Value::Undecoded);
    let all = Node::group("input", 0..input.len(), None, vec![node, rest]);
    (all, walk.problems)
}

pub(super) struct Walk<'a> {
    pub(super) input: &'a [u8],
    pub(super) manner: Manner,
    problems: Vec<Problem>,
    values: usize,
    /// Whether it is reported that there are too many of them.
    is_exhausted: bool,
    /// Whether it is known, and reported, that the input ends too early.
    is_truncated: bool,
    /// Where contents of indefinite length end, by where they start, as far as that was looked for.
    ends: BTreeMap<usize, Option<usize>>,
}

/// A value's node, where its contents start, and the first object identifier in it.
struct Walked {
    node: Node,
    contents: usize,
    identifier: Option<String>,
}

/// What contents are made of.
#[derive(Default)]
pub(super) struct Contents {
    pub(super) value: Option<Value>,
    pub(super) nodes: Vec<Node>,
    pub(super) identifier: Option<String>,
}

impl Walk<'_> {
    pub(super) fn report(&mut self, kind: ProblemKind, at: usize) {
        self.problems.push(Problem { kind, at });
    }

    /// The value that starts where `room` starts and should end in it. `governor` is the object
    /// identifier that says what it is, where the field leaves that to one.
    fn value(
        &mut self,
        room: Range<usize>,
        field: &Field,
        governor: Option<&str>,
        depth: usize,
    ) -> Walked {
        let undecoded = |range: Range<usize>| Walked {
            contents: range.end,
            node: Node::leaf(field.label, range, Value::Undecoded),
            identifier: None,
        };
        self.values += 1;
        if self.values > self.manner.values {
            self.too_many(room.start);
            return undecoded(room);
        }
        let header = match Header::read(self.input, room.start, room.end) {
            Ok(header) => header,
            Err(HeaderError::TooLarge) => {
                self.report(ProblemKind::HeaderTooLarge, room.start);
                return undecoded(room);
            }
            Err(HeaderError::Truncated) => {
                self.cut_off(None, room.clone());
                return undecoded(room);
            }
        };
        if header.identifier_octets.len() > 1 {
            self.report(ProblemKind::HeaderTooLarge, room.start);
        }
        let resolved = Resolved::new(field, header.identifier, governor, self.manner.is_told);
        if resolved.is_misfit {
            let (field, found) = (resolved.name, header.identifier);
            self.report(ProblemKind::UnexpectedTag { field, found }, room.start);
        }
        let (contents, tail) = self.frame(&header, room.end);
        let end = tail.as_ref().map_or(contents.end, |tail| tail.end);
        let inside = if depth >= DEPTH && header.is_constructed() {
            self.report(ProblemKind::TooDeep, room.start);
            self.opaque(contents, Value::Undecoded)
        } else {
            self.contents(&header, contents, &resolved, governor, depth)
        };
        let children = if self.manner.is_told {
            framed(&header, inside.nodes, tail)
        } else {
            inside.nodes
        };
        let mut node = Node::group(resolved.label, room.start..end, resolved.section, children);
        node.value = inside.value.unwrap_or(Value::Group);
        if let Some(finish) = resolved.finish.filter(|_| self.manner.is_told) {
            finish(&mut node, self.input);
        }
        Walked {
            node,
            contents: header.contents(),
            identifier: inside.identifier,
        }
    }

    /// Reports, once, that there is more than is looked at.
    fn too_many(&mut self, at: usize) {
        if !self.is_exhausted {
            self.is_exhausted = true;
            self.report(ProblemKind::TooMany, at);
        }
    }

    /// The contents octets, cut where the room ends, and the end-of-contents octets if there are.
    fn frame(&mut self, header: &Header, end: usize) -> (Range<usize>, Option<Range<usize>>) {
        let start = header.contents();
        let left = end - start;
        if !header.is_shortest {
            self.report(ProblemKind::LengthNotShortest, header.length_octets.start);
        }
        match header.length {
            Some(length) if length <= left => (start..start + length, None),
            Some(length) if end == self.input.len() => {
                self.cut_off(Some(length), start..end);
                (start..end, None)
            }
            Some(length) => {
                let at = header.length_octets.start;
                self.report(ProblemKind::Overrun { length, left }, at);
                (start..end, None)
            }
            None => {
                self.report(ProblemKind::IndefiniteLength, header.length_octets.start);
                if !self.ends.contains_key(&start) {
                    let ends = der::ends_of_contents(self.input, start, end, DEPTH);
                    self.ends.extend(ends);
                }
                match self.ends.get(&start).copied().flatten() {
                    Some(stop) => (start..stop, Some(stop..stop + 2)),
                    None => {
                        self.cut_off(None, start..end);
                        (start..end, None)
                    }
                }
            }
        }
    }

    /// Reports that bytes are missing at the end of `rest`; for the whole input once only.
    fn cut_off(&mut self, needed: Option<usize>, rest: Range<usize>) {
        let is_end = rest.end == self.input.len();
        if is_end && self.is_truncated {
            return;
        }
        self.is_truncated |= is_end;
        let left = rest.len();
        self.report(ProblemKind::Truncated { needed, left }, rest.start);
    }

    fn contents(
        &mut self,
        header: &Header,
        range: Range<usize>,
        field: &Resolved,
        governor: Option<&str>,
        depth: usize,
    ) -> Contents {
        let is_structure = matches!(
            field.kind,
            Type::Sequence(_) | Type::Many(_) | Type::AnyNumber(_) | Type::Explicit(_)
        );
        let kind = match field.kind {
            Type::Any => field.kind,
            _ if is_structure != header.is_constructed() => {
                let field = field.name;
                self.report(
                    ProblemKind::WrongForm { field },
                    header.identifier_octets.start,
                );
                Type::Any
            }
            kind => kind,
        };
        if matches!(kind, Type::Any) && !is_form_of_its_type(header.identifier) {
            let field = field.name;
            self.report(ProblemKind::WrongForm { field }, range.start);
        }
        match kind {
            Type::Sequence(fields) => self.sequence(range, fields, depth + 1),
            Type::AnyNumber(field) => self.many(range, field, depth + 1),
            Type::Many(field) => {
                let at = range.start;
                let contents = self.many(range, field, depth + 1);
                if contents.nodes.is_empty() {
                    self.missing(field.label, at);
                }
                if header.identifier == SET {
                    self.check_order(&contents.nodes);
                }
                contents
            }
            Type::Explicit(field) => self.sequence(range, std::slice::from_ref(field), depth + 1),
            Type::Any | Type::Choice(_) | Type::ByIdentifier(_) if header.is_constructed() => {
                self.many(range, &ANY, depth + 1)
            }
            Type::Any | Type::Choice(_) | Type::ByIdentifier(_) => {
                self.primitive(range, universal(header.identifier), header, governor, depth)
            }
            kind => self.primitive(range, kind, header, governor, depth),
        }
    }

    /// Reports that a field is not there, unless it is because the bytes end.
    fn missing(&mut self, field: &'static str, at: usize) {
        if !(self.is_truncated && at == self.input.len()) {
            self.report(ProblemKind::Missing { field }, at);
        }
    }

    /// The values in `range`, each the next of `fields`.
    fn sequence(&mut self, range: Range<usize>, fields: &[Field], depth: usize) -> Contents {
        let mut contents = Contents::default();
        let mut governor: Option<String> = None;
        let mut position = range.start;
        for (index, field) in fields.iter().enumerate() {
            let next = (position < range.end).then(|| self.input[position]);
            let field = match next {
                Some(found) if field.tag.allows(found) => *field,
                _ if field.presence != Presence::Required => continue,
                Some(found) if !fits_later(&fields[index + 1..], found) => {
                    let label = field.label;
                    self.report(
                        ProblemKind::UnexpectedTag {
                            field: label,
                            found,
                        },
                        position,
                    );
                    any(label, &Type::Any)
                }
                _ => {
                    self.missing(field.label, position);
                    continue;
                }
            };
            let walked = self.value(position..range.end, &field, governor.as_deref(), depth);
            self.check_default(&field, &walked);
            position = walked.node.range.end;
            contents.nodes.push(walked.node);
            if walked.identifier.is_some() {
                contents.identifier = contents.identifier.or_else(|| walked.identifier.clone());
                governor = walked.identifier;
            }
        }
        if position < range.end {
            let found = self.input[position];
            self.report(ProblemKind::Unexpected { found }, position);
            let rest = self.many(position..range.end, &ANY, depth);
            contents.nodes.extend(rest.nodes);
        }
        contents
    }

    /// The values in `range`, all of the same field.
    fn many(&mut self, range: Range<usize>, field: &Field, depth: usize) -> Contents {
        let mut contents = Contents::default();
        let mut position = range.start;
        while position < range.end {
            let found = self.input[position];
            let element = if field.tag.allows(found) {
                *field
            } else {
                let label = field.label;
                self.report(
                    ProblemKind::UnexpectedTag {
                        field: label,
                        found,
                    },
                    position,
                );
                any(label, &Type::Any)
            };
            let mut walked = self.value(position..range.end, &element, None, depth);
            position = walked.node.range.end;
            if !self.manner.is_told {
                // There may be many, and nobody looks so far down.
                let parts = walked.node.children.iter_mut();
                parts.for_each(|part| part.children = Vec::new());
            }
            contents.nodes.push(walked.node);
            contents.identifier = contents.identifier.or(walked.identifier);
        }
        contents
    }

    /// The elements of a `SET OF` stand in the order of their encodings (X.690 §11.6); in names
    /// none stands twice.
    fn check_order(&mut self, elements: &[Node]) {
        for pair in elements.windows(2) {
            let [before, after] = [&pair[0], &pair[1]].map(|node| &self.input[node.range.clone()]);
            if before >= after {
                let type_name = "SET OF";
                self.report(ProblemKind::NotDer { type_name }, pair[1].range.start);
            }
        }
    }

    fn check_default(&mut self, field: &Field, walked: &Walked) {
        let Presence::Default(default) = field.presence else {
            return;
        };
        let Range { start, end } = walked.node.range;
        if self.input.get(walked.contents..end) == Some(default) {
            let field = field.label;
            self.report(ProblemKind::DefaultEncoded { field }, start);
        }
    }

    fn primitive(
        &mut self,
        range: Range<usize>,
        kind: Type,
        header: &Header,
        governor: Option<&str>,
        depth: usize,
    ) -> Contents {
        let octets = &self.input[range.clone()];
        let is_told = self.manner.is_told;
        let mut identifier = None;
        let reading = match kind {
            Type::BitString(bits) => return self.bit_string(range, bits, governor, depth),
            Type::OctetString(Octets::ByIdentifier(find)) => {
                let field = governor.and_then(find).unwrap_or(&ANY);
                return self.holding(range, field, depth);
            }
            #[cfg(feature = "study")]
            Type::OctetString(Octets::Foreign(explain)) => return self.foreign(range, explain),
            Type::OctetString(Octets::Address) => primitive::address(octets, is_told),
            Type::Boolean => primitive::boolean(octets, is_told),
            Type::Integer(style) => primitive::integer(octets, style, is_told),
            Type::ObjectIdentifier => {
                let (reading, dotted) = primitive::object_identifier(octets, is_told);
                identifier = dotted;
                reading
            }
            Type::Moment => primitive::moment(header.identifier, octets, is_told),
            Type::Time => primitive::time(header.identifier, octets, is_told),
            Type::Characters(0) => primitive::string(header.identifier, octets, is_told),
            Type::Characters(universal) => primitive::string(universal, octets, is_told),
            _ => {
                if header.identifier == NULL && !range.is_empty() {
                    self.report(ProblemKind::Invalid { type_name: "NULL" }, range.start);
                }
                let mut contents = self.opaque(range.clone(), Value::Opaque);
                contents.value = contents.value.filter(|_| !range.is_empty());
                return contents;
            }
        };
        let Reading { value, problem } = reading;
        if let Some((kind, at)) = problem {
            self.report(kind, range.start + at);
        }
        Contents {
            identifier,
            ..self.opaque(range, value)
        }
    }

    /// A structure that is no DER. As values it counts for as many as DER of its length may have.
    #[cfg(feature = "study")]
    fn foreign(&mut self, range: Range<usize>, explain: Foreign) -> Contents {
        self.values += range.len() / 4;
        if self.values > self.manner.values {
            self.too_many(range.start);
            return self.opaque(range, Value::Undecoded);
        }
        let (tree, fault) = explain(&self.input[range.clone()]);
        if let Some(fault) = fault {
            self.report(ProblemKind::Structure(fault.kind), range.start + fault.at);
        }
        Contents {
            value: Some(tree.value.clone()),
            nodes: vec![tree.shifted(range.start)],
            identifier: None,
        }
    }

    /// A value of DER within a string.
    pub(super) fn holding(&mut self, range: Range<usize>, field: &Field, depth: usize) -> Contents {
        let mut contents = self.sequence(range, std::slice::from_ref(field), depth + 1);
        contents.value = contents
            .nodes
            .first()
            .map(|node| node.value.clone())
            .filter(|value| *value != Value::Undecoded);
        contents
    }

    /// Contents without parts.
    pub(super) fn opaque(&self, range: Range<usize>, value: Value) -> Contents {
        let nodes = if self.manner.is_told && !range.is_empty() {
            vec![Node::leaf("contents", range, value.clone())]
        } else {
            Vec::new()
        };
        Contents {
            value: Some(value),
            nodes,
            identifier: None,
        }
    }
}

/// The nodes of a whole value: its header's, what is inside, and the end-of-contents octets.
fn framed(header: &Header, inside: Vec<Node>, tail: Option<Range<usize>>) -> Vec<Node> {
    let identifier = Node::leaf(
        "identifier",
        header.identifier_octets.clone(),
        Value::Code {
            number: u32::from(header.identifier),
            name: Some(identifier_name(header.identifier)),
        },
    );
    let length = Node::leaf(
        "length",
        header.length_octets.clone(),
        match header.length {
            Some(length) => Value::Length(u64::try_from(length).unwrap_or(u64::MAX)),
            None => Value::Text("indefinite".to_owned()),
        },
    );
    // There may be many values, each with these: no byte more is kept than they take.
    let count = 2 + inside.len() + usize::from(tail.is_some());
    let mut children = Vec::with_capacity(count);
    children.extend([identifier, length]);
    children.extend(inside);
    children.extend(tail.map(|tail| Node::leaf("end-of-contents", tail, Value::Opaque)));
    children
}

/// Any value; its label is what its identifier is called.
pub(super) static ANY: Field = any("", &Type::Any);

/// Whether a value with this identifier is one of these fields, up to the first that must be.
fn fits_later(fields: &[Field], identifier: u8) -> bool {
    let must = fields
        .iter()
        .position(|field| field.presence == Presence::Required);
    let candidates = &fields[..must.map_or(fields.len(), |index| index + 1)];
    candidates.iter().any(|field| field.tag.allows(identifier))
}
