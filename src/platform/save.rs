//! Files that the reader takes along.

use gloo::timers::callback::Timeout;
use gloo::utils::document;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, HtmlAnchorElement, Url};

/// Saves files.
pub trait Save {
    /// Offers these bytes as a file of this name.
    fn save(&self, name: &str, bytes: &[u8]);
}

/// The browser's downloads.
#[derive(Clone, Copy, Debug, Default)]
pub struct BrowserSave;

/// How long a file is kept for the browser to fetch it, in milliseconds.
const KEPT: u32 = 30_000;

impl Save for BrowserSave {
    /// A frame may be denied downloads; then nothing happens.
    fn save(&self, name: &str, bytes: &[u8]) {
        let _denied = offer(name, bytes);
    }
}

fn offer(name: &str, bytes: &[u8]) -> Result<(), JsValue> {
    let parts = js_sys::Array::of1(&js_sys::Uint8Array::from(bytes));
    let file = Blob::new_with_u8_array_sequence(&parts)?;
    let address = Url::create_object_url_with_blob(&file)?;
    let link = document().create_element("a")?;
    let link = link.dyn_into::<HtmlAnchorElement>()?;
    link.set_href(&address);
    link.set_download(name);
    link.click();
    Timeout::new(KEPT, move || {
        let _gone = Url::revoke_object_url(&address);
    })
    .forget();
    Ok(())
}

/// A place where nothing can be saved.
#[derive(Clone, Copy, Debug, Default)]
pub struct FixedSave;

impl Save for FixedSave {
    fn save(&self, _: &str, _: &[u8]) {}
}
