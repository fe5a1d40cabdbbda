//! The keys, Finished both ways, the first data, and how it ends.

use padlock_tls::error::ErrorKind;
use padlock_tls::trace::Party::{self, Client, Server};
use padlock_tls::trace::ProtectionScheme;

use super::{Words, as_on_the_wire, paragraph};
use crate::lesson::{Block, LaneItem};
use crate::scenario::Setting;
#[cfg(feature = "tls13")]
use crate::story::meddled;
use crate::story::{Moment, alerts};
use crate::text::say;

pub(super) fn keys(moment: &Moment<'_>) -> Words {
    let agreement = moment.run.agreement();
    let extended = agreement.is_some_and(|agreement| agreement.extended_master_secret);
    let mut sections = vec![(5246, "8.1"), (5246, "6.3")];
    if extended {
        sections.push((7627, "4"));
    }
    sections.push((9846, "7.1"));
    Words {
        title: say::story_keys_title(),
        speaker: Client,
        line: match extended {
            true => say::story_keys_extended_line(),
            false => say::story_keys_line(),
        },
        lane: LaneItem::Both {
            label: say::story_lane_keys(),
        },
        blocks: vec![
            paragraph(match extended {
                true => say::story_keys_extended_p1(),
                false => say::story_keys_p1(),
            }),
            paragraph(say::story_keys_p2(moment.client(), moment.server())),
            paragraph(say::story_keys_p3()),
        ],
        truth: as_on_the_wire(None, &sections),
    }
}

pub(super) fn client_finished(moment: &Moment<'_>) -> Words {
    let mut blocks = vec![
        paragraph(say::story_client_finished_p1()),
        paragraph(say::story_client_finished_p2()),
    ];
    blocks.extend(checks(moment));
    blocks.push(Block::Note(say::story_client_finished_note()));
    Words {
        title: say::story_client_finished_title(moment.client()),
        speaker: Client,
        line: say::story_client_finished_line(),
        lane: moment.arrow(Client),
        blocks,
        truth: as_on_the_wire(None, &[(5246, "7.1"), (5246, "7.4.9"), (9846, "4.5.3")]),
    }
}

pub(super) fn server_finished(moment: &Moment<'_>) -> Words {
    let mut blocks = vec![paragraph(say::story_server_finished_p1(moment.server()))];
    blocks.extend(checks(moment));
    blocks.push(Block::Note(match moment.run.is_ephemeral() {
        true => say::story_server_finished_ecdhe_note(),
        false => say::story_server_finished_rsa_note(moment.client()),
    }));
    Words {
        title: say::story_server_finished_title(moment.server()),
        speaker: Server,
        line: say::story_server_finished_line(),
        lane: moment.arrow(Server),
        blocks,
        truth: as_on_the_wire(
            Some(say::story_server_finished_truth()),
            &[(5246, "7.1"), (5246, "7.4.9"), (9846, "E.4")],
        ),
    }
}

pub(super) fn checks(moment: &Moment<'_>) -> Option<Block> {
    let rows = moment.check_rows();
    (!rows.is_empty()).then_some(Block::Checks(rows))
}

pub(super) fn sample(moment: &Moment<'_>) -> Words {
    let records = moment.sent_records();
    let scheme = records
        .filter_map(|(_, record)| record.protection.as_ref())
        .next();
    let (p1, section) = match scheme.map(|protection| protection.scheme) {
        Some(ProtectionScheme::MacThenEncrypt) => (say::story_sample_cbc_p1(), (5246, "6.2.3.2")),
        Some(ProtectionScheme::EncryptThenMac) => (say::story_sample_etm_p1(), (7366, "3")),
        #[cfg(feature = "tls13")]
        Some(ProtectionScheme::AeadInner) => {
            (say::story_sample_aead_p1(moment.client()), (9846, "5.3"))
        }
        _ => (
            say::story_sample_aead_p1(moment.client()),
            (5246, "6.2.3.3"),
        ),
    };
    let mut blocks: Vec<Block> = quote(moment).into_iter().collect();
    #[cfg(feature = "tls13")]
    if moment.run.refuses_early_data() {
        blocks.push(paragraph(say::story_sample_again(moment.server())));
    }
    blocks.push(paragraph(p1));
    let size = moment.size(Client);
    let text = moment.data().map_or(0, |(_, bytes)| bytes.len());
    blocks.push(paragraph(say::story_sample_p2(
        size.saturating_sub(text),
        size,
    )));
    Words {
        title: say::story_sample_title(),
        speaker: Client,
        line: say::story_sample_line(),
        lane: moment.arrow(Client),
        blocks,
        truth: as_on_the_wire(None, &[section, (9846, "5.2")]),
    }
}

