//! What of Fluent and of markup is understood.

use super::*;

/// `k` of these messages, with these arguments, is shown so.
#[track_caller]
fn check(messages: &str, arguments: &[Argument], expected: &str) {
    let lab = Lab::new(&format!("{messages}\n{TERMS}"));
    assert_eq!(show(&lab.inlines("k", arguments)), expected, "{messages}");
}

#[test]
fn fluent() {
    // Words, and how a file may wrap them.
    check("k = Hello", &[], "Hello");
    check("k = Grüße,  ‘you’", &[], "Grüße, ‘you’");
    check("k =\n    one\n    two\n      three", &[], "one two three");
    check("k = one\r\n    two\r\n", &[], "one two");
    check("k =\n    { $x }\n    two", &["1".into()], "1 two");
    check("# About k\nk = x\n## Group\n### File\n", &[], "x");
    // Placeholders are numbered by their names, not by their order.
    check(
        "k = { $b } and { $a }",
        &["A".into(), "B".into()],
        "B and A",
    );
    check("k = { $a }{ $a }", &["x".into()], "xx");
    check("k = { { $a } }", &["x".into()], "x");
    check("k = { $a } bytes", &[1842.into()], "1,842 bytes");
    // A date holds together; within emphasis, that holds.
    let date = || Argument::Date("2026-11-21".into());
    check("k = on { $a }.", &[date()], "on <date|2026-11-21>.");
    check("k = **{ $a }**", &[date()], "<strong|2026-11-21>");
    // Literals.
    check(
        r#"k = a{"  "}b { "{" }x{ "}" } \ {"\\ \" \u00e9"}"#,
        &[],
        r#"a  b {x} \ \ " é"#,
    );
    check("k = { 42 }", &[], "42");
    // References, in any order, to messages, attributes and terms.
    check("k = |{ m }|\nm = hi", &[], "|hi|");
    check(
        "k = { m.help } { $x }\nm = hi\n  .help = help { $y }",
        &["X".into(), "Y".into()],
        "help Y X",
    );
    check("-brand = Padlock\nk = { -brand }!", &[], "Padlock!");
    check("-a = { -b }\n-b = { m }\nm = x\nk = { -a }", &[], "x");
    // Choices by number: the number itself goes before its plural.
    let plural = "k = { $n ->\n  [0] none\n  [one] { $n } record\n *[other] { $n } records\n }.";
    check(plural, &[0.into()], "none.");
    check(plural, &[1.into()], "1 record.");
    check(plural, &[1000.into()], "1,000 records.");
    check(plural, &["one".into()], "one record.");
    check("k = { $n ->\n *[one] a\n [-1] b\n }", &[(-1).into()], "b");
    check("k = { $n ->\n *[one] a\n [-1] b\n }", &[7.into()], "a");
    // Choices by word, and inside each other.
    let word = "k = { $w ->\n [rsa] R{ $n ->\n  [one] 1\n *[other] 2\n }\n *[ecdhe] E\n } { $w }";
    check(word, &[1.into(), "rsa".into()], "R1 rsa");
    check(word, &[2.into(), "rsa".into()], "R2 rsa");
    check(word, &[2.into(), "other".into()], "E other");
    // A term decides by what it is given, or by its attribute, while compiling.
    let term = "-s = { $case ->\n *[subject] Server\n [of] Servers\n }\n";
    check(&format!("{term}k = {{ -s }}"), &[], "Server");
    check(&format!("{term}k = {{ -s(case: \"of\") }}"), &[], "Servers");
    check(&format!("{term}k = {{ -s(case: \"by\") }}"), &[], "Server");
    check(
        "-s = the { $what }\nk = { -s(what: \"key\") } { -s(what: 2) }",
        &[],
        "the key the 2",
    );
    let gender = "-k = Schlüssel\n  .gender = male\nk = { -k.gender ->\n [male] Der\n *[other] Die\n } { -k }";
    check(gender, &[], "Der Schlüssel");
}

