//! The key schedule as a ladder: a rung opens and shows what it is made of.

use padlock_lesson::ladder::{Rung, ladder as rungs};
use padlock_lesson::lesson::Lesson;
use padlock_lesson::text::say;
use yew::prelude::*;

use crate::components::bytes::bytes;
use crate::components::element::{definition, element, perhaps, row};
use crate::components::prose::{prose, show};
use crate::words::Words;

/// The ladder of a story, if this step (from 0) has a part in it.
pub fn ladder(words: &Words, lesson: &Lesson, at: usize) -> Html {
    let rungs = rungs(lesson);
    if rungs.iter().all(|rung| rung.step != at) {
        return Html::default();
    }
    let item = |(number, rung): (usize, &Rung<'_>)| {
        html! { <li class={class(rung, at)} key={number}>{ self::rung(words, rung, at) }</li> }
    };
    html! {
        <section class="ladder" aria-labelledby="ladder-title">
            <h3 id="ladder-title">{ words.say(say::ladder_heading()) }</h3>
            { prose(say::ladder_intro()) }
            <ol class="ladder__rungs">{ row(rungs.iter().enumerate().map(item)) }</ol>
        </section>
    }
}

fn class(rung: &Rung<'_>, at: usize) -> String {
    let later = if rung.step > at {
        " ladder__rung--later"
    } else {
        ""
    };
    let now = if rung.step == at {
        " ladder__rung--now"
    } else {
        ""
    };
    format!(
        "ladder__rung ladder__rung--{}{later}{now}",
        rung.depth.min(3)
    )
}

fn rung(words: &Words, rung: &Rung<'_>, at: usize) -> Html {
    let computation = rung.computation;
    let tag =
        (rung.step == at).then(|| element("span", "tag tag--new", words.say(say::ladder_now())));
    let later = (rung.step > at).then(|| element("span", "tag", words.say(say::ladder_later())));
    let input = computation.inputs.iter().map(|given| {
        let notation = element("code", "value__notation", (&*given.notation).into());
        let name = row([show(words, &given.title), " ".into(), notation]);
        definition("value", name, bytes(&given.bytes))
    });
    let output = definition(
        "value value--output",
        show(words, &computation.title),
        bytes(&computation.output),
    );
    html! {
        <details>
            <summary>
                { element("strong", "ladder__name", show(words, &computation.title)) }
                { perhaps(tag.or(later)) }
                <code class="ladder__formula">{ &computation.formula }</code>
            </summary>
            { prose(computation.purpose.clone()) }
            { element("dl", "computation__inputs", row(input.chain([output]))) }
        </details>
    }
}
