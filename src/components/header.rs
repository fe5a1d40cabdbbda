//! The frame of the site: its name, its pages, and what concerns all of them.

use padlock_lesson::text::{Text, say};
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use crate::callback::sifted;
use crate::components::element::row;
use crate::components::share::Share;
use crate::context::Surroundings;
use crate::pages::handshake::state::Opening;
use crate::platform::screen::Theme;
use crate::route::Page;

/// The top of the page: `page` is on view, and links to others carry `query` along; that to the
/// handshake leads back to where the reader was.
pub fn header(
    around: &Surroundings,
    page: &Page,
    query: &str,
    place: Opening,
    theme: Theme,
    on_theme: &Callback<Theme>,
) -> Html {
    let words = &around.words;
    let screen = around.platform.screen.clone();
    // The address stays as it is: it holds the page's route.
    let skip = Callback::from(move |event: MouseEvent| {
        event.prevent_default();
        screen.focus("main");
    });
    let link = |(target, name): (Page, Text)| {
        let here = (target == *page).then_some("page");
        let href = match target {
            Page::Read | Page::Workshop | Page::Failures | Page::Speed => {
                format!("#/{}", target.name())
            }
            Page::Handshake if here.is_none() => place.link(query),
            _ => format!("#/{}?{query}", target.name()),
        };
        html! { <li><a class="header__link" {href} aria-current={here}>{ words.say(name) }</a></li> }
    };
    let pages = [
        (Page::Handshake, say::page_nav_handshake()),
        (Page::Certificate, say::page_nav_certificate()),
        (Page::Read, say::page_nav_read()),
        (Page::Workshop, say::page_nav_workshop()),
        (Page::Failures, say::page_nav_failures()),
        (Page::Compare, say::page_nav_compare()),
        (Page::Speed, say::page_nav_speed()),
    ];
    let on_change = sifted(on_theme, |event: Event| {
        let select = event.target_dyn_into::<HtmlSelectElement>()?;
        Theme::from_name(&select.value())
    });
    let option = |offered: Theme| {
        html! {
            <option value={offered.name()} selected={offered == theme}>{ words.say(theme_name(offered)) }</option>
        }
    };
    let brand = row([
        mark(),
        html! { <span>{ words.say(say::app_name()) }</span> },
    ]);
    html! {
        <header class="header">
            <a class="skip" href="#main" onclick={skip}>{ words.say(say::page_skip()) }</a>
            <a class="header__brand" href="#/handshake">{ brand }</a>
            <nav class="header__pages" aria-label={words.label(say::page_nav_label())}>
                <ul>{ row(pages.into_iter().map(link)) }</ul>
            </nav>
            <div class="header__tools">
                <label class="header__theme">
                    <span>{ words.say(say::page_theme()) }</span>
                    <select onchange={on_change}>{ row(Theme::ALL.into_iter().map(option)) }</select>
                </label>
                <Share />
            </div>
        </header>
    }
}

fn theme_name(theme: Theme) -> Text {
    match theme {
        Theme::System => say::page_theme_system(),
        Theme::Light => say::page_theme_light(),
        Theme::Dark => say::page_theme_dark(),
    }
}

fn mark() -> Html {
    html! {
        <svg class="header__mark" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" aria-hidden="true">
            <rect x="4" y="10" width="16" height="11" rx="2.5" />
            <path d="M8 10V7a4 4 0 0 1 8 0v3" />
            <circle cx="12" cy="15.5" r="1.2" fill="currentColor" />
        </svg>
    }
}
