//! The words of a language, and how a [`Text`] becomes words.

use std::borrow::Cow;
use std::fmt;

use super::{Argument, Key, Locale, TermId, Text, code};

include!(concat!(env!("OUT_DIR"), "/tables.rs"));

pub(super) static ENGLISH: &str = include_str!(concat!(env!("OUT_DIR"), "/en.catalogue"));

/// All sentences of one language, in the compact form that the build makes of Fluent files.
#[derive(Clone, Debug)]
pub struct Catalogue {
    words: Cow<'static, str>,
    /// Where each pattern begins.
    starts: Vec<usize>,
}

/// A run of words of one kind.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Inline {
    /// Words like those around them.
    Plain(String),
    /// Words that matter.
    Strong(String),
    /// Words with a stress.
    Emphasis(String),
    /// Words of a program or a protocol.
    Code(String),
    /// A date, which a line does not break.
    Date(String),
    /// Words that a term of the glossary explains.
    Term {
        /// The term.
        id: TermId,
        /// The words.
        text: String,
    },
}

impl Inline {
    /// Its words.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::Plain(text)
            | Self::Strong(text)
            | Self::Emphasis(text)
            | Self::Code(text)
            | Self::Date(text)
            | Self::Term { text, .. } => text,
        }
    }
}

impl Catalogue {
    /// The English catalogue, which is built in.
    #[must_use]
    pub fn english() -> Self {
        Self::index(Cow::Borrowed(ENGLISH))
    }

    /// Reads the catalogue of another language.
    ///
    /// # Errors
    /// Bytes that are no catalogue, or one that was made for another version of this program.
    pub fn parse(bytes: &[u8]) -> Result<Self, CatalogueError> {
        Self::parse_for(bytes, FINGERPRINT, KEY_COUNT)
    }

    pub(super) fn parse_for(
        bytes: &[u8],
        fingerprint: &str,
        keys: usize,
    ) -> Result<Self, CatalogueError> {
        let words = str::from_utf8(bytes).map_err(|_| CatalogueError::Malformed)?;
        let catalogue = Self::index(Cow::Owned(words.to_owned()));
        let [format, _language, version] = catalogue.header().ok_or(CatalogueError::Malformed)?;
        if format != code::FORMAT {
            return Err(CatalogueError::Malformed);
        }
        if version != fingerprint || catalogue.starts.len() != keys {
            return Err(CatalogueError::OtherVersion);
        }
        let whole = (0..keys).all(|key| catalogue.pattern(key).and_then(decode).is_some());
        if whole {
            Ok(catalogue)
        } else {
            Err(CatalogueError::Malformed)
        }
    }

    /// The language's tag (BCP 47): `en`.
    #[must_use]
    pub fn language(&self) -> &str {
        self.header()
            .map(|[_, language, _]| language)
            .unwrap_or_default()
    }

    /// The words of a text with their emphasis.
    #[must_use]
    pub fn render(&self, text: &Text, locale: &dyn Locale) -> Vec<Inline> {
        let mut writer = Writer {
            catalogue: self,
            locale,
            inlines: Vec::new(),
        };
        writer.text(text, None);
        writer.inlines
    }

    /// The words alone.
    #[must_use]
    pub fn plain(&self, text: &Text, locale: &dyn Locale) -> String {
        self.render(text, locale).iter().map(Inline::text).collect()
    }

    fn index(words: Cow<'static, str>) -> Self {
        let starts = words
            .match_indices(code::SEPARATOR)
            .map(|(at, separator)| at + separator.len())
            .collect();
        Self { words, starts }
    }

    /// The format, the language and the fingerprint.
    fn header(&self) -> Option<[&str; 3]> {
        let mut words = self.words.split(code::SEPARATOR).next()?.splitn(3, ' ');
        Some([words.next()?, words.next()?, words.next()?])
    }

    fn pattern(&self, key: usize) -> Option<&str> {
        self.words
            .get(*self.starts.get(key)?..)?
            .split(code::SEPARATOR)
            .next()
    }
}

/// Why bytes are not a catalogue for this program.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum CatalogueError {
    /// They are no catalogue, or a damaged one.
    Malformed,
    /// They belong to a program with other sentences.
    OtherVersion,
}

impl fmt::Display for CatalogueError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Malformed => "not a catalogue of messages",
            Self::OtherVersion => "a catalogue for another version of this program",
        })
    }
}

impl std::error::Error for CatalogueError {}

pub(super) fn key_name(key: Key) -> &'static str {
    KEY_NAMES[usize::from(key.0)]
}

/// A piece of a pattern.
enum Node<'c> {
    Words(&'c str),
    Styled(Style, Vec<Node<'c>>),
    Argument(usize),
    Select {
        argument: usize,
        variants: Vec<(&'c str, Vec<Node<'c>>)>,
        default: usize,
    },
}

#[derive(Clone, Copy)]
enum Style {
    Strong,
    Emphasis,
    Code,
    Date,
    Term(TermId),
}

/// The nodes of a pattern, or `None` where it is not well-formed.
fn decode(pattern: &str) -> Option<Vec<Node<'_>>> {
    let mut reader = Reader { rest: pattern };
    let nodes = reader.nodes(code::DEEPEST)?;
    reader.rest.is_empty().then_some(nodes)
}

struct Reader<'c> {
    rest: &'c str,
}

