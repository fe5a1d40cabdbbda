//! What is known of a certificate besides what its card says.

use std::ops::Range;

use padlock_lesson::study::fact::{self, Vouched};
use padlock_lesson::text::{Text, say};
use padlock_pki::card::Card;
use padlock_pki::digest::Hash;
use padlock_pki::fingerprint::{Fingerprint, serial_number};
use padlock_pki::time::UnixSeconds;
use yew::prelude::*;

use super::found::{self, line};
use super::state::Entry;
use crate::components::card::card;
use crate::components::copy::CopyButton;
use crate::components::element::{element, perhaps, row};
use crate::components::prose::{prose, show};
use crate::words::Words;

/// How many alternative names a card has room for.
pub(super) const NAMES: usize = 40;

/// A part under its heading; where it has a place to be found by, it is folded away behind that.
pub(super) fn part(heading: Html, inside: Html, folded: Option<&NodeRef>) -> Html {
    match folded {
        Some(place) => html! {
            <details class="exhibit__part" ref={place}><summary>{ heading }</summary>{ inside }</details>
        },
        None => row([heading, inside]),
    }
}

/// The card of a certificate, and what else is known of it.
pub(super) fn certificate(
    words: &Words,
    der: &[u8],
    said: &Card,
    signature: Html,
    now: UnixSeconds,
    on_place: &Callback<Range<usize>>,
    folded: bool,
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
    let lines = lines.into_iter().flatten();
    let facts = match folded {
        true => part(
            element("h2", "facts__title", words.say(say::read_facts())),
            html! { <dl class="facts card__rows">{ row(lines) }</dl> },
            Some(&NodeRef::default()),
        ),
        false => listed(words, say::read_facts(), lines),
    };
    html! {
        <>
            { card(words, None, &shown, Some(on_place)) }
            { perhaps((count > NAMES).then(many)) }
            { facts }
        </>
    }
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
        Vouched::NotItself => say::read_signed_by_none_own(),
        Vouched::Unverifiable => say::read_signed_unverifiable(),
        Vouched::IssuerMissing => say::read_signed_missing(),
    };
    show(words, &text)
}

pub(super) fn digest(words: &Words, hash: Hash, der: &[u8]) -> Html {
    let name = match hash {
        Hash::Sha1 => say::read_fact_sha1(),
        _ => say::read_fact_sha256(),
    };
    line(words, name, value(Fingerprint::of(hash, der).to_string()))
}

/// A value of many letters, to be copied.
pub(super) fn value(text: String) -> Html {
    let copied = text.clone();
    let on_copy = Callback::from(move |()| copied.clone());
    row([
        element("code", "facts__value", text.into()),
        html! { <CopyButton label={say::read_copy()} text={on_copy} /> },
    ])
}

pub(super) fn listed(words: &Words, title: Text, lines: impl Iterator<Item = Html>) -> Html {
    html! {
        <section class="facts" aria-label={words.label(title.clone())}>
            { element("h3", "facts__title", words.say(title)) }
            <dl class="card__rows">{ row(lines) }</dl>
        </section>
    }
}
