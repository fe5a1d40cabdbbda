//! The bytes of a step: records as they travel, what they carry, and what protected ones hide.

use std::ops::Range;

use padlock_tls::codes::{AlertDescription, ContentType, HandshakeType};
use padlock_tls::crypto::aead::Aead;
use padlock_tls::messages::{Alert, Body};
use padlock_tls::suite::Cipher;
use padlock_tls::trace::{Direction, EventKind, Message, MessageKind, Party, Record};
use padlock_wire::{CodePoint, Node, Structure, Value};

use super::{Moment, Run, is_handshake};
use crate::lesson::{Artefact, LaneLabel};
use crate::text::{Text, say};

/// How a message lies in a record.
#[derive(Clone, Debug)]
pub(super) struct Span {
    /// Its bytes, of the record's content.
    pub(super) within: Range<usize>,
    /// Whether it begins here.
    pub(super) is_start: bool,
    /// Whether it ends here.
    pub(super) is_end: bool,
}

/// The messages that a record, sent by `from`, holds something of.
pub(super) fn messages_in<'a>(
    run: &Run<'a>,
    from: Party,
    record: &Record,
) -> Vec<(&'a Message, Span)> {
    let length = record.content.len();
    let sent = run.events.iter().filter(|event| event.party == from);
    let messages = sent.clone().filter_map(|event| match &event.kind {
        EventKind::Message(message) if message.direction == Direction::Sent => Some(message),
        _ => None,
    });
    if !is_handshake(record) {
        let kind = (record.content_type == ContentType::CHANGE_CIPHER_SPEC)
            .then_some(MessageKind::ChangeCipherSpec);
        let span = Span {
            within: 0..length,
            is_start: true,
            is_end: true,
        };
        let found = messages
            .into_iter()
            .find(|message| Some(message.kind) == kind);
        return found.map(|message| (message, span)).into_iter().collect();
    }
    let records = sent.filter_map(|event| match &event.kind {
        EventKind::Record(other) if other.direction == Direction::Sent => Some(other),
        _ => None,
    });
    let before = records.take_while(|other| !std::ptr::eq(*other, record));
    let start: usize = before
        .filter(|other| is_handshake(other))
        .map(|other| other.content.len())
        .sum();
    let end = start + length;
    let mut found = Vec::new();
    let mut next = 0;
    for message in messages {
        let MessageKind::Handshake(_) = message.kind else {
            continue;
        };
        let range = next..next + message.bytes.len();
        next = range.end;
        if range.start < end && start < range.end {
            let within = range.start.max(start) - start..range.end.min(end) - start;
            let (is_start, is_end) = (start <= range.start, range.end <= end);
            found.push((
                message,
                Span {
                    within,
                    is_start,
                    is_end,
                },
            ));
        }
    }
    found
}

/// What travels from `from` in a step, for the drawing.
pub(super) fn labels(moment: &Moment<'_>, from: Party) -> Vec<LaneLabel> {
    let mut labels = Vec::new();
    for event in moment.events.iter().filter(|event| event.party == from) {
        match &event.kind {
            EventKind::Message(message) if message.direction == Direction::Sent => {
                let encrypted = is_encrypted(moment.run, from, message);
                labels.push(LaneLabel {
                    label: message_label(moment.run, message),
                    encrypted,
                });
            }
            EventKind::Record(record)
                if record.direction == Direction::Sent && !carries_messages(record) =>
            {
                let encrypted = record.protection.is_some();
                let label = artefact_contents(moment.run, from, record);
                labels.push(LaneLabel { label, encrypted });
            }
            _ => {}
        }
    }
    labels
}

/// Whether a message that `from` sent travelled in a protected record.
fn is_encrypted(run: &Run<'_>, from: Party, message: &Message) -> bool {
    let sent = run.events.iter().filter(|event| event.party == from);
    let mut records = sent.filter_map(|event| match &event.kind {
        EventKind::Record(record) if record.direction == Direction::Sent => Some(record),
        _ => None,
    });
    records.any(|record| {
        record.protection.is_some()
            && messages_in(run, from, record)
                .iter()
                .any(|(other, _)| std::ptr::eq(*other, message))
    })
}

fn carries_messages(record: &Record) -> bool {
    is_handshake(record) || record.content_type == ContentType::CHANGE_CIPHER_SPEC
}

/// The bytes of a step.
pub(super) fn artefacts(moment: &Moment<'_>) -> Vec<Artefact> {
    let mut artefacts = Vec::new();
    for (from, record) in moment.sent_records() {
        let messages = messages_in(moment.run, from, record);
        let contents = artefact_contents(moment.run, from, record);
        let inner = content(record, &messages);
        artefacts.push(match record.protection {
            None => travelling(from, record, inner, contents.clone(), &messages),
            Some(_) => Artefact {
                title: say::story_record_protected(contents.clone()),
                note: Some(protected_note(moment.run)),
                from,
                on_wire: true,
                bytes: record.bytes.clone(),
                tree: record.tree.clone(),
            },
        });
        if record.protection.is_some() {
            artefacts.push(Artefact {
                title: say::story_opened(contents),
                note: Some(say::story_opened_note()),
                from,
                on_wire: false,
                bytes: record.content.clone(),
                tree: content(record, &messages),
            });
        }
        for (message, span) in &messages {
            if span.is_end && !span.is_start {
                artefacts.push(Artefact {
                    title: say::story_message(message_label(moment.run, message)),
                    note: Some(say::story_message_note()),
                    from,
                    on_wire: false,
                    bytes: message.bytes.clone(),
                    tree: message.tree.clone(),
                });
            }
        }
    }
    artefacts
}

