//! How much of Padlock has been loaded.
//!
//! `cargo xtask dist` builds the page twice: once with everything, and once without the feature
//! `complete`, as the first program that a visitor loads. That one can play the classic handshake.
//! For anything else it asks static/boot.js to put the complete program in its place, which opens
//! the address that stands in the address bar: as the address says all that is on view, nothing is
//! lost.

use std::cell::Cell;

use gloo::utils::document;
use web_sys::Event;

/// What static/boot.js listens for.
const WANTED: &str = "padlock-wanted";

/// What static/boot.js says when the complete program is there and this one has to go.
pub const LEAVE: &str = "padlock-leave";

/// The program that is running.
pub trait Program {
    /// Whether it can do everything that Padlock can do.
    fn is_complete(&self) -> bool;

    /// Asks for the complete program in its place.
    fn want_complete(&self);

    /// Whether it has just taken another's place: what it opens first should not move the reader.
    /// Asked again, it says no.
    fn keeps_place(&self) -> bool;
}

/// The one in the browser.
pub struct BrowserProgram {
    has_taken_over: Cell<bool>,
}

impl Default for BrowserProgram {
    fn default() -> Self {
        // So static/boot.js has it while one program takes another's place.
        let root = document().document_element();
        let state = root.and_then(|root| root.get_attribute("data-padlock"));
        Self {
            has_taken_over: Cell::new(state.as_deref() == Some("loading")),
        }
    }
}

impl Program for BrowserProgram {
    fn is_complete(&self) -> bool {
        cfg!(feature = "complete")
    }

    fn want_complete(&self) {
        // Without boot.js there is nobody to ask, and no page either.
        if let Ok(event) = Event::new(WANTED) {
            let _unheard = document().dispatch_event(&event);
        }
    }

    fn keeps_place(&self) -> bool {
        self.has_taken_over.take()
    }
}

/// One that can do everything.
pub struct FixedProgram;

impl Program for FixedProgram {
    fn is_complete(&self) -> bool {
        true
    }

    fn want_complete(&self) {}

    fn keeps_place(&self) -> bool {
        false
    }
}
