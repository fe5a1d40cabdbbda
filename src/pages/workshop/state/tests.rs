//! What the workshop does, action by action.

use std::rc::Rc;

use padlock_lesson::workshop::{Choice, Fault, KeyChoice, Kind, Mischief};
use padlock_pki::key::{RsaGeneration, RsaProgress};
use padlock_pki::random::Random;
use yew::Reducible;

use super::{Action, Spot, State};
use crate::pages::read::state::{Action as Look, Trust};

const NOW: i64 = 1_795_285_800;

fn after(actions: impl IntoIterator<Item = Action>) -> Rc<State> {
    let state = Rc::new(State::new([5; 16], NOW));
    actions
        .into_iter()
        .fold(state, |state, action| state.reduce(action))
}

fn kinds(state: &State) -> Vec<Kind> {
    let made = state.workshop.made().iter();
    made.map(|made| made.design.kind).collect()
}

#[test]
fn a_chain_is_made_by_pressing_one_button_again_and_again() {
    let state = after([Action::Issue, Action::Issue, Action::Issue]);
    assert_eq!(
        kinds(&state),
        [Kind::Root, Kind::Intermediate, Kind::Server]
    );
    assert_eq!(state.form.kind, Kind::Client);
    assert_eq!(state.workshop.chain(2).len(), 2);
    assert_eq!((state.issued, state.reader.chosen), (Some(2), 2));
    assert_eq!(state.reader.entries.len(), 3);
    assert_eq!(state.reader.asked.trust, Trust::Given);
    assert_eq!((state.choice.server, state.choice.client), (Some(2), None));
    assert_eq!(state.choice.name, "shop.example");
    assert!(state.workshop.own(&state.choice).is_some());
}

#[test]
fn the_example_is_a_chain_and_takes_the_place_of_nothing() {
    let state = after([Action::Example]);
    assert_eq!(kinds(&state), Kind::ALL);
    assert_eq!((state.reader.chosen, state.issued), (2, None));
    assert_eq!((state.choice.server, state.choice.client), (Some(2), None));
    let again = state
        .clone()
        .reduce(Action::StartOver)
        .reduce(Action::Example);
    assert_eq!(again.workshop.pem(), state.workshop.pem());
    assert!(state.reduce(Action::StartOver).is_empty());
    let own = after([Action::Issue]);
    assert!(Rc::ptr_eq(&own, &own.clone().reduce(Action::Example)));
}

#[test]
fn what_was_there_before_starting_over_comes_back() {
    let own = after([Action::Issue, Action::Begin(Kind::Server), Action::Issue]);
    let over = own.clone().reduce(Action::StartOver);
    assert!(over.is_empty() && over.aside.is_some());
    // To start over once more loses nothing.
    let over = over.reduce(Action::StartOver).reduce(Action::Example);
    assert_eq!(kinds(&over), Kind::ALL);
    let back = over.clone().reduce(Action::BringBack);
    assert_eq!(back.workshop.pem(), own.workshop.pem());
    assert_eq!((&back.form, &back.choice), (&own.form, &own.choice));
    // The two change places.
    let example = back.reduce(Action::BringBack);
    assert_eq!(example.workshop.pem(), over.workshop.pem());
    // Where nothing was, nothing is put aside.
    let back = own.clone().reduce(Action::StartOver);
    assert_eq!(back.reduce(Action::BringBack).aside, None);
    assert_eq!(after([Action::StartOver, Action::BringBack]).aside, None);
}

/// Whoever makes another server where there is a client already may want to change it.
#[test]
fn the_form_stays_where_nothing_is_to_come_next() {
    let example = after([Action::Example]);
    let count = example.workshop.made().len();
    let state = example
        .reduce(Action::Begin(Kind::Server))
        .reduce(Action::Issue);
    assert_eq!((state.issued, state.again), (Some(count), Some(count)));
    assert_eq!(state.form.kind, Kind::Server);
}

#[test]
fn a_change_keeps_place_key_and_choices_and_stays_in_the_form() {
    let state = after([Action::Example, Action::Change(2)]);
    assert_eq!((state.again, state.form.name()), (Some(2), "shop.example"));
    let key = state.workshop.made()[2].key.to_pkcs8_der();
    let other = Choice {
        client: Some(3),
        ..state.choice.clone()
    };
    let state = state
        .reduce(Action::Choose(other.clone()))
        .reduce(Action::Spoil(Mischief::WrongName))
        .reduce(Action::Issue);
    assert_eq!(state.workshop.made()[2].key.to_pkcs8_der(), key);
    assert_eq!(state.workshop.made()[2].design.names, "other.example");
    assert_eq!((state.issued, state.again), (Some(2), Some(2)));
    assert_eq!(state.form, state.workshop.made()[2].design);
    assert_eq!(state.choice, other, "the client still asks for the shop");
    // The same tick undoes it.
    let state = state
        .reduce(Action::Spoil(Mischief::WrongName))
        .reduce(Action::Issue);
    let design = &state.workshop.made()[2].design;
    assert_eq!(
        (design.names.as_str(), design.common_name.as_str()),
        ("shop.example www.shop.example", "shop.example")
    );
    // Another sort of key is another key.
    let mut form = state.form.clone();
    form.key = KeyChoice::Ed25519;
    let state = state.reduce(Action::Fill(form)).reduce(Action::Issue);
    assert_ne!(state.workshop.made()[2].key.to_pkcs8_der(), key);
    assert_eq!(state.workshop.made().len(), 4);
}

