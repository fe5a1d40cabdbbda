//! Who is who in TLS 1.3: certificates, signatures and check values.

use padlock_tls::codes::HandshakeType;
use padlock_tls::trace::Party::{Client, Server};
use padlock_tls::trace::{CheckKind, MessageKind};

use super::checks;
use crate::lesson::{Block, TruthKind};
use crate::story::Moment;
use crate::story::step::{Words, as_on_the_wire, exchange, hello, inside, paragraph, truth};
use crate::text::say;

pub(super) fn certificate(moment: &Moment<'_>) -> Words {
    let mut blocks = vec![paragraph(say::story_certificate13_p1(moment.server()))];
    blocks.extend(moment.card(Server));
    blocks.push(Block::Note(say::story_certificate13_note()));
    Words {
        title: say::story_certificate13_title(moment.server()),
        speaker: Server,
        line: say::story_certificate13_line(),
        lane: moment.arrow(Server),
        blocks,
        truth: as_on_the_wire(None, &[(9846, "4.5.1")]),
    }
}

pub(super) fn server(moment: &Moment<'_>) -> Words {
    Words {
        title: say::story_proof13_title(moment.server()),
        speaker: Server,
        line: say::story_proof13_line(),
        lane: moment.arrow(Server),
        blocks: vec![
            paragraph(say::story_proof13_p1(moment.server())),
            paragraph(say::story_proof13_p2()),
        ],
        truth: as_on_the_wire(Some(say::story_proof13_truth()), &[(9846, "4.5.2")]),
    }
}

pub(super) fn server_finished(moment: &Moment<'_>) -> Words {
    let mut blocks = vec![paragraph(say::story_server_finished13_p1())];
    if let Some(psk) = moment.run.psk() {
        blocks.push(paragraph(match psk.resumption {
            true => say::story_server_finished13_psk(moment.server()),
            false => say::story_server_finished13_external(),
        }));
    }
    Words {
        title: say::story_server_finished13_title(moment.server()),
        speaker: Server,
        line: say::story_server_finished13_line(),
        lane: moment.arrow(Server),
        blocks,
        truth: as_on_the_wire(
            Some(say::story_server_finished13_truth()),
            &[(9846, "4.5.3")],
        ),
    }
}

pub(super) fn check(moment: &Moment<'_>) -> Words {
    let Some(psk) = moment.run.psk() else {
        return hello::check(moment);
    };
    let (line, lane, p1) = match psk.resumption {
        true => (
            say::story_check13_psk_line(),
            say::story_lane_recognise(),
            say::story_check13_psk_p1(moment.client()),
        ),
        false => (
            say::story_check13_external_line(),
            say::story_lane_recognise_external(),
            say::story_check13_external_p1(),
        ),
    };
    let mut blocks = vec![paragraph(p1)];
    blocks.extend(checks(moment));
    if !psk.resumption {
        blocks.push(Block::Note(say::story_check13_external_note(
            moment.client(),
            moment.server(),
        )));
    }
    Words {
        title: say::story_check13_psk_title(moment.client(), moment.server()),
        speaker: Client,
        line,
        lane: inside(Client, lane, false),
        blocks,
        truth: as_on_the_wire(None, &[(9846, "2.2"), (9846, "4.5.3")]),
    }
}

pub(super) fn client_certificate(moment: &Moment<'_>) -> Words {
    let words = exchange::client_certificate(moment);
    if moment.run.certificates(Client).is_empty() {
        return Words {
            truth: as_on_the_wire(None, &[(9846, "4.5.1")]),
            ..words
        };
    }
    let p1 = say::story_client_certificate13_p1(moment.client(), moment.server());
    let mut blocks = vec![paragraph(p1)];
    blocks.extend(moment.card(Client));
    blocks.push(Block::Note(say::story_client_certificate13_note()));
    Words {
        blocks,
        truth: as_on_the_wire(None, &[(9846, "4.5.1")]),
        ..words
    }
}

pub(super) fn client(moment: &Moment<'_>) -> Words {
    Words {
        truth: as_on_the_wire(None, &[(9846, "4.5.2")]),
        ..exchange::proof(moment)
    }
}

pub(super) fn client_finished(moment: &Moment<'_>) -> Words {
    let early = moment.sent_messages().any(|(_, message)| {
        message.kind == MessageKind::Handshake(HandshakeType::END_OF_EARLY_DATA)
    });
    let mut blocks = Vec::new();
    let mut sections = vec![(9846, "4.5.3")];
    if early {
        blocks.push(paragraph(say::story_client_finished13_early()));
        sections.insert(0, (9846, "4.6"));
    }
    blocks.push(paragraph(say::story_client_finished13_p1()));
    blocks.extend(checks(moment));
    blocks.push(Block::Note(match early {
        true => say::story_client_finished13_early_note(moment.client()),
        false if moment.run.is_retried() => {
            say::story_client_finished13_retry_note(moment.client())
        }
        false => say::story_client_finished13_note(moment.client()),
    }));
    Words {
        title: say::story_client_finished13_title(moment.client()),
        speaker: Client,
        line: say::story_client_finished13_line(),
        lane: moment.arrow(Client),
        blocks,
        truth: as_on_the_wire(None, &sections),
    }
}

pub(super) fn caller(moment: &Moment<'_>) -> Words {
    let mut words = exchange::caller(moment);
    let proof = |kind| matches!(kind, CheckKind::CertificateVerifySignature(_));
    let proved = moment.checks().any(|(_, check)| proof(check.kind));
    let mut sections = vec![(5280, "6")];
    if proved {
        sections.push((9846, "4.5.2"));
        words.blocks.pop();
        words
            .blocks
            .push(paragraph(say::story_caller13_p2(moment.client())));
    }
    words.truth = truth(
        TruthKind::Simplified,
        Some(say::story_check_truth()),
        &sections,
    );
    words
}
