//! The values of JSON, and how they are written (RFC 8259).

use std::fmt::{self, Write};

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Json {
    Null,
    Bool(bool),
    Number(u64),
    Text(String),
    Array(Vec<Json>),
    /// Members, in the order in which they are written.
    Object(Vec<(&'static str, Json)>),
}

impl Json {
    pub(super) fn text(text: &str) -> Self {
        Self::Text(text.to_owned())
    }

    /// What it says of itself.
    pub(super) fn shown(value: impl fmt::Display) -> Self {
        Self::Text(value.to_string())
    }

    pub(super) fn count(count: usize) -> Self {
        // No machine counts further than that.
        Self::Number(u64::try_from(count).unwrap_or(u64::MAX))
    }

    pub(super) fn array<T>(items: &[T], one: impl Fn(&T) -> Self) -> Self {
        Self::Array(items.iter().map(one).collect())
    }

    /// Null where there is nothing.
    pub(super) fn perhaps<T>(value: Option<T>, one: impl FnOnce(T) -> Self) -> Self {
        value.map_or(Self::Null, one)
    }
}

impl fmt::Display for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Bool(value) => write!(f, "{value}"),
            Self::Number(value) => write!(f, "{value}"),
            Self::Text(text) => quoted(f, text),
            Self::Array(items) => {
                f.write_char('[')?;
                for (at, item) in items.iter().enumerate() {
                    f.write_str(if at == 0 { "" } else { "," })?;
                    write!(f, "{item}")?;
                }
                f.write_char(']')
            }
            Self::Object(members) => {
                f.write_char('{')?;
                for (at, (name, value)) in members.iter().enumerate() {
                    f.write_str(if at == 0 { "" } else { "," })?;
                    quoted(f, name)?;
                    write!(f, ":{value}")?;
                }
                f.write_char('}')
            }
        }
    }
}

/// A string (RFC 8259 §7): quotation mark, backslash and control characters are escaped.
fn quoted(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    f.write_char('"')?;
    for letter in text.chars() {
        match letter {
            '"' | '\\' => write!(f, "\\{letter}")?,
            control if u32::from(control) < 0x20 => write!(f, "\\u{:04x}", u32::from(control))?,
            other => f.write_char(other)?,
        }
    }
    f.write_char('"')
}

#[cfg(test)]
mod tests {
    use super::Json;

    #[test]
    fn writes_what_another_reads() {
        let text = "a \"b\" \\ \n\u{0} \u{1f} é \u{1f510} \u{2028}";
        let json = Json::Object(vec![
            ("text", Json::text(text)),
            (
                "all",
                Json::Array(vec![Json::Null, Json::Bool(true), Json::Number(u64::MAX)]),
            ),
            ("none", Json::Array(vec![])),
        ]);
        let read: serde_json::Value = serde_json::from_str(&json.to_string()).unwrap();
        let expected =
            serde_json::json!({ "text": text, "all": [null, true, u64::MAX], "none": [] });
        assert_eq!(read, expected);
    }
}
