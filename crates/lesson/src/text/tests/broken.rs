//! What stops the build, and what it then says.

use super::*;

/// These messages do not compile, for these reasons.
#[track_caller]
fn check(messages: &str, expected: &[&str]) {
    let problems = compile::english(&[source(messages)], true)
        .err()
        .unwrap_or_default();
    let shown: Vec<String> = problems.iter().map(ToString::to_string).collect();
    assert_eq!(shown, expected, "{messages}");
}

#[test]
fn fluent() {
    check(
        "a = x\n\nb\n",
        &["test.ftl:3: not Fluent: Expected a token starting with \"=\""],
    );
    check(
        "a =\n    x\n    *y*\n",
        &["test.ftl:3: not Fluent: no line of a message can begin with `*`"],
    );
    check(
        "a = { $n ->\n  [one] x\n }",
        &["test.ftl:3: not Fluent: The select expression must have a default variant"],
    );
    check(
        "a = x\nb = y\na = z",
        &["test.ftl:3: `a` is there already, at test.ftl:1"],
    );
    check(
        "-a = x\n-a = z",
        &["test.ftl:2: `-a` is there already, at test.ftl:1"],
    );
    check(
        "a = x\n .b = y\n .b = z",
        &["test.ftl:3: `a.b` is there already, at test.ftl:2"],
    );
    check(
        "a = x\n\n\n   y",
        &["test.ftl:2: an empty line: a message is one paragraph"],
    );
    check("a = { b }", &["test.ftl:1: there is no `b`"]);
    check("a = { -b }", &["test.ftl:1: there is no `-b`"]);
    check("b = x\na = { b.c }", &["test.ftl:2: there is no `b.c`"]);
    check(
        "a = { b }\nb = { a }",
        &[
            "test.ftl:1: `b` refers to itself",
            "test.ftl:2: `a` refers to itself",
        ],
    );
    check(
        "a =\n   x\n   { NUMBER($n) }",
        &["test.ftl:3: NUMBER(): functions are not supported"],
    );
    check(
        "a = { NUMBER($n) ->\n *[other] x\n }",
        &["test.ftl:2: a choice is made by a `$placeholder` or by the attribute of a term"],
    );
    check(
        "a = { $n ->\n [1.5] x\n *[other] y\n }",
        &["test.ftl:2: [1.5]: only whole numbers can be chosen by"],
    );
    check(
        "a = { $n ->\n [one] x\n *[one] y\n }",
        &["test.ftl:3: [one] is there twice"],
    );
    check(
        "-t = { $x }\na = { -t }",
        &["test.ftl:1: the term is used here without `$x`"],
    );
    check(
        "-t = x\na = { -t(1) }",
        &["test.ftl:2: a term takes named arguments only"],
    );
    check("a = x\u{7}", &["test.ftl:1: the control character U+0007"]);
    check(
        "a = { \"\\u001e\" }",
        &["test.ftl:1: the control character U+001E"],
    );
}

#[test]
fn names() {
    check(
        "a_b = x",
        &["test.ftl:1: `a_b`: a name is of small letters, digits and hyphens"],
    );
    check(
        "aB = x",
        &["test.ftl:1: `aB`: a name is of small letters, digits and hyphens"],
    );
    check(
        "a = { $B }",
        &["test.ftl:1: `B`: a name is of small letters, digits and hyphens"],
    );
    check("loop = x", &["test.ftl:1: `loop` is a word of Rust"]);
    check("a = { $type }", &["test.ftl:1: `type` is a word of Rust"]);
    check(
        "a-b = x\na = y\n  .b = z",
        &["test.ftl:3: `a.b` and `a-b` make the same function `a_b`"],
    );
    check(
        "a = { $b }{ $c }{ $d }{ $e }{ $f }{ $g }{ $h }{ $i }",
        &["test.ftl:1: more than 7 placeholders"],
    );
    let (open, close) = (
        "{ $n ->\n *[a] ".repeat(8),
        " }".repeat(8).replace(' ', "\n "),
    );
    check(
        &format!("a = {open}x{close}"),
        &["test.ftl:1: choices inside choices, too deep"],
    );
}

