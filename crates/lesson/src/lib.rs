//! Scenarios, and a trace told in words.

pub mod address;
#[cfg(feature = "complete")]
pub mod compare;
#[cfg(feature = "study")]
pub mod flip;
pub mod gallery;
#[cfg(feature = "complete")]
pub mod ladder;
pub mod lesson;
pub mod play;
pub mod problem;
pub mod scenario;
pub mod story;
#[cfg(feature = "study")]
pub mod study;
pub mod text;
#[cfg(feature = "complete")]
pub mod thief;
#[cfg(feature = "study")]
pub mod workshop;
