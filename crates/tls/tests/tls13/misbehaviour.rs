//! Peers that do not keep to the standard, and what they are told.

pub(crate) mod flight;
mod hellos;
mod order;
mod sizes;

use padlock_pki::random::Random;
use padlock_tls::codes::{
    AlertDescription as Alert, ContentType, ExtensionType, KeyUpdateRequest, SignatureScheme,
};
use padlock_tls::messages::tls13::{Certificate, EncryptedExtensions, KeyUpdate, NewSessionTicket};
use padlock_tls::messages::{Body, Extension, ExtensionBody};
use padlock_tls::trace::Party;
use padlock_tls::value::Epoch;

use flight::{Flight, alert, client, decode, encode, protected, record, server};

/// The client's alert for a flight in which this message is another.
#[track_caller]
fn check_flight(place: usize, change: impl FnOnce(&mut Body), expected: Alert) {
    let flight = Flight::of_server();
    let mut body = decode(&flight.messages[place]);
    change(&mut body);
    let changed = encode(body);
    let (mut client, _) = client();
    let mut sender = flight.sender(Epoch::Handshake);
    client.receive(&record(&flight.messages[0])).unwrap();
    for message in &flight.messages[1..place] {
        let bytes = protected(&mut sender, ContentType::HANDSHAKE, message);
        client.receive(&bytes).unwrap();
    }
    let bytes = protected(&mut sender, ContentType::HANDSHAKE, &changed);
    assert_eq!(alert(client.receive(&bytes)), Some(expected));
}

#[test]
fn what_is_wrong_in_a_flight_is_told() {
    let add = |kind, body| {
        move |message: &mut Body| {
            if let Body::EncryptedExtensions(EncryptedExtensions { extensions }) = message {
                extensions.push(Extension::new(kind, body));
            }
        }
    };
    let unknown = ExtensionBody::Unknown(vec![1]);
    let kind = ExtensionType(0x7777);
    check_flight(1, add(kind, unknown.clone()), Alert::UNSUPPORTED_EXTENSION);
    let kind = ExtensionType::KEY_SHARE;
    check_flight(1, add(kind, unknown), Alert::ILLEGAL_PARAMETER);
    let protocols = ExtensionBody::Protocols(vec![b"h2".to_vec()]);
    let kind = ExtensionType::APPLICATION_LAYER_PROTOCOL_NEGOTIATION;
    check_flight(1, add(kind, protocols), Alert::UNSUPPORTED_EXTENSION);
    let kind = ExtensionType::EARLY_DATA;
    check_flight(
        1,
        add(kind, ExtensionBody::Empty),
        Alert::UNSUPPORTED_EXTENSION,
    );

    let request = |change: fn(&mut padlock_tls::messages::tls13::CertificateRequest)| {
        move |message: &mut Body| match message {
            Body::CertificateRequest13(request) => change(request),
            other => panic!("{other:?}"),
        }
    };
    let context = request(|request| request.certificate_request_context = vec![1]);
    check_flight(2, context, Alert::ILLEGAL_PARAMETER);
    let without = request(|request| request.extensions.clear());
    check_flight(2, without, Alert::MISSING_EXTENSION);

    let certificate = |change: fn(&mut Certificate)| {
        move |message: &mut Body| match message {
            Body::Certificate13(certificate) => change(certificate),
            other => panic!("{other:?}"),
        }
    };
    let context = certificate(|message| message.certificate_request_context = vec![1]);
    check_flight(3, context, Alert::ILLEGAL_PARAMETER);
    let empty = certificate(|message| message.certificate_list.clear());
    check_flight(3, empty, Alert::DECODE_ERROR);
    let extended = certificate(|message| {
        let body = ExtensionBody::Unknown(vec![1]);
        let extension = Extension::new(ExtensionType::STATUS_REQUEST, body);
        message.certificate_list[0].extensions.push(extension);
    });
    check_flight(3, extended, Alert::UNSUPPORTED_EXTENSION);

    let signed = |change: fn(&mut padlock_tls::messages::DigitallySigned)| {
        move |message: &mut Body| match message {
            Body::CertificateVerify(message) => change(&mut message.signed),
            other => panic!("{other:?}"),
        }
    };
    check_flight(
        4,
        signed(|signed| signed.signature[9] ^= 1),
        Alert::DECRYPT_ERROR,
    );
    for scheme in [
        SignatureScheme::RSA_PKCS1_SHA256,
        SignatureScheme::ECDSA_SECP384R1_SHA384,
        SignatureScheme::ECDSA_SHA1,
    ] {
        let flight = Flight::of_server();
        assert_eq!(flight.messages.len(), 6);
        check_flight(
            4,
            move |message| {
                if let Body::CertificateVerify(message) = message {
                    message.signed.algorithm = scheme;
                }
            },
            Alert::ILLEGAL_PARAMETER,
        );
    }
    let finished = |message: &mut Body| {
        if let Body::Finished(message) = message {
            message.verify_data[0] ^= 1;
        }
    };
    check_flight(5, finished, Alert::DECRYPT_ERROR);
}

