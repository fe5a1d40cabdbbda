//! Messages and records that are out of place.

use padlock_tls::codes::{AlertDescription as Alert, ContentType, HandshakeType};
use padlock_tls::messages::HelloRequest;
use padlock_tls::messages::tls13::{EndOfEarlyData, KeyUpdate, NewSessionTicket};
use padlock_tls::value::Epoch;

use super::flight::{Flight, alert, client, encode, protected, record, server};
/// Messages that are well-formed and out of place nearly everywhere.
fn strangers() -> Vec<Vec<u8>> {
    vec![
        encode(HelloRequest),
        encode(EndOfEarlyData),
        encode(KeyUpdate::default()),
        encode(NewSessionTicket {
            ticket: vec![1],
            ..NewSessionTicket::default()
        }),
        vec![99, 0, 0, 1, 7],
    ]
}

/// What a message leads to that is not awaited after so many others.
#[track_caller]
fn check_stranger(length: usize, kind: HandshakeType, found: Option<Alert>) {
    match (length, kind) {
        // As long as it may become TLS 1.2, a client ignores this one (RFC 5246 §7.4.1.1)…
        (0, HandshakeType::HELLO_REQUEST) if found.is_none() => {}
        // …and these are read in their older form.
        (0, HandshakeType::CERTIFICATE | HandshakeType::CERTIFICATE_REQUEST)
            if found == Some(Alert::DECODE_ERROR) => {}
        _ => assert_eq!(
            found,
            Some(Alert::UNEXPECTED_MESSAGE),
            "{kind} after {length}"
        ),
    }
}

#[test]
fn a_client_is_sent_every_message_in_every_state() {
    let flight = Flight::of_server();
    let mut others = strangers();
    others.extend(flight.messages.iter().cloned());
    others.extend(Flight::of_client().messages);
    // ServerHello, EncryptedExtensions, CertificateRequest, Certificate, CertificateVerify, Finished.
    assert_eq!(flight.messages.len(), 6);
    for length in 0..flight.messages.len() {
        for other in &others {
            let expected = HandshakeType(flight.messages[length][0]);
            let found = HandshakeType(other[0]);
            // The request may be left out.
            let may_come = found == expected
                || expected == HandshakeType::CERTIFICATE_REQUEST
                    && found == HandshakeType::CERTIFICATE;
            if may_come {
                continue;
            }
            let (mut client, _) = client();
            let mut sender = flight.sender(Epoch::Handshake);
            for (place, message) in flight.messages[..length].iter().enumerate() {
                let bytes = match place {
                    0 => record(message),
                    _ => protected(&mut sender, ContentType::HANDSHAKE, message),
                };
                client.receive(&bytes).unwrap();
            }
            let bytes = match length {
                0 => record(other),
                _ => protected(&mut sender, ContentType::HANDSHAKE, other),
            };
            let outcome = client.receive(&bytes);
            check_stranger(length, found, alert(outcome));
        }
    }
}

#[test]
fn a_server_is_sent_every_message_in_every_state() {
    let flight = Flight::of_client();
    let mut others = strangers();
    others.extend(flight.messages.iter().cloned());
    others.extend(Flight::of_server().messages);
    // ClientHello, Certificate, CertificateVerify, Finished.
    assert_eq!(flight.messages.len(), 4);
    for length in 0..flight.messages.len() {
        for other in &others {
            let expected = flight.messages[length][0];
            if other[0] == expected {
                continue;
            }
            let mut server = server();
            let mut sender = flight.sender(Epoch::Handshake);
            for (place, message) in flight.messages[..length].iter().enumerate() {
                let bytes = match place {
                    0 => record(message),
                    _ => protected(&mut sender, ContentType::HANDSHAKE, message),
                };
                server.receive(&bytes).unwrap();
            }
            let bytes = match length {
                0 => record(other),
                _ => protected(&mut sender, ContentType::HANDSHAKE, other),
            };
            let outcome = server.receive(&bytes);
            check_stranger(length, HandshakeType(other[0]), alert(outcome));
        }
    }
}

#[test]
fn other_records_are_out_of_place_in_a_handshake() {
    let flight = Flight::of_server();
    for length in 1..flight.messages.len() {
        for (content_type, content, expected) in [
            (
                ContentType::APPLICATION_DATA,
                &b"x"[..],
                Alert::UNEXPECTED_MESSAGE,
            ),
            (
                ContentType::CHANGE_CIPHER_SPEC,
                &[1],
                Alert::UNEXPECTED_MESSAGE,
            ),
            (ContentType(99), &[1], Alert::UNEXPECTED_MESSAGE),
        ] {
            let (mut client, _) = client();
            let mut sender = flight.sender(Epoch::Handshake);
            client.receive(&record(&flight.messages[0])).unwrap();
            for message in &flight.messages[1..length] {
                let bytes = protected(&mut sender, ContentType::HANDSHAKE, message);
                client.receive(&bytes).unwrap();
            }
            let bytes = protected(&mut sender, content_type, content);
            assert_eq!(alert(client.receive(&bytes)), Some(expected));
        }
    }
    // ChangeCipherSpec in clear is dropped, unless it is not one.
    for (content, expected) in [(1, None), (2, Some(Alert::UNEXPECTED_MESSAGE))] {
        let (mut client, _) = client();
        client.receive(&record(&flight.messages[0])).unwrap();
        let bytes = [20, 3, 3, 0, 1, content];
        assert_eq!(alert(client.receive(&bytes)), expected);
    }
    // After the first protected record nothing is in clear, not even an alert.
    let (mut client, _) = client();
    client.receive(&record(&flight.messages[0])).unwrap();
    let mut sender = flight.sender(Epoch::Handshake);
    let bytes = protected(&mut sender, ContentType::HANDSHAKE, &flight.messages[1]);
    client.receive(&bytes).unwrap();
    let found = alert(client.receive(&[21, 3, 3, 0, 2, 2, 40]));
    assert_eq!(found, Some(Alert::UNEXPECTED_MESSAGE));
}
