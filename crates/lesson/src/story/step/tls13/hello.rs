//! The hellos of TLS 1.3, what goes along with them, and what follows them at once.

use padlock_tls::codes::{ExtensionType, HandshakeType, NamedGroup};
use padlock_tls::messages::{Body, ExtensionBody};
use padlock_tls::trace::MessageKind;
use padlock_tls::trace::Party::{self, Client, Server};
use padlock_tls::value::ValueName;

use super::checks;
use crate::lesson::Block;
use crate::story::Moment;
use crate::story::computed::cipher_name;
use crate::story::step::{Words, as_on_the_wire, finish, paragraph};
use crate::text::say;

pub(super) fn client(moment: &Moment<'_>) -> Words {
    let mut messages = moment.sent_messages();
    let hello = messages.find_map(|(_, message)| match moment.run.decoded(message) {
        Some(Body::ClientHello(hello)) => Some(hello),
        _ => None,
    });
    let suites = hello.as_ref().map(|hello| hello.cipher_suites.len());
    let offers_psk = hello
        .as_ref()
        .is_some_and(|hello| hello.extension(ExtensionType::PRE_SHARED_KEY).is_some());
    let mut blocks = vec![
        paragraph(say::story_client_hello_p1(moment.client())),
        paragraph(say::story_hello13_p2(moment.client())),
    ];
    let alone = moment.run.wants_no_fresh_keys();
    if !alone {
        blocks.push(paragraph(say::story_hello13_p3(moment.client())));
    }
    if let Some((ml, curve, group)) = parts(moment, Client, ValueName::EncapsulationKey) {
        blocks.push(paragraph(say::story_hello13_hybrid(curve, group, ml)));
    }
    let mut sections = vec![
        (9846, "4.2.2"),
        (9846, "4.3.1"),
        (9846, "4.3.8"),
        (6066, "3"),
    ];
    if offers_psk {
        blocks.push(paragraph(match moment.run.is_external() {
            true => say::story_hello13_external(),
            false => say::story_hello13_p4(),
        }));
        sections.push((9846, "4.3.11"));
    }
    let announces = hello
        .as_ref()
        .is_some_and(|hello| hello.extension(ExtensionType::EARLY_DATA).is_some());
    if announces {
        blocks.push(paragraph(say::story_hello13_early()));
        sections.push((9846, "4.3.10"));
    }
    if alone {
        blocks.push(paragraph(say::story_hello13_psk_alone(moment.client())));
        sections.push((9846, "4.3.9"));
    }
    blocks.push(Block::Note(say::story_client_hello_note(moment.name())));
    Words {
        title: say::story_client_hello_title(moment.client()),
        speaker: Client,
        line: match offers_psk {
            true if moment.run.is_external() => say::story_hello13_line_external(moment.name()),
            true if alone => say::story_hello13_line_psk_alone(moment.name()),
            true => say::story_hello13_line_psk(moment.name()),
            false => say::story_hello13_line(suites.unwrap_or_default(), moment.name()),
        },
        lane: moment.arrow(Client),
        blocks,
        truth: as_on_the_wire(None, &sections),
    }
}

pub(super) fn retry(moment: &Moment<'_>) -> Words {
    let mut messages = moment.sent_messages();
    let group = messages.find_map(|(_, message)| match moment.run.decoded(message) {
        Some(Body::ServerHello(hello)) => match hello.extension(ExtensionType::KEY_SHARE)? {
            ExtensionBody::SelectedGroup(group) => Some(group.to_string()),
            _ => None,
        },
        _ => None,
    });
    Words {
        title: say::story_retry_title(moment.server()),
        speaker: Server,
        line: say::story_retry_line(),
        lane: moment.arrow(Server),
        blocks: vec![
            paragraph(say::story_retry_p1(
                moment.client(),
                group.unwrap_or_default(),
                moment.server(),
            )),
            paragraph(say::story_retry_p2()),
            Block::Note(say::story_retry_note()),
        ],
        truth: as_on_the_wire(None, &[(9846, "4.2.4"), (9846, "2.1"), (9846, "E.4")]),
    }
}

pub(super) fn again(moment: &Moment<'_>) -> Words {
    Words {
        title: say::story_again_title(moment.client()),
        speaker: Client,
        line: say::story_again_line(),
        lane: moment.arrow(Client),
        blocks: vec![paragraph(say::story_again_p1())],
        truth: as_on_the_wire(None, &[(9846, "4.2.2"), (9846, "4.1")]),
    }
}

