//! What was made.

use padlock_lesson::text::say;
use padlock_lesson::workshop::{Made, Mischief};
use yew::prelude::*;

use super::state::{Action, State};
use crate::components::element::{button, element, perhaps, row};
use crate::components::icon::{Icon, icon};
use crate::pages::read::found::numbered;
use crate::pages::read::state::Action as Look;
use crate::words::Words;

/// The list of certificates; the one on view can be changed.
pub(super) fn made(words: &Words, state: &State, act: &Callback<Action>) -> Html {
    if state.is_empty() {
        return Html::default();
    }
    let chosen = state.reader.chosen;
    let all = state.workshop.made();
    let item = |(at, made): (usize, &Made)| {
        let here = (at == chosen).then_some("true");
        let onclick = act.reform(move |_: MouseEvent| Action::Look(Look::Choose(at)));
        let key = made.key.kind().to_string();
        let issuer = made.design.issuer.and_then(|at| all.get(at));
        let signed = match issuer {
            Some(issuer) => say::workshop_made_by(issuer.design.name(), key),
            None => say::workshop_made_self(key),
        };
        let broken = broken(words, &made.design.broken(state.now));
        let broken = broken.map(|list| {
            let said = row([
                icon(Icon::Warning),
                words.say(say::workshop_made_broken(list)),
            ]);
            element("span", "workshop__broken", said)
        });
        html! {
            <li key={at}>
                <button type="button" class="found__item" aria-current={here} {onclick}>
                    { element("span", "found__kind", row([numbered(at), words.say(made.design.kind.title())])) }
                    { element("span", "found__name", made.design.name().to_owned().into()) }
                    { element("span", "found__place", words.say(signed)) }
                    { perhaps(broken) }
                </button>
            </li>
        }
    };
    let on_change = act.reform(move |_: MouseEvent| Action::Change(chosen));
    let on_mend = act.reform(move |_: MouseEvent| Action::Mend(chosen));
    let shown = all.get(chosen);
    let is_broken = shown.is_some_and(|made| !made.design.broken(state.now).is_empty());
    let mend = || button("button", words.say(say::workshop_mend()), on_mend);
    html! {
        <>
            <h2 id="workshop-made" tabindex="-1">{ words.say(say::workshop_made()) }</h2>
            <ol class="found" aria-labelledby="workshop-made">{ row(all.iter().enumerate().map(item)) }</ol>
            <div class="opener__row">
                { button("button", words.say(say::workshop_change()), on_change) }
                { perhaps(is_broken.then(mend)) }
            </div>
        </>
    }
}

/// What is broken in a certificate, in words.
fn broken(words: &Words, broken: &[Mischief]) -> Option<String> {
    let titles = broken.iter().map(|mischief| words.plain(&mischief.title()));
    let list = titles.collect::<Vec<_>>().join(", ");
    (!list.is_empty()).then_some(list)
}
