//! The markup inside messages: `**strong**`, `*emphasis*`, `` `code` `` and `[shown words](term:id)`.
//!
//! Markup is read only where a translator wrote it: in the text of a message, never in what stands
//! in for a placeholder, nor in a literal, so `{"*"}` is how a message shows an asterisk.

use super::{Node, Place, Problem, Style};

/// A piece of a message before its markup is read.
pub(super) enum Piece<'s> {
    /// Text of the file, in which markup counts.
    Source(Place<'s>),
    /// Words that are shown as they are.
    Literal(Place<'s>, String),
    /// What a placeable brought.
    Nodes(Place<'s>, Vec<Node>),
}

/// Reads the markup of a pattern. What opens in it closes in it, and nothing opens inside another.
///
/// # Errors
/// The first thing that is wrong with it.
pub(super) fn parse(pieces: Vec<Piece<'_>>) -> Result<Vec<Node>, Problem> {
    let mut writer = Writer {
        done: Vec::new(),
        open: None,
        after_space: false,
    };
    for piece in pieces {
        match piece {
            Piece::Source(place) => writer.source(place)?,
            Piece::Literal(place, words) => {
                writer.after_space = false;
                writer.words(&words, place)?;
            }
            Piece::Nodes(place, nodes) => {
                writer.after_space = false;
                if writer.open.is_some() && styled(&nodes) {
                    return Err(place.problem("markup inside markup"));
                }
                for node in nodes {
                    match node {
                        Node::Text(words) => writer.words(&words, place)?,
                        node => writer.nodes().push(node),
                    }
                }
            }
        }
    }
    match writer.open {
        None => Ok(writer.done),
        Some(open) => Err(open
            .place
            .problem(format!("`{}` is never closed", open.mark))),
    }
}

/// Whether some of the nodes are set off already.
fn styled(nodes: &[Node]) -> bool {
    nodes.iter().any(|node| match node {
        Node::Text(_) | Node::Argument(_) => false,
        Node::Styled(..) => true,
        Node::Select(_, variants) => variants.iter().any(|variant| styled(&variant.nodes)),
    })
}

struct Writer<'s> {
    done: Vec<Node>,
    open: Option<Open<'s>>,
    /// Whether the words before, also in the file, end with a space.
    after_space: bool,
}

/// Markup that is waiting for its end.
struct Open<'s> {
    mark: &'static str,
    place: Place<'s>,
    nodes: Vec<Node>,
}

impl<'s> Writer<'s> {
    fn source(&mut self, place: Place<'s>) -> Result<(), Problem> {
        let mut rest = place.part;
        while !rest.is_empty() {
            let here = Place {
                part: rest,
                ..place
            };
            let open = self.open.as_ref().map(|open| open.mark);
            // In code, everything but its end is plain.
            let marks: &[&'static str] = if open == Some("`") {
                &["`"]
            } else {
                &["**", "*", "`", "[", "]("]
            };
            let mark = marks.iter().copied().find(|mark| rest.starts_with(mark));
            match (mark, open) {
                (None, Some("[")) if rest.starts_with(']') => {
                    return Err(here.problem("`]` without `(term:ID)`"));
                }
                (None, _) => {
                    let next = rest.char_indices().nth(1).map_or(rest.len(), |(at, _)| at);
                    let end = rest[next..]
                        .find(['*', '`', '[', ']'])
                        .map_or(rest.len(), |at| next + at);
                    let words = self.unwrapped(&rest[..end]);
                    self.words(&words, here)?;
                    rest = &rest[end..];
                }
                (Some("]("), Some("[")) => {
                    let target = rest
                        .strip_prefix("](term:")
                        .and_then(|rest| rest.split_once(')'));
                    let Some((id, after)) = target else {
                        return Err(here.problem("`]` without `(term:ID)`"));
                    };
                    self.close(Style::Term(id.to_owned()), here)?;
                    rest = after;
                }
                (Some("]("), _) => return Err(here.problem("`](` without `[`")),
                (Some(mark), Some(open)) if mark == open && mark != "[" => {
                    self.close(style(mark), here)?;
                    rest = &rest[mark.len()..];
                }
                (Some(mark), Some(open)) => {
                    return Err(here.problem(format!("`{mark}` inside `{open}`")));
                }
                (Some(mark), None) => {
                    rest = &rest[mark.len()..];
                    if rest.starts_with([' ', '\n']) {
                        return Err(here.problem(format!(
                            "`{mark}` before a space; show it by {{\"{mark}\"}}"
                        )));
                    }
                    self.open = Some(Open {
                        mark,
                        place: here,
                        nodes: Vec::new(),
                    });
                }
            }
        }
        Ok(())
    }

    fn close(&mut self, style: Style, place: Place<'s>) -> Result<(), Problem> {
        let nodes = self.open.take().map(|open| open.nodes).unwrap_or_default();
        if nodes.is_empty() {
            return Err(place.problem("markup without words in it"));
        }
        self.done.push(Node::Styled(style, nodes));
        Ok(())
    }

    /// The words of a file without its line breaks: white space is one space.
    fn unwrapped(&mut self, words: &str) -> String {
        let mut line = String::with_capacity(words.len());
        for letter in words.chars() {
            let space = matches!(letter, ' ' | '\n' | '\r');
            if !(space && self.after_space) {
                line.push(if space { ' ' } else { letter });
            }
            self.after_space = space;
        }
        line
    }

    /// Where the next node goes.
    fn nodes(&mut self) -> &mut Vec<Node> {
        match &mut self.open {
            Some(open) => &mut open.nodes,
            None => &mut self.done,
        }
    }

    fn words(&mut self, words: &str, place: Place<'s>) -> Result<(), Problem> {
        if let Some(control) = words.chars().find(|letter| letter.is_control()) {
            return Err(place.problem(format!(
                "the control character U+{:04X}",
                u32::from(control)
            )));
        }
        let nodes = self.nodes();
        if !matches!(nodes.last(), Some(Node::Text(_))) {
            nodes.push(Node::Text(String::new()));
        }
        let Some(Node::Text(text)) = nodes.last_mut() else {
            return Ok(());
        };
        text.push_str(words);
        Ok(())
    }
}

fn style(mark: &str) -> Style {
    match mark {
        "**" => Style::Strong,
        "*" => Style::Emphasis,
        _ => Style::Code,
    }
}
