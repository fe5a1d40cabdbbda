//! An address that names no page.

use padlock_lesson::text::say;
use yew::prelude::*;

use crate::components::prose::show;
use crate::words::use_words;

/// What the [`Unknown`] page says.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct UnknownProperties {
    /// What the address names.
    pub name: AttrValue,
}

/// Says that there is no such page, and which there are.
#[component]
pub fn Unknown(properties: &UnknownProperties) -> Html {
    let words = use_words();
    let pages = [
        (
            "#/handshake",
            say::page_nav_handshake(),
            say::page_about_handshake(),
        ),
        (
            "#/certificate",
            say::page_nav_certificate(),
            say::page_about_certificate(),
        ),
        ("#/speed", say::page_nav_speed(), say::page_about_speed()),
    ];
    html! {
        <section class="sheet">
            <h1>{ words.say(say::page_unknown_heading()) }</h1>
            <p>{ show(&words, &say::page_unknown_text(&*properties.name)) }</p>
            <ul class="sheet__links">
                { for pages.into_iter().map(|(href, name, about)| html! {
                    <li><a {href}>{ words.say(name) }</a><span>{ words.say(about) }</span></li>
                }) }
            </ul>
        </section>
    }
}
