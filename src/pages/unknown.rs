//! An address that names no page.

use padlock_lesson::text::say;
use yew::prelude::*;

use crate::components::element::{element, row};
use crate::components::prose::show;
use crate::words::Words;

/// Says that there is no page of that name, and which there are.
pub fn unknown(words: &Words, name: &str) -> Html {
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
        ("#/read", say::page_nav_read(), say::page_about_read()),
        (
            "#/workshop",
            say::page_nav_workshop(),
            say::page_about_workshop(),
        ),
        (
            "#/failures",
            say::page_nav_failures(),
            say::page_about_failures(),
        ),
        (
            "#/compare",
            say::page_nav_compare(),
            say::page_about_compare(),
        ),
        ("#/speed", say::page_nav_speed(), say::page_about_speed()),
    ];
    let links = pages.into_iter().map(|(href, name, about)| {
        html! { <li><a {href}>{ words.say(name) }</a><span>{ words.say(about) }</span></li> }
    });
    html! {
        <section class="sheet">
            <h1>{ words.say(say::page_unknown_heading()) }</h1>
            <p>{ show(words, &say::page_unknown_text(name)) }</p>
            { element("ul", "sheet__links", row(links)) }
        </section>
    }
}
