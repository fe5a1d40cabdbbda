//! What the next certificate is to be.

use padlock_lesson::text::{Text, say};
use padlock_lesson::workshop::{Design, KeyChoice, Kind, Mischief};
use padlock_pki::issue::{ExtendedKeyUsage, KeyUsage};
use padlock_pki::key::RsaProgress;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use super::state::{Action, State};
use crate::callback::sifted;
use crate::components::element::{button, element, perhaps, row};
use crate::components::prose::{prose, show};
use crate::words::Words;

/// The form, what breaks it, and the button that issues it.
pub(super) fn form(words: &Words, state: &State, act: &Callback<Action>) -> Html {
    let form = Form {
        words,
        design: &state.form,
        now: state.now,
        act,
    };
    let kept = state.again.and_then(|at| state.workshop.made().get(at));
    let title = match kept {
        Some(made) => say::workshop_form_again(made.design.name()),
        None => say::workshop_form_new(),
    };
    let about = kept.map(|_| prose(say::workshop_form_again_about()));
    let is_rsa = state.form.key.rsa_bits().is_some();
    html! {
        <section aria-labelledby="workshop-form">
            <h2 id="workshop-form" tabindex="-1">{ words.say(title) }</h2>
            { perhaps(about) }
            <div class="ask">
                { perhaps(kept.is_none().then(|| form.kind())) }
                { form.issuer(state) }
                { form.key() }
                { form.text(say::workshop_common_name(), &state.form.common_name, |design, text| design.common_name = text) }
                { form.text(say::workshop_organization(), &state.form.organization, |design, text| design.organization = text) }
                { form.names() }
                { form.moments() }
                { form.more() }
            </div>
            { perhaps(is_rsa.then(|| prose(say::workshop_rsa_note()))) }
            { form.mischief() }
            { form.buttons(state) }
        </section>
    }
}

struct Form<'a> {
    words: &'a Words,
    design: &'a Design,
    now: i64,
    act: &'a Callback<Action>,
}

/// A way to change a design.
type Change<T> = fn(&mut Design, T);

