//! What was made, what is in the form, and what goes into a handshake.
//!
//! None of it stands in the address: an address is handed on, and private keys are not.

use std::rc::Rc;

use padlock_lesson::workshop::{Choice, Design, Fault, Kind, Mischief, Workshop};
use padlock_pki::key::{PrivateKey, RsaProgress};
use yew::Reducible;

use crate::pages::read::state::{self as reader, Trust};
use crate::shared::Shared;

/// The workshop.
#[derive(Clone, Debug, PartialEq)]
pub struct State {
    /// What was made.
    pub workshop: Shared<Workshop>,
    /// What stands in the form.
    pub form: Design,
    /// Which certificate the form is about to issue again.
    pub again: Option<usize>,
    /// What was in the way of the last try.
    pub fault: Option<Fault>,
    /// The RSA key that is being made.
    pub making: Option<Making>,
    /// The place of what was issued last, until something else is done.
    pub issued: Option<usize>,
    /// What goes into a handshake.
    pub choice: Choice,
    /// The certificates, opened.
    pub reader: Shared<reader::State>,
    /// Whether private keys are shown.
    pub shows_keys: bool,
    /// The moment for which forms are filled in, in seconds since 1970.
    pub now: i64,
    seed: [u8; 16],
    /// How many keys were begun.
    begun: usize,
}

/// An RSA key that is being made, and for what.
#[derive(Clone, Debug, PartialEq)]
pub struct Making {
    /// Which one of all it is.
    pub number: usize,
    /// How long it is to be.
    pub bits: u32,
    /// What it comes from.
    pub seed: [u8; 32],
    /// How far it is.
    pub progress: RsaProgress,
}

/// What can happen.
#[derive(Clone, Debug)]
pub enum Action {
    /// Begin with the example, in the place of all that is there.
    Example,
    /// Forget everything.
    StartOver,
    /// Fill in the form for a certificate of this kind.
    Begin(Kind),
    /// This stands in the form now.
    Fill(Design),
    /// Break it on purpose.
    Spoil(Mischief),
    /// Issue what stands in the form.
    Issue,
    /// Take this certificate into the form, to issue it again.
    Change(usize),
    /// Leave it as it is.
    Leave,
    /// So far the RSA key of this number is.
    Progress(usize, RsaProgress),
    /// It is made.
    Made(usize, PrivateKey),
    /// It cannot be made.
    Failed(usize),
    /// Give up making it.
    Cancel,
    /// Choose what goes into a handshake.
    Choose(Choice),
    /// Show private keys, or hide them.
    ShowKeys(bool),
    /// Look at the certificates.
    Look(reader::Action),
}

impl State {
    /// Nothing made yet.
    #[must_use]
    pub fn new(seed: [u8; 16], now: i64) -> Self {
        let mut reader = reader::State::new(now);
        // Here those that signed themselves are trusted.
        reader.asked.trust = Trust::Given;
        Self {
            workshop: Shared::new(Workshop::new(seed)),
            form: Design::new(Kind::Root, None, now),
            again: None,
            fault: None,
            making: None,
            issued: None,
            choice: Choice::default(),
            reader: Shared::new(reader),
            shows_keys: false,
            now,
            seed,
            begun: 0,
        }
    }

    /// Whether nothing was made.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.workshop.made().is_empty()
    }

    /// The authorities that can sign what the form describes, by their places.
    pub fn issuers(&self) -> impl Iterator<Item = (usize, &Design)> {
        let made = self.workshop.made().iter().enumerate();
        made.map(|(at, made)| (at, &made.design))
            .filter(|(at, _)| Some(*at) != self.again)
    }

    /// A form for a certificate of this kind, signed by the last authority that is fit for it.
    fn begin(&mut self, kind: Kind) {
        let made = self.workshop.made();
        let last = |wanted| made.iter().rposition(|made| made.design.kind == wanted);
        let issuer = match kind {
            Kind::Root => None,
            Kind::Intermediate => last(Kind::Root),
            Kind::Server | Kind::Client => last(Kind::Intermediate).or_else(|| last(Kind::Root)),
        };
        self.form = Design::new(kind, issuer, self.now);
        self.again = None;
        self.fault = None;
    }

    fn issue(&mut self) {
        self.fault = None;
        self.issued = None;
        let kept = self.again.and_then(|at| self.workshop.made().get(at));
        let kept = kept.filter(|made| made.design.key == self.form.key);
        let key = kept.map(|made| made.key.clone());
        match (
            key.or_else(|| self.workshop.key(self.form.key)),
            self.form.key.rsa_bits(),
        ) {
            (Some(key), _) => self.issue_for(key),
            (None, Some(bits)) => {
                self.begun += 1;
                self.making = Some(Making {
                    number: self.begun,
                    bits,
                    seed: self.workshop.randomness(),
                    progress: RsaProgress::default(),
                });
            }
            (None, None) => self.fault = Some(Fault::Key),
        }
    }

    fn issue_for(&mut self, key: PrivateKey) {
        let mut workshop = (*self.workshop).clone();
        match workshop.issue(self.form.clone(), key, self.again) {
            Err(fault) => self.fault = Some(fault),
            Ok(at) => {
                self.settle(workshop, at);
                self.issued = Some(at);
                let next = match self.form.kind {
                    Kind::Root => Kind::Intermediate,
                    Kind::Intermediate => Kind::Server,
                    Kind::Server | Kind::Client => Kind::Client,
                };
                self.begin(next);
            }
        }
    }

    /// Takes over what was made, with this one on view.
    fn settle(&mut self, workshop: Workshop, at: usize) {
        let usual = workshop.usual();
        let before = self.workshop.usual();
        // What the learner chose stays; what was the usual choice goes along.
        let keep = |now: &mut Option<usize>, before: Option<usize>, usual: Option<usize>| {
            if *now == before {
                *now = usual;
            }
        };
        keep(&mut self.choice.server, before.server, usual.server);
        keep(&mut self.choice.client, before.client, usual.client);
        if self.choice.name == before.name || self.choice.name.is_empty() {
            // A name that was asked for is asked for still when the certificate loses it.
            let is_new = before.server != usual.server;
            if is_new || self.choice.name.is_empty() {
                self.choice.name = usual.name;
            }
        }
        let pem = workshop.pem();
        self.workshop = Shared::new(workshop);
        self.look(reader::Action::Type(pem));
        self.look(reader::Action::Choose(at));
    }

    fn look(&mut self, action: reader::Action) {
        let reader = Rc::new((*self.reader).clone()).reduce(action);
        self.reader = Shared::new(Rc::unwrap_or_clone(reader));
    }
}

