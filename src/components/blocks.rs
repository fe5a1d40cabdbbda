//! A step in words.

use padlock_lesson::lesson::{Block, CheckRow, Lesson, Outcome};
use padlock_lesson::text::{Text, say};
use padlock_tls::trace::Party;
use yew::prelude::*;

use crate::components::card::card;
use crate::components::element::{element, row, unseen};
use crate::components::icon::{Icon, icon};
use crate::components::party::actor;
use crate::components::prose::{prose, show};
use crate::components::truth::link;
use crate::words::Words;

/// The blocks of a step, one after the other.
pub fn blocks(words: &Words, lesson: &Lesson, blocks: &[Block]) -> Html {
    let around =
        |(at, shown)| html! { <div class="block" key={at}>{ block(words, lesson, shown) }</div> };
    row(blocks.iter().enumerate().map(around))
}

fn block(words: &Words, lesson: &Lesson, block: &Block) -> Html {
    match block {
        Block::Paragraph(text) => prose(text.clone()),
        Block::Note(text) => element("aside", "note", prose(text.clone())),
        #[cfg(feature = "complete")]
        Block::Detail { title, text } => html! {
            <details class="detail">
                { element("summary", "checks__more", show(words, title)) }
                { prose(text.clone()) }
            </details>
        },
        Block::Checks(rows) => checks(words, rows),
        Block::Card { title, card: shown } => card(words, Some(title), shown, None),
        Block::Quote { from, text } => {
            let class = match from {
                Party::Client => "quote quote--client",
                Party::Server => "quote quote--server",
            };
            let from = words.say(say::page_quote_from(actor(lesson, *from).name.clone()));
            html! {
                <figure {class}>
                    <figcaption>{ from }</figcaption>
                    <blockquote>{ text }</blockquote>
                </figure>
            }
        }
    }
}

/// The checks of the peer's own certificate, and whatever failed; the rest is folded away.
pub fn checks(words: &Words, rows: &[CheckRow]) -> Html {
    checks_with(words, rows, |_| Html::default())
}

/// The same, with what `more` adds to each, which it is told by its place among the rows.
pub fn checks_with(words: &Words, rows: &[CheckRow], more: impl Fn(usize) -> Html) -> Html {
    type Numbered<'a> = (usize, &'a CheckRow);
    let is_folded = |(_, row): &Numbered| row.of_authority && row.outcome != Outcome::Failed;
    let (folded, shown): (Vec<_>, Vec<_>) = rows.iter().enumerate().partition(is_folded);
    let list = |rows: &[Numbered], label| {
        let line = |(at, row): &Numbered| check(words, row, more(*at));
        html! {
            <ul class="checks" aria-label={words.label(label)}>{ row(rows.iter().map(line)) }</ul>
        }
    };
    let passed = folded
        .iter()
        .filter(|(_, row)| row.outcome == Outcome::Passed);
    // Where not all of the peer's own was checked, it is open whether the others vouch for it.
    let is_whole = !shown
        .iter()
        .any(|(_, row)| row.outcome == Outcome::NotReached);
    let summary = match (folded.len(), passed.count()) {
        (0, _) => return list(&shown, say::page_checks_label()),
        (count, _) if !is_whole => say::page_checks_others(count),
        (count, passed) if count == passed => say::page_checks_authority_all(count),
        (count, passed) => say::page_checks_authority(count, passed),
    };
    html! {
        <>
            { list(&shown, say::page_checks_label()) }
            <details class="checks__fold">
                { element("summary", "checks__more", words.say(summary.clone())) }
                { list(&folded, summary) }
            </details>
        </>
    }
}

fn check(words: &Words, check: &CheckRow, more: Html) -> Html {
    let (drawing, class, verdict) = look(check.outcome);
    let verdict = row([icon(drawing), unseen(words.say(verdict))]);
    let reason = row([prose(check.reason.clone()), link(&check.section), more]);
    let parts = [
        element("span", "checks__verdict", verdict),
        element("strong", "checks__title", show(words, &check.title)),
        element("div", "checks__reason", reason),
    ];
    element("li", class, row(parts))
}

fn look(outcome: Outcome) -> (Icon, &'static str, Text) {
    match outcome {
        Outcome::Passed => (
            Icon::Tick,
            "checks__row checks__row--passed",
            say::page_check_passed(),
        ),
        Outcome::Failed => (
            Icon::Cross,
            "checks__row checks__row--failed",
            say::page_check_failed(),
        ),
        Outcome::NotReached => (
            Icon::Dash,
            "checks__row checks__row--skipped",
            say::page_check_not_reached(),
        ),
    }
}
