//! Two ways to shake hands, side by side: what each costs, what it shows, and what it proves when.
//!
//! Everything is computed from the runs.

use padlock_tls::codes::{ContentType, HandshakeType};
use padlock_tls::knowledge::{Knowledge, Knows};
use padlock_tls::trace::{CheckKind, Direction, Event, EventKind, Party, State as Awaited};
use padlock_tls::value::{Epoch, ValueName};

use crate::lesson::Lesson;
use crate::play::Recording;
use crate::scenario::{AuthorityKeys, KeyExchange, Meddling, Scenario};

/// A run, told and measured.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// Its story.
    pub lesson: Lesson,
    /// What it costs, shows and proves.
    pub facts: Facts,
}

/// What can be counted in a run. Trips are round trips that the client has waited for.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Facts {
    /// When the client could send its first data; early data that the server did not take are none.
    pub data: Option<usize>,
    /// When the client knew that the other side holds the key that belongs to the certificate, or a
    /// pre-shared one.
    pub server_proved: Option<usize>,
    /// When the client knew that nobody changed the handshake on the way.
    pub unchanged: Option<usize>,
    /// How many bytes travelled before the first data, or until the end if there were none.
    pub handshake: usize,
    /// How many bytes travelled in all.
    pub bytes: usize,
    /// Whether the server sent a certificate, and whether an eavesdropper could read it.
    pub certificate: Option<Knows>,
    /// Whether who recorded the run and stole the server's private key later could read the data;
    /// `None` where the server has no certificate, and so no such key.
    pub thief_reads: Option<bool>,
}

/// The run of a column: by this key exchange, and on certificates that suit every one of them, RSA
/// key transport included.
#[must_use]
pub fn scenario(base: &Scenario, key_exchange: KeyExchange) -> Scenario {
    Scenario {
        key_exchange,
        suite: None,
        group: None,
        authority: AuthorityKeys::Rsa,
        meddling: Meddling::Nothing,
        ..base.clone()
    }
}

impl Column {
    /// Tells and measures a run.
    #[must_use]
    pub fn of(recording: &Recording) -> Self {
        Self {
            lesson: recording.lesson(),
            facts: Facts::of(recording),
        }
    }
}

impl Facts {
    fn of(recording: &Recording) -> Self {
        let events = &recording.trace.events;
        let mut facts = Self {
            bytes: recording.trace.wire.iter().map(|one| one.bytes.len()).sum(),
            ..Self::default()
        };
        let takes_early = takes_early_data(events);
        let mut clock = Clock::default();
        for event in events.iter().filter(|event| event.party == Party::Client) {
            clock.tick(event);
            let now = Some(clock.trips);
            match &event.kind {
                EventKind::Check(check) if check.passed => match check.kind {
                    CheckKind::KeyExchangeSignature(_)
                    | CheckKind::CertificateVerifySignature(_) => {
                        facts.server_proved = facts.server_proved.or(now);
                    }
                    CheckKind::Finished => {
                        // Where nothing was signed, this is the proof.
                        facts.server_proved = facts.server_proved.or(now);
                        facts.unchanged = now;
                    }
                    _ => {}
                },
                EventKind::State(Awaited::Connected) => facts.data = facts.data.or(now),
                EventKind::Data {
                    direction: Direction::Sent,
                    ..
                } if takes_early => facts.data = facts.data.or(now),
                _ => {}
            }
        }
        facts.handshake = before_data(events, takes_early).unwrap_or(facts.bytes);
        let mut knowledge = Knowledge::default();
        knowledge.observe(events);
        let certified = ValueName::CertifiedPublicKey(Party::Server);
        let sent = sends_certificate(events);
        let mut values = knowledge.values().iter();
        facts.certificate = values
            .find(|known| sent && known.name == certified)
            .map(|known| known.eavesdropper);
        let stolen = [ValueName::CertifiedPrivateKey(Party::Server)];
        let mut thief = Knowledge::with_stolen(&stolen);
        thief.observe(events);
        let values = thief.values().iter();
        let mut data_keys = values.filter(|known| is_data_key(known.name));
        facts.thief_reads = (recording.scenario.key_exchange.has_certificates())
            .then(|| data_keys.any(|known| known.eavesdropper.has_it()));
        facts
    }
}

/// Counts the round trips that a party waited for.
#[derive(Default)]
struct Clock {
    trips: usize,
    waits: bool,
}

impl Clock {
    fn tick(&mut self, event: &Event) {
        if let EventKind::Record(record) = &event.kind {
            let received = record.direction == Direction::Received;
            self.trips += usize::from(received && self.waits);
            self.waits = !received;
        }
    }
}

/// Whether the server took early data.
fn takes_early_data(events: &[Event]) -> bool {
    events.iter().any(|event| match &event.kind {
        EventKind::Agreed(agreement) => agreement.psk.is_some_and(|psk| psk.early_data),
        _ => false,
    })
}

/// How many bytes travelled before the first record with data of an application that was taken.
fn before_data(events: &[Event], takes_early: bool) -> Option<usize> {
    let early = ValueName::TrafficKey(Party::Client, Epoch::Early);
    let mut before = 0;
    for event in events {
        let EventKind::Record(record) = &event.kind else {
            continue;
        };
        if record.direction == Direction::Sent {
            let key = record.protection.as_ref().map(|protection| protection.key);
            let taken = takes_early || key != Some(early);
            if record.content_type == ContentType::APPLICATION_DATA && taken {
                return Some(before);
            }
            before += record.bytes.len();
        }
    }
    None
}

fn sends_certificate(events: &[Event]) -> bool {
    let is_certificate = |event: &Event| match &event.kind {
        EventKind::Message(message) => {
            event.party == Party::Server
                && message.direction == Direction::Sent
                && message.bytes.first() == Some(&HandshakeType::CERTIFICATE.0)
        }
        _ => false,
    };
    events.iter().any(is_certificate)
}

fn is_data_key(name: ValueName) -> bool {
    matches!(
        name,
        ValueName::WriteKey(_) | ValueName::TrafficKey(_, Epoch::Early | Epoch::Application(_))
    )
}

/// The steps of two stories in one row each, where they have the same one; each story in its order.
#[must_use]
pub fn align(left: &Lesson, right: &Lesson) -> Vec<(Option<usize>, Option<usize>)> {
    let ids = |lesson: &Lesson| lesson.steps.iter().map(|step| step.id).collect::<Vec<_>>();
    let (left, right) = (ids(left), ids(right));
    // How many steps the rests of both stories can share.
    let mut shared = vec![vec![0; right.len() + 1]; left.len() + 1];
    for at in (0..left.len()).rev() {
        for other in (0..right.len()).rev() {
            shared[at][other] = match left[at] == right[other] {
                true => shared[at + 1][other + 1] + 1,
                false => shared[at + 1][other].max(shared[at][other + 1]),
            };
        }
    }
    let (mut at, mut other) = (0, 0);
    let mut rows = Vec::new();
    while at < left.len() || other < right.len() {
        let (more, others) = (at < left.len(), other < right.len());
        if more && others && left[at] == right[other] {
            rows.push((Some(at), Some(other)));
            at += 1;
            other += 1;
        } else if more && (!others || shared[at + 1][other] >= shared[at][other + 1]) {
            rows.push((Some(at), None));
            at += 1;
        } else {
            rows.push((None, Some(other)));
            other += 1;
        }
    }
    rows
}
