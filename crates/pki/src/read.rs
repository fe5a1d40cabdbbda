//! Reads whatever somebody has at hand: PEM, DER, base64, hexadecimal digits, bundles, stapled
//! responses of OCSP.
//!
//! [`open`] never fails. It gives what it found, each [`Item`] with its place in the input, and a
//! list of what was in the way. Private keys are recognised, and none of their bytes kept.

mod fault;
mod shape;
mod status;
mod text;

use std::ops::Range;

use padlock_wire::Node;

pub use fault::{Fault, FaultKind};
pub use shape::PrivateKeyKind;

use crate::explain::der::{self, Header};
use crate::explain::{Kind, Problem, explain_as};
use crate::pem;
use shape::{OPEN_SSH, Shape};
use text::Unarmoured;

/// The most items of an input: far more than any bundle has.
const ITEMS: usize = 10_000;

/// What an input holds.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Opened {
    /// What was found, in the order of the input; what a bundle holds follows the bundle.
    pub items: Vec<Item>,
    /// What is wrong with the input around the items; what is wrong within one says
    /// [`Item::explain`].
    pub faults: Vec<Fault>,
}

/// Something found in an input.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Item {
    /// What it is.
    pub content: Content,
    /// Its bytes in the input: of PEM from BEGIN to END, of what a bundle in text holds those of
    /// the bundle.
    pub range: Range<usize>,
    /// How it stands there.
    pub form: Form,
}

/// What an item is.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Content {
    /// Something that may be shown.
    Document {
        /// What.
        kind: Kind,
        /// Its bytes, which need not be sound.
        der: Vec<u8>,
    },
    /// A private key, or a file that may hold some. Its bytes are not kept, so that nothing shows
    /// them or sends them on.
    PrivateKey(PrivateKeyKind),
}

/// How an item stands in the input.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Form {
    /// As a block of PEM (RFC 7468).
    Pem {
        /// The words after BEGIN.
        label: String,
        /// The number of the line with BEGIN, the first being 1.
        line: usize,
    },
    /// As it is: DER.
    Binary,
    /// As a text of its own.
    Text,
    /// In base64 without the lines around it.
    Base64,
    /// In hexadecimal digits.
    Hex,
    /// Within another item.
    Within {
        /// The number of that item, the first being 0.
        item: usize,
        /// Where in that item's bytes.
        place: Range<usize>,
    },
}

impl Item {
    /// The bytes; none of a private key.
    #[must_use]
    pub fn der(&self) -> &[u8] {
        match &self.content {
            Content::Document { der, .. } => der,
            Content::PrivateKey(_) => &[],
        }
    }

    /// What it is, unless it is a private key.
    #[must_use]
    pub const fn kind(&self) -> Option<Kind> {
        match &self.content {
            Content::Document { kind, .. } => Some(*kind),
            Content::PrivateKey(_) => None,
        }
    }

    /// The field tree of its bytes, and what is wrong with them; none of a private key.
    #[must_use]
    pub fn explain(&self) -> Option<(Node, Vec<Problem>)> {
        match &self.content {
            Content::Document { kind, der } => Some(explain_as(*kind, der)),
            Content::PrivateKey(_) => None,
        }
    }
}

/// Reads `input`, whatever it is. The work is bounded by its length.
#[must_use]
pub fn open(input: &[u8]) -> Opened {
    let mut opened = Opened::default();
    let whole = 0..input.len();
    if input.trim_ascii().is_empty() {
        opened.fault(FaultKind::Empty, 0);
    } else if is_one_value(input) {
        opened.values(input, Form::Binary, |at| at);
    } else if has_boundary(input) {
        opened.blocks(input);
    } else if shape::is_putty(input) {
        opened.private_key(PrivateKeyKind::Putty, whole, Form::Text);
    } else if input.starts_with(OPEN_SSH) {
        opened.private_key(PrivateKeyKind::OpenSsh, whole, Form::Binary);
    } else if let Some(unarmoured) = Unarmoured::read(input) {
        let Unarmoured {
            bytes,
            places,
            form,
            fault,
        } = unarmoured;
        opened.faults.extend(fault);
        opened.values(&bytes, form, |at| places[at]);
    } else if input.first() == Some(&der::SEQUENCE) || status::response(input).is_some() {
        opened.values(input, Form::Binary, |at| at);
    } else {
        opened.fault(FaultKind::Nothing, 0);
    }
    opened.unpack();
    opened.faults.sort_by_key(|fault| fault.at);
    opened
}

