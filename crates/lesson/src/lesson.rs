//! A lesson: a trace told in steps. Plain data; the page draws it and computes nothing.

use padlock_pki::card::Card;
pub use padlock_tls::knowledge::Knows;
use padlock_tls::trace::Party;
use padlock_tls::value::ValueName;
use padlock_wire::{Node, Section};

use crate::text::Text;

/// A run, told.
#[derive(Clone, Debug, PartialEq)]
pub struct Lesson {
    /// Who opens the connection.
    pub client: Actor,
    /// Who answers.
    pub server: Actor,
    /// What happens, in order.
    pub steps: Vec<Step>,
    /// How it ends.
    pub ending: Ending,
    /// The certificates of the run: the server's, those that vouch for it up to the root that the
    /// client trusts, then the client's own in the same order, if it has one.
    pub certificates: Vec<Exhibit>,
    /// Which bit of one of them was turned over, if one was; see [`Lesson::flip`].
    #[cfg(feature = "study")]
    pub flipped: Option<padlock_pki::demo::gallery::Flipped>,
}

/// A certificate of the run, laid open.
#[derive(Clone, Debug, PartialEq)]
pub struct Exhibit {
    /// What it is here: "the server's certificate", "the root that the browser trusts".
    pub title: Text,
    /// Who shows it, or who trusts it.
    pub holder: Party,
    /// Whether its holder trusts it beforehand; if not, it is the holder's to show.
    pub trusted: bool,
    /// How it came, in this run, to those who look at it.
    pub place: Text,
    /// The eight things.
    pub card: Card,
    /// Its DER.
    pub der: Vec<u8>,
    /// What its bytes are; covers all of them.
    pub tree: Node,
}

/// A side of the connection, as the learner meets it.
#[derive(Clone, Debug, PartialEq)]
pub struct Actor {
    /// "Browser", "shop.example".
    pub name: Text,
    /// What it brings along: whom it trusts, which key it holds.
    pub brings: Text,
}

/// How a run ends.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Ending {
    /// The test message came back, and the connection was closed in order.
    Completed,
    /// A side refused, and said so by an alert.
    Refused,
}

/// One step of the story.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// Which step of the story; its name is stable, for links.
    pub id: &'static str,
    /// The part of the story: "Client Hello", "Authentication".
    pub stage: Text,
    /// What happens.
    pub title: Text,
    /// Who speaks.
    pub speaker: Party,
    /// What they say, in plain words.
    pub line: Text,
    /// How the step stands between the two lanes.
    pub lane: LaneItem,
    /// The step in words.
    pub words: Vec<Block>,
    /// Its bytes: records, messages, and what protected records hold.
    pub bytes: Vec<Artefact>,
    /// What was computed, in order.
    pub computed: Vec<Computation>,
    /// Who could know which value once this step is over.
    pub knowledge: Vec<KnowledgeRow>,
    /// What an eavesdropper has learnt up to here, as short names; the new ones last.
    pub overheard: Vec<Overheard>,
    /// How true to the wire it is.
    pub truth: Truth,
}

/// A step between the lanes.
#[derive(Clone, Debug, PartialEq)]
pub enum LaneItem {
    /// Bytes travel.
    Arrow {
        /// Whence; to the other side.
        from: Party,
        /// What travels, in order.
        labels: Vec<LaneLabel>,
        /// How many bytes are on the wire in all.
        size: usize,
        /// Whether it is an alert that ends the connection.
        alert: bool,
    },
    /// A side works for itself.
    Inside {
        /// Which side.
        party: Party,
        /// At what.
        label: Text,
        /// Whether the outcome ends the connection.
        failed: bool,
    },
    /// Both sides work for themselves, at the same, and come to the same.
    Both {
        /// At what.
        label: Text,
    },
}

/// One thing that travels.
#[derive(Clone, Debug, PartialEq)]
pub struct LaneLabel {
    /// Its name.
    pub label: Text,
    /// Whether it travels in a protected record.
    pub encrypted: bool,
}

