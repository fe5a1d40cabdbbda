//! Sessions of TLS 1.2 that are resumed, by ID and by ticket.

#![expect(
    clippy::unwrap_used,
    reason = "a test stops at what it does not expect"
)]

#[path = "support/certificates.rs"]
mod certificates;
#[path = "tls13/pair.rs"]
mod pair;

use std::sync::Arc;

use padlock_pki::demo::KeyChoice;
use padlock_pki::random::Random;
use padlock_tls::client::Client;
use padlock_tls::codes::{
    AlertDescription as Alert, CipherSuite, ExtensionType, HandshakeType, ProtocolVersion,
};
use padlock_tls::config::{ClientAuthentication, ClientConfig, ServerConfig};
use padlock_tls::error::{Error, ErrorKind, IllegalParameter};
use padlock_tls::knowledge::Knowledge;
use padlock_tls::messages::{Body, Extension, ExtensionBody, Form, Handshake, ServerHello};
use padlock_tls::observer::{Observer, Secret, SightingKind};
use padlock_tls::resumption::{Session, SessionCache};
use padlock_tls::schedule::MasterSecret;
use padlock_tls::server::Server;
use padlock_tls::suite::Suite;
use padlock_tls::trace::{Direction, Event, EventKind, MessageKind, Party, Resumed};
use padlock_tls::value::ValueName;
use padlock_wire::Structure;

use certificates::{authority, hr, shop};
use pair::{Pair, configs, sightings};

/// Both, in TLS 1.2: a server that gives tickets or, if not, remembers sessions.
fn setting(how: Resumed) -> (ClientConfig, ServerConfig) {
    let (mut client, mut server) = configs();
    for preferences in [&mut client.preferences, &mut server.preferences] {
        preferences.versions = vec![ProtocolVersion::TLS_1_2];
    }
    server.identities = vec![shop(KeyChoice::P256), shop(KeyChoice::Rsa)];
    server.tls13.ticket_key = Some([7; 32]);
    server.tls13.tickets = 1;
    server.tls13.sessions = Some(SessionCache::new(10));
    client.tls13.session_tickets = how == Resumed::Ticket;
    (client, server)
}

const BOTH: [Resumed; 2] = [Resumed::SessionId, Resumed::Ticket];

/// A first connection, and what the client has of it.
#[track_caller]
fn begin(client: &ClientConfig, server: &ServerConfig) -> Session {
    let pair = Pair::connected(client.clone(), server.clone());
    assert_eq!(pair.agreement().resumed, None);
    pair.client.session().unwrap().clone()
}

/// A second one.
fn resume(client: ClientConfig, server: ServerConfig, session: Session) -> Pair {
    let client = Client::resuming(Arc::new(client), session, Random::new([3; 32])).unwrap();
    let server = Server::new(Arc::new(server), Random::new([4; 32]));
    let mut pair = Pair {
        client,
        server,
        outcome: (Ok(()), Ok(())),
    };
    pair.carry();
    pair
}

fn sent(events: &[Event]) -> Vec<MessageKind> {
    let kind = |event: &Event| match &event.kind {
        EventKind::Message(message) if message.direction == Direction::Sent => Some(message.kind),
        _ => None,
    };
    events.iter().filter_map(kind).collect()
}