/// Whether `input` is one value of ASN.1 from the first byte to the last, and not by chance: texts
/// too have a first letter that may be taken for a type, and a second for a length.
fn is_one_value(input: &[u8]) -> bool {
    let header = Header::read(input, 0, input.len());
    let is_binary = !input.is_ascii() || input.iter().any(|byte| is_control(*byte));
    header.is_ok_and(|header| {
        let end = header
            .length
            .map(|length| header.contents().checked_add(length));
        end == Some(Some(input.len())) && header.is_shortest && is_binary
    })
}

/// Whether no text has this character.
fn is_control(byte: u8) -> bool {
    byte.is_ascii_control() && !byte.is_ascii_whitespace()
}

fn has_boundary(input: &[u8]) -> bool {
    let mut tails = (0..input.len()).filter(|at| input[*at] == b'-');
    tails.any(|at| {
        let tail = &input[at..];
        tail.starts_with(b"-----BEGIN ") || tail.starts_with(b"-----END ")
    })
}

impl Opened {
    fn fault(&mut self, kind: FaultKind, at: usize) {
        self.faults.push(Fault { kind, at });
    }

    fn private_key(&mut self, kind: PrivateKeyKind, range: Range<usize>, form: Form) {
        let content = Content::PrivateKey(kind);
        self.items.push(Item {
            content,
            range,
            form,
        });
    }

    /// Whether there is room for one more item; reported where there is not.
    fn has_room(&mut self, at: usize) -> bool {
        let has_room = self.items.len() < ITEMS;
        let is_told = || self.faults.iter().any(|one| one.kind == FaultKind::TooMany);
        if !has_room && !is_told() {
            self.fault(FaultKind::TooMany, at);
        }
        has_room
    }

    /// The blocks of PEM.
    fn blocks(&mut self, input: &[u8]) {
        for found in pem::scan(input) {
            if !self.has_room(found.range.start) {
                return;
            }
            self.block(found);
        }
        if self.items.is_empty() && self.faults.is_empty() {
            self.fault(FaultKind::Nothing, 0);
        }
    }

    fn block(&mut self, found: pem::Found) {
        let pem::Found {
            block,
            range,
            fault,
        } = found;
        let is_stray = fault.as_ref().is_some_and(|fault| {
            let kind = &fault.error.kind;
            matches!(kind, pem::ErrorKind::NoBegin { .. })
        });
        let is_broken = fault.is_some();
        self.faults.extend(fault.map(|fault| Fault {
            at: fault.at,
            kind: FaultKind::Pem(fault.error),
        }));
        if is_stray {
            return;
        }
        let form = Form::Pem {
            label: block.label.clone(),
            line: block.line,
        };
        let labelled = shape::of_label(&block.label);
        let shape = match (Shape::of(&block.contents), labelled) {
            (Shape::PrivateKey(_), _) | (_, Some(Shape::PrivateKey(_))) if block.is_encrypted() => {
                Shape::PrivateKey(PrivateKeyKind::EncryptedTraditional)
            }
            (Shape::PrivateKey(kind), _) => Shape::PrivateKey(kind),
            (_, Some(Shape::PrivateKey(kind))) => Shape::PrivateKey(kind),
            // What is too broken to be known by its shape is what the label says.
            (Shape::Document(Kind::Other), labelled) => {
                labelled.unwrap_or(Shape::Document(Kind::Other))
            }
            (shape, _) => shape,
        };
        match shape {
            Shape::PrivateKey(kind) => self.private_key(kind, range, form),
            Shape::Document(_) if block.contents.is_empty() => {
                // Of what cannot be read the fault is told already.
                if !is_broken {
                    let label = block.label;
                    self.fault(FaultKind::EmptyBlock { label }, range.start);
                }
            }
            Shape::Document(kind) => {
                if labelled.is_some_and(|labelled| labelled != shape) {
                    let label = block.label;
                    self.fault(FaultKind::Label { label, kind }, range.start);
                }
                let der = block.contents;
                let content = Content::Document { kind, der };
                self.items.push(Item {
                    content,
                    range,
                    form,
                });
            }
        }
    }

