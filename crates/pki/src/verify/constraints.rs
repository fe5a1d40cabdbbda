//! The names for which an authority may vouch (RFC 5280 §4.2.1.10).
//!
//! What cannot be compared, for its form or for what stands there, is taken for excluded and not
//! for permitted.

use std::net::IpAddr;

use padlock_wire::hex;

use super::certificate::{AlternativeName, Certificate, whole};
use super::identity::{is_host, presented};
use crate::explain::der::{Element, SEQUENCE, constructed, context};
use crate::name::{DistinguishedName, NameKey, Visible};

const RFC822_NAME: u8 = context(1);
const DNS_NAME: u8 = context(2);
const DIRECTORY_NAME: u8 = constructed(4);
const IP_ADDRESS: u8 = context(7);

/// `emailAddress`, which stands in old subjects (RFC 5280 §4.1.2.6).
const EMAIL_ADDRESS: &str = "1.2.840.113549.1.9.1";

/// How many octets count as much as a comparison.
const OCTETS: usize = 32;

/// RFC 5280 §4.2.1.10.
#[derive(Clone, Debug)]
pub(crate) struct NameConstraints {
    permitted: Vec<Subtree>,
    excluded: Vec<Subtree>,
}

/// A `GeneralSubtree`.
#[derive(Clone, Debug)]
struct Subtree {
    identifier: u8,
    base: Vec<u8>,
    /// Of a directory name.
    key: Option<NameKey>,
    /// Whether it has no `minimum` and no `maximum`, as RFC 5280 wants.
    is_plain: bool,
}

/// Which of the two lists a subtree is in.
#[derive(Clone, Copy, Eq, PartialEq)]
enum List {
    Permitted,
    Excluded,
}

impl NameConstraints {
    /// Reads the DER of the extension's value; `None` if it is none.
    pub(crate) fn read(value: &[u8]) -> Option<Self> {
        let mut fields = whole(value, SEQUENCE)?.values();
        let mut list = |number| match fields.next_if(constructed(number)) {
            Some(list) => subtrees(&list),
            None => Some(Vec::new()),
        };
        let (permitted, excluded) = (list(0)?, list(1)?);
        fields.is_at_end().then_some(Self {
            permitted,
            excluded,
        })
    }

    /// How many subtrees there are.
    pub(super) fn len(&self) -> usize {
        self.permitted.len() + self.excluded.len()
    }

    /// How much work it is at most to hold these names to it, in the unit of
    /// [`limits::COMPARISONS`](super::limits::COMPARISONS): a comparison for each name and subtree,
    /// and one more for every 32 octets that are read or compared.
    pub(super) fn cost(&self, names: &[AlternativeName]) -> usize {
        let subtrees = self.permitted.iter().chain(&self.excluded);
        let ours: usize = subtrees.map(|subtree| subtree.base.len()).sum();
        let theirs: usize = names.iter().map(|name| name.contents.len()).sum();
        // What is compared ends with the shorter of the two.
        let compared = theirs
            .saturating_mul(self.len())
            .min(ours.saturating_mul(names.len()));
        let octets = compared.saturating_add(theirs) / OCTETS;
        names
            .len()
            .saturating_mul(self.len())
            .saturating_add(octets)
    }

    /// Whether every subtree of a form that is known here can be compared with names, and begins
    /// with no dot where RFC 5280 §4.2.1.10 has none.
    #[cfg(feature = "study")]
    pub(super) fn is_sound(&self) -> bool {
        let mut subtrees = self.permitted.iter().chain(&self.excluded);
        subtrees.all(Subtree::is_sound)
    }

    /// Whether this name may stand in a certificate below: it lies in no excluded subtree and,
    /// where any of its form are permitted, in one of those.
    pub(super) fn allow(&self, name: &AlternativeName) -> bool {
        let name = &Presented::new(name);
        let of_form = |subtree: &&Subtree| subtree.identifier == name.name.identifier;
        let mut excluded = self.excluded.iter().filter(of_form);
        if excluded.any(|subtree| subtree.holds(name, List::Excluded).unwrap_or(true)) {
            return false;
        }
        let mut permitted = self.permitted.iter().filter(of_form).peekable();
        permitted.peek().is_none()
            || permitted.any(|subtree| subtree.holds(name, List::Permitted).unwrap_or(false))
    }
}

