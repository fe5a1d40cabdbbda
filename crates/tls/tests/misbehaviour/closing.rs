//! The end of a connection, and what must not come after it.

use padlock_tls::Status;
use padlock_tls::codes::{AlertDescription as Alert, AlertLevel, ContentType};
use padlock_tls::error::ErrorKind;
use padlock_tls::messages::Handshake;
use padlock_tls::record::Fault;
use padlock_tls::trace;
use padlock_wire::Structure;

use crate::party::Party;
use crate::play::opponent;
use crate::puppet::{DATA, Puppet, SETTINGS, Setting, Step};

const PARTIES: [trace::Party; 2] = [trace::Party::Client, trace::Party::Server];
const CLOSE: [u8; 2] = [1, 0];

/// A puppet and our party, when the puppet has made all steps before `end`.
fn before(party: trace::Party, setting: Setting, end: Step) -> (Puppet, Box<dyn Party>) {
    let mut puppet = Puppet::new(party, setting);
    let mut ours = opponent(party, setting);
    puppet.receive(&ours.output());
    for step in puppet.steps() {
        if step == end {
            break;
        }
        let wire = advance(&mut puppet, step);
        ours.receive(&wire).unwrap();
        puppet.receive(&ours.output());
    }
    (puppet, ours)
}

/// The records of a step.
fn advance(puppet: &mut Puppet, step: Step) -> Vec<u8> {
    let Some(body) = puppet.message(step) else {
        let (content_type, content) = Puppet::content(step);
        let wire = puppet.records(content_type, &content);
        if step == Step::ChangeCipherSpec {
            puppet.protect();
        }
        return wire;
    };
    let bytes = Handshake::new(body).encode().unwrap().bytes;
    puppet.note(&bytes);
    puppet.records(ContentType::HANDSHAKE, &bytes)
}

fn cases() -> impl Iterator<Item = (trace::Party, Setting)> {
    PARTIES
        .into_iter()
        .flat_map(|party| SETTINGS.map(|setting| (party, setting)))
}

#[test]
fn close_notify_is_answered() {
    for (party, setting) in cases() {
        let (mut puppet, mut ours) = before(party, setting, Step::Data);
        let wire = puppet.records(ContentType::ALERT, &CLOSE);
        assert_eq!(ours.receive(&wire), Ok(()));
        assert_eq!(*ours.status(), Status::Closed);
        puppet.receive(&ours.output());
        assert_eq!(puppet.alerts.len(), 1);
        assert_eq!(puppet.alerts[0].description, Alert::CLOSE_NOTIFY);
        // What comes after is nobody's business (RFC 5246 §7.2.1), nor is it kept.
        let wire = puppet.records(ContentType::APPLICATION_DATA, DATA);
        assert_eq!(ours.receive(&wire), Ok(()));
        assert_eq!(ours.receive(b"garbage"), Ok(()));
        assert_eq!((ours.received(), ours.output()), (Vec::new(), Vec::new()));
        assert_eq!(ours.send(DATA).unwrap_err().kind, ErrorKind::NotConnected);
        assert_eq!(ours.receive_end(), Ok(()));
    }
}

#[test]
fn data_may_come_until_the_peer_closes_too() {
    for (party, setting) in cases() {
        let (mut puppet, mut ours) = before(party, setting, Step::Data);
        ours.close();
        ours.close();
        puppet.receive(&ours.output());
        assert_eq!(puppet.alerts.len(), 1, "close_notify is said once");
        assert_eq!(ours.send(DATA).unwrap_err().kind, ErrorKind::NotConnected);
        let wire = puppet.records(ContentType::APPLICATION_DATA, DATA);
        assert_eq!(ours.receive(&wire), Ok(()));
        assert_eq!(ours.received(), DATA);
        assert_eq!(*ours.status(), Status::Closing);
        let wire = puppet.records(ContentType::ALERT, &CLOSE);
        assert_eq!(ours.receive(&wire), Ok(()));
        assert_eq!(*ours.status(), Status::Closed);
        assert_eq!(ours.output(), b"", "close_notify is said once");
    }
}

#[test]
fn nothing_is_sent_after_close_notify() {
    for (party, setting) in cases() {
        let asks = match party {
            trace::Party::Client => Puppet::new(party, setting).message(Step::Hello).unwrap(),
            trace::Party::Server => padlock_tls::messages::HelloRequest.into(),
        };
        let asks = Handshake::new(asks).encode().unwrap().bytes;
        // A request to renegotiate that crossed our close_notify is not even declined.
        let (mut puppet, mut ours) = before(party, setting, Step::Data);
        ours.close();
        puppet.receive(&ours.output());
        let wire = puppet.records(ContentType::HANDSHAKE, &asks);
        assert_eq!(ours.receive(&wire), Ok(()));
        assert_eq!(ours.output(), b"");
        // A fault ends the connection without a word.
        let mut wire = puppet.records(ContentType::APPLICATION_DATA, DATA);
        *wire.last_mut().unwrap() ^= 1;
        assert!(ours.receive(&wire).is_err());
        assert_eq!(ours.output(), b"");
        assert!(matches!(ours.status(), Status::Failed(_)));
    }
}

