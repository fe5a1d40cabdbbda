//! The whole page: which part of it is on view, and the frame around it.

#[cfg(not(feature = "complete"))]
use std::rc::Rc;

use padlock_lesson::scenario::Scenario;
use padlock_lesson::text::{Text, say};
use yew::prelude::*;

pub mod state;

use state::{Action, Drawn, State, View};

use crate::components::header::header;
use crate::context::{Around, Surroundings, use_surroundings};
#[cfg(feature = "complete")]
use crate::hooks::kept::{use_gallery, use_reader};
#[cfg(feature = "complete")]
use crate::hooks::run::Material;
use crate::hooks::run::use_run;
use crate::hooks::told::use_told;
#[cfg(feature = "complete")]
use crate::hooks::workshop::use_workshop;
use crate::pages::certificate::Certificate;
#[cfg(feature = "complete")]
use crate::pages::compare::Compare;
#[cfg(feature = "complete")]
use crate::pages::failures::Failures;
use crate::pages::handshake::Handshake;
use crate::pages::handshake::state::Opening;
#[cfg(feature = "complete")]
use crate::pages::read::Read;
use crate::pages::speed::Speed;
#[cfg(feature = "complete")]
use crate::pages::thief::Thief;
use crate::pages::unknown::unknown;
#[cfg(feature = "complete")]
use crate::pages::workshop::Workshop;
#[cfg(feature = "complete")]
use crate::pages::workshop::staged::{Staged, advised, staged};
use crate::platform::Platform;
use crate::platform::screen::Theme;
use crate::route::{Page, Query};

/// Under which name the colours are remembered.
const THEME: &str = "padlock-theme";

/// Where the [`App`] runs.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct AppProperties {
    /// The browser, or a fixed place.
    pub platform: Platform,
}

/// Gives everything below the place it runs in and the words.
#[component]
pub fn App(properties: &AppProperties) -> Html {
    let platform = properties.platform.clone();
    let surroundings = use_memo((), |()| Surroundings::english(platform));
    html! {
        <ContextProvider<Surroundings> context={(*surroundings).clone()}>
            <Site />
        </ContextProvider<Surroundings>>
    }
}

