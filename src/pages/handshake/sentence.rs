//! What is run, as a sentence whose words can be changed where they stand.

use padlock_lesson::scenario::{
    CertificateChoice, ClientCertificateChoice, KeyExchange, Meddling, Scenario, Setting,
};
use padlock_lesson::text::{Inline, Text, say};
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::wishes::Wishes;
use crate::callback::sifted;
use crate::components::element::{button, element, perhaps, row};
use crate::components::prose::show;
use crate::words::Words;

/// Stands for the first choice while the sentence is put together; no catalogue contains it.
const FIRST_MARK: char = '\u{e000}';

/// The sentence, and the button for a new run.
pub(super) fn sentence(
    words: &Words,
    scenario: &Scenario,
    wishes: &Wishes,
    on_scenario: &Callback<Scenario>,
    on_new: &Callback<()>,
) -> Html {
    let choices = [
        setting(scenario, on_scenario, words),
        key_exchange(scenario, wishes, on_scenario, words),
        certificate(scenario, on_scenario, words),
        client_certificate(scenario, on_scenario, words),
    ];
    // Parameters stand in the order of their names: certificate, client, exchange, setting.
    let [first, second, third, fourth] = marks();
    let sentence = match scenario.key_exchange.has_certificates() {
        true => say::page_sentence(third, fourth, second, first),
        false => say::page_sentence_alone(second, first),
    };
    let historical = || {
        element(
            "span",
            "tag tag--historical",
            words.say(say::page_historical()),
        )
    };
    let is_historical = !scenario.key_exchange.needs_curves();
    let about = scenario.about();
    let meddled = match scenario.meddling {
        Meddling::Nothing => None,
        meddling => Some(meddling.about()).filter(|meddled| *meddled != about),
    };
    let again = words.say(say::page_new_run());
    html! {
        <section class="sentence" aria-label={words.label(say::page_sentence_label())}>
            { element("p", "sentence__words", filled(words, &sentence, &choices)) }
            { perhaps(is_historical.then(historical)) }
            { element("p", "sentence__about", show(words, &about)) }
            { perhaps(meddled.map(|about| element("span", "tag tag--historical", show(words, &about)))) }
            { finer(words, scenario, on_scenario) }
            <span class="sentence__run" aria-live="polite">{ show(words, &say::page_run(beginning(scenario.seed))) }</span>
            { button("button", again, on_new.reform(|_| ())) }
        </section>
    }
}

/// What is chosen more rarely.
fn finer(words: &Words, scenario: &Scenario, on_scenario: &Callback<Scenario>) -> Html {
    let choices = [
        suite(scenario, on_scenario, words),
        group(scenario, on_scenario, words),
        meddling(scenario, on_scenario, words),
    ];
    let [first, second, third] = marks();
    let sentence = match scenario.key_exchange.groups().is_empty() {
        true => say::page_finer_suite(first, third),
        false => say::page_finer_both(second, first, third),
    };
    html! {
        <details class="sentence__finer">
            <summary>{ words.say(say::page_finer()) }</summary>
            { element("p", "sentence__words", filled(words, &sentence, &choices)) }
        </details>
    }
}

/// Stand for the choices while a sentence is put together.
fn marks<const N: usize>() -> [String; N] {
    let mut marks = (FIRST_MARK..).map(String::from);
    std::array::from_fn(|_| marks.next().unwrap_or_default())
}

/// A sentence with its choices.
fn filled(words: &Words, sentence: &Text, choices: &[Html]) -> Html {
    let inlines = words.inlines(sentence);
    row(inlines.iter().map(|inline| fill(inline, choices)))
}

/// The first bytes of the seed: enough to see that another run is another.
fn beginning(seed: [u8; 16]) -> String {
    let [first, second, third, fourth, ..] = seed;
    format!("{first:02x} {second:02x} {third:02x} {fourth:02x}")
}

/// Puts the choices where their marks stand.
fn fill(inline: &Inline, choices: &[Html]) -> Html {
    let text = inline.text();
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some((at, choice)) = next_mark(rest, choices) {
        parts.push(rest[..at].into());
        parts.push(choice.clone());
        rest = &rest[at + FIRST_MARK.len_utf8()..];
    }
    parts.push(rest.into());
    row(parts)
}

fn next_mark<'c>(text: &str, choices: &'c [Html]) -> Option<(usize, &'c Html)> {
    text.char_indices().find_map(|(at, letter)| {
        let index = u32::from(letter).checked_sub(u32::from(FIRST_MARK))?;
        Some((at, choices.get(usize::try_from(index).ok()?)?))
    })
}

fn setting(scenario: &Scenario, on_scenario: &Callback<Scenario>, words: &Words) -> Html {
    let offers = Setting::ALL.iter().map(|setting| {
        let title = match setting {
            Setting::Shop => say::page_setting_shop(),
            Setting::Payroll => say::page_setting_payroll(),
        };
        let client_certificate = setting.client_certificate();
        let chosen = Scenario {
            setting: *setting,
            client_certificate,
            ..scenario.clone()
        };
        (words.plain(&title), chosen, *setting == scenario.setting)
    });
    choice(
        words,
        &say::page_choice_setting(),
        offers.collect(),
        on_scenario,
    )
}

