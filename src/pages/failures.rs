//! The gallery of failures: what can be wrong with a certificate, tried here and now.

use padlock_lesson::gallery::{CASES, Case, Group, Shown, VERSIONS};
use padlock_lesson::play::{Outcome, Play};
use padlock_lesson::text::{Argument, say};
use padlock_pki::verify::Called;
use yew::prelude::*;

pub mod state;

use state::{Action, Outcomes, State, asked};

use crate::callback::sifted;
use crate::components::element::{definition, element, perhaps, row, word};
use crate::components::icon::{Icon, icon};
use crate::components::prose::{prose, show};
use crate::context::use_surroundings;
use crate::hooks::told::use_told;
use crate::hooks::trial::use_trials;
use crate::pages::handshake::notices;
use crate::route::Query;
use crate::words::Words;

/// What the [`Failures`] page shows.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct FailuresProperties {
    /// What the address says.
    #[prop_or_default]
    pub opening: Query,
    /// What links carry besides.
    #[prop_or_default]
    pub suffix: AttrValue,
    /// What was tried, and which of it is shown. It outlives the page.
    pub state: State,
    /// Tells what comes of a trial, and what the reader does.
    pub act: Callback<Action>,
}

/// The page. It begins to try when it is opened, and goes on when it is opened again.
#[component]
pub fn Failures(properties: &FailuresProperties) -> Html {
    let FailuresProperties {
        opening,
        suffix,
        state,
        act,
    } = properties;
    let around = use_surroundings();
    let words = &around.words;
    let opened = use_memo(opening.clone(), asked);
    {
        let act = act.clone();
        use_effect_with(opened.0.clone(), move |asked| {
            if let Some(asked) = asked {
                act.emit(asked.clone());
            }
        });
    }
    let address = around.platform.address.clone();
    use_told(state.link(suffix), move |link| address.replace(link));
    let missing = use_memo((), |()| state.missing());
    let scenarios = {
        let platform = around.platform.clone();
        use_memo(missing.clone(), move |missing| {
            let (seed, now) = (platform.entropy.seed(), platform.clock.unix_seconds());
            let trial = |at: &usize| {
                let case = CASES.get(at / VERSIONS.len())?;
                Some(case.scenario(VERSIONS[at % VERSIONS.len()], seed, now))
            };
            missing.iter().filter_map(trial).collect::<Vec<_>>()
        })
    };
    let told = sifted(act, move |(at, outcome): (usize, Outcome)| {
        Some(Action::Tried(*missing.get(at)?, outcome))
    });
    use_trials(scenarios, Play::outcome, told);

    let group = |group: &Group| {
        let mut cards = state.shown(*group).peekable();
        cards.peek()?;
        let cards = cards.map(|(case, outcomes)| card(words, case, outcomes, act));
        Some(html! {
            <section key={group.word()}>
                <h2>{ words.say(group.title()) }</h2>
                { element("ul", "failures", row(cards)) }
            </section>
        })
    };
    html! {
        <section class="sheet sheet--wide">
            <h1>{ words.say(say::page_failures_heading()) }</h1>
            { prose(say::page_failures_intro()) }
            { notices(opened.1.as_slice()) }
            { filter(words, state, act) }
            <p role="status">{ words.say(say::page_failures_progress(CASES.len(), state.tried())) }</p>
            { row(Group::ALL.iter().filter_map(group)) }
            { element("div", "sheet__on", prose(say::page_failures_note())) }
        </section>
    }
}

/// The buttons that choose a group.
fn filter(words: &Words, state: &State, act: &Callback<Action>) -> Html {
    let groups = Group::ALL.iter().copied().map(Some);
    let offer = |group: Option<Group>| {
        let name = group.map_or_else(say::page_failures_all, Group::title);
        let on_click = act.reform(move |_: MouseEvent| Action::Show(group));
        html! {
            <button type="button" class="button button--quiet" aria-pressed={word(state.group == group)}
                onclick={on_click}>{ words.say(name) }</button>
        }
    };
    html! {
        <div class="failures__filter" role="group" aria-label={words.label(say::page_failures_show())}>
            { row([None].into_iter().chain(groups).map(offer)) }
        </div>
    }
}

