//! Padlock's page: draws lessons, computes nothing.

use yew::prelude::*;

/// The whole page.
#[component]
pub fn App() -> Html {
    html! {
        <main>
            <h1>{ "Padlock" }</h1>
            <p>{ "Hello." }</p>
        </main>
    }
}
