//! What was made, as files, and the commands that use them.

use padlock_lesson::text::{Text, say};
use padlock_lesson::workshop::{self, Choice, File, PORT, Workshop};
use yew::prelude::*;

use super::state::Action;
use crate::components::copy::CopyButton;
use crate::components::element::{element, perhaps, row, word};
use crate::components::icon::{Icon, icon};
use crate::components::prose::prose;
use crate::context::{Around, use_surroundings};
use crate::shared::Shared;
use crate::words::Words;

#[derive(Clone, Debug, PartialEq, Properties)]
pub(super) struct ExportProperties {
    /// What was made.
    pub(super) workshop: Shared<Workshop>,
    /// What of it.
    pub(super) choice: Choice,
    /// Whether private keys are among the files.
    pub(super) shows_keys: bool,
    /// Tells what the reader does.
    pub(super) act: Callback<Action>,
}

/// Files to copy and to save, and what to type.
#[component]
pub(super) fn Export(properties: &ExportProperties) -> Html {
    let ExportProperties {
        workshop,
        choice,
        shows_keys,
        act,
    } = properties;
    let around = use_surroundings();
    let Around { platform, words } = &*around;
    let export = use_memo((workshop.clone(), choice.clone()), |(workshop, choice)| {
        let own = workshop.own(choice)?;
        Some(workshop::export(&own, PORT))
    });
    let Some(export) = &*export else {
        return Html::default();
    };
    let file = |file: &File| {
        let save = platform.save.clone();
        let (name, text) = (file.name, file.text.clone());
        let copied = text.clone();
        let on_copy = Callback::from(move |()| copied.clone());
        let on_save = Callback::from(move |_: MouseEvent| save.save(name, text.as_bytes()));
        html! {
            <li key={name} class="workshop__file">
                { element("code", "facts__value", name.into()) }
                <button type="button" class="button" onclick={on_save}>{ words.say(say::workshop_save_file(name)) }</button>
                <CopyButton label={say::workshop_copy_file(name)} text={on_copy} />
            </li>
        }
    };
    let public = export.files.iter().filter(|file| !file.is_secret);
    let secret = export
        .files
        .iter()
        .filter(|file| file.is_secret && *shows_keys);
    let (toggle, label) = match shows_keys {
        true => (false, say::workshop_export_hide()),
        false => (true, say::workshop_export_show()),
    };
    let on_toggle = act.reform(move |_: MouseEvent| Action::ShowKeys(toggle));
    let commands = [
        (say::workshop_command_server(), &export.server),
        (say::workshop_command_client(), &export.client),
    ];
    let commands = commands
        .into_iter()
        .filter_map(|(title, line)| Some(command(words, title, line.as_ref()?)));
    let has_commands = export.server.is_some();
    html! {
        <details class="workshop__along">
            <summary><h2>{ words.say(say::workshop_export()) }</h2></summary>
            { prose(say::workshop_export_about()) }
            <ul class="faults">{ row(public.map(file)) }</ul>
            <div class="note workshop__secret">{ icon(Icon::Warning) }{ prose(say::workshop_export_secret()) }</div>
            <button type="button" class="button" aria-expanded={word(*shows_keys)} onclick={on_toggle}>{ words.say(label) }</button>
            <ul class="faults">{ row(secret.map(file)) }</ul>
            { row(commands) }
            { perhaps(has_commands.then(|| prose(say::workshop_command_note()))) }
        </details>
    }
}

fn command(words: &Words, title: Text, line: &str) -> Html {
    let copied = line.to_owned();
    let on_copy = Callback::from(move |()| copied.clone());
    html! {
        <>
            <h3>{ words.say(title) }</h3>
            <pre class="workshop__command" tabindex="0"><code>{ line.to_owned() }</code></pre>
            <CopyButton label={say::workshop_command_copy()} text={on_copy} />
        </>
    }
}