/// The names of a certificate that can be constrained, its subject and the e-mail addresses in
/// that among them.
pub(super) fn names(certificate: &Certificate<'_>) -> Vec<AlternativeName> {
    let mut names = certificate.alternative_names.clone().unwrap_or_default();
    let (subject, outline) = (&certificate.subject, &certificate.outline);
    let mut add = |identifier, contents: &[u8]| {
        names.push(AlternativeName {
            identifier,
            contents: contents.to_vec(),
            range: outline.subject.clone(),
        });
    };
    if !subject.is_empty() {
        add(DIRECTORY_NAME, outline.bytes(&outline.subject));
    }
    for attribute in subject.relative_names.iter().flatten() {
        if attribute.oid == EMAIL_ADDRESS {
            let text = attribute.text.as_ref().map(String::as_bytes);
            add(RFC822_NAME, text.unwrap_or(&attribute.der));
        }
    }
    names
}

/// The name as it is told.
pub(super) fn told(name: &AlternativeName) -> String {
    let directory_name = || match name.identifier {
        DIRECTORY_NAME => DistinguishedName::from_der(&name.contents).map(|name| name.to_string()),
        _ => None,
    };
    directory_name().unwrap_or_else(|| {
        let name = presented(name)
            .or_else(|| text(&name.contents).map(str::to_owned))
            .unwrap_or_else(|| hex::encode(&name.contents));
        Visible(&name).to_string()
    })
}

fn subtrees(list: &Element<'_>) -> Option<Vec<Subtree>> {
    let mut reader = list.values();
    let mut subtrees = Vec::new();
    while let Some(subtree) = reader.next_if(SEQUENCE) {
        let mut fields = subtree.values();
        let base = fields.next()?;
        subtrees.push(Subtree::new(
            base.identifier,
            base.octets(),
            fields.is_at_end(),
        ));
    }
    reader.is_at_end().then_some(subtrees)
}

/// A name, made ready to be compared with many subtrees.
struct Presented<'a> {
    name: &'a AlternativeName,
    key: Option<NameKey>,
}

impl<'a> Presented<'a> {
    fn new(name: &'a AlternativeName) -> Self {
        let key = directory_key(name.identifier, &name.contents);
        Self { name, key }
    }
}

/// Of a directory name, what it is compared by.
fn directory_key(identifier: u8, contents: &[u8]) -> Option<NameKey> {
    let name = match identifier {
        DIRECTORY_NAME => DistinguishedName::from_der(contents),
        _ => None,
    };
    name.map(|name| name.key())
}

impl Subtree {
    fn new(identifier: u8, base: &[u8], is_plain: bool) -> Self {
        Self {
            identifier,
            key: directory_key(identifier, base),
            base: base.to_vec(),
            is_plain,
        }
    }

    #[cfg(feature = "study")]
    fn is_sound(&self) -> bool {
        let some = |name: &[u8]| {
            let name = AlternativeName {
                identifier: self.identifier,
                contents: name.to_vec(),
                range: 0..0,
            };
            self.holds(&Presented::new(&name), List::Permitted)
        };
        self.is_plain
            && match self.identifier {
                DNS_NAME => self.base.is_empty() || text(&self.base).is_some_and(is_host),
                RFC822_NAME => some(b"a@b").is_some(),
                IP_ADDRESS => match self.base.len() {
                    8 => some(&[0; 4]).is_some(),
                    _ => some(&[0; 16]).is_some(),
                },
                DIRECTORY_NAME => self.key.is_some(),
                _ => true,
            }
    }

