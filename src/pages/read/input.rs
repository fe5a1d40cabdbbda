//! Where something is pasted, chosen or dropped.

use padlock_lesson::study::example::Example;
use padlock_lesson::text::{Text, say};
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

use super::state::Action;
use crate::callback::sifted;
use crate::components::element::{button, element, perhaps, row};
use crate::components::prose::prose;
use crate::context::{Around, use_surroundings};

/// The id of the file field.
const FILES: &str = "read-files";

#[derive(Clone, Debug, PartialEq, Properties)]
pub(super) struct InputProperties {
    /// What stands in the text field.
    pub(super) text: String,
    /// Whether files are held over the page.
    pub(super) dragging: bool,
    /// Whether there is nothing to clear.
    pub(super) empty: bool,
    /// Tells what was opened.
    pub(super) act: Callback<Action>,
}

/// The text field, the files and the examples.
#[component]
pub(super) fn Input(properties: &InputProperties) -> Html {
    let InputProperties {
        text,
        dragging,
        empty,
        act,
    } = properties;
    let around = use_surroundings();
    let Around { platform, words } = &*around;
    let on_input = sifted(act, |event: InputEvent| {
        let field = event.target_dyn_into::<HtmlTextAreaElement>()?;
        Some(Action::Type(field.value()))
    });
    let on_files = {
        let files = platform.files.clone();
        let act = act.clone();
        Callback::from(move |_: Event| files.chosen(FILES, act.reform(Action::Give)))
    };
    let example = |example: Example| {
        let on_click = act.reform(move |_: MouseEvent| Action::Try(example));
        button("button", words.say(title(example)), on_click)
    };
    let on_clear = act.reform(|_: MouseEvent| Action::Clear);
    let clear = || {
        button(
            "button button--quiet",
            words.say(say::read_clear()),
            on_clear,
        )
    };
    let class = match dragging {
        true => "opener opener--over",
        false => "opener",
    };
    let drop = match dragging {
        true => say::read_dropping(),
        false => say::read_drop(),
    };
    html! {
        <div {class}>
            { element("div", "note", prose(say::read_stays())) }
            <label class="opener__label" for="read-text">{ words.say(say::read_input()) }</label>
            <textarea id="read-text" class="opener__text" rows="7" spellcheck="false" autocomplete="off"
                autocapitalize="off" aria-describedby="read-text-hint" value={text.clone()} oninput={on_input} />
            <p id="read-text-hint" class="opener__hint">{ words.say(say::read_input_hint()) }</p>
            <div class="opener__row">
                <label class="button opener__files">
                    <input type="file" id={FILES} class="visually-hidden" multiple={true} onchange={on_files} />
                    { words.say(say::read_files()) }
                </label>
                { element("span", "opener__hint", words.say(drop)) }
                { perhaps((!empty).then(clear)) }
            </div>
            <div class="opener__row">
                { element("span", "opener__hint", words.say(say::read_examples())) }
                { row(Example::ALL.into_iter().map(example)) }
            </div>
        </div>
    }
}

fn title(example: Example) -> Text {
    match example {
        Example::Chain => say::read_example_chain(),
        Example::Flipped => say::read_example_flipped(),
        Example::CutOff => say::read_example_cut_off(),
    }
}
