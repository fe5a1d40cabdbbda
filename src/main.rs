//! Starts the page in the element that index.html keeps for it; in a worker, which has no page, waits
//! for work.

use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use gloo::utils::document;
use padlock::platform::Platform;
use padlock::platform::program::LEAVE;
use padlock::{App, AppProperties};
use web_sys::Element;

fn main() {
    #[cfg(feature = "complete")]
    if padlock::worker::serve() {
        return;
    }
    let Some(root) = document().get_element_by_id("app") else {
        return;
    };
    let platform = Platform::browser();
    // A turn of its own: making the program ready took one already.
    Timeout::new(0, move || open(root, platform)).forget();
}

fn open(root: Element, platform: Platform) {
    // What a reader could read until now; the page says all of it, and more.
    root.set_text_content(None);
    let properties = AppProperties { platform };
    let app = yew::Renderer::<App>::with_root_and_props(root, properties).render();
    let leave = move |_: &web_sys::Event| app.destroy();
    EventListener::once(&document(), LEAVE, leave).forget();
}
