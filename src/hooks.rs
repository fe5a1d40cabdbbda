//! What components share that is not drawn: ids, keys, timers, and the run itself.

pub mod copying;
#[cfg(feature = "complete")]
pub mod forge;
pub mod identity;
#[cfg(feature = "complete")]
pub mod kept;
pub mod keys;
pub mod run;
pub mod timer;
pub mod toggle;
pub mod told;
pub mod trial;
#[cfg(feature = "complete")]
pub mod turns;
#[cfg(feature = "complete")]
pub mod workshop;
