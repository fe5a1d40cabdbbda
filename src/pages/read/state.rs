//! What was opened, which of it is on view, and what is asked of it.
//!
//! None of it stands in the address: an address is handed on, kept in histories and sent by mail,
//! and what a reader opens here, a certificate of their company or a key by mistake, is theirs. A
//! link to `#/read` opens the page empty.

use std::cell::OnceCell;
use std::ops::Range;
use std::rc::Rc;

use padlock_lesson::study::example::{self, Example};
use padlock_lesson::study::fact;
use padlock_pki::explain::Kind;
use padlock_pki::read::{self, Content, Fault, Form, Item};
use padlock_pki::time::UnixSeconds;
use padlock_pki::verify::{Policy, Purpose};
use yew::Reducible;

use super::originals::{Change, Originals};
use crate::components::artefact::Pointed;
use crate::platform::files::{File, Unopened};
use crate::shared::Shared;

/// How many items are listed at first, and how many more each time.
pub const LISTED: usize = 50;
/// The seconds of a day.
const DAY: i64 = 86_400;

/// What was opened, and how it is looked at.
#[derive(Clone, Debug, PartialEq)]
pub struct State {
    /// What stands in the text field; no private key does.
    pub text: String,
    /// What was read: the text first, then the files.
    pub sources: Vec<Source>,
    /// Files that could not be opened.
    pub unopened: Vec<(String, Unopened)>,
    /// All that was found, in order.
    pub entries: Shared<Vec<Entry>>,
    /// Which of them is on view.
    pub chosen: usize,
    /// How many are listed.
    pub listed: usize,
    /// What the verdict is asked.
    pub asked: Asked,
    /// With which it is compared.
    pub other: Option<usize>,
    /// What is pointed at in the bytes.
    pub pointed: Option<Pointed>,
    /// The roots that Mozilla trusts.
    pub mozilla: Roots,
    /// Whether files are held over the page.
    pub dragging: bool,
    /// The moment that counts as now, in seconds since 1970.
    pub now: i64,
    /// What was opened before something of it was changed.
    originals: Originals,
    /// The roots of the demonstration as of that moment, once somebody asked; see [`State::roots`].
    roots: Shared<OnceCell<Shared<Vec<Vec<u8>>>>>,
}

/// Something that was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Source {
    /// The file's name; `None` for the text field.
    pub name: Option<String>,
    /// How many bytes it has.
    pub size: usize,
    /// What it holds.
    pub items: Vec<Shared<Item>>,
    /// What is in the way.
    pub faults: Vec<Fault>,
}

/// An item, and where it comes from.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// What was found.
    pub item: Shared<Item>,
    /// Its place in [`State::sources`].
    pub source: usize,
    /// The entry of the bundle that it lies within.
    pub within: Option<usize>,
    /// By which name it is spoken of, once somebody asked; see [`Entry::name`].
    name: Shared<OnceCell<Option<String>>>,
}

/// What the verdict is asked; what is `None`, the certificate itself suggests.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Asked {
    /// The name that was to be reached.
    pub name: Option<String>,
    /// The date as the field has it, as in `2026-11-22T12:00`.
    pub date: Option<String>,
    /// Whose certificate it is.
    pub purpose: Option<Purpose>,
    /// Whom the client trusts.
    pub trust: Trust,
    /// By which rules.
    pub policy: Policy,
    /// Whether lists of revoked certificates, and responses, are left aside.
    pub without_evidence: bool,
}

/// Whom the client trusts.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Trust {
    /// The roots of the demonstration.
    #[default]
    Demonstration,
    /// Whoever signed for themselves among what was opened.
    Given,
    /// The roots that Mozilla trusts.
    Mozilla,
}

/// Roots that are fetched when somebody asks for them.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Roots {
    /// Nobody asked.
    #[default]
    Unasked,
    /// They are on their way.
    Awaited,
    /// They did not come.
    Missing,
    /// They are here: certificates in DER.
    Here(Shared<Vec<Vec<u8>>>),
}

impl Roots {
    /// What came, certificates one after the other; something else may have, under their name.
    fn read(bytes: Option<&[u8]>) -> Self {
        let opened = bytes.map(read::open).unwrap_or_default();
        let items = opened.items.iter();
        let certificates = items.filter(|item| item.kind() == Some(Kind::Certificate));
        let roots: Vec<_> = certificates.map(|item| item.der().to_vec()).collect();
        match roots.is_empty() {
            true => Self::Missing,
            false => Self::Here(Shared::new(roots)),
        }
    }

    /// Those that are here.
    #[must_use]
    pub fn here(&self) -> Option<&Shared<Vec<Vec<u8>>>> {
        match self {
            Self::Here(roots) => Some(roots),
            _ => None,
        }
    }
}

