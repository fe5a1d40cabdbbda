//! What a peer may do often, and how often.

use padlock_tls::codes::{AlertDescription as Alert, HandshakeType};
use padlock_tls::trace::{Direction, EventKind, MessageKind};

use crate::pair::{Pair, configs};

/// How many KeyUpdates the server sent.
fn sent(pair: &mut Pair) -> usize {
    let events = pair.server.take_events().into_iter();
    let update = MessageKind::Handshake(HandshakeType::KEY_UPDATE);
    events
        .filter(|event| {
            matches!(&event.kind, EventKind::Message(message)
                if message.direction == Direction::Sent && message.kind == update)
        })
        .count()
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
    let (client, server) = configs();
    let mut pair = Pair::connected(client, server);
    let ask = |pair: &mut Pair| {
        pair.client.update_keys(true).unwrap();
        pair.server.receive(&pair.client.output()).unwrap();
    };
    sent(&mut pair);
    for _ in 0..5 {
        ask(&mut pair);
    }
    assert_eq!(sent(&mut pair), 1);
    // Data goes out with newer keys than those of the last request.
    pair.server.send(b"data").unwrap();
    ask(&mut pair);
    assert_eq!(sent(&mut pair), 1);
    // So does what is sent later.
    let output = pair.server.output();
    pair.client.receive(&output).unwrap();
    assert_eq!(pair.client.received(), b"data");
    ask(&mut pair);
    assert_eq!(sent(&mut pair), 1);
    pair.carry();
    pair.exchange(100);
}

#[test]
fn a_change_cipher_spec_that_means_nothing_is_dropped_a_few_times() {
    let (client, server) = configs();
    let client =
        padlock_tls::client::Client::new(client.into(), padlock_pki::random::Random::new([1; 32]));
    let mut server =
        padlock_tls::server::Server::new(server.into(), padlock_pki::random::Random::new([2; 32]));
    server.receive(&client.unwrap().output()).unwrap();
    let failed = (1..=100).find_map(|time| {
        let error = server.receive(&[20, 3, 3, 0, 1, 1]).err()?;
        Some((time, error.alert()))
    });
    assert_eq!(failed, Some((5, Some(Alert::UNEXPECTED_MESSAGE))));
}
