//! What the page asks of a browser, asked of a real one; run by `cargo xtask test --only wasm`.

#![cfg(target_arch = "wasm32")]
#![expect(
    clippy::unwrap_used,
    reason = "a test fails by panicking; clippy does not know these for tests"
)]

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use padlock::platform::Platform;
use padlock::platform::address::{Address, BrowserAddress};
use padlock::platform::clock::{BrowserClock, Clock};
use padlock::platform::entropy::{BrowserEntropy, Entropy};
use padlock::platform::locale::BrowserLocale;
use padlock::platform::screen::{BrowserScreen, Screen, Theme};
use padlock::platform::storage::{BrowserStorage, Storage};
use padlock::{App, AppProperties};
use padlock_lesson::text::{Locale, PluralCategory};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Document, Element, HtmlElement};
use yew::Callback;
use yew::platform::time::sleep;

wasm_bindgen_test_configure!(run_in_browser);

const SCENARIO: &str =
    "setting=shop&kx=ecdhe&seed=00112233445566778899aabbccddeeff&date=2026-11-21T18:30:00Z";

fn document() -> Document {
    web_sys::window().unwrap().document().unwrap()
}

/// A place in the document, taken out again at the end.
struct Place(Element);

impl Place {
    fn new() -> Self {
        let place = document().create_element("div").unwrap();
        document().body().unwrap().append_child(&place).unwrap();
        Self(place)
    }

    fn find(&self, selector: &str) -> Option<HtmlElement> {
        self.0.query_selector(selector).unwrap()?.dyn_into().ok()
    }

    /// Waits until something is there; the run takes its turns in between.
    async fn wait_for(&self, selector: &str) -> HtmlElement {
        for _ in 0..400 {
            if let Some(found) = self.find(selector) {
                return found;
            }
            sleep(Duration::from_millis(25)).await;
        }
        panic!("{selector} does not appear in {}", self.0.inner_html());
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.0.remove();
    }
}

#[wasm_bindgen_test]
fn numbers_are_written_as_the_language_does() {
    let english = BrowserLocale::new("en");
    assert_eq!(english.number(1842), "1,842");
    assert_eq!(english.number(-7), "-7");
    for (number, plural) in [
        (0, PluralCategory::Other),
        (1, PluralCategory::One),
        (2, PluralCategory::Other),
    ] {
        assert_eq!(english.plural(number), plural, "{number}");
    }
    let polish = BrowserLocale::new("pl");
    assert_eq!(polish.plural(3), PluralCategory::Few);
    assert_eq!(polish.plural(5), PluralCategory::Many);
}

#[wasm_bindgen_test]
fn seeds_differ_and_time_goes_on() {
    assert_ne!(BrowserEntropy.seed(), BrowserEntropy.seed());
    assert!(BrowserClock.unix_seconds() > 1_700_000_000);
    let before = BrowserClock.milliseconds();
    assert!(BrowserClock.milliseconds() >= before);
}

#[wasm_bindgen_test]
fn what_is_kept_is_found_by_the_next_visit() {
    BrowserStorage::default().write("padlock-test", "kept");
    assert_eq!(
        BrowserStorage::default().read("padlock-test").as_deref(),
        Some("kept")
    );
    assert_eq!(BrowserStorage::default().read("padlock-nothing"), None);
    let local = web_sys::window().unwrap().local_storage().unwrap().unwrap();
    local.remove_item("padlock-test").unwrap();
}

#[wasm_bindgen_test]
fn the_theme_stands_at_the_root() {
    let root = document().document_element().unwrap();
    BrowserScreen.show_theme(Theme::Dark);
    assert_eq!(root.get_attribute("data-theme").as_deref(), Some("dark"));
    BrowserScreen.show_theme(Theme::System);
    assert_eq!(root.get_attribute("data-theme"), None);
}