#[test]
fn markup() {
    check("k = **a**", &[], "<strong|a>");
    check("k = a **b c** d", &[], "a <strong|b c> d");
    check("k = **a***b*`c`", &[], "<strong|a><emphasis|b><code|c>");
    check(
        "k = **a** \n    { -b }\n      `c  d`\n-b = *b*",
        &[],
        "<strong|a> <emphasis|b> <code|c d>",
    );
    check("k = a *b*, c", &[], "a <emphasis|b>, c");
    check("k = `a*b[c](d)**`", &[], "<code|a*b[c](d)**>");
    check(
        "k = the [shown words](term:b)s",
        &[],
        "the <term 1|shown words>s",
    );
    check("k = (a) _b_ ~c~ #d > e", &[], "(a) _b_ ~c~ #d > e");
    check("k = a] (b)", &[], "a] (b)");
    check("k =\n    a **b\n    c** d", &[], "a <strong|b c> d");
    // Around placeholders, references and choices.
    check("k = **{ $a }**", &["x".into()], "<strong|x>");
    check(
        "k = `ff { $a }` [see { $a }](term:a)",
        &["x".into()],
        "<code|ff x> <term 0|see x>",
    );
    check("k = *a { -b }*\n-b = c", &[], "<emphasis|a c>");
    check("k = { -b }\n-b = a **c**", &[], "a <strong|c>");
    check(
        "k = **{ $n ->\n [one] one\n *[other] more\n }**",
        &[1.into()],
        "<strong|one>",
    );
    check(
        "k = { $n ->\n [one] **one**\n *[other] more\n }",
        &[1.into()],
        "<strong|one>",
    );
    // A literal shows what would be markup.
    check(
        r#"k = {"*"}a{"*"} {"["}b{"](term:a)"} {"`"}"#,
        &[],
        "*a* [b](term:a) `",
    );
}

#[test]
fn a_value_is_never_markup() {
    for value in [
        "**a**",
        "*",
        "`",
        "[a](term:b)",
        "{ $k }",
        "{\"x\"}",
        "\u{1}a\u{5}",
        "\u{6} ",
        "\u{1e}",
        "a\n\nb",
    ] {
        check("k = <{ $v }>", &[value.into()], &format!("<{value}>"));
        check(
            "k = **{ $v }**",
            &[value.into()],
            &format!("<strong|{value}>"),
        );
    }
}

#[test]
fn sentences_stand_in_sentences() {
    let lab = Lab::new(&format!(
        "{TERMS}outer = say {{ $what }}!\nloud = say **{{ $what }}**!\ninner = a *b* [c](term:b) {{ $n }}"
    ));
    let inner = lab.text("inner", &[3.into()]);
    assert_eq!(
        show(&lab.inlines("outer", &[inner.clone().into()])),
        "say a <emphasis|b> <term 1|c> 3!"
    );
    // Emphasis does not stand inside emphasis: the outer one counts.
    assert_eq!(
        show(&lab.inlines("loud", &[inner.into()])),
        "say <strong|a b c 3>!"
    );
}

#[test]
fn keys_and_attributes_become_functions() {
    let lab = Lab::new(
        "a-b = A `{ $y }` \\ { $long-name }\n  .help = *Help*\nonly =\n  .title = T\nn = { $n ->\n [one] 1\n *[other] { $n }s\n }",
    );
    let expected = "#[doc = \"A `{$y}` \\\\\\\\ `{$long-name}`\"]\n#[must_use]\n\
        pub fn a_b(long_name: impl Into<Argument>, y: impl Into<Argument>) -> Text {\n    \
        Text::with(Key(0), [long_name.into(), y.into()])\n}\n\n\
        #[doc = \"Help\"]\n#[must_use]\npub const fn a_b_help() -> Text {\n    Text::new(Key(1))\n}\n\n\
        #[doc = \"`{$n}`s\"]\n#[must_use]\npub fn n(n: impl Into<Argument>) -> Text {\n    \
        Text::with(Key(2), [n.into()])\n}\n\n\
        #[doc = \"T\"]\n#[must_use]\npub const fn only_title() -> Text {\n    Text::new(Key(3))\n}\n\n";
    assert_eq!(lab.compiled.say, expected);
}

