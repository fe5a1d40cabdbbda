//! What is known of an item besides what its card says.

use std::ops::Range;

use padlock_lesson::study::fact::{self, Vouched};
use padlock_lesson::text::{Argument, Text, say};
use padlock_pki::card::{Card, ListCard, RequestCard, Signature};
use padlock_pki::digest::Hash;
use padlock_pki::explain::Kind;
use padlock_pki::fingerprint::{Fingerprint, serial_number};
use padlock_pki::time::UnixSeconds;
use yew::prelude::*;

use super::found::{self, line};
use super::state::Entry;
use crate::components::card::{card, date};
use crate::components::copy::CopyButton;
use crate::components::element::{element, perhaps, row};
use crate::components::prose::{prose, show};
use crate::words::Words;

/// How many alternative names a card has room for.
const NAMES: usize = 40;
/// How many entries of a revocation list are drawn.
const REVOKED: usize = 50;

/// The card of a certificate, and what else is known of it.
pub(super) fn certificate(
    words: &Words,
    der: &[u8],
    said: &Card,
    signature: Html,
    now: UnixSeconds,
    on_place: &Callback<Range<usize>>,
) -> Html {
    let mut shown = said.clone();
    let count = shown.alternative_names.len();
    shown.alternative_names.truncate(NAMES);
    let many = || prose(say::read_fact_names(count, NAMES));
    let over = said.expires < now;
    let expires = match over {
        true => say::read_fact_expired(),
        false => say::read_fact_expires(),
    };
    let distance = |moment| words.say(fact::distance(moment, now));
    let pin = Fingerprint::of_key(der).map(|pin| pin.to_base64());
    let lines = [
        Some(line(words, say::read_fact_issued(), distance(said.issued))),
        Some(line(words, expires, distance(said.expires))),
        Some(line(
            words,
            say::read_fact_signature(),
            element("span", "facts__value", signature),
        )),
        Some(line(
            words,
            say::read_fact_serial(),
            value(serial_number(&said.serial_number)),
        )),
        Some(digest(words, Hash::Sha256, der)),
        Some(digest(words, Hash::Sha1, der)),
        pin.map(|pin| line(words, say::read_fact_pin(), value(pin))),
        Some(line(
            words,
            say::read_fact_subject(),
            value(said.subject.to_string()),
        )),
        Some(line(
            words,
            say::read_fact_issuer(),
            value(said.issuer.to_string()),
        )),
    ];
    html! {
        <>
            { card(words, None, &shown, Some(on_place)) }
            { perhaps((count > NAMES).then(many)) }
            { listed(words, say::read_facts(), lines.into_iter().flatten()) }
        </>
    }
}

/// The card of anything that is neither a certificate nor a private key.
pub(super) fn other(words: &Words, kind: Kind, der: &[u8], now: UnixSeconds) -> Html {
    let digest = || digest(words, Hash::Sha256, der);
    let lines = match kind {
        Kind::CertificationRequest => RequestCard::read(der).map(|card| request(words, &card)),
        Kind::CertificateList => ListCard::read(der).map(|card| list(words, &card, now)),
        _ => Some(Vec::new()),
    };
    let about = match (kind, &lines) {
        (_, None) => Some(say::read_no_card()),
        (Kind::CertificationRequest, _) => Some(say::read_request_private()),
        (Kind::ContentInfo, _) => Some(say::read_bundle_text()),
        (Kind::OcspResponse, _) => Some(say::read_response_text()),
        _ => None,
    };
    let title = match kind {
        Kind::CertificationRequest => say::read_request_label(),
        Kind::CertificateList => say::read_list_label(),
        _ => say::read_facts(),
    };
    let lines = lines.unwrap_or_default().into_iter().chain([digest()]);
    row([perhaps(about.map(prose)), listed(words, title, lines)])
}

