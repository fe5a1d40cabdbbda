//! Certificates of clients that are asked for after the handshake (RFC 9846 §4.7.2).

use padlock_pki::demo::KeyChoice;
use padlock_tls::codes::{AlertDescription as Alert, ContentType, ExtensionType, HandshakeType};
use padlock_tls::config::{ClientAuthentication, ClientConfig, ServerConfig};
use padlock_tls::error::ErrorKind;
use padlock_tls::messages::tls13::{Certificate, CertificateRequest};
use padlock_tls::messages::{Extension, ExtensionBody, Handshake};
use padlock_tls::psk::PreSharedKey;
use padlock_tls::trace::{CheckKind, Direction, EventKind, MessageKind, Party};
use padlock_tls::value::{Epoch, ValueName};
use padlock_wire::Structure;

use crate::certificates::{authority, hr};
use crate::misbehaviour::flight::{Flight, protected};
use crate::pair::{Pair, configs};

pub(crate) fn setting(required: bool) -> (ClientConfig, ServerConfig) {
    let (mut client, mut server) = configs();
    client.identities = vec![hr(KeyChoice::P256)];
    client.tls13.post_handshake_auth = true;
    server.tls13.post_handshake_auth = true;
    let anchors = vec![authority().root().to_vec()];
    server.client_authentication = Some(ClientAuthentication::new(anchors, required));
    (client, server)
}

#[test]
fn a_client_shows_its_certificate_when_it_is_asked() {
    for required in [true, false] {
        let (client, mut server) = setting(required);
        server.tls13.ticket_key = Some([1; 32]);
        server.tls13.tickets = 2;
        let chain = client.identities[0].chain.clone();
        let mut pair = Pair::connected(client, server);
        assert!(pair.server.client_certificates().is_empty());
        for round in 0..3 {
            pair.exchange(100);
            drop(pair.client.take_events());
            pair.server.request_certificate().unwrap();
            // Data may come before the answer.
            pair.server.send(b"first").unwrap();
            pair.carry();
            assert_eq!(pair.client.received(), b"first");
            assert_eq!(pair.outcome, (Ok(()), Ok(())));
            assert_eq!(pair.server.client_certificates(), chain);
            let events = pair.client.take_events();
            let sent = events.iter().filter_map(|event| match &event.kind {
                EventKind::Message(message) if message.direction == Direction::Sent => {
                    Some(message.kind)
                }
                _ => None,
            });
            let expected = [
                HandshakeType::CERTIFICATE,
                HandshakeType::CERTIFICATE_VERIFY,
                HandshakeType::FINISHED,
            ];
            assert!(sent.eq(expected.map(MessageKind::Handshake)));
            // Finished is made with the keys of the moment.
            let key = ValueName::FinishedKey(Party::Client, Epoch::Application(round));
            let made = events.iter().any(|event| match &event.kind {
                EventKind::Value(value) => value.name == key,
                _ => false,
            });
            assert!(made, "round {round}");
            let checked = pair.server.take_events().into_iter().any(|event| {
                let EventKind::Check(check) = event.kind else {
                    return false;
                };
                matches!(check.kind, CheckKind::CertificateVerifySignature(_)) && check.passed
            });
            assert!(checked);
            pair.client.update_keys(true).unwrap();
            pair.carry();
        }
        pair.converse(1000);
    }
}

/// By the time of then, not by that at which the connection began.
#[test]
fn a_late_certificate_is_judged_when_it_comes() {
    const YEAR: i64 = 366 * 24 * 60 * 60;
    for (later, alert) in [
        (0, None),
        (24 * 60 * 60, None),
        (10 * YEAR, Some(Alert::CERTIFICATE_EXPIRED)),
    ] {
        let (client, server) = setting(true);
        let begun = server.now;
        let mut pair = Pair::connected(client, server);
        pair.server.set_now(begun.plus(later));
        pair.server.request_certificate().unwrap();
        pair.carry();
        let found = pair.outcome.1.err().map(|error| error.alert().unwrap());
        assert_eq!(found, alert, "{later}");
    }
}

