//! A certificate as a card that a beginner can read.

use padlock_lesson::text::{Text, say};
use padlock_pki::card::Card;
use padlock_pki::time::UnixSeconds;
use yew::prelude::*;

use crate::components::prose::show;
use crate::words::Words;

/// The eight things that a certificate says, and the one that is not in it.
pub fn card(words: &Words, title: Option<&Text>, card: &Card) -> Html {
    let none = || words.plain(&say::page_card_none());
    let row = |name: Text, value: Html| {
        html! { <div class="card__row"><dt>{ words.plain(&name) }</dt><dd>{ value }</dd></div> }
    };
    let domain = match &card.domain {
        Some(domain) => domain.clone(),
        None if card.is_authority => words.plain(&say::page_card_authority()),
        None => none(),
    };
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
    html! {
        <section class="card" aria-label={words.plain(&say::page_card_label())}>
            if let Some(title) = title {
                <h3 class="card__title">{ show(words, title) }</h3>
            }
            <dl class="card__rows">
                { row(say::page_card_domain(), html! { domain }) }
                { row(say::page_card_organization(), html! { card.organization.clone().unwrap_or_else(none) }) }
                { row(say::page_card_issuer(), html! { card.issuing_ca.clone() }) }
                { row(say::page_card_names(), html! { names }) }
                { row(say::page_card_issued(), html! { words.plain(&date(card.issued)) }) }
                { row(say::page_card_expires(), html! { words.plain(&date(card.expires)) }) }
                { row(say::page_card_key(), html! { card.public_key.to_string() }) }
                { row(say::page_card_signature(), html! { words.plain(&signature) }) }
                <div class="card__row card__row--absent">
                    <dt>{ words.plain(&say::page_card_private()) }</dt>
                    <dd>{ show(words, &say::page_card_private_text()) }</dd>
                </div>
            </dl>
        </section>
    }
}

/// A date as people write it, to the minute.
fn date(moment: UnixSeconds) -> Text {
    let date = moment.date();
    let time = format!("{:02}:{:02}", date.hour, date.minute);
    say::page_date(date.day, date.month, time, date.year.to_string())
}
