//! Going through the story: buttons, a slider over all steps, and the speed.

use padlock_lesson::lesson::{LaneItem, Lesson, Step};
use padlock_lesson::text::say;
use padlock_tls::trace::Party;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use super::state::{Action, Speed, State};
use crate::callback::sifted;
use crate::components::element::{element, perhaps, row, unseen};
use crate::components::icon::{Icon, icon};
use crate::words::Words;

/// The controls at the foot of the page.
pub(super) fn controls(
    words: &Words,
    lesson: &Lesson,
    state: &State,
    on_action: &Callback<Action>,
) -> Html {
    let step = state.step;
    let count = lesson.steps.len();
    let at_start = step == 0;
    let at_end = step + 1 >= count;
    let (play_icon, play_label) = if state.playing {
        (Icon::Pause, say::page_pause())
    } else {
        (Icon::Play, say::page_play())
    };
    let buttons = [
        (
            Icon::First,
            say::page_restart(),
            "Home",
            Action::First,
            at_start,
        ),
        (
            Icon::Back,
            say::page_back(),
            "ArrowLeft",
            Action::Back,
            at_start,
        ),
        (play_icon, play_label, "Space", Action::Play, false),
        (
            Icon::Forward,
            say::page_forward(),
            "ArrowRight",
            Action::Forward,
            at_end,
        ),
        (Icon::Last, say::page_end(), "End", Action::Last, at_end),
    ];
    let buttons = buttons.map(|(drawing, label, keys, action, off)| {
        let is_next = action == Action::Forward;
        let class = if is_next {
            "controls__button controls__button--next"
        } else {
            "controls__button"
        };
        let next = is_next.then(|| element("span", "", words.say(say::page_next())));
        let on_click = on_action.reform(move |_: MouseEvent| action.clone());
        let label = words.label(label);
        html! {
            <button type="button" {class} aria-label={label.clone()} title={label} aria-keyshortcuts={keys}
                aria-disabled={off.then_some("true")} onclick={on_click}>{ row([perhaps(next), icon(drawing)]) }</button>
        }
    });

    let on_slide = sifted(on_action, |event: InputEvent| {
        let value = event.target_dyn_into::<HtmlInputElement>()?.value();
        Some(Action::Go(value.parse::<usize>().ok()?.checked_sub(1)?))
    });
    let on_speed = sifted(on_action, |event: Event| {
        let value = event.target_dyn_into::<HtmlSelectElement>()?.value();
        Some(Action::Speed(Speed::from_name(&value)?))
    });
    let title = lesson.steps.get(step);
    let title = title.map(|step| words.plain(&step.title));
    let value = say::page_scrubber_value(count, step + 1, title.unwrap_or_default());
    let place = words.say(say::app_step_count(step + 1, count));
    let ticks = lesson.steps.iter().enumerate();
    let speed = |offered: Speed| {
        html! {
            <option value={offered.name()} selected={offered == state.speed}>
                { words.say(say::page_speed_value(offered.name())) }
            </option>
        }
    };
    html! {
        <section class="controls" aria-label={words.label(say::page_controls_label())}>
            { element("div", "controls__buttons", row(buttons)) }
            <div class="scrubber">
                <div class="scrubber__ticks" aria-hidden="true">{ row(ticks.map(|(at, shown)| tick(shown, at, step))) }</div>
                <input class="scrubber__range" type="range" min="1" max={count.to_string()} step="1"
                    value={(step + 1).to_string()} aria-label={words.label(say::page_scrubber())}
                    aria-valuetext={words.label(value)} oninput={on_slide} />
            </div>
            { element("span", "controls__place", place) }
            <label class="controls__speed">
                { unseen(words.say(say::page_speed_label())) }
                <select onchange={on_speed}>{ row(Speed::ALL.into_iter().map(speed)) }</select>
            </label>
        </section>
    }
}

fn tick(step: &Step, at: usize, now: usize) -> Html {
    let side = match &step.lane {
        _ if at > now => "",
        LaneItem::Both { .. } => "scrubber__tick--both",
        LaneItem::Arrow { from: party, .. } | LaneItem::Inside { party, .. } => match party {
            Party::Client => "scrubber__tick--client",
            Party::Server => "scrubber__tick--server",
        },
    };
    let now = if at == now { "scrubber__tick--now" } else { "" };
    html! { <i class={["scrubber__tick", side, now].join(" ")}></i> }
}
