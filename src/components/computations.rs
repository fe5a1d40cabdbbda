//! What was computed: inputs, formula, output.

use padlock_lesson::lesson::{Computation, Given, Lesson};
use padlock_lesson::text::say;
use yew::prelude::*;

use crate::components::bytes::bytes;
use crate::components::element::{definition, element, perhaps, row, unseen};
use crate::components::party::badge;
use crate::components::prose::{prose, show};
use crate::components::truth::link;
use crate::words::Words;

/// The computations of a step, a card each.
pub fn computations(words: &Words, lesson: &Lesson, computed: &[Computation]) -> Html {
    if computed.is_empty() {
        return element("p", "empty", words.say(say::page_computed_none()));
    }
    let item = |(at, computation)| html! { <li key={at}>{ card(words, lesson, computation) }</li> };
    let items = computed.iter().enumerate().map(item);
    element("ol", "computations", row(items))
}

fn card(words: &Words, lesson: &Lesson, computation: &Computation) -> Html {
    let title = || show(words, &computation.title);
    let head = [element("h3", "computation__title", title())];
    let by = [makers(words, lesson, computation)];
    let inputs = || {
        html! {
            <dl class="computation__inputs" aria-label={words.label(say::page_computed_inputs())}>
                { row(computation.inputs.iter().map(|one| given(words, one))) }
            </dl>
        }
    };
    let formula = [
        unseen(words.say(say::page_computed_formula())),
        html! { <code>{ &computation.formula }</code> },
        link(&computation.section),
    ];
    let output = definition("value value--output", title(), bytes(&computation.output));
    let parts = [
        element(
            "header",
            "computation__head",
            row(head.into_iter().chain(by)),
        ),
        prose(computation.purpose.clone()),
        perhaps((!computation.inputs.is_empty()).then(inputs)),
        element("p", "computation__formula", row(formula)),
        element("dl", "computation__output", output),
    ];
    element("section", "computation", row(parts))
}

/// Who computed it.
pub fn makers(words: &Words, lesson: &Lesson, computation: &Computation) -> Html {
    let by = computation.by.iter();
    row(by.map(|party| badge(words, lesson, *party)))
}

/// A value that goes in.
pub fn given(words: &Words, given: &Given) -> Html {
    let notation = element("code", "value__notation", (&*given.notation).into());
    let name = row([show(words, &given.title), " ".into(), notation]);
    definition("value", name, bytes(&given.bytes))
}
