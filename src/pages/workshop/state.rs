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
    /// The place of what was issued last, until something else is made or changed.
    pub issued: Option<usize>,
    /// What goes into a handshake.
    pub choice: Choice,
    /// The certificates, opened.
    pub reader: Shared<reader::State>,
    /// Whether private keys are shown.
    pub shows_keys: bool,
    /// The moment for which forms are filled in, in seconds since 1970.
    pub now: i64,
    /// What was there when the reader started over.
    pub aside: Option<Shared<Self>>,
    /// Where the reader goes on, and how often that changed.
    pub spot: (usize, Spot),
    seed: [u8; 16],
    /// How many keys were begun.
    begun: usize,
}

/// A place where the reader goes on.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Spot {
    /// Wherever they are.
    #[default]
    Anywhere,
    /// At the button that brings back what was put aside.
    Aside,
    /// At the list of what was made.
    Made,
    /// At the form.
    Form,
    /// At the button that issues.
    Issue,
    /// At what came of issuing.
    Issued,
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
    /// Begin with the example, where there is nothing yet.
    Example,
    /// Put everything aside.
    StartOver,
    /// Bring back what was put aside, and put aside what is there.
    BringBack,
    /// Fill in the form for a certificate of this kind.
    Begin(Kind),
    /// This stands in the form now.
    Fill(Design),
    /// Break it on purpose, or undo that.
    Spoil(Mischief),
    /// Undo whatever is broken in this certificate, and issue it again.
    Mend(usize),
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
            aside: None,
            spot: (0, Spot::default()),
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
                if self.again.is_some() {
                    // Whoever changes one thing may want to change another.
                    return;
                }
                let next = match self.form.kind {
                    Kind::Root => Kind::Intermediate,
                    Kind::Intermediate => Kind::Server,
                    Kind::Server | Kind::Client => Kind::Client,
                };
                // Where there is one already, nothing is to come next.
                let mut made = self.workshop.made().iter();
                match made.any(|made| made.design.kind == next) {
                    true => self.again = Some(at),
                    false => self.begin(next),
                }
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

    /// Takes this certificate into the form, to issue it again.
    fn change(&mut self, at: usize) {
        if let Some(made) = self.workshop.made().get(at) {
            self.form = made.design.clone();
            self.again = Some(at);
            self.fault = None;
            self.issued = None;
        }
    }

    /// Nothing made, with this put aside.
    fn over(&self, aside: Option<Shared<Self>>) -> Self {
        Self {
            aside,
            spot: self.spot,
            begun: self.begun,
            ..Self::new(self.seed, self.now)
        }
    }

    /// What is there, to be put aside.
    fn kept(&self) -> Option<Shared<Self>> {
        let kept = || Self {
            aside: None,
            making: None,
            ..self.clone()
        };
        (!self.is_empty()).then(|| Shared::new(kept()))
    }

    fn go_to(&mut self, spot: Spot) {
        self.spot = (self.spot.0 + 1, spot);
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
            // The example takes the place of nothing.
            Action::Example => !self.is_empty(),
            // One thing at a time: what the key is for stays.
            Action::Fill(_)
            | Action::Spoil(_)
            | Action::Mend(_)
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
                next = self.over(self.aside.clone());
                match Workshop::example(self.seed, self.now) {
                    Ok(workshop) => {
                        let shop = workshop.usual().server.unwrap_or_default();
                        next.settle(workshop, shop);
                        // Most servers ask for no certificate; it is there to be chosen.
                        next.choice.client = None;
                        next.begin(Kind::Server);
                        next.go_to(Spot::Made);
                    }
                    Err(fault) => next.fault = Some(fault),
                }
            }
            Action::StartOver => {
                next = self.over(self.kept().or_else(|| self.aside.clone()));
                next.go_to(Spot::Aside);
            }
            Action::BringBack => {
                if let Some(aside) = &self.aside {
                    next = Self {
                        aside: self.kept(),
                        spot: self.spot,
                        begun: self.begun,
                        ..(**aside).clone()
                    };
                    next.go_to(Spot::Made);
                }
            }
            Action::Begin(kind) => next.begin(kind),
            Action::Fill(form) => {
                next.form = form;
                next.fault = None;
            }
            Action::Spoil(mischief) => {
                next.form = match mischief.is_in(&next.form, next.now) {
                    true => mischief.undone(next.form, next.now),
                    false => mischief.done_to(next.form, next.now),
                };
                next.fault = None;
            }
            Action::Mend(at) => {
                next.change(at);
                next.form = next.form.mended(next.now);
                next.issue();
                next.go_to(Spot::Issued);
            }
            Action::Issue => {
                next.issue();
                next.go_to(match next.making {
                    Some(_) => Spot::Anywhere,
                    None => Spot::Issued,
                });
            }
            Action::Change(at) => {
                next.change(at);
                next.go_to(Spot::Form);
            }
            Action::Leave => {
                next.begin(next.form.kind);
                next.issued = None;
                next.go_to(Spot::Form);
            }
            Action::Progress(_, progress) => {
                if let Some(making) = &mut next.making {
                    making.progress = progress;
                }
            }
            Action::Made(_, key) => {
                next.making = None;
                next.issue_for(key);
                next.go_to(Spot::Issued);
            }
            Action::Failed(_) => {
                next.making = None;
                next.fault = Some(Fault::Key);
                next.go_to(Spot::Issued);
            }
            Action::Cancel => {
                next.making = None;
                next.go_to(Spot::Issue);
            }
            Action::Choose(choice) => next.choice = choice,
            Action::ShowKeys(shows) => next.shows_keys = shows,
            Action::Look(action) => next.look(action),
        }
        Rc::new(next)
    }
}

#[cfg(test)]
mod tests;
