//! The letters of a compiled catalogue, shared by the compiler (`build/`) and the reader.
//!
//! A catalogue is one UTF-8 text. Its words stand in it as they are, and control characters, which
//! no message may contain, say what happens to them:
//!
//! ```text
//! catalogue = header *( SEPARATOR pattern )          one pattern for each key, in the order of the keys
//! header    = FORMAT SP language SP fingerprint      the fingerprint is that of the keys and placeholders
//! pattern   = *( words / styled / argument / select )
//! styled    = ( STRONG / EMPHASIS / CODE / TERM letter ) pattern CLOSE
//! argument  = ARGUMENT letter
//! select    = SELECT letter *variant CLOSE           exactly one variant is a DEFAULT
//! variant   = ( VARIANT / DEFAULT ) name KEY_END pattern
//! ```
//!
//! A letter is a small number: the index of a placeholder or of a glossary term, plus that of the space.

/// The first word of a catalogue: what it is, and the version of this format.
pub(crate) const FORMAT: &str = "padlock-catalogue-1";
/// Opens strong words.
pub(crate) const STRONG: char = '\u{1}';
/// Opens emphasised words.
pub(crate) const EMPHASIS: char = '\u{2}';
/// Opens words of a program or a protocol.
pub(crate) const CODE: char = '\u{3}';
/// Opens the words under which a glossary term is shown; the term's letter follows.
pub(crate) const TERM: char = '\u{4}';
/// Closes what was opened last.
pub(crate) const CLOSE: char = '\u{5}';
/// A placeholder; its letter follows.
pub(crate) const ARGUMENT: char = '\u{6}';
/// A choice by the placeholder whose letter follows.
pub(crate) const SELECT: char = '\u{7}';
/// One of the choices.
pub(crate) const VARIANT: char = '\u{8}';
/// The choice where no other fits.
pub(crate) const DEFAULT: char = '\u{e}';
/// Ends the name of a choice.
pub(crate) const KEY_END: char = '\u{f}';
/// Stands before each pattern.
pub(crate) const SEPARATOR: char = '\u{1e}';

/// How deep markup and choices may stand inside each other; messages of people use two or three.
pub(crate) const DEEPEST: usize = 8;
