//! One function for each sentence of the catalogue; its parameters are the sentence's placeholders.
//!
//! `step-hello-title` makes `step_hello_title`, its attribute `.help` makes `step_hello_title_help`.
//! The parameters stand in alphabetical order, so that rewording a sentence does not change them.
//! Sentences of the glossary have no function here: see [`glossary`](super::glossary).

use super::{Argument, Key, Text};

include!(concat!(env!("OUT_DIR"), "/say.rs"));
