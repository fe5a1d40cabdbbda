//! What somebody on the way changed, where it is told.

use padlock_tls::trace::{EventKind, Party, Record};
use padlock_wire::{Node, Value};

use super::step::{self, Words};
use super::{Changed, Moment, wire};
use crate::lesson::{Artefact, Block};
use crate::scenario::Meddling;
use crate::text::{Text, say};

/// The words and the bytes of a step: where something arrives that was not sent, both say so.
pub(super) fn told(moment: &Moment<'_>) -> (Words, Vec<Artefact>) {
    let mut words = step::words(moment);
    let mut bytes = wire::artefacts(moment);
    for changed in changes(moment) {
        words.blocks.insert(0, Block::Note(what(moment, changed)));
        let at = bytes.iter().position(|one| one.bytes == changed.sent);
        let at = at.map_or(bytes.len(), |at| at + 1);
        bytes.insert(at, arriving(moment, changed));
    }
    (words, bytes)
}

/// Whether something that is sent in the step arrives otherwise.
pub(super) fn is_changed(moment: &Moment<'_>) -> bool {
    changes(moment).next().is_some()
}

/// What is sent in the step and changed.
fn changes<'m>(moment: &'m Moment<'_>) -> impl Iterator<Item = &'m Changed> {
    let changed = moment.run.cast.changed.iter();
    changed.filter(|changed| {
        let mut sent = moment.sent_records();
        sent.any(|(_, record)| record.bytes == changed.sent)
    })
}

/// What was changed, in words.
fn what(moment: &Moment<'_>, changed: &Changed) -> Text {
    let [client, server] = [Party::Client, Party::Server].map(|side| moment.run.cast.noun(side));
    match (changed.meddling, changed.from) {
        (Meddling::HideTls13 | Meddling::HideTls13AndSign, Party::Client) => {
            say::story_way_hide(client, server)
        }
        (Meddling::HideTls13AndSign, Party::Server) => say::story_way_hide_sign(server),
        (Meddling::AskForTls10, _) => say::story_way_ask(client, server),
        _ => say::story_way_change(changed.sent.len()),
    }
}

/// The record as it arrives, with what its receiver makes of it.
fn arriving(moment: &Moment<'_>, changed: &Changed) -> Artefact {
    let records = moment
        .run
        .events
        .iter()
        .filter_map(|event| match &event.kind {
            EventKind::Record(record) => Some(record),
            _ => None,
        });
    let is_it = |record: &&Record| record.bytes == changed.arrives;
    // Who cannot open a record reports none; that of the sender has the same form.
    let sent = |record: &&Record| record.bytes == changed.sent;
    let record = records.clone().find(is_it).or(records.clone().find(sent));
    let read = moment
        .run
        .events
        .iter()
        .find_map(|event| match &event.kind {
            EventKind::Message(message) if changed.arrives.ends_with(&message.bytes) => {
                Some(&message.tree)
            }
            _ => None,
        });
    let whole = || Node::leaf("record", 0..changed.arrives.len(), Value::Opaque);
    let tree = record.map_or_else(whole, |record| match read {
        Some(inner) => wire::opened(record.tree.clone(), inner.clone()),
        None => record.tree.clone(),
    });
    let (first, count) = places(changed);
    Artefact {
        title: say::story_way_arrives(),
        note: Some(say::story_way_arrives_note(count, first)),
        from: changed.from,
        on_wire: true,
        bytes: changed.arrives.clone(),
        tree,
    }
}

/// How many bytes are others, and which is the first, from 0.
fn places(changed: &Changed) -> (usize, usize) {
    let both = changed.sent.iter().zip(&changed.arrives);
    let mut others = both
        .enumerate()
        .filter(|(_, (sent, arrives))| sent != arrives);
    let first = others.next().map_or(0, |(at, _)| at);
    (first, 1 + others.count())
}
