//! What holds for all messages, values and bytes.

use proptest::collection::vec;
use proptest::prelude::*;

use super::*;

/// Words that hold nothing with a meaning in Fluent or in markup.
const WORDS: &str = "[a-zA-Zäß0-9,;:!?()_#<>.-]{1,8}( [a-z.é]{1,5}){0,2}";

proptest! {
    /// Whatever is set off and however, all words come out, in their order and in their style.
    #[test]
    fn markup_loses_no_text(pieces in vec((0..6_usize, WORDS), 1..9)) {
        let mut message = String::new();
        let mut expected: Vec<Inline> = Vec::new();
        for (style, words) in pieces {
            let text = words.clone();
            let (source, inline) = match style {
                0 => (format!("**{words}**"), Inline::Strong(text)),
                1 => (format!("*{words}*"), Inline::Emphasis(text)),
                2 => (format!("`{words}`"), Inline::Code(text)),
                3 => (format!("[{words}](term:b)"), Inline::Term { id: TermId::at(1).unwrap(), text }),
                _ => (words.clone(), Inline::Plain(text)),
            };
            // A wrapped file and a space between the pieces, so that no two marks touch.
            let gap = if style == 4 { "\n    " } else { " " };
            message += &format!("{source}{gap}|");
            expected.push(inline);
            expected.push(Inline::Plain(" |".into()));
        }
        let expected: String = expected.iter().map(|inline| show(std::slice::from_ref(inline))).collect();
        let lab = Lab::new(&format!("k = {message}\n{TERMS}"));
        prop_assert_eq!(show(&lab.inlines("k", &[])), expected);
    }

    /// Words without markup are shown as they stand.
    #[test]
    fn plain_words_stay(words in "[^\\p{Cc}{}*`\\[\\] ]([^\\p{Cc}{}*`\\[\\] ]| [^\\p{Cc}{}*`\\[\\] ]){0,40}") {
        let lab = Lab::new(&format!("k = {words}"));
        prop_assert_eq!(show(&lab.inlines("k", &[])), words);
    }

    /// A literal shows any words as they are.
    #[test]
    fn literals_stay(words in "\\P{Cc}{1,30}") {
        let escaped = words.replace('\\', "\\\\").replace('"', "\\\"");
        let lab = Lab::new(&format!("k = <{{ \"{escaped}\" }}>"));
        prop_assert_eq!(show(&lab.inlines("k", &[])), format!("<{words}>"));
    }

    /// No value of a placeholder is read as anything but words.
    #[test]
    fn values_stay(value in any::<String>()) {
        let lab = Lab::new("k = <{ $v }>");
        prop_assert_eq!(show(&lab.inlines("k", &[value.as_str().into()])), format!("<{value}>"));
    }

    /// Bytes that are no catalogue are refused.
    #[test]
    fn no_bytes_panic(bytes in vec(any::<u8>(), 0..300)) {
        prop_assert!(Catalogue::parse(&bytes).is_err());
    }

    /// A damaged catalogue is refused, or else every sentence of it can still be shown.
    #[test]
    fn no_damage_panics(at in any::<prop::sample::Index>(), cut in 0..3_usize, put in vec(0..32_u8, 0..4)) {
        let mut bytes = ENGLISH.as_bytes().to_vec();
        let start = at.index(bytes.len());
        let end = bytes.len().min(start + cut);
        bytes.splice(start..end, put);
        if let Ok(catalogue) = Catalogue::parse(&bytes) {
            for key in 0..u16::try_from(KEY_COUNT).unwrap() {
                let text = Text { key: Key(key), arguments: vec![1.into(), "x".into()] };
                prop_assert!(catalogue.plain(&text, &English).len() < bytes.len() + 100);
            }
        }
    }

    /// English writes a number with commas between its thousands, from which it can be read back.
    #[test]
    fn english_numbers(number in any::<i64>()) {
        let written = English.number(number);
        prop_assert_eq!(written.replace(',', "").parse::<i64>().unwrap(), number);
        let mut groups = written.trim_start_matches('-').split(',');
        prop_assert!((1..=3).contains(&groups.next().unwrap().len()));
        prop_assert!(groups.all(|group| group.len() == 3));
    }
}
