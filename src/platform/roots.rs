//! The roots that Mozilla trusts, which stand in a file beside the page.

use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use yew::Callback;

/// The element of index.html that names the file.
const LINK: &str = "padlock-roots";

/// Fetches the roots.
pub trait Roots {
    /// Gives the certificates in DER, one after the other; nothing if they cannot be had.
    fn fetch(&self, fetched: Callback<Option<Vec<u8>>>);
}

/// The page's own site.
#[derive(Clone, Copy, Debug, Default)]
pub struct BrowserRoots;

impl Roots for BrowserRoots {
    fn fetch(&self, fetched: Callback<Option<Vec<u8>>>) {
        wasm_bindgen_futures::spawn_local(async move {
            fetched.emit(file().await.ok().flatten());
        });
    }
}

/// The file, if there is one.
async fn file() -> Result<Option<Vec<u8>>, JsValue> {
    let window = web_sys::window();
    let link = window
        .as_ref()
        .and_then(|window| window.document()?.get_element_by_id(LINK));
    let address = link.and_then(|link| link.get_attribute("href"));
    let (Some(window), Some(address)) = (window, address) else {
        return Ok(None);
    };
    let response = JsFuture::from(window.fetch_with_str(&address)).await?;
    let response: web_sys::Response = response.dyn_into()?;
    if !response.ok() {
        return Ok(None);
    }
    let buffer = JsFuture::from(response.array_buffer()?).await?;
    Ok(Some(js_sys::Uint8Array::new(&buffer).to_vec()))
}

/// A place where there are none.
#[derive(Clone, Copy, Debug, Default)]
pub struct FixedRoots;

impl Roots for FixedRoots {
    fn fetch(&self, fetched: Callback<Option<Vec<u8>>>) {
        fetched.emit(None);
    }
}
