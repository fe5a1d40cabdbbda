//! The thief: a connection was recorded, and a key is stolen later.

use padlock_lesson::play::{Play, Recording};
use padlock_lesson::scenario::{Meddling, Scenario};
use padlock_lesson::text::{Text, say};
use padlock_lesson::thief::{Case, Found, Heist, Replays, Taken};
use padlock_tls::trace::Party;
use yew::prelude::*;

pub mod state;

use state::{Action, State};

use crate::components::bytes::bytes;
use crate::components::element::{button, element, perhaps, row, word};
use crate::components::icon::{Icon, icon};
use crate::components::prose::{prose, show};
use crate::context::use_surroundings;
use crate::hooks::told::use_told;
use crate::hooks::trial::use_trials;
use crate::pages::handshake::notices;
use crate::route::Query;
use crate::shared::Shared;
use crate::words::Words;

/// What the [`Thief`] page shows.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct ThiefProperties {
    /// What is run.
    pub scenario: Scenario,
    /// Its query, for links.
    pub query: AttrValue,
    /// What the address says besides.
    pub opening: Query,
    /// What was done already.
    #[prop_or_default]
    pub done: Option<State>,
}

/// The page. It begins to record when it is opened.
#[component]
pub fn Thief(properties: &ThiefProperties) -> Html {
    let ThiefProperties {
        scenario,
        query,
        opening,
        done,
    } = properties;
    let around = use_surroundings();
    let words = &around.words;
    let opened = use_memo(opening.clone(), State::open);
    let state = {
        let done = done.clone().unwrap_or_else(|| opened.0.clone());
        use_reducer_eq(move || done)
    };
    let scenarios = use_memo(scenario.clone(), |scenario| {
        let cases = Case::ALL.into_iter();
        cases
            .map(|case| recorded(scenario, case))
            .collect::<Vec<_>>()
    });
    let dispatch = state.dispatcher();
    let on_run =
        Callback::from(move |(at, recording)| dispatch.dispatch(Action::Recorded(at, recording)));
    use_trials(scenarios, recording, on_run);
    let address = around.platform.address.clone();
    use_told(state.link(query), move |link| address.replace(link));

    let dispatch = state.dispatcher();
    let on_action = Callback::from(move |action| dispatch.dispatch(action));
    let case = |case: Case| {
        let on_click = on_action.reform(move |_: MouseEvent| Action::Choose(case));
        html! {
            <button type="button" class="button button--quiet" aria-pressed={word(case == state.case)}
                onclick={on_click}>{ words.say(title(case)) }</button>
        }
    };
    let shown = state.heist.as_ref().map(|heist| {
        // One button, so that the focus stays where it is.
        let (class, said, action) = match state.stolen {
            false => ("button", loot(state.case), Action::Steal),
            true => ("button button--quiet", say::thief_again(), Action::Again),
        };
        row([
            button(
                class,
                words.say(said),
                on_action.reform(move |_| action.clone()),
            ),
            perhaps(state.stolen.then(|| outcome(words, state.case, heist))),
            perhaps((!heist.found.is_empty()).then(|| found(words, heist))),
            records(words, heist, state.stolen),
        ])
    });
    // The very same run: seed and date stand in its address.
    let of_scenario = scenario.to_query();
    let suffix = query.strip_prefix(&*of_scenario).unwrap_or_default();
    let run = recorded(scenario, state.case).to_query();
    let handshake = format!("#/handshake?{run}{suffix}");
    let waiting = || element("p", "running", words.say(say::thief_recording()));
    let again = (state.case == Case::Ticket && state.heist.is_some())
        .then(|| replay(words, state.replays.as_ref(), &on_action));
    html! {
        <section class="sheet sheet--wide">
            <h1>{ words.say(say::thief_heading()) }</h1>
            { prose(say::thief_intro()) }
            { notices(&opened.1) }
            <div class="failures__filter" role="group" aria-label={words.label(say::thief_cases())}>
                { row(Case::ALL.into_iter().map(case)) }
            </div>
            { prose(state.case.about()) }
            <p><a href={handshake}>{ words.say(say::thief_to_handshake()) }</a></p>
            { shown.unwrap_or_else(waiting) }
            { perhaps(again) }
        </section>
    }
}

/// The run that is recorded of this case.
fn recorded(scenario: &Scenario, case: Case) -> Scenario {
    Scenario {
        key_exchange: case.key_exchange(),
        suite: None,
        group: None,
        meddling: Meddling::Nothing,
        ..scenario.clone()
    }
}

/// What is taken of a run.
fn recording(play: &Play) -> Option<Shared<Recording>> {
    play.recording().map(Shared::new)
}

fn title(case: Case) -> Text {
    match case {
        Case::OldTicket => say::thief_case_old_ticket(),
        Case::Ticket => say::thief_case_ticket(),
        Case::PskAlone => say::thief_case_psk_alone(),
        Case::External => say::thief_case_external(),
        Case::Quantum => say::thief_case_quantum(),
        Case::QuantumHybrid => say::thief_case_hybrid(),
        other => other.key_exchange().title(),
    }
}

