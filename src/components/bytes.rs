//! A value in hex, shortened while it is long.

use std::fmt::Write;

use padlock_lesson::text::say;
use padlock_wire::hex;
use yew::prelude::*;

use crate::components::copy::CopyButton;
use crate::components::element::{discloser, element, perhaps};
use crate::context::use_surroundings;
use crate::hooks::toggle::use_toggle;

/// Up to here a value is shown whole.
const SHORT: usize = 48;
/// What is shown of a longer one: so much of its beginning …
const HEAD: usize = 24;
/// … and so much of its end.
const TAIL: usize = 8;

/// What a [`Bytes`] shows.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct BytesProperties {
    /// The bytes.
    pub bytes: Vec<u8>,
}

/// A value in hex. A long one opens at a button; each can be copied.
#[component]
pub fn Bytes(properties: &BytesProperties) -> Html {
    let around = use_surroundings();
    let words = &around.words;
    let (open, on_toggle) = use_toggle(false);
    let bytes = &properties.bytes;
    let long = bytes.len() > SHORT;
    let shown = if bytes.is_empty() {
        words.plain(&say::page_bytes_none())
    } else if long && !open {
        let tail = &bytes[bytes.len() - TAIL..];
        [&spaced(&bytes[..HEAD]), " … ", &spaced(tail)].concat()
    } else {
        spaced(bytes)
    };
    let label = if open {
        say::page_bytes_less()
    } else {
        say::page_bytes_all(bytes.len())
    };
    let size = words.say(say::page_bytes_size(bytes.len()));
    let text = {
        let bytes = bytes.clone();
        Callback::from(move |()| hex::encode(&bytes))
    };
    let more = || discloser("button button--quiet", open, words.say(label), on_toggle);
    let copy = || html! { <CopyButton label={say::page_copy_hex()} {text} /> };
    html! {
        <div class="bytes">
            { element("code", "bytes__hex", shown.into()) }
            <span class="bytes__tools">
                { element("span", "bytes__size", size) }
                { perhaps(long.then(more)) }
                { perhaps((!bytes.is_empty()).then(copy)) }
            </span>
        </div>
    }
}

/// The same, to be drawn.
pub fn bytes(bytes: &[u8]) -> Html {
    html! { <Bytes bytes={bytes.to_vec()} /> }
}

/// Bytes in hex with a space between them, where a line may break.
#[must_use]
pub fn spaced(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 3);
    for (at, byte) in bytes.iter().enumerate() {
        let gap = if at == 0 { "" } else { " " };
        let written = write!(text, "{gap}{byte:02x}");
        debug_assert!(written.is_ok(), "a string takes all that is written to it");
    }
    text
}
