//! Tests of the whole way: Fluent files, compiler, catalogue, words.

mod broken;
#[path = "../../build/compile.rs"]
mod compile;
mod features;
mod properties;

use super::catalogue::{ENGLISH, FINGERPRINT, KEY_COUNT};
use super::{
    Argument, Catalogue, English, Inline, Key, Locale, PluralCategory, TermId, Text, code, glossary,
};
use compile::{Compiled, Source};

/// Two terms for the messages of tests to point to; they are numbered 0 and 1.
const TERMS: &str = "term-a = A\nterm-a-text = An a.\nterm-b = B\nterm-b-text = A b.\n";

/// Messages of a test, compiled.
struct Lab {
    compiled: Compiled,
    catalogue: Catalogue,
}

impl Lab {
    #[track_caller]
    fn new(messages: &str) -> Self {
        let compiled = compile::english(&[source(messages)], true)
            .unwrap_or_else(|problems| panic!("{problems:?}"));
        let catalogue = Self::read(&compiled, compiled.catalogue.as_bytes());
        Self {
            compiled,
            catalogue,
        }
    }

    /// Reads a catalogue for these messages.
    #[track_caller]
    fn read(compiled: &Compiled, bytes: &[u8]) -> Catalogue {
        let fingerprint = compiled.catalogue.split(['\u{1e}', ' ']).nth(2).unwrap();
        Catalogue::parse_for(bytes, fingerprint, compiled.schema.len()).unwrap()
    }

    fn text(&self, key: &str, arguments: &[Argument]) -> Text {
        let index = self
            .compiled
            .schema
            .keys()
            .position(|other| other == key)
            .unwrap();
        Text {
            key: Key(u16::try_from(index).unwrap()),
            arguments: arguments.to_vec(),
        }
    }

    fn inlines(&self, key: &str, arguments: &[Argument]) -> Vec<Inline> {
        self.catalogue.render(&self.text(key, arguments), &English)
    }
}

fn source(messages: &str) -> Source {
    Source {
        path: "test.ftl".into(),
        text: messages.into(),
        complete: false,
    }
}

/// Inlines as a line: `plain <strong|words> <term 0|words>`.
fn show(inlines: &[Inline]) -> String {
    let one = |inline: &Inline| match inline {
        Inline::Plain(text) => text.clone(),
        Inline::Strong(text) => format!("<strong|{text}>"),
        Inline::Emphasis(text) => format!("<emphasis|{text}>"),
        Inline::Code(text) => format!("<code|{text}>"),
        Inline::Date(text) => format!("<date|{text}>"),
        Inline::Term { id, text } => format!(
            "<term {}|{text}>",
            glossary::terms().take_while(|(term, ..)| term < id).count()
        ),
    };
    inlines.iter().map(one).collect()
}

#[test]
fn the_built_in_catalogue_is_whole() {
    let english = Catalogue::english();
    assert_eq!(english.language(), "en");
    let read = Catalogue::parse(ENGLISH.as_bytes()).unwrap();
    for key in 0..u16::try_from(KEY_COUNT).unwrap() {
        let text = Text {
            key: Key(key),
            arguments: vec!["x".into(); 7],
        };
        assert_ne!(english.plain(&text, &English), "", "{text:?}");
        assert_eq!(
            english.render(&text, &English),
            read.render(&text, &English)
        );
    }
}

#[test]
fn every_term_is_explained() {
    let english = Catalogue::english();
    let mut count = 0;
    for (term, title, explanation) in glossary::terms() {
        assert_eq!(
            (term.title(), term.explanation()),
            (title.clone(), explanation.clone())
        );
        assert_eq!(TermId::from_name(term.name()), Some(term));
        assert_eq!(title.key().name(), format!("term-{}", term.name()));
        assert_eq!(
            explanation.key().name(),
            format!("term-{}-text", term.name())
        );
        assert!(
            matches!(
                english.render(&title, &English).as_slice(),
                [Inline::Plain(_)]
            ),
            "{title:?}"
        );
        assert!(
            english.plain(&explanation, &English).ends_with('.'),
            "{explanation:?}"
        );
        count += 1;
    }
    assert!(count > 50);
    assert_eq!(TermId::MASTER_SECRET.name(), "master-secret");
    assert_eq!(TermId::from_name("no-such-term"), None);
}

#[test]
fn every_number_becomes_an_argument() {
    let rows: [(Argument, i64); 10] = [
        (1_u8.into(), 1),
        (2_u16.into(), 2),
        (3_u32.into(), 3),
        ((-4_i8).into(), -4),
        ((-5_i16).into(), -5),
        ((-6_i32).into(), -6),
        (i64::MIN.into(), i64::MIN),
        (7_u64.into(), 7),
        (8_usize.into(), 8),
        (u64::MAX.into(), i64::MAX),
    ];
    for (argument, number) in rows {
        assert_eq!(argument, Argument::Number(number));
    }
}

#[test]
fn a_key_tells_its_name() {
    let text = TermId::AES.title();
    assert_eq!(format!("{text:?}"), "Text { key: term-aes, arguments: [] }");
}

#[test]
fn a_catalogue_of_other_messages_is_refused() {
    use super::CatalogueError::{Malformed, OtherVersion};
    let rows = [
        (String::new(), Malformed),
        ("padlock-catalogue-1 en".into(), Malformed),
        (
            ENGLISH.replacen("padlock-catalogue-1", "padlock-catalogue-2", 1),
            Malformed,
        ),
        (
            ENGLISH.replacen(FINGERPRINT, "0123456789abcdef", 1),
            OtherVersion,
        ),
        (
            ENGLISH.rsplit_once('\u{1e}').unwrap().0.to_owned(),
            OtherVersion,
        ),
        (format!("{ENGLISH}\u{1e}"), OtherVersion),
        (format!("{ENGLISH}\u{5}"), Malformed),
        (format!("{ENGLISH}\u{7} \u{5}"), Malformed),
        (format!("{ENGLISH}\u{7} \u{8}one\u{f}x\u{5}"), Malformed),
        (format!("{ENGLISH}\u{4}\u{10ffff}x\u{5}"), Malformed),
        (
            format!("{ENGLISH}{}x{}", "\u{1}".repeat(9), "\u{5}".repeat(9)),
            Malformed,
        ),
    ];
    for (text, expected) in rows {
        let shown: String = text.chars().rev().take(20).collect();
        assert_eq!(
            Catalogue::parse(text.as_bytes()).unwrap_err(),
            expected,
            "{shown:?}"
        );
    }
    assert_eq!(Catalogue::parse(b"padlock\xff").unwrap_err(), Malformed);
}