    /// Whether a name of the same form lies in it; `None` where that cannot be said.
    fn holds(&self, presented: &Presented<'_>, list: List) -> Option<bool> {
        let (base, name) = (&self.base, &presented.name.contents);
        match self.identifier {
            _ if !self.is_plain => None,
            DNS_NAME => holds_host(text(base)?, text(name)?, list),
            RFC822_NAME => holds_mailbox(text(base)?, text(name)?, list),
            IP_ADDRESS => holds_address(base, name),
            DIRECTORY_NAME => Some(presented.key.as_ref()?.is_below(self.key.as_ref()?)),
            _ => None,
        }
    }
}

/// What is longer is no name of a host and no mailbox (RFC 5321 §4.5.3.1).
const LONGEST: usize = 512;

fn text(octets: &[u8]) -> Option<&str> {
    if octets.len() > LONGEST {
        return None;
    }
    let text = str::from_utf8(octets).ok()?;
    text.chars()
        .all(|letter| letter.is_ascii_graphic())
        .then_some(text)
}

/// The host itself and all below it; with a dot before it, which RFC 5280 does not have and
/// certificates do, only those below. A wildcard lies in what it stands for; it is excluded if
/// anything is that it covers.
fn holds_host(base: &str, name: &str, list: List) -> Option<bool> {
    if base.is_empty() {
        return Some(true);
    }
    let parent = name.strip_prefix("*.");
    if !is_host(base.strip_prefix('.').unwrap_or(base)) || !is_host(parent.unwrap_or(name)) {
        return None;
    }
    let is_covered = |parent: &str| {
        let above = base.split_once('.').map(|(_, above)| above);
        list == List::Excluded && above.is_some_and(|above| above.eq_ignore_ascii_case(parent))
    };
    Some(
        name.eq_ignore_ascii_case(base)
            || is_subdomain(name, base)
            || parent.is_some_and(|parent| !base.starts_with('.') && is_covered(parent)),
    )
}

/// A mailbox, all those of a host, or with a dot before it all those of the hosts below it. What
/// stands before the `@` has upper and lower case, but nobody is let through for that.
fn holds_mailbox(base: &str, name: &str, list: List) -> Option<bool> {
    let (local, host) = name.rsplit_once('@')?;
    if !is_host(host) || !is_local(local) {
        return None;
    }
    if let Some((base_local, base_host)) = base.rsplit_once('@') {
        let is_same = match list {
            List::Permitted => local == base_local,
            List::Excluded => local.eq_ignore_ascii_case(base_local),
        };
        return is_host(base_host).then(|| is_same && host.eq_ignore_ascii_case(base_host));
    }
    let hosts_below = base.strip_prefix('.');
    is_host(hosts_below.unwrap_or(base)).then(|| match hosts_below {
        Some(_) => is_subdomain(host, base),
        None => host.eq_ignore_ascii_case(base),
    })
}

/// Whether it is what may stand before the `@` (RFC 5321 §4.1.2): quoted, or atoms with dots between.
fn is_local(local: &str) -> bool {
    let is_atom = |atom: &str| {
        let is_special = |letter: char| "()<>[]:;@\\,\"".contains(letter);
        !atom.is_empty() && !atom.contains(is_special)
    };
    let quoted = local
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'));
    quoted.is_some_and(|quoted| !quoted.contains('"')) || local.split('.').all(is_atom)
}

/// Whether `name` has labels before `base`, which may begin with the dot that parts them.
fn is_subdomain(name: &str, base: &str) -> bool {
    let base = base.strip_prefix('.').unwrap_or(base);
    let (name, base) = (name.as_bytes(), base.as_bytes());
    let Some((before, end)) = name.split_at_checked(name.len().wrapping_sub(base.len())) else {
        return false;
    };
    before.len() > 1 && before.ends_with(b".") && end.eq_ignore_ascii_case(base)
}

