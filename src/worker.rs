//! This program beside the page, in a worker: it makes RSA keys.

use gloo::events::EventListener;
use js_sys::{Array, Uint8Array};
use padlock_pki::key::RsaGeneration;
use padlock_pki::random::Random;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DedicatedWorkerGlobalScope, Event, MessageEvent};

use crate::platform::smith::{Told, write};

/// What static/worker.js says once this program listens.
const JOB: &str = "padlock-job";

/// Waits for a job, if this is a worker; says whether it is.
#[must_use]
pub fn serve() -> bool {
    let Ok(scope) = js_sys::global().dyn_into::<DedicatedWorkerGlobalScope>() else {
        return false;
    };
    let page = scope.clone();
    let on_job = move |event: &Event| {
        // A page that has gone hears nothing.
        let tell = |told: &Told| page.post_message(&write(told)).unwrap_or_default();
        let job = event.dyn_ref::<MessageEvent>().map(MessageEvent::data);
        match job.as_ref().and_then(making) {
            Some(making) => make(making, tell),
            None => tell(&Told::Failed),
        }
    };
    EventListener::once(&scope, JOB, on_job).forget();
    true
}

/// Begins what the job says: how many bits, and the seed.
fn making(job: &JsValue) -> Option<RsaGeneration> {
    let job = job.dyn_ref::<Array>()?;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a number of bits, as the page wrote it"
    )]
    let bits = job.get(0).as_f64()? as u32;
    let seed = job.get(1).dyn_into::<Uint8Array>().ok()?.to_vec();
    let random = Random::new(<[u8; 32]>::try_from(seed).ok()?);
    RsaGeneration::new(bits, &random).ok()
}

/// Makes the key, and tells after each step how far it is. The page ends it by ending the worker.
fn make(mut making: RsaGeneration, tell: impl Fn(&Told)) {
    loop {
        if let Some(key) = making.step() {
            return tell(&Told::Made(key.clone()));
        }
        tell(&Told::Progress(making.progress()));
    }
}
