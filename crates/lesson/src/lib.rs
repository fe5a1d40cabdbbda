//! Scenarios, and a trace told in words.

pub mod text;
