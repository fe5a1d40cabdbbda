//! One item laid open.

use std::ops::Range;

use padlock_lesson::study::fact::Vouched;
use padlock_lesson::study::{fact, fault};
use padlock_lesson::text::say;
use padlock_pki::card::{Card, ListCard};
use padlock_pki::explain::{Kind, Problem};
use padlock_pki::read::{Content, Item};
use padlock_pki::time::UnixSeconds;
use padlock_wire::hex;
use web_sys::Element;
use yew::prelude::*;

use super::compare::Compare;
use super::documents;
use super::facts;
use super::found::{self, unlisted};
use super::originals::Change;
use super::state::{Action, Asked, Entry, Roots};
use super::verdict::Verdict;
use crate::components::artefact::{Artefact, Model, Pointed};
use crate::components::element::{button, element, perhaps, row};
use crate::components::icon::{Icon, icon};
use crate::components::prose::{prose, show};
use crate::context::{Around, use_surroundings};
use crate::hooks::turns::use_turns;
use crate::shared::Shared;
use crate::words::Words;

/// How many problems are listed.
const PROBLEMS: usize = 30;
/// From so many bytes on, the parts of an exhibit are drawn one after the other.
const MUCH: usize = 32_768;
/// In which turn each part is drawn, after the card.
const VERDICT: usize = 1;
const COMPARISON: usize = 2;
const BYTES: usize = 3;

/// How many of the other certificates an issuer is looked for among.
const OTHERS: usize = 200;

#[derive(Clone, Debug, PartialEq, Properties)]
pub(super) struct ExhibitProperties {
    /// All that was found.
    pub(super) entries: Shared<Vec<Entry>>,
    /// Which of it is shown.
    pub(super) chosen: usize,
    /// What the verdict is asked.
    pub(super) asked: Asked,
    /// The moment that counts as now.
    pub(super) now: i64,
    /// With which it is compared.
    pub(super) other: Option<usize>,
    /// Where it is one that was opened before, with a place changed.
    pub(super) change: Option<Change>,
    /// What is pointed at in the bytes.
    pub(super) pointed: Option<Pointed>,
    /// The roots of the demonstration.
    pub(super) roots: Shared<Vec<Vec<u8>>>,
    /// The roots that Mozilla trusts.
    pub(super) mozilla: Roots,
    /// Whether what is looked at seldom is folded away.
    pub(super) folded: bool,
    /// Tells what the reader does.
    pub(super) act: Callback<Action>,
}

