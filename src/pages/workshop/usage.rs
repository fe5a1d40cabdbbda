//! What goes into a handshake.

use padlock_lesson::scenario::{CertificateChoice, ClientCertificateChoice, KeyExchange};
use padlock_lesson::text::{Text, say};
use padlock_lesson::workshop::{Choice, Kind, Made};
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use super::state::{Action, State};
use crate::callback::sifted;
use crate::components::element::{element, perhaps, row};
use crate::components::prose::prose;
use crate::words::Words;

/// The choices, and the way to the handshake.
pub(super) fn usage(words: &Words, state: &State, act: &Callback<Action>) -> Html {
    if state.is_empty() {
        return Html::default();
    }
    let made = state.workshop.made();
    let has_party = made.iter().any(|made| !made.design.kind.is_authority());
    let inside = match has_party {
        true => choices(words, state, act),
        false => prose(say::workshop_use_none()),
    };
    html! {
        <section aria-labelledby="workshop-use">
            <h2 id="workshop-use">{ words.say(say::workshop_use()) }</h2>
            { prose(say::workshop_use_about()) }
            { inside }
        </section>
    }
}

fn choices(words: &Words, state: &State, act: &Callback<Action>) -> Html {
    let choice = &state.choice;
    let of = |kind: Kind| {
        let made = state.workshop.made().iter().enumerate();
        made.filter(move |(_, made)| made.design.kind == kind)
    };
    let party = |label: Text,
                 kind: Kind,
                 none: Text,
                 chosen: Option<usize>,
                 change: fn(&mut Choice, Option<usize>)| {
        let option = |(at, made): (usize, &Made)| {
            let name = format!("{}. {}", at + 1, made.design.name());
            html! { <option value={at.to_string()} selected={chosen == Some(at)}>{ name }</option> }
        };
        let choice = choice.clone();
        let onchange = sifted(act, move |event: Event| {
            let field = event.target_dyn_into::<HtmlSelectElement>()?;
            let mut choice = choice.clone();
            change(&mut choice, field.value().parse().ok());
            Some(Action::Choose(choice))
        });
        html! {
            <label class="ask__field">
                <span>{ words.say(label) }</span>
                <select {onchange}>
                    <option value="" selected={chosen.is_none()}>{ words.say(none) }</option>
                    { row(of(kind).map(option)) }
                </select>
            </label>
        }
    };
    let server = party(
        say::workshop_server(),
        Kind::Server,
        say::workshop_server_demo(),
        choice.server,
        |choice, at| choice.server = at,
    );
    let client = party(
        say::workshop_client(),
        Kind::Client,
        say::workshop_client_none(),
        choice.client,
        |choice, at| choice.client = at,
    );
    let oninput = {
        let choice = choice.clone();
        sifted(act, move |event: InputEvent| {
            let field = event.target_dyn_into::<HtmlInputElement>()?;
            Some(Action::Choose(Choice {
                name: field.value(),
                ..choice.clone()
            }))
        })
    };
    let link = format!("#/handshake?{}", query(choice));
    let name = state.workshop.name(choice);
    let is_odd = choice.server.is_some() && name != choice.name.trim();
    let odd = is_odd.then(|| element("p", "ask__odd", words.say(say::workshop_name_odd(name))));
    html! {
        <>
            <div class="ask">
                { server }
                { client }
                <label class="ask__field">
                    <span>{ words.say(say::workshop_name()) }</span>
                    <input type="text" class="ask__name" value={choice.name.clone()} {oninput} spellcheck="false"
                        autocapitalize="off" autocomplete="off" />
                </label>
                { trusted(words, state, act) }
            </div>
            { perhaps(odd) }
            <a class="button workshop__issue" href={link}>{ words.say(say::workshop_go()) }</a>
            { element("div", "opener__hint", prose(say::workshop_link())) }
        </>
    }
}

/// Those that signed themselves: the client trusts them, or not.
fn trusted(words: &Words, state: &State, act: &Callback<Action>) -> Html {
    let choice = &state.choice;
    let made = state.workshop.made();
    let roots: Vec<usize> = state.workshop.roots().collect();
    let root = |at: &usize| {
        let at = *at;
        let name = made.get(at).map(|made| made.design.name().to_owned());
        let checked = !choice.distrusted.contains(&at);
        let choice = choice.clone();
        let onchange = act.reform(move |_: Event| {
            let mut choice = choice.clone();
            match checked {
                true => choice.distrusted.push(at),
                false => choice.distrusted.retain(|other| *other != at),
            }
            Action::Choose(choice)
        });
        html! {
            <label class="ask__check">
                <input type="checkbox" {checked} {onchange} />
                <span>{ format!("{}. {}", at + 1, name.unwrap_or_default()) }</span>
            </label>
        }
    };
    let inside = match roots.is_empty() {
        true => element("p", "ask__hint", words.say(say::workshop_trusted_none())),
        false => row(roots.iter().map(root)),
    };
    html! {
        <fieldset class="workshop__group">
            <legend>{ words.say(say::workshop_trusted()) }</legend>
            { inside }
        </fieldset>
    }
}

/// The address of the handshake: what was made is not in it.
fn query(choice: &Choice) -> String {
    let certificate = match choice.server {
        Some(_) => CertificateChoice::Own,
        None => CertificateChoice::Good,
    };
    let client = match choice.client {
        Some(_) => ClientCertificateChoice::Own,
        None => ClientCertificateChoice::NotAsked,
    };
    format!(
        "kx={}&cert={}&client={}",
        KeyExchange::Ecdhe.word(),
        certificate.word(),
        client.word()
    )
}