#[test]
fn every_suite_is_resumed_by_id_and_by_ticket() {
    const CHANGE: MessageKind = MessageKind::ChangeCipherSpec;
    const FINISHED: MessageKind = MessageKind::Handshake(HandshakeType::FINISHED);
    for how in BOTH {
        for suite in Suite::ALL {
            let (mut client, server) = setting(how);
            client.preferences.suites = vec![suite.code];
            let session = begin(&client, &server);
            assert_eq!(session.ticket.is_empty(), how == Resumed::SessionId);
            assert_eq!(session.id.is_empty(), how == Resumed::Ticket);
            // What is resumed can be resumed again.
            for _ in 0..2 {
                let mut pair = resume(client.clone(), server.clone(), session.clone());
                assert_eq!(pair.outcome, (Ok(()), Ok(())));
                assert_eq!(pair.agreement().resumed, Some(how));
                assert_eq!(pair.client.agreement(), pair.server.agreement());
                assert_eq!(pair.client.session(), Some(&session));
                let hello = MessageKind::Handshake(HandshakeType::CLIENT_HELLO);
                let client = sent(&pair.client.take_events());
                assert_eq!(client, [hello, CHANGE, FINISHED]);
                let hello = MessageKind::Handshake(HandshakeType::SERVER_HELLO);
                let server = sent(&pair.server.take_events());
                assert_eq!(server, [hello, CHANGE, FINISHED]);
                pair.converse(10_000);
            }
        }
    }
}

#[test]
fn what_does_not_fit_begins_anew() {
    for how in BOTH {
        for case in [
            "late",
            "another name",
            "another suite",
            "another server",
            "changed",
            "no longer spoken",
        ] {
            let (mut client, mut server) = setting(how);
            let mut session = begin(&client, &server);
            match case {
                "late" => server.now.0 += 2 * 60 * 60 + 1,
                "another name" => {
                    client.server_name = "www.shop.example".to_owned();
                    session.server_name.clone_from(&client.server_name);
                }
                "another suite" => {
                    client
                        .preferences
                        .suites
                        .retain(|code| *code != session.suite);
                    session.suite = client.preferences.suites[0];
                }
                "another server" => {
                    server.tls13.ticket_key = Some([8; 32]);
                    server.tls13.sessions = Some(SessionCache::new(10));
                }
                "changed" => {
                    let part = match how {
                        Resumed::Ticket => &mut session.ticket,
                        Resumed::SessionId => &mut session.id,
                    };
                    *part.last_mut().unwrap() ^= 1;
                }
                _ => server
                    .preferences
                    .suites
                    .retain(|code| *code != session.suite),
            }
            let mut pair = resume(client, server, session.clone());
            let (ours, theirs) = &pair.outcome;
            assert_eq!((ours, theirs), (&Ok(()), &Ok(())), "{case}, {how:?}");
            assert_eq!(pair.agreement().resumed, None, "{case}");
            assert_ne!(pair.client.session(), Some(&session), "{case}");
            // The secret of a session that is not resumed is none of this connection's.
            let told = [pair.client.take_events(), pair.server.take_events()].concat();
            let is_old = |event: &Event| match &event.kind {
                EventKind::Value(value) => value.output == session.master.as_bytes(),
                _ => false,
            };
            assert!(!told.iter().any(is_old), "{case}, {how:?}");
        }
    }
}

/// The client does not even offer what cannot be.
#[test]
fn a_client_offers_only_what_is_still_good() {
    for how in BOTH {
        for case in ["old", "of another server"] {
            let (mut client, server) = setting(how);
            let session = begin(&client, &server);
            match case {
                "old" => client.now.0 += i64::from(Session::LONGEST) + 1,
                _ => client.server_name = "other.example".to_owned(),
            }
            let config = Arc::new(client);
            let mut client = Client::resuming(config, session, Random::new([1; 32])).unwrap();
            let record = client.output();
            let Body::ClientHello(hello) = decode(&record[5..]) else {
                panic!("a ClientHello is sent");
            };
            assert!(hello.session_id.is_empty(), "{case}");
        }
    }
}

fn decode(message: &[u8]) -> Body {
    let decoded = Handshake::expecting(Form::Open).decode_into(message);
    decoded.value.unwrap().body
}

