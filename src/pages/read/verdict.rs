//! Whether a certificate would be believed: by whom, for what, when, and why.

use padlock_lesson::study::judge::{Judgement, Refusal};
use padlock_lesson::text::{Text, say};
use padlock_pki::explain::Kind;
use padlock_pki::time::UnixSeconds;
use padlock_pki::verify::{Called, Policy, Purpose};
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

mod question;

use question::{CHAIN, Suggested, members, moment, question};

use super::state::{Action, Asked, Entry, Roots, Trust};
use crate::callback::sifted;
use crate::components::blocks::checks_with;
use crate::components::element::{button, definition, element, perhaps, row};
use crate::components::icon::{Icon, icon};
use crate::components::prose::{prose, show};
use crate::context::{Around, use_surroundings};
use crate::shared::Shared;
use crate::words::Words;

#[derive(Clone, Debug, PartialEq, Properties)]
pub(super) struct VerdictProperties {
    /// All that was found.
    pub(super) entries: Shared<Vec<Entry>>,
    /// Which of it is judged.
    pub(super) chosen: usize,
    /// What is asked.
    pub(super) asked: Asked,
    /// The moment that counts as now.
    pub(super) now: i64,
    /// The roots of the demonstration.
    pub(super) roots: Shared<Vec<Vec<u8>>>,
    /// Those that Mozilla trusts.
    #[prop_or_default]
    pub(super) mozilla: Roots,
    /// Tells what the reader does.
    pub(super) act: Callback<Action>,
}

/// What is asked, and the answer.
#[component]
pub(super) fn Verdict(properties: &VerdictProperties) -> Html {
    let VerdictProperties {
        entries,
        chosen,
        asked,
        now,
        roots,
        mozilla,
        act,
    } = properties;
    let around = use_surroundings();
    let Around { platform, words } = &*around;
    let suggested = use_memo((entries.clone(), *chosen), |(entries, chosen)| {
        Suggested::by(entries.get(*chosen))
    });
    let judged = use_memo(
        (
            entries.clone(),
            *chosen,
            asked.clone(),
            *now,
            suggested.clone(),
            mozilla.clone(),
        ),
        |(entries, chosen, asked, now, suggested, mozilla)| {
            let trusted = match asked.trust {
                Trust::Demonstration => Some(&**roots),
                Trust::Given => Some(&Vec::new()),
                Trust::Mozilla => mozilla.here().map(|roots| &**roots),
            };
            let question = question(entries, *chosen, asked, *now, suggested, trusted?);
            Some(question.judge())
        },
    );
    // A root that is at hand and not trusted: trusting it is one step away.
    let root = use_memo(judged.clone(), |judged| {
        let judged = (**judged).as_ref()?;
        if judged.anchor.is_some() || asked.trust == Trust::Given {
            return None;
        }
        let asked = Asked {
            trust: Trust::Given,
            ..asked.clone()
        };
        question(entries, *chosen, &asked, *now, &suggested, &[])
            .judge()
            .anchor
    });
    {
        // Whoever pressed the button that does so goes on at what came of it.
        let screen = platform.screen.clone();
        let seen = use_mut_ref(|| asked.trust);
        use_effect_with(asked.trust, move |trust| {
            if seen.replace(*trust) != *trust {
                screen.rescue("read-answer");
            }
        });
    }
    let trust_it = root.as_ref().as_ref().map(|name| {
        let asked = Asked {
            trust: Trust::Given,
            ..asked.clone()
        };
        let on_trust = act.reform(move |_: MouseEvent| Action::Ask(asked.clone()));
        let go = button("button", words.say(say::read_trust_root_go()), on_trust);
        let said = prose(say::read_trust_root(name.as_str()));
        element("div", "note verdict__trust", row([said, go]))
    });
    let waiting = judged.is_none();
    let has_evidence = entries
        .iter()
        .any(|entry| entry.is(Kind::CertificateList) || entry.is(Kind::OcspResponse));
    let asks_evidence = has_evidence && !asked.without_evidence;
    let certificates = entries.iter().filter(|entry| entry.is(Kind::Certificate));
    let is_cut = certificates.count() > CHAIN + 1;
    let form = Form {
        words,
        asked,
        act,
        suggested: &suggested,
        now: *now,
    };
    let clock = platform.clock.clone();
    let on_now = act.reform(move |_: MouseEvent| Action::Now(clock.unix_seconds()));
    let odd = asked
        .date
        .as_deref()
        .is_some_and(|date| moment(date).is_none());
    let odd = odd.then(|| {
        let now = UnixSeconds(*now).to_string();
        element("p", "ask__odd", words.say(say::read_date_bad(now)))
    });
    html! {
        <section class="verdict" aria-labelledby="read-verdict">
            <h2 id="read-verdict">{ words.say(say::read_verdict()) }</h2>
            { prose(say::read_verdict_intro()) }
            <div class="ask">
                { form.name() }
                { form.date(on_now) }
                { form.purpose() }
                { form.trust() }
                { form.policy() }
                { perhaps(has_evidence.then(|| form.evidence())) }
            </div>
            { perhaps(odd) }
            { trust_note(asked, mozilla, suggested.purpose) }
            { perhaps(suggested.is_authority.then(|| prose(say::read_authority()))) }
            { perhaps(is_cut.then(|| prose(say::read_chain_cut(CHAIN)))) }
            { perhaps(judged.as_ref().as_ref().map(|judged| answer(words, judged, asks_evidence, trust_it, (entries, *chosen), act))) }
            { perhaps(waiting.then(|| waits(words, mozilla, act))) }
        </section>
    }
}

