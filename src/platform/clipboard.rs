//! Where copied text goes.

use std::cell::RefCell;

use wasm_bindgen_futures::JsFuture;
use yew::Callback;

/// Takes copies.
pub trait Clipboard {
    /// Copies `text`, and then tells whether that was allowed.
    fn copy(&self, text: &str, done: Callback<bool>);
}

/// The browser's clipboard; frames and plain-http pages have none.
#[derive(Clone, Copy, Debug, Default)]
pub struct BrowserClipboard;

impl Clipboard for BrowserClipboard {
    fn copy(&self, text: &str, done: Callback<bool>) {
        let clipboard = web_sys::window().map(|window| window.navigator().clipboard());
        // Outside secure contexts the property is undefined, whatever its type says.
        match clipboard.filter(|clipboard| clipboard.is_object()) {
            None => done.emit(false),
            Some(clipboard) => {
                let promise = clipboard.write_text(text);
                wasm_bindgen_futures::spawn_local(async move {
                    done.emit(JsFuture::from(promise).await.is_ok());
                });
            }
        }
    }
}

/// A clipboard that can be looked at.
#[derive(Clone, Debug, Default)]
pub struct FixedClipboard(RefCell<String>);

impl FixedClipboard {
    /// What was copied last.
    #[must_use]
    pub fn text(&self) -> String {
        self.0.borrow().clone()
    }
}

impl Clipboard for FixedClipboard {
    fn copy(&self, text: &str, done: Callback<bool>) {
        text.clone_into(&mut self.0.borrow_mut());
        done.emit(true);
    }
}
