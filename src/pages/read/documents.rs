//! What stands on the cards of requests, lists, answers and bundles.

use padlock_lesson::study::fact::{self, OwnSignature};
use padlock_lesson::text::{Argument, Text, say};
use padlock_pki::card::{
    Answer, Answered, BundleCard, CertificateStatus, ListCard, RequestCard, Responder,
    ResponseCard, Signature,
};
use padlock_pki::digest::Hash;
use padlock_pki::explain::Kind;
use padlock_pki::fingerprint::serial_number;
use padlock_pki::time::UnixSeconds;
use padlock_wire::hex;
use yew::prelude::*;

use super::facts::{NAMES, digest, listed, value};
use super::found::line;
use crate::components::card::date;
use crate::components::element::{element, perhaps, row};
use crate::components::prose::{prose, show};
use crate::words::Words;

/// How many entries of a list are drawn.
const ENTRIES: usize = 50;

/// The card of anything that is neither a certificate nor a private key; `vouched` says of a list
/// whether its signature checks out.
pub(super) fn other(
    words: &Words,
    kind: Kind,
    der: &[u8],
    vouched: Html,
    now: UnixSeconds,
) -> Html {
    let digest = || digest(words, Hash::Sha256, der);
    let lines = match kind {
        Kind::CertificationRequest => RequestCard::read(der).map(|card| request(words, &card, der)),
        Kind::CertificateList => ListCard::read(der).map(|card| list(words, &card, vouched, now)),
        Kind::OcspResponse => ResponseCard::read(der).map(|card| response(words, &card, now)),
        Kind::ContentInfo => BundleCard::read(der).map(|card| bundle(words, &card, der)),
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
        Kind::OcspResponse => say::read_response_label(),
        Kind::ContentInfo => say::read_bundle_label(),
        _ => say::read_facts(),
    };
    let lines = lines.unwrap_or_default().into_iter().chain([digest()]);
    row([perhaps(about.map(prose)), listed(words, title, lines)])
}

fn request(words: &Words, card: &RequestCard, der: &[u8]) -> Vec<Html> {
    let names = card.alternative_names.iter().take(NAMES);
    let names: Vec<_> = names.map(ToString::to_string).collect();
    let key = match &card.public_key {
        Ok(kind) => kind.to_string(),
        Err(error) => error.to_string(),
    };
    let names = match names.is_empty() {
        true => words.plain(&say::page_card_none()),
        false => names.join(", "),
    };
    let by = match fact::own_signature(der) {
        OwnSignature::Fits => say::read_request_own(),
        OwnSignature::DoesNotFit => say::read_request_not_own(),
        OwnSignature::Unverifiable => say::read_signed_unverifiable(),
    };
    let subject = value(card.subject.to_string());
    vec![
        line(words, say::read_fact_subject(), subject),
        line(words, say::page_card_names(), value(names)),
        line(words, say::page_card_key(), value(key)),
        line(words, say::read_fact_signature(), show(words, &by)),
        algorithm(words, &card.signature),
    ]
}

/// A moment, and how far away it is.
fn moment(words: &Words, moment: UnixSeconds, now: UnixSeconds) -> Html {
    let when = [
        words.plain(&date(moment)),
        words.plain(&fact::distance(moment, now)),
    ];
    value(when.join(", "))
}

/// As many of these as there is room for, in a line.
fn entries(words: &Words, name: Text, all: impl ExactSizeIterator<Item = Text>) -> Html {
    let rest = all.len().saturating_sub(ENTRIES);
    let entry = |text: Text| element("li", "facts__entry", words.say(text));
    let more = (rest > 0).then(|| entry(say::read_problems_more(rest)));
    let drawn = row(all.take(ENTRIES).map(entry));
    let inside = row([drawn, perhaps(more)]);
    line(words, name, element("ul", "facts__entries", inside))
}

fn reason(reason: Option<&'static str>) -> Argument {
    match reason {
        Some(reason) => reason.into(),
        None => say::read_list_no_reason().into(),
    }
}

fn list(words: &Words, card: &ListCard, vouched: Html, now: UnixSeconds) -> Vec<Html> {
    let none = || words.say(say::page_card_none());
    let moment = |at| moment(words, at, now);
    let number = card.number.as_deref().map(serial_number);
    let number = number.map_or_else(none, value);
    let next = card.next_update.map_or_else(none, moment);
    let issuer = value(card.issuer.to_string());
    let count = card.revoked.len();
    let mut lines = vec![
        line(words, say::read_list_issuer(), issuer),
        line(words, say::read_list_this(), moment(card.this_update)),
        line(words, say::read_list_next(), next),
        line(words, say::read_list_number(), number),
        line(words, say::read_fact_signature(), vouched),
        algorithm(words, &card.signature),
        line(words, say::read_list_count(), count.to_string().into()),
    ];
    if count > 0 {
        let revoked = card.revoked.iter().map(|entry| {
            let serial = serial_number(&entry.serial_number);
            say::read_list_entry(date(entry.date), reason(entry.reason), serial)
        });
        lines.push(entries(words, say::read_list_entries(), revoked));
    }
    lines
}

fn response(words: &Words, card: &ResponseCard, now: UnixSeconds) -> Vec<Html> {
    let answer = match card {
        ResponseCard::Answer(answer) => answer,
        ResponseCard::Refusal { status, name } => {
            let status = name.map_or_else(|| status.to_string(), str::to_owned);
            let refusal = show(words, &say::read_response_refusal(status));
            return vec![line(words, say::read_response_answers(), refusal)];
        }
    };
    let Answer {
        responder,
        produced,
        about,
        certificates,
        signature,
    } = answer;
    let responder = match responder {
        Responder::Name(name) => value(name.to_string()),
        Responder::Key(hash) => words.say(say::read_response_key(hex::encode(hash))),
    };
    let said = about.iter().map(|about: &Answered| {
        let serial = serial_number(&about.serial_number);
        match about.status {
            CertificateStatus::Good => say::read_response_good(date(about.this_update), serial),
            CertificateStatus::Unknown => say::read_response_unknown(serial),
            CertificateStatus::Revoked {
                date: since,
                reason: why,
            } => say::read_response_revoked(date(since), reason(why), serial),
        }
    });
    let produced = moment(words, *produced, now);
    let certificates = certificates.to_string().into();
    vec![
        line(words, say::read_response_responder(), responder),
        line(words, say::read_response_produced(), produced),
        entries(words, say::read_response_answers(), said),
        line(words, say::read_response_certificates(), certificates),
        algorithm(words, signature),
    ]
}

fn bundle(words: &Words, card: &BundleCard, der: &[u8]) -> Vec<Html> {
    let BundleCard {
        certificates,
        lists,
        signers,
        ..
    } = card;
    let by = match signers {
        0 => say::read_bundle_by_nobody(),
        count => say::read_bundle_by(*count),
    };
    let count = |name, count: usize| line(words, name, count.to_string().into());
    let named = certificates.iter().map(|place| {
        let subject = der.get(place.clone()).and_then(fact::subject);
        subject.map_or_else(say::read_broken, say::read_bundle_item)
    });
    vec![
        entries(words, say::read_bundle_certificates(), named),
        count(say::read_bundle_lists(), lists.len()),
        line(words, say::read_bundle_signed(), show(words, &by)),
    ]
}

fn algorithm(words: &Words, signature: &Signature) -> Html {
    let name = signature.algorithm.unwrap_or(&signature.oid);
    let text = say::page_card_signature_value(name, signature.value.len());
    line(words, say::read_compare_algorithm(), words.say(text))
}