/// What the button steals.
fn loot(case: Case) -> Text {
    match case {
        Case::OldTicket | Case::Ticket | Case::PskAlone => say::thief_steal_ticket(),
        Case::External => say::thief_steal_given(),
        Case::Quantum | Case::QuantumHybrid => say::thief_break(),
        _ => say::thief_steal(),
    }
}

/// What came of it, and why.
fn outcome(words: &Words, case: Case, heist: &Heist) -> Html {
    let Heist { opened, sealed, .. } = *heist;
    let (class, drawing) = match opened {
        0 => ("thief__outcome thief__outcome--safe", Icon::Lock),
        _ => ("thief__outcome thief__outcome--open", Icon::Warning),
    };
    let count = words.say(say::thief_opened(opened, sealed));
    let said = row([icon(drawing), " ".into(), count]);
    html! {
        <div {class} role="status">
            { element("p", "thief__count", said) }
            { prose(case.why()) }
        </div>
    }
}

/// What leads from the private key to those of the records, as far as it does.
fn found(words: &Words, heist: &Heist) -> Html {
    let item = |(at, found): (usize, &Found)| {
        let title = element("strong", "thief__name", show(words, &found.title));
        html! { <li key={at}>{ title }{ bytes(&found.bytes) }</li> }
    };
    let lacks = heist.lacks.as_ref().map(|title| {
        let missing = row([icon(Icon::Lock), words.say(say::thief_lacks())]);
        let title = element("strong", "thief__name", show(words, title));
        html! { <li key="lacks">{ title }{ element("p", "thief__lacks", missing) }</li> }
    });
    let items = heist.found.iter().enumerate().map(item).chain(lacks);
    row([
        element("h2", "", words.say(say::thief_found())),
        element("ol", "thief__found", row(items)),
    ])
}

/// The records, in the order of the wire.
fn records(words: &Words, heist: &Heist, stolen: bool) -> Html {
    let item = |(at, taken): (usize, &Taken)| {
        html! { <li key={at} class={class(taken)}>{ record(words, taken, stolen) }</li> }
    };
    html! {
        <>
            <h2>{ words.say(say::thief_wire()) }</h2>
            <ol class="thief__wire">{ row(heist.records.iter().enumerate().map(item)) }</ol>
        </>
    }
}

const fn class(taken: &Taken) -> &'static str {
    match taken.from {
        Party::Client => "thief__record thief__record--client",
        Party::Server => "thief__record thief__record--server",
    }
}

fn record(words: &Words, taken: &Taken, stolen: bool) -> Html {
    let from = match taken.from {
        Party::Client => say::page_to_server(),
        Party::Server => say::page_to_client(),
    };
    let sealed = taken.outside.is_empty();
    let outside = match sealed {
        true => row([icon(Icon::Lock), words.say(say::thief_sealed())]),
        false => list(words, &taken.outside),
    };
    let inside = (stolen && sealed).then(|| match taken.inside.is_empty() {
        true => element("p", "thief__shut", words.say(say::thief_shut())),
        false => {
            let tag = element("span", "tag tag--secret", words.say(say::thief_open()));
            let read = row([tag, " ".into(), list(words, &taken.inside)]);
            element("p", "thief__inside", read)
        }
    });
    let way =
        (stolen && taken.is_way).then(|| element("p", "thief__way", words.say(say::thief_way())));
    html! {
        <>
            <p class="thief__outside">
                { element("small", "thief__from", words.say(from)) }
                { outside }
                { " " }
                { element("small", "thief__from", words.say(say::page_bytes_short(taken.bytes.len()))) }
            </p>
            { perhaps(inside) }
            { perhaps(way) }
            <details>
                { element("summary", "checks__more", words.say(say::thief_bytes())) }
                { bytes(&taken.bytes) }
            </details>
        </>
    }
}

/// "Certificate, Server Hello Done"
fn list(words: &Words, texts: &[Text]) -> Html {
    let mut parts = Vec::new();
    for (at, text) in texts.iter().enumerate() {
        if at > 0 {
            parts.push(", ".into());
        }
        parts.push(show(words, text));
    }
    row(parts)
}

/// Early data, sent again.
fn replay(words: &Words, replays: Option<&Replays>, on_action: &Callback<Action>) -> Html {
    let again = button(
        "button",
        words.say(say::thief_replay()),
        on_action.reform(|_| Action::Replay),
    );
    let results = replays.map(|replays| {
        let server = |(name, attempts): (Text, &Vec<Option<String>>)| {
            let attempt = |(at, taken): (usize, &Option<String>)| {
                let said = match taken {
                    Some(text) => say::thief_replay_taken(at + 1, text),
                    None => say::thief_replay_refused(at + 1),
                };
                html! { <li key={at}>{ show(words, &said) }</li> }
            };
            let attempts = row(attempts.iter().enumerate().map(attempt));
            row([
                element("h3", "", words.say(name)),
                element("ol", "thief__attempts", attempts),
            ])
        };
        let both = [
            (say::thief_careless(), &replays.careless),
            (say::thief_careful(), &replays.careful),
        ];
        let about = prose(say::thief_replay_about());
        html! { <div role="status">{ row(both.into_iter().map(server).chain([about])) }</div> }
    });
    html! {
        <>
            <h2>{ words.say(say::thief_replay_heading()) }</h2>
            { prose(say::thief_replay_intro()) }
            { again }
            { perhaps(results) }
        </>
    }
}
