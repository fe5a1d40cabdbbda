//! A step in words.

use padlock_lesson::lesson::{Block, CheckRow, Lesson, Outcome};
use padlock_lesson::text::{Text, say};
use yew::prelude::*;

use crate::components::card::card;
use crate::components::icon::{Icon, icon};
use crate::components::party::{actor, modifier};
use crate::components::prose::{Prose, show};
use crate::components::truth::link;
use crate::words::Words;

/// The blocks of a step, one after the other.
pub fn blocks(words: &Words, lesson: &Lesson, blocks: &[Block]) -> Html {
    html! {
        { for blocks.iter().enumerate().map(|(at, shown)| html! {
            <div class="block" key={at}>{ block(words, lesson, shown) }</div>
        }) }
    }
}

fn block(words: &Words, lesson: &Lesson, block: &Block) -> Html {
    match block {
        Block::Paragraph(text) => html! { <Prose text={text.clone()} /> },
        Block::Note(text) => html! { <aside class="note"><Prose text={text.clone()} /></aside> },
        Block::Checks(rows) => html! {
            <ul class="checks" aria-label={words.label(say::page_checks_label())}>
                { for rows.iter().map(|row| check(words, row)) }
            </ul>
        },
        Block::Card { title, card: shown } => card(words, Some(title), shown, None),
        Block::Quote { from, text } => html! {
            <figure class={classes!("quote", format!("quote--{}", modifier(*from)))}>
                <figcaption>{ words.say(say::page_quote_from(actor(lesson, *from).name.clone())) }</figcaption>
                <blockquote>{ text }</blockquote>
            </figure>
        },
    }
}

fn check(words: &Words, row: &CheckRow) -> Html {
    let (drawing, class, verdict) = look(row.outcome);
    html! {
        <li class={classes!("checks__row", class)}>
            <span class="checks__verdict">{ icon(drawing) }<span class="visually-hidden">{ words.say(verdict) }</span></span>
            <strong class="checks__title">{ show(words, &row.title) }</strong>
            <div class="checks__reason"><Prose text={row.reason.clone()} />{ link(&row.section) }</div>
        </li>
    }
}

fn look(outcome: Outcome) -> (Icon, &'static str, Text) {
    match outcome {
        Outcome::Passed => (Icon::Tick, "checks__row--passed", say::page_check_passed()),
        Outcome::Failed => (Icon::Cross, "checks__row--failed", say::page_check_failed()),
        Outcome::NotReached => (
            Icon::Dash,
            "checks__row--skipped",
            say::page_check_not_reached(),
        ),
    }
}
