//! A line of the list of fields.

use padlock_lesson::text::say;
use yew::prelude::*;

use super::Model;
use crate::components::icon::{Icon, icon};
use crate::shared::Shared;
use crate::words::use_words;

/// How deep the list is indented at most; the stylesheet has a class for each depth.
const DEEPEST: usize = 16;

#[derive(Clone, Debug, PartialEq, Properties)]
pub(super) struct FieldProperties {
    pub(super) model: Shared<Model>,
    pub(super) id: String,
    /// Which field.
    pub(super) index: usize,
    /// Whether what is within it is on view.
    pub(super) open: bool,
    /// Whether it lights up.
    pub(super) lit: bool,
    /// Whether the reader is at it.
    pub(super) chosen: bool,
}

/// A field: its name, its value and its size.
#[component]
pub(super) fn Field(properties: &FieldProperties) -> Html {
    let FieldProperties {
        model,
        id,
        index,
        open,
        lit,
        chosen,
    } = properties;
    let item = &model.outline.items[*index];
    let words = use_words();
    let parent = model.outline.is_parent(*index);
    let class = classes!(
        "fields__item",
        format!("fields__item--depth-{}", item.depth.min(DEEPEST)),
        lit.then_some("fields__item--lit"),
        chosen.then_some("fields__item--chosen"),
    );
    html! {
        <div role="treeitem" id={id.clone()} {class} data-field={index.to_string()}
            aria-level={(item.depth + 1).to_string()} aria-posinset={item.position.to_string()}
            aria-setsize={item.siblings.to_string()} aria-selected={chosen.to_string()}
            aria-expanded={parent.then(|| open.to_string())}>
            <span class="fields__label">
                if parent {
                    <span class="fields__wedge" data-wedge="">{ icon(Icon::Wedge) }</span>
                }
                { &item.label }
            </span>
            <code class="fields__value">{ &item.value }</code>
            <span class="fields__size">{ words.say(say::page_bytes_short(item.range.len())) }</span>
        </div>
    }
}
