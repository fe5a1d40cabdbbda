//! Scenarios, and a trace told in words.

pub mod address;
#[cfg(feature = "study")]
pub mod flip;
pub mod gallery;
pub mod lesson;
pub mod play;
pub mod problem;
pub mod scenario;
pub mod story;
#[cfg(feature = "study")]
pub mod study;
pub mod text;
#[cfg(feature = "study")]
pub mod workshop;
