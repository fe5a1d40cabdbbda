//! Two handshakes side by side, on the same certificate and the same message.

use padlock_lesson::compare::{Column, Facts, scenario as run_of};
use padlock_lesson::lesson::{Knows, LaneItem, Step};
use padlock_lesson::play::Play;
use padlock_lesson::scenario::{AuthorityKeys, KeyExchange, Scenario};
use padlock_lesson::text::{Text, say};
use padlock_tls::trace::Party;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

pub mod state;

use state::{Action, State};

use crate::callback::sifted;
use crate::components::element::{element, perhaps, row, unseen};
use crate::components::icon::{Icon, icon};
use crate::components::prose::{prose, show};
use crate::context::use_surroundings;
use crate::hooks::keys::{Key, use_keys};
use crate::hooks::told::use_told;
use crate::hooks::trial::use_trials;
use crate::pages::handshake::notices;
use crate::pages::handshake::state::Opening;
use crate::route::Query;
use crate::shared::Shared;
use crate::words::Words;

/// What the [`Compare`] page shows.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct CompareProperties {
    /// What is run, by each key exchange.
    pub scenario: Scenario,
    /// Its query, for links.
    pub query: AttrValue,
    /// What the address says besides.
    pub opening: Query,
    /// What was run already.
    #[prop_or_default]
    pub told: Option<State>,
}

/// The page. It begins to run when it is opened.
#[component]
pub fn Compare(properties: &CompareProperties) -> Html {
    let CompareProperties {
        scenario,
        query,
        opening,
        told,
    } = properties;
    let around = use_surroundings();
    let words = &around.words;
    let opened = use_memo(opening.clone(), State::open);
    let state = {
        let told = told.clone().unwrap_or_else(|| opened.0.clone());
        use_reducer_eq(move || told)
    };
    let scenarios = use_memo(scenario.clone(), |scenario| {
        let by = |exchange: &KeyExchange| run_of(scenario, *exchange);
        KeyExchange::ALL.iter().map(by).collect::<Vec<_>>()
    });
    let dispatch = state.dispatcher();
    let on_run = Callback::from(move |(at, column)| dispatch.dispatch(Action::Told(at, column)));
    use_trials(scenarios, column, on_run);
    let address = around.platform.address.clone();
    use_told(state.link(query), move |link| address.replace(link));
    {
        let dispatch = state.dispatcher();
        let rows = state.rows().len();
        let on_key = use_callback(rows, move |key, rows| {
            dispatch.dispatch(match key {
                Key::Left => Action::Back,
                Key::Right | Key::Space => Action::Forward,
                Key::Home => Action::Go(0),
                Key::End => Action::Go(rows.saturating_sub(1)),
            });
        });
        use_keys(on_key);
    }
    {
        let screen = around.platform.screen.clone();
        use_effect_with(state.row, move |row| {
            if *row > 0 {
                screen.bring(&["compare-now"]);
            }
        });
    }
    let dispatch = state.dispatcher();
    let on_action = Callback::from(move |action| dispatch.dispatch(action));
    let shown = state.both().map(|both| {
        row([
            facts(words, &state, both),
            rows(words, &state, both, query, &on_action),
        ])
    });
    let waiting = || element("p", "running", words.say(say::compare_running()));
    html! {
        <section class="sheet sheet--wide">
            <h1>{ words.say(say::compare_heading()) }</h1>
            { prose(say::compare_intro()) }
            { notices(&opened.1) }
            <div class="versus__choices">
                { choice(words, say::compare_left(), state.left, on_action.reform(Action::Left)) }
                { choice(words, say::compare_right(), state.right, on_action.reform(Action::Right)) }
            </div>
            { shown.unwrap_or_else(waiting) }
            <p><a href="#/thief">{ words.say(say::compare_to_thief()) }</a></p>
        </section>
    }
}

/// What is taken of a run.
fn column(play: &Play) -> Option<Shared<Column>> {
    let recording = play.recording()?;
    Some(Shared::new(Column::of(&recording)))
}

fn choice(
    words: &Words,
    label: Text,
    chosen: KeyExchange,
    on_choice: Callback<KeyExchange>,
) -> Html {
    let option = |offered: &KeyExchange| {
        html! {
            <option value={offered.word()} selected={*offered == chosen}>{ words.plain(&offered.title()) }</option>
        }
    };
    let on_change = sifted(&on_choice, |event: Event| {
        KeyExchange::from_word(&event.target_dyn_into::<HtmlSelectElement>()?.value())
    });
    html! {
        <label class="ask__field">
            <span>{ words.say(label) }</span>
            <select onchange={on_change}>{ row(KeyExchange::ALL.iter().map(option)) }</select>
        </label>
    }
}

