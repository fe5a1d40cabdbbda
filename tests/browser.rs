//! The page in a real browser, run by `cargo xtask test --only wasm`.

#![cfg(target_arch = "wasm32")]
#![expect(
    clippy::unwrap_used,
    reason = "a test fails by panicking; clippy does not know these for tests"
)]

use padlock::platform::Platform;
use padlock::{App, AppProperties};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// Mounts the page where index.html has its first words, and gives what it shows then.
async fn shown_on(platform: Platform) -> String {
    let document = web_sys::window().unwrap().document().unwrap();
    let root = document.create_element("div").unwrap();
    root.set_inner_html("<p id=\"start-status\">first words</p>");

    let app = yew::Renderer::<App>::with_root_and_props(root.clone(), AppProperties { platform })
        .render();
    yew::scheduler::flush().await;
    let shown = root.inner_html();
    app.destroy();
    shown
}

#[wasm_bindgen_test]
async fn the_page_takes_the_place_of_the_first_words() {
    let shown = shown_on(Platform::browser()).await;
    assert!(shown.contains("<h1"), "{shown}");
    assert!(!shown.contains("first words"), "{shown}");
}

#[wasm_bindgen_test]
async fn an_address_that_names_no_page_is_answered_in_words() {
    let shown = shown_on(Platform::fixed("#/nowhere")).await;
    assert!(shown.contains("<h1"), "{shown}");
    assert!(shown.contains("nowhere"), "{shown}");
}