/// What of a protected record can be read without the key.
fn protected_note(run: &Run<'_>) -> Text {
    match run.cipher().filter(|_| !run.is_tls13()) {
        Some(Cipher::Aead(aead)) if aead != Aead::ChaCha20Poly1305 => {
            say::story_record_nonce_note()
        }
        Some(Cipher::Cbc { .. }) => say::story_record_iv_note(),
        Some(Cipher::Aead(_)) | None => say::story_record_header_note(),
    }
}

/// What a record carries, in words.
pub(super) fn artefact_contents(run: &Run<'_>, from: Party, record: &Record) -> Text {
    list(contents(run, from, record))
}

/// A record in clear: its tree goes on into what it carries.
fn travelling(
    from: Party,
    record: &Record,
    inner: Node,
    contents: Text,
    messages: &[(&Message, Span)],
) -> Artefact {
    let tree = opened(record.tree.clone(), inner);
    let part = messages.iter().any(|(_, span)| !span.is_end);
    let note = match messages.len() {
        _ if part => Some(say::story_record_part_note()),
        0 | 1 => None,
        _ => Some(say::story_record_shared_note()),
    };
    let title = say::story_record(contents);
    Artefact {
        title,
        note,
        from,
        on_wire: true,
        bytes: record.bytes.clone(),
        tree,
    }
}

/// The tree of a record in clear, with what it carries inside.
pub(super) fn opened(mut record: Node, inner: Node) -> Node {
    if let Some(fragment) = record.children.last_mut()
        && fragment.value == Value::Opaque
        && fragment.range.len() == inner.range.len()
    {
        let start = fragment.range.start;
        fragment.value = Value::Group;
        fragment.children = vec![inner.shifted(start)];
    }
    record
}

/// What a record carries, as a tree of its own.
fn content(record: &Record, messages: &[(&Message, Span)]) -> Node {
    let bytes = &record.content;
    let whole = 0..bytes.len();
    match record.content_type {
        ContentType::ALERT => Alert::default().decode_into(bytes).tree,
        ContentType::APPLICATION_DATA => {
            let text = str::from_utf8(bytes).map(|text| Value::Text(text.to_owned()));
            Node::leaf("data", whole, text.unwrap_or(Value::Opaque))
        }
        _ => {
            let mut children: Vec<Node> = messages
                .iter()
                .map(|(message, span)| match span.is_start && span.is_end {
                    true => message.tree.clone().shifted(span.within.start),
                    false => Node::leaf("part of a message", span.within.clone(), Value::Opaque),
                })
                .collect();
            match children.pop() {
                None => Node::leaf("content", whole, Value::Opaque),
                Some(only) if children.is_empty() => only,
                Some(last) => {
                    children.push(last);
                    Node::group("content", whole, None, children)
                }
            }
        }
    }
}

/// The things that a record carries, in words.
fn contents(run: &Run<'_>, from: Party, record: &Record) -> Vec<Text> {
    match record.content_type {
        ContentType::ALERT => {
            let description = record.content.get(1).copied().unwrap_or_default();
            vec![say::story_lane_alert(
                AlertDescription(description).to_string(),
            )]
        }
        ContentType::APPLICATION_DATA => {
            vec![say::story_lane_data(
                String::from_utf8_lossy(&record.content).into_owned(),
            )]
        }
        _ => {
            let messages = messages_in(run, from, record).into_iter();
            messages
                .map(|(message, _)| message_label(run, message))
                .collect()
        }
    }
}

/// A message in a word or two.
pub(super) fn message_label(run: &Run<'_>, message: &Message) -> Text {
    match run.decoded(message) {
        Some(Body::Certificate(certificate)) if certificate.certificate_list.is_empty() => {
            say::story_lane_empty_certificate()
        }
        #[cfg(feature = "tls13")]
        Some(Body::Certificate13(certificate)) if certificate.certificate_list.is_empty() => {
            say::story_lane_empty_certificate()
        }
        #[cfg(feature = "tls13")]
        Some(Body::ServerHello(hello)) if hello.is_retry_request() => {
            say::story_lane_retry_request()
        }
        _ => kind_label(message.kind),
    }
}

/// A kind of message in a word or two.
pub(crate) fn kind_label(kind: MessageKind) -> Text {
    let MessageKind::Handshake(kind) = kind else {
        return say::story_lane_change_cipher_spec();
    };
    match kind {
        HandshakeType::CLIENT_HELLO => say::story_lane_client_hello(),
        #[cfg(feature = "tls13")]
        HandshakeType::ENCRYPTED_EXTENSIONS => say::story_lane_encrypted_extensions(),
        #[cfg(feature = "tls13")]
        HandshakeType::END_OF_EARLY_DATA => say::story_lane_end_of_early_data(),
        #[cfg(feature = "tls13")]
        HandshakeType::NEW_SESSION_TICKET => say::story_lane_new_session_ticket(),
        HandshakeType::SERVER_HELLO => say::story_lane_server_hello(),
        HandshakeType::CERTIFICATE => say::story_lane_certificate(),
        HandshakeType::SERVER_KEY_EXCHANGE => say::story_lane_server_key_exchange(),
        HandshakeType::CERTIFICATE_REQUEST => say::story_lane_certificate_request(),
        HandshakeType::SERVER_HELLO_DONE => say::story_lane_server_hello_done(),
        HandshakeType::CLIENT_KEY_EXCHANGE => say::story_lane_client_key_exchange(),
        HandshakeType::CERTIFICATE_VERIFY => say::story_lane_certificate_verify(),
        HandshakeType::FINISHED => say::story_lane_finished(),
        other => say::story_lane_message(other.number().to_string()),
    }
}

/// "Certificate, Server Hello Done"
fn list(items: Vec<Text>) -> Text {
    let mut items = items.into_iter();
    let first = items.next().unwrap_or_else(say::check_nothing);
    items.fold(first, say::story_list)
}
