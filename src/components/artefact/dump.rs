//! A row of the dump.

use yew::prelude::*;

use super::Model;
use crate::components::bytes::spaced;
use crate::components::element::{element, row};
use crate::shared::Shared;

/// Rows come in halves, of which a narrow view sets each on a line of its own.
const HALF: usize = 8;

#[derive(Clone, Debug, PartialEq, Properties)]
pub(super) struct RowProperties {
    pub(super) model: Shared<Model>,
    pub(super) id: String,
    /// Its bytes.
    pub(super) start: usize,
    pub(super) end: usize,
    /// Those that light up.
    pub(super) lit_start: usize,
    pub(super) lit_end: usize,
    /// Where the reader is, if it is here.
    pub(super) cursor: Option<usize>,
}

/// Up to sixteen bytes; drawn again only if something in them changed.
#[component]
pub(super) fn Row(properties: &RowProperties) -> Html {
    let RowProperties { id, start, end, .. } = properties;
    let half = |start: usize| {
        let offset = format!("{start:04x}");
        let mut parts = vec![element("span", "hex__offset", offset.into())];
        runs(properties, start, (start + HALF).min(*end), &mut parts);
        element("span", "hex__half", row(parts))
    };
    html! { <div class="hex__row" id={id.clone()}>{ row((*start..*end).step_by(HALF).map(half)) }</div> }
}

/// Adds the bytes: neighbours of one field go into one element, but the one that the reader is at,
/// and those that were changed.
fn runs(properties: &RowProperties, mut start: usize, end: usize, parts: &mut Vec<Html>) {
    let RowProperties {
        model,
        lit_start,
        lit_end,
        cursor,
        ..
    } = properties;
    let is_alone = |at: usize| Some(at) == *cursor || is_changed(model, at);
    while start < end {
        let owner = model.owner(start);
        let belongs = |at: &usize| {
            model.owner(*at) == owner && (*at == start || !(is_alone(start) || is_alone(*at)))
        };
        let stop = (start..end).find(|at| !belongs(at)).unwrap_or(end);
        let mut class = "hex__run".to_owned();
        for (is_so, modifier) in [
            (model.is_even(owner), " hex__run--even"),
            ((*lit_start..*lit_end).contains(&start), " hex__run--lit"),
            (Some(start) == *cursor, " hex__run--cursor"),
        ] {
            if is_so {
                class += modifier;
            }
        }
        #[cfg(feature = "complete")]
        if is_changed(model, start) {
            class += " hex__run--changed";
        }
        let shown = spaced(&model.bytes[start..stop]);
        parts.push(html! { <span {class} data-at={start.to_string()}>{ shown }</span> });
        parts.push(" ".into());
        start = stop;
    }
}

/// Whether this byte was changed.
#[cfg(feature = "complete")]
fn is_changed(model: &Model, at: usize) -> bool {
    model.changed.contains(&at)
}

/// The first program shows no such bytes.
#[cfg(not(feature = "complete"))]
const fn is_changed(_model: &Model, _at: usize) -> bool {
    false
}
