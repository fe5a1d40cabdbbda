//! The frame of the site: its name, its pages, and what concerns all of them.

use padlock_lesson::text::{Text, say};
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use crate::callback::sifted;
use crate::components::share::Share;
use crate::context::use_platform;
use crate::platform::screen::Theme;
use crate::route::Page;
use crate::words::use_words;

/// What the [`Header`] needs to know.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct HeaderProperties {
    /// The page on view.
    pub page: Page,
    /// The query of the scenario, which links to other pages carry along.
    pub query: AttrValue,
    /// The colours.
    pub theme: Theme,
    /// Chooses other colours.
    pub on_theme: Callback<Theme>,
}

/// The top of the page.
#[component]
pub fn Header(properties: &HeaderProperties) -> Html {
    let HeaderProperties {
        page,
        query,
        theme,
        on_theme,
    } = properties;
    let words = use_words();
    let platform = use_platform();
    // The address stays as it is: it holds the page's route.
    let skip = Callback::from(move |event: MouseEvent| {
        event.prevent_default();
        platform.screen.focus("main");
    });
    let link = |(target, name): (Page, Text)| {
        let here = (target == *page).then_some("page");
        let href = if target == Page::Speed {
            "#/speed".to_owned()
        } else {
            format!("#/{}?{query}", target.name())
        };
        html! { <li><a class="header__link" {href} aria-current={here}>{ words.say(name) }</a></li> }
    };
    let pages = [
        (Page::Handshake, say::page_nav_handshake()),
        (Page::Certificate, say::page_nav_certificate()),
        (Page::Speed, say::page_nav_speed()),
    ];
    let on_change = sifted(on_theme, |event: Event| {
        let select = event.target_dyn_into::<HtmlSelectElement>()?;
        Theme::from_name(&select.value())
    });
    let option = |offered: Theme| {
        html! {
            <option value={offered.name()} selected={offered == *theme}>{ words.say(theme_name(offered)) }</option>
        }
    };
    html! {
        <header class="header">
            <a class="skip" href="#main" onclick={skip}>{ words.say(say::page_skip()) }</a>
            <a class="header__brand" href="#/handshake">{ mark() }<span>{ words.say(say::app_name()) }</span></a>
            <nav class="header__pages" aria-label={words.label(say::page_nav_label())}>
                <ul>{ for pages.into_iter().map(link) }</ul>
            </nav>
            <div class="header__tools">
                <label class="header__theme">
                    <span>{ words.say(say::page_theme()) }</span>
                    <select onchange={on_change}>{ for Theme::ALL.into_iter().map(option) }</select>
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