#[test]
fn mending_issues_the_same_without_what_was_broken() {
    let state = after([
        Action::Example,
        Action::Change(2),
        Action::Spoil(Mischief::NotYetValid),
        Action::Spoil(Mischief::WrongPurpose),
        Action::Issue,
        Action::Begin(Kind::Client),
    ]);
    let good = after([Action::Example]).workshop.made()[2].design.clone();
    assert_ne!(state.workshop.made()[2].design, good);
    let key = state.workshop.made()[2].key.to_pkcs8_der();
    let state = state.reduce(Action::Mend(2));
    assert_eq!(state.workshop.made()[2].design, good);
    assert_eq!(state.workshop.made()[2].key.to_pkcs8_der(), key);
    assert_eq!((state.issued, state.spot.1), (Some(2), Spot::Issued));
}

#[test]
fn the_reader_goes_on_where_something_happened() {
    for (actions, spot) in [
        (vec![Action::Example], Spot::Made),
        (vec![Action::Issue], Spot::Issued),
        (vec![Action::Issue, Action::Change(0)], Spot::Form),
        (
            vec![Action::Issue, Action::Change(0), Action::Leave],
            Spot::Form,
        ),
        (vec![Action::Issue, Action::StartOver], Spot::Aside),
        (
            vec![Action::Issue, Action::StartOver, Action::BringBack],
            Spot::Made,
        ),
    ] {
        let state = after(actions.clone());
        assert_eq!(state.spot, (actions.len(), spot), "{actions:?}");
    }
    let state = rsa();
    assert_eq!(state.spot.1, Spot::Anywhere, "at the button still");
    assert_eq!(state.reduce(Action::Cancel).spot.1, Spot::Issue);
}

#[test]
fn to_leave_it_issues_nothing() {
    let state = after([Action::Example, Action::Change(1), Action::Leave]);
    assert_eq!((state.again, state.form.kind), (None, Kind::Intermediate));
    assert_eq!(state.form.issuer, Some(0));
}

#[test]
fn what_is_in_the_way_is_kept_until_something_changes() {
    let state = after([Action::Example]);
    let mut form = state.form.clone();
    form.first = "never".to_owned();
    let state = state
        .reduce(Action::Fill(form.clone()))
        .reduce(Action::Issue);
    assert_eq!(state.fault, Some(Fault::Date));
    assert_eq!((&state.form, state.workshop.made().len()), (&form, 4));
    assert_eq!(state.reduce(Action::Begin(Kind::Server)).fault, None);
}

fn rsa() -> Rc<State> {
    let state = after([Action::Example]);
    let mut form = state.form.clone();
    form.key = KeyChoice::Rsa2048;
    state.reduce(Action::Fill(form)).reduce(Action::Issue)
}

#[test]
fn an_rsa_key_is_waited_for() {
    let state = rsa();
    let making = state.making.clone().unwrap();
    assert_eq!((making.bits, state.workshop.made().len()), (2048, 4));
    // Meanwhile the form stays as it is.
    let same = state.clone().reduce(Action::Begin(Kind::Root));
    assert!(Rc::ptr_eq(&same, &state));
    let progress = RsaProgress {
        drawn: 40,
        tested: 5,
        found: 1,
    };
    let state = state.reduce(Action::Progress(making.number, progress));
    assert_eq!(state.making.as_ref().unwrap().progress, progress);
    let mut generation = RsaGeneration::new(2048, &Random::new(making.seed)).unwrap();
    let key = loop {
        if let Some(key) = generation.step() {
            break key.clone();
        }
    };
    // That of another one is nobody's.
    let same = state.clone().reduce(Action::Made(99, key.clone()));
    assert!(Rc::ptr_eq(&same, &state));
    let state = state.reduce(Action::Made(making.number, key.clone()));
    assert_eq!((&state.making, state.issued), (&None, Some(4)));
    assert_eq!(
        state.workshop.made()[4].key.to_pkcs8_der(),
        key.to_pkcs8_der()
    );
    assert_eq!(state.choice.server, Some(4));
}

#[test]
fn an_rsa_key_can_be_given_up() {
    let state = rsa();
    let number = state.making.as_ref().unwrap().number;
    let form = state.form.clone();
    let state = state.reduce(Action::Cancel);
    assert_eq!((&state.making, &state.form), (&None, &form));
    let same = state.clone().reduce(Action::Failed(number));
    assert!(Rc::ptr_eq(&same, &state), "what comes late says nothing");
    let state = state.reduce(Action::Issue);
    let again = state.making.as_ref().unwrap().number;
    assert_ne!(number, again);
    let state = state.reduce(Action::Failed(again));
    assert_eq!((&state.making, &state.fault), (&None, &Some(Fault::Key)));
}

#[test]
fn what_is_looked_at_is_of_the_reader() {
    let state = after([Action::Example, Action::Look(Look::Choose(0))]);
    assert_eq!(state.reader.chosen, 0);
    assert_eq!(state.reader.entries.len(), 4);
}
