//! Where to go once a story is over.

use padlock_lesson::scenario::{CertificateChoice, KeyExchange, Meddling, Scenario, Setting};
use padlock_lesson::text::{Text, say};
use yew::prelude::*;

#[cfg(not(feature = "complete"))]
use crate::components::element::button;
use crate::components::element::{element, perhaps, row};
#[cfg(not(feature = "complete"))]
use crate::context::Around;
use crate::route::{Page, Query, Route};
use crate::words::Words;

/// Links to other stories and to the certificates; `query` is that of the story that is over.
pub(super) fn further(words: &Words, scenario: &Scenario, query: &str) -> Html {
    let exchange = match scenario.key_exchange {
        KeyExchange::Rsa | KeyExchange::RsaSessionId | KeyExchange::RsaSessionTicket => {
            KeyExchange::Ecdhe
        }
        KeyExchange::Ecdhe | KeyExchange::SessionId | KeyExchange::SessionTicket => {
            KeyExchange::Tls13
        }
        KeyExchange::Tls13 => KeyExchange::Resumed,
        KeyExchange::Resumed | KeyExchange::PskAlone | KeyExchange::EarlyRefused => {
            KeyExchange::EarlyData
        }
        KeyExchange::EarlyData => KeyExchange::Hybrid,
        KeyExchange::Hybrid => KeyExchange::Retried,
        KeyExchange::Retried => KeyExchange::External,
        KeyExchange::External => KeyExchange::Rsa,
    };
    let certificate = match scenario.certificate {
        CertificateChoice::Good => CertificateChoice::Expired,
        _ => CertificateChoice::Good,
    };
    let (setting, other) = match scenario.setting {
        Setting::Shop => (Setting::Payroll, say::page_setting_payroll()),
        Setting::Payroll => (Setting::Shop, say::page_setting_shop()),
    };
    let handshake = |text: Text, without: &[&str], name: &str, value: &str| {
        let mut query = Query::parse(query);
        for other in without {
            query.take(other);
        }
        query.take(name);
        query.push(name, value);
        link(words, text, Page::Handshake, query)
    };
    let certified = scenario.key_exchange.has_certificates();
    let way = match scenario.meddling {
        Meddling::Nothing if Meddling::HideTls13.fits(scenario.key_exchange) => Meddling::HideTls13,
        Meddling::HideTls13 => Meddling::HideTls13AndSign,
        Meddling::Nothing | Meddling::HideTls13AndSign => Meddling::ChangeData,
        Meddling::AskForTls11 | Meddling::ChangeData => Meddling::Nothing,
    };
    let links = [
        handshake(
            say::page_further_exchange(exchange.title()),
            &["suite", "group", "way"],
            "kx",
            exchange.word(),
        ),
        perhaps(certified.then(|| {
            let text = say::page_further_certificate(certificate.title());
            handshake(text, &[], "cert", certificate.word())
        })),
        perhaps(way.fits(scenario.key_exchange).then(|| {
            let text = say::page_further_way(way.title());
            handshake(text, &[], "way", way.word())
        })),
        handshake(other, &["client"], "setting", setting.word()),
        link(
            words,
            say::page_further_compare(),
            Page::Compare,
            Query::parse(query),
        ),
        link(
            words,
            say::page_further_thief(),
            Page::Thief,
            Query::parse(query),
        ),
        perhaps(certified.then(|| {
            let text = say::page_further_certificates();
            link(words, text, Page::Certificate, Query::parse(query))
        })),
    ];
    row([
        element(
            "h3",
            "further__title",
            words.say(say::page_further_heading()),
        ),
        element("ul", "further", row(links)),
    ])
}

/// Saving a run is left to the complete program, which goes on at the same step.
#[cfg(not(feature = "complete"))]
pub(super) fn along(around: &Around) -> Html {
    let Around { platform, words } = around;
    let program = platform.program.clone();
    let on_click = Callback::from(move |_: MouseEvent| program.want_complete());
    row([
        element("h3", "further__title", words.say(say::along_heading())),
        button("button", words.say(say::along_go()), on_click),
    ])
}

fn link(words: &Words, text: Text, page: Page, query: Query) -> Html {
    let href = Route { page, query }.to_string();
    html! { <li><a {href}>{ words.say(text) }</a></li> }
}
