//! The steps in which a resumed session of TLS 1.2 differs (RFC 5246 §7.3, RFC 5077).

use padlock_tls::trace::Party::{Client, Server};
use padlock_tls::trace::Resumed;

use super::{Words, as_on_the_wire, finish, hello, paragraph};
use crate::lesson::Block;
use crate::story::Moment;
use crate::story::part::Part;
use crate::text::say;

/// The words of a step, where a session is resumed and they are others then.
pub(super) fn words(moment: &Moment<'_>) -> Option<Words> {
    let session = moment.run.session()?;
    Some(match moment.part {
        Part::ClientHello => client_hello(moment, session),
        Part::ServerHello => server_hello(moment, session),
        Part::Keys => keys(moment),
        Part::FirstFinished => server_finished(moment),
        Part::ClientFinished => client_finished(moment),
        _ => return None,
    })
}

fn client_hello(moment: &Moment<'_>, session: Resumed) -> Words {
    let (line, p3, section) = match session {
        Resumed::SessionId => (
            say::story_resumed_hello_line_id(moment.name()),
            say::story_resumed_hello_id(moment.server()),
            (5246, "7.3"),
        ),
        Resumed::Ticket => (
            say::story_resumed_hello_line_ticket(moment.name()),
            say::story_resumed_hello_ticket(),
            (5077, "3.1"),
        ),
    };
    Words {
        line,
        blocks: vec![
            paragraph(say::story_client_hello_p1(moment.client())),
            paragraph(say::story_resumed_hello_p2()),
            paragraph(p3),
            Block::Note(say::story_client_hello_note(moment.name())),
        ],
        truth: as_on_the_wire(
            Some(say::story_client_hello_truth()),
            &[(5246, "7.4.1.2"), section, (9846, "2.2")],
        ),
        ..hello::client(moment)
    }
}

fn server_hello(moment: &Moment<'_>, session: Resumed) -> Words {
    let mut blocks = vec![paragraph(say::story_resumed_server_p1())];
    blocks.push(paragraph(match session {
        Resumed::SessionId => say::story_resumed_server_id(moment.server()),
        Resumed::Ticket => say::story_resumed_server_ticket(moment.server()),
    }));
    blocks.push(paragraph(say::story_resumed_server_left_out(
        moment.client(),
    )));
    if moment.verdict(Client).is_some() {
        blocks.push(paragraph(say::story_resumed_server_remembered(
            moment.client(),
            moment.server(),
        )));
    }
    let section = match session {
        Resumed::SessionId => (5246, "7.3"),
        Resumed::Ticket => (5077, "3.4"),
    };
    Words {
        title: say::story_resumed_server_title(moment.server()),
        speaker: Server,
        line: say::story_resumed_server_line(),
        lane: moment.arrow(Server),
        blocks,
        truth: as_on_the_wire(None, &[(5246, "7.4.1.3"), section, (7627, "5.3")]),
    }
}

fn keys(moment: &Moment<'_>) -> Words {
    Words {
        line: say::story_resumed_keys_line(),
        blocks: vec![
            paragraph(say::story_resumed_keys_p1()),
            paragraph(say::story_keys_p2(moment.client(), moment.server())),
            Block::Note(say::story_resumed_keys_note()),
        ],
        truth: as_on_the_wire(None, &[(5246, "6.3"), (5246, "F.1.4"), (9846, "2.2")]),
        ..finish::keys(moment)
    }
}

fn server_finished(moment: &Moment<'_>) -> Words {
    let mut blocks = vec![
        paragraph(say::story_client_finished_p1()),
        paragraph(say::story_client_finished_p2()),
    ];
    blocks.extend(finish::checks(moment));
    blocks.push(Block::Note(say::story_resumed_server_finished_note(
        moment.client(),
        moment.server(),
    )));
    Words {
        title: say::story_client_finished_title(moment.server()),
        speaker: Server,
        line: say::story_client_finished_line(),
        lane: moment.arrow(Server),
        blocks,
        truth: as_on_the_wire(
            Some(say::story_resumed_server_finished_truth()),
            &[(5246, "7.3"), (5246, "7.4.9"), (9846, "4.5.3")],
        ),
    }
}

fn client_finished(moment: &Moment<'_>) -> Words {
    let mut blocks = vec![paragraph(say::story_resumed_client_finished_p1(
        moment.client(),
    ))];
    blocks.extend(finish::checks(moment));
    blocks.push(Block::Note(say::story_resumed_client_finished_note()));
    Words {
        title: say::story_server_finished_title(moment.client()),
        speaker: Client,
        line: say::story_server_finished_line(),
        lane: moment.arrow(Client),
        blocks,
        truth: as_on_the_wire(None, &[(5246, "7.3"), (5246, "7.4.9"), (9846, "4.5.3")]),
    }
}
