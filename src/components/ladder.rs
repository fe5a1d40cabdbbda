//! The key schedule as a ladder: a rung opens and shows what it is made of.
//!
//! A step shows its own rungs. Those of other steps, which are most, wait folded in their places.

use std::cmp::Ordering;

use padlock_lesson::ladder::{Rung, ladder as rungs};
use padlock_lesson::lesson::{Computation, Lesson};
use padlock_lesson::text::{Text, say};
use yew::prelude::*;

use crate::components::bytes::bytes;
use crate::components::computations::{given, makers};
use crate::components::element::{definition, element, perhaps, row};
use crate::components::prose::{prose, show};
use crate::components::truth::link;
use crate::words::Words;

/// What this step (from 0) computes, as rungs of the story's ladder and beside it; nothing, if it has
/// no part in the ladder.
#[must_use]
pub fn ladder(words: &Words, lesson: &Lesson, at: usize) -> Option<Html> {
    let step = lesson.steps.get(at)?;
    let rungs = rungs(lesson);
    let is_rung = |one: &Computation| {
        let mut now = rungs.iter().filter(|rung| rung.step == at);
        now.any(|rung| std::ptr::eq(rung.computation, one))
    };
    if !step.computed.iter().any(is_rung) {
        return None;
    }
    let beside = step.computed.iter().filter(|one| !is_rung(one));
    let beside = beside
        .map(|one| html! { <li class="ladder__beside">{ value(words, lesson, one, None) }</li> });
    let beside: Vec<_> = beside.collect();
    let others = (!beside.is_empty()).then(|| {
        row([
            element("h3", "", words.say(say::ladder_beside())),
            element("ul", "ladder__others", row(beside)),
        ])
    });
    let parts = rungs.chunk_by(|one, next| one.step.cmp(&at) == next.step.cmp(&at));
    let parts = parts.map(|part| {
        let items = part.iter().map(|rung| {
            let tag = match rung.step.cmp(&at) {
                Ordering::Less => Some(say::ladder_before()),
                Ordering::Equal => None,
                Ordering::Greater => Some(say::ladder_after()),
            };
            let value = value(words, lesson, rung.computation, tag);
            html! { <li class={class(rung, at)}>{ value }</li> }
        });
        match part {
            // To fold a single one would save nothing.
            [first, _, ..] if first.step != at => {
                fold(words, first.step < at, part.len(), row(items))
            }
            _ => row(items),
        }
    });
    Some(html! {
        <>
            <section class="ladder" aria-labelledby="ladder-title">
                <h3 id="ladder-title">{ words.say(say::ladder_heading()) }</h3>
                { prose(say::ladder_intro()) }
                <ol class="ladder__rungs">{ row(parts) }</ol>
            </section>
            { perhaps(others) }
        </>
    })
}

/// Rungs of other steps, behind their number.
fn fold(words: &Words, earlier: bool, count: usize, rungs: Html) -> Html {
    let said: Text = match earlier {
        true => say::ladder_earlier(count),
        false => say::ladder_later(count),
    };
    html! {
        <li class="ladder__fold">
            <details>
                { element("summary", "checks__more", words.say(said)) }
                { element("ol", "ladder__others", rungs) }
            </details>
        </li>
    }
}

fn class(rung: &Rung<'_>, at: usize) -> String {
    let later = if rung.step > at {
        " ladder__rung--later"
    } else {
        ""
    };
    format!("ladder__rung ladder__rung--{}{later}", rung.depth.min(3))
}

/// A value that opens and shows how it came to be.
fn value(words: &Words, lesson: &Lesson, computation: &Computation, tag: Option<Text>) -> Html {
    let tag = tag.map(|tag| element("span", "tag", words.say(tag)));
    let title = || show(words, &computation.title);
    let inputs = computation.inputs.iter().map(|one| given(words, one));
    let output = definition("value value--output", title(), bytes(&computation.output));
    html! {
        <details>
            <summary>
                { element("strong", "ladder__name", title()) }
                { perhaps(tag) }
                <code class="ladder__formula">{ &computation.formula }</code>
            </summary>
            <p class="ladder__by">
                { makers(words, lesson, computation) }
                { link(&computation.section) }
            </p>
            { prose(computation.purpose.clone()) }
            { element("dl", "computation__inputs", row(inputs.chain([output]))) }
        </details>
    }
}