/// A piece of the step in words.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// A paragraph.
    Paragraph(Text),
    /// Something to be remembered, set apart.
    Note(Text),
    /// What a first reading can do without, behind a question that it answers.
    #[cfg(feature = "tls13")]
    Detail {
        /// The question.
        title: Text,
        /// The answer.
        text: Text,
    },
    /// The checks that were made.
    Checks(Vec<CheckRow>),
    /// What a certificate says.
    Card {
        /// Whose certificate.
        title: Text,
        /// The eight things.
        card: Box<Card>,
    },
    /// A message of the application, before encryption.
    Quote {
        /// Who wrote it.
        from: Party,
        /// Its text.
        text: String,
    },
}

/// One check, as the learner reads it.
#[derive(Clone, Debug, PartialEq)]
pub struct CheckRow {
    /// Its verdict.
    pub outcome: Outcome,
    /// Whether it is of a certificate further up the chain, not of the peer's own.
    pub of_authority: bool,
    /// What is checked, in a word or two.
    pub title: Text,
    /// Why the verdict is what it is.
    pub reason: Text,
    /// Where the standard asks for it.
    pub section: Section,
}

/// A verdict.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Outcome {
    /// It holds.
    Passed,
    /// It does not.
    Failed,
    /// It could not be tried, because something before it failed.
    NotReached,
}

/// Some bytes and what each of them is.
#[derive(Clone, Debug, PartialEq)]
pub struct Artefact {
    /// What it is: "Record 1, as it travels", "Client Hello", "The same record, decrypted".
    pub title: Text,
    /// A sentence about it, if it needs one.
    pub note: Option<Text>,
    /// Who made it.
    pub from: Party,
    /// Whether an eavesdropper sees these bytes.
    pub on_wire: bool,
    /// The bytes.
    pub bytes: Vec<u8>,
    /// What they are; covers all of them.
    pub tree: Node,
}

/// One value and how it was computed.
#[derive(Clone, Debug, PartialEq)]
pub struct Computation {
    /// Who computed it; both, if both did and got the same.
    pub by: Vec<Party>,
    /// The value; `None` where a record was encrypted or decrypted, which has no name.
    pub name: Option<ValueName>,
    /// Its name in words.
    pub title: Text,
    /// What it is for, in a sentence.
    pub purpose: Text,
    /// What it was made of.
    pub inputs: Vec<Given>,
    /// How, in the notation of the standards.
    pub formula: String,
    /// The value.
    pub output: Vec<u8>,
    /// Where the standard says so.
    pub section: Section,
}

/// A value that goes into a computation.
#[derive(Clone, Debug, PartialEq)]
pub struct Given {
    /// Its name in words.
    pub title: Text,
    /// Its name in the formula.
    pub notation: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Who could know a value.
#[derive(Clone, Debug, PartialEq)]
pub struct KnowledgeRow {
    /// The value; `None` for what the applications say, which is none of the handshake's.
    pub name: Option<ValueName>,
    /// Its name in words.
    pub title: Text,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Whether it came to be in this step.
    pub new: bool,
    /// Whether it must stay secret for the connection to be safe.
    pub secret: bool,
    /// The client.
    pub client: Knows,
    /// The server.
    pub server: Knows,
    /// Whoever reads the wire.
    pub eavesdropper: Knows,
}

/// Something an eavesdropper has learnt.
#[derive(Clone, Debug, PartialEq)]
pub struct Overheard {
    /// What, in a few words.
    pub what: Text,
    /// Whether it was learnt in this step.
    pub new: bool,
}

/// How true to the wire a step is.
#[derive(Clone, Debug, PartialEq)]
pub struct Truth {
    /// The label.
    pub kind: TruthKind,
    /// What was left out, or since when it is history.
    pub note: Option<Text>,
    /// Where to read on.
    pub sections: Vec<Section>,
}

/// The truth labels (see docs/model.md).
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum TruthKind {
    /// Exactly what travels between real implementations.
    AsOnTheWire,
    /// Exactly what real implementations do for themselves; nothing travels.
    Inside,
    /// Right, but something is left out.
    Simplified,
    /// Right for its time; not used any more.
    Historical,
}
