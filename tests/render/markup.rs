//! A look at rendered HTML: just enough of it for what our own pages hold.

use std::collections::BTreeSet;

/// Elements that have no end tag.
const VOID: [&str; 3] = ["input", "br", "hr"];

/// How often `part` stands in `html`.
pub(crate) fn count(html: &str, part: &str) -> usize {
    html.matches(part).count()
}

/// The words of a page, as they are read.
pub(crate) fn text(html: &str) -> String {
    let mut words = String::new();
    let mut rest = html;
    while let Some((before, tag)) = rest.split_once('<') {
        words.push_str(before);
        // What is set apart is set apart by its element.
        let after = tag.split_once('>').map_or("", |(_, after)| after);
        let ends = ["/p", "/li", "/h", "/d", "/t", "/div"];
        if ends.iter().any(|end| tag.starts_with(end)) && !tag.starts_with("/time>") {
            words.push(' ');
        }
        rest = after;
    }
    words.push_str(rest);
    unescape(&words)
}

/// The first words behind the tag whose inside begins `html`.
pub(crate) fn first_text(html: &str) -> String {
    let inside = html.split_once('>').map_or("", |(_, inside)| inside);
    unescape(inside.split('<').next().unwrap_or_default())
}

/// Holds a page to what is true of all of them.
pub(crate) fn check_sound(html: &str, place: &str) {
    let tags = tags(html);
    assert!(!tags.is_empty(), "{place}: nothing is drawn");

    // Every element is closed, in order.
    let mut open = Vec::new();
    for tag in &tags {
        let name = tag
            .split([' ', '/'])
            .find(|part| !part.is_empty())
            .unwrap_or_default();
        if let Some(closed) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(closed), "{place}: </{closed}>");
        } else if !VOID.contains(&name) && !tag.ends_with('/') {
            open.push(name);
        }
    }
    assert_eq!(open, Vec::<&str>::new(), "{place}: not closed");

    // An id names one element, and who refers to one finds it.
    let mut ids = BTreeSet::new();
    for id in tags.iter().filter_map(|tag| attribute(tag, "id")) {
        assert!(ids.insert(id), "{place}: the id {id} stands twice");
    }
    for name in [
        "aria-controls",
        "aria-labelledby",
        "aria-describedby",
        "aria-activedescendant",
    ] {
        for id in tags
            .iter()
            .filter_map(|tag| attribute(tag, name))
            .flat_map(str::split_whitespace)
        {
            assert!(
                ids.contains(id),
                "{place}: {name} refers to {id}, which is not there"
            );
        }
    }

    for tag in &tags {
        // The policy of the page allows no style and no script in attributes.
        for forbidden in ["style", "onclick", "onload"] {
            assert_eq!(attribute(tag, forbidden), None, "{place}: <{tag}>");
        }
        // Links to elsewhere are links and nothing more.
        if let Some(address) = attribute(tag, "href").filter(|address| !address.starts_with('#')) {
            assert!(
                address.starts_with("https://www.rfc-editor.org/"),
                "{place}: {address}"
            );
            assert!(
                attribute(tag, "rel").is_some_and(|rel| rel.contains("noopener")),
                "{place}: <{tag}>"
            );
        }
        assert!(
            !tag.starts_with("img") && attribute(tag, "src").is_none(),
            "{place}: <{tag}>"
        );
    }

    let words = text(html);
    for left_over in ["page-", "story-", "{ $", "undefined"] {
        assert!(
            !words.contains(left_over),
            "{place}: {left_over} in {words}"
        );
    }
    assert!(count(html, "<h1") <= 1, "{place}: several main headings");
}

fn tags(html: &str) -> Vec<&str> {
    html.split('<')
        .skip(1)
        .filter_map(|tag| tag.split_once('>'))
        .map(|(tag, _)| tag)
        .filter(|tag| !tag.starts_with('!'))
        .collect()
}

fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let start = tag.find(&format!(" {name}=\""))? + name.len() + 3;
    tag[start..].split('"').next()
}

fn unescape(text: &str) -> String {
    let plain = text
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#x27;", "'");
    plain
        .replace("&#39;", "'")
        .replace("&#x2F;", "/")
        .replace("&nbsp;", " ")
        .replace("&amp;", "&")
}

/// Fails unless the page says all of this.
#[track_caller]
pub(crate) fn says(html: &str, parts: &[&str]) {
    let words = text(html);
    for part in parts {
        assert!(words.contains(part), "{part}: {words}");
    }
}
