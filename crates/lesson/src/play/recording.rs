//! A run as somebody recorded it, for those who do more with it than tell its story.

use std::sync::Arc;

use padlock_tls::config::ServerConfig;
use padlock_tls::run::Trace;

use super::{Next, Play, State};
use crate::lesson::Lesson;
use crate::scenario::Scenario;
use crate::story::{self, Cast};

/// Everything that is left of a run.
#[derive(Clone, Debug)]
pub struct Recording {
    /// What was run.
    pub scenario: Scenario,
    /// Who took part.
    pub cast: Cast,
    /// What the wire carried, and what both sides did.
    pub trace: Trace,
    /// What the server was set up with, its private key included.
    pub server: Arc<ServerConfig>,
}

impl Recording {
    /// Runs a scenario to its end.
    #[must_use]
    pub fn of(scenario: &Scenario) -> Self {
        let mut play = Play::new(scenario);
        loop {
            if let Some(recording) = play.recording() {
                return recording;
            }
            play.step();
        }
    }

    /// Its story.
    #[must_use]
    pub fn lesson(&self) -> Lesson {
        story::tell(&self.cast, &self.trace.events)
    }
}

impl Play {
    /// What is left of the run, once it is over and before its story is told.
    #[must_use]
    pub fn recording(&self) -> Option<Recording> {
        let State::Talking(talk) = &self.state else {
            return None;
        };
        (talk.next == Next::Nothing).then(|| Recording {
            scenario: self.scenario.clone(),
            cast: talk.cast.clone(),
            trace: talk.run.trace().clone(),
            server: talk.server.clone(),
        })
    }
}
