//! What a run with certificates of the reader's own is, where there are some, and where there are none.

use padlock_lesson::play::Own;
use padlock_lesson::scenario::{KeyExchange, Scenario};
use padlock_lesson::text::{Text, say};
use yew::prelude::*;

use crate::components::element::{element, perhaps, row};
use crate::components::prose::prose;
use crate::words::Words;

/// What is run, and what is to be said of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Staged {
    /// What is run.
    pub scenario: Scenario,
    /// Where the certificates come from, if the address speaks of the reader's own.
    pub notice: Option<Text>,
    /// Why it cannot succeed, and what can.
    pub advice: Option<(Text, Scenario)>,
}

/// What is run for this scenario, with what the reader made.
#[must_use]
pub fn staged(scenario: &Scenario, own: Option<&Own>) -> Staged {
    let plain = |scenario, notice| Staged {
        scenario,
        notice,
        advice: None,
    };
    match (scenario.is_own(), own) {
        (false, _) => plain(scenario.clone(), None),
        (true, None) => plain(scenario.without_own(), Some(say::workshop_link_lost())),
        (true, Some(own)) => Staged {
            advice: advice(scenario, own),
            ..plain(scenario.clone(), Some(say::workshop_linked()))
        },
    }
}

fn advice(scenario: &Scenario, own: &Own) -> Option<(Text, Scenario)> {
    let server = own.server.as_ref().filter(|_| scenario.shows_own())?;
    if own.suits(scenario.key_exchange) {
        return None;
    }
    let other = Scenario {
        key_exchange: KeyExchange::Ecdhe,
        suite: None,
        group: None,
        ..scenario.clone()
    };
    Some((say::workshop_unfit(server.key.kind().to_string()), other))
}

/// What is to be said of the run, each with a link to where the reader goes on; `link` gives the address of
/// another run.
pub fn advised(
    words: &Words,
    notice: Option<Text>,
    advice: Option<(Text, Scenario)>,
    link: impl FnOnce(&Scenario) -> String,
) -> Html {
    let said = |text: Text, href: AttrValue, label: Text| {
        let go = html! { <a class="button" {href}>{ words.say(label) }</a> };
        html! { <div class="notice" role="status">{ prose(text) }{ element("p", "workshop__way", go) }</div> }
    };
    let noticed = |text| {
        said(
            text,
            AttrValue::Static("#/workshop"),
            say::workshop_linked_go(),
        )
    };
    let advised = |(text, other)| said(text, link(&other).into(), say::workshop_unfit_go());
    row([perhaps(notice.map(noticed)), perhaps(advice.map(advised))])
}
