//! Why there are two kinds of keys: measured here and now, and drawn.

use padlock_lesson::text::{Text, say};
use yew::prelude::*;

pub mod state;

use state::{Action, ROUNDS, State};

use crate::components::element::{definition, element, row, word};
use crate::components::prose::{prose, show};
use crate::context::use_surroundings;
use crate::hooks::timer::use_timer;
use crate::measure::{Bench, RECORD, SECRET, Sample};
use crate::words::Words;

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
    let around = use_surroundings();
    let words = &around.words;
    let clock = around.platform.clock.clone();
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
            let sample = bench.as_mut().and_then(|bench| bench.sample(&*clock));
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
    let running = state.is_running();
    html! {
        <section class="sheet">
            <h1>{ words.say(say::page_speed_heading()) }</h1>
            { prose(say::page_speed_intro()) }
            { prose(say::page_speed_roles()) }
            <div class="measure" aria-live="polite" aria-busy={word(running)}>{ result(words, &state) }</div>
            <button type="button" class="button" aria-disabled={running.then_some("true")} onclick={on_again}>
                { words.say(say::page_speed_again()) }
            </button>
            <h2>{ words.say(say::page_speed_why_heading()) }</h2>
            { prose(say::page_speed_why()) }
            { prose(say::page_speed_how(ROUNDS)) }
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
    let bars = [
        (
            say::page_speed_rsa(),
            sample.rsa,
            "measure__bar measure__bar--rsa",
        ),
        (
            say::page_speed_aes(),
            sample.aes,
            "measure__bar measure__bar--aes",
        ),
    ];
    let bars = bars.map(|(label, time, class)| {
        let name = words.say(label);
        definition("measure__row", name, bar(words, time, longest, class))
    });
    row([
        element("p", "measure__ratio", show(words, &per_byte_text(sample))),
        element("dl", "measure__bars", row(bars)),
        prose(verdict(sample)),
        prose(say::page_speed_bytes(RECORD, SECRET)),
    ])
}

fn per_byte_text(sample: Sample) -> Text {
    say::page_speed_per_byte(rounded(per_byte(sample)))
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

fn bar(words: &Words, milliseconds: f64, longest: f64, class: &'static str) -> Html {
    let width = whole(milliseconds / longest * 1000.0).clamp(3, 1000);
    let time = words.say(say::page_speed_time(rounded(milliseconds * 1000.0)));
    html! {
        <>
            <svg {class} viewBox="0 0 1000 4" preserveAspectRatio="none" aria-hidden="true">
                <rect class="measure__track" width="1000" height="4" />
                <rect class="measure__fill" width={width.to_string()} height="4" />
            </svg>
            { element("span", "measure__time", time) }
        </>
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