fn key_exchange(
    scenario: &Scenario,
    wishes: &Wishes,
    on_scenario: &Callback<Scenario>,
    words: &Words,
) -> Html {
    let offers = KeyExchange::ALL.iter().map(|exchange| {
        let chosen = Scenario {
            meddling: match scenario.meddling.fits(*exchange) {
                true => scenario.meddling,
                false => Meddling::Nothing,
            },
            ..wishes.with(*exchange, scenario)
        };
        let title = words.plain(&exchange.title());
        (title, chosen, *exchange == scenario.key_exchange)
    });
    choice(
        words,
        &say::page_choice_exchange(),
        offers.collect(),
        on_scenario,
    )
}

fn suite(scenario: &Scenario, on_scenario: &Callback<Scenario>, words: &Words) -> Html {
    let usual = scenario.key_exchange.suite();
    let offers = scenario.key_exchange.suites().map(|suite| {
        let chosen = Scenario {
            suite: (suite != usual).then_some(suite),
            ..scenario.clone()
        };
        (suite.to_string(), chosen, suite == scenario.cipher_suite())
    });
    choice(
        words,
        &say::page_choice_suite(),
        offers.collect(),
        on_scenario,
    )
}

fn group(scenario: &Scenario, on_scenario: &Callback<Scenario>, words: &Words) -> Html {
    let groups = scenario.key_exchange.groups();
    let offers = groups.iter().map(|group| {
        let chosen = Scenario {
            group: (Some(group) != groups.first()).then_some(*group),
            ..scenario.clone()
        };
        let is_chosen = Some(*group) == scenario.named_group();
        (group.to_string(), chosen, is_chosen)
    });
    choice(
        words,
        &say::page_choice_group(),
        offers.collect(),
        on_scenario,
    )
}

fn meddling(scenario: &Scenario, on_scenario: &Callback<Scenario>, words: &Words) -> Html {
    let all = Meddling::ALL.iter();
    let fitting = all.filter(|meddling| meddling.fits(scenario.key_exchange));
    let offers = fitting.map(|meddling| {
        let chosen = Scenario {
            meddling: *meddling,
            ..scenario.clone()
        };
        let title = words.plain(&meddling.title());
        (title, chosen, *meddling == scenario.meddling)
    });
    choice(
        words,
        &say::page_choice_way(),
        offers.collect(),
        on_scenario,
    )
}

fn certificate(scenario: &Scenario, on_scenario: &Callback<Scenario>, words: &Words) -> Html {
    // One of the gallery is offered where it is played.
    let played = [scenario.certificate];
    let others = played
        .iter()
        .filter(|one| !CertificateChoice::OFFERED.contains(one));
    let offers = CertificateChoice::OFFERED.iter().chain(others);
    let offers = offers.map(|certificate| {
        let chosen = Scenario {
            certificate: *certificate,
            ..scenario.clone()
        };
        (
            words.plain(&certificate.title()),
            chosen,
            *certificate == scenario.certificate,
        )
    });
    choice(
        words,
        &say::page_choice_certificate(),
        offers.collect(),
        on_scenario,
    )
}

fn client_certificate(
    scenario: &Scenario,
    on_scenario: &Callback<Scenario>,
    words: &Words,
) -> Html {
    let played = [scenario.client_certificate];
    let others = played
        .iter()
        .filter(|one| !ClientCertificateChoice::OFFERED.contains(one));
    let offers = ClientCertificateChoice::OFFERED.iter().chain(others);
    let offers = offers.map(|client| {
        let chosen = Scenario {
            client_certificate: *client,
            ..scenario.clone()
        };
        (
            words.plain(&client.title()),
            chosen,
            *client == scenario.client_certificate,
        )
    });
    choice(
        words,
        &say::page_choice_client(),
        offers.collect(),
        on_scenario,
    )
}

/// A native list behind the chosen words: it is as wide as they are, and works as lists do everywhere.
fn choice(
    words: &Words,
    label: &Text,
    offers: Vec<(String, Scenario, bool)>,
    on_scenario: &Callback<Scenario>,
) -> Html {
    let shown = offers
        .iter()
        .find(|(.., chosen)| *chosen)
        .map(|(title, ..)| title.clone());
    let option = |(at, (title, _, chosen)): (usize, &(String, Scenario, bool))| {
        html! { <option value={at.to_string()} selected={*chosen}>{ title.clone() }</option> }
    };
    let options = row(offers.iter().enumerate().map(option));
    let on_change = sifted(on_scenario, move |event: Event| {
        let select = event.target_dyn_into::<HtmlSelectElement>()?;
        let at = usize::try_from(select.selected_index()).ok()?;
        Some(offers.get(at)?.1.clone())
    });
    html! {
        <span class="choice">
            <span class="choice__words" aria-hidden="true">{ shown }</span>
            <select class="choice__list" aria-label={words.plain(label)} onchange={on_change}>{ options }</select>
        </span>
    }
}
