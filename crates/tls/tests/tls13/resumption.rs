//! Pre-shared keys: tickets, keys given to both sides, early data.

use std::sync::Arc;

use padlock_pki::random::Random;
use padlock_pki::time::UnixSeconds;
use padlock_tls::client::Client;
use padlock_tls::codes::{
    AlertDescription, CipherSuite, ExtensionType, HandshakeType, NamedGroup, PskKeyExchangeMode,
};
use padlock_tls::config::{ClientConfig, ServerConfig};
use padlock_tls::error::{ErrorKind, IllegalParameter};
use padlock_tls::messages::Body;
use padlock_tls::psk::{PreSharedKey, ReplayGuard, Session};
use padlock_tls::record::Fault;
use padlock_tls::server::Server;
use padlock_tls::suite::Suite13;
use padlock_tls::trace::{EventKind, MessageKind, Party};

use crate::misbehaviour::flight::{Flight, alert, decode, encode, record};
use crate::pair::{Pair, configs};

pub(crate) fn with_tickets() -> (ClientConfig, ServerConfig) {
    let (client, mut server) = configs();
    server.tls13.ticket_key = Some([7; 32]);
    server.tls13.tickets = 2;
    server.tls13.max_early_data = 1000;
    (client, server)
}

/// The tickets of a connection.
#[track_caller]
pub(crate) fn tickets(client: &ClientConfig, server: &ServerConfig) -> Vec<PreSharedKey> {
    let mut pair = Pair::connected(client.clone(), server.clone());
    let tickets = pair.client.take_tickets();
    assert_eq!(tickets.len(), server.tls13.tickets);
    tickets
}

#[test]
fn a_session_is_resumed_with_each_suite_mode_and_group() {
    for suite in Suite13::ALL {
        for (mode, group) in [
            (PskKeyExchangeMode::PSK_DHE_KE, None),
            (PskKeyExchangeMode::PSK_DHE_KE, Some(NamedGroup::SECP384R1)),
            (PskKeyExchangeMode::PSK_KE, None),
        ] {
            let (mut client, mut server) = with_tickets();
            client.preferences.suites = vec![suite.code];
            let tickets = tickets(&client, &server);
            client.tls13.psks = tickets;
            client.tls13.psk_modes = vec![mode];
            // A group of which the client sends no key leads to a second ClientHello.
            server.preferences.groups.splice(.., group);
            if group.is_none() {
                server.preferences.groups = client.preferences.groups.clone();
            }
            let pair = Pair::connected(client, server);
            let psk = pair.client.agreement().unwrap().psk.unwrap();
            assert!(psk.resumption && !psk.early_data);
            assert_eq!(psk.mode, mode);
            pair.converse(100);
        }
    }
}

#[test]
fn whoever_resumes_is_asked_for_the_cookie_too() {
    for mode in [PskKeyExchangeMode::PSK_DHE_KE, PskKeyExchangeMode::PSK_KE] {
        let (mut client, mut server) = with_tickets();
        client.tls13.psks = tickets(&client, &server);
        client.tls13.psk_modes = vec![mode];
        server.tls13.cookie = true;
        let mut pair = Pair::connected(client, server);
        assert_eq!(pair.client.agreement().unwrap().psk.unwrap().mode, mode);
        let hellos = pair.server.take_events().into_iter().filter(|event| {
            matches!(&event.kind, EventKind::Message(message)
                if message.kind == MessageKind::Handshake(HandshakeType::CLIENT_HELLO))
        });
        assert_eq!(hellos.count(), 2);
    }
}

/// RFC 9846 §4.3.11.
#[test]
fn a_key_share_that_the_mode_requires_is_missed() {
    let psk = PreSharedKey::external(b"fridge".to_vec(), vec![9; 32]);
    let (mut client, mut server) = configs();
    client.tls13.psks = vec![psk.clone()];
    server.tls13.psks = vec![psk];
    let mut client = Client::new(client.into(), Random::new([1; 32])).unwrap();
    let mut server = Server::new(server.into(), Random::new([2; 32]));
    server.receive(&client.output()).unwrap();
    let flight = Flight::new(&server.take_events(), Party::Server);
    let Body::ServerHello(mut hello) = decode(&flight.messages[0]) else {
        panic!("not a ServerHello");
    };
    let extensions = hello.extensions.as_mut().unwrap();
    extensions.retain(|one| one.kind != ExtensionType::KEY_SHARE);
    assert_eq!(extensions.len(), 2);
    let found = alert(client.receive(&record(&encode(hello))));
    assert_eq!(found, Some(AlertDescription::ILLEGAL_PARAMETER));
}