#[test]
fn a_client_may_have_none() {
    for required in [true, false] {
        let (mut client, server) = setting(required);
        client.identities.clear();
        let mut pair = Pair::connected(client, server);
        pair.server.request_certificate().unwrap();
        pair.carry();
        if required {
            let error = pair.outcome.1.as_ref().unwrap_err();
            assert_eq!(error.kind, ErrorKind::CertificateRequired);
            assert_eq!(error.alert(), Some(Alert::CERTIFICATE_REQUIRED));
        } else {
            assert!(pair.server.client_certificates().is_empty());
            // It may be asked again.
            pair.server.request_certificate().unwrap();
            pair.carry();
            pair.converse(10);
        }
    }
}

/// A server asks only those that have offered it, and one thing at a time.
#[test]
fn a_server_asks_whom_it_may() {
    let (mut client, server) = setting(true);
    client.tls13.post_handshake_auth = false;
    // It is asked in the handshake instead.
    let mut pair = Pair::connected(client, server);
    assert!(!pair.server.client_certificates().is_empty());
    let missing = ErrorKind::Missing(ExtensionType::POST_HANDSHAKE_AUTH);
    assert_eq!(pair.server.request_certificate().unwrap_err().kind, missing);

    let (mut client, mut server) = setting(false);
    let psk = PreSharedKey::external(b"fridge".to_vec(), vec![7; 32]);
    client.tls13.psks = vec![psk.clone()];
    server.tls13.psks = vec![psk];
    let mut pair = Pair::connected(client, server);
    assert_eq!(pair.server.request_certificate().unwrap_err().kind, missing);

    let (client, server) = setting(true);
    let mut pair = Pair::connected(client, server);
    pair.server.request_certificate().unwrap();
    let error = pair.server.request_certificate().unwrap_err();
    assert!(matches!(error.kind, ErrorKind::Internal(_)));
    pair.carry();
    assert!(!pair.server.client_certificates().is_empty());
    pair.server.close();
    let error = pair.server.request_certificate().unwrap_err();
    assert_eq!(error.kind, ErrorKind::NotConnected);
}

fn request() -> CertificateRequest {
    CertificateRequest {
        certificate_request_context: vec![1, 2, 3],
        extensions: vec![Extension::new(
            ExtensionType::SIGNATURE_ALGORITHMS,
            ExtensionBody::SignatureSchemes(configs().0.preferences.schemes),
        )],
    }
}

#[test]
fn a_client_is_asked_within_limits() {
    for (offers, strip, times, alert) in [
        (true, false, 16, None),
        (true, false, 17, Some(Alert::UNEXPECTED_MESSAGE)),
        (false, false, 1, Some(Alert::UNEXPECTED_MESSAGE)),
        (true, true, 1, Some(Alert::MISSING_EXTENSION)),
    ] {
        let (mut client, mut server) = setting(false);
        client.tls13.post_handshake_auth = offers;
        server.client_authentication = None;
        let mut pair = Pair::connected(client, server);
        let events = pair.server.take_events();
        let mut sender = Flight::new(&events, Party::Server).sender(Epoch::Application(0));
        let mut request = request();
        if strip {
            request.extensions.clear();
        }
        let message = Handshake::new(request).encode().unwrap().bytes;
        let mut outcome = Ok(());
        for _ in 0..times {
            assert_eq!(outcome, Ok(()));
            let record = protected(&mut sender, ContentType::HANDSHAKE, &message);
            outcome = pair.client.receive(&record);
        }
        let found = outcome.err().map(|error| error.alert().unwrap());
        assert_eq!(found, alert, "{times} times");
    }
}

