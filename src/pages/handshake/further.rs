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
    // Other pages play each kind of handshake as it usually is.
    let plain = || {
        let mut query = Query::parse(query);
        for finer in ["suite", "group", "way"] {
            query.take(finer);
        }
        query
    };
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
        compared(words, scenario.key_exchange, plain()),
        perhaps(case(scenario.key_exchange).map(|case| {
            let mut query = plain();
            query.push("case", case);
            link(words, say::page_further_thief(), Page::Thief, query)
        })),
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

/// A link to this handshake beside today's; that of today beside the classic one.
fn compared(words: &Words, exchange: KeyExchange, mut query: Query) -> Html {
    let (left, right, text) = match exchange.is_tls13() {
        true => (KeyExchange::Rsa, exchange, say::page_further_classic()),
        false => (exchange, KeyExchange::Tls13, say::page_further_compare()),
    };
    query.push("left", left.word());
    query.push("right", right.word());
    link(words, text, Page::Compare, query)
}

/// What the page on the thief calls the theft that is about this handshake.
const fn case(exchange: KeyExchange) -> Option<&'static str> {
    Some(match exchange {
        KeyExchange::Rsa | KeyExchange::RsaSessionId => "rsa",
        KeyExchange::Ecdhe | KeyExchange::SessionId => "ecdhe",
        KeyExchange::RsaSessionTicket | KeyExchange::SessionTicket => "ticket12",
        KeyExchange::Tls13 | KeyExchange::Retried => "tls13",
        KeyExchange::Hybrid => "quantum-hybrid",
        KeyExchange::Resumed
        | KeyExchange::PskAlone
        | KeyExchange::EarlyData
        | KeyExchange::EarlyRefused => "ticket",
        KeyExchange::External => return None,
    })
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