pub(super) fn answer(moment: &Moment<'_>) -> Words {
    let mut blocks: Vec<Block> = quote(moment).into_iter().collect();
    blocks.push(paragraph(say::story_answer_p1(
        moment.client(),
        moment.server(),
    )));
    blocks.push(paragraph(say::story_answer_p2()));
    Words {
        title: say::story_answer_title(moment.server()),
        speaker: Server,
        line: say::story_answer_line(),
        lane: moment.arrow(Server),
        blocks,
        truth: as_on_the_wire(None, moment.later(&[(5246, "10"), (9846, "5.2")])),
    }
}

pub(super) fn quote(moment: &Moment<'_>) -> Option<Block> {
    moment.data().map(|(from, bytes)| Block::Quote {
        from,
        text: String::from_utf8_lossy(bytes).into_owned(),
    })
}

pub(super) fn close(moment: &Moment<'_>) -> Words {
    let party = moment.run.first_closer().unwrap_or(Client);
    Words {
        title: say::story_close_title(moment.noun(party)),
        speaker: party,
        line: say::story_close_line(),
        lane: moment.arrow(party),
        blocks: vec![
            paragraph(say::story_close_p1()),
            paragraph(say::story_close_p2()),
        ],
        truth: as_on_the_wire(None, moment.later(&[(5246, "7.2.1"), (9846, "6.1")])),
    }
}

pub(super) fn closed(moment: &Moment<'_>) -> Words {
    let party = moment.run.first_closer().map_or(Server, Party::peer);
    Words {
        title: say::story_close_title(moment.noun(party)),
        speaker: party,
        line: say::story_closed_line(),
        lane: moment.arrow(party),
        blocks: vec![
            paragraph(say::story_closed_p1(moment.noun(party))),
            paragraph(say::story_closed_p2()),
        ],
        truth: as_on_the_wire(None, moment.later(&[(5246, "7.2.1"), (9846, "6.1")])),
    }
}

pub(super) fn refused(moment: &Moment<'_>) -> Words {
    let refusal = moment.run.refusal();
    let party = refusal.map_or(Client, |(party, _)| party);
    let (who, other) = (moment.noun(party), moment.noun(party.peer()));
    let alert = refusal
        .map(|(_, alert)| alert.description)
        .unwrap_or_default();
    let cause = refusal
        .and_then(|(_, alert)| alert.cause.as_ref())
        .map(|cause| &cause.kind);
    let (name, number) = (alert.to_string(), alert.0.to_string());
    let meaning = alerts::meaning(alert);
    #[cfg(feature = "tls13")]
    let p2 = match moment.run.is_tls13() {
        _ if moment.run.has_data() => say::story_refused_data(other.clone()),
        true => say::story_refused13_p2(other.clone()),
        false => say::story_refused_p2(other.clone()),
    };
    #[cfg(not(feature = "tls13"))]
    let p2 = say::story_refused_p2(other.clone());
    let mut blocks = vec![
        paragraph(say::story_refused_p1(&name, meaning, number, who.clone())),
        paragraph(p2),
    ];
    #[cfg(feature = "tls13")]
    {
        let rows = moment.check_rows();
        if !rows.is_empty() {
            blocks.insert(1, Block::Checks(rows));
        }
        blocks.extend(meddled::found_out(moment, cause).map(Block::Note));
    }
    let failure = match cause {
        Some(ErrorKind::Certificate(failure)) => Some(*failure),
        _ => None,
    };
    if failure == Some(padlock_pki::verify::Failure::NameMismatch) {
        blocks.push(Block::Note(say::story_refused_name_note(&name)));
    }
    if cause == Some(&ErrorKind::NoCertificate) && !moment.run.is_tls13() {
        blocks.push(Block::Note(say::story_refused_missing_note(other)));
    }
    if failure.is_some() && party == Client && moment.run.cast.setting == Setting::Shop {
        blocks.push(Block::Note(say::story_refused_proceed_note()));
    }
    Words {
        title: say::story_refused_title(who),
        speaker: party,
        line: say::story_refused_line(moment.why()),
        lane: moment.arrow(party),
        blocks,
        truth: as_on_the_wire(None, moment.later(&[(5246, "7.2.2"), (9846, "6.2")])),
    }
}
