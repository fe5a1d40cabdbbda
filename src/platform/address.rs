//! The address bar.

use std::cell::RefCell;

use gloo::events::EventListener;
use wasm_bindgen::JsValue;
use yew::Callback;

/// Reads and writes the address of what is on view.
pub trait Address {
    /// The part behind `#`, with the `#`; empty if there is none.
    fn hash(&self) -> String;

    /// The part behind `?`, without the `?`.
    fn search(&self) -> String;

    /// The whole address.
    fn href(&self) -> String;

    /// Puts another hash in the place of the present one.
    fn replace(&self, hash: &str);

    /// Goes on to another hash; "back" comes back to the present one.
    fn push(&self, hash: &str);

    /// Calls back when the reader went elsewhere: by a link, "back", "forward" or typing.
    fn listen(&self, moved: Callback<String>) -> Vec<EventListener>;
}

/// The browser's location and history.
#[derive(Debug, Default)]
pub struct BrowserAddress {
    /// The hash that the page knows of, to tell the reader's moves from its own.
    known: std::rc::Rc<RefCell<String>>,
}

impl Address for BrowserAddress {
    fn hash(&self) -> String {
        let hash = read(|location| location.hash());
        hash.clone_into(&mut self.known.borrow_mut());
        hash
    }

    fn search(&self) -> String {
        read(|location| location.search())
            .trim_start_matches('?')
            .to_owned()
    }

    fn href(&self) -> String {
        read(|location| location.href())
    }

    /// A frame may be denied a history; then the address stays as it was.
    fn replace(&self, hash: &str) {
        if *self.known.borrow() == hash {
            return;
        }
        hash.clone_into(&mut self.known.borrow_mut());
        if let Some(history) = history() {
            let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(hash));
        }
    }

    fn push(&self, hash: &str) {
        hash.clone_into(&mut self.known.borrow_mut());
        if let Some(history) = history() {
            let _ = history.push_state_with_url(&JsValue::NULL, "", Some(hash));
        }
    }

    fn listen(&self, moved: Callback<String>) -> Vec<EventListener> {
        let Some(window) = web_sys::window() else {
            return Vec::new();
        };
        // Browsers differ in which of the two they fire for what; the second one finds nothing new.
        ["popstate", "hashchange"]
            .into_iter()
            .map(|event| {
                let moved = moved.clone();
                let known = self.known.clone();
                EventListener::new(&window, event, move |_| {
                    let hash = read(|location| location.hash());
                    if *known.borrow() != hash {
                        hash.clone_into(&mut known.borrow_mut());
                        moved.emit(hash);
                    }
                })
            })
            .collect()
    }
}

fn read(part: impl Fn(&web_sys::Location) -> Result<String, JsValue>) -> String {
    web_sys::window()
        .and_then(|window| part(&window.location()).ok())
        .unwrap_or_default()
}

fn history() -> Option<web_sys::History> {
    web_sys::window()?.history().ok()
}

/// An address bar in memory.
#[derive(Debug)]
pub struct FixedAddress {
    hashes: RefCell<Vec<String>>,
}

impl FixedAddress {
    /// Opened at `hash`.
    #[must_use]
    pub fn new(hash: &str) -> Self {
        Self {
            hashes: RefCell::new(vec![hash.to_owned()]),
        }
    }

    /// Where the reader has been; the last is where they are.
    #[must_use]
    pub fn visited(&self) -> Vec<String> {
        self.hashes.borrow().clone()
    }
}

impl Address for FixedAddress {
    fn hash(&self) -> String {
        self.hashes.borrow().last().cloned().unwrap_or_default()
    }

    fn search(&self) -> String {
        String::new()
    }

    fn href(&self) -> String {
        format!("https://padlock.example/{}", self.hash())
    }

    fn replace(&self, hash: &str) {
        self.hashes.borrow_mut().pop();
        self.push(hash);
    }

    fn push(&self, hash: &str) {
        self.hashes.borrow_mut().push(hash.to_owned());
    }

    fn listen(&self, _: Callback<String>) -> Vec<EventListener> {
        Vec::new()
    }
}
