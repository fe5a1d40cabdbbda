//! Whether a certificate names the host that was to be reached (RFC 9525).

use std::net::{IpAddr, Ipv4Addr};
use std::ops::Range;

use padlock_wire::Section;

use super::certificate::{AlternativeName, Certificate, extension};
use super::reason::Reason;
use crate::explain::der::context;
use crate::name::Visible;

/// How many names a reason quotes.
const QUOTED: usize = 100;

const DNS_NAME: u8 = context(2);
const IP_ADDRESS: u8 = context(7);

/// What is to be reached, as RFC 9525 §6.1 has it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Reference {
    /// A host name without the last dot that it may end in.
    Dns(String),
    /// An IP address.
    Ip(IpAddr),
}

/// Looks for `name` among the alternative names.
pub(crate) fn check(
    certificate: &Certificate<'_>,
    name: &str,
) -> (Reason, Section, Option<Range<usize>>) {
    let place = certificate
        .outline
        .extension(extension::SUBJECT_ALT_NAME)
        .map(|extension| extension.range.clone());
    let name = name.to_owned();
    let Some(reference) = Reference::read(&name) else {
        return (Reason::NotAName { name }, Section::new(9525, "6.2"), None);
    };
    let section = reference.section();
    let Some(alternatives) = &certificate.alternative_names else {
        let subject = &certificate.subject;
        let common_name = subject.common_name().map(str::to_owned);
        let reason = Reason::NoAlternativeNames { name, common_name };
        return (reason, section, Some(certificate.outline.subject.clone()));
    };
    let found = alternatives.iter().find(|one| reference.matches(one));
    match found.and_then(|one| Some((presented(one)?, one.range.clone()))) {
        Some((presented, range)) => {
            let reason = Reason::NameMatches { name, presented };
            (reason, section, Some(range))
        }
        None => {
            let presented = alternatives.iter().filter_map(presented);
            let visible = presented.map(|name| Visible(&name).to_string());
            let presented = visible.take(QUOTED).collect();
            (Reason::NameDiffers { name, presented }, section, place)
        }
    }
}

/// The name in text, if it is one that hosts have.
pub(crate) fn presented(name: &AlternativeName) -> Option<String> {
    match name.identifier {
        DNS_NAME => Some(String::from_utf8_lossy(&name.contents).into_owned()),
        IP_ADDRESS => crate::explain::ip(&name.contents).map(|address| address.to_string()),
        _ => None,
    }
}

impl Reference {
    /// Reads a host name, with or without a last dot, or an IP address, with or without brackets;
    /// `None` if it is neither, as with a last label of digits alone, which no host has.
    #[must_use]
    pub fn read(name: &str) -> Option<Self> {
        let bracketed = name
            .strip_prefix('[')
            .and_then(|name| name.strip_suffix(']'));
        if let Ok(address) = bracketed.unwrap_or(name).parse() {
            return Some(Self::Ip(address));
        }
        let host = name.strip_suffix('.').unwrap_or(name);
        if let Ok(address) = host.parse::<Ipv4Addr>() {
            // Browsers take it for the address too (URL Standard, "ends in a number").
            return Some(Self::Ip(address.into()));
        }
        let last = host.rsplit('.').next().unwrap_or_default();
        let is_number = last.bytes().all(|byte| byte.is_ascii_digit());
        (is_host(host) && !is_number).then(|| Self::Dns(host.to_owned()))
    }

    fn section(&self) -> Section {
        match self {
            Self::Dns(_) => Section::new(9525, "6.3"),
            Self::Ip(_) => Section::new(9525, "6.4"),
        }
    }

    fn matches(&self, name: &AlternativeName) -> bool {
        match (self, name.identifier) {
            (Self::Dns(host), DNS_NAME) => {
                str::from_utf8(&name.contents).is_ok_and(|presented| covers(presented, host))
            }
            (Self::Ip(address), IP_ADDRESS) => crate::explain::ip(&name.contents) == Some(*address),
            _ => false,
        }
    }
}

/// Whether `presented`, which may have the wildcard `*` as its whole left-most label, is or covers
/// `host`. The wildcard stands for one label, and at least two must follow it, so that nobody
/// vouches for all of `.com`.
fn covers(presented: &str, host: &str) -> bool {
    match presented.strip_prefix("*.") {
        None => presented.split('.').all(is_label) && presented.eq_ignore_ascii_case(host),
        Some(parent) => {
            parent.contains('.')
                && parent.split('.').all(is_label)
                && host
                    .split_once('.')
                    .is_some_and(|(_, rest)| rest.eq_ignore_ascii_case(parent))
        }
    }
}

/// Whether it is the name of a host, without a wildcard or a dot at its end.
pub(super) fn is_host(name: &str) -> bool {
    name.len() <= 253 && name.split('.').all(is_label)
}

/// Letters, digits, hyphens (not at the ends) and, since hosts with it exist, the underscore.
fn is_label(label: &str) -> bool {
    (1..=63).contains(&label.len())
        && !label.starts_with('-')
        && !label.ends_with('-')
        && label
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_cover_and_that_do_not() {
        for (presented, host, expected) in [
            ("shop.example", "shop.example", true),
            ("Shop.Example", "shOP.example", true),
            ("shop.example", "www.shop.example", false),
            ("www.shop.example", "shop.example", false),
            ("*.shop.example", "www.shop.example", true),
            ("*.shop.example", "shop.example", false),
            ("*.shop.example", "a.www.shop.example", false),
            ("w*.shop.example", "www.shop.example", false),
            ("*w.shop.example", "www.shop.example", false),
            ("www.*.example", "www.shop.example", false),
            ("*.*.example", "www.shop.example", false),
            ("*.example", "shop.example", false),
            ("*", "shop", false),
            ("*.", "shop", false),
            ("", "shop", false),
            ("shop.example.", "shop.example", false),
            (".shop.example", "shop.example", false),
            ("*.xn--nxasmq6b.example", "a.xn--nxasmq6b.example", true),
            ("*.shop.example", "xn--nxasmq6b.shop.example", true),
            ("my_host.shop.example", "my_host.shop.example", true),
            ("192.0.2.1", "192.0.2.10", false),
        ] {
            assert_eq!(covers(presented, host), expected, "{presented} {host}");
        }
    }

    #[test]
    fn references() {
        let long = "a".repeat(64);
        for (name, expected) in [
            ("shop.example", Some("dns shop.example")),
            ("shop.example.", Some("dns shop.example")),
            ("localhost", Some("dns localhost")),
            ("127.0.0.1", Some("ip 127.0.0.1")),
            ("127.0.0.1.", Some("ip 127.0.0.1")),
            ("1.2.3.256", None),
            ("1.2.3.256.", None),
            ("1.2.3", None),
            ("shop.7", None),
            ("7.shop.example", Some("dns 7.shop.example")),
            ("shop.7x", Some("dns shop.7x")),
            ("::1", Some("ip ::1")),
            ("[2001:db8::1]", Some("ip 2001:db8::1")),
            ("", None),
            (".", None),
            ("a..b", None),
            ("shop.example:443", None),
            ("bücher.example", None),
            ("*.example.com", None),
            ("-a.example", None),
            (&long, None),
        ] {
            let read = Reference::read(name).map(|reference| match reference {
                Reference::Dns(host) => format!("dns {host}"),
                Reference::Ip(address) => format!("ip {address}"),
            });
            assert_eq!(read.as_deref(), expected, "{name}");
        }
    }
}