#[test]
fn terms_become_constants_and_not_functions() {
    let lab = Lab::new("term-a-b = A b\nterm-a-b-text = An [a b](term:a-b).");
    assert_eq!(lab.compiled.say, "");
    let expected = "impl TermId {\n    #[doc = \"A b\"]\n    pub const A_B: Self = Self(0);\n}\n\n\
        static TERMS: [(&str, Key, Key); 1] = [\n    (\"a-b\", Key(0), Key(1)),\n];\n";
    assert_eq!(lab.compiled.terms, expected);
}

#[test]
fn the_fingerprint_is_that_of_keys_placeholders_and_terms() {
    let tables = |messages: &str| Lab::new(messages).compiled.tables;
    let first = tables("a = x\nb = { $y }");
    assert_eq!(first, tables("b = other { $y } words\na = **x**"));
    assert_eq!(
        first.lines().last(),
        Some("static KEY_NAMES: [&str; KEY_COUNT] = [\"a\", \"b\"];")
    );
    for other in [
        "a = x\nc = { $y }",
        "a = x\nb = { $z }",
        "a = x\nb = y",
        "a = x",
    ] {
        assert_ne!(
            first.lines().next(),
            tables(other).lines().next(),
            "{other}"
        );
    }
}

/// The plurals of Polish, as far as this test goes.
struct Polish;

impl Locale for Polish {
    fn plural(&self, number: i64) -> PluralCategory {
        match number {
            1 => PluralCategory::One,
            2..=4 => PluralCategory::Few,
            _ => PluralCategory::Many,
        }
    }

    fn number(&self, number: i64) -> String {
        format!("<{number}>")
    }
}

#[test]
fn another_language_has_its_own_words_order_and_plurals() {
    let lab = Lab::new(&format!(
        "{TERMS}k = {{ $n }} records of [a](term:a) {{ $who }}"
    ));
    let polish = "-r = rekord\nk = { $who } ([b](term:b)): { $n ->\n [one] { -r }\n [few] { $n } { -r }y\n *[many] { $n } { -r }ów\n }";
    let bytes = compile::translation(
        "pl",
        &[source(&format!("{polish}\n{TERMS}"))],
        &lab.compiled,
        true,
    )
    .unwrap();
    let catalogue = Lab::read(&lab.compiled, bytes.as_bytes());
    assert_eq!(catalogue.language(), "pl");
    for (number, expected) in [
        (1, "Ola (b): rekord"),
        (3, "Ola (b): <3> rekordy"),
        (9, "Ola (b): <9> rekordów"),
    ] {
        let text = lab.text("k", &[number.into(), "Ola".into()]);
        assert_eq!(catalogue.plain(&text, &Polish), expected);
    }
}

#[test]
fn the_first_program_does_without_some_words() {
    let with = |text: &str, complete| Source {
        complete,
        ..source(text)
    };
    let first = "a = one [term](term:a)\n";
    let rest = "b = two { $x }\n";
    let sources = [with(&format!("{first}{TERMS}"), false), with(rest, true)];
    for (complete, expected) in [(true, "two 3"), (false, "")] {
        let compiled = compile::english(&sources, complete).ok().unwrap();
        let lab = Lab {
            catalogue: Lab::read(&compiled, compiled.catalogue.as_bytes()),
            compiled,
        };
        assert_eq!(show(&lab.inlines("a", &[])), "one <term 0|term>");
        assert_eq!(show(&lab.inlines("b", &[3.into()])), expected);
    }
    // What it says, it can explain.
    let problems = compile::english(&[with(first, false), with(TERMS, true)], true)
        .err()
        .unwrap();
    let said: Vec<String> = problems.iter().map(ToString::to_string).collect();
    assert_eq!(
        said,
        ["test.ftl:1: `term-a` is of the complete program only, but this message is not"]
    );
}