/// The card, the verdict, the comparison and the bytes of an item.
#[component]
pub(super) fn Exhibit(properties: &ExhibitProperties) -> Html {
    let ExhibitProperties {
        entries,
        chosen,
        asked,
        now,
        other,
        change,
        pointed,
        roots,
        mozilla,
        folded,
        act,
    } = properties;
    let around = use_surroundings();
    let Around { platform, words } = &*around;
    let item = entries.get(*chosen).map(|entry| entry.item.clone());
    let size: usize = entries.iter().map(|entry| entry.item.der().len()).sum();
    let last = if size > MUCH { BYTES } else { 0 };
    let turn = use_turns(&(entries.clone(), *chosen), last);
    let is_drawn = |part| turn >= last.min(part);
    let laid = use_memo(
        (item.clone(), change.clone(), is_drawn(BYTES)),
        |(item, change, is_drawn)| lay_open(item.as_ref().filter(|_| *is_drawn)?, change.as_ref()),
    );
    let card = use_memo(item, |item| {
        let item = item
            .as_ref()
            .filter(|item| item.kind() == Some(Kind::Certificate))?;
        Card::read(item.der()).ok()
    });
    let issuer = use_memo((entries.clone(), *chosen), |(entries, chosen)| {
        let item = &entries.get(*chosen)?.item;
        match item.kind()? {
            Kind::Certificate => Some(card.as_ref().as_ref()?.issuer.clone()),
            Kind::CertificateList => Some(ListCard::read(item.der())?.issuer),
            _ => None,
        }
    });
    let signature = use_memo(
        (entries.clone(), *chosen, *now, mozilla.clone()),
        |(entries, chosen, _, mozilla)| {
            let der = entries.get(*chosen)?.item.der();
            let others = others(entries);
            let own = others.len() + roots.len();
            let mozilla = mozilla.here().map(|roots| &***roots).unwrap_or_default();
            let issuers = others.iter().map(|(_, entry)| entry.item.der());
            let known = roots.iter().chain(mozilla).map(Vec::as_slice);
            let issuers: Vec<&[u8]> = issuers.chain(known).collect();
            let vouched = fact::vouched(der, issuer.as_ref().as_ref()?, &issuers);
            let by_mozilla = match vouched {
                Vouched::By { issuer, .. } => mozilla.get(issuer.wrapping_sub(own)),
                _ => None,
            };
            let named = by_mozilla.map(|root| fact::subject(root).unwrap_or_default());
            Some((vouched, named))
        },
    );
    {
        let source = platform.roots.clone();
        let act = act.clone();
        use_effect_with(*mozilla == Roots::Awaited, move |awaited| {
            if *awaited {
                source.fetch(act.reform(Action::Fetched));
            }
        });
    }
    let fold = use_node_ref();
    {
        // What is pointed at comes on view, and whoever goes by keyboard goes on from there.
        let screen = platform.screen.clone();
        let count = pointed.as_ref().map(|pointed| pointed.count);
        let count = count.filter(|_| is_drawn(BYTES));
        let fold = fold.clone();
        use_effect_with(count, move |count| {
            if count.is_some() {
                if let Some(fold) = fold.cast::<Element>() {
                    let _unopened = fold.set_attribute("open", "");
                }
                screen.bring(&["read-bytes"]);
                screen.focus("read-bytes");
            }
        });
    }
    let Some(entry) = entries.get(*chosen) else {
        return Html::default();
    };
    let on_place = act.reform(Action::Point);
    let name = found::name(words, entry);
    let title = match name.is_empty() {
        true => found::kind(entry),
        false => say::read_item(found::kind(entry), name.as_str()),
    };
    let now_at = UnixSeconds(*now);
    let told = |(vouched, by_mozilla): &(Vouched, Option<String>)| match (by_mozilla, vouched) {
        (Some(name), _) => show(words, &say::read_signed_mozilla(name.as_str())),
        (None, Vouched::IssuerMissing) if entry.is(Kind::CertificateList) => {
            show(words, &say::read_list_signed_missing())
        }
        (None, vouched) => facts::vouched(words, vouched, &others(entries)),
    };
    let signature = perhaps(signature.as_ref().as_ref().map(told));
    let about = match (&entry.item.content, card.as_ref()) {
        (Content::PrivateKey(kind), _) => row([
            element("div", "note", prose(fact::private_key(*kind))),
            prose(say::read_key_advice()),
        ]),
        (Content::Document { der, .. }, Some(card)) => {
            facts::certificate(words, der, card, signature, now_at, &on_place, *folded)
        }
        (
            Content::Document {
                kind: Kind::Certificate,
                ..
            },
            None,
        ) => prose(say::read_no_card()),
        (Content::Document { kind, der }, None) => {
            documents::other(words, *kind, der, signature, now_at)
        }
    };
    let compared = || {
        html! {
            <Compare entries={entries.clone()} chosen={*chosen} other={*other}
                folded={*folded} act={act.clone()} />
        }
    };
    let judged = || {
        html! {
            <>
                <Verdict entries={entries.clone()} chosen={*chosen} asked={asked.clone()} now={*now}
                    roots={roots.clone()} mozilla={mozilla.clone()} act={act.clone()} />
                { perhaps(is_drawn(COMPARISON).then(compared)) }
            </>
        }
    };
    let bytes = laid.as_ref().as_ref().map(|laid| {
        let heading = html! { <h2 id="read-bytes" tabindex="-1">{ words.say(say::read_bytes()) }</h2> };
        let inside = html! {
            <>
                { problems(words, &laid.1, &on_place) }
                <Artefact model={laid.0.clone()} name={words.label(title.clone())} id="read" pointed={pointed.clone()} />
            </>
        };
        facts::part(heading, inside, folded.then_some(&fold))
    });
    html! {
        <div class="exhibit">
            <h2 id="read-item">{ words.say(title.clone()) }</h2>
            { perhaps(change.as_ref().map(|change| changed(words, change, &on_place))) }
            { about }
            { perhaps((entry.is(Kind::Certificate) && is_drawn(VERDICT)).then(judged)) }
            { perhaps(bytes) }
        </div>
    }
}

/// The bytes of an item with their fields, and what is wrong with them.
fn lay_open(item: &Shared<Item>, change: Option<&Change>) -> Option<(Shared<Model>, Vec<Problem>)> {
    let (tree, problems) = item.explain()?;
    let changed = change.map_or(0..0, |change| change.at.clone());
    let model = Model::changed(item.der(), &tree, changed);
    Some((Shared::new(model), problems))
}

/// Where it was changed, and the way there.
fn changed(words: &Words, change: &Change, on_place: &Callback<Range<usize>>) -> Html {
    let Change { at, found, before } = change;
    let told = say::read_changed(hex::encode(before), hex::encode(found));
    // The byte, not all of the field that it is in.
    let at = at.start;
    let place = words.say(say::read_changed_go(at));
    let on_click = on_place.reform(move |_: MouseEvent| at..at);
    let parts = [prose(told), button("button", place, on_click)];
    element("div", "note exhibit__changed", row(parts))
}

/// The certificates among the entries, as many as are looked at, each with its place.
pub(super) fn others(entries: &[Entry]) -> Vec<(usize, &Entry)> {
    let entries = entries.iter().enumerate();
    let certificates = entries.filter(|(_, entry)| entry.is(Kind::Certificate));
    certificates.take(OTHERS).collect()
}

/// What is wrong with the bytes; each leads to its place.
fn problems(words: &Words, problems: &[Problem], on_place: &Callback<Range<usize>>) -> Html {
    if problems.is_empty() {
        return html! { <p>{ words.say(say::read_bytes_sound()) }</p> };
    }
    let line = |problem: &Problem| {
        let at = problem.at;
        let label = words.label(say::read_bytes_at(at));
        let onclick = on_place.reform(move |_: MouseEvent| at..at);
        html! {
            <li class="faults__row">
                { icon(Icon::Warning) }
                { prose(fault::of_bytes(problem)) }
                <button type="button" class="button button--quiet card__place" aria-label={label} {onclick}>
                    { words.say(say::read_place_byte(at)) }
                </button>
            </li>
        }
    };
    let rest = problems.len().saturating_sub(PROBLEMS);
    html! {
        <>
            <p id="read-problems">{ words.say(say::read_bytes_problems(problems.len())) }</p>
            <ul class="faults" aria-labelledby="read-problems">
                { row(problems.iter().take(PROBLEMS).map(line)) }
                { unlisted(words, rest) }
            </ul>
        </>
    }
}