#[component]
fn Site() -> Html {
    let around = use_surroundings();
    let Around { platform, words } = &*around;
    let state = {
        let platform = platform.clone();
        use_reducer_eq(move || {
            let embedded = Query::parse(&platform.address.search())
                .value("embed")
                .is_some_and(|value| value != "0");
            State::open(&platform.address.hash(), drawn(&platform), embedded)
        })
    };
    let theme = use_state_eq(Theme::default);
    #[cfg(feature = "complete")]
    let (reader, gallery) = (use_reader(), use_gallery());
    #[cfg(feature = "complete")]
    let (workshop, own) = use_workshop();
    #[cfg(feature = "complete")]
    let (
        Staged {
            scenario,
            notice,
            advice,
        },
        own,
    ) = {
        let made = (*own).as_ref().map(Material::own);
        (staged(&state.scenario, made), own)
    };
    #[cfg(feature = "complete")]
    let advice = advised(words, notice, advice, |other| state.link(other));
    // The first program has no workshop.
    #[cfg(not(feature = "complete"))]
    let (scenario, own) = (state.scenario.clone(), Rc::new(None));
    #[cfg(not(feature = "complete"))]
    let advice = Html::default();
    let run = use_run(
        state
            .needs_run()
            .then(|| (scenario.clone(), (*own).clone())),
    );
    {
        let theme = theme.clone();
        let platform = platform.clone();
        use_effect_with((), move |()| {
            if let Some(kept) = platform
                .storage
                .read(THEME)
                .and_then(|name| Theme::from_name(&name))
            {
                platform.screen.show_theme(kept);
                theme.set(kept);
            }
        });
    }
    {
        let dispatch = state.dispatcher();
        let platform = platform.clone();
        use_effect_with((), move |()| {
            let address = platform.address.clone();
            let moved = Callback::from(move |hash: String| {
                dispatch.dispatch(Action::Moved(hash, drawn(&platform)))
            });
            let listeners = address.listen(moved);
            move || drop(listeners)
        });
    }
    {
        // Another page begins at its beginning, for eyes and for screen readers. Whoever comes back to
        // the gallery comes back, once, to the link by which they left.
        let screen = platform.screen.clone();
        #[cfg(feature = "complete")]
        let left = (gallery.left.clone()).filter(|_| state.page == Page::Failures);
        #[cfg(feature = "complete")]
        let arrived = {
            let gallery = gallery.dispatcher();
            move || gallery.dispatch(crate::pages::failures::state::Action::Arrive)
        };
        #[cfg(not(feature = "complete"))]
        let (left, arrived) = (None::<String>, || {});
        use_effect_with((state.page.clone(), state.visit > 0), move |(_, moved)| {
            if *moved {
                screen.begin("main");
                if let Some(link) = left {
                    screen.focus(&link);
                    arrived();
                }
            }
        });
    }
    {
        let program = platform.program.clone();
        use_effect_with(
            (state.page.needs_complete(), state.visit),
            move |(needs_complete, _)| {
                if *needs_complete && !program.is_complete() {
                    program.want_complete();
                }
            },
        );
    }
    let screen = platform.screen.clone();
    use_told(words.plain(&title(&state.page)), move |title| {
        screen.show_title(title)
    });
    let shown_theme = *theme;
    let on_theme = {
        let platform = platform.clone();
        Callback::from(move |chosen: Theme| {
            platform.screen.show_theme(chosen);
            platform.storage.write(THEME, chosen.name());
            theme.set(chosen);
        })
    };
    let on_scenario = {
        let state = state.clone();
        let dispatch = state.dispatcher();
        let address = platform.address.clone();
        Callback::from(move |scenario: Scenario| {
            address.push(&state.link(&scenario));
            dispatch.dispatch(Action::Run(scenario));
        })
    };
    let on_new = {
        let platform = platform.clone();
        let scenario = scenario.clone();
        on_scenario.reform(move |()| {
            let Drawn { seed, now } = drawn(&platform);
            Scenario {
                seed,
                now,
                ..scenario.clone()
            }
        })
    };
    let place = use_mut_ref(Opening::default);
    let on_place = {
        let place = place.clone();
        use_callback((), move |now, ()| {
            place.replace(now);
        })
    };
    let query = AttrValue::from(state.query());
    let problems = state.problems.clone();
    let shown = match &state.view {
        View::Handshake(opening) => html! {
            <Handshake key={state.visit} {scenario} query={query.clone()} {run} opening={*opening}
                {problems} {advice} {on_scenario} {on_new} {on_place} />
        },
        View::Certificate(opening) => html! {
            <Certificate key={state.visit} query={query.clone()} {run} opening={opening.clone()}
                {problems} {advice} />
        },
        // The first program leaves these pages to the complete one.
        #[cfg(feature = "complete")]
        View::Read => {
            let dispatch = reader.dispatcher();
            let act = Callback::from(move |action| dispatch.dispatch(action));
            html! { <Read key={state.visit} state={(*reader).clone()} {act} /> }
        }
        #[cfg(feature = "complete")]
        View::Compare(opening) => html! {
            <Compare key={state.visit} scenario={state.scenario.clone()} query={query.clone()} opening={opening.clone()} />
        },
        #[cfg(feature = "complete")]
        View::Thief(opening) => html! {
            <Thief key={state.visit} scenario={state.scenario.clone()} query={query.clone()} opening={opening.clone()} />
        },
        #[cfg(feature = "complete")]
        View::Workshop => {
            let dispatch = workshop.dispatcher();
            let act = Callback::from(move |action| dispatch.dispatch(action));
            html! { <Workshop state={(*workshop).clone()} {act} /> }
        }
        #[cfg(feature = "complete")]
        View::Failures(opening) => {
            let dispatch = gallery.dispatcher();
            let act = Callback::from(move |action| dispatch.dispatch(action));
            html! {
                <Failures key={state.visit} opening={opening.clone()} suffix={state.suffix}
                    state={(*gallery).clone()} {act} />
            }
        }
        View::Speed if cfg!(feature = "complete") => html! { <Speed /> },
        #[cfg(not(feature = "complete"))]
        View::Read | View::Workshop | View::Failures(_) | View::Compare(_) | View::Thief(_) => {
            Html::default()
        }
        View::Speed => Html::default(),
        View::Unknown(name) => unknown(words, name),
    };
    let (class, top) = if state.embedded {
        ("site site--embedded", Html::default())
    } else {
        let top = header(
            &around,
            &state.page,
            &query,
            *place.borrow(),
            shown_theme,
            &on_theme,
        );
        ("site", top)
    };
    html! {
        <div {class}>
            { top }
            <main class="main" id="main" tabindex="-1">{ shown }</main>
        </div>
    }
}

/// What a new run draws, if its address does not say it.
fn drawn(platform: &Platform) -> Drawn {
    Drawn {
        seed: platform.entropy.seed(),
        now: platform.clock.unix_seconds(),
    }
}

fn title(page: &Page) -> Text {
    let name = match page {
        Page::Handshake => say::page_title_handshake(),
        Page::Certificate => say::page_nav_certificate(),
        Page::Read => say::page_nav_read(),
        Page::Workshop => say::page_nav_workshop(),
        Page::Failures => say::page_nav_failures(),
        Page::Compare => say::page_nav_compare(),
        Page::Thief => say::page_thief_name(),
        Page::Speed => say::page_nav_speed(),
        Page::Unknown(_) => say::page_unknown_heading(),
    };
    say::page_title(name)
}
