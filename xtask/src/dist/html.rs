//! What is done to index.html itself.

use anyhow::{Context, Result, ensure};
use std::path::Path;

/// The html without its comments and its indentation.
///
/// # Errors
/// If it holds an element in which indentation is text.
pub(crate) fn tidy(html: &str) -> Result<String> {
    for literal in ["<pre", "<textarea"] {
        ensure!(
            !html.contains(literal),
            "index.html contains `{literal}`, whose indentation dist would take away"
        );
    }
    let html = without_comments(html)?;
    let lines: Vec<&str> = html
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    Ok(lines.join("\n"))
}

fn without_comments(html: &str) -> Result<String> {
    let mut pieces = html.split("<!--");
    let mut kept = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (_, after) = piece
            .split_once("-->")
            .context("index.html has a comment that does not end")?;
        kept.push_str(after);
    }
    Ok(kept)
}

/// Which stylesheets of a page: those that it begins with, or those of the complete program alone.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Styles {
    First,
    Complete,
}

impl Styles {
    /// What they become, before its name gets a hash.
    pub(crate) const fn file(self) -> &'static str {
        match self {
            Self::First => "padlock.css",
            Self::Complete => "complete.css",
        }
    }

    /// How the page links that file. The complete program's waits until static/boot.js wants it.
    fn link(self) -> String {
        let file = self.file();
        match self {
            Self::First => format!("<link rel=\"stylesheet\" href=\"./{file}\">"),
            Self::Complete => {
                format!("<link id=\"padlock-styles\" rel=\"alternate\" href=\"./{file}\">")
            }
        }
    }

    /// The links to them, as Trunk writes them.
    fn links(self, html: &str) -> impl Iterator<Item = &str> {
        html.match_indices("<link").filter_map(move |(start, _)| {
            let (attributes, _) = html[start..].split_once('>')?;
            let link = &html[start..=start + attributes.len()];
            let is_complete = link.contains("data-complete");
            let is_asked = is_complete == (self == Self::Complete);
            (link.contains("rel=\"stylesheet\"") && is_asked).then_some(link)
        })
    }
}

/// The files that a page names as its stylesheets, in the order in which their rules count.
///
/// # Errors
/// If one of them is not linked as Trunk links it.
pub(crate) fn stylesheets(html: &str, styles: Styles) -> Result<Vec<&str>> {
    styles.links(html).map(href).collect()
}

/// The html with one file in place of all these stylesheets.
///
/// # Errors
/// If it has none.
pub(crate) fn with_one_stylesheet(html: &str, styles: Styles) -> Result<String> {
    let mut links: Vec<&str> = styles.links(html).collect();
    ensure!(
        !links.is_empty(),
        "index.html has no stylesheet ({styles:?})"
    );
    let first = links.remove(0);
    let mut html = html.replacen(first, &styles.link(), 1);
    for link in links {
        html = html.replacen(link, "", 1);
    }
    Ok(html)
}

/// The html with the first program beside the complete one that Trunk linked, and without its
/// preloads: which program a visitor needs, static/boot.js reads from the address.
///
/// # Errors
/// If the links are not there.
pub(crate) fn with_first_program(html: &str, glue: &Path, wasm: &Path) -> Result<String> {
    let mut html = html.to_owned();
    for (link, file) in [
        ("id=\"padlock-module\" rel=\"modulepreload\"", glue),
        ("id=\"padlock-wasm\" rel=\"preload\" as=\"fetch\"", wasm),
    ] {
        ensure!(html.contains(link), "index.html has no link with {link}");
        let (id, _) = link.split_once(' ').unwrap_or_default();
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        let with_both = format!("{id} rel=\"alternate\" data-first=\"./{name}\"");
        html = html.replacen(link, &with_both, 1);
    }
    Ok(html)
}

/// The file that a link names.
fn href(link: &str) -> Result<&str> {
    link.split_once("href=\"./")
        .and_then(|(_, rest)| rest.split_once('"'))
        .map(|(file, _)| file)
        .with_context(|| format!("`{link}` names no file beside index.html"))
}

#[cfg(test)]
mod tests {
    use super::{Styles, stylesheets, tidy, with_first_program, with_one_stylesheet};
    use std::path::Path;

    const HEAD: &str = "<link rel=\"icon\" href=\"./i.svg\">\n<link rel=\"stylesheet\" href=\"./b-1.css\"/>\n\
        <link rel=\"stylesheet\" href=\"./a-2.css\"/><link rel=\"stylesheet\" href=\"./z-3.css\" data-complete/>\n\
        <link rel=\"stylesheet\" href=\"./y-4.css\" data-complete/><title>x</title>";

    #[test]
    fn stylesheets_keep_their_order_and_become_one_for_each_program() {
        assert_eq!(
            stylesheets(HEAD, Styles::First).unwrap(),
            ["b-1.css", "a-2.css"]
        );
        assert_eq!(
            stylesheets(HEAD, Styles::Complete).unwrap(),
            ["z-3.css", "y-4.css"]
        );
        let html = with_one_stylesheet(HEAD, Styles::First).unwrap();
        assert_eq!(
            with_one_stylesheet(&html, Styles::Complete).unwrap(),
            "<link rel=\"icon\" href=\"./i.svg\">\n<link rel=\"stylesheet\" href=\"./padlock.css\">\n\
             <link id=\"padlock-styles\" rel=\"alternate\" href=\"./complete.css\">\n<title>x</title>"
        );
    }

    #[test]
    fn stylesheets_from_elsewhere_and_none_fail() {
        let elsewhere = "<link rel=\"stylesheet\" href=\"https://a.example/a.css\">";
        stylesheets(elsewhere, Styles::First).unwrap_err();
        with_one_stylesheet("<title>x</title>", Styles::First).unwrap_err();
        with_one_stylesheet(elsewhere, Styles::Complete).unwrap_err();
    }

    #[test]
    fn the_first_program_stands_beside_the_complete_one_and_nothing_is_preloaded() {
        let head = "<link id=\"padlock-module\" rel=\"modulepreload\" href=\"./p.js\">\
            <link id=\"padlock-wasm\" rel=\"preload\" as=\"fetch\" href=\"./p.wasm\">";
        let (glue, wasm) = (Path::new("stage/first.js"), Path::new("stage/first.wasm"));
        assert_eq!(
            with_first_program(head, glue, wasm).unwrap(),
            "<link id=\"padlock-module\" rel=\"alternate\" data-first=\"./first.js\" href=\"./p.js\">\
             <link id=\"padlock-wasm\" rel=\"alternate\" data-first=\"./first.wasm\" href=\"./p.wasm\">"
        );
        with_first_program("<title>x</title>", glue, wasm).unwrap_err();
    }

    #[test]
    fn comments_and_indentation_go_and_words_stay_apart() {
        assert_eq!(
            tidy("<p>\n    One,\n\n    <b>two</b> and <!-- not\n four --> three.\n  </p>\n")
                .unwrap(),
            "<p>\nOne,\n<b>two</b> and  three.\n</p>"
        );
        tidy("<p><!-- for ever").unwrap_err();
        tidy("<pre>\n  a\n</pre>").unwrap_err();
    }
}