impl Reducible for State {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        let is_mine = |number: &usize| {
            self.making
                .as_ref()
                .is_some_and(|making| making.number == *number)
        };
        let is_over = match &action {
            Action::Progress(number, _) | Action::Made(number, _) | Action::Failed(number) => {
                !is_mine(number)
            }
            // One thing at a time: what the key is for stays.
            Action::Fill(_)
            | Action::Spoil(_)
            | Action::Issue
            | Action::Begin(_)
            | Action::Change(_) => self.making.is_some(),
            _ => false,
        };
        if is_over {
            return self;
        }
        let mut next = (*self).clone();
        match action {
            Action::Example => {
                next = Self {
                    begun: self.begun,
                    ..Self::new(self.seed, self.now)
                };
                match Workshop::example(self.seed, self.now) {
                    Ok(workshop) => {
                        let shop = workshop.usual().server.unwrap_or_default();
                        next.settle(workshop, shop);
                        // Most servers ask for no certificate; it is there to be chosen.
                        next.choice.client = None;
                        next.begin(Kind::Server);
                    }
                    Err(fault) => next.fault = Some(fault),
                }
            }
            Action::StartOver => {
                next = Self {
                    begun: self.begun,
                    ..Self::new(self.seed, self.now)
                }
            }
            Action::Begin(kind) => next.begin(kind),
            Action::Fill(form) => {
                next.form = form;
                next.fault = None;
            }
            Action::Spoil(mischief) => {
                next.form = mischief.done_to(next.form, next.now);
                next.fault = None;
            }
            Action::Issue => next.issue(),
            Action::Change(at) => {
                if let Some(made) = self.workshop.made().get(at) {
                    next.form = made.design.clone();
                    next.again = Some(at);
                    next.fault = None;
                    next.issued = None;
                }
            }
            Action::Leave => next.begin(next.form.kind),
            Action::Progress(_, progress) => {
                if let Some(making) = &mut next.making {
                    making.progress = progress;
                }
            }
            Action::Made(_, key) => {
                next.making = None;
                next.issue_for(key);
            }
            Action::Failed(_) => {
                next.making = None;
                next.fault = Some(Fault::Key);
            }
            Action::Cancel => next.making = None,
            Action::Choose(choice) => next.choice = choice,
            Action::ShowKeys(shows) => next.shows_keys = shows,
            Action::Look(action) => next.look(action),
        }
        Rc::new(next)
    }
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use padlock_lesson::workshop::{Choice, Fault, KeyChoice, Kind, Mischief};
    use padlock_pki::key::{RsaGeneration, RsaProgress};
    use padlock_pki::random::Random;
    use yew::Reducible;

    use super::{Action, State};
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
    fn the_example_is_a_chain_and_takes_the_place_of_what_was_there() {
        let state = after([Action::Issue, Action::Example]);
        assert_eq!(kinds(&state), Kind::ALL);
        assert_eq!((state.reader.chosen, state.issued), (2, None));
        assert_eq!((state.choice.server, state.choice.client), (Some(2), None));
        let again = state
            .clone()
            .reduce(Action::StartOver)
            .reduce(Action::Example);
        assert_eq!(again.workshop.pem(), state.workshop.pem());
        assert!(state.reduce(Action::StartOver).is_empty());
    }

    #[test]
    fn a_change_keeps_place_key_and_choices() {
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
        assert_eq!((state.issued, state.again), (Some(2), None));
        assert_eq!(state.choice, other, "the client still asks for the shop");
        // Another sort of key is another key.
        let state = state.reduce(Action::Change(2));
        let mut form = state.form.clone();
        form.key = KeyChoice::Ed25519;
        let state = state.reduce(Action::Fill(form)).reduce(Action::Issue);
        assert_ne!(state.workshop.made()[2].key.to_pkcs8_der(), key);
        assert_eq!(state.workshop.made().len(), 4);
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
}
