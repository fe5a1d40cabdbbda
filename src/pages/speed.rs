//! Why there are two kinds of keys: measured here and now, and drawn.

use padlock_lesson::text::{Text, say};
use yew::prelude::*;

pub mod state;

use state::{Action, ROUNDS, State};

use crate::components::prose::Prose;
use crate::context::use_platform;
use crate::hooks::timer::use_timer;
use crate::measure::{Bench, RECORD, SECRET, Sample};
use crate::words::{Words, use_words};

/// How long the page rests between two rounds, in milliseconds, so that it answers all the while.
const REST: u32 = 15;

/// What the [`Speed`] page begins with.
#[derive(Clone, Debug, Default, PartialEq, Properties)]
pub struct SpeedProperties {
    /// What was measured already.
    #[prop_or_default]
    pub measured: State,
}

/// The page. It begins to measure when it is opened.
#[component]
pub fn Speed(properties: &SpeedProperties) -> Html {
    let words = use_words();
    let platform = use_platform();
    let state = {
        let measured = properties.measured.clone();
        use_reducer_eq(move || measured)
    };
    let bench = use_mut_ref(|| None::<Bench>);
    {
        let dispatch = state.dispatcher();
        let round = Callback::from(move |()| {
            let mut bench = bench.borrow_mut();
            if bench.is_none() {
                *bench = Bench::new();
            }
            let sample = bench
                .as_mut()
                .and_then(|bench| bench.sample(&*platform.clock));
            dispatch.dispatch(sample.map_or(Action::Fail, Action::Sample));
        });
        use_timer(
            state.is_running().then_some(REST),
            state.samples.len(),
            round,
        );
    }
    let on_again = {
        let dispatch = state.dispatcher();
        Callback::from(move |_: MouseEvent| dispatch.dispatch(Action::Again))
    };
    html! {
        <section class="sheet">
            <h1>{ words.say(say::page_speed_heading()) }</h1>
            <Prose text={say::page_speed_intro()} />
            <Prose text={say::page_speed_roles()} />
            <div class="measure" aria-live="polite" aria-busy={state.is_running().to_string()}>
                { result(&words, &state) }
            </div>
            <button type="button" class="button" aria-disabled={state.is_running().then_some("true")} onclick={on_again}>
                { words.say(say::page_speed_again()) }
            </button>
            <h2>{ words.say(say::page_speed_why_heading()) }</h2>
            <Prose text={say::page_speed_why()} />
            <Prose text={say::page_speed_how(ROUNDS)} />
        </section>
    }
}

fn result(words: &Words, state: &State) -> Html {
    if state.failed {
        return html! { <p>{ words.say(say::page_speed_failed()) }</p> };
    }
    let Some(sample) = state.result() else {
        return html! { <p>{ words.say(say::page_speed_running(state.samples.len() + 1, ROUNDS)) }</p> };
    };
    let longest = sample.rsa.max(sample.aes);
    html! {
        <>
            <p class="measure__ratio">{ crate::components::prose::show(words, &verdict(sample)) }</p>
            <dl class="measure__bars">
                { bar(words, &say::page_speed_rsa(), sample.rsa, longest, "measure__bar--rsa") }
                { bar(words, &say::page_speed_aes(), sample.aes, longest, "measure__bar--aes") }
            </dl>
            <Prose text={say::page_speed_per_byte(rounded(per_byte(sample)), RECORD, SECRET)} />
        </>
    }
}

fn verdict(sample: Sample) -> Text {
    if sample.rsa >= sample.aes {
        say::page_speed_ratio(rounded(sample.rsa / sample.aes))
    } else {
        say::page_speed_ratio_reverse()
    }
}

/// How many times longer RSA takes for a byte that it protects.
fn per_byte(sample: Sample) -> f64 {
    // Both are small whole numbers.
    #[expect(clippy::cast_precision_loss, reason = "small whole numbers")]
    let (secret, record) = (SECRET as f64, RECORD as f64);
    (sample.rsa / secret) / (sample.aes / record)
}

fn bar(words: &Words, label: &Text, milliseconds: f64, longest: f64, class: &'static str) -> Html {
    let width = whole(milliseconds / longest * 1000.0).clamp(3, 1000);
    html! {
        <div class="measure__row">
            <dt>{ words.plain(label) }</dt>
            <dd>
                <svg class={classes!("measure__bar", class)} viewBox="0 0 1000 4" preserveAspectRatio="none" aria-hidden="true">
                    <rect class="measure__track" width="1000" height="4" />
                    <rect class="measure__fill" width={width.to_string()} height="4" />
                </svg>
                <span class="measure__time">{ words.say(say::page_speed_time(rounded(milliseconds * 1000.0))) }</span>
            </dd>
        </div>
    }
}

/// A number as it is shown: three digits are as much as such a measurement is worth.
fn rounded(number: f64) -> i64 {
    let number = whole(number);
    let mut unit = 1;
    while number / unit >= 1000 {
        unit *= 10;
    }
    (number + unit / 2) / unit * unit
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a conversion that saturates is what is wanted"
)]
fn whole(number: f64) -> i64 {
    number.round() as i64
}

#[cfg(test)]
mod tests {
    use super::rounded;

    #[test]
    fn keeps_three_digits() {
        for (number, shown) in [
            (0.4, 0),
            (0.6, 1),
            (999.4, 999),
            (1234.0, 1230),
            (98765.0, 98_800),
            (f64::NAN, 0),
        ] {
            assert_eq!(rounded(number), shown, "{number}");
        }
    }
}
