//! A row of the dump.

use yew::prelude::*;

use super::Model;
use crate::components::bytes::spaced;
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
        let end = (start + HALF).min(*end);
        html! {
            <span class="hex__half">
                <span class="hex__offset">{ format!("{start:04x}") }</span>
                { for runs(properties, start, end) }
            </span>
        }
    };
    html! { <div class="hex__row" id={id.clone()}>{ for (*start..*end).step_by(HALF).map(half) }</div> }
}

/// Neighbouring bytes of one field go into one element, but the one that the reader is at.
fn runs(properties: &RowProperties, mut start: usize, end: usize) -> Vec<Html> {
    let RowProperties {
        model,
        lit_start,
        lit_end,
        cursor,
        ..
    } = properties;
    let mut runs = Vec::new();
    while start < end {
        let owner = model.owner(start);
        let belongs = |at: &usize| {
            model.owner(*at) == owner
                && (*at == start || (Some(start) != *cursor && Some(*at) != *cursor))
        };
        let stop = (start..end).find(|at| !belongs(at)).unwrap_or(end);
        let class = classes!(
            "hex__run",
            model.is_even(owner).then_some("hex__run--even"),
            (*lit_start..*lit_end)
                .contains(&start)
                .then_some("hex__run--lit"),
            (Some(start) == *cursor).then_some("hex__run--cursor"),
        );
        runs.push(html! { <><span {class} data-at={start.to_string()}>{ spaced(&model.bytes[start..stop]) }</span>{ " " }</> });
        start = stop;
    }
    runs
}
