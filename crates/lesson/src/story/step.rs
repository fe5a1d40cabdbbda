//! The words of each step.

mod exchange;
mod finish;
mod hello;
#[cfg(feature = "tls13")]
mod resumed;
#[cfg(feature = "tls13")]
mod tls13;

use padlock_pki::card::Card;
use padlock_pki::verify::CheckKind as Certified;
use padlock_tls::trace::{Check, EventKind, Party};
use padlock_wire::Section;

use super::part::Part;
use super::{Moment, alerts, checks, wire};
use crate::lesson::{Block, CheckRow, LaneItem, Truth, TruthKind};
use crate::text::{Text, say};

/// What is said about a step.
pub(super) struct Words {
    pub(super) title: Text,
    pub(super) speaker: Party,
    pub(super) line: Text,
    pub(super) lane: LaneItem,
    pub(super) blocks: Vec<Block>,
    pub(super) truth: Truth,
}

/// The words of a step.
pub(super) fn words(moment: &Moment<'_>) -> Words {
    #[cfg(feature = "tls13")]
    if let Some(words) = resumed::words(moment) {
        return words;
    }
    match moment.part {
        #[cfg(feature = "tls13")]
        Part::ClientHello if moment.run.offers_tls13() => tls13::client_hello(moment),
        Part::ClientHello => hello::client(moment),
        Part::ServerHello => hello::server(moment),
        Part::Check => hello::check(moment),
        Part::ClientCertificate => exchange::client_certificate(moment),
        Part::KeyExchange if moment.run.is_ephemeral() => exchange::share(moment),
        Part::KeyExchange => exchange::transport(moment),
        Part::Proof => exchange::proof(moment),
        Part::Rest => exchange::rest(moment),
        Part::Caller => exchange::caller(moment),
        Part::Open if moment.run.is_ephemeral() => exchange::agree(moment),
        Part::Open => exchange::open(moment),
        Part::Keys => finish::keys(moment),
        Part::ClientFinished => finish::client_finished(moment),
        Part::ServerFinished => finish::server_finished(moment),
        Part::Sample => finish::sample(moment),
        Part::Answer => finish::answer(moment),
        Part::Close => finish::close(moment),
        Part::Closed => finish::closed(moment),
        Part::Refused => finish::refused(moment),
        #[cfg(feature = "tls13")]
        Part::FirstFinished => finish::server_finished(moment),
        #[cfg(feature = "tls13")]
        Part::Tls13(part) => tls13::words(moment, part),
    }
}

impl Moment<'_> {
    fn noun(&self, party: Party) -> Text {
        self.run.cast.noun(party)
    }

    fn client(&self) -> Text {
        self.noun(Party::Client)
    }

    fn server(&self) -> Text {
        self.noun(Party::Server)
    }

    /// The name that the client asks for.
    fn name(&self) -> &str {
        &self.run.cast.server_name
    }

    /// Whether the step is one of TLS 1.3: spoken, or only offered.
    #[cfg(feature = "tls13")]
    pub(super) fn is_of_tls13(&self) -> bool {
        self.run.is_tls13() || (self.part == Part::ClientHello && self.run.offers_tls13())
    }

    /// What travels from `from`.
    fn arrow(&self, from: Party) -> LaneItem {
        let alert = self.part.is_refusal();
        LaneItem::Arrow {
            from,
            labels: wire::labels(self, from),
            size: self.size(from),
            alert,
        }
    }

    /// Of the sections on TLS 1.2 and then 1.3, those that are of the version that is spoken.
    fn later<'s>(&self, sections: &'s [(u16, &'static str)]) -> &'s [(u16, &'static str)] {
        match (self.run.is_tls13(), sections) {
            (true, [_, later @ ..]) => later,
            _ => sections,
        }
    }

    /// Why the connection is refused.
    fn why(&self) -> Text {
        let cause = self
            .run
            .refusal()
            .and_then(|(_, alert)| alert.cause.as_ref());
        alerts::why(cause.map(|cause| &cause.kind), self.name())
    }

    /// The checks of certificates that a side made in this step, and whether they all passed.
    fn verdict(&self, of: Party) -> Option<(Vec<CheckRow>, bool)> {
        self.events.iter().find_map(|event| match &event.kind {
            EventKind::Certificates(verdict) if event.party == of.peer() => {
                let chain = self.run.certificates(of);
                Some((
                    checks::of_certificates(verdict, &chain),
                    verdict.is_accepted(),
                ))
            }
            _ => None,
        })
    }

    /// Whether a side asked in this step if a certificate was revoked.
    fn asks_of_revocation(&self) -> bool {
        self.events.iter().any(|event| match &event.kind {
            EventKind::Certificates(verdict) => {
                let mut checks = verdict.checks.iter();
                checks.any(|check| check.kind == Certified::Revocation)
            }
            _ => false,
        })
    }

    /// The other checks of this step.
    fn checks(&self) -> impl Iterator<Item = (Party, &Check)> {
        self.events.iter().filter_map(|event| match &event.kind {
            EventKind::Check(check) => Some((event.party, check)),
            _ => None,
        })
    }

    /// The other checks of this step, in words.
    fn check_rows(&self) -> Vec<CheckRow> {
        #[cfg(feature = "tls13")]
        if self.run.is_tls13() {
            let row = |(party, check)| checks::of_handshake13(check, party, self.noun(party));
            return self.checks().filter_map(row).collect();
        }
        let row = |(party, check)| checks::of_handshake(check, self.noun(party));
        self.checks().filter_map(row).collect()
    }

    /// The card of a side's certificate.
    fn card(&self, of: Party) -> Option<Block> {
        let certificates = self.run.certificates(of);
        let card = Card::read(certificates.first()?).ok()?;
        let name = card
            .domain
            .clone()
            .unwrap_or_else(|| card.subject.to_string());
        Some(Block::Card {
            title: say::story_card_of(name),
            card: Box::new(card),
        })
    }
}

fn paragraph(text: Text) -> Block {
    Block::Paragraph(text)
}

fn inside(party: Party, label: Text, failed: bool) -> LaneItem {
    LaneItem::Inside {
        party,
        label,
        failed,
    }
}

fn as_on_the_wire(note: Option<Text>, sections: &[(u16, &'static str)]) -> Truth {
    truth(TruthKind::AsOnTheWire, note, sections)
}

fn truth(kind: TruthKind, note: Option<Text>, sections: &[(u16, &'static str)]) -> Truth {
    let sections = sections
        .iter()
        .map(|(rfc, number)| Section::new(*rfc, number))
        .collect();
    Truth {
        kind,
        note,
        sections,
    }
}