#[wasm_bindgen_test]
async fn the_reader_s_moves_are_told_from_the_page_s_own() {
    let address = BrowserAddress::default();
    let moves = Rc::new(RefCell::new(Vec::new()));
    let told = moves.clone();
    let listeners = address.listen(Callback::from(move |hash: String| {
        told.borrow_mut().push(hash)
    }));
    address.push("#/handshake?step=1");
    address.replace("#/handshake?step=2");
    assert_eq!(address.hash(), "#/handshake?step=2");

    web_sys::window()
        .unwrap()
        .location()
        .set_hash("/speed")
        .unwrap();
    sleep(Duration::from_millis(100)).await;
    assert_eq!(*moves.borrow(), ["#/speed"]);

    web_sys::window()
        .unwrap()
        .history()
        .unwrap()
        .back()
        .unwrap();
    sleep(Duration::from_millis(200)).await;
    assert_eq!(*moves.borrow(), ["#/speed", "#/handshake?step=2"]);
    drop(listeners);
}

#[wasm_bindgen_test]
async fn a_handshake_runs_and_can_be_gone_through() {
    let place = Place::new();
    let platform = Platform {
        entropy: Rc::new(BrowserEntropy),
        ..Platform::fixed(&format!("#/handshake?{SCENARIO}&step=2"))
    };
    let address = platform.address.clone();
    let app =
        yew::Renderer::<App>::with_root_and_props(place.0.clone(), AppProperties { platform })
            .render();

    let title = place.wait_for(".panel__title").await.inner_text();
    assert!(address.hash().ends_with("&step=2"), "{}", address.hash());
    place
        .find("[aria-keyshortcuts=ArrowRight]")
        .unwrap()
        .click();
    yew::scheduler::flush().await;
    assert_ne!(place.find(".panel__title").unwrap().inner_text(), title);
    assert!(address.hash().ends_with("&step=3"), "{}", address.hash());

    // The bytes, and a field that lights up with them.
    place.find("#view-tab-1").unwrap().click();
    yew::scheduler::flush().await;
    assert!(
        address.hash().ends_with("&step=3&view=bytes"),
        "{}",
        address.hash()
    );
    place.find("[aria-keyshortcuts=ArrowLeft]").unwrap().click();
    yew::scheduler::flush().await;
    place.find(".hex__run").unwrap().click();
    yew::scheduler::flush().await;
    assert!(place.find(".hex__run--lit").is_some() && place.find(".fields__item--lit").is_some());

    // A new run: other bytes, and a link to them.
    let before = address.hash();
    place.find(".sentence > .button").unwrap().click();
    sleep(Duration::from_millis(50)).await;
    place.wait_for(".stage[aria-busy=false]").await;
    let after = address.hash();
    assert_ne!(after, before);
    assert!(
        after.contains("setting=shop&kx=ecdhe") && after.ends_with("&step=2&view=bytes"),
        "{after}"
    );
    app.destroy();
}

#[wasm_bindgen_test]
async fn a_term_opens_where_it_stands() {
    let place = Place::new();
    let platform = Platform::fixed("#/speed");
    let app =
        yew::Renderer::<App>::with_root_and_props(place.0.clone(), AppProperties { platform })
            .render();
    let term = place.wait_for(".term").await;
    assert_eq!(
        term.get_attribute("aria-expanded").as_deref(),
        Some("false")
    );
    term.click();
    yew::scheduler::flush().await;
    let gloss = place.find(".gloss").unwrap();
    let term = place.find(".term").unwrap();
    assert_eq!(term.get_attribute("aria-expanded").as_deref(), Some("true"));
    assert_eq!(term.get_attribute("aria-controls"), Some(gloss.id()));
    term.click();
    yew::scheduler::flush().await;
    assert!(place.find(".gloss").is_none());
    app.destroy();
}

#[wasm_bindgen_test]
async fn the_clipboard_answers_either_way() {
    let answer = Rc::new(Cell::new(None));
    let told = answer.clone();
    Platform::browser().clipboard.copy(
        "padlock",
        Callback::from(move |copied| told.set(Some(copied))),
    );
    for _ in 0..40 {
        if answer.get().is_some() {
            return;
        }
        sleep(Duration::from_millis(25)).await;
    }
    panic!("neither copied nor refused");
}