/// What can happen.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// The text field holds this.
    Type(String),
    /// The text field holds this example.
    Try(Example),
    /// These files were opened.
    Give(Vec<File>),
    /// Forget all of it.
    Clear,
    /// Look at another item.
    Choose(usize),
    /// List more items.
    More,
    /// Ask something else.
    Ask(Asked),
    /// Take this moment for now, whatever date was asked for.
    Now(i64),
    /// It is this moment now; a date that was asked for stays.
    Tick(i64),
    /// Compare with an item, or with none.
    Compare(Option<usize>),
    /// Point at some bytes.
    Point(Range<usize>),
    /// Point at some bytes of an item.
    Show(usize, Range<usize>),
    /// Point at nothing: who comes back is at the beginning of the page.
    Leave,
    /// Fetch Mozilla's roots once more.
    Fetch,
    /// This came when they were fetched, if anything did.
    Fetched(Option<Vec<u8>>),
    /// Files are held over the page, or not any more.
    Drag(bool),
}

impl Entry {
    /// What it is; `None` for a private key.
    #[must_use]
    pub fn kind(&self) -> Option<Kind> {
        self.item.kind()
    }

    /// The name by which it is spoken of: empty where it needs none, `None` where it is broken.
    /// Found once, as it takes a look at all of the bytes.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        let found = self
            .name
            .get_or_init(|| fact::name(self.kind(), self.item.der()));
        found.as_deref()
    }

    /// Whether it is of this kind.
    #[must_use]
    pub fn is(&self, kind: Kind) -> bool {
        self.kind() == Some(kind)
    }
}

impl Source {
    fn read(name: Option<String>, bytes: &[u8]) -> Self {
        let opened = read::open(bytes);
        Self {
            name,
            size: bytes.len(),
            items: opened.items.into_iter().map(Shared::new).collect(),
            faults: opened.faults,
        }
    }

    /// What is left of its text without the private keys.
    fn without_keys(&self, text: &str) -> String {
        let is_key = |item: &&Shared<Item>| matches!(item.content, Content::PrivateKey(_));
        let mut left = String::new();
        let mut position = 0;
        for item in self.items.iter().filter(is_key) {
            if !matches!(item.form, Form::Pem { .. }) {
                // Where it ends is not beyond doubt.
                return String::new();
            }
            left += text.get(position..item.range.start).unwrap_or_default();
            position = position.max(item.range.end);
        }
        left + text.get(position..).unwrap_or_default()
    }
}

impl State {
    /// Nothing opened yet, at this moment.
    #[must_use]
    pub fn new(now: i64) -> Self {
        Self {
            text: String::new(),
            sources: Vec::new(),
            unopened: Vec::new(),
            entries: Shared::new(Vec::new()),
            chosen: 0,
            listed: LISTED,
            asked: Asked::default(),
            other: None,
            pointed: None,
            mozilla: Roots::default(),
            dragging: false,
            now,
            originals: Originals::default(),
            roots: Shared::new(OnceCell::new()),
        }
    }

    /// The roots of the demonstration. Issued once: that takes longer than all else about an item.
    #[must_use]
    pub fn roots(&self) -> Shared<Vec<Vec<u8>>> {
        let issue = || Shared::new(example::roots(UnixSeconds(self.now)));
        self.roots.get_or_init(issue).clone()
    }

    /// The item on view.
    #[must_use]
    pub fn entry(&self) -> Option<&Entry> {
        self.entries.get(self.chosen)
    }

    /// Where a certificate is one that was opened before, with one place changed.
    #[must_use]
    pub fn change(&self, entry: &Entry) -> Option<Change> {
        self.originals.change(entry.item.der())
    }

    fn try_out(&mut self, example: Example) {
        let now = UnixSeconds(self.now);
        let sound = Example::Chain.pem(now);
        self.originals
            .keep(&Source::read(None, sound.as_bytes()).items);
        self.type_in(example.pem(now));
    }

    fn type_in(&mut self, text: String) {
        self.sources.retain(|source| source.name.is_some());
        self.text = text;
        if !self.text.trim().is_empty() {
            let source = Source::read(None, self.text.as_bytes());
            let has_key = source.items.iter().any(|item| item.kind().is_none());
            if has_key {
                self.text = source.without_keys(&self.text);
            }
            self.sources.insert(0, source);
        }
        self.gather();
        let changed = |entry: &Entry| self.change(entry).is_some();
        self.look_at(self.entries.iter().position(changed).unwrap_or_default());
    }

    fn give(&mut self, files: Vec<File>) {
        let before = self.entries.len();
        self.unopened.clear();
        for File { name, contents } in files {
            match contents {
                Ok(bytes) => self.sources.push(Source::read(Some(name), &bytes)),
                Err(why) => self.unopened.push((name, why)),
            }
        }
        self.gather();
        // The first of those that are new.
        if self.entries.len() > before {
            self.listed = self.listed.max(before + LISTED);
            self.look_at(before);
        }
    }