/// The addresses with the base's bits where the mask, which stands behind the base, has ones:
/// the first so many (RFC 4632). Those of the other version are others.
fn holds_address(base: &[u8], name: &[u8]) -> Option<bool> {
    let (base, mask) = base.split_at_checked(base.len() / 2)?;
    let [base, mask, name] = [base, mask, name].map(crate::explain::ip);
    let bits = |address: IpAddr| match address {
        IpAddr::V4(address) => u128::from(address.to_bits()) << 96,
        IpAddr::V6(address) => address.to_bits(),
    };
    let (base, mask, name) = (base?, mask?, name?);
    let is_prefix = bits(mask).leading_ones() == bits(mask).count_ones();
    let is_same_version = base.is_ipv4() == name.is_ipv4();
    is_prefix.then(|| is_same_version && (bits(base) ^ bits(name)) & bits(mask) == 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn subtree(identifier: u8, base: &[u8]) -> Subtree {
        Subtree::new(identifier, base, true)
    }

    fn name(identifier: u8, contents: &[u8]) -> AlternativeName {
        AlternativeName {
            identifier,
            contents: contents.to_vec(),
            range: 0..0,
        }
    }

    /// Whether the name is allowed where the base alone is permitted, and where it is excluded.
    fn allowed(identifier: u8, base: &[u8], contents: &[u8]) -> (bool, bool) {
        let only = vec![subtree(identifier, base)];
        let name = name(identifier, contents);
        let permitted = NameConstraints {
            permitted: only.clone(),
            excluded: vec![],
        };
        let excluded = NameConstraints {
            permitted: vec![],
            excluded: only,
        };
        (permitted.allow(&name), excluded.allow(&name))
    }

    const WITHIN: (bool, bool) = (true, false);
    const WITHOUT: (bool, bool) = (false, true);
    /// Neither can be said, or a wildcard reaches into it and out of it.
    const NEVER: (bool, bool) = (false, false);

    #[test]
    fn hosts() {
        for (base, host, expected) in [
            ("shop.example", "shop.example", WITHIN),
            ("shop.example", "Shop.EXAMPLE", WITHIN),
            ("shop.example", "www.shop.example", WITHIN),
            ("shop.example", "a.b.shop.example", WITHIN),
            ("shop.example", "myshop.example", WITHOUT),
            ("shop.example", "example", WITHOUT),
            ("shop.example", "other.example", WITHOUT),
            (".shop.example", "www.shop.example", WITHIN),
            (".shop.example", "shop.example", WITHOUT),
            ("", "shop.example", WITHIN),
            ("shop.example", "*.shop.example", WITHIN),
            (".shop.example", "*.shop.example", WITHIN),
            ("www.shop.example", "*.shop.example", NEVER),
            (".www.shop.example", "*.shop.example", WITHOUT),
            ("a.www.shop.example", "*.shop.example", WITHOUT),
            ("shop.example", "*.example", NEVER),
            ("shop.example", "w*.shop.example", NEVER),
            ("shop.example", "shop.example.", NEVER),
            ("shop.example.", "shop.example", NEVER),
            ("*.shop.example", "www.shop.example", NEVER),
            ("shop.example", "", NEVER),
            (".", "shop.example", NEVER),
            ("shop.example", "sh\u{f6}p.example", NEVER),
            ("shop.example", "www.shop.example\0.evil.example", NEVER),
        ] {
            let found = allowed(DNS_NAME, base.as_bytes(), host.as_bytes());
            assert_eq!(found, expected, "{base} {host}");
        }
    }

    #[test]
    fn mailboxes() {
        for (base, mailbox, expected) in [
            ("a@shop.example", "a@shop.example", WITHIN),
            ("a@shop.example", "a@SHOP.example", WITHIN),
            ("a@shop.example", "A@shop.example", NEVER),
            ("a@shop.example", "b@shop.example", WITHOUT),
            ("shop.example", "a@shop.example", WITHIN),
            ("shop.example", "a@www.shop.example", WITHOUT),
            (".shop.example", "a@www.shop.example", WITHIN),
            (".shop.example", "a@shop.example", WITHOUT),
            ("shop.example", "\"a@b\"@shop.example", WITHIN),
            ("shop.example", "shop.example", NEVER),
            ("shop.example", "a@b@shop.example", NEVER),
            ("shop.example", "a..b@shop.example", NEVER),
            ("", "a@shop.example", NEVER),
            ("a@", "a@shop.example", NEVER),
        ] {
            let found = allowed(RFC822_NAME, base.as_bytes(), mailbox.as_bytes());
            assert_eq!(found, expected, "{base} {mailbox}");
        }
    }

    #[test]
    fn addresses() {
        for (base, address, expected) in [
            ("c0000200ffffff00", "c00002ff", WITHIN),
            ("c0000200ffffff00", "c0000301", WITHOUT),
            ("c0000280ffffff80", "c000027f", WITHOUT),
            ("c0000280ffffff80", "c0000280", WITHIN),
            ("0000000000000000", "c0000280", WITHIN),
            ("c0000200ffffffff", "c0000200", WITHIN),
            // The base's bits beyond the mask do not count.
            ("c00002ffffffff00", "c0000201", WITHIN),
            // A mask with holes.
            ("c0000200ff00ff00", "c0000200", NEVER),
            (
                "20010db8000000000000000000000000ffffffff000000000000000000000000",
                "20010db8000000000000000000000001",
                WITHIN,
            ),
            (
                "20010db8000000000000000000000000ffffffff000000000000000000000000",
                "20010db9000000000000000000000001",
                WITHOUT,
            ),
            (
                "0000000000000000",
                "20010db8000000000000000000000001",
                WITHOUT,
            ),
            ("c0000200", "c0000200", NEVER),
            ("c0000200ffffff00", "c0000200ffffff00", NEVER),
            ("", "c0000200", NEVER),
        ] {
            let [base, address] = [base, address].map(|octets| hex::decode(octets).unwrap());
            let found = allowed(IP_ADDRESS, &base, &address);
            assert_eq!(found, expected, "{base:02x?} {address:02x?}");
        }
    }

    #[test]
    fn directory_names() {
        // O=Test; O=test, CN=a; CN=a, O=Test; none.
        let test = "300f310d300b060355040a0c0454657374";
        let below = "301b310d300b060355040a0c0474657374310a300806035504030c0161";
        let other = "301b310a300806035504030c0161310d300b060355040a0c0454657374";
        for (base, subject, expected) in [
            (test, test, WITHIN),
            (test, below, WITHIN),
            (test, other, WITHOUT),
            (below, test, WITHOUT),
            ("3000", test, WITHIN),
            ("", test, NEVER),
            (test, "", NEVER),
        ] {
            let [base, subject] = [base, subject].map(|octets| hex::decode(octets).unwrap());
            let found = allowed(DIRECTORY_NAME, &base, &subject);
            assert_eq!(found, expected, "{base:02x?} {subject:02x?}");
        }
    }

    /// The work is told beforehand by sizes, not by how many there are alone.
    #[test]
    fn large_names_cost_more() {
        let constraints = |base: usize, count: usize| NameConstraints {
            permitted: vec![subtree(DIRECTORY_NAME, &vec![0; base]); count],
            excluded: vec![],
        };
        for (base, subtrees, length, names, cost) in [
            (0, 0, 0, 10, 0),
            (12, 3, 12, 2, 6 + (72 + 24) / 32),
            (20, 400, 36_000, 10, 4_000 + (400 * 20 * 10 + 360_000) / 32),
            (30_000, 10, 30_000, 10, 100 + (100 * 30_000 + 300_000) / 32),
        ] {
            let names = vec![name(DIRECTORY_NAME, &vec![0; length]); names];
            assert_eq!(constraints(base, subtrees).cost(&names), cost, "{base}");
        }
        // What is too long for a host or a mailbox is not looked through again and again.
        assert_eq!(text(&[b'a'; LONGEST]).map(str::len), Some(LONGEST));
        assert_eq!(text(&[b'a'; LONGEST + 1]), None);
    }

    #[test]
    fn other_forms_are_refused_where_they_meet_their_own() {
        let uri = context(6);
        assert_eq!(
            allowed(uri, b"shop.example", b"https://shop.example/"),
            NEVER
        );
        let constraints = NameConstraints {
            permitted: vec![subtree(uri, b"shop.example")],
            excluded: vec![subtree(uri, b"shop.example")],
        };
        assert!(constraints.allow(&name(DNS_NAME, b"other.example")));
    }
}
