//! Makes an RSA key beside the page.

use yew::prelude::*;

use crate::context::use_surroundings;
use crate::pages::workshop::state::{Action, Making};
use crate::platform::smith::Told;

/// Makes this key, and tells how it goes; where there is another or none, the work ends.
#[hook]
pub fn use_forge(making: Option<&Making>, act: &Callback<Action>) {
    let around = use_surroundings();
    let job = making.map(|making| (making.number, making.bits, making.seed));
    let act = act.clone();
    use_effect_with(job, move |job| {
        let work = job.map(|(number, bits, seed)| {
            let told = act.reform(move |told| match told {
                Told::Progress(progress) => Action::Progress(number, progress),
                Told::Made(key) => Action::Made(number, key),
                Told::Failed => Action::Failed(number),
            });
            around.platform.smith.forge(bits, seed, told)
        });
        move || drop(work)
    });
}