/// RFC 7627 §5.3, all four cases at the server.
#[test]
fn a_server_resumes_only_with_the_same_sort_of_master_secret() {
    for how in BOTH {
        for (before, now) in [(true, true), (true, false), (false, true), (false, false)] {
            let (mut client, server) = setting(how);
            client.preferences.extended_master_secret = before;
            let session = begin(&client, &server);
            assert_eq!(session.extended_master_secret, before);
            // A client of ours offers only what it should; another one may do otherwise.
            let ours = Client::resuming(Arc::new(client), session, Random::new([3; 32]));
            let Body::ClientHello(mut hello) = decode(&ours.unwrap().output()[5..]) else {
                panic!("a ClientHello is sent");
            };
            let kind = ExtensionType::EXTENDED_MASTER_SECRET;
            let extensions = hello.extensions.get_or_insert_default();
            extensions.retain(|extension| extension.kind != kind);
            if now {
                extensions.push(Extension::new(kind, ExtensionBody::Empty));
            }
            let mut server = Server::new(Arc::new(server), Random::new([4; 32]));
            let outcome = server.receive(&record(Handshake::new(hello)));
            if (before, now) == (true, false) {
                let error = outcome.unwrap_err();
                assert_eq!(error.kind, ErrorKind::ExtendedMasterSecret);
                assert_eq!(error.alert(), Some(Alert::HANDSHAKE_FAILURE));
                continue;
            }
            outcome.unwrap();
            let resumed = server.agreement().unwrap().resumed;
            assert_eq!(resumed.is_some(), before == now);
        }
    }
}

/// The same at the client: who extends the master secret goes on only from what was extended.
#[test]
fn a_client_offers_sessions_of_its_own_sort() {
    for how in BOTH {
        for (before, now) in [(true, true), (true, false), (false, true), (false, false)] {
            let (mut client, server) = setting(how);
            client.preferences.extended_master_secret = before;
            let session = begin(&client, &server);
            client.preferences.extended_master_secret = now;
            let pair = resume(client, server, session);
            assert_eq!(pair.outcome, (Ok(()), Ok(())));
            assert_eq!(pair.agreement().resumed.is_some(), before == now);
        }
    }
}

fn record(message: Handshake) -> Vec<u8> {
    let message = message.encode().unwrap().bytes;
    let length = u16::try_from(message.len()).unwrap().to_be_bytes();
    [&[22, 3, 3], &length[..], &message].concat()
}

/// What a server answers that resumes, changed; and what the client says to it.
fn changed(how: Resumed, extended: bool, change: impl FnOnce(&mut ServerHello)) -> Error {
    let (mut client, server) = setting(how);
    client.preferences.extended_master_secret = extended;
    let session = begin(&client, &server);
    let config = Arc::new(client);
    let mut client = Client::resuming(config, session, Random::new([3; 32])).unwrap();
    let mut server = Server::new(Arc::new(server), Random::new([4; 32]));
    server.receive(&client.output()).unwrap();
    let output = server.output();
    let length = usize::from(u16::from_be_bytes([output[3], output[4]]));
    let Body::ServerHello(mut hello) = decode(&output[5..5 + length]) else {
        panic!("a ServerHello is sent");
    };
    change(&mut hello);
    let outcome = client.receive(&record(Handshake::new(hello)));
    assert!(client.session().is_none());
    outcome.unwrap_err()
}

/// RFC 7627 §5.3 at the client, and the cipher suite (RFC 5246 §7.4.1.3).
#[test]
fn a_client_refuses_a_session_of_another_sort() {
    let kind = ExtensionType::EXTENDED_MASTER_SECRET;
    for how in BOTH {
        let error = changed(how, true, |hello| {
            let extensions = hello.extensions.as_mut().unwrap();
            extensions.retain(|extension| extension.kind != kind);
        });
        assert_eq!(error.kind, ErrorKind::ExtendedMasterSecret);
        assert_eq!(error.alert(), Some(Alert::HANDSHAKE_FAILURE));
        let error = changed(how, true, |hello| {
            hello.cipher_suite = CipherSuite::TLS_RSA_WITH_AES_128_CBC_SHA;
        });
        assert_eq!(error, IllegalParameter::ResumedSuite.into());
        assert_eq!(error.alert(), Some(Alert::ILLEGAL_PARAMETER));
    }
}

