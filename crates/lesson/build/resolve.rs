//! Puts everything in place that a message refers to, and refuses what is not supported.

use std::collections::BTreeMap;

use fluent_syntax::ast::{
    Attribute, CallArguments, Expression, InlineExpression, Pattern, PatternElement, VariantKey,
};
use fluent_syntax::unicode::unescape_unicode_to_string;

use super::markup::{self, Piece};
use super::{Node, Place, Problem, Source, Variant};

/// All patterns of a language: messages under `id` and `id.attribute`, terms under `-id`.
#[derive(Default)]
pub(super) struct Book<'t, 's> {
    patterns: BTreeMap<String, Entry<'t, 's>>,
}

#[derive(Clone, Copy)]
struct Entry<'t, 's> {
    place: Place<'s>,
    pattern: &'t Pattern<&'s str>,
}

/// What a variable stands for: in a message a placeholder, in a term what the reference gave.
type Given = Option<BTreeMap<String, String>>;

impl<'t, 's> Book<'t, 's> {
    /// Takes in a message (no sigil) or a term (`-`) with its attributes.
    ///
    /// # Errors
    /// An id that is there already.
    pub(super) fn add(
        &mut self,
        source: &'s Source,
        id: &'s str,
        sigil: &str,
        value: Option<&'t Pattern<&'s str>>,
        attributes: &'t [Attribute<&'s str>],
    ) -> Result<(), Problem> {
        let place = Place { source, part: id };
        if let Some(pattern) = value {
            self.insert(format!("{sigil}{id}"), Entry { place, pattern })?;
        }
        for attribute in attributes {
            let place = Place {
                source,
                part: attribute.id.name,
            };
            let key = format!("{sigil}{id}.{}", attribute.id.name);
            self.insert(
                key,
                Entry {
                    place,
                    pattern: &attribute.value,
                },
            )?;
        }
        Ok(())
    }

    /// The keys of the messages, with the places where they stand.
    pub(super) fn messages(&self) -> impl Iterator<Item = (String, Place<'s>)> {
        let messages = self
            .patterns
            .iter()
            .filter(|(key, _)| !key.starts_with('-'));
        messages.map(|(key, entry)| (key.clone(), entry.place))
    }

    /// A message with everything in place.
    ///
    /// # Errors
    /// The first thing that is wrong with it.
    pub(super) fn message(&self, key: &str) -> Result<Vec<Node>, Problem> {
        let entry = self.patterns[key];
        self.include(key, entry, &None, &mut Vec::new(), entry.place)
    }

    fn insert(&mut self, key: String, entry: Entry<'t, 's>) -> Result<(), Problem> {
        if let Some(first) = self.patterns.get(&key) {
            let Problem { path, line, .. } = first.place.problem("");
            return Err(entry
                .place
                .problem(format!("`{key}` is there already, at {path}:{line}")));
        }
        self.patterns.insert(key, entry);
        Ok(())
    }

    fn find(&self, key: &str, place: Place<'s>) -> Result<Entry<'t, 's>, Problem> {
        self.patterns
            .get(key)
            .copied()
            .ok_or_else(|| place.problem(format!("there is no `{key}`")))
    }

    /// The nodes of an entry, wherever it is mentioned. `trail` holds the entries that are being read.
    fn include(
        &self,
        key: &str,
        entry: Entry<'t, 's>,
        given: &Given,
        trail: &mut Vec<String>,
        at: Place<'s>,
    ) -> Result<Vec<Node>, Problem> {
        if trail.iter().any(|open| open == key) {
            return Err(at.problem(format!("`{key}` refers to itself")));
        }
        trail.push(key.to_owned());
        let nodes = self.pattern(entry.pattern, entry.place.source, given, trail);
        trail.pop();
        nodes
    }

    fn pattern(
        &self,
        pattern: &'t Pattern<&'s str>,
        source: &'s Source,
        given: &Given,
        trail: &mut Vec<String>,
    ) -> Result<Vec<Node>, Problem> {
        let mut pieces = Vec::new();
        let mut at_line_start = true;
        for element in &pattern.elements {
            match element {
                PatternElement::TextElement { value } => {
                    let place = Place {
                        source,
                        part: value,
                    };
                    if (at_line_start && value.starts_with('\n')) || value.contains("\n\n") {
                        return Err(place.problem("an empty line: a message is one paragraph"));
                    }
                    at_line_start = value.ends_with('\n');
                    pieces.push(Piece::Source(place));
                }
                PatternElement::Placeable { expression } => {
                    at_line_start = false;
                    pieces.push(self.expression(expression, source, given, trail)?);
                }
            }
        }
        markup::parse(pieces)
    }

    fn expression(
        &self,
        expression: &'t Expression<&'s str>,
        source: &'s Source,
        given: &Given,
        trail: &mut Vec<String>,
    ) -> Result<Piece<'s>, Problem> {
        let (selector, variants) = match expression {
            Expression::Inline(inline) => return self.inline(inline, source, given, trail),
            Expression::Select { selector, variants } => (selector, variants),
        };
        let mut place = Place {
            source,
            part: &source.text,
        };
        let mut read = Vec::new();
        for variant in variants {
            let (VariantKey::Identifier { name } | VariantKey::NumberLiteral { value: name }) =
                &variant.key;
            place = Place { source, part: name };
            if matches!(variant.key, VariantKey::NumberLiteral { .. })
                && name.parse::<i64>().is_err()
            {
                return Err(place.problem(format!("[{name}]: only whole numbers can be chosen by")));
            }
            if read.iter().any(|other: &Variant| other.name == *name) {
                return Err(place.problem(format!("[{name}] is there twice")));
            }
            let nodes = self.pattern(&variant.value, source, given, trail)?;
            read.push(Variant {
                name: (*name).to_owned(),
                default: variant.default,
                nodes,
            });
        }
        let fixed = match selector {
            InlineExpression::VariableReference { id } => match given {
                None => {
                    return Ok(Piece::Nodes(
                        place,
                        vec![Node::Select(id.name.to_owned(), read)],
                    ));
                }
                Some(given) => given.get(id.name).cloned(),
            },
            InlineExpression::TermReference {
                id,
                attribute: Some(attribute),
                arguments: None,
            } => {
                let place = Place {
                    source,
                    part: id.name,
                };
                let key = format!("-{}.{}", id.name, attribute.name);
                let entry = self.find(&key, place)?;
                Some(plain(
                    &self.include(&key, entry, &Some(BTreeMap::new()), trail, place)?,
                    place,
                )?)
            }
            _ => {
                return Err(place.problem(
                    "a choice is made by a `$placeholder` or by the attribute of a term",
                ));
            }
        };
        let chosen = read
            .iter()
            .position(|variant| Some(&variant.name) == fixed.as_ref());
        let chosen = chosen.or_else(|| read.iter().position(|variant| variant.default));
        Ok(Piece::Nodes(
            place,
            chosen
                .map(|index| read.swap_remove(index).nodes)
                .unwrap_or_default(),
        ))
    }

    fn inline(
        &self,
        inline: &'t InlineExpression<&'s str>,
        source: &'s Source,
        given: &Given,
        trail: &mut Vec<String>,
    ) -> Result<Piece<'s>, Problem> {
        let at = |part| Place { source, part };
        match inline {
            InlineExpression::StringLiteral { value } => Ok(Piece::Literal(
                at(value),
                unescape_unicode_to_string(value).into_owned(),
            )),
            InlineExpression::NumberLiteral { value } => {
                Ok(Piece::Literal(at(value), (*value).to_owned()))
            }
            InlineExpression::VariableReference { id } => match given {
                None => Ok(Piece::Nodes(
                    at(id.name),
                    vec![Node::Argument(id.name.to_owned())],
                )),
                Some(given) => match given.get(id.name) {
                    Some(value) => Ok(Piece::Literal(at(id.name), value.clone())),
                    None => Err(at(id.name)
                        .problem(format!("the term is used here without `${}`", id.name))),
                },
            },
            InlineExpression::MessageReference { id, attribute } => {
                let key = match attribute {
                    Some(attribute) => format!("{}.{}", id.name, attribute.name),
                    None => id.name.to_owned(),
                };
                let entry = self.find(&key, at(id.name))?;
                Ok(Piece::Nodes(
                    at(id.name),
                    self.include(&key, entry, &None, trail, at(id.name))?,
                ))
            }
            InlineExpression::TermReference {
                id,
                attribute: None,
                arguments,
            } => {
                let key = format!("-{}", id.name);
                let entry = self.find(&key, at(id.name))?;
                let given = Some(named(arguments.as_ref(), at(id.name))?);
                Ok(Piece::Nodes(
                    at(id.name),
                    self.include(&key, entry, &given, trail, at(id.name))?,
                ))
            }
            InlineExpression::TermReference {
                id,
                attribute: Some(_),
                ..
            } => {
                Err(at(id.name).problem("the attribute of a term cannot be shown, only chosen by"))
            }
            InlineExpression::FunctionReference { id, .. } => {
                Err(at(id.name).problem(format!("{}(): functions are not supported", id.name)))
            }
            InlineExpression::Placeable { expression } => {
                self.expression(expression, source, given, trail)
            }
        }
    }
}

/// What a reference gives to a term.
fn named(
    arguments: Option<&CallArguments<&str>>,
    place: Place<'_>,
) -> Result<BTreeMap<String, String>, Problem> {
    let Some(arguments) = arguments else {
        return Ok(BTreeMap::new());
    };
    if !arguments.positional.is_empty() {
        return Err(place.problem("a term takes named arguments only"));
    }
    let literal = |value: &InlineExpression<&str>| match value {
        InlineExpression::StringLiteral { value } => {
            Ok(unescape_unicode_to_string(value).into_owned())
        }
        InlineExpression::NumberLiteral { value } => Ok((*value).to_owned()),
        _ => Err(place.problem("a term takes literal arguments only")),
    };
    arguments
        .named
        .iter()
        .map(|argument| Ok((argument.name.name.to_owned(), literal(&argument.value)?)))
        .collect()
}

/// The words of nodes that are nothing but words.
fn plain(nodes: &[Node], place: Place<'_>) -> Result<String, Problem> {
    let word = |node: &Node| match node {
        Node::Text(text) => Ok(text.clone()),
        _ => Err(place.problem("the attribute of a term holds plain words only")),
    };
    nodes.iter().map(word).collect()
}
