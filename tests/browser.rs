//! The page in a real browser, run by `cargo xtask test --only wasm`.

#![cfg(target_arch = "wasm32")]

use padlock::App;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
async fn the_page_takes_the_place_of_the_first_words() {
    let document = web_sys::window().unwrap().document().unwrap();
    let root = document.create_element("div").unwrap();
    root.set_inner_html("<p id=\"start-status\">first words</p>");

    let app = yew::Renderer::<App>::with_root(root.clone()).render();
    yew::scheduler::flush().await;
    let shown = root.inner_html();
    app.destroy();

    assert!(shown.contains("<h1"), "{shown}");
    assert!(!shown.contains("first words"), "{shown}");
}