    /// The values of `bytes` one after another; `place` tells where in the input a byte stands,
    /// also the one after the last.
    fn values(&mut self, bytes: &[u8], form: Form, place: impl Fn(usize) -> usize) {
        if bytes.starts_with(OPEN_SSH) {
            let range = place(0)..place(bytes.len());
            return self.private_key(PrivateKeyKind::OpenSsh, range, form);
        }
        // Around a response that was stapled there is what TLS puts around it.
        let first = status::response(bytes).unwrap_or_default();
        let mut position = first;
        while position < bytes.len() {
            let start = position;
            let at = place(start);
            // A first value may be of any type; what follows it, or is cut off, is a SEQUENCE.
            let is_value = start == first || bytes[start] == der::SEQUENCE;
            let end = value_end(bytes, start).filter(|_| is_value);
            if !self.has_room(at) {
                return;
            }
            let Some(end) = end else {
                let count = place(bytes.len()) - at;
                self.fault(FaultKind::Leftover { count }, at);
                return;
            };
            position = end;
            let value = &bytes[start..end];
            let range = at..place(end);
            match Shape::of(value) {
                Shape::PrivateKey(kind) => self.private_key(kind, range, form.clone()),
                Shape::Document(kind) => {
                    let der = value.to_vec();
                    self.items.push(Item {
                        content: Content::Document { kind, der },
                        range,
                        form: form.clone(),
                    });
                }
            }
        }
    }

    /// What the bundles hold.
    fn unpack(&mut self) {
        let outer = std::mem::take(&mut self.items);
        for item in outer {
            let (range, number) = (item.range.clone(), self.items.len());
            let is_binary = item.form == Form::Binary;
            let is_bundle = matches!(item.kind(), Some(Kind::ContentInfo | Kind::OcspResponse));
            // What holds nothing is explained when somebody looks at it.
            let explained = is_bundle.then(|| item.explain()).flatten();
            self.items.push(item);
            let Some((tree, _)) = explained else {
                continue;
            };
            let lists = ["certificates", "crls"].map(|label| tree.find(label));
            let nodes = lists.iter().flatten().flat_map(|list| &list.children);
            for node in nodes {
                let kind = match &*node.label {
                    "Certificate" => Kind::Certificate,
                    "CertificateList" => Kind::CertificateList,
                    _ => continue,
                };
                let (place, start) = (node.range.clone(), node.range.start);
                let at = range.start + if is_binary { start } else { 0 };
                if !self.has_room(at) {
                    break;
                }
                let bundle = self.items[number].der();
                let der = bundle.get(place.clone()).unwrap_or_default().to_vec();
                let range = match is_binary {
                    true => range.start + place.start..range.start + place.end,
                    false => range.clone(),
                };
                self.items.push(Item {
                    content: Content::Document { kind, der },
                    range,
                    form: Form::Within {
                        item: number,
                        place,
                    },
                });
            }
        }
    }
}

/// Where the value that starts there ends: at the end of `bytes` if it is cut off; `None` where no
/// value starts.
fn value_end(bytes: &[u8], start: usize) -> Option<usize> {
    let header = Header::read(bytes, start, bytes.len()).ok()?;
    let contents = header.contents();
    match header.length {
        Some(length) => Some(contents.saturating_add(length).min(bytes.len())),
        None => {
            let ends = der::ends_of_contents(bytes, contents, bytes.len(), 1);
            let end = ends.first().and_then(|(_, end)| *end);
            Some(end.map_or(bytes.len(), |end| end + 2))
        }
    }
}