/// RFC 5246 §7.2.1: it is no longer required that a session is not resumed then.
#[test]
fn a_session_outlives_a_connection_that_was_cut() {
    let (client, server) = setting(Resumed::SessionId);
    let session = begin(&client, &server);
    let cache = server.tls13.sessions.clone().unwrap();
    let mut pair = resume(client, server, session.clone());
    let cut = pair.server.receive_end().unwrap_err();
    assert_eq!(cut.kind, ErrorKind::Truncated);
    assert_eq!(pair.client.receive_end().unwrap_err().kind, cut.kind);
    assert_eq!(cache.len(), 1);
    assert_eq!(pair.client.session(), Some(&session));
}

#[test]
fn a_session_goes_with_a_failed_connection() {
    let (client, server) = setting(Resumed::SessionId);
    let session = begin(&client, &server);
    let cache = server.tls13.sessions.clone().unwrap();
    assert_eq!(cache.len(), 1);
    let mut pair = resume(client, server, session);
    assert_eq!(pair.agreement().resumed, Some(Resumed::SessionId));
    let error = pair
        .server
        .receive(&[23, 3, 3, 0, 24].repeat(8))
        .unwrap_err();
    assert!(error.alert().is_some());
    assert!(cache.is_empty());
}

#[test]
fn a_server_remembers_so_many_and_no_more() {
    let (mut client, mut server) = setting(Resumed::SessionId);
    server.tls13.sessions = Some(SessionCache::new(2));
    let sessions: Vec<_> = (0..3)
        .map(|seed| {
            (server.now.0, client.now.0) = (server.now.0 + 1, client.now.0 + 1);
            let server = Server::new(Arc::new(server.clone()), Random::new([seed; 32]));
            let client = Client::new(Arc::new(client.clone()), Random::new([1; 32])).unwrap();
            let mut pair = Pair {
                client,
                server,
                outcome: (Ok(()), Ok(())),
            };
            pair.carry();
            pair.client.session().unwrap().clone()
        })
        .collect();
    assert_eq!(server.tls13.sessions.as_ref().unwrap().len(), 2);
    let resumed = sessions.into_iter().map(|session| {
        let pair = resume(client.clone(), server.clone(), session);
        pair.agreement().resumed.is_some()
    });
    // The second goes when the first, which begins anew, is remembered again.
    assert_eq!(resumed.collect::<Vec<_>>(), [false, false, true]);
}

/// Certificates of clients are part of a session, and are judged again.
#[test]
fn a_session_is_no_way_around_a_certificate() {
    for how in BOTH {
        let (mut client, mut server) = setting(how);
        let anonymous = begin(&client, &server);
        server.client_authentication = Some(ClientAuthentication::new(
            vec![authority().root().to_vec()],
            true,
        ));
        client.identities = vec![hr(KeyChoice::P256)];
        let pair = resume(client.clone(), server.clone(), anonymous);
        assert_eq!(pair.outcome, (Ok(()), Ok(())));
        assert_eq!(pair.agreement().resumed, None);

        let session = begin(&client, &server);
        let pair = resume(client.clone(), server.clone(), session.clone());
        assert_eq!(pair.agreement().resumed, Some(how));
        assert_eq!(
            pair.server.client_certificates(),
            client.identities[0].chain
        );

        let others = ClientAuthentication::new(Vec::new(), true);
        server.client_authentication = Some(others);
        let pair = resume(client, server, session);
        assert!(pair.outcome.1.is_err(), "nobody vouches for it any more");
    }
}