#[test]
fn a_handshake_may_be_broken_off() {
    for (party, setting) in cases() {
        for step in Puppet::new(party, setting).steps() {
            // By the peer.
            let (mut puppet, mut ours) = before(party, setting, step);
            let wire = puppet.records(ContentType::ALERT, &CLOSE);
            assert_eq!(ours.receive(&wire), Ok(()));
            assert_eq!(*ours.status(), Status::Closed);
            // By us: what the peer still sends is passed over.
            let (mut puppet, mut ours) = before(party, setting, step);
            if step == Step::Data {
                continue;
            }
            ours.close();
            assert_ne!(ours.output(), b"");
            assert_eq!(*ours.status(), Status::Closed);
            let wire = advance(&mut puppet, step);
            assert_eq!(ours.receive(&wire), Ok(()), "{step:?} of {party:?}");
            assert_eq!(ours.receive_end(), Ok(()));
            assert_eq!(ours.output(), b"", "{step:?} of {party:?}");
        }
    }
}

#[test]
fn an_end_without_close_notify_is_an_error() {
    for (party, setting) in cases() {
        for step in Puppet::new(party, setting).steps() {
            let (_, mut ours) = before(party, setting, step);
            assert_eq!(ours.receive_end().unwrap_err().kind, ErrorKind::Truncated);
            assert!(matches!(ours.status(), Status::Failed(_)));
            assert_eq!(ours.output(), b"", "there is nobody to tell");
        }
    }
}

#[test]
fn a_fatal_alert_ends_everything() {
    for (party, setting) in cases() {
        for step in Puppet::new(party, setting).steps() {
            let (mut puppet, mut ours) = before(party, setting, step);
            let content = [AlertLevel::FATAL.0, Alert::INTERNAL_ERROR.0];
            let wire = puppet.records(ContentType::ALERT, &content);
            let error = ours.receive(&wire).unwrap_err();
            assert_eq!(error.kind, ErrorKind::PeerAlert(Alert::INTERNAL_ERROR));
            assert_eq!(ours.output(), b"", "an alert is not answered");
            assert_eq!(ours.receive(b"more"), Err(error.clone()));
            assert_eq!(ours.receive_end(), Err(error));
        }
    }
}

#[test]
fn a_flood_of_warnings_ends() {
    for (party, setting) in cases() {
        let (mut puppet, mut ours) = before(party, setting, Step::Data);
        let error = (0..100).find_map(|_| {
            let wire = puppet.records(ContentType::ALERT, &[1, Alert::USER_CANCELED.0]);
            ours.receive(&wire).err()
        });
        assert_eq!(
            error.and_then(|error| error.alert()),
            Some(Alert::UNEXPECTED_MESSAGE)
        );
    }
}

#[test]
fn a_flood_of_empty_records_ends() {
    for (party, setting) in cases() {
        let (mut puppet, mut ours) = before(party, setting, Step::Data);
        let error = (0..100).find_map(|_| {
            let wire = puppet.records(ContentType::APPLICATION_DATA, &[]);
            ours.receive(&wire).err()
        });
        assert_eq!(
            error.and_then(|error| error.alert()),
            Some(Alert::UNEXPECTED_MESSAGE)
        );
    }
}

#[test]
fn another_handshake_is_declined_once() {
    for (party, setting) in cases() {
        let asks = match party {
            trace::Party::Client => Puppet::new(party, setting).message(Step::Hello).unwrap(),
            trace::Party::Server => padlock_tls::messages::HelloRequest.into(),
        };
        let asks = Handshake::new(asks).encode().unwrap().bytes;
        let (mut puppet, mut ours) = before(party, setting, Step::Data);
        for time in 1..=4 {
            let wire = puppet.records(ContentType::HANDSHAKE, &asks);
            assert_eq!(ours.receive(&wire), Ok(()));
            puppet.receive(&ours.output());
            assert_eq!(puppet.alerts.len(), 1, "{time}");
            assert_eq!(puppet.alerts[0].description, Alert::NO_RENEGOTIATION);
        }
        let wire = puppet.records(ContentType::HANDSHAKE, &asks);
        let error = ours.receive(&wire).unwrap_err();
        assert_eq!(error.alert(), Some(Alert::UNEXPECTED_MESSAGE));
    }
}

#[test]
fn a_message_may_be_broken_off_by_a_fatal_alert_only() {
    for (party, setting) in cases() {
        for (alert, expected) in [
            ([2, 40], ErrorKind::PeerAlert(Alert::HANDSHAKE_FAILURE)),
            ([1, 90], ErrorKind::Record(Fault::MessageInterrupted)),
            (CLOSE, ErrorKind::Record(Fault::MessageInterrupted)),
        ] {
            let (mut puppet, mut ours) = before(party, setting, Step::Hello);
            let half = puppet.records(ContentType::HANDSHAKE, &[2, 0]);
            assert_eq!(ours.receive(&half), Ok(()));
            let wire = puppet.records(ContentType::ALERT, &alert);
            assert_eq!(ours.receive(&wire).unwrap_err().kind, expected);
        }
    }
}