fn request(words: &Words, card: &RequestCard) -> Vec<Html> {
    let names = card.alternative_names.iter().take(NAMES);
    let names: Vec<_> = names.map(ToString::to_string).collect();
    let key = match &card.public_key {
        Ok(kind) => kind.to_string(),
        Err(error) => error.to_string(),
    };
    let none = || words.plain(&say::page_card_none());
    let names = match names.is_empty() {
        true => none(),
        false => names.join(", "),
    };
    vec![
        line(
            words,
            say::read_fact_subject(),
            value(card.subject.to_string()),
        ),
        line(words, say::page_card_names(), value(names)),
        line(words, say::page_card_key(), value(key)),
        line(
            words,
            say::read_fact_signature(),
            signature(words, &card.signature),
        ),
    ]
}

fn list(words: &Words, card: &ListCard, now: UnixSeconds) -> Vec<Html> {
    let moment = |moment: UnixSeconds| {
        let when = [
            words.plain(&date(moment)),
            words.plain(&fact::distance(moment, now)),
        ];
        value(when.join(", "))
    };
    let none = || words.say(say::page_card_none());
    let number = card.number.as_deref().map(serial_number);
    let mut lines = vec![
        line(
            words,
            say::read_list_issuer(),
            value(card.issuer.to_string()),
        ),
        line(words, say::read_list_this(), moment(card.this_update)),
        line(
            words,
            say::read_list_next(),
            card.next_update.map_or_else(none, moment),
        ),
        line(
            words,
            say::read_list_number(),
            number.map_or_else(none, value),
        ),
        line(
            words,
            say::read_fact_signature(),
            signature(words, &card.signature),
        ),
        line(
            words,
            say::read_list_count(),
            card.revoked.len().to_string().into(),
        ),
    ];
    if !card.revoked.is_empty() {
        let entry = |entry: &padlock_pki::card::Revoked| {
            let reason: Argument = match entry.reason {
                Some(reason) => reason.into(),
                None => say::read_list_no_reason().into(),
            };
            let serial = serial_number(&entry.serial_number);
            let text = say::read_list_entry(date(entry.date), reason, serial);
            element("li", "facts__entry", words.say(text))
        };
        let rest = card.revoked.len().saturating_sub(REVOKED);
        let more = || {
            element(
                "li",
                "facts__entry",
                words.say(say::read_problems_more(rest)),
            )
        };
        let entries = row([
            row(card.revoked.iter().take(REVOKED).map(entry)),
            perhaps((rest > 0).then(more)),
        ]);
        lines.push(line(
            words,
            say::read_list_entries(),
            element("ul", "facts__entries", entries),
        ));
    }
    lines
}

fn signature(words: &Words, signature: &Signature) -> Html {
    let algorithm = signature.algorithm.unwrap_or(&signature.oid);
    words.say(say::page_card_signature_value(
        algorithm,
        signature.value.len(),
    ))
}

/// Whether the signature of a certificate checks out.
pub(super) fn vouched(words: &Words, vouched: &Vouched, entries: &[(usize, &Entry)]) -> Html {
    let text = match vouched {
        Vouched::By { is_self: true, .. } => say::read_signed_self(),
        Vouched::By { issuer, .. } => match entries.get(*issuer) {
            Some((number, entry)) => say::read_signed_by(found::name(words, entry), number + 1),
            None => say::read_signed_demo(),
        },
        Vouched::ByNone => say::read_signed_by_none(),
        Vouched::Unverifiable => say::read_signed_unverifiable(),
        Vouched::IssuerMissing => say::read_signed_missing(),
    };
    show(words, &text)
}

fn digest(words: &Words, hash: Hash, der: &[u8]) -> Html {
    let name = match hash {
        Hash::Sha1 => say::read_fact_sha1(),
        _ => say::read_fact_sha256(),
    };
    line(words, name, value(Fingerprint::of(hash, der).to_string()))
}

/// A value of many letters, to be copied.
fn value(text: String) -> Html {
    let copied = text.clone();
    let on_copy = Callback::from(move |()| copied.clone());
    row([
        element("code", "facts__value", text.into()),
        html! { <CopyButton label={say::read_copy()} text={on_copy} /> },
    ])
}

fn listed(words: &Words, title: Text, lines: impl Iterator<Item = Html>) -> Html {
    html! {
        <section class="facts" aria-label={words.label(title.clone())}>
            { element("h3", "facts__title", words.say(title)) }
            <dl class="card__rows">{ row(lines) }</dl>
        </section>
    }
}