/// What was counted in both runs.
fn facts(words: &Words, state: &State, both: [&Shared<Column>; 2]) -> Html {
    let values = both.map(|column| values(&column.facts));
    let line = |(at, title): (usize, Text)| {
        let cell = |(values, exchange): (&[Text; 7], KeyExchange)| {
            let name = words.label(exchange.title());
            html! { <td role="cell" data-who={name}>{ show(words, &values[at]) }</td> }
        };
        let cells = values.iter().zip([state.left, state.right]);
        html! {
            <tr role="row">
                <th role="rowheader" scope="row">{ show(words, &title) }</th>
                { row(cells.map(cell)) }
            </tr>
        }
    };
    let titles = [
        say::compare_data(),
        say::compare_proved(),
        say::compare_unchanged(),
        say::compare_handshake(),
        say::compare_bytes(),
        say::compare_certificate(),
        say::compare_thief(),
    ];
    let head = |exchange: KeyExchange| {
        html! { <th role="columnheader" scope="col">{ words.say(exchange.title()) }</th> }
    };
    html! {
        <table class="versus__facts" role="table">
            { element("caption", "visually-hidden", words.say(say::compare_facts())) }
            <thead role="rowgroup">
                <tr role="row">
                    <td role="cell"></td>
                    { head(state.left) }
                    { head(state.right) }
                </tr>
            </thead>
            <tbody role="rowgroup">{ row(titles.into_iter().enumerate().map(line)) }</tbody>
        </table>
    }
}

/// What stands behind each title.
fn values(facts: &Facts) -> [Text; 7] {
    [
        trips(facts.data),
        trips(facts.server_proved),
        trips(facts.unchanged),
        say::compare_bytes_value(facts.handshake),
        say::compare_bytes_value(facts.bytes),
        match facts.certificate {
            None => say::compare_certificate_none(),
            Some(Knows::Read) => say::compare_certificate_read(),
            Some(_) => say::compare_certificate_sealed(),
        },
        match facts.thief_reads {
            None => say::compare_thief_none(),
            Some(true) => say::compare_thief_reads(),
            Some(false) => say::compare_thief_fails(),
        },
    ]
}

fn trips(count: Option<usize>) -> Text {
    count.map_or_else(say::compare_never, say::compare_trips)
}

/// The steps of both, a row each.
fn rows(
    words: &Words,
    state: &State,
    both: [&Shared<Column>; 2],
    query: &str,
    on_action: &Callback<Action>,
) -> Html {
    let all = state.rows();
    let count = all.len();
    let item = |(at, (left, right)): (usize, (Option<usize>, Option<usize>))| {
        let now = at == state.row;
        let sides = [(both[0], left, state.left), (both[1], right, state.right)];
        let cell = |(column, step, exchange): (&Shared<Column>, Option<usize>, KeyExchange)| {
            let step = step.and_then(|step| Some((step, column.lesson.steps.get(step)?)));
            match step {
                None => element("div", "versus__cell versus__cell--none", Html::default()),
                Some((number, step)) => {
                    let link = link(query, exchange, number);
                    cell(words, exchange, step, now.then_some(link))
                }
            }
        };
        let class = match now {
            true => "versus__row versus__row--now",
            false => "versus__row",
        };
        let on_click = on_action.reform(move |_: MouseEvent| Action::Go(at));
        html! {
            <li {class} key={at} id={now.then_some("compare-now")} aria-current={now.then_some("step")} onclick={on_click}>
                { row(sides.into_iter().map(cell)) }
            </li>
        }
    };
    let step = |label: Text, drawing: Icon, action: Action, off: bool| {
        let on_click = on_action.reform(move |_: MouseEvent| action.clone());
        html! {
            <button type="button" class="button" aria-disabled={off.then_some("true")} onclick={on_click}>
                { row([icon(drawing), words.say(label)]) }
            </button>
        }
    };
    let (at_start, at_end) = (state.row == 0, state.row + 1 >= count);
    html! {
        <section>
            <h2>{ words.say(say::compare_steps()) }</h2>
            { element("p", "soft", words.say(say::compare_steps_about())) }
            // The controls stay on view as long as the rows do.
            <div class="versus__steps">
                <ol class="versus__rows">{ row(all.into_iter().enumerate().map(item)) }</ol>
                <div class="versus__controls">
                    { step(say::page_back(), Icon::Back, Action::Back, at_start) }
                    { step(say::page_forward(), Icon::Forward, Action::Forward, at_end) }
                    <span class="versus__place" role="status">{ words.say(say::compare_place(state.row + 1, count)) }</span>
                </div>
            </div>
        </section>
    }
}

