//! What a verdict is asked: by the reader, and by what the certificate itself suggests.

use padlock_lesson::study::judge::Question;
use padlock_pki::card::Card;
use padlock_pki::certificate;
use padlock_pki::explain::Kind;
use padlock_pki::name::DistinguishedName;
use padlock_pki::signed::Signed;
use padlock_pki::time::UnixSeconds;
use padlock_pki::verify::{Purpose, Reference};

use super::super::state::{Asked, Entry, Trust};

/// The most other certificates that a path is looked for among.
pub(super) const CHAIN: usize = 100;

/// What the certificate itself suggests to ask.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Suggested {
    pub(super) name: String,
    pub(super) purpose: Purpose,
    /// Whether it is an authority's, which sides of a connection seldom show as their own.
    pub(super) is_authority: bool,
}

impl Suggested {
    pub(super) fn by(entry: Option<&Entry>) -> Self {
        let card = entry.and_then(|entry| Card::read(entry.item.der()).ok());
        let purposes = card
            .as_ref()
            .and_then(|card| card.extended_key_usage.as_ref());
        let has = |purpose: &str| {
            purposes.is_some_and(|purposes| purposes.iter().any(|one| one == purpose))
        };
        let purpose = match has("id-kp-clientAuth") && !has("id-kp-serverAuth") {
            true => Purpose::Client,
            false => Purpose::Server,
        };
        let is_authority = card.as_ref().is_some_and(|card| card.is_authority);
        let domain = card.filter(|card| !card.is_authority);
        let domain = domain.and_then(|card| card.domain).unwrap_or_default();
        // A wildcard stands for one label, whichever.
        let name = match domain.strip_prefix("*.") {
            Some(rest) => format!("www.{rest}"),
            None => domain,
        };
        Self {
            name,
            purpose,
            is_authority,
        }
    }
}

/// What a verdict is asked of.
pub(super) fn question(
    entries: &[Entry],
    chosen: usize,
    asked: &Asked,
    now: i64,
    suggested: &Suggested,
    roots: &[Vec<u8>],
) -> Question {
    let der = |entry: &Entry| entry.item.der().to_vec();
    let chain = members(entries, chosen).map(|(_, entry)| der(entry));
    let chain: Vec<Vec<u8>> = chain.collect();
    let anchors = match asked.trust {
        Trust::Demonstration | Trust::Mozilla => roots.to_vec(),
        Trust::Given => chain
            .iter()
            .filter(|der| is_self_signed(der))
            .cloned()
            .collect(),
    };
    let evidence = |kind: Kind| {
        let asked = entries.iter().filter(|_| !asked.without_evidence);
        let found = asked.filter(|entry| entry.is(kind)).map(der);
        found.take(CHAIN).collect()
    };
    let name = host(asked.name.as_deref().unwrap_or(&suggested.name));
    let date = asked.date.as_deref().and_then(moment);
    Question {
        anchors,
        name: (!name.is_empty()).then(|| name.to_owned()),
        now: date.unwrap_or(UnixSeconds(now)),
        purpose: asked.purpose.unwrap_or(suggested.purpose),
        policy: asked.policy,
        crls: evidence(Kind::CertificateList),
        ocsp_responses: evidence(Kind::OcspResponse),
        chain,
    }
}

/// The certificates that a verdict is about, each with its place among the entries: first the one
/// that is judged.
pub(super) fn members(entries: &[Entry], chosen: usize) -> impl Iterator<Item = (usize, &Entry)> {
    let first = entries.get(chosen).map(|entry| (chosen, entry));
    let others = entries.iter().enumerate();
    let others = others.filter(move |(at, entry)| *at != chosen && entry.is(Kind::Certificate));
    first.into_iter().chain(others.take(CHAIN))
}

/// Whether a certificate names itself as its issuer, and its own key made its signature.
fn is_self_signed(der: &[u8]) -> bool {
    let is_self_issued =
        Card::read(der).is_ok_and(|card| DistinguishedName::matches(&card.subject, &card.issuer));
    let key = certificate::public_key(der).ok().filter(|_| is_self_issued);
    let signed = Signed::read(der);
    key.zip(signed)
        .is_some_and(|(key, signed)| signed.verify(&key).is_ok())
}

/// The host in what is typed for its name: of an address of a page, and of a host with a port.
fn host(typed: &str) -> &str {
    let typed = typed.trim();
    if Reference::read(typed).is_some() {
        return typed;
    }
    let rest = typed.split_once("://").map_or(typed, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let place = authority
        .rsplit_once('@')
        .map_or(authority, |(_, place)| place);
    let is_port = |port: &str| port.bytes().all(|digit| digit.is_ascii_digit());
    let host = place.rsplit_once(':').filter(|(_, port)| is_port(port));
    let host = host.map_or(place, |(host, _)| host);
    // What has no host in it is told as it was typed.
    match Reference::read(host) {
        Some(_) => host,
        None => typed,
    }
}

/// The moment in a field for dates, which may leave out the seconds.
pub(super) fn moment(date: &str) -> Option<UnixSeconds> {
    let seconds = if date.len() == 16 { ":00Z" } else { "Z" };
    UnixSeconds::from_rfc3339(&format!("{date}{seconds}")).ok()
}

#[cfg(test)]
mod tests {
    use padlock_lesson::study::example::Example;
    use padlock_pki::pem;
    use padlock_pki::time::UnixSeconds;

    use super::{host, is_self_signed, moment};

    #[test]
    fn a_name_is_its_own_and_the_signature_too() {
        let chain = pem::certificates(&Example::Chain.pem(UnixSeconds(1_795_285_800))).unwrap();
        let mut root = chain.last().unwrap().clone();
        assert!(!is_self_signed(&chain[0]));
        assert!(is_self_signed(&root));
        *root.last_mut().unwrap() ^= 1;
        assert!(!is_self_signed(&root));
    }

    #[test]
    fn the_host_is_taken_from_what_is_pasted() {
        for (typed, expected) in [
            (" shop.example ", "shop.example"),
            ("shop.example:443", "shop.example"),
            ("https://shop.example/buy?a=b#c", "shop.example"),
            ("https://user:word@shop.example:8443/", "shop.example"),
            ("2001:db8::1", "2001:db8::1"),
            ("[2001:db8::1]:443", "[2001:db8::1]"),
            ("192.0.2.1:443", "192.0.2.1"),
            ("bücher.example", "bücher.example"),
            ("https://", "https://"),
            ("", ""),
        ] {
            assert_eq!(host(typed), expected, "{typed}");
        }
    }

    #[test]
    fn dates_of_the_field_are_moments() {
        for (date, expected) in [
            ("2026-11-21T18:30", Some(1_795_285_800)),
            ("2026-11-21T18:30:05", Some(1_795_285_805)),
            ("2026-02-30T00:00", None),
            ("", None),
        ] {
            assert_eq!(moment(date), expected.map(UnixSeconds), "{date}");
        }
    }
}
