//! A certificate as a card that a beginner can read.

use std::ops::Range;

use padlock_lesson::text::{Text, say};
use padlock_pki::card::Card;
use padlock_pki::time::UnixSeconds;
use yew::prelude::*;

use crate::components::element::{definition, element, perhaps, row};
use crate::components::prose::show;
use crate::words::Words;

/// The eight things that a certificate says, and the one that is not in it.
///
/// With `on_place` each of the eight has a button that gives its place in the certificate's bytes.
pub fn card(
    words: &Words,
    title: Option<&Text>,
    card: &Card,
    on_place: Option<&Callback<Range<usize>>>,
) -> Html {
    let said = |(name, value, place): (Text, String, Range<usize>)| {
        let name = words.plain(&name);
        let button = on_place.map(|on_place| {
            html! {
                <button type="button" class="button button--quiet card__place"
                    aria-label={words.label(say::page_card_place(&*name))}
                    onclick={on_place.reform(move |_: MouseEvent| place.clone())}>
                    { words.say(say::page_view_bytes()) }
                </button>
            }
        });
        let value = row([value.into(), perhaps(button)]);
        definition("card__row", name.into(), value)
    };
    let absent = definition(
        "card__row card__row--absent",
        words.say(say::page_card_private()),
        show(words, &say::page_card_private_text()),
    );
    html! {
        <section class="card" aria-label={words.label(say::page_card_label())}>
            { perhaps(title.map(|title| element("h3", "card__title", show(words, title)))) }
            <dl class="card__rows">
                { row(rows(words, card).into_iter().map(said).chain([absent])) }
            </dl>
        </section>
    }
}

/// Each of the eight: its name, what the certificate says, and where.
fn rows(words: &Words, card: &Card) -> [(Text, String, Range<usize>); 8] {
    let none = || words.plain(&say::page_card_none());
    let places = card.places.clone();
    // An authority's common name is no domain.
    let subject = match card.is_authority {
        true => say::page_card_subject(),
        false => say::page_card_domain(),
    };
    let domain = card.domain.clone().unwrap_or_else(none);
    let names: Vec<_> = card
        .alternative_names
        .iter()
        .map(ToString::to_string)
        .collect();
    let names = if names.is_empty() {
        none()
    } else {
        names.join(", ")
    };
    let algorithm = card.signature.algorithm.unwrap_or(&card.signature.oid);
    let signature = say::page_card_signature_value(algorithm, card.signature.value.len());
    let organization = card.organization.clone().unwrap_or_else(none);
    // Without alternative names there is no place to point at but the name that might hold one.
    let names_at = places.alternative_names.unwrap_or(places.subject.clone());
    [
        (subject, domain, places.subject.clone()),
        (say::page_card_organization(), organization, places.subject),
        (
            say::page_card_issuer(),
            card.issuing_ca.clone(),
            places.issuer,
        ),
        (say::page_card_names(), names, names_at),
        (
            say::page_card_issued(),
            words.plain(&date(card.issued)),
            places.issued,
        ),
        (
            say::page_card_expires(),
            words.plain(&date(card.expires)),
            places.expires,
        ),
        (
            say::page_card_key(),
            card.public_key.to_string(),
            places.public_key,
        ),
        (
            say::page_card_signature(),
            words.plain(&signature),
            places.signature,
        ),
    ]
}

/// A date as people write it, to the minute.
#[must_use]
pub fn date(moment: UnixSeconds) -> Text {
    let date = moment.date();
    let time = format!("{:02}:{:02}", date.hour, date.minute);
    say::page_date(date.day, date.month, time, date.year.to_string())
}