/// The address of a step of the story of its own: of the run that the column shows, which leaves the
/// finer choices out.
fn link(query: &str, exchange: KeyExchange, step: usize) -> String {
    let mut query = Query::parse(query);
    for name in ["suite", "group", "way"] {
        query.take(name);
    }
    for (name, word) in [("kx", exchange.word()), ("ca", AuthorityKeys::Rsa.word())] {
        query.take(name);
        query.push(name, word);
    }
    let opening = Opening {
        step,
        ..Opening::default()
    };
    opening.link(&query.to_string())
}

/// A step; with the link to it, if it is the one where the reader is.
fn cell(words: &Words, exchange: KeyExchange, step: &Step, now: Option<String>) -> Html {
    let (class, lane) = match &step.lane {
        LaneItem::Arrow {
            from, labels, size, ..
        } => {
            let names = labels.iter().enumerate().map(|(at, label)| {
                let comma = if at > 0 { ", " } else { "" };
                let lock = label
                    .encrypted
                    .then(|| row([icon(Icon::Lock), unseen(words.say(say::page_encrypted()))]));
                row([comma.into(), perhaps(lock), show(words, &label.label)])
            });
            let size = element(
                "small",
                "versus__size",
                words.say(say::page_bytes_short(*size)),
            );
            let lane = element("p", "versus__lane", row(names.chain([" ".into(), size])));
            (side(*from), Some(lane))
        }
        LaneItem::Inside { party, .. } => (side(*party), None),
        LaneItem::Both { .. } => ("versus__cell versus__cell--both", None),
    };
    let more = now.map(|href| {
        let heard = step.overheard.iter().filter(|heard| heard.new);
        let heard: Vec<_> = heard.map(|heard| words.plain(&heard.what)).collect();
        let heard = (!heard.is_empty()).then(|| {
            element(
                "p",
                "versus__heard",
                words.say(say::compare_heard(heard.join(" · "))),
            )
        });
        let open = words.label(say::compare_open_label(words.plain(&step.title)));
        row([
            element("p", "versus__line", show(words, &step.line)),
            perhaps(heard),
            html! { <a {href} aria-label={open}>{ words.say(say::compare_open()) }</a> },
        ])
    });
    let parts = [
        element("small", "versus__who", words.say(exchange.title())),
        element("strong", "versus__title", show(words, &step.title)),
        perhaps(lane),
        perhaps(more),
    ];
    element("div", class, row(parts))
}

const fn side(party: Party) -> &'static str {
    match party {
        Party::Client => "versus__cell versus__cell--client",
        Party::Server => "versus__cell versus__cell--server",
    }
}

#[cfg(test)]
mod tests {
    use padlock_lesson::scenario::{KeyExchange, Scenario};

    use super::{link, run_of};

    #[test]
    fn leads_to_the_run_that_is_shown() {
        let query = "setting=payroll&kx=tls13&suite=TLS_AES_256_GCM_SHA384&group=secp384r1&way=hide-tls13\
            &seed=000102030405060708090a0b0c0d0e0f&date=2026-11-21T18:30:00Z";
        let read = |query: &str| {
            let (parts, problems) = Scenario::from_query(query);
            assert_eq!(problems, [], "{query}");
            parts.complete([0; 16], 0)
        };
        let chosen = read(query);
        assert!(chosen.suite.is_some() && chosen.group.is_some());
        for exchange in KeyExchange::ALL {
            let link = link(&format!("{query}&embed=1"), *exchange, 2);
            let (page, led) = link.split_once('?').unwrap();
            assert_eq!(page, "#/handshake");
            assert_eq!(read(led), run_of(&chosen, *exchange));
            assert!(led.contains("&embed=1&") && led.ends_with("&step=3"));
        }
    }
}
