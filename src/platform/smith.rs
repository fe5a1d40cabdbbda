//! RSA keys, made beside the page so that it answers all the while.
//!
//! In the browser a worker does it: static/worker.js loads this same program there (see
//! [`crate::worker`]). To end it is to end the worker.

use std::fmt;

use gloo::events::EventListener;
use gloo::utils::document;
use js_sys::{Array, Uint8Array};
use padlock_pki::key::{PrivateKey, RsaProgress};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{MessageEvent, Worker};
use yew::Callback;

/// Makes RSA keys.
pub trait Smith {
    /// Begins a key of so many bits that comes from this seed, and tells how it goes. To drop what it
    /// gives ends the work.
    fn forge(&self, bits: u32, seed: [u8; 32], told: Callback<Told>) -> Work;
}

/// What is told of a key that is being made.
#[derive(Clone, Debug)]
pub enum Told {
    /// So far it is.
    Progress(RsaProgress),
    /// It is made.
    Made(PrivateKey),
    /// It cannot be made here.
    Failed,
}

/// Work that goes on until this is dropped.
#[derive(Default)]
pub struct Work(Option<Box<dyn FnOnce()>>);

impl Work {
    fn until(end: impl FnOnce() + 'static) -> Self {
        Self(Some(Box::new(end)))
    }
}

impl Drop for Work {
    fn drop(&mut self) {
        if let Some(end) = self.0.take() {
            end();
        }
    }
}

impl fmt::Debug for Work {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Work")
    }
}

/// A worker of the browser.
#[derive(Clone, Copy, Debug, Default)]
pub struct BrowserSmith;

impl Smith for BrowserSmith {
    fn forge(&self, bits: u32, seed: [u8; 32], told: Callback<Told>) -> Work {
        let started = start(bits, &seed);
        let Some(worker) = started else {
            told.emit(Told::Failed);
            return Work::default();
        };
        let on_message = {
            let told = told.clone();
            EventListener::new(&worker, "message", move |event| {
                let data = event.dyn_ref::<MessageEvent>().map(MessageEvent::data);
                told.emit(data.as_ref().and_then(read).unwrap_or(Told::Failed));
            })
        };
        let on_error = EventListener::new(&worker, "error", move |_| told.emit(Told::Failed));
        Work::until(move || {
            worker.terminate();
            drop((on_message, on_error));
        })
    }
}

/// Starts a worker and gives it its job: the program, in two files, and what it is to do.
fn start(bits: u32, seed: &[u8]) -> Option<Worker> {
    let [script, module, wasm] = ["padlock-worker", "padlock-module", "padlock-wasm"]
        .map(|id| document().get_element_by_id(id)?.get_attribute("href"));
    // In a frame without an origin of its own, a browser refuses.
    let worker = Worker::new(&script?).ok()?;
    let job = Array::of4(
        &module?.into(),
        &wasm?.into(),
        &bits.into(),
        &Uint8Array::from(seed),
    );
    worker.post_message(&job).ok()?;
    Some(worker)
}

/// What the worker says, as [`write`] has it.
fn read(message: &JsValue) -> Option<Told> {
    if let Some(key) = message.dyn_ref::<Uint8Array>() {
        return Some(Told::Made(PrivateKey::from_pkcs8_der(&key.to_vec()).ok()?));
    }
    let numbers = message.dyn_ref::<Array>()?;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "small whole numbers, as the worker counted them"
    )]
    let number = |at| numbers.get(at).as_f64().map(|number| number as u32);
    Some(Told::Progress(RsaProgress {
        drawn: number(0)?,
        tested: number(1)?,
        found: number(2)?,
    }))
}

/// What a worker says to the page.
pub(crate) fn write(told: &Told) -> JsValue {
    match told {
        Told::Progress(progress) => Array::of3(
            &progress.drawn.into(),
            &progress.tested.into(),
            &progress.found.into(),
        )
        .into(),
        // A key that was made here can be written; were one not, null is what no reader knows.
        Told::Made(key) => key
            .to_pkcs8_der()
            .map_or(JsValue::NULL, |der| Uint8Array::from(der.as_slice()).into()),
        Told::Failed => JsValue::NULL,
    }
}

/// Nobody is at work.
#[derive(Clone, Copy, Debug, Default)]
pub struct FixedSmith;

impl Smith for FixedSmith {
    fn forge(&self, _: u32, _: [u8; 32], _: Callback<Told>) -> Work {
        Work::default()
    }
}
