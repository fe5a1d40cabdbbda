//! Pages put on view without a browser.

use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};

use padlock::context::Surroundings;
use padlock::hooks::run::Run;
use padlock::pages::certificate::state::State as Exhibits;
use padlock::pages::certificate::{Certificate, CertificateProperties};
use padlock::pages::compare::state::State as Compared;
use padlock::pages::compare::{Compare, CompareProperties};
use padlock::pages::failures::state::State as Tried;
use padlock::pages::failures::{Failures, FailuresProperties};
use padlock::pages::handshake::state::Opening;
use padlock::pages::handshake::{Handshake, HandshakeProperties};
use padlock::pages::read::state::State as Opened;
use padlock::pages::read::{Read, ReadProperties};
use padlock::pages::speed::state::State as Measured;
use padlock::pages::speed::{Speed, SpeedProperties};
use padlock::pages::thief::state::State as Stolen;
use padlock::pages::thief::{Thief, ThiefProperties};
use padlock::pages::workshop::state::State as Making;
use padlock::pages::workshop::{Workshop, WorkshopProperties};
use padlock::platform::Platform;
use padlock::route::Query;
use padlock::{App, AppProperties};
use padlock_lesson::lesson::Lesson;
use padlock_lesson::play::{self, Outcome, Play};
use padlock_lesson::scenario::Scenario;
use yew::ServerRenderer;
use yew::prelude::*;

/// The usual scenario, with a seed and a date.
pub(crate) fn scenario() -> Scenario {
    let (parts, problems) = Scenario::from_query("setting=shop");
    assert_eq!(problems, []);
    parts.complete([7; 16], 1_795_285_800)
}

/// A run of it, told.
pub(crate) fn lesson(scenario: &Scenario) -> Lesson {
    play::tell(scenario)
}

/// The whole page at an address; effects do not run, so neither does the handshake.
pub(crate) fn app(hash: &str) -> String {
    let hash = hash.to_owned();
    render::<App>(move || AppProperties {
        platform: Platform::fixed(&hash),
    })
}

/// The handshake page with a story that is told.
pub(crate) fn handshake(scenario: &Scenario, lesson: &Lesson, opening: Opening) -> String {
    let (scenario, lesson) = (scenario.clone(), lesson.clone());
    render::<Handshake>(move || HandshakeProperties {
        query: scenario.to_query().into(),
        scenario,
        run: Run::told(lesson),
        opening,
        problems: Vec::new(),
        advice: Html::default(),
        on_scenario: Callback::noop(),
        on_new: Callback::noop(),
        on_place: Callback::noop(),
    })
}

/// The certificate page, at one of the run's certificates.
pub(crate) fn certificate(scenario: &Scenario, lesson: &Lesson, chosen: usize) -> String {
    let (query, lesson) = (scenario.to_query(), lesson.clone());
    render::<Certificate>(move || CertificateProperties {
        query: query.into(),
        run: Run::told(lesson),
        opening: Exhibits {
            chosen,
            pointed: None,
        },
        problems: Vec::new(),
        advice: yew::Html::default(),
    })
}

/// The gallery of failures.
pub(crate) fn failures(tried: Tried) -> String {
    render::<Failures>(move || FailuresProperties {
        opening: Query::default(),
        suffix: AttrValue::default(),
        state: tried,
        act: Callback::noop(),
    })
}

/// Two handshakes side by side; what was run is made on the thread that draws.
pub(crate) fn compare(told: impl 'static + Send + FnOnce() -> Compared) -> String {
    render::<Compare>(move || CompareProperties {
        scenario: scenario(),
        query: scenario().to_query().into(),
        opening: Query::default(),
        told: Some(told()),
    })
}

/// The thief's page.
pub(crate) fn thief(done: impl 'static + Send + FnOnce() -> Stolen) -> String {
    render::<Thief>(move || ThiefProperties {
        scenario: scenario(),
        query: scenario().to_query().into(),
        opening: Query::default(),
        done: Some(done()),
    })
}

/// How a run ends.
pub(crate) fn outcome(scenario: &Scenario) -> Outcome {
    let mut play = Play::new(scenario);
    loop {
        play.step();
        if let Some(outcome) = play.outcome() {
            return outcome;
        }
    }
}

/// The page about the two kinds of keys.
pub(crate) fn speed(measured: Measured) -> String {
    render::<Speed>(move || SpeedProperties { measured })
}

/// The page that reads any certificate, with what was opened; it is made on the thread that draws.
pub(crate) fn read(opened: impl 'static + Send + FnOnce() -> Opened) -> String {
    render::<Read>(move || ReadProperties {
        state: opened(),
        act: Callback::noop(),
    })
}

/// The workshop; its state is made on the thread that draws.
pub(crate) fn workshop(state: impl 'static + Send + FnOnce() -> Making) -> String {
    render::<Workshop>(move || WorkshopProperties {
        state: state(),
        act: Callback::noop(),
    })
}

fn render<C: BaseComponent>(properties: impl 'static + Send + FnOnce() -> C::Properties) -> String
where
    C::Properties: Clone,
{
    let within = move || {
        let properties = properties();
        WithinProperties {
            children: html! { <C ..properties /> },
        }
    };
    block_on(
        ServerRenderer::<Within>::with_props(within)
            .hydratable(false)
            .render(),
    )
}

#[derive(Clone, PartialEq, Properties)]
struct WithinProperties {
    children: Html,
}

/// What is around every component.
#[component]
fn Within(properties: &WithinProperties) -> Html {
    let surroundings = use_memo((), |()| Surroundings::english(Platform::fixed("")));
    html! {
        <ContextProvider<Surroundings> context={(*surroundings).clone()}>
            { properties.children.clone() }
        </ContextProvider<Surroundings>>
    }
}

/// Waits for a future on this thread.
fn block_on<T>(future: impl Future<Output = T>) -> T {
    struct Unpark(Thread);
    impl Wake for Unpark {
        fn wake(self: Arc<Self>) {
            self.0.unpark();
        }
    }
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let mut context = Context::from_waker(&waker);
    let mut future = pin!(future);
    loop {
        match future.as_mut().poll(&mut context) {
            Poll::Ready(value) => return value,
            Poll::Pending => thread::park(),
        }
    }
}