/// What is no answer to the request, and what comes in the middle of one.
#[test]
fn what_is_wrong_in_an_answer_is_told() {
    for (case, alert) in [
        ("unasked", Alert::UNEXPECTED_MESSAGE),
        ("another context", Alert::ILLEGAL_PARAMETER),
        ("data in between", Alert::UNEXPECTED_MESSAGE),
        ("a key update in between", Alert::UNEXPECTED_MESSAGE),
        ("no proof", Alert::UNEXPECTED_MESSAGE),
    ] {
        let (client, server) = setting(false);
        let chain = client.identities[0].chain.clone();
        let mut pair = Pair::connected(client, server);
        let events = pair.client.take_events();
        let mut sender = Flight::new(&events, Party::Client).sender(Epoch::Application(0));
        let mut context = Vec::new();
        if case != "unasked" {
            drop(pair.server.take_events());
            pair.server.request_certificate().unwrap();
            for event in pair.server.take_events() {
                if let EventKind::Message(message) = event.kind {
                    // Type and length, then the context and its length.
                    context = message.bytes[5..5 + usize::from(message.bytes[4])].to_vec();
                }
            }
            assert_eq!(context.len(), 16);
        }
        if case == "another context" {
            context[0] ^= 1;
        }
        let message = Certificate::of(&chain, context);
        let message = Handshake::new(message).encode().unwrap().bytes;
        let mut wire = protected(&mut sender, ContentType::HANDSHAKE, &message);
        let next: Option<(ContentType, &[u8])> = match case {
            "data in between" => Some((ContentType::APPLICATION_DATA, b"data")),
            "a key update in between" => Some((ContentType::HANDSHAKE, &[24, 0, 0, 1, 0])),
            "no proof" => Some((ContentType::HANDSHAKE, &[20, 0, 0, 1, 0])),
            _ => None,
        };
        if let Some((content_type, content)) = next {
            wire.extend(protected(&mut sender, content_type, content));
        }
        let error = pair.server.receive(&wire).unwrap_err();
        assert_eq!(error.alert(), Some(alert), "{case}: {error}");
    }
}

/// The client's answer, message by message, with a byte of one of them changed.
#[test]
fn a_wrong_proof_is_refused() {
    const CERTIFICATE_VERIFY: usize = 1;
    const FINISHED: usize = 2;
    // Behind type and length of the message stands the algorithm.
    let algorithm = |_: &[u8]| 4;
    let last = |message: &[u8]| message.len() - 1;
    type Change = (usize, fn(&[u8]) -> usize);
    let cases: [(Option<Change>, Option<Alert>); 4] = [
        (None, None),
        (
            Some((CERTIFICATE_VERIFY, algorithm)),
            Some(Alert::ILLEGAL_PARAMETER),
        ),
        (Some((CERTIFICATE_VERIFY, last)), Some(Alert::DECRYPT_ERROR)),
        (Some((FINISHED, last)), Some(Alert::DECRYPT_ERROR)),
    ];
    for required in [true, false] {
        for (change, alert) in cases {
            let (client, server) = setting(required);
            let chain = client.identities[0].chain.clone();
            let mut pair = Pair::connected(client, server);
            let events = pair.client.take_events();
            let mut sender = Flight::new(&events, Party::Client).sender(Epoch::Application(0));
            pair.server.request_certificate().unwrap();
            pair.client.receive(&pair.server.output()).unwrap();
            let mut answer = Flight::new(&pair.client.take_events(), Party::Client).messages;
            if let Some((index, place)) = change {
                let place = place(&answer[index]);
                answer[index][place] ^= 1;
            }
            let kinds = answer.iter().map(|message| HandshakeType(message[0]));
            assert!(kinds.eq([
                HandshakeType::CERTIFICATE,
                HandshakeType::CERTIFICATE_VERIFY,
                HandshakeType::FINISHED,
            ]));
            let wire = protected(&mut sender, ContentType::HANDSHAKE, &answer.concat());
            let outcome = pair.server.receive(&wire);
            let found = outcome.err().map(|error| error.alert().unwrap());
            assert_eq!(found, alert, "{change:?}");
            // Nobody is taken for the one whose certificate was shown and not proved.
            let accepted = pair.server.client_certificates();
            assert_eq!(accepted == chain, alert.is_none(), "{change:?}");
            assert_eq!(accepted.is_empty(), alert.is_some(), "{change:?}");
        }
    }
}
