//! A puppet against one of our parties, with one deviation.

use std::sync::Arc;

use padlock_pki::demo::KeyChoice;
use padlock_pki::random::Random;
use padlock_tls::Status;
use padlock_tls::client::Client;
use padlock_tls::codes::{AlertDescription, AlertLevel, ContentType};
use padlock_tls::config::{ClientAuthentication, ServerConfig};
use padlock_tls::error::Error;
use padlock_tls::messages::{Body, Handshake};
use padlock_tls::server::Server;
use padlock_tls::trace::{self, Agreement};
use padlock_wire::Structure;

use crate::certificates::{authority, client_config, hr, server_config, shop};
use crate::party::Party;
use crate::puppet::{DATA, Puppet, Setting, Step};

/// What the puppet does other than it should.
pub(crate) enum Deviation {
    /// Nothing.
    None,
    /// It leaves a step out.
    Skip(Step),
    /// It does it twice.
    Twice(Step),
    /// It sends this record before the step.
    Insert(Step, ContentType, Vec<u8>),
    /// It changes the message before it is encoded.
    Body(Step, ChangeBody),
    /// It changes the encoded message, or the content of the record.
    Content(Step, ChangeBytes),
    /// It changes the records of the step as they lie on the wire.
    Wire(Step, ChangeBytes),
}

/// A change of a message, which may need what the puppet knows.
pub(crate) type ChangeBody = Box<dyn Fn(&Puppet, &mut Body)>;
/// A change of bytes.
pub(crate) type ChangeBytes = Box<dyn Fn(&mut Vec<u8>)>;
/// A change, in tables of them.
pub(crate) type Change<T> = fn(&mut T);

/// How it ended.
#[derive(Debug)]
pub(crate) struct Ending {
    pub(crate) status: Status,
    /// The first error that our party returned.
    pub(crate) error: Option<Error>,
    /// The alerts that the puppet received.
    pub(crate) alerts: Vec<(AlertLevel, AlertDescription)>,
    /// The data that our party received.
    pub(crate) data: Vec<u8>,
    /// What our party takes as agreed.
    pub(crate) agreement: Option<Agreement>,
}

/// Our party in this setting, for a puppet that plays the other.
pub(crate) fn opponent(puppet: trace::Party, setting: Setting) -> Box<dyn Party> {
    match puppet {
        trace::Party::Client => Box::new(our_server(setting)),
        trace::Party::Server => Box::new(our_client(setting)),
    }
}

pub(crate) fn our_server(setting: Setting) -> Server {
    Server::new(Arc::new(our_server_config(setting)), Random::new([2; 32]))
}

pub(crate) fn our_server_config(setting: Setting) -> ServerConfig {
    let mut config = server_config(shop(KeyChoice::Rsa));
    config.preferences.suites = vec![setting.suite];
    let anchors = vec![authority().root().to_vec()];
    let required = true;
    config.client_authentication = setting
        .client_certificate
        .then_some(ClientAuthentication::new(anchors, required));
    config
}

pub(crate) fn our_client(setting: Setting) -> Client {
    let mut config = client_config();
    config.preferences.suites = vec![setting.suite];
    let own = setting.client_certificate.then(|| hr(KeyChoice::P256));
    config.identities = own.into_iter().collect();
    Client::new(Arc::new(config), Random::new([1; 32])).unwrap()
}

/// Plays to the end, or until our party gives up.
pub(crate) fn play(mut puppet: Puppet, deviation: &Deviation) -> Ending {
    let mut ours = opponent(puppet.party, puppet.setting);
    let mut error = None;
    let mut deliver = |puppet: &mut Puppet, wire: &[u8]| {
        let outcome = ours.receive(wire);
        error = error.take().or(outcome.err());
        puppet.receive(&ours.output());
        error.is_none()
    };
    deliver(&mut puppet, &[]);
    for step in puppet.steps() {
        if let Deviation::Insert(at, content_type, content) = deviation
            && *at == step
        {
            let wire = puppet.records(*content_type, content);
            if !deliver(&mut puppet, &wire) {
                break;
            }
        }
        let times = match deviation {
            Deviation::Skip(at) if *at == step => 0,
            Deviation::Twice(at) if *at == step => 2,
            _ => 1,
        };
        // What is sent twice is the same but for what has changed in between, as if it were due.
        let wires: Vec<_> = (0..times)
            .map(|_| perform(&mut puppet, step, deviation))
            .collect();
        if !wires.iter().all(|wire| deliver(&mut puppet, wire)) {
            break;
        }
        if step == Step::ChangeCipherSpec {
            puppet.protect();
        }
    }
    let (data, agreement) = (ours.received(), ours.agreement().cloned());
    let alerts = puppet
        .alerts
        .iter()
        .map(|alert| (alert.level, alert.description))
        .collect();
    Ending {
        status: ours.status().clone(),
        error,
        alerts,
        data,
        agreement,
    }
}

/// The records of a step, with the deviation.
fn perform(puppet: &mut Puppet, step: Step, deviation: &Deviation) -> Vec<u8> {
    let (content_type, mut content) = match puppet.message(step) {
        None => Puppet::content(step),
        Some(mut body) => {
            if let Deviation::Body(at, change) = deviation
                && *at == step
            {
                change(puppet, &mut body);
            }
            let mut bytes = Handshake::new(body).encode().unwrap().bytes;
            change(&mut bytes, step, deviation);
            puppet.note(&bytes);
            (ContentType::HANDSHAKE, bytes)
        }
    };
    if content_type != ContentType::HANDSHAKE {
        change(&mut content, step, deviation);
    }
    let mut wire = puppet.records(content_type, &content);
    if let Deviation::Wire(at, change) = deviation
        && *at == step
    {
        change(&mut wire);
    }
    wire
}

fn change(content: &mut Vec<u8>, step: Step, deviation: &Deviation) {
    if let Deviation::Content(at, change) = deviation
        && *at == step
    {
        change(content);
    }
}

/// The deviation ends the connection with this alert, and the puppet hears of it.
#[track_caller]
pub(crate) fn check(
    party: trace::Party,
    setting: Setting,
    name: &str,
    deviation: &Deviation,
    expected: AlertDescription,
) {
    let ending = play(Puppet::new(party, setting), deviation);
    let Some(error) = &ending.error else {
        panic!("{name} with {setting:?} is accepted: {ending:?}")
    };
    assert_eq!(
        error.alert(),
        Some(expected),
        "{name} with {setting:?}: {error}"
    );
    assert_eq!(ending.status, Status::Failed(error.clone()), "{name}");
    assert_eq!(
        ending.alerts,
        [(AlertLevel::FATAL, expected)],
        "{name} with {setting:?}"
    );
    assert_eq!(ending.data, b"", "{name}");
}

/// The deviation does no harm.
#[track_caller]
pub(crate) fn check_harmless(
    party: trace::Party,
    setting: Setting,
    name: &str,
    deviation: &Deviation,
    alerts: &[AlertDescription],
) {
    let ending = play(Puppet::new(party, setting), deviation);
    assert_eq!(ending.error, None, "{name} with {setting:?}");
    assert_eq!(ending.status, Status::Connected, "{name} with {setting:?}");
    assert_eq!(ending.data, DATA, "{name} with {setting:?}");
    assert_eq!(
        ending.agreement.map(|agreement| agreement.suite),
        Some(setting.suite)
    );
    let warnings: Vec<_> = alerts
        .iter()
        .map(|alert| (AlertLevel::WARNING, *alert))
        .collect();
    assert_eq!(ending.alerts, warnings, "{name} with {setting:?}");
}