impl<'c> Reader<'c> {
    /// Reads up to the end of the pattern, or to the control character that is not of these nodes.
    fn nodes(&mut self, depth: usize) -> Option<Vec<Node<'c>>> {
        let depth = depth.checked_sub(1)?;
        let mut nodes = Vec::new();
        loop {
            let end = self
                .rest
                .find(|letter: char| letter.is_ascii_control())
                .unwrap_or(self.rest.len());
            let (words, rest) = self.rest.split_at(end);
            if !words.is_empty() {
                nodes.push(Node::Words(words));
            }
            self.rest = rest;
            let Some(control) = rest.chars().next() else {
                return Some(nodes);
            };
            if matches!(control, code::CLOSE | code::VARIANT | code::DEFAULT) {
                return Some(nodes);
            }
            self.letter();
            nodes.push(match control {
                code::STRONG => self.styled(Style::Strong, depth)?,
                code::EMPHASIS => self.styled(Style::Emphasis, depth)?,
                code::CODE => self.styled(Style::Code, depth)?,
                code::TERM => {
                    let term = TermId::at(self.number()?)?;
                    self.styled(Style::Term(term), depth)?
                }
                code::ARGUMENT => Node::Argument(self.number()?),
                code::SELECT => self.select(depth)?,
                _ => return None,
            });
        }
    }

    fn styled(&mut self, style: Style, depth: usize) -> Option<Node<'c>> {
        let nodes = self.nodes(depth)?;
        (self.letter()? == code::CLOSE).then_some(Node::Styled(style, nodes))
    }

    fn select(&mut self, depth: usize) -> Option<Node<'c>> {
        let argument = self.number()?;
        let mut variants = Vec::new();
        let mut default = None;
        loop {
            match self.letter()? {
                code::CLOSE => break,
                code::DEFAULT if default.is_none() => default = Some(variants.len()),
                code::VARIANT => {}
                _ => return None,
            }
            let (name, rest) = self.rest.split_once(code::KEY_END)?;
            self.rest = rest;
            variants.push((name, self.nodes(depth)?));
        }
        Some(Node::Select {
            argument,
            variants,
            default: default?,
        })
    }

    fn number(&mut self) -> Option<usize> {
        usize::try_from(u32::from(self.letter()?).checked_sub(u32::from(' '))?).ok()
    }

    fn letter(&mut self) -> Option<char> {
        let mut letters = self.rest.chars();
        let letter = letters.next();
        self.rest = letters.as_str();
        letter
    }
}

struct Writer<'w> {
    catalogue: &'w Catalogue,
    locale: &'w dyn Locale,
    inlines: Vec<Inline>,
}

impl Writer<'_> {
    fn text(&mut self, text: &Text, style: Option<Style>) {
        // Every key has a pattern and every pattern is well-formed: the build or `parse` saw to it.
        let pattern = self.catalogue.pattern(usize::from(text.key.0));
        let nodes = pattern.and_then(decode).unwrap_or_default();
        self.nodes(&nodes, &text.arguments, style);
    }

    fn nodes(&mut self, nodes: &[Node<'_>], arguments: &[Argument], style: Option<Style>) {
        for node in nodes {
            match node {
                Node::Words(words) => self.words(words, style),
                // Within emphasis, that of a sentence put in is dropped.
                Node::Styled(inner, nodes) => self.nodes(nodes, arguments, style.or(Some(*inner))),
                Node::Argument(index) => match arguments.get(*index) {
                    Some(Argument::Text(words)) => self.words(words, style),
                    Some(Argument::Number(number)) => {
                        self.words(&self.locale.number(*number), style)
                    }
                    Some(Argument::Date(words)) => self.words(words, style.or(Some(Style::Date))),
                    Some(Argument::Message(text)) => self.text(text, style),
                    None => {}
                },
                Node::Select {
                    argument,
                    variants,
                    default,
                } => {
                    let chosen = arguments
                        .get(*argument)
                        .and_then(|given| self.choose(given, variants));
                    if let Some((_, nodes)) = variants.get(chosen.unwrap_or(*default)) {
                        self.nodes(nodes, arguments, style);
                    }
                }
            }
        }
    }

    /// The variant for a value: its number itself before its plural; words by their letters.
    fn choose(&self, given: &Argument, variants: &[(&str, Vec<Node<'_>>)]) -> Option<usize> {
        let named = |wanted: &str| variants.iter().position(|(name, _)| *name == wanted);
        match given {
            Argument::Text(words) => named(words),
            Argument::Number(number) => {
                named(&number.to_string()).or_else(|| named(self.locale.plural(*number).name()))
            }
            Argument::Date(_) | Argument::Message(_) => None,
        }
    }

    fn words(&mut self, words: &str, style: Option<Style>) {
        if words.is_empty() {
            return;
        }
        match (self.inlines.last_mut(), style) {
            (Some(Inline::Plain(text)), None)
            | (Some(Inline::Strong(text)), Some(Style::Strong))
            | (Some(Inline::Emphasis(text)), Some(Style::Emphasis))
            | (Some(Inline::Code(text)), Some(Style::Code)) => text.push_str(words),
            (Some(Inline::Term { id, text }), Some(Style::Term(term))) if *id == term => {
                text.push_str(words)
            }
            _ => {
                let text = words.to_owned();
                self.inlines.push(match style {
                    None => Inline::Plain(text),
                    Some(Style::Strong) => Inline::Strong(text),
                    Some(Style::Emphasis) => Inline::Emphasis(text),
                    Some(Style::Code) => Inline::Code(text),
                    Some(Style::Date) => Inline::Date(text),
                    Some(Style::Term(id)) => Inline::Term { id, text },
                });
            }
        }
    }
}
