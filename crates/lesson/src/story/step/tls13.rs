//! The words of the steps of TLS 1.3.

mod hello;
mod proof;

use padlock_tls::codes::NamedGroup;
use padlock_tls::trace::Party::{Client, Server};
use padlock_tls::value::{Epoch, Point, ValueName};

use super::{Words, as_on_the_wire, finish, paragraph};
use padlock_wire::hex;

use crate::lesson::{Block, LaneItem};
use crate::story::Moment;
use crate::story::tls13::Part;
use crate::text::say;

/// The hello of a client that speaks TLS 1.3, whatever is spoken in the end.
pub(super) fn client_hello(moment: &Moment<'_>) -> Words {
    hello::client(moment)
}

pub(super) fn words(moment: &Moment<'_>, part: Part) -> Words {
    match part {
        Part::ClientHello => hello::client(moment),
        Part::RetryRequest => hello::retry(moment),
        Part::SecondHello => hello::again(moment),
        Part::EarlyData => hello::early(moment),
        Part::ServerHello => hello::server(moment),
        Part::HandshakeKeys => handshake_keys(moment),
        Part::Extensions => hello::extensions(moment),
        Part::Certificate => proof::certificate(moment),
        Part::ServerProof => proof::server(moment),
        Part::ServerFinished => proof::server_finished(moment),
        Part::Check => proof::check(moment),
        Part::MainKeys => main_keys(moment),
        Part::ClientCertificate => proof::client_certificate(moment),
        Part::ClientProof => proof::client(moment),
        Part::ClientFinished => proof::client_finished(moment),
        Part::Caller => proof::caller(moment),
        Part::Ticket => ticket(moment),
        Part::Sample => finish::sample(moment),
        Part::Answer => finish::answer(moment),
        Part::Close => finish::close(moment),
        Part::Closed => finish::closed(moment),
        Part::Refused => finish::refused(moment),
    }
}

fn handshake_keys(moment: &Moment<'_>) -> Words {
    let agreement = moment.run.agreement();
    let group = agreement.and_then(|agreement| agreement.group);
    let length = |name| moment.run.value(name).map_or(0, <[u8]>::len);
    let hybrid = moment.run.hybrid();
    let mut blocks = match (group, hybrid) {
        (_, Some(hybrid)) => {
            let curve = NamedGroup::of_curve(hybrid).to_string();
            let [first, _] = hybrid.ordered("ML-KEM".to_owned(), curve.clone());
            vec![
                paragraph(say::story_handshake_keys_hybrid(
                    length(ValueName::SharedSecret),
                    length(ValueName::CurveSecret),
                    first,
                    curve.clone(),
                    length(ValueName::MlKemSecret),
                )),
                Block::Detail {
                    title: say::story_handshake_keys_quantum_title(),
                    text: say::story_handshake_keys_quantum(curve),
                },
            ]
        }
        (Some(group), None) => vec![paragraph(say::story_handshake_keys_p1(
            group.to_string(),
            length(ValueName::SharedSecret),
            start(moment, ValueName::SharedSecret),
        ))],
        (None, None) => vec![paragraph(say::story_handshake_keys_psk_alone())],
    };
    let key = ValueName::TrafficKey(Server, Epoch::Handshake);
    let iv = ValueName::TrafficIv(Server, Epoch::Handshake);
    let nonce = |number| nonce(moment.run.value(iv).unwrap_or_default(), number);
    blocks.extend([
        paragraph(say::story_handshake_keys_p2()),
        paragraph(say::story_handshake_keys_p3(
            length(iv),
            length(key),
            moment.server(),
            start(moment, key),
        )),
        Block::Detail {
            title: say::story_handshake_keys_iv_title(),
            text: say::story_handshake_keys_iv(nonce(0), nonce(1), moment.server()),
        },
        paragraph(match moment.run.psk() {
            Some(_) if group.is_none() => say::story_handshake_keys_psk_alone_ladder(),
            Some(_) if moment.run.is_external() => say::story_handshake_keys_external(),
            Some(_) => say::story_handshake_keys_psk(),
            None => say::story_handshake_keys_none(),
        }),
    ]);
    if group.is_none() {
        blocks.push(Block::Note(say::story_handshake_keys_psk_alone_note()));
    }
    // Only where certificates are shown.
    if hybrid.is_some() && moment.run.psk().is_none() {
        blocks.push(Block::Note(say::story_handshake_keys_hybrid_note(
            moment.server(),
        )));
    }
    Words {
        title: say::story_handshake_keys_title(),
        speaker: Client,
        line: match group {
            Some(_) if hybrid.is_some() => say::story_handshake_keys_line_hybrid(),
            Some(_) => say::story_handshake_keys_line(),
            None => say::story_handshake_keys_line_psk_alone(),
        },
        lane: LaneItem::Both {
            label: say::story_lane_handshake_keys(),
        },
        blocks,
        truth: as_on_the_wire(
            Some(say::story_handshake_keys_truth()),
            &[(9846, "7.1"), (9846, "7.3"), (9846, "7.4.2")],
        ),
    }
}

fn main_keys(moment: &Moment<'_>) -> Words {
    let epoch = Epoch::Application(0);
    let key = |party| ValueName::TrafficKey(party, epoch);
    let length = |name| moment.run.value(name).map_or(0, <[u8]>::len);
    Words {
        title: say::story_main_keys_title(),
        speaker: Client,
        line: say::story_main_keys_line(),
        lane: LaneItem::Both {
            label: say::story_lane_main_keys(),
        },
        blocks: vec![
            paragraph(say::story_main_keys_p1(
                length(ValueName::TrafficIv(Client, epoch)),
                length(key(Client)),
                length(ValueName::MainSecret),
            )),
            paragraph(say::story_main_keys_p2(
                moment.client(),
                start(moment, key(Client)),
                start(moment, ValueName::TranscriptHashTo(Point::Finished(Server))),
                moment.server(),
                start(moment, key(Server)),
            )),
            paragraph(say::story_main_keys_p3()),
        ],
        truth: as_on_the_wire(None, &[(9846, "7.1"), (9846, "7.3")]),
    }
}

fn ticket(moment: &Moment<'_>) -> Words {
    Words {
        title: say::story_ticket_title(moment.server()),
        speaker: Server,
        line: say::story_ticket_line(),
        lane: moment.arrow(Server),
        blocks: vec![
            paragraph(say::story_ticket_p1(moment.server())),
            paragraph(say::story_ticket_p2()),
        ],
        truth: as_on_the_wire(None, &[(9846, "4.7.1"), (9846, "2.2")]),
    }
}

/// How a value begins, in hexadecimal.
fn start(moment: &Moment<'_>, name: ValueName) -> String {
    let value = moment.run.value(name).unwrap_or_default();
    let begin = hex::encode(value.get(..4).unwrap_or(value));
    format!("{begin}…")
}

/// The nonce of a direction's record of this number, from 0 (RFC 9846 §5.3); the number is small.
fn nonce(iv: &[u8], number: u8) -> String {
    let mut nonce = iv.to_vec();
    if let Some(last) = nonce.last_mut() {
        *last ^= number;
    }
    hex::encode(&nonce)
}

/// The checks of a step, if there are any.
fn checks(moment: &Moment<'_>) -> Option<Block> {
    let rows = moment.check_rows();
    (!rows.is_empty()).then_some(Block::Checks(rows))
}