/// What should be known about whom the client trusts.
fn trust_note(asked: &Asked, mozilla: &Roots, suggested: Purpose) -> Html {
    match (asked.trust, mozilla.here()) {
        (Trust::Given, _) => prose(say::read_trust_note()),
        (Trust::Mozilla, Some(roots)) => {
            let is_client = asked.purpose.unwrap_or(suggested) == Purpose::Client;
            let clients = is_client.then(|| prose(say::read_roots_clients()));
            row([prose(say::read_roots_note(roots.len())), perhaps(clients)])
        }
        _ => Html::default(),
    }
}

/// In place of a verdict that needs what is not here.
fn waits(words: &Words, mozilla: &Roots, act: &Callback<Action>) -> Html {
    let inside = match mozilla {
        Roots::Missing => {
            let on_again = act.reform(|_: MouseEvent| Action::Fetch);
            let again = button("button", words.say(say::read_roots_again()), on_again);
            row([prose(say::read_roots_missing()), again])
        }
        _ => prose(say::read_roots_coming()),
    };
    html! { <div class="note" role="status">{ inside }</div> }
}

/// The fields in which it is asked.
struct Form<'a> {
    words: &'a Words,
    asked: &'a Asked,
    act: &'a Callback<Action>,
    suggested: &'a Suggested,
    now: i64,
}

impl Form<'_> {
    /// Asks what `change` makes of a text field's value.
    fn on_input(&self, change: fn(&mut Asked, String)) -> Callback<InputEvent> {
        let asked = self.asked.clone();
        sifted(self.act, move |event: InputEvent| {
            let field = event.target_dyn_into::<HtmlInputElement>()?;
            let mut asked = asked.clone();
            change(&mut asked, field.value());
            Some(Action::Ask(asked))
        })
    }

    /// A choice of a few.
    fn choice<T: Copy + PartialEq + 'static>(
        &self,
        label: Text,
        chosen: T,
        offered: Vec<(T, &'static str, Text)>,
        change: fn(&mut Asked, T),
    ) -> Html {
        let asked = self.asked.clone();
        let values = offered.iter().map(|(value, word, _)| (*value, *word));
        let values: Vec<_> = values.collect();
        let onchange = sifted(self.act, move |event: Event| {
            let field = event.target_dyn_into::<HtmlSelectElement>()?;
            let word = field.value();
            let (value, _) = values.iter().find(|(_, known)| *known == word)?;
            let mut asked = asked.clone();
            change(&mut asked, *value);
            Some(Action::Ask(asked))
        });
        let option = |(value, word, text): (T, &'static str, Text)| {
            html! { <option value={word} selected={value == chosen}>{ self.words.say(text) }</option> }
        };
        let field = html! { <select {onchange}>{ row(offered.into_iter().map(option)) }</select> };
        self.field(label, field)
    }

    fn field(&self, label: Text, field: Html) -> Html {
        html! { <label class="ask__field"><span>{ self.words.say(label) }</span>{ field }</label> }
    }

    fn name(&self) -> Html {
        let value = self.asked.name.clone();
        let value = value.unwrap_or_else(|| self.suggested.name.clone());
        let oninput = self.on_input(|asked, value| asked.name = Some(value));
        let field = html! {
            <input type="text" class="ask__name" {value} {oninput} spellcheck="false" autocapitalize="off"
                autocomplete="off" aria-describedby="read-name-hint" />
        };
        let hint = html! {
            <span class="ask__hint" id="read-name-hint">{ self.words.say(say::read_name_none()) }</span>
        };
        element(
            "div",
            "ask__wide",
            row([self.field(say::read_name(), field), hint]),
        )
    }

    fn date(&self, on_now: Callback<MouseEvent>) -> Html {
        let now = UnixSeconds(self.now).to_rfc3339();
        let now = now.get(..16).unwrap_or_default().to_owned();
        let value = self.asked.date.clone().unwrap_or(now);
        let oninput = self.on_input(|asked, value| asked.date = Some(value));
        let field = html! { <input type="datetime-local" {value} {oninput} /> };
        html! {
            <div class="ask__pair">
                { self.field(say::read_date(), field) }
                <button type="button" class="button" onclick={on_now}>{ self.words.say(say::read_now()) }</button>
            </div>
        }
    }

    fn purpose(&self) -> Html {
        let chosen = self.asked.purpose.unwrap_or(self.suggested.purpose);
        let offered = vec![
            (Purpose::Server, "server", say::read_purpose_server()),
            (Purpose::Client, "client", say::read_purpose_client()),
        ];
        self.choice(say::read_purpose(), chosen, offered, |asked, purpose| {
            asked.purpose = Some(purpose);
        })
    }

    fn trust(&self) -> Html {
        let offered = vec![
            (
                Trust::Demonstration,
                "demonstration",
                say::read_trust_demo(),
            ),
            (Trust::Given, "given", say::read_trust_given()),
            (Trust::Mozilla, "mozilla", say::read_trust_mozilla()),
        ];
        self.choice(
            say::read_trust(),
            self.asked.trust,
            offered,
            |asked, trust| {
                asked.trust = trust;
            },
        )
    }

    fn policy(&self) -> Html {
        let offered = vec![
            (Policy::Rfc5280, "rfc5280", say::read_policy_rfc()),
            (Policy::WebPki, "webpki", say::read_policy_web()),
        ];
        self.choice(
            say::read_policy(),
            self.asked.policy,
            offered,
            |asked, policy| {
                asked.policy = policy;
            },
        )
    }

    fn evidence(&self) -> Html {
        let asked = self.asked.clone();
        let onchange = self.act.reform(move |_: Event| {
            let mut asked = asked.clone();
            asked.without_evidence = !asked.without_evidence;
            Action::Ask(asked)
        });
        html! {
            <label class="ask__check">
                <input type="checkbox" checked={!self.asked.without_evidence} {onchange} />
                <span>{ self.words.say(say::read_evidence()) }</span>
            </label>
        }
    }
}

