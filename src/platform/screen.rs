//! What is on view, and how.

use wasm_bindgen::JsCast;
use web_sys::{Document, Element, HtmlElement};

/// Light or dark.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Theme {
    /// As the reader's system has it.
    #[default]
    System,
    /// Dark letters on a light ground.
    Light,
    /// Light letters on a dark ground.
    Dark,
}

impl Theme {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// Its name in the document and in the storage.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The theme of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.name() == name)
    }
}

/// Acts on the document beyond what components draw.
pub trait Screen {
    /// Draws in this theme from now on.
    fn show_theme(&self, theme: Theme);

    /// Names what is on view.
    fn show_title(&self, title: &str);

    /// Whether hex dumps have their narrow form, with eight bytes in a row.
    fn narrow(&self) -> bool;

    /// Moves the focus to the element with this id.
    fn focus(&self, id: &str);

    /// The same, if what had the focus has gone from the page.
    fn rescue(&self, id: &str);

    /// Scrolls the element that holds the one with this id, as little as needed to bring that on view
    /// within it. The page itself stays where it is.
    fn reveal(&self, id: &str);

    /// Moves the focus to the element with this id, and the view to the beginning of the document.
    fn begin(&self, id: &str);

    /// Scrolls until the first of the elements with these ids begins the view, unless one of them is
    /// on view already.
    fn bring(&self, ids: &[&str]);
}

/// The browser's document.
#[derive(Clone, Copy, Debug, Default)]
pub struct BrowserScreen;

impl Screen for BrowserScreen {
    fn show_theme(&self, theme: Theme) {
        let Some(root) = document().and_then(|document| document.document_element()) else {
            return;
        };
        // Setting an attribute fails only for names that are none.
        let _ = match theme {
            Theme::System => root.remove_attribute("data-theme"),
            Theme::Light | Theme::Dark => root.set_attribute("data-theme", theme.name()),
        };
    }

    fn show_title(&self, title: &str) {
        if let Some(document) = document() {
            document.set_title(title);
        }
    }

    fn narrow(&self) -> bool {
        // The same width stands in static/css/artefact.css.
        web_sys::window()
            .and_then(|window| window.match_media("(max-width: 40rem)").ok()?)
            .is_some_and(|list| list.matches())
    }

    fn focus(&self, id: &str) {
        if let Some(element) = find(id).and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
            let _ = element.focus();
        }
    }

    fn rescue(&self, id: &str) {
        // Without any other it is the body that is active.
        let active = document().and_then(|document| document.active_element());
        if active.is_none_or(|active| active.tag_name() == "BODY") {
            self.focus(id);
        }
    }

    fn reveal(&self, id: &str) {
        let Some(element) = find(id) else { return };
        let Some(holder) = element.parent_element() else {
            return;
        };
        let (inner, outer) = (
            element.get_bounding_client_rect(),
            holder.get_bounding_client_rect(),
        );
        let above = outer.top() - inner.top();
        let below = inner.bottom() - outer.bottom();
        let by = if above > 0.0 { -above } else { below.max(0.0) };
        #[expect(clippy::cast_possible_truncation, reason = "a number of pixels")]
        holder.set_scroll_top(holder.scroll_top() + by.round() as i32);
    }

    fn begin(&self, id: &str) {
        self.focus(id);
        if let Some(window) = web_sys::window() {
            window.scroll_to_with_x_and_y(0.0, 0.0);
        }
    }

    fn bring(&self, ids: &[&str]) {
        let height = web_sys::window().and_then(|window| window.inner_height().ok()?.as_f64());
        let on_view = |element: &Element| {
            let shape = element.get_bounding_client_rect();
            shape.bottom() > 0.0 && height.is_none_or(|height| shape.top() < height * CLEAR)
        };
        let elements: Vec<_> = ids.iter().filter_map(|id| find(id)).collect();
        if let Some(first) = elements.first()
            && !elements.iter().any(on_view)
        {
            // Whether it glides or jumps is said in the stylesheet, by `scroll-behavior`.
            first.scroll_into_view();
        }
    }
}

/// The part of the view that the controls at its foot leave free, on the smallest of screens too.
const CLEAR: f64 = 0.75;

fn document() -> Option<Document> {
    web_sys::window()?.document()
}

fn find(id: &str) -> Option<Element> {
    document()?.get_element_by_id(id)
}

/// A wide screen on which nothing moves.
#[derive(Clone, Copy, Debug, Default)]
pub struct FixedScreen;

impl Screen for FixedScreen {
    fn show_theme(&self, _: Theme) {}
    fn show_title(&self, _: &str) {}
    fn narrow(&self) -> bool {
        false
    }
    fn focus(&self, _: &str) {}
    fn rescue(&self, _: &str) {}
    fn reveal(&self, _: &str) {}
    fn begin(&self, _: &str) {}
    fn bring(&self, _: &[&str]) {}
}
