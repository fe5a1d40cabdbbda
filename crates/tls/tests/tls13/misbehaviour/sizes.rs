//! Records that carry more than their receiver wants (RFC 8449 §4).

use std::sync::Arc;

use padlock_pki::random::Random;
use padlock_tls::Status;
use padlock_tls::client::Client;
use padlock_tls::codes::{AlertDescription as Alert, ContentType};
use padlock_tls::server::Server;
use padlock_tls::trace::Party;
use padlock_tls::value::Epoch;

use super::flight::{Flight, alert, protected, record, setting};
use crate::pair::Pair;
use crate::resumption::{tickets, with_tickets};

const LIMITS: [u16; 4] = [64, 200, 1000, 16_384];

type Way = fn(&[Vec<u8>], usize) -> Vec<Vec<u8>>;

/// Ways to put a flight into records: each message into its own, all into one, as much into each as
/// may be, and a byte more.
const WAYS: [Way; 4] = [
    |messages, _| messages.to_vec(),
    |messages, _| vec![messages.concat()],
    |messages, limit| cut(messages, limit - 1),
    |messages, limit| cut(messages, limit),
];

fn cut(messages: &[Vec<u8>], length: usize) -> Vec<Vec<u8>> {
    let bytes = messages.concat();
    bytes.chunks(length).map(<[u8]>::to_vec).collect()
}

/// A client and a server that want no more than so much, and what the client has heard.
fn parties(limit: u16) -> (Client, Server, Vec<u8>) {
    let (mut client, mut server) = setting();
    client.tls13.record_size_limit = Some(limit);
    server.tls13.record_size_limit = Some(limit);
    let mut client = Client::new(Arc::new(client), Random::new([1; 32])).unwrap();
    let mut server = Server::new(Arc::new(server), Random::new([2; 32]));
    server.receive(&client.output()).unwrap();
    let heard = server.output();
    (client, server, heard)
}

/// The alert of whoever is told this flight of the handshake in each of these ways, by `receive`:
/// record_overflow if what is encrypted of a record, with the byte that tells its type, is longer
/// than the limit, else none.
fn check(
    prepare: impl Fn(u16) -> (Flight, usize),
    tell: impl Fn(u16, Vec<Vec<u8>>) -> Option<Alert>,
) {
    let mut refused = 0;
    for limit in LIMITS {
        for way in WAYS {
            let (flight, first) = prepare(limit);
            let records = way(&flight.messages[first..], usize::from(limit));
            let longest = records.iter().map(|content| content.len() + 1).max();
            let expected = (longest > Some(usize::from(limit))).then_some(Alert::RECORD_OVERFLOW);
            let mut sender = flight.sender(Epoch::Handshake);
            let seal = |content: Vec<u8>| protected(&mut sender, ContentType::HANDSHAKE, &content);
            let records = records.into_iter().map(seal).collect();
            assert_eq!(tell(limit, records), expected, "{limit}: {longest:?}");
            refused += usize::from(expected.is_some());
        }
    }
    assert!((6..12).contains(&refused), "{refused} of 16");
}

#[test]
fn a_server_is_told_no_more_than_it_wants_at_once() {
    let prepare = |limit| {
        let (mut client, _, heard) = parties(limit);
        client.receive(&heard).unwrap();
        (Flight::new(&client.take_events(), Party::Client), 1)
    };
    check(prepare, |limit, records| {
        let (_, mut server, _) = parties(limit);
        let outcome = records.iter().try_for_each(|one| server.receive(one));
        assert_eq!(outcome.is_ok(), *server.status() == Status::Connected);
        alert(outcome)
    });
}

/// A client learns only from the first message behind ServerHello that the server knows its limit;
/// what that message came in must have kept to it.
#[test]
fn a_client_is_told_no_more_than_it_wants_at_once() {
    let prepare = |limit| {
        let (_, mut server, _) = parties(limit);
        (Flight::new(&server.take_events(), Party::Server), 1)
    };
    check(prepare, |limit, records| {
        let (mut client, mut server, _) = parties(limit);
        let flight = Flight::new(&server.take_events(), Party::Server);
        client.receive(&record(&flight.messages[0])).unwrap();
        let outcome = records.iter().try_for_each(|one| client.receive(one));
        assert_eq!(outcome.is_ok(), *client.status() == Status::Connected);
        alert(outcome)
    });
}

/// When a client sends early data it does not know yet what the server wants.
#[test]
fn early_data_knows_no_limit() {
    let (mut client, mut server) = with_tickets();
    client.tls13.psks = tickets(&client, &server);
    client.tls13.early_data = vec![1; 1000];
    client.tls13.record_size_limit = Some(16_385);
    server.tls13.record_size_limit = Some(64);
    let mut pair = Pair::connected(client, server);
    assert!(pair.agreement().psk.unwrap().early_data);
    assert_eq!(pair.server.early_data(), [1; 1000]);
    pair.converse(1000);
}
