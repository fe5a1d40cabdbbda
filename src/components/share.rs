//! Giving away the link to what is on view.

use padlock_lesson::text::say;
use web_sys::{FocusEvent, HtmlInputElement};
use yew::prelude::*;

use crate::components::element::button;
use crate::context::use_surroundings;
use crate::hooks::copying::{Outcome, use_copying};

/// A button that copies the address; where that is not allowed it shows the address instead.
#[component]
pub fn Share() -> Html {
    let around = use_surroundings();
    let words = &around.words;
    let address = around.platform.address.clone();
    let copying = use_copying(Callback::from(move |()| address.href()));

    let on_focus = Callback::from(|event: FocusEvent| {
        if let Some(field) = event.target_dyn_into::<HtmlInputElement>() {
            field.select();
        }
    });
    let copied = copying.outcome == Some(Outcome::Copied);
    let on_close = copying.on_forget.reform(|_| ());
    let by_hand = |link: String| {
        html! {
            <div class="share__link" role="group" aria-label={words.label(say::page_share())}>
                <label>
                    <span role="alert">{ words.say(say::page_share_refused()) }</span>
                    <input type="text" readonly={true} value={link} onfocus={on_focus} />
                </label>
                { button("button", words.say(say::page_close()), on_close) }
            </div>
        }
    };
    html! {
        <div class="share">
            { button("button button--quiet", words.say(say::page_share()), copying.on_copy) }
            <span class="share__outcome" role="status">{ copied.then(|| words.say(say::page_share_copied())) }</span>
            { match copying.outcome {
                Some(Outcome::Refused(link)) => by_hand(link),
                _ => Html::default(),
            } }
        </div>
    }
}
