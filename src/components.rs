//! The parts that pages are made of.

pub mod artefact;
pub mod blocks;
pub mod bytes;
pub mod card;
pub mod computations;
pub mod copy;
pub mod element;
pub mod header;
pub mod icon;
pub mod knowledge;
#[cfg(feature = "complete")]
pub mod ladder;
pub mod party;
pub mod prose;
pub mod share;
pub mod tabs;
pub mod truth;