#[test]
fn a_resumed_session_can_be_resumed() {
    let (mut client, server) = with_tickets();
    for _ in 0..3 {
        client.tls13.psks = tickets(&client, &server);
    }
    let pair = Pair::connected(client, server);
    assert!(pair.server.agreement().unwrap().psk.is_some());
}

/// Each ticket is good for what is left of the two hours since certificates were shown, whoever keeps
/// it for how long (RFC 9846 §4.7.1).
#[test]
fn a_session_does_not_renew_itself() {
    let (mut client, mut server) = with_tickets();
    let begun = server.now;
    for (later, resumed, left) in [
        (0, false, 7200),
        (3000, true, 4200),
        (6000, true, 1200),
        (7199, true, 1),
        (7200, true, 0),
        (7201, false, 7200),
        (7301, true, 7100),
    ] {
        (client.now, server.now) = (begun.plus(later), begun.plus(later));
        let mut pair = Pair::connected(client.clone(), server.clone());
        assert_eq!(pair.agreement().psk.is_some(), resumed, "{later}");
        let mut tickets = pair.client.take_tickets();
        for ticket in &mut tickets {
            let session = ticket.session.as_mut().unwrap();
            assert_eq!(session.lifetime, left);
            session.lifetime = Session::LONGEST;
        }
        assert_eq!(tickets.len(), if left > 0 { 2 } else { 0 });
        if left > 0 {
            client.tls13.psks = tickets;
        }
    }
}

/// Many connections share one configuration, and some last: what counts is when a ticket is given.
#[test]
fn the_age_of_a_ticket_counts_from_when_it_came() {
    const DAY: i64 = 24 * 60 * 60;
    let (mut client, server) = with_tickets();
    let server = Arc::new(server);
    let play = |client: &ClientConfig, begin: i64, end: i64| {
        let (begin, end) = (server.now.plus(begin), server.now.plus(end));
        let client = ClientConfig {
            now: begin,
            ..client.clone()
        };
        let mut pair = Pair {
            client: Client::new(Arc::new(client), Random::new([1; 32])).unwrap(),
            server: Server::new(Arc::clone(&server), Random::new([2; 32])),
            outcome: (Ok(()), Ok(())),
        };
        pair.server.set_now(begin);
        pair.server.receive(&pair.client.output()).unwrap();
        pair.client.receive(&pair.server.output()).unwrap();
        pair.client.set_now(end);
        pair.server.set_now(end);
        pair.carry();
        assert_eq!(pair.outcome, (Ok(()), Ok(())));
        pair
    };
    client.tls13.early_data = b"GET / HTTP/1.0".to_vec();
    let mut first = play(&client, DAY, DAY + 10_000);
    client.tls13.psks = first.client.take_tickets();
    // Longer after the connection began than a ticket is good.
    for (then, resumed) in [(DAY + 17_000, true), (DAY + 17_300, false)] {
        let mut pair = play(&client, then, then);
        assert_eq!(pair.agreement().psk.is_some(), resumed);
        // The server has to believe the age that the client tells.
        let expected = if resumed { &b"GET / HTTP/1.0"[..] } else { b"" };
        assert_eq!(pair.server.early_data(), expected);
    }
}

#[test]
fn a_ticket_that_is_no_good_is_passed_over() {
    let (mut client, mut server) = with_tickets();
    client.tls13.psks = tickets(&client, &server);
    server.tls13.ticket_key = Some([8; 32]);
    let pair = Pair::connected(client.clone(), server.clone());
    assert_eq!(pair.client.agreement().unwrap().psk, None);
    // The client does not even offer one that is too old.
    server.tls13.ticket_key = Some([7; 32]);
    client.now.0 += 8000;
    let pair = Pair::connected(client, server);
    assert_eq!(pair.client.agreement().unwrap().psk, None);
}

