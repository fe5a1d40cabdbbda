//! Files that the reader opens: chosen, or dropped onto the page.
//!
//! They are read in the browser and go nowhere else.

use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{DragEvent, FileList, HtmlInputElement};
use yew::Callback;

/// The most bytes of a file that is opened.
pub const LARGEST: usize = 16 << 20;
/// The most files that are opened at once.
pub const MOST: usize = 50;

/// A file that was opened.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct File {
    /// Its name, without its folder.
    pub name: String,
    /// What it holds, or why that is not known.
    pub contents: Result<Vec<u8>, Unopened>,
}

/// Why a file was not opened.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Unopened {
    /// It has more than [`LARGEST`] bytes: so many.
    TooLarge(usize),
    /// The browser could not read it: it is a folder, say, or gone.
    Unreadable,
    /// It is one of more than [`MOST`].
    TooMany,
}

/// Opens files.
pub trait Files {
    /// Reads the files that were chosen in the file field with this id, and empties it, so that the
    /// same can be chosen again.
    fn chosen(&self, id: &str, read: Callback<Vec<File>>);

    /// Watches for files that are dragged over the window, which `over` is told, and dropped there.
    fn watch(&self, over: Callback<bool>, read: Callback<Vec<File>>) -> Vec<EventListener>;
}

/// The browser's File API.
#[derive(Clone, Copy, Debug, Default)]
pub struct BrowserFiles;

impl Files for BrowserFiles {
    fn chosen(&self, id: &str, read: Callback<Vec<File>>) {
        let field = web_sys::window()
            .and_then(|window| window.document()?.get_element_by_id(id))
            .and_then(|element| element.dyn_into::<HtmlInputElement>().ok());
        if let Some(field) = field {
            let files = field.files().map(listed).unwrap_or_default();
            field.set_value("");
            open(files, read);
        }
    }

    fn watch(&self, over: Callback<bool>, read: Callback<Vec<File>>) -> Vec<EventListener> {
        let Some(window) = web_sys::window() else {
            return Vec::new();
        };
        ["dragenter", "dragover", "dragleave", "drop"]
            .into_iter()
            .map(|kind| {
                let (over, read) = (over.clone(), read.clone());
                let options = EventListenerOptions::enable_prevent_default();
                EventListener::new_with_options(&window, kind, options, move |event| {
                    let Some(dragged) = event.dyn_ref::<DragEvent>().filter(has_files) else {
                        return;
                    };
                    // The browser would open the file in the place of this page.
                    event.prevent_default();
                    match kind {
                        // It leaves the window only where nothing comes next.
                        "dragleave" if dragged.related_target().is_some() => {}
                        "dragleave" => over.emit(false),
                        "drop" => {
                            over.emit(false);
                            let files = dragged.data_transfer().and_then(|data| data.files());
                            open(files.map(listed).unwrap_or_default(), read.clone());
                        }
                        _ => over.emit(true),
                    }
                })
            })
            .collect()
    }
}

/// Whether it is files that are dragged, not a piece of text.
fn has_files(event: &&DragEvent) -> bool {
    event
        .data_transfer()
        .is_some_and(|data| data.types().includes(&"Files".into(), 0))
}

fn listed(files: FileList) -> Vec<web_sys::File> {
    (0..files.length())
        .filter_map(|index| files.get(index))
        .collect()
}

/// Reads one after the other and gives all of them.
fn open(files: Vec<web_sys::File>, read: Callback<Vec<File>>) {
    if files.is_empty() {
        return;
    }
    wasm_bindgen_futures::spawn_local(async move {
        let mut opened = Vec::new();
        for (at, file) in files.iter().enumerate() {
            let contents = match size(file) {
                _ if at >= MOST => Err(Unopened::TooMany),
                size if size > LARGEST => Err(Unopened::TooLarge(size)),
                _ => contents(file).await,
            };
            let is_last = contents == Err(Unopened::TooMany);
            let name = file.name();
            opened.push(File { name, contents });
            if is_last {
                break;
            }
        }
        read.emit(opened);
    });
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a number of bytes; one that is too large for the type is too large here"
)]
fn size(file: &web_sys::File) -> usize {
    file.size() as usize
}

async fn contents(file: &web_sys::File) -> Result<Vec<u8>, Unopened> {
    let buffer = JsFuture::from(file.array_buffer()).await;
    let buffer = buffer.map_err(|_| Unopened::Unreadable)?;
    Ok(js_sys::Uint8Array::new(&buffer).to_vec())
}

/// A place without files.
#[derive(Clone, Copy, Debug, Default)]
pub struct FixedFiles;

impl Files for FixedFiles {
    fn chosen(&self, _: &str, _: Callback<Vec<File>>) {}

    fn watch(&self, _: Callback<bool>, _: Callback<Vec<File>>) -> Vec<EventListener> {
        Vec::new()
    }
}
