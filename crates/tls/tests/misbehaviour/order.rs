//! Every message in every state.

use padlock_tls::codes::{AlertDescription as Alert, ContentType, HandshakeType};
use padlock_tls::messages::Handshake;
use padlock_tls::trace::Party;
use padlock_wire::Structure;

use crate::play::{Deviation, check, check_harmless};
use crate::puppet::{Puppet, SETTINGS, Setting, Step};

const PARTIES: [Party; 2] = [Party::Client, Party::Server];

/// A sound message of each kind but Finished, as either side would send it.
fn messages(setting: Setting) -> Vec<(HandshakeType, Vec<u8>)> {
    let mut all = Vec::new();
    for party in PARTIES {
        let mut puppet = Puppet::new(party, setting);
        for step in [
            Step::Hello,
            Step::Certificate,
            Step::KeyExchange,
            Step::Request,
            Step::Done,
            Step::Verify,
        ] {
            if step == Step::Verify && party == Party::Server {
                continue; // Its key makes no such signature.
            }
            let body = puppet.message(step).unwrap();
            all.push((body.kind(), Handshake::new(body).encode().unwrap().bytes));
        }
    }
    all.push((
        HandshakeType::FINISHED,
        [&[20, 0, 0, 12][..], &[0; 12]].concat(),
    ));
    all.push((HandshakeType::HELLO_REQUEST, vec![0, 0, 0, 0]));
    all.push((HandshakeType(99), vec![99, 0, 0, 1, 0]));
    all
}

/// The kind of message that a step is.
fn kind(party: Party, step: Step) -> Option<HandshakeType> {
    Some(match (step, party) {
        (Step::Hello, Party::Client) => HandshakeType::CLIENT_HELLO,
        (Step::Hello, Party::Server) => HandshakeType::SERVER_HELLO,
        (Step::Certificate, _) => HandshakeType::CERTIFICATE,
        (Step::KeyExchange, Party::Client) => HandshakeType::CLIENT_KEY_EXCHANGE,
        (Step::KeyExchange, Party::Server) => HandshakeType::SERVER_KEY_EXCHANGE,
        (Step::Request, _) => HandshakeType::CERTIFICATE_REQUEST,
        (Step::Done, _) => HandshakeType::SERVER_HELLO_DONE,
        (Step::Verify, _) => HandshakeType::CERTIFICATE_VERIFY,
        (Step::Finished, _) => HandshakeType::FINISHED,
        (Step::ChangeCipherSpec | Step::Data, _) => return None,
    })
}

#[test]
fn puppets_can_behave() {
    for party in PARTIES {
        for setting in SETTINGS {
            check_harmless(party, setting, "nothing wrong", &Deviation::None, &[]);
        }
    }
}

#[test]
fn a_message_out_of_turn_is_unexpected() {
    for party in PARTIES {
        for setting in SETTINGS {
            for step in Puppet::new(party, setting).steps() {
                for (found, bytes) in messages(setting) {
                    let name = format!("{found} before {step:?} from {party:?}");
                    let deviation = Deviation::Insert(step, ContentType::HANDSHAKE, bytes);
                    let due = kind(party, step) == Some(found)
                        // What may stand before ServerHelloDone.
                        || (step == Step::Done && found == HandshakeType::CERTIFICATE_REQUEST
                            && !setting.client_certificate);
                    if due {
                        continue;
                    }
                    match (party, found, step) {
                        // RFC 5246 §7.4.1.1: ignored during a handshake; afterwards declined.
                        (Party::Server, HandshakeType::HELLO_REQUEST, Step::Data) => {
                            let declined = [Alert::NO_RENEGOTIATION];
                            check_harmless(party, setting, &name, &deviation, &declined);
                        }
                        (Party::Server, HandshakeType::HELLO_REQUEST, _) => {
                            check_harmless(party, setting, &name, &deviation, &[]);
                        }
                        (Party::Client, HandshakeType::CLIENT_HELLO, Step::Data) => {
                            let declined = [Alert::NO_RENEGOTIATION];
                            check_harmless(party, setting, &name, &deviation, &declined);
                        }
                        _ => {
                            let alert = Alert::UNEXPECTED_MESSAGE;
                            check(party, setting, &name, &deviation, alert);
                        }
                    }
                }
            }
        }
    }
}

#[test]
fn nothing_may_be_left_out_or_come_twice() {
    for party in PARTIES {
        for setting in SETTINGS {
            let steps = Puppet::new(party, setting).steps();
            let handshake = steps.iter().filter(|step| **step != Step::Data);
            for &step in handshake {
                let name = format!("no {step:?} from {party:?}");
                let alert = match step {
                    // What follows is protected already, and read as if it were not.
                    Step::ChangeCipherSpec => None,
                    _ => Some(Alert::UNEXPECTED_MESSAGE),
                };
                // The server may ask for a certificate, and need not.
                let may_be_left_out = (party, step) == (Party::Server, Step::Request);
                if let Some(alert) = alert.filter(|_| !may_be_left_out) {
                    check(party, setting, &name, &Deviation::Skip(step), alert);
                }
                let name = format!("{step:?} twice from {party:?}");
                let alert = match (party, step) {
                    // The second is read as if it were protected.
                    (_, Step::ChangeCipherSpec) => Alert::BAD_RECORD_MAC,
                    _ => Alert::UNEXPECTED_MESSAGE,
                };
                check(party, setting, &name, &Deviation::Twice(step), alert);
            }
        }
    }
}

#[test]
fn change_cipher_spec_has_one_place() {
    for party in PARTIES {
        for setting in SETTINGS {
            for step in Puppet::new(party, setting).steps() {
                if step == Step::ChangeCipherSpec {
                    continue;
                }
                let name = format!("ChangeCipherSpec before {step:?} from {party:?}");
                let content_type = ContentType::CHANGE_CIPHER_SPEC;
                let deviation = Deviation::Insert(step, content_type, vec![1]);
                check(party, setting, &name, &deviation, Alert::UNEXPECTED_MESSAGE);
            }
        }
    }
}

#[test]
fn data_must_wait_for_the_end_of_the_handshake() {
    for party in PARTIES {
        for setting in SETTINGS {
            for step in Puppet::new(party, setting).steps() {
                if step == Step::Data {
                    continue;
                }
                let name = format!("data before {step:?} from {party:?}");
                let content_type = ContentType::APPLICATION_DATA;
                for content in [&b"early"[..], b""] {
                    let deviation = Deviation::Insert(step, content_type, content.to_vec());
                    check(party, setting, &name, &deviation, Alert::UNEXPECTED_MESSAGE);
                }
            }
        }
    }
}

#[test]
fn a_message_may_not_be_interrupted() {
    for party in PARTIES {
        for setting in SETTINGS {
            // The first bytes of a message, and then something that is not the rest.
            for step in [Step::ChangeCipherSpec, Step::Data] {
                let name = format!("half a message before {step:?} from {party:?}");
                let content_type = ContentType::HANDSHAKE;
                let deviation = Deviation::Insert(step, content_type, vec![20, 0, 0, 12, 1]);
                check(party, setting, &name, &deviation, Alert::UNEXPECTED_MESSAGE);
            }
        }
    }
}
