//! Where a standard says it.

use std::fmt;

/// A section of an RFC: what a label, a check or an error rests on.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Section {
    /// The RFC's number.
    pub rfc: u16,
    /// The section within it, as in `"7.4.1.2"` or `"A.5"`; empty for the whole document.
    pub number: &'static str,
}

impl Section {
    /// Section `number` of RFC `rfc`.
    #[must_use]
    pub const fn new(rfc: u16, number: &'static str) -> Self {
        Self { rfc, number }
    }

    /// The address at which the RFC Editor shows this section.
    #[must_use]
    pub fn url(&self) -> String {
        let rfc = self.rfc;
        match self.number.as_bytes().first() {
            None => format!("https://www.rfc-editor.org/rfc/rfc{rfc}"),
            Some(first) if first.is_ascii_digit() => {
                format!(
                    "https://www.rfc-editor.org/rfc/rfc{rfc}#section-{}",
                    self.number
                )
            }
            Some(_) => format!(
                "https://www.rfc-editor.org/rfc/rfc{rfc}#appendix-{}",
                self.number
            ),
        }
    }
}

impl fmt::Display for Section {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RFC {}", self.rfc)?;
        if !self.number.is_empty() {
            write!(f, " §{}", self.number)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::Section;

    #[test]
    fn says_and_links() {
        for (section, text, url) in [
            (
                Section::new(5246, "7.4.1.2"),
                "RFC 5246 §7.4.1.2",
                "https://www.rfc-editor.org/rfc/rfc5246#section-7.4.1.2",
            ),
            (
                Section::new(5246, "A.5"),
                "RFC 5246 §A.5",
                "https://www.rfc-editor.org/rfc/rfc5246#appendix-A.5",
            ),
            (
                Section::new(10015, ""),
                "RFC 10015",
                "https://www.rfc-editor.org/rfc/rfc10015",
            ),
        ] {
            assert_eq!(section.to_string(), text);
            assert_eq!(section.url(), url);
        }
    }
}