    /// Lists the items of all sources.
    fn gather(&mut self) {
        let mut entries = Vec::new();
        for (at, source) in self.sources.iter().enumerate() {
            let first = entries.len();
            entries.extend(source.items.iter().map(|item| Entry {
                item: item.clone(),
                source: at,
                within: match item.form {
                    Form::Within { item, .. } => Some(first + item),
                    _ => None,
                },
                name: Shared::new(OnceCell::new()),
            }));
        }
        self.originals.keep(entries.iter().map(|entry| &entry.item));
        self.entries = Shared::new(entries);
    }

    fn look_at(&mut self, chosen: usize) {
        self.chosen = chosen.min(self.entries.len().saturating_sub(1));
        self.asked.name = None;
        self.asked.purpose = None;
        self.other = None;
        self.pointed = None;
    }

    fn point(&mut self, range: Range<usize>) {
        let count = self.pointed.as_ref().map_or(0, |pointed| pointed.count) + 1;
        self.pointed = Some(Pointed { range, count });
    }
}

impl Reducible for State {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        let is_known = match &action {
            Action::Type(text) => *text == self.text && !text.is_empty(),
            Action::Choose(chosen) => *chosen == self.chosen,
            Action::Ask(asked) => *asked == self.asked,
            Action::Compare(other) => *other == self.other,
            Action::Drag(dragging) => *dragging == self.dragging,
            Action::Leave => self.pointed.is_none(),
            Action::Now(now) => *now == self.now && self.asked.date.is_none(),
            Action::Tick(now) => *now == self.now,
            _ => false,
        };
        if is_known {
            return self;
        }
        let mut next = (*self).clone();
        match action {
            Action::Type(text) => next.type_in(text),
            Action::Try(example) => next.try_out(example),
            Action::Give(files) => next.give(files),
            Action::Clear => {
                next = Self::new(self.now);
                next.mozilla.clone_from(&self.mozilla);
            }
            Action::Choose(chosen) => next.look_at(chosen),
            Action::More => next.listed += LISTED,
            Action::Ask(asked) => {
                next.asked = asked;
                if next.asked.trust == Trust::Mozilla && next.mozilla == Roots::Unasked {
                    next.mozilla = Roots::Awaited;
                }
            }
            Action::Leave => next.pointed = None,
            Action::Fetch => next.mozilla = Roots::Awaited,
            Action::Fetched(bytes) => next.mozilla = Roots::read(bytes.as_deref()),
            Action::Now(now) => {
                next.now = now;
                next.roots = Shared::new(OnceCell::new());
                next.asked.date = None;
            }
            Action::Tick(now) => {
                next.now = now;
                // Not with every letter that is typed: they hold for longer than a day.
                if now.div_euclid(DAY) != self.now.div_euclid(DAY) {
                    next.roots = Shared::new(OnceCell::new());
                }
            }
            Action::Compare(other) => next.other = other,
            Action::Point(range) => next.point(range),
            Action::Show(chosen, range) => {
                if chosen != self.chosen {
                    next.look_at(chosen);
                }
                next.point(range);
            }
            Action::Drag(dragging) => next.dragging = dragging,
        }
        Rc::new(next)
    }
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use padlock_lesson::study::example::Example;
    use padlock_pki::pem;
    use padlock_pki::time::UnixSeconds;
    use padlock_pki::verify::Purpose;
    use yew::Reducible;

    use super::{Action, Asked, LISTED, Roots, State, Trust};
    use crate::platform::files::{File, Unopened};

    const NOW: i64 = 1_795_285_800;

    fn after(actions: impl IntoIterator<Item = Action>) -> Rc<State> {
        let state = Rc::new(State::new(NOW));
        actions
            .into_iter()
            .fold(state, |state, action| state.reduce(action))
    }

    fn chain() -> String {
        Example::Chain.pem(UnixSeconds(NOW))
    }

    fn file(name: &str, contents: &[u8]) -> File {
        File {
            name: name.to_owned(),
            contents: Ok(contents.to_vec()),
        }
    }

    #[test]
    fn text_and_files_are_listed_in_order() {
        let root = pem::blocks(&chain()).unwrap().remove(2).contents;
        let state = after([
            Action::Type(chain()),
            Action::Give(vec![file("root.der", &root), file("empty", b"")]),
        ]);
        let sources: Vec<_> = state.entries.iter().map(|entry| entry.source).collect();
        assert_eq!(sources, [0, 0, 0, 1]);
        assert_eq!(state.chosen, 3, "what is new is on view");
        assert_eq!(state.sources[2].faults.len(), 1);
        // Another text takes the place of the first, and the files stay.
        let state = state.reduce(Action::Type(String::new()));
        let sources: Vec<_> = state.entries.iter().map(|entry| entry.source).collect();
        assert_eq!((sources, state.chosen), (vec![0], 0));
        assert_eq!(state.reduce(Action::Clear).entries.len(), 0);
    }

    #[test]
    fn a_private_key_does_not_stay_in_the_text() {
        let key = "-----BEGIN PRIVATE KEY-----\nMAMCAQA=\n-----END PRIVATE KEY-----\n";
        let text = format!("before\n{key}{}", chain());
        let state = after([Action::Type(text)]);
        assert_eq!(state.entries.len(), 4);
        assert_eq!(state.entries[0].kind(), None);
        assert!(!state.text.contains("PRIVATE") && !state.text.contains("MAMC"));
        assert!(state.text.starts_with("before\n") && state.text.ends_with(&chain()));
        // Where no line says where it ends, nothing stays.
        let sec1 = "MC4CAQEEIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4foAcGBSuBBAAK";
        let state = after([Action::Type(sec1.to_owned())]);
        assert_eq!((state.entries.len(), state.entries[0].kind()), (1, None));
        assert_eq!(state.text, "");
    }

    #[test]
    fn what_was_asked_of_one_is_not_asked_of_the_next() {
        let asked = Asked {
            name: Some("other.example".to_owned()),
            date: Some("2030-01-01T00:00".to_owned()),
            purpose: Some(Purpose::Client),
            ..Asked::default()
        };
        let state = after([
            Action::Type(chain()),
            Action::Ask(asked.clone()),
            Action::Compare(Some(2)),
            Action::Point(0..4),
            Action::Choose(1),
        ]);
        assert_eq!(
            (state.chosen, state.other, &state.pointed),
            (1, None, &None)
        );
        assert_eq!((&state.asked.name, state.asked.purpose), (&None, None));
        assert_eq!(
            state.asked.date, asked.date,
            "a date is not of a certificate"
        );
        assert_eq!(state.reduce(Action::Now(NOW + 60)).asked.date, None);
    }

    #[test]
    fn the_bytes_of_another_item_are_shown_with_it() {
        let state = after([
            Action::Type(chain()),
            Action::Show(0, 4..9),
            Action::Show(0, 4..9),
        ]);
        let pointed = |state: &State| {
            let pointed = state.pointed.clone().unwrap();
            (state.chosen, pointed.range, pointed.count)
        };
        assert_eq!(pointed(&state), (0, 4..9, 2));
        assert_eq!(pointed(&state.reduce(Action::Show(2, 1..3))), (2, 1..3, 1));
    }

    #[test]
    fn roots_are_fetched_when_they_are_asked_for_and_kept() {
        let asked = Asked {
            trust: Trust::Mozilla,
            ..Asked::default()
        };
        let state = after([Action::Type(chain())]);
        assert_eq!(state.mozilla, Roots::Unasked);
        let state = state.reduce(Action::Ask(asked));
        assert_eq!(state.mozilla, Roots::Awaited);
        // A page in the place of the file is no list of roots.
        let page = b"<!DOCTYPE html><title>Not found</title>".to_vec();
        for nothing in [None, Some(Vec::new()), Some(page)] {
            let state = state.clone().reduce(Action::Fetched(nothing));
            assert_eq!(state.mozilla, Roots::Missing);
            assert_eq!(state.reduce(Action::Fetch).mozilla, Roots::Awaited);
        }
        let blocks = pem::blocks(&chain()).unwrap();
        let bytes: Vec<u8> = blocks
            .into_iter()
            .flat_map(|block| block.contents)
            .collect();
        let state = state.reduce(Action::Fetched(Some(bytes)));
        assert_eq!(state.mozilla.here().unwrap().len(), 3);
        let state = state.reduce(Action::Clear);
        assert!(state.mozilla.here().is_some(), "once is enough");
    }

    #[test]
    fn what_changes_nothing_costs_nothing() {
        let state = after([Action::Type(chain()), Action::Drag(true)]);
        for action in [
            Action::Type(chain()),
            Action::Choose(0),
            Action::Drag(true),
            Action::Compare(None),
            Action::Ask(Asked::default()),
        ] {
            assert!(
                Rc::ptr_eq(&state, &state.clone().reduce(action.clone())),
                "{action:?}"
            );
        }
    }

    #[test]
    fn files_that_cannot_be_opened_are_told() {
        let large = File {
            name: "film.mkv".to_owned(),
            contents: Err(Unopened::TooLarge(1 << 30)),
        };
        let state = after([Action::Type(chain()), Action::Give(vec![large])]);
        assert_eq!(state.unopened.len(), 1);
        assert_eq!((state.entries.len(), state.chosen), (3, 0));
        assert_eq!(state.listed, LISTED);
        assert_eq!(state.clone().reduce(Action::More).listed, 2 * LISTED);
    }
}
