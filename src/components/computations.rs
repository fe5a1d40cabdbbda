//! What was computed: inputs, formula, output.

use padlock_lesson::lesson::{Computation, Given, Lesson};
use padlock_lesson::text::say;
use padlock_tls::trace::Party;
use yew::prelude::*;

use crate::components::bytes::Bytes;
use crate::components::party::{actor, modifier};
use crate::components::prose::{Prose, show};
use crate::components::truth::link;
use crate::words::Words;

/// The computations of a step, a card each.
pub fn computations(words: &Words, lesson: &Lesson, computed: &[Computation]) -> Html {
    if computed.is_empty() {
        return html! { <p class="empty">{ words.say(say::page_computed_none()) }</p> };
    }
    html! {
        <ol class="computations">
            { for computed.iter().enumerate().map(|(at, computation)| html! {
                <li key={at}>{ card(words, lesson, computation) }</li>
            }) }
        </ol>
    }
}

fn card(words: &Words, lesson: &Lesson, computation: &Computation) -> Html {
    html! {
        <section class="computation">
            <header class="computation__head">
                <h3 class="computation__title">{ show(words, &computation.title) }</h3>
                { for computation.by.iter().map(|party| badge(words, lesson, *party)) }
            </header>
            <Prose text={computation.purpose.clone()} />
            if !computation.inputs.is_empty() {
                <dl class="computation__inputs" aria-label={words.label(say::page_computed_inputs())}>
                    { for computation.inputs.iter().map(|given| input(words, given)) }
                </dl>
            }
            <p class="computation__formula">
                <span class="visually-hidden">{ words.say(say::page_computed_formula()) }</span>
                <code>{ &computation.formula }</code>
                { link(&computation.section) }
            </p>
            <dl class="computation__output">
                <div class="value value--output">
                    <dt>{ show(words, &computation.title) }</dt>
                    <dd><Bytes bytes={computation.output.clone()} /></dd>
                </div>
            </dl>
        </section>
    }
}

fn input(words: &Words, given: &Given) -> Html {
    html! {
        <div class="value">
            <dt>{ show(words, &given.title) }<code class="value__notation">{ &given.notation }</code></dt>
            <dd><Bytes bytes={given.bytes.clone()} /></dd>
        </div>
    }
}

/// Who did it.
fn badge(words: &Words, lesson: &Lesson, party: Party) -> Html {
    html! {
        <span class={classes!("badge", format!("badge--{}", modifier(party)))}>
            { show(words, &actor(lesson, party).name) }
        </span>
    }
}
