//! A line of the list of fields.

use padlock_lesson::text::say;
use yew::prelude::*;

use super::Model;
use crate::components::element::{element, perhaps, row, word};
use crate::components::icon::{Icon, icon};
use crate::context::use_surroundings;
use crate::shared::Shared;

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
    let around = use_surroundings();
    let words = &around.words;
    let parent = model.outline.is_parent(*index);
    let mut class = format!(
        "fields__item fields__item--depth-{}",
        item.depth.min(DEEPEST)
    );
    if *lit {
        class += " fields__item--lit";
    }
    if *chosen {
        class += " fields__item--chosen";
    }
    let wedge = || html! { <span class="fields__wedge" data-wedge="">{ icon(Icon::Wedge) }</span> };
    let wedge = perhaps(parent.then(wedge));
    let size = words.say(say::page_bytes_short(item.range.len()));
    html! {
        <div role="treeitem" id={id.clone()} {class} data-field={index.to_string()}
            aria-level={(item.depth + 1).to_string()} aria-posinset={item.position.to_string()}
            aria-setsize={item.siblings.to_string()} aria-selected={word(*chosen)}
            aria-expanded={parent.then(|| word(*open))}>
            { element("span", "fields__label", row([wedge, (&*item.label).into()])) }
            { element("code", "fields__value", item.value(&model.bytes).into()) }
            { element("span", "fields__size", size) }
        </div>
    }
}
