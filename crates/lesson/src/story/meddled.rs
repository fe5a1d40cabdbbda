//! What somebody on the way changed, where it is told.

use padlock_tls::error::ErrorKind;
use padlock_tls::record::{Fault, Header};
use padlock_tls::run::Transfer;
use padlock_tls::suite::Cipher;
use padlock_tls::trace::{Direction, EventKind, MessageKind, Party, Record};
use padlock_wire::{Node, Value};

use super::step::{self, Words};
use super::{Moment, wire};
use crate::lesson::{Artefact, Block, LaneItem, LaneLabel};
use crate::play::aim;
use crate::scenario::Meddling;
use crate::text::{Text, say};

/// The words and the bytes of a step: where something arrives that was not sent, both say so.
pub(super) fn told(moment: &Moment<'_>) -> (Words, Vec<Artefact>) {
    let mut words = step::words(moment);
    let mut bytes = wire::artefacts(moment);
    for (changed, arrives) in changes(moment) {
        words.blocks.insert(0, Block::Note(what(moment, changed)));
        if let LaneItem::Arrow { labels, .. } = &mut words.lane {
            labels.push(LaneLabel {
                label: say::story_lane_changed(),
                encrypted: false,
            });
        }
        let at = bytes.iter().position(|one| one.bytes == changed.bytes);
        let at = at.map_or(bytes.len(), |at| at + 1);
        bytes.insert(at, arriving(moment, changed, arrives));
    }
    (words, bytes)
}

/// Whether something that is sent in the step arrives otherwise.
pub(super) fn is_changed(moment: &Moment<'_>) -> bool {
    changes(moment).next().is_some()
}

/// What is to be said where the connection is refused for this cause: whether what was changed is why.
pub(super) fn found_out(moment: &Moment<'_>, cause: Option<&ErrorKind>) -> Option<Text> {
    if moment.run.cast.changed.is_empty() {
        return None;
    }
    match cause? {
        ErrorKind::Downgrade
        | ErrorKind::Signature
        | ErrorKind::Finished
        | ErrorKind::Record(Fault::BadRecordMac) => Some(say::story_way_refused()),
        ErrorKind::Version(_) => {
            let server = moment.run.cast.noun(Party::Server);
            Some(say::story_way_refused_old(server))
        }
        // Something else is wrong, too.
        _ => None,
    }
}

/// What is sent in the step and changed, and what arrives.
fn changes<'m>(moment: &'m Moment<'_>) -> impl Iterator<Item = (&'m Transfer, &'m [u8])> {
    let changed = moment.run.cast.changed.iter();
    let changed = changed.filter_map(|one| Some((one, one.arrives.as_deref()?)));
    changed.filter(|(one, _)| {
        let mut sent = moment.sent_records();
        sent.any(|(from, record)| from == one.from && record.bytes == one.bytes)
    })
}

/// What was changed, in words.
fn what(moment: &Moment<'_>, changed: &Transfer) -> Text {
    let cast = moment.run.cast;
    let [client, server] = [Party::Client, Party::Server].map(|side| cast.noun(side));
    match (cast.meddling, changed.from) {
        (Meddling::HideTls13AndSign, Party::Server) => say::story_way_hide_sign(server),
        (Meddling::HideTls13 | Meddling::HideTls13AndSign, _) => {
            say::story_way_hide(client, server)
        }
        (Meddling::AskForTls11, _) => say::story_way_ask(client, server),
        _ => match moment.run.cipher() {
            Some(Cipher::Aead(_)) => {
                let (old, new, _) = aim(cast.setting);
                say::story_way_change_letter(client, new, old, server)
            }
            // A bit of a block turns the whole block into something else.
            _ => say::story_way_change(),
        },
    }
}

/// The record as it arrives, with what its receiver makes of it.
fn arriving(moment: &Moment<'_>, changed: &Transfer, arrives: &[u8]) -> Artefact {
    let receiver = changed.from.peer();
    let events = || moment.run.events.iter();
    let record = |party: Party, bytes: &[u8]| -> Option<&Record> {
        events().find_map(|event| match &event.kind {
            EventKind::Record(record) if event.party == party && record.bytes == bytes => {
                Some(record)
            }
            _ => None,
        })
    };
    // Who cannot open a record reports none; that of the sender has the same form.
    let form = record(receiver, arrives).or_else(|| record(changed.from, &changed.bytes));
    let content = arrives.get(Header::LENGTH..);
    let read = events().find_map(|event| match &event.kind {
        EventKind::Message(message)
            if event.party == receiver
                && message.direction == Direction::Received
                && matches!(message.kind, MessageKind::Handshake(_))
                && Some(&message.bytes[..]) == content =>
        {
            Some(&message.tree)
        }
        _ => None,
    });
    let whole = || Node::leaf("record", 0..arrives.len(), Value::Opaque);
    let tree = form.map_or_else(whole, |record| match read {
        Some(inner) => wire::opened(record.tree.clone(), inner.clone()),
        None => record.tree.clone(),
    });
    let both = changed.bytes.iter().zip(arrives).enumerate();
    let others: Vec<_> = both.filter(|(_, (sent, found))| sent != found).collect();
    let note = others.first().map(|(first, (sent, found))| {
        let hex = |byte: &u8| format!("{byte:02x}");
        let place = format!("{first:x}");
        say::story_way_arrives_note(others.len(), *first, place, hex(found), hex(sent))
    });
    Artefact {
        title: say::story_way_arrives(),
        note,
        from: changed.from,
        on_wire: true,
        bytes: arrives.to_vec(),
        tree,
    }
}