#[test]
fn a_key_is_given_to_both_sides() {
    let psk = PreSharedKey::external(b"fridge".to_vec(), vec![9; 32]);
    for mode in [PskKeyExchangeMode::PSK_DHE_KE, PskKeyExchangeMode::PSK_KE] {
        let (mut client, mut server) = configs();
        client.tls13.psks = vec![psk.clone()];
        client.tls13.psk_modes = vec![mode];
        server.tls13.psks = vec![psk.clone()];
        let pair = Pair::connected(client.clone(), server.clone());
        let found = pair.client.agreement().unwrap().psk.unwrap();
        assert!(!found.resumption);
        assert_eq!(found.mode, mode);
        pair.converse(10);
        // Another key of the same name: the binder is wrong.
        server.tls13.psks[0].key[0] ^= 1;
        let error = Pair::new(client, server).outcome.1.unwrap_err();
        assert_eq!(error.alert(), Some(AlertDescription::DECRYPT_ERROR));
    }
}

#[test]
fn early_data_is_taken_or_refused() {
    let (mut client, server) = with_tickets();
    client.tls13.psks = tickets(&client, &server);
    client.tls13.early_data = b"GET / HTTP/1.0".to_vec();
    for (taken, change) in [
        (true, (|_| {}) as fn(&mut ServerConfig)),
        (false, |server| server.tls13.max_early_data = 0),
        (false, |server| server.tls13.cookie = true),
        (false, |server| {
            server.preferences.groups = vec![NamedGroup::SECP256R1];
        }),
        (false, |server| server.tls13.ticket_key = Some([8; 32])),
        (false, |server| server.now.0 += 60),
    ] {
        let mut server = server.clone();
        change(&mut server);
        let mut pair = Pair::connected(client.clone(), server);
        let found = pair.client.agreement().unwrap().psk;
        assert_eq!(found.is_some_and(|psk| psk.early_data), taken);
        let expected = if taken { &b"GET / HTTP/1.0"[..] } else { b"" };
        assert_eq!(pair.server.early_data(), expected);
        pair.converse(10);
    }
}

/// What somebody may have recorded is told from what only this client can have sent (RFC 9846 §8),
/// though all of it comes at once.
#[test]
fn early_data_is_kept_apart() {
    let (mut client, server) = with_tickets();
    client.tls13.psks = tickets(&client, &server);
    client.tls13.early_data = b"early".to_vec();
    let mut client = Client::new(Arc::new(client), Random::new([1; 32])).unwrap();
    let mut server = Server::new(Arc::new(server), Random::new([2; 32]));
    let flight = client.output();
    // ClientHello, without which there is no answer, and what follows it.
    let length = 5 + usize::from(u16::from_be_bytes([flight[3], flight[4]]));
    let (hello, early) = flight.split_at(length);
    server.receive(hello).unwrap();
    client.receive(&server.output()).unwrap();
    client.send(b"later").unwrap();
    let rest = [early, &client.output()].concat();
    server.receive(&rest).unwrap();
    assert_eq!(server.received(), b"later");
    assert_eq!(server.early_data(), b"early");
    assert_eq!(server.early_data(), b"");
}

/// RFC 9846 §4.3.10: with the suite and the application protocol of the session, or not at all.
#[test]
fn early_data_is_for_what_it_was_written_for() {
    for change in [
        (|session| session.protocol = Some(b"h3".to_vec())) as fn(&mut Session),
        |session| session.suite = CipherSuite::TLS_CHACHA20_POLY1305_SHA256,
    ] {
        let (mut client, server) = with_tickets();
        client.tls13.psks = tickets(&client, &server);
        client.tls13.early_data = b"GET / HTTP/1.0".to_vec();
        // So the server takes what the client had meant for another.
        change(client.tls13.psks[0].session.as_mut().unwrap());
        let error = Pair::new(client, server).outcome.0.unwrap_err();
        let expected = IllegalParameter::Extension(ExtensionType::EARLY_DATA);
        assert_eq!(error, expected.into());
    }
}

/// With a pre-shared key no certificate says who the server is.
#[test]
fn a_ticket_is_shown_to_the_server_that_gave_it() {
    let (mut client, server) = with_tickets();
    client.tls13.psks = tickets(&client, &server);
    let resumed = |client: &ClientConfig| {
        let pair = Pair::new(client.clone(), server.clone());
        pair.client.agreement().unwrap().psk.is_some()
    };
    assert!(resumed(&client));
    client.server_name = "www.shop.example".to_owned();
    assert!(!resumed(&client));
}

