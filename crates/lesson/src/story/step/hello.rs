//! Who speaks what, and who is who: the hellos and the check of the server's certificate.

use padlock_tls::messages::Body;
use padlock_tls::suite::{Cipher, KeyExchange, Suite};
use padlock_tls::trace::Party::{Client, Server};
use padlock_tls::trace::{CheckKind, MessageKind};
#[cfg(feature = "tls13")]
use padlock_tls::value::ValueName;

use super::{Words, as_on_the_wire, inside, paragraph, truth};
use crate::lesson::{Block, TruthKind};
use crate::story::Moment;
use crate::story::computed::{cipher_name, mac_name};
use crate::text::{Text, say};
use padlock_tls::codes::HandshakeType;

pub(super) fn client(moment: &Moment<'_>) -> Words {
    let hello = moment
        .sent_messages()
        .find_map(|(_, message)| match moment.run.decoded(message) {
            Some(Body::ClientHello(hello)) => Some(hello),
            _ => None,
        });
    let suites = hello
        .map(|hello| hello.cipher_suites.len())
        .unwrap_or_default();
    Words {
        title: say::story_client_hello_title(moment.client()),
        speaker: Client,
        line: say::story_client_hello_line(suites, moment.name()),
        lane: moment.arrow(Client),
        blocks: vec![
            paragraph(say::story_client_hello_p1(moment.client())),
            paragraph(say::story_client_hello_p2()),
            Block::Note(say::story_client_hello_note(moment.name())),
        ],
        truth: as_on_the_wire(
            Some(say::story_client_hello_truth()),
            &[(5246, "7.4.1.2"), (6066, "3"), (9846, "4.2.2")],
        ),
    }
}

pub(super) fn server(moment: &Moment<'_>) -> Words {
    let asks = moment.sent_messages().any(|(_, message)| {
        message.kind == MessageKind::Handshake(HandshakeType::CERTIFICATE_REQUEST)
    });
    let ephemeral = moment.run.is_ephemeral();
    #[cfg(feature = "tls13")]
    let random = moment.run.value(ValueName::Random(Server));
    let mut blocks = vec![paragraph(say::story_server_hello_p1())];
    blocks.extend(
        moment
            .run
            .suite()
            .map(|suite| paragraph(suite_words(suite))),
    );
    #[cfg(feature = "tls13")]
    if random.is_some_and(|random| random.ends_with(b"DOWNGRD\x01")) {
        blocks.push(paragraph(say::story_server_hello_sign(moment.server())));
    }
    blocks.push(paragraph(say::story_server_hello_p2(moment.server())));
    // In the order of the wire: RFC 5246 §7.3.
    if ephemeral {
        blocks.push(paragraph(say::story_server_hello_ecdhe(moment.server())));
    }
    if asks {
        blocks.push(paragraph(say::story_server_hello_asking()));
    }
    blocks.push(paragraph(match ephemeral {
        true => say::story_server_hello_done(),
        false => say::story_server_hello_rsa(),
    }));
    let mut sections = vec![(5246, "7.4.1.3"), (5246, "7.4.2")];
    if ephemeral {
        sections.push((8422, "5.4"));
    }
    if asks {
        sections.push((5246, "7.4.4"));
    }
    sections.push((9846, "4.2.3"));
    Words {
        title: say::story_server_hello_title(moment.server()),
        speaker: Server,
        line: match asks {
            true => say::story_server_hello_line_asking(),
            false => say::story_server_hello_line(),
        },
        lane: moment.arrow(Server),
        blocks,
        truth: as_on_the_wire(Some(say::story_server_hello_truth()), &sections),
    }
}

/// What the name of a suite says.
fn suite_words(suite: Suite) -> Text {
    let exchange = match suite.key_exchange {
        KeyExchange::Rsa => say::story_suite_rsa(),
        KeyExchange::EcdheRsa => say::story_suite_ecdhe_rsa(),
        KeyExchange::EcdheEcdsa => say::story_suite_ecdhe_ecdsa(),
    };
    let name = cipher_name(suite.cipher);
    let cipher = match (suite.cipher, mac_name(suite.cipher)) {
        (Cipher::Cbc { .. }, Some(mac)) => say::story_suite_cbc(name, mac),
        _ => say::story_suite_aead(name),
    };
    let hash = suite.hash.name();
    say::story_server_hello_suite(cipher, exchange, hash, suite.code.to_string())
}

pub(super) fn check(moment: &Moment<'_>) -> Words {
    let (mut rows, accepted) = moment.verdict(Server).unwrap_or_default();
    rows.extend(moment.check_rows());
    let signed = moment.checks().all(|(_, check)| check.passed);
    let passed = accepted && signed;
    let subject = moment
        .run
        .certified_name(Server)
        .unwrap_or_else(|| moment.name().to_owned());
    let mut blocks = vec![
        paragraph(say::story_check_p1(moment.client(), subject)),
        Block::Checks(rows),
    ];
    if passed {
        let root = &moment.run.cast.client_trusts;
        blocks.push(paragraph(say::story_check_roots(root)));
        blocks.push(paragraph(say::story_check_p2()));
    } else {
        #[cfg(feature = "tls13")]
        if accepted && !moment.run.cast.changed.is_empty() {
            blocks.push(paragraph(say::story_check_unproved_p1(
                moment.client(),
                moment.server(),
            )));
        }
        blocks.push(paragraph(say::story_check_failed_p2(moment.client())));
    }
    blocks.extend(moment.card(Server));
    let modern = moment.run.is_tls13();
    let mut sections = vec![(5280, "6"), (9525, "6")];
    if !modern {
        sections.push((5246, "7.4.2"));
    }
    #[cfg(feature = "tls13")]
    if passed && modern {
        blocks.push(Block::Note(say::story_check13_proof_note(moment.client())));
    }
    if passed && !modern {
        let signature = |kind| matches!(kind, CheckKind::KeyExchangeSignature(_));
        blocks.push(Block::Note(
            match moment.checks().any(|(_, check)| signature(check.kind)) {
                true => say::story_check_ecdhe_note(moment.client()),
                false => say::story_check_rsa_note(),
            },
        ));
    }
    sections.push((9846, "4.5.1"));
    Words {
        title: match passed {
            #[cfg(feature = "tls13")]
            true if modern => say::story_check13_title(moment.client(), moment.server()),
            true => say::story_check_title(moment.client()),
            #[cfg(feature = "tls13")]
            false if accepted => say::story_check_unproved_title(moment.client(), moment.server()),
            false => say::story_check_failed_title(moment.client()),
        },
        speaker: Client,
        line: match passed {
            #[cfg(feature = "tls13")]
            true if modern => say::story_check13_line(moment.name()),
            true => say::story_check_line(moment.name()),
            #[cfg(feature = "tls13")]
            false if accepted => say::story_check_unproved_line(),
            false => say::story_check_failed_line(moment.why()),
        },
        lane: match passed {
            true => inside(Client, say::story_lane_check(), false),
            #[cfg(feature = "tls13")]
            false if accepted => inside(Client, say::story_lane_unproved(), true),
            false => inside(Client, say::story_lane_check_failed(), true),
        },
        blocks,
        truth: truth(
            TruthKind::Simplified,
            Some(match moment.asks_of_revocation() {
                true => say::story_check_revocation_truth(),
                false => say::story_check_truth(),
            }),
            &sections,
        ),
    }
}