/// Whoever speaks both versions offers a session of the older in one `ClientHello`.
#[test]
fn a_session_of_the_older_version_is_offered_along_with_the_newer() {
    for how in BOTH {
        let (mut client, mut server) = setting(how);
        client
            .preferences
            .versions
            .insert(0, ProtocolVersion::TLS_1_3);
        let session = begin(&client, &server);
        let pair = resume(client.clone(), server.clone(), session.clone());
        assert_eq!(pair.agreement().resumed, Some(how));
        pair.converse(10);
        server
            .preferences
            .versions
            .insert(0, ProtocolVersion::TLS_1_3);
        let pair = resume(client, server, session);
        assert_eq!(pair.agreement().version, ProtocolVersion::TLS_1_3);
        assert_eq!(pair.agreement().resumed, None);
        pair.converse(10);
    }
}

/// With the key of the tickets a thief has the master secret, and with it all that was said; with the
/// server's certified key nothing.
#[test]
fn a_stolen_ticket_key_opens_the_session() {
    let certified = ValueName::CertifiedPrivateKey(Party::Server);
    for (how, stolen, opens) in [
        (Resumed::Ticket, ValueName::TicketKey, true),
        (Resumed::Ticket, certified, false),
        (Resumed::SessionId, ValueName::TicketKey, false),
    ] {
        let (client, server) = setting(how);
        let session = begin(&client, &server);
        let mut pair = resume(client, server, session);
        let mut knowledge = Knowledge::with_stolen(&[stolen]);
        knowledge.observe(&pair.client.take_events());
        knowledge.observe(&pair.server.take_events());
        for name in [ValueName::MasterSecret, ValueName::WriteKey(Party::Client)] {
            let mut all = knowledge.values().iter();
            let known = all.find(|known| known.name == name).unwrap();
            assert_eq!(known.eavesdropper.has_it(), opens, "{how:?}, {name}");
            assert!(known.client.has_it() && known.server.has_it());
        }
    }
}

/// A key log opens a resumed connection too; without, only the hellos and a new ticket are seen. The key
/// of the tickets opens what is resumed with one, and the connection in which it was given out.
#[test]
fn an_observer_follows_sessions() {
    const KEY: [u8; 32] = [7; 32];
    for how in BOTH {
        let (client, server) = setting(how);
        let mut first = Pair::connected(client.clone(), server.clone());
        first.exchange(100);
        let session = first.client.session().unwrap().clone();
        let first = first.client.take_events();
        let mut second = resume(client, server, session.clone());
        second.exchange(100);
        let second = second.client.take_events();
        let master = || MasterSecret::new(session.master.as_bytes().to_vec());
        let is_ticket = how == Resumed::Ticket;
        for (secret, opens) in [
            (Secret::MasterSecret(master()), true),
            (Secret::TicketKey(KEY), is_ticket),
            (Secret::TicketKey([8; 32]), false),
            (Secret::Nothing, false),
        ] {
            let parties = [Party::Client, Party::Server];
            // What is known from the beginning opens both; a ticket comes after the client's Finished.
            let late = matches!(secret, Secret::TicketKey(_));
            for (events, finished) in [
                (&first, if late { &parties[1..] } else { &parties[..] }),
                (&second, &[Party::Server, Party::Client][..]),
            ] {
                let (seen, data) = observed(secret.clone(), events);
                assert_eq!(data, if opens { 200 } else { 0 }, "{how:?}");
                assert_eq!(seen, if opens { finished } else { &[] }, "{how:?}");
            }
        }
    }
}

/// Whose Finished an observer reads, and how many bytes of data.
fn observed(secret: Secret, events: &[Event]) -> (Vec<Party>, usize) {
    let mut observer = Observer::new(secret);
    let (mut finished, mut data) = (Vec::new(), 0);
    for sighting in sightings(&mut observer, events) {
        match sighting.kind {
            SightingKind::Message(message)
                if message.kind == MessageKind::Handshake(HandshakeType::FINISHED) =>
            {
                finished.push(sighting.from);
            }
            SightingKind::Data(bytes) => data += bytes.len(),
            SightingKind::Fault(fault) => panic!("{fault}"),
            _ => {}
        }
    }
    (finished, data)
}
