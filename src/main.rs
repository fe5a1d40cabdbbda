//! Starts the page in the element that index.html keeps for it.

use padlock::platform::Platform;
use padlock::{App, AppProperties};

fn main() {
    let document = web_sys::window().and_then(|window| window.document());
    let Some(root) = document.and_then(|document| document.get_element_by_id("app")) else {
        return;
    };
    // What a reader could read until now; the page says all of it, and more.
    root.set_text_content(None);
    let properties = AppProperties {
        platform: Platform::browser(),
    };
    yew::Renderer::<App>::with_root_and_props(root, properties).render();
}
