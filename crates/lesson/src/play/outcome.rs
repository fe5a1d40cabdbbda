//! How a run ended, for those who do not want its story.

use padlock_pki::verify::Check;
use padlock_tls::codes::{AlertDescription, AlertLevel};
use padlock_tls::trace::{Direction, EventKind, Party};

use super::{Next, Play, State};

/// How a run ended.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Outcome {
    /// Who refused, and by which alert; nobody, if the run went to its end.
    pub refusal: Option<(Party, AlertDescription)>,
    /// The check of certificates that decided it, if one did.
    pub check: Option<Check>,
}

impl Play {
    /// How the run ended, once it has and before its story is told; it takes no step of its own.
    #[must_use]
    pub fn outcome(&self) -> Option<Outcome> {
        let State::Talking(talk) = &self.state else {
            return None;
        };
        let events = (talk.next == Next::Nothing).then(|| &talk.run.trace().events)?;
        let refusal = events.iter().find_map(|event| match &event.kind {
            EventKind::Alert(alert)
                if alert.direction == Direction::Sent && alert.level == AlertLevel::FATAL =>
            {
                Some((event.party, alert.description))
            }
            _ => None,
        });
        let check = events.iter().find_map(|event| match &event.kind {
            EventKind::Certificates(verdict) => verdict.failure().cloned(),
            _ => None,
        });
        Some(Outcome { refusal, check })
    }
}
