//! What a peer may do often, and how often.

use padlock_pki::random::Random;
use padlock_tls::Status;
use padlock_tls::client::Client;
use padlock_tls::codes::{AlertDescription as Alert, ContentType, HandshakeType, ProtocolVersion};
use padlock_tls::config::Preferences;
use padlock_tls::observer::{Observer, Secret, Sighting, SightingKind};
use padlock_tls::report::Reporter;
use padlock_tls::server::Server;
use padlock_tls::trace::{Direction, Event, EventKind, MessageKind, Party};
use padlock_tls::value::Epoch;

use crate::misbehaviour::flight::{self, Flight, protected, setting};
use crate::pair::{Pair, configs};

/// The KeyUpdates that were sent: whether each asks for one.
fn sent(events: Vec<Event>) -> Vec<bool> {
    let update = MessageKind::Handshake(HandshakeType::KEY_UPDATE);
    let asks = |event: Event| match event.kind {
        EventKind::Message(message)
            if message.direction == Direction::Sent && message.kind == update =>
        {
            Some(message.bytes.ends_with(&[1]))
        }
        _ => None,
    };
    events.into_iter().filter_map(asks).collect()
}

#[test]
fn key_updates_without_data_between_come_to_an_end() {
    for (data, last) in [(false, Some(33)), (true, None)] {
        let (client, server) = configs();
        let mut pair = Pair::connected(client, server);
        let failed = (1..=100).find(|_| {
            pair.client.update_keys(false).unwrap();
            if data {
                pair.client.send(b"x").unwrap();
            }
            let outcome = pair.server.receive(&pair.client.output());
            let alert = outcome.err().and_then(|error| error.alert());
            assert!(alert.is_none_or(|alert| alert == Alert::UNEXPECTED_MESSAGE));
            alert.is_some()
        });
        assert_eq!(failed, last);
    }
}

#[test]
fn requests_for_new_keys_are_answered_together() {
    let (client, server) = setting();
    let mut pair = Pair::connected(client, server);
    let flight = Flight::new(&pair.client.take_events(), Party::Client);
    let mut secret = flight.secret(Epoch::Application(0));
    // A client that does not wait for the answer.
    let mut ask = |pair: &mut Pair| {
        let mut sender = flight::sender(&secret, Party::Client);
        let record = protected(&mut sender, ContentType::HANDSHAKE, &[24, 0, 0, 1, 1]);
        secret = secret
            .next(&mut Reporter::new(Party::Client, false))
            .unwrap();
        pair.server.receive(&record).unwrap();
    };
    drop(pair.server.take_events());
    for _ in 0..5 {
        ask(&mut pair);
    }
    assert_eq!(sent(pair.server.take_events()), [false]);
    // Data goes out with newer keys than those of the last request.
    pair.server.send(b"data").unwrap();
    ask(&mut pair);
    assert_eq!(sent(pair.server.take_events()), [false]);
    // So does what is sent later.
    let output = pair.server.output();
    pair.client.receive(&output).unwrap();
    assert_eq!(pair.client.received(), b"data");
    ask(&mut pair);
    assert_eq!(sent(pair.server.take_events()), [false]);
    pair.client.receive(&pair.server.output()).unwrap();
}

#[test]
fn who_asked_for_new_keys_waits_for_them_before_it_asks_again() {
    let (client, server) = configs();
    let mut pair = Pair::connected(client, server);
    for ask in [false, true, true, false, true] {
        pair.client.update_keys(ask).unwrap();
    }
    let asked = sent(pair.client.take_events());
    assert_eq!(asked, [false, true, false, false, false]);
    pair.carry();
    pair.client.update_keys(true).unwrap();
    assert_eq!(sent(pair.client.take_events()), [true]);
    pair.carry();
    pair.exchange(100);
}

#[test]
fn a_change_cipher_spec_that_means_nothing_is_dropped_a_few_times() {
    let (client, server) = configs();
    let mut client = Client::new(client.into(), Random::new([1; 32])).unwrap();
    let mut server = Server::new(server.into(), Random::new([2; 32]));
    server.receive(&client.output()).unwrap();
    let failed = (1..=100).find_map(|time| {
        let error = server.receive(&[20, 3, 3, 0, 1, 1]).err()?;
        Some((time, error.alert()))
    });
    assert_eq!(failed, Some((5, Some(Alert::UNEXPECTED_MESSAGE))));
}

/// RFC 9846 §5: from the first ClientHello on.
#[test]
fn a_change_cipher_spec_may_come_before_the_answer_to_an_offer_of_tls13() {
    for (versions, expected) in [
        (vec![ProtocolVersion::TLS_1_3], None),
        (
            vec![ProtocolVersion::TLS_1_3, ProtocolVersion::TLS_1_2],
            None,
        ),
        (
            vec![ProtocolVersion::TLS_1_2],
            Some(Alert::UNEXPECTED_MESSAGE),
        ),
    ] {
        let (mut client, server) = configs();
        client.preferences = Preferences::modern();
        client.preferences.versions = versions;
        let mut client = Client::new(client.into(), Random::new([1; 32])).unwrap();
        let hello = client.output();
        let change = [20, 3, 3, 0, 1, 1];
        let outcome = client.receive(&change);
        assert_eq!(flight::alert(outcome), expected);
        if expected.is_none() {
            let mut server = Server::new(server.into(), Random::new([2; 32]));
            server.receive(&hello).unwrap();
            let answer = server.output();
            client.receive(&answer).unwrap();
            server.receive(&client.output()).unwrap();
            assert_eq!(server.status(), &Status::Connected);
            // Whoever reads the wire reads on, too.
            let mut observer = Observer::new(Secret::Nothing);
            let mut seen = observer.observe(Party::Client, &hello);
            seen.extend(observer.observe(Party::Server, &[&change[..], &answer].concat()));
            let is_fault = |one: &Sighting| matches!(one.kind, SightingKind::Fault(_));
            assert!(!seen.iter().any(is_fault), "{seen:?}");
            assert!(seen.len() > 5);
        }
    }
}