#[test]
fn markup() {
    check(
        "a = x\n\nb =\n  y\n  and **z",
        &["test.ftl:5: `**` is never closed"],
    );
    check("a = x `y", &["test.ftl:1: ``` is never closed"]);
    check("a = [x", &["test.ftl:1: `[` is never closed"]);
    check("a = **x", &["test.ftl:1: `**` is never closed"]);
    check(
        "a = 2 * 3",
        &["test.ftl:1: `*` before a space; show it by {\"*\"}"],
    );
    check("a = **x *y* z**", &["test.ftl:1: `*` inside `**`"]);
    check("a = *x [y](term:z)*", &["test.ftl:1: `[` inside `*`"]);
    check("a = ****", &["test.ftl:1: markup without words in it"]);
    check(
        "a = [](term:x)",
        &["test.ftl:1: markup without words in it"],
    );
    check("a = [x]", &["test.ftl:1: `]` without `(term:ID)`"]);
    check("a = [x](y)", &["test.ftl:1: `]` without `(term:ID)`"]);
    check("a = [x](term:y", &["test.ftl:1: `]` without `(term:ID)`"]);
    check("a = x](term:y)", &["test.ftl:1: `](` without `[`"]);
    check(
        "a = **{ b }**\nb = *x*",
        &["test.ftl:1: markup inside markup"],
    );
    check(
        "a = *{ $n ->\n *[b] `x`\n }*",
        &["test.ftl:2: markup inside markup"],
    );
    // What opens in a choice closes in it.
    check(
        "a = { $n ->\n *[b] **x\n }**",
        &["test.ftl:2: `**` is never closed"],
    );
}

#[test]
fn glossary() {
    check(
        "a =\n  [x](term:y)",
        &["test.ftl:2: not Fluent: no line of a message can begin with `[`"],
    );
    check(
        "a = the [x](term:y)",
        &["test.ftl:1: no `term-y` with `term-y-text` in the glossary"],
    );
    check(
        "term-y = Y",
        &["test.ftl:1: `term-y` needs its explanation `term-y-text`"],
    );
    check(
        "term-y = **Y**\nterm-y-text = Y.",
        &["test.ftl:1: `term-y` is a title: plain words only"],
    );
    check(
        "term-y = Y\nterm-y-text = { $y }",
        &["test.ftl:2: `term-y-text` explains a term: it can have no placeholder"],
    );
}

#[test]
fn translations() {
    let english = Lab::new(&format!("{TERMS}k = {{ $n }}\nl = x"));
    let translate = |messages: &str| {
        let problems =
            compile::translation("de", &[source(messages)], &english.compiled, true).unwrap_err();
        problems.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    let expected = [
        "de:0: `l` is not translated",
        "test.ftl:1: the English `k` has no placeholder `$m`",
        "test.ftl:3: `x` is not among the English messages",
    ];
    assert_eq!(
        translate(&format!("k = {{ $m }}\n\nx = y\n{TERMS}")),
        expected
    );
    let expected = ["test.ftl:1: no `term-c` with `term-c-text` in the glossary"];
    assert_eq!(
        translate(&format!("k = a [c](term:c)\nl = y\n{TERMS}")),
        expected
    );
    // What the first program says has words in every language.
    let complete = Source {
        complete: true,
        ..source("l = y")
    };
    let rest = source(&format!("k = {{ $n }}\n{TERMS}"));
    let problems = compile::translation("de", &[complete, rest], &english.compiled, true);
    let said = problems.unwrap_err();
    assert_eq!(
        said.iter().map(ToString::to_string).collect::<Vec<_>>(),
        ["test.ftl:1: `l` stands in `complete/`, and the English message does otherwise"]
    );
}
