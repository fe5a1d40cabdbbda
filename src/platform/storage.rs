//! What is remembered until the next visit.

use std::cell::RefCell;

/// Remembers a few words. Never fails: what cannot be kept for long is kept for this visit.
pub trait Storage {
    /// What was kept under this name.
    fn read(&self, name: &str) -> Option<String>;

    /// Keeps something under this name.
    fn write(&self, name: &str, value: &str);
}

/// The browser's `localStorage`, or memory where a frame or a setting denies it.
#[derive(Clone, Debug, Default)]
pub struct BrowserStorage {
    memory: MemoryStorage,
}

impl Storage for BrowserStorage {
    fn read(&self, name: &str) -> Option<String> {
        self.memory
            .read(name)
            .or_else(|| local()?.get_item(name).ok()?)
    }

    fn write(&self, name: &str, value: &str) {
        let kept = local().is_some_and(|storage| storage.set_item(name, value).is_ok());
        if !kept {
            self.memory.write(name, value);
        }
    }
}

/// Mere asking throws in a sandboxed frame, hence the two layers.
fn local() -> Option<web_sys::Storage> {
    web_sys::window()?.local_storage().ok()?
}

/// Keeps things for this visit.
#[derive(Clone, Debug, Default)]
pub struct MemoryStorage(RefCell<Vec<(String, String)>>);

impl Storage for MemoryStorage {
    fn read(&self, name: &str) -> Option<String> {
        let kept = self.0.borrow();
        let found = kept.iter().find(|(other, _)| other == name);
        found.map(|(_, value)| value.clone())
    }

    fn write(&self, name: &str, value: &str) {
        let mut kept = self.0.borrow_mut();
        kept.retain(|(other, _)| other != name);
        kept.push((name.to_owned(), value.to_owned()));
    }
}
