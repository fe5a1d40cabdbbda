//! How both sides come to one secret, and how the client shows who it is.

use padlock_tls::trace::CheckKind;
use padlock_tls::trace::Party::{Client, Server};
use padlock_tls::value::{Formula, ValueName};

use super::{Words, as_on_the_wire, inside, paragraph, truth};
use crate::lesson::{Block, LaneItem, TruthKind};
use crate::story::Moment;
use crate::text::say;

pub(super) fn client_certificate(moment: &Moment<'_>) -> Words {
    let missing = moment.run.certificates(Client).is_empty();
    let mut blocks = Vec::new();
    if missing {
        blocks.push(paragraph(say::story_no_certificate_p1(moment.server())));
    } else {
        let text = say::story_client_certificate_p1(moment.client(), moment.server());
        blocks.push(paragraph(text));
        blocks.extend(moment.card(Client));
        blocks.push(Block::Note(say::story_client_certificate_note()));
    }
    Words {
        title: match missing {
            true => say::story_no_certificate_title(moment.client()),
            false => say::story_client_certificate_title(moment.client()),
        },
        speaker: Client,
        line: match missing {
            true => say::story_no_certificate_line(),
            false => say::story_client_certificate_line(),
        },
        lane: moment.arrow(Client),
        blocks,
        truth: as_on_the_wire(None, &[(5246, "7.4.6"), (9846, "4.5.1")]),
    }
}

pub(super) fn transport(moment: &Moment<'_>) -> Words {
    Words {
        title: say::story_transport_title(moment.client()),
        speaker: Client,
        line: say::story_transport_line(),
        lane: moment.arrow(Client),
        blocks: vec![
            paragraph(say::story_transport_p1(moment.client(), moment.server())),
            paragraph(say::story_transport_p2()),
            Block::Note(say::story_transport_note()),
        ],
        truth: truth(
            TruthKind::Historical,
            Some(say::story_transport_truth()),
            &[(5246, "7.4.7.1"), (10015, ""), (9846, "F.10")],
        ),
    }
}

pub(super) fn share(moment: &Moment<'_>) -> Words {
    Words {
        title: say::story_share_title(moment.client()),
        speaker: Client,
        line: say::story_share_line(),
        lane: moment.arrow(Client),
        blocks: vec![
            paragraph(say::story_share_p1(moment.client())),
            paragraph(say::story_share_p2()),
        ],
        truth: as_on_the_wire(
            Some(say::story_share_truth()),
            &[(5246, "7.4.7"), (8422, "5.7"), (9846, "4.3.8")],
        ),
    }
}

pub(super) fn proof(moment: &Moment<'_>) -> Words {
    Words {
        title: say::story_proof_title(moment.client()),
        speaker: Client,
        line: say::story_proof_line(),
        lane: moment.arrow(Client),
        blocks: vec![paragraph(say::story_proof_p1(moment.client()))],
        truth: as_on_the_wire(
            Some(say::story_proof_truth()),
            &[(5246, "7.4.8"), (9846, "4.5.2")],
        ),
    }
}

pub(super) fn rest(moment: &Moment<'_>) -> Words {
    Words {
        title: say::story_unread_title(moment.client()),
        speaker: Client,
        line: say::story_unread_line(),
        lane: moment.arrow(Client),
        blocks: vec![
            paragraph(say::story_unread_p1()),
            paragraph(say::story_unread_p2(moment.client(), moment.server())),
        ],
        truth: match moment.run.is_ephemeral() {
            true => as_on_the_wire(None, &[(5246, "7.3"), (5246, "7.4.9")]),
            false => truth(
                TruthKind::Historical,
                Some(say::story_unread_truth()),
                &[(5246, "7.3"), (5246, "7.4.7.1"), (10015, "")],
            ),
        },
    }
}

pub(super) fn caller(moment: &Moment<'_>) -> Words {
    let (mut rows, accepted) = moment.verdict(Client).unwrap_or((Vec::new(), true));
    rows.extend(moment.check_rows());
    let signed = moment.checks().all(|(_, check)| check.passed);
    let passed = accepted && signed;
    let proof = |kind| matches!(kind, CheckKind::CertificateVerifySignature(_));
    let proved = moment.checks().any(|(_, check)| proof(check.kind));
    let mut sections = vec![(5280, "6")];
    if proved {
        sections.extend([(5246, "7.4.8"), (9846, "4.5.2")]);
    }
    let name = moment.run.certified_name(Client).unwrap_or_default();
    let mut blocks = vec![
        paragraph(say::story_caller_p1(moment.client(), name, moment.server())),
        Block::Checks(rows),
    ];
    if proved {
        blocks.push(paragraph(say::story_caller_p2()));
    }
    Words {
        title: match passed {
            true => say::story_caller_title(moment.server()),
            false => say::story_caller_failed_title(moment.server()),
        },
        speaker: Server,
        line: match (passed, proved) {
            (true, _) => say::story_caller_line(),
            (false, true) => say::story_caller_forged_line(),
            (false, false) => say::story_caller_failed_line(),
        },
        lane: match passed {
            true => inside(Server, say::story_lane_caller(), false),
            false => inside(Server, say::story_lane_caller_failed(), true),
        },
        blocks,
        truth: truth(
            TruthKind::Simplified,
            Some(say::story_check_truth()),
            &sections,
        ),
    }
}

pub(super) fn open(moment: &Moment<'_>) -> Words {
    Words {
        title: say::story_open_title(moment.server()),
        speaker: Server,
        line: say::story_open_line(),
        lane: inside(Server, say::story_lane_open(), false),
        blocks: vec![
            paragraph(say::story_open_p1(moment.client(), moment.server())),
            Block::Note(say::story_open_note(moment.server())),
        ],
        truth: truth(
            TruthKind::Historical,
            Some(say::story_transport_later_truth()),
            &[(5246, "7.4.7.1"), (8017, "7.2.2"), (10015, "")],
        ),
    }
}

pub(super) fn agree(moment: &Moment<'_>) -> Words {
    let agreed = |formula: &Formula| match formula {
        Formula::Agree(group) => Some(group.to_string()),
        _ => None,
    };
    let group = moment
        .values()
        .filter(|(_, value)| value.name == ValueName::PreMasterSecret)
        .find_map(|(_, value)| agreed(&value.formula));
    let group = group.unwrap_or_else(|| "?".to_owned());
    Words {
        title: say::story_agree_title(),
        speaker: Server,
        line: say::story_agree_line(),
        lane: LaneItem::Both {
            label: say::story_lane_agree(),
        },
        blocks: vec![
            paragraph(say::story_agree_p1(group)),
            Block::Note(say::story_agree_note()),
        ],
        truth: as_on_the_wire(None, &[(8422, "5.10"), (9846, "7.4.2")]),
    }
}