fn answer(
    words: &Words,
    judged: &Judgement,
    asks_evidence: bool,
    trust_it: Option<Html>,
    (entries, chosen): (&Shared<Vec<Entry>>, usize),
    act: &Callback<Action>,
) -> Html {
    let (class, drawing, title) = match &judged.refusal {
        None => ("answer answer--believed", Icon::Tick, say::read_accepted()),
        Some(_) => ("answer answer--refused", Icon::Cross, say::read_refused()),
    };
    let text = match &judged.refusal {
        None if asks_evidence => say::read_accepted_text(),
        None => say::read_accepted_unasked(),
        Some(Refusal { check, .. }) => {
            say::read_refused_text(check.title.clone(), check.reason.clone())
        }
    };
    let title = row([
        icon(drawing),
        element("strong", "answer__title", words.say(title)),
    ]);
    let place = |at: usize| {
        let place = judged.places.get(at).cloned().flatten();
        let check = judged.checks.get(at).map(|check| check.title.clone());
        let button = place.zip(check).map(|(place, check)| {
            let entries = entries.clone();
            let onclick = sifted(act, move |_: MouseEvent| {
                let (at, entry) = members(&entries, chosen).nth(place.certificate)?;
                Some(Action::Show(at, place.range(entry.item.der())))
            });
            html! {
                <button type="button" class="button button--quiet card__place"
                    aria-label={words.label(say::read_check_place(check))} {onclick}>
                    { words.say(say::page_view_bytes()) }
                </button>
            }
        });
        perhaps(button)
    };
    html! {
        <>
            <div {class} id="read-answer" tabindex="-1" role="status">
                { element("p", "answer__verdict", title) }
                <p>{ show(words, &text) }</p>
            </div>
            { perhaps(trust_it) }
            { checks_with(words, &judged.checks, place) }
            { perhaps(judged.refusal.as_ref().map(|refusal| elsewhere(words, refusal))) }
        </>
    }
}

/// What a refusal becomes on the wire, and in other programs.
fn elsewhere(words: &Words, refusal: &Refusal) -> Html {
    let alert = match &refusal.alert {
        Some(alert) => {
            say::read_alert_text(alert.meaning.clone(), alert.name.as_str(), alert.number)
        }
        None => say::read_alert_none(),
    };
    let numbered =
        |name: Option<(&str, u8)>| name.map(|(name, number)| format!("{name} ({number})"));
    let plain = |name: Option<&'static str>| name.map(str::to_owned);
    let called = |called: Called| {
        [
            ("Chrome", plain(called.chrome)),
            ("Firefox", plain(called.firefox)),
            ("Safari", plain(called.safari)),
            ("OpenSSL", numbered(called.openssl)),
            ("curl", numbered(called.curl)),
        ]
    };
    let by = |(program, name): (&'static str, Option<String>)| {
        let none = || words.say(say::read_called_none());
        let name = name.map(|name| element("code", "facts__value", name.into()));
        definition("card__row", program.into(), name.unwrap_or_else(none))
    };
    let rows = refusal.called.map(called).into_iter().flatten().map(by);
    let alert = definition(
        "card__row",
        words.say(say::read_alert()),
        html! { <div>{ show(words, &alert) }</div> },
    );
    html! {
        <section class="facts" aria-label={words.label(say::read_called())}>
            { element("h3", "facts__title", words.say(say::read_called())) }
            <dl class="card__rows">{ alert }{ row(rows) }</dl>
        </section>
    }
}
