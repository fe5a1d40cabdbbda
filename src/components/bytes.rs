//! A value in hex, shortened while it is long.

use std::fmt::Write;

use padlock_lesson::text::say;
use padlock_wire::hex;
use yew::prelude::*;

use crate::components::copy::CopyButton;
use crate::words::use_words;

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
    let words = use_words();
    let open = use_state_eq(|| false);
    let bytes = &properties.bytes;
    let long = bytes.len() > SHORT;

    let toggle = {
        let open = open.clone();
        Callback::from(move |_: MouseEvent| open.set(!*open))
    };
    let text = {
        let bytes = bytes.clone();
        Callback::from(move |()| hex::encode(&bytes))
    };
    let label = if *open {
        say::page_bytes_less()
    } else {
        say::page_bytes_all(bytes.len())
    };
    html! {
        <div class="bytes">
            <code class="bytes__hex">
                if bytes.is_empty() {
                    { words.say(say::page_bytes_none()) }
                } else if long && !*open {
                    { spaced(&bytes[..HEAD]) }{ " … " }{ spaced(&bytes[bytes.len() - TAIL..]) }
                } else {
                    { spaced(bytes) }
                }
            </code>
            <span class="bytes__tools">
                <span class="bytes__size">{ words.say(say::page_bytes_size(bytes.len())) }</span>
                if long {
                    <button type="button" class="button button--quiet" aria-expanded={open.to_string()} onclick={toggle}>
                        { words.say(label) }
                    </button>
                }
                if !bytes.is_empty() {
                    <CopyButton label={say::page_copy_hex()} {text} />
                }
            </span>
        </div>
    }
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
