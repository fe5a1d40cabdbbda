//! Several views of one thing, one at a time (the tabs pattern of the ARIA Authoring Practices).

use web_sys::KeyboardEvent;
use yew::prelude::*;

use crate::components::element::{row, word};
use crate::context::use_surroundings;

/// What [`Tabs`] show.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct TabsProperties {
    /// What ids within begin with.
    pub id: &'static str,
    /// What the tabs are views of.
    pub label: AttrValue,
    /// Their names.
    pub names: Vec<AttrValue>,
    /// Which one is open.
    pub selected: usize,
    /// Opens another.
    pub on_select: Callback<usize>,
    /// What is in the open one.
    pub children: Html,
}

/// A row of tabs and the panel of the open one.
#[component]
pub fn Tabs(properties: &TabsProperties) -> Html {
    let TabsProperties {
        id,
        label,
        names,
        selected,
        on_select,
        children,
    } = properties;
    let around = use_surroundings();
    let tab_id = |at: usize| format!("{id}-tab-{at}");
    let panel_id = format!("{id}-panel");

    let on_key = {
        let (id, selected, count) = (*id, *selected, names.len());
        let on_select = on_select.clone();
        Callback::from(move |event: KeyboardEvent| {
            let next = match event.key().as_str() {
                "ArrowRight" => (selected + 1) % count,
                "ArrowLeft" => (selected + count - 1) % count,
                "Home" => 0,
                "End" => count - 1,
                _ => return,
            };
            event.prevent_default();
            on_select.emit(next);
            around.platform.screen.focus(&format!("{id}-tab-{next}"));
        })
    };
    let tab = |(at, name): (usize, &AttrValue)| {
        let open = at == *selected;
        let on_click = on_select.reform(move |_: MouseEvent| at);
        html! {
            <button type="button" role="tab" key={at} id={tab_id(at)} class="tabs__tab"
                aria-selected={word(open)} aria-controls={open.then(|| panel_id.clone())}
                tabindex={if open { "0" } else { "-1" }} onclick={on_click}>{ name }</button>
        }
    };
    html! {
        <div class="tabs">
            <div role="tablist" class="tabs__list" aria-label={label} onkeydown={on_key}>
                { row(names.iter().enumerate().map(tab)) }
            </div>
            <div role="tabpanel" class="tabs__panel" id={panel_id.clone()} aria-labelledby={tab_id(*selected)} tabindex="0">
                { children.clone() }
            </div>
        </div>
    }
}
