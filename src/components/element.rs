//! Shapes that stand on the page again and again.
//!
//! `html!` builds an element where it is written; what is drawn in many places is built here once.

use yew::prelude::*;
use yew::virtual_dom::VList;

/// An element of a class around something.
pub fn element(tag: &'static str, class: &'static str, inside: Html) -> Html {
    html! { <@{tag} {class}>{ inside }</@> }
}

/// What is said to those alone who cannot see the page.
pub fn unseen(inside: Html) -> Html {
    element("span", "visually-hidden", inside)
}

/// A button.
pub fn button(class: &'static str, inside: Html, on_click: Callback<MouseEvent>) -> Html {
    html! { <button type="button" {class} onclick={on_click}>{ inside }</button> }
}

/// A button that opens and closes something.
pub fn discloser(
    class: &'static str,
    open: bool,
    inside: Html,
    on_click: Callback<MouseEvent>,
) -> Html {
    html! {
        <button type="button" {class} aria-expanded={word(open)} onclick={on_click}>{ inside }</button>
    }
}

/// A name and what it stands for, in a list of such.
pub fn definition(class: &'static str, name: Html, value: Html) -> Html {
    html! { <div {class}><dt>{ name }</dt><dd>{ value }</dd></div> }
}

/// What may be missing. Unlike a bare option it keeps its place among its siblings, without which Yew
/// would draw those before it anew, and the focus would be lost.
pub fn perhaps(shown: Option<Html>) -> Html {
    shown.unwrap_or_default()
}

/// Several nodes, one after the other. To collect them would do the same by three times the code,
/// in each place.
pub fn row(nodes: impl IntoIterator<Item = Html>) -> Html {
    let mut list = VList::new();
    for node in nodes {
        list.add_child(node);
    }
    list.into()
}

/// A truth value as attributes of ARIA spell it.
#[must_use]
pub const fn word(value: bool) -> &'static str {
    if value { "true" } else { "false" }
}
