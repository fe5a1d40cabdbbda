//! Giving away the link to what is on view.

use padlock_lesson::text::say;
use web_sys::{FocusEvent, HtmlInputElement};
use yew::prelude::*;

use crate::context::use_platform;
use crate::hooks::timer::use_timer;
use crate::words::use_words;

/// How it went.
#[derive(Clone, Debug, Eq, PartialEq)]
enum Outcome {
    Copied,
    /// The clipboard refused; here is the link, to be copied by hand.
    Refused(String),
}

/// How long "copied" stays on view, in milliseconds.
const SHOWN_FOR: u32 = 4000;

/// A button that copies the address; where that is not allowed it shows the address instead.
#[component]
pub fn Share() -> Html {
    let platform = use_platform();
    let words = use_words();
    let outcome = use_state_eq(|| None::<Outcome>);

    let forget = {
        let outcome = outcome.clone();
        Callback::from(move |()| outcome.set(None))
    };
    let copied = *outcome == Some(Outcome::Copied);
    use_timer(copied.then_some(SHOWN_FOR), copied, forget.clone());

    let on_click = {
        let outcome = outcome.clone();
        Callback::from(move |_: MouseEvent| {
            let link = platform.address.href();
            let outcome = outcome.clone();
            let shown = link.clone();
            let done = Callback::from(move |copied| {
                outcome.set(Some(if copied {
                    Outcome::Copied
                } else {
                    Outcome::Refused(shown.clone())
                }));
            });
            platform.clipboard.copy(&link, done);
        })
    };
    let on_focus = Callback::from(|event: FocusEvent| {
        if let Some(field) = event.target_dyn_into::<HtmlInputElement>() {
            field.select();
        }
    });
    let on_close = forget.reform(|_: MouseEvent| ());
    html! {
        <div class="share">
            <button type="button" class="button button--quiet" onclick={on_click}>{ words.say(say::page_share()) }</button>
            <span class="share__outcome" role="status">
                if copied {
                    { words.say(say::page_share_copied()) }
                }
            </span>
            if let Some(Outcome::Refused(link)) = &*outcome {
                <div class="share__link" role="group" aria-label={words.label(say::page_share())}>
                    <label>
                        <span role="alert">{ words.say(say::page_share_refused()) }</span>
                        <input type="text" readonly={true} value={link.clone()} onfocus={on_focus} />
                    </label>
                    <button type="button" class="button" onclick={on_close}>{ words.say(say::page_close()) }</button>
                </div>
            }
        </div>
    }
}