impl Form<'_> {
    /// A button or a switch that changes the design so.
    fn filled<E: 'static>(&self, change: impl FnOnce(&mut Design)) -> Callback<E> {
        let mut design = self.design.clone();
        change(&mut design);
        self.act.reform(move |_: E| Action::Fill(design.clone()))
    }

    fn on_input(&self, change: Change<String>) -> Callback<InputEvent> {
        let design = self.design.clone();
        sifted(self.act, move |event: InputEvent| {
            let field = event.target_dyn_into::<HtmlInputElement>()?;
            let mut design = design.clone();
            change(&mut design, field.value());
            Some(Action::Fill(design))
        })
    }

    fn field(&self, label: Text, field: Html) -> Html {
        html! { <label class="ask__field"><span>{ self.words.say(label) }</span>{ field }</label> }
    }

    fn text(&self, label: Text, value: &str, change: Change<String>) -> Html {
        let (value, oninput) = (value.to_owned(), self.on_input(change));
        let field = html! {
            <input type="text" class="ask__name" {value} {oninput} spellcheck="false" autocapitalize="off" autocomplete="off" />
        };
        self.field(label, field)
    }

    /// The first moment and the last; if they are the wrong way round, the last says so.
    fn moments(&self) -> Html {
        let is_backwards = self.design.is_backwards();
        let wrong = is_backwards.then_some("workshop-backwards");
        let first = self.on_input(|design, text| design.first = text);
        let first = html! { <input type="datetime-local" value={self.design.first.clone()} oninput={first} /> };
        let last = self.on_input(|design, text| design.last = text);
        let last = html! {
            <input type="datetime-local" value={self.design.last.clone()} oninput={last}
                aria-invalid={wrong.map(|_| "true")} aria-describedby={wrong} />
        };
        let told = is_backwards.then(|| {
            let text = show(self.words, &say::workshop_backwards());
            html! { <p class="ask__wide ask__odd" id="workshop-backwards">{ text }</p> }
        });
        row([
            self.field(say::workshop_first(), first),
            self.field(say::workshop_last(), last),
            html! { <div class="workshop__live" role="status">{ perhaps(told) }</div> },
        ])
    }

    /// A choice among these; what is chosen becomes an action.
    fn choice<T: Copy + PartialEq + 'static>(
        &self,
        label: Text,
        chosen: T,
        offered: Vec<(T, String)>,
        act: impl Fn(T) -> Action + 'static,
    ) -> Html {
        let option = |(at, (value, name)): (usize, &(T, String))| {
            html! { <option value={at.to_string()} selected={*value == chosen}>{ name }</option> }
        };
        let options = row(offered.iter().enumerate().map(option));
        let values: Vec<T> = offered.iter().map(|(value, _)| *value).collect();
        let onchange = sifted(self.act, move |event: Event| {
            let field = event.target_dyn_into::<HtmlSelectElement>()?;
            let at = usize::try_from(field.selected_index()).ok()?;
            Some(act(*values.get(at)?))
        });
        self.field(label, html! { <select {onchange}>{ options }</select> })
    }

    fn kind(&self) -> Html {
        let offered = Kind::ALL.map(|kind| (kind, self.words.plain(&kind.title())));
        let label = say::workshop_kind();
        self.choice(label, self.design.kind, offered.to_vec(), Action::Begin)
    }

    fn key(&self) -> Html {
        let offered = KeyChoice::ALL.map(|key| (key, key.name().to_owned()));
        let design = self.design.clone();
        let label = say::workshop_key();
        self.choice(label, self.design.key, offered.to_vec(), move |key| {
            Action::Fill(Design {
                key,
                ..design.clone()
            })
        })
    }

    fn issuer(&self, state: &State) -> Html {
        let itself = (None, self.words.plain(&say::workshop_issuer_self()));
        let others = state.issuers().map(|(at, design)| {
            let name = format!("{}. {}", at + 1, design.name());
            (Some(at), name)
        });
        let offered = [itself].into_iter().chain(others).collect();
        let design = self.design.clone();
        let label = say::workshop_issuer();
        self.choice(label, self.design.issuer, offered, move |issuer| {
            Action::Fill(Design {
                issuer,
                ..design.clone()
            })
        })
    }

    fn names(&self) -> Html {
        let value = self.design.names.clone();
        let oninput = self.on_input(|design, text| design.names = text);
        let field = html! {
            <input type="text" class="ask__name" {value} {oninput} spellcheck="false" autocapitalize="off"
                autocomplete="off" aria-describedby="workshop-names-hint" />
        };
        html! {
            <div class="ask__wide">
                { self.field(say::workshop_names(), field) }
                <span class="ask__hint" id="workshop-names-hint">{ show(self.words, &say::workshop_names_hint()) }</span>
            </div>
        }
    }

    /// A switch.
    fn check(&self, label: Text, checked: bool, change: impl FnOnce(&mut Design)) -> Html {
        self.tick(label, checked, self.filled(change))
    }

    fn tick(&self, label: Text, checked: bool, onchange: Callback<Event>) -> Html {
        html! {
            <label class="ask__check">
                <input type="checkbox" {checked} {onchange} />
                <span>{ self.words.say(label) }</span>
            </label>
        }
    }

    /// What beginners can leave as it is.
    fn more(&self) -> Html {
        let design = self.design;
        let usage = |(usage, label): (KeyUsage, Text)| {
            let has = design.key_usage.contains(&usage);
            self.check(label, has, |design| toggle(&mut design.key_usage, usage))
        };
        let usages = [
            (KeyUsage::DigitalSignature, say::workshop_usage_signature()),
            (
                KeyUsage::KeyEncipherment,
                say::workshop_usage_encipherment(),
            ),
            (KeyUsage::KeyCertSign, say::workshop_usage_certificates()),
            (KeyUsage::CrlSign, say::workshop_usage_lists()),
            (KeyUsage::NonRepudiation, say::workshop_usage_documents()),
        ];
        let purpose = |(purpose, label): (ExtendedKeyUsage, Text)| {
            let has = design.purposes.contains(&purpose);
            self.check(label, has, |design| toggle(&mut design.purposes, purpose))
        };
        let purposes = [
            (ExtendedKeyUsage::ServerAuth, say::workshop_purpose_server()),
            (ExtendedKeyUsage::ClientAuth, say::workshop_purpose_client()),
            (ExtendedKeyUsage::CodeSigning, say::workshop_purpose_code()),
            (
                ExtendedKeyUsage::EmailProtection,
                say::workshop_purpose_mail(),
            ),
        ];
        let group = |legend: Text, inside: Html| {
            html! { <fieldset class="workshop__group"><legend>{ self.words.say(legend) }</legend>{ inside }</fieldset> }
        };
        html! {
            <details class="ask__wide">
                { element("summary", "checks__more", self.words.say(say::workshop_more())) }
                { group(say::workshop_usage(), row(usages.into_iter().map(usage))) }
                { group(say::workshop_purposes(), row(purposes.into_iter().map(purpose))) }
                { self.check(say::workshop_authority(), design.authority, |design| design.authority = !design.authority) }
                { self.text(say::workshop_path_length(), &design.path_length, |design, text| design.path_length = text) }
                { self.text(say::workshop_permitted(), &design.permitted, |design, text| design.permitted = text) }
                { self.text(say::workshop_excluded(), &design.excluded, |design, text| design.excluded = text) }
                { element("p", "ask__hint", self.words.say(say::workshop_constraints_hint())) }
            </details>
        }
    }

    /// What breaks it, each with a tick that is set where it is broken so.
    fn mischief(&self) -> Html {
        let offer = |mischief: &Mischief| {
            let mischief = *mischief;
            let is_in = mischief.is_in(self.design, self.now);
            let onchange = self.act.reform(move |_: Event| Action::Spoil(mischief));
            self.tick(mischief.title(), is_in, onchange)
        };
        let offered = Mischief::offered(self.design.kind);
        let about = match self.design.kind {
            Kind::Root => say::workshop_break_root(),
            _ => say::workshop_break_about(),
        };
        html! {
            <fieldset class="workshop__group workshop__break">
                <legend>{ self.words.say(say::workshop_break()) }</legend>
                { element("p", "ask__hint", self.words.say(about)) }
                { element("div", "workshop__ticks", row(offered.iter().map(offer))) }
            </fieldset>
        }
    }

    /// The button that issues; it stays where it is while an RSA key is made.
    fn buttons(&self, state: &State) -> Html {
        let on = |action: Action| self.act.reform(move |_: MouseEvent| action.clone());
        let label = match state.again {
            Some(_) => say::workshop_make_again(),
            None => say::workshop_make(),
        };
        let leave = || {
            let label = match state.issued {
                Some(_) => say::workshop_done(),
                None => say::workshop_leave(),
            };
            button(
                "button button--quiet",
                self.words.say(label),
                on(Action::Leave),
            )
        };
        let making = state.making.as_ref();
        let is_again = state.again.is_some() && making.is_none();
        html! {
            <div class="opener__row">
                <button type="button" class="button workshop__issue" id="workshop-issue"
                    aria-disabled={making.map(|_| "true")} onclick={on(Action::Issue)}>{ self.words.say(label) }</button>
                { perhaps(is_again.then(leave)) }
                { perhaps(making.map(|making| self.waiting(making.progress))) }
            </div>
        }
    }

    /// How far the RSA key is, and a way out.
    fn waiting(&self, progress: RsaProgress) -> Html {
        let RsaProgress {
            drawn,
            tested,
            found,
        } = progress;
        let on_cancel = self.act.reform(|_: MouseEvent| Action::Cancel);
        row([
            html! { <progress aria-label={self.words.label(say::workshop_making())} /> },
            element(
                "span",
                "",
                self.words.say(say::workshop_progress(drawn, found, tested)),
            ),
            button("button", self.words.say(say::workshop_cancel()), on_cancel),
        ])
    }
}

/// Adds what is not there, takes out what is.
fn toggle<T: PartialEq>(all: &mut Vec<T>, one: T) {
    match all.iter().position(|other| *other == one) {
        Some(at) => drop(all.remove(at)),
        None => all.push(one),
    }
}
