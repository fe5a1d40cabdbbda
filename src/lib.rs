//! Padlock's page: draws lessons, computes nothing.
//!
//! Bird's eye: [`App`] reads the address, [`hooks::run`] plays the scenario that it names, and the
//! [`pages`] draw the lesson that comes of it, by [`components`]. Whatever is a browser's stands
//! behind the traits of [`platform`], and is called in effects and events only; so every page also
//! renders natively.

pub mod app;
pub mod callback;
pub mod components;
pub mod context;
pub mod hooks;
pub mod measure;
pub mod outline;
pub mod pages;
pub mod platform;
pub mod route;
pub mod shared;
pub mod words;
#[cfg(feature = "complete")]
pub mod worker;

pub use app::{App, AppProperties};
