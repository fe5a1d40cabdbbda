//! The page's Content-Security-Policy.

use anyhow::{Context, Result, bail};
use base64ct::{Base64, Encoding};
use sha2::{Digest, Sha256};

/// What the page may do; every other thing is refused by `default-src 'none'`.
///
/// The hashes of index.html's inline scripts, if it has any, are added to `script-src`.
const DIRECTIVES: [(&str, &str); 8] = [
    ("default-src", "'none'"),
    ("script-src", "'self' 'wasm-unsafe-eval'"),
    ("worker-src", "'self'"),
    ("style-src", "'self'"),
    ("img-src", "'self'"),
    ("connect-src", "'self'"),
    ("base-uri", "'none'"),
    ("form-action", "'none'"),
];

/// Puts the policy into the head of a page, before anything that it governs.
///
/// # Errors
/// If the page names no character set, after which the policy stands, or holds styles that the
/// policy would refuse.
pub(crate) fn insert(html: &str) -> Result<String> {
    for refused in ["<style", " style="] {
        if html.contains(refused) {
            bail!(
                "index.html contains `{refused}`, which its policy refuses; put it into a stylesheet"
            );
        }
    }
    let charset = html
        .find("<meta charset")
        .context("index.html names no charset, after which the policy goes")?;
    let end = charset
        + html[charset..]
            .find('>')
            .context("a tag that does not end")?
        + 1;
    let policy = policy(html);
    let (before, after) = html.split_at(end);
    Ok(format!(
        "{before}<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">{after}"
    ))
}

fn policy(html: &str) -> String {
    let hashes: String = inline_scripts(html)
        .map(|script| format!(" '{}'", hash(script)))
        .collect();
    let directive = |(name, sources): &(&str, &str)| match *name {
        "script-src" => format!("{name} {sources}{hashes}"),
        _ => format!("{name} {sources}"),
    };
    DIRECTIVES
        .iter()
        .map(directive)
        .collect::<Vec<_>>()
        .join("; ")
}

/// A script's hash as the policy writes it (CSP level 3, section 2.3.1, `hash-source`).
fn hash(script: &str) -> String {
    format!(
        "sha256-{}",
        Base64::encode_string(&Sha256::digest(script.as_bytes()))
    )
}

/// The text of each script that stands in the page itself.
fn inline_scripts(html: &str) -> impl Iterator<Item = &str> {
    html.split("<script").skip(1).filter_map(|rest| {
        let (attributes, rest) = rest.split_once('>')?;
        let (text, _) = rest.split_once("</script")?;
        let is_file = attributes
            .split_whitespace()
            .any(|word| word.starts_with("src="));
        (!is_file).then_some(text)
    })
}

#[cfg(test)]
mod tests {
    use super::{hash, inline_scripts, insert};

    const HEAD: &str = "<!DOCTYPE html><head><meta charset=utf-8><title>x</title></head>";

    #[test]
    fn the_hash_is_the_one_of_the_standard() {
        // The example of CSP level 3, section 8.4 ("Usage of hash-source").
        assert_eq!(
            hash("alert('Hello, world.');"),
            "sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng="
        );
    }

    #[test]
    fn only_scripts_that_stand_in_the_page_count() {
        let html = "<script src=a.js defer></script><script type=\"module\">\none </script> <script>two</script>";
        assert_eq!(inline_scripts(html).collect::<Vec<_>>(), ["\none ", "two"]);
    }

    #[test]
    fn the_policy_stands_right_after_the_charset() {
        let html = insert(HEAD).unwrap();
        assert!(html.starts_with(
            "<!DOCTYPE html><head><meta charset=utf-8><meta http-equiv=\"Content-Security-Policy\""
        ));
        assert!(html.contains(
            "content=\"default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; style-src 'self';"
        ));
        assert!(html.ends_with("<title>x</title></head>"));
    }

    #[test]
    fn inline_scripts_are_let_in_by_hash() {
        let html = insert(&format!("{HEAD}<script>alert('Hello, world.');</script>")).unwrap();
        assert!(
            html.contains(
                "'wasm-unsafe-eval' 'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng=';"
            )
        );
    }

    #[test]
    fn what_the_policy_would_refuse_fails_the_build() {
        insert("<head></head>").unwrap_err();
        insert(&format!("{HEAD}<p style=\"color: red\">")).unwrap_err();
        insert(&format!("{HEAD}<style>p {{}}</style>")).unwrap_err();
    }
}
