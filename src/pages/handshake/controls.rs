//! Going through the story: buttons, a slider over all steps, and the speed.

use padlock_lesson::lesson::{LaneItem, Lesson, Step};
use padlock_lesson::text::{Text, say};
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use super::state::{Action, Speed};
use crate::callback::sifted;
use crate::components::icon::{Icon, icon};
use crate::components::party::modifier;
use crate::shared::Shared;
use crate::words::use_words;

/// What the [`Controls`] show.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct ControlsProperties {
    /// The story.
    pub lesson: Shared<Lesson>,
    /// Where the reader is, from 0.
    pub step: usize,
    /// Whether it goes on by itself.
    pub playing: bool,
    /// How fast.
    pub speed: Speed,
    /// Does something.
    pub on_action: Callback<Action>,
}

/// The controls at the foot of the page.
#[component]
pub fn Controls(properties: &ControlsProperties) -> Html {
    let ControlsProperties {
        lesson,
        step,
        playing,
        speed,
        on_action,
    } = properties;
    let words = use_words();
    let count = lesson.steps.len();
    let button = |drawing: Icon,
                  label: Text,
                  keys: &'static str,
                  action: Action,
                  off: bool,
                  class: &'static str| {
        let on_click = on_action.reform(move |_: MouseEvent| action.clone());
        let label = words.label(label);
        html! {
            <button type="button" class={classes!("controls__button", class)} aria-label={label.clone()}
                title={label} aria-keyshortcuts={keys} aria-disabled={off.then_some("true")}
                onclick={on_click}>{ icon(drawing) }</button>
        }
    };
    let at_start = *step == 0;
    let at_end = step + 1 >= count;
    let (play_icon, play_label) = if *playing {
        (Icon::Pause, say::page_pause())
    } else {
        (Icon::Play, say::page_play())
    };

    let on_slide = sifted(on_action, |event: InputEvent| {
        let value = event.target_dyn_into::<HtmlInputElement>()?.value();
        Some(Action::Go(value.parse::<usize>().ok()?.checked_sub(1)?))
    });
    let on_speed = sifted(on_action, |event: Event| {
        let value = event.target_dyn_into::<HtmlSelectElement>()?.value();
        Some(Action::Speed(Speed::from_name(&value)?))
    });
    let title = lesson
        .steps
        .get(*step)
        .map(|step| words.plain(&step.title))
        .unwrap_or_default();
    let place = words.plain(&say::app_step_count(step + 1, count));
    html! {
        <section class="controls" aria-label={words.label(say::page_controls_label())}>
            <div class="controls__buttons">
                { button(Icon::First, say::page_restart(), "Home", Action::First, at_start, "") }
                { button(Icon::Back, say::page_back(), "ArrowLeft", Action::Back, at_start, "") }
                { button(play_icon, play_label, "Space", Action::Play, false, "controls__button--play") }
                { button(Icon::Forward, say::page_forward(), "ArrowRight", Action::Forward, at_end, "") }
                { button(Icon::Last, say::page_end(), "End", Action::Last, at_end, "") }
            </div>
            <div class="scrubber">
                <div class="scrubber__ticks" aria-hidden="true">
                    { for lesson.steps.iter().enumerate().map(|(at, tick)| html! { <i class={tick_class(tick, at, *step)}></i> }) }
                </div>
                <input class="scrubber__range" type="range" min="1" max={count.to_string()} step="1"
                    value={(step + 1).to_string()} aria-label={words.label(say::page_scrubber())}
                    aria-valuetext={words.label(say::page_scrubber_value(count, step + 1, title))} oninput={on_slide} />
            </div>
            <span class="controls__place">{ place }</span>
            <label class="controls__speed">
                <span class="visually-hidden">{ words.say(say::page_speed_label()) }</span>
                <select onchange={on_speed}>
                    { for Speed::ALL.into_iter().map(|offered| html! {
                        <option value={offered.name()} selected={offered == *speed}>
                            { words.say(say::page_speed_value(offered.name())) }
                        </option>
                    }) }
                </select>
            </label>
        </section>
    }
}

fn tick_class(tick: &Step, at: usize, now: usize) -> Classes {
    let side = match &tick.lane {
        LaneItem::Arrow { from, .. } => modifier(*from),
        LaneItem::Inside { party, .. } => modifier(*party),
        LaneItem::Both { .. } => "both",
    };
    classes!(
        "scrubber__tick",
        (at <= now).then(|| format!("scrubber__tick--{side}")),
        (at == now).then_some("scrubber__tick--now"),
    )
}
