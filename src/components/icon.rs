//! Small drawings. They only repeat what words beside them say.

use yew::prelude::*;

/// A drawing.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Icon {
    /// A closed padlock: encrypted.
    Lock,
    /// A tick: it holds.
    Tick,
    /// A cross: it does not.
    Cross,
    /// A dash: not tried, or nothing.
    Dash,
    /// A warning.
    Warning,
    /// To the beginning.
    First,
    /// One back.
    Back,
    /// Start.
    Play,
    /// Stop for a while.
    Pause,
    /// One on.
    Forward,
    /// To the end.
    Last,
    /// Two sheets.
    Copy,
    /// A pointing wedge: opens and closes.
    Wedge,
    /// A full dot: known.
    Full,
    /// A half dot: seen, but only encrypted.
    Half,
}

impl Icon {
    const fn path(self) -> &'static str {
        match self {
            Self::Lock => {
                "M4.2 7V5.2a3.8 3.8 0 0 1 7.6 0V7h.4a1 1 0 0 1 1 1v5.5a1 1 0 0 1-1 1H3.8a1 1 0 0 1-1-1V8a1 1 0 0 1 1-1zm1.7 0h4.2V5.2a2.1 2.1 0 0 0-4.2 0z"
            }
            Self::Tick => "M6.3 12.8 2 8.5l1.5-1.5 2.8 2.8L12.5 3.6 14 5.1z",
            Self::Cross => {
                "M3.5 2.1 8 6.6l4.5-4.5 1.4 1.4L9.4 8l4.5 4.5-1.4 1.4L8 9.4l-4.5 4.5-1.4-1.4L6.6 8 2.1 3.5z"
            }
            Self::Dash => "M3 7h10v2H3z",
            Self::Warning => "M8 1.2 15.4 14.5H.6zM7.2 6v4.3h1.6V6zm0 5.4v1.6h1.6v-1.6z",
            Self::First => "M2.5 3h2v10h-2zM13.5 3v10L5.5 8z",
            Self::Back => "M12 2.7v10.6L4 8z",
            Self::Play => "M4.5 2.2v11.6L13.5 8z",
            Self::Pause => "M4 2.5h3v11H4zm5 0h3v11H9z",
            Self::Forward => "M4 2.7v10.6L12 8z",
            Self::Last => "M11.5 3h2v10h-2zM2.5 3v10l8-5z",
            Self::Copy => "M5 1.5h8.5V11H5zM6.5 3v6.5H12V3zM2.5 5H4v7.5h6V14H2.5z",
            Self::Wedge => "M5 3l6 5-6 5z",
            Self::Full => "M8 3a5 5 0 1 1 0 10A5 5 0 0 1 8 3z",
            Self::Half => "M8 2.5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11zm0 1.5v8a4 4 0 0 0 0-8z",
        }
    }
}

/// Draws it, for eyes only.
pub fn icon(icon: Icon) -> Html {
    html! {
        <svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
            <path d={icon.path()} fill="currentColor" fill-rule="evenodd" />
        </svg>
    }
}