fn card(words: &Words, case: Case, outcomes: &Outcomes, act: &Callback<Action>) -> Html {
    let of_client = matches!(case.shown, Shown::Client(_));
    let tag = || element("span", "tag", words.say(say::page_failures_client()));
    let title = words.plain(&case.title());
    // A refusal is opened at the step that refuses.
    let link = |version, outcome: &Option<Outcome>| {
        let refused = outcome.as_ref().is_some_and(|one| one.refusal.is_some());
        let step = if refused { "&step=last" } else { "" };
        format!("#/handshake?{}{step}", case.query(version))
    };
    let named = [
        (
            say::page_failures_play(),
            say::page_failures_play_label(&*title),
        ),
        (
            say::page_failures_play13(),
            say::page_failures_play13_label(&*title),
        ),
    ];
    let links = VERSIONS.into_iter().zip(outcomes).zip(named);
    let links = links.map(|((version, outcome), (said, label))| {
        // Whoever comes back finds the place again by it.
        let id = format!("try-{}", case.query(version));
        let on_click = {
            let id = id.clone();
            act.reform(move |_: MouseEvent| Action::Leave(id.clone()))
        };
        let href = link(version, outcome);
        html! {
            <>
                <a {id} {href} aria-label={words.label(label)} onclick={on_click}>{ words.say(said) }</a>
                { " " }
            </>
        }
    });
    let mut ended = outcomes.iter().flatten();
    let called = ended
        .find_map(|outcome| outcome.check.as_ref()?.called())
        .map(|called| names(words, called));
    html! {
        <li class="failures__card" key={case.query(VERSIONS[0])}>
            <h3>{ title }{ " " }{ perhaps(of_client.then(tag)) }</h3>
            <p>{ show(words, &case.about()) }</p>
            { verdicts(words, outcomes) }
            { row([case.difference(), case.in_tls13()].into_iter().flatten().map(prose)) }
            { perhaps(called) }
            { element("p", "failures__links", row(links)) }
        </li>
    }
}

/// What came of it in each version; said once where it is the same.
fn verdicts(words: &Words, outcomes: &Outcomes) -> Html {
    if let [Some(older), Some(newer)] = outcomes
        && older.refusal == newer.refusal
    {
        let [older_name, newer_name] = VERSIONS.map(|exchange| exchange.version().to_string());
        return verdict(
            words,
            say::page_failures_both(newer_name, older_name),
            older,
        );
    }
    let each = VERSIONS.into_iter().zip(outcomes);
    let known = each.filter_map(|(version, outcome)| Some((version, outcome.as_ref()?)));
    let mut all: Vec<_> = known
        .map(|(exchange, outcome)| verdict(words, exchange.version().to_string(), outcome))
        .collect();
    if all.len() < VERSIONS.len() {
        let running = words.say(say::page_failures_running());
        all.push(element("p", "failures__verdict", running));
    }
    row(all)
}

fn verdict(words: &Words, version: impl Into<Argument>, outcome: &Outcome) -> Html {
    let (class, drawing, said) = match outcome.refusal {
        None => (
            "failures__verdict failures__verdict--good",
            Icon::Tick,
            say::page_failures_accepted(version),
        ),
        Some((_, alert)) => (
            "failures__verdict failures__verdict--bad",
            Icon::Cross,
            say::page_failures_refused(alert.to_string(), alert.0.to_string(), version),
        ),
    };
    element("p", class, row([icon(drawing), show(words, &said)]))
}

/// What others call it, as far as they have names.
fn names(words: &Words, called: Called) -> Html {
    let numbered = |(name, number): (&str, u8)| format!("{name} ({number})");
    let names = [
        ("Chrome", called.chrome.map(str::to_owned)),
        ("Firefox", called.firefox.map(str::to_owned)),
        ("Safari", called.safari.map(str::to_owned)),
        ("OpenSSL", called.openssl.map(numbered)),
        ("curl", called.curl.map(numbered)),
    ];
    let name = |(program, name): (&str, Option<String>)| {
        let name = html! { <code>{ name? }</code> };
        Some(definition(
            "failures__name",
            program.to_owned().into(),
            name,
        ))
    };
    html! {
        <details>
            { element("summary", "checks__more", words.say(say::page_failures_called())) }
            { element("dl", "failures__names", row(names.into_iter().filter_map(name))) }
        </details>
    }
}
