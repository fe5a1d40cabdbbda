//! Addresses: which page a hash names, and with what.

use std::fmt;

use padlock_lesson::address;

/// The pages.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Page {
    /// The conversation, step by step.
    Handshake,
    /// The certificates of a run.
    Certificate,
    /// Any certificate that the reader opens.
    Read,
    /// Certificates of the reader's own.
    Workshop,
    /// What can be wrong with a certificate.
    Failures,
    /// Two ways to shake hands, side by side.
    Compare,
    /// What a key that is stolen later opens.
    Thief,
    /// Why there are two kinds of keys.
    Speed,
    /// None that there is; its name.
    Unknown(String),
}

impl Page {
    /// Its name in addresses.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Handshake => "handshake",
            Self::Certificate => "certificate",
            Self::Read => "read",
            Self::Workshop => "workshop",
            Self::Failures => "failures",
            Self::Compare => "compare",
            Self::Thief => "thief",
            Self::Speed => "speed",
            Self::Unknown(name) => name,
        }
    }

    /// Whether it belongs to the complete program.
    #[must_use]
    pub const fn needs_complete(&self) -> bool {
        matches!(
            self,
            Self::Read
                | Self::Workshop
                | Self::Failures
                | Self::Compare
                | Self::Thief
                | Self::Speed
        )
    }

    /// Whether its address says what is run.
    #[must_use]
    pub const fn has_scenario(&self) -> bool {
        matches!(
            self,
            Self::Handshake | Self::Certificate | Self::Compare | Self::Thief
        )
    }

    fn from_name(name: &str) -> Self {
        match name.to_ascii_lowercase().as_str() {
            "" | "handshake" => Self::Handshake,
            "certificate" => Self::Certificate,
            "read" => Self::Read,
            "workshop" => Self::Workshop,
            "failures" => Self::Failures,
            "compare" => Self::Compare,
            "thief" => Self::Thief,
            "speed" => Self::Speed,
            _ => Self::Unknown(name.to_owned()),
        }
    }
}

/// A hash, taken apart: `#/page?name=value&…`.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Route {
    /// Which page.
    pub page: Page,
    /// With what.
    pub query: Query,
}

impl Route {
    /// Takes a hash apart; an empty one is the first page.
    #[must_use]
    pub fn parse(hash: &str) -> Self {
        let path = hash.trim_start_matches('#').trim_start_matches('/');
        let (name, query) = path.split_once('?').unwrap_or((path, ""));
        let page = Page::from_name(name.trim_end_matches('/'));
        Self {
            page,
            query: Query::parse(query),
        }
    }
}

impl fmt::Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#/{}", self.page.name())?;
        if self.query.0.is_empty() {
            Ok(())
        } else {
            write!(f, "?{}", self.query)
        }
    }
}

/// The `name=value` pairs of an address, in order.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Query(Vec<(String, String)>);

impl Query {
    /// Takes a query apart. A name without a value has the empty one.
    #[must_use]
    pub fn parse(query: &str) -> Self {
        Self(address::pairs(query).collect())
    }

    /// The value of a name.
    #[must_use]
    pub fn value(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(found, _)| found == name)
            .map(|(_, value)| value.as_str())
    }

    /// Takes a name out, and gives its first value.
    pub fn take(&mut self, name: &str) -> Option<String> {
        let value = self.value(name)?.to_owned();
        self.0.retain(|(found, _)| found != name);
        Some(value)
    }

    /// Adds a pair at the end.
    pub fn push(&mut self, name: &str, value: impl fmt::Display) {
        self.0.push((name.to_owned(), value.to_string()));
    }
}

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, (name, value)) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str("&")?;
            }
            encode(name, f)?;
            if !value.is_empty() {
                f.write_str("=")?;
                encode(value, f)?;
            }
        }
        Ok(())
    }
}

/// A bad value, as it is told to the reader.
#[must_use]
pub fn shortened(value: &str) -> String {
    const SHOWN: usize = 40;
    let mut shown: String = value
        .chars()
        .filter(|letter| !letter.is_control())
        .take(SHOWN)
        .collect();
    if shown.len() < value.len() {
        shown.push('…');
    }
    shown
}

/// Letters that need no encoding in a fragment stay legible.
fn encode(text: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b':' | b',' => {
                write!(f, "{}", char::from(byte))?;
            }
            _ => write!(f, "%{byte:02X}")?,
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use padlock_lesson::scenario::Scenario;

    use super::{Page, Query, Route};

    #[test]
    fn takes_hashes_apart_and_puts_them_together() {
        for (hash, page, query, written) in [
            ("", Page::Handshake, "", "#/handshake"),
            ("#", Page::Handshake, "", "#/handshake"),
            ("#/", Page::Handshake, "", "#/handshake"),
            ("#/speed", Page::Speed, "", "#/speed"),
            ("#/read", Page::Read, "", "#/read"),
            ("#/workshop", Page::Workshop, "", "#/workshop"),
            ("#/failures", Page::Failures, "", "#/failures"),
            ("#/compare", Page::Compare, "", "#/compare"),
            (
                "#/thief?case=ecdhe",
                Page::Thief,
                "case=ecdhe",
                "#/thief?case=ecdhe",
            ),
            (
                "#/certificate/?a=1",
                Page::Certificate,
                "a=1",
                "#/certificate?a=1",
            ),
            (
                "#/handshake?kx=rsa&embed",
                Page::Handshake,
                "kx=rsa&embed",
                "#/handshake?kx=rsa&embed",
            ),
            ("#/lab?x", Page::Unknown("lab".to_owned()), "x", "#/lab?x"),
            (
                "#/handshake?date=2026-11-21T18%3A30%3A00Z&&n=a+b%20c",
                Page::Handshake,
                "date=2026-11-21T18:30:00Z&n=a%2Bb%20c",
                "#/handshake?date=2026-11-21T18:30:00Z&n=a%2Bb%20c",
            ),
        ] {
            let route = Route::parse(hash);
            assert_eq!(route.page, page, "{hash}");
            assert_eq!(route.query.to_string(), query, "{hash}");
            assert_eq!(route.to_string(), written, "{hash}");
        }
    }

    #[test]
    fn a_plus_is_a_plus() {
        let route = Route::parse("#/handshake?date=2026-11-21T19:30:00+01:00");
        assert_eq!(route.query.value("date"), Some("2026-11-21T19:30:00+01:00"));
        let (parts, problems) = Scenario::from_query(&route.query.to_string());
        assert_eq!((parts.now, problems), (Some(1_795_285_800), vec![]));
    }

    #[test]
    fn takes_a_name_out() {
        let mut query = Query::parse("a=1&step=3&b=2&step=4");
        assert_eq!(query.take("step").as_deref(), Some("3"));
        assert_eq!(query.take("step"), None);
        assert_eq!(query.to_string(), "a=1&b=2");
    }
}