#[test]
fn a_careful_server_takes_early_data_once() {
    for (guard, taken_again) in [(None, true), (Some(ReplayGuard::new(10)), false)] {
        let (mut client, mut server) = with_tickets();
        server.tls13.replay_guard = guard;
        client.tls13.psks = tickets(&client, &server);
        client.tls13.early_data = b"pay".to_vec();
        // The same bytes again, as somebody sends them who recorded them.
        let mut recorded = Client::new(Arc::new(client), Random::new([4; 32])).unwrap();
        let recorded = recorded.output();
        for (place, taken) in [true, taken_again, taken_again].into_iter().enumerate() {
            let random = Random::new([u8::try_from(place).unwrap(); 32]);
            let mut server = Server::new(Arc::new(server.clone()), random);
            server.receive(&recorded).unwrap();
            let expected = if taken { &b"pay"[..] } else { b"" };
            assert_eq!(server.early_data(), expected);
            assert_eq!(server.agreement().unwrap().psk.unwrap().early_data, taken);
        }
    }
    // What it has forgotten is too old; and when it is full, it takes none.
    let guard = ReplayGuard::new(1);
    let now = |seconds| UnixSeconds(seconds);
    assert!(guard.is_new(b"one", now(0)));
    assert!(!guard.is_new(b"two", now(0)));
    assert!(guard.is_new(b"two", now(100)));
}

/// A server takes as much early data as the ticket says, or none (RFC 9846 §4.3.10): what it is set
/// to now changes nothing in what it has promised.
#[test]
fn early_data_has_the_limit_that_the_ticket_tells() {
    for (sent, now, taken) in [
        (1000, 1000, true),
        (1000, 999, false),
        (1000, 2000, true),
        (10, 999, false),
    ] {
        let (mut client, mut server) = with_tickets();
        client.tls13.psks = tickets(&client, &server);
        client.tls13.early_data = vec![1; sent];
        server.tls13.max_early_data = now;
        let mut pair = Pair::connected(client, server);
        assert_eq!(pair.agreement().psk.unwrap().early_data, taken);
        assert_eq!(pair.server.early_data().len(), if taken { sent } else { 0 });
        pair.converse(10);
    }
    // A client that sends more than it may.
    for now in [1000, 2000] {
        let (mut client, mut server) = with_tickets();
        client.tls13.psks = tickets(&client, &server);
        let session = client.tls13.psks[0].session.as_mut().unwrap();
        session.max_early_data += 1;
        client.tls13.early_data = vec![1; 1001];
        server.tls13.max_early_data = now;
        let error = Pair::new(client, server).outcome.1.unwrap_err();
        assert_eq!(error.alert(), Some(AlertDescription::UNEXPECTED_MESSAGE));
    }
    // Ours sends none then.
    let (mut client, server) = with_tickets();
    client.tls13.psks = tickets(&client, &server);
    client.tls13.early_data = vec![1; 1001];
    let pair = Pair::connected(client, server);
    assert!(!pair.agreement().psk.unwrap().early_data);
}

/// Records of early data are as long as any protected ones (RFC 9846 §4.3.10, §5.2), and a second
/// `ClientHello` changes nothing in how many of them are passed over.
#[test]
fn much_early_data_is_passed_over() {
    for length in [16_383, 16_384, 40_000, 100_000] {
        let (mut client, mut server) = with_tickets();
        server.tls13.max_early_data = 100_000;
        client.tls13.psks = tickets(&client, &server);
        client.tls13.early_data = vec![b'x'; length];
        for group in [NamedGroup::X25519, NamedGroup::SECP256R1] {
            server.preferences.groups = vec![group];
            // Another lifetime: early data is not taken even without a second ClientHello.
            server.now.0 += 60;
            let mut pair = Pair::connected(client.clone(), server.clone());
            assert!(!pair.agreement().psk.unwrap().early_data, "{length}");
            assert_eq!(pair.server.early_data(), b"");
            pair.converse(10);
        }
    }
    // It has its bound, which is what its ticket said, if the server can read that.
    let (mut client, mut server) = with_tickets();
    server.tls13.max_early_data = 1 << 20;
    client.tls13.psks = tickets(&client, &server);
    client.tls13.early_data = vec![b'x'; 100_000];
    server.tls13.max_early_data = 1000;
    for group in [NamedGroup::X25519, NamedGroup::SECP256R1] {
        server.preferences.groups = vec![group];
        server.tls13.ticket_key = Some([7; 32]);
        Pair::connected(client.clone(), server.clone()).converse(10);
        server.tls13.ticket_key = Some([8; 32]);
        let error = Pair::new(client.clone(), server.clone()).outcome.1;
        let error = error.unwrap_err();
        assert_eq!(error.kind, ErrorKind::Record(Fault::EarlyDataOverflow));
    }
}