#[test]
fn what_comes_after_the_handshake_has_its_rules() {
    let flights = (Flight::of_client(), Flight::of_server());
    let handshake = ContentType::HANDSHAKE;
    let bad_update = KeyUpdate {
        request_update: KeyUpdateRequest(2),
    };
    let ticket = NewSessionTicket {
        ticket_lifetime: 3600,
        ticket: vec![1],
        ..NewSessionTicket::default()
    };
    let update = encode(KeyUpdate::default());
    let unexpected = Some(Alert::UNEXPECTED_MESSAGE);
    for (to_server, content, expected) in [
        (true, encode(bad_update), Some(Alert::ILLEGAL_PARAMETER)),
        (false, encode(bad_update), Some(Alert::ILLEGAL_PARAMETER)),
        (false, encode(ticket.clone()), None),
        (true, encode(ticket), unexpected),
        (true, flights.0.messages[0].clone(), unexpected),
        (true, flights.0.messages[3].clone(), unexpected),
        (false, flights.1.messages[0].clone(), unexpected),
        (false, flights.1.messages[2].clone(), unexpected),
        (true, update.clone(), None),
        // Nothing may follow KeyUpdate in its record.
        (true, [&update[..], &update].concat(), unexpected),
        (true, [&update[..], &update[..2]].concat(), unexpected),
    ] {
        let (mut client, hello) = client();
        let mut server = server();
        server.receive(&hello).unwrap();
        client.receive(&server.output()).unwrap();
        server.receive(&client.output()).unwrap();
        let found = match to_server {
            true => {
                let mut sender = flights.0.sender(Epoch::Application(0));
                alert(server.receive(&protected(&mut sender, handshake, &content)))
            }
            false => {
                let mut sender = flights.1.sender(Epoch::Application(0));
                alert(client.receive(&protected(&mut sender, handshake, &content)))
            }
        };
        assert_eq!(found, expected, "{content:02x?}");
    }
}

/// A server must not say more than a week; a client keeps no ticket for longer, whatever it says
/// (RFC 9846 §4.7.1).
#[test]
fn a_ticket_is_kept_for_a_week_at_most() {
    const WEEK: u32 = 604_800;
    for (said, kept) in [
        (0, None),
        (WEEK, Some(WEEK)),
        (WEEK + 1, Some(WEEK)),
        (u32::MAX, Some(WEEK)),
    ] {
        let (mut client, hello) = client();
        let mut server = server();
        server.receive(&hello).unwrap();
        client.receive(&server.output()).unwrap();
        let ticket = NewSessionTicket {
            ticket_lifetime: said,
            ticket: vec![1],
            ..NewSessionTicket::default()
        };
        let flight = Flight::new(&server.take_events(), Party::Server);
        let mut sender = flight.sender(Epoch::Application(0));
        let record = protected(&mut sender, ContentType::HANDSHAKE, &encode(ticket));
        client.receive(&record).unwrap();
        let sessions = client.take_tickets().into_iter();
        let sessions = sessions.filter_map(|ticket| ticket.session);
        let found: Vec<_> = sessions.map(|session| session.lifetime).collect();
        assert_eq!(found, Vec::from_iter(kept), "{said}");
    }
}

#[test]
fn nothing_makes_a_party_panic() {
    let hello = client().1;
    let mut first = server();
    first.receive(&hello).unwrap();
    let answer = first.output();
    let mut random = Random::new([3; 32]);
    for _ in 0..500 {
        let [at, value, high, low] = random.bytes::<4>();
        let place = usize::from(u16::from_be_bytes([high, low]));
        let mut bytes = hello.clone();
        let index = (place + usize::from(at)) % bytes.len();
        bytes[index] = value;
        let _any = server().receive(&bytes);
        let mut bytes = answer.clone();
        let index = (place + usize::from(at)) % bytes.len();
        bytes[index] = value;
        let _any = client().0.receive(&bytes);
    }
}