pub(super) fn early(moment: &Moment<'_>) -> Words {
    let mut blocks: Vec<Block> = finish::quote(moment).into_iter().collect();
    blocks.push(paragraph(say::story_early_p1(moment.client())));
    blocks.push(Block::Note(say::story_early_note()));
    Words {
        title: say::story_early_title(moment.client()),
        speaker: Client,
        line: say::story_early_line(),
        lane: moment.arrow(Client),
        blocks,
        truth: as_on_the_wire(None, &[(9846, "2.3"), (9846, "4.3.10"), (9846, "8")]),
    }
}

pub(super) fn server(moment: &Moment<'_>) -> Words {
    let psk = moment.run.psk();
    let mut blocks = vec![paragraph(match moment.run.lacks_fresh_keys() {
        true => say::story_server13_psk_alone_p1(),
        false => say::story_server13_p1(),
    })];
    if let Some((ml, curve, _)) = parts(moment, Server, ValueName::Ciphertext) {
        let server = moment.server();
        blocks.push(paragraph(say::story_server13_hybrid(curve, ml, server)));
    }
    let mut sections = vec![(9846, "4.2.3")];
    if !moment.run.lacks_fresh_keys() {
        sections.push((9846, "4.3.8"));
    }
    let suite = moment.run.agreement().map(|agreement| agreement.suite);
    if let Some(suite) = suite.and_then(padlock_tls::suite::Suite13::of) {
        blocks.push(paragraph(say::story_server13_suite(
            cipher_name(padlock_tls::suite::Cipher::Aead(suite.aead)),
            suite.hash.name(),
            suite.code.to_string(),
        )));
    }
    if let Some(psk) = psk {
        blocks.push(paragraph(match psk.resumption {
            true => say::story_server13_psk(moment.server()),
            false => say::story_server13_external(moment.server()),
        }));
        blocks.extend(checks(moment));
        if moment.verdict(Client).is_some() {
            blocks.push(paragraph(say::story_server13_remembered(moment.client())));
        }
        sections.push((9846, "2.2"));
    }
    let sends = |kind| {
        let mut messages = moment.sent_messages();
        messages.any(|(_, message)| message.kind == kind)
    };
    if sends(MessageKind::ChangeCipherSpec) {
        blocks.push(paragraph(say::story_server13_ccs()));
        sections.push((9846, "E.4"));
    }
    blocks.push(Block::Note(say::story_server13_note()));
    Words {
        title: match moment.run.lacks_fresh_keys() {
            true => say::story_server13_psk_alone_title(moment.server()),
            false => say::story_server13_title(moment.server()),
        },
        speaker: Server,
        line: match psk {
            Some(_) if moment.run.is_external() => say::story_server13_line_external(),
            Some(_) if moment.run.lacks_fresh_keys() => say::story_server13_line_psk_alone(),
            Some(_) => say::story_server13_line_psk(),
            None => say::story_server13_line(),
        },
        lane: moment.arrow(Server),
        blocks,
        truth: as_on_the_wire(None, &sections),
    }
}

pub(super) fn extensions(moment: &Moment<'_>) -> Words {
    let asks = moment.sent_messages().any(|(_, message)| {
        message.kind == MessageKind::Handshake(HandshakeType::CERTIFICATE_REQUEST)
    });
    let psk = moment.run.psk();
    let mut blocks = vec![paragraph(say::story_extensions_p1())];
    let mut sections = vec![(9846, "4.4.1")];
    if psk.is_some_and(|psk| psk.early_data) {
        blocks.push(paragraph(say::story_extensions_early()));
        sections.push((9846, "4.3.10"));
    }
    if moment.run.refuses_early_data() {
        blocks.push(paragraph(say::story_extensions_early_refused(
            moment.client(),
            moment.server(),
        )));
        sections.push((9846, "4.3.10"));
    }
    if asks {
        blocks.push(paragraph(say::story_extensions_asking()));
        sections.push((9846, "4.4.2"));
    }
    blocks.push(Block::Note(say::story_extensions_note()));
    Words {
        title: say::story_extensions_title(moment.server()),
        speaker: Server,
        line: match asks {
            true => say::story_extensions_line_asking(),
            false => say::story_extensions_line(),
        },
        lane: moment.arrow(Server),
        blocks,
        truth: as_on_the_wire(None, &sections),
    }
}

/// The sizes of the parts of a key share in a hybrid group, what is of ML-KEM and the public key on the
/// curve, and the curve.
fn parts(moment: &Moment<'_>, from: Party, ml_kem: ValueName) -> Option<(usize, usize, String)> {
    let curve = NamedGroup::of_curve(moment.run.hybrid()?);
    let length = |name| Some(moment.run.value(name)?.len());
    let public = length(ValueName::EphemeralPublicKey(from))?;
    Some((length(ml_kem)?, public, curve.to_string()))
}
