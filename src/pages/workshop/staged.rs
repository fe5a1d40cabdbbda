//! What a run with certificates of the reader's own is, where there are some, and where there are none.

use padlock_lesson::play::Own;
use padlock_lesson::scenario::{KeyExchange, Scenario};
use padlock_lesson::text::{Text, say};
use yew::prelude::*;

use crate::components::element::element;
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

/// The advice, with a link to what can succeed.
pub fn advised(words: &Words, text: Text, link: String) -> Html {
    let go = html! { <a class="button" href={link}>{ words.say(say::workshop_unfit_go()) }</a> };
    html! { <div class="notice" role="status">{ prose(text) }{ element("p", "workshop__way", go) }</div> }
}
